"""When a rat that takes cocaine takes the next infusion: a threshold that the drug level falls to.

The model of Tsibulsky and Norman (1999, Brain Res 839:85): the level falls exponentially, and at the threshold the rat
presses. It follows that the intervals regulate the level. Rats trained on cocaine, doses per body weight of a rat: it
says nothing about methamphetamine, about people, or about how a drug feels.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, not_negative, numbers, positive

_MOST = 20_000  # numerical: infusions a session may hold before it is a mistake
_ROUNDING = 1e-9  # numerical: 17 doses of a tenth are 1.7, whatever binary fractions say


@dataclass(frozen=True)
class Session:
    """The infusions of a session, shape (n,): minute, and the level (mg/kg) right before and right after each.

    `loading`: how many of them, from the first, it took to reach the threshold.
    """

    time_min: Array
    before: Array
    after: Array
    loading: int

    def level_at(self, time_min: ArrayLike, half_life_min: float) -> Array:
        """Return the level (mg/kg) at these minutes, right after an infusion that falls on one of them."""
        time, rate = numbers("time_min", time_min), np.log(2.0) / positive("half_life_min", half_life_min)
        last = np.searchsorted(self.time_min, time, side="right") - 1
        newest = np.maximum(last, 0)
        decayed = self.after[newest] * np.exp(-rate * (time - self.time_min[newest]))
        return np.asarray(np.where(last < 0, 0.0, decayed))


def infusion_interval(dose: ArrayLike, threshold: ArrayLike, half_life_min: ArrayLike) -> Array:
    """Return the minutes from one infusion to the next, half-life / ln 2 * ln(1 + dose/threshold); broadcasts.

    `dose` and `threshold` in the same unit (mg/kg). Raises ValueError for a negative dose, or a threshold or half-life
    that is not above 0.
    """
    time_constant = positive("half_life_min", half_life_min) / np.log(2.0)
    return np.asarray(time_constant * np.log1p(not_negative("dose", dose) / positive("threshold", threshold)))


def loading_doses(dose: float, threshold: float) -> int:
    """Return how many infusions at once bring the level from 0 to the threshold: dose by dose, rounded up.

    Raises ValueError unless both are above 0, or for a dose too small to count.
    """
    doses = float(positive("threshold", threshold)) / float(positive("dose", dose))
    if math.isinf(doses):
        raise ValueError("dose is too small beside the threshold for its infusions to be counted.")
    return math.ceil(doses - _ROUNDING)


def intake_per_h(dose: ArrayLike, threshold: ArrayLike, half_life_min: ArrayLike) -> Array:
    """Return the intake (mg/kg per hour) after the loading phase: dose / interval.

    For small doses it nears what leaves the body at the threshold, however small they are. Raises ValueError unless
    all three are above 0.
    """
    minutes_an_hour = 60.0
    return np.asarray(minutes_an_hour * positive("dose", dose) / infusion_interval(dose, threshold, half_life_min))


def elimination_at_threshold(threshold: ArrayLike, half_life_min: ArrayLike) -> Array:
    """Return what leaves the body at the threshold (mg/kg per minute): threshold * ln 2 / half-life.

    An infusion from outside at this rate holds the level at the threshold. Raises ValueError unless both are above 0.
    """
    return np.asarray(positive("threshold", threshold) * np.log(2.0) / positive("half_life_min", half_life_min))


def session(dose: float, threshold: float, half_life_min: float, duration_min: float) -> Session:
    """Return a session from a level of 0: an infusion whenever the level is not above the threshold.

    Followed from infusion to infusion, with exact decay between them; an infusion takes no time, so the loading doses
    all fall on minute 0. Raises ValueError for a dose, threshold or half-life that is not above 0, a negative duration,
    or more than 20,000 infusions.
    """
    amount, low = float(positive("dose", dose)), float(positive("threshold", threshold))
    rate = math.log(2.0) / float(positive("half_life_min", half_life_min))
    end, loading = float(not_negative("duration_min", duration_min)), loading_doses(dose, threshold)
    expected = loading + end / float(infusion_interval(amount, low, half_life_min))
    if expected > _MOST:
        raise ValueError(f"This session has more than {_MOST} infusions: take a larger dose or a shorter session.")
    times, before = [0.0] * loading, [n * amount for n in range(loading)]
    time, level = 0.0, loading * amount
    while True:
        time += max(0.0, math.log(level / low)) / rate
        if time > end:
            break
        times.append(time)
        before.append(low)
        level = low + amount
    levels = np.array(before)
    return Session(np.array(times), levels, levels + amount, loading)
