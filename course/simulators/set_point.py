"""Simulator: a set point that use moves, intake that settles or escalates, and the threshold between the two."""

import math

import numpy as np
from matplotlib.axes import Axes

from course import evidence
from course.models import allostasis as model
from course.models.checks import Array, within
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_LAST_DAY = 150
_LIMITS = {"drift": (0.0, 0.15), "reset": (0.02, 0.3), "effect": (0.5, 2.0), "days_of_use": (10, 120)}
_ASKED_RATIO = 0.8  # what the prediction is about
_TICKS = {2.0: 0.5, 6.0: 1.0, 12.0: 2.0, 25.0: 5.0, 50.0: 10.0}  # ends of the axis of intake, and steps on it
_TOP = 50.0
_ON_WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 2}
_BASIS = "set-point-drift"
_PREDICTION = NumberPrediction(example=2, unit="times", low=1, high=50)
_SPECIES = "Model; the escalation it is about was measured in rats"


def draw(
    drift: float = 0.04, reset: float = 0.1, effect: float = 1.0, days_of_use: int = 60, prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `drift`: how far a unit of intake moves the set point, 0 to 0.15 of where it started. `reset`: share of the way
    back in a day, 0.02 to 0.3. `effect`: what a unit of intake does, 0.5 to 2. `days_of_use`: 10 to 120, with
    abstinence up to day 150. `prediction`: at how many times its first level intake settles when mu/(rho K) is 0.8.
    Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(drift, reset, effect, days_of_use)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: at how many times its first level intake settles, for a ratio of 0.8.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="set-point",
        title="The set point that use moves",
        controls=[
            Range("drift", "Drift μ: a unit of intake moves the set point by", 0.04, *_LIMITS["drift"], 0.01,
                  "of its start", decimals=2),
            Range("reset", "Reset ρ: on each day the set point goes back", 0.1, *_LIMITS["reset"], 0.01,
                  "of the way", decimals=2),
            Range("effect", "Effect K of a unit of intake", 1.0, *_LIMITS["effect"], 0.1, "of the first set point",
                  decimals=1),
            Range("days_of_use", "Use on each day, then none, after", 60, *_LIMITS["days_of_use"], 5, "days"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )  # fmt: skip


class _Drawing:
    """The figure, laid out once; `picture` moves lines and the mark."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.highest = 0.0
        self.canvas = Canvas(7.6, 4.6)
        with self.canvas.styled():
            self.course, self.rule = self.canvas.figure.subplots(1, 2, width_ratios=[1.35, 1])
            self._lay_out_course(self.course)
            self._lay_out_rule(self.rule)
        self.canvas.settle()

    def _lay_out_course(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL (rats) · day by day", pad=28)
        axes.set(xlim=(0, _LAST_DAY), ylim=(0, max(_TICKS)), xlabel="day", ylabel="× the first day's")
        axes.set_xticks(np.arange(0, _LAST_DAY + 1, 30))
        axes.axhline(1.0, color=COLOURS["quiet"], linewidth=1.0)
        first, second, third = (SERIES[name] for name in ("first", "second", "third"))
        self.settled = moving(axes.plot([], [], color=third.colour, linestyle=third.dash, linewidth=1.6,
                                        label="settles at")[0])  # fmt: skip
        self.point = moving(axes.plot([], [], color=second.colour, linestyle=second.dash, linewidth=2.2,
                                      label="set point")[0])  # fmt: skip
        self.intake = moving(axes.plot([], [], color=first.colour, linestyle=first.dash, linewidth=2.6,
                                       drawstyle="steps-post", label="intake")[0])  # fmt: skip
        self.note = moving(axes.text(0.97, 0.97, "", transform=axes.transAxes, va="top", ha="right", fontsize=10.5,
                                     color=COLOURS["ink"], bbox=_ON_WHITE, linespacing=1.3))  # fmt: skip
        legend = axes.legend(
            handles=[self.intake, self.point, self.settled], loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3,
            frameon=False, borderaxespad=0.2, handlelength=2.1, columnspacing=1.1, fontsize=10.5,
        )  # fmt: skip
        legend.set_in_layout(False)

    def _lay_out_rule(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL (rats) · in the end", pad=28)
        axes.set(xlim=(0, 1.6), yscale="log", ylim=(0.7, _TOP), xlabel="μ / (ρ K)")
        axes.set_ylabel("intake settles at × the first day's")
        axes.set_yticks([1, 2, 5, 10, 20, 50], ["1", "2", "5", "10", "20", "50"])
        axes.minorticks_off()
        ratios = np.linspace(0.0, 1.0 - 1.0 / _TOP, 120)
        axes.plot(ratios, 1.0 / (1.0 - ratios), color=COLOURS["blue"])
        axes.axvspan(1.0, 1.6, facecolor="#f8ddcd", edgecolor="#e0a987", hatch="///")
        axes.axvline(1.0, color=COLOURS["orange"], linestyle="dashed", linewidth=1.6)
        axes.text(1.3, 20, "no settled\nlevel:\nescalates", ha="center", va="center", fontsize=11,
                  bbox=_ON_WHITE)  # fmt: skip
        self.here = moving(axes.plot([], [], "o", color=COLOURS["ink"], markersize=11, zorder=6, clip_on=False)[0])
        self.here_text = moving(axes.text(0, 0, "", fontweight="bold", fontsize=11, va="top", zorder=6, bbox=_ON_WHITE))
        if self.prediction is None:
            return
        style = SERIES["prediction"]
        axes.plot([_ASKED_RATIO], [self.prediction], style.marker, color=style.colour, markersize=9, clip_on=False)
        left = self.prediction > 1.0 / (1.0 - _ASKED_RATIO)  # the side on which the curve does not run
        axes.annotate(f"you: {self.prediction:g} ×", (_ASKED_RATIO, self.prediction), xytext=(-8 if left else 8, 0),
                      textcoords="offset points", ha="right" if left else "left", va="center", color=style.colour,
                      bbox=_ON_WHITE)  # fmt: skip

    def picture(self, drift: float, reset: float, effect: float, days_of_use: float) -> Picture:
        """Return the picture of one drift, reset and effect, and so many days of use."""
        given = {"drift": drift, "reset": reset, "effect": effect, "days_of_use": days_of_use}
        for name, (least, most) in _LIMITS.items():
            within(name, given[name], least, most)
        if days_of_use != int(days_of_use):
            raise ValueError("days_of_use must be a whole number.")
        days = int(days_of_use)
        points = model.set_points(days, drift, reset, effect, 1.0, _LAST_DAY - days)
        ratio = model.threshold_ratio(drift, reset, effect)
        ends = model.settled_intake(drift, reset, effect, 1.0) * effect  # × the first day's
        self._scale(float(points.max()))
        self._move_course(points, days, ends)
        self._move_rule(ratio, ends)
        source = evidence.claim(_BASIS).sources[0].short
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Model (rats). Left, a line plot over {_LAST_DAY} days, as multiples of the first day's: with drift "
                f"{drift:g}, reset {reset:g} and effect {effect:g}, intake stands at {_times(points[days - 1])} on the "
                f"last of {days} days of use; then the set point falls to {_times(points[-1])} by day {_LAST_DAY}. "
                f"Right, the intake that is approached against the ratio mu/(rho K), which rises without bound "
                f"towards 1; the ratio here is {ratio:.2f}."
            ),
            caption=(
                f"A linear reduction of the idea of {source}, who modelled cocaine in rats; all values are assumed. "
                "Units of intake stand for no dose, and the set point is inferred, never measured. Growth without end "
                "is where the model leaves its ground."
            ),
            species=_SPECIES,
            table=_table(points, days),
            reading=self._reading(points, days, ratio, ends, model.growth(drift, reset, effect), reset),
        )

    def _scale(self, highest: float) -> None:
        edge = next((edge for edge in _TICKS if highest <= 0.9 * edge), max(_TICKS))
        if edge != self.highest:
            self.highest = edge
            self.course.set_ylim(0, edge)
            ticks = np.arange(0.0, edge + 0.1, _TICKS[edge])
            self.course.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
            self.canvas.refresh(edge)

    def _move_course(self, points: Array, days: int, ends: float) -> None:
        time = np.arange(points.size)
        self.point.set_data(time, points)
        self.intake.set_data([*time[: days + 1], _LAST_DAY], [*points[:days], 0.0, 0.0])
        there = math.isfinite(ends)
        self.settled.set_data(*(([0, _LAST_DAY], [ends, ends]) if there else ([], [])))
        beyond = _first_above(points, self.highest)
        self.note.set_text("" if beyond is None else f"off the plot from day {beyond}")

    def _move_rule(self, ratio: float, ends: float) -> None:
        off = ratio > 1.6
        high = not math.isfinite(ends) or ends > _TOP
        self.here.set_data([min(ratio, 1.6)], [_TOP if high else ends])
        self.here.set_marker(">" if off else "^" if high else "o")
        self.here_text.set_text(f"{ratio:.2f}")
        left = ratio > 1.35
        self.here_text.set_position((min(ratio, 1.6) + (-0.07 if left else 0.07), 0.78 * _TOP if high else 0.86 * ends))
        self.here_text.set_horizontalalignment("right" if left else "left")

    def _reading(self, points: Array, days: int, ratio: float, ends: float, factor: float, reset: float) -> str:
        last = points[days - 1]
        if ratio < 1.0:
            outcome = f"below 1, so intake settles, at {_times(ends)} the first day's"
        elif math.isclose(ratio, 1.0):
            outcome = "at the threshold: intake rises by the same amount each day and settles nowhere"
        else:
            outcome = (
                f"above 1: nothing settles, and the daily rise itself grows by {100 * (factor - 1):.1f} % a day, for "
                "as long as the model may be believed"
            )
        half = math.log(0.5) / math.log1p(-reset)
        compared = ""
        if self.prediction is not None:
            answer = 1.0 / (1.0 - _ASKED_RATIO)
            verdict = (
                "as in the model" if abs(self.prediction / answer - 1) <= 0.05 else f"in the model it is {answer:g}"
            )
            compared = f" You predicted {self.prediction:g} times for a ratio of {_ASKED_RATIO:g}: {verdict}."
        return (
            f"μ/(ρK) = {ratio:.2f}, {outcome}. On day {days} intake is {_times(last)} the first day's. Without use, "
            f"half of the set point's way back takes {half:.1f} days, whatever the drift; by day {_LAST_DAY} it stands "
            f"at {_times(points[-1])}.{compared}"
        )


def _first_above(points: Array, level: float) -> int | None:
    above = np.flatnonzero(points > level)
    return int(above[0]) if above.size else None


def _times(value: float) -> str:
    return f"{_size(value)} times"


def _size(value: float) -> str:
    """Return a multiple in words: beyond a thousand the model has left its ground, and digits would pretend."""
    return "over 1000" if value > 1000 else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def _table(points: Array, days: int) -> Table:
    rows = tuple(
        (str(day), _size(points[day]), _size(points[day]) if day < days else "0 (no use)")
        for day in (0, 1, 2, 5, 10, 20, 30, 45, 60, 90, 120, _LAST_DAY)
    )
    return Table(("Days before", "Set point, × the first", "Intake on that day, × the first day's"), rows)
