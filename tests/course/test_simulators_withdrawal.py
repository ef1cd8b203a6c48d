"""Simulators of module 05 from the outside: readings and drawings follow the models and the ledger."""

import dataclasses
import math
import re

import numpy as np
import pytest

from course import evidence
from course.models import allostasis, relief_loop
from course.models import opponent_process as opponent_model
from course.models import transporter_recovery as recovery_model
from course.simulators import negative_reinforcement, opponent_process, set_point, transporter_recovery


def number_after(words: str, text: str) -> float:
    found = re.search(rf"{re.escape(words)} ([-−]?\d+(?:\.\d+)?)", text)
    assert found, f"no number after {words!r} in {text!r}"
    return float(found[1].replace("−", "-"))


def number_before(words: str, text: str) -> float:
    found = re.search(rf"([-−]?\d+(?:\.\d+)?) {re.escape(words)}", text)
    assert found, f"no number before {words!r} in {text!r}"
    return float(found[1].replace("−", "-"))


# Opponent process


def test_equal_areas_are_shown_and_compared_whatever_the_time_constant():
    for tau in (4.0, 20.0, 60.0):
        reading = opponent_process.draw(tau_b_h=tau, prediction=60).reading
        assert number_before("% of the high).", reading) == 100
        assert number_after("High minus withdrawal is", reading) == 0
        assert number_after("it is", reading) == 100
        assert "40 points too low" in reading
    assert "close" in opponent_process.draw(prediction=100).reading


def test_the_drawn_areas_are_the_models():
    drawing = opponent_process._Drawing(None)
    for duration, k_b, tau in ((10.0, 1.0, 8.0), (24.0, 2.5, 10.0), (6.0, 0.4, 12.0)):
        drawing.picture(duration, k_b, tau)
        areas = opponent_model.areas(duration, 1.0, tau, k_b)
        assert drawing.high_bar.get_width() == areas.high
        assert drawing.low_bar.get_width() == areas.withdrawal
        for patch, area, sign in ((drawing.high, areas.high, 1), (drawing.low, areas.withdrawal, -1)):
            x, y = patch.get_xy()[:-1].T
            assert sign * float(np.trapezoid(y, x)) == pytest.approx(area, rel=0.02)
    assert number_after("withdrawal is", opponent_process.draw(k_b=1.5).reading) == -5


def test_without_an_opponent_and_with_one_too_fast_the_reading_says_so():
    assert "no opponent" in opponent_process.draw(k_b=0.0).reading
    assert "from the start" in opponent_process.draw(k_b=3.0, tau_b_h=2.0).reading
    assert "% of the high" not in opponent_process.draw(k_b=3.0, tau_b_h=2.0).reading


def test_a_theory_is_called_a_theory():
    assert "Solomon" in opponent_process.draw().caption
    assert "theory" in opponent_process.draw().caption


# The set point


def test_the_prediction_about_the_ratio_is_answered_by_the_formula():
    assert "in the model it is 5" in set_point.draw(prediction=2).reading
    assert "as in the model" in set_point.draw(prediction=5).reading
    assert number_before("times the first day's. On", set_point.draw(drift=0.08).reading) == 5


@pytest.mark.parametrize(
    ("drift", "words"), [(0.04, "settles, at 1.67"), (0.1, "by the same amount each day"), (0.12, "above 1")]
)
def test_below_at_and_above_the_threshold(drift, words):
    assert words in set_point.draw(drift=drift).reading


def test_the_mark_and_the_line_follow_the_model():
    drawing = set_point._Drawing(None)
    picture = drawing.picture(0.05, 0.1, 1.0, 60)
    assert float(drawing.here.get_xdata()[0]) == pytest.approx(0.5)
    assert float(drawing.here.get_ydata()[0]) == pytest.approx(2.0)
    points = allostasis.set_points(60, 0.05, 0.1, 1.0, 1.0, 90)
    assert drawing.point.get_ydata() == pytest.approx(points)
    assert number_after("On day 60 intake is", picture.reading) == pytest.approx(points[59], abs=0.005)
    assert number_before("days, whatever", picture.reading) == pytest.approx(math.log(0.5) / math.log(0.9), abs=0.05)


def test_an_effect_twice_as_large_halves_the_ratio_and_what_leaves_the_plot_is_said():
    assert number_after("=", set_point.draw(effect=2.0).reading) == pytest.approx(0.2)
    drawing = set_point._Drawing(None)
    drawing.picture(0.15, 0.05, 1.0, 100)
    beyond = int(number_after("from day", drawing.note.get_text()))
    points = allostasis.set_points(100, 0.15, 0.05, 1.0, 1.0, 50)
    assert points[beyond] > 50 >= points[beyond - 1]


# Figure 4 rebuilt


@pytest.mark.parametrize("region", ["caudate", "putamen"])
def test_points_stand_where_the_ledger_has_data_and_nowhere_else(region):
    drawing = transporter_recovery._Drawing(None)
    drawing.picture(region, 14.0, 100.0)
    first = 100 + evidence.value(f"dat-reduction-{region}")
    second = first * (1 + evidence.value(f"dat-recovery-{region}") / 100)
    assert drawing.points.get_xydata() == pytest.approx(np.array([[3.0, first], [14.0, second]]))
    spans = [tuple(line.get_xdata()) for line in drawing.windows]
    assert spans == [(0.0, 6.0), (12.0, 17.0)]
    assert "n = 5" in drawing.point_texts[0].get_text()
    assert "n = 5" in drawing.point_texts[1].get_text()
    assert drawing.curve.get_linestyle() == "--"
    assert drawing.curve.get_xdata()[0] == 3.0  # no curve before the first scan


def test_what_is_not_verified_carries_its_badge():
    for region in ("caudate", "putamen"):
        drawing = transporter_recovery._Drawing(None)
        picture = drawing.picture(region, 14.0, 100.0)
        assert "? unverified" in drawing.point_texts[1].get_text()
        assert "unverified" in picture.reading
        assert "unverified" in picture.alt
        assert any("? unverified" in cell for row in picture.table.rows for cell in row)


@pytest.mark.parametrize("region", ["orbitofrontal cortex", "thalamus"])
def test_a_region_that_was_not_measured_gets_a_sentence_and_no_curve(region):
    drawing = transporter_recovery._Drawing(90)
    drawing.picture("caudate", 14.0, 100.0)
    picture = drawing.picture(region, 20.0, 95.0)
    assert picture.reading.startswith("No curve: the transporter was measured in the striatum.")
    for line in (drawing.curve, drawing.points, drawing.late, drawing.here, *drawing.windows):
        assert len(line.get_xdata()) == 0
    assert not np.any(drawing.band.get_xy())
    assert not any("% of controls" in cell for row in picture.table.rows for cell in row)


def test_every_plateau_fits_and_one_below_the_second_scan_does_not():
    for plateau, tau in ((100.0, 16.2), (90.0, 7.5), (87.0, 4.2)):
        reading = transporter_recovery.draw(plateau=plateau).reading
        assert number_after("a time constant of", reading) == pytest.approx(tau, abs=0.051)
    drawing = transporter_recovery._Drawing(None)
    picture = drawing.picture("caudate", 14.0, 85.0)
    assert "No curve that ends at 85 %" in picture.reading
    assert len(drawing.curve.get_xdata()) == 0
    assert len(drawing.points.get_xdata()) == 2  # what was measured stays


def test_a_guess_is_held_against_the_range_that_two_scans_allow():
    low, high = recovery_model.allowed_range(36.0, 3.0, 72.2, 14.0, 72.2 * 1.19, 100.0)
    reading = transporter_recovery.draw(prediction=90).reading
    assert number_after("anywhere from", reading) == pytest.approx(low, abs=0.05)
    assert number_after(f"anywhere from {low:.1f} to", reading) == pytest.approx(high, abs=0.05)
    assert "lies inside" in reading
    assert "lies above" in transporter_recovery.draw(prediction=100).reading
    assert "lies below" in transporter_recovery.draw(prediction=77).reading


@pytest.mark.parametrize(
    ("months", "words"),
    [(1.0, "before the first scan"), (5.0, "were scanned"), (9.0, "nobody was scanned"), (30.0, "later than anybody")],
)
def test_the_reading_says_what_kind_of_month_it_is(months, words):
    assert words in transporter_recovery.draw(months=months).reading


def test_the_reviews_four_times_lie_over_the_picture_with_their_badges():
    picture = transporter_recovery.draw()
    for words in ("15 months", "24 months", "12 to 20 months", "several years"):
        assert words in picture.alt
    badges = [row[2] for row in picture.table.rows if row[0].startswith("the review")]
    assert badges == ["✗ conflicts", "✗ conflicts", "≈ imprecise", "✗ conflicts"]


def test_the_figure_follows_the_ledger(monkeypatch):
    real = evidence.claim
    changed = {"dat-recovery-caudate": {"population": "9 people who use methamphetamine scanned twice"}}
    monkeypatch.setattr(
        evidence, "claim", lambda claim_id: dataclasses.replace(real(claim_id), **changed.get(claim_id, {}))
    )
    drawing = transporter_recovery._Drawing(None)
    drawing.picture("caudate", 14.0, 100.0)
    assert "n = 9" in drawing.point_texts[0].get_text()
    changed["dat-recovery-caudate"] = {"population": "some people"}
    with pytest.raises(ValueError, match="names no number"):
        transporter_recovery.draw()
    changed.clear()
    changed["dat-first-scan"] = {"teach_low": None}
    with pytest.raises(ValueError, match="no lowest and highest month"):
        transporter_recovery.draw()


# Figure 5


def test_relief_begins_without_distress_once_use_has_strengthened_the_opponent():
    reading = negative_reinforcement.draw(prediction=20).reading
    loop = relief_loop.run(28, 0.0, 1.0, 20.0, 0.1)
    answer = round(100 * loop.relief_share)
    assert 20 < answer < 80
    assert number_after("the model says", reading) == answer
    assert f"{answer - 20} points too low" in reading
    assert number_after("the first on day", reading) == round(loop.relief_h[0] / 24)
    assert "close" in negative_reinforcement.draw(prediction=answer).reading


def test_more_distress_with_the_same_opponent_makes_relief_and_no_deeper_withdrawal():
    calm = negative_reinforcement.draw(strengthening=0.0).reading
    distressed = negative_reinforcement.draw(distress=0.2, strengthening=0.0).reading
    assert "(0 %)" in calm
    assert "(96 %)" in distressed
    assert number_after("no distress it would be", distressed) == 0
    assert number_after("mood dips", calm) == number_after("mood dips", distressed)
    assert number_after("mood dips", calm) == pytest.approx(-opponent_model.deepest(8.0, 1.0, 20.0, 1.0), abs=0.005)


def test_the_loop_counts_the_uses_for_relief():
    drawing = negative_reinforcement._Drawing(None)
    drawing.picture(0.2, 1.0, 20.0, 0.0)
    assert "27 times" in drawing.centre.get_text()
    assert len(drawing.relief.get_xdata()) == 27
    thick = [arrow.get_linewidth() for arrow in drawing.arrows]
    drawing.picture(0.0, 1.0, 20.0, 0.0)
    assert "not" in drawing.centre.get_text()
    assert all(arrow.get_linewidth() < before for arrow, before in zip(drawing.arrows, thick, strict=True))
    assert drawing.bar.get_width() == 0


def test_the_counter_panel_is_the_ledgers_with_its_badge_and_source(monkeypatch):
    picture = negative_reinforcement.draw()
    row = evidence.claim("ma-negative-reinforcement-share")
    assert f"{row.teach_value:g} % of 73 people" in " ".join(picture.table.rows[-1])
    assert evidence.BADGES[row.status] in " ".join(picture.table.rows[-1])
    assert row.status in picture.reading
    assert "May" in picture.caption
    assert "no data on people with BPD" in picture.caption
    assert "hypothetical" in picture.caption
    monkeypatch.setattr(evidence, "claim", lambda claim_id: dataclasses.replace(row, primary_value="some"))
    with pytest.raises(ValueError, match="how many people"):
        negative_reinforcement.draw()
