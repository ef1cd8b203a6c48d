"""The arithmetic of the item report: by hand, against SciPy and NumPy, in limiting cases, over simulated classes."""

import math

import numpy as np
import pytest
from scipy import stats

from autograder.analysis.statistics import (
    alpha,
    correlation,
    mean_share,
    reliability,
    rest_shares,
    thirds,
)

# Five students, four items of 1 point.
#             A  B  C  D   total   total without A
# student 1   1  1  1  0     3        2
# student 2   1  1  0  0     2        1
# student 3   0  1  0  0     1        1
# student 4   1  1  1  1     4        3
# student 5   0  0  0  0     0        0
BY_HAND = np.array([[1, 1, 1, 0], [1, 1, 0, 0], [0, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]], dtype=float)


def random_class(seed: int, students: int = 200, items: int = 8) -> np.ndarray:
    """Partial credit, different maxima, one factor."""
    draw = np.random.default_rng(seed)
    ability = draw.normal(size=(students, 1))
    shares = np.round(1 / (1 + np.exp(-(ability + draw.normal(size=(students, items))))) * 4) / 4
    return shares * draw.integers(1, 6, size=items)


def right_or_wrong(
    draw: np.random.Generator, students: int, easiness: list[float], slopes: list[float] | float
) -> np.ndarray:
    """A logistic class: item j is right with probability 1 / (1 + exp(−slope · ability − easiness))."""
    ability = draw.normal(size=(students, 1))
    chance = 1 / (1 + np.exp(-(np.asarray(slopes) * ability + np.asarray(easiness))))
    return (draw.random(chance.shape) < chance).astype(float)


# --- by hand -------------------------------------------------------------------------------------------------------


def test_difficulty_is_the_mean_share_and_its_interval_is_wilsons() -> None:
    # 3 of 5. With z² = 3.8415: middle (0.6 + 3.8415/10) / (1 + 3.8415/5) = 0.98415 / 1.76829 = 0.55655,
    # half 1.95996/1.76829 · √(0.6·0.4/5 + 3.8415/100) = 1.10840 · √0.086415 = 0.32583.
    found = mean_share(BY_HAND[:, 0])
    assert found is not None
    assert (found.value, found.n) == (0.6, 5)
    assert found.low == pytest.approx(0.55655 - 0.32583, abs=2e-5)
    assert found.high == pytest.approx(0.55655 + 0.32583, abs=2e-5)


def test_item_rest_correlation_by_hand() -> None:
    # A = 1 1 0 1 0 (mean 3/5), rest = 2 1 1 3 0 (mean 7/5).
    # Σ(A−3/5)(R−7/5) = ΣAR − 5·(3/5)(7/5) = (2+1+3) − 21/5 = 9/5
    # Σ(A−3/5)² = 3 − 9/5 = 6/5;  Σ(R−7/5)² = (4+1+1+9) − 49/5 = 26/5
    # r = (9/5) / √(6/5 · 26/5) = 9 / √156
    rest = rest_shares(BY_HAND, np.ones(4))
    assert rest[:, 0] * 3 == pytest.approx([2, 1, 1, 3, 0])
    found = correlation(BY_HAND[:, 0], rest[:, 0])
    assert found is not None and found.value == pytest.approx(9 / math.sqrt(156), abs=1e-12)
    # Fisher: z = artanh 0.72058 = 0.90879 ± 1.95996/√2 = 1.38590, so −0.47711 to 2.29470 → tanh: −0.44396 to 0.97990
    assert (found.low, found.high) == pytest.approx((-0.44396, 0.97990), abs=2e-4)


def test_kr20_and_standard_error_by_hand() -> None:
    # p = 3/5, 4/5, 2/5, 1/5; Σ p(1−p) = (6 + 4 + 6 + 4)/25 = 20/25 = 0.8.
    # Totals 3 2 1 4 0: mean 2, population variance (1+0+1+4+4)/5 = 2, sample variance 2.5.
    # KR-20 = 4/3 · (1 − 0.8/2) = 0.8;  SEM = √2.5 · √(1 − 0.8) = √0.5 points.
    found = reliability(BY_HAND)
    assert found is not None
    assert found.alpha.value == pytest.approx(0.8, abs=1e-12)
    assert found.error == pytest.approx(math.sqrt(0.5), abs=1e-12)
    # Bonett: ln 0.2 − ln(5/4) ± 1.95996 · √(2·4 / (3·3)) = −1.83258 ± 1.84787, so 1 − e^0.01529 to 1 − e^−3.68045
    assert (found.alpha.low, found.alpha.high) == pytest.approx((-0.01541, 0.97479), abs=1e-4)


def test_thirds_keep_ties_together() -> None:
    shares, rest = np.array([0, 0, 1, 0, 1, 1.0]), np.array([1, 2, 2, 3, 4, 5.0])
    # A third is two students: the weakest have rest ≤ 2 (three of them, with the tie), the strongest ≥ 4.
    assert thirds(shares, rest) == pytest.approx((1 / 3, 1.0))
    assert thirds(shares, np.ones(6)) is None


# --- a second opinion ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("right", "students"), [(0, 7), (3, 30), (29, 30), (150, 300), (40, 40)])
def test_difficulty_agrees_with_scipy(right: int, students: int) -> None:
    found = mean_share(np.array([1.0] * right + [0.0] * (students - right)))
    wanted = stats.binomtest(right, students).proportion_ci(method="wilson")
    assert found is not None and (found.low, found.high) == pytest.approx((wanted.low, wanted.high), abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_item_rest_correlations_agree_with_scipy(seed: int) -> None:
    points = random_class(seed)
    maxima = points.max(axis=0)
    rest = rest_shares(points, maxima)
    for at in range(points.shape[1]):
        found = correlation(points[:, at], rest[:, at])
        wanted = stats.pearsonr(points[:, at], np.delete(points, at, axis=1).sum(axis=1))
        interval = wanted.confidence_interval(0.95)
        assert found is not None
        assert (found.value, found.low, found.high) == pytest.approx(
            (wanted.statistic, interval.low, interval.high), abs=1e-9
        )


def test_around_zero_the_interval_is_as_wide_as_promised() -> None:
    for students, half in ((30, 0.36), (100, 0.20)):
        x = np.tile([0.0, 1.0], students // 2)
        y = np.repeat([0.0, 1.0], students // 2)
        found = correlation(x, y[: x.size])
        assert found is not None and found.value == pytest.approx(0, abs=0.07)
        assert (found.high - found.low) / 2 == pytest.approx(half, abs=0.005)


@pytest.mark.parametrize("seed", range(5))
def test_alpha_agrees_with_the_covariance_matrix(seed: int) -> None:
    points = random_class(seed)
    covariance = np.cov(points, rowvar=False)
    items = points.shape[1]
    wanted = items / (items - 1) * (1 - np.trace(covariance) / covariance.sum())
    assert alpha(points) == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("students", [30, 100, 400])
def test_the_interval_of_alpha_is_close_to_the_one_by_feldt(students: int) -> None:
    """Feldt (1965): (1 − α)/(1 − α̂) follows F(n − 1, (n − 1)(k − 1)) for normal scores."""
    points = random_class(3, students, 10)
    found = reliability(points)
    assert found is not None
    degrees = (students - 1, (students - 1) * 9)
    low = 1 - (1 - found.alpha.value) * stats.f.ppf(0.975, *degrees)
    high = 1 - (1 - found.alpha.value) * stats.f.ppf(0.025, *degrees)
    assert (found.alpha.low, found.alpha.high) == pytest.approx((low, high), abs=0.03)


# --- limiting cases ------------------------------------------------------------------------------------------------


def test_parallel_items_follow_spearman_and_brown() -> None:
    """k parallel items that correlate ρ: α = kρ / (1 + (k − 1)ρ). Columns made so that the sample has it exactly."""
    draw = np.random.default_rng(5)
    white = draw.normal(size=(60, 7))
    white -= white.mean(axis=0)
    white = np.linalg.qr(white)[0]  # orthogonal columns of equal length, each with mean 0
    for k, rho in ((2, 0.5), (5, 0.3), (6, 0.8)):
        points = math.sqrt(rho) * white[:, :1] + math.sqrt(1 - rho) * white[:, 1 : k + 1]
        assert np.corrcoef(points, rowvar=False)[0, 1] == pytest.approx(rho, abs=1e-9)
        assert alpha(points) == pytest.approx(k * rho / (1 + (k - 1) * rho), abs=1e-9)


def test_a_perfect_guttman_scale() -> None:
    """Student s has exactly the s easiest of k items right, one student for each s from 0 to k.

    Item j is right for (k + 1 − j) of k + 1 students, so Σ pq = Σ j(k+1−j)/(k+1)² = k(k+2) / (6(k+1)); the totals are
    0 … k with population variance k(k+2)/12; KR-20 = k/(k−1) · (1 − 2/(k+1)) = k/(k+1).
    """
    for k in (3, 5, 10):
        points = np.tril(np.ones((k + 1, k)), -1)
        assert alpha(points) == pytest.approx(k / (k + 1), abs=1e-12)
        rest = rest_shares(points, np.ones(k))
        assert all(correlation(points[:, j], rest[:, j]).value > 0 for j in range(k))  # type: ignore[union-attr]


def test_the_same_item_twice_is_perfectly_reliable() -> None:
    points = np.repeat(np.array([[0.0], [1.0], [1.0], [0.0], [1.0]]), 2, axis=1)
    found, together = reliability(points), correlation(points[:, 0], points[:, 1])
    assert found is not None and (found.alpha.value, found.error) == pytest.approx((1.0, 0.0))
    assert together is not None and (together.value, together.low, together.high) == (1.0, 1.0, 1.0)


def test_where_a_number_has_no_meaning_there_is_none() -> None:
    nan = np.full(4, np.nan)
    assert mean_share(nan) is None and mean_share(np.array([])) is None
    assert correlation(np.ones(9), np.arange(9.0)) is None  # a constant item
    assert correlation(np.arange(9.0), np.ones(9)) is None  # a constant rest
    assert correlation(nan, np.arange(4.0)) is None
    assert reliability(np.ones((9, 3))) is None  # everybody the same
    assert reliability(np.arange(9.0).reshape(9, 1)) is None  # one item
    assert reliability(np.ones((1, 3))) is None and reliability(np.empty((0, 0))) is None
    assert np.isnan(rest_shares(np.ones((3, 1)), np.ones(1))).all()  # one item has no rest
    two = correlation(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    assert two is not None and (two.low, two.high) == (-1.0, 1.0)


def test_a_mark_that_is_not_there_is_neither_zero_nor_the_mean() -> None:
    points = np.array([[2.0, 3.0, np.nan], [1.0, 0.0, 4.0]])
    rest = rest_shares(points, np.array([2.0, 3.0, 4.0]))
    # Student 1: beside item 1 only item 2 has a mark, 3 of 3; student 2: beside item 1, (0 + 4) of 7.
    assert rest[:, 0] == pytest.approx([1.0, 4 / 7])
    assert mean_share(np.array([1.0, np.nan, 0.5])).value == 0.75  # type: ignore[union-attr]


# --- simulated classes ---------------------------------------------------------------------------------------------


def test_intervals_cover_what_they_promise() -> None:
    """2,000 classes of 60 with known values: 95 % are covered, give or take 4 standard errors of √(.95·.05/2000)."""
    draw = np.random.default_rng(11)
    items, students, runs, rho = 6, 60, 2000, 0.3
    true_alpha = items * rho / (1 + (items - 1) * rho)
    hits = {"alpha": 0, "r": 0, "p": 0}
    for _ in range(runs):
        common = draw.normal(size=(students, 1))
        points = math.sqrt(rho) * common + math.sqrt(1 - rho) * draw.normal(size=(students, items))
        found = reliability(points)
        together = correlation(points[:, 0], points[:, 1])
        share = mean_share((draw.random(students) < 0.7).astype(float))
        assert found is not None and together is not None and share is not None
        hits["alpha"] += found.alpha.low <= true_alpha <= found.alpha.high
        hits["r"] += together.low <= rho <= together.high
        hits["p"] += share.low <= 0.7 <= share.high
    assert {name: pytest.approx(0.95, abs=0.02) for name in hits} == {name: hit / runs for name, hit in hits.items()}


def test_a_wrong_key_has_its_whole_interval_below_zero_and_a_good_item_has_not() -> None:
    """100 classes of 120: item 0 has its key reversed. Found in at least 95; no good item of 700 is called so.

    A slope of 1.2 gives item–rest correlations near 0.35, standard error 1/√117 = 0.09: 0.35 lies 3.8 of them from 0,
    and a good item's interval below 0 would need 5.7 of them.
    """
    draw = np.random.default_rng(12)
    caught = blamed = 0
    for _ in range(100):
        points = right_or_wrong(draw, 120, [0, 0.5, -0.5, 0, 1, -1, 0.2, -0.2], 1.2)
        points[:, 0] = 1 - points[:, 0]
        rest = rest_shares(points, np.ones(8))
        highs = [correlation(points[:, at], rest[:, at]).high for at in range(8)]  # type: ignore[union-attr]
        caught += highs[0] < 0
        blamed += sum(high < 0 for high in highs[1:])
    assert caught >= 95
    assert blamed == 0
