"""Simulator: the same share of choices by a biased start or by drift, told apart by reaction times alone."""

from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes

from course.models.checks import Array, within
from course.models.drift_diffusion import choice_and_time, density, drift_for, mean_times
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import WordPrediction

_LIMITS = {"share_percent": (50, 95), "bias_percent": (0, 100), "boundary": (0.8, 2.5)}
_LONGEST = 3.0
_PATHS, _SEED = 3, 2
_ASKED_SHARE = 75.0
_PREDICTION = WordPrediction({word: word for word in ("bias", "drift", "both", "neither")})
_SPECIES = "Model, group of people (human)"
_CAPTION = (
    "A diffusion between two boundaries (Ratcliff 1978): noise 1, time in the units of the model, all values assumed. "
    "The share of choices alone cannot tell a biased start from drift; the times of the two choices can."
)


def draw(
    share_percent: float = 75.0, bias_percent: float = 50.0, boundary: float = 1.5, prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `share_percent`: choices that are "use" (the upper boundary), 50 to 95. `bias_percent`: how much of that comes from
    the starting point, 0 to 100; the rest is drift, such that the share stays. `boundary`: 0.8 to 2.5. `prediction`:
    with which of both the more frequent choice is also the faster one. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(share_percent, bias_percent, boundary)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: "bias", "drift", "both" or "neither" makes the frequent choice the faster.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="bias-or-drift",
        title="Bias or drift",
        controls=[
            Range("share_percent", 'Choices that are "use"', _ASKED_SHARE, 50, 95, 1, "%"),
            Range("bias_percent", "Of that, from a biased start", 50, 0, 100, 5, "%"),
            Range("boundary", "Boundary a (caution)", 1.5, 0.8, 2.5, 0.1, "units", decimals=1),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _parameters(share_percent: float, bias_percent: float, boundary: float) -> tuple[float, float]:
    """Return (drift, start) with which the upper boundary gets its share."""
    share = share_percent / 100.0
    start = boundary * (0.5 + bias_percent / 100.0 * (share - 0.5))
    return drift_for(share, boundary, start), start


class _Drawing:
    """The figure, laid out once; `picture` moves the lines."""

    def __init__(self, prediction: str | None) -> None:
        self.prediction = prediction
        self.height = 0.0
        self.canvas = Canvas(7.6, 4.5)
        with self.canvas.styled():
            left, self.right = self.canvas.figure.subplots(1, 2, width_ratios=[1, 1.1])
            self._lay_out_walks(left)
            self._lay_out_times(self.right)
        self.canvas.settle()

    def _lay_out_walks(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL · evidence on its way", pad=28)
        axes.set(xlim=(0, 1.5), ylim=(-0.3, 2.8), xlabel="Time (units of the model)", ylabel="Evidence")
        axes.set_yticks([0, 1, 2])
        axes.axhline(0, color=COLOURS["orange"], linewidth=2.4, linestyle="dashed")
        axes.text(1.48, -0.06, '"not use" (0)', color=COLOURS["orange"], va="top", ha="right", fontsize=10.5)
        self.top = moving(axes.axhline(1, color=COLOURS["blue"], linewidth=2.4))
        self.top_text = moving(axes.text(1.48, 1, "", color=COLOURS["blue"], va="bottom", ha="right", fontsize=10.5))
        self.walks = [moving(axes.plot([], [], color="#8a8a8a", linewidth=1.0)[0]) for _ in range(_PATHS)]
        self.mean = moving(axes.plot([], [], color=COLOURS["ink"], linewidth=3)[0])
        self.start = moving(axes.plot([], [], "o", color=COLOURS["ink"], markersize=10, clip_on=False, zorder=5)[0])
        axes.plot([], [], "-o", color=COLOURS["ink"], linewidth=3, label="start z, drift v")
        axes.plot([], [], color="#8a8a8a", linewidth=1, label="single walks")
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, borderaxespad=0, fontsize=10,
                    handlelength=1.7, columnspacing=1.0)  # fmt: skip

    def _lay_out_times(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL · when choices are made", pad=28)
        axes.set(xlim=(0, _LONGEST), ylim=(0, 1), xlabel="Time (units of the model)")
        axes.set_ylabel("Density, each choice by itself")
        looks = {"use": SERIES["first"], "not use": SERIES["second"]}
        self.curves, self.means = {}, {}
        for which, look in looks.items():
            self.curves[which] = moving(
                axes.plot([], [], color=look.colour, linestyle=look.dash, label=f'"{which}"')[0]
            )
            self.means[which] = moving(axes.axvline(0, color=look.colour, linestyle=look.dash, linewidth=1.4))
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, borderaxespad=0, fontsize=10,
                    handlelength=2.2, columnspacing=1.2)  # fmt: skip
        axes.text(0.98, 0.97, "thin lines: means", transform=axes.transAxes, ha="right", va="top", fontsize=10.5,
                  color=COLOURS["quiet"])  # fmt: skip
        if self.prediction is not None:
            look = SERIES["prediction"]
            axes.plot([0.62], [0.84], look.marker, color=look.colour, transform=axes.transAxes, markersize=8)
            axes.text(0.66, 0.84, f"you: {self.prediction}", color=look.colour, va="center", fontsize=10.5,
                      transform=axes.transAxes)  # fmt: skip

    def picture(self, share_percent: float, bias_percent: float, boundary: float) -> Picture:
        """Return the picture of one share, made of so much bias and the rest drift."""
        given = {"share_percent": share_percent, "bias_percent": bias_percent, "boundary": boundary}
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        drift, start = _parameters(share_percent, bias_percent, boundary)
        times = np.linspace(0, _LONGEST, 301)
        share = float(choice_and_time(drift, boundary, start)[0])
        shapes = density(times, drift, boundary, start)
        curves = {"use": shapes[0] / share, "not use": shapes[1] / (1.0 - share)}
        means = dict(zip(curves, (float(mean) for mean in mean_times(drift, boundary, start)), strict=True))
        self._scale(max(float(curve.max()) for curve in curves.values()))
        for which, curve in curves.items():
            self.curves[which].set_data(times, curve)
            self.means[which].set_xdata([means[which]] * 2)
        self.top.set_ydata([boundary] * 2)
        self.top_text.set_text(f'"use" (a = {boundary:g})')
        self.top_text.set_y(boundary + 0.04)
        self._show_walks(drift, start, boundary)
        return self._describe(share_percent, bias_percent, boundary, drift, start, means)

    def _scale(self, highest: float) -> None:
        height = next(top for top in (1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 20.0, 60.0) if highest <= 0.97 * top)
        if height != self.height:
            self.height = height
            self.right.set_ylim(0, height)
            self.canvas.refresh(height)

    def _show_walks(self, drift: float, start: float, boundary: float) -> None:
        step = 0.01
        noise = np.random.default_rng(_SEED).standard_normal((_PATHS, 150))
        for line, kicks in zip(self.walks, noise, strict=True):
            walk = start + np.concatenate([[0.0], np.cumsum(drift * step + np.sqrt(step) * kicks)])
            out = np.flatnonzero((walk <= 0.0) | (walk >= boundary))
            end = int(out[0]) + 1 if out.size else walk.size
            line.set_data(step * np.arange(end), np.clip(walk[:end], 0.0, boundary))
        until = min(1.0, (boundary - start) / drift) if drift > 0.0 else 1.0
        self.mean.set_data([0, until], [start, start + drift * until])
        self.start.set_data([0], [start])

    def _describe(
        self, share: float, bias: float, boundary: float, drift: float, start: float, means: dict[str, float]
    ) -> Picture:
        use, other = means["use"], means["not use"]
        # Rounded as shown: from the middle both are equal, and their last digits are no difference.
        faster = "both take equally long" if round(use, 3) == round(other, 3) else '"use" is faster'
        shown = 0.0 if abs(drift) < 0.005 else drift
        says = (
            f'{share:g} % "use", {bias:g} % of it from the start: z = {start:.2f} of a = {boundary:g}, drift v = '
            f'{shown:.2f}. Mean time {use:.2f} for "use" and {other:.2f} for "not use": {faster}.'
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Model of a group of people (human). Left, evidence between two boundaries over time, with a start "
                f"at {start:.2f}, a drift of {shown:.2f} and three single walks. Right, the densities of the times of "
                f"use and not-use choices, with means {use:.2f} and {other:.2f}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(share, boundary),
            reading=says + self._compared(),
        )

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        answer = _answer()
        verdict = "as in the model" if self.prediction == answer else f"in the model it is {answer}"
        return f" You predicted that the frequent choice is also the faster one with {self.prediction}: {verdict}."


@lru_cache(maxsize=1)
def _answer() -> str:
    """Return with which of both the frequent choice is the faster one, as the model has it."""
    faster = []
    for word, percent in {"bias": 100.0, "drift": 0.0}.items():
        drift, start = _parameters(_ASKED_SHARE, percent, 1.5)
        use, other = mean_times(drift, 1.5, start)
        if round(float(use), 3) < round(float(other), 3):
            faster.append(word)
    return faster[0] if len(faster) == 1 else "both" if faster else "neither"


def _table(share: float, boundary: float) -> Table:
    rows = []
    for percent in (0, 25, 50, 75, 100):
        drift, start = _parameters(share, percent, boundary)
        use, other = mean_times(drift, boundary, start)
        _, every = choice_and_time(drift, boundary, start)
        values: list[float | Array] = [start, 0.0 if abs(drift) < 0.005 else drift, use, other, every]
        rows.append((f"{percent} %", f"{share:g} %", *(f"{float(value):.2f}" for value in values)))
    return Table(
        ("From the start", '"use"', "Start z", "Drift v", 'Mean time of "use"', 'Of "not use"', "Of both"), tuple(rows)
    )
