"""The first page: shown rendered, readable, and every link in it opens what it names."""

from learner import MODULE, Learner
from playwright.sync_api import expect


def test_start_is_shown_rendered_and_its_links_open_the_notebooks(learner: Learner) -> None:
    learner.open()
    start = learner.start_page()
    expect(start.get_by_role("heading", level=1)).to_contain_text("From relapse to recovery")
    expect(start.locator("table").first).to_contain_text("Methamphetamine pharmacology")
    expect(learner.page.locator(".jp-FileEditor")).to_have_count(0)
    expect(learner.page.locator(".jp-Dialog, .Toastify__toast")).to_have_count(0)

    for name in ("lesson", "exercises"):
        start.locator(f'a[href$="{name}.ipynb"], a', has_text=name).first.click()
        expect(learner.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook h1")).to_be_visible()
        current = learner.page.locator("#jp-main-dock-panel .lm-TabBar-tab.jp-mod-current")
        expect(current).to_contain_text(f"{name}.ipynb")
        learner.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text="START.md").click()
    assert not learner.complaints


def test_start_fits_a_narrow_window(learner: Learner) -> None:
    """On 390 pixels, with the file list folded away, text wraps instead of running out of sight."""
    learner.page.set_viewport_size({"width": 390, "height": 844})
    learner.open()
    expect(learner.start_page().get_by_role("heading", level=1)).to_be_attached()
    expect(learner.page.locator("#jp-bottom-panel")).to_be_attached()
    learner.page.keyboard.press("Control+b")
    expect(learner.start_page().get_by_role("heading", level=1)).to_be_visible()
    too_wide = learner.start_page().evaluate(
        "page => [...page.querySelectorAll('p, li, h1, h2')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    )
    assert too_wide == 0


def test_no_answer_lies_open(learner: Learner) -> None:
    """What is in the folder a learner opens: no master notebook, no instructor note."""
    text = "".join(path.read_text(encoding="utf-8") for path in (learner.folder / MODULE).glob("*.ipynb"))
    for canary in ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME", "For the instructor"):
        assert canary not in text
