"""The two-step task (after Daw 2011): the world, agents that plan, cache or mix, and the probability of staying.

A first choice leads to one of two states, commonly or rarely; there a second choice pays or not. A model-free agent
repeats what paid; a model-based one asks which first choice commonly leads to where it paid. Group-level agents with
assumed parameters: the weight w describes choices in this task, not a brain system, and instructions alter it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.models.checks import Array, fraction, not_negative, numbers

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_STEP = 0.025  # assumed: as in the task's published design
_LOWEST, _HIGHEST = 0.25, 0.75  # assumed: as in the task's published design


@dataclass(frozen=True)
class World:
    """What chance holds ready, for W worlds of T trials each.

    `common`: (W, T), whether the first choice leads where it commonly does. `pays`: (W, T, 2, 2), whether the second
    choice would pay, by state and choice. Choice 0 commonly leads to state 0, and choice 1 to state 1.
    `chance`: the probability of the common transition, which a planner knows.
    """

    common: Bools
    pays: Bools
    chance: float


@dataclass(frozen=True)
class Agent:
    """How an agent learns and chooses; all values are assumed unless given."""

    weight: float = 0.5  # assumed: 0 model-free, 1 model-based
    alpha: float = 0.5  # assumed: learning rate of both stages
    beta: float = 5.0  # assumed: how strictly the better choice is taken
    trace: float = 1.0  # assumed: how much of the second error reaches the first choice (lambda)
    perseveration: float = 0.0  # assumed: a bonus for the choice just made

    def __post_init__(self) -> None:
        """Raise ValueError for a weight, learning rate or trace outside 0 to 1, or a negative beta."""
        for name in ("weight", "alpha", "trace"):
            fraction(name, getattr(self, name))
        not_negative("beta", self.beta)
        numbers("perseveration", self.perseveration)


@dataclass(frozen=True)
class Play:
    """What was done and what came of it, one row for each player, one column for each trial.

    `choice`: first choice, 0 or 1. `common`: whether the transition was the common one. `reward`: whether it paid.
    """

    choice: Ints
    common: Bools
    reward: Bools


def make_world(
    trials: int,
    worlds: int = 1,
    chance: float = 0.7,  # assumed: as in the task's published design
    seed: int = 1,
) -> World:
    """Return random worlds: common transitions with probability `chance`, and pay that drifts from trial to trial.

    Each of the four chances to pay is a Gaussian walk, reflected at 0.25 and 0.75, from a random start. Equal arguments
    give equal worlds. Raises ValueError for fewer than 1 trial or world, or `chance` outside 0 to 1.
    """
    if trials < 1 or worlds < 1:
        raise ValueError("There must be at least 1 trial and 1 world.")
    often, dice = float(fraction("chance", chance)), np.random.default_rng(seed)
    width = _HIGHEST - _LOWEST
    steps = _STEP * dice.standard_normal((worlds, trials, 2, 2), np.float32)
    steps[:, 0] = width * dice.random((worlds, 2, 2))
    # A walk that is reflected at both ends is a free walk on folded paper.
    free = np.cumsum(steps, axis=1) % (2.0 * width)
    paying = _HIGHEST - np.abs(free - width)
    pays = dice.random((worlds, trials, 2, 2), np.float32) < paying
    return World(dice.random((worlds, trials)) < often, pays, often)


def mix_values(q_mf: ArrayLike, transitions: ArrayLike, q2: ArrayLike, weight: float) -> Array:
    """Return the values of the two first choices, shape (2,): w T max(Q2) + (1 - w) Q_mf.

    `q_mf`: (2,), cached. `transitions` T: (2, 2), row = choice, column = state. `q2`: (2, 2), row = state, column =
    second choice; a planner takes the better one. Raises ValueError for other shapes, or a weight outside 0 to 1.
    """
    cached, matrix, second = numbers("q_mf", q_mf), numbers("transitions", transitions), numbers("q2", q2)
    if cached.shape != (2,) or matrix.shape != (2, 2) or second.shape != (2, 2):
        raise ValueError("q_mf must have the shape (2,), transitions and q2 the shape (2, 2).")
    w = float(fraction("weight", weight))
    return np.asarray(w * matrix @ second.max(axis=1) + (1.0 - w) * cached)


def simulate(world: World, agent: Agent, agents: int | None = None, seed: int = 1) -> Play:
    """Return how like agents play, shape (agents, trials): one in each world, or `agents` of them all in the first.

    Cached values: d1 = Q2 - Q1, d2 = r - Q2, Q1 += alpha (d1 + lambda d2), Q2 += alpha d2; choices by softmax of
    `mix_values`, plus the bonus. Equal seeds give equal play. Raises ValueError for `agents` below 1.
    """
    worlds, trials = world.common.shape
    size = worlds if agents is None else agents
    if size < 1:
        raise ValueError("There must be at least 1 agent.")
    which = np.arange(size) if agents is None else np.zeros(size, np.int64)
    rows = np.arange(size)
    commonly, pays = world.common[which], world.pays[which]
    # A softmax of two is a threshold on their difference: draw all thresholds at once, as standard logistic numbers.
    thresholds = np.random.default_rng(seed).logistic(size=(2, trials, size))

    q1, q2 = np.zeros((size, 2)), np.zeros((size, 2, 2))
    choice, reward = np.zeros((size, trials), np.int64), np.zeros((size, trials), np.bool_)
    bonus = np.zeros(size)
    planned, cached = agent.weight * agent.beta * (2.0 * world.chance - 1.0), (1.0 - agent.weight) * agent.beta
    for trial in range(trials):
        best = np.maximum(q2[:, :, 0], q2[:, :, 1])
        pull = planned * (best[:, 1] - best[:, 0]) + cached * (q1[:, 1] - q1[:, 0]) + bonus
        first = (pull > thresholds[0, trial]).astype(np.int64)
        state = np.where(commonly[:, trial], first, 1 - first)
        there = q2[rows, state]
        second = (agent.beta * (there[:, 1] - there[:, 0]) > thresholds[1, trial]).astype(np.int64)
        paid = pays[rows, trial, state, second]
        old = there[rows, second]
        surprise = paid - old
        q1[rows, first] += agent.alpha * (old - q1[rows, first] + agent.trace * surprise)
        q2[rows, state, second] = old + agent.alpha * surprise
        bonus = agent.beta * agent.perseveration * (2.0 * first - 1.0)
        choice[:, trial], reward[:, trial] = first, paid
    return Play(choice, commonly, reward)


def replay(world: World, first: ArrayLike, second: ArrayLike) -> Play:
    """Return what came of these choices (0 or 1, each of shape (n,)) in the first world, one row of n trials.

    Raises ValueError unless both hold as many numbers, only 0 and 1, and no more than the world has trials.
    """
    one, two = numbers("first", first), numbers("second", second)
    if one.ndim != 1 or one.shape != two.shape or one.size > world.common.shape[1]:
        raise ValueError("first and second must be two lists of equal length, no longer than the world has trials.")
    if not np.all(np.isin(np.concatenate([one, two]), (0.0, 1.0))):
        raise ValueError("Choices are 0 or 1.")
    trials = np.arange(one.size)
    commonly = world.common[0, : one.size]
    state = np.where(commonly, one, 1 - one).astype(np.int64)
    paid = world.pays[0, trials, state, two.astype(np.int64)]
    return Play(one.astype(np.int64)[None], commonly[None], paid[None])


def stay_counts(play: Play) -> tuple[Ints, Ints]:
    """Return (how often the first choice was repeated, out of how many), each (2, 2).

    Rows paid/not, columns common/rare: how the trial before went. The last trial of a player has no next.
    """
    stayed = play.choice[:, 1:] == play.choice[:, :-1]
    kind = 2 * (~play.reward[:, :-1]).astype(np.int64) + ~play.common[:, :-1]
    out_of = np.bincount(kind.ravel(), minlength=4)
    return np.bincount(kind[stayed], minlength=4).reshape(2, 2), out_of.reshape(2, 2)


def stay_table(choice: ArrayLike, common: ArrayLike, reward: ArrayLike) -> Array:
    """Return the probability of repeating the first choice, (2, 2): rows paid/not, columns common/rare.

    Arguments of shape (n,) or (players, n); nan where a kind of trial never occurred. Raises ValueError for other
    shapes.
    """
    arrays = [np.atleast_2d(numbers(name, a)) for name, a in
              (("choice", choice), ("common", common), ("reward", reward))]  # fmt: skip
    if arrays[0].ndim != 2 or any(array.shape != arrays[0].shape for array in arrays):
        raise ValueError("choice, common and reward must have the same shape, (n,) or (players, n).")
    play = Play(arrays[0].astype(np.int64), arrays[1] != 0.0, arrays[2] != 0.0)
    stays, out_of = stay_counts(play)
    with np.errstate(invalid="ignore"):
        return np.asarray(stays / out_of)


def reward_effect(table: ArrayLike) -> float:
    """Return how much more often a choice is repeated after a trial that paid, over both transitions: model-free."""
    t = numbers("table", table)
    return float(np.mean(t[0]) - np.mean(t[1]))


def interaction(table: ArrayLike) -> float:
    """Return how much the effect of pay depends on the transition, the mark of a model-based agent.

    (paid, common) - (paid, rare) - (not, common) + (not, rare).
    """
    t = numbers("table", table)
    return float(t[0, 0] - t[0, 1] - t[1, 0] + t[1, 1])
