"""What a reward is worth that comes later: hyperbolic and exponential discounting, and when preference reverses.

Mazur's hyperbola V = A/(1 + kD) describes choices of pigeons, rats and people well; the exponential V = A exp(-rD) is
the rule under which preference never reverses by waiting alone. A group-level teaching model: the curve says how steep
choices are, not why, and its steepness tells nothing about one person.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, not_negative, numbers, positive


def hyperbolic(amount: ArrayLike, delay: ArrayLike, k: ArrayLike) -> Array:
    """Return Mazur's value A/(1 + kD), in the units of `amount`; half of it is left at the delay 1/k.

    `delay` and 1/`k` in the same unit of time; arguments broadcast. Raises ValueError for a negative delay, or a k that
    is not positive.
    """
    return np.asarray(numbers("amount", amount) / (1.0 + positive("k", k) * not_negative("delay", delay)))


def exponential(amount: ArrayLike, delay: ArrayLike, rate: ArrayLike) -> Array:
    """Return the value A exp(-rD), in the units of `amount`; half of it is left at the delay ln 2/r.

    `delay` and 1/`rate` in the same unit of time; arguments broadcast. Raises ValueError for a negative delay, or a
    rate that is not positive.
    """
    return np.asarray(numbers("amount", amount) * np.exp(-positive("rate", rate) * not_negative("delay", delay)))


def reversal_delay(smaller: float, larger: float, gap: float, k: float) -> float:
    """Return how long before the smaller reward is due both are worth the same to a hyperbolic discounter.

    t* = [A1 (1 + k gap) - A2] / [k (A2 - A1)], in the unit of `gap` (the larger comes that much later) and of 1/`k`.
    Further away the larger is preferred, nearer the smaller. A negative value: the larger is preferred all the time.
    Raises ValueError unless all are positive and `larger` exceeds `smaller`.
    """
    a1, a2, wait, steep = (
        float(positive(name, value))
        for name, value in {"smaller": smaller, "larger": larger, "gap": gap, "k": k}.items()
    )
    if a2 <= a1:
        raise ValueError("larger must be more than smaller; otherwise waiting never pays.")
    return (a1 * (1.0 + steep * wait) - a2) / (steep * (a2 - a1))


def matching_rate(k: float, delay: float) -> float:
    """Return the exponential rate under which as much is left at `delay` as under the hyperbola of `k`.

    ln(1 + k D)/D, in the unit of `k`. Raises ValueError unless both are positive.
    """
    at = float(positive("delay", delay))
    return math.log1p(float(positive("k", k)) * at) / at
