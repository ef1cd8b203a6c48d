"""What holds for every simulator of `course.simulators.__all__`, from the outside; a new one is taken in by itself.

What its controls cannot tell stands in one row of `ROWS`. The files test_simulators*.py hold what is special to one.
"""

import inspect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

import pytest
from timing_kit import usual_seconds

from course import simulators
from course.simulators import stop_task
from course.simulators.panel import Choice, Notice, Panel, Range, Steps

DRAWN_ONLY = ("figure_two", "semilog_decay")  # still pictures: nothing to move
GUESSED_INSIDE = "ledger_browser"  # its panel answers in words and asks for a guess: test_simulators_reading.py
NAMES = [name for name in simulators.__all__ if name not in (*DRAWN_ONLY, GUESSED_INSIDE)]
FEW_ROWS = {"stop_task": 2, "intervention_pair": 4, "relapse_loop": 4, "two_step_task": 4}
# The capstone's three pictures are larger; the stop task answers in the pause between two trials.
SECONDS = {"intervention_board": 0.1, "intervention_chain": 0.1, "intervention_pair": 0.1, "stop_task": 0.3}
WHOSE = r"\brats?\b|human|people|fictional"
GAMES_OF_ANY_LENGTH = ("two_step_task",)  # its twin is as long as its text: test_simulators_learning.py
NO_PREDICTION = (True, float("nan"), float("inf"), -float("inf"), 1e9, -1e9, 3 + 2j, [3], {}, b"3", "a lot",
                 "<script>alert(1)</script>")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What cannot be told from the controls of a simulator.

    `guess`: a prediction that differs from the answer. `refused`: the nearest ones on either side that cannot be read.
    `says`: words that stand in both the species and the description. `first`: for a control that matters only beside
    another one, what has to be set first. `moves`: for a control without ends or options, something to send.
    `played`: arguments of `draw` with which a prediction has something to be compared with. `positions`: for sliders
    over a list, position and value, both by hand. `beyond`: settings of `draw` that no control can have and whose
    neighbours it can (halves where whole numbers are due).
    """

    guess: object
    refused: tuple[object, ...]
    says: tuple[str, ...] = ()
    first: dict[str, dict[str, object]] = field(default_factory=dict)
    moves: dict[str, object] = field(default_factory=dict)
    played: dict[str, object] = field(default_factory=dict)
    positions: dict[str, tuple[int, object]] = field(default_factory=dict)
    beyond: tuple[dict[str, object], ...] = ()


MODEL_RAT, MODEL_HUMAN = ("model", "rat"), ("model", "human")
TRIALS = "LRRLLLRRLRRLLLRLRRLLRLLRRRLLRL" * 4  # 60 trials of the two-step task
ROWS = {
    "bias_or_drift": Row("drift", ("maybe", 3), MODEL_HUMAN),
    "circuit_walk": Row(8, (-1, 11), moves={"walk": ["VTA>NAcC"]}, beyond=({"at": "brain"},)),
    "combine_interventions": Row(20, (-1, 101), ("model",)),
    "cusp": Row(2, (0, 51), ("model",), beyond=({"run": 1.5},)),
    "devaluation": Row(20, (-1, 101), MODEL_RAT),
    "dopamine_time_course": Row(300, (-1, 3001), ("rat",)),
    "dose_response": Row("cocaine", ("heroin", 5), ("rat",), positions={"cocaine_mg_per_kg": (70, 100.0)},
                         beyond=({"methamphetamine_mg_per_kg": 1000},)),
    "drive_reward": Row(1, (-1, 11), MODEL_RAT, positions={"p": (3, 3.0)}, beyond=({"p": 1.5},)),
    "early_care": Row("lowers", (3, "up and down"), ("rat",)),
    "hazard_shape": Row(61, (-1, 101), MODEL_HUMAN, positions={"hazard_ratio": (8, 4.0)},
                        beyond=({"hazard_ratio": 1.1},)),
    "heritability": Row(42, (-1, 101, "42 %"), ("human",)),
    "hysteresis": Row(-2.8, (-9, 1, [0]), MODEL_HUMAN),
    "interaction_scales": Row(35, (-1, 101), ("made-up",)),
    "intervention_board": Row(6, (-1, 10), ("model", "human", "assumed")),
    "intervention_chain": Row(30, (-1, 101), ("model", "human", "assumed")),
    "intervention_pair": Row(25, (-1, 101), ("model", "human", "assumed"),
                             moves={"second": "nac"}),
    "natural_frequencies": Row(20, (-1, 101), ("people",)),
    "negative_reinforcement": Row(20, (-1, 101), MODEL_HUMAN),
    "nnt_people": Row(50, (-1, 84, "25"), ("people",),
                      first={"base_percent": {"source": "your own"}, "odds_ratio": {"source": "your own"}}),
    "opponent_process": Row(60, (-1, 1e6), MODEL_HUMAN),
    "overlap_matrix": Row(6, (-1, 11), ("human",), positions={"layers": (2, 3), "universe": (6, 90)},
                          beyond=({"shared": 2.5}, {"universe": 11})),
    "plasma_level": Row(24, (-1, "24 hours", [24]), ("human",)),
    "prediction_errors": Row(0.1, ("half", -9, 9), MODEL_RAT, beyond=({"trial": 1.5},)),
    "preference_reversal": Row(25, (-1, 61), MODEL_HUMAN, positions={"k": (8, 0.3)}),
    "prisma_flow": Row(20, (-1, "seven"), ("fictional",)),
    "query_builder": Row(60, (-1, 130, "30 %"), ("fictional",)),
    "region_map": Row(6, (-1, 11), ("human",)),
    "relapse_loop": Row(3, (0, 21), ("model",)),
    "renewal": Row(30, (-1, 101), MODEL_RAT, first={"link": {"weakened": "after learning"}},
                   beyond=({"trials": 2.5},)),
    "search_string": Row("fewer", (44, "maybe"), ("fictional",), moves={"text": "relapse AND (recovery OR BPD"},
                         beyond=({"text": 5},)),
    "self_administration": Row(2, ("longer", 0.2, 9), MODEL_RAT),
    "set_point": Row(2, (0.5, 51, "x5"), MODEL_RAT, beyond=({"days_of_use": 10.5},)),
    "spiral": Row(2, (-1, 6), MODEL_RAT, beyond=({"levels": 2.5},)),
    "stay_probabilities": Row("more", ("maybe", 3), ("model",)),
    "stop_task": Row(50, (-1, 101), ("human",), moves={"responses": stop_task.MADE_UP},
                     played={"responses": stop_task.MADE_UP}, beyond=({"responses": "X412"},)),
    "stress_axis": Row(14, (-1, 366, "weeks"), ("human", "model"), positions={"duration_min": (2, 30.0)},
                       beyond=({"duration_min": 1}, {"duration_min": 1e6})),
    "survival": Row(60, (-1, 101), MODEL_HUMAN, positions={"people": (3, 400)}, beyond=({"people": 50},)),
    "transporter_recovery": Row(90, (49, 111, 30), ("human",)),
    "trial_size": Row(30, (5, 2001), ("model",), positions={"per_arm": (0, 10)},
                      beyond=({"per_arm": 30}, {"sample": 1.5})),
    "two_step_task": Row(60, (-1, 101, "often"), ("model",), moves={"choices": list(TRIALS)},
                         played={"choices": TRIALS}, beyond=({"choices": "LX"},)),
    "volume_difference": Row(20, (-1, 101), ("human",), positions={"studies": (4, 5)},
                             beyond=({"studies": 6}, {"studies": 2.5})),
    "wanting": Row("both", ("cue 3", 2), MODEL_RAT, beyond=({"trials": 1.5},)),
}  # fmt: skip


def said(html: str) -> str:
    """Return the words of a reading as they are read out."""
    return unescape(html)


class Subject:
    """A simulator with one panel for all its tests: each goes back to where the controls rested at first."""

    def __init__(self, name: str) -> None:
        self.name, self.module, self.row = name, getattr(simulators, name), ROWS[name]
        self.panel: Panel = self.module.explore(self.row.guess)
        self.first = dict(self.panel.shown)
        self.twin = self.module.draw(prediction=self.row.guess)

    def rest(self, **settings: object) -> dict[str, Any]:
        """Set every control back, then those named, and return what is shown."""
        self.panel.move(**{control["name"]: control["value"] for control in self.panel.controls} | settings)
        return dict(self.panel.shown)

    def ends(self, control: dict[str, Any], all_options: int) -> list[object]:
        """Return the far settings of a control: all its options, or the outer two of more than `all_options`."""
        if control["name"] in self.row.moves:
            return [control["value"], self.row.moves[control["name"]]]
        if control["kind"] in ("select", "radio"):
            keys = [key for key, _ in control["options"]]
            return keys if len(keys) <= all_options else [keys[0], keys[-1]]
        return [control["min"], control["max"]]

    def elsewhere(self, control: dict[str, Any]) -> object:
        """Return a setting as far as can be from where this control rests."""
        return next(end for end in reversed(self.ends(control, 2)) if end != control["value"])

    def as_drawn(self, moved: dict[str, object]) -> dict[str, object]:
        """Return the arguments of `draw` for the settings a browser would send."""
        return {name: self.panel._by_name[name].read(raw) for name, raw in moved.items()}


@pytest.fixture(scope="module", params=NAMES)
def subject(request: pytest.FixtureRequest) -> Iterator[Subject]:
    """Give each simulator in turn; all tests of one run together, and its panel is closed, since widgets never go."""
    found = Subject(request.param)
    yield found
    found.panel.close()


def published(panel: Panel) -> list[dict[str, Any]]:
    """Return what a notebook would keep of a panel that stands at the end of a cell."""
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    saved, shell.display_pub = shell.display_pub, CapturingDisplayPublisher()
    try:
        panel._ipython_display_()
        return [output["data"] for output in shell.display_pub.outputs]
    finally:
        shell.display_pub = saved


def test_every_simulator_has_its_row():
    assert sorted(ROWS) == sorted(NAMES)
    assert [name for name in simulators.__all__ if not hasattr(getattr(simulators, name), "explore")] == [*DRAWN_ONLY]


@pytest.mark.parametrize("name", [*DRAWN_ONLY, GUESSED_INSIDE])
def test_what_is_drawn_without_a_panel_is_described(name):
    picture = getattr(simulators, name).draw()
    assert len(picture.alt) >= 40
    assert picture.species.strip()
    assert picture.table.rows


# The panel and its twin


def test_the_panel_begins_with_the_picture_of_its_twin(subject):
    assert isinstance(subject.panel, Panel)
    if subject.name not in GAMES_OF_ANY_LENGTH:
        assert escape(subject.twin.species) in subject.first["caption"]
        assert (subject.first["src"], subject.first["alt"]) == (subject.twin.src, subject.twin.alt)
        assert said(subject.twin.reading) in said(subject.first["reading"])


def test_a_moved_panel_shows_the_picture_of_its_twin_and_nothing_of_it_is_left(subject):
    controls = {control["name"]: control for control in subject.panel.controls}
    far = {name: subject.elsewhere(control) for name, control in controls.items()}
    near = {name: control["value"] + control["step"] * (1 if control["value"] < control["max"] else -1)
            for name, control in controls.items() if control["kind"] == "range"}  # fmt: skip
    if subject.name == "circuit_walk":
        far["place"] = "VTA"  # the walk begins there
    for moved in filter(None, (far, near)):
        shown = subject.rest(**moved)
        assert shown["src"] != subject.first["src"], moved
        assert shown["alt"] != subject.first["alt"], moved
        if subject.name not in GAMES_OF_ANY_LENGTH:
            settings = {"at": "VTA>NAcC"} if subject.name == "circuit_walk" else subject.as_drawn(moved)
            twin = subject.module.draw(**settings, prediction=subject.row.guess)
            assert (shown["src"], shown["alt"]) == (twin.src, twin.alt), moved
            assert said(twin.reading) in said(shown["reading"]), moved
    assert subject.rest() | {"turn": 0} == subject.first


def test_positions_of_a_slider_over_a_list_stand_for_these_values(subject):
    lists = [control for control in subject.panel._by_name.values() if isinstance(control, Steps)]
    assert {control.name for control in lists} >= set(subject.row.positions)
    for control in lists:
        assert len(control.texts) == len(control.values) == len(set(control.texts))
        assert list(control.values) == sorted(set(control.values))
        if control.name in subject.row.positions:
            position, value = subject.row.positions[control.name]
            assert control.read(position) == value


# The controls


def test_controls_are_few_and_named_with_their_units(subject):
    controls = subject.panel.controls
    assert 1 <= len(controls) <= 4
    assert all(control["label"].strip() for control in controls)
    assert len({control["label"] for control in controls}) == len(controls)
    for control in controls:
        if control["kind"] == "range":
            assert control.get("unit", "").strip() or all(text.strip() for text in control["texts"]), control["name"]
            assert control["min"] <= control["value"] <= control["max"]
        if control["kind"] in ("select", "radio"):
            assert len(control["options"]) >= 2
            assert all(text.strip() for _, text in control["options"])


def test_every_control_changes_picture_description_and_reading(subject):
    for control in subject.panel.controls:
        before = subject.rest(**subject.row.first.get(control["name"], {}))
        subject.panel.move(**{control["name"]: subject.elsewhere(control)})
        for part in ("src", "alt", "reading"):
            assert subject.panel.shown[part] != before[part], f"{control['name']} does not change the {part}"


def test_every_corner_and_every_option_is_drawn_and_described(subject):
    controls = subject.panel.controls
    if any(control["kind"] in ("presses", "timed") for control in controls):
        sent = [{name: move} for name, move in subject.row.moves.items()]
    else:
        corners = itertools.product(*(subject.ends(control, 5) for control in controls))
        sent = [dict(zip((control["name"] for control in controls), corner, strict=True)) for corner in corners]
    many = [control for control in controls if len(control.get("options", ())) > 5]
    sent += [{control["name"]: key} for control in many for key, _ in control["options"]]
    for settings in sent:
        shown = subject.rest(**settings)
        now = subject.panel.asked["values"]
        if subject.name == "intervention_pair" and now["first"] == now["second"]:
            assert "choose two different ones" in shown["reading"]
            continue
        assert shown.get("src"), f"{settings}: {shown['reading']}"
        assert len(shown["alt"]) >= 40, settings
        words = " ".join(shown[part] for part in ("reading", "alt", "table", "caption"))
        assert not re.search(r"\b(?:nan|inf)\b", words), settings


def test_a_moved_control_is_answered_within_a_tenth_of_a_second(subject):
    sent: list[dict[str, object]] = []
    for control in subject.panel.controls:
        if control["kind"] == "range":
            settings = [control["min"] + (step % 5) * control["step"] for step in range(1, 6)]
        elif control["kind"] == "text":
            settings = [control["value"] + "x" * (step % 3) for step in range(9)]
        else:
            settings = [subject.elsewhere(control), control["value"]]
        sent += [{control["name"]: setting} for setting in settings]
    moves = sent * (1 + 8 // len(sent))
    subject.rest()
    # The browser's share of the promise is about 30 ms.
    usual = usual_seconds(lambda i: subject.panel.move(**moves[i]), len(moves))
    assert usual < SECONDS.get(subject.name, 0.07)


def test_what_no_control_can_send_is_answered_in_one_sentence(subject):
    rest = {control["name"]: control["value"] for control in subject.panel.controls}
    for control in subject.panel.controls:
        wrong: list[object] = [None, 7.25, ["x", 1]]
        if control["kind"] == "range":
            wrong = [None, "x", True, float("nan"), control["min"] - control["step"], control["max"] + control["step"]]
        elif control["kind"] in ("select", "radio"):
            wrong = [None, "tea", 3]
        for raw in wrong:
            subject.panel.asked = {"values": rest | {control["name"]: raw}, "turn": 7_000 + len(str(raw))}
            shown = subject.panel.shown
            assert shown["turn"] == subject.panel.asked["turn"]
            assert "src" not in shown, (control["name"], raw)
            assert re.fullmatch(r"<p>[^<\n]+\.</p>", shown["reading"]), (control["name"], raw)
    subject.panel.asked = {"values": {}, "turn": 8_000}
    assert "src" not in subject.panel.shown


def test_impossible_settings_of_the_twin_are_refused_in_one_sentence(subject):
    # Most are asked of the drawing that the panel holds, as if nothing had read the values before: it is made already.
    rest = subject.as_drawn({control["name"]: control["value"] for control in subject.panel.controls})
    one_sentence = r"^[^\n]*{}[^\n]*\.$".format
    for name, control in subject.panel._by_name.items():
        wrong: list[object] = []
        if isinstance(control, Range):
            wrong = [control.minimum - control.step, control.maximum + control.step, float("nan"), "much", None]
        elif isinstance(control, Steps):
            low, *_, high = control.values
            wrong = [low - (control.values[1] - low), high + (high - control.values[-2]), float("nan"), "much", None]
        elif isinstance(control, Choice):
            wrong = ["tea", 3]
        if name not in inspect.signature(subject.module.draw).parameters:
            continue  # a way through the circuit: its twin takes the place it ends at
        named = name.rpartition("_")[2] if subject.name == "intervention_pair" else name
        for value in wrong:
            with pytest.raises(ValueError, match=one_sentence(named)):
                subject.panel._respond(rest | {name: value})
    for settings in subject.row.beyond or ({name: wrong[0]},):
        with pytest.raises(
            ValueError, match=one_sentence("" if subject.name == "intervention_pair" else next(iter(settings)))
        ):
            subject.module.draw(**settings)


# The description


def test_pictures_say_whose_numbers_they_are(subject):
    for text in (subject.twin.species, subject.twin.alt):
        assert re.search(WHOSE, text, re.I), text
        for word in subject.row.says:
            assert re.search(rf"\b{word}", text, re.I), f"{word!r} is not in {text!r}"
    assert len(subject.twin.table.rows) >= FEW_ROWS.get(subject.name, 5)
    assert subject.twin.caption.strip()


# Predictions


def test_three_dots_ask_for_a_prediction_and_do_not_show_the_result(subject):
    asking = subject.module.explore(prediction=...)
    assert "prediction" in asking.gate
    assert subject.panel.gate == ""
    closed = published(asking)[0]["text/html"]
    assert "<img" not in closed
    assert "prediction" in closed
    asking.close()
    still, live = published(subject.panel)
    assert "<img alt=" in still["text/html"]
    assert "course-still" in still["text/html"]
    assert set(still) == {"text/html", "text/plain"}
    assert "application/vnd.jupyter.widget-view+json" in live
    assert "text/html" not in live


def test_a_prediction_is_drawn_and_compared_in_words(subject):
    played = subject.row.played
    without = subject.module.draw(**played)
    with_guess = subject.module.draw(**played, prediction=subject.row.guess) if played else subject.twin
    assert with_guess.png != without.png
    assert "You predicted" in with_guess.reading
    assert "You predicted" not in without.reading


def test_an_unreadable_prediction_gets_one_plain_sentence(subject):
    for unreadable in (*NO_PREDICTION, *subject.row.refused):
        notice = subject.module.explore(unreadable)
        assert isinstance(notice, Notice), unreadable
        assert re.fullmatch(r"Your prediction is [^\n]* write [^\n]*\.", notice.sentence), unreadable
        assert "<script" not in notice._repr_mimebundle_()["text/html"]
