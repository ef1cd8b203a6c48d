"""The stress axis beside scipy's solvers for stiff equations: how far apart, and how long each takes."""

import time
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.integrate import solve_ivp

from course.models import stress_axis

_FOLLOW_MIN = 200 * stress_axis.MINUTES_A_DAY
_SETTINGS = list(product((1.5, 3.0, 30.0), (5.0, 1440.0, 129_600.0), (2.0, 4.0, 20.0)))
"""Weak to strong, minutes to months, receptors that answer strongly to weakly."""


@dataclass(frozen=True)
class Agreement:
    """One course under one stressor. `cortisol_apart` and `crh_apart`: largest difference relative to the level there,
    from a run of scipy's Radau at a tolerance of 1e-10; `radau_apart`: that of Radau at the tolerance 1e-5, which takes
    `radau_ms`.
    """

    stressor: float
    duration_min: float
    receptor_k: float
    cortisol_apart: float
    crh_apart: float
    radau_apart: float
    ours_ms: float
    radau_ms: float


def measure() -> list[Agreement]:
    """Follow weak and strong, short and long stressors, under every strength of the receptors."""
    return [_agreement(*setting) for setting in _SETTINGS]


def _agreement(stressor: float, duration_min: float, receptor_k: float) -> Agreement:
    started = time.process_time()
    ours = stress_axis.run(stressor, duration_min, receptor_k, _FOLLOW_MIN)
    ours_ms = 1000 * (time.process_time() - started)
    exact = _by_radau(stressor, duration_min, receptor_k, ours.time_min, 1e-10)
    started = time.process_time()
    rough = _by_radau(stressor, duration_min, receptor_k, ours.time_min, 1e-5)
    radau_ms = 1000 * (time.process_time() - started)
    return Agreement(
        stressor=stressor,
        duration_min=duration_min,
        receptor_k=receptor_k,
        cortisol_apart=_apart(ours.cortisol, exact[2]),
        crh_apart=_apart(ours.crh, exact[0]),
        radau_apart=_apart(rough[2], exact[2]),
        ours_ms=ours_ms,
        radau_ms=radau_ms,
    )


def _apart(found: np.ndarray, exact: np.ndarray) -> float:
    return float(np.abs(found / exact - 1.0).max())


def _by_radau(
    stressor: float, duration_min: float, receptor_k: float, times: np.ndarray, tolerance: float
) -> np.ndarray:
    """The five parts at `times`, shape (5, n)."""
    during, after = times <= duration_min, times > duration_min
    start = stress_axis.adapted_state(1.0, receptor_k)
    first = exact(start, stressor, receptor_k, times[during], tolerance)
    second = exact(first[:, -1], 1.0, receptor_k, np.append(0.0, times[after] - duration_min), tolerance)
    return np.concatenate([first, second[:, 1:]], axis=1)


def exact(
    start: np.ndarray, stressor: float, receptor_k: float, times: np.ndarray, tolerance: float = 1e-10
) -> np.ndarray:
    """The equations of `course.models.stress_axis` as its docstring states them, by scipy's Radau.

    `start`: the five parts at the first of `times` (minutes, rising). Returns shape (5, len(times)).
    """
    g1, g2, g3 = (np.log(2.0) / half_life_min for half_life_min in (4.0, 20.0, 80.0))
    glands = 1.0 / (30.0 * stress_axis.MINUTES_A_DAY)

    def rate(_: float, state: np.ndarray) -> list[float]:
        crh, acth, cortisol, pituitary, adrenal = state
        receptors = 1.0 / (1.0 + (cortisol / receptor_k) ** 3)
        return [
            g1 * (stressor * receptors / cortisol - crh),
            g2 * (pituitary * crh * receptors - acth),
            g3 * (adrenal * acth - cortisol),
            glands * pituitary * (crh - 1.0),
            glands * adrenal * (acth - 1.0),
        ]

    if len(times) == 1:
        return np.asarray(start, dtype=np.float64)[:, None]
    span = (float(times[0]), float(times[-1]))
    found = solve_ivp(rate, span, start, method="Radau", t_eval=times, rtol=tolerance, atol=tolerance)
    if not found.success:
        raise RuntimeError(found.message)
    return np.asarray(found.y)
