"""Discounting, diffusion, stopping, extinction and the switch: closed forms, limits and quoted numbers."""

import math

import numpy as np
import pytest

from course.models import discounting, extinction, stopping, switch
from course.models import drift_diffusion as ddm
from course.models.normal import normal_cdf

# Discounting


def test_half_is_left_after_one_over_k_and_ln2_over_r():
    assert discounting.hyperbolic(80, 1 / 0.37, 0.37) == pytest.approx(40)
    assert discounting.exponential(80, math.log(2) / 0.37, 0.37) == pytest.approx(40)
    assert discounting.exponential(80, 1 / 0.37, discounting.matching_rate(0.37, 1 / 0.37)) == pytest.approx(40)
    assert discounting.hyperbolic([10, 20], 0, 0.5) == pytest.approx([10, 20])


@pytest.mark.parametrize(("smaller", "gap", "k"), [(50, 30, 0.1), (40, 30, 0.1), (20, 3, 2.0), (90, 60, 0.02)])
def test_preference_turns_where_both_are_worth_the_same(smaller, gap, k):
    turn = discounting.reversal_delay(smaller, 100, gap, k)
    difference = [
        float(discounting.hyperbolic(100, t + gap, k) - discounting.hyperbolic(smaller, t, k))
        for t in (turn - 0.01, turn, turn + 0.01)
    ]
    assert difference[1] == pytest.approx(0, abs=1e-12)
    assert difference[0] < 0 < difference[2]  # nearer the smaller, further away the larger


def test_the_published_example_turns_twenty_days_before():
    assert discounting.reversal_delay(50, 100, 30, 0.1) == pytest.approx(20)


def test_waiting_never_turns_an_exponential_preference():
    t = np.linspace(0, 200, 300)
    ratio = discounting.exponential(100, t + 30, 0.07) / discounting.exponential(40, t, 0.07)
    assert ratio == pytest.approx(ratio[0] * np.ones(300))


def test_steeper_discounting_of_groups_leaves_most_of_them_in_common():
    assert 2 * normal_cdf(-0.61 / 2) == pytest.approx(0.760, abs=0.001)


@pytest.mark.parametrize("wrong", [(100, 50, 30, 0.1), (50, 100, 0, 0.1), (50, 100, 30, 0), (-1, 100, 30, 0.1)])
def test_no_reversal_is_asked_of_impossible_rewards(wrong):
    with pytest.raises(ValueError, match=r"must"):
        discounting.reversal_delay(*wrong)


# Diffusion


@pytest.mark.parametrize(("v", "a", "s"), [(1, 1.5, 1), (-0.8, 2.2, 0.7), (3, 0.9, 1.4)])
def test_from_the_middle_chance_and_time_are_the_textbook_ones(v, a, s):
    p, t = ddm.choice_and_time(v, a, a / 2, s)
    assert p == pytest.approx(1 / (1 + math.exp(-v * a / s**2)))
    assert t == pytest.approx(a / (2 * v) * math.tanh(v * a / (2 * s**2)))


def test_the_quoted_case():
    assert ddm.choice_and_time(1, 1.5, 0.75, 1) == pytest.approx((0.8176, 0.4764), abs=5e-5)


def test_without_drift_only_the_start_counts_and_small_drifts_join_it_smoothly():
    p, t = ddm.choice_and_time(0, 1.5, 0.6, 1.3)
    assert (p, t) == pytest.approx((0.6 / 1.5, 0.6 * 0.9 / 1.3**2))
    drifts = np.array([-2e-3, -1e-4, -6e-5, 0, 6e-5, 1e-4, 2e-3])
    p, t = ddm.choice_and_time(drifts, 1.5, 0.6, 1.3)
    # A smooth curve: what lies between neighbours is the mean of them, weighted.
    line_p, line_t = np.interp(drifts, drifts[[0, -1]], p[[0, -1]]), np.interp(drifts, drifts[[0, -1]], t[[0, -1]])
    assert p == pytest.approx(line_p, abs=1e-6)
    assert t == pytest.approx(line_t, abs=1e-6)


def test_strong_drifts_go_straight_and_mirror_each_other():
    p, t = ddm.choice_and_time(2000, 1.5, 0.6)
    assert (p, t) == pytest.approx((1, 0.9 / 2000))
    p, t = ddm.choice_and_time(-2000, 1.5, 0.6)
    assert (p, t) == pytest.approx((0, 0.6 / 2000))
    up, down = ddm.choice_and_time(0.7, 2, 0.5), ddm.choice_and_time(-0.7, 2, 1.5)
    assert (float(up[0]), float(up[1])) == pytest.approx((1 - float(down[0]), float(down[1])))


CASES = [(1, 1.5, 0.75, 1), (-0.7, 2, 0.4, 0.8), (0, 1, 0.6, 1.3), (2.5, 1.2, 0.3, 1), (0.02, 1, 0.3, 1)]


@pytest.mark.parametrize("case", CASES)
def test_the_densities_hold_the_chances_and_the_times(case):
    t = np.linspace(0, 25, 100_001)
    upper, lower = ddm.density(t, *case)
    p, mean = ddm.choice_and_time(*case)
    up, down = ddm.mean_times(*case)
    assert np.trapezoid(upper, t) == pytest.approx(float(p), abs=1e-6)
    assert np.trapezoid(lower, t) == pytest.approx(1 - float(p), abs=1e-6)
    assert np.trapezoid(upper * t, t) / p == pytest.approx(float(up), rel=1e-5)
    assert np.trapezoid(lower * t, t) / (1 - p) == pytest.approx(float(down), rel=1e-5)
    assert p * up + (1 - p) * down == pytest.approx(float(mean))


def test_both_series_of_the_density_meet_without_a_step():
    edge = ddm._SWITCH * 1.5**2
    sides = [ddm.density([edge - 1e-9, edge + 1e-9], *case) for case in ((1, 1.5, 0.5), (-1, 1.5, 1.2))]
    for upper, lower in sides:
        assert upper[0] == pytest.approx(upper[1], rel=1e-7)
        assert lower[0] == pytest.approx(lower[1], rel=1e-7)
    assert np.all(ddm.density([-1, 0], 1, 1.5, 0.5)[0] == 0)


@pytest.mark.parametrize("drift", [-4, -0.3, 0, 0.3, 4])
def test_from_the_middle_both_choices_are_equally_fast_and_a_bias_speeds_its_own(drift):
    up, down = ddm.mean_times(drift, 1.4, 0.7)
    assert up == pytest.approx(float(down))
    up, down = ddm.mean_times(drift, 1.4, 1.0)
    assert up < down


@pytest.mark.parametrize("case", [(1, 1.5, 0.75, 1), (0, 1.2, 0.3, 0.9)])
def test_a_simulated_walk_agrees_once_its_overshoot_is_allowed_for(case):
    v, a, z, s = case
    step, runs = 0.001, 20_000
    upper, times = ddm.simulate(v, a, z, s, step, runs, np.random.default_rng(6))
    b = ddm.SIEGMUND * s * math.sqrt(step)
    p, mean = ddm.choice_and_time(v, a + 2 * b, z + b, s)
    assert abs(upper.mean() - p) < 4 * math.sqrt(p * (1 - p) / runs)
    assert abs(times.mean() - mean) < 4 * times.std() / math.sqrt(runs)
    assert times.mean() == pytest.approx(float(mean), rel=0.02)


def test_the_overshoot_is_riemanns_zeta_at_one_half():
    zeta = -1.4603545088095868  # zeta(1/2)
    assert pytest.approx(-zeta / math.sqrt(2 * math.pi), abs=5e-5) == ddm.SIEGMUND


@pytest.mark.parametrize("start", [0.2, 0.7, 1.3])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.67, 0.95])
def test_a_drift_is_found_for_a_share(share, start):
    drift = ddm.drift_for(share, 1.4, start, 0.8)
    assert ddm.choice_and_time(drift, 1.4, start, 0.8)[0] == pytest.approx(share, abs=1e-9)


def test_ez_gives_back_its_published_example_and_what_the_model_was_made_of():
    published = ddm.fit(0.8022, 0.7231, 0.112035, noise=0.1)
    assert (published.drift, published.boundary, published.rest_s) == pytest.approx((0.1, 0.14, 0.3), rel=1e-3)
    t = np.linspace(0, 20, 80_001)
    upper, _ = ddm.density(t, 2.0, 1.1, 0.55)
    p, mean = ddm.choice_and_time(2.0, 1.1, 0.55)
    variance = np.trapezoid(upper * (t - mean) ** 2, t) / p
    found = ddm.fit(float(p), float(mean) + 0.25, float(variance))
    assert (found.drift, found.boundary, found.rest_s) == pytest.approx((2.0, 1.1, 0.25), rel=1e-5)


@pytest.mark.parametrize("wrong", [(1, 1.5, 0), (1, 1.5, 1.5), (1, -1, 0.5), (1, 1.5, 0.5, 0), (math.nan, 1, 0.5)])
def test_impossible_diffusions_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        ddm.choice_and_time(*wrong)


@pytest.mark.parametrize("wrong", [(0.5, 0.5, 0.1), (1, 0.5, 0.1), (0.8, 0, 0.1), (0.8, 0.5, 0)])
def test_impossible_times_are_not_fitted(wrong):
    with pytest.raises(ValueError, match="must"):
        ddm.fit(*wrong)


# Stopping


@pytest.fixture(scope="module")
def go_times():
    return 0.3 + ddm.simulate(2.5, 1.1, 0.55, 1.0, 0.002, 30_000, np.random.default_rng(4))[1]


@pytest.mark.parametrize("delay", [0.2, 0.25, 0.35])
def test_stopping_takes_what_was_put_into_the_race(go_times, delay):
    stop_takes = 0.22
    p = float(np.mean(go_times[:15_000] < delay + stop_takes))
    found = stopping.stop_signal_time(go_times[15_000:], 0, p, delay)
    # The standard error of a quantile: that of the share, over the density there.
    density = np.mean(np.abs(go_times - delay - stop_takes) < 0.01) / 0.02
    assert (
        abs(found - stop_takes) < 4 * math.sqrt(2 * p * (1 - p) / 15_000) / density + 0.002
    )  # and one step of the walk


def test_an_adapting_delay_stops_half_of_all_and_the_estimate_stays_within_half_a_step(go_times):
    delay, stop_takes, responded, delays = 0.25, 0.22, [], []
    for each in go_times[:6000]:
        delays.append(delay)
        responded.append(each < delay + stop_takes)
        delay = max(0.05, delay - 0.05) if responded[-1] else delay + 0.05
    assert np.mean(responded) == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(6000))
    found = stopping.stop_signal_time(go_times[6000:], 0, float(np.mean(responded)), float(np.mean(delays)))
    assert found == pytest.approx(stop_takes, abs=0.025)


def test_half_stopped_is_the_median_go_time_minus_the_delay_and_misses_count_as_slow():
    times = np.arange(400.0, 500.0)
    assert stopping.stop_signal_time(times, 0, 0.5, 250) == pytest.approx(449 - 250)
    with_misses = stopping.stop_signal_time(times, 20, 0.5, 250)
    assert with_misses == pytest.approx(459 - 250)


@pytest.mark.parametrize("wrong", [([], 0, 0.5, 200), ([400], -1, 0.5, 200), ([400], 0, 1.5, 200), ([0], 0, 0.5, 1)])
def test_stopping_is_not_estimated_from_nothing(wrong):
    with pytest.raises(ValueError, match="must"):
        stopping.stop_signal_time(*wrong)


# Extinction and renewal


@pytest.mark.parametrize(("rate", "h", "g"), [(0.2, 1, 0), (0.35, 0.6, 0.2), (0.5, 0.9, 0.9), (0, 1, 0.5)])
def test_extinction_and_renewal_follow_their_closed_forms(rate, h, g):
    here, elsewhere = extinction.extinction_renewal(20, rate, h, g)
    left = (1 - rate * h**2) ** np.arange(21)
    assert here == pytest.approx(left)
    assert elsewhere == pytest.approx(1 - g / h * (1 - left))


def test_a_weak_link_spares_more_when_it_was_weak_at_learning():
    learned = extinction.inhibition(20, 0.2, 1.0)
    assert extinction.response(learned, 0.5)[-1] == pytest.approx(0.506, abs=5e-4)
    assert extinction.extinction_renewal(20, 0.2, 0.5, 0.0)[0][-1] == pytest.approx(0.358, abs=1e-3)


def test_nothing_is_erased_and_nothing_is_less_than_no_response():
    assert np.all(extinction.extinction_renewal(30, 0.2, 1.0, 0.0)[1] == 1)
    stronger = extinction.extinction_renewal(40, 0.5, 0.3, 1.0)[1]
    assert stronger[-1] == 0
    assert np.all(extinction.extinction_renewal(10, 0.2, 0.0, 1.0)[0] == 1)  # no link: nothing is learned


@pytest.mark.parametrize(
    "wrong", [(-1, 0.2, 1, 0), (2.5, 0.2, 1, 0), (5, 1.2, 1, 0), (5, 0.2, -0.1, 0), (5, 0.2, 1, 2)]
)
def test_impossible_extinction_is_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        extinction.extinction_renewal(*wrong)


# The switch


@pytest.mark.parametrize(("w", "on", "off"), [(6, -2.585, -3.415), (7, -2.776, -4.224)])
def test_folds_lie_where_the_closed_form_puts_them(w, on, off):
    assert switch.folds(w) == pytest.approx((on, off), abs=5e-4)


@pytest.mark.parametrize("w", [4.2, 6, 8.5])
def test_three_states_between_the_folds_and_one_outside(w):
    on, off = switch.folds(w)
    for drive, count in {off - 0.01: 1, (on + off) / 2 + 0.003: 3, on + 0.01: 1}.items():
        found = switch.fixed_points(w, drive)
        assert found.size == switch.count_states(w, drive) == count
        assert np.all(np.diff(found) > 0)
        assert found == pytest.approx(1 / (1 + np.exp(-(w * found + drive))), abs=1e-12)


def test_states_are_counted_as_in_the_quoted_case_and_one_is_all_below_four():
    assert switch.count_states(6, -3.05) == 3
    assert all(switch.count_states(w, drive) == 1 for w in (0, 1, 3.9, 4.0) for drive in np.linspace(-8, 3, 57))
    for w in (3, 4):
        with pytest.raises(ValueError, match="must exceed 4"):
            switch.folds(w)


def test_a_slow_ramp_switches_at_the_folds_on_its_way_up_and_down():
    on, off = switch.folds(6)
    rise = np.linspace(-5, -1, 200_001)
    up = switch.ramp(rise, 6, switch.fixed_points(6, -5)[0], 0.05)
    down = switch.ramp(rise[::-1], 6, up[-1], 0.05)
    assert rise[np.argmax(up > 0.5)] == pytest.approx(on, abs=0.04)
    assert rise[::-1][np.argmax(down < 0.5)] == pytest.approx(off, abs=0.04)


def test_the_state_remembers_where_the_input_came_from():
    def after(drives):
        return switch.ramp(np.repeat(drives, 4000), 6, 0.05, 0.05)[-1]

    assert after([-3.0]) < 0.1  # never switched on
    assert after([-2.5, -3.0]) > 0.9  # the trigger is back where it was, and the loop is still on
    assert after([-2.5, -3.5]) < 0.1


def test_input_and_fixed_point_are_each_others_inverse():
    x = np.array([0.03, 0.4, 0.97])
    for state, drive in zip(x, switch.input_at(x, 5.5), strict=True):
        assert np.min(np.abs(switch.fixed_points(5.5, float(drive)) - state)) < 1e-10


@pytest.mark.parametrize(
    "call",
    [
        lambda: switch.input_at([0.5, 1.0], 5), lambda: switch.fixed_points(-1, 0), lambda: switch.ramp([], 5, 0, 0.1),
        lambda: switch.ramp([0, 1], 5, 0, 2), lambda: switch.ramp([[0.0]], 5, 0, 0.1),
    ],
)  # fmt: skip
def test_impossible_switches_are_refused(call):
    with pytest.raises(ValueError, match="must"):
        call()
