"""Overlap, Bayes, interaction, ring and cusp against closed forms, limiting cases and published numbers."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, linalg, stats

from course import evidence
from course.models import bayes, cusp, proportion
from course.models import feedback_loop as ring
from course.models import interaction as scales
from course.models.overlap import overlap_stats
from course.models.retrieval import precision_at_prevalence

risk = st.floats(0.01, 0.99)


# Overlap of two lists


def test_table_one_overlaps_by_construction():
    ticked = sum(row.overlap_flag_review for row in evidence.regions())
    assert ticked == len(evidence.regions())  # nothing else was listed
    assert overlap_stats(ticked, ticked, ticked, ticked) == (1.0, 1.0)


def test_the_same_overlap_is_a_wonder_in_a_larger_universe():
    jaccard, p = overlap_stats(90, 10, 10, 10)
    assert jaccard == 1.0
    assert p == pytest.approx(1.7e-13, rel=0.03)
    assert p == pytest.approx(1 / math.comb(90, 10), rel=1e-14)  # one draw of all hits every time
    shrinking = [overlap_stats(n, 10, 10, 10)[1] for n in (10, 11, 20, 90, 360)]
    assert shrinking == sorted(shrinking, reverse=True)


def test_jaccard_and_tail_of_the_worked_case():
    assert overlap_stats(90, 10, 10, 3) == pytest.approx((3 / 17, 0.0788), abs=5e-5)


@given(st.data())
def test_the_tail_is_that_of_the_hypergeometric_distribution(data):
    universe = data.draw(st.integers(1, 120))
    first, second = data.draw(st.integers(0, universe)), data.draw(st.integers(0, universe))
    shared = data.draw(st.integers(max(0, first + second - universe), min(first, second)))
    if first + second == 0:
        return
    jaccard, p = overlap_stats(universe, first, second, shared)
    assert p == pytest.approx(stats.hypergeom.sf(shared - 1, universe, first, second), rel=1e-8)
    assert jaccard == pytest.approx(shared / (first + second - shared))
    assert (jaccard, p) == overlap_stats(universe, second, first, shared)  # neither list comes first


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ((10, 11, 3, 2), "at least as large"), ((10, 0, 0, 0), "empty"), ((10, 3, 3, 4), "share 0 to 3"),
        ((10, 8, 8, 5), "share 6 to 8"), ((10, 3, 3, -1), "shared must be"), ((10.5, 3, 3, 1), "universe must be"),
        ((True, 1, 1, 1), "universe must be"),
    ],
)  # fmt: skip
def test_lists_that_cannot_be_are_refused(given_, said):
    with pytest.raises(ValueError, match=said):
        overlap_stats(*given_)


# Bayes


def test_the_inverse_is_a_few_per_cent_and_never_a_fifth():
    found = bayes.invert(0.202, 0.0035, [0.016, 0.027])
    assert found == pytest.approx([0.0442, 0.0262], abs=5e-5)
    assert np.all(found < 0.05)


@given(st.floats(0.0, 1.0), st.floats(0.001, 0.999), st.floats(0.0, 1.0))
def test_inverting_twice_leads_back(p_b_given_a, p_a, p_b_given_not_a):
    p_b = p_b_given_a * p_a + p_b_given_not_a * (1 - p_a)
    if p_b < 1e-6:
        return
    back = bayes.invert(bayes.invert(p_b_given_a, p_a, p_b), p_b, p_a)
    assert back == pytest.approx(p_b_given_a, rel=1e-9, abs=1e-12)


def test_shares_are_equal_both_ways_only_where_both_are_as_common():
    assert bayes.invert(0.3, 0.02, 0.02) == pytest.approx(0.3)
    assert bayes.invert(0.3, 0.01, 0.02) == pytest.approx(0.15)
    assert bayes.invert(0.05, 0.2, 0.05) == pytest.approx(0.2)  # unrelated: the share is the base rate
    assert bayes.invert(1.0, 0.02, 0.02) == 1.0


def test_people_counted_say_the_same():
    counts = bayes.natural_frequencies(10_000, 0.2, 0.01, 0.02)
    assert (counts.a, counts.b, counts.both) == pytest.approx((100, 200, 20))
    assert (counts.b_in_a, counts.a_in_b) == pytest.approx((0.2, 0.1))
    assert counts.a_in_b == pytest.approx(float(bayes.invert(0.2, 0.01, 0.02)))


def test_the_interval_of_the_iranian_study():
    row = evidence.claim("bpd-in-ma-psychosis")
    people = int(row.population.split()[0])
    count = round(evidence.value(row.id) / 100 * people)
    assert (count, people) == (43, 121)
    low, high = proportion.wilson_interval(count, people)
    assert (float(low), float(high)) == pytest.approx((0.276, 0.444), abs=5e-4)
    reference = stats.binomtest(count, people).proportion_ci(method="wilson")
    assert (float(low), float(high)) == pytest.approx((reference.low, reference.high), abs=1e-4)


def test_the_predictive_value_hangs_on_the_base_rate():
    clinic = evidence.value("bpd-in-ma-psychosis") / 100
    assert precision_at_prevalence(0.8, 0.8, [0.016, clinic]) == pytest.approx([0.06, 0.69], abs=0.005)


def test_an_odds_ratio_at_a_common_base_is_not_a_risk_ratio():
    published = evidence.value("bpd-predicts-relapse-fenton")
    assert bayes.risk_ratio(published, 0.28) == pytest.approx(1.52, abs=0.005)
    assert bayes.risk_ratio(published, 0.0) == pytest.approx(published)  # rare: both agree
    base = np.array([0.01, 0.28, 0.7, 1.0])
    odds = published * base[:3] / (1 - base[:3])
    assert bayes.risk_ratio(published, base[:3]) == pytest.approx(odds / (1 + odds) / base[:3])
    assert bayes.risk_ratio(published, 1.0) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("given_", "said"),
    [((0.9, 0.5, 0.1), "cannot occur together"), ((0.2, 0.1, 0.0), "p_b is 0"), ((1.2, 0.1, 0.2), "p_b_given_a")],
)
def test_shares_that_cannot_be_are_refused(given_, said):
    with pytest.raises(ValueError, match=said):
        bayes.invert(*given_)
    with pytest.raises(ValueError, match="p_a must be greater than 0"):
        bayes.natural_frequencies(100, 0.2, 0.0, 0.5)
    with pytest.raises(ValueError, match="no risk ratio"):
        bayes.risk_ratio(0.0, 1.0)


# Interaction


@pytest.mark.parametrize(("both", "reri", "ratio"), [(0.4, 0.0, 2 / 3), (0.6, 2.0, 1.0)])
def test_the_same_risks_interact_on_one_scale_and_not_on_the_other(both, reri, ratio):
    found = scales.interaction(0.1, 0.2, 0.3, both)
    assert [float(part) for part in found] == pytest.approx([reri, ratio], abs=1e-12)


def test_additive_on_log_odds_is_synergy_on_one_scale_and_its_opposite_on_another():
    reri, ratio = scales.interaction(*scales.logit_additive(0.1, 2, 3))
    assert (float(reri), float(ratio)) == pytest.approx((0.68, 0.88), abs=0.005)
    assert reri > 0
    assert ratio < 1


@given(risk, risk, risk)
def test_what_is_expected_on_a_scale_shows_no_interaction_there(none, first, second):
    added, multiplied = (float(scales.expected(none, first, second, scale)) for scale in ("additive", "multiplicative"))
    if 0 <= added <= 1:
        assert float(scales.interaction(none, first, second, added)[0]) == pytest.approx(0.0, abs=1e-9)
    if multiplied <= 1:
        assert float(scales.interaction(none, first, second, multiplied)[1]) == pytest.approx(1.0)
    on_odds = float(scales.expected(none, first, second, "odds"))
    logit = [math.log(p / (1 - p)) for p in (none, first, second, on_odds)]
    assert logit[3] - logit[1] - logit[2] + logit[0] == pytest.approx(0.0, abs=1e-6)


def test_a_factor_without_an_effect_interacts_on_no_scale():
    for scale in scales.SCALES:
        assert scales.expected(0.1, 0.1, 0.3, scale) == pytest.approx(0.3)


def test_risks_broadcast():
    reri, ratio = scales.interaction(0.1, 0.2, [0.2, 0.3], [[0.4], [0.6]])
    assert reri.shape == ratio.shape == (2, 2)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: scales.interaction(0.0, 0.2, 0.3, 0.4), "greater than 0"),
        (lambda: scales.interaction(0.1, 0.2, 0.3, 1.4), "r11"),
        (lambda: scales.expected(0.1, 0.2, 0.3, "logs"), "choose one of"),
        (lambda: scales.expected(0.1, 1.0, 0.3, "odds"), "no odds"),
        (lambda: scales.logit_additive(0.0, 2, 3), "r00"), (lambda: scales.logit_additive(0.1, 0, 3), "odds ratios"),
    ],
)  # fmt: skip
def test_risks_without_an_answer_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


# The ring


def test_a_ring_amplifies_by_the_series_of_its_turns():
    gains = [0.8, 0.8, 0.8]
    assert ring.loop_gain(gains) == pytest.approx(2.0492, abs=5e-5)
    assert ring.loop_gain(gains) == pytest.approx(sum(0.512**turn for turn in range(200)))
    assert ring.loop_gain([0.9, 0.0, 5.0]) == 1.0  # a broken ring feeds nothing back
    assert ring.loop_gain([2.0, 0.5, 1.0]) == math.inf
    assert ring.loop_gain([1.2, 1.2, 1.2]) == math.inf


@given(st.lists(st.floats(0, 0.99), min_size=1, max_size=5), st.data())
def test_at_rest_every_state_is_what_drives_it(gains, data):
    inputs = data.draw(st.lists(st.floats(-3, 3), min_size=len(gains), max_size=len(gains)))
    rest = ring.resting(gains, inputs)
    assert rest == pytest.approx(np.array(gains) * np.roll(rest, 1) + inputs, rel=1e-8, abs=1e-8)
    alone = ring.resting(gains, np.eye(len(gains))[0])
    assert alone[0] == pytest.approx(ring.loop_gain(gains))


def test_the_slowest_rate_is_that_of_the_matrix():
    assert ring.slowest_rate([0.8, 0.8, 0.8], 1.0) == pytest.approx(0.2)
    assert ring.slowest_rate([1.0, 1.0, 1.0], 1.0) == pytest.approx(0.0)
    for gains in ([0.8, 0.8, 0.8], [0.3, 0.9, 1.2], [1.2, 1.1, 1.0]):
        matrix = np.diag(-np.ones(3)) + np.roll(np.diag(gains), -1, axis=1)
        assert ring.slowest_rate(gains, 2.0) == pytest.approx(-np.linalg.eigvals(matrix).real.max() / 2.0)


@pytest.mark.parametrize("gains", [[0.5, 0.6, 0.7], [0.0, 0.9, 0.4], [1.2, 1.1, 1.0]])
def test_the_course_is_that_of_the_equations(gains):
    inputs, tau, times = np.array([1.0, 0.2, 0.0]), 2.0, np.linspace(0, 12, 25)
    found = ring.course_of(gains, inputs, times, tau)
    solved = integrate.solve_ivp(
        lambda _, x: (-x + np.array(gains) * np.roll(x, 1) + inputs) / tau, (0, 12), np.zeros(3), "DOP853", times,
        rtol=1e-11, atol=1e-12,
    )  # fmt: skip
    assert found == pytest.approx(solved.y.T, rel=1e-7, abs=1e-9)


def test_the_course_ends_at_rest_and_follows_the_exact_exponential_over_one_long_step():
    gains, inputs = [0.9, 0.9, 0.9], [1.0, 0.0, 0.5]
    found = ring.course_of(gains, inputs, [0.0, 300.0, 600.0], 1.0)
    rest = ring.resting(gains, inputs)
    assert found[-1] == pytest.approx(rest)
    matrix = np.roll(np.diag(gains), -1, axis=1) - np.eye(3)
    early = ring.course_of(gains, inputs, [0.0, 30.0], 1.0)[1]
    assert early == pytest.approx((np.eye(3) - linalg.expm(30 * matrix)) @ rest, rel=1e-10)


def test_near_one_the_ring_is_slow():
    def time_to_nine_tenths(gain):
        times = np.linspace(0, 400, 8001)
        states = ring.course_of([gain] * 3, [1.0, 0.0, 0.0], times, 1.0)[:, 0]
        return times[np.argmax(states > 0.9 * ring.loop_gain([gain] * 3))]

    waits = [time_to_nine_tenths(gain) for gain in (0.5, 0.8, 0.95)]
    assert waits == sorted(waits)
    assert waits[2] > 4 * waits[1]


def test_two_hits_on_inputs_add_and_on_gains_do_more():
    base, second, third = [0.6, 0.7, 0.7], 0.2, 0.25
    on_gains = [
        ring.loop_gain([base[0], base[1] + one * second, base[2] + other * third])
        for one, other in ((0, 0), (1, 0), (0, 1), (1, 1))
    ]
    assert on_gains == pytest.approx([1.416, 1.608, 1.664, 2.053], abs=5e-4)
    assert float(ring.contrast(*on_gains)) == pytest.approx(0.198, abs=5e-4)
    on_inputs = [
        ring.resting(base, [1.0, one * second, other * third]) for one, other in ((0, 0), (1, 0), (0, 1), (1, 1))
    ]
    assert ring.contrast(*on_inputs) == pytest.approx(np.zeros(3), abs=1e-14)
    assert np.all(on_inputs[3] > on_inputs[0])  # each hit does something


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ring.loop_gain([]), "at least one"), (lambda: ring.loop_gain([0.5, -0.1]), "gains must not"),
        (lambda: ring.resting([1, 1, 1], [1, 0, 0]), "without end"),
        (lambda: ring.resting([0.5, 0.5], [1, 0, 0]), "as many inputs"),
        (lambda: ring.slowest_rate([0.5], 0.0), "tau"),
        (lambda: ring.course_of([0.5], [1.0], [1.0, 2.0], 1.0), "begin at 0"),
        (lambda: ring.course_of([0.5], [1.0], [0.0, 1.0, 3.0], 1.0), "evenly"),
        (lambda: ring.course_of([0.5], [1.0], [0.0], 1.0), "begin at 0"),
    ],
)  # fmt: skip
def test_rings_that_cannot_be_are_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


# The cusp


@given(st.floats(-2, 2), st.floats(-2, 3))
def test_three_roots_inside_the_cusp_and_one_outside(a, b):
    edge = 2 * (max(b, 0) / 3) ** 1.5
    if abs(abs(a) - edge) < 1e-4:  # two roots merge there
        return
    found = cusp.equilibria(a, b)
    assert found.size == (3 if abs(a) < edge else 1)
    assert bool(cusp.two_states(a, b)) == (found.size == 3)
    assert a + b * found - found**3 == pytest.approx(np.zeros(found.size), abs=1e-8)
    slopes = b - 3 * found**2
    assert np.all(slopes[::2] < 0)  # the outer ones are stable
    assert np.all(slopes[1::2] > 0)


def test_the_force_is_minus_the_slope_of_the_landscape():
    x = np.linspace(-2, 2, 401)
    slope = (cusp.potential(x + 1e-6, 0.3, 1.2) - cusp.potential(x - 1e-6, 0.3, 1.2)) / 2e-6
    assert slope == pytest.approx(-(0.3 + 1.2 * x - x**3), abs=1e-7)


def test_the_waiting_time_is_the_double_integral():
    for a, b, noise, start, end in ((0, 1, 0.5, -1, 1), (0.2, 1, 0.6, -0.9, 0.4), (0.1, -0.5, 0.7, -1, 0.5)):

        def heights(z, y, a=a, b=b, noise=noise):
            return math.exp(2 / noise**2 * float(cusp.potential(y, a, b) - cusp.potential(z, a, b)))

        whole = integrate.dblquad(heights, start, end, lambda y: -5.0, lambda y: y, epsabs=1e-9, epsrel=1e-8)[0]
        assert cusp.waiting_time(a, b, noise, start, end) == pytest.approx(2 / noise**2 * whole, rel=2e-5)


def test_waiting_both_ways():
    assert cusp.waiting_time(0, 1, 0.5, -1, 1) == pytest.approx(41, abs=0.5)
    assert cusp.waiting_time(0, 1, 0.5, 1, -1) == pytest.approx(cusp.waiting_time(0, 1, 0.5, -1, 1))
    assert cusp.waiting_time(0.2, 1, 0.5, -1, 1) < cusp.waiting_time(0.2, 1, 0.5, 1, -1)  # tilted upwards
    assert cusp.waiting_time(0, 1, 0.5, 0.3, 0.3) == 0.0
    via = cusp.waiting_time(0, 1, 0.5, -1, 0) + cusp.waiting_time(0, 1, 0.5, 0, 1)
    assert via == pytest.approx(cusp.waiting_time(0, 1, 0.5, -1, 1), rel=1e-5)  # no way round a place in between
    assert cusp.waiting_time(0, 1, 0.01, -1, 1) == math.inf


def test_kramers_is_right_for_small_noise_alone():
    assert cusp.kramers_time(0, 1, 0.5) == pytest.approx(33, abs=0.5)
    wrong = [cusp.waiting_time(0, 1, s, -1, 1) / cusp.kramers_time(0, 1, s) - 1 for s in (0.5, 0.35, 0.2, 0.12)]
    assert wrong == sorted(wrong, reverse=True)
    assert wrong[0] == pytest.approx(0.25, abs=0.01)
    assert abs(wrong[-1]) < 0.012


def test_noisy_runs_leave_as_late_as_the_quadrature_says():
    noise, runs, step = 0.7, 1500, 0.005
    mean = cusp.waiting_time(0, 1, noise, -1, 0.5)
    kicks = np.random.default_rng(7)
    left, state, time = np.full(runs, np.nan), np.full(runs, -1.0), 0.0
    while np.isnan(left).any():
        assert time < 60 * mean, "waits are far longer than their mean says"
        path = cusp.simulate(0, 1, noise, state, kicks.standard_normal((400, runs)), step)
        arrived = path[1:] >= 0.5
        first = np.argmax(arrived, axis=0)
        new = np.isnan(left) & arrived.any(axis=0)
        left[new] = time + step * (first[new] + 1)
        state, time = path[-1], time + 400 * step
    error = left.std(ddof=1) / math.sqrt(runs)
    # A path looked at in steps crosses a little late: the boundary acts as if 0.5826 sigma sqrt(step) further away
    # (Broadie, Glasserman and Kou 1997).
    late = cusp.waiting_time(0, 1, noise, -1, 0.5 + 0.5826 * noise * math.sqrt(step)) - mean
    assert abs(left.mean() - late - mean) < 4 * error


def test_a_single_run_is_one_of_many():
    kicks = np.random.default_rng(3).standard_normal((500, 3))
    many = cusp.simulate(0.1, 1.0, 0.4, [-1.0, 0.0, 1.0], kicks, 0.01)
    assert many.shape == (501, 3)
    for run, start in enumerate((-1.0, 0.0, 1.0)):
        assert cusp.simulate(0.1, 1.0, 0.4, start, kicks[:, run], 0.01) == pytest.approx(many[:, run])


def test_without_noise_a_run_rolls_into_its_valley():
    still = np.zeros(6000)
    assert cusp.simulate(0, 1, 0.5, 0.1, still, 0.005)[-1] == pytest.approx(1.0, abs=1e-9)
    assert cusp.simulate(0, 1, 0.5, -0.1, still, 0.005)[-1] == pytest.approx(-1.0, abs=1e-9)


def test_where_nothing_pulls_noise_has_the_variance_of_the_valley():
    # Around a steep single valley (b = -10) the state is nearly an Ornstein-Uhlenbeck process: variance s²/(2 * 10).
    kicks = np.random.default_rng(11).standard_normal((1000, 4000))
    ends = cusp.simulate(0.0, -10.0, 0.3, 0.0, kicks, 0.001)[-1]
    expected = 0.3**2 / 20.0
    assert ends.var(ddof=1) == pytest.approx(expected, abs=4 * expected * math.sqrt(2 / 4000) + 0.02 * expected)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: cusp.simulate(0, 1, -0.1, 0, [0.0], 0.01), "noise"),
        (lambda: cusp.simulate(0, 1, 1, 0, [], 0.01), "kick"),
        (lambda: cusp.simulate(0, 1, 1, 0, [0.0], 0.0), "step"), (lambda: cusp.waiting_time(0, 1, 0.0, -1, 1), "noise"),
        (lambda: cusp.kramers_time(1.0, 1.0, 0.5), "no barrier"), (lambda: cusp.equilibria(math.nan, 1), "a must hold"),
    ],
)  # fmt: skip
def test_a_cusp_that_cannot_be_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_every_corner_of_the_cusp_simulator_has_a_waiting_time():
    for a, b, noise in itertools.product((-0.6, 0.0, 0.6), (-1.0, 0.0, 1.5), (0.2, 0.8)):
        states = cusp.equilibria(a, b)
        time = cusp.waiting_time(a, b, noise, float(states[0]), float(states[-1]))
        assert math.isfinite(time)
        assert time >= 0
