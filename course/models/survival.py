"""How long until an event, when not everybody is followed to theirs: estimates, two curves and hazard ratios.

The event in this course is any use after treatment. All of it describes groups: a curve is nobody's forecast. A falling
hazard does not say why it falls: people may recover, or those at the highest risk may be the first to leave the group.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction, not_negative, numbers, positive
from course.models.normal import normal_cdf


@dataclass(frozen=True)
class Curve:
    """A Kaplan-Meier estimate: one entry for each time at which something happened to somebody, in order.

    `survival`: share still without the event just after that time. `at_risk`: people observed up to that time, those
    censored at it included. `events`: how many had theirs then.
    """

    time: Array
    survival: Array
    at_risk: Array
    events: Array

    def at(self, time: ArrayLike) -> Array:
        """Return the estimate at any times, 1 before the first event (a step function, continuous from the right)."""
        place = np.searchsorted(self.time, not_negative("time", time), side="right")
        return np.asarray(np.concatenate([[1.0], self.survival])[place])


def kaplan_meier(time: ArrayLike, event: ArrayLike) -> Curve:
    """Return the Kaplan-Meier estimate: at each event time the factor 1 - events / people at risk.

    `time`: when each person's observation ended, 0 or later; `event`: 1 if it ended with the event, 0 if it was
    censored. Somebody censored at a time is still at risk at that time. Times without any event are left out.
    Raises ValueError for lists of different lengths, none at all, or an event that is neither 0 nor 1.
    """
    times, had = _observed(time, event)
    when = np.unique(times[had])
    at_risk = np.array([np.count_nonzero(times >= t) for t in when], dtype=np.float64)
    events = np.array([np.count_nonzero(times[had] == t) for t in when], dtype=np.float64)
    return Curve(when, np.asarray(np.cumprod(1.0 - events / at_risk)), at_risk, events)


def log_rank(time: ArrayLike, event: ArrayLike, second: ArrayLike) -> tuple[float, float]:
    """Return (chi-squared with 1 degree of freedom, p) of the log-rank test of two groups (Mantel 1966).

    `second`: 1 for people in the second group, 0 for the first; the rest as for `kaplan_meier`. At each event time the
    events expected in the second group are its share of the people at risk. Raises ValueError for a group of nobody,
    or when no event tells the groups apart.
    """
    times, had = _observed(time, event)
    group = numbers("second", second)
    if group.shape != times.shape or not np.all(np.isin(group, (0.0, 1.0))) or np.unique(group).size < 2:
        raise ValueError("second must hold a 0 or a 1 for each person, and some of both.")
    excess = variance = 0.0
    for t in np.unique(times[had]):
        here = times >= t
        n, n2 = np.count_nonzero(here), np.count_nonzero(here & (group == 1.0))
        now = had & (times == t)
        d, d2 = np.count_nonzero(now), np.count_nonzero(now & (group == 1.0))
        excess += d2 - d * n2 / n
        if n > 1:  # the last person alone has nobody to be compared with
            variance += d * (n2 / n) * (1.0 - n2 / n) * (n - d) / (n - 1)
    if variance == 0.0:
        raise ValueError("No event happened while both groups were observed, so they cannot be compared.")
    chi2 = excess**2 / variance
    return chi2, 2.0 * float(normal_cdf(-math.sqrt(chi2)))


@dataclass(frozen=True)
class Weibull:
    """Survival exp(-(t / scale)^shape): the hazard falls below a shape of 1, is constant at 1 and rises above it."""

    shape: float
    scale: float

    def __post_init__(self) -> None:
        """Raise ValueError unless both are above 0."""
        positive("shape", self.shape)
        positive("scale", self.scale)

    def survival(self, time: ArrayLike) -> Array:
        """Return the share without the event at those times (0 or later, in the unit of `scale`)."""
        return np.asarray(np.exp(-((not_negative("time", time) / self.scale) ** self.shape)))

    def hazard(self, time: ArrayLike) -> Array:
        """Return the rate of events among those still without one, per unit of time, at times above 0."""
        t = positive("time", time)
        return np.asarray(self.shape / self.scale * (t / self.scale) ** (self.shape - 1.0))


def exponential_through(time: float, survival: float) -> Weibull:
    """Return the curve of constant hazard (shape 1) through one point; raises ValueError for a share of 0 or 1."""
    return Weibull(1.0, float(positive("time", time)) / _cumulative_hazard(survival))


def weibull_through(first: tuple[float, float], second: tuple[float, float]) -> Weibull:
    """Return the Weibull curve through two points (time, share without the event).

    log(-log S) is a straight line over log t, and its slope is the shape. Raises ValueError unless the later point
    has the smaller share, and both shares lie between 0 and 1, ends excluded.
    """
    (t1, h1), (t2, h2) = (
        (float(positive("time", t)), _cumulative_hazard(s)) for t, s in (first, second)
    )  # the cumulative hazard is (t / scale)^shape
    if t1 == t2 or (t2 - t1) * (h2 - h1) <= 0.0:
        raise ValueError("The later of the two points must have the smaller share without the event.")
    shape = math.log(h2 / h1) / math.log(t2 / t1)
    return Weibull(shape, t1 / h1 ** (1.0 / shape))


def survival_from_hr(survival: ArrayLike, hazard_ratio: ArrayLike) -> Array:
    """Return the share without the event in a group with so many times the hazard: S^HR (proportional hazards).

    The ratio multiplies the hazard, and so the logarithm of the share; it does not multiply the risk. Arguments
    broadcast. Raises ValueError for a share outside 0-1 or a ratio that is not above 0.
    """
    return np.asarray(fraction("survival", survival) ** positive("hazard_ratio", hazard_ratio))


def observe(people: int, rate: float, loss_rate: float, end: float, seed: int) -> tuple[Array, Array]:
    """Return (time, event) of people with exponential times to an event and to being lost, followed until `end`.

    `rate` and `loss_rate`: per unit of time; losses do not depend on events. Equal seeds draw equal people, and the
    events of a person do not change with `loss_rate`. Raises ValueError for nobody or impossible rates.
    """
    if people < 1:
        raise ValueError("people must be at least 1.")
    draws = np.random.default_rng(seed).exponential(size=(2, people))
    due = draws[0] / float(positive("rate", rate))
    loss = float(not_negative("loss_rate", loss_rate))
    lost = draws[1] / loss if loss > 0.0 else np.full(people, np.inf)
    stop = np.minimum(lost, float(positive("end", end)))
    return np.minimum(due, stop), np.asarray(due <= stop, dtype=np.float64)


def share_when_lost_are_left_out(time: float, rate: float, loss_rate: float, end: float) -> float:
    """Return the share without the event at `time` that a study of very many people finds when it leaves out the lost.

    The setting of `observe`. With a = rate + loss_rate, those kept had the event first (density rate exp(-a t)) or
    reached the end (exp(-a end)). Raises ValueError unless `time` lies between 0 and `end`.
    """
    r, both = float(positive("rate", rate)), float(positive("rate", rate) + not_negative("loss_rate", loss_rate))
    if not 0.0 <= time <= end:
        raise ValueError("time must lie between 0 and the end.")
    finished = math.exp(-both * end)
    return (r / both * (math.exp(-both * time) - finished) + finished) / (r / both * (1.0 - finished) + finished)


def _observed(time: ArrayLike, event: ArrayLike) -> tuple[Array, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    times, had = not_negative("time", time), numbers("event", event)
    if times.ndim != 1 or times.size == 0 or times.shape != had.shape:
        raise ValueError("time and event must be two equally long lists of at least one person.")
    if not np.all(np.isin(had, (0.0, 1.0))):
        raise ValueError("event must hold a 1 (it happened) or a 0 (censored) for each person.")
    return times, had == 1.0


def _cumulative_hazard(survival: float) -> float:
    share = float(fraction("survival", survival))
    if share in (0.0, 1.0):
        raise ValueError("survival must lie between 0 and 1, ends excluded.")
    return -math.log(share)
