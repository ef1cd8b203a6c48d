"""The dopamine models against closed forms, conservation, an independent integrator and published experiments."""

import time
from collections.abc import Callable, Iterator
from dataclasses import fields, replace

import numpy as np
import pytest

from course import evidence
from course.models import dopamine, drugs
from course.models.dopamine import ThreePoolParameters, three_pool_time_course

MINUTES = np.linspace(0.0, 180.0, 181)
GENOTYPES = ("wild type", "transporter knock-out")
RATIO = 3.0  # [drug]/Ki at which the releaser reaches the published peak of about 1200 %
RAT_HALF_LIFE_MIN = 60.0 * evidence.value("ma-half-life-rat")


# Steady state of uptake


def test_resting_dopamine_is_about_22_nanomolar() -> None:
    level = dopamine.steady_dopamine_um(
        evidence.value("da-release-rate"), evidence.value("dat-vmax"), evidence.value("dat-km")
    )
    assert float(level) == pytest.approx(0.02222, rel=1e-3)


def test_at_the_steady_state_uptake_equals_release() -> None:
    release, vmax, km, inhibition = np.array([0.1, 0.4, 3.9]), 4.0, 0.2, 2.5
    level = dopamine.steady_dopamine_um(release, vmax, km, inhibition)
    assert vmax * level / (km * (1 + inhibition) + level) == pytest.approx(release, rel=1e-12)


@pytest.mark.parametrize("inhibition", [0.0, 0.5, 1.0, 6.0])
def test_a_competitive_block_gives_exactly_100_times_one_plus_i_percent(inhibition: float) -> None:
    basal = dopamine.steady_dopamine_um(0.4, 4.0, 0.2)
    blocked = dopamine.steady_dopamine_um(0.4, 4.0, 0.2, inhibition)
    assert float(100 * blocked / basal) == pytest.approx(100 * (1 + inhibition), rel=1e-13)


def test_removing_transporters_diverges_where_uptake_can_no_longer_keep_up() -> None:
    level = dopamine.steady_dopamine_after_removal_um(0.4, 4.0, 0.2, [0.0, 0.89, 0.8999, 0.9, 0.95])
    assert level[0] == pytest.approx(0.2 * 0.4 / 3.6, rel=1e-12)
    assert np.all(np.diff(level[:4]) > 0)
    assert level[2] > 100.0
    assert np.isinf(level[3]) or level[3] > 1e12  # 4 * (1 - 0.9) is 0.4 but for rounding
    assert np.isinf(level[4])


def test_twice_the_dose_of_60_percent_occupancy_gives_75_percent_inside_the_published_range() -> None:
    published = evidence.claim("cocaine-dat-occupancy")
    assert published.teach_value is not None and published.teach_high is not None
    half = dopamine.half_occupancy_dose(0.3, published.teach_value / 100)
    predicted = float(dopamine.occupancy(0.6, half))
    assert predicted == pytest.approx(0.75, rel=1e-12)
    assert predicted <= published.teach_high / 100


def test_percent_of_and_percent_above_differ_by_100_points() -> None:
    assert dopamine.percent_of_to_percent_above([100.0, 1250.0]) == pytest.approx([0.0, 1150.0])


# Three pools


def rates(c: float, v: float, m: float, p: ThreePoolParameters, drug_on_vesicles: bool) -> tuple[float, float, float]:
    """Leak, packing and release by the equations of the model, written out again."""
    on = m if drug_on_vesicles else 0.0
    packing_constant = (p.release_um_per_min + p.leak_per_min * p.vesicles_um) / p.cytosol_um
    leak = p.leak_per_min * (1 + p.leak_gain * on / (1 + on)) * v
    return leak, packing_constant * c / (1 + on), p.release_um_per_min * v / p.vesicles_um


def efflux(c: float, m: float, p: ThreePoolParameters) -> float:
    return p.efflux_fraction * p.vmax_um_per_min * m / (1 + m) * c / (p.efflux_half_um + c)


def runge_kutta(
    derivative: Callable[[float, list[float]], list[float]], state: list[float], step: float, count: int
) -> Iterator[tuple[float, list[float]]]:
    t = 0.0
    for _ in range(count):
        k1 = derivative(t, state)
        k2 = derivative(t + step / 2, [x + step / 2 * k for x, k in zip(state, k1, strict=True)])
        k3 = derivative(t + step / 2, [x + step / 2 * k for x, k in zip(state, k2, strict=True)])
        k4 = derivative(t + step, [x + step * k for x, k in zip(state, k3, strict=True)])
        state = [x + step / 6 * (a + 2 * b + 2 * c + d) for x, a, b, c, d in zip(state, k1, k2, k3, k4, strict=True)]
        t += step
        yield t, state


def decaying(t: float) -> float:
    return RATIO * 2.0 ** (-t / RAT_HALF_LIFE_MIN)


@pytest.mark.parametrize("injected", [False, True])
def test_the_time_course_agrees_with_runge_kutta_at_a_fiftieth_of_a_minute(injected: bool) -> None:
    p, km = ThreePoolParameters(), evidence.value("dat-km")
    half_life_h = RAT_HALF_LIFE_MIN / 60
    at_grid = (
        dopamine.drug_ratio_after_injection(MINUTES, RATIO, half_life_h)
        if injected
        else np.array([decaying(t) for t in MINUTES])
    )

    def drug(t: float) -> float:
        return float(np.interp(t, MINUTES, at_grid))

    def derivative(t: float, state: list[float]) -> list[float]:
        c, v = state
        m = drug(t)
        leak, packing, release = rates(c, v, m, p, drug_on_vesicles=True)
        out = release + efflux(c, m, p)  # leaves the cell and, uptake being fast, comes back
        made = p.breakdown_per_min * (p.cytosol_um - c)
        return [made + leak - packing - efflux(c, m, p) + out, packing - leak - release]

    course = three_pool_time_course(MINUTES, at_grid, "releaser")
    seen = 0
    for t, (c, v) in runge_kutta(derivative, [p.cytosol_um, p.vesicles_um], 0.02, 9000):
        minute = round(t)
        if abs(t - minute) > 1e-6:
            continue
        out = rates(c, v, drug(t), p, True)[2] + efflux(c, drug(t), p)
        expected = km * (1 + drug(t)) * out / (p.vmax_um_per_min - out)
        assert course.cytosol_um[minute] == pytest.approx(c, rel=1e-3)
        assert course.vesicles_um[minute] == pytest.approx(v, rel=1e-3)
        assert course.extracellular_um[minute] == pytest.approx(expected, rel=1e-3)
        seen += 1
    assert seen == 180


def test_treating_uptake_as_instantaneous_costs_less_than_a_thousandth() -> None:
    p, km = ThreePoolParameters(), evidence.value("dat-km")

    def derivative(t: float, state: list[float]) -> list[float]:
        e, c, v = state
        leak, packing, release = rates(c, v, decaying(t), p, drug_on_vesicles=True)
        uptake = p.vmax_um_per_min * e / (km * (1 + decaying(t)) + e)
        out = release + efflux(c, decaying(t), p)
        made = p.breakdown_per_min * (p.cytosol_um - c)
        return [out - uptake, made + leak - packing - efflux(c, decaying(t), p) + uptake, packing - leak - release]

    times = np.linspace(0.0, 20.0, 21)
    course = three_pool_time_course(times, [decaying(t) for t in times], "releaser")
    rest = list(dopamine.drug_free_fixed_point())
    for t, (e, _, _) in runge_kutta(derivative, rest, 0.001, 20_000):
        minute = round(t)
        if minute >= 2 and abs(t - minute) < 1e-7:
            assert course.extracellular_um[minute] == pytest.approx(e, rel=1e-3)


@pytest.mark.parametrize("genotype", GENOTYPES)
@pytest.mark.parametrize("mechanism", ["block", "block+vmat2", "releaser"])
def test_without_drug_nothing_moves(genotype: dopamine.Genotype, mechanism: dopamine.Mechanism) -> None:
    extracellular, cytosol, vesicles = dopamine.drug_free_fixed_point(genotype)
    course = three_pool_time_course(MINUTES, 0.0, mechanism, genotype)
    assert course.extracellular_um == pytest.approx(np.full(181, extracellular), rel=1e-9)
    assert course.cytosol_um == pytest.approx(np.full(181, cytosol), rel=1e-9)
    assert course.vesicles_um == pytest.approx(np.full(181, vesicles), rel=1e-9)
    assert course.percent_of_basal == pytest.approx(np.full(181, 100.0), rel=1e-9)


def test_the_resting_level_is_that_of_the_uptake_model() -> None:
    assert dopamine.drug_free_fixed_point()[0] == pytest.approx(
        float(dopamine.steady_dopamine_um(0.4, 4.0, evidence.value("dat-km"))), rel=1e-12
    )


@pytest.mark.parametrize("ratio", [1.0, 3.0, 6.0])
def test_a_closed_cell_loses_no_dopamine(ratio: float) -> None:
    closed = replace(ThreePoolParameters(), breakdown_per_min=0.0)  # and so no synthesis either
    course = three_pool_time_course(MINUTES, ratio * np.exp(-MINUTES / 100), "releaser", parameters=closed)
    assert np.ptp(course.vesicles_um) > 2.0 * ratio  # dopamine does move between the pools
    assert course.cytosol_um + course.vesicles_um == pytest.approx(np.full(181, 301.2), rel=1e-10)


@pytest.mark.parametrize("ratio", [1.0, 3.0, 6.0])
def test_a_pure_blocker_gives_a_flat_plateau(ratio: float) -> None:
    course = three_pool_time_course(MINUTES, ratio, "block")
    assert course.percent_of_basal == pytest.approx(np.full(181, 100 * (1 + ratio)), rel=1e-9)
    assert course.vesicles_percent == pytest.approx(np.full(181, 100.0), rel=1e-9)


def test_the_releaser_reaches_the_published_size_of_the_peak() -> None:
    published = evidence.claim("dat-knockout-no-rise").teach_value
    assert published is not None
    peak = three_pool_time_course(MINUTES, RATIO, "releaser").percent_of_basal.max()
    assert 100 * published <= peak <= 1300


def test_without_transporter_dopamine_never_rises_though_the_vesicles_empty_in_both_genotypes() -> None:
    normal = three_pool_time_course(MINUTES, RATIO, "releaser")
    knock_out = three_pool_time_course(MINUTES, RATIO, "releaser", "transporter knock-out")
    assert np.all(knock_out.percent_of_basal <= 100 * (1 + 1e-9))
    assert normal.percent_of_basal.max() > 900
    assert normal.vesicles_percent[-1] < 30
    assert knock_out.vesicles_percent[-1] < 30


def test_without_impulses_the_releaser_still_acts_and_the_blocker_has_nothing_to_block() -> None:
    assert three_pool_time_course(MINUTES, RATIO, "releaser", firing=0.0).percent_of_basal.max() > 200
    assert np.all(three_pool_time_course(MINUTES, 6.0, "block", firing=0.0).percent_of_basal == 0.0)


def test_a_blocker_that_also_empties_vesicles_drains_them_like_the_releaser_but_needs_impulses() -> None:
    draining = three_pool_time_course(MINUTES, RATIO, "block+vmat2")
    releaser = three_pool_time_course(MINUTES, RATIO, "releaser")
    assert draining.vesicles_um == pytest.approx(releaser.vesicles_um, rel=1e-12)
    assert draining.percent_of_basal[0] == pytest.approx(100 * (1 + RATIO), rel=1e-12)
    assert draining.percent_of_basal[-1] < 100 < releaser.percent_of_basal[-1]
    assert np.all(three_pool_time_course(MINUTES, RATIO, "block+vmat2", firing=0.0).percent_of_basal == 0.0)


@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
def test_in_a_rat_dopamine_is_back_below_the_baseline_after_three_hours(ratio: float) -> None:
    at_once = ratio * 2.0 ** (-MINUTES / RAT_HALF_LIFE_MIN)
    absorbed = dopamine.drug_ratio_after_injection(MINUTES, ratio, evidence.value("ma-half-life-rat"))
    for drug_ratio in (at_once, absorbed):
        course = three_pool_time_course(MINUTES, drug_ratio, "releaser")
        assert course.percent_of_basal.max() > 250
        assert np.argmax(course.percent_of_basal) < 60
        assert course.percent_of_basal[-1] < 100


def test_with_a_constant_drug_level_dopamine_falls_all_the_same() -> None:
    course = three_pool_time_course(MINUTES, RATIO, "releaser")
    assert course.percent_of_basal[-1] < 0.25 * course.percent_of_basal.max()


def random_parameters(seed: int) -> ThreePoolParameters:
    """Each assumed rate times a factor between 1/2 and 2, log-uniform."""
    draw = np.random.default_rng(seed)
    varied = {
        field.name: getattr(ThreePoolParameters(), field.name) * 2.0 ** draw.uniform(-1, 1)
        for field in fields(ThreePoolParameters)
        if field.name not in ("km_um", "knock_out_synthesis_factor")
    }
    # Efflux cannot exceed what the transporter carries: the fraction stays below the rest of Vmax.
    spare = 1.0 - varied["release_um_per_min"] / varied["vmax_um_per_min"]
    varied["efflux_fraction"] = min(varied["efflux_fraction"], 0.95 * spare)
    return ThreePoolParameters(**varied)


@pytest.mark.parametrize("seed", range(40))
def test_tolerance_and_no_rise_survive_halving_and_doubling_every_assumed_rate(seed: int) -> None:
    p = random_parameters(seed)
    normal = three_pool_time_course(MINUTES, 4.0, "releaser", parameters=p)
    knock_out = three_pool_time_course(MINUTES, 4.0, "releaser", "transporter knock-out", p)
    assert normal.percent_of_basal[-1] < 0.25 * normal.percent_of_basal.max()
    assert np.all(knock_out.percent_of_basal <= 100 * (1 + 1e-9))


def test_the_answer_does_not_depend_on_the_times_asked_for() -> None:
    drug = 3.0 * 2.0 ** (-MINUTES / RAT_HALF_LIFE_MIN)
    full = three_pool_time_course(MINUTES, drug, "releaser")
    few = three_pool_time_course([0.0, 7.3, 180.0], RATIO, "releaser")
    many = three_pool_time_course(np.linspace(0.0, 180.0, 1801), RATIO, "releaser")
    assert few.extracellular_um[1] == pytest.approx(many.extracellular_um[73], rel=1e-10)
    assert few.extracellular_um[2] == pytest.approx(many.extracellular_um[-1], rel=1e-10)
    assert full.minutes is not MINUTES
    assert few.percent_of_basal.shape == (3,)


def test_the_injected_drug_peaks_where_asked_and_decays_with_its_half_life() -> None:
    fine = np.linspace(0.0, 600.0, 6001)
    ratio = dopamine.drug_ratio_after_injection(fine, 4.0, 1.2, peak_minute=20.0)
    assert ratio.max() == pytest.approx(4.0, rel=1e-9)
    assert fine[np.argmax(ratio)] == pytest.approx(20.0, abs=0.1)
    assert ratio[-1] / ratio[-721] == pytest.approx(0.5, rel=1e-3)  # 72 minutes earlier
    assert ratio[0] == 0.0


def test_three_hours_are_computed_fast_enough_for_a_slider() -> None:
    three_pool_time_course(MINUTES, 1.0, "releaser")
    durations = []
    for _ in range(10):
        start = time.perf_counter()
        three_pool_time_course(MINUTES, RATIO, "releaser")
        durations.append(time.perf_counter() - start)
    assert min(durations) < 0.03  # the picture has the rest of the tenth of a second


# Dose and response


@pytest.mark.parametrize("drug", drugs.DRUGS)
def test_the_dose_response_meets_the_published_anchors(drug: str) -> None:
    curve = drugs.dose_response(drug)
    maximum, training = evidence.claim("ma-da-peak-nac"), evidence.claim("da-full-substitution-range")
    assert maximum.teach_low is not None and maximum.teach_high is not None
    assert training.teach_low is not None and training.teach_high is not None
    highest = float(drugs.peak_percent_of_basal(curve.highest_dose_mg_per_kg, curve))
    assert maximum.teach_low <= highest <= maximum.teach_high
    substitution = {"methamphetamine": evidence.value("ma-dose-rat-lowest"), "cocaine": 10.0}[drug]
    assert training.teach_low <= float(drugs.peak_percent_of_basal(substitution, curve)) <= training.teach_high


def test_both_drugs_share_one_maximum_and_start_at_the_baseline() -> None:
    curves = [drugs.dose_response(drug) for drug in drugs.DRUGS]
    assert len({curve.maximum_percent_of_basal for curve in curves}) == 1
    for curve in curves:
        level = drugs.peak_percent_of_basal([0.0, curve.half_maximal_dose_mg_per_kg, 1e6], curve)
        assert level == pytest.approx([100.0, (100 + curve.maximum_percent_of_basal) / 2, 1250.0], rel=1e-6)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: dopamine.steady_dopamine_um(-1.0, 4.0, 0.2), "release_um_per_s must not be negative"),
        (lambda: dopamine.steady_dopamine_um(0.4, 0.0, 0.2), "vmax_um_per_s must be greater than 0"),
        (lambda: dopamine.steady_dopamine_after_removal_um(0.4, 4.0, 0.2, 1.0), "must be below 1"),
        (lambda: dopamine.half_occupancy_dose(0.3, 1.0), "must lie between 0 and 1"),
        (lambda: three_pool_time_course(MINUTES, -1.0, "block"), "drug_ratio must not be negative"),
        (lambda: three_pool_time_course(MINUTES, [1.0, 2.0], "block"), "one for each of minutes"),
        (lambda: three_pool_time_course([0.0, 0.0], 1.0, "block"), "minutes must be a list"),
        (lambda: three_pool_time_course(MINUTES, 1.0, "magic"), 'mechanism is "magic"; choose one of block'),
        (lambda: three_pool_time_course(MINUTES, 1.0, "block", "mouse"), 'genotype is "mouse"; choose one of wild'),
        (lambda: ThreePoolParameters(release_um_per_min=300.0), "uptake can never keep up"),
        (lambda: ThreePoolParameters(leak_per_min=-1.0), "leak_per_min must be greater than 0"),
        (lambda: ThreePoolParameters(knock_out_synthesis_factor=1.0), "nothing left to release"),
        (
            lambda: three_pool_time_course(
                MINUTES, 50.0, "releaser", parameters=ThreePoolParameters(efflux_fraction=2.0)
            ),
            "More dopamine leaves the cell",
        ),
        (
            lambda: three_pool_time_course(
                MINUTES, 1.0, "releaser", "transporter knock-out", ThreePoolParameters(breakdown_per_min=0.0)
            ),
            "releases nothing",
        ),
        (lambda: drugs.dose_response("tea"), 'drug is "tea"'),
        (lambda: drugs.peak_percent_of_basal(-1.0, drugs.dose_response("cocaine")), "must not be negative"),
    ],
)
def test_impossible_input_is_one_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
