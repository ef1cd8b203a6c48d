"""Levels of the striatum from ventral to dorsal, each learning from the one above it: a cascade.

A linear reduction of Keramati and Gutkin 2013: the top (ventral) level learns from the outcome, every lower one from
the value of the level above, and each dopamine loop adds the drug's term again. A group-level teaching model: the
number of levels and all values are assumed, and the human evidence for such a shift is contested.
"""

import numpy as np

from course.models.checks import Array, fraction, not_negative, numbers


def asymptotes(levels: int, reward: float, punishment: float, drug: float) -> Array:
    """Return the values that the levels approach, ventral first, shape (levels,): r - p + (k + 1) D at level k.

    Raises ValueError unless there is a level, and for a negative punishment or drug.
    """
    net = _net(reward, punishment)
    return np.asarray(net + (np.arange(_count(levels)) + 1.0) * float(not_negative("drug", drug)))


def smallest_drug(level: int, reward: float, punishment: float) -> float:
    """Return the drug term above which level `level` (0: the top) keeps a positive value: (p - r)/(k + 1), at least 0.

    Raises ValueError for a negative level or punishment.
    """
    if level < 0:
        raise ValueError("level must not be negative: 0 is the top.")
    return max(0.0, -_net(reward, punishment) / (level + 1.0))


def cascade(
    trials: int,
    levels: int,
    reward: float,
    punishment: float,
    drug: float,
    alpha: float = 0.01,  # assumed: slow learning over hundreds of trials
    punished_from: int = 0,
) -> Array:
    """Return the value of every level before the first trial and after each, shape (trials + 1, levels), from 0.

    Errors: r - p + D - Q at the top, and (Q of the level above) + D - Q below, all with values from before the trial.
    `punished_from`: trials that go by without punishment before it begins.
    Without drug and punishment level k rises like the distribution of a sum of k + 1 waiting times (Erlang).
    Raises ValueError for negative trials, punishment or drug, alpha outside 0 to 1, or no level at all.
    """
    if trials < 0 or punished_from < 0:
        raise ValueError("A number of trials must not be negative.")
    dose, rate = float(not_negative("drug", drug)), float(fraction("alpha", alpha))
    spared, punished = _net(reward, 0.0), _net(reward, punishment)
    values = np.zeros((trials + 1, _count(levels)))
    above = np.zeros(levels)
    for trial in range(trials):
        now = values[trial]
        above[0] = punished if trial >= punished_from else spared
        above[1:] = now[:-1]
        values[trial + 1] = now + rate * (above + dose - now)
    return values


def _net(reward: float, punishment: float) -> float:
    return float(numbers("reward", reward)) - float(not_negative("punishment", punishment))


def _count(levels: int) -> int:
    if levels < 1:
        raise ValueError("There must be at least 1 level.")
    return int(levels)
