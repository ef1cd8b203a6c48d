"""Wanting on the fly: a state of the body multiplies the reward that comes next, without any new learning.

The model of Zhang and others (2009, PLoS Comput Biol 5:e1000437), in its multiplicative form:

    wanting of a cue = kappa r + gamma V(next)

V is what was learned while kappa was 1, so kappa reaches only the reward itself: the cue right before the reward is
wanted more, a cue that announces another cue is not. That this happens was seen in rats; the exact form of the equation
is from memory (assumed). A group-level teaching model: units are arbitrary, and wanting is not liking.
"""

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction, not_negative, numbers
from course.models.temporal_difference import td_trial


def wanting(next_reward: ArrayLike, next_value: ArrayLike, gamma: ArrayLike, kappa: ArrayLike) -> Array:
    """Return kappa r + gamma V(next), in units of reward; the arguments broadcast.

    `next_reward`: what comes directly after the cue. `next_value`: the learned value of the cue after it, 0 if there is
    none. `gamma`: discount per step. `kappa`: 1 changes nothing, above 1 makes the reward more wanted, below 1 less.
    Raises ValueError for a gamma outside 0 to 1 or a negative kappa.
    """
    reward, value = numbers("next_reward", next_reward), numbers("next_value", next_value)
    return np.asarray(not_negative("kappa", kappa) * reward + fraction("gamma", gamma) * value)


def learned_values(cues: int, reward: float, gamma: float) -> Array:
    """Return the values that long training at kappa = 1 leaves, first cue first, shape (cues,): gamma^(steps left) r.

    Raises ValueError unless there is a cue and gamma lies between 0 and 1.
    """
    if cues < 1:
        raise ValueError("A chain needs at least 1 cue.")
    steps_left = np.arange(cues - 1, -1, -1)
    return np.asarray(float(numbers("reward", reward)) * float(fraction("gamma", gamma)) ** steps_left)


def chain(cues: int, reward: float, gamma: float, kappa: float) -> Array:
    """Return how much each cue of a learned chain is wanted once kappa holds, first cue first, shape (cues,).

    Only the last cue has a reward next; every other one has a cue next, whose learned value kappa does not touch.
    Raises ValueError as `wanting` and `learned_values` do.
    """
    values = learned_values(cues, reward, gamma)
    return wanting(np.append(np.zeros(cues - 1), reward), np.append(values[1:], 0.0), gamma, kappa)


def relearn(trials: int, cues: int, reward: float, gamma: float, kappa: float, alpha: float) -> Array:
    """Return values by trial when the reward really becomes kappa r and is learned again, shape (trials + 1, cues).

    Ordinary temporal-difference learning from `learned_values`: the last cue moves first, the others follow it, trial
    by trial. Raises ValueError for negative trials or kappa, or alpha or gamma outside 0 to 1.
    """
    if trials < 0:
        raise ValueError("A number of trials must not be negative.")
    values = np.empty((trials + 1, cues))
    values[0] = learned_values(cues, reward, gamma)
    changed = float(not_negative("kappa", kappa)) * reward
    for trial in range(trials):
        values[trial + 1], _ = td_trial(values[trial], changed, alpha, gamma)
    return values
