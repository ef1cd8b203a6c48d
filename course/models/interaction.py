"""Whether two causes together do more than their sum: the answer depends on the scale on which one adds.

Four risks (0 to 1): with neither, with the first alone, with the second alone, with both. A departure from one scale
says nothing about biology, and one from another may have the opposite sign.
"""

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction, numbers, one_of

SCALES = ("additive", "multiplicative", "odds")


def interaction(r00: ArrayLike, r10: ArrayLike, r01: ArrayLike, r11: ArrayLike) -> tuple[Array, Array]:
    """Return (RERI, ratio) of four risks; arguments broadcast.

    RERI, the relative excess risk due to interaction: RR11 - RR10 - RR01 + 1, each relative to r00; 0 where the excess
    risks add (Rothman 1986). ratio: RR11 / (RR10 RR01); 1 where the relative risks multiply.
    Raises ValueError for a risk outside 0-1, and unless r00, r10 and r01 are above 0.
    """
    none, first, second = _above_zero(r00, r10, r01)
    both = fraction("r11", r11)
    return np.asarray((both - first - second) / none + 1.0), np.asarray(both * none / (first * second))


def expected(r00: ArrayLike, r10: ArrayLike, r01: ArrayLike, scale: str) -> Array:
    """Return the risk with both that means no interaction on a scale: "additive", "multiplicative" or "odds".

    Adding and multiplying may give a number outside 0-1, which no risk can be; odds cannot. Arguments broadcast.
    Raises ValueError for another scale, a risk outside 0-1, and unless all three are above 0 (on odds: below 1 too).
    """
    one_of("scale", scale, SCALES)
    none, first, second = _above_zero(r00, r10, r01)
    if scale == "additive":
        return np.asarray(first + second - none)
    if scale == "multiplicative":
        return np.asarray(first * second / none)
    if np.any((none == 1.0) | (first == 1.0) | (second == 1.0)):
        raise ValueError("A risk of 1 has no odds.")
    odds = first / (1.0 - first) * second / (1.0 - second) * (1.0 - none) / none
    return np.asarray(odds / (1.0 + odds))


def logit_additive(r00: float, odds_ratio_first: float, odds_ratio_second: float) -> Array:
    """Return the four risks (4,), in the order 00, 10, 01, 11, of a logistic model without an interaction term.

    What a regression on log odds calls "no interaction" has one on the other two scales. Raises ValueError unless r00
    lies between 0 and 1, ends excluded, and both odds ratios are above 0.
    """
    base = float(fraction("r00", r00))
    if base in (0.0, 1.0):
        raise ValueError("r00 must lie between 0 and 1, ends excluded.")
    ratios = numbers("odds ratios", [odds_ratio_first, odds_ratio_second])
    if np.any(ratios <= 0.0):
        raise ValueError("The odds ratios must be greater than 0.")
    odds = base / (1.0 - base) * np.array([1.0, ratios[0], ratios[1], ratios[0] * ratios[1]])
    return np.asarray(odds / (1.0 + odds))


def _above_zero(r00: ArrayLike, r10: ArrayLike, r01: ArrayLike) -> tuple[Array, Array, Array]:
    risks = fraction("r00", r00), fraction("r10", r10), fraction("r01", r01)
    if any(np.any(risk == 0.0) for risk in risks):
        raise ValueError("r00, r10 and r01 must be greater than 0: nothing is so many times a risk of 0.")
    return risks
