"""Simulators of module 07: what explore and draw say agrees with models and ledger; whose numbers they are is shown."""

import re
from collections import Counter

import numpy as np
import pytest
from timing_kit import usual_seconds

from course import evidence
from course.models import bayes, feedback_loop
from course.models import cusp as cusp_model
from course.models import interaction as scales
from course.models.overlap import overlap_stats
from course.simulators import cusp, interaction_scales, natural_frequencies, overlap_matrix, relapse_loop


def numbers(text):
    return [float(found.replace("−", "-")) for found in re.findall(r"[-−]?\d+(?:\.\d+)?", text)]


def after(words, text):
    return float(re.search(re.escape(words) + r"\s*([−\d.]+\d)", text)[1].replace("−", "-"))


# All


@pytest.mark.parametrize("simulator", [relapse_loop, cusp])
def test_what_nobody_measured_says_so(simulator):
    picture = simulator.draw()
    assert picture.species.startswith("Model")
    assert "nothing was measured" in picture.species
    assert "assumed" in picture.caption


def test_made_up_risks_are_called_so():
    assert "made-up" in interaction_scales.draw().species


def test_the_models_behind_an_update_compute_in_twenty_milliseconds():
    kicks = np.random.default_rng(1).standard_normal(40_000)

    def cusp_update(i):
        cusp_model.simulate(0.0, 1.0, 0.3 + 0.01 * i, -1.0, kicks, 0.005)
        for noise in np.linspace(0.2, 0.8, 10):
            cusp_model.waiting_time(0.0, 1.0, noise, -1.0, 1.0)

    def loop_update(i):
        for _ in range(2):
            feedback_loop.course_of([0.9, 0.9, 0.5 + 0.01 * i], [1.0, 0.0, 0.0], np.linspace(0, 40, 161), 1.0)

    for update in (cusp_update, loop_update, lambda i: overlap_stats(360, 10, 10, i)):
        assert usual_seconds(update) < 0.020


# Table 1 in three layers


def test_every_row_of_table_one_is_there_as_the_ledger_has_it():
    rows = overlap_matrix.draw(layers=3).table.rows
    assert len(rows) == len(evidence.regions()) == 10
    for row, region in zip(rows, evidence.regions(), strict=True):
        assert region.abbreviation in row[0]
        assert row[3] == "ticked"
        assert ("more" in row[1]) == (region.bpd_activity_review == "up")
        assert ("less" in row[5]) == (region.ma_activity_literature == "down")
        assert row[7] == {"yes": "supported", "partial": "supported in part", "unknown": "not known",
                          "no": "not supported"}[region.overlap_supported]  # fmt: skip


@pytest.mark.parametrize(("layers", "columns"), [(1, 4), (2, 7), (3, 8)])
def test_layers_are_uncovered_one_after_the_other(layers, columns):
    picture = overlap_matrix.draw(layers=layers)
    assert len(picture.table.columns) == columns
    drawing = overlap_matrix._Drawing(None)
    drawing.picture(layers, "insula", 10, 10)
    shown = [sum(cell.get_visible() for cell in cells) for cells in drawing.cells]
    assert shown == [columns - 1] * 10
    assert ("literature" in picture.reading) == (layers >= 2)
    assert ("the tick is" in picture.reading) == (layers == 3)
    told = "".join(line for outline in picture.outlines for _, line in outline.lines)
    assert ("Measured in BPD" in told) == (layers >= 2)
    assert ("Effect size" in told) == (layers == 3)


@pytest.mark.parametrize(
    ("bpd", "ma", "said"),
    [
        ("up", "up", "same"),
        ("up", "down", "not the same"),
        ("mixed", "mixed", "not the same"),
        ("up", "mixed", "not the same"),
        ("unclear", "up", "open"),
        ("up", "unclear", "open"),
    ],
)
def test_one_direction_in_both_is_what_counts_as_the_same(bpd, ma, said):
    class Row:
        bpd_activity_literature = bpd
        ma_activity_literature = ma

    assert overlap_matrix.same_direction(Row()) == said


def test_the_answer_is_counted_from_the_ledger_and_told_with_the_third_layer():
    answer = Counter(row.overlap_supported for row in evidence.regions())["yes"]
    assert overlap_matrix.supported(evidence.regions()) == answer
    assert "so it is" in overlap_matrix.draw(layers=3, prediction=answer).reading
    assert f"it is {answer}, 4 fewer" in overlap_matrix.draw(layers=3, prediction=answer + 4).reading
    assert "uncover the third layer" in overlap_matrix.draw(layers=2, prediction=answer).reading


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "p = 1."), ({"universe": 90}, "p = 1.7 × 10⁻¹³"), ({"universe": 90, "shared": 1}, "p = 0.712"),
        ({"universe": 12, "shared": 3}, "must share at least 8"), ({"universe": 90}, "chance alone gives 1.1"),
    ],
)  # fmt: skip
def test_the_reading_says_what_the_universe_makes_of_an_overlap(settings, said):
    assert said in overlap_matrix.draw(**settings).reading


def test_the_curve_is_that_of_the_model_and_leaves_out_what_cannot_be():
    drawing = overlap_matrix._Drawing(None)
    drawing.picture(1, "insula", 30, 2)
    found = dict(zip(*drawing.curve.get_data(), strict=True))
    assert set(found) == {20, 30, 50, 90, 180, 360}
    assert all(p == pytest.approx(overlap_stats(int(n), 10, 10, 2)[1]) for n, p in found.items())
    assert drawing.point.get_xydata()[0] == pytest.approx([30, overlap_stats(30, 10, 10, 2)[1]])
    drawing.picture(1, "insula", 12, 2)
    assert len(drawing.point.get_xdata()) == 0


# Natural frequencies


def test_the_defaults_are_the_ledger_s():
    reading = natural_frequencies.draw().reading
    share, bpd = evidence.value("bpd-in-ma-psychosis"), evidence.value("bpd-prevalence-nesarc")
    assert f"{share:.1f} % of those with MA psychosis" in reading
    assert f"{100 * bpd:.0f} have BPD" in reading
    assert "121 people: 95 % interval 28 to 44 %" in reading
    assert "interval" not in natural_frequencies.draw(bpd_in_psychosis_percent=30).reading


def test_every_person_is_drawn_once_in_the_crowd_and_once_in_each_group():
    drawing = natural_frequencies._Drawing(None)
    drawing.picture(1.0, 5.0, 30.0)
    assert len(drawing.groups["psychosis"][1].get_xdata()) == len(drawing.groups["bpd"][1].get_xdata()) == 30
    assert len(drawing.groups["psychosis"][0].get_xdata()) == 70
    assert len(drawing.groups["bpd"][0].get_xdata()) == 470
    people = np.asarray(drawing.crowd.get_array())[::5, ::5].reshape(-1, 3)
    counts = sorted(Counter(map(tuple, people.tolist())).values())
    assert counts == [30, 70, 470, 9430]
    for hollow, full, _ in drawing.groups.values():
        places = {tuple(each) for line in (hollow, full) for each in line.get_xydata()}
        assert len(places) == len(hollow.get_xdata()) + len(full.get_xdata())  # nobody stands on anybody


@pytest.mark.parametrize(("psychosis", "bpd", "share"), [(0.2, 2.7, 35.5), (1.0, 5.0, 30.0), (2.0, 1.5, 70.0)])
def test_both_shares_are_those_of_bayes(psychosis, bpd, share):
    drawing = natural_frequencies._Drawing(None)
    reading = drawing.picture(psychosis, bpd, share).reading
    answer = 100 * float(bayes.invert(share / 100, psychosis / 100, bpd / 100))
    assert f"{answer:.1f} % of those with BPD" in reading
    assert drawing.shares["psychosis"].get_width() == pytest.approx(share)
    assert drawing.shares["bpd"].get_width() == pytest.approx(answer)


def test_with_a_commoner_condition_the_inverse_grows_and_the_other_share_stays():
    readings = [natural_frequencies.draw(psychosis_percent=p).reading for p in (0.1, 0.5, 1.0)]
    inverse = [float(re.search(r"psychosis and ([\d.]+) % of those with BPD", reading)[1]) for reading in readings]
    assert inverse == sorted(inverse)
    assert inverse[2] == pytest.approx(10 * inverse[0], rel=0.05)
    assert all("35.5 % of those with MA psychosis" in reading for reading in readings)


@pytest.mark.parametrize(
    ("guess", "verdict"), [(2.6, "was close"), (35.5, "32.9 points too high"), (0, "2.6 points too low")]
)
def test_the_share_predicted_is_that_of_the_question(guess, verdict):
    for settings in ({}, {"psychosis_percent": 2.0, "bpd_percent": 8.0}):
        assert verdict in natural_frequencies.draw(**settings, prediction=guess).reading


# Interaction on two scales


def test_one_set_of_risks_is_more_than_the_sum_and_less_than_the_product():
    reading = interaction_scales.draw().reading
    assert "more than the sum (RERI 2.00)" in reading
    assert "less than the product (ratio 0.67)" in reading
    assert "30 % by adding, 45.6 % by multiplying odds, 60 % by multiplying risks" in reading


@pytest.mark.parametrize(
    ("both", "said"),
    [(30, "exactly the sum (RERI 0.00)"), (60, "exactly the product (ratio 1.00)"), (25, "less than the sum")],
)
def test_on_its_own_scale_what_is_expected_shows_nothing_extra(both, said):
    assert said in interaction_scales.draw(both=both).reading


def test_lines_are_the_risks_and_the_dashed_line_is_parallel_on_its_own_scale():
    drawing = interaction_scales._Drawing(None)
    drawing.picture(8, 24, 20, 50)
    for scale, plot in drawing.plots.items():
        without, with_bpd = (plot.lines[name].get_ydata() for name in ("without BPD", "with BPD"))
        assert list(without) == [8, 20]
        assert list(with_bpd) == [24, 50]
        first, goal = plot.parallel.get_ydata()
        assert first == 24
        if scale == "additive":
            assert goal - first == pytest.approx(20 - 8)
        else:
            assert goal / first == pytest.approx(20 / 8)
        assert goal == pytest.approx(100 * float(scales.expected(0.08, 0.24, 0.20, scale)))


def test_a_risk_that_cannot_be_is_said_to_be_none():
    reading = interaction_scales.draw(neither=20, first=60, second=50, both=80).reading
    assert "150 % by multiplying risks" in reading
    assert "cannot be" in reading
    assert "cannot be" not in interaction_scales.draw().reading


@pytest.mark.parametrize(("guess", "nearest"), [(30, "adding"), (45, "multiplying odds"), (60, "multiplying risks")])
def test_a_prediction_is_set_beside_all_three_answers(guess, nearest):
    for settings in ({}, {"neither": 20, "both": 1}):
        reading = interaction_scales.draw(**settings, prediction=guess).reading
        assert f"nearest to {nearest}." in reading
        assert "none of them is the one right scale" in reading


def test_the_guess_is_marked_only_at_the_risks_it_was_about():
    drawing = interaction_scales._Drawing(35.0)
    drawing.picture(5, 15, 20, 70)
    assert all(plot.guess.get_visible() and plot.guess.get_ydata() == [35.0] for plot in drawing.plots.values())
    drawing.picture(5, 15, 21, 70)
    assert not any(plot.guess.get_visible() for plot in drawing.plots.values())


# The loop


def test_two_hits_on_gains_do_more_than_their_sum_and_on_inputs_exactly_that():
    reading = relapse_loop.draw().reading
    assert "neither 1.42, on overload 1.61, on regulation 1.66, both 2.05" in reading
    assert "0.20 more than the sum (1.86)" in reading
    for gain in (0.3, 0.6, 0.9):
        assert "exactly the sum" in relapse_loop.draw(gain_craving=gain, hits="inputs").reading


def test_amplification_and_slowness_grow_towards_one():
    readings = [relapse_loop.draw(gain, gain, gain).reading for gain in (0.5, 0.8, 0.95)]
    amplified = [after("comes to rest at", reading) for reading in readings]
    slow = [after("time constant of", reading) for reading in readings]
    assert amplified == pytest.approx([1 / (1 - gain**3) for gain in (0.5, 0.8, 0.95)], abs=0.006)
    assert slow == pytest.approx([2.0, 5.0, 20.0], abs=0.06)


def test_from_one_on_there_is_no_rest_and_no_number_for_it():
    picture = relapse_loop.draw(1.0, 1.0, 1.0)
    assert "grows without end" in picture.reading
    assert "at rest: neither no rest" in picture.reading
    drawing = relapse_loop._Drawing(None)
    drawing.picture(1.2, 1.2, 1.2, "gains")
    assert drawing.beyond.get_visible()
    assert len(drawing.here.get_xdata()) == 0
    drawing.picture(0.9, 0.85, 0.9, "gains")
    assert "with both there is no rest" in relapse_loop.draw(0.9, 0.85, 0.9).reading
    assert [text.get_text() for text in drawing.values][3] == "→ grows without end"


@pytest.mark.parametrize("hits", ["gains", "inputs"])
def test_bars_lines_and_the_mark_are_those_of_the_model(hits):
    drawing = relapse_loop._Drawing(None)
    drawing.picture(0.5, 0.6, 0.8, hits)
    if hits == "gains":
        expected = [
            feedback_loop.loop_gain([0.8, 0.5 + a, 0.6 + b]) for a, b in ((0, 0), (0.2, 0), (0, 0.25), (0.2, 0.25))
        ]
    else:
        expected = [
            feedback_loop.resting([0.8, 0.5, 0.6], [1.0, a, b])[0]
            for a, b in ((0, 0), (0.2, 0), (0, 0.25), (0.2, 0.25))
        ]
    assert [bar.get_width() for bar in drawing.bars] == pytest.approx(expected)
    assert drawing.sum.get_xdata()[0] == pytest.approx(expected[1] + expected[2] - expected[0])
    assert drawing.here.get_xydata() == pytest.approx(np.array([[0.24, 1 / 0.76]]))
    for name, rest in (("neither hit", expected[0]), ("both hits", expected[3])):
        assert drawing.lines[name].get_ydata()[0] == 0
        assert drawing.lines[name].get_ydata()[-1] == pytest.approx(rest, rel=0.01)
        assert drawing.rests[name].get_ydata()[0] == pytest.approx(rest)
    top = drawing.time_axes.get_ylim()[1]
    assert max(expected) < top


@pytest.mark.parametrize(("guess", "verdict"), [(7, "as in the model"), (3.85, "in the model it is 7.0 times")])
def test_the_amplification_predicted_is_that_of_the_question(guess, verdict):
    for settings in ({}, {"gain_overload": 0.0}, {"hits": "inputs", "gain_craving": 1.2}):
        assert verdict in relapse_loop.draw(**settings, prediction=guess).reading


# The cusp


@pytest.mark.parametrize(
    ("tilt", "split", "two"), [(0, 1, True), (0.3, 1, True), (0.4, 1, False), (0, -0.5, False), (0, 0, False)]
)
def test_two_states_are_shown_inside_the_cusp_alone(tilt, split, two):
    drawing = cusp._Drawing(None)
    reading = drawing.picture(tilt, split, 0.5, 1).reading
    assert ("two stable states" in reading) == two
    assert len(drawing.valleys.get_xdata()) == (2 if two else 1)
    assert len(drawing.top.get_xdata()) == (1 if two else 0)
    assert drawing.nothing.get_visible() != two
    x = drawing.valleys.get_xdata()
    assert tilt + split * x - x**3 == pytest.approx(np.zeros(x.size), abs=1e-6)
    assert drawing.valleys.get_ydata() == pytest.approx(cusp_model.potential(x, tilt, split))


def test_waiting_times_are_those_of_the_model():
    drawing = cusp._Drawing(None)
    reading = drawing.picture(0.1, 1.0, 0.6, 1).reading
    low, _, high = cusp_model.equilibria(0.1, 1.0)
    up, down = (cusp_model.waiting_time(0.1, 1.0, 0.6, *ends) for ends in ((low, high), (high, low)))
    assert f"it takes {up:.0f} units on average, and back {down:.0f}" in reading
    assert up < down
    for name, value in (("low → high", up), ("high → low", down)):
        line, mark = drawing.waits[name]
        assert mark.get_ydata()[0] == pytest.approx(value)
        assert np.interp(0.6, *line.get_data()) == pytest.approx(value)
        assert np.all(np.diff(line.get_ydata()) < 0)  # more noise, less waiting


def test_the_run_begins_low_and_another_run_is_another_throw():
    drawing = cusp._Drawing(None)
    drawing.picture(0.0, 1.0, 0.5, 1)
    first = drawing.path.get_ydata().copy()
    assert first[0] == pytest.approx(-1.0)
    assert drawing.path.get_xdata()[-1] == pytest.approx(200.0)
    drawing.picture(0.0, 1.0, 0.5, 2)
    assert not np.allclose(first, drawing.path.get_ydata())
    drawing.picture(0.0, 1.0, 0.5, 1)
    assert drawing.path.get_ydata() == pytest.approx(first)


@pytest.mark.parametrize(
    ("path", "count"), [([-1, 0, -1, 0.9, -1], 0), ([-1, 1, 0, 1.2, -1.1, 0, 1], 3), ([0, 0.5], 0), ([1, -1, -1], 1)]
)
def test_a_jump_goes_from_valley_to_valley(path, count):
    assert cusp._jumps(np.array(path, float), -1.0, 1.0) == count


def test_jumps_come_as_often_as_waiting_times_say():
    # 4000 units in 20 runs at noise 0.7: about 4000 over the mean wait; counts of rare events vary as Poisson's do.
    wait = cusp_model.waiting_time(0, 1, 0.7, -1, 1)
    jumps = 0
    for seed in range(20):
        kicks = np.random.default_rng(100 + seed).standard_normal(40_000)
        jumps += cusp._jumps(cusp_model.simulate(0, 1, 0.7, -1.0, kicks, 0.005), -1.0, 1.0)
    expected = 4000 / wait
    assert abs(jumps - expected) < 4 * np.sqrt(expected) + 0.05 * expected  # each run's last wait is cut off


@pytest.mark.parametrize(("guess", "verdict"), [(7.3, "as in the model"), (2, "in the model it is 7.3 times as long")])
def test_the_factor_predicted_is_that_of_the_question(guess, verdict):
    for settings in ({}, {"tilt": 0.5, "split": -1.0}, {"noise": 0.2, "run": 9}):
        assert verdict in cusp.draw(**settings, prediction=guess).reading


def test_the_guess_is_marked_only_where_it_was_made():
    drawing = cusp._Drawing(3.0)
    drawing.picture(0.0, 1.0, 0.7, 1)
    assert drawing.guess.get_visible()
    assert drawing.guess.get_xydata()[0] == pytest.approx([0.35, 3 * cusp_model.waiting_time(0, 1, 0.5, -1, 1)])
    drawing.picture(0.1, 1.0, 0.7, 1)
    assert not drawing.guess.get_visible()
