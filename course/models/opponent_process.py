"""A pleasant process and the slower opponent that it calls up: the feeling is what is left of the two.

A linear reduction of Solomon and Corbit (1974), after the theory and not after a measurement:

    tau_a a' = u - a          a: the drug's own effect on how one feels; u: 1 while the drug acts, 0 otherwise
    tau_b b' = k_b u - b      b: the opponent, slower, k_b times as strong
    y = a - b                 y: how one feels, above (high) or below (withdrawal) one's usual level

Feelings have arbitrary units and times are in hours. Between two changes of u both processes are exponentials, so every
function here is exact for an input that is constant from step to step. A group-level teaching model: it was fitted to
nobody and predicts nothing about a person.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, not_negative, numbers, positive


@dataclass(frozen=True)
class Affect:
    """Both processes at some times, arrays of one shape; `felt` is their difference."""

    a: Array
    b: Array

    @property
    def felt(self) -> Array:
        """The feeling y = a - b, above or below the usual level."""
        return self.a - self.b


@dataclass(frozen=True)
class Areas:
    """What lies between the feeling and the usual level, in units of feeling times hours; neither is negative."""

    high: float
    withdrawal: float


def respond(use: ArrayLike, step_h: float, tau_a_h: float, tau_b_h: float, k_b: float) -> Array:
    """Return the feeling y at the beginning of each step, shape (n,), from y = 0 at the first.

    `use`, shape (n,): u during each step. `step_h`, `tau_a_h`, `tau_b_h`: hours. `k_b`: strength of the opponent.
    Raises ValueError for a use that is no list of numbers, times not above 0 or a negative k_b.
    """
    u = numbers("use", use)
    if u.ndim != 1:
        raise ValueError("use must be a list of numbers, one for each step.")
    _check(tau_a_h, tau_b_h, k_b)
    step = float(positive("step_h", step_h))
    keep_a, keep_b = math.exp(-step / tau_a_h), math.exp(-step / tau_b_h)
    felt = np.zeros_like(u)
    a = b = 0.0
    for i in range(u.size - 1):
        a = u[i] + (a - u[i]) * keep_a
        b = k_b * u[i] + (b - k_b * u[i]) * keep_b
        felt[i + 1] = a - b
    return felt


def pulse(time_h: ArrayLike, duration_h: float, tau_a_h: float, tau_b_h: float, k_b: float) -> Affect:
    """Return both processes at `time_h` (hours since a drug effect of `duration_h` hours began; any shape).

    Raises ValueError for negative times, a duration or time constant not above 0, or a negative k_b.
    """
    time = not_negative("time_h", time_h)
    duration = float(positive("duration_h", duration_h))
    _check(tau_a_h, tau_b_h, k_b)

    def process(tau: float) -> Array:
        rising = -np.expm1(-np.minimum(time, duration) / tau)
        return np.asarray(rising * np.exp(-np.maximum(time - duration, 0.0) / tau))

    return Affect(process(tau_a_h), k_b * process(tau_b_h))


def peak_time_h(tau_a_h: float, tau_b_h: float, k_b: float) -> float:
    """Return the hours after which the feeling is highest while the drug goes on acting.

    t = ln(tau_b / (k_b tau_a)) / (1/tau_a - 1/tau_b); 0 where the opponent rises faster from the start, inf where it
    never pulls the feeling down again (k_b = 0). Raises ValueError unless the opponent is the slower of the two.
    """
    _check(tau_a_h, tau_b_h, k_b)
    if tau_b_h <= tau_a_h:
        raise ValueError("tau_b_h must be longer than tau_a_h: the opponent is the slower process.")
    if k_b == 0.0:
        return math.inf
    return max(0.0, math.log(tau_b_h / (k_b * tau_a_h)) / (1.0 / tau_a_h - 1.0 / tau_b_h))


def areas(duration_h: float, tau_a_h: float, tau_b_h: float, k_b: float) -> Areas:
    """Return the areas of the high and of the withdrawal after one drug effect of `duration_h` hours.

    Whatever the time constants, high minus withdrawal is duration (1 - k_b): with k_b = 1 they cancel.
    Raises ValueError as `pulse` does, and unless the opponent is the slower process.
    """
    turn = crossing_h(duration_h, tau_a_h, tau_b_h, k_b)
    net = duration_h * (1.0 - k_b)
    if math.isinf(turn):
        return Areas(net, 0.0)
    high = max(0.0, _integral(turn, duration_h, tau_a_h) - k_b * _integral(turn, duration_h, tau_b_h))
    return Areas(high, high - net)


def crossing_h(duration_h: float, tau_a_h: float, tau_b_h: float, k_b: float) -> float:
    """Return the hours after which the feeling falls below its usual level; inf where it never does (k_b = 0).

    0 where it is below from the start. There is at most one such time: the feeling is a constant and two exponentials.
    Raises ValueError as `areas` does.
    """
    peak = peak_time_h(tau_a_h, tau_b_h, k_b)
    duration = float(positive("duration_h", duration_h))
    if math.isinf(peak) or peak == 0.0:
        return peak
    end = pulse(duration, duration, tau_a_h, tau_b_h, k_b)
    if end.felt >= 0.0:
        # Two exponentials are left: a(T) exp(-s/tau_a) = b(T) exp(-s/tau_b).
        return duration + math.log(float(end.a / end.b)) / (1.0 / tau_a_h - 1.0 / tau_b_h)
    low, high = peak, duration  # above the usual level at the peak, below it at the end
    for _ in range(80):  # numerical: halving 80 times reaches the last digit
        middle = 0.5 * (low + high)
        if pulse(middle, duration, tau_a_h, tau_b_h, k_b).felt > 0.0:
            low = middle
        else:
            high = middle
    return low


def deepest(duration_h: float, tau_a_h: float, tau_b_h: float, k_b: float) -> float:
    """Return the lowest feeling after one drug effect of `duration_h` hours; 0 without an opponent.

    Raises ValueError as `areas` does.
    """
    if math.isinf(peak_time_h(tau_a_h, tau_b_h, k_b)):
        return 0.0
    end = pulse(duration_h, duration_h, tau_a_h, tau_b_h, k_b)
    # After the end y' = 0 where a exp(-s/tau_a) / tau_a = b exp(-s/tau_b) / tau_b.
    later = math.log(float(end.a / end.b) * tau_b_h / tau_a_h) / (1.0 / tau_a_h - 1.0 / tau_b_h)
    return float(pulse(duration_h + max(0.0, later), duration_h, tau_a_h, tau_b_h, k_b).felt)


def _integral(time: float, duration: float, tau: float) -> float:
    """Return the integral of one process of strength 1 from 0 to `time`."""
    acting = min(time, duration)
    rising = acting + tau * math.expm1(-acting / tau)
    left = -math.expm1(-acting / tau)
    return rising - left * tau * math.expm1(-(time - acting) / tau)


def _check(tau_a_h: float, tau_b_h: float, k_b: float) -> None:
    positive("tau_a_h", tau_a_h)
    positive("tau_b_h", tau_b_h)
    not_negative("k_b", k_b)
