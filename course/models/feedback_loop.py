"""The review's loop as a ring: each state drives the next, and the last the first.

    tau x_i' = -x_i + g_i x_(i-1) + u_i

`g_i`: gain of the step that leads to state i, from the state before it (for the first: from the last); `u_i`: input
from outside. With the loop gain G = g_1 g_2 ... g_n below 1 the ring comes to rest, and an input into one state is
1/(1 - G) times as large there. A hypothesis in form: no study has measured these gains, and nothing here predicts a
person.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, increasing, not_negative, numbers, positive


def loop_gain(gains: ArrayLike) -> float:
    """Return how many times an input is amplified where it enters: 1/(1 - G), and infinity from G = 1 on.

    Raises ValueError unless there is a gain, in a list of one dimension, and none is negative.
    """
    product = float(np.prod(_ring(gains)))
    return 1.0 / (1.0 - product) if product < 1.0 else math.inf


def resting(gains: ArrayLike, inputs: ArrayLike) -> Array:
    """Return where the ring comes to rest (n,), by solving its linear equations.

    Raises ValueError unless there is an input for each gain, and when G >= 1: the ring then grows without end.
    """
    ring, outside = _with_inputs(gains, inputs)
    if np.prod(ring) >= 1.0:
        raise ValueError("The gains multiply to 1 or more: the ring grows without end and has no resting state.")
    return np.asarray(np.linalg.solve(np.eye(ring.size) - _matrix(ring), outside))


def slowest_rate(gains: ArrayLike, tau: float) -> float:
    """Return the rate per unit of time at which the ring settles in the end: (1 - G^(1/n)) / tau; below 0 it grows.

    Raises ValueError unless tau is above 0, and for gains as `loop_gain` does.
    """
    ring = _ring(gains)
    return float((1.0 - np.prod(ring) ** (1.0 / ring.size)) / positive("tau", tau))


def course_of(gains: ArrayLike, inputs: ArrayLike, times: ArrayLike, tau: float) -> Array:
    """Return the states at `times` (m, n), from 0 at time 0 and with the inputs on from then. Exact, for any G.

    x' = A x + u/tau is solved by scaling and squaring over one step of an even grid, so `times` must begin at 0 and be
    evenly spaced, with at least two. Raises ValueError otherwise, and as `resting` does for lists that do not fit.
    """
    ring, outside = _with_inputs(gains, inputs)
    grid, lasts = increasing("times", times), float(positive("tau", tau))
    if grid.size < 2 or grid[0] != 0.0 or not np.allclose(np.diff(grid), grid[1]):
        raise ValueError("times must begin at 0 and be evenly spaced.")
    n = ring.size
    # The input joins as a state that never changes, so that one exponential moves everything.
    whole = np.zeros((n + 1, n + 1))
    whole[:n, :n] = (_matrix(ring) - np.eye(n)) / lasts
    whole[:n, n] = outside / lasts
    step = _exponential(whole * grid[1])
    state, states = np.append(np.zeros(n), 1.0), np.zeros((grid.size, n))
    for i in range(1, grid.size):
        state = step @ state
        states[i] = state[:n]
    return states


def contrast(neither: ArrayLike, first: ArrayLike, second: ArrayLike, both: ArrayLike) -> Array:
    """Return how far two hits together exceed the sum of what each does alone: both - first - second + neither."""
    given = (("both", both), ("first", first), ("second", second), ("neither", neither))
    together, one, other, none = (numbers(name, values) for name, values in given)
    return np.asarray(together - one - other + none)


def _ring(gains: ArrayLike) -> Array:
    ring = not_negative("gains", gains)
    if ring.ndim != 1 or ring.size == 0:
        raise ValueError("gains must be a list of at least one number.")
    return ring


def _with_inputs(gains: ArrayLike, inputs: ArrayLike) -> tuple[Array, Array]:
    ring, outside = _ring(gains), numbers("inputs", inputs)
    if outside.shape != ring.shape:
        raise ValueError(f"The ring has {ring.size} gains and needs as many inputs.")
    return ring, outside


def _matrix(ring: Array) -> Array:
    """Return the matrix that takes the states to what drives them: row i has g_i at the state before i."""
    return np.asarray(np.roll(np.diag(ring), -1, axis=1))


def _exponential(matrix: Array) -> Array:
    """Return the matrix exponential: a Taylor series of a small part, squared back."""
    halvings = max(
        0, math.ceil(math.log2(max(float(np.abs(matrix).sum(axis=1).max()), 1e-300))) + 4
    )  # numerical: < 1/8
    small = matrix / 2.0**halvings
    term = total = np.eye(matrix.shape[0])
    for order in range(1, 13):  # numerical: the next term is below (1/8)^13 / 13!, far under rounding
        term = term @ small / order
        total = total + term
    for _ in range(halvings):
        total = total @ total
    return np.asarray(total)
