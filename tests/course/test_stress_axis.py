"""The stress axis: steady states in closed form, the published course, its solver beside scipy's."""

import math
import statistics
import time

import numpy as np
import pytest

from benchmarks.stiffness import exact
from course.models import stress_axis
from course.models.stiff import solve

DAY = 1440.0


def exactly(state, stressor, receptor_k, minutes):
    """The state that many minutes later, by scipy's solver for stiff equations; exact to 1e-9."""
    return exact(state, stressor, receptor_k, np.array([0.0, minutes]))[:, -1]


# Steady states


@pytest.mark.parametrize("u", [1.0, 3.0, 16.0, 30.0])
@pytest.mark.parametrize("k", [2.0, 4.0, 20.0])
def test_steady_cortisol_solves_its_equation(u, k):
    fast, slow = float(stress_axis.fast_cortisol(u, k)), float(stress_axis.adapted_cortisol(u, k))
    assert fast * (1 + (fast / k) ** 3) == pytest.approx(math.sqrt(u), rel=1e-12)
    assert slow * (1 + (slow / k) ** 3) == pytest.approx(u, rel=1e-12)


def test_without_glucocorticoid_feedback_cortisol_is_the_root_of_the_input():
    assert stress_axis.fast_cortisol([4.0, 9.0, 25.0], 1e6) == pytest.approx([2, 3, 5], rel=1e-12)


def test_weaker_receptors_matter_under_strong_stress_and_hardly_at_rest():
    rest = stress_axis.fast_cortisol(1.0, [4.0, 8.0])
    assert rest[1] / rest[0] == pytest.approx(1.01, abs=0.005)
    assert stress_axis.fast_cortisol(16.0, [4.0, 8.0]) == pytest.approx([2.90, 3.65], abs=0.005)
    assert float(stress_axis.fast_cortisol(1.0, 4.0)) == pytest.approx(0.9853, abs=0.00005)


def test_the_adapted_state_stands_still_and_has_acth_back_at_1():
    for u, k in ((1.0, 4.0), (3.0, 8.0)):
        state = stress_axis.adapted_state(u, k)
        assert state[:2] == pytest.approx([1, 1])
        assert exactly(state, u, k, 2 * DAY) == pytest.approx(state, rel=1e-10)


def test_glands_compensate_a_lasting_stressor_in_the_end():
    course = stress_axis.run(3.0, 900 * DAY, 4.0, 0.0)
    end = course.at(900 * DAY)
    assert end == pytest.approx(stress_axis.adapted_state(3.0, 4.0), rel=1e-3)


def test_hours_of_stress_reach_the_fast_steady_state():
    # Without feedback by GR nothing but the square root law is left; ten hours are over before the glands notice.
    course = stress_axis.run(9.0, 600.0, 1e6, 0.0)
    assert course.cortisol[-1] == pytest.approx(3.0, rel=0.05)
    assert course.adrenal[-1] == pytest.approx(1.0, abs=0.05)


# The published course: two months of stress (u = 3), then weeks


@pytest.mark.parametrize(
    ("k", "days", "acth", "cortisol"),
    [(4.0, 1, 0.78, 1.67), (8.0, 1, 0.73, 1.83), (4.0, 60, 0.80, 1.09)],
)
def test_after_the_stressor_acth_is_low_and_cortisol_high_for_weeks(k, days, acth, cortisol):
    course = stress_axis.run(3.0, 60 * DAY, k, 200 * DAY)
    share = course.at((60 + days) * DAY) / course.at(0.0)
    assert share[1:3] == pytest.approx([acth, cortisol], abs=0.006)


def test_cortisol_settles_first_and_acth_later():
    course = stress_axis.run(3.0, 60 * DAY, 4.0, 200 * DAY)
    settled = stress_axis.days_until_settled(course, 60 * DAY)
    assert 50 < settled < 70
    assert course.at((60 + settled) * DAY)[2] / course.cortisol[0] == pytest.approx(1.1, abs=1e-3)
    assert course.at((60 + settled) * DAY)[1] < 0.85


def test_raised_output_and_a_blunted_answer_go_together():
    course = stress_axis.run(3.0, 60 * DAY, 4.0, 10 * DAY)
    after = course.at(61 * DAY)
    before_test, after_test = (stress_axis.acth_response(state, 5.0, 30.0, 4.0) for state in (course.at(0.0), after))
    assert after[2] > 1.5 * course.cortisol[0]
    assert after_test < 0.8 * before_test


def test_a_short_stressor_is_over_the_same_day():
    course = stress_axis.run(10.0, 30.0, 4.0, 10 * DAY)
    assert course.cortisol.max() > 1.3 * course.cortisol[0]
    assert stress_axis.days_until_settled(course, 30.0) < 0.5
    assert course.at(5 * DAY) == pytest.approx(course.at(0.0), rel=0.005)


def test_settling_is_not_invented():
    short = stress_axis.run(3.0, 60 * DAY, 4.0, 5 * DAY)
    assert math.isnan(stress_axis.days_until_settled(short, 60 * DAY))
    quiet = stress_axis.run(1.0, DAY, 4.0, DAY)
    assert stress_axis.days_until_settled(quiet, DAY) == 0.0


# The solver


@pytest.mark.parametrize(
    ("u", "duration_min", "k", "follow_min"),
    [(3.0, 20 * DAY, 4.0, 20 * DAY), (30.0, 5 * DAY, 20.0, 5 * DAY), (30.0, 5.0, 2.0, 600.0), (16.0, 360.0, 4.0, DAY)],
)
def test_the_solver_agrees_with_scipys(u, duration_min, k, follow_min):
    course = stress_axis.run(u, duration_min, k, follow_min)
    during = exactly(course.at(0.0), u, k, duration_min)
    assert course.at(duration_min) == pytest.approx(during, rel=1e-4)
    assert course.at(duration_min + follow_min) == pytest.approx(exactly(during, 1.0, k, follow_min), rel=1e-4)


@pytest.mark.parametrize("minutes", [3.0, 17.0, 60.0, 150.0])
def test_the_first_hours_agree_too(minutes):
    course = stress_axis.run(30.0, DAY, 4.0, 0.0)
    assert course.at(minutes) == pytest.approx(exactly(course.at(0.0), 30.0, 4.0, minutes), rel=2e-3)  # between points


def test_the_solver_on_a_stiff_equation_with_a_known_answer():
    # y' = -1000 (y - cos t) - sin t: y = cos t after a jump that is over within a few thousandths. t is a second part.
    times, states = solve(
        lambda y: np.array([-1000.0 * (y[0] - math.cos(y[1])) - math.sin(y[1]), 1.0]),
        lambda y: np.array([[-1000.0, -1000.0 * math.sin(y[1]) - math.cos(y[1])], [0.0, 0.0]]),
        np.array([2.0, 0.0]), end=10.0, first_step=1e-5, longest_step=1.0,
    )  # fmt: skip
    late = times > 0.05
    assert states[late, 0] == pytest.approx(np.cos(times[late]), abs=2e-4)
    assert len(times) < 1000  # an explicit method needs at least 5000
    assert times[-1] == 10.0


def test_a_finer_tolerance_gives_the_third_order():
    def error(tolerance):
        _, states = solve(
            lambda y: -(y**3), lambda y: np.diag(-3.0 * y**2), np.array([1.0]), 10.0, 1e-3, 10.0, tolerance
        )
        return abs(float(states[-1, 0]) - 1 / math.sqrt(21))

    assert error(1e-4) < 1e-4
    assert error(1e-7) < error(1e-4) / 200


def test_an_equation_that_runs_away_is_given_up_in_a_sentence():
    with pytest.raises(RuntimeError, match=r"too fast to be followed"), np.errstate(all="ignore"):
        solve(lambda y: y**3, lambda y: np.diag(3.0 * y**2), np.array([1.0]), 2.0, 1e-3, 1.0)  # ends at time 0.5


@pytest.mark.parametrize(
    "arguments", [(0, 60, 4, 60), (3, 0, 4, 60), (3, 60, 0, 60), (3, 60, 4, -1), (math.nan, 60, 4, 60)]
)
def test_impossible_stressors_are_refused_in_one_sentence(arguments):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$"):
        stress_axis.run(*arguments)


def test_a_course_of_months_is_computed_within_a_fiftieth_of_a_second():
    stress_axis.run(3.0, 60 * DAY, 4.0, 180 * DAY)
    seconds = []
    for k in range(3, 12):
        begin = time.process_time()
        stress_axis.run(3.0, 60 * DAY, float(k), 180 * DAY)
        seconds.append(time.process_time() - begin)
    assert statistics.median(seconds) < 0.02
