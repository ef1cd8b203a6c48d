"""Temporal-difference learning of the states of a trial, with the drug term of Redish 2004; and blocking, its test.

The idea that a drug adds a part to the prediction error that learning cannot cancel is Redish's; the equations are a
teaching reduction, and their parameters are assumed. Blocking by cocaine was found in rats (Panlilio 2007), against
what the non-compensable form predicts. Nothing here describes a person.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction, not_negative, numbers, positive


@dataclass(frozen=True)
class Learning:
    """What was learned, for N states.

    `values`: shape (trials + 1, N), before the first trial and after each. `errors`: shape (trials, N); column i holds
    the error on leaving state i, so the last column is the error at the outcome. `onset_errors`: shape (trials,), the
    error when the first state, the cue, appears out of nothing.
    """

    values: Array
    errors: Array
    onset_errors: Array


def td_trial(
    values: ArrayLike,
    reward: float,
    alpha: float,
    gamma: float,
    drug: float = 0.0,
    noncompensable: bool = True,
) -> tuple[Array, Array]:
    """Return (values after one trial, errors of that trial), each of shape (N,), for states passed in order.

    Error on leaving state i: gamma V[i+1] - V[i]; at the outcome, on leaving the last: reward - V. A drug D adds to the
    error at the outcome alone: compensable, reward - V + D; non-compensable, max(reward - V + D, D), so that it never
    falls below D. Without a drug (D = 0) there is no floor. All errors use the values from before the trial.
    Raises ValueError unless `values` is a list, alpha and gamma lie between 0 and 1, and drug is not negative.
    """
    before = numbers("values", values)
    if before.ndim != 1 or before.size == 0:
        raise ValueError("values must be a list of at least one number.")
    rate, discount = float(fraction("alpha", alpha)), float(fraction("gamma", gamma))
    amount, dose = float(numbers("reward", reward)), float(not_negative("drug", drug))
    errors = _errors(before, amount, discount, dose, noncompensable)
    return before + rate * errors, errors


def outcome_error(value: float, reward: float, drug: float = 0.0, noncompensable: bool = True) -> float:
    """Return the prediction error at the outcome of a state worth `value`: reward - value + drug, or the drug's floor.

    Non-compensable and with a drug it is at least `drug`. Raises ValueError for a negative drug.
    """
    dose = float(not_negative("drug", drug))
    return _outcome_error(float(numbers("value", value)), float(numbers("reward", reward)), dose, noncompensable)


def learn(
    trials: int,
    states: int,
    reward: float,
    alpha: float,
    gamma: float,
    drug: float = 0.0,
    noncompensable: bool = True,
) -> Learning:
    """Return what `trials` like trials over `states` states teach, from values of 0.

    Long training without a drug ends at values gamma^(N-1-i) reward. Raises ValueError as `td_trial` does, and unless
    there is a state and `trials` is not negative.
    """
    if states < 1 or trials < 0:
        raise ValueError("Learning needs at least 1 state and a number of trials that is not negative.")
    rate, discount = float(fraction("alpha", alpha)), float(fraction("gamma", gamma))
    amount, dose = float(numbers("reward", reward)), float(not_negative("drug", drug))
    values, errors = np.zeros((trials + 1, states)), np.zeros((trials, states))
    for trial in range(trials):
        errors[trial] = _errors(values[trial], amount, discount, dose, noncompensable)
        values[trial + 1] = values[trial] + rate * errors[trial]
    return Learning(values, errors, discount * values[:-1, 0])


def value_without_floor(trials: ArrayLike, reward: float, alpha: float, drug: float = 0.0) -> Array:
    """Return the value of the last state after n trials, (reward + drug)(1 - (1 - alpha)^n), in closed form.

    It holds for a natural reward and a compensable drug always, for a non-compensable one until the value has passed
    `reward`. Shape of `trials`. Raises ValueError for a negative number of trials.
    """
    n, rate = not_negative("trials", trials), float(fraction("alpha", alpha))
    goal = float(numbers("reward", reward)) + float(not_negative("drug", drug))
    return np.asarray(goal * (1.0 - (1.0 - rate) ** n))


def trials_until_reward_is_passed(reward: float, drug: float, alpha: float) -> int:
    """Return after how many trials a drug's value first reaches `reward`: from then on the floor decides.

    ceil(ln(1 - r/(r + D)) / ln(1 - alpha)). Raises ValueError unless reward and drug are positive and alpha lies
    between 0 and 1, ends excluded: a natural reward (D = 0) never gets there.
    """
    amount, dose, rate = float(positive("reward", reward)), float(positive("drug", drug)), float(alpha)
    if not 0.0 < rate < 1.0:
        raise ValueError("alpha must lie between 0 and 1, ends excluded.")
    return int(np.ceil(np.log(1.0 - amount / (amount + dose)) / np.log(1.0 - rate)))


def blocking(
    first_trials: int, compound_trials: int, reward: float, alpha: float, drug: float = 0.0, noncompensable: bool = True
) -> tuple[float, float]:
    """Return the values of cue A and of cue B: A is trained alone, then A and B together, with the same outcome.

    The error is shared: the outcome minus the sum of the cues present (Rescorla and Wagner's rule). If A already
    predicts everything, nothing is left for B: it is blocked. A non-compensable drug leaves at least D each time.
    Raises ValueError for a negative number of trials or drug, or alpha outside 0 to 1.
    """
    if first_trials < 0 or compound_trials < 0:
        raise ValueError("A number of trials must not be negative.")
    rate, a, b = float(fraction("alpha", alpha)), 0.0, 0.0
    for _ in range(first_trials):
        a += rate * outcome_error(a, reward, drug, noncompensable)
    for _ in range(compound_trials):
        step = rate * outcome_error(a + b, reward, drug, noncompensable)
        a, b = a + step, b + step
    return a, b


def _errors(values: Array, reward: float, gamma: float, drug: float, noncompensable: bool) -> Array:
    last = _outcome_error(float(values[-1]), reward, drug, noncompensable)
    return np.append(gamma * values[1:] - values[:-1], last)


def _outcome_error(value: float, reward: float, drug: float, noncompensable: bool) -> float:
    error = reward - value + drug
    return max(error, drug) if noncompensable and drug > 0.0 else error
