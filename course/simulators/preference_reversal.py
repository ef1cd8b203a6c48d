"""Simulator: a smaller reward soon against a larger one later, and the preference between them as the day nears."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.models.checks import Array, within
from course.models.discounting import exponential, hyperbolic, matching_rate, reversal_delay
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, Steps, simulator
from course.simulators.prediction import NumberPrediction

_LARGER, _LONGEST = 100.0, 60
_RULES = ("hyperbolic", "exponential")
_K = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.14, 0.2, 0.3, 0.5, 0.7, 1.0)
_ASKED = {"smaller": 40.0, "gap": 30.0, "k": 0.1}
_LIMITS = {"k": (_K[0], _K[-1]), "smaller": (10, 90), "gap": (5, 60), "today": (0, _LONGEST)}
_PREDICTION = NumberPrediction(example=25, unit="days", low=0, high=_LONGEST)
_SPECIES = "Model, group of people (human)"
_CAPTION = (
    "Mazur's hyperbola, and for comparison the exponential that gives the larger reward the same worth on the first "
    "day shown. Amounts, dates and k are assumed. Groups differ in k on average; it tells nothing about one person."
)


def draw(
    k: float = 0.1, smaller: float = 40.0, gap: float = 30.0, today: float = 20.0, prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `k`: steepness, 0.01 to 1 per day. `smaller`: the smaller reward, 10 to 90 points (the larger is 100). `gap`: days
    by which the larger comes later, 5 to 60. `today`: days before the smaller one is due, 0 to 60. `prediction`: how
    many days before the smaller one is due preference turns to it, for 40 points, 30 days and k = 0.1. Raises
    ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(k, smaller, gap, today)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: how many days before the smaller reward is due preference turns to it.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="preference-reversal",
        title="Sooner and smaller, or later and larger",
        controls=[
            Steps("k", "Steepness k", _ASKED["k"], _K, tuple(f"{k:g} per day" for k in _K)),
            Range("smaller", "Smaller reward (larger: 100)", _ASKED["smaller"], 10, 90, 5, "points"),
            Range("gap", "The larger comes later by", _ASKED["gap"], 5, 60, 1, "days"),
            Range("today", "Today: smaller one due in", 20, 0, _LONGEST, 1, "days"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


class _Drawing:
    """The figure, laid out once; `picture` moves the lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.height = 0.0
        self.canvas = Canvas(7.6, 4.3)
        self.lines: dict[tuple[str, str], Any] = {}
        with self.canvas.styled():
            self.left, right = self.canvas.figure.subplots(1, 2, sharey=True)
            self._lay_out(self.left, "hyperbolic")
            self._lay_out(right, "exponential")
        self.canvas.settle()

    def _lay_out(self, axes: Axes, name: str) -> None:
        moving = self.canvas.moving
        hyperbola = name == "hyperbolic"
        axes.set_title(f"MODEL · {name}", pad=28)
        axes.set(xlim=(_LONGEST, -1), ylim=(0, 104), xlabel="Days until the smaller is due")
        if hyperbola:
            axes.set_ylabel("Worth today (points)")
        axes.set_xticks(range(0, _LONGEST + 1, 15))
        looks = {"larger": SERIES["first"], "smaller": SERIES["second"]}
        for which, look in looks.items():
            self.lines[name, which] = moving(
                axes.plot([], [], color=look.colour, linestyle=look.dash, label=f"{which} reward")[0]
            )
        self.lines[name, "today"] = moving(axes.axvline(0, color=COLOURS["ink"], linewidth=1.2))
        self.lines[name, "name"] = moving(
            axes.text(0, 1.0, "today", rotation=90, va="top", ha="right", fontsize=10.5,
                      transform=axes.get_xaxis_transform())
        )  # fmt: skip
        self.lines[name, "larger dot"] = moving(axes.plot([], [], "o", color=looks["larger"].colour, markersize=9)[0])
        self.lines[name, "smaller dot"] = moving(axes.plot([], [], "s", color=looks["smaller"].colour, markersize=9)[0])
        if not hyperbola:
            axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, borderaxespad=0,
                        fontsize=10, handlelength=1.9, columnspacing=1.0)  # fmt: skip
            return
        look = SERIES["third"]
        self.turn = moving(axes.axvline(0, color=look.colour, linestyle=look.dash, linewidth=1.8))
        (self.turn_key,) = axes.plot([], [], color=look.colour, linestyle=look.dash, linewidth=1.8, label="turning")
        if self.prediction is not None:
            guess = SERIES["prediction"]
            axes.axvline(self.prediction, color=guess.colour, linestyle=guess.dash, linewidth=1.8)
            axes.plot([self.prediction], [0], guess.marker, color=guess.colour, linestyle=guess.dash, clip_on=False,
                      zorder=5, label=f"you: {self.prediction:g} days")  # fmt: skip
        handles = [each for each in axes.get_legend_handles_labels()[0] if each not in self.lines.values()]
        axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False,
                    borderaxespad=0, fontsize=10, handlelength=1.9, columnspacing=1.0)  # fmt: skip

    def picture(self, k: float, smaller: float, gap: float, today: float) -> Picture:
        """Return the picture for one steepness, two rewards, and one day."""
        given = {"k": k, "smaller": smaller, "gap": gap, "today": today}
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        days = np.linspace(0, _LONGEST, 241)
        self._scale(max(float(worth[0]) for name in _RULES for worth in _worth(name, days, k, smaller, gap)))
        for name in _RULES:
            worth, now = _worth(name, days, k, smaller, gap), _worth(name, np.array([today]), k, smaller, gap)
            for which, values, point in zip(("larger", "smaller"), worth, now, strict=True):
                self.lines[name, which].set_data(days, values)
                self.lines[name, f"{which} dot"].set_data([today], point)
            self.lines[name, "today"].set_xdata([today, today])
            self.lines[name, "name"].set_x(today + 0.5 if today < _LONGEST - 5 else today - 3.5)
        turn = reversal_delay(smaller, _LARGER, gap, k)
        self.turn.set_visible(0 < turn <= _LONGEST)
        self.turn.set_xdata([turn, turn])
        return self._describe(k, smaller, gap, today, turn)

    def _scale(self, highest: float) -> None:
        height = next(top for top in (26.0, 52.0, 104.0) if highest <= 0.97 * top)
        if height != self.height:
            self.height = height
            self.left.set_ylim(0, height)
            self.canvas.refresh(height)

    def _describe(self, k: float, smaller: float, gap: float, today: float, turn: float) -> Picture:
        now = {name: _worth(name, np.array([today]), k, smaller, gap) for name in _RULES}
        worth = {name: tuple(float(value[0]) for value in values) for name, values in now.items()}
        larger, less = worth["hyperbolic"]
        chosen = "the larger" if larger > less else "the smaller" if less > larger else "both alike"
        whole = exponential(_LARGER, gap, matching_rate(k, _LONGEST + gap)) / smaller
        steady = "the larger" if whole > 1.0 else "the smaller" if whole < 1.0 else "neither"
        says = (
            f"{smaller:g} points in {today:g} days, or {_LARGER:g} points {gap:g} days later, k = {k:g} per day: worth "
            f"today {less:.1f} and {larger:.1f} points, so the hyperbola prefers {chosen}. {_turning(turn)} The "
            f"exponential prefers {steady} on every day: the ratio of both stays {float(whole):.2g}."
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Model of a group of people (human). Two line plots: worth of two rewards in points against days "
                f"until the smaller is due, {_LONGEST} to 0. Hyperbolic: {_turning(turn)} Exponential: the lines never "
                f"cross, {steady} is preferred throughout. Today, {today:g} days before: smaller {less:.1f}, larger "
                f"{larger:.1f} (hyperbolic)."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(k, smaller, gap),
            reading=says + self._compared(),
        )

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        answer = reversal_delay(_ASKED["smaller"], _LARGER, _ASKED["gap"], _ASKED["k"])
        verdict = "as in the model" if abs(self.prediction - answer) <= 1 else f"in the model it is {answer:.0f} days"
        asked = f"{_ASKED['smaller']:g} points, {_ASKED['gap']:g} days and k = {_ASKED['k']:g}"
        return f" You predicted {self.prediction:g} days for {asked}: {verdict}."


def _worth(name: str, days: Array, k: float, smaller: float, gap: float) -> tuple[Array, Array]:
    """Return what (the larger, the smaller) reward is worth so many days before the smaller is due."""
    rule, steep = (hyperbolic, k) if name == "hyperbolic" else (exponential, matching_rate(k, _LONGEST + gap))
    return rule(_LARGER, days + gap, steep), rule(smaller, days, steep)


def _turning(turn: float) -> str:
    if turn <= 0:
        return "The larger is preferred until the last day: nothing turns."
    if turn > _LONGEST:
        return f"The smaller is preferred over all {_LONGEST} days (it turned {turn:.0f} days before)."
    return f"Preference turns to the smaller {turn:.1f} days before it is due."


def _table(k: float, smaller: float, gap: float) -> Table:
    days = np.array([60.0, 45, 30, 20, 15, 10, 5, 2, 0])
    columns = [*_worth("hyperbolic", days, k, smaller, gap), *_worth("exponential", days, k, smaller, gap)]
    rows = tuple((f"{day:g}", *(f"{column[i]:.1f}" for column in columns)) for i, day in enumerate(days))
    return Table(
        ("Days until the smaller", "Larger, hyperbolic", "Smaller, hyperbolic", "Larger, exponential",
         "Smaller, exponential"),
        rows,
    )  # fmt: skip
