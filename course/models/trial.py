"""Two arms of a trial: what was found, what a ratio hides, how many people are needed, and the trial run many times.

Shares are those with the outcome (a response, or a return to use). Intervals are the usual large-sample ones.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.models.checks import Array, fraction, positive
from course.models.normal import normal_cdf, normal_quantile

LEVEL = 0.05  # assumed: the usual level of significance, two-sided
_CRITICAL = float(normal_quantile(1.0 - LEVEL / 2.0))


@dataclass(frozen=True)
class Estimate:
    """A value with the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def share_half_width(share: ArrayLike, people: ArrayLike) -> Array:
    """Return half the width of the 95 % interval of a share found in so many people: 1.96 sqrt(p (1 - p) / n)."""
    p = fraction("share", share)
    return np.asarray(_CRITICAL * np.sqrt(p * (1.0 - p) / positive("people", people)))


def risk_difference(a: int, n1: int, c: int, n0: int) -> Estimate:
    """Return share treated - share control with its interval (Wald): a of n1 people treated, c of n0 in control.

    Raises ValueError for a group of nobody, or more people with the outcome than there are.
    """
    treated, control = _share("a", a, "n1", n1), _share("c", c, "n0", n0)
    half = math.hypot(float(share_half_width(treated, n1)), float(share_half_width(control, n0)))
    return Estimate(treated - control, treated - control - half, treated - control + half)


def risk_ratio(a: int, n1: int, c: int, n0: int) -> Estimate:
    """Return share treated / share control with its interval (on the logarithm, Katz 1978).

    Raises ValueError as `risk_difference`, and when nobody in one of the groups had the outcome.
    """
    treated, control = _share("a", a, "n1", n1), _share("c", c, "n0", n0)
    if a == 0 or c == 0:
        raise ValueError("In one of the groups nobody had the outcome: the ratio has no interval then.")
    ratio = treated / control
    factor = math.exp(_CRITICAL * math.sqrt((1.0 - treated) / a + (1.0 - control) / c))
    return Estimate(ratio, ratio / factor, ratio * factor)


def number_needed(difference: Estimate) -> Estimate:
    """Return how many people have to be treated for one more (or, below 0, one fewer) outcome: 1 / |difference|.

    The interval's ends are the inverse of the difference's. When that interval holds 0, no number is large enough and
    the upper end is infinite (Altman 1998); then the true effect may also go the other way.
    """
    sizes = sorted((abs(difference.low), abs(difference.high)))
    one_way = difference.low * difference.high > 0.0
    return Estimate(_inverse(abs(difference.value)), _inverse(sizes[1]), 1.0 / sizes[0] if one_way else math.inf)


def share_from_odds_ratio(base: ArrayLike, odds_ratio: ArrayLike) -> Array:
    """Return the share whose odds are `odds_ratio` times those of `base`: OR p / (1 - p + OR p). Arguments broadcast.

    Raises ValueError for a base outside 0-1 or a ratio that is not above 0.
    """
    p, ratio = fraction("base", base), positive("odds_ratio", odds_ratio)
    return np.asarray(ratio * p / (1.0 - p + ratio * p))


def power(per_arm: ArrayLike, treated: ArrayLike, control: ArrayLike) -> Array:
    """Return the chance that a trial comes out significant on the side of the truth (normal approximation).

    Two-sided test at the level of 5 % with the pooled variance; arguments broadcast; `per_arm` is people in each arm.
    Raises ValueError for equal or impossible shares.
    """
    gap, pooled, apart = _spreads(treated, control)
    n = positive("per_arm", per_arm)
    return np.asarray(normal_cdf((gap * np.sqrt(n) - _CRITICAL * pooled) / apart))


def per_arm(treated: float, control: float, wanted_power: float) -> int:
    """Return the people needed in each arm: (z_a sqrt(2 p q) + z_b sqrt(p1 q1 + p0 q0))^2 / (p1 - p0)^2, rounded up.

    `wanted_power`: between 0 and 1, ends excluded. Raises ValueError for equal or impossible shares.
    """
    gap, pooled, apart = (float(part) for part in _spreads(treated, control))
    return math.ceil(((_CRITICAL * pooled + float(normal_quantile(wanted_power)) * apart) / gap) ** 2)


@dataclass(frozen=True)
class Trials:
    """Many runs of one trial: `difference` found in each (treated - control), and which came out significant."""

    difference: Array
    significant: NDArray[np.bool_]


def simulate(people: int, treated: float, control: float, trials: int, seed: int) -> Trials:
    """Return `trials` runs of a trial with so many `people` in each arm, and each one's pooled two-sided z test.

    Equal seeds draw equal trials. Raises ValueError for no people, no trials or shares outside 0-1.
    """
    if people < 1 or trials < 1:
        raise ValueError("people and trials must be at least 1.")
    shares = float(fraction("treated", treated)), float(fraction("control", control))
    found = np.random.default_rng(seed).binomial(people, shares, size=(trials, 2)) / people
    gap, middle = found[:, 0] - found[:, 1], found.mean(axis=1)
    # Where all or none of the people have the outcome, both gap and limit are 0 and nothing is significant.
    return Trials(gap, np.abs(gap) > _CRITICAL * np.sqrt(2.0 * middle * (1.0 - middle) / people))


def _spreads(treated: ArrayLike, control: ArrayLike) -> tuple[Array, Array, Array]:
    """Return the size of the difference, and its spread for one person an arm if the shares are equal, and if not."""
    p1, p0 = fraction("treated", treated), fraction("control", control)
    if np.any(p1 == p0):
        raise ValueError("treated and control are equal: no trial is large enough to find what is not there.")
    middle = (p1 + p0) / 2.0
    pooled, apart = 2.0 * middle * (1.0 - middle), p1 * (1.0 - p1) + p0 * (1.0 - p0)
    if np.any(apart == 0.0):
        raise ValueError("treated and control must not both be 0 or 1: one person in each arm would be enough.")
    return np.abs(p1 - p0), np.sqrt(pooled), np.sqrt(apart)


def _share(name: str, count: int, of: str, people: int) -> float:
    if people < 1 or not 0 <= count <= people:
        raise ValueError(f"{name} must lie between 0 and {of}, and {of} must be at least 1.")
    return count / people


def _inverse(size: float) -> float:
    return 1.0 / size if size > 0.0 else math.inf
