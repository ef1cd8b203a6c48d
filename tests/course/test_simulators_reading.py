"""The simulators of module 00: what they say agrees with the search, the models and the ledger."""

import dataclasses
import re
from html import unescape

import pytest

from course import evidence
from course.models.screening import published
from course.searching import APPENDIX_A, BLOCKS, REPAIRED, and_before_or, corpus, read, search
from course.simulators import ledger_browser, prisma_flow, query_builder, search_string
from course.simulators.panel import Choice, Notice, Panel, Text

RELEVANT = frozenset(record.id for record in corpus() if record.relevant)
REVIEW = [row for row in evidence.claims() if row.origin == "review"]


def numbers(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(r"-?\d[\d,]*(?:\.\d+)?", text)]


# Query builder


@pytest.mark.parametrize(
    ("settings", "query", "blocks"),
    [
        ({}, "BPD AND methamphetamine AND outcome AND neuroimaging", "{0} AND {1} AND {2} AND {3}"),
        ({"neuroimaging": "or"}, "BPD AND methamphetamine AND (outcome OR neuroimaging)",
         "{0} AND {1} AND ({2} OR {3})"),
        ({"neuroimaging": "out"}, "BPD AND methamphetamine AND outcome", "{0} AND {1} AND {2}"),
        ({"outcome": "out", "neuroimaging": "or"}, "BPD AND (methamphetamine OR neuroimaging)", "{0} AND ({1} OR {3})"),
        ({"methamphetamine": "or", "outcome": "or", "neuroimaging": "or"},
         "BPD OR methamphetamine OR outcome OR neuroimaging", "{0} OR {1} OR {2} OR {3}"),
        ({"methamphetamine": "out", "outcome": "out", "neuroimaging": "out"}, "BPD", "{0}"),
    ],
)  # fmt: skip
def test_the_query_on_screen_is_the_one_that_is_searched(settings, query, blocks):
    picture = query_builder.draw(**settings)
    string = blocks.format(*(f"({block.string})" for block in BLOCKS.values()))
    found = search(and_before_or(read(string)), corpus())
    assert picture.reading.startswith(f"{query}: {len(found)} records found.")
    titles = {row[0] for row in picture.table.rows if row[2] == "yes"}
    assert titles == {record.title for record in corpus() if record.id in found}
    assert f"{len(found & RELEVANT)} relevant and {len(found - RELEVANT)} others" in picture.alt


def test_each_and_costs_recall_and_one_or_gives_it_back():
    recall = re.compile(r"Recall (\d+) %")
    four = query_builder.draw()
    either = query_builder.draw(neuroimaging="or")
    assert recall.search(four.reading)[1] == "30"
    assert "Precision 100 %" in four.reading
    assert recall.search(either.reading)[1] == "100"
    assert "Precision 82 %" in either.reading


def test_precision_elsewhere_is_bayes_rule_with_the_counts_of_these_records():
    picture = query_builder.draw(neuroimaging="or", prevalence_percent=1)
    sensitivity, false = 1.0, 5 / 57
    expected = 100 * sensitivity * 0.01 / (sensitivity * 0.01 + false * 0.99)
    assert f"its precision would be {expected:.0f} %" in picture.reading
    assert "too few to say" in query_builder.draw(prevalence_percent=1).reading


def test_a_prediction_is_about_the_four_blocks_whatever_is_shown():
    for settings in ({}, {"neuroimaging": "or"}):
        assert "so your prediction was 30 points too high" in query_builder.draw(**settings, prediction=60).reading
        assert "was close" in query_builder.draw(**settings, prediction=28).reading


def test_squares_are_filled_where_records_are_found():
    drawing = query_builder._Drawing(None)
    for neuroimaging in ("and", "or"):
        drawing.picture("and", "and", neuroimaging, 5.0)
        found = {row[0] for row in drawing.picture("and", "and", neuroimaging, 5.0).table.rows if row[2] == "yes"}
        filled = {
            record.title
            for record, colour in zip(drawing.records, drawing.squares.get_facecolor(), strict=True)
            if tuple(colour[:3]) != (1.0, 1.0, 1.0)
        }
        assert filled == found


# Reader of search strings


def test_the_reviews_string_stands_first_with_its_fault_and_both_readings():
    picture = search_string.draw()
    assert "Net depth −1" in picture.reading
    assert "At character 96" in picture.reading
    assert "left to right finds 7 of the 80 fictional records (7 of them relevant), AND before OR 44" in picture.reading
    assert [cells for cells in picture.table.rows if cells[3] == "none"] == [("96", "closes", "-1", "none")]
    assert [outline.heading.split(",")[0] for outline in picture.outlines] == ["Left to right", "AND before OR"]
    assert picture.outlines[0].lines[0] == (0, "all of")
    assert picture.outlines[1].lines[0] == (0, "any of")
    assert picture.notes


def test_the_panel_holds_the_printed_string_and_shows_remarks_and_outlines():
    panel = search_string.explore("more")
    assert panel.controls[0]["value"] == APPENDIX_A
    assert panel.shown["below"] == search_string.draw(prediction="more").below_html()
    assert "<ul><li>all of<ul>" in panel.shown["below"]
    assert search_string.explore("more", text=REPAIRED).controls[0]["value"] == REPAIRED


def test_a_string_with_one_reading_has_one_outline():
    picture = search_string.draw(REPAIRED)
    assert "The brackets balance" in picture.reading
    assert "Both readings find" in picture.reading
    assert len(picture.outlines) == 1


@pytest.mark.parametrize("text", ["", "AND", '"open', "a OR", "(((", ")))", "x" * 30_000, "()" * 500])
def test_any_text_gets_a_picture_and_a_sentence(text):
    picture = search_string.draw(text)
    assert "cannot be read" in picture.alt
    assert picture.outlines == ()
    assert re.search(r"[Nn]et depth", picture.reading)


def test_the_fault_is_marked_where_it_is():
    drawing = search_string._Drawing(None)
    drawing.picture("(a OR b) AND c)")
    assert list(drawing.faults.get_xdata()) == [15]
    drawing.picture("(a OR b) AND")
    assert list(drawing.faults.get_xdata()) == [10]
    drawing.picture("(a OR) AND b")
    assert (list(drawing.faults.get_xdata()), list(drawing.faults.get_ydata())) == ([4], [1])
    drawing.picture("(a OR b)")
    assert list(drawing.faults.get_xdata()) == []
    assert list(drawing.line.get_ydata()) == [0, 1, 0, 0]


def test_what_is_pasted_is_text_and_never_markup():
    panel = search_string.explore("more")
    panel.move(text='<img src=x onerror="alert(1)"> OR b')
    assert "<img" not in panel.shown["reading"] + panel.shown["below"] + panel.shown["table"]


def test_predictions_are_about_the_printed_string():
    for text in (APPENDIX_A, "a OR b"):
        assert "as you predicted" in search_string.draw(text, prediction="more").reading
        assert 'the answer is "more"' in search_string.draw(text, prediction="same").reading


# PRISMA flow


@pytest.mark.parametrize(
    "settings",
    [{}, {"reviewers": "two"}, {"overlap_percent": 100, "strictness_percent": 100}, {"relevant_percent": 0.5}],
)
def test_the_boxes_conserve(settings):
    boxes = {row[0]: int(row[1]) for row in prisma_flow.draw(**settings).table.rows}
    assert boxes["Identified"] == 1000 == boxes["Duplicates removed"] + boxes["Screened"]
    assert boxes["Screened"] == boxes["Set aside at screening"] + boxes["Read in full"]
    assert boxes["Read in full"] == boxes["Not eligible"] + boxes["Included"]
    relevant = {row[0]: row[2] for row in prisma_flow.draw(**settings).table.rows}
    lost = sum(int(row[3]) for row in prisma_flow.draw(**settings).table.rows if row[3] != "–")
    assert int(relevant["Screened"]) == lost + boxes["Included"]


def test_the_numbers_drawn_are_those_of_the_table():
    drawing = prisma_flow._Drawing(None)
    picture = drawing.picture(40, "two", 10, 5)
    boxes = {row[0]: row for row in picture.table.rows}
    assert boxes["Set aside at screening"][1] in drawing.left["assessed"].get_text()
    assert boxes["Set aside at screening"][3] in drawing.lost["assessed"].get_text()
    assert boxes["Included"][1] in drawing.kept["included"].get_text()


def test_missed_per_thousand_comes_from_the_ledger(monkeypatch):
    reading = prisma_flow.draw().reading
    assert "one reviewer misses 6.7 and two miss 1.25" in reading
    real = evidence.value
    monkeypatch.setattr(evidence, "value", lambda key: 50.0 if key == "screening-sensitivity-single" else real(key))
    assert "one reviewer misses 25 and" in prisma_flow.draw().reading


def test_a_second_reviewer_misses_fewer_and_reads_more():
    one, two = ({row[0]: row for row in prisma_flow.draw(reviewers=who, relevant_percent=20).table.rows}
                for who in ("one", "two"))  # fmt: skip
    assert int(two["Set aside at screening"][3]) < int(one["Set aside at screening"][3])
    assert int(two["Read in full"][1]) > int(one["Read in full"][1])
    assert published("dual").specificity < published("single").specificity


def test_the_gap_to_the_prediction_is_named():
    assert "You predicted 134 for one reviewer: 127 too many" in prisma_flow.draw(prediction=134).reading
    assert "too few" in prisma_flow.draw(prediction=1).reading
    assert "close" in prisma_flow.draw(prediction=7).reading


# Ledger browser


def answered(panel: Panel, claim_id: str, guess: str) -> tuple[str, str]:
    panel.move(claim=claim_id, guess=guess)
    return panel.shown["reading"], panel.shown["below"]


def first_with(**wanted: str) -> evidence.Claim:
    return next(row for row in REVIEW if all(getattr(row, name) == value for name, value in wanted.items()))


def test_the_list_holds_every_claim_of_the_review_and_no_status():
    panel = ledger_browser.explore()
    choice = panel.controls[0]
    assert [key for key, _ in choice["options"]] == [row.id for row in REVIEW]
    assert sorted(key for _, keys in choice["groups"] for key in keys) == sorted(row.id for row in REVIEW)
    for row in REVIEW:
        assert row.claim in choice["details"][row.id]
    before = repr(choice) + panel.shown["reading"] + panel.shown["below"]
    for word in ("✓ ", "≈ ", "✗ ", "? unverified"):
        assert word not in before


@pytest.mark.parametrize("status", ["supported", "imprecise", "conflicts", "unverified"])
def test_a_guess_is_answered_with_status_teaching_and_source(status):
    row = first_with(status=status)
    reading, below = answered(ledger_browser.explore(), row.id, status)
    assert "✓ Right" in reading
    assert status in reading
    text = unescape(below)
    assert status in text
    assert row.note in text or row.note.rstrip(".") in text
    for work in row.sources:
        assert work.title in text
        assert (f'href="{work.doi_url}"' in below) is bool(work.doi_url)
    wrong = next(each for each in ("supported", "conflicts") if each != status)
    assert f"✗ You said {wrong}" in answered(ledger_browser.explore(), row.id, wrong)[0]


def test_nobody_is_sent_to_a_doi_that_nobody_vouches_for(monkeypatch):
    row = next(row for row in REVIEW if any(work.doi_url for work in row.sources))
    work = next(work for work in row.sources if work.doi_url)
    unsure = dataclasses.replace(row, sources=(dataclasses.replace(work, doi_confidence="unsure"),))
    monkeypatch.setattr(evidence, "claims", lambda *_: (unsure,))
    monkeypatch.setattr(evidence, "claim", lambda _: unsure)
    _, below = answered(ledger_browser.explore(), row.id, row.status)
    (outline,) = ledger_browser.draw(row.id).outlines
    for told in (below, outline.html()):
        assert "DOI to be confirmed" in told
        assert work.doi not in told


def test_the_score_counts_first_guesses_per_kind_of_error():
    kind = "wrong-species"
    first, second = [row for row in REVIEW if kind in row.error_kinds][:2]
    panel = ledger_browser.explore()
    answered(panel, first.id, first.status)
    wrong = "supported"
    assert wrong != second.status
    answered(panel, second.id, wrong)
    _, below = answered(panel, second.id, second.status)  # a second try does not change the first
    assert "<td>wrong species</td><td>1</td><td>2</td>" in below
    assert "<td>all claims</td><td>1</td><td>2</td>" in below
    _, fresh = answered(ledger_browser.explore(), first.id, first.status)
    assert "<td>all claims</td><td>1</td><td>1</td>" in fresh, "another panel has a score of its own"


def test_without_a_guess_the_panel_asks_for_one_and_counts_nothing():
    panel = ledger_browser.explore()
    reading, below = answered(panel, REVIEW[0].id, "")
    assert reading == "<p>Your guess: choose one first.</p>"
    assert below == ""
    assert "<td>all claims</td><td>1</td><td>1</td>" in answered(panel, REVIEW[0].id, REVIEW[0].status)[1]


def test_one_module_only():
    keys = [key for key, _ in ledger_browser.explore("03").controls[0]["options"]]
    assert keys == [row.id for row in REVIEW if "03" in row.modules]
    notice = ledger_browser.explore("77")
    assert isinstance(notice, Notice)
    assert re.fullmatch(r'There are no claims of the review for the module "77"; .*\.', notice.sentence)


def test_the_twin_counts_what_the_ledger_holds(monkeypatch):
    picture = ledger_browser.draw()
    for status in ("supported", "imprecise", "conflicts", "unverified"):
        count = sum(row.status == status for row in REVIEW)
        assert f"{count} {status}" in picture.alt
        assert any(status in name and cell == str(count) for name, cell in picture.table.rows)
    fewer = tuple(dataclasses.replace(row, status="supported", error_kinds=()) if row.id == REVIEW[0].id else row
                  for row in evidence.claims())  # fmt: skip
    monkeypatch.setattr(evidence, "claims", lambda *_: fewer)
    assert ledger_browser.draw().png != picture.png


@pytest.mark.parametrize("row", [first_with(status="conflicts"), first_with(status="unverified")])
def test_the_twin_tells_of_one_claim_what_the_panel_tells(row):
    (outline,) = ledger_browser.draw(row.id).outlines
    lines = [line for _, line in outline.lines]
    assert f"The review says: {row.claim}" in lines
    assert any(line.startswith("Status: ") and row.status in line for line in lines)
    assert any(row.note.rstrip(".") in line for line in lines)
    assert any(line.startswith("Source: ") for line in lines)


def test_a_prediction_of_how_many_hold_is_drawn_and_compared():
    holding = 100 * sum(row.status == "supported" for row in REVIEW) / len(REVIEW)
    assert f"it is {holding:.0f}, fewer" in ledger_browser.draw(prediction=90).reading
    assert f"it is {holding:.0f}, more" in ledger_browser.draw(prediction=0).reading
    assert "and so it is" in ledger_browser.draw(prediction=round(holding)).reading
    assert ledger_browser.draw(prediction=90).png != ledger_browser.draw(prediction=80).png
    assert "You predicted" not in ledger_browser.draw(prediction=...).reading
    with pytest.raises(ValueError, match=r"^Your prediction is"):
        ledger_browser.draw(prediction="many")


def test_the_twin_refuses_an_unknown_claim():
    with pytest.raises(evidence.UnknownClaim):
        ledger_browser.draw("no-such-claim")


# The controls they brought


def test_a_text_is_read_as_it_stands():
    control = Text("text", "String", "a")
    assert control.read("  a\n b") == "  a\n b"
    with pytest.raises(ValueError, match=r"must be a text, and 3 is none\."):
        control.read(3)


def test_a_choice_without_details_asks_for_one_in_a_sentence():
    choice = Choice("pick", "Your pick", "", {"a": "A"})
    with pytest.raises(ValueError, match=r"^Your pick: choose one first\.$"):
        choice.read("")
    assert choice.spec()["details"] == {}
