"""A set point that use itself moves: why intake can settle, or go on rising, with nobody deciding to.

A linear reduction of the idea in Keramati and others (2017), who modelled cocaine self-administration in rats:

    I = h / K                            I: intake of a day, as much as brings the state to its set point h
    h <- h + mu I - rho (h - h0)         mu: how far a unit of intake moves h; rho: share that is reset a day

h and K have arbitrary units; all values are assumed. Below mu = rho K intake settles, at that threshold it rises by the
same amount each day, and beyond it by the same *share*: growth without end, which no body allows, and which says that
the model has left its ground. A group-level teaching model that predicts nothing about a person.
"""

import math

import numpy as np

from course.models.checks import Array, fraction, not_negative, positive


def escalate(days: int, drift: float, reset: float, effect: float, set_point: float) -> Array:
    """Return the intake of each day, shape (days,).

    `drift`: mu, 0 or more. `reset`: rho, 0 to 1. `effect`: K, what one unit of intake does. `set_point`: h0, where the
    set point starts and what it is reset to. Raises ValueError for other values or a negative number of days.
    """
    return set_points(days, drift, reset, effect, set_point)[:-1] / effect


def set_points(
    days_of_use: int, drift: float, reset: float, effect: float, set_point: float, days_without: int = 0
) -> Array:
    """Return the set point before the first day and after each, shape (days_of_use + days_without + 1,).

    Days without use follow the days of use: then only the reset acts, and the distance to h0 shrinks by 1 - rho a day.
    Raises ValueError as `escalate` does.
    """
    if days_of_use < 0 or days_without < 0:
        raise ValueError("A number of days must not be negative.")
    mu, rho, k, start = _read(drift, reset, effect, set_point)
    points = np.empty(days_of_use + days_without + 1)
    points[0] = start
    for day in range(points.size - 1):
        now = points[day]
        intake = now / k if day < days_of_use else 0.0
        points[day + 1] = now + mu * intake - rho * (now - start)
    return points


def growth(drift: float, reset: float, effect: float) -> float:
    """Return by what factor the distance to the settled level changes each day: 1 + mu/K - rho.

    Below 1 intake settles; above 1 it escalates. Raises ValueError as `escalate` does.
    """
    mu, rho, k, _ = _read(drift, reset, effect, 1.0)
    return 1.0 + mu / k - rho


def threshold_ratio(drift: float, reset: float, effect: float) -> float:
    """Return mu / (rho K): below 1 intake settles, from 1 on it does not. inf for a set point that is never reset.

    Without drift it is 0 whatever the reset. Raises ValueError as `escalate` does.
    """
    mu, rho, k, _ = _read(drift, reset, effect, 1.0)
    if mu == 0.0:
        return 0.0
    return math.inf if rho == 0.0 else mu / (rho * k)


def settled_intake(drift: float, reset: float, effect: float, set_point: float) -> float:
    """Return the intake that is approached: (h0/K) / (1 - mu/(rho K)); inf from the threshold on.

    Raises ValueError as `escalate` does.
    """
    ratio = threshold_ratio(drift, reset, effect)
    _, _, k, start = _read(drift, reset, effect, set_point)
    return math.inf if ratio >= 1.0 else start / k / (1.0 - ratio)


def _read(drift: float, reset: float, effect: float, set_point: float) -> tuple[float, float, float, float]:
    return (
        float(not_negative("drift", drift)),
        float(fraction("reset", reset)),
        float(positive("effect", effect)),
        float(positive("set_point", set_point)),
    )
