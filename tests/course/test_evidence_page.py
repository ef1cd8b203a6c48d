"""The ledger as a page: valid, complete, safe, readable, and usable without a script."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any, get_args

import pytest
from bleach._vendor import html5lib  # a full HTML parser; strict, it refuses what a browser would have to guess

from course import content, evidence, syllabus
from course.evidence import ERROR_SAYS, in_whom
from course.evidence.page import render
from course.pictures import contrast_on_white

TITLES = {module.number: module.title for module in syllabus.load(content.assets_dir() / "syllabus.yml")}
USED = {"ma-half-life-iv": ["lesson 01", "model drugs"]}
PAGE = render(evidence.claims(), USED, TITLES)


def tree(page: str) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


TREE = tree(PAGE)


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def articles(parsed: Any) -> dict[str, Any]:
    return {article.get("id"): article for article in parsed.iter("article")}


def facts(article: Any) -> dict[str, str]:
    return {text_of(term): text_of(said) for term, said in zip(article.iter("dt"), article.iter("dd"), strict=True)}


COLOURS = dict(re.findall(r"\.(\w+) \{ --mark: (#[0-9a-f]{6}); \}", PAGE))
ARTICLES = articles(TREE)


def test_every_claim_stands_there_once_with_its_status_and_its_words() -> None:
    assert Counter(element.get("id") for element in TREE.iter("article")) == Counter(
        row.id for row in evidence.claims()
    )
    for claim_id, article in ARTICLES.items():
        row = evidence.claim(claim_id)
        assert article.get("class").split() == [row.status, row.origin]
        (badge,) = [each for each in article.iter("span") if each.get("class") == "badge"]
        assert text_of(badge) == evidence.BADGES[row.status]
        assert " ".join(row.claim.split()) in text_of(article)


def test_what_a_claim_says_is_told_in_full() -> None:
    told = facts(ARTICLES["ma-half-life-iv"])
    row = evidence.claim("ma-half-life-iv")
    assert told["Teach"].startswith("11.4 h")
    assert told["Used in"] == "lesson 01, model drugs"
    assert told["Checked"].startswith(row.checked.isoformat())
    assert row.sources[0].short in told["Source"]
    assert "In the review" not in told


def test_a_claim_of_the_review_says_where_it_stands_and_how_it_fails() -> None:
    for row in evidence.claims():
        told = facts(ARTICLES[row.id])
        assert ("In the review" in told) == (row.origin == "review"), row.id
        assert told.get("How it fails", "") == ", ".join(ERROR_SAYS[kind] for kind in row.error_kinds), row.id
        if row.origin == "review":
            assert told["In the review"].startswith(" ".join(row.review_location.split())), row.id


def test_a_claim_that_nothing_uses_yet_says_what_it_waits_for() -> None:
    waiting = next(row for row in evidence.claims(module="08"))
    assert facts(ARTICLES[waiting.id])["Used in"] == f"waits for module {', '.join(waiting.modules)}"


def test_every_way_to_fail_has_words() -> None:
    assert set(ERROR_SAYS) == set(get_args(evidence.ErrorKind))


def test_ids_are_unique_and_every_link_on_the_page_leads_to_one() -> None:
    ids = Counter(element.get("id") for element in TREE.iter() if element.get("id"))
    assert max(ids.values()) == 1
    targets = [link.get("href") for link in TREE.iter("a")]
    assert targets
    for target in targets:
        assert target.startswith("https://") or target.startswith("http://") or target.removeprefix("#") in ids, target


def test_every_module_with_claims_is_in_the_list_with_its_number_of_claims() -> None:
    (nav,) = TREE.iter("nav")
    for number, title in TITLES.items():
        rows = [row for row in evidence.claims() if row.modules[0] == number]
        assert (f"{number} {title} ({len(rows)})" in text_of(nav)) == bool(rows), number


def test_the_summary_counts_the_claims_of_the_review() -> None:
    review = [row for row in evidence.claims() if row.origin == "review"]
    summary = text_of(next(TREE.iter("p")))
    assert summary.startswith(f"{len(evidence.claims())} claims and numbers")
    assert f"{len(review)} of them are claims of the review itself" in summary
    for status, badge in evidence.BADGES.items():
        assert f"{sum(row.status == status for row in review)} {badge}" in summary


def test_the_page_needs_no_script_and_no_other_file() -> None:
    assert not list(TREE.iter("script"))
    assert not [
        name for element in TREE.iter() for name in element.attrib if name.startswith("on") or name in ("src", "style")
    ]
    assert not list(TREE.iter("link"))
    assert "@import" not in PAGE and "url(" not in PAGE


def test_every_box_has_a_label_and_hides_what_it_names() -> None:
    boxes = list(TREE.iter("input"))
    assert len(boxes) == 6
    labelled = [box for label in TREE.iter("label") for box in label.iter("input") if text_of(label)]
    assert len(labelled) == len(boxes)
    for box in boxes:
        name = box.get("id").removeprefix("show-")
        assert f"body:has(#{box.get('id')}:not(:checked)) article.{name} {{ display: none; }}" in PAGE
        assert any(name in article.get("class").split() for article in TREE.iter("article"))


def test_status_colours_are_readable_on_white_and_on_the_marked_claim() -> None:
    marked = re.search(r"article:target \{ background: (#[0-9a-f]{6}); \}", PAGE)
    assert marked
    assert set(COLOURS) == set(evidence.BADGES)
    for status, colour in COLOURS.items():
        assert contrast_on_white(colour) >= 4.5, status
        assert contrast_on_white(colour) / contrast_on_white(marked[1]) >= 4.5, status
    for colour in set(re.findall(r"[{ ;]color: (#[0-9a-f]{6})", PAGE)):
        assert contrast_on_white(colour) / contrast_on_white(marked[1]) >= 4.5, colour


def test_what_a_cell_holds_is_text_and_never_markup() -> None:
    evil = "<script>alert(1)</script> & \"quoted\" 'single' </article>"
    row = evidence.claim("ma-half-life-iv")
    changed = replace(
        row,
        claim=evil,
        note=evil,
        population=evil,
        primary_value=evil,
        primary_source=evil,
        basis=evil,
        teach_unit=f"h ({evil})",
        review_location=evil,
        review_citation=evil,
        origin="review",
        sources=(replace(row.sources[0], authors=(evil,), url='https://example.org/"><b>'),),
    )
    page = render([changed], {row.id: [evil]}, {"01": evil})
    assert not list(tree(page).iter("script")) and not list(tree(page).iter("b"))
    (article,) = articles(tree(page)).values()
    told = facts(article)
    shown = " ".join(evil.split())
    assert shown in text_of(article)
    for name in ("In whom", "The source says", "In the review", "Used in", "Checked", "Source"):
        assert shown in told[name], name
    assert told["Teach"] == f"11.4 h ({shown}) {shown}"


def test_a_claim_of_no_module_is_not_lost_in_silence() -> None:
    with pytest.raises(ValueError, match="lacks the first module of these claims: .*ma-half-life-iv"):
        render(evidence.claims(), {}, {"00": "Reading"})


@pytest.mark.parametrize(
    ("species", "population", "said"),
    [
        ("rat", "rat striatum", "rat striatum"),
        ("rat", "male and female rats", "male and female rats"),
        ("rat", "unstated", "rat, unstated"),
        ("mouse", "two mice", "two mice"),
        ("human", "8 adults who use methamphetamine", "8 adults who use methamphetamine"),
        ("human", "290 ex-inpatients", "290 ex-inpatients"),
        ("human", "Dutch families", "human, Dutch families"),
        ("human", "-", "human"),
        ("human", "", "human"),
        ("several", "rodent", "several species, rodent"),
        ("cells", "", "cells in a dish"),
        ("none", "review protocol", "review protocol"),
        ("none", "-", ""),
        ("rat", "a moderate share of animals", "rat, a moderate share of animals"),
    ],
)
def test_in_whom_a_number_was_measured_is_said_once(species: Any, population: str, said: str) -> None:
    assert in_whom(replace(evidence.claim("ma-half-life-iv"), species=species, population=population)) == said
