"""Simulator: the review's loop as a ring of gains: what it amplifies, how slowly it settles, and what two hits do."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course.models.checks import Array, one_of, within
from course.models.feedback_loop import contrast, course_of, loop_gain, resting, slowest_rate
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_LARGEST = 1.2
_HITS = {"gains": "gains: two steps of the loop become stronger", "inputs": "inputs: two pushes from outside"}
_SIZES = (0.2, 0.25)  # of the hit on overload and of that on regulation
_CELLS = ("neither", "on overload", "on regulation", "both")
_ASKED_GAIN = 0.95  # of all three steps, in the prediction
_TAU = 1.0
_TIMES = np.linspace(0.0, 40.0, 161)
_TOPS = (3.0, 6.0, 12.0, 30.0, 100.0)  # ends of the axis of craving
_ROOM = 0.92  # of the axis: how high a line at rest may lie
_LONGEST = 0.72  # of the axis: how far a bar without end reaches
_PREDICTION = NumberPrediction(example=3, unit="times the input", low=1, high=20)
_SPECIES = "Model of the review's loop in people; nothing was measured"
_CAPTION = (
    "Craving drives overload, overload impairs regulation, impaired regulation drives craving: the review's idea in "
    "its simplest form. Gains and hits are assumed, time is in units of one step of the loop. Sum: craving with "
    "neither hit and what each hit alone adds to it. No study has followed people with both disorders to measure any "
    "of this: the model shows what could be, and proves nothing."
)


class _Loop(NamedTuple):
    """The three gains of the ring, in the order of the controls."""

    overload: float
    regulation: float
    craving: float

    def gains(self) -> Array:
        """Return the gains in the ring's order: each leads to craving, overload, impaired regulation."""
        return np.array([self.craving, self.overload, self.regulation])


def draw(
    gain_overload: float = 0.7,
    gain_regulation: float = 0.7,
    gain_craving: float = 0.6,
    hits: str = "gains",
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    Gains of the steps to overload, to impaired regulation and back to craving, 0 to 1.2. `hits`: whether two hits raise
    "gains" or add "inputs", by 0.2 on overload and 0.25 on regulation. `prediction`: at how many times the input
    craving comes to rest when all three gains are 0.95. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(gain_overload, gain_regulation, gain_craving, hits)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: at how many times the input craving comes to rest, all gains 0.95.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="relapse-loop",
        title="Craving, overload, impaired regulation: a loop",
        controls=[
            Range("gain_overload", "Craving → overload", 0.7, 0, _LARGEST, 0.05, "gain", decimals=2),
            Range("gain_regulation", "Overload → impaired regulation", 0.7, 0, _LARGEST, 0.05, "gain", decimals=2),
            Range("gain_craving", "Impaired regulation → craving", 0.6, 0, _LARGEST, 0.05, "gain", decimals=2),
            Choice("hits", "Two hits on", "gains", _HITS),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _four(loop: _Loop, hits: str) -> list[tuple[Array, Array]]:
    """Return (gains, inputs) of the ring with neither hit, one, the other and both; the input into craving is 1."""
    found = []
    for one, other in ((0, 0), (1, 0), (0, 1), (1, 1)):
        push = np.array([0.0, one * _SIZES[0], other * _SIZES[1]])
        gains, inputs = loop.gains(), np.array([1.0, 0.0, 0.0])
        found.append((gains + push, inputs) if hits == "gains" else (gains, inputs + push))
    return found


def _rest(gains: Array, inputs: Array) -> float:
    """Return where craving comes to rest, infinity if it does not."""
    return float(resting(gains, inputs)[0]) if loop_gain(gains) < np.inf else np.inf


class _Drawing:
    """The figure, laid out once; `picture` moves lines, marks and bars."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(8.0, 5.6)
        with self.canvas.styled():
            grid = self.canvas.figure.subplot_mosaic(
                [["gain", "time"], ["bars", "bars"]], height_ratios=[1.5, 1], width_ratios=[1, 1.15]
            )
            self._lay_out_gain(grid["gain"])
            self._lay_out_time(grid["time"])
            self._lay_out_bars(grid["bars"])
            self._set_top(_TOPS[-1])  # the widest labels there will be
        self.canvas.settle()

    def _lay_out_gain(self, axes: Axes) -> None:
        axes.set_title("MODEL · amplification", pad=10)
        axes.set(xlim=(0, 1.85), ylim=(0, 12), xlabel="Loop gain G (product of three)", ylabel="Times the input")
        axes.set_xticks([0, 0.5, 1, 1.5])
        g = np.linspace(0.0, 0.93, 200)
        axes.plot(g, 1.0 / (1.0 - g), color=SERIES["first"].colour)
        axes.axvline(1, color=COLOURS["quiet"], linestyle=(0, (2, 2)), linewidth=1.2)
        axes.text(1.05, 11.3, "no rest\nfrom G = 1 on", color=COLOURS["quiet"], fontsize=10, va="top")
        self.here = self.canvas.moving(axes.plot([], [], "o", color=COLOURS["ink"], markersize=10, clip_on=False)[0])
        self.beyond = self.canvas.moving(axes.text(0, 6.2, "∞", ha="center", fontsize=16, fontweight="bold"))
        if self.prediction is not None:
            look, at = SERIES["prediction"], _ASKED_GAIN**3
            height = min(self.prediction, 12.0)
            axes.plot([at], [height], look.marker, color=look.colour, markersize=9, zorder=6, clip_on=False)
            axes.text(0.06, 9.6, f"◆ you: {self.prediction:g}\n    at G = {at:.2f}", color=look.colour, fontsize=10.5)

    def _lay_out_time(self, axes: Axes) -> None:
        self.time_axes = axes
        axes.set_title("Craving over time", pad=26)
        axes.set(xlim=(0, _TIMES[-1]), xlabel="Time (units of one step)", ylabel="Craving (input = 1)")
        moving = self.canvas.moving
        self.lines = {
            name: moving(axes.plot([], [], color=look.colour, linestyle=look.dash, label=name)[0])
            for name, look in (("neither hit", SERIES["first"]), ("both hits", SERIES["second"]))
        }
        self.rests = {
            name: moving(axes.plot([], [], color=COLOURS["quiet"], linestyle="dotted", linewidth=1.2)[0])
            for name in self.lines
        }
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, borderaxespad=0,
                    fontsize=10.5, handlelength=2.0)  # fmt: skip

    def _lay_out_bars(self, axes: Axes) -> None:
        self.bar_axes = axes
        axes.set_title("Craving at rest: two hits, alone and together", pad=8)
        axes.set(ylim=(3.6, -0.6), xlabel="Craving (input = 1)")
        axes.set_yticks(range(4), _CELLS)
        axes.tick_params(axis="y", length=0)
        moving = self.canvas.moving
        colours = (SERIES["first"].colour, COLOURS["quiet"], COLOURS["quiet"], SERIES["second"].colour)
        self.bars = [moving(Rectangle((0, y - 0.33), 0, 0.66, facecolor=colour)) for y, colour in enumerate(colours)]
        for bar in self.bars:
            axes.add_patch(bar)
        self.values = [moving(axes.text(0, y, "", va="center", fontsize=10.5, fontweight="bold")) for y in range(4)]
        self.sum = moving(axes.plot([], [], color=COLOURS["ink"], linestyle=(0, (2, 1)), linewidth=2.2, zorder=6)[0])

    def _set_top(self, top: float) -> None:
        self.time_axes.set_ylim(0, top)
        self.bar_axes.set_xlim(0, 1.45 * top)
        self.canvas.refresh(top)

    def picture(self, gain_overload: float, gain_regulation: float, gain_craving: float, hits: str) -> Picture:
        """Return the picture of one ring and its two hits."""
        loop = _Loop(gain_overload, gain_regulation, gain_craving)
        for name, gain in zip(("gain_overload", "gain_regulation", "gain_craving"), loop, strict=True):
            within(name, gain, 0, _LARGEST)
        one_of("hits", hits, tuple(_HITS))
        four = _four(loop, hits)
        rests = [_rest(*each) for each in four]
        largest = max((rest for rest in rests if np.isfinite(rest)), default=_TOPS[1])
        self._set_top(next((top for top in _TOPS if largest < _ROOM * top), _TOPS[-1]))
        self._move_gain(float(np.prod(loop)), loop_gain(loop.gains()))
        for name, (gains, inputs), rest in zip(self.lines, (four[0], four[3]), (rests[0], rests[3]), strict=True):
            self.lines[name].set_data(_TIMES, course_of(gains, inputs, _TIMES, _TAU)[:, 0])
            there = np.isfinite(rest)
            self.rests[name].set_data([0, _TIMES[-1]] if there else [], [rest, rest] if there else [])
        added = rests[1] + rests[2] - rests[0] if all(np.isfinite(rests[:3])) else np.inf
        self._move_bars(rests, added)
        return self._describe(loop, hits, rests, added)

    def _move_gain(self, product: float, amplified: float) -> None:
        there = np.isfinite(amplified)
        self.here.set_data([product] if there else [], [min(amplified, 12.0)] if there else [])
        self.beyond.set_visible(not there)
        self.beyond.set_x(product)

    def _move_bars(self, rests: list[float], added: float) -> None:
        end = self.bar_axes.get_xlim()[1]
        for bar, text, rest in zip(self.bars, self.values, rests, strict=True):
            length = min(rest, _LONGEST * end) if np.isfinite(rest) else _LONGEST * end
            bar.set_width(length)
            text.set_x(length + 0.012 * end)
            text.set_text(f"{rest:.2f}" if np.isfinite(rest) else "→ grows without end")
        there = np.isfinite(added) and np.isfinite(rests[3])
        self.sum.set_data([added, added] if there else [], [2.55, 3.45] if there else [])
        if there:
            both = self.values[3]
            both.set_text(f"{both.get_text()}   (¦ sum: {added:.2f})")
            both.set_x(max(self.bars[3].get_width(), added) + 0.012 * end)

    def _describe(self, loop: _Loop, hits: str, rests: list[float], added: float) -> Picture:
        product, amplified = float(np.prod(loop)), loop_gain(loop.gains())
        if np.isfinite(amplified):
            settles = 1.0 / slowest_rate(loop.gains(), _TAU)
            whole = (
                f"craving comes to rest at {amplified:.2f} times the input, with a time constant of {settles:.1f} units"
            )
        else:
            whole = "craving grows without end: from G = 1 on the loop has no resting state"
        listed = ", ".join(f"{name} {_number(rest)}" for name, rest in zip(_CELLS, rests, strict=True))
        if not np.isfinite(added):
            together = "a sum cannot be formed"
        elif not np.isfinite(rests[3]):
            together = f"the sum would be {added:.2f}, but with both there is no rest"
        else:
            extra = float(contrast(*rests))
            more = f"{extra:.2f} more than" if extra > 1e-9 else "exactly"  # the rest is rounding
            together = f"both together: {more} the sum ({added:.2f})"
        says = (
            f"Gains {loop.overload:.2f}, {loop.regulation:.2f} and {loop.craving:.2f}, G = {product:.2f}: {whole}. Two "
            f"hits on {hits}, craving at rest: {listed}; {together}."
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Model, a loop in people. Above left, amplification 1/(1 − G) against the loop gain G, rising without "
                f"limit towards G = 1. Above right, craving over {_TIMES[-1]:g} units of time with neither and with "
                f"both hits. Below, four bars of craving at rest. {says}"
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(loop, hits),
            reading=says + self._compared(),
        )

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        answer = loop_gain([_ASKED_GAIN] * 3)
        near = abs(self.prediction - answer) <= 0.3
        verdict = "as in the model" if near else f"in the model it is {answer:.1f} times"
        return (
            f" You predicted that with all three gains {_ASKED_GAIN:g} craving comes to rest at {self.prediction:g} "
            f"times the input: {verdict}."
        )


def _number(rest: float) -> str:
    return f"{rest:.2f}" if np.isfinite(rest) else "no rest"


def _table(loop: _Loop, hits: str) -> Table:
    rows = []
    for name, (gains, inputs) in zip(_CELLS, _four(loop, hits), strict=True):
        rate = slowest_rate(gains, _TAU)
        rows.append(
            (name, ", ".join(f"{gain:.2f}" for gain in np.roll(gains, -1)), f"{np.prod(gains):.2f}",
             ", ".join(f"{push:.2f}" for push in inputs), _number(_rest(gains, inputs)),
             f"{1.0 / rate:.1f}" if rate > 0 else "grows")
        )  # fmt: skip
    columns = (
        "Hits", "Gains to overload, regulation, craving", "Loop gain G",
        "Inputs to craving, overload, regulation", "Craving at rest (input = 1)", "Time constant (units of one step)",
    )  # fmt: skip
    return Table(columns, tuple(rows))
