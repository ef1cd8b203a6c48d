"""Simulators: each has `explore(prediction=...)`, a panel of controls, and `draw(...)`, its twin without any.

The still pictures `figure_two` and `semilog_decay` have `draw()` alone; in `ledger_browser` the guess is made within
the panel. Each is loaded when it is first named: drawing takes a second to import, which a notebook that only computes
need not wait for.
"""

from importlib import import_module
from types import ModuleType

__all__ = [
    "bias_or_drift",
    "circuit_walk",
    "combine_interventions",
    "cusp",
    "devaluation",
    "dopamine_time_course",
    "dose_response",
    "drive_reward",
    "early_care",
    "figure_two",
    "hazard_shape",
    "heritability",
    "hysteresis",
    "interaction_scales",
    "intervention_board",
    "intervention_chain",
    "intervention_pair",
    "ledger_browser",
    "natural_frequencies",
    "negative_reinforcement",
    "nnt_people",
    "opponent_process",
    "overlap_matrix",
    "plasma_level",
    "prediction_errors",
    "preference_reversal",
    "prisma_flow",
    "query_builder",
    "region_map",
    "relapse_loop",
    "renewal",
    "search_string",
    "self_administration",
    "semilog_decay",
    "set_point",
    "spiral",
    "stay_probabilities",
    "stop_task",
    "stress_axis",
    "survival",
    "transporter_recovery",
    "trial_size",
    "two_step_task",
    "volume_difference",
    "wanting",
]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"course.simulators.{name}")
    raise AttributeError(f"There is no simulator {name}; there are {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return list(__all__)
