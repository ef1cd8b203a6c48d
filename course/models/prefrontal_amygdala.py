"""Prefrontal cortex and amygdala as a pair that regulate each other: a reduction in the style of Wilson and Cowan.

Two rates without a unit, and every parameter assumed: it shows what weaker inhibition does to a loop of this kind, and
measures nothing in anybody.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, increasing, not_negative, positive

_STEP_S = 0.002  # numerical: a fiftieth of the faster time constant; RK4 is exact to 1e-9 here


@dataclass(frozen=True)
class Loop:
    """Weights and inputs (no unit) and time constants (seconds) of the pair; all assumed.

    `stimulus` drives the amygdala, `drive` the prefrontal cortex; `self_excitation` within the amygdala, `inhibition`
    from prefrontal cortex to amygdala, `alarm` from amygdala to prefrontal cortex.
    """

    stimulus: float = 2.0
    drive: float = 0.2  # assumed
    self_excitation: float = 0.3  # assumed
    inhibition: float = 1.0
    alarm: float = 0.8  # assumed
    amygdala_s: float = 0.1  # assumed
    prefrontal_s: float = 0.2  # assumed

    def __post_init__(self) -> None:
        """Raise ValueError for a negative weight or input, or a time constant that is not above 0."""
        for name in ("stimulus", "drive", "self_excitation", "inhibition", "alarm"):
            not_negative(name, getattr(self, name))
        for name in ("amygdala_s", "prefrontal_s"):
            positive(name, getattr(self, name))


def steady_rates(loop: Loop) -> tuple[float, float]:
    """Return the rates (amygdala, prefrontal cortex) at which the pair stands still.

    a = (s - w_pa b) / (1 - w_aa + w_pa w_ap), p = b + w_ap a; where the prefrontal drive alone silences the amygdala,
    a = 0 and p = b. Raises ValueError when self-excitation outgrows the brakes, so that no steady rate exists.
    """
    brakes = 1.0 - loop.self_excitation + loop.inhibition * loop.alarm
    if brakes <= 0.0:
        raise ValueError("self_excitation outgrows leak and inhibition, so the amygdala's rate has no steady value.")
    amygdala = max(0.0, loop.stimulus - loop.inhibition * loop.drive) / brakes
    return amygdala, loop.drive + loop.alarm * amygdala


def rates(time_s: ArrayLike, loop: Loop) -> tuple[Array, Array]:
    """Return the rates (amygdala, prefrontal cortex) at `time_s` (seconds, increasing), starting from rest at time 0.

    tau_a a' = -a + [s + w_aa a - w_pa p]+ and tau_p p' = -p + [b + w_ap a]+, by RK4; rest is a = p = 0.
    """
    times = increasing("time_s", time_s)
    not_negative("time_s", times)
    count = max(1, int(np.ceil(times[-1] / _STEP_S)))
    step = times[-1] / count
    grid = np.linspace(0.0, times[-1], count + 1)
    path = np.zeros((count + 1, 2))

    def slope(state: Array) -> Array:
        a, p = state
        into_a = max(0.0, loop.stimulus + loop.self_excitation * a - loop.inhibition * p)
        into_p = max(0.0, loop.drive + loop.alarm * a)
        return np.array([(into_a - a) / loop.amygdala_s, (into_p - p) / loop.prefrontal_s])

    for i in range(count):
        y = path[i]
        k1 = slope(y)
        k2 = slope(y + step / 2.0 * k1)
        k3 = slope(y + step / 2.0 * k2)
        k4 = slope(y + step * k3)
        path[i + 1] = y + step / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
    return np.interp(times, grid, path[:, 0]), np.interp(times, grid, path[:, 1])
