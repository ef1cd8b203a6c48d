"""Simulator: a trial of a size that you choose, run a thousand times: how often it finds what is there, and how big."""

import numpy as np
from matplotlib.axes import Axes

from course import evidence
from course.models.checks import Array, within
from course.models.trial import LEVEL, Trials, per_arm, power, simulate
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, Steps, simulator
from course.simulators.prediction import NumberPrediction

_CONTROL, _ASKED_TREATED, _ASKED_POWER = evidence.value("ma-relapse-1y"), 50.0, 0.8
_RUNS, _SAMPLES = 1000, 20
_SIZES = (10, 20, 50, 100, 200, 320, 500, 1000)
_SHARES = (1.0, 99.0)
_EDGES = (20.0, 40.0, 80.0, 160.0)  # half widths of the axis of differences, in percentage points
_TOPS = (15.0, 30.0, 60.0, 100.0)  # per cent of the trials at the top of the axis
_BARS = 40  # across the axis
_GRID = np.geomspace(10.0, 2000.0, 120)
_PREDICTION = NumberPrediction(example=100, unit="people per arm", low=10, high=2000)


def draw(
    per_arm: int = 100,
    control_percent: float = _CONTROL,
    treated_percent: float = _ASKED_TREATED,
    sample: int = 1,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `per_arm`: people in each arm, one of 10, 20, 50, 100, 200, 320, 500, 1000. `control_percent`, `treated_percent`:
    the true share back to use in each arm, 1 to 99. `sample`: which thousand trials, 1 to 20. `prediction`: people per
    arm that find a fall from the ledger's share at one year to 50 %, with 80 % power. Raises ValueError for other
    settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(per_arm, control_percent, treated_percent, sample)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: people per arm that find a fall to 50 % with 80 % power.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="trial-size",
        title="One trial, run a thousand times",
        controls=[
            Steps("per_arm", "People in each arm", 100, _SIZES, tuple(f"{size} people" for size in _SIZES)),
            Range("control_percent", "Truth: back to use without the treatment", _CONTROL, *_SHARES, 1, "%"),
            Range("treated_percent", "Truth: back to use with it", _ASKED_TREATED, *_SHARES, 1, "%"),
            Range("sample", "Another thousand trials", 1, 1, _SAMPLES, 1, "(its number)"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _answer() -> int:
    return per_arm(_ASKED_TREATED / 100.0, _CONTROL / 100.0, _ASKED_POWER)


def _power(size: float | Array, treated: float, control: float) -> Array:
    """Return the power, shares in per cent; where there is nothing to find, the chance of finding it all the same."""
    if treated == control:
        return np.full(np.shape(size), LEVEL)
    return power(size, treated / 100.0, control / 100.0)


def _bars(values: Array, edge: float, share_of: int) -> Array:
    """Return the corners (x, y) of a histogram's outline from -edge to edge, in per cent of all the trials."""
    count, edges = np.histogram(values, bins=_BARS, range=(-edge, edge))
    height = np.repeat(100.0 * count / share_of, 2)
    x = np.repeat(edges, 2)
    return np.column_stack([x, np.concatenate([[0.0], height, [0.0]])])


class _Drawing:
    """The figure, laid out once; `picture` moves its lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.scale = (0.0, 0.0)
        self.canvas = Canvas(7.4, 6.8)
        with self.canvas.styled():
            found, size = self.canvas.figure.subplots(2, height_ratios=[1.25, 1.0])
            self._lay_out_found(found)
            self._lay_out_power(size)
        self.canvas.settle()

    def _lay_out_found(self, axes: Axes) -> None:
        self.found_axes = axes
        moving, blue, orange = self.canvas.moving, SERIES["first"].colour, SERIES["second"].colour
        axes.set_title(f"MODEL, HUMAN · what {_RUNS} trials find", pad=46)
        axes.set(xlim=(-_EDGES[-1], _EDGES[-1]), ylim=(0, _TOPS[-1]), ylabel="Per cent of the trials",
                 xlabel="Difference found (percentage points; below 0: fewer back to use)")  # fmt: skip
        nothing = np.zeros((2, 2))
        self.all_bars = moving(
            axes.fill(*nothing.T, facecolor="#dcdcdc", edgecolor=COLOURS["quiet"], label="all trials")[0]
        )
        self.seen_bars = moving(
            axes.fill(*nothing.T, facecolor="white", edgecolor=orange, hatch="////", linewidth=1.2,
                      label="significant (p < 0.05)")[0]
        )  # fmt: skip
        self.truth = moving(axes.axvline(0, color=blue, linewidth=2.2, label="the truth"))
        self.curse = moving(axes.axvline(0, color=orange, linestyle="dashed", linewidth=2.2,
                                         label="mean of the significant ones"))  # fmt: skip
        axes.axvline(0, color=COLOURS["quiet"], linewidth=0.8)
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, borderaxespad=0, fontsize=11,
                    handlelength=2.0, columnspacing=1.4, handletextpad=0.5, labelspacing=0.35)  # fmt: skip

    def _lay_out_power(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL · power: how often the trial comes out significant", pad=26)
        axes.set(xlim=(9, 2200), ylim=(0, 103), xscale="log", xlabel="People in each arm", ylabel="Power (%)")
        axes.set_xticks(ticks := [10, 30, 100, 300, 1000], [str(tick) for tick in ticks])
        axes.minorticks_off()
        axes.set_yticks([0, 20, 40, 60, 80, 100])
        axes.axhline(100.0 * _ASKED_POWER, color=COLOURS["quiet"], linestyle="dotted", linewidth=1.4)
        first = SERIES["first"]
        self.curve = moving(axes.plot([], [], color=first.colour)[0])
        self.here = moving(axes.plot([], [], first.marker, color=first.colour, markersize=9, clip_on=False)[0])
        self.text = moving(axes.text(0, 1.05, "", transform=axes.transAxes, fontsize=11))
        if self.prediction is not None:
            look = SERIES["prediction"]
            moving(
                axes.plot([self.prediction], [100.0 * _ASKED_POWER], look.marker, color=look.colour, markersize=9,
                          zorder=6, markeredgecolor="white", clip_on=False)[0]
            )  # fmt: skip
            axes.annotate(
                f"you: {self.prediction:g}", (self.prediction, 100.0 * _ASKED_POWER), xytext=(0, 7),
                textcoords="offset points", color=look.colour, ha="left" if self.prediction < 100 else "right",
            )  # fmt: skip

    def picture(self, per_arm: float, control_percent: float, treated_percent: float, sample: float) -> Picture:
        """Return the picture of a thousand trials of one size."""
        if per_arm not in _SIZES:
            raise ValueError(f"per_arm must be one of {', '.join(map(str, _SIZES))}.")
        for name, share in (("control_percent", control_percent), ("treated_percent", treated_percent)):
            within(name, share, _SHARES[0], _SHARES[1])
        if sample not in range(1, _SAMPLES + 1):
            raise ValueError(f"sample must be a whole number from 1 to {_SAMPLES}.")
        size, truth = int(per_arm), treated_percent - control_percent
        run = simulate(size, treated_percent / 100.0, control_percent / 100.0, _RUNS, int(sample))
        found = 100.0 * run.difference
        seen = found[run.significant]
        edge = next(edge for edge in _EDGES if float(np.abs(found).max()) <= edge)
        bars = _bars(found, edge, _RUNS)
        self._scale(edge, next(top for top in _TOPS if float(bars[:, 1].max()) <= top))
        self.all_bars.set_xy(bars)
        self.seen_bars.set_xy(_bars(seen, edge, _RUNS))
        self.truth.set_xdata([truth, truth])
        self.curse.set_visible(seen.size > 0)
        if seen.size:
            self.curse.set_xdata([seen.mean(), seen.mean()])
        self.curve.set_data(_GRID, 100.0 * _power(_GRID, treated_percent, control_percent))
        chance = 100.0 * float(_power(size, treated_percent, control_percent))
        self.here.set_data([size], [chance])
        self.text.set_text(
            f"{size} in each arm: {chance:.0f} % by the formula, {100 * run.significant.mean():.1f} % of these trials"
        )
        return self._describe(size, control_percent, treated_percent, run, chance)

    def _scale(self, edge: float, top: float) -> None:
        """Give the plot of differences the smallest of a few widths and heights that holds every trial."""
        if (edge, top) != self.scale:
            self.scale = (edge, top)
            self.found_axes.set(xlim=(-edge, edge), ylim=(0, top))
            self.canvas.refresh(self.scale)

    def _describe(self, size: int, control: float, treated: float, run: Trials, chance: float) -> Picture:
        truth, found = treated - control, 100.0 * run.difference
        seen = found[run.significant]
        share = 100.0 * seen.size / _RUNS
        low, high = np.percentile(found, [2.5, 97.5])
        wrong_way = int(np.count_nonzero(seen * truth < 0.0)) if truth else 0
        if not seen.size:
            curse = "No trial came out significant."
        elif truth == 0.0:
            curse = f"There is nothing to find, and {share:.1f} % found it all the same."
        else:
            curse = (
                f"The significant ones report {_points(float(seen.mean()))} on average, "
                f"{seen.mean() / truth:.1f} times the truth; pointing the wrong way: {wrong_way}."
            )
        needed = ""
        if 0.0 < abs(truth):
            people = per_arm(treated / 100.0, control / 100.0, _ASKED_POWER)
            needed = f" For {100 * _ASKED_POWER:.0f} % power the formula asks for {people} in each arm."
        compared = ""
        if self.prediction is not None:
            answer = _answer()
            ratio = answer / self.prediction
            verdict = "close" if 0.9 <= ratio <= 1.1 else f"{ratio:.2g} times your number"
            compared = (
                f" You predicted {self.prediction:g} in each arm for {_CONTROL:g} against {_ASKED_TREATED:g} %: it "
                f"takes {answer}, {verdict}."
            )
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Two plots of a model of trials in people, {size} in each arm. Above, a histogram of the difference "
                f"found in {_RUNS} trials, in percentage points: 95 % of them between {_points(float(low))} and "
                f"{_points(float(high))}, the truth at {_points(truth)}; hatched, the {share:.1f} % that are "
                "significant. Below, power in per cent against people in each arm on a log axis, with a dotted line "
                f"at {100 * _ASKED_POWER:.0f} %; here {chance:.0f} %."
            ),
            caption=(
                f"Imagined trials, {_RUNS} of them, each judged by a two-sided test of two shares at p < 0.05. "
                f"{control:g} % and {treated:g} % are the truth that no real trial knows; the panel starts from the "
                "share back to use within a year of treatment, against an assumed effect."
            ),
            species="Model, human groups",
            table=_table(control, treated),
            reading=(
                f"Model of trials in people: {control:g} % back to use without the treatment, {treated:g} % with it "
                f"(truth {_points(truth)} points), {size} in each arm. {share:.1f} % of {_RUNS} trials are "
                f"significant; the formula says {chance:.1f} %. {curse}{needed}{compared}"
            ),
        )


def _points(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−").replace("+0.0", "0")


def _table(control: float, treated: float) -> Table:
    rows = []
    for size in _SIZES:
        error = (control * (100.0 - control) / size + treated * (100.0 - treated) / size) ** 0.5
        chance = 100.0 * float(_power(size, treated, control))
        rows.append((f"{size}", f"{2 * size}", f"{error:.1f}", f"{chance:.1f}"))
    columns = ("People in each arm", "People in all", "Standard error of the difference (points)", "Power (%)")
    return Table(columns, tuple(rows))
