"""Outcome devaluation: what is left of responding when the outcome has lost its worth.

Responding is read as a mixture of a goal-directed value, which follows the outcome's worth at once, and a cached value,
which only changes when the outcome is met again. An idealised group of animals; the mixture is linear (assumed), and
its weight is no share of a brain system.
"""

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction, not_negative


def cached_value(worth: ArrayLike, deliveries: ArrayLike, alpha: float) -> Array:
    """Return the cached value of a response, 1 before devaluation: worth + (1 - worth)(1 - alpha)^n.

    `worth`: what the outcome is still worth, 0 to 1. `deliveries`: how often the response has since brought it (0: a
    test in extinction, in which it never comes). Arguments broadcast. Raises ValueError for values outside these.
    """
    left, n = fraction("worth", worth), not_negative("deliveries", deliveries)
    return np.asarray(left + (1.0 - left) * (1.0 - float(fraction("alpha", alpha))) ** n)


def responding(
    weight: ArrayLike,
    worth: ArrayLike,
    deliveries: ArrayLike = 0.0,
    alpha: float = 0.1,  # assumed
) -> Array:
    """Return responding relative to that before devaluation (1): w worth + (1 - w) cached value.

    `weight` w: 1 purely goal-directed, 0 purely cached. In extinction it falls by exactly w (1 - worth).
    Arguments broadcast. Raises ValueError for values outside 0 to 1, or a negative number of deliveries.
    """
    w = fraction("weight", weight)
    return np.asarray(w * fraction("worth", worth) + (1.0 - w) * cached_value(worth, deliveries, alpha))
