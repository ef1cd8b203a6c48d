"""The simulators of module 06: what they say agrees with the models, and a timed game survives its panel."""

import math
import re

import numpy as np
import pytest
from timing_kit import usual_seconds

from course.models import discounting, extinction, switch
from course.models import drift_diffusion as ddm
from course.models.stopping import stop_signal_time
from course.simulators import bias_or_drift, hysteresis, preference_reversal, renewal, stop_task
from course.simulators.panel import Notice

GAME = stop_task.MADE_UP


def numbers(text):
    return [float(found.replace("−", "-")) for found in re.findall(r"[-−]?\d+(?:\.\d+)?", text)]


def number_after(words, text):
    return float(re.search(words + r"\D*?([-−]?\d+(?:\.\d+)?)", text)[1].replace("−", "-"))


# All


@pytest.mark.parametrize(
    "compute",
    [
        pytest.param(lambda i: bias_or_drift._table(60 + i, 1.5), id="bias_or_drift"),
        pytest.param(lambda i: hysteresis._way(7 + 0.1 * i, 0, -8), id="hysteresis"),
        pytest.param(lambda i: renewal._percent(40, 0.3, 0.6, "before learning", 0.2), id="renewal"),
        pytest.param(lambda i: stop_task._summary(stop_task._read(GAME)), id="stop_task"),
    ],
)
def test_the_model_behind_an_update_computes_in_twenty_milliseconds(compute):
    assert usual_seconds(compute) < 0.020


# Preference reversal


def test_the_day_of_turning_is_the_models_and_both_sides_of_it_are_said():
    turn = discounting.reversal_delay(40, 100, 30, 0.1)
    assert f"turns to the smaller {turn:.1f} days" in preference_reversal.draw().reading
    assert "prefers the larger." in preference_reversal.draw(today=turn + 1).reading
    assert "prefers the smaller." in preference_reversal.draw(today=turn - 1).reading
    assert f"in the model it is {turn:.0f} days" in preference_reversal.draw(k=0.5, prediction=30).reading
    assert "as in the model" in preference_reversal.draw(k=0.5, prediction=turn).reading


def test_worth_is_read_off_the_hyperbola_and_the_exponential_keeps_its_ratio():
    rows = [[float(cell) for cell in row] for row in preference_reversal.draw(k=0.05, gap=20).table.rows]
    for days, larger, smaller, far, near in rows:
        assert larger == pytest.approx(100 / (1 + 0.05 * (days + 20)), abs=0.05)
        assert smaller == pytest.approx(40 / (1 + 0.05 * days), abs=0.05)
        assert far / near == pytest.approx(rows[-1][3] / rows[-1][4], rel=0.02)
    assert rows[0][1] == rows[0][3]  # both rules begin alike


def test_where_nothing_turns_the_picture_says_so():
    assert "nothing turns" in preference_reversal.draw(k=0.01, smaller=50).reading
    assert "over all 60 days" in preference_reversal.draw(k=0.5, smaller=80, gap=20).reading


# Bias or drift


def test_the_share_stays_whatever_it_is_made_of_and_the_times_change():
    rows = bias_or_drift.draw(share_percent=67, boundary=1.2).table.rows
    for _, share, start, drift, use, other, every in (map(str, row) for row in rows):
        assert share == "67 %"
        p, mean = ddm.choice_and_time(float(drift), 1.2, float(start))
        assert p == pytest.approx(0.67, abs=0.01)  # of rounded parameters
        assert float(every) == pytest.approx(float(mean), abs=0.01)
        assert 0.67 * float(use) + 0.33 * float(other) == pytest.approx(float(every), abs=0.01)
    gaps = [float(row[5]) - float(row[4]) for row in rows]
    assert gaps[0] == 0
    assert gaps == sorted(gaps)
    assert gaps[-1] > 0.1


def test_only_a_bias_speeds_the_choice_it_favours():
    assert "both take equally long" in bias_or_drift.draw(bias_percent=0, share_percent=90).reading
    assert '"use" is faster' in bias_or_drift.draw(bias_percent=100).reading
    assert "as in the model" in bias_or_drift.draw(prediction="bias").reading
    assert all("it is bias" in bias_or_drift.draw(prediction=word).reading for word in ("drift", "both", "neither"))


# Renewal


@pytest.mark.parametrize("weakened", ["never", "before learning", "after learning"])
def test_what_is_tested_in_both_places_is_the_models(weakened):
    picture = renewal.draw(trials=20, elsewhere=0.25, link=0.5, weakened=weakened)
    learned = extinction.inhibition(20, 0.2, 0.5 if weakened == "before learning" else 1.0)[-1]
    here = extinction.response(learned, 1.0 if weakened == "never" else 0.5)
    row = next(row for row in picture.table.rows if row[0] == "20")
    assert row[1:] == (f"{100 * here:.0f} %", f"{100 * extinction.response(learned, 0.25):.0f} %")
    assert f"tested in B the response is at {row[1]}" in picture.reading
    assert f"back in A at {row[2]}" in picture.reading


def test_a_link_weakened_after_learning_and_one_weak_at_learning_differ_as_the_model_has_it():
    assert "in B the response is at 51 %" in renewal.draw(link=0.5, weakened="after learning").reading
    assert "in B the response is at 36 %" in renewal.draw(link=0.5, weakened="before learning").reading


def test_a_weak_link_moves_the_picture_once_there_is_one():
    panel = renewal.explore(30)
    panel.move(weakened="after learning")
    before = dict(panel.shown)
    panel.move(link=0.3)
    assert all(panel.shown[part] != before[part] for part in ("src", "alt", "reading"))


def test_the_return_predicted_is_the_asked_one():
    answer = 100 * extinction.extinction_renewal(20, 0.2, 1, 0.3)[1][-1]
    assert f"in the model it is {answer:.0f} %" in renewal.draw(trials=0, prediction=20).reading
    assert "as in the model" in renewal.draw(elsewhere=0, prediction=round(answer)).reading


@pytest.mark.parametrize("wrong", [0, 0.6, True, "fast"])
def test_a_learning_rate_is_a_rate(wrong):
    with pytest.raises(ValueError, match="learning_rate"):
        renewal.explore(None, learning_rate=wrong)


# Hysteresis


def test_the_loop_stays_on_until_its_lower_fold_and_only_if_it_was_on():
    _, off = switch.folds(7)
    assert number_after("peak,", hysteresis.draw(now=off + 0.3).reading) > 0.8
    assert number_after("peak,", hysteresis.draw(now=off - 0.3).reading) < 0.2
    assert number_after("peak,", hysteresis.draw(peak=-3.2, now=-3.5).reading) < 0.2  # never switched on


def test_the_edges_said_are_the_folds_and_a_weak_loop_has_none():
    for weight in (5.0, 7.0, 9.0):
        on, off = switch.folds(weight)
        said = numbers(re.search(r"switches on above (.*)\.", hysteresis.draw(weight=weight).reading)[1])
        assert said == pytest.approx([on, off], abs=0.005)
    assert "no switch" in hysteresis.draw(weight=4.0).reading
    assert "as in the model" in hysteresis.draw(weight=3, prediction=-4.2).reading
    assert "it is −4.22" in hysteresis.draw(weight=3, prediction=-2.78).reading


def test_the_curve_drawn_is_where_the_loop_rests():
    drawing = hysteresis._Drawing(None)
    drawing.picture(7.0, -2.0, -3.5)
    for line in (*drawing.stable, drawing.unstable):
        drive, x = (np.asarray(values) for values in line.get_data())
        inside = (drive > -8) & (drive < 0)
        assert inside.any()
        assert x[inside] == pytest.approx(1 / (1 + np.exp(-(7 * x[inside] + drive[inside]))))


# The stop-signal task


def test_before_the_game_the_course_of_a_trial_is_shown_and_a_way_without_time_pressure_is_named():
    panel = stop_task.explore(50)
    assert panel.shown["keep"] == 'my_responses = ""'
    assert "made-up run" in panel.shown["reading"]
    (game,) = panel.controls
    assert game["kind"] == "timed"
    assert len(game["trials"]) == 80
    assert game["example"] == GAME


def test_one_trial_in_four_says_stop_never_the_first_of_a_block_and_a_long_game_begins_like_a_short_one():
    trials = stop_task.explore(50, trials=120).controls[0]["trials"]
    for block in range(6):
        stops = [stop for _, stop, _ in trials[20 * block : 20 * block + 20]]
        assert sum(stops) == 5
        assert not stops[0]
    assert trials[:40] == stop_task.explore(50, trials=40).controls[0]["trials"]
    assert {sign for sign, _, _ in trials} == {0, 1}


def test_a_played_game_is_read_counted_and_kept():
    panel = stop_task.explore(50)
    half = " ".join(GAME.split()[:40])
    panel.move(responses=half)
    assert panel.shown["keep"] == f'my_responses = "{half}"'
    twin = stop_task.draw(half, prediction=50)
    assert (panel.shown["src"], panel.shown["alt"]) == (twin.src, twin.alt)
    resumed = stop_task.explore(50, responses=half)
    assert resumed.controls[0]["value"] == half
    assert resumed.shown["src"] == panel.shown["src"]


def test_outcomes_are_what_the_words_say():
    record = stop_task.outcomes(GAME)
    words = GAME.split()
    assert [("@" in word) for word in words] == [stop == 1 for stop in record["stop"]]
    signs = [sign for sign, _, _ in stop_task.explore(50).controls[0]["trials"]]
    for i, word in enumerate(words):
        assert math.isnan(record["time_ms"][i]) == word.startswith("-")
        if "@" in word:
            assert record["correct"][i] == word.startswith("-")
            assert record["delay_ms"][i] == float(word.split("@")[1])
        else:
            assert record["correct"][i] == (word[0] == "LR"[signs[i]])
            assert record["time_ms"][i] == float(word[1:])
    assert stop_task.outcomes("") == {"stop": [], "correct": [], "time_ms": [], "delay_ms": []}


def test_the_reading_agrees_with_the_models():
    record = {name: np.array(values) for name, values in stop_task.outcomes(GAME).items()}
    stop, pressed = record["stop"] == 1, np.isfinite(record["time_ms"])
    right = record["time_ms"][~stop & (record["correct"] == 1)]
    picture = stop_task.draw(GAME, prediction=90)
    assert number_after("mean", picture.reading) == pytest.approx(right.mean(), abs=0.5)
    share = np.mean(pressed[stop])
    ssrt = stop_signal_time(record["time_ms"][~stop & pressed], 0, share, record["delay_ms"][stop].mean())
    assert number_after("stopping took about", picture.reading) == pytest.approx(ssrt, abs=0.5)
    n = int(np.sum(~stop & pressed))
    fit = ddm.fit(min(right.size / n, 1 - 1 / (2 * n)), right.mean() / 1000, right.var(ddof=1) / 1e6)
    assert number_after("a drift of", picture.reading) == pytest.approx(fit.drift, abs=0.05)
    assert f"it was {100 * (1 - share):.0f} %" in picture.reading


def test_a_player_who_slows_down_or_never_stops_gets_no_time_of_stopping():
    words = [word if "@" not in word else f"L300@{word.split('@')[1]}" for word in GAME.split()]
    picture = stop_task.draw(" ".join(words))
    assert "0 of 20 stopped" in picture.reading
    assert "To time stopping it takes" in picture.reading
    assert picture.table.rows[-1][-1] == "not known"
    slow = [re.sub(r"^([LR])\d+@", r"\g<1>1400@", word) for word in GAME.split()]
    assert "does not hold" in stop_task.draw(" ".join(slow)).reading


def test_a_made_up_run_says_so_and_an_own_one_does_not():
    made_up = stop_task.draw(GAME)
    assert "nothing of it is yours" in made_up.reading
    assert "made-up" in made_up.species
    assert re.search("human", made_up.alt, re.I)
    assert len(made_up.table.rows) >= 2
    own = stop_task.draw(re.sub(r"^([LR])(\d+)", "\\g<1>777", GAME))
    assert "yours" not in own.reading
    assert "your own" in own.species


def test_a_few_trials_are_called_too_few():
    assert "too short to tell" in stop_task.draw(" ".join(GAME.split()[:19])).reading
    assert "too short" not in stop_task.draw(" ".join(GAME.split()[:20])).reading


def test_equal_times_and_no_presses_are_drawn_without_a_model():
    trials = stop_task.explore(50).controls[0]["trials"]
    same = " ".join("-@250" if stop else "LR"[sign] + "400" for sign, stop, _ in trials)
    none = " ".join("-@250" if stop else "-" for _, stop, _ in trials)
    for text in (same, none):
        assert "No diffusion that starts in the middle" in stop_task.draw(text).reading
    assert "no right press yet" in stop_task.draw(none).reading


@pytest.mark.parametrize(
    "text",
    [
        "X412",
        "L412@250",
        "L",
        "L0",
        "L9999",
        "LRLR",
        "<script>",
        GAME.replace("@", " "),
        " ".join(["L400"] * 121),
        None,
        3,
    ],
)
def test_a_text_that_is_no_game_gets_one_sentence(text):
    with pytest.raises(ValueError, match="responses"):
        stop_task.draw(text)
    notice = stop_task.explore(50, responses=text)
    assert isinstance(notice, Notice)
    assert notice.sentence.endswith(".")


@pytest.mark.parametrize("trials", [39, 121, 60.5, True, "many"])
def test_a_game_has_40_to_120_trials(trials):
    notice = stop_task.explore(50, trials=trials)
    assert isinstance(notice, Notice)
    assert "40 to 120" in notice.sentence


@pytest.mark.parametrize("sent", [["L412"], 7, None, "L412 R389 nonsense"])
def test_what_no_browser_can_send_is_answered_in_a_sentence(sent):
    panel = stop_task.explore(50)
    panel.asked = {"values": {"responses": sent}, "turn": 4}
    assert panel.shown["turn"] == 4
    assert re.fullmatch(r"<p>[^<]+\.</p>", panel.shown["reading"])
