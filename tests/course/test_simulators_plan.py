"""The capstone's simulators: they say and draw what the chain and the ledger say, and that the ranges are assumed."""

import re

import pytest

from course import evidence
from course.evidence.interventions import interventions
from course.models.plan import chain, run
from course.simulators import intervention_board, intervention_chain, intervention_pair
from course.simulators.panel import Notice

TABLE = interventions()
SIMULATORS = [
    pytest.param(intervention_chain, 30, id="intervention_chain"),
    pytest.param(intervention_pair, 25, id="intervention_pair"),
    pytest.param(intervention_board, 6, id="intervention_board"),
]
BACK = evidence.value("ma-relapse-1y")


def fall(plan):
    return 100 * (chain({}).share - chain(plan).share)


# All


@pytest.mark.parametrize(("simulator", "guess"), SIMULATORS)
def test_every_picture_says_that_the_ranges_are_assumed_and_about_whom_it_is(simulator, guess):
    picture = simulator.draw(prediction=guess)
    for text in (picture.species, picture.alt):
        assert re.search(r"\bmodel\b", text, re.I)
        assert re.search(r"human", text, re.I)
        assert "assumed" in text
    assert "assumed" in picture.caption
    assert len(picture.table.rows) >= 4


@pytest.mark.parametrize(("simulator", "guess"), SIMULATORS)
def test_an_unreadable_prediction_is_named(simulator, guess):
    assert simulator.explore("a lot").sentence.startswith('Your prediction is the text "a lot"')


# The chain


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("strength", [0, 35, 100])
def test_the_last_step_is_the_share_of_the_chain(name, strength):
    each = TABLE[name]
    value = each.weak + strength / 100 * (each.strong - each.weak)
    picture = intervention_chain.draw(name, strength)
    assert f"{BACK:.0f} return to use within a year without it and {100 * chain({name: value}).share:.1f} with it" in (
        picture.reading
    )
    assert each.means in picture.reading
    shown = [row[1] for row in picture.table.rows]
    assert shown[0] == intervention_chain.change(100 * (value / each.before - 1))
    assert shown[-1] == intervention_chain.change(100 * (100 * chain({name: value}).share / BACK - 1))


def test_bars_are_as_long_as_the_steps():
    drawing = intervention_chain._Drawing(None)
    drawing.picture("contingency-management", 100)
    found = chain({"contingency-management": TABLE["contingency-management"].strong})
    lengths = [bar.get_width() for bar in drawing.bars]
    assert lengths[1:4] == pytest.approx([100 * (found.act - 1), 0, 100 * (found.hazard - 1)])


@pytest.mark.parametrize("guess", [fall({"naltrexone-bupropion": 1.8}), 40])
def test_the_prediction_of_the_chain_is_about_its_question_whatever_is_shown(guess):
    verdict = "close" if guess < 20 else "points too many"
    for name in ("naltrexone-bupropion", "nac"):
        assert verdict in intervention_chain.draw(name, 20, prediction=float(guess)).reading


# The pair


def test_the_pair_is_the_outcome_of_its_plan_with_two_decimals():
    plan = {"dbt": 0.7, "nac": 0.05}
    found, picture = run(plan), intervention_pair.of_plan(plan)
    rows = {row[0].partition(" (")[0]: row[1:] for row in picture.table.rows}
    for key, band in (("Dialectical behaviour therapy", found.first), ("N-acetylcysteine", found.second)):
        assert rows[key][0] == f"{100 * band.value:.2f}"
    assert rows["both"][2] == f"{found.fall('both').value:.2f}"
    assert rows["both"][3] == f"{found.fall('both').low:.2f} to {found.fall('both').high:.2f}"
    assert rows["neither"] == (f"{BACK:.2f}", f"{BACK:.2f} to {BACK:.2f}", "0.00", "0.00 to 0.00")


def test_a_hundred_people_are_a_hundred():
    drawing = intervention_pair._Drawing(None)
    for first, second in (("dbt", "mbt"), ("ssri", "anti-inflammatory")):
        drawing.picture(first, 100, second, 100)
        counts = {key: len(mark.get_xdata()) for key, mark in drawing.people.items()}
        assert sum(counts.values()) == 100
        assert counts["anyway"] == 100 - BACK
        both = run({first: TABLE[first].strong, second: TABLE[second].strong}).both.value
        assert counts["return"] == round(100 * both)


def test_marks_bands_and_the_promise_of_adding_stand_where_the_model_says():
    drawing = intervention_pair._Drawing(None)
    drawing.picture("dbt", 50, "mbt", 50)
    found = run({name: TABLE[name].middle for name in ("dbt", "mbt")})
    assert drawing.marks["both"].get_xdata() == pytest.approx([100 * found.both.value])
    assert drawing.bands["both"].get_xdata() == pytest.approx([100 * found.both.low, 100 * found.both.high])
    assert drawing.adding.get_xdata() == pytest.approx([100 * (found.first.value + found.second.value - found.neither)])


def test_the_prediction_stands_at_its_question_alone():
    drawing = intervention_pair._Drawing(12.0)
    drawing.picture("dbt", 100, "mbt", 100)
    assert drawing.guess.get_visible()
    assert drawing.guess.get_xdata() == pytest.approx([BACK - 12])
    drawing.picture("dbt", 100, "mbt", 95)
    assert not drawing.guess.get_visible()
    answer = run({name: TABLE[name].strong for name in ("dbt", "mbt")}).fall("both").value
    assert "close" in intervention_pair.draw(prediction=answer).reading
    assert "points too many" in intervention_pair.draw(prediction=answer + 5).reading


def test_twice_the_same_is_refused():
    with pytest.raises(ValueError, match="choose two different ones"):
        intervention_pair.draw("dbt", 50, "dbt", 100)


@pytest.mark.parametrize("plan", [..., {"dbt": 0.7}, {"dbt": 0.7, "dbs": 1}, "dbt"])
def test_what_is_no_plan_gets_a_sentence_where_the_picture_would_be(plan):
    notice = intervention_pair.of_plan(plan)
    assert isinstance(notice, Notice)
    assert notice.sentence.endswith(".")


# The board


def test_the_board_orders_as_it_says_and_shows_every_intervention_once():
    by_effect = intervention_board.draw("effect", 100).table.rows
    falls = [float(row[1].partition(" ")[0]) for row in by_effect]
    assert falls == sorted(falls, reverse=True)
    by_evidence = intervention_board.draw("evidence", 100).table.rows
    assert {row[0] for row in by_effect} == {row[0] for row in by_evidence} == {each.name for each in TABLE.values()}
    words = [row[2].split()[-1] for row in by_evidence]
    order = ["supported", "imprecise", "unverified", "conflicts"]
    assert words == sorted(words, key=order.index)


def test_no_status_stands_on_the_board_without_what_was_found():
    lines = [line for _, line in intervention_board.draw().outlines[0].lines]
    assert len(lines) == len(TABLE)
    for each in TABLE.values():
        assert any(line.startswith(each.name) and evidence.what_to_teach(each.claims[0]) in line for line in lines)


def test_the_board_shows_the_ledgers_status_and_its_prediction_counts_them():
    supported = sum(each.claims[0].status == "supported" for each in TABLE.values())
    rows = {row[0]: row for row in intervention_board.draw().table.rows}
    for each in TABLE.values():
        assert each.claims[0].status in rows[each.name][2]
        assert rows[each.name][4] == ("yes" if each.listed == "review" else "left out")
    assert "as in the ledger" in intervention_board.draw(prediction=supported).reading
    assert f"in the ledger it is {supported}" in intervention_board.draw(prediction=supported + 1).reading


@pytest.mark.parametrize(
    ("simulator", "wrong", "word"),
    [
        (intervention_chain, {"intervention": "dbs"}, "intervention"),
        (intervention_chain, {"strength": 101}, "strength"),
        (intervention_pair, {"first": "dbs"}, "first"),
        (intervention_pair, {"second_strength": -1}, "strength"),
        (intervention_board, {"order": "cost"}, "order"),
    ],
)
def test_impossible_settings_are_refused_in_one_sentence(simulator, wrong, word):
    with pytest.raises(ValueError, match=word):
        simulator.draw(**wrong)
