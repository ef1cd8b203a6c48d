"""Screening against published numbers, enumeration of two reviewers, and records that are never lost on the way."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import evidence
from course.models.screening import (
    Flow,
    Screening,
    both_include,
    either_includes,
    falsely_kept,
    flow,
    missed,
    published,
)

SINGLE = Screening(0.866, 0.792)  # Gartlehner 2020
SHARES = st.floats(0, 1)
RECORDS = st.integers(0, 5000)


def test_the_ledger_holds_what_the_trial_published() -> None:
    single, dual = published("single"), published("dual")
    assert (single.sensitivity, single.specificity) == pytest.approx((0.866, 0.792))
    assert (dual.sensitivity, dual.specificity) == pytest.approx((0.975, 0.687))


def test_independent_reviewers_would_do_better_on_relevant_and_worse_on_irrelevant_than_observed() -> None:
    sensitivity, specificity = either_includes(SINGLE.sensitivity, SINGLE.specificity)
    assert float(sensitivity) == pytest.approx(0.9820, abs=5e-5)
    assert float(specificity) == pytest.approx(0.6273, abs=5e-5)
    observed = published("dual")
    assert observed.sensitivity < sensitivity
    row = evidence.claim("screening-specificity-dual")
    assert row.teach_low is not None and row.teach_low / 100 > specificity, "so their errors go together"


@pytest.mark.parametrize(("se", "sp"), [(0.866, 0.792), (0.5, 0.5), (1.0, 0.3), (0.0, 1.0)])
def test_two_reviewers_are_what_enumerating_them_gives(se: float, sp: float) -> None:
    def chance(keep: float, rule: object) -> float:
        total = 0.0
        for first, second in product((True, False), repeat=2):
            weight = (keep if first else 1 - keep) * (keep if second else 1 - keep)
            total += weight * rule([first, second])  # type: ignore[operator]
        return total

    for function, rule in ((either_includes, any), (both_include, all)):
        found = [float(each) for each in function(se, sp)]
        assert found == pytest.approx([chance(se, rule), 1 - chance(1 - sp, rule)], abs=1e-12)


@given(SHARES, SHARES)
def test_a_second_reviewer_is_not_free(se: float, sp: float) -> None:
    either, both = either_includes(se, sp), both_include(se, sp)
    assert both[0] <= se + 1e-12 <= either[0] + 2e-12
    assert either[1] <= sp + 1e-12 <= both[1] + 2e-12


@pytest.mark.parametrize(("reviewers", "expected"), [("single", 6.7), ("dual", 1.25)])
def test_missed_in_a_thousand_records_with_one_in_twenty_relevant(reviewers: str, expected: float) -> None:
    assert float(missed(1000, 0.05, published(reviewers).sensitivity)) == pytest.approx(expected, abs=1e-9)


def test_false_inclusions_are_a_share_of_the_irrelevant_records() -> None:
    assert float(falsely_kept(1000, 0.05, 0.792)) == pytest.approx(950 * 0.208)
    assert float(falsely_kept(1000, 1.0, 0.792)) == 0.0
    assert float(missed(1000, 0.0, 0.866)) == 0.0


def conserves(records: Flow) -> bool:
    return (
        records.identified == records.duplicates + records.screened
        and records.screened == records.set_aside + records.assessed
        and records.assessed == records.ineligible + records.included
        and records.relevant == records.missed + records.turned_away + records.included
        and records.missed <= records.set_aside
        and records.turned_away <= records.ineligible
        and min(vars(records).values()) >= 0
    )


@given(RECORDS, RECORDS, SHARES, SHARES, SHARES, SHARES, SHARES)
def test_no_record_is_lost_on_the_way(
    first: int, second: int, overlap: float, prevalence: float, se: float, sp: float, strictness: float
) -> None:
    assert conserves(flow(first, second, overlap, prevalence, Screening(se, sp), strictness))


def test_a_flow_by_hand() -> None:
    records = flow(600, 400, 0.5, 0.05, Screening(0.8, 0.9), 0.25)
    # 200 duplicates leave 800; 40 are relevant, 8 of them missed; 76 of the 760 others are kept to be read in full.
    assert (records.duplicates, records.screened, records.relevant, records.missed) == (200, 800, 40, 8)
    assert (records.assessed, records.set_aside) == (32 + 76, 800 - 108)
    assert (records.turned_away, records.ineligible, records.included) == (8, 84, 24)


def test_limiting_cases() -> None:
    perfect = flow(600, 400, 0.0, 0.1, Screening(1.0, 1.0), 0.0)
    assert (perfect.included, perfect.ineligible, perfect.screened) == (100, 0, 1000)
    same = flow(400, 400, 1.0, 0.1, Screening(1.0, 1.0), 0.0)
    assert (same.duplicates, same.included) == (400, 40)
    nobody = flow(600, 400, 0.3, 0.1, Screening(0.9, 0.9), 1.0)
    assert nobody.included == 0
    assert flow(0, 0, 0.5, 0.5, SINGLE, 0.5).identified == 0


@pytest.mark.parametrize("overlap", [0.0, 0.3, 1.0])
def test_duplicates_cost_nothing_relevant(overlap: float) -> None:
    records = flow(600, 400, overlap, 0.1, Screening(1.0, 0.5), 0.0)
    assert records.included == records.relevant


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Screening(1.2, 0.5),
        lambda: Screening(0.5, -1.0),
        lambda: flow(-1, 5, 0.5, 0.5, SINGLE, 0.5),
        lambda: flow(1, 5, 50, 0.5, SINGLE, 0.5),
        lambda: flow(1, 5, 0.5, 0.5, SINGLE, 2),
        lambda: missed(-1, 0.5, 0.5),
        lambda: missed(1, 5, 0.5),
        lambda: either_includes(86.6, 0.5),
        lambda: published("three"),
    ],
)
def test_impossible_numbers_are_refused_in_one_sentence(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        wrong()  # type: ignore[operator]
