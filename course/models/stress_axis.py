"""The stress axis: three hormones within hours, and the glands that make them, which grow and shrink over weeks.

The model of Karin and others (2020, Mol Syst Biol 16:e9510). CRH drives ACTH, ACTH drives cortisol, and cortisol holds
back both; the pituitary grows with CRH and the adrenal with ACTH:

    x1' = g1 (u GR(x3) / x3 - x1)        CRH;      u: input from the stressor, 1 as usual
    x2' = g2 (P x1 GR(x3) - x2)          ACTH;     P: pituitary
    x3' = g3 (A x2 - x3)                 cortisol; A: adrenal
    P' = gP P (x1 - 1),   A' = gA A (x2 - 1),   GR(x3) = 1 / (1 + (x3 / K)^3)

All levels are relative. 1/x3 is the mineralocorticoid receptor, GR the glucocorticoid receptor; a higher K means that
the latter answers less. The form of the two gland equations is inferred, not read (assumed). A group-level teaching
model without a clock of the day: it predicts nothing about a person.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, not_negative, positive
from course.models.stiff import solve

MINUTES_A_DAY = 1440.0  # numerical: minutes in a day
_HALF_LIVES_MIN = (4.0, 20.0, 80.0)  # assumed: CRH, ACTH, cortisol, as a public implementation of the model has them
_GLAND_DAYS = 30.0  # assumed: turnover of pituitary and adrenal
USUAL_K = 4.0  # assumed: cortisol, relative, at which GR is half as strong; as in the public implementation
_STEEPNESS = 3.0  # assumed: how sharply GR answers, as in the public implementation
WITHIN = 0.1  # assumed: within a tenth of its first level counts as settled

_HORMONE_RATES = tuple(math.log(2.0) / half_life for half_life in _HALF_LIVES_MIN)
_GLAND_RATE = 1.0 / (_GLAND_DAYS * MINUTES_A_DAY)
_LONGEST_STEP_MIN = 4.0 * MINUTES_A_DAY  # numerical: a straight line between two points is then within 0.2 %


@dataclass(frozen=True)
class Course:
    """A run: `time_min` (minutes since the stressor began) and the five parts of the model there, each in its shape.

    The first point is the state before the stressor, which is where percentages are taken from.
    """

    time_min: Array
    crh: Array
    acth: Array
    cortisol: Array
    pituitary: Array
    adrenal: Array

    def at(self, time_min: float) -> Array:
        """Return the state (CRH, ACTH, cortisol, pituitary, adrenal) at one time, between points by a straight line."""
        parts = (self.crh, self.acth, self.cortisol, self.pituitary, self.adrenal)
        return np.array([np.interp(time_min, self.time_min, part) for part in parts])


def fast_cortisol(stressor: ArrayLike, receptor_k: ArrayLike) -> Array:
    """Return cortisol that an input reaches within hours, before the glands change (P = A = 1); arguments broadcast.

    It solves x (1 + (x/K)^3) = sqrt(u); without GR (K without end) it is sqrt(u) itself.
    Raises ValueError unless both are above 0.
    """
    return _held_back(np.sqrt(positive("stressor", stressor)), receptor_k)


def adapted_cortisol(stressor: ArrayLike, receptor_k: ArrayLike) -> Array:
    """Return cortisol under an input that lasts for ever: x (1 + (x/K)^3) = u, while CRH and ACTH are back at 1."""
    return _held_back(positive("stressor", stressor), receptor_k)


def adapted_state(stressor: float, receptor_k: float) -> Array:
    """Return the state (CRH, ACTH, cortisol, pituitary, adrenal) in which nothing changes any more."""
    cortisol = float(adapted_cortisol(stressor, receptor_k))
    return np.array([1.0, 1.0, cortisol, 1.0 + (cortisol / receptor_k) ** _STEEPNESS, cortisol])


def run(stressor: float, duration_min: float, receptor_k: float, follow_min: float) -> Course:
    """Return the course of a stressor of that strength and duration, and of `follow_min` minutes after its end.

    It begins in the state adapted to the usual input, 1, and the input is 1 again afterwards.
    Raises ValueError for a strength, duration or K that is not above 0, or a negative `follow_min`.
    """
    positive("duration_min", duration_min)
    before = adapted_state(1.0, receptor_k)
    during = _follow(before, stressor, receptor_k, duration_min)
    if not_negative("follow_min", follow_min) == 0.0:
        return _course(*during)
    time, states = _follow(during[1][-1], 1.0, receptor_k, follow_min)
    return _course(
        np.concatenate([during[0], duration_min + time[1:]]),
        np.concatenate([during[1], states[1:]]),
    )


def acth_response(state: Array, stressor: float, duration_min: float, receptor_k: float) -> float:
    """Return how far ACTH rises above its level in `state` when a short test stressor is applied.

    `state` as `Course.at` returns it. Raises ValueError for a strength, duration or K that is not above 0.
    """
    _, states = _follow(state, stressor, receptor_k, float(positive("duration_min", duration_min)))
    return float(states[:, 1].max() - state[1])


def days_until_settled(course: Course, end_min: float, within: float = WITHIN) -> float:
    """Return the days from `end_min` to when cortisol has come within that share of its first level, for good.

    nan when it has not within the course, 0 when it was no further off then. Between points by a straight line.
    """
    away = np.abs(course.cortisol / course.cortisol[0] - 1.0)
    outside = np.flatnonzero((away > within) & (course.time_min >= end_min))
    if outside.size == 0:
        return 0.0
    last = int(outside[-1])
    if last + 1 == course.time_min.size:
        return math.nan
    share = (away[last] - within) / (away[last] - away[last + 1])
    crossed = course.time_min[last] + share * (course.time_min[last + 1] - course.time_min[last])
    return float((crossed - end_min) / MINUTES_A_DAY)


def _held_back(drive: Array, receptor_k: ArrayLike) -> Array:
    """Return x with x (1 + (x/K)^3) = drive, by Newton's method from above: convex, so no step overshoots."""
    target, k = np.broadcast_arrays(drive, positive("receptor_k", receptor_k))
    x = np.minimum(target, (target * k**_STEEPNESS) ** (1.0 / (1.0 + _STEEPNESS)))
    for _ in range(30):  # numerical: a dozen steps reach the last digit
        held = (x / k) ** _STEEPNESS
        x = x - (x * (1.0 + held) - target) / (1.0 + (1.0 + _STEEPNESS) * held)
    return np.asarray(x)


def _follow(start: Array, stressor: float, receptor_k: float, minutes: float) -> tuple[Array, Array]:
    u, k = float(positive("stressor", stressor)), float(positive("receptor_k", receptor_k))
    g1, g2, g3 = _HORMONE_RATES
    slow = _GLAND_RATE

    def rate(state: Array) -> Array:
        x1, x2, x3, p, a = state.tolist()
        gr = 1.0 / (1.0 + (x3 / k) ** _STEEPNESS)
        return np.array(
            [g1 * (u * gr / x3 - x1), g2 * (p * x1 * gr - x2), g3 * (a * x2 - x3), slow * p * (x1 - 1.0),
             slow * a * (x2 - 1.0)]
        )  # fmt: skip

    def jacobian(state: Array) -> Array:
        x1, x2, x3, p, a = state.tolist()
        held = (x3 / k) ** _STEEPNESS
        gr = 1.0 / (1.0 + held)
        weaker = -_STEEPNESS * held / x3 * gr * gr  # the derivative of GR by cortisol
        return np.array(
            [
                [-g1, 0.0, g1 * u * (weaker / x3 - gr / x3**2), 0.0, 0.0],
                [g2 * p * gr, -g2, g2 * p * x1 * weaker, g2 * x1 * gr, 0.0],
                [0.0, g3 * a, -g3, 0.0, g3 * x2],
                [slow * p, 0.0, 0.0, slow * (x1 - 1.0), 0.0],
                [0.0, slow * a, 0.0, 0.0, slow * (x2 - 1.0)],
            ]
        )

    first_step_min = 0.1  # numerical: a fortieth of the fastest half-life; the solver lengthens it at once
    return solve(rate, jacobian, start, minutes, first_step_min, _LONGEST_STEP_MIN)


def _course(time: Array, states: Array) -> Course:
    return Course(time, *states.T)
