"""The simulators of module 02: what they say agrees with the models and the circuit, and a game survives its panel."""

import math
import re

import numpy as np
import pytest
from timing_kit import usual_seconds

from course import evidence
from course.models import spiral as cascade_model
from course.models import temporal_difference as td
from course.models import two_step
from course.simulators import (
    circuit_walk,
    devaluation,
    prediction_errors,
    spiral,
    stay_probabilities,
    two_step_task,
)
from course.simulators.panel import Notice, Panel

GAME = "LRRLLLRRLRRLLLRLRRLLRLLRRRLLRL" * 4  # 60 trials


def numbers(text):
    return [float(found.replace("−", "-")) for found in re.findall(r"[-−]?\d+(?:\.\d+)?", text)]


# All


@pytest.mark.parametrize(
    "compute",
    [
        pytest.param(lambda i: prediction_errors._course(0.5, "no", 100 + i, "as always"), id="prediction_errors"),
        pytest.param(lambda i: spiral._course(6, 0.5, 1.8, 900 + i, 500), id="spiral"),
        pytest.param(lambda i: stay_probabilities._table_of.__wrapped__(0.1 * i, 0.7), id="stay_probabilities"),
        pytest.param(lambda i: two_step_task._played(GAME), id="two_step_task"),
    ],
)
def test_the_model_behind_an_update_computes_in_twenty_milliseconds(compute):
    assert usual_seconds(compute) < 0.020


# Prediction errors


def test_a_learned_reward_surprises_at_the_cue_and_its_absence_at_the_outcome():
    always, omitted, uncued = (
        prediction_errors.draw(drug=0.0, trial=200, event=event) for event in ("as always", "no outcome", "no cue")
    )
    assert "error 0.66 at the cue, 0.00 at the outcome" in always.reading  # 0.9 to the fourth power
    assert "error 0.66 at the cue, −1.00 at the outcome" in omitted.reading
    assert "error 0.00 at the cue, 1.00 at the outcome" in uncued.reading


@pytest.mark.parametrize(("compensable", "last"), [("no", "0.30"), ("yes", "0.00")])
def test_only_a_drug_that_learning_cannot_cancel_keeps_surprising(compensable, last):
    picture = prediction_errors.draw(drug=0.3, compensable=compensable, trial=200)
    assert f"{last} at the outcome" in picture.reading
    assert picture.table.rows[-1][2] == last


def test_when_the_drug_is_left_out_nothing_holds_the_error_up():
    learned = td.learn(149, 4, 1.0, 0.1, 0.9, 0.5).values[-1, -1]
    assert f"−{learned:.2f} at the outcome" in prediction_errors.draw(event="no outcome").reading


def test_the_prediction_is_about_trial_150_whatever_is_shown():
    for settings in ({}, {"drug": 0.0}, {"trial": 3}):
        assert "the model says 0.50: that is 0.5 too low" in prediction_errors.draw(**settings, prediction=0).reading
        assert "the model agrees" in prediction_errors.draw(**settings, prediction=0.5).reading


# The spiral


def test_the_top_says_no_while_the_bottom_still_wants():
    picture = spiral.draw()
    assert "the top (level 0) is at −0.29" in picture.reading
    assert "4 of 5 levels value the drug" in picture.reading
    ends = cascade_model.asymptotes(5, 1, 1.8, 0.5)
    assert ", ".join(f"{end:.2f}" for end in ends).replace("-", "−") in picture.reading


def test_the_number_predicted_is_of_the_default_course():
    assert "in the model it is 4" in spiral.draw(levels=2, prediction=2).reading
    assert "as in the model" in spiral.draw(trials=0, prediction=4).reading


def test_early_punishment_is_another_start_of_the_same_end():
    early, late = spiral.draw(punished_from=0), spiral.draw(punished_from=500)
    assert early.reading.split("In the end")[1] == late.reading.split("In the end")[1]
    at_500 = [numbers(" ".join(row[1:])) for picture in (early, late) for row in picture.table.rows if row[0] == "500"]
    assert all(sooner < later for sooner, later in zip(*at_500, strict=True))


def test_the_striatum_is_the_circuits():
    drawing = spiral._Drawing(None, 500)
    drawing.picture(5, 0.5, 1.8, 1000)
    values = cascade_model.cascade(1000, 5, 1, 1.8, 0.5, punished_from=500)[-1]
    for name, level in (("NAcSh", 0), ("NAcC", 2), ("DS", 4)):
        shown, number = drawing.spot_texts[name].get_text().split("\n")
        assert shown in evidence.circuit().nodes
        assert numbers(number) == [pytest.approx(values[level], abs=0.005)]
    # One arrow for each of the circuit's connections between these places, drawn by its sign.
    among = [each for each in evidence.circuit().connections if {each.start, each.end} <= set(spiral._PLACES)]
    arrows = [patch for patch in drawing.brain.patches if type(patch).__name__ == "FancyArrowPatch"]
    assert len(arrows) == len(among) == 6
    dashed = [arrow for arrow in arrows if arrow.get_linestyle() not in ("-", "solid")]
    assert len(dashed) == sum(each.sign == "-" for each in among)


def test_value_shows_in_the_colour_of_a_place():
    drawing = spiral._Drawing(None, 0)
    drawing.picture(2, 0.0, 3.0, 1000)
    red, _, blue, _ = drawing.spots["NAcSh"].get_facecolor()[0]
    assert red < blue  # unwanted: blue
    drawing.picture(2, 1.0, 0.0, 1000)
    red, _, blue, _ = drawing.spots["DS"].get_facecolor()[0]
    assert red > blue  # wanted: orange


@pytest.mark.parametrize("wrong", [-1, 1001, 2.5, True, "late"])
def test_a_punishment_begins_within_the_trials(wrong):
    with pytest.raises(ValueError, match="punished_from"):
        spiral.explore(None, punished_from=wrong)


# Stay probabilities of model agents


def test_model_agents_show_their_marks_within_their_error():
    # 300 agents of 100 trials: a share of the rarest kind of trial has a standard error of 0.5/sqrt(4000) or so.
    error = 0.5 / math.sqrt(4000)
    free, based = (np.array(stay_probabilities._table_of(weight, 0.7)).reshape(2, 2) for weight in (0.0, 1.0))
    assert abs(two_step.interaction(free)) < 0.05
    assert abs(two_step.reward_effect(based)) < 4 * error
    assert two_step.interaction(based) > 0.3
    assert "purely model-free" in stay_probabilities.draw(weight=0).reading
    assert "that is less often" in stay_probabilities.draw(prediction="more").reading
    assert "as you predicted" in stay_probabilities.draw(prediction="less").reading


def test_a_world_without_rare_trials_says_so():
    picture = stay_probabilities.draw(common=1.0)
    assert "paid rare never occurred" in picture.reading.replace(",", "")
    assert [row[1] for row in picture.table.rows if "rare" in row[0]] == ["no such trial"] * 2


# Devaluation


@pytest.mark.parametrize(("weight", "worth", "fall"), [(0.7, 0, 70), (0.25, 50, 12), (0.0, 0, 0), (1.0, 20, 80)])
def test_responding_falls_by_the_goal_directed_part_of_the_loss(weight, worth, fall):
    reading = devaluation.draw(weight=weight, worth_percent=worth).reading
    assert f"responding falls by {fall} %" in reading


def test_what_is_left_is_a_habit_until_the_outcome_is_met():
    rows = {row[0]: row[1:] for row in devaluation.draw(weight=0.5).table.rows}
    assert rows["0"] == ("100 %", "50 %", "0 %")
    assert numbers(rows["10"][0]) == [pytest.approx(100 * 0.9**10, abs=0.5)]
    assert numbers(rows["50"][0])[0] <= 1


def test_the_fall_predicted_is_that_of_the_asked_mixture():
    assert "as in the model" in devaluation.draw(weight=0.1, prediction=70).reading
    assert "in the model it is 70 %" in devaluation.draw(prediction=30).reading


# The game


def test_a_game_begins_with_two_ships_and_shows_the_line_to_keep():
    panel = two_step_task.explore(50)
    assert [key for key, _ in panel.shown["offers"]] == ["L", "R"]
    assert "ship" in panel.shown["offers"][0][1]
    assert panel.shown["keep"] == 'my_choices = ""'
    assert panel.controls[0]["arrows"]
    panel.move(choices=["L"])
    assert "mine" in panel.shown["offers"][0][1]
    assert re.search(r"landed on (Violet|Green)", panel.shown["reading"])
    assert panel.shown["keep"] == 'my_choices = ""'  # a trial is kept when it is whole
    panel.move(choices=["L", "R"])
    assert panel.shown["keep"] == 'my_choices = "LR"'
    assert "Trial 2 of 100" in panel.shown["reading"]
    assert re.search(r"it paid (1|nothing)", panel.shown["reading"])


def test_what_the_game_says_is_what_the_world_held():
    panel = two_step_task.explore(50, trials=60)
    record = two_step_task.outcomes(GAME)
    for trial in range(60):
        panel.move(choices=list(GAME[: 2 * trial + 1]))
        landed = "Violet" if (GAME[2 * trial] == "L") == bool(record["common"][trial]) else "Green"
        assert f"landed on {landed}" in panel.shown["reading"]
        panel.move(choices=list(GAME[: 2 * trial + 2]))
        if trial < 59:
            paid = "it paid 1" if record["reward"][trial] else "it paid nothing"
            assert (
                f"{paid}. Trial {trial + 2} of 60, {sum(record['reward'][: trial + 1])} paid" in panel.shown["reading"]
            )
    assert panel.shown["offers"] == []
    assert "All 60 trials are done" in panel.shown["reading"]
    assert panel.shown["alt"] == two_step_task.draw(GAME, prediction=50).alt
    assert panel.shown["keep"] == f'my_choices = "{GAME}"'


def test_asked_twice_the_game_answers_the_same():
    panel = two_step_task.explore(50)
    panel.move(choices=list("LRR"))
    first = dict(panel.shown)
    panel.move(choices=list("LRR"))
    assert {k: v for k, v in panel.shown.items() if k != "turn"} == {k: v for k, v in first.items() if k != "turn"}


def test_a_kept_game_goes_on_where_it_was():
    played = two_step_task.explore(50, trials=60)
    played.move(choices=list(GAME[:40]))
    kept = re.fullmatch(r'my_choices = "(.*)"', played.shown["keep"])[1]
    resumed = two_step_task.explore(50, choices=kept, trials=60)
    assert resumed.controls[0]["value"] == list(GAME[:40])
    for part in ("src", "reading", "offers", "keep"):
        assert resumed.shown[part] == played.shown[part]
    assert "Trial 21 of 60" in resumed.shown["reading"]


def test_a_text_is_read_kindly_and_half_a_trial_is_left_out():
    assert two_step_task.outcomes("lr rl\nL") == two_step_task.outcomes("LRRL")
    assert two_step_task.outcomes("") == {"choice": [], "common": [], "reward": []}
    assert two_step_task.outcomes("LRRL")["choice"] == [0, 1]


@pytest.mark.parametrize(
    "text", ["LX", "my_choices", 'L"', "LR" * 201, None, 12, ["L", "R"], "<script>alert(1)</script>"]
)
def test_a_text_that_is_no_game_gets_one_sentence(text):
    with pytest.raises(ValueError, match="choices"):
        two_step_task.draw(text)
    notice = two_step_task.explore(50, choices=text)
    assert isinstance(notice, Notice)
    assert notice.sentence.endswith(".")


@pytest.mark.parametrize("trials", [59, 201, 60.5, True, "many"])
def test_a_game_has_60_to_200_trials(trials):
    notice = two_step_task.explore(50, trials=trials)
    assert isinstance(notice, Notice)
    assert "60 to 200" in notice.sentence


def test_a_longer_game_begins_like_a_shorter_one():
    short, long = (two_step_task.explore(50, choices=GAME[:60], trials=trials) for trials in (60, 200))
    assert short.shown["reading"].replace("of 60", "of 200") == long.shown["reading"]


@pytest.mark.parametrize("sent", ["LR", [1, 2], ["X"], ["L"] * 201, None])
def test_presses_no_button_can_send_are_answered_in_a_sentence(sent):
    panel = two_step_task.explore(50, trials=100)
    panel.asked = {"values": {"choices": sent}, "turn": 4}
    assert panel.shown["turn"] == 4
    assert "offers" not in panel.shown
    assert re.fullmatch(r"<p>[^<]+\.</p>", panel.shown["reading"])


def test_own_shares_are_those_of_the_models_table():
    picture = two_step_task.draw(GAME, prediction=60)
    table = two_step.stay_table(**two_step_task.outcomes(GAME))
    for row, share in zip(picture.table.rows, table.ravel(), strict=True):
        assert row[1] == (f"{100 * share:.0f} %" if np.isfinite(share) else "none")
    low, high = numbers(picture.table.rows[0][2])
    assert low < 100 * table[0, 0] < high
    record = two_step_task.outcomes(GAME)
    after_pay = [i for i in range(59) if record["reward"][i]]
    stays = sum(record["choice"][i] == record["choice"][i + 1] for i in after_pay)
    assert f"({stays} of {len(after_pay)})" in picture.reading


def test_a_player_who_repeats_what_paid_looks_model_free_and_a_planner_does_not():
    world = two_step_task._world()

    def play(stays_after):
        text, first = "", 0
        for _ in range(200):
            text += "LR"[first] + "L"
            record = two_step_task.outcomes(text)
            if not stays_after(record["reward"][-1], record["common"][-1]):
                first = 1 - first
        return two_step.stay_table(**two_step_task.outcomes(text))

    assert world.common.shape == (1, 200)
    assert play(lambda paid, common: paid) == pytest.approx(np.array([[1, 1], [0, 0]]))
    assert play(lambda paid, common: paid == common) == pytest.approx(np.array([[1, 0], [0, 1]]))


def test_a_few_trials_are_called_too_few_and_no_trials_show_the_agents():
    assert "too short to tell" in two_step_task.draw(GAME[:20]).reading
    assert "too short" not in two_step_task.draw(GAME).reading
    empty = two_step_task.draw()
    assert "No choices yet" in empty.reading
    assert all(row[1] == "none" for row in empty.table.rows)
    free, based = ([numbers(row[column])[0] for row in empty.table.rows] for column in (3, 4))
    assert free[1] > based[1]  # after a rare trial that paid
    assert two_step_task.draw("LRLR").png != empty.png


def test_every_world_of_a_game_has_its_share_of_rare_trials():
    for trials in (60, 100, 200):
        assert two_step_task._world().common[0, :trials].mean() == pytest.approx(0.7, abs=0.02)


# The circuit


def test_the_circuit_is_the_evidences():
    picture = circuit_walk.draw(prediction=6)
    among = [
        each
        for each in evidence.circuit().connections
        if {each.start, each.end} <= {"VTA", "SN", "NAcSh", "NAcC", "DS", "mPFC", "OFC"}
    ]
    assert len(among) == len(picture.table.rows) == 10
    for each, row in zip(among, picture.table.rows, strict=True):
        assert row[:2] == (f"{each.start} → {each.end}", each.transmitter)
        assert row[3] == each.role
        assert each.evidence_status in row[4]
    supported = sum(each.evidence_status == "supported" for each in among)
    assert supported == 6
    assert "as it is" in picture.reading
    assert f"it is {supported}" in circuit_walk.draw(prediction=8).reading


def test_every_place_and_connection_can_be_picked_out():
    drawing = circuit_walk._Drawing(None)
    names = [*circuit_walk._PLACES, *circuit_walk._connections()]
    pictures = {name: drawing.picture(name) for name in names}
    assert len({picture.png for picture in pictures.values()}) == len(names)
    for name, each in circuit_walk._connections().items():
        text = " ".join(line for _, line in pictures[name].outlines[0].lines)
        assert each.transmitter in text
        assert each.role in text
        assert evidence.BADGES[each.evidence_status] in text
        assert {"+": "excites", "-": "inhibits", "±": "modulates"}[each.sign] in pictures[name].reading
        assert evidence.BADGES[each.evidence_status] in pictures[name].reading
        assert each.check_note in pictures[name].reading
    with pytest.raises(ValueError, match="choose one of"):
        drawing.picture("brain")


def test_one_can_walk_from_place_to_place_and_back():
    panel = circuit_walk.explore(6)
    assert [key for key, _ in panel.shown["offers"]] == ["VTA>NAcSh", "VTA>NAcC", "VTA>mPFC"]
    panel.move(walk=["VTA>NAcC"])
    assert panel.shown["alt"] == circuit_walk.draw("VTA>NAcC").alt
    assert [key for key, _ in panel.shown["offers"]] == ["NAcC>SN", "back"]
    panel.move(walk=["VTA>NAcC", "NAcC>SN", "SN>DS"])
    assert "You are now at DS" in panel.shown["reading"]
    panel.move(walk=["VTA>NAcC", "NAcC>SN", "SN>DS", "back", "back", "back"])
    assert panel.shown["reading"] == circuit_walk.explore(6).shown["reading"]
    panel.move(place="OFC", walk=[])
    assert [key for key, _ in panel.shown["offers"]] == ["OFC>DS", "OFC>SN"]
    assert all("glutamate" in text and "excites" in text for _, text in panel.shown["offers"])


@pytest.mark.parametrize("walk", [["DS>SN"], ["back"], ["VTA>NAcSh", "VTA>NAcSh"], ["nowhere"]])
def test_there_is_no_way_where_there_is_no_connection(walk):
    panel = circuit_walk.explore(6)
    panel.move(walk=walk)
    assert "no way leads" in panel.shown["reading"]
    assert "offers" not in panel.shown


def test_from_every_place_a_way_leads_on():
    starts = {name.split(">")[0] for name in circuit_walk._connections()}
    assert starts == set(circuit_walk._PLACES)


def test_panels_are_panels():
    assert isinstance(two_step_task.explore(50), Panel)
    assert isinstance(circuit_walk.explore(6), Panel)
