"""An absorbing Markov chain: people move between stages, a step at a time, until they reach one they stay in.

Each step depends on the present stage alone, not on how long somebody has been there (Kemeny and Snell 1960).
"""

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction

_SUM_ERROR = 1e-9  # numerical: how far a row's sum may be from 1


def fundamental(transitions: ArrayLike, n_transient: int) -> Array:
    """Return N = (I - Q)^-1, shape (k, k): how many steps somebody who starts in stage i spends in stage j, on average.

    `transitions`: square, from row to column; the first `n_transient` (k) stages are transient and Q is the block among
    them; every later stage is never left. Raises ValueError for another shape, rows that do not sum to 1, a later stage
    that can be left, or a transient stage from which no path leads out.
    """
    q = _checked(transitions, n_transient)[:n_transient, :n_transient]
    return np.asarray(np.linalg.inv(np.eye(n_transient) - q))


def absorb(transitions: ArrayLike, n_transient: int) -> tuple[Array, Array]:
    """Return (steps, B): mean steps until absorption, shape (k,), and where, shape (k, number of absorbing stages).

    Row i is for those who start in transient stage i; the rows of B sum to 1. Arguments and errors as `fundamental`.
    """
    n = fundamental(transitions, n_transient)
    r = np.asarray(transitions, dtype=np.float64)[:n_transient, n_transient:]
    return n.sum(axis=1), n @ r


def occupancy(transitions: ArrayLike, start: ArrayLike, steps: int) -> Array:
    """Return the share of people in each stage after 0, 1 ... `steps` steps, shape (steps + 1, stages).

    `start`: shares at step 0, sum 1. Raises ValueError for shares or rows that do not sum to 1, or negative steps.
    """
    p, share = _stochastic(transitions), fraction("start", start)
    if share.shape != p[0].shape or abs(float(share.sum()) - 1.0) > _SUM_ERROR:
        raise ValueError("start must hold a share for each stage, and they must sum to 1.")
    if steps < 0:
        raise ValueError("steps must not be negative.")
    shares = [share]
    for _ in range(steps):
        shares.append(shares[-1] @ p)
    return np.array(shares)


def _stochastic(transitions: ArrayLike) -> Array:
    p = fraction("transitions", transitions)
    if p.ndim != 2 or p.shape[0] != p.shape[1]:
        raise ValueError("transitions must be a square table: a row and a column for each stage.")
    if np.any(np.abs(p.sum(axis=1) - 1.0) > _SUM_ERROR):
        raise ValueError("Each row of transitions must sum to 1: everybody is somewhere after a step.")
    return p


def _checked(transitions: ArrayLike, n_transient: int) -> Array:
    p = _stochastic(transitions)
    stages = len(p)
    if not 1 <= n_transient < stages:
        raise ValueError(f"n_transient must lie between 1 and {stages - 1}: some stages are left, and some are not.")
    if not np.array_equal(p[n_transient:], np.eye(stages)[n_transient:]):
        raise ValueError("Every stage after the transient ones must be one that is never left: 1 on the diagonal.")
    # Whoever can be absorbed at all can be within as many steps as there are stages, and then stays.
    absorbed = np.linalg.matrix_power(p, stages)[:n_transient, n_transient:]
    if not np.all(absorbed.any(axis=1)):
        raise ValueError("From some transient stage no path leads to one that is never left.")
    return p
