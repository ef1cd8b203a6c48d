"""Simulator: a stressor of some strength and length, receptors that hold back more or less, and weeks of recovery."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator, NullFormatter, NullLocator

from course.models import stress_axis as model
from course.models.checks import Array, within
from course.models.stress_axis import MINUTES_A_DAY, USUAL_K, Course
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, Steps, simulator
from course.simulators.prediction import NumberPrediction

_LAST_DAY = 270.0  # of the lower plot: the longest stressor and half a year
_HOURS = 24.0  # of the upper plot
_WEAKEST, _STRONGEST = 1.0, 30.0
_LOWEST_K, _HIGHEST_K = 2.0, 20.0
_DURATIONS = {
    5.0: "5 minutes", 15.0: "15 minutes", 30.0: "30 minutes", 60.0: "1 hour", 120.0: "2 hours", 360.0: "6 hours",
    720.0: "12 hours", 1440.0: "1 day", 4320.0: "3 days", 10080.0: "1 week", 20160.0: "2 weeks", 43200.0: "30 days",
    86400.0: "60 days", 129600.0: "90 days",
}  # fmt: skip
_ASKED = (3.0, 86400.0, USUAL_K)  # what the prediction is about: strength, minutes, K
_TEST_STRESSOR, _TEST_MIN = 5.0, 30.0
_FOLDS = (0.25, 0.5, 1, 2, 4, 8, 16)
_PREDICTION = NumberPrediction(example=7, unit="days", low=0, high=365)
_SPECIES = "Human, model of the stress axis"
_CAPTION = (
    "A model with parameters from the literature on hormones and an assumed month for the turnover of the glands. "
    "A higher K stands for glucocorticoid receptors that answer less to cortisol. It has no clock of the day, was not "
    "fitted to people with BPD, and predicts nothing about a person."
)


def draw(
    stressor: float = 3.0,
    duration_min: float = 86400.0,
    receptor_k: float = USUAL_K,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `stressor`: strength, 1 (as usual) to 30. `duration_min`: minutes it lasts, 5 to 129600 (90 days; 86400 are 60).
    `receptor_k`: cortisol at which the glucocorticoid receptor is half as strong, 2 to 20; higher means weaker
    feedback. `prediction`: days after 60 days of strength 3 until cortisol is within 10 % of its level before.
    Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(stressor, duration_min, receptor_k)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: days until cortisol is back within 10 %, after 60 days of strength 3.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="stress-axis",
        title="Stress axis: hours and weeks",
        controls=[
            Range("stressor", "Strength of the stressor", _ASKED[0], _WEAKEST, _STRONGEST, 1, "× usual input"),
            Steps("duration_min", "It lasts", _ASKED[1], tuple(_DURATIONS), tuple(_DURATIONS.values())),
            Range("receptor_k", "Cortisol that halves the receptors' brake (K; higher: weaker feedback)", USUAL_K,
                  _LOWEST_K, _HIGHEST_K, 1, "× usual cortisol"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )  # fmt: skip


@dataclass(frozen=True)
class _Outcome:
    """What the model says for one setting; levels as multiples of those before the stressor, times in days."""

    course: Course
    end_day: float
    peak_cortisol: float
    day_after: Array  # CRH, ACTH, cortisol, pituitary, adrenal
    settled_days: float  # nan: not within the plot
    acth_when_settled: float

    def test_share(self, receptor_k: float) -> float:
        """Answer of ACTH to a test stressor, a day after the end, as a share of the answer before."""
        times = (0.0, (self.end_day + 1.0) * MINUTES_A_DAY)
        before, later = (
            model.acth_response(self.course.at(time), _TEST_STRESSOR, _TEST_MIN, receptor_k) for time in times
        )
        return later / before


@lru_cache(maxsize=64)
def _outcome(stressor: float, duration_min: float, receptor_k: float) -> _Outcome:
    course = model.run(stressor, duration_min, receptor_k, _LAST_DAY * MINUTES_A_DAY - duration_min)
    before, later = course.at(0.0), course.at(duration_min + MINUTES_A_DAY)
    settled = model.days_until_settled(course, duration_min)
    then = course.at(duration_min + (0.0 if math.isnan(settled) else settled) * MINUTES_A_DAY)
    return _Outcome(
        course=course,
        end_day=duration_min / MINUTES_A_DAY,
        peak_cortisol=float(course.cortisol.max() / course.cortisol[0]),
        day_after=later / before,
        settled_days=settled,
        acth_when_settled=float(then[1] / before[1]),
    )


class _Drawing:
    """The figure, laid out once; `picture` moves its lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.2, 6.0)
        with self.canvas.styled():
            hours, weeks = self.canvas.figure.subplots(2, height_ratios=[1, 1.25])
            hours.set_title("HUMAN, model · the first day", pad=30)
            weeks.set_title("HUMAN, model · weeks")
            self.hours = self._lay_out(hours, _HOURS, "hours since the stressor began", np.arange(0.0, 25, 3))
            self.weeks = self._lay_out(weeks, _LAST_DAY, "days since the stressor began", np.arange(0.0, 271, 30))
            hours.legend(
                handles=[self.hours["cortisol"], self.hours["acth"], self.weeks["adrenal"], self.hours["usual"]],
                ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0), frameon=False, borderaxespad=0.2,
                handlelength=2.0, columnspacing=1.2, fontsize=11,
            )  # fmt: skip
            self.mark = self.canvas.moving(
                weeks.plot([], [], "v", color=COLOURS["blue"], markersize=11, zorder=6, clip_on=False)[0]
            )
            self.mark_text = self.canvas.moving(
                weeks.text(0, 0, "", color=COLOURS["blue"], fontweight="bold", va="bottom")
            )
            if prediction is not None:
                self._draw_guess(weeks, prediction)
        self.canvas.settle()

    def _lay_out(self, axes: Axes, last: float, label: str, ticks: Array) -> dict[str, Line2D]:
        axes.set(xlim=(0, last), xlabel=label, yscale="log", ylim=(0.25, 20), ylabel="× level before")
        axes.set_xticks(ticks)
        axes.yaxis.set_major_locator(FixedLocator(_FOLDS))
        axes.yaxis.set_major_formatter(FixedFormatter([f"{fold:g}" for fold in _FOLDS]))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.axhline(1.0, color=COLOURS["quiet"], linewidth=0.8)
        moving = self.canvas.moving
        looks = {"cortisol": SERIES["first"], "acth": SERIES["second"], "adrenal": SERIES["third"]}
        names = {"cortisol": "cortisol", "acth": "ACTH", "adrenal": "adrenal gland"}
        lines = {
            "usual": moving(axes.plot([], [], color=COLOURS["quiet"], linestyle="dotted", linewidth=1.8,
                                      label=f"cortisol, K = {USUAL_K:g}")[0]),
            "stressor": moving(axes.plot([], [], color="#9a9a9a", linewidth=7, solid_capstyle="butt")[0]),
        }  # fmt: skip
        for name, look in looks.items():
            lines[name] = moving(
                axes.plot([], [], color=look.colour, linestyle=look.dash, linewidth=2.2, label=names[name])[0]
            )
        axes.text(0.995, 0.045, "grey bar: stressor", transform=axes.transAxes, ha="right", va="bottom", fontsize=11,
                  color=COLOURS["quiet"])  # fmt: skip
        return lines

    def _draw_guess(self, axes: Axes, prediction: float) -> None:
        style = SERIES["prediction"]
        day = min(_ASKED[1] / MINUTES_A_DAY + prediction, _LAST_DAY)
        axes.plot([day, day], [0.25, 8], color=style.colour, linestyle=style.dash, marker=style.marker,
                  markevery=[1], markersize=9)  # fmt: skip
        right = day < 0.55 * _LAST_DAY
        axes.annotate(f"you: {prediction:g} days after day {_ASKED[1] / MINUTES_A_DAY:g}", (day, 8),
                      xytext=(9 if right else -9, 4), textcoords="offset points", color=style.colour,
                      ha="left" if right else "right", va="bottom")  # fmt: skip

    def picture(self, stressor: float, duration_min: float, receptor_k: float) -> Picture:
        """Return the picture of one stressor."""
        limits = {
            "stressor": (stressor, _WEAKEST, _STRONGEST),
            "duration_min": (duration_min, min(_DURATIONS), max(_DURATIONS)),
            "receptor_k": (receptor_k, _LOWEST_K, _HIGHEST_K),
        }
        for name, (number, low, high) in limits.items():
            within(name, number, low, high)
        now = _outcome(float(stressor), float(duration_min), float(receptor_k))
        usual = _outcome(float(stressor), float(duration_min), USUAL_K)
        for lines, unit_min, last in ((self.hours, 60.0, _HOURS), (self.weeks, MINUTES_A_DAY, _LAST_DAY)):
            self._move(lines, now.course, usual.course, unit_min, last)
            end = min(max(duration_min / unit_min, 0.004 * last), last)
            lines["stressor"].set_data([0, end], [0.27, 0.27])
        self._mark(now)
        words = _words(duration_min)
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Two line plots of a human stress axis in a model, levels as multiples of those before on a "
                f"logarithmic axis: the first {_HOURS:g} hours, and {_LAST_DAY:g} days. Stressor of strength "
                f"{stressor:g} for {words}, K = {receptor_k:g}. Cortisol peaks at {now.peak_cortisol:.2f} times its "
                f"level before; a day after the end cortisol is at {now.day_after[2]:.2f}, ACTH at "
                f"{now.day_after[1]:.2f} and the adrenal gland at {now.day_after[4]:.2f}. {_settling(now)}"
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(now, duration_min),
            reading=self._reading(now, usual, stressor, duration_min, receptor_k),
        )

    @staticmethod
    def _move(lines: dict[str, Line2D], now: Course, usual: Course, unit_min: float, last: float) -> None:
        shown = {"cortisol": (now, now.cortisol), "acth": (now, now.acth), "usual": (usual, usual.cortisol)}
        if last == _LAST_DAY:
            shown["adrenal"] = (now, now.adrenal)
        for name, (course, level) in shown.items():
            time = course.time_min / unit_min
            count = int(np.searchsorted(time, last)) + 1
            lines[name].set_data(time[:count], level[:count] / level[0])

    def _mark(self, now: _Outcome) -> None:
        if math.isnan(now.settled_days):
            self.mark.set_data([], [])
            self.mark_text.set_text("")
            return
        day = now.end_day + now.settled_days
        self.mark.set_data([day], [1.35])
        right = day < 0.6 * _LAST_DAY
        self.mark_text.set_text(f"within 10 %: {_days(now.settled_days)} after")
        self.mark_text.set_position((day + (4 if right else -4), 1.5))
        self.mark_text.set_horizontalalignment("left" if right else "right")

    def _reading(self, now: _Outcome, usual: _Outcome, stressor: float, duration_min: float, receptor_k: float) -> str:
        compared = ""
        if receptor_k != USUAL_K:
            compared = (
                f" With K = {USUAL_K:g} cortisol would have peaked at {usual.peak_cortisol:.2f} times and stood at "
                f"{usual.day_after[2]:.2f} times a day after the end."
            )
        guess = ""
        if self.prediction is not None:
            asked = _outcome(*_ASKED).settled_days
            gap = self.prediction - asked
            verdict = "close" if abs(gap) <= 7 else f"{abs(gap):.0f} days too {'long' if gap > 0 else 'short'}"
            guess = (
                f" You predicted {self.prediction:g} days after {_words(_ASKED[1])} of strength {_ASKED[0]:g}: the "
                f"model says {asked:.0f}, so your prediction was {verdict}."
            )
        return (
            f"Stressor of strength {stressor:g} for {_words(duration_min)}, K = {receptor_k:g}: cortisol peaks at "
            f"{now.peak_cortisol:.2f} times its level before. A day after the end cortisol stands at "
            f"{now.day_after[2]:.2f} times and ACTH at {now.day_after[1]:.2f} times. {_settling(now)} A test stressor "
            f"of {_TEST_MIN:g} minutes, a day after the end, raises ACTH by "
            f"{100 * now.test_share(receptor_k):.0f} % of what it raised it before.{compared}{guess}"
        )


def _words(duration_min: float) -> str:
    if duration_min in _DURATIONS:
        return _DURATIONS[duration_min]
    units = ((MINUTES_A_DAY, "days"), (60.0, "hours"), (1.0, "minutes"))
    size, name = next(unit for unit in units if duration_min >= 2 * unit[0])
    return f"{duration_min / size:.3g} {name}"


def _days(days: float) -> str:
    return f"{days:.0f} days" if days >= 1.5 else f"{24 * days:.0f} h"


def _settling(now: _Outcome) -> str:
    if math.isnan(now.settled_days):
        return f"Cortisol is not back within 10 % by day {_LAST_DAY:g}."
    if now.settled_days == 0.0:
        return "Cortisol is within 10 % of its level before when the stressor ends, and stays there."
    return (
        f"Cortisol is back within 10 % for good {_days(now.settled_days)} after the end, when ACTH stands at "
        f"{now.acth_when_settled:.2f} times."
    )


def _table(now: _Outcome, duration_min: float) -> Table:
    hours = [(f"{h:g} h", 60.0 * h) for h in (0, 0.5, 1, 3, 6, 12, 24)]
    days = [(f"day {d:g}", MINUTES_A_DAY * d) for d in (7, 30, 60, 61, 90, 120, 150, 180, 270)]
    before = now.course.at(0.0)
    rows = []
    for name, minutes in hours + days:
        share = now.course.at(minutes) / before
        under = "yes" if minutes < duration_min else "no"
        rows.append((name, under, *(f"{share[i]:.2f}" for i in (2, 1, 0, 4, 3))))
    columns = ("Since it began", "Stressor on", "Cortisol (× before)", "ACTH", "CRH", "Adrenal", "Pituitary")
    return Table(columns, tuple(rows))
