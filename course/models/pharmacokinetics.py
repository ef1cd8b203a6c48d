"""Plasma level over time in one compartment: one dose, repeated doses, and what urine does to the half-life.

A group-level teaching model. Doses are per body weight or relative, and nothing here may be used to plan a dose:
one compartment misses the rise in arterial blood and brain that decides how a drug feels.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction, increasing, not_negative, numbers, positive


def elimination_rate_per_h(half_life_h: ArrayLike) -> Array:
    """Return k = ln 2 / half-life, per hour, in the shape of `half_life_h`; raises ValueError unless it is > 0."""
    half_life = positive("half_life_h", half_life_h)
    return np.asarray(np.log(2.0) / half_life)


def intravenous_bolus(time_h: ArrayLike, dose: float, volume: float, elimination_rate_per_h: float) -> Array:
    """Return the level dose/volume * exp(-k t) of a dose given at time 0, in the shape of `time_h`.

    `dose` and `volume` in any units (mg and L give mg/L); before time 0 the level is 0.
    Raises ValueError for a negative dose, or a volume or rate that is not positive.
    """
    time = numbers("time_h", time_h)
    start = not_negative("dose", dose) / positive("volume", volume)
    rate = positive("elimination_rate_per_h", elimination_rate_per_h)
    return np.asarray(np.where(time < 0, 0.0, start * np.exp(-rate * np.maximum(time, 0.0))))


def bateman(
    time_h: ArrayLike,
    dose: float,
    bioavailability: float,
    volume: float,
    absorption_rate_per_h: float,
    elimination_rate_per_h: float,
) -> Array:
    """Return the level after one absorbed dose (Bateman function), in the shape of `time_h`.

    C = F D/V * ka/(ka - ke) * (exp(-ke t) - exp(-ka t)); before time 0 the level is 0, and equal rates are no
    exception. `dose` and `volume` in any units (mg and L give mg/L), rates per hour.
    Raises ValueError for a bioavailability outside 0-1, a negative dose, or a volume or rate that is not positive.
    """
    time = np.maximum(numbers("time_h", time_h), 0.0)
    amount = fraction("bioavailability", bioavailability) * not_negative("dose", dose) / positive("volume", volume)
    absorption = positive("absorption_rate_per_h", absorption_rate_per_h)
    elimination = positive("elimination_rate_per_h", elimination_rate_per_h)
    # The formula is symmetric in the two rates. Taking the slower one out leaves (1 - e^-x)/x, which expm1 gives to
    # full precision however close the rates are, and nothing overflows when absorption is the slower of the two.
    slower, gap = np.minimum(absorption, elimination), np.abs(absorption - elimination)
    x = gap * time
    with np.errstate(invalid="ignore"):
        shape = np.where(x == 0.0, 1.0, -np.expm1(-x) / x)
    return np.asarray(amount * absorption * time * np.exp(-slower * time) * shape)


def time_of_maximum_h(absorption_rate_per_h: ArrayLike, elimination_rate_per_h: ArrayLike) -> Array:
    """Return when the Bateman function peaks, ln(ka/ke)/(ka - ke), in hours; equal rates give 1/k.

    Raises ValueError unless both rates (per hour, broadcast together) are positive.
    """
    absorption = positive("absorption_rate_per_h", absorption_rate_per_h)
    elimination = positive("elimination_rate_per_h", elimination_rate_per_h)
    slower = np.minimum(absorption, elimination)  # symmetric in the two rates, like the curve itself
    excess = np.abs(absorption - elimination) / slower
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(excess == 0.0, 1.0, np.log1p(excess) / excess) / slower)


def absorption_rate_from_tmax_per_h(tmax_h: float, elimination_rate_per_h: float) -> float:
    """Return the one absorption rate (per hour) whose Bateman function peaks after `tmax_h` hours.

    Raises ValueError unless both arguments are positive.
    """
    target = float(positive("tmax_h", tmax_h))
    elimination = float(positive("elimination_rate_per_h", elimination_rate_per_h))
    low = high = elimination  # a faster absorption peaks sooner, so the answer can be bracketed and halved
    while time_of_maximum_h(low, elimination) < target:
        low /= 2.0
    while time_of_maximum_h(high, elimination) > target:
        high *= 2.0
    for _ in range(60):
        middle = (low + high) / 2.0
        if time_of_maximum_h(middle, elimination) > target:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def repeated_doses(time_h: ArrayLike, dose_times_h: ArrayLike, single_dose: Callable[[Array], Array]) -> Array:
    """Return the level after several equal doses: the sum of single-dose curves, each shifted to its own start.

    `single_dose` maps hours since a dose to the level it leaves; it is asked only about times at or after that
    dose, so a dose that lies in the future adds nothing. Shape of `time_h`.
    """
    time = numbers("time_h", time_h)
    total = np.zeros_like(time)
    for start in np.ravel(numbers("dose_times_h", dose_times_h)):
        given = time >= start
        total[given] += single_dose(time[given] - start)
    return total


def fraction_of_steady_state(time_h: ArrayLike, half_life_h: float) -> Array:
    """Return how much of its final plateau a regularly repeated dose has reached: 1 - 2^(-t / half-life)."""
    time, half_life = not_negative("time_h", time_h), positive("half_life_h", half_life_h)
    return np.asarray(-np.expm1(-np.log(2.0) * time / half_life))


def half_lives_to_fraction(fraction_reached: ArrayLike) -> Array:
    """Return the number of half-lives after which that fraction (0 to below 1) of the plateau is reached."""
    reached = not_negative("fraction_reached", fraction_reached)
    if np.any(reached >= 1.0):
        raise ValueError("fraction_reached must be below 1: the plateau itself is never quite reached.")
    return np.asarray(-np.log2(1.0 - reached))


def accumulation_ratio(half_life_h: ArrayLike, interval_h: ArrayLike) -> Array:
    """Return plateau over first dose, 1/(1 - 2^(-interval / half-life)), for doses at a fixed interval."""
    half_life, interval = positive("half_life_h", half_life_h), positive("interval_h", interval_h)
    return np.asarray(-1.0 / np.expm1(-np.log(2.0) * interval / half_life))


def half_life_with_urinary_clearance(
    half_life_h: float, total_clearance: float, renal_clearance: float, factor: ArrayLike
) -> Array:
    """Return the half-life (hours) when the renal part of the clearance is multiplied by `factor`.

    The clearances share one unit (L/h/kg, say) and the volume stays as it is. Raises ValueError when the renal part
    exceeds the total, or when nothing is left to clear the drug.
    """
    half_life, total = positive("half_life_h", half_life_h), positive("total_clearance", total_clearance)
    renal, times = not_negative("renal_clearance", renal_clearance), not_negative("factor", factor)
    if np.any(renal > total):
        raise ValueError("renal_clearance is a part of total_clearance and cannot exceed it.")
    changed = total + (times - 1.0) * renal
    if np.any(changed <= 0.0):
        raise ValueError("factor takes away all clearance, so the drug would never leave.")
    return np.asarray(half_life * total / changed)


def area_under_curve(time_h: ArrayLike, level: ArrayLike) -> float:
    """Return the area under a sampled curve (level x hours) by the trapezoid rule.

    Raises ValueError unless both are one-dimensional, equally long and the times increase.
    """
    time, height = increasing("time_h", time_h), numbers("level", level)
    if time.shape != height.shape:
        raise ValueError("time_h and level must be equally long.")
    return float(np.trapezoid(height, time))
