"""Survival, absorbing chains, trials and elasticity against closed forms, scipy and the published numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from course import evidence
from course.models import feedback_loop, survival, treatment_chain, trial
from course.models.elasticity import elasticity

MONTHS = (1.0, 6.0, 12.0, 60.0)
RETURNED = [
    evidence.value(name) / 100
    for name in ("ma-relapse-month-1", "ma-relapse-month-6", "ma-relapse-1y", "ma-relapse-year-5")
]
WITHOUT = [1 - share for share in RETURNED]
STAGE_1, STAGE_2 = (18, 109, 10, 294), (13, 114, 2, 111)


# Kaplan-Meier

TIMES, EVENTS = [1, 2, 2, 3, 4, 5, 5], [1, 1, 0, 1, 0, 1, 0]


def test_kaplan_meier_by_hand():
    curve = survival.kaplan_meier(TIMES, EVENTS)
    assert curve.time.tolist() == [1, 2, 3, 5]
    assert curve.at_risk.tolist() == [7, 6, 4, 2]  # the person censored at 2 is still at risk at 2
    assert curve.survival == pytest.approx([6 / 7, 5 / 7, 5 / 7 * 3 / 4, 5 / 7 * 3 / 8])
    assert curve.at([0, 0.99, 1, 4.5, 5, 99]) == pytest.approx([1, 1, 6 / 7, 15 / 28, 15 / 56, 15 / 56])


def test_the_order_of_people_does_not_matter():
    order = np.random.default_rng(3).permutation(7)
    again = survival.kaplan_meier(np.array(TIMES)[order], np.array(EVENTS)[order])
    assert again.survival == pytest.approx(survival.kaplan_meier(TIMES, EVENTS).survival)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=25))
def test_without_censoring_it_is_the_share_still_waiting(times):
    curve = survival.kaplan_meier(times, np.ones(len(times)))
    grid = np.arange(0, 8)
    assert curve.at(grid) == pytest.approx([np.mean(np.array(times) > t) for t in grid], abs=1e-12)


def test_against_scipy():
    generator = np.random.default_rng(8)
    time, event = generator.integers(0, 12, 80).astype(float), generator.integers(0, 2, 80).astype(float)
    theirs = stats.ecdf(stats.CensoredData.right_censored(time, event == 0)).sf
    assert survival.kaplan_meier(time, event).at(np.arange(13)) == pytest.approx(theirs.evaluate(np.arange(13)))


def test_nobody_with_the_event_leaves_the_curve_at_one():
    curve = survival.kaplan_meier([1, 2], [0, 0])
    assert curve.time.size == 0
    assert curve.at([0, 5]).tolist() == [1, 1]


def test_it_recovers_the_truth_under_censoring_where_leaving_people_out_does_not():
    people, loss = 20_000, 0.5
    time, event = survival.observe(people, 1.0, loss, 3.0, 11)
    truth = math.exp(-1)
    # Greenwood's variance for exponential times and losses: S^2 times the integral of rate / share observed.
    error = truth * math.sqrt((math.exp(1 + loss) - 1) / (1 + loss) / people)
    assert survival.kaplan_meier(time, event).at(1.0) == pytest.approx(truth, abs=4 * error)
    kept = (event == 1) | (time == 3.0)
    expected = survival.share_when_lost_are_left_out(1.0, 1.0, loss, 3.0)
    found = np.mean(time[kept] > 1.0)
    assert found == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / kept.sum()))
    assert expected < truth - 0.1


def test_with_an_endless_study_the_lost_left_out_leave_a_faster_exponential():
    share = survival.share_when_lost_are_left_out(1.0, 1.0, 0.47, 1e3)
    assert share == pytest.approx(math.exp(-1.47))
    assert share == pytest.approx(0.23, abs=0.001)


def test_nobody_lost_is_nobody_left_out():
    assert survival.share_when_lost_are_left_out(2.0, 0.3, 0.0, 5.0) == pytest.approx(math.exp(-0.6))
    time, event = survival.observe(500, 0.3, 0.0, 5.0, 2)
    assert np.all((event == 1) | (time == 5.0))


def test_equal_seeds_draw_equal_people_and_losses_move_no_event():
    first, second = (survival.observe(200, 1.0, loss, 9.0, 5) for loss in (0.1, 0.8))
    both = (first[1] == 1) & (second[1] == 1)
    assert both.sum() > 50
    assert first[0][both].tolist() == second[0][both].tolist()
    assert not np.array_equal(first[0], survival.observe(200, 1.0, 0.1, 9.0, 6)[0])


# Log-rank


def test_identical_groups_do_not_differ():
    assert survival.log_rank(TIMES * 2, EVENTS * 2, [0] * 7 + [1] * 7) == (0.0, 1.0)


@pytest.mark.parametrize("seed", range(4))
def test_log_rank_against_scipy(seed):
    time, event = survival.observe(60, 1.0, 0.4, 2.0, seed)
    time = np.ceil(time * 6)  # with ties
    group = np.arange(60) % 2
    chi2, p = survival.log_rank(time, event, group)
    x, y = (stats.CensoredData.right_censored(time[group == g], event[group == g] == 0) for g in (0, 1))
    theirs = stats.logrank(x, y)
    assert chi2 == pytest.approx(theirs.statistic**2)
    assert p == pytest.approx(theirs.pvalue)


def test_which_group_is_called_second_does_not_matter():
    group = np.array([0, 1, 1, 0, 1, 0, 1])
    assert survival.log_rank(TIMES, EVENTS, group) == pytest.approx(survival.log_rank(TIMES, EVENTS, 1 - group))


# Exponential, Weibull, hazard ratio


def test_a_constant_hazard_through_one_year_misses_the_first_month_and_the_fifth_year():
    curve = survival.exponential_through(12.0, WITHOUT[2])
    assert 100 * (1 - curve.survival(1.0)) == pytest.approx(7.5, abs=0.05)
    assert 100 * (1 - curve.survival(60.0)) == pytest.approx(99, abs=0.2)
    assert np.ptp(curve.hazard([0.1, 5.0, 80.0])) == pytest.approx(0, abs=1e-15)


def test_a_falling_hazard_meets_what_was_observed_between_and_after_its_two_points():
    curve = survival.weibull_through((1.0, WITHOUT[0]), (12.0, WITHOUT[2]))
    assert curve.shape == pytest.approx(0.300, abs=0.001)
    assert curve.survival([1.0, 12.0]) == pytest.approx([WITHOUT[0], WITHOUT[2]])
    assert curve.survival([6.0, 60.0]) == pytest.approx([0.466, 0.217], abs=0.001)
    followed = [350, evidence.value("ma-relapse-five-year-n")]
    half = trial.share_half_width([WITHOUT[1], WITHOUT[3]], followed)
    assert half == pytest.approx([0.052, 0.059], abs=0.0006)
    assert np.all(np.abs(curve.survival([6.0, 60.0]) - [WITHOUT[1], WITHOUT[3]]) < half)
    assert np.all(np.diff(curve.hazard([1.0, 6.0, 12.0, 60.0])) < 0)


@pytest.mark.parametrize("shape", [0.3, 1.0, 2.5])
def test_weibull_against_scipy(shape):
    curve, theirs, t = survival.Weibull(shape, 14.0), stats.weibull_min(shape, scale=14.0), np.array([0.5, 3, 14, 40])
    assert curve.survival(t) == pytest.approx(theirs.sf(t))
    assert curve.hazard(t) == pytest.approx(theirs.pdf(t) / theirs.sf(t))


def test_two_points_of_a_constant_hazard_give_it_back():
    curve = survival.weibull_through((2.0, math.exp(-0.2)), (30.0, math.exp(-3.0)))
    assert (curve.shape, curve.scale) == pytest.approx((1.0, 10.0))


def test_a_hazard_ratio_multiplies_the_hazard_and_not_the_risk():
    ratio = evidence.value("ma-relapse-hr-parent")
    returned = 100 * (1 - survival.survival_from_hr(WITHOUT[2], ratio))
    assert returned == pytest.approx(71.9, abs=0.06)
    assert 100 * ratio * RETURNED[2] == pytest.approx(82, abs=0.5)  # what is not the case
    curve = survival.weibull_through((1.0, WITHOUT[0]), (12.0, WITHOUT[2]))
    times = np.array([1.0, 7.0, 33.0])
    faster = survival.Weibull(curve.shape, curve.scale / ratio ** (1 / curve.shape))
    assert faster.hazard(times) == pytest.approx(ratio * curve.hazard(times))
    assert faster.survival(times) == pytest.approx(survival.survival_from_hr(curve.survival(times), ratio))


def test_hazard_ratios_at_their_limits():
    assert survival.survival_from_hr([0.0, 0.4, 1.0], 1.0) == pytest.approx([0, 0.4, 1])
    assert survival.survival_from_hr(0.39, [0.5, 2.0]) == pytest.approx([math.sqrt(0.39), 0.39**2])


# Absorbing chain: in care, out of care | in lasting remission, lost to follow-up

CHAIN = [[0.7, 0.15, 0.1, 0.05], [0.2, 0.7, 0.02, 0.08], [0, 0, 1, 0], [0, 0, 0, 1]]


def test_a_fair_walk_is_the_gamblers_ruin():
    walk = np.zeros((5, 5))  # states 1, 2, 3 | 0, 4
    walk[0, [3, 1]] = walk[1, [0, 2]] = walk[2, [1, 4]] = 0.5
    walk[3, 3] = walk[4, 4] = 1
    steps, where = treatment_chain.absorb(walk, 3)
    assert steps == pytest.approx([3, 4, 3])
    assert where == pytest.approx(np.array([[0.75, 0.25], [0.5, 0.5], [0.25, 0.75]]))


def test_one_stage_is_left_after_a_geometric_time():
    steps, where = treatment_chain.absorb([[0.8, 0.05, 0.15], [0, 1, 0], [0, 0, 1]], 1)
    assert steps == pytest.approx([5])
    assert where == pytest.approx(np.array([[0.25, 0.75]]))


def test_the_fundamental_matrix_is_the_summed_occupancy():
    n = treatment_chain.fundamental(CHAIN, 2)
    steps, where = treatment_chain.absorb(CHAIN, 2)
    for start in range(2):
        shares = treatment_chain.occupancy(CHAIN, np.eye(4)[start], 400)
        assert shares.sum(axis=1) == pytest.approx(np.ones(401))
        assert shares[:, :2].sum(axis=0) == pytest.approx(n[start])
        assert shares[:, :2].sum() == pytest.approx(steps[start])
        assert shares[-1, 2:] == pytest.approx(where[start])
    assert where.sum(axis=1) == pytest.approx([1, 1])


# Trials


@pytest.mark.parametrize(("counts", "needed"), [(STAGE_1, 7.6), (STAGE_2, 10.4)])
def test_numbers_needed_in_both_stages_of_adapt_2(counts, needed):
    difference = trial.risk_difference(*counts)
    found = trial.number_needed(difference)
    assert found.value == pytest.approx(needed, abs=0.05)
    assert (found.low, found.high) == pytest.approx((1 / difference.high, 1 / difference.low))


def test_the_first_stage_in_every_measure():
    difference, ratio = trial.risk_difference(*STAGE_1), trial.risk_ratio(*STAGE_1)
    assert difference.value == pytest.approx(0.1311, abs=5e-5)
    assert ratio.value == pytest.approx(4.855, abs=5e-4)
    assert trial.number_needed(difference).value == pytest.approx(7.626, abs=5e-4)
    interval = stats.contingency.relative_risk(*STAGE_1).confidence_interval()
    assert (ratio.low, ratio.high) == pytest.approx((interval.low, interval.high))


def test_the_ledger_holds_the_counts_of_the_first_stage_and_the_pooled_number_needed():
    active, placebo = (evidence.value(f"tx-adapt2-stage-1-{arm}") for arm in ("active", "placebo"))
    assert (active, placebo) == pytest.approx((100 * 18 / 109, 100 * 10 / 294), abs=0.05)
    pooled = evidence.value("tx-adapt2-active") - evidence.value("tx-adapt2-placebo")
    assert pooled == pytest.approx(evidence.value("tx-adapt2-difference"))
    assert 100 / pooled == pytest.approx(9.0, abs=0.05)


def test_both_arms_of_adapt_2_imply_one_weight_of_the_stages():
    weights = []
    for name, (a, n), (c, m) in (("active", (18, 109), (13, 114)), ("placebo", (10, 294), (2, 111))):
        weights.append((evidence.value(f"tx-adapt2-{name}") / 100 - c / m) / (a / n - c / m))
    assert weights == pytest.approx([0.430, 0.436], abs=0.001)


def test_swapping_the_arms_turns_every_measure_round():
    a, n1, c, n0 = STAGE_1
    one, other = trial.risk_difference(a, n1, c, n0), trial.risk_difference(c, n0, a, n1)
    assert (other.value, other.low, other.high) == pytest.approx((-one.value, -one.high, -one.low))
    assert trial.risk_ratio(c, n0, a, n1).value == pytest.approx(1 / trial.risk_ratio(a, n1, c, n0).value)
    assert trial.number_needed(other).value == pytest.approx(trial.number_needed(one).value)
    assert trial.number_needed(other).high == pytest.approx(trial.number_needed(one).high)


def test_an_interval_that_holds_no_difference_needs_no_finite_number():
    assert trial.number_needed(trial.Estimate(0.05, -0.02, 0.12)).high == math.inf
    nothing = trial.number_needed(trial.Estimate(0.0, -0.1, 0.1))
    assert (nothing.value, nothing.low, nothing.high) == (math.inf, pytest.approx(10), math.inf)


def test_intervals_of_a_difference_cover_the_truth_as_often_as_they_say():
    trials = trial.simulate(400, 0.5, 0.3, 4000, 9).difference
    half = math.hypot(*(float(trial.share_half_width(p, 400)) for p in (0.5, 0.3)))
    covered = np.mean(np.abs(trials - 0.2) <= half)
    assert covered == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / 4000))


@pytest.mark.parametrize(("base", "needed"), [(0.1, 52), (0.3, 23), (0.6, 21)])
def test_one_odds_ratio_needs_different_numbers_at_different_bases(base, needed):
    treated = trial.share_from_odds_ratio(base, evidence.value("tx-cm-long-term-or"))
    assert round(1 / (treated - base)) == needed


@given(st.floats(0.01, 0.99), st.floats(0.05, 20))
def test_an_odds_ratio_multiplies_the_odds(base, ratio):
    share = float(trial.share_from_odds_ratio(base, ratio))
    assert share / (1 - share) == pytest.approx(ratio * base / (1 - base))


def exact_power(n, treated, control):
    """Sum over every possible pair of counts instead of drawing or approximating."""
    k = np.arange(n + 1)
    a, c = np.meshgrid(k, k, indexing="ij")
    middle = (a + c) / (2 * n)
    significant = np.abs(a - c) / n > stats.norm.ppf(0.975) * np.sqrt(2 * middle * (1 - middle) / n)
    return float((np.outer(stats.binom.pmf(k, n, treated), stats.binom.pmf(k, n, control)) * significant).sum())


def test_how_many_people_sixty_one_against_fifty_per_cent_takes():
    control = RETURNED[2]
    assert trial.per_arm(0.5, control, 0.8) == 320
    assert float(trial.power(320, 0.5, control)) >= 0.8 > float(trial.power(319, 0.5, control))
    found = trial.simulate(320, 0.5, control, 10_000, 4).significant.mean()
    assert found == pytest.approx(0.80, abs=0.015)
    exact = exact_power(320, 0.5, control)
    assert found == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 10_000))


def test_near_zero_the_formula_asks_for_more_people_than_it_takes():
    treated, control = evidence.value("tx-adapt2-active") / 100, evidence.value("tx-adapt2-placebo") / 100
    n = trial.per_arm(treated, control, 0.9)
    exact = exact_power(n, treated, control)
    assert 0.92 < exact < 0.94  # promised: 0.90
    found = trial.simulate(n, treated, control, 10_000, 4).significant.mean()
    assert found == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 10_000))


def test_where_there_is_nothing_to_find_five_per_cent_find_it():
    exact = exact_power(200, 0.4, 0.4)
    found = trial.simulate(200, 0.4, 0.4, 10_000, 1).significant.mean()
    assert exact == pytest.approx(0.05, abs=0.005)
    assert found == pytest.approx(exact, abs=4 * math.sqrt(0.05 * 0.95 / 10_000))


def test_small_trials_that_find_something_exaggerate_it():
    truth = -0.11
    means = []
    for n in (50, 320, 2000):
        run = trial.simulate(n, 0.5, 0.61, 4000, 2)
        assert run.difference.mean() == pytest.approx(truth, abs=4 * math.sqrt(0.4879 / n / 4000))
        means.append(float(run.difference[run.significant].mean()))
    assert means[0] < means[1] < means[2]
    assert means[0] < 1.8 * truth
    assert means[2] == pytest.approx(truth, rel=0.01)


def test_trials_in_which_everybody_or_nobody_responds_find_nothing():
    assert not trial.simulate(20, 1.0, 1.0, 50, 1).significant.any()
    assert not trial.simulate(20, 0.0, 0.0, 50, 1).significant.any()


# Elasticity


@pytest.mark.parametrize("power", [-2.0, 0.5, 3.0])
def test_the_elasticity_of_a_power_is_its_exponent(power):
    params = {"x": 1.7, "scale": 4.0}
    assert elasticity(lambda x, scale: scale * x**power, params, "x") == pytest.approx(power)
    assert elasticity(lambda x, scale: scale * x**power, params, "scale") == pytest.approx(1)
    assert params == {"x": 1.7, "scale": 4.0}


def test_a_loop_of_two():
    assert elasticity(lambda g, h: 1 / (1 - g * h), {"g": 0.7, "h": 0.8}, "g") == pytest.approx(0.56 / 0.44, rel=1e-6)


def ring(g1, g2, g3, u):
    return float(feedback_loop.resting([g1, g2, g3], [u, 0, 0])[0])


@pytest.mark.parametrize("gain", [0.1, 0.5, 0.8, 0.95])
def test_every_link_of_the_ring_counts_alike_and_the_input_once(gain):
    link = gain ** (1 / 3)
    params = {"g1": link, "g2": link, "g3": link, "u": 2.0}
    for name in ("g1", "g2", "g3"):
        assert elasticity(ring, params, name) == pytest.approx(gain / (1 - gain), rel=1e-5)
    assert elasticity(ring, params, "u") == pytest.approx(1)


def test_link_and_input_count_alike_at_a_loop_gain_of_a_half():
    params = {"g1": 0.5, "g2": 1.0, "g3": 1.0, "u": 1.0}
    assert elasticity(ring, params, "g2") == pytest.approx(elasticity(ring, params, "u"))


# Input that makes no sense


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: survival.kaplan_meier([], []), "at least one person"),
        (lambda: survival.kaplan_meier([1, 2], [1]), "equally long"),
        (lambda: survival.kaplan_meier([1, 2], [1, 2]), "event must hold"),
        (lambda: survival.kaplan_meier([-1], [1]), "time must not be negative"),
        (lambda: survival.log_rank([1, 2], [1, 1], [0, 0]), "some of both"),
        (lambda: survival.log_rank([1, 2], [0, 0], [0, 1]), "cannot be compared"),
        (lambda: survival.weibull_through((1, 0.4), (12, 0.6)), "smaller share"),
        (lambda: survival.weibull_through((1, 0.4), (1, 0.3)), "smaller share"),
        (lambda: survival.exponential_through(12, 1.0), "ends excluded"),
        (lambda: survival.Weibull(0.0, 1.0), "shape must be greater"),
        (lambda: survival.survival_from_hr(39, 2), "survival must lie between 0 and 1"),
        (lambda: survival.survival_from_hr(0.39, 0), "hazard_ratio must be greater"),
        (lambda: survival.observe(0, 1, 0, 1, 1), "people must be at least 1"),
        (lambda: survival.share_when_lost_are_left_out(3, 1, 1, 2), "time must lie between"),
        (lambda: treatment_chain.absorb([[0.5, 0.5], [0.5, 0.5]], 1), "never left"),
        (lambda: treatment_chain.absorb([[0.5, 0.4], [0, 1]], 1), "sum to 1"),
        (lambda: treatment_chain.absorb([[0.5, 0.5]], 1), "square"),
        (lambda: treatment_chain.absorb([[0.5, 0.5], [0, 1]], 2), "n_transient must lie between 1 and 1"),
        (lambda: treatment_chain.absorb([[0, 1, 0], [1, 0, 0], [0, 0, 1]], 2), "no path"),
        (lambda: treatment_chain.occupancy(CHAIN, [1, 1, 0, 0], 3), "start must hold"),
        (lambda: treatment_chain.occupancy(CHAIN, [1, 0, 0, 0], -1), "steps must not"),
        (lambda: trial.risk_difference(5, 4, 0, 4), "a must lie between 0 and n1"),
        (lambda: trial.risk_difference(0, 4, 0, 0), "n0 must be at least 1"),
        (lambda: trial.risk_ratio(3, 4, 0, 4), "nobody had the outcome"),
        (lambda: trial.per_arm(0.5, 0.5, 0.8), "equal"),
        (lambda: trial.per_arm(1.0, 0.0, 0.8), "one person in each arm"),
        (lambda: trial.per_arm(0.5, 0.6, 1.0), "ends excluded"),
        (lambda: trial.simulate(0, 0.5, 0.5, 1, 1), "people and trials"),
        (lambda: trial.share_from_odds_ratio(30, 2), "base must lie between 0 and 1"),
        (lambda: elasticity(lambda x: x, {"x": 1.0}, "y"), "no parameter y"),
        (lambda: elasticity(lambda x: x, {"x": 0.0}, "x"), "x is 0"),
        (lambda: elasticity(lambda x: x - 1, {"x": 1.0}, "x"), "changes its sign"),
    ],
)  # fmt: skip
def test_impossible_input_gets_one_plain_sentence(call, says):
    with pytest.raises(ValueError, match=says) as caught:
        call()
    assert "\n" not in str(caught.value)
