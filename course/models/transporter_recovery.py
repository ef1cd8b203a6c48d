"""The dopamine transporter after the last use: one exponential towards a plateau, and what two scans cannot tell.

    D(t) = P - (P - D1) exp(-(t - t1) / tau)

D: transporter in per cent of controls; D1 and t1: level and time (months of abstinence) of the first scan; P: plateau;
tau: time constant in months. Two scans fix two numbers and the curve has three (D1, P, tau): any plateau above the
second scan has a tau that fits exactly. Fitting a curve is not evidence for its mechanism, and transporter that a scan
can see is neither a count of neurons nor their function. Group level: it predicts nothing about a person.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, not_negative, numbers, positive


def level(time: ArrayLike, first_time: float, first_level: float, plateau: float, tau: float) -> Array:
    """Return the level (per cent of controls) at `time` (months of abstinence; any shape).

    Raises ValueError for negative times, levels that are not above 0, or a tau not above 0.
    """
    times = not_negative("time", time)
    positive("first_level", first_level)
    positive("plateau", plateau)
    return np.asarray(plateau - (plateau - first_level) * np.exp(-(times - first_time) / float(positive("tau", tau))))


def tau_from_two_scans(
    first_time: float, first_level: float, second_time: float, second_level: float, plateau: float
) -> float:
    """Return the time constant (months) with which the curve passes through both scans.

    tau = (t2 - t1) / ln((P - D1) / (P - D2)). Raises ValueError unless the second scan is later and higher than the
    first and the plateau lies above both: no rising curve would pass through them.
    """
    t1, t2 = float(not_negative("first_time", first_time)), float(numbers("second_time", second_time))
    d1, d2 = float(positive("first_level", first_level)), float(numbers("second_level", second_level))
    if t2 <= t1:
        raise ValueError("second_time must be later than first_time.")
    if d2 <= d1:
        raise ValueError("second_level must be higher than first_level, or nothing has recovered.")
    if float(numbers("plateau", plateau)) <= d2:
        raise ValueError("plateau must be higher than second_level: the curve does not fall back to it.")
    return (t2 - t1) / math.log((plateau - d1) / (plateau - d2))


def after_gain(first_level: ArrayLike, percent: ArrayLike) -> Array:
    """Return the level after a gain of so many per cent *of the first level*: D (1 + g/100), not D + g.

    Raises ValueError for a level that is not above 0.
    """
    return np.asarray(positive("first_level", first_level) * (1.0 + numbers("percent", percent) / 100.0))


def gain_to_plateau(first_level: ArrayLike, plateau: float) -> Array:
    """Return by how many per cent of itself a level has to rise to reach the plateau.

    Raises ValueError for a level that is not above 0.
    """
    return np.asarray(100.0 * (plateau / positive("first_level", first_level) - 1.0))


def allowed_range(
    time: float, first_time: float, first_level: float, second_time: float, second_level: float, highest: float
) -> tuple[float, float]:
    """Return the lowest and highest level at `time` of all curves through both scans with a plateau up to `highest`.

    After the second scan a higher plateau means a higher level, and a plateau just above that scan means no further
    rise; between the scans it is the other way round. Raises ValueError as `tau_from_two_scans` does, and for a time
    before the first scan, where nothing holds the curves together.
    """
    when = float(not_negative("time", time))
    if when < first_time:
        raise ValueError("time must not be before the first scan.")
    tau = tau_from_two_scans(first_time, first_level, second_time, second_level, highest)
    slowest = float(level(when, first_time, first_level, highest, tau))
    # A plateau just above the second scan has a tau near 0: all of the rise comes straight after the first scan.
    quickest = first_level if when == first_time else second_level
    return min(slowest, quickest), max(slowest, quickest)
