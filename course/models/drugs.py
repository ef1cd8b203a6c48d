"""The two drugs of module 01: how people clear them, and how a rat's dopamine peak grows with their dose.

Every number is read from the evidence ledger by its id, or says `assumed`. Levels are relative to the peak of one
dose and doses are per body weight of a rat: nothing here may be used to plan a dose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from course.evidence import value
from course.models import pharmacokinetics as pk
from course.models.checks import Array, not_negative, one_of, positive

DRUGS = ("methamphetamine", "cocaine")

# assumed: nearly all cocaine is broken down to metabolites before it leaves, so urine hardly sets its clearance
_COCAINE_RENAL_SHARE = 0.05


@dataclass(frozen=True)
class Route:
    """One way in. `absorption_rate_per_h` is None for a vein, `bioavailability` None where the ledger has no number."""

    name: str
    half_life_h: float
    absorption_rate_per_h: float | None
    bioavailability: float | None


@dataclass(frozen=True)
class DrugKinetics:
    """How people clear a drug: one compartment, group means, per kg of body weight."""

    name: str
    volume_l_per_kg: float
    clearance_l_per_h_per_kg: float
    renal_clearance_l_per_h_per_kg: float
    routes: Mapping[str, Route]


@dataclass(frozen=True)
class DoseResponse:
    """A rat's dopamine peak against dose, as a Hill curve from 100 % of basal to a maximum."""

    name: str
    half_maximal_dose_mg_per_kg: float
    hill_coefficient: float
    maximum_percent_of_basal: float
    lowest_dose_mg_per_kg: float
    highest_dose_mg_per_kg: float


@cache
def kinetics(drug: str) -> DrugKinetics:
    """Return the human kinetics of "methamphetamine" or "cocaine"; raises ValueError for another name."""
    one_of("drug", drug, DRUGS)
    return _methamphetamine() if drug == "methamphetamine" else _cocaine()


def half_life_h(drug: str, route: str, urinary_factor: float = 1.0) -> float:
    """Return the half-life in hours when the renal clearance is multiplied by `urinary_factor` (1: as published)."""
    body, way = kinetics(drug), _route(drug, route)
    changed = pk.half_life_with_urinary_clearance(
        way.half_life_h, body.clearance_l_per_h_per_kg, body.renal_clearance_l_per_h_per_kg, urinary_factor
    )
    return float(changed)


def relative_level(
    time_h: ArrayLike,
    drug: str,
    route: str,
    urinary_factor: float = 1.0,
    dose_times_h: ArrayLike = (0.0,),
) -> Array:
    """Return the plasma level at `time_h` (hours), in its shape, after equal doses at `dose_times_h`.

    1 is the highest level that one dose leaves by the same route when the renal clearance is as published
    (`urinary_factor` 1). Raises ValueError for an unknown drug or route, or a negative factor.
    """
    way = _route(drug, route)
    elimination = float(pk.elimination_rate_per_h(half_life_h(drug, route, urinary_factor)))
    peak = 1.0
    if way.absorption_rate_per_h is not None:
        usual = float(pk.elimination_rate_per_h(way.half_life_h))
        peak = float(_single(way, usual, pk.time_of_maximum_h(way.absorption_rate_per_h, usual)))
    return pk.repeated_doses(time_h, dose_times_h, lambda hours: _single(way, elimination, hours) / peak)


def dose_response(drug: str) -> DoseResponse:
    """Return the illustrative curve of "methamphetamine" or "cocaine"; raises ValueError for another name.

    The shared maximum (ledger: ma-da-peak-nac) and the range of doses are published (Desai 2010, rat, NAc shell,
    cumulative doses). Half-maximal doses and steepness are assumed, chosen so that the highest dose comes to
    1200-1300 % of basal and doses that rats take for the training dose to 200-400 % (da-full-substitution-range).
    """
    one_of("drug", drug, DRUGS)
    half_maximal = {"methamphetamine": 0.64, "cocaine": 16.0}[drug]  # assumed
    lowest, highest = {
        "methamphetamine": ("ma-dose-rat-lowest", "ma-dose-rat-highest"),
        "cocaine": ("cocaine-dose-rat-lowest", "cocaine-dose-rat-highest"),
    }[drug]
    return DoseResponse(
        name=drug,
        half_maximal_dose_mg_per_kg=half_maximal,
        hill_coefficient=2.5,  # assumed
        maximum_percent_of_basal=value("ma-da-peak-nac"),
        lowest_dose_mg_per_kg=value(lowest),
        highest_dose_mg_per_kg=value(highest),
    )


def peak_percent_of_basal(dose_mg_per_kg: ArrayLike, curve: DoseResponse) -> Array:
    """Return the dopamine peak in % of basal at each dose (mg/kg, rat), in the shape of the doses.

    Dose 0 gives 100. Raises ValueError for a negative dose.
    """
    dose, half = not_negative("dose_mg_per_kg", dose_mg_per_kg), positive("half", curve.half_maximal_dose_mg_per_kg)
    effect = dose**curve.hill_coefficient / (dose**curve.hill_coefficient + half**curve.hill_coefficient)
    return np.asarray(100.0 + (curve.maximum_percent_of_basal - 100.0) * effect)


def _single(way: Route, elimination_rate_per_h: float, hours: Array) -> Array:
    """Return the level of one dose of size 1 in a volume of 1."""
    if way.absorption_rate_per_h is None:
        return pk.intravenous_bolus(hours, 1.0, 1.0, elimination_rate_per_h)
    return pk.bateman(hours, 1.0, 1.0, 1.0, way.absorption_rate_per_h, elimination_rate_per_h)


def _route(drug: str, route: str) -> Route:
    routes = kinetics(drug).routes
    one_of("route", route, tuple(routes))
    return routes[route]


def _methamphetamine() -> DrugKinetics:
    # The ledger has no half-life for oral use alone, so the mean over studies of people stands in.
    smoked, oral = value("ma-half-life-smoked"), value("ma-mean-half-life")
    intranasal = value("ma-half-life-intranasal")
    return DrugKinetics(
        name="methamphetamine",
        volume_l_per_kg=value("ma-volume-steady-state"),
        clearance_l_per_h_per_kg=value("ma-clearance"),
        renal_clearance_l_per_h_per_kg=value("ma-renal-clearance"),
        routes=_routes(
            Route("intravenous", value("ma-half-life-iv"), None, 1.0),
            Route("smoked", smoked, _from_tmax("ma-tmax-smoked", smoked), value("ma-bioavailability-smoked") / 100),
            Route(
                "intranasal",
                intranasal,
                _from_tmax("ma-tmax-intranasal", intranasal),
                value("ma-bioavailability-intranasal") / 100,
            ),
            Route("oral", oral, _from_tmax("ma-tmax-oral", oral), value("ma-bioavailability-oral") / 100),
        ),
    )


def _cocaine() -> DrugKinetics:
    half_life, volume = value("cocaine-half-life") / 60.0, value("cocaine-volume")
    clearance = volume * float(pk.elimination_rate_per_h(half_life))
    return DrugKinetics(
        name="cocaine",
        volume_l_per_kg=volume,
        clearance_l_per_h_per_kg=clearance,
        renal_clearance_l_per_h_per_kg=_COCAINE_RENAL_SHARE * clearance,
        routes=_routes(
            Route("intravenous", half_life, None, 1.0),
            Route("smoked", half_life, _from_half_life("cocaine-absorption-half-life-smoked"), None),
            Route(
                "intranasal",
                half_life,
                _from_half_life("cocaine-absorption-half-life-intranasal"),
                value("cocaine-bioavailability-intranasal") / 100,
            ),
        ),
    )


def _routes(*routes: Route) -> Mapping[str, Route]:
    return MappingProxyType({route.name: route for route in routes})


def _from_tmax(claim_id: str, half_life: float) -> float:
    return pk.absorption_rate_from_tmax_per_h(value(claim_id), float(pk.elimination_rate_per_h(half_life)))


def _from_half_life(claim_id: str) -> float:
    return float(pk.elimination_rate_per_h(value(claim_id) / 60.0))  # the ledger gives minutes
