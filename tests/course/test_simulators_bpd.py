"""Simulators of module 03 from the outside: readings and drawings follow the models and the ledger."""

import dataclasses
import math
import re

import numpy as np
import pytest

from course import evidence
from course.models import effect_size, liability
from course.models import stress_axis as model
from course.pictures import contrast_on_white
from course.pictures.brain import PLACES, draw_outline
from course.simulators import early_care, heritability, region_map, stress_axis, volume_difference


def number_after(words: str, text: str) -> float:
    found = re.search(rf"{re.escape(words)} (-?\d+(?:\.\d+)?)", text)
    assert found, f"no number after {words!r} in {text!r}"
    return float(found[1])


def number_before(words: str, text: str) -> float:
    found = re.search(rf"(-?\d+(?:\.\d+)?) {re.escape(words)}", text)
    assert found, f"no number before {words!r} in {text!r}"
    return float(found[1])


# Heritability


def test_twice_the_environments_variance_gives_a_heritability_of_26_6():
    reading = heritability.draw(environment_times=2.0, prediction=42).reading
    assert number_after("heritability", reading) == 26.6
    assert "no gene has changed" in reading
    assert number_after("it is", reading) == 26.6
    assert "15 points too high" in reading
    assert "close" in heritability.draw(prediction=27).reading


def test_the_comparison_is_about_the_question_whatever_the_controls_show():
    for setting in ({"environment_times": 4.0}, {"measure": "diagnosis"}):
        assert number_after("it is", heritability.draw(prediction=42, **setting).reading) == 26.6


def test_genes_stay_while_heritability_moves():
    drawing = heritability._Drawing(None)
    widths, centres, heights = [], [], []
    for times in (0.25, 1.0, 4.0):
        drawing.picture(times, "features", "full sibling")
        widths.append([bar.get_width() for bar in drawing.genes])
        centres.append([float(mark.get_xdata()[0]) for mark in drawing.centres])
        heights.append(max(drawing.people[0].get_ydata()))
    assert widths[0] == widths[1] == widths[2] == [evidence.value("bpd-heritability") / 100] * 2
    assert centres[0] == centres[1] == centres[2]
    assert [2 * heights[1], 4 * heights[2]] == pytest.approx([heights[0]] * 2, rel=1e-3)  # the spread goes as the root


@pytest.mark.parametrize("relative", list(liability.RELATEDNESS))
def test_the_risk_is_that_of_the_threshold_model(relative):
    picture = heritability.draw(measure="diagnosis", relative=relative)
    prevalence, h2 = evidence.value("bpd-prevalence") / 100, evidence.value("bpd-heritability-diagnosed") / 100
    risk = 100 * float(liability.risk_in_relatives(prevalence, h2, liability.RELATEDNESS[relative]))
    assert number_before(f"of 100 people with an affected {relative}", picture.reading) == pytest.approx(risk, abs=0.05)
    assert number_before("of 100 do not", picture.reading) == pytest.approx(100 - risk, abs=0.051)
    row = next(cells for cells in picture.table.rows if cells[0] == "1")
    assert float(row[3]) == pytest.approx(risk, abs=0.05)


def test_imprecise_rows_show_their_status():
    reading = heritability.draw().reading
    assert "imprecise" in reading
    assert "supported" in reading


# Stress axis


def test_the_reading_of_two_months_of_stress():
    reading = stress_axis.draw(prediction=14).reading
    assert number_after("cortisol stands at", reading) == pytest.approx(1.67, abs=0.006)
    assert number_after("ACTH at", reading) == pytest.approx(0.78, abs=0.006)
    days = number_after("for good", reading)
    course = model.run(3.0, 86400.0, 4.0, 150 * 1440.0)
    assert days == round(model.days_until_settled(course, 86400.0))
    assert number_after("the model says", reading) == days
    assert number_before("days too short", reading) == days - 14
    assert number_after("raises ACTH by", reading) < 80  # blunted, although cortisol is raised


def test_weaker_receptors_are_compared_with_the_usual_ones():
    reading = stress_axis.draw(receptor_k=8.0).reading
    usual = stress_axis.draw().reading
    assert number_after("cortisol stands at", reading) == pytest.approx(1.83, abs=0.006)
    assert number_after("would have peaked at", reading) == number_after("cortisol peaks at", usual)
    assert "would have" not in usual


def test_minutes_leave_no_trace_for_weeks():
    reading = stress_axis.draw(stressor=10.0, duration_min=5.0).reading
    assert "5 minutes" in reading
    assert number_before("h after the end", reading) < 12
    assert number_after("ACTH by", reading) == pytest.approx(100, abs=2)


def test_what_is_not_settled_on_the_plot_is_said_not_marked():
    drawing = stress_axis._Drawing(None)
    picture = drawing.picture(30.0, 129600.0, 20.0)
    assert "not back within 10 % by day 270" in picture.reading
    assert len(drawing.mark.get_xdata()) == 0
    drawing.picture(3.0, 86400.0, 4.0)
    assert float(drawing.mark.get_xdata()[0]) == pytest.approx(119, abs=1)


@pytest.mark.parametrize(("minutes", "words"), [(480.0, "8 hours"), (14400.0, "10 days"), (45.0, "45 minutes")])
def test_any_duration_is_named(minutes, words):
    assert f"for {words}," in stress_axis.draw(duration_min=minutes).reading


def test_hours_and_weeks_show_the_same_run():
    drawing = stress_axis._Drawing(None)
    drawing.picture(3.0, 86400.0, 4.0)
    hours, weeks = drawing.hours["cortisol"].get_xydata(), drawing.weeks["cortisol"].get_xydata()
    for hour in (1.0, 6.0, 20.0):
        assert np.interp(hour, *hours.T) == pytest.approx(np.interp(hour / 24, *weeks.T), rel=1e-9)


# Volumes


def test_sixteen_per_cent_smaller_still_shares_half():
    reading = volume_difference.draw(prediction=20).reading
    assert number_after("d =", reading) == 1.33
    assert number_before("% of each group", reading) == 50.5
    assert "30 points too low" in reading


def test_the_studies_are_the_ledgers():
    table = volume_difference.draw().table
    found = {cells[0]: (cells[1], float(cells[2])) for cells in table.rows}
    assert found["Driessen 2000"] == ("21 and 21", evidence.value("bpd-hippocampus-driessen"))
    assert found["Schmahl 2003"] == ("10 and 23", evidence.value("bpd-hippocampus-schmahl"))
    assert found["Irle 2005"] == ("30 and 25", evidence.value("bpd-hippocampus-irle"))
    assert found["Tebartz van Elst 2003"] == ("8 and 8", evidence.claim("bpd-hippocampus-volume").teach_high)
    assert found["Ruocco 2012 (meta-analysis)"][1] == evidence.value("bpd-hippocampus-volume")
    years = [int(cells[0].split()[-1]) for cells in table.rows[:-1]]
    assert years == sorted(years)


def test_the_studies_follow_the_ledger(monkeypatch):
    real = evidence.claim
    monkeypatch.setattr(
        evidence,
        "claim",
        lambda claim_id: (
            dataclasses.replace(real(claim_id), population="12 people with BPD, 60 without")
            if claim_id == "bpd-hippocampus-irle"
            else real(claim_id)
        ),
    )
    assert any(cells[1] == "12 and 60" for cells in volume_difference.draw().table.rows)
    monkeypatch.setattr(evidence, "claim", lambda claim_id: dataclasses.replace(real(claim_id), population="women"))
    with pytest.raises(ValueError, match=r"population .* names no group"):
        volume_difference.draw()


def test_the_forest_grows_and_pools_what_is_there():
    drawing = volume_difference._Drawing(None)
    pooled = []
    for count in (1, 2, 3, 4, 5):
        picture = drawing.picture(16.0, 12.0, count)
        points = [len(point.get_xdata()) for point in drawing.points]
        assert points == [1] * min(count, 4) + [0] * (4 - min(count, 4))
        assert len(drawing.meta_mark.get_xdata()) == (count == 5)
        pooled.append(number_after("pooled:", picture.reading))
    studies = volume_difference._studies()
    expected = effect_size.random_effects(
        [each.percent for each in studies],
        [144 * (1 / each.with_bpd + 1 / each.without) for each in studies],
    )
    assert pooled[-1] == pooled[-2] == pytest.approx(expected.mean, abs=0.05)
    assert pooled[-1] > evidence.value("bpd-hippocampus-volume")  # small early studies lie above the meta-analysis


def test_a_small_study_could_only_overstate():
    reading = volume_difference.draw(studies=5).reading
    average, least = number_after("would report", reading), number_after("nothing below", reading)
    assert least == round(1.959964 * 12 * math.sqrt(2 / 8))
    factor = effect_size.exaggeration(11 / 12, 8)
    assert average == round(11 * factor)
    assert average > evidence.value("bpd-hippocampus-volume")
    assert "Labudda 2013 found no difference" in reading


def test_the_shaded_area_is_the_overlap():
    drawing = volume_difference._Drawing(None)
    for percent, spread in ((16.0, 12.0), (8.0, 14.0), (0.0, 8.0)):
        drawing.picture(percent, spread, 1)
        x, y = drawing.shared.get_xy()[:-1].T
        area = float(np.trapezoid(y, x))
        assert area == pytest.approx(float(effect_size.overlap_from_percent(percent, spread)[1]), abs=0.002)
        assert drawing.overlap.get_width() == pytest.approx(100 * area, abs=0.2)


# Early care


def test_the_crossover_is_drawn_as_far_as_the_abstract_goes():
    drawing = early_care._Drawing(None)
    picture = drawing.picture("LTP", "extreme groups")
    low = drawing.lines["low"].get_ydata()
    assert low[1] > low[0]  # enhanced under high corticosterone
    assert drawing.marks["high"].get_ydata()[0] > low[0]  # impaired at rest
    assert list(drawing.marks["high"].get_xdata()) == [0]
    assert [text.get_text() for text in drawing.unknown["high"]] == ["", "?"]
    assert "the abstract does not say" in picture.reading
    assert "rather than damage" in picture.reading
    assert f"{evidence.value('lg-sex-specific'):g} % of pups" in picture.reading


def test_fear_memory_is_better_after_little_care():
    rows = {cells[:2]: cells[2:] for cells in early_care.draw(measure="fear memory").table.rows}
    assert rows["fear memory", "under stress or high corticosterone"][:2] == ("higher", "lower")
    assert rows["fear memory", "at rest"][:2] == ("not known", "not known")
    assert rows["dendrites and spines", "at rest"][2:] == ("rises with care", "no link")
    assert rows["LTP", "at rest"][2:] == ("no link", "no link")


@pytest.mark.parametrize(
    ("measure", "animals", "slope"),
    [
        ("dendrites and spines", "all males", "up"),
        ("dendrites and spines", "all females", "flat"),
        ("LTP", "all males", "flat"),
        ("fear memory", "all females", "none"),
    ],
)
def test_the_whole_range_shows_a_slope_only_where_one_was_found(measure, animals, slope):
    drawing = early_care._Drawing(None)
    picture = drawing.picture(measure, animals)
    ends = list(drawing.slope.get_ydata())
    assert {2: "flat" if ends[:1] == ends[1:] else "up", 0: "none"}[len(ends)] == slope
    assert "van Hasselt" in picture.reading
    assert not any(len(each.get_xdata()) for each in drawing.marks.values())


def test_a_word_is_read_kindly_and_compared():
    assert early_care.draw(prediction="Raise ").png == early_care.draw(prediction="raises").png
    assert "so it is" in early_care.draw(prediction="raises").reading
    assert "it raises it" in early_care.draw(prediction="no change").reading


# The brain


def test_ten_regions_of_the_ledger_have_a_place_and_no_two_share_one():
    assert set(PLACES) == {row.id for row in evidence.regions()}
    for view in ("side", "midline"):
        places = [place for place in PLACES.values() if place.view == view]
        for i, one in enumerate(places):
            for other in places[i + 1 :]:
                assert math.dist((one.x, one.y), (other.x, other.y)) > min(one.half_width, other.half_width)
                assert math.dist(one.label, other.label) > 1.0


def test_marks_lie_inside_the_outline():
    from matplotlib.figure import Figure

    for view in ("side", "midline"):
        axes = Figure().subplots()
        draw_outline(axes, view)
        cerebrum = max(axes.patches, key=lambda patch: patch.get_path().get_extents().width).get_path()
        for place in PLACES.values():
            assert place.view != view or cerebrum.contains_point((place.x, place.y))


def test_every_region_can_be_chosen_from_a_labelled_list():
    panel = region_map.explore(None)
    control = next(each for each in panel.controls if each["name"] == "region")
    grouped = [key for _, keys in control["groups"] for key in keys]
    assert sorted(grouped) == sorted(row.id for row in evidence.regions())
    for row in evidence.regions():
        panel.move(region=row.id)
        assert row.region in panel.shown["reading"]
        below = panel.shown["below"]
        for part in (row.bpd_literature[:30], row.teaching_note[:30], row.sources[0].short):
            assert part.replace("'", "&#x27;") in below


@pytest.mark.parametrize(
    ("review", "literature", "expected"),
    [
        ("up", "up", "same"),
        ("up", "down", "opposite"),
        ("down", "up", "opposite"),
        ("down", "mixed", "mixed"),
        ("down", "unclear", "open"),
        ("altered", "up", "no direction"),
        ("not-stated", "unclear", "no direction"),
    ],
)
def test_how_a_direction_fares(review, literature, expected):
    row = dataclasses.replace(evidence.regions()[0], bpd_activity_review=review, bpd_activity_literature=literature)
    assert region_map.agreement(row) == expected


def test_the_literature_finds_the_reviews_direction_in_two_regions():
    same = [row.id for row in evidence.regions() if region_map.agreement(row) == "same"]
    assert same == ["dlpfc", "amygdala"]
    assert "it is 2, 4 fewer" in region_map.draw(prediction=6).reading
    assert "so it is" in region_map.draw(prediction=2).reading


@pytest.mark.parametrize("layer", ["review", "literature", "agreement"])
def test_signs_stand_on_colours_that_can_be_read_and_in_the_legend(layer):
    drawing = region_map._Drawing(None)
    drawing.picture("ofc", layer)
    legend = " ".join(text.get_text() for text in drawing.legend)
    for row in evidence.regions():
        look = region_map._look(row, layer)
        assert drawing.signs[row.id].get_text() == look.sign
        assert f"{look.sign}  {look.words}:" in legend
        assert contrast_on_white(look.colour) >= 4.5
    ringed = [key for key, mark in drawing.marks.items() if mark.get_linewidth() > 3]
    assert ringed == ["ofc"]
