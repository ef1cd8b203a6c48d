"""The simulators of module 04: what they say and draw agrees with the models; whose numbers they are is on screen."""

import re

import numpy as np
import pytest
from timing_kit import usual_seconds

from course import evidence
from course.models import drive_reduction, incentive_salience
from course.models import self_administration as taking
from course.simulators import drive_reward, self_administration, wanting

THRESHOLD = evidence.value("rat-cocaine-satiety-threshold")
HALF_LIFE = evidence.value("rat-cocaine-functional-half-life")


def numbers(text):
    return [float(found.replace("−", "-")) for found in re.findall(r"[-−]?\d+(?:\.\d+)?", text)]


# All


def test_what_no_study_stands_behind_says_so():
    controls = {control["name"]: control["label"] for control in drive_reward.explore(1).controls}
    assert "hypothetical" in controls["distress"]
    picture = drive_reward.draw(distress=2)
    for text in (picture.alt, picture.caption, picture.reading):
        assert "hypothetical" in text
    drawing = drive_reward._Drawing(None)
    drawing.picture(1, 1, 2, drive_reduction.USUAL_P)
    assert "hypothetical" in drawing.who.get_text()
    rat = self_administration.draw()
    assert "Not methamphetamine, not people" in rat.caption


@pytest.mark.parametrize(
    "compute",
    [
        pytest.param(lambda i: incentive_salience.relearn(60, 2, 1.0, 0.9, 0.1 * i, 0.1), id="wanting"),
        pytest.param(lambda i: taking.session(0.1, 4.0, 4.0 + 0.01 * i, 180.0), id="self_administration"),
        pytest.param(lambda i: drive_reduction.parts(-np.linspace(0, 7, 141), 0.0, 0.1 * i, 3.0), id="drive_reward"),
    ],
)
def test_the_model_behind_an_update_computes_in_twenty_milliseconds(compute):
    assert usual_seconds(compute) < 0.020


# Wanting


def test_at_once_only_the_cue_before_the_reward_grows():
    reading = wanting.draw(kappa=3.0, trials=0).reading
    assert "cue 1 from 0.90 to 0.90, cue 2 from 1.00 to 3.00" in reading
    assert "after 0 trials: cue 1 0.90, cue 2 1.00" in reading  # relearning has moved neither


def test_learned_again_both_cues_move_in_the_end():
    rows = {row[0]: numbers(" ".join(row[1:])) for row in wanting.draw(kappa=3.0, trials=60).table.rows}
    assert rows["before"] == rows["0"][2:] * 2
    assert rows["1"][2:] == [0.9, 1.2]  # a tenth of the way for cue 2, nothing yet for cue 1
    assert rows["60"][3] > rows["10"][3] > rows["5"][3] > rows["1"][3]
    assert rows["60"][2] > rows["10"][2] > rows["5"][2] > rows["1"][2]
    assert all(row[:2] == [0.9, 3.0] for name, row in rows.items() if name != "before")


def test_what_is_drawn_is_what_the_models_say():
    drawing = wanting._Drawing(None)
    drawing.picture(2.0, 0.5, 20)
    learned = incentive_salience.relearn(60, 2, 1.0, 0.5, 2.0, 0.1)
    for cue, name in enumerate(("cue 1", "cue 2")):
        assert drawing.lines["learned", name].get_ydata()[2:] == pytest.approx(learned[:, cue])
        assert drawing.marks["learned", name].get_ydata()[0] == pytest.approx(learned[20, cue])
        level = incentive_salience.chain(2, 1.0, 0.5, 2.0)[cue]
        assert drawing.lines["at once", name].get_ydata()[2:] == pytest.approx(np.full(61, level))


@pytest.mark.parametrize(("guess", "verdict"), [("cue 2", "the model agrees"), ("both", "it is cue 2")])
def test_the_cue_predicted_is_that_of_the_question(guess, verdict):
    for settings in ({}, {"kappa": 0.5}, {"trials": 60, "gamma": 0.5}):
        assert verdict in wanting.draw(**settings, prediction=guess).reading


# Self-administration


def test_the_session_begins_with_what_was_fitted_to_rats():
    reading = self_administration.draw().reading
    assert f"threshold {THRESHOLD:g} mg/kg, half-life {HALF_LIFE:g} min" in reading
    run = taking.session(1.0, THRESHOLD, HALF_LIFE, 120)
    assert f"{run.loading} loading doses, then {run.time_min.size - run.loading} infusions" in reading


def test_intervals_come_as_the_session_passes():
    drawing = self_administration._Drawing(None)
    counts = []
    for minutes in (1, 30, 90, 180):
        drawing.picture(0.5, 2.0, 8.0, minutes)
        times = drawing.tops.get_xdata()
        assert max(times) <= minutes
        assert max(drawing.level.get_xdata()) == minutes
        counts.append(len(times))
    assert counts == sorted(set(counts))


def test_the_saw_tooth_stands_on_the_threshold():
    drawing = self_administration._Drawing(None)
    drawing.picture(1.0, 2.5, 10.0, 150)
    time_min, level = drawing.level.get_xdata(), drawing.level.get_ydata()
    loaded = time_min > 0
    assert np.all(np.diff(time_min) >= 0)
    assert level[loaded].min() == pytest.approx(2.5)
    assert level[loaded].max() == pytest.approx(3.5)
    assert drawing.line.get_ydata() == pytest.approx([2.5, 2.5])
    rising = np.diff(level) > 1e-9
    assert np.all(np.diff(time_min)[rising] == 0)  # up at once, down slowly


@pytest.mark.parametrize("dose", [0.2, 1.0, 2.7])
def test_numbers_in_the_reading_are_those_of_the_formula(dose):
    gap = float(taking.infusion_interval(dose, 2.0, 10.0))
    reading = self_administration.draw(unit_dose=dose, threshold=2.0, half_life=10.0).reading
    decimals = 1 if gap >= 1 else 2
    assert f"one every {gap:.{decimals}f} min: {60 / gap:.1f} per hour, {60 * dose / gap:.1f} mg/kg per hour" in reading


def test_a_larger_unit_dose_is_taken_less_often_and_a_higher_threshold_more_often():
    def per_hour(**settings):
        return float(re.search(r"min: ([\d.]+) per hour", self_administration.draw(**settings).reading)[1])

    assert per_hour(unit_dose=2.0) < per_hour(unit_dose=1.0)
    assert per_hour(threshold=2.5) > per_hour(threshold=1.7)
    assert per_hour(half_life=16.4) == pytest.approx(per_hour() / 2, abs=0.06)


@pytest.mark.parametrize(("guess", "verdict"), [(1.68, "as in the model"), (2, "in the model it is 1.68 times")])
def test_the_factor_predicted_is_that_of_the_question(guess, verdict):
    for settings in ({}, {"unit_dose": 0.3, "threshold": 3.0}, {"minutes": 5}):
        assert verdict in self_administration.draw(**settings, prediction=guess).reading


# Drive reward


@pytest.mark.parametrize(
    ("settings", "reward"),
    [
        ({"deficit": 1, "effect": 1}, 1.0), ({"deficit": 3, "effect": 1}, 1.81),
        ({"deficit": 1, "effect": 1, "distress": 2}, 1.81), ({"deficit": 2, "effect": 4, "p": 2.0}, 0.0),
        ({"deficit": 0, "effect": 2, "p": 1.0}, -2.0), ({"deficit": 1, "effect": 3}, -1.52),
    ],
)  # fmt: skip
def test_the_reading_says_the_reward(settings, reward):
    found = re.search(r"reward ([−\d.]+) \(relief ([−\d.]+), beyond the set point ([−\d.]+)\)",
                      drive_reward.draw(**settings).reading)  # fmt: skip
    whole, relief, beyond = (numbers(part)[0] for part in found.groups())
    assert whole == pytest.approx(reward, abs=0.005)
    assert relief + beyond == pytest.approx(whole, abs=0.011)


def test_distress_is_a_deficit_and_the_picture_says_what_the_dose_is_worth_without():
    with_it, plain = drive_reward.draw(deficit=1, effect=3, distress=2), drive_reward.draw(deficit=3, effect=3)
    assert "reward 4.33" in with_it.reading
    assert "reward 4.33" in plain.reading
    assert "would be worth −1.52" in with_it.reading
    assert "Without" not in plain.reading
    assert with_it.table == plain.table  # the same dose at the same other deficits


def test_bars_and_marks_are_those_of_the_model():
    drawing = drive_reward._Drawing(None)
    drawing.picture(1.5, 3.0, 1.0, 2.0)
    found = drive_reduction.parts(-np.arange(8.0), 0.0, 3.0, 2.0)
    assert [bar.get_height() for bar in drawing.up] == pytest.approx(found.relief)
    assert [bar.get_height() for bar in drawing.down] == pytest.approx(found.beyond)
    assert [bar.get_visible() for bar in drawing.down] == list(found.beyond < 0)
    assert drawing.here.get_xydata() == pytest.approx(np.array([[2.5, 3 * (2 * 2.5 - 3)]]))
    assert drawing.without.get_xydata() == pytest.approx(np.array([[1.5, 0.0]]))
    assert drawing.relief.get_xdata()[[0, -1]] == pytest.approx([-2.5, 0.0])
    assert drawing.beyond.get_xdata()[[0, -1]] == pytest.approx([0.0, 0.5])


def test_the_part_drawn_as_relief_ends_at_the_set_point_or_where_the_dose_ends():
    drawing = drive_reward._Drawing(None)
    drawing.picture(4.0, 2.0, 0.0, 2.0)
    assert drawing.relief.get_xdata()[-1] == pytest.approx(-2.0)
    assert len(drawing.beyond.get_xdata()) == 0
    drawing.picture(0.0, 2.0, 0.0, 2.0)
    assert len(drawing.relief.get_xdata()) == 0
    assert drawing.beyond.get_xdata()[[0, -1]] == pytest.approx([0.0, 2.0])


@pytest.mark.parametrize(("guess", "verdict"), [(2.02, "as in the model"), (4, "in the model it is 2.02 times")])
def test_the_multiple_predicted_is_that_of_the_question(guess, verdict):
    for settings in ({}, {"deficit": 0, "effect": 6, "p": 3.0}, {"distress": 3}):
        assert verdict in drive_reward.draw(**settings, prediction=guess).reading


def test_the_prediction_is_drawn_only_where_it_was_made():
    drawing = drive_reward._Drawing(3.0)
    drawing.picture(2, 1, 0, drive_reduction.USUAL_P)
    assert drawing.guess.get_visible()
    assert drawing.guess.get_xydata() == pytest.approx(np.array([[4.0, 3.0]]))
    drawing.picture(2, 2, 0, drive_reduction.USUAL_P)
    assert not drawing.guess.get_visible()
