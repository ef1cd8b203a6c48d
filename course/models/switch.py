"""A loop that feeds itself: x' = -x + S(w x + I), S the logistic function; one state, or two with a memory between.

A one-population reduction of Wilson and Cowan (1972), used as a picture of thoughts that keep themselves going. `x` is
activity (0 to 1), `w` how strongly it excites itself, `I` what comes from outside; time is in units of the loop's own.
A teaching model: nothing in it was measured, and it stands for no brain network.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, not_negative, numbers

_BISECTIONS = 60  # numerical: halves the unit interval down to rounding
BISTABLE_ABOVE = 4.0
"""Self-excitation above which two stable states are possible: the logistic slope is at most 1/4."""


def input_at(activity: ArrayLike, weight: ArrayLike) -> Array:
    """Return the input at which `activity` is a fixed point: ln(x/(1 - x)) - w x. Arguments broadcast.

    Raises ValueError unless every activity lies between 0 and 1, ends excluded, and no weight is negative.
    """
    x = numbers("activity", activity)
    if np.any((x <= 0.0) | (x >= 1.0)):
        raise ValueError("activity must lie between 0 and 1, ends excluded.")
    return np.asarray(np.log(x / (1.0 - x)) - not_negative("weight", weight) * x)


def folds(weight: float) -> tuple[float, float]:
    """Return the inputs (on, off): rising past `on` the low state ends, falling past `off` the high one does.

    They lie at x = (1 ± sqrt(1 - 4/w))/2, and `off` is the lower. Raises ValueError unless the weight exceeds 4, below
    which there is one state for every input.
    """
    w = float(not_negative("weight", weight))
    if w <= BISTABLE_ABOVE:
        raise ValueError(f"weight must exceed {BISTABLE_ABOVE:g}; below, every input has one state only.")
    half = math.sqrt(1.0 - BISTABLE_ABOVE / w) / 2.0
    return float(input_at(0.5 - half, w)), float(input_at(0.5 + half, w))


def fixed_points(weight: float, drive: float) -> Array:
    """Return all x with x = S(w x + I) in rising order: one, or three of which the middle one is unstable.

    Exactly at a fold, where two merge, one or three may come back. Raises ValueError for a negative weight.
    """
    w, outside = float(not_negative("weight", weight)), float(numbers("drive", drive))
    # Between these points x - S(w x + I) only rises or only falls, so that each piece holds one root at most.
    turns = [0.0, 1.0]
    if w > BISTABLE_ABOVE:
        half = math.sqrt(1.0 - BISTABLE_ABOVE / w) / 2.0
        # Where w S' = 1 the argument of S is the logit of 1/2 ± half.
        at = [(math.log((0.5 + s * half) / (0.5 - s * half)) - outside) / w for s in (-1, 1)]
        turns = [0.0, *(x for x in at if 0.0 < x < 1.0), 1.0]
    roots = []
    for low, high in zip(turns, turns[1:], strict=False):
        start = low - _logistic(w * low + outside)
        if start * (high - _logistic(w * high + outside)) > 0.0:
            continue
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2.0
            if start * (middle - _logistic(w * middle + outside)) > 0.0:
                low = middle
            else:
                high = middle
        roots.append((low + high) / 2.0)
    return np.array(roots)


def count_states(weight: float, drive: float) -> int:
    """Return how many fixed points there are, the unstable one included; raises ValueError for a negative weight."""
    return int(fixed_points(weight, drive).size)


def ramp(drives: Sequence[float] | Array, weight: float, start: float, step: float) -> Array:
    """Return the activity as the input goes through `drives`, one step of time `step` each, in their shape (n,).

    The first value is `start`. Between two inputs the state moves by Euler's rule, so a step well below 1 is needed.
    Raises ValueError for an empty list, a negative weight, or a step outside 0-1.
    """
    outside = numbers("drives", drives)
    if outside.ndim != 1 or outside.size == 0:
        raise ValueError("drives must be a list of at least one number.")
    if not 0.0 < step <= 1.0:
        raise ValueError("step must lie between 0 and 1, 0 excluded.")
    w, x = float(not_negative("weight", weight)), float(numbers("start", start))
    states = [x]
    for drive in outside[1:].tolist():
        x += step * (_logistic(w * x + drive) - x)
        states.append(x)
    return np.array(states)


def _logistic(x: float) -> float:
    return 0.5 * (1.0 + math.tanh(x / 2.0))  # without overflow for large arguments
