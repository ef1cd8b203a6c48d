"""Simulator: a high, the withdrawal that follows it, and the two areas that cancel when the opponent is as strong."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course import evidence
from course.models import opponent_process as model
from course.models.checks import Array, within
from course.models.opponent_process import Affect, Areas
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_TAU_A_H = 1.0  # assumed, as all numbers of this model
_LAST_H = 120.0
_LIMITS = {"duration_h": (1.0, 24.0), "k_b": (0.0, 3.0), "tau_b_h": (2.0, 60.0)}
_ASKED = (10.0, 1.0, 20.0)  # what the prediction is about: hours, k_b, hours
_LOWEST = (-0.65, -1.3, -3.4)  # ends of the axis of feeling, and below of that of areas
_WIDEST = (12.0, 35.0, 80.0)
_BASIS = "opponent-strengthened-by-use"
_PREDICTION = NumberPrediction(example=50, unit="per cent", low=0, high=500)
_SPECIES = "Model, people (human) as a group"


def draw(duration_h: float = 10.0, k_b: float = 1.0, tau_b_h: float = 20.0, prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `duration_h`: hours that the drug acts, 1 to 24. `k_b`: strength of the opponent, 0 to 3 times that of the drug's
    own effect. `tau_b_h`: its time constant in hours, 2 to 60. `prediction`: area of the withdrawal in per cent of the
    area of the high, for 10 hours, a strength of 1 and a time constant of 20 hours.
    Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(duration_h, k_b, tau_b_h)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: area of the withdrawal in per cent of that of the high, both as strong.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="opponent-process",
        title="A high and the opponent that follows it",
        controls=[
            Range("duration_h", "The drug acts for", _ASKED[0], *_LIMITS["duration_h"], 1, "hours"),
            Range("k_b", "Strength of the opponent k_b", _ASKED[1], *_LIMITS["k_b"], 0.1, "× the drug's own effect",
                  decimals=1),
            Range("tau_b_h", "Time constant of the opponent τ_b", _ASKED[2], *_LIMITS["tau_b_h"], 1, "hours"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )  # fmt: skip


def _areas(duration_h: float, k_b: float, tau_b_h: float) -> Areas:
    return model.areas(duration_h, _TAU_A_H, tau_b_h, k_b)


class _Drawing:
    """The figure, laid out once; `picture` moves lines, areas and bars."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.asked = _areas(*_ASKED)
        self.scale = (0.0, 0.0)
        self.canvas = Canvas(7.4, 5.6)
        with self.canvas.styled():
            self.curves, self.bars = self.canvas.figure.subplots(2, height_ratios=[2.5, 1])
            self._lay_out_curves(self.curves)
            self._lay_out_bars(self.bars)
        self.canvas.settle()

    def _lay_out_curves(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL (human) · feeling over time", pad=30)
        axes.set(xlim=(0, _LAST_H), ylim=(_LOWEST[-1], 1.1), xlabel="hours since the drug began to act")
        axes.set_ylabel("feeling (arbitrary units)")
        axes.set_xticks(np.arange(0.0, _LAST_H + 1, 12))
        axes.axhline(0.0, color=COLOURS["quiet"], linewidth=1.0)
        self.high = moving(axes.fill([0, 1, 1], [0, 0, 0], facecolor="#cfe2f3")[0])
        self.low = moving(axes.fill([0, 1, 1], [0, 0, 0], facecolor="#f8ddcd", hatch="///", edgecolor="#e0a987")[0])
        looks = {
            "a": (SERIES["third"], 1.6, "drug's own effect a"),
            "b": (SERIES["second"], 1.6, "opponent b, downwards"),
            "y": (SERIES["first"], 2.6, "feeling a − b"),
        }
        self.lines = {
            name: moving(axes.plot([], [], color=look.colour, linestyle=look.dash, linewidth=width, label=label)[0])
            for name, (look, width, label) in looks.items()
        }
        legend = axes.legend(
            handles=list(self.lines.values()), loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False,
            borderaxespad=0.2, handlelength=2.2, columnspacing=1.2, fontsize=10.5,
        )  # fmt: skip
        legend.set_in_layout(False)
        self.acting = moving(axes.plot([], [], color="#9a9a9a", linewidth=7, solid_capstyle="butt")[0])
        axes.text(0.995, 0.97, "grey bar: drug acts · coloured: high · hatched: withdrawal", ha="right", va="top",
                  fontsize=10.5, color=COLOURS["quiet"], transform=axes.transAxes)  # fmt: skip

    def _lay_out_bars(self, axes: Axes) -> None:
        moving = self.canvas.moving
        names = ["high", "withdrawal"] if self.prediction is None else ["high", "withdrawal", "your guess"]
        axes.set(xlim=(0, _WIDEST[-1]), ylim=(len(names) - 0.4, -0.6), xlabel="area (units of feeling × hours)")
        axes.set_yticks(range(len(names)), names)
        axes.tick_params(axis="y", length=0)
        self.high_bar = Rectangle((0, -0.35), 0, 0.7, facecolor=COLOURS["blue"])
        self.low_bar = Rectangle((0, 0.65), 0, 0.7, facecolor="#f8ddcd", edgecolor=COLOURS["orange"], hatch="///")
        self.bar_texts = []
        for y, bar in enumerate((self.high_bar, self.low_bar)):
            axes.add_patch(moving(bar))
            self.bar_texts.append(moving(axes.text(0, y, "", va="center", fontweight="bold")))
        if self.prediction is None:
            return
        style, place = SERIES["prediction"], self.asked.high * self.prediction / 100.0
        axes.plot([place], [2], style.marker, color=style.colour, markersize=9, clip_on=False)
        axes.annotate(f"{self.prediction:g} % of the high", (place, 2), xytext=(9, 0), textcoords="offset points",
                      va="center", color=style.colour, in_layout=False)  # fmt: skip

    def picture(self, duration_h: float, k_b: float, tau_b_h: float) -> Picture:
        """Return the picture of one drug effect and its opponent."""
        given = {"duration_h": duration_h, "k_b": k_b, "tau_b_h": tau_b_h}
        for name, (least, most) in _LIMITS.items():
            within(name, given[name], least, most)
        areas = _areas(duration_h, k_b, tau_b_h)
        turn = model.crossing_h(duration_h, _TAU_A_H, tau_b_h, k_b)
        time = _grid(duration_h, turn)
        course = model.pulse(time, duration_h, _TAU_A_H, tau_b_h, k_b)
        self._scale(float(np.min(np.minimum(course.felt, -course.b))), areas)
        self._move_curves(time, course, turn, duration_h)
        self._move_bars(areas)
        lowest = float(course.felt.min())
        theory, test = evidence.claim(_BASIS).sources
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Model of people (human) as a group. Above, a line plot of feeling in arbitrary units over "
                f"{_LAST_H:g} hours: the drug acts for {duration_h:g} h, the opponent has strength {k_b:g} and time "
                f"constant {tau_b_h:g} h; feeling peaks at {course.felt.max():.2f} and falls to {_signed(lowest)}. "
                f"Below, two bars of area: high {areas.high:.2f}, withdrawal {areas.withdrawal:.2f}."
            ),
            caption=(
                f"A linear reduction of the theory of {theory.short}, with assumed values. It is about feeling in "
                "general, measures nobody, and knows no dose. That the opponent grows with use belongs to the theory; "
                f"in a test without any drug ({test.short}) withdrawal did not grow."
            ),
            species=_SPECIES,
            table=_table(duration_h, k_b, tau_b_h),
            reading=self._reading(duration_h, k_b, tau_b_h, areas, turn, lowest),
        )

    def _scale(self, lowest: float, areas: Areas) -> None:
        guessed = 0.0 if self.prediction is None else self.asked.high * self.prediction / 100.0
        widest = max(areas.high, areas.withdrawal, guessed)
        scale = (
            next(edge for edge in _LOWEST if lowest >= edge + 0.03 or edge == _LOWEST[-1]),
            next(edge for edge in _WIDEST if widest <= 0.68 * edge or edge == _WIDEST[-1]),
        )
        if scale != self.scale:
            self.scale = scale
            self.curves.set_ylim(scale[0], 1.25)
            self.bars.set_xlim(0, scale[1])
            self.canvas.refresh(scale)

    def _move_curves(self, time: Array, course: Affect, turn: float, duration_h: float) -> None:
        self.lines["a"].set_data(time, course.a)
        self.lines["b"].set_data(time, -course.b)
        self.lines["y"].set_data(time, course.felt)
        for area, there in ((self.high, time <= turn), (self.low, time >= turn)):
            edges = time[there] if there.any() else time[:1]
            felt = course.felt[there] if there.any() else course.felt[:1]
            area.set_xy(np.column_stack([[edges[0], *edges, edges[-1]], [0.0, *felt, 0.0]]))
        self.acting.set_data([0, duration_h], [self.scale[0] * 0.95] * 2)

    def _move_bars(self, areas: Areas) -> None:
        values = (areas.high, areas.withdrawal)
        for y, (bar, text, value) in enumerate(zip((self.high_bar, self.low_bar), self.bar_texts, values, strict=True)):
            bar.set_width(value)
            share = f" = {_share(areas)} of the high" if y == 1 and areas.high > 0.005 else ""
            text.set_text(f"{value:.2f}{share}")
            text.set_position((value + 0.012 * self.scale[1], y))

    def _reading(self, duration_h: float, k_b: float, tau_b_h: float, areas: Areas, turn: float, lowest: float) -> str:
        net = areas.high - areas.withdrawal
        rule = f"High minus withdrawal is {_signed(net)}: the {duration_h:g} hours times 1 − k_b, whatever τ_b is."
        if k_b == 0.0:
            course = "There is no opponent, so nothing is left below the usual level."
        elif turn == 0.0:
            course = (
                f"The opponent is so fast and strong that feeling is below its usual level from the start, at worst "
                f"{_signed(lowest)}."
            )
        else:
            course = (
                f"Feeling is above its usual level for {turn:.1f} h (area {areas.high:.2f}), then below it, at worst "
                f"{_signed(lowest)} (area {areas.withdrawal:.2f}, {_share(areas)} of the high)."
            )
        compared = ""
        if self.prediction is not None:
            answer = 100.0 * self.asked.withdrawal / self.asked.high
            gap = self.prediction - answer
            verdict = "close" if abs(gap) <= 5 else f"{abs(gap):.0f} points too {'high' if gap > 0 else 'low'}"
            compared = (
                f" You predicted a withdrawal of {self.prediction:g} % of the high for {_ASKED[0]:g} h, k_b = "
                f"{_ASKED[1]:g} and τ_b = {_ASKED[2]:g} h: it is {answer:.0f} %, so your prediction was {verdict}."
            )
        return f"k_b = {k_b:g}, τ_b = {tau_b_h:g} h. {course} {rule}{compared}"


def _signed(value: float) -> str:
    return f"{0.0 if abs(value) < 0.005 else value:.2f}".replace("-", "−")


def _share(areas: Areas) -> str:
    return f"{100.0 * areas.withdrawal / areas.high:.0f} %"


def _grid(duration_h: float, turn: float) -> Array:
    """Return hours to draw at: close together while feeling is steep, and the turning points themselves."""
    steep = np.linspace(0.0, 8.0, 81)
    marks = [duration_h] if np.isinf(turn) or turn > _LAST_H else [duration_h, turn]
    time = np.concatenate([steep, duration_h + steep, np.linspace(0.0, _LAST_H, 121), marks])
    return np.unique(time[time <= _LAST_H])


def _table(duration_h: float, k_b: float, tau_b_h: float) -> Table:
    hours = np.unique([0.0, 1.0, 3.0, 6.0, duration_h, 12.0, 18.0, 24.0, 36.0, 48.0, 72.0, 96.0, _LAST_H])
    course = model.pulse(hours, duration_h, _TAU_A_H, tau_b_h, k_b)
    rows = tuple(
        (f"{hour:g}", f"{a:.2f}", f"{b:.2f}", _signed(a - b))
        for hour, a, b in zip(hours, course.a, course.b, strict=True)
    )
    columns = ("Hours since the drug began to act", "Drug's own effect a", "Opponent b", "Feeling y = a − b")
    return Table(columns, rows)
