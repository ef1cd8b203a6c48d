"""Simulators of module 01 from the outside: readings and drawings follow the models; what a prediction is read from."""

import re

import numpy as np
import pytest

from course import evidence
from course.models import drugs
from course.simulators import (
    dopamine_time_course,
    dose_response,
    figure_two,
    plasma_level,
)


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text)]


def number_before(unit: str, text: str) -> float:
    found = re.search(rf"(-?\d+(?:\.\d+)?) {re.escape(unit)}", text)
    assert found, f"no number before {unit!r} in {text!r}"
    return float(found[1])


# The panel and its twin


def test_an_unknown_control_is_refused():
    with pytest.raises(ValueError, match="no control colour"):
        plasma_level.explore(None).move(colour="red")


# Predictions


@pytest.mark.parametrize("number", [24, 24.0, np.float64(24), np.int64(24)])
def test_any_kind_of_number_is_a_prediction(number):
    assert plasma_level.draw(prediction=number).png == plasma_level.draw(prediction=24).png


def test_the_prediction_stands_where_it_was_made():
    drawing = dopamine_time_course._Drawing(300.0)
    drawing.picture("releaser", 3.0, "rat", "wild type")
    assert [float(position[0]) for position in drawing.guess.get_data()] == [180, 300]
    lines = plasma_level._Drawing(30.0).axes.get_lines()
    guess = next(line for line in lines if "your prediction: 30 h" in str(line.get_label()))
    assert set(guess.get_xdata()) == {30}


def test_the_comparison_names_the_gap():
    hours = number_before("half-lives", plasma_level.draw(route="intravenous").reading)
    assert hours == pytest.approx(np.log2(10), abs=0.05)
    reading = plasma_level.draw(route="intravenous", prediction=10).reading
    goal = np.log2(10) * evidence.value("ma-half-life-iv")
    assert numbers(reading.split("You predicted")[1])[1] == pytest.approx(goal - 10, abs=0.1)
    assert "more" in reading.split("You predicted")[1]
    assert "agrees" in plasma_level.draw(route="intravenous", prediction=round(goal)).reading


@pytest.mark.parametrize(
    ("word", "same_as"), [("about equal", "same"), ("Cocaine ", "cocaine"), ("METHAMPHETAMINE", "methamphetamine")]
)
def test_words_are_read_kindly(word, same_as):
    assert dose_response.draw(prediction=word).png == dose_response.draw(prediction=same_as).png


# Science in the readings


@pytest.mark.parametrize("interval_h", [2, 6, 24])
def test_time_to_the_plateau_is_3_3_half_lives_whatever_the_interval(interval_h):
    reading = plasma_level.draw(route="intravenous", interval_h=interval_h).reading
    assert "reaches 90 % of its plateau after 37.9 h" in reading  # log2(10) x 11.4 h
    assert number_before("half-lives", reading) == 3.3


def test_without_urinary_clearance_the_half_life_stretches_as_the_clearances_say():
    total, renal = evidence.value("ma-clearance"), evidence.value("ma-renal-clearance")
    reading = plasma_level.draw(route="intravenous", urinary_clearance=0).reading
    expected = evidence.value("ma-half-life-iv") * total / (total - renal)
    assert numbers(reading.split("half-life")[1])[0] == pytest.approx(expected, abs=0.05)


def test_the_average_is_that_of_the_level_itself():
    picture = plasma_level.draw(drug="methamphetamine", route="smoked", interval_h=6)
    plateau = number_before("times the peak of one dose", picture.alt)
    hours = np.linspace(594.0, 600.0, 6001)  # the hundredth interval
    level = drugs.relative_level(hours, "methamphetamine", "smoked", 1.0, np.arange(0, 600.0, 6.0))
    assert plateau == pytest.approx(np.trapezoid(level, hours) / 6.0, rel=0.005)
    peaks = numbers(picture.reading.split("peaks are")[1])[0]
    assert peaks == pytest.approx(level.max(), abs=0.06)


def test_dopamine_falls_under_a_releaser_although_the_drug_is_there():
    reading = dopamine_time_course.draw(mechanism="releaser", clock="human").reading
    peak = number_before("% of basal", reading)
    end = number_before("% after 3 h", reading)
    drug_left = number_before("% of the drug level", reading)
    store_left = number_before("% of the vesicle store", reading)
    assert end < 0.25 * peak
    assert drug_left > 80
    assert store_left < 30


def test_a_blocker_gives_one_plus_m_times_basal_and_no_depletion():
    reading = dopamine_time_course.draw(mechanism="block", drug_level=2).reading
    assert number_before("% of basal", reading) == 300
    assert number_before("% of the vesicle store", reading) == 100


def test_without_a_transporter_nothing_rises():
    for level in (1, 3, 6):
        assert "never rises" in dopamine_time_course.draw(drug_level=level, genotype="transporter knock-out").reading


def test_no_drug_no_change():
    picture = dopamine_time_course.draw(drug_level=0)
    assert "never rises" in picture.reading
    assert "is at 100 % after 3 h" in picture.reading


def test_rat_minutes_and_human_hours_never_share_an_axis():
    axes = dopamine_time_course._Drawing(None).canvas.figure.axes
    labels = [axis.get_xlabel() for axis in axes]
    titles = [axis.get_title(loc="left") for axis in axes]
    assert [("minutes" in label, "hours" in label) for label in labels] == [(True, False), (True, False), (False, True)]
    assert ["HUMAN" in title for title in titles] == [False, False, True]
    for axis in axes:
        assert axis.get_shared_x_axes().get_siblings(axis) == [axis]


def test_of_and_above_differ_by_100_points_and_share_the_curve():
    of, above = dose_response.draw(1.0, 10.0, "of"), dose_response.draw(1.0, 10.0, "above")
    for row in of.table.rows:
        assert float(row[1]) - float(row[2]) == 100
        assert float(row[3]) - float(row[4]) == 100
    first, second = (numbers(picture.reading)[1:3] for picture in (of, above))
    assert first[0] - first[1] == 100
    assert second == first[::-1]


@pytest.mark.parametrize(("scale", "shift"), [("of", 0), ("above", 100)])
def test_the_axis_is_relabelled_not_the_curve(scale, shift):
    drawing = dose_response._Drawing(None)
    curves = [line.get_ydata().copy() for line in drawing.axes.get_lines()[:4]]
    drawing.picture(1.0, 10.0, scale)
    ticks = drawing.axes.get_yticks()
    assert [float(label.get_text()) for label in drawing.axes.get_yticklabels()] == list(ticks - shift)
    assert scale in drawing.axes.get_ylabel()
    assert all(np.array_equal(a, b.get_ydata()) for a, b in zip(curves, drawing.axes.get_lines(), strict=False))


def test_both_drugs_reach_the_maximum_of_the_ledger():
    row = evidence.claim("ma-da-peak-nac")
    for name, dose in (("methamphetamine", "3"), ("cocaine", "100")):
        column = dose_response.draw().table.columns.index(f"{name} (% of basal)")
        peak = next(float(cells[column]) for cells in dose_response.draw().table.rows if cells[0] == dose)
        assert row.teach_low <= peak <= row.teach_high


# Figure 2


def test_figure_two_shows_the_ledger_and_every_status_in_words():
    picture = figure_two.draw()
    for claim_id in ("da-peak-cocaine", "da-peak-nicotine", "da-full-substitution-range", "ma-da-peak-nac"):
        row = evidence.claim(claim_id)
        band = f"{row.teach_low:g}–{row.teach_high:g}"
        shown = [cells for cells in picture.table.rows if cells[1] == band]
        assert any(cells[3] == row.status for cells in shown), claim_id
        assert any(cells[2] == f"{row.teach_low - 100:g}–{row.teach_high - 100:g}" for cells in shown), claim_id
    statuses = {cells[3] for cells in picture.table.rows}
    assert {"unverified", "supported", "imprecise"} <= statuses
    claimed = evidence.claim("ma-da-peak-nac").value
    assert f"{claimed:g}" in picture.reading
    assert len(picture.notes) == 4


def test_figure_two_follows_the_ledger(monkeypatch):
    import dataclasses

    real = evidence.claim

    def changed(claim_id):
        row = real(claim_id)
        return dataclasses.replace(row, teach_high=777.0) if claim_id == "da-peak-cocaine" else row

    before = figure_two.draw()
    monkeypatch.setattr(evidence, "claim", changed)
    after = figure_two.draw()
    assert "300–777" in [cells[1] for cells in after.table.rows]
    assert after.png != before.png


# The model behind the picture


def test_the_drawn_level_is_the_superposition_of_the_model():
    course = plasma_level._course("methamphetamine", "smoked", 1.0, 6.0)
    doses = np.arange(0.0, 103.0, 6.0)
    expected = drugs.relative_level(course.time_h, "methamphetamine", "smoked", 1.0, doses)
    assert np.allclose(course.level, expected, rtol=1e-12, atol=1e-14)
