"""Module 00 as a learner goes through it: every simulator answers, a word leads to its meaning, claims to a page."""

from learner import Learner
from playwright.sync_api import expect

MODULE = "00-reading-the-evidence"
PREDICTIONS = {
    "my_recall = ...  # per cent": "my_recall = 80",
    'my_second_reading = ...  # "more"': 'my_second_reading = "fewer"',
    "my_missed = ...  # studies": "my_missed = 2",
    "my_claims_that_hold = ...  # out of": "my_claims_that_hold = 70",
}


def test_predictions_are_drawn_over_and_every_panel_answers(learner: Learner) -> None:
    learner.open_notebook("lesson", MODULE)
    learner.run(learner.cell("from course import questions, simulators"))
    for dots, prediction in PREDICTIONS.items():
        learner.run(learner.write(learner.cell(dots), prediction))
    for name in ("query_builder", "search_string", "prisma_flow", "ledger_browser"):
        learner.run(learner.cell(f"simulators.{name}.explore"))

    builder = learner.simulator("query-builder")
    expect(builder.locator(".course-reading")).to_contain_text("You predicted a recall of 80 %")
    builder.get_by_role("combobox", name="Neuroimaging", exact=False).select_option("or")
    expect(builder.locator(".course-reading")).to_contain_text("Recall 100 %")

    reader = learner.simulator("search-string")
    expect(reader.locator(".course-reading")).to_contain_text("Net depth −1")
    reader.get_by_role("textbox").fill('(depression OR "low mood") AND (sleep')
    expect(reader.locator(".course-reading")).to_contain_text("never closed")
    reader.get_by_role("textbox").fill('(depression OR "low mood") AND (sleep)')
    expect(reader.locator(".course-reading")).not_to_contain_text("never closed")

    flow = learner.simulator("prisma-flow")
    expect(flow.locator(".course-reading")).to_contain_text("You predicted 2")
    before = flow.locator("img.course-image").get_attribute("src")
    flow.get_by_role("slider").first.press("End")
    expect(flow.locator("img.course-image")).not_to_have_attribute("src", before or "")

    ledger = learner.simulator("ledger-browser")
    ledger.get_by_role("radio").first.check()
    ledger.get_by_role("button", name="Check").click()
    expect(ledger.locator(".course-reading")).to_contain_text("this claim is")
    expect(ledger).to_contain_text("Your score so far")

    summary = learner.cell("simulators.ledger_browser.draw")
    learner.run(summary)
    expect(summary.locator("figure.course-picture")).to_contain_text("You predicted 70 of 100")
    assert learner.errors() == []
    assert learner.complaints == []


def test_a_word_leads_to_its_meaning_and_the_ledger_is_one_page(learner: Learner) -> None:
    learner.open_notebook("lesson", MODULE)
    word = learner.notebook().get_by_role("link", name="systematic review").first
    assert "search, choose and judge" in (word.get_attribute("title") or "")
    word.click()
    glossary = learner.page.locator(".jp-MarkdownViewer")
    expect(glossary.get_by_role("heading", name="systematic review")).to_be_in_viewport()

    learner.open_notebook("lesson", MODULE)
    learner.notebook().locator('a[href*="EVIDENCE.html"]').click()
    page = learner.page.frame_locator(".jp-HTMLViewer iframe")
    expect(page.get_by_role("heading", name="The evidence ledger")).to_be_visible()
    hidden = page.locator("article.supported").first
    expect(hidden).to_be_visible()
    page.get_by_role("checkbox", name="supported").uncheck()
    expect(hidden).to_be_hidden()
    expect(page.locator("article.conflicts").first).to_be_visible()
