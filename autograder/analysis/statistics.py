"""The arithmetic of an item analysis on NumPy arrays; nan stands for a mark that nobody gave.

Intervals are of 95 %. Where a number has no meaning (everybody the same, one item, one student) the answer is None.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""
_SAME = 1e-12
"""A variance below this is rounding, not a difference between students."""


@dataclass(frozen=True)
class Estimate:
    """A number from `n` students with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Reliability:
    """Cronbach's α of `items` items, and what follows for a total: its standard deviation and standard error, in
    points.

    Where every item is right or wrong and counts the same, α is KR-20.
    """

    alpha: Estimate
    items: int
    deviation: float
    error: float


def mean_share(shares: Array) -> Estimate | None:
    """The mean of shares (each 0 to 1) with Wilson's score interval; nan left out, None when nothing is left.

    Wilson (1927) takes the variance of right-or-wrong marks, p(1 − p). Partial marks vary less, so for them the
    interval is rather too wide; and it keeps its width where everybody has the same mark.
    """
    known = shares[~np.isnan(shares)]
    n = known.size
    if n == 0:
        return None
    p = float(known.mean())
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    return Estimate(p, max(0.0, float(middle - half)), min(1.0, float(middle + half)), n)


def correlation(first: Array, second: Array) -> Estimate | None:
    """Pearson's r of the pairs without nan, with Fisher's z interval; None for fewer than two, or where one is
    constant.

    Three pairs and fewer leave the interval at −1 to 1.
    """
    both = ~(np.isnan(first) | np.isnan(second))
    x, y = first[both], second[both]
    n = int(x.size)
    if n < 2 or x.var() < _SAME or y.var() < _SAME:
        return None
    x, y = x - x.mean(), y - y.mean()
    r = float(np.clip((x @ y) / np.sqrt((x @ x) * (y @ y)), -1.0, 1.0))
    if n <= 3:
        return Estimate(r, -1.0, 1.0, n)
    with np.errstate(divide="ignore"):  # r = ±1 lies at infinity, and comes back from there as ±1
        z, half = np.arctanh(r), Z / np.sqrt(n - 3)
    return Estimate(r, float(np.tanh(z - half)), float(np.tanh(z + half)), n)


def rest_shares(points: Array, maxima: Array) -> Array:
    """For each student and item, the share of points earned in the *other* items that have a mark.

    `points`: students × items, nan without a mark; `maxima`: points per item. Where all marks are there this is the
    rest total over a constant, so correlations with it are the usual item–rest correlations. nan where there is no
    other item.
    """
    marked = ~np.isnan(points)
    earned, possible = np.where(marked, points, 0.0), marked * maxima
    rest_earned = earned.sum(axis=1, keepdims=True) - earned
    rest_possible = possible.sum(axis=1, keepdims=True) - possible
    shares: Array = np.full(points.shape, np.nan)
    np.divide(rest_earned, rest_possible, out=shares, where=rest_possible > _SAME)
    return shares


def alpha(points: Array) -> float | None:
    """Cronbach's α of a complete matrix students × items: k/(k−1) · (1 − Σ item variances / variance of totals).

    None for one item, one student, or totals that are all the same.
    """
    students, items = points.shape
    if items < 2 or students < 2 or points.sum(axis=1).var() < _SAME:
        return None
    variances = points.var(axis=0, ddof=1).sum()
    return float(items / (items - 1) * (1 - variances / points.sum(axis=1).var(ddof=1)))


def reliability(points: Array) -> Reliability | None:
    """α of a complete matrix with Bonett's (2002) interval, and the standard error of measurement SD·√(1 − α).

    Bonett's interval is that of ln(1 − α). It is −∞ to 1 for two students and fewer. A negative α says that the items
    do not measure one thing; the standard error is then the standard deviation.
    """
    value = alpha(points)
    if value is None:
        return None
    students, items = points.shape
    deviation = float(points.sum(axis=1).std(ddof=1))
    error = deviation * float(np.sqrt(1 - max(0.0, value)))
    low, high = -np.inf, 1.0
    if students > 2 and value < 1:
        half = Z * np.sqrt(2 * items / ((items - 1) * (students - 2)))
        middle = np.log(1 - value) - np.log(students / (students - 1))
        low, high = float(1 - np.exp(middle + half)), float(1 - np.exp(middle - half))
    elif students > 2:
        low = 1.0
    return Reliability(Estimate(value, low, high, students), items, deviation, error)


def thirds(shares: Array, rest: Array) -> tuple[float, float] | None:
    """Mean share of an item in the weakest and in the strongest third of the class by `rest`; ties stay together.

    None when ties leave no two groups apart.
    """
    both = ~(np.isnan(shares) | np.isnan(rest))
    x, y = shares[both], rest[both]
    size = -(-x.size // 3)
    if size == 0:
        return None
    ordered = np.sort(y)
    weak, strong = ordered[size - 1], ordered[-size]
    if weak + _SAME >= strong:
        return None
    return float(x[y <= weak].mean()), float(x[y >= strong].mean())
