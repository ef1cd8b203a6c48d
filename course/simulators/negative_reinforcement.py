"""Simulator: the review's Figure 5 in our own drawing: use for relief as a loop, and how many people report relief."""

import re
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle

from course import evidence
from course.models.checks import within
from course.models.opponent_process import deepest
from course.models.relief_loop import LOW_MOOD, OTHER_EVERY_H, STRONGEST, TAU_A_H, USE_H, Loop, run
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_DAYS = 28
_LIMITS = {"distress": (0.0, 0.25), "k_b": (0.0, STRONGEST), "tau_b_h": (10.0, 60.0), "strengthening": (0.0, 0.3)}
_ASKED = (0.0, 1.0, 20.0, 0.1)  # what the prediction is about: distress, k_b, hours, strengthening
_SHARE = "ma-negative-reinforcement-share"
_PREDICTION = NumberPrediction(example=10, unit="per cent", low=0, high=100)
_SPECIES = "Above: model of a hypothetical group; below: human"
# Where the four words of the loop stand, clockwise from the top, and what they are.
_STATIONS = {
    "mood": ((0.0, 1.0), "low mood"),
    "use": ((1.0, 0.0), "use"),
    "relief": ((0.0, -1.0), "relief"),
    "opponent": ((-1.0, 0.0), "opponent\ngrows"),
}


def draw(
    distress: float = 0.0, k_b: float = 1.0, tau_b_h: float = 20.0, strengthening: float = 0.1,
    prediction: object = None,
) -> Picture:  # fmt: skip
    """Return the picture that `explore` shows for these settings.

    `distress`: how far a hypothetical baseline lies below 0, 0 to 0.25; use for relief begins at a mood of -0.3.
    `k_b`: opponent at the first use, 0 to 3. `tau_b_h`: its time constant, 10 to 60 hours. `strengthening`: share of
    the way to the strongest opponent that each use takes it, 0 to 0.3. `prediction`: per cent of all uses in four weeks
    that are for relief without distress, for k_b = 1, 20 hours and 0.1. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(distress, k_b, tau_b_h, strengthening)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: per cent of uses for relief in four weeks, without any baseline distress.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="negative-reinforcement",
        title="Figure 5: a loop of use and relief",
        controls=[
            Range("distress", "Baseline distress (hypothetical)", 0.0, *_LIMITS["distress"], 0.05, "units of feeling",
                  decimals=2),
            Range("k_b", "Opponent at the first use k_b", 1.0, *_LIMITS["k_b"], 0.1, "× the drug's own effect",
                  decimals=1),
            Range("tau_b_h", "Time constant of the opponent τ_b", 20, *_LIMITS["tau_b_h"], 2, "hours"),
            Range("strengthening", "Each use takes the opponent nearer to its strongest by", 0.1,
                  *_LIMITS["strengthening"], 0.02, "of the way", decimals=2),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )  # fmt: skip


@dataclass(frozen=True)
class _Reported:
    """Share of people who report relief as a reason, per cent, and how many were asked."""

    percent: float
    people: int
    badge: str


def _reported() -> _Reported:
    row = evidence.claim(_SHARE)
    found = re.search(r"of (\d+) people", row.primary_value)
    if found is None:
        raise ValueError(f'The claim "{_SHARE}" does not say how many people were asked.')
    return _Reported(evidence.value(_SHARE), int(found[1]), evidence.BADGES[row.status])


class _Drawing:
    """The figure, laid out once; `picture` moves the loop's numbers, the mood and the bars."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.reported = _reported()
        self.canvas = Canvas(7.8, 5.8)
        with self.canvas.styled():
            rows = self.canvas.figure.add_gridspec(2, 1, height_ratios=[2.3, 1])  # so that the loop keeps its size
            above, below = (self.canvas.figure.add_subfigure(rows[number]) for number in range(2))
            loop, mood = above.subplots(1, 2, width_ratios=[1, 1.65])
            self._lay_out_loop(loop)
            self._lay_out_mood(mood)
            self._lay_out_shares(below.subplots())
        self.canvas.settle()

    def _lay_out_loop(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL · the loop")
        axes.set(xlim=(-1.6, 1.6), ylim=(-1.75, 1.45), aspect="equal")
        axes.axis("off")
        places = [place for place, _ in _STATIONS.values()]
        self.arrows = []
        for start, end in zip(places, [*places[1:], places[0]], strict=True):
            arrow = FancyArrowPatch(start, end, connectionstyle="arc3,rad=-0.35", arrowstyle="-|>", mutation_scale=16,
                                    shrinkA=24, shrinkB=24, color=COLOURS["ink"])  # fmt: skip
            self.arrows.append(moving(arrow))
            axes.add_patch(arrow)
        box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": COLOURS["quiet"]}
        for (x, y), words in _STATIONS.values():
            axes.text(x, y, words, ha="center", va="center", fontsize=11, zorder=4, bbox=box)
        self.centre = moving(axes.text(0, 0, "", ha="center", va="center", fontsize=10.5, linespacing=1.3))
        axes.text(0, -1.62, "the thicker, the more turns", ha="center", fontsize=10, color=COLOURS["quiet"])

    def _lay_out_mood(self, axes: Axes) -> None:
        moving = self.canvas.moving
        first, second, third = (SERIES[name] for name in ("first", "second", "third"))
        axes.set_title("MODEL · a hypothetical group", pad=28)
        axes.set(xlim=(0, _DAYS), ylim=(-2.05, 1.25), xlabel="day", ylabel="mood (arbitrary units)")
        axes.set_xticks(range(0, _DAYS + 1, 7))
        axes.axhline(0.0, color=COLOURS["quiet"], linewidth=0.8)
        axes.axhline(LOW_MOOD, color=second.colour, linestyle="dashed", linewidth=1.3)
        axes.text(0.3, -1.62, "dashed: here use for relief begins", color=COLOURS["quiet"], fontsize=10)
        self.baseline = moving(axes.plot([], [], color=third.colour, linestyle=third.dash, linewidth=1.8,
                                         label="baseline")[0])  # fmt: skip
        self.mood = moving(axes.plot([], [], color=first.colour, linewidth=1.2, label="mood")[0])
        self.relief = moving(axes.plot([], [], second.marker, color=second.colour, markersize=5.5, clip_on=False,
                                       label="use for relief")[0])  # fmt: skip
        self.other = moving(axes.plot([], [], first.marker, color=first.colour, markersize=6, markerfacecolor="white",
                                      clip_on=False, markeredgewidth=1.6, label="for other reasons")[0])  # fmt: skip
        legend = axes.legend(
            handles=[self.mood, self.baseline, self.relief, self.other], loc="lower left", bbox_to_anchor=(-0.08, 1.0),
            ncols=4, frameon=False, borderaxespad=0.2, handlelength=1.5, columnspacing=0.8, handletextpad=0.5,
            fontsize=10,
        )  # fmt: skip
        legend.set_in_layout(False)

    def _lay_out_shares(self, axes: Axes) -> None:
        moving = self.canvas.moving
        names = ["MODEL: uses for relief", "HUMAN: report relief"]
        if self.prediction is not None:
            names.insert(1, "your guess")
        axes.set(
            xlim=(0, 110),
            xticks=range(0, 101, 20),
            ylim=(len(names) - 0.4, -0.6),
            xlabel="per cent (MODEL: of uses · HUMAN: of people)",
        )
        axes.set_yticks(range(len(names)), names)
        axes.tick_params(axis="y", length=0)
        self.bar = Rectangle((0, -0.35), 0, 0.7, facecolor="#f8ddcd", edgecolor=COLOURS["orange"], hatch="///")
        axes.add_patch(moving(self.bar))
        self.bar_text = moving(axes.text(0, 0, "", va="center", fontweight="bold"))
        last, reported = len(names) - 1, self.reported
        axes.barh(last, reported.percent, 0.7, color=COLOURS["blue"])
        words = f"{reported.percent:g} % of {reported.people} people (for BPD: {reported.badge})"
        axes.text(reported.percent + 1, last, words, va="center", fontweight="bold")
        if self.prediction is not None:
            style, right = SERIES["prediction"], self.prediction < 70
            axes.plot([self.prediction], [1], style.marker, color=style.colour, markersize=9, clip_on=False)
            axes.annotate(
                f"{self.prediction:g} %, without distress", (self.prediction, 1), xytext=(9 if right else -9, 0),
                textcoords="offset points", va="center", ha="left" if right else "right", color=style.colour,
            )  # fmt: skip

    def picture(self, distress: float, k_b: float, tau_b_h: float, strengthening: float) -> Picture:
        """Return the picture of one group over four weeks."""
        given = {"distress": distress, "k_b": k_b, "tau_b_h": tau_b_h, "strengthening": strengthening}
        for name, (least, most) in _LIMITS.items():
            within(name, given[name], least, most)
        loop = run(_DAYS, distress, k_b, tau_b_h, strengthening)
        dip = deepest(USE_H, TAU_A_H, tau_b_h, k_b)
        self._move(loop, distress)
        share = 100.0 * loop.relief_share
        source = evidence.references()["may2020"].short
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Three plots. A loop: low mood, use, relief, a growing opponent, and low mood again. A line plot of "
                f"mood in a hypothetical group over {_DAYS} days, baseline distress {distress:g}, opponent {k_b:g} "
                f"with {tau_b_h:g} h, strengthened by {strengthening:g} of the way: {loop.relief_h.size} uses for "
                f"relief, {loop.other_h.size} for other reasons, lowest mood {_signed(loop.mood.min())}. Bars, the "
                f"last one human: {share:.0f} % of the model's uses are for relief; {self.reported.percent:g} % of "
                f"{self.reported.people} people report it."
            ),
            caption=(
                f"After the idea of Figure 5, whose source is {source}; drawing and dynamics are our own, all values "
                f"assumed, the baseline distress hypothetical. The bars compare different things, uses in a model and "
                "people who were asked. People with other psychiatric (Axis I) disorders were not among those; there "
                "are no data on people with BPD."
            ),
            species=_SPECIES,
            table=_table(loop),
            reading=self._reading(loop, distress, k_b, tau_b_h, strengthening, dip),
        )

    def _move(self, loop: Loop, distress: float) -> None:
        days = loop.time_h / 24.0
        self.mood.set_data(days, loop.mood)
        self.baseline.set_data([0, _DAYS], [-distress, -distress])
        self.relief.set_data(loop.relief_h / 24.0, np.full(loop.relief_h.size, -1.9))
        self.other.set_data(loop.other_h / 24.0, np.full(loop.other_h.size, 1.15))
        turns = loop.relief_h.size
        for arrow in self.arrows:
            arrow.set_linewidth(1.0 + 4.0 * turns / _DAYS)
            arrow.set_linestyle("solid" if turns else "dashed")
        self.centre.set_text(f"turned\n{turns} times" if turns else "not\nturned")
        share = 100.0 * loop.relief_share
        self.bar.set_width(share)
        self.bar_text.set_text(f"{share:.0f} %")
        self.bar_text.set_position((share + 1, 0))

    def _reading(
        self, loop: Loop, distress: float, k_b: float, tau_b_h: float, strengthening: float, dip: float
    ) -> str:
        uses = loop.relief_h.size + loop.other_h.size
        if loop.relief_h.size:
            begun = f"the first on day {loop.relief_h[0] / 24.0:.0f}"
        else:
            begun = f"mood never falls to {_signed(LOW_MOOD)}"
        without = 100.0 * run(_DAYS, 0.0, k_b, tau_b_h, strengthening).relief_share
        same = (
            f" With the same opponent and no distress it would be {without:.0f} %; after one use mood dips {-dip:.2f} "
            "below the group's own baseline in both: use for relief does not need a more severe withdrawal."
            if distress > 0.0
            else f" After one use mood dips {-dip:.2f} below baseline."
        )
        compared = ""
        if self.prediction is not None:
            answer = 100.0 * run(_DAYS, *_ASKED).relief_share
            gap = self.prediction - answer
            verdict = "close" if abs(gap) <= 5 else f"{abs(gap):.0f} points too {'high' if gap > 0 else 'low'}"
            compared = (
                f" You predicted {self.prediction:g} % without distress, for k_b = {_ASKED[1]:g}, τ_b = {_ASKED[2]:g} "
                f"h and a strengthening of {_ASKED[3]:g}: the model says {answer:.0f} %, so your prediction was "
                f"{verdict}."
            )
        return (
            f"In {_DAYS} days {loop.relief_h.size} of {uses} uses are for relief ({100.0 * loop.relief_share:.0f} %), "
            f"{begun}; the others come every {OTHER_EVERY_H / 24:g} days. The opponent ends at "
            f"{loop.strengths[-1]:.2f}.{same} Of {self.reported.people} people who use methamphetamine "
            f"{self.reported.percent:g} % gave relief as a reason; that use in people with BPD is mainly for relief is "
            f"{self.reported.badge.split()[-1]}.{compared}"
        )


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _table(loop: Loop) -> Table:
    rows = []
    for week in range(_DAYS // 7):
        start, end = 168.0 * week, 168.0 * (week + 1)
        within = (loop.time_h >= start) & (loop.time_h < end)
        relief, other = (int(np.sum((uses >= start) & (uses < end))) for uses in (loop.relief_h, loop.other_h))
        so_far = int(np.sum(loop.relief_h < end) + np.sum(loop.other_h < end))
        rows.append((str(week + 1), str(other), str(relief), _signed(float(loop.mood[within].min())),
                     f"{loop.strengths[max(so_far - 1, 0)]:.2f}"))  # fmt: skip
    reported = _reported()
    rows.append(("people who were asked", "–", f"{reported.percent:g} % of {reported.people} people, {reported.badge}",
                 "–", "–"))  # fmt: skip
    columns = ("Week (model)", "Uses for other reasons", "Uses for relief", "Lowest mood", "Opponent at its end")
    return Table(columns, tuple(rows))
