"""Wanting, self-administration and drive reduction against closed forms, limiting cases and published numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import evidence
from course.models import drive_reduction as drive
from course.models import incentive_salience as salience
from course.models import self_administration as taking
from course.models import temporal_difference as td

THRESHOLD = evidence.value("rat-cocaine-satiety-threshold")
HALF_LIFE = evidence.value("rat-cocaine-functional-half-life")
RATE = math.log(2) / HALF_LIFE


# Incentive salience


@pytest.mark.parametrize(("reward", "value", "kappa", "wanted"), [(1, 0, 3, 3), (0, 1, 3, 0.9), (1, 1, 2, 2.9)])
def test_kappa_multiplies_the_reward_and_nothing_else(reward, value, kappa, wanted):
    assert salience.wanting(reward, value, 0.9, kappa) == pytest.approx(wanted)


def test_wanting_broadcasts():
    assert salience.wanting([0, 1], [1, 0], 0.9, [[1], [3]]) == pytest.approx(np.array([[0.9, 1], [0.9, 3]]))


@pytest.mark.parametrize("gamma", [0.5, 0.9, 1.0])
def test_with_kappa_one_wanting_is_what_temporal_difference_learning_ends_at(gamma):
    learned = td.learn(3000, 4, 1.0, 0.1, gamma).values[-1]
    assert salience.chain(4, 1.0, gamma, 1.0) == pytest.approx(learned, abs=1e-9)
    assert salience.learned_values(4, 1.0, gamma) == pytest.approx(learned, abs=1e-9)


@pytest.mark.parametrize("kappa", [0.0, 0.4, 3.0, 50.0])
@pytest.mark.parametrize("cues", [2, 3, 5])
def test_only_the_cue_right_before_the_reward_moves(kappa, cues):
    before, after = (salience.chain(cues, 1.0, 0.9, k) for k in (1.0, kappa))
    assert after[:-1] == pytest.approx(before[:-1])
    assert after[-1] == pytest.approx(kappa * before[-1])


def test_a_single_cue_has_the_reward_next():
    assert salience.chain(1, 2.0, 0.5, 3.0) == pytest.approx([6.0])


def test_relearning_takes_trials_and_reaches_every_cue():
    gamma, kappa, alpha = 0.9, 3.0, 0.1
    values = salience.relearn(400, 2, 1.0, gamma, kappa, alpha)
    trials = np.arange(401)
    assert values[0] == pytest.approx(salience.learned_values(2, 1.0, gamma))  # nothing at once
    assert values[:, 1] == pytest.approx(kappa + (1 - kappa) * (1 - alpha) ** trials)  # geometric
    # The first cue follows the second: one closed form further, a sum of two equal waiting times.
    lag = (1 - alpha) ** trials + trials * alpha * (1 - alpha) ** (trials - 1.0)
    assert values[:, 0] == pytest.approx(gamma * (kappa + (1 - kappa) * lag))
    assert values[1, 0] == values[0, 0]
    assert values[-1] == pytest.approx([gamma * kappa, kappa], abs=1e-6)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: salience.wanting(1, 0, 1.2, 1), lambda: salience.wanting(1, 0, 0.9, -1),
        lambda: salience.wanting(math.nan, 0, 0.9, 1), lambda: salience.chain(0, 1, 0.9, 1),
        lambda: salience.relearn(-1, 2, 1, 0.9, 1, 0.1), lambda: salience.relearn(1, 2, 1, 0.9, 1, 1.5),
    ],
)  # fmt: skip
def test_impossible_wanting_is_refused_in_one_sentence(impossible):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$"):
        impossible()


# Self-administration


def test_the_published_parameters_give_the_published_elimination():
    micrograms_a_second = 1000 / 60 * float(taking.elimination_at_threshold(THRESHOLD, HALF_LIFE))
    assert micrograms_a_second == pytest.approx(2.4, abs=0.05)
    assert round(micrograms_a_second) == 2  # published: approximately 2


@pytest.mark.parametrize(("doses", "minutes"), [([0.3, 0.75, 1.5, 3.0], [1.923, 4.323, 7.483, 12.030]), ([0.0], [0.0])])
def test_intervals_of_the_formula(doses, minutes):
    assert taking.infusion_interval(doses, THRESHOLD, HALF_LIFE) == pytest.approx(minutes, abs=5e-4)


@pytest.mark.parametrize("dose", [0.2, 0.3, 0.75, 1.5, 3.0])
def test_a_session_in_small_steps_has_the_intervals_of_the_formula(dose):
    """An independent rat that looks at its level every hundredth of a minute."""
    step, level, presses = 0.01, 0.0, []
    for tick in range(9000):
        while level <= THRESHOLD * (1 + 1e-9):
            level += dose
            presses.append(tick * step)
        level *= math.exp(-RATE * step)
    run = taking.session(dose, THRESHOLD, HALF_LIFE, 89.99)
    loading = taking.loading_doses(dose, THRESHOLD)
    assert presses[:loading] == [0.0] * loading
    assert presses[loading] > 0
    assert run.loading == loading
    gaps = np.diff(presses[loading:])
    formula = float(taking.infusion_interval(dose, THRESHOLD, HALF_LIFE))
    assert gaps == pytest.approx(np.full(gaps.size, formula), abs=0.03)
    assert np.diff(run.time_min[loading:]) == pytest.approx(np.full(run.time_min.size - loading - 1, formula))
    assert run.time_min[loading] == pytest.approx(presses[loading], abs=0.03)


@given(dose=st.floats(0.05, 5), threshold=st.floats(0.3, 5), half_life=st.floats(2, 40), duration=st.floats(0, 120))
def test_every_session_is_a_saw_tooth_over_the_threshold(dose, threshold, half_life, duration):
    run = taking.session(dose, threshold, half_life, duration)
    assert run.after - run.before == pytest.approx(np.full(run.time_min.size, dose))
    assert run.before[run.loading :] == pytest.approx(np.full(run.time_min.size - run.loading, threshold))
    assert run.after[run.loading - 1] >= threshold * (1 - 1e-8)
    assert np.all(run.before[: run.loading] < threshold)
    assert np.all((run.time_min >= 0) & (run.time_min <= duration))
    assert np.all(np.diff(run.time_min) >= 0)
    # Balance: what came in is still there or has decayed; the level right before each infusion follows from the last.
    later = slice(run.loading, None)
    decayed = run.after[run.loading - 1 : -1] * 0.5 ** (np.diff(run.time_min)[run.loading - 1 :] / half_life)
    assert decayed == pytest.approx(run.before[later], rel=1e-6)
    assert run.level_at(duration, half_life) >= threshold * (1 - 1e-6)


def test_the_level_between_infusions_decays_by_half_in_a_half_life():
    run = taking.session(8.0, 1.0, 10.0, 25.0)
    assert run.time_min == pytest.approx([0.0])
    assert run.level_at([-1.0, 0.0, 10.0, 20.0], 10.0) == pytest.approx([0.0, 8.0, 4.0, 2.0])


@pytest.mark.parametrize(("dose", "threshold", "doses"), [(0.1, 1.7, 17), (0.3, 1.7, 6), (1.7, 1.7, 1), (3, 1.7, 1)])
def test_loading_doses_are_rounded_up(dose, threshold, doses):
    assert taking.loading_doses(dose, threshold) == doses
    assert taking.session(dose, threshold, HALF_LIFE, 0.0).loading == doses


@given(dose=st.floats(1e-6, 1e-3))
def test_intake_at_small_doses_is_what_leaves_the_body_at_the_threshold(dose):
    leaves = 60 * THRESHOLD * RATE
    assert taking.intake_per_h(dose, THRESHOLD, HALF_LIFE) == pytest.approx(leaves, rel=1e-3)


def test_counted_intake_is_that_of_the_formula():
    run = taking.session(0.5, THRESHOLD, HALF_LIFE, 6000.0)
    after_loading = 0.5 * (run.time_min.size - run.loading) / 100
    assert after_loading == pytest.approx(float(taking.intake_per_h(0.5, THRESHOLD, HALF_LIFE)), rel=0.001)


def test_twice_the_dose_is_less_than_twice_the_interval():
    once, twice = taking.infusion_interval([1.5, 3.0], THRESHOLD, HALF_LIFE)
    assert twice / once == pytest.approx(1.608, abs=5e-4)
    doses = np.linspace(0, 5, 60)
    assert np.all(np.diff(taking.infusion_interval(doses, THRESHOLD, HALF_LIFE), 2) < 0)  # concave


def test_a_higher_threshold_looks_like_more_frequent_taking():
    usual, raised = taking.infusion_interval(1.5, [THRESHOLD, 1.5 * THRESHOLD], HALF_LIFE)
    assert raised / usual == pytest.approx(0.731, abs=5e-4)


@given(dose=st.floats(0.01, 10), factor=st.floats(0.1, 10))
def test_only_the_ratio_of_dose_and_threshold_counts(dose, factor):
    plain = float(taking.infusion_interval(dose, THRESHOLD, HALF_LIFE))
    assert taking.infusion_interval(factor * dose, factor * THRESHOLD, HALF_LIFE) == pytest.approx(plain)
    assert taking.infusion_interval(dose, THRESHOLD, factor * HALF_LIFE) == pytest.approx(factor * plain)


@pytest.mark.parametrize(
    "arguments",
    [
        (0, 1, 8, 60),
        (1, 0, 8, 60),
        (1, 1, 0, 60),
        (1, 1, 8, -1),
        (math.inf, 1, 8, 60),
        (1e-9, 1, 8, 60),
        (1e-320, 1, 8, 60),
    ],
)
def test_impossible_sessions_are_refused_in_one_sentence(arguments):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$"):
        taking.session(*arguments)


# Drive reduction


def test_the_same_dose_rewards_more_at_a_larger_deficit():
    at_one, at_three = drive.drive_reward([2.0, 0.0], 3.0, 1.0)
    assert at_one == pytest.approx(1.0)
    assert at_three == pytest.approx(1.8069, abs=5e-5)


@given(deficit=st.floats(0, 10), effect=st.floats(0, 20))
def test_with_a_square_the_reward_is_k_times_twice_the_deficit_minus_k(deficit, effect):
    expected = effect * (2 * deficit - effect)
    assert drive.drive_reward(1.0 - deficit, 1.0, effect, 2.0) == pytest.approx(expected, abs=1e-8)


@given(deficit=st.floats(0.1, 10), p=st.floats(1, 4))
def test_twice_the_deficit_undoes_itself_and_the_deficit_is_the_best_dose(deficit, p):
    def reward(effect):
        return drive.drive_reward(0.0, deficit, effect, p)

    assert reward(2 * deficit) == pytest.approx(0.0, abs=1e-9)
    assert reward(deficit) == pytest.approx(deficit**p)
    others = deficit * np.linspace(0, 4, 41)
    assert np.all(reward(others) <= reward(deficit) + 1e-9)


@given(deficit=st.floats(-3, 6), effect=st.floats(0, 8), p=st.floats(1, 4))
def test_the_two_parts_add_up_and_each_has_its_sign(deficit, effect, p):
    found = drive.parts(-deficit, 0.0, effect, p)
    assert found.relief + found.beyond == pytest.approx(drive.drive_reward(-deficit, 0.0, effect, p), abs=1e-9)
    assert found.relief >= 0
    assert found.beyond <= 0
    if effect <= deficit:
        assert found.beyond == 0
    if deficit <= 0:
        assert found.relief == 0


def test_with_a_straight_drive_relief_does_not_depend_on_the_deficit():
    assert drive.drive_reward([0, -1, -5], 2.0, 1.5, 1.0) == pytest.approx([1.5, 1.5, 1.5])


def test_without_a_deficit_every_dose_is_a_loss():
    assert drive.drive_reward(3.0, 3.0, 1.0) == pytest.approx(-1.0)
    assert drive.drive(3.0, 3.0) == 0.0


def test_an_overshoot_counts_against_the_dose():
    assert drive.drive_reward(0.0, 1.0, 3.0) == pytest.approx(1 - 2 ** (4 / 3))


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: drive.drive_reward(0, 1, -1), lambda: drive.drive(0, 1, 0.5), lambda: drive.drive("low", 1),
        lambda: drive.parts(0, math.inf, 1),
    ],
)  # fmt: skip
def test_impossible_drives_are_refused_in_one_sentence(impossible):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$"):
        impossible()
