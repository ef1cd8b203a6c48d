"""Use that follows low mood, and low mood that follows use: a loop around the opponent process.

Hypothetical dynamics for teaching, drawn after the idea that the review's Figure 5 illustrates (May, Aupperle and
Stewart 2020) and fitted to nothing. Mood is the feeling of `opponent_process` less a baseline distress:

    mood = a - b - distress

Use happens for other reasons (company, energy) on fixed days, and for relief whenever mood has fallen to a threshold;
never twice within a day. Each use strengthens the opponent by a share g of the way to its strongest:
k <- k + g (k_max - k); weakening by disuse is left out. The model says nothing about a person. It shows which loops
such assumptions make: use for relief can come from distress with an ordinary opponent, and from a stronger opponent
without any distress.
"""

import math
from dataclasses import dataclass

import numpy as np

from course.models.checks import Array, fraction, not_negative, positive

USE_H = 8.0  # assumed: hours that a use acts
TAU_A_H = 1.0  # assumed: time constant of the drug's own effect, hours
OTHER_EVERY_H = 72.0  # assumed: use for other reasons every third day
REST_H = 24.0  # assumed: hours between the beginnings of two uses, at least
LOW_MOOD = -0.3  # assumed: mood at which use for relief begins
STRONGEST = 3.0  # assumed: opponent that use can build up at most
STEP_H = 0.5  # numerical: decisions fall on half hours; between them the processes are exact


@dataclass(frozen=True)
class Loop:
    """A run: `time_h` and `mood` (arbitrary units) on one grid; when uses began, in hours, and for which reason.

    `strengths`: k of each use, in their order.
    """

    time_h: Array
    mood: Array
    other_h: Array
    relief_h: Array
    strengths: Array

    @property
    def relief_share(self) -> float:
        """Share of all uses that were for relief, 0 to 1; there is always a use, at the start."""
        return self.relief_h.size / (self.relief_h.size + self.other_h.size)


def run(days: int, distress: float, k_b: float, tau_b_h: float, strengthening: float) -> Loop:
    """Return `days` days, from rest and with a use at their start: for relief if mood is that low, else for others.

    `distress`: how far the baseline lies below 0, arbitrary units. `k_b`: opponent at the first use, 0 to STRONGEST.
    `tau_b_h`: its time constant, hours, longer than TAU_A_H. `strengthening`: g, 0 to 1.
    Raises ValueError for other values, or less than a day.
    """
    if days < 1:
        raise ValueError("days must be at least 1.")
    gap = float(not_negative("distress", distress))
    strength, share = float(not_negative("k_b", k_b)), float(fraction("strengthening", strengthening))
    if strength > STRONGEST:
        raise ValueError(f"k_b must not be above {STRONGEST:g}, the strongest opponent here.")
    tau_b = float(positive("tau_b_h", tau_b_h))
    if tau_b <= TAU_A_H:
        raise ValueError(f"tau_b_h must be longer than {TAU_A_H:g} h: the opponent is the slower process.")
    keep_a, keep_b = math.exp(-STEP_H / TAU_A_H), math.exp(-STEP_H / tau_b)
    using, resting, between = (round(hours / STEP_H) for hours in (USE_H, REST_H, OTHER_EVERY_H))
    count = round(days * 24.0 / STEP_H)
    mood = np.empty(count + 1)
    other: list[int] = []
    relief: list[int] = []
    strengths: list[float] = []
    a = b = 0.0
    began = -resting
    for i in range(count):
        mood[i] = a - b - gap
        low = mood[i] <= LOW_MOOD
        if i >= began + resting and (low or i % between == 0):
            if strengths:
                strength += share * (STRONGEST - strength)
            (relief if low else other).append(i)
            strengths.append(strength)
            began = i
        target = 1.0 if i < began + using else 0.0
        a = target + (a - target) * keep_a
        b = strength * target + (b - strength * target) * keep_b
    mood[count] = a - b - gap
    hours: Array = np.arange(count + 1, dtype=np.float64) * STEP_H
    return Loop(hours, mood, hours[other], hours[relief], np.array(strengths))
