"""The capstone's table and its chain: faults of the file, limits of the chain, and closed forms of single links."""

import itertools
import math
import re

import numpy as np
import pytest

from course import evidence
from course.content import modules_dir
from course.evidence import LedgerError
from course.evidence.interventions import interventions, load_interventions
from course.models.plan import chain, checked, parameters, run

TABLE = interventions()
MIDDLES = {each.id: each.middle for each in TABLE.values()}
PAIRS = list(itertools.combinations(TABLE, 2))
BACK = evidence.value("ma-relapse-1y") / 100
HEADER = "id,name,listed,claims,tested_in,design,module,parameter,says,before,weak,strong,reaches,means"
ROW = "a,A,review,tx-nac,methamphetamine use,one trial,04,kappa,state,3,2.5,2,cues,Less pull."


def loaded(tmp_path, *rows):
    path = tmp_path / "interventions.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return load_interventions(path, {"tx-nac": evidence.claim("tx-nac")})


# The table


def test_both_lists_are_there_and_each_changes_a_parameter_of_its_own():
    assert {each.listed for each in TABLE.values()} == {"review", "left-out"}
    assert len({each.parameter for each in TABLE.values()}) == len(TABLE) >= 8
    assert {"03", "04", "05", "06", "07"} == {each.module for each in TABLE.values()}
    assert set(parameters({})) == {each.parameter for each in TABLE.values()}


def test_no_treatment_of_the_table_was_tried_in_people_with_both():
    assert all("and methamphetamine" not in each.tested_in for each in TABLE.values())
    assert {each.id for each in TABLE.values() if each.claims[0].status == "unverified"} == {"anti-inflammatory"}


def test_a_readable_row_is_read(tmp_path):
    only = loaded(tmp_path, ROW)["a"]
    assert (only.before, only.weak, only.middle, only.strong) == (3, 2.5, 2.25, 2)
    assert only.claims == (evidence.claim("tx-nac"),)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("tx-nac", "tx-nak"), 'the claim "tx-nak" is not in claims.csv'),
        (("3,2.5,2", "3,2,2"), "the range must lead away from before"),
        (("3,2.5,2", "3,2.5,3.5"), "the range must lead away from before"),
        (("one trial", "no trial"), "contradict each other"),
        (("cues", "the amygdala"), 'reaches is "the amygdala", which is not one of'),
        (("review", "somebody"), "listed is"),
        (("3,2.5,2", "3,2.5,two"), "which is not a number"),
    ],
)
def test_each_fault_of_the_file_is_a_sentence_with_its_line(tmp_path, change, sentence):
    with pytest.raises(LedgerError, match=r"interventions\.csv:2: .*") as error:
        loaded(tmp_path, ROW.replace(*change))
    assert sentence in str(error.value)


def test_two_interventions_cannot_share_a_parameter(tmp_path):
    with pytest.raises(LedgerError, match="changes kappa already"):
        loaded(tmp_path, ROW, ROW.replace("a,A", "b,B"))


# Limits of the chain


def test_without_an_intervention_the_share_is_the_measured_one():
    nothing = chain({})
    assert nothing.share == pytest.approx(BACK, abs=1e-12)
    assert (nothing.cues, nothing.distress, nothing.craving, nothing.act, nothing.hazard) == (1, 1, 1, 1, 1)


def test_a_parameter_left_as_it_is_changes_nothing():
    for each in TABLE.values():
        if each.weak == each.before:
            assert chain({each.id: each.before}).share == pytest.approx(BACK, abs=1e-12)
    assert any(each.weak == each.before for each in TABLE.values())


@pytest.mark.parametrize("name", TABLE)
def test_more_of_a_change_lowers_the_share_more_throughout_the_range(name):
    each = TABLE[name]
    steps = [each.before, *(each.weak + i / 20 * (each.strong - each.weak) for i in range(1, 21))]
    shares = [BACK, *(chain({name: value}).share for value in steps[1:])]
    assert all(0 < later < earlier for earlier, later in itertools.pairwise(shares))


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_the_order_of_the_two_does_not_matter(pair):
    there = run({name: MIDDLES[name] for name in pair})
    back = run({name: MIDDLES[name] for name in reversed(pair)})
    assert (there.first, there.second) == (back.second, back.first)
    assert there.both == back.both
    assert there.interaction == pytest.approx(back.interaction, abs=1e-12)


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_corners_bracket_everything_in_between(pair):
    found = run({name: MIDDLES[name] for name in pair})
    for share in (0.1, 0.35, 0.8):
        for other in (0.2, 0.9):
            inside = run(
                {
                    name: TABLE[name].weak + part * (TABLE[name].strong - TABLE[name].weak)
                    for name, part in zip(pair, (share, other), strict=True)
                }
            ).both.value
            assert found.both.low <= inside <= found.both.high
    assert found.both.low < found.both.value < found.both.high
    assert found.both.value < min(found.first.value, found.second.value)  # two help more than either, here


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_a_fall_is_a_difference_of_shares_and_its_ends_change_places(pair):
    found = run({name: MIDDLES[name] for name in pair})
    fall = found.fall("both")
    assert fall.value == pytest.approx(100 * (found.neither - found.both.value))
    assert fall.high == pytest.approx(100 * (found.neither - found.both.low))
    assert fall.low == pytest.approx(100 * (found.neither - found.both.high))
    assert found.interaction == pytest.approx(
        100 * (found.first.value + found.second.value - found.both.value - found.neither)
    )


# Single links in closed form


def test_a_cue_pulls_as_kappa_says_and_the_ring_passes_on_its_share():
    value = TABLE["naltrexone-bupropion"].middle
    found = chain({"naltrexone-bupropion": value})
    assert found.cues == pytest.approx(value / TABLE["naltrexone-bupropion"].before)
    by_distress = TABLE["dbt"].before * TABLE["tms"].before  # distress enters at overload, two steps before craving
    assert found.craving == pytest.approx((found.cues + by_distress) / (1 + by_distress))


def test_the_choice_is_the_logistic_function_of_the_drift():
    before, value = TABLE["contingency-management"].before, TABLE["contingency-management"].strong
    found = chain({"contingency-management": value})
    assert found.act == pytest.approx((1 + math.exp(-1.5 * before)) / (1 + math.exp(-1.5 * value)))
    assert found.craving == 1
    assert found.share == pytest.approx(1 - (1 - BACK) ** found.act)


def test_a_gain_acts_as_the_ring_of_three_says():
    before, value = TABLE["dbt"].before, TABLE["dbt"].strong
    others = TABLE["mbt"].before, TABLE["tms"].before

    def craving(gain):
        return (1 + gain * others[1]) / (1 - gain * others[0] * others[1])

    assert chain({"dbt": value}).craving == pytest.approx(craving(value) / craving(before))


def test_renewal_falls_with_the_learning_rate_as_its_closed_form():
    before, value = TABLE["nac"].before, TABLE["nac"].strong

    def elsewhere(rate):
        return 1 - 0.5 * (1 - (1 - rate) ** 20)

    assert chain({"nac": value}).cues == pytest.approx(elsewhere(value) / elsewhere(before))


def test_two_that_meet_in_different_places_multiply_their_hazards():
    first, second = "contingency-management", "dbt"
    both = chain({first: MIDDLES[first], second: MIDDLES[second]})
    alone = [chain({name: MIDDLES[name]}).hazard for name in (first, second)]
    assert both.hazard == pytest.approx(math.prod(alone))


def test_two_gains_of_one_ring_take_from_each_other():
    for pair in itertools.combinations(("dbt", "mbt", "tms"), 2):
        both = chain({name: TABLE[name].strong for name in pair}).hazard
        assert both > math.prod(chain({name: TABLE[name].strong}).hazard for name in pair)


# What is no plan


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (["dbt", "nac"], "in curly brackets"),
        (..., "in curly brackets"),
        ({"dbt": 0.7}, "yours names 1"),
        ({"dbt": 0.7, "nac": 0.05, "mbt": 0.8}, "yours names 3"),
        ({"dbt": 0.7, "dbs": 0.5}, 'There is no intervention "dbs"'),
        ({"dbt": 0.9, "nac": 0.05}, "dbt needs a number from 0.64 to 0.82"),
        ({"dbt": 0.7, "nac": "0.05"}, "the plan gives '0.05'"),
        ({"dbt": True, "nac": 0.05}, "the plan gives True"),
        ({"dbt": float("nan"), "nac": 0.05}, "dbt must hold finite numbers"),
    ],
)
def test_what_is_no_plan_gets_one_plain_sentence(plan, sentence):
    with pytest.raises(ValueError) as error:
        checked(plan)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("value", [np.float32(0.75), np.float64(0.75), np.int64(5)])
def test_any_kind_of_number_is_a_value(value):
    name = "dbt" if value < 1 else "anti-inflammatory"
    other = {"nac": 0.05}
    assert run({name: value, **other}).both == run({name: float(value), **other}).both


def test_falls_are_asked_for_by_name():
    with pytest.raises(ValueError, match="first, second, both"):
        run({"dbt": 0.7, "nac": 0.05}).fall("third")


# What module 09 prints in its prose


def text_of(file):
    return (modules_dir() / "09-capstone" / file).read_text(encoding="utf-8")


def test_the_exercises_offer_the_table_as_it_is():
    rows = re.findall(
        r"^\| `\"([a-z-]+)\"` \| .* \((\d\d)\) \| (\S+) \| (\S+) \| (\S+) \|$", text_of("exercises.py"), re.M
    )
    printed = {name: (module, *map(float, values)) for name, module, *values in rows}
    assert printed == {each.id: (each.module, each.before, each.weak, each.strong) for each in TABLE.values()}


def test_the_lesson_prints_what_the_chain_gives():
    lesson = text_of("lesson.py")
    pair = run({name: TABLE[name].strong for name in ("dbt", "mbt")})
    for which in ("first", "second"):
        assert f"{pair.fall(which).value:.1f} points" in lesson
    found = chain({"naltrexone-bupropion": 2.4})
    assert f"{found.craving:.3f}$ of what it was" in lesson
    assert f"From 61 to {100 * found.share:.1f} %" in lesson
    assert f"**{100 * (BACK - found.share):.1f} points**" in lesson


def test_the_model_answer_prints_what_its_plan_gives():
    middles = run({name: TABLE[name].middle for name in ("dbt", "contingency-management")})
    fall = middles.fall("both")
    assert (
        f"{100 * middles.both.value:.0f} with both: {fall.value:.0f} fewer, from {fall.low:.0f} to {fall.high:.0f}"
        in (text_of("exercises.py"))
    )
