"""The one place that knows how a simulator or question reaches the screen: native controls through one small anywidget.

Everything else says *what*: which controls there are, and what a set of values leads to. A panel answers a moved
control with a picture and a reading, and never with an old one: while it works, only the newest values wait.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import publish_display_data

from course.pictures import Picture
from course.simulators.prediction import GATE, NumberPrediction, UnreadablePrediction, WordPrediction

_HERE = Path(__file__).parent
_ASLEEP = (
    "<p><em>The controls start when this cell runs in JupyterLab; until then Jupyter may report a missing widget "
    "below.</em></p>"
)


@dataclass(frozen=True)
class Range:
    """A slider over evenly spaced numbers."""

    name: str
    label: str
    value: float
    minimum: float
    maximum: float
    step: float
    unit: str = ""
    decimals: int = 0

    def spec(self) -> dict[str, Any]:
        """Return what the browser needs to show it."""
        return {
            "kind": "range", "name": self.name, "label": self.label, "value": self.value, "min": self.minimum,
            "max": self.maximum, "step": self.step, "unit": self.unit, "decimals": self.decimals,
        }  # fmt: skip

    def read(self, raw: object) -> float:
        """Return the value the browser sent; raises ValueError for one the slider cannot have."""
        number = _number(raw, self.label)
        if not self.minimum <= number <= self.maximum:
            raise ValueError(f"{self.label} must lie between {self.minimum:g} and {self.maximum:g} {self.unit}.")
        return number


@dataclass(frozen=True)
class Steps:
    """A slider over a list of numbers that are not evenly spaced; each has its own text."""

    name: str
    label: str
    value: float
    values: tuple[float, ...]
    texts: tuple[str, ...]

    def spec(self) -> dict[str, Any]:
        """Return what the browser needs to show it: the slider runs over positions in the list."""
        return {
            "kind": "range", "name": self.name, "label": self.label, "value": self.values.index(self.value), "min": 0,
            "max": len(self.values) - 1, "step": 1, "texts": list(self.texts),
        }  # fmt: skip

    def read(self, raw: object) -> float:
        """Return the number at the position the browser sent; raises ValueError for a position off the list."""
        position = _number(raw, self.label)
        if position not in range(len(self.values)):
            raise ValueError(f"{self.label} has {len(self.values)} positions, and {raw!r} is none of them.")
        return self.values[int(position)]


@dataclass(frozen=True)
class Choice:
    """One of several words: a drop-down list, or radio buttons when `radio` is set (texts may then hold HTML).

    `groups`: headings in a drop-down list, each with the keys below it. `details`: for each key a text to stand below
    the list; choosing another key then clears what was answered, since the panel now asks about something else.
    """

    name: str
    label: str
    value: str
    options: Mapping[str, str]
    radio: bool = False
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)

    def spec(self) -> dict[str, Any]:
        """Return what the browser needs to show it."""
        return {
            "kind": "radio" if self.radio else "select", "name": self.name, "label": self.label, "value": self.value,
            "options": [[key, text] for key, text in self.options.items()],
            "groups": [[heading, list(keys)] for heading, keys in self.groups.items()], "details": dict(self.details),
        }  # fmt: skip

    def read(self, raw: object) -> str:
        """Return the chosen key; raises ValueError for one that is not offered, or while none is chosen."""
        if raw == "" and "" not in self.options:
            raise ValueError(f"{self.label}: choose one first.")
        if not isinstance(raw, str) or raw not in self.options:
            raise ValueError(f"{self.label}: {raw!r} is not one of {', '.join(self.options)}.")
        return raw


@dataclass(frozen=True)
class Entry:
    """A field to type a number into."""

    name: str
    label: str
    unit: str = ""

    def spec(self) -> dict[str, Any]:
        """Return what the browser needs to show it."""
        return {"kind": "number", "name": self.name, "label": self.label, "value": "", "unit": self.unit}

    def read(self, raw: object) -> str:
        """Return what was typed, as it stands; whoever asked decides what it means."""
        return str(raw)


@dataclass(frozen=True)
class Text:
    """A field of several lines to type or paste a text into; every change is answered."""

    name: str
    label: str
    value: str
    rows: int = 6

    def spec(self) -> dict[str, Any]:
        """Return what the browser needs to show it."""
        return {"kind": "text", "name": self.name, "label": self.label, "value": self.value, "rows": self.rows}

    def read(self, raw: object) -> str:
        """Return the text as it stands; raises ValueError for what is none."""
        if not isinstance(raw, str):
            raise ValueError(f"{self.label} must be a text, and {raw!r} is none.")
        return raw


@dataclass(frozen=True)
class Presses:
    """Buttons that take one step further each time; the value is the list of keys pressed so far.

    Which buttons there are is the answer's matter (`Response.offers`). Since every question carries all steps from the
    first, Python keeps no account of them: asked twice it answers the same. `arrows`: the left and right arrow keys
    press the first and the last button.
    """

    name: str
    label: str
    value: tuple[str, ...] = ()
    arrows: bool = False
    most: int = 400

    def spec(self) -> dict[str, Any]:
        """Return what the browser needs to show it."""
        return {
            "kind": "presses", "name": self.name, "label": self.label, "value": list(self.value),
            "arrows": self.arrows,
        }  # fmt: skip

    def read(self, raw: object) -> tuple[str, ...]:
        """Return the keys the browser sent; raises ValueError for what is no list of short texts, or too long."""
        if not isinstance(raw, (list, tuple)) or not all(isinstance(key, str) for key in raw):
            raise ValueError(f"{self.label} must be a list of keys, and {raw!r} is none.")
        if len(raw) > self.most:
            raise ValueError(f"{self.label}: {self.most} steps are enough; run this cell again to begin anew.")
        return tuple(raw)


@dataclass(frozen=True)
class Timed:
    """A task against the clock, played and timed in the browser alone (timed.js); the value is its record as a text.

    `trials`: for each the number of its sign (0 or 1), whether a second sign says not to press, and the wait before it
    (ms). `signs`: key and text of both. The second sign comes `first_delay_ms` after the first, then `step_ms` later
    after each time nothing was pressed and as much earlier after a press. `example`: a record for who does not play.
    """

    name: str
    label: str
    value: str
    trials: tuple[tuple[int, bool, int], ...]
    signs: tuple[tuple[str, str], tuple[str, str]]
    second: str
    first_delay_ms: int
    step_ms: int
    most_delay_ms: int
    window_ms: int
    gap_ms: int
    block: int
    example: str

    def spec(self) -> dict[str, Any]:
        """Return what the browser needs to show it."""
        delay = {
            "first": self.first_delay_ms, "step": self.step_ms, "least": self.step_ms, "most": self.most_delay_ms,
        }  # fmt: skip
        return {
            "kind": "timed", "name": self.name, "label": self.label, "value": self.value, "second": self.second,
            "trials": [list(trial) for trial in self.trials], "signs": [list(sign) for sign in self.signs],
            "delay": delay, "window_ms": self.window_ms, "gap_ms": self.gap_ms, "block": self.block,
            "example": self.example,
        }  # fmt: skip

    def read(self, raw: object) -> str:
        """Return the record as it stands; raises ValueError for what is no text. Who asked knows what it means."""
        if not isinstance(raw, str):
            raise ValueError(f"{self.label} must be a text, and {raw!r} is none.")
        return raw


Control = Range | Steps | Choice | Entry | Text | Presses | Timed


@dataclass(frozen=True)
class Response:
    """What a set of values leads to: a reading (HTML, spoken, so without links), a picture, and what stands below.

    `offers`: the buttons of `Presses` from now on, key → text. `keep`: a line of code with the learner's answers, shown
    with a button that copies it, since what only a panel knows is gone when its cell runs again.
    """

    reading: str
    picture: Picture | None = None
    below: str = ""
    offers: Mapping[str, str] | None = None
    keep: str = ""

    def state(self) -> dict[str, Any]:
        """Return what the browser needs to show it."""
        extra: dict[str, Any] = {"keep": self.keep} if self.keep else {}
        if self.offers is not None:
            extra["offers"] = [[key, text] for key, text in self.offers.items()]
        if self.picture is None:
            return {"reading": self.reading, "below": self.below, **extra}
        return {
            **extra,
            "reading": self.reading,
            "src": self.picture.src,
            "alt": self.picture.alt,
            "caption": f"<strong>{escape(self.picture.species)}.</strong> {escape(self.picture.caption)}",
            "below": self.picture.below_html() + self.below,
            "table": self.picture.table.html(),
        }


class Panel(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget's base class is untyped
    """Controls above, picture and reading below; a still of the first state for pages without a kernel."""

    _esm = "".join((_HERE / name).read_text("utf-8") for name in ("timed.js", "panel.js"))
    _css = _HERE / "panel.css"
    name = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    controls = traitlets.List(traitlets.Dict()).tag(sync=True)
    check = traitlets.Unicode().tag(sync=True)
    gate = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        name: str,
        title: str,
        controls: Sequence[Control],
        respond: Callable[[Mapping[str, Any]], Response],
        first: Response,
        still: str,
        gate: str = "",
        check: str = "",
    ) -> None:
        """Show `controls` and answer every change with `respond(values by control name)`.

        `name`: a short stable id for tests and styles; `title`: what a screen reader calls the panel. `first`: what
        stands there before anything is moved. `still`: HTML for pages without a kernel. `gate`: a sentence that hides
        all this behind a button; `check`: the name of a button that has to be pressed before values are sent.
        """
        self._by_name = {control.name: control for control in controls}
        self._respond = respond
        self._still = still
        super().__init__(
            name=name,
            title=title,
            controls=[control.spec() for control in controls],
            check=check,
            gate=gate,
            shown={**first.state(), "turn": 0},
        )
        self.observe(self._answer, names="asked")

    def _answer(self, change: Mapping[str, Any]) -> None:
        asked = change["new"]
        try:
            raw = asked.get("values", {})
            values = {name: control.read(raw.get(name)) for name, control in self._by_name.items()}
            state = self._respond(values).state()
        except ValueError as error:  # the models and controls speak in one plain sentence
            state = Response(f"<p>{escape(str(error))}</p>").state()
        self.shown = {**state, "turn": asked.get("turn", 0)}

    def move(self, **values: object) -> None:
        """Set controls by name as a learner would (`Steps`: the position); the others stay where they are."""
        unknown = sorted(values.keys() - self._by_name.keys())
        if unknown:
            raise ValueError(f"This panel has no control {', '.join(unknown)}; it has {', '.join(self._by_name)}.")
        now = self.asked.get("values") or {spec["name"]: spec["value"] for spec in self.controls}
        self.asked = {"values": {**now, **values}, "turn": self.asked.get("turn", 0) + 1}

    def _ipython_display_(self) -> None:
        # Two outputs: Jupyter shows nothing but an error for a widget whose kernel has gone, so the still picture
        # stands on its own, and the stylesheet hides it where the live panel is.
        still = f'<div class="course-still">{self._still}{_ASLEEP}</div>'
        publish_display_data({"text/html": still, "text/plain": self.title})
        live = {
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.model_id,
            },
            "text/plain": "The controls start when this cell runs in JupyterLab.",
        }
        publish_display_data(live)


@dataclass(frozen=True)
class Notice:
    """One plain sentence where a panel would have been."""

    sentence: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        style = "border-left:4px solid #b8480a;background:#fdf1ea;color:#1f1f1f;padding:8px 12px;max-width:900px"
        return {
            "text/html": f'<p class="course-notice" role="status" style="{style}">{escape(self.sentence)}</p>',
            "text/plain": self.sentence,
        }


def simulator(
    name: str,
    title: str,
    controls: Sequence[Control],
    drawing: Callable[[Any], Callable[..., Picture]],
    expects: NumberPrediction | WordPrediction,
    prediction: object,
) -> Panel | Notice:
    """Return the panel of a simulator, or a sentence in its place when the prediction cannot be read.

    `drawing` turns the prediction, as `expects` reads it (None: still three dots, and the panel stays behind its gate),
    into what is called with the values of the controls by name.
    """
    try:
        guess = expects.read(prediction)
    except UnreadablePrediction as error:
        return Notice(str(error))
    picture, gate = drawing(guess), GATE if guess is None else ""

    def respond(values: Mapping[str, Any]) -> Response:
        drawn = picture(**values)
        return Response(f"<p>{escape(drawn.reading)}</p>", drawn)

    first = respond({control.name: control.read(control.spec()["value"]) for control in controls})
    assert first.picture is not None
    still = Notice(gate)._repr_mimebundle_()["text/html"] if gate else first.picture.html()
    return Panel(name, title, controls, respond, first, still, gate)


def _number(raw: object, label: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise ValueError(f"{label} must be a number, and {raw!r} is none.")
    return float(raw)
