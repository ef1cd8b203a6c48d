"""Reward as the way back to a set point: drive, and what a dose takes off it or adds to it.

The drive of Keramati and Gutkin (2014, eLife 3:e04811) for one need, |set point - state|^p, and a reward that is the
drive before minus the drive after. The theory is about needs such as water and warmth; that distress is such a need and
a drug meets it is this course's assumption, and nobody has measured the state, the set point or p. Units are arbitrary.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, not_negative, numbers

USUAL_P = 4.0 / 3.0  # assumed: n/m of the paper with 4 and 3, as its figures have it (from memory)


@dataclass(frozen=True)
class Parts:
    """What a dose does to the drive: `relief` on the way to the set point, `beyond` (0 or less) past it."""

    relief: Array
    beyond: Array


def drive(state: ArrayLike, set_point: ArrayLike, p: ArrayLike = USUAL_P) -> Array:
    """Return the drive |set_point - state|^p, 0 at the set point; the arguments broadcast.

    `p`: 1 a straight line on each side; above 1 the further away, the steeper. Raises ValueError for p below 1.
    """
    return np.asarray(np.abs(numbers("set_point", set_point) - numbers("state", state)) ** _power(p))


def drive_reward(state: ArrayLike, set_point: ArrayLike, effect: ArrayLike, p: ArrayLike = USUAL_P) -> Array:
    """Return the reward of a dose that moves the state up by `effect`: the drive before it minus the drive after it.

    Negative when the dose leads further past the set point than it began below it. Arguments broadcast. Raises
    ValueError for p below 1 or a negative effect.
    """
    moved = numbers("state", state) + not_negative("effect", effect)
    return np.asarray(drive(state, set_point, p) - drive(moved, set_point, p))


def parts(state: ArrayLike, set_point: ArrayLike, effect: ArrayLike, p: ArrayLike = USUAL_P) -> Parts:
    """Return the reward in two parts that add up to `drive_reward`: up to the set point, and past it.

    From a state at or above the set point there is no relief. Raises ValueError as `drive_reward` does.
    """
    start, goal = numbers("state", state), numbers("set_point", set_point)
    moved = start + not_negative("effect", effect)
    turn = np.clip(goal, start, moved)  # where the way to the set point ends, if the dose goes that way at all
    before, there, after = drive(start, goal, p), drive(turn, goal, p), drive(moved, goal, p)
    return Parts(np.asarray(before - there), np.asarray(there - after))


def _power(p: ArrayLike) -> Array:
    power = numbers("p", p)
    if np.any(power < 1.0):
        raise ValueError("p must be at least 1.")
    return power
