"""The simulators of module 08: what they say and draw agrees with the models; whose numbers they are is on screen."""

import itertools
import math
import re

import numpy as np
import pytest
from timing_kit import usual_seconds

from course import evidence
from course.models import trial
from course.models.survival import observe, survival_from_hr
from course.simulators import combine_interventions, hazard_shape, nnt_people, survival, trial_size

YEAR = evidence.value("ma-relapse-1y")


def numbers(text):
    return [float(found.replace("−", "-")) for found in re.findall(r"[-−]?\d+(?:\.\d+)?", text)]


# All


@pytest.mark.parametrize("simulator", [survival, hazard_shape, trial_size, combine_interventions])
def test_what_is_imagined_says_so(simulator):
    assert re.search(r"model", simulator.draw().species, re.I)


@pytest.mark.parametrize("simulator", [survival, hazard_shape, nnt_people, trial_size, combine_interventions])
def test_descriptions_speak_of_a_model_and_hold_no_quotation_marks(simulator):
    alt = simulator.draw().alt
    assert re.search(r"\bmodel\b", alt, re.I)
    assert '"' not in alt


def test_what_is_made_up_by_the_learner_is_not_called_a_finding():
    own = nnt_people.draw(source="your own")
    assert own.species.startswith("Model")
    assert "made up" in own.caption


@pytest.mark.parametrize(
    "compute",
    [
        pytest.param(lambda i: survival._mistaken(*observe(400, 0.08, 0.04 + i / 1000, 24.0, i), "as returns"),
                     id="survival"),
        pytest.param(lambda i: trial.simulate(1000, 0.5, 0.6 + i / 100, 1000, i), id="trials"),
        pytest.param(lambda i: combine_interventions._table(0.05 * i), id="ring"),
    ],
)  # fmt: skip
def test_the_model_behind_an_update_computes_in_twenty_milliseconds(compute):
    assert usual_seconds(compute) < 0.020


# Survival


def test_every_person_has_a_line_that_ends_in_one_mark():
    drawing = survival._Drawing(None)
    for people, sample in itertools.product((20, 40, 400), (1, 2)):
        drawing.picture(40.0, people, "left out", sample)
        shown = min(people, 40)
        assert len(drawing.lines.get_segments()) == shown
        ends = {key: len(mark.get_xdata()) for key, mark in drawing.marks.items()}
        assert sum(ends.values()) == shown
        time, event = observe(people, survival._RATE, survival._loss_rate(40.0), 24.0, sample)
        assert ends["returned"] == int(event[:40].sum())
        assert ends["stayed"] == int((time[:40] == 24.0).sum())


def test_with_nobody_lost_no_mistake_can_be_made():
    for treat in ("left out", "as returns", "as no return"):
        picture = survival.draw(lost_percent=0, treat=treat)
        for row in picture.table.rows:
            assert row[2] == row[3]
        assert "0 were lost" in picture.reading


def test_each_mistake_is_wrong_in_its_own_direction():
    drawing = survival._Drawing(None)

    def at_a_year(treat):
        rows = [drawing.picture(80, 400, treat, sample).table.rows for sample in range(1, 21)]
        return [np.mean([float(row[5][column]) for row in rows]) for column in (2, 3, 4)]

    for treat, sign in (("left out", -1), ("as returns", -1), ("as no return", 1)):
        estimate, mistaken, truth = at_a_year(treat)
        assert truth == pytest.approx(100 - YEAR, abs=0.06)
        assert abs(estimate - truth) < 3  # twenty studies of 400, of whom four in five are lost
        assert sign * (mistaken - truth) > 10


def test_the_answer_is_what_many_large_studies_find():
    drawing = survival._Drawing(None)
    shares = [float(drawing.picture(40, 400, "left out", sample).table.rows[5][3]) for sample in range(1, 21)]
    answer = survival._answer()
    assert answer == pytest.approx(25.6, abs=0.05)
    kept = 0.66 * 400 * 20  # closed form: two in three are not lost
    assert np.mean(shares) == pytest.approx(answer, abs=4 * 100 * math.sqrt(0.256 * 0.744 / kept))
    assert f"{answer:.1f} %" in survival.draw(prediction=26).reading
    assert "your prediction was close" in survival.draw(lost_percent=0, prediction=26).reading


# Hazard


def test_the_points_are_the_ledgers_and_their_intervals_hold_the_weibull_curve_alone():
    rows = {float(row[0]): row for row in hazard_shape.draw().table.rows}
    for month, claim in (
        (1, "ma-relapse-month-1"),
        (6, "ma-relapse-month-6"),
        (12, "ma-relapse-1y"),
        (60, "ma-relapse-year-5"),
    ):
        seen, half = numbers(rows[month][1])
        assert seen == evidence.value(claim)
        exponential, weibull = float(rows[month][2]), float(rows[month][3])
        assert abs(weibull - seen) < half
        assert (abs(exponential - seen) < half) == (month == 12)


def test_a_hazard_ratio_acts_on_the_hazard():
    reading = hazard_shape.draw(hazard_ratio=2.0).reading
    expected = 100 * (1 - (1 - YEAR / 100) ** 2)
    assert f"{expected:.1f} % back to use by month 12, against {YEAR:.1f} %" in reading
    parent = evidence.value("ma-relapse-hr-parent")
    expected = 100 * (1 - float(survival_from_hr(1 - YEAR / 100, parent)))
    assert f"{expected:.1f} % back to use" in hazard_shape.draw(hazard_ratio=parent, shape="exponential").reading


def test_the_other_group_runs_parallel_on_the_log_axis():
    drawing = hazard_shape._Drawing(None)
    for shape in ("exponential", "Weibull"):
        drawing.picture(3.0, 12, shape)
        ratio = drawing.other_hazard.get_ydata() / drawing.curves[shape].hazard(drawing.other_hazard.get_xdata())
        assert ratio == pytest.approx(np.full(ratio.shape, 3.0))


def test_the_hazard_prediction_is_about_twice_the_hazard_at_a_year():
    for settings in ({}, {"hazard_ratio": 0.25, "months": 60, "shape": "exponential"}):
        assert "it is 84.8 %, so your prediction was close" in hazard_shape.draw(**settings, prediction=85).reading
    assert "15 points too high" in hazard_shape.draw(prediction=100).reading


# People


def test_the_people_are_always_a_hundred_and_nobody_stands_twice():
    drawing = nnt_people._Drawing(None)
    for source, base, ratio in itertools.product(nnt_people._SOURCES, (1.0, 30.0, 90.0), (0.5, 1.0, 8.0)):
        drawing.picture(source, base, ratio)
        places = [
            place
            for mark in drawing.marks.values()
            for place in zip(*(np.asarray(axis).tolist() for axis in mark.get_data()), strict=True)
        ]
        assert sorted(places) == sorted(itertools.product(range(10), range(10)))


def test_sliders_rest_where_the_ledger_holds_both_arms():
    source = "naltrexone-bupropion, both stages"
    one, other = nnt_people.draw(source, 10, 1), nnt_people.draw(source, 80, 4)
    assert one.png == other.png
    assert "Both sliders rest" in one.reading
    difference = evidence.value("tx-adapt2-difference")
    assert f"+{difference:.1f} of 100" in one.reading
    assert f"for one more: {100 / difference:.1f}." in one.reading  # no interval in the ledger, none on screen


def test_the_first_stage_has_the_interval_of_its_counts():
    found = trial.number_needed(trial.risk_difference(18, 109, 10, 294))
    expected = f"for one more: {found.value:.1f} (95 % interval {found.low:.1f} to {found.high:.1f})."
    assert expected in nnt_people.draw("naltrexone-bupropion, stage 1").reading


@pytest.mark.parametrize(("base", "needed"), [(10, 52), (30, 23), (60, 21)])
def test_one_odds_ratio_needs_different_numbers(base, needed):
    reading = nnt_people.draw("contingency management, up to a year later", base).reading
    assert round(numbers(re.search(r"for one more: (\S+)", reading)[1])[0]) == needed


def test_a_treatment_without_effect_needs_no_number():
    reading = nnt_people.draw("your own", 40, 1.0).reading
    assert "no number of people is large enough" in reading


def test_the_prediction_is_about_contingency_management_whatever_is_chosen():
    ratio = evidence.value("tx-cm-cra-or")
    answer = 100 * (ratio * 0.3 / (0.7 + ratio * 0.3) - 0.3)
    for source in nnt_people._SOURCES:
        assert f"it is {answer:.1f}, so your prediction was close" in nnt_people.draw(source, prediction=25).reading


# Trial size


def test_the_bars_are_the_trials():
    drawing = trial_size._Drawing(None)
    drawing.picture(100, 61, 50, 1)
    run = trial.simulate(100, 0.5, 0.61, 1000, 1)
    for bars, share in ((drawing.all_bars, 100.0), (drawing.seen_bars, 100 * run.significant.mean())):
        heights = bars.get_xy()[1:-2:2, 1]
        assert heights.sum() == pytest.approx(share)
    assert drawing.truth.get_xdata()[0] == -11
    assert drawing.curse.get_xdata()[0] == pytest.approx(100 * run.difference[run.significant].mean())


def test_small_trials_exaggerate_and_large_ones_do_not():
    times = {size: float(re.search(r"([\d.]+) times the truth", trial_size.draw(size).reading)[1])
             for size in (20, 100, 1000)}  # fmt: skip
    assert times[20] > 2 > times[100] > 1.2
    assert times[1000] == pytest.approx(1, abs=0.06)


def test_where_there_is_nothing_to_find_it_says_so():
    picture = trial_size.draw(treated_percent=61)
    assert "There is nothing to find" in picture.reading
    assert {row[-1] for row in picture.table.rows} == {"5.0"}


def test_the_size_predicted_is_the_formulas():
    assert "it takes 320, close" in trial_size.draw(prediction=310).reading
    assert "it takes 320, 3.2 times your number" in trial_size.draw(per_arm=1000, prediction=100).reading
    row = next(row for row in trial_size.draw().table.rows if row[0] == "320")
    assert float(row[-1]) == pytest.approx(80, abs=0.2)


# Combining


def outputs(**settings):
    alt = combine_interventions.draw(**settings).alt
    return numbers(re.search(r"no intervention.*?\.(?= Below)", alt)[0])


def test_two_cuts_of_two_links_do_less_than_one_twice_as_large():
    assert outputs(second="another link") == [5.0, 2.78, 2.78, 2.05]
    assert outputs(second="the same again") == [5.0, 2.78, 2.78, 1.92]


def test_a_link_and_the_input_multiply_exactly():
    neither, link, other, both = outputs(second="the input")
    assert both == pytest.approx(link * other / neither, abs=0.01)
    assert "do as that says" in combine_interventions.draw(second="the input").reading
    assert "do less than that" in combine_interventions.draw(second="another link").reading


@pytest.mark.parametrize("cut", [5.0, 20.0, 50.0])
def test_with_strong_feedback_cut_links_and_with_weak_feedback_inputs(cut):
    crossing = 1 / (2 - cut / 100)
    assert float(combine_interventions._fall(crossing, cut / 100)) == pytest.approx(cut)
    assert "Cutting a link does more" in combine_interventions.draw(0.9, cut).reading
    assert "Cutting the input does more" in combine_interventions.draw(0.2, cut).reading


@pytest.mark.parametrize("gain", [0.0, 0.3, 0.8, 0.95])
def test_the_curve_is_what_the_ring_does(gain):
    fall = 100 * (1 - combine_interventions._output(gain, (0.7, 1.0)) / combine_interventions._output(gain))
    assert float(combine_interventions._fall(gain, 0.3)) == pytest.approx(fall)


def test_the_fall_predicted_is_that_of_the_question():
    answer = 100 * (1 - 0.2 / 0.36)
    for settings in ({}, {"loop_gain": 0.1, "cut_percent": 50, "first": "the input"}):
        reading = combine_interventions.draw(**settings, prediction=44).reading
        assert f"it is {answer:.1f} %, so your prediction was close" in reading
