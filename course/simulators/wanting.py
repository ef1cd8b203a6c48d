"""Simulator: which cue is wanted more when a state of the body changes, at once and by learning again."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from course import evidence
from course.models.checks import Array, within
from course.models.incentive_salience import chain, learned_values, relearn
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import WordPrediction

_CUES, _REWARD, _ALPHA, _TRIALS = 2, 1.0, 0.1, 60
_ASKED_KAPPA, _ASKED_GAMMA = 3.0, 0.9
_LIMITS = {"kappa": (0.0, 5.0), "gamma": (0.5, 1.0), "trials": (0, _TRIALS)}
_TOPS = (1.6, 3.4, 5.6)
_NAMES = ("cue 1", "cue 2")
_LOOKS = (SERIES["first"], SERIES["second"])
_PREDICTION = WordPrediction(
    {
        "cue 1": "cue 1", "cue1": "cue 1", "1": "cue 1", "first": "cue 1",
        "cue 2": "cue 2", "cue2": "cue 2", "2": "cue 2", "second": "cue 2",
        "both": "both", "both cues": "both",
    }
)  # fmt: skip
_SPECIES = "Model, group of animals (the idea was tested in rats)"


def draw(
    kappa: float = _ASKED_KAPPA, gamma: float = _ASKED_GAMMA, trials: int = 0, prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `kappa`: what the state makes of the reward, 0 to 5 (1: nothing changed). `gamma`: discount per step, 0.5 to 1.
    `trials`: trials with the reward since kappa changed, 0 to 60. `prediction`: "cue 1", "cue 2" or "both": which is
    wanted more at once when kappa goes from 1 to 3. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(kappa, gamma, trials)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: which cue is wanted more at once, "cue 1", "cue 2" or "both".

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="wanting",
        title="Wanting: which cue grows",
        controls=[
            Range("kappa", "State of the body κ", _ASKED_KAPPA, 0, 5, 0.25, "times the reward", decimals=2),
            Range("gamma", "Discount γ", _ASKED_GAMMA, 0.5, 1, 0.05, "per step", decimals=2),
            Range("trials", "Trials since κ changed", 0, 0, _TRIALS, 1, f"of {_TRIALS}"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _grown(kappa: float, gamma: float) -> str:
    """Return which cues are wanted more at once than before: "cue 1", "cue 2", "both" or "neither"."""
    more = chain(_CUES, _REWARD, gamma, kappa) > learned_values(_CUES, _REWARD, gamma) + 1e-9
    return "both" if np.all(more) else next((name for name, up in zip(_NAMES, more, strict=True) if up), "neither")


class _Drawing:
    """The figure, laid out once; `picture` moves lines and marks."""

    def __init__(self, prediction: str | None) -> None:
        self.prediction = prediction
        self.top = 0.0
        self.canvas = Canvas(7.6, 4.5)
        with self.canvas.styled():
            chain_axes, *self.plots = self.canvas.figure.subplot_mosaic(
                [["chain", "chain"], ["at once", "learned"]], height_ratios=[0.32, 1]
            ).values()
            self._lay_out_chain(chain_axes)
            self.lines: dict[tuple[str, str], Line2D] = {}
            self.marks: dict[tuple[str, str], Line2D] = {}
            self.names: dict[tuple[str, str], Text] = {}
            self.texts: dict[str, Text] = {}
            self.now: list[Line2D] = []
            titles = ("MODEL · wanting, κ at once", "MODEL · learned again")
            for axes, title, key in zip(self.plots, titles, ("at once", "learned"), strict=True):
                self._lay_out(axes, title, key)
        self.canvas.settle()

    def _lay_out_chain(self, axes: Axes) -> None:
        axes.set(xlim=(0, 10), ylim=(0, 2.5))
        axes.axis("off")
        places = {"cue 1": 1.3, "cue 2": 4.6, "reward": 7.9}
        for name, x in places.items():
            look = dict(zip(_NAMES, _LOOKS, strict=True)).get(name)
            colour, dash = (look.colour, look.dash) if look else (COLOURS["ink"], "solid")
            axes.text(x, 1.15, name, ha="center", va="center", color=colour, fontweight="bold",
                      bbox={"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": colour, "linewidth": 1.8,
                            "linestyle": dash})  # fmt: skip
        for start, end in ((2.1, 3.75), (5.4, 6.95)):
            axes.annotate("", (end, 1.15), (start, 1.15), arrowprops={"arrowstyle": "-|>", "color": COLOURS["quiet"]})
        self.state = self.canvas.moving(axes.text(7.9, 0.2, "", ha="center", va="center", fontsize=11))
        if self.prediction is not None:
            axes.text(0.5 * (places["cue 1"] + places["cue 2"]), 0.2, f"◆ you: {_grows(self.prediction)}", ha="center",
                      color=SERIES["prediction"].colour, va="center", fontsize=11)  # fmt: skip
            for name in _NAMES if self.prediction == "both" else (self.prediction,):
                axes.plot([places[name]], [2.2], SERIES["prediction"].marker, color=SERIES["prediction"].colour,
                          markersize=9, clip_on=False)  # fmt: skip

    def _lay_out(self, axes: Axes, title: str, key: str) -> None:
        moving = self.canvas.moving
        axes.set_title(title, pad=26)
        axes.set(xlim=(-8, 1.28 * _TRIALS), ylim=(0, _TOPS[-1]), xlabel="Trials since κ changed",
                 ylabel="Pull of a cue (rewards)" if key == "at once" else "Value of a cue (rewards)")  # fmt: skip
        axes.set_xticks(range(0, _TRIALS + 1, 20))
        axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axes.yaxis.set_major_formatter("{x:.1f}")
        axes.axvline(0, color=COLOURS["quiet"], linewidth=1, linestyle="dotted")
        self.now.append(moving(axes.axvline(0, color=COLOURS["ink"], linewidth=1.2)))
        for name, look in zip(_NAMES, _LOOKS, strict=True):
            self.lines[key, name] = moving(axes.plot([], [], color=look.colour, linestyle=look.dash)[0])
            self.marks[key, name] = moving(
                axes.plot([], [], look.marker, color=look.colour, markersize=8, zorder=5, clip_on=False)[0]
            )
            self.names[key, name] = moving(axes.text(0, 0, name, color=look.colour, va="center", fontsize=11))
        self.texts[key] = moving(axes.text(0, 1.03, "", transform=axes.transAxes, fontsize=11))

    def picture(self, kappa: float, gamma: float, trials: float) -> Picture:
        """Return the picture of one state of the body, that many trials after it changed."""
        given = {"kappa": kappa, "gamma": gamma, "trials": trials}
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        if trials != int(trials):
            raise ValueError("trials must be a whole number.")
        now = int(trials)
        before = learned_values(_CUES, _REWARD, gamma)
        at_once = np.tile(chain(_CUES, _REWARD, gamma, kappa), (_TRIALS + 1, 1))
        learned = relearn(_TRIALS, _CUES, _REWARD, gamma, kappa, _ALPHA)
        self._scale(max(float(at_once.max()), float(learned.max()), float(before.max())))
        self.state.set_text(f"worth 1, wanted × {kappa:g}")
        for line in self.now:
            line.set_xdata([now, now])
        for key, values in (("at once", at_once), ("learned", learned)):
            heights = self._label_heights(values[-1])
            for cue, name in enumerate(_NAMES):
                self.lines[key, name].set_data(
                    np.concatenate([[-8, 0], np.arange(_TRIALS + 1)]),
                    np.concatenate([[before[cue]] * 2, values[:, cue]]),
                )
                self.marks[key, name].set_data([now], [values[now, cue]])
                self.names[key, name].set_position((_TRIALS + 2, heights[cue]))
            self.texts[key].set_text(f"trial {now}: cue 1 {values[now, 0]:.2f}, cue 2 {values[now, 1]:.2f}")
        return self._describe(kappa, gamma, now, before, at_once, learned)

    def _scale(self, highest: float) -> None:
        top = next(edge for edge in _TOPS if highest <= 0.95 * edge)
        if top != self.top:
            self.top = top
            for axes in self.plots:
                axes.set_ylim(0, top)
            self.canvas.refresh(top)

    def _label_heights(self, ends: Array) -> Array:
        """Return heights for the two names at the line ends, in the lines' order and apart enough to be read."""
        gap = 0.085 * self.top
        middle, half = float(np.mean(ends)), max(gap, float(np.ptp(ends))) / 2
        upper = int(ends[1] >= ends[0])
        heights = np.full(2, middle - half)
        heights[upper] = middle + half
        return heights + max(0.0, 0.04 * self.top - float(heights.min()))

    def _describe(self, kappa: float, gamma: float, now: int, before: Array, at_once: Array, learned: Array) -> Picture:
        source = evidence.claim("cue-wanting-on-the-fly").sources[0].short
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"A chain, cue 1 leads to cue 2 leads to reward, and two line plots of a model (idea tested in rats) "
                f"against trials since κ went from 1 to {kappa:g}; before, cue 1 was at {before[0]:.2f}, cue 2 at "
                f"{before[1]:.2f} rewards. Left, wanting at once: flat, cue 1 {at_once[0, 0]:.2f}, cue 2 "
                f"{at_once[0, 1]:.2f}. Right, ordinary relearning: after {now} trials cue 1 {learned[now, 0]:.2f}, "
                f"cue 2 {learned[now, 1]:.2f}, on the way to {gamma * kappa:.2f} and {kappa:.2f}."
            ),
            caption=(
                f"Left: κ multiplies the reward that comes next, after a published model ({source}). Right: ordinary "
                "learning of a reward that has really changed. Units, discount and learning rate are assumed. Wanting "
                "is the pull of a cue; how much the reward is liked is not in this picture."
            ),
            species=_SPECIES,
            table=_table(at_once, learned, before),
            reading=self._reading(kappa, gamma, now, before, at_once[0], learned[now]),
        )

    def _reading(self, kappa: float, gamma: float, now: int, before: Array, at_once: Array, learned: Array) -> str:
        compared = ""
        if self.prediction is not None:
            answer = _grown(_ASKED_KAPPA, _ASKED_GAMMA)
            verdict = "the model agrees" if answer == self.prediction else f"in the model it is {answer}"
            compared = f" You predicted that {self.prediction} would grow at once for κ = {_ASKED_KAPPA:g}: {verdict}."
        return (
            f"κ = {kappa:g}, γ = {gamma:g}. At once, with nothing learned: cue 1 from {before[0]:.2f} to "
            f"{at_once[0]:.2f}, cue 2 from {before[1]:.2f} to {at_once[1]:.2f}. Learned again instead, after {now} "
            f"trials: cue 1 {learned[0]:.2f}, cue 2 {learned[1]:.2f}.{compared}"
        )


def _grows(name: str) -> str:
    return "both grow" if name == "both" else f"{name} grows"


def _table(at_once: Array, learned: Array, before: Array) -> Table:
    rows = [("before", *(f"{value:.2f}" for value in (*before, *before)))]
    rows += [
        (str(n), *(f"{value:.2f}" for value in (*at_once[n], *learned[n]))) for n in (0, 1, 2, 5, 10, 20, 40, _TRIALS)
    ]
    columns = ("Trials since κ changed", *(f"{name}, {how}" for how in ("wanted", "relearned") for name in _NAMES))
    return Table(columns, tuple(rows))
