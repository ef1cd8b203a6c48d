"""Diffusion between two boundaries: which one is reached, how long it takes, and how a bias differs from drift.

Evidence x starts at z, moves by dx = v dt + s dW, and a choice is made at 0 or at the boundary a (Ratcliff 1978). All
closed forms depend on v, a, z and s only through v a/s^2, z/a and the unit of time a^2/s^2. A group-level teaching
model of quick choices; its parameters describe behaviour, and no one of them is a brain region or a trait.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, numbers, positive

SIEGMUND = 0.5826  # numerical: a constant of mathematics
"""Mean overshoot of a random walk in steps' standard deviations, -zeta(1/2)/sqrt(2 pi) (Siegmund 1979)."""
_NEAR_ZERO = 1e-4  # numerical: below this |v a/s^2| series replace ratios of vanishing numbers
_TERMS = 12  # numerical: of either series; the error stays below 1e-12 with the switch below
_SWITCH = 0.12  # numerical: scaled time below which the series for short times is the better one
_BISECTIONS = 80  # numerical: to rounding


def choice_and_time(
    drift: ArrayLike, boundary: ArrayLike, start: ArrayLike, noise: ArrayLike = 1.0
) -> tuple[Array, Array]:
    """Return (probability of the upper boundary, mean time of either choice); arguments broadcast.

    P = (1 - exp(-2vz/s^2)) / (1 - exp(-2va/s^2)) and E[T] = (a P - z)/v; without drift z/a and z(a - z)/s^2. Time is in
    the unit that drift and noise are given in. Raises ValueError unless 0 < start < boundary and noise > 0.
    """
    push, rel, unit = _scaled(drift, boundary, start, noise)
    small = np.abs(push) < _NEAR_ZERO
    v = np.where(small, 1.0, push)
    # With the drift downwards exp overflows; the mirror image does not.
    down = v < 0.0
    m, r = np.abs(v), np.where(down, 1.0 - rel, rel)
    p = np.expm1(-2.0 * m * r) / np.expm1(-2.0 * m)
    p = np.where(down, 1.0 - p, p)
    time = (p - rel) / v
    flat = rel * (1.0 - rel)
    p = np.where(small, rel + push * flat, p)
    time = np.where(small, flat * (1.0 + push * (1.0 - 2.0 * rel) / 3.0), time)
    return np.asarray(p), np.asarray(unit * time)


def mean_times(drift: ArrayLike, boundary: ArrayLike, start: ArrayLike, noise: ArrayLike = 1.0) -> tuple[Array, Array]:
    """Return the mean times of the choices that end (at the upper, at the lower boundary); arguments broadcast.

    With c(y) = y coth y and m = v a/s^2 the upper one is (a^2/s^2) [c(m) - c(m z/a)]/m^2, without drift
    (a^2 - z^2)/(3 s^2); the lower is its mirror image. From the middle both are the same, whatever the drift. Raises
    ValueError as `choice_and_time` does.
    """
    push, rel, unit = _scaled(drift, boundary, start, noise)

    def upper(r: Array) -> Array:
        small = np.abs(push) < 0.05  # numerical: the ratio below would lose digits
        m = np.where(small, 1.0, np.abs(push))
        exact = (_y_coth(m) - _y_coth(m * r)) / m**2
        series = (1.0 - r**2) / 3.0 - push**2 * (1.0 - r**4) / 45.0  # numerical: of y coth y = 1 + y^2/3 - y^4/45 + …
        series = series + 2.0 * push**4 * (1.0 - r**6) / 945.0  # numerical: the same series
        return np.asarray(unit * np.where(small, series, exact))

    return upper(rel), upper(1.0 - rel)


def density(time: ArrayLike, drift: float, boundary: float, start: float, noise: float = 1.0) -> tuple[Array, Array]:
    """Return the densities of the times at (the upper, the lower boundary), each in the shape of `time`.

    Their areas are the probabilities of the two choices; 0 at and before time 0. Two series of the first passage, for
    short and for long times (Feller 1968; compared by Navarro and Fuss 2009). Raises ValueError as above.
    """
    push, rel, unit = (float(value) for value in _scaled(drift, boundary, start, noise))
    t = numbers("time", time) / unit
    there = t > 0.0
    t = np.where(there, t, 1.0)

    def lower(m: float, r: float) -> Array:
        k = np.arange(-_TERMS, _TERMS + 1.0)
        soon = np.minimum(t, _SWITCH)[..., None]
        shifted = r + 2.0 * k
        short = np.sum(shifted * np.exp(-(shifted**2) / (2.0 * soon)), axis=-1) / np.sqrt(
            2.0 * np.pi * soon[..., 0] ** 3
        )
        n = np.arange(1.0, _TERMS + 1.0)
        late = np.maximum(t, _SWITCH)[..., None]
        long = np.pi * np.sum(n * np.sin(n * np.pi * r) * np.exp(-((n * np.pi) ** 2) * late / 2.0), axis=-1)
        shape = np.where(t < _SWITCH, short, long)
        tilted = np.exp(-m * r - m**2 * t / 2.0) * shape
        return np.asarray(np.where(there, np.maximum(tilted, 0.0) / unit, 0.0))

    return lower(-push, 1.0 - rel), lower(push, rel)


def drift_for(share: float, boundary: float, start: float, noise: float = 1.0) -> float:
    """Return the drift with which the upper boundary is reached with probability `share`, from `start`.

    Raises ValueError unless the share lies between 0.001 and 0.999, and as `choice_and_time` does.
    """
    if not 0.001 <= share <= 0.999:  # numerical: beyond, the search below has no end in reach
        raise ValueError("share must lie between 0.001 and 0.999.")
    _, rel, _ = _scaled(0.0, boundary, start, noise)
    r = float(rel)

    def upper(m: float) -> float:
        """`choice_and_time` for one m = v a/s^2, without arrays: a search asks for it many times."""
        if m == 0.0:
            return r
        if m < 0.0:
            return 1.0 - math.expm1(2.0 * m * (1.0 - r)) / math.expm1(2.0 * m)
        return math.expm1(-2.0 * m * r) / math.expm1(-2.0 * m)

    low, high = -1.0, 1.0
    while upper(low) > share:
        low *= 2.0
    while upper(high) < share:
        high *= 2.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if upper(middle) < share else (low, middle)
    return (low + high) / 2.0 * float(noise) ** 2 / float(boundary)


def simulate(
    drift: float, boundary: float, start: float, noise: float, step: float, runs: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Return (1 where the upper boundary was reached and 0 elsewhere, time), shape (runs,) each, by Euler-Maruyama.

    Looking only every `step` finds a boundary late, by 0.5826 s sqrt(step) on average: such a walk matches the closed
    forms with boundary a + 2b and start z + b (Siegmund). Raises ValueError for impossible values.
    """
    _scaled(drift, boundary, start, noise)
    move, jitter = drift * float(positive("step", step)), noise * np.sqrt(step)
    if runs < 1:
        raise ValueError("runs must be at least 1.")
    upper, times = np.zeros(runs), np.zeros(runs)
    walking, x, steps = np.arange(runs), np.full(runs, float(start)), 0
    while walking.size:
        steps += 1
        x = x + move + jitter * rng.standard_normal(walking.size)
        done = (x <= 0.0) | (x >= boundary)
        upper[walking[done]] = x[done] >= boundary
        times[walking[done]] = steps * step
        walking, x = walking[~done], x[~done]
    return upper, times


@dataclass(frozen=True)
class Fit:
    """A diffusion from the middle: drift, boundary, and the rest of the reaction time that is no decision (s)."""

    drift: float
    boundary: float
    rest_s: float


def fit(share_correct: float, mean_s: float, variance_s2: float, noise: float = 1.0) -> Fit:
    """Return the diffusion from the middle with this share correct, mean (s) and variance (s^2) of correct times.

    The closed form of EZ-diffusion (Wagenmakers, van der Maas and Grasman 2007, doi:10.3758/BF03194023). The rest of
    the time may come out negative: then these numbers are no such diffusion's. Raises ValueError unless the share lies
    between 0.5 and 1, ends excluded, and the others are positive.
    """
    share = float(numbers("share_correct", share_correct))
    if not 0.5 < share < 1.0:
        raise ValueError("share_correct must lie between 0.5 and 1, ends excluded.")
    s2 = float(positive("noise", noise)) ** 2
    mean, variance = float(positive("mean_s", mean_s)), float(positive("variance_s2", variance_s2))
    logit = np.log(share / (1.0 - share))
    root = logit * (share**2 * logit - share * logit + share - 0.5) / variance
    drift = noise * root**0.25  # numerical: the fourth root
    boundary = s2 * logit / drift
    decision = boundary / (2.0 * drift) * np.tanh(logit / 2.0)
    return Fit(float(drift), float(boundary), float(mean - decision))


def _scaled(drift: ArrayLike, boundary: ArrayLike, start: ArrayLike, noise: ArrayLike) -> tuple[Array, Array, Array]:
    """Return (v a/s^2, z/a, a^2/s^2), broadcast."""
    v, a, z, s = np.broadcast_arrays(
        numbers("drift", drift), positive("boundary", boundary), positive("start", start), positive("noise", noise)
    )
    if np.any(z >= a):
        raise ValueError("start must lie between 0 and the boundary.")
    return np.asarray(v * a / s**2), np.asarray(z / a), np.asarray(a**2 / s**2)


def _y_coth(y: Array) -> Array:
    return np.asarray(y / np.tanh(y))
