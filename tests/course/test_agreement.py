"""Cohen's kappa against published and hand-made tables, chance, and another way to count it."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models.agreement import cohen_kappa

TABLES = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 30), min_size=k, max_size=k), min_size=k, max_size=k)
)


def pair_by_pair(table: list[list[int]]) -> float:
    """Kappa from the single records: how often two people agree, against two records drawn anew, one from each."""
    first = [row for row, cells in enumerate(table) for count in cells for _ in range(count)]
    second = [column for cells in table for column, count in enumerate(cells) for _ in range(count)]
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    by_chance = sum(a == b for a, b in product(first, second)) / len(first) ** 2
    return math.nan if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def test_the_worked_example_of_the_exercise() -> None:
    assert cohen_kappa([[20, 5], [10, 15]]) == pytest.approx(0.4, abs=1e-12)


def test_nine_in_ten_may_agree_and_kappa_be_below_a_half() -> None:
    table = [[85, 5], [5, 5]]
    assert np.trace(table) / np.sum(table) == 0.9
    assert cohen_kappa(table) == pytest.approx(0.444, abs=5e-4)


@pytest.mark.parametrize("shares", [([0.3, 0.7], [0.6, 0.4]), ([0.2, 0.5, 0.3], [0.1, 0.1, 0.8])])
def test_independent_answers_have_kappa_0(shares: tuple[list[float], list[float]]) -> None:
    assert cohen_kappa(1000 * np.outer(*shares)) == pytest.approx(0.0, abs=1e-12)


def test_full_agreement_is_1_and_full_disagreement_of_equal_halves_is_minus_1() -> None:
    assert cohen_kappa(np.diag([3, 4, 5])) == pytest.approx(1.0)
    assert cohen_kappa([[0, 5], [5, 0]]) == pytest.approx(-1.0)


def test_one_answer_only_leaves_kappa_undefined() -> None:
    assert math.isnan(cohen_kappa([[7, 0], [0, 0]]))


@given(TABLES)
def test_it_is_what_counting_pair_by_pair_gives(table: list[list[int]]) -> None:
    if 0 < sum(map(sum, table)) <= 120:
        assert cohen_kappa(table) == pytest.approx(pair_by_pair(table), nan_ok=True, abs=1e-9)


@given(TABLES, st.integers(2, 9))
def test_neither_who_is_the_row_nor_the_number_of_records_matters(table: list[list[int]], factor: int) -> None:
    if sum(map(sum, table)) > 0:
        kappa = cohen_kappa(table)
        assert cohen_kappa(np.transpose(table)) == pytest.approx(kappa, nan_ok=True, abs=1e-9)
        assert cohen_kappa(np.multiply(table, factor)) == pytest.approx(kappa, nan_ok=True, abs=1e-9)


@pytest.mark.parametrize(
    "table",
    [[[1, 2, 3], [4, 5, 6]], [1, 2, 3], [[5]], [[1, -1], [2, 3]], [[0, 0], [0, 0]], [[1, "a"], [2, 3]], []],
)
def test_what_is_no_table_is_refused_in_one_sentence(table: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        cohen_kappa(table)  # type: ignore[arg-type]
