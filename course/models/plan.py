"""A plan of two interventions, from a parameter of a model to people who return to use: a chain made for teaching.

Each intervention is thought to change one parameter of a model of modules 03 to 07. That moves the pull of cues, the
distress, a gain of the ring (module 07) or the choice itself. The ring's craving at rest, times the chance to choose
use, is the pressure; the hazard of a return is proportional to it, and module 08 turns a hazard ratio into a share of
people. Every link of this chain is assumed, and so is every range in `assets/interventions.csv`: no study joins a
treatment to one of these parameters. Only the share without an intervention is measured. A plan shows how effects
travel and combine; it estimates none, and predicts nothing about a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import MappingProxyType

from course import evidence
from course.evidence.interventions import Intervention, interventions
from course.models.checks import numbers
from course.models.drift_diffusion import choice_and_time
from course.models.extinction import extinction_renewal
from course.models.feedback_loop import resting
from course.models.incentive_salience import wanting
from course.models.opponent_process import areas
from course.models.stress_axis import adapted_cortisol
from course.models.survival import survival_from_hr

_USE_H, _TAU_A_H, _TAU_B_H = 6.0, 1.0, 20.0  # assumed: the opponent process as module 05 introduces it
_BOUNDARY, _START = 1.5, 0.75  # assumed: a choice without bias, as in module 06
_TRIALS, _LINK, _ELSEWHERE = 20, 1.0, 0.5  # assumed: extinction in one place, half of it counts in another
_DISCOUNT = 0.9  # assumed: as in module 04; the cue next to the reward does not depend on it
_FROM_WITHDRAWAL = 0.5  # assumed: half of the distress comes from withdrawal, half from stress


@dataclass(frozen=True)
class Chain:
    """Where one set of parameters leads, each relative to no intervention, and in the end the share who return.

    `cues`, `distress`: the ring's two inputs; `craving`: the ring at rest; `act`: chance to choose use when it comes
    to a choice; `hazard`: craving times act; `share`: people who return to use within a year, 0 to 1.
    """

    cues: float
    distress: float
    craving: float
    act: float
    hazard: float
    share: float


@dataclass(frozen=True)
class Band:
    """A result at the chosen values, and the smallest and the largest over the ends of the assumed ranges."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """What a plan leads to: shares of people who return to use within a year, 0 to 1; `neither` is measured.

    `names`: the ids of the plan, in its order; `first`, `second`: either alone; `both`: together.
    """

    names: tuple[str, str]
    neither: float
    first: Band
    second: Band
    both: Band

    def fall(self, which: str) -> Band:
        """Return by how many percentage points the share is lower with "first", "second" or "both" than with neither.

        Raises ValueError for another word.
        """
        bands = {"first": self.first, "second": self.second, "both": self.both}
        if which not in bands:
            raise ValueError(f'which is "{which}"; choose one of {", ".join(bands)}.')
        band = bands[which]
        value, low, high = (100.0 * (self.neither - share) for share in (band.value, band.high, band.low))
        return Band(value, low, high)

    @property
    def interaction(self) -> float:
        """Percentage points by which both together lower the share more than the two single falls added."""
        return self.fall("both").value - self.fall("first").value - self.fall("second").value


def parameters(plan: Mapping[str, float]) -> dict[str, float]:
    """Return all parameters of the chain by name, those of the plan's interventions at the plan's values.

    `plan`: intervention id → the value its parameter takes. Raises ValueError as `checked` does, but for any number of
    interventions.
    """
    values = {each.parameter: each.before for each in interventions().values()}
    for name, value in plan.items():
        values[_known(name).parameter] = _in_range(name, value)
    return values


def chain(plan: Mapping[str, float]) -> Chain:
    """Return the way from the plan's parameters to the share who return. Any number of interventions, none included.

    Raises ValueError as `parameters` does.
    """
    values = parameters(plan)
    now, before = _parts(values), _usual()
    cues = now["cues"] / before["cues"]
    distress = sum(
        weight * now[source] / before[source]
        for source, weight in (("withdrawal", _FROM_WITHDRAWAL), ("stress", 1.0 - _FROM_WITHDRAWAL))
    )
    craving = _craving(values, cues, distress) / before["craving"]
    act = now["act"] / before["act"]
    kept = 1.0 - evidence.value("ma-relapse-1y") / 100.0
    share = 1.0 - float(survival_from_hr(kept, craving * act))
    return Chain(cues, distress, craving, act, craving * act, share)


def checked(plan: object) -> dict[str, float]:
    """Return the plan as a dictionary of two ids and values; raises ValueError, one plain sentence, if it is none.

    A plan is `{"id": value, "other-id": value}`: two different interventions, each with a value from its assumed range.
    """
    if not isinstance(plan, Mapping):
        raise ValueError('A plan is written {"dbt": 0.7, "nac": 0.05}: in curly brackets, two names with a value each.')
    if len(plan) != 2:
        raise ValueError(f"A plan names two different interventions; yours names {len(plan)}.")
    return {str(name): _in_range(str(name), value) for name, value in plan.items()}


def run(plan: Mapping[str, float]) -> Outcome:
    """Return shares without, with either and with both interventions of a plan, with the bands of the assumed ranges.

    The bands come from the ends of the ranges: two for one intervention, four corners for both. Every step of the
    chain rises or falls with each parameter throughout its range, so nothing between the ends lies outside.
    Raises ValueError as `checked` does.
    """
    chosen = checked(plan)
    one, other = chosen
    return Outcome(
        names=(one, other),
        neither=chain({}).share,
        first=_band({one: chosen[one]}),
        second=_band({other: chosen[other]}),
        both=_band(chosen),
    )


def _band(chosen: Mapping[str, float]) -> Band:
    ends = [(interventions()[name].weak, interventions()[name].strong) for name in chosen]
    corners = [chain(dict(zip(chosen, corner, strict=True))).share for corner in product(*ends)]
    return Band(chain(chosen).share, min(corners), max(corners))


@cache
def _usual() -> Mapping[str, float]:
    """Return the parts without an intervention, and the craving of the ring they drive."""
    before = parameters({})
    return MappingProxyType(_parts(before) | {"craving": _craving(before, 1.0, 1.0)})


def _parts(p: Mapping[str, float]) -> dict[str, float]:
    """Return what the models of modules 03 to 06 give for these parameters, each in its own unit."""
    renewed = extinction_renewal(_TRIALS, p["alpha"], _LINK, _ELSEWHERE)[1][-1]
    return {
        "cues": float(wanting(1.0, 0.0, _DISCOUNT, p["kappa"])) * float(renewed),
        "withdrawal": areas(_USE_H, _TAU_A_H, _TAU_B_H, p["k_b"]).withdrawal,
        "stress": float(adapted_cortisol(p["stressor"], p["receptor_k"])),
        "act": float(choice_and_time(p["drift"], _BOUNDARY, _START)[0]),
    }


def _craving(p: Mapping[str, float], cues: float, distress: float) -> float:
    """Return craving at rest: the ring of module 07, with cues driving craving and distress driving overload."""
    gains = [p["g_craving"], p["g_overload"], p["g_regulation"]]
    return float(resting(gains, [cues, distress, 0.0])[0])


def _known(name: str) -> Intervention:
    table = interventions()
    if name not in table:
        raise ValueError(f'There is no intervention "{name}"; there are {", ".join(table)}.')
    return table[name]


def _in_range(name: str, value: object) -> float:
    each = _known(name)
    low, high = sorted((each.weak, each.strong))
    wanted = f"{name} needs a number from {low:g} to {high:g} ({each.says}; {each.before:g} without it)"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{wanted}; the plan gives {value!r}.")
    number = float(numbers(name, value))
    if not low <= number <= high:
        raise ValueError(f"{wanted}; the plan gives {number:g}.")
    return number
