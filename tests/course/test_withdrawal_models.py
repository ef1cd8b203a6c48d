"""Models of module 05: closed forms, limiting cases and published numbers."""

import math

import numpy as np
import pytest

from course import evidence
from course.models import allostasis, opponent_process, relief_loop, transporter_recovery

# Opponent process


def euler(use, dt, tau_a, tau_b, k_b):
    """The two equations as the module states them, in many small steps."""
    a = b = 0.0
    felt = []
    for u in use:
        felt.append(a - b)
        a, b = a + dt * (u - a) / tau_a, b + dt * (k_b * u - b) / tau_b
    return np.array(felt)


@pytest.mark.parametrize("k_b", [0.0, 0.4, 1.0, 1.5, 3.0])
@pytest.mark.parametrize("tau_b", [2.0, 20.0, 60.0])
def test_the_area_of_feeling_is_the_duration_times_one_minus_k(k_b, tau_b):
    areas = opponent_process.areas(10.0, 1.0, tau_b, k_b)
    assert areas.high - areas.withdrawal == pytest.approx(10 * (1 - k_b), abs=1e-12)
    # ... and each part is what a sum over the drawn curve gives.
    time = np.linspace(0, 10 + 30 * tau_b, 400_001)
    felt = opponent_process.pulse(time, 10.0, 1.0, tau_b, k_b).felt
    assert areas.high == pytest.approx(np.trapezoid(np.maximum(felt, 0), time), abs=1e-4)
    assert areas.withdrawal == pytest.approx(np.trapezoid(np.maximum(-felt, 0), time), abs=1e-4)


def test_equal_strength_means_equal_areas_and_half_as_much_again_means_five_more():
    equal = opponent_process.areas(10.0, 1.0, 20.0, 1.0)
    assert equal.withdrawal == pytest.approx(equal.high, rel=1e-12)
    more = opponent_process.areas(10.0, 1.0, 20.0, 1.5)
    assert more.high - more.withdrawal == pytest.approx(-5.0, abs=1e-12)


def test_the_peak_is_where_the_formula_puts_it():
    peak = opponent_process.peak_time_h(1.0, 20.0, 1.0)
    assert peak == pytest.approx(math.log(20) / (1 - 1 / 20))
    assert peak == pytest.approx(3.153, abs=5e-4)
    around = opponent_process.pulse([peak - 0.01, peak, peak + 0.01], 50.0, 1.0, 20.0, 1.0).felt
    assert around[1] == max(around)
    assert opponent_process.peak_time_h(1.0, 20.0, 0.0) == math.inf
    assert opponent_process.peak_time_h(1.0, 20.0, 25.0) == 0.0


def test_late_withdrawal_fades_with_the_opponents_time_constant():
    late = opponent_process.pulse([80.0, 90.0], 10.0, 1.0, 20.0, 1.3).felt
    assert math.log(late[1] / late[0]) / 10 == pytest.approx(-1 / 20, abs=1e-9)
    assert late[0] < 0


@pytest.mark.parametrize("k_b", [0.5, 1.0, 2.5])
def test_feeling_crosses_once_and_its_lowest_point_is_found(k_b):
    turn = opponent_process.crossing_h(24.0, 1.0, 20.0, k_b)
    time = np.linspace(0, 400, 400_001)
    felt = opponent_process.pulse(time, 24.0, 1.0, 20.0, k_b).felt
    assert opponent_process.pulse(turn, 24.0, 1.0, 20.0, k_b).felt == pytest.approx(0, abs=1e-12)
    assert np.all(felt[(time > 0) & (time < turn - 1e-3)] > 0)
    assert np.all(felt[time > turn + 1e-3] < 0)
    assert opponent_process.deepest(24.0, 1.0, 20.0, k_b) == pytest.approx(felt.min(), abs=1e-6)


def test_no_opponent_no_withdrawal_and_too_fast_an_opponent_no_high():
    assert opponent_process.areas(10.0, 1.0, 20.0, 0.0) == opponent_process.Areas(10.0, 0.0)
    assert opponent_process.crossing_h(10.0, 1.0, 20.0, 0.0) == math.inf
    assert opponent_process.deepest(10.0, 1.0, 20.0, 0.0) == 0.0
    drowned = opponent_process.areas(10.0, 1.0, 2.0, 3.0)
    assert (drowned.high, drowned.withdrawal) == (0.0, pytest.approx(20.0))


def test_steps_agree_with_the_pulse_and_with_small_steps_of_the_equations():
    use = np.zeros(600)
    use[:100] = 1.0
    stepped = opponent_process.respond(use, 0.1, 1.0, 20.0, 1.2)
    exact = opponent_process.pulse(np.arange(600) * 0.1, 10.0, 1.0, 20.0, 1.2).felt
    assert stepped == pytest.approx(exact, abs=1e-12)
    assert stepped[0] == 0.0
    fine = euler(np.repeat(use, 100), 0.001, 1.0, 20.0, 1.2)[::100]
    assert stepped == pytest.approx(fine, abs=2e-3)


def test_a_graded_and_repeated_input_adds_up():
    rng = np.random.default_rng(5)
    one, other = rng.uniform(0, 1, (2, 200))
    both = opponent_process.respond(one + 2 * other, 0.25, 1.5, 8.0, 0.7)
    apart = [opponent_process.respond(use, 0.25, 1.5, 8.0, 0.7) for use in (one, other)]
    assert both == pytest.approx(apart[0] + 2 * apart[1], abs=1e-12)
    assert opponent_process.respond([], 0.1, 1.0, 20.0, 1.0).shape == (0,)


@pytest.mark.parametrize(
    "call",
    [
        lambda: opponent_process.respond([[1.0]], 0.1, 1.0, 20.0, 1.0),
        lambda: opponent_process.respond([1.0], 0.0, 1.0, 20.0, 1.0),
        lambda: opponent_process.respond([1.0], 0.1, 0.0, 20.0, 1.0),
        lambda: opponent_process.respond([math.nan], 0.1, 1.0, 20.0, 1.0),
        lambda: opponent_process.pulse(-1.0, 10.0, 1.0, 20.0, 1.0),
        lambda: opponent_process.pulse(1.0, 0.0, 1.0, 20.0, 1.0),
        lambda: opponent_process.areas(10.0, 1.0, 20.0, -1.0),
        lambda: opponent_process.areas(10.0, 20.0, 1.0, 1.0),
        lambda: allostasis.escalate(-1, 0.1, 0.1, 1.0, 1.0),
        lambda: allostasis.escalate(3, -0.1, 0.1, 1.0, 1.0),
        lambda: allostasis.escalate(3, 0.1, 1.1, 1.0, 1.0),
        lambda: allostasis.escalate(3, 0.1, 0.1, 0.0, 1.0),
        lambda: allostasis.set_points(3, 0.1, 0.1, 1.0, 1.0, -1),
        lambda: allostasis.settled_intake(0.1, 0.1, 1.0, 0.0),
        lambda: transporter_recovery.level(-1.0, 3.0, 72.2, 100.0, 16.0),
        lambda: transporter_recovery.level(1.0, 3.0, 72.2, 100.0, 0.0),
        lambda: transporter_recovery.tau_from_two_scans(14.0, 72.2, 3.0, 85.9, 100.0),
        lambda: transporter_recovery.tau_from_two_scans(3.0, 85.9, 14.0, 72.2, 100.0),
        lambda: transporter_recovery.tau_from_two_scans(3.0, 72.2, 14.0, 85.9, 85.9),
        lambda: transporter_recovery.allowed_range(1.0, 3.0, 72.2, 14.0, 85.9, 100.0),
        lambda: transporter_recovery.after_gain(0.0, 19.0),
        lambda: relief_loop.run(0, 0.0, 1.0, 20.0, 0.1),
        lambda: relief_loop.run(7, -0.1, 1.0, 20.0, 0.1),
        lambda: relief_loop.run(7, 0.0, 3.1, 20.0, 0.1),
        lambda: relief_loop.run(7, 0.0, 1.0, 1.0, 0.1),
        lambda: relief_loop.run(7, 0.0, 1.0, 20.0, 1.1),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$"):
        call()


# The set point


def test_three_days_of_escalation_by_hand():
    assert allostasis.escalate(3, 0.02, 0.1, 1.0, 1.0) == pytest.approx([1.0, 1.02, 1.0384], abs=1e-12)


@pytest.mark.parametrize(("drift", "reset", "effect", "start"), [(0.02, 0.1, 1.0, 1.0), (0.09, 0.1, 1.2, 2.5)])
def test_below_the_threshold_intake_settles_where_the_formula_says(drift, reset, effect, start):
    settled = allostasis.settled_intake(drift, reset, effect, start)
    assert settled == pytest.approx(start / effect / (1 - drift / (reset * effect)))
    intake = allostasis.escalate(2000, drift, reset, effect, start)
    assert intake[-1] == pytest.approx(settled, rel=1e-9)
    # ... and gets there as a geometric series does.
    factor = allostasis.growth(drift, reset, effect)
    assert factor == pytest.approx(1 + drift / effect - reset)
    day = np.arange(2000)
    assert intake == pytest.approx(settled + (intake[0] - settled) * factor**day, rel=1e-9)


def test_at_the_threshold_it_rises_in_a_straight_line():
    intake = allostasis.escalate(100, 0.1, 0.1, 1.0, 2.0)
    assert np.diff(intake) == pytest.approx(np.full(99, 0.2), rel=1e-9)
    assert allostasis.settled_intake(0.1, 0.1, 1.0, 2.0) == math.inf


def test_beyond_the_threshold_each_rise_is_larger_by_the_same_factor():
    rises = np.diff(allostasis.escalate(60, 0.2, 0.05, 1.5, 1.0))
    assert rises[1:] / rises[:-1] == pytest.approx(np.full(58, 1 + 0.2 / 1.5 - 0.05), rel=1e-9)
    assert allostasis.threshold_ratio(0.2, 0.05, 1.5) == pytest.approx(0.2 / (0.05 * 1.5))


def test_without_drift_nothing_moves_and_without_reset_it_always_does():
    assert allostasis.escalate(50, 0.0, 0.1, 1.0, 3.0) == pytest.approx(np.full(50, 3.0))
    assert allostasis.threshold_ratio(0.0, 0.0, 1.0) == 0.0
    assert allostasis.threshold_ratio(0.01, 0.0, 1.0) == math.inf


def test_abstinence_brings_the_set_point_back_by_the_same_share_each_day():
    points = allostasis.set_points(30, 0.08, 0.1, 1.0, 1.0, 40)
    assert points.shape == (71,)
    away = points[30:] - 1.0
    assert away[1:] / away[:-1] == pytest.approx(np.full(40, 0.9), rel=1e-9)


# The transporter


def test_the_ledgers_numbers_give_the_published_arithmetic():
    start = 100 + evidence.value("dat-reduction-caudate")
    assert start == pytest.approx(72.2)
    gained = float(transporter_recovery.after_gain(start, evidence.value("dat-recovery-caudate")))
    assert gained == pytest.approx(85.9, abs=0.05)  # and not 91.2, which adds per cent of different things
    assert float(transporter_recovery.gain_to_plateau(start, 100.0)) == pytest.approx(38.5, abs=0.05)
    putamen = 100 + evidence.value("dat-reduction-putamen")
    assert float(transporter_recovery.after_gain(putamen, evidence.value("dat-recovery-putamen"))) == pytest.approx(
        91.5, abs=0.05
    )


@pytest.mark.parametrize(("plateau", "tau"), [(100.0, 16.204), (90.0, 7.5), (87.0, 4.2)])
def test_any_plateau_fits_two_scans_with_a_time_constant_of_its_own(plateau, tau):
    found = transporter_recovery.tau_from_two_scans(3.0, 72.2, 14.0, 85.9, plateau)
    assert found == pytest.approx(tau, abs=0.05 if plateau < 100 else 5e-4)
    assert transporter_recovery.level([3.0, 14.0], 3.0, 72.2, plateau, found) == pytest.approx([72.2, 85.9])
    assert float(transporter_recovery.level(1e4, 3.0, 72.2, plateau, found)) == pytest.approx(plateau)


@pytest.mark.parametrize("month", [3.0, 5.0, 10.0, 14.0, 20.0, 36.0])
def test_every_curve_through_both_scans_stays_in_the_allowed_range(month):
    low, high = transporter_recovery.allowed_range(month, 3.0, 72.2, 14.0, 85.9, 100.0)
    for plateau in (85.9001, 86.5, 90.0, 95.0, 100.0):
        tau = transporter_recovery.tau_from_two_scans(3.0, 72.2, 14.0, 85.9, plateau)
        level = float(transporter_recovery.level(month, 3.0, 72.2, plateau, tau))
        assert low - 1e-9 <= level <= high + 1e-9
    if month in (3.0, 14.0):
        assert high - low == pytest.approx(0, abs=1e-9)


def test_after_the_second_scan_the_later_the_third_the_more_it_tells():
    widths = [
        np.diff(transporter_recovery.allowed_range(month, 3.0, 72.2, 14.0, 85.9, 100.0))[0]
        for month in (16, 20, 30, 60, 1000)
    ]
    assert widths == sorted(widths)
    assert widths[-1] == pytest.approx(100 - 85.9)


# The loop of relief


def test_an_ordinary_opponent_without_distress_or_strengthening_makes_no_loop():
    loop = relief_loop.run(28, 0.0, 1.0, 20.0, 0.0)
    assert loop.relief_h.size == 0
    assert loop.other_h == pytest.approx(np.arange(10) * 72.0)
    assert loop.relief_share == 0.0
    assert set(loop.strengths) == {1.0}


def test_mood_is_the_opponent_process_less_the_distress():
    loop = relief_loop.run(2, 0.1, 1.0, 20.0, 0.0)
    alone = opponent_process.pulse(loop.time_h, relief_loop.USE_H, relief_loop.TAU_A_H, 20.0, 1.0).felt - 0.1
    until = loop.relief_h[0] if loop.relief_h.size else 48.0
    early = loop.time_h <= until
    assert loop.mood[early] == pytest.approx(alone[early], abs=1e-12)


def test_distress_makes_the_loop_although_the_opponent_is_the_same():
    calm, distressed = (relief_loop.run(28, distress, 1.0, 20.0, 0.0) for distress in (0.0, 0.2))
    assert calm.relief_h.size == 0
    assert distressed.relief_share > 0.9
    assert set(calm.strengths) == set(distressed.strengths) == {1.0}


def test_a_stronger_opponent_makes_the_loop_without_any_distress():
    loop = relief_loop.run(28, 0.0, 1.0, 20.0, 0.1)
    assert 0 < loop.relief_share < 1
    assert loop.relief_h[0] > 7 * 24  # first other reasons, then relief
    assert relief_loop.run(28, 0.0, 3.0, 20.0, 0.0).relief_share > 0.9


def test_uses_keep_their_distance_and_strengthen_by_a_share_of_the_way():
    loop = relief_loop.run(28, 0.1, 1.0, 30.0, 0.2)
    uses = np.sort(np.concatenate([loop.other_h, loop.relief_h]))
    assert np.diff(uses).min() >= relief_loop.REST_H
    left = relief_loop.STRONGEST - loop.strengths
    assert left[1:] / left[:-1] == pytest.approx(np.full(left.size - 1, 0.8))
    at_relief = np.searchsorted(loop.time_h, loop.relief_h)
    assert np.all(loop.mood[at_relief] <= relief_loop.LOW_MOOD)


def test_more_distress_never_means_less_use_for_relief():
    counts = [relief_loop.run(28, distress, 1.0, 20.0, 0.1).relief_h.size for distress in (0, 0.05, 0.1, 0.15, 0.2)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
