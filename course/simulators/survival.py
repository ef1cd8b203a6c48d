"""Simulator: people followed until they return to use or are lost, and what becomes of those who are lost."""

import math

import numpy as np
from matplotlib.axes import Axes

from course import evidence
from course.models.checks import Array, one_of, within
from course.models.survival import Curve, kaplan_meier, observe, share_when_lost_are_left_out
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, Steps, simulator
from course.simulators.prediction import NumberPrediction

_YEAR, _END = 12.0, 24.0  # months: where the curves are read, and how long the study lasts
_RATE = -math.log(1.0 - evidence.value("ma-relapse-1y") / 100.0) / _YEAR
_MOST_LOST, _ASKED_LOST = 80.0, 40.0
_PEOPLE, _SAMPLES, _LINES = (20, 40, 100, 400), 20, 40
_MISTAKES = {
    "left out": "left out of the count",
    "as returns": "counted as a return on the day they were lost",
    "as no return": "counted as no return until the end",
}
_PREDICTION = NumberPrediction(example=50, unit="per cent", low=0, high=100)


def draw(
    lost_percent: float = _ASKED_LOST,
    people: int = 40,
    treat: str = "left out",
    sample: int = 1,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `lost_percent`: of people who do not return to use, how many are lost to follow-up within 12 months, 0 to 80.
    `people`: 20, 40, 100 or 400. `treat`: what is wrongly done with the lost beside Kaplan-Meier, "left out",
    "as returns" or "as no return". `sample`: which draw of people, 1 to 20. `prediction`: per cent who seem not to have
    returned at 12 months when 40 % are lost and all of the lost are left out. Raises ValueError for other settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(lost_percent, people, treat, sample)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: per cent who seem not to have returned when the lost are left out.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="survival",
        title="Time to return to use, with people who are lost",
        controls=[
            Range("lost_percent", "Lost within 12 months", _ASKED_LOST, 0, _MOST_LOST, 5, "%"),
            Steps("people", "People in the study", 40, _PEOPLE, tuple(f"{count} people" for count in _PEOPLE)),
            Choice("treat", "The lost, wrongly", "left out", _MISTAKES),
            Range("sample", "Another sample", 1, 1, _SAMPLES, 1, "(its number)"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _answer() -> float:
    """Return the per cent that a very large study finds, which leaves the lost out."""
    return 100.0 * share_when_lost_are_left_out(_YEAR, _RATE, _loss_rate(_ASKED_LOST), _END)


def _loss_rate(lost_percent: float) -> float:
    return -math.log(1.0 - lost_percent / 100.0) / _YEAR


def _mistaken(time: Array, event: Array, treat: str) -> Curve:
    """Return the curve of a study that treats the lost in the wrong way."""
    lost = (event == 0.0) & (time < _END)
    if treat == "left out":
        return kaplan_meier(time[~lost], event[~lost])
    if treat == "as returns":
        return kaplan_meier(time, np.where(lost, 1.0, event))
    return kaplan_meier(np.where(lost, _END, time), event)


class _Drawing:
    """The figure, laid out once; `picture` moves its lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.4, 6.6)
        with self.canvas.styled():
            people, curves = self.canvas.figure.subplots(2, height_ratios=[1.15, 1.0])
            self._lay_out_people(people)
            self._lay_out_curves(curves)
        self.canvas.settle()

    def _lay_out_people(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL, HUMAN · one line for each person", pad=28)
        axes.set(xlim=(0, _END + 0.8), ylim=(-0.02, 1.02), yticks=[])
        axes.set_xticks(range(0, int(_END) + 1, 3), labels=[])
        axes.spines["left"].set_visible(False)
        self.lines = moving(axes.hlines([0.0], 0, 1, color=COLOURS["quiet"], linewidth=1.1))
        marks = {
            "returned": ("s", SERIES["second"].colour, SERIES["second"].colour, "returned to use"),
            "lost": ("o", "white", SERIES["first"].colour, "lost (censored)"),
            "stayed": (">", COLOURS["quiet"], COLOURS["quiet"], "study over (censored)"),
        }
        self.marks = {
            key: moving(
                axes.plot([], [], marker, markerfacecolor=fill, color=edge, markersize=5.5, markeredgewidth=1.4,
                          linestyle="none", label=text, clip_on=False)[0]
            )
            for key, (marker, fill, edge, text) in marks.items()
        }  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, frameon=False, borderaxespad=0, fontsize=11,
                    handletextpad=0.2, columnspacing=1.4)  # fmt: skip

    def _lay_out_curves(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set(xlim=(0, _END + 0.8), ylim=(0, 103), xlabel="Months after treatment",
                 ylabel="Not returned to use (%)")  # fmt: skip
        axes.set_xticks(range(0, int(_END) + 1, 3))
        axes.set_yticks(range(0, 101, 25))
        grid = np.linspace(0.0, _END, 100)
        axes.plot(grid, 100.0 * np.exp(-_RATE * grid), color=COLOURS["ink"], linestyle="dotted", linewidth=1.6,
                  label="the truth of the model")  # fmt: skip
        axes.axvline(_YEAR, color=COLOURS["quiet"], linewidth=0.8)
        first, second = SERIES["first"], SERIES["second"]
        self.right = moving(axes.plot([], [], color=first.colour, drawstyle="steps-post", label="Kaplan–Meier")[0])
        self.wrong = moving(
            axes.plot([], [], color=second.colour, linestyle=second.dash, drawstyle="steps-post", linewidth=2,
                      label="the lost wrongly counted")[0]
        )  # fmt: skip
        self.right_here = moving(axes.plot([], [], first.marker, color=first.colour, markersize=8)[0])
        self.wrong_here = moving(axes.plot([], [], second.marker, color=second.colour, markersize=7)[0])
        self.summary = moving(axes.text(_YEAR + 0.8, 99, "", va="top", fontsize=11, linespacing=1.5))
        if self.prediction is not None:
            look = SERIES["prediction"]
            moving(
                axes.plot([_YEAR], [self.prediction], look.marker, color=look.colour, markersize=9, zorder=6,
                          markeredgecolor="white", clip_on=False, linestyle="none",
                          label=f"you: {self.prediction:g} %")[0]
            )  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=4, frameon=False, borderaxespad=0, fontsize=10,
                    handlelength=1.7, columnspacing=0.7, handletextpad=0.4)  # fmt: skip

    def picture(self, lost_percent: float, people: float, treat: str, sample: float) -> Picture:
        """Return the picture of one study."""
        within("lost_percent", lost_percent, 0.0, _MOST_LOST)
        if people not in _PEOPLE:
            raise ValueError(f"people must be one of {', '.join(map(str, _PEOPLE))}.")
        one_of("treat", treat, tuple(_MISTAKES))
        if sample not in range(1, _SAMPLES + 1):
            raise ValueError(f"sample must be a whole number from 1 to {_SAMPLES}.")
        time, event = observe(int(people), _RATE, _loss_rate(lost_percent), _END, int(sample))
        right, wrong = kaplan_meier(time, event), _mistaken(time, event, treat)
        self._move_people(time[:_LINES], event[:_LINES])
        for curve, line, here in ((right, self.right, self.right_here), (wrong, self.wrong, self.wrong_here)):
            line.set_data(
                np.concatenate([[0.0], curve.time, [_END]]),
                100.0 * np.concatenate([[1.0], curve.survival, curve.at(_END)[None]]),
            )
            here.set_data([_YEAR], [100.0 * float(curve.at(_YEAR))])
        lost = int(np.count_nonzero((event == 0.0) & (time < _END)))
        self.summary.set_text(
            f"at {_YEAR:g} months: ● Kaplan–Meier {100 * float(right.at(_YEAR)):.0f} %\n"
            f"■ the lost {treat} {100 * float(wrong.at(_YEAR)):.0f} %\n"
            f"{lost} of {people:g} lost in {_END:g} months"
        )
        return self._describe(lost_percent, int(people), treat, time, event, right, wrong)

    def _move_people(self, time: Array, event: Array) -> None:
        order = np.argsort(time, kind="stable")
        stop, had = time[order], event[order] == 1.0
        height = 1.0 - (np.arange(stop.size) + 0.5) / stop.size  # the longest line lowest, like the curve below
        self.lines.set_segments([np.array([[0.0, y], [x, y]]) for x, y in zip(stop, height, strict=True)])
        groups = {"returned": had, "lost": ~had & (stop < _END), "stayed": ~had & (stop >= _END)}
        for key, among in groups.items():
            self.marks[key].set_data(stop[among], height[among])

    def _describe(
        self, lost_percent: float, people: int, treat: str, time: Array, event: Array, right: Curve, wrong: Curve
    ) -> Picture:
        returned = int(event.sum())
        stayed = int(np.count_nonzero(time >= _END))
        lost = people - returned - stayed
        truth = 100.0 * math.exp(-_RATE * _YEAR)
        km, bad = (100.0 * float(curve.at(_YEAR)) for curve in (right, wrong))
        observed = int(np.count_nonzero(time > _YEAR))
        shown = f"the first {_LINES} of {people} people" if people > _LINES else f"{people} people"
        compared = ""
        if self.prediction is not None:
            gap = self.prediction - _answer()
            verdict = "close" if abs(gap) <= 3 else f"{abs(gap):.0f} points too {'high' if gap > 0 else 'low'}"
            compared = (
                f" You predicted {self.prediction:g} % for {_ASKED_LOST:g} % lost and left out: a very large study "
                f"would find {_answer():.1f} %, so your prediction was {verdict}."
            )
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Two plots of a model of human groups over {_END:g} months. Above, a line for each of {shown}, ending "
                "in a square (returned to use), an open circle (lost) or a triangle (study over). Below, per cent not "
                f"returned to use against months: Kaplan–Meier falls to {km:.0f} % at {_YEAR:g} months; with the lost "
                f"{_MISTAKES[treat]} it is {bad:.0f} %; the truth is {truth:.0f} %."
            ),
            caption=(
                f"Imagined people. Their time to any use has one constant hazard, set so that "
                f"{evidence.value('ma-relapse-1y'):g} % return within {_YEAR:g} months; being lost has "
                "nothing to do with it (assumed). In real studies it often has, and then no curve is safe."
            ),
            species="Model, human groups",
            table=self._table(time, right, wrong),
            reading=(
                f"{people} people, human groups in a model: {returned} returned to use, {lost} were lost, {stayed} "
                f"were followed to the end; {observed} still observed at {_YEAR:g} months. Not returned at {_YEAR:g} "
                f"months: Kaplan–Meier {km:.0f} %; with the lost {_MISTAKES[treat]} {bad:.0f} %; the truth of the "
                f"model {truth:.0f} % ({lost_percent:g} % lost within {_YEAR:g} months).{compared}"
            ),
        )

    def _table(self, time: Array, right: Curve, wrong: Curve) -> Table:
        rows = tuple(
            (f"{month:g}", f"{np.count_nonzero(time >= month)}", f"{100 * float(right.at(month)):.1f}",
             f"{100 * float(wrong.at(month)):.1f}", f"{100 * math.exp(-_RATE * month):.1f}")
            for month in (0.0, 1.0, 3.0, 6.0, 9.0, 12.0, 18.0, 24.0)
        )  # fmt: skip
        columns = ("Month", "People at risk", "Kaplan–Meier (%)", "The lost wrongly counted (%)", "Truth (%)")
        return Table(columns, rows)
