"""Simulator: one intervention or two in the review's loop: cut a link or an input, and what two cuts add up to."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from course.models.checks import Array, one_of, within
from course.models.feedback_loop import resting
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_MOST_GAIN, _MOST_CUT = 0.95, 50.0
_ASKED_GAIN, _ASKED_CUT = 0.8, 20.0
_FIRST = ("a link", "the input")
_SECOND = ("none", "another link", "the input", "the same again")
_GAINS = np.linspace(0.0, _MOST_GAIN, 96)
_SCALES = (2.0, 6.0, 25.0)
_SPECIES = "Model of a hypothesis about people"
_PREDICTION = NumberPrediction(example=20, unit="per cent", low=0, high=100)


def draw(
    loop_gain: float = _ASKED_GAIN,
    cut_percent: float = _ASKED_CUT,
    first: str = "a link",
    second: str = "none",
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `loop_gain`: G of three equal links, 0 to 0.95. `cut_percent`: what each intervention takes from what it acts on, 0
    to 50. `first`: "a link" or "the input". `second`: "none", "another link", "the input" or "the same again" (one cut
    of twice the size). `prediction`: by how many per cent the output falls when one link is cut by 20 % at a loop gain
    of 0.8. Raises ValueError for other settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(loop_gain, cut_percent, first, second)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: fall of the output, in per cent, when one link of the loop is cut by 20 %.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="combine-interventions",
        title="One intervention or two in a loop",
        controls=[
            Range("loop_gain", "Loop gain G", _ASKED_GAIN, 0, _MOST_GAIN, 0.05, "(no unit)", decimals=2),
            Range("cut_percent", "Each intervention cuts by", _ASKED_CUT, 0, _MOST_CUT, 5, "%"),
            Choice("first", "First intervention acts on", "a link", {word: word for word in _FIRST}),
            Choice("second", "Second intervention acts on", "none", {word: word for word in _SECOND}),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _output(loop_gain: float, links: tuple[float, float] = (1.0, 1.0), outside: float = 1.0) -> float:
    """Return where the ring's first state rests, with so much left of two of its links and of the input."""
    link = loop_gain ** (1.0 / 3.0)  # three equal links
    return float(resting([link * links[0], link * links[1], link], [outside, 0.0, 0.0])[0])


def _left(first: str, second: str, cut: float) -> tuple[tuple[float, float], float]:
    """Return what two interventions leave of two links and of the input; "none" takes nothing."""
    keep = 1.0 - cut
    if second == "the same again":
        return _left(first, "none", 2.0 * cut)
    links = (keep if first == "a link" else 1.0, keep if second == "another link" else 1.0)
    return links, (keep if first == "the input" else 1.0) * (keep if second == "the input" else 1.0)


def _second_alone(first: str, second: str, cut: float) -> tuple[tuple[float, float], float]:
    """Return what the second intervention alone would leave."""
    if second == "the same again":
        return _left(first, "none", cut)
    return _left("none", second, cut)


def _fall(loop_gain: float | Array, cut: float) -> Array:
    """Return by how many per cent the output falls when one link is cut: 100 (1 - (1 - G) / (1 - (1 - cut) G))."""
    gain = np.asarray(loop_gain, dtype=np.float64)
    return np.asarray(100.0 * (1.0 - (1.0 - gain) / (1.0 - (1.0 - cut) * gain)))


class _Drawing:
    """The figure, laid out once; `picture` moves its bars and lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.scale = 0.0
        self.canvas = Canvas(7.6, 6.6)
        with self.canvas.styled():
            bars, falls = self.canvas.figure.subplots(2, height_ratios=[1.0, 1.25])
            self._lay_out_bars(bars)
            self._lay_out_falls(falls)
        self.canvas.settle()

    def _lay_out_bars(self, axes: Axes) -> None:
        self.bar_axes = axes
        moving, first, second, third = self.canvas.moving, *(SERIES[name] for name in ("first", "second", "third"))
        axes.set_title("MODEL · where the loop comes to rest", pad=10)
        axes.set(xlim=(0, _SCALES[-1]), ylim=(3.5, -0.6), xlabel="Output of the loop (times an uncut input of 1)")
        axes.xaxis.set_major_locator(MaxNLocator(5))
        names = ["no intervention", "first alone", "second alone", "both"]
        axes.set_yticks(range(4), names)
        axes.tick_params(axis="y", length=0)
        looks = ((COLOURS["quiet"], ""), (first.colour, "//"), (second.colour, "\\\\"), (third.colour, "xx"))
        self.bars = [
            moving(axes.barh(y, 1.0, 0.62, facecolor="white", edgecolor=colour, hatch=hatch, linewidth=1.6)[0])
            for y, (colour, hatch) in enumerate(looks)
        ]
        self.values = [moving(axes.text(0, y, "", va="center", fontweight="bold")) for y in range(4)]
        self.promised = moving(
            axes.plot([], [], "|", color=COLOURS["ink"], markersize=24, markeredgewidth=2.6, zorder=6)[0]
        )
        self.note = moving(axes.text(1.0, 1.03, "", transform=axes.transAxes, ha="right", fontsize=10.5))

    def _lay_out_falls(self, axes: Axes) -> None:
        moving, first, second = self.canvas.moving, SERIES["first"], SERIES["second"]
        axes.set_title("MODEL · how far one cut lowers the output", pad=28)
        axes.set(xlim=(0, 1), ylim=(0, 103), xlabel="Loop gain G (0: no feedback)", ylabel="Fall of the output (%)")
        axes.set_yticks(range(0, 101, 25))
        self.link = moving(axes.plot([], [], color=first.colour, label="a link is cut")[0])
        self.input = moving(axes.plot([], [], color=second.colour, linestyle=second.dash, label="the input is cut")[0])
        self.crossing = moving(axes.axvline(0, color=COLOURS["quiet"], linestyle="dotted", linewidth=1.4))
        self.crossing_text = moving(axes.text(0, 97, "", va="top", ha="right", fontsize=10.5, color=COLOURS["quiet"]))
        self.link_here = moving(axes.plot([], [], first.marker, color=first.colour, markersize=9, clip_on=False)[0])
        self.input_here = moving(axes.plot([], [], second.marker, color=second.colour, markersize=8, clip_on=False)[0])
        if self.prediction is not None:
            look = SERIES["prediction"]
            moving(
                axes.plot([_ASKED_GAIN], [self.prediction], look.marker, color=look.colour, markersize=9, zorder=6,
                          markeredgecolor="white", linestyle="none", clip_on=False,
                          label=f"you: {self.prediction:g} %")[0]
            )  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, frameon=False, borderaxespad=0, fontsize=11,
                    handlelength=2.2, columnspacing=1.4, handletextpad=0.5)  # fmt: skip

    def picture(self, loop_gain: float, cut_percent: float, first: str, second: str) -> Picture:
        """Return the picture of one loop and its interventions."""
        within("loop_gain", loop_gain, 0.0, _MOST_GAIN)
        within("cut_percent", cut_percent, 0.0, _MOST_CUT)
        one_of("first", first, _FIRST)
        one_of("second", second, _SECOND)
        cut = cut_percent / 100.0
        outputs = (
            _output(loop_gain),
            _output(loop_gain, *_left(first, "none", cut)),
            _output(loop_gain, *_second_alone(first, second, cut)),
            _output(loop_gain, *_left(first, second, cut)),
        )
        self._move_bars(outputs, second)
        self._move_falls(loop_gain, cut)
        return self._describe(loop_gain, cut_percent, first, second, outputs)

    def _move_bars(self, outputs: tuple[float, ...], second: str) -> None:
        scale = next(edge for edge in _SCALES if outputs[0] <= 0.85 * edge)
        if scale != self.scale:
            self.scale = scale
            self.bar_axes.set_xlim(0, scale)
            self.canvas.refresh(scale)
        for y, (bar, value, output) in enumerate(zip(self.bars, self.values, outputs, strict=True)):
            there = second != "none" or y < 2
            bar.set_visible(there)
            bar.set_width(output)
            value.set_position((output + 0.015 * scale if there else 0.01 * scale, y))
            value.set_text(f"{output:.2f}" if there else "– none chosen")
        together = second not in ("none", "the same again")
        self.promised.set_data(*(([_multiplied(outputs)], [3]) if together else ([], [])))
        self.note.set_text("| if the two falls multiplied" if together else "")

    def _move_falls(self, loop_gain: float, cut: float) -> None:
        self.link.set_data(_GAINS, _fall(_GAINS, cut))
        self.input.set_data([0.0, _MOST_GAIN], [100.0 * cut, 100.0 * cut])
        self.link_here.set_data([loop_gain], [float(_fall(loop_gain, cut))])
        self.input_here.set_data([loop_gain], [100.0 * cut])
        crossing = 1.0 / (2.0 - cut)
        self.crossing.set_xdata([crossing, crossing])
        self.crossing_text.set_position((crossing - 0.01, 97))
        self.crossing_text.set_text(f"equal at G = {crossing:.2f}")

    def _describe(
        self, loop_gain: float, cut_percent: float, first: str, second: str, outputs: tuple[float, ...]
    ) -> Picture:
        neither, one, other, both = outputs
        cut, link_fall = cut_percent / 100.0, float(_fall(loop_gain, cut_percent / 100.0))
        crossing = 1.0 / (2.0 - cut)
        better = (
            "equal" if abs(link_fall - cut_percent) < 0.05 else "a link" if link_fall > cut_percent else "the input"
        )
        best = (
            "A link and the input are worth the same here" if better == "equal" else f"Cutting {better} does more here"
        )
        pair = ""
        if second == "the same again":
            pair = f" One cut of twice the size on {first} leaves {both:.2f}."
        elif second != "none":
            promised = _multiplied(outputs)
            how = "as" if abs(both - promised) < 0.005 else "less than" if both > promised else "more than"
            pair = (
                f" The second on {second} alone leaves {other:.2f}, both leave {both:.2f}; two falls that multiplied "
                f"would leave {promised:.2f}, so together they do {how} that{' says' if how == 'as' else ''}."
            )
        compared = ""
        if self.prediction is not None:
            answer = float(_fall(_ASKED_GAIN, _ASKED_CUT / 100.0))
            gap = self.prediction - answer
            verdict = "close" if abs(gap) <= 3 else f"{abs(gap):.0f} points too {'high' if gap > 0 else 'low'}"
            compared = (
                f" You predicted a fall of {self.prediction:g} % for one link cut by {_ASKED_CUT:g} % at G = "
                f"{_ASKED_GAIN:g}: it is {answer:.1f} %, so your prediction was {verdict}."
            )
        bars = f"no intervention {neither:.2f}, first ({first}) {one:.2f}"
        if second != "none":
            bars += f", second ({second}) {other:.2f}, both {both:.2f}"
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Two plots of a model of a loop in people, loop gain {loop_gain:.2f}, each cut {cut_percent:g} %. "
                f"Above, bars of the loop's output: {bars}. Below, fall of the output in per cent against the loop "
                f"gain: cutting a link rises steeply with feedback and is {link_fall:.1f} % here, cutting the input "
                f"stays at {cut_percent:g} %; they are equal at a gain of {crossing:.2f}."
            ),
            caption=(
                "The review's loop as a ring of three equal links, craving, overload and weaker regulation, with one "
                "input. Nobody has measured a link, and no trial is behind a cut: this asks what a combination could "
                "do if the loop were real. It recommends no treatment."
            ),
            species=_SPECIES,
            table=_table(cut),
            reading=(
                f"Model of people, loop gain {loop_gain:.2f}: output {neither:.2f}. A cut of {cut_percent:g} % on "
                f"{first} leaves {one:.2f}, a fall of {100 * (1 - one / neither):.1f} %. {best} (link {link_fall:.1f} "
                f"%, input {cut_percent:g} %; equal at G = {crossing:.2f}). For a cut of one per cent the fall is G/(1 "
                f"− G) = {loop_gain / (1.0 - loop_gain):.2f} per cent on a link and 1 on the input.{pair}{compared}"
            ),
        )


def _multiplied(outputs: tuple[float, ...]) -> float:
    """Return what both would leave if each took its share of what the other leaves."""
    neither, one, other, _ = outputs
    return one * other / neither


def _table(cut: float) -> Table:
    rows = []
    for gain in (0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 0.9, 0.95):
        two = 1.0 - _output(gain, (1.0 - cut, 1.0 - cut)) / _output(gain)
        double = 1.0 - _output(gain, (1.0 - 2.0 * cut, 1.0)) / _output(gain)
        rows.append(
            (f"{gain:g}", f"{_output(gain):.2f}", f"{float(_fall(gain, cut)):.1f}", f"{100 * cut:.1f}",
             f"{100 * two:.1f}", f"{100 * double:.1f}")
        )  # fmt: skip
    columns = (
        "Loop gain G", "Output uncut", "Fall: one link (%)", "Fall: the input (%)", "Fall: two links (%)",
        "Fall: one link, twice the cut (%)",
    )  # fmt: skip
    return Table(columns, tuple(rows))
