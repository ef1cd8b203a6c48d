"""The models of module 02 against closed forms, limiting cases and the bounds of models of the two-step task."""

import math

import numpy as np
import pytest

from course.models import devaluation, proportion, spiral, two_step
from course.models import temporal_difference as td

# Temporal differences


def test_one_trial_from_nothing_teaches_the_last_state_alone():
    values, errors = td.td_trial(np.zeros(4), 1, 0.1, 0.9)
    assert values == pytest.approx([0, 0, 0, 0.1])
    assert errors == pytest.approx([0, 0, 0, 1])


def test_input_is_left_alone():
    before = np.array([0.1, 0.2])
    td.td_trial(before, 1, 0.5, 0.9, 0.3)
    assert list(before) == [0.1, 0.2]


@pytest.mark.parametrize("alpha", [0.05, 0.1, 0.5])
def test_a_natural_reward_is_learned_along_the_closed_form(alpha):
    n = np.arange(61)
    learned = td.learn(60, 1, 2.0, alpha, 0.9).values[:, 0]
    assert learned == pytest.approx(2.0 * (1 - (1 - alpha) ** n))
    assert td.value_without_floor(n, 2.0, alpha) == pytest.approx(learned)


@pytest.mark.parametrize(("states", "gamma"), [(2, 0.9), (4, 0.9), (5, 0.7)])
def test_long_training_discounts_the_reward_once_a_state(states, gamma):
    learned = td.learn(4000, states, 1.5, 0.1, gamma)
    assert learned.values[-1] == pytest.approx(1.5 * gamma ** np.arange(states - 1, -1, -1))
    assert learned.errors[-1] == pytest.approx(0, abs=1e-9)
    assert learned.onset_errors[-1] == pytest.approx(1.5 * gamma**states)


def test_value_moves_back_one_state_a_trial():
    values = td.learn(6, 6, 1, 0.3, 0.9).values
    for trial in range(7):
        assert np.count_nonzero(values[trial]) == trial
        assert np.all(values[trial, 6 - trial :] > 0)


def test_a_predicted_reward_surprises_nobody_and_an_omitted_one_does():
    learned = td.learn(1000, 1, 1, 0.1, 0.9).values[-1]
    assert td.td_trial(learned, 1, 0.1, 0.9)[1] == pytest.approx([0], abs=1e-9)
    assert td.td_trial(learned, 0, 0.1, 0.9)[1] == pytest.approx([-1])


@pytest.mark.parametrize(("alpha", "drug", "trials"), [(0.1, 0.3, 14), (0.1, 0.5, 11), (0.05, 0.2, 35)])
def test_a_drug_first_learns_like_any_reward_and_then_rises_without_end(alpha, drug, trials):
    assert trials == math.ceil(math.log(1 - 1 / (1 + drug)) / math.log(1 - alpha))
    assert td.trials_until_reward_is_passed(1, drug, alpha) == trials
    value = td.learn(500, 1, 1, alpha, 0.9, drug).values[:, 0]
    n = np.arange(trials + 1)
    assert value[: trials + 1] == pytest.approx((1 + drug) * (1 - (1 - alpha) ** n))
    assert value[trials - 1] < 1 <= value[trials]
    assert np.diff(value[trials:]) == pytest.approx(np.full(500 - trials, alpha * drug))


def test_a_compensable_drug_is_only_more_reward():
    learned = td.learn(2000, 3, 1, 0.1, 0.9, 0.3, noncompensable=False)
    assert learned.values[-1, -1] == pytest.approx(1.3)
    assert learned.errors[-1] == pytest.approx([0, 0, 0], abs=1e-9)
    alike = td.learn(2000, 3, 1.3, 0.1, 0.9)
    assert learned.values == pytest.approx(alike.values)


def test_the_drug_acts_at_the_outcome_alone_and_never_below_its_floor():
    errors = td.learn(800, 4, 1, 0.1, 0.9, 0.4).errors
    assert np.min(errors[:, -1]) == pytest.approx(0.4)
    first = td.td_trial([0, 0, 0, 0], 1, 0.1, 0.9, 0.4)[1]
    assert first == pytest.approx([0, 0, 0, 1.4])


def test_without_a_drug_there_is_no_floor():
    assert td.outcome_error(1.0, 0.0, 0.0, noncompensable=True) == -1.0
    assert td.outcome_error(1.0, 0.0, 0.2, noncompensable=True) == 0.2
    assert td.outcome_error(1.0, 0.0, 0.2, noncompensable=False) == pytest.approx(-0.8)


def test_blocking_holds_for_rewards_and_compensable_drugs_and_fails_where_the_floor_is():
    a, b = td.blocking(500, 100, 1, 0.1)
    assert (a, b) == pytest.approx((1, 0))
    a, b = td.blocking(500, 100, 1, 0.1, 0.3, noncompensable=False)
    assert (a, b) == pytest.approx((1.3, 0))
    # What the experiments with cocaine contradict: the new cue learns alpha D in every trial.
    assert td.blocking(500, 100, 1, 0.1, 0.3)[1] == pytest.approx(100 * 0.1 * 0.3)
    # Without training of A alone both share: nothing is special about the order.
    together = td.blocking(0, 500, 1, 0.1)
    assert together == pytest.approx((0.5, 0.5))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: td.td_trial([], 1, 0.1, 0.9), "list"),
        (lambda: td.td_trial([[0.0]], 1, 0.1, 0.9), "list"),
        (lambda: td.td_trial([0.0], 1, 1.1, 0.9), "alpha"),
        (lambda: td.td_trial([0.0], 1, 0.1, 2), "gamma"),
        (lambda: td.td_trial([0.0], 1, 0.1, 0.9, -1), "drug"),
        (lambda: td.td_trial([0.0], math.nan, 0.1, 0.9), "reward"),
        (lambda: td.learn(-1, 1, 1, 0.1, 0.9), "trials"),
        (lambda: td.learn(1, 0, 1, 0.1, 0.9), "state"),
        (lambda: td.trials_until_reward_is_passed(1, 0, 0.1), "drug"),
        (lambda: td.trials_until_reward_is_passed(1, 0.3, 1), "alpha"),
        (lambda: td.value_without_floor(-1, 1, 0.1), "trials"),
        (lambda: td.blocking(-1, 1, 1, 0.1), "trials"),
    ],
)
def test_impossible_learning_is_refused_in_one_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# The cascade


@pytest.mark.parametrize(("reward", "punishment", "drug", "levels"), [(1, 2, 0.5, 5), (1, 0, 0, 3), (2, 3, 0.1, 6)])
def test_each_level_ends_one_drug_term_above_the_last(reward, punishment, drug, levels):
    ends = spiral.asymptotes(levels, reward, punishment, drug)
    assert ends == pytest.approx([reward - punishment + (k + 1) * drug for k in range(levels)])
    assert spiral.cascade(5000, levels, reward, punishment, drug)[-1] == pytest.approx(ends)


def test_low_levels_want_what_the_top_rejects():
    assert spiral.asymptotes(5, 1, 2, 0.5) == pytest.approx([-0.5, 0, 0.5, 1, 1.5])


def test_without_drug_the_rise_is_a_sum_of_waiting_times():
    trials = np.arange(1001)
    values = spiral.cascade(1000, 6, 1, 0, 0, alpha=0.01)
    for level in range(6):
        waited = 0.01 * trials  # Erlang: more than `level` events of a Poisson process of rate 1 by then
        fewer = sum(np.exp(-waited) * waited**events / math.factorial(events) for events in range(level + 1))
        assert values[:, level] == pytest.approx(1 - fewer, abs=0.02)


def test_half_times_grow_by_about_a_hundred_trials_a_level():
    values = spiral.cascade(1000, 5, 1, 0, 0, alpha=0.01)
    crossings = [np.interp(0.5, values[:, level], np.arange(1001)) for level in range(5)]
    assert crossings == pytest.approx([69, 168, 267, 367, 467], abs=1)


def test_punishment_reaches_the_top_first_and_the_end_does_not_depend_on_when_it_began():
    early, late = (spiral.cascade(4000, 5, 1, 1.8, 0.5, punished_from=start) for start in (0, 500))
    assert early[-1] == pytest.approx(late[-1])
    assert late[500] == pytest.approx(spiral.cascade(500, 5, 1, 0, 0.5)[-1])
    halfway = late[750]
    assert halfway[0] < 0 < halfway[4]
    # Punished from the start, no level ever comes to want as much as it would have wanted by then.
    assert np.all(early[1:501] < late[1:501] + 1e-12)
    assert np.max(early) < np.max(late)


def test_the_smallest_drug_term_that_keeps_a_level_wanting():
    for level in range(5):
        dose = spiral.smallest_drug(level, 1, 2)
        assert spiral.asymptotes(5, 1, 2, dose)[level] == pytest.approx(0)
        assert spiral.asymptotes(5, 1, 2, dose + 0.01)[level] > 0
    assert spiral.smallest_drug(2, 1, 2) == pytest.approx(1 / 3)
    assert spiral.smallest_drug(2, 1, 0) == 0


@pytest.mark.parametrize(
    "arguments", [(-1, 5, 1, 1, 1), (10, 0, 1, 1, 1), (10, 5, 1, -1, 1), (10, 5, 1, 1, -1), (10, 5, 1, 1, 1, 2.0)]
)
def test_an_impossible_cascade_is_refused(arguments):
    with pytest.raises(ValueError, match=r"must|lie"):
        spiral.cascade(*arguments)


# The two-step task. 40,000 trials, 100 agents of 400.


def played(weight, chance=0.7, **agent):
    world = two_step.make_world(400, 100, chance)
    return two_step.simulate(world, two_step.Agent(weight=weight, **agent))


def standard_error(play):
    """Of a sum of four stay probabilities with signs: binomial, since each cell counts its own trials."""
    stays, out_of = two_step.stay_counts(play)
    share = stays / out_of
    return math.sqrt(float(np.sum(share * (1 - share) / out_of)))


@pytest.fixture(scope="module")
def model_free():
    return played(0.0)


@pytest.fixture(scope="module")
def model_based():
    return played(1.0)


def table_of(play):
    return two_step.stay_table(play.choice, play.common, play.reward)


def test_a_model_free_agent_repeats_what_paid_however_it_got_there(model_free):
    table = table_of(model_free)
    assert standard_error(model_free) < 0.0125  # so that 0.05 is four standard errors
    assert abs(two_step.interaction(table)) < 0.05
    assert two_step.reward_effect(table) > 0.2


def test_a_model_based_agent_asks_what_commonly_leads_there(model_based):
    table = table_of(model_based)
    assert standard_error(model_based) / 2 < 0.0075  # the main effect is half such a sum: 0.03 is four of these
    assert abs(two_step.reward_effect(table)) < 0.03
    assert two_step.interaction(table) > 0.3
    assert table[0, 1] < table[1, 1]


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_when_no_transition_is_more_common_nobody_can_tell_them_apart(weight):
    assert abs(two_step.interaction(table_of(played(weight, chance=0.5)))) < 0.05


def test_mixtures_lie_between(model_free, model_based):
    effects = [two_step.interaction(table_of(play)) for play in (model_free, played(0.5), model_based)]
    assert effects[0] + 0.05 < effects[1] < effects[2] - 0.05


def test_the_error_of_the_interaction_shrinks_with_the_root_of_the_trials():
    agent, runs = two_step.Agent(weight=0.5), 150
    spreads = []
    for trials in (500, 2000):
        play = two_step.simulate(two_step.make_world(trials, runs), agent)
        effects = [
            two_step.interaction(two_step.stay_table(*row))
            for row in zip(play.choice, play.common, play.reward, strict=True)
        ]
        spreads.append(np.std(effects, ddof=1))
    within = 4 / math.sqrt(2 * runs)  # four relative standard errors of a standard deviation
    assert spreads[1] == pytest.approx(0.055, rel=within)
    assert spreads[0] / spreads[1] == pytest.approx(2, rel=within * math.sqrt(2))


def test_perseveration_is_a_habit_of_the_hand_not_of_value():
    table = table_of(played(0.0, beta=0.0))
    assert table == pytest.approx(np.full((2, 2), 0.5), abs=0.03)
    # With equal values the choice just made is repeated with the logistic of its bonus.
    world = two_step.make_world(400, 100)
    agent = two_step.Agent(weight=0.0, alpha=0.0, beta=5.0, perseveration=0.2)
    assert table_of(two_step.simulate(world, agent)) == pytest.approx(np.full((2, 2), 1 / (1 + math.exp(-1))), abs=0.03)


def test_worlds_are_as_described():
    world = two_step.make_world(2000, 50, 0.8, seed=3)
    n = world.common.size
    assert world.common.mean() == pytest.approx(0.8, abs=4 * math.sqrt(0.8 * 0.2 / n))
    # Each chance to pay stays within its walls and, over worlds, is even between them.
    assert world.pays.mean() == pytest.approx(0.5, abs=0.02)
    assert 0.2 < world.pays.mean(axis=1).min()
    assert np.array_equal(world.pays, two_step.make_world(2000, 50, 0.8, seed=3).pays)
    assert not np.array_equal(world.pays, two_step.make_world(2000, 50, 0.8, seed=4).pays)


def test_what_pays_drifts_slowly():
    pays = two_step.make_world(400, 300).pays[:, :, 0, 0].astype(float)
    early, later, last = pays[:, :20].mean(axis=1), pays[:, 20:40].mean(axis=1), pays[:, -20:].mean(axis=1)
    assert np.corrcoef(early, later)[0, 1] > 0.3
    assert abs(np.corrcoef(early, last)[0, 1]) < 4 / math.sqrt(300)


def test_agents_in_one_world_meet_the_same_luck():
    world = two_step.make_world(60)
    play = two_step.simulate(world, two_step.Agent(), agents=20)
    assert play.choice.shape == (20, 60)
    assert np.all(play.common == world.common[0])
    assert len({tuple(row) for row in play.choice}) > 10


def test_a_replay_meets_the_world_it_was_played_in():
    world = two_step.make_world(6, seed=2)
    first, second = [0, 1, 1, 0], [1, 1, 0, 0]
    play = two_step.replay(world, first, second)
    for trial in range(4):
        state = first[trial] if world.common[0, trial] else 1 - first[trial]
        assert play.reward[0, trial] == world.pays[0, trial, state, second[trial]]
    with pytest.raises(ValueError, match="longer"):
        two_step.replay(world, [0] * 7, [0] * 7)
    with pytest.raises(ValueError, match="0 or 1"):
        two_step.replay(world, [2], [0])


def test_stays_are_counted_against_the_trial_before():
    choice = [0, 0, 1, 1, 0]
    common = [True, True, False, False, True]
    reward = [1, 0, 1, 0, 1]
    # After 1: paid, common, stayed. After 2: not, common, switched. After 3: paid, rare, stayed. After 4: switched.
    assert two_step.stay_table(choice, common, reward) == pytest.approx(np.array([[1, 1], [0, 0]]))
    only = two_step.stay_table([1, 1], [True, True], [1, 1])
    assert only[0, 0] == 1
    assert np.isnan(only).sum() == 3
    stays, out_of = two_step.stay_counts(
        two_step.Play(*(np.array([row]) for row in ([1, 1, 0], [True] * 3, [True] * 3)))
    )
    assert (stays[0, 0], out_of[0, 0], out_of.sum()) == (1, 2, 2)


def test_players_are_not_glued_end_to_end():
    two = two_step.stay_table([[0, 0], [1, 1]], [[True] * 2] * 2, [[1, 1]] * 2)
    assert two[0, 0] == 1


def test_values_are_mixed_and_a_planner_takes_the_best_of_each_state():
    q_mf, matrix, q2 = [0.3, 0.6], [[0.7, 0.3], [0.3, 0.7]], [[0.2, 0.8], [0.4, 0.5]]
    best = np.array([0.8, 0.5])
    planned = np.array([0.7 * 0.8 + 0.3 * 0.5, 0.3 * 0.8 + 0.7 * 0.5])
    assert two_step.mix_values(q_mf, matrix, q2, 1) == pytest.approx(planned)
    assert two_step.mix_values(q_mf, matrix, q2, 0) == pytest.approx(q_mf)
    assert two_step.mix_values(q_mf, matrix, q2, 0.25) == pytest.approx(0.25 * planned + 0.75 * np.array(q_mf))
    assert two_step.mix_values([0, 0], np.eye(2), q2, 1) == pytest.approx(best)
    with pytest.raises(ValueError, match="shape"):
        two_step.mix_values([0], matrix, q2, 1)


def test_the_first_choice_of_an_agent_is_the_softmax_of_its_mixed_values():
    # One trial teaches; the second first choice must then follow mix_values of what was learned.
    size = 40_000
    world = two_step.World(np.ones((1, 2), bool), np.ones((1, 2, 2, 2), bool), 0.7)
    agent = two_step.Agent(weight=0.6, alpha=0.5, beta=2.0, trace=0.8)
    play = two_step.simulate(world, agent, agents=size)
    started = play.choice[:, 0] == 0
    q2 = np.array([[0.5, 0.0], [0.0, 0.0]])  # one of the two second choices was made; both look alike from here
    values = two_step.mix_values([0.5 * (0 + 0.8), 0.0], [[0.7, 0.3], [0.3, 0.7]], q2, 0.6)
    expected = 1 / (1 + math.exp(-2.0 * (values[0] - values[1])))
    error = math.sqrt(expected * (1 - expected) / started.sum())
    assert np.mean(play.choice[started, 1] == 0) == pytest.approx(expected, abs=4 * error)


def test_wilsons_interval():
    low, high = proportion.wilson_interval([43, 0, 5, 0], [121, 10, 5, 0])
    assert (low[0], high[0]) == pytest.approx((0.276, 0.444), abs=5e-4)
    assert low[1] == 0
    assert high[1] == pytest.approx(1.96**2 / (10 + 1.96**2))
    assert high[2] == pytest.approx(1)
    assert (low[3], high[3]) == (0, 1)
    with pytest.raises(ValueError, match="exceed"):
        proportion.wilson_interval(3, 2)


@pytest.mark.parametrize("wrong", [{"weight": 1.1}, {"alpha": -0.1}, {"trace": 2}, {"beta": -1}])
def test_an_impossible_agent_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        two_step.Agent(**wrong)


# Devaluation


def test_in_extinction_responding_falls_by_the_goal_directed_part_of_the_loss():
    weight, worth = np.linspace(0, 1, 5)[:, None], np.linspace(0, 1, 5)
    assert devaluation.responding(weight, worth) == pytest.approx(1 - weight * (1 - worth))
    assert devaluation.responding(0.4, 0) == pytest.approx(0.6)


def test_a_habit_falls_too_once_the_outcome_is_met_again():
    deliveries = np.arange(200)
    habit = devaluation.responding(0, 0.25, deliveries, 0.1)
    assert habit == pytest.approx(0.25 + 0.75 * 0.9**deliveries)
    assert habit[0] == 1
    assert habit[-1] == pytest.approx(0.25, abs=1e-6)
    assert devaluation.responding(1, 0.25, deliveries) == pytest.approx(0.25)


@pytest.mark.parametrize("arguments", [(1.2, 0), (0.5, -0.1), (0.5, 0, -1)])
def test_impossible_devaluations_are_refused(arguments):
    with pytest.raises(ValueError, match=r"must"):
        devaluation.responding(*arguments)
