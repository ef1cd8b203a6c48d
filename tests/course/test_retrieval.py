"""Precision and recall against counts by hand and against Bayes' rule by enumeration."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.retrieval import precision, precision_at_prevalence, recall, search_scores

SETS = st.frozensets(st.integers(0, 30))
SHARES = st.integers(0, 20).map(lambda n: n / 20)


def test_the_worked_example_of_the_exercise() -> None:
    assert search_scores(set(range(10)), set(range(5))) == (0.5, 1.0)


def test_nothing_retrieved_has_no_precision_and_finds_nothing() -> None:
    found = search_scores(set(), {"a"})
    assert math.isnan(found[0])
    assert found[1] == 0.0


def test_recall_without_anything_relevant_is_refused() -> None:
    for measure in (recall, search_scores):
        with pytest.raises(ValueError, match=r"there is nothing to find\.$"):
            measure({"a"}, set())
    assert precision({"a"}, set()) == 0.0


@given(SETS, SETS)
def test_scores_are_shares_of_each_record_counted_alone(retrieved: frozenset[int], relevant: frozenset[int]) -> None:
    hits = sum(1 for record in retrieved if record in relevant)
    if retrieved:
        assert precision(retrieved, relevant) == hits / len(retrieved)
    if relevant:
        assert recall(retrieved, relevant) == hits / len(relevant)
        assert recall(relevant, relevant) == precision(relevant, relevant) == 1.0


@given(SETS, SETS, SETS)
def test_and_never_raises_recall(first: frozenset[int], second: frozenset[int], relevant: frozenset[int]) -> None:
    if relevant:
        assert recall(first & second, relevant) <= min(recall(first, relevant), recall(second, relevant))
        assert recall(first | second, relevant) >= max(recall(first, relevant), recall(second, relevant))


def test_and_may_lower_precision() -> None:
    relevant = {1, 2, 3}
    assert precision({1, 2, 3, 4} & {4, 5}, relevant) < precision({1, 2, 3, 4}, relevant)


@given(st.integers(1, 20), st.integers(0, 20), SHARES, SHARES)
def test_precision_at_prevalence_is_that_of_counted_records(n: int, others: int, se: float, sp: float) -> None:
    kept, let_in = n * se, others * (1 - sp)
    expected = kept / (kept + let_in) if kept + let_in else math.nan
    found = float(precision_at_prevalence(se, sp, n / (n + others)))
    assert found == pytest.approx(expected, nan_ok=True, abs=1e-12)


def test_precision_falls_with_prevalence_to_nothing() -> None:
    falling = precision_at_prevalence(0.866, 0.792, [1.0, 0.5, 0.2, 0.05, 0.005, 0.0])
    assert np.all(np.diff(falling) < 0)
    assert falling[0] == 1.0
    assert falling[-1] == 0.0


@pytest.mark.parametrize("wrong", [(1.1, 0.5, 0.5), (0.5, -0.1, 0.5), (0.5, 0.5, math.nan)])
def test_shares_outside_0_to_1_are_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        precision_at_prevalence(*wrong)
