"""The plasma model against closed forms, conservation and the published numbers of module 01."""

from collections.abc import Callable

import numpy as np
import pytest

from course import evidence
from course.models import drugs
from course.models import pharmacokinetics as pk


def euler_bateman(time_h: float, absorption: float, elimination: float) -> float:
    """Integrate gut' = -ka gut, plasma' = ka gut - ke plasma by small midpoint steps: knows no closed form."""
    gut, plasma, steps = 1.0, 0.0, 20_000
    h = time_h / steps
    for _ in range(steps):
        middle_gut = gut - h / 2 * absorption * gut
        middle_plasma = plasma + h / 2 * (absorption * gut - elimination * plasma)
        gut -= h * absorption * middle_gut
        plasma += h * (absorption * middle_gut - elimination * middle_plasma)
    return plasma


def test_half_of_the_drug_is_left_after_one_half_life() -> None:
    rate = pk.elimination_rate_per_h(11.4)
    assert float(np.exp(-rate * 11.4)) == pytest.approx(0.5, rel=1e-12)


def test_about_23_percent_is_left_a_day_after_an_intravenous_dose() -> None:
    left = drugs.relative_level(24.0, "methamphetamine", "intravenous")
    assert float(left) == pytest.approx(2 ** (-24 / evidence.value("ma-half-life-iv")), rel=1e-12)
    assert float(left) == pytest.approx(0.23, abs=0.01)


def test_the_worked_example_of_the_exercise() -> None:
    level = pk.bateman([1.0, 2.0, 3.0], 30.0, 0.67, 294.0, 1.2, float(pk.elimination_rate_per_h(10.7)))
    assert level == pytest.approx([0.0460, 0.0569, 0.0575], abs=5e-5)


@pytest.mark.parametrize("absorption", [0.02, 0.3, 0.9, 2.0])
def test_the_closed_form_agrees_with_a_stepwise_integration(absorption: float) -> None:
    for time_h in (0.5, 3.0, 12.0):
        assert float(pk.bateman(time_h, 1.0, 1.0, 1.0, absorption, 0.3)) == pytest.approx(
            euler_bateman(time_h, absorption, 0.3), rel=1e-6
        )


@pytest.mark.parametrize(("absorption", "elimination"), [(1.2, 0.065), (0.065, 1.2), (38.0, 0.69)])
def test_the_peak_stands_where_the_formula_says(absorption: float, elimination: float) -> None:
    fine = np.linspace(0.0, 60.0, 600_001)
    level = pk.bateman(fine, 1.0, 1.0, 1.0, absorption, elimination)
    expected = np.log(absorption / elimination) / (absorption - elimination)
    assert fine[np.argmax(level)] == pytest.approx(expected, abs=1e-4)
    assert float(pk.time_of_maximum_h(absorption, elimination)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("absorption", "elimination"), [(1.2, 0.065), (0.065, 1.2)])
def test_the_peak_level_is_what_elimination_leaves_of_the_whole_dose(absorption: float, elimination: float) -> None:
    peak_time = float(pk.time_of_maximum_h(absorption, elimination))
    peak = float(pk.bateman(peak_time, 30.0, 0.67, 294.0, absorption, elimination))
    assert peak == pytest.approx(0.67 * 30.0 / 294.0 * np.exp(-elimination * peak_time), rel=1e-12)


@pytest.mark.parametrize("absorption", [0.3, 0.8, 1.2, 5.0])
def test_the_area_is_dose_over_clearance_whatever_the_absorption(absorption: float) -> None:
    elimination, volume = 0.0648, 4.2
    fine = np.linspace(0.0, 400.0, 400_001)
    area = pk.area_under_curve(fine, pk.bateman(fine, 1.0, 0.67, volume, absorption, elimination))
    assert area == pytest.approx(0.67 / (elimination * volume), rel=1e-4)


def test_equal_rates_are_no_exception() -> None:
    times = np.array([0.0, 1.0, 5.0, 40.0])
    assert pk.bateman(times, 1.0, 1.0, 1.0, 0.2, 0.2) == pytest.approx(0.2 * times * np.exp(-0.2 * times), rel=1e-14)
    assert float(pk.time_of_maximum_h(0.2, 0.2)) == pytest.approx(5.0, rel=1e-14)


def test_nothing_jumps_as_the_rates_come_together() -> None:
    limit = 0.2 * 5.0 * np.exp(-1.0)
    for gap in 10.0 ** np.arange(-16.0, -1.0):
        # The first two terms of the exact series in the gap: level = limit * (1 + gap/(2 k) * (2 - k t) + ...).
        expected = limit * (1.0 + gap / 0.4 * (2.0 - 1.0))
        assert float(pk.bateman(5.0, 1.0, 1.0, 1.0, 0.2 + gap, 0.2)) == pytest.approx(expected, rel=1e-14 + 20 * gap**2)


def test_very_slow_absorption_does_not_overflow() -> None:
    with np.errstate(all="raise", under="ignore"):
        level = pk.bateman([0.0, 1.0, 10_000.0], 1.0, 1.0, 1.0, 1e-3, 50.0)
    assert np.all(np.isfinite(level))
    assert level[1] == pytest.approx(1e-3 / 50.0 * np.exp(-1e-3), rel=1e-3)


@pytest.mark.parametrize("target", [0.05, 2.5, 3.2, 40.0])
def test_the_absorption_rate_is_recovered_from_the_time_of_the_peak(target: float) -> None:
    rate = pk.absorption_rate_from_tmax_per_h(target, 0.065)
    assert float(pk.time_of_maximum_h(rate, 0.065)) == pytest.approx(target, rel=1e-12)


def test_clearance_times_residence_time_is_the_published_volume() -> None:
    product = evidence.value("ma-clearance") * evidence.value("ma-mean-residence-time")
    assert product == pytest.approx(evidence.value("ma-volume-steady-state"), rel=0.05)


def test_the_published_clearance_and_volume_give_the_published_half_life() -> None:
    rate = evidence.value("ma-clearance") / evidence.value("ma-volume-steady-state")
    assert np.log(2) / rate == pytest.approx(evidence.value("ma-half-life-smoked"), rel=0.01)


def test_without_renal_clearance_the_half_life_is_stretched_by_158_percent() -> None:
    usual = drugs.half_life_h("methamphetamine", "intravenous")
    stretched = drugs.half_life_h("methamphetamine", "intravenous", urinary_factor=0.0)
    assert stretched / usual == pytest.approx(1.581, abs=5e-4)
    assert drugs.half_life_h("methamphetamine", "intravenous", urinary_factor=2.0) < usual
    assert usual == evidence.value("ma-half-life-iv")


def test_urine_hardly_touches_the_half_life_of_cocaine() -> None:
    usual = drugs.half_life_h("cocaine", "smoked")
    assert drugs.half_life_h("cocaine", "smoked", urinary_factor=0.0) == pytest.approx(usual, rel=0.06)


def test_two_doses_add_up_and_a_future_dose_adds_nothing() -> None:
    def decay(hours: np.ndarray) -> np.ndarray:
        assert np.all(hours >= 0), "asked about a time before the dose"
        return np.exp(-0.2 * hours)

    level = pk.repeated_doses([-1.0, 0.0, 4.0, 8.0], [0.0, 4.0, 8.0], decay)
    # At 4 h: 1 + e^-0.8 = 1.4493.
    assert level == pytest.approx([0.0, 1.0, 1.4493290, 1.0 + np.exp(-0.8) + np.exp(-1.6)], rel=1e-6)
    assert pk.repeated_doses(np.zeros((2, 3)), [], decay).shape == (2, 3)


def test_regular_doses_reach_the_plateau_of_the_geometric_series() -> None:
    half_life, interval = 11.4, 6.0
    rate = float(pk.elimination_rate_per_h(half_life))
    doses = np.arange(0.0, 40 * half_life, interval)
    peak = pk.repeated_doses(doses[-1], doses, lambda hours: np.exp(-rate * hours))
    assert float(peak) == pytest.approx(float(pk.accumulation_ratio(half_life, interval)), rel=1e-9)


def test_ninety_percent_of_the_plateau_takes_3_3_half_lives_whatever_the_half_life() -> None:
    count = float(pk.half_lives_to_fraction(0.9))
    assert count == pytest.approx(np.log2(10), rel=1e-12)
    assert count == pytest.approx(3.3, abs=0.05)
    for half_life in (1.0, 11.4):
        assert float(pk.fraction_of_steady_state(count * half_life, half_life)) == pytest.approx(0.9, rel=1e-12)


@pytest.mark.parametrize("drug", drugs.DRUGS)
def test_every_route_peaks_at_one_and_at_its_published_time(drug: str) -> None:
    fine = np.linspace(0.0, 48.0, 480_001)
    for route in drugs.kinetics(drug).routes:
        level = drugs.relative_level(fine, drug, route)
        assert level.max() == pytest.approx(1.0, abs=1e-6)
        assert level[-1] < 0.1
    tmax = {"smoked": "ma-tmax-smoked", "intranasal": "ma-tmax-intranasal", "oral": "ma-tmax-oral"}
    for route, claim_id in tmax.items():
        level = drugs.relative_level(fine, "methamphetamine", route)
        assert fine[np.argmax(level)] == pytest.approx(evidence.value(claim_id), abs=1e-3)


def test_arguments_are_not_changed_and_shapes_are_kept() -> None:
    times = np.arange(6.0).reshape(2, 3)
    before = times.copy()
    level = drugs.relative_level(times, "methamphetamine", "oral", dose_times_h=[0.0, 2.0])
    assert level.shape == (2, 3)
    assert level.dtype == np.float64
    assert np.array_equal(times, before)
    assert pk.bateman(1.0, 1.0, 1.0, 1.0, 1.0, 0.1).shape == ()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: pk.elimination_rate_per_h(0.0), "half_life_h must be greater than 0"),
        (lambda: pk.bateman(1.0, -1.0, 1.0, 1.0, 1.0, 1.0), "dose must not be negative"),
        (lambda: pk.bateman(1.0, 1.0, 1.5, 1.0, 1.0, 1.0), "bioavailability must lie between 0 and 1"),
        (lambda: pk.bateman(np.nan, 1.0, 1.0, 1.0, 1.0, 1.0), "time_h must hold finite numbers"),
        (lambda: pk.bateman("soon", 1.0, 1.0, 1.0, 1.0, 1.0), "time_h must be a number"),
        (lambda: pk.intravenous_bolus(1.0, 1.0, 0.0, 1.0), "volume must be greater than 0"),
        (lambda: pk.half_lives_to_fraction(1.0), "must be below 1"),
        (lambda: pk.half_life_with_urinary_clearance(10.0, 0.2, 0.3, 1.0), "cannot exceed"),
        (lambda: pk.half_life_with_urinary_clearance(10.0, 0.2, 0.2, 0.0), "never leave"),
        (lambda: pk.area_under_curve([0.0, 0.0], [1.0, 1.0]), "must increase"),
        (lambda: pk.area_under_curve([0.0, 1.0], [1.0]), "equally long"),
        (lambda: drugs.kinetics("tea"), 'drug is "tea"; choose one of methamphetamine, cocaine'),
        (lambda: drugs.half_life_h("cocaine", "oral"), 'route is "oral"; choose one of intravenous, smoked,'),
    ],
)
def test_impossible_input_is_one_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
