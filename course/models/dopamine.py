"""Dopamine outside the cell: uptake at steady state, and three pools under a blocker or a releaser.

Teaching models of a group of rats' nerve terminals, not of a person. Their parameters are assumed unless a ledger id
stands beside them, and the three-pool set is calibrated to the size of the peak alone.
"""

from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from course import evidence
from course.models.checks import Array, fraction, increasing, not_negative, numbers, one_of, positive
from course.models.pharmacokinetics import absorption_rate_from_tmax_per_h, bateman, elimination_rate_per_h

Mechanism = Literal["block", "block+vmat2", "releaser"]
Genotype = Literal["wild type", "transporter knock-out"]

_LONGEST_STEP_MIN = 0.1  # numerical: keeps the error below a thousandth while the drug level rises steeply


def michaelis_constant_um() -> float:
    """Return the transporter's Km for dopamine in µM (ledger: dat-km)."""
    return evidence.value("dat-km")


def steady_dopamine_um(
    release_um_per_s: ArrayLike, vmax_um_per_s: ArrayLike, km_um: ArrayLike, inhibition: ArrayLike = 0.0
) -> Array:
    """Return extracellular dopamine (µM) where release equals uptake: Km (1 + i) R / (Vmax - R).

    `inhibition` i = [blocker]/Ki of a competitive blocker. Where release is not below Vmax uptake can never keep up,
    and the answer is inf. Arguments broadcast. Raises ValueError for negative input, or Km or Vmax not above 0.
    """
    release, i = not_negative("release_um_per_s", release_um_per_s), not_negative("inhibition", inhibition)
    vmax, km = positive("vmax_um_per_s", vmax_um_per_s), positive("km_um", km_um)
    spare = vmax - release
    with np.errstate(divide="ignore"):
        return np.asarray(np.where(spare > 0.0, km * (1.0 + i) * release / np.maximum(spare, 0.0), np.inf))


def steady_dopamine_after_removal_um(
    release_um_per_s: float, vmax_um_per_s: float, km_um: float, removed_fraction: ArrayLike
) -> Array:
    """Return extracellular dopamine (µM) when a fraction of the transporters is gone; inf from 1 - R/Vmax on.

    Raises ValueError unless `removed_fraction` lies between 0 and below 1.
    """
    removed = fraction("removed_fraction", removed_fraction)
    if np.any(removed >= 1.0):
        raise ValueError("removed_fraction must be below 1: without a transporter this model has no uptake.")
    return steady_dopamine_um(release_um_per_s, vmax_um_per_s * (1.0 - removed), km_um)


def occupancy(dose: ArrayLike, half_occupancy_dose: float) -> Array:
    """Return the fraction of one kind of site that is occupied: dose/(dose + half-occupancy dose)."""
    amount, half = not_negative("dose", dose), positive("half_occupancy_dose", half_occupancy_dose)
    return np.asarray(amount / (amount + half))


def half_occupancy_dose(dose: float, occupied_fraction: float) -> float:
    """Return the dose that occupies half of the sites, from one dose with its occupied fraction (0 to 1, exclusive)."""
    if not 0.0 < occupied_fraction < 1.0:
        raise ValueError("occupied_fraction must lie between 0 and 1, ends excluded.")
    return float(positive("dose", dose)) * (1.0 - occupied_fraction) / occupied_fraction


def percent_of_to_percent_above(percent_of_basal: ArrayLike) -> Array:
    """Return "% above basal" for "% of basal": 100 points less, so unchanged dopamine is 100 % of and 0 % above."""
    return np.asarray(numbers("percent_of_basal", percent_of_basal) - 100.0)


@dataclass(frozen=True)
class ThreePoolParameters:
    """Rates of the three-pool model, per minute and µM; release at rest, Vmax and Km are the ledger's.

    All others are assumed: chosen for a peak of the published size.
    """

    release_um_per_min: float = field(default_factory=lambda: 60.0 * evidence.value("da-release-rate"))
    vmax_um_per_min: float = field(default_factory=lambda: 60.0 * evidence.value("dat-vmax"))
    km_um: float | None = None  # None: the ledger's dat-km
    cytosol_um: float = 1.2  # assumed: cytosolic pool without drug
    vesicles_um: float = 300.0  # assumed: vesicular pool without drug
    breakdown_per_min: float = 1.0  # assumed: monoamine oxidase in the cytosol
    leak_per_min: float = 0.04  # assumed: out of the vesicles
    leak_gain: float = 4.0  # assumed: the drug multiplies the leak by up to 1 + this
    efflux_fraction: float = 0.42  # assumed: reverse transport, as a fraction of Vmax
    efflux_half_um: float = 10.0  # assumed: cytosolic dopamine at half of the maximal efflux
    knock_out_synthesis_factor: float = 2.0  # assumed
    knock_out_clearance_per_min: float = 10.0  # assumed: loss outside the cell; cancels in percent of basal

    def __post_init__(self) -> None:
        """Raise ValueError for a rate that is negative, or one that must not be zero and is."""
        zero_allowed = ("breakdown_per_min", "leak_gain", "efflux_fraction")
        for name, number in vars(self).items():
            if number is not None:
                (not_negative if name in zero_allowed else positive)(name, number)
        if self.knock_out_synthesis_factor <= 1.0:
            raise ValueError("knock_out_synthesis_factor must exceed 1, or the knock-out has nothing left to release.")
        if self.release_um_per_min >= self.vmax_um_per_min:
            raise ValueError("release_um_per_min must be below vmax_um_per_min, or uptake can never keep up.")

    @property
    def km(self) -> float:
        """Km of the transporter in µM."""
        return michaelis_constant_um() if self.km_um is None else self.km_um


@dataclass(frozen=True)
class _Turnover:
    """What differs between the genotypes, in µM and minutes, so that both rest with the same two pools."""

    synthesis: float
    release: float
    packing: float
    recycles: bool


def _turnover(genotype: Genotype, p: ThreePoolParameters) -> _Turnover:
    """Return the rates whose drug-free fixed point is `p.cytosol_um` and `p.vesicles_um`.

    With the transporter all that is released comes back, so synthesis only replaces what is broken down. Without it
    nothing comes back: the terminal can release no more than it makes beyond breakdown.
    """
    breakdown = p.breakdown_per_min * p.cytosol_um
    recycles = genotype == "wild type"
    synthesis = breakdown * (1.0 if recycles else p.knock_out_synthesis_factor)
    release = p.release_um_per_min if recycles else synthesis - breakdown
    packing = (release + p.leak_per_min * p.vesicles_um) / p.cytosol_um
    return _Turnover(synthesis, release, packing, recycles)


@dataclass(frozen=True)
class ThreePoolTimeCourse:
    """What the three-pool model says at each of `minutes`; all arrays share its shape, concentrations in µM."""

    minutes: Array
    drug_ratio: Array
    extracellular_um: Array
    cytosol_um: Array
    vesicles_um: Array
    percent_of_basal: Array
    vesicles_percent: Array


def drug_free_fixed_point(
    genotype: Genotype = "wild type", parameters: ThreePoolParameters | None = None
) -> tuple[float, float, float]:
    """Return (extracellular, cytosol, vesicles) in µM at rest, where nothing changes and no drug is there."""
    one_of("genotype", genotype, get_args(Genotype))
    p = parameters or ThreePoolParameters()
    pools = np.array([[p.cytosol_um, p.vesicles_um]])
    extracellular = _extracellular(np.zeros(1), pools, "block", _turnover(genotype, p), p, firing=1.0)
    return float(extracellular[0]), p.cytosol_um, p.vesicles_um


def drug_ratio_after_injection(
    minutes: ArrayLike,
    peak_ratio: float,
    half_life_h: float,
    peak_minute: float = 20.0,  # assumed: absorption after an injection into a rat's belly takes minutes
) -> Array:
    """Return m = [drug]/Ki at each of `minutes` after an injection at minute 0: it rises to `peak_ratio`, then falls.

    One compartment; the minute of the peak is assumed. Shape of `minutes`. Raises ValueError for a negative ratio, or
    a half-life or peak minute that is not positive.
    """
    elimination = float(elimination_rate_per_h(half_life_h))
    absorption = absorption_rate_from_tmax_per_h(float(positive("peak_minute", peak_minute)) / 60.0, elimination)
    hours = np.append(np.ravel(numbers("minutes", minutes)), peak_minute) / 60.0
    level = bateman(hours, 1.0, 1.0, 1.0, absorption, elimination)
    relative = level[:-1] / level[-1]
    return np.asarray(float(not_negative("peak_ratio", peak_ratio)) * relative.reshape(np.shape(minutes)))


def three_pool_time_course(
    minutes: ArrayLike,
    drug_ratio: ArrayLike,
    mechanism: Mechanism,
    genotype: Genotype = "wild type",
    parameters: ThreePoolParameters | None = None,
    firing: float = 1.0,
) -> ThreePoolTimeCourse:
    """Return dopamine outside the cell, in the cytosol and in vesicles after a drug arrives at `minutes[0]`.

    `drug_ratio` m = [drug]/Ki: one number, or one for each of `minutes` (straight lines between).
    `mechanism`: "block" keeps dopamine from being taken up (competitively); "block+vmat2" also empties the vesicles
    (more leak, less packing); "releaser" also turns the transporter round (efflux).
    `genotype`: the knock-out has no transporter, so no uptake, no efflux and no recycling.
    `firing`: release relative to rest (0: no impulses). Idea: Sulzer 2011; equations reduced, values assumed.
    Raises ValueError for times that do not increase, an unknown word, negative input, or more release than uptake.
    """
    p = parameters or ThreePoolParameters()
    one_of("mechanism", mechanism, get_args(Mechanism))
    one_of("genotype", genotype, get_args(Genotype))
    not_negative("firing", firing)
    time, ratio = increasing("minutes", minutes), not_negative("drug_ratio", drug_ratio)
    if ratio.shape not in ((), time.shape):
        raise ValueError("drug_ratio must be one number, or one for each of minutes.")
    ratio = np.broadcast_to(ratio, time.shape).copy()

    turnover = _turnover(genotype, p)
    pools = _pools(time, ratio, mechanism, turnover, p, firing)
    extracellular = _extracellular(ratio, pools, mechanism, turnover, p, firing)
    basal, _, vesicles_at_rest = drug_free_fixed_point(genotype, p)
    if basal == 0.0:
        raise ValueError("At rest this cell releases nothing, so no percentage of its baseline exists.")
    return ThreePoolTimeCourse(
        minutes=time,
        drug_ratio=ratio,
        extracellular_um=extracellular,
        cytosol_um=pools[:, 0],
        vesicles_um=pools[:, 1],
        percent_of_basal=100.0 * extracellular / basal,
        vesicles_percent=100.0 * pools[:, 1] / vesicles_at_rest,
    )


def _pools(
    time: Array, ratio: Array, mechanism: Mechanism, turnover: _Turnover, p: ThreePoolParameters, firing: float
) -> Array:
    """Return cytosol and vesicles, shape (len(time), 2), from rest at `time[0]`.

    The two pools obey linear equations whose coefficients depend on the drug alone, so each step is a matrix
    exponential: exact for a constant drug level, of fourth order (Magnus) for a changing one. Nothing can become
    unstable, and a closed system loses nothing.
    """
    fine = np.union1d(time, np.arange(time[0], time[-1], _LONGEST_STEP_MIN))
    level, h = np.interp(fine, time, ratio), np.diff(fine)[:, None, None]
    at_knots = _generators(level, mechanism, turnover, p, firing)
    midway = _generators((level[1:] + level[:-1]) / 2.0, mechanism, turnover, p, firing)
    start, end = at_knots[:-1], at_knots[1:]
    # numerical: Magnus expansion of fourth order
    steps = _matrix_exponentials(h / 6.0 * (start + 4.0 * midway + end) - h**2 / 12.0 * (start @ end - end @ start))
    states = np.empty((fine.size, 3))
    states[0] = (p.cytosol_um, p.vesicles_um, 1.0)
    for i, step in enumerate(steps):
        states[i + 1] = step @ states[i]
    return np.asarray(states[np.searchsorted(fine, time), :2])


def _generators(
    ratio: Array, mechanism: Mechanism, turnover: _Turnover, p: ThreePoolParameters, firing: float
) -> Array:
    """Return matrices G, shape (len(ratio), 3, 3), with d/dt (cytosol, vesicles, 1) = G (cytosol, vesicles, 1)."""
    on_vesicles = np.zeros_like(ratio) if mechanism == "block" else ratio
    leak = p.leak_per_min * (1.0 + p.leak_gain * on_vesicles / (1.0 + on_vesicles))
    packing = turnover.packing / (1.0 + on_vesicles)
    release = firing * turnover.release / p.vesicles_um
    generators = np.zeros((ratio.size, 3, 3))
    generators[:, 0, 0] = -p.breakdown_per_min - packing
    # Uptake is fast: what leaves the cell by release or efflux comes back at once. So efflux costs the cytosol nothing
    # on balance, and release moves dopamine from the vesicles into the cytosol; without transporter it is lost.
    generators[:, 0, 1] = leak + (release if turnover.recycles else 0.0)
    generators[:, 0, 2] = turnover.synthesis
    generators[:, 1, 0] = packing
    generators[:, 1, 1] = -leak - release
    return generators


def _extracellular(
    ratio: Array, pools: Array, mechanism: Mechanism, turnover: _Turnover, p: ThreePoolParameters, firing: float
) -> Array:
    """Return the extracellular dopamine (µM) at which clearance equals outflow, which it reaches within a second."""
    cytosol, vesicles = pools[:, 0], pools[:, 1]
    outflow = firing * turnover.release * vesicles / p.vesicles_um
    if not turnover.recycles:
        return np.asarray(outflow / p.knock_out_clearance_per_min)
    if mechanism == "releaser":
        reverse = p.efflux_fraction * p.vmax_um_per_min * ratio / (1.0 + ratio)
        outflow = outflow + reverse * cytosol / (p.efflux_half_um + cytosol)
    if np.any(outflow >= p.vmax_um_per_min):
        raise ValueError("More dopamine leaves the cell than the transporter can take up; lower release or efflux.")
    return steady_dopamine_um(outflow, p.vmax_um_per_min, p.km, ratio)


def _matrix_exponentials(matrices: Array) -> Array:
    """Return exp of each matrix of a stack: the Taylor series of the matrix halved n times, then squared n times."""
    largest = float(np.max(np.sum(np.abs(matrices), axis=1), initial=1.0))
    halvings = int(np.ceil(np.log2(largest))) + 3
    small = matrices / 2.0**halvings
    power = total = np.broadcast_to(np.eye(matrices.shape[-1]), matrices.shape)
    for order in range(1, 11):  # numerical: the norm is at most 1/8, so the eleventh term is below 1e-17
        power = power @ small / order
        total = total + power
    for _ in range(halvings):
        total = total @ total
    return np.asarray(total)
