"""Simulator: a loop that saturates, with noise: one state or two, jumps, and how long one waits for them."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from course.models.checks import Array, within
from course.models.cusp import equilibria, potential, simulate, two_states, waiting_time
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_LIMITS = {"tilt": (-0.6, 0.6), "split": (-1.0, 1.5), "noise": (0.2, 0.8), "run": (1, 9)}
_ASKED = (0.0, 1.0)  # tilt and split in the prediction
_MORE, _LESS = 0.5, 0.35  # noise before and after
# numerical: a run of 200 units in steps of 0.005, of which every twentieth is drawn
_LASTS, _STEP, _DRAWN = 200.0, 0.005, 20
_NOISES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)
_X = np.linspace(-2.6, 2.6, 261)
_LONGEST = 1e6  # the upper end of the axis of waiting times
_PREDICTION = NumberPrediction(example=2, unit="times as long", low=1, high=50)
_SPECIES = "Model of a loop in people; nothing was measured"
_CAPTION = (
    "x' = a + b x − x³ with noise: the simplest loop that feeds itself and saturates. State, time and noise are in "
    "units of the model, all values assumed. How long a state lasts is a mean over many runs; one run may do anything. "
    "The model knows nothing of any person."
)


def draw(tilt: float = 0.0, split: float = 1.0, noise: float = 0.5, run: int = 1, prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `tilt`: a, -0.6 to 0.6 (above 0 the high state is the deeper one). `split`: b, -1 to 1.5 (two states need more than
    0). `noise`: sigma, 0.2 to 0.8. `run`: which throw of the dice, 1 to 9. `prediction`: how many times longer a state
    lasts on average when noise falls from 0.5 to 0.35, at a = 0 and b = 1. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(tilt, split, noise, run)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: how many times longer a state lasts when noise falls from 0.5 to 0.35.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="cusp",
        title="Two states, noise and waiting",
        controls=[
            Range("tilt", "Tilt a", 0, -0.6, 0.6, 0.05, "units", decimals=2),
            Range("split", "Split b", 1, -1, 1.5, 0.1, "units", decimals=1),
            Range("noise", "Noise σ", _MORE, 0.2, 0.8, 0.05, "units", decimals=2),
            Range("run", "Run", 1, 1, 9, 1, "of 9"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _answer() -> float:
    """Return how many times longer a state lasts at the smaller noise of the prediction."""
    low, _, high = equilibria(*_ASKED)
    return waiting_time(*_ASKED, _LESS, low, high) / waiting_time(*_ASKED, _MORE, low, high)


def _both_ways(tilt: float, split: float, noise: float, ends: tuple[float, float]) -> tuple[float, float]:
    """Return the mean waiting times from the lower of two states to the higher, and back."""
    low, high = ends
    return waiting_time(tilt, split, noise, low, high), waiting_time(tilt, split, noise, high, low)


def _jumps(path: Array, low: float, high: float) -> int:
    """Return how often a run went from one valley to the other, all the way."""
    where = np.where(path >= high, 1, np.where(path <= low, -1, 0))
    reached = where[where != 0]
    return int(np.count_nonzero(np.diff(reached)))


class _Drawing:
    """The figure, laid out once; `picture` moves lines and marks."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(8.0, 5.8)
        with self.canvas.styled():
            grid = self.canvas.figure.subplot_mosaic(
                [["land", "wait"], ["run", "run"]], height_ratios=[1.15, 1], width_ratios=[1, 1.1]
            )
            self._lay_out_land(grid["land"])
            self._lay_out_wait(grid["wait"])
            self._lay_out_run(grid["run"])
        self.canvas.settle()

    def _lay_out_land(self, axes: Axes) -> None:
        axes.set_title("MODEL · landscape", pad=8)
        axes.set(xlim=(-2.2, 2.2), ylim=(-1.7, 1.6), xlabel="State x (units)", ylabel="Height V (units)")
        moving = self.canvas.moving
        self.land = moving(axes.plot([], [], color=COLOURS["ink"])[0])
        self.valleys = moving(axes.plot([], [], "o", color=SERIES["first"].colour, markersize=10, zorder=5)[0])
        self.top = moving(axes.plot([], [], "^", color=COLOURS["quiet"], markersize=10, zorder=5)[0])
        axes.text(0.5, 0.95, "● stable   ▲ tips over", color=COLOURS["quiet"], fontsize=10, ha="center", va="top",
                  transform=axes.transAxes)  # fmt: skip

    def _lay_out_wait(self, axes: Axes) -> None:
        axes.set_title("How long a state lasts, on average", pad=26)
        axes.set(xlim=(0.15, 0.85), yscale="log", ylim=(1, _LONGEST), xlabel="Noise σ (units)")
        axes.set_ylabel("Mean waiting time (units)")
        axes.set_yticks([1, 100, 1e4, 1e6])
        axes.minorticks_off()
        moving = self.canvas.moving
        self.waits: dict[str, tuple[Line2D, Line2D]] = {}
        for name, look in (("low → high", SERIES["first"]), ("high → low", SERIES["second"])):
            line = axes.plot([], [], color=look.colour, linestyle=look.dash, label=name)[0]
            # Where both are equal, the round mark shows behind the square one.
            size = 13 if look.marker == "o" else 8
            mark = axes.plot([], [], look.marker, color=look.colour, markersize=size, zorder=5)[0]
            self.waits[name] = moving(line), moving(mark)
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, borderaxespad=0,
                    fontsize=10.5, handlelength=2.4)  # fmt: skip
        self.nothing = moving(
            axes.text(0.5, 0.5, "one state:\nnothing to wait for", ha="center", va="center", color=COLOURS["quiet"],
                      transform=axes.transAxes)
        )  # fmt: skip
        style = SERIES["prediction"]
        self.guess = moving(axes.plot([], [], style.marker, color=style.colour, markersize=9, zorder=6)[0])
        if self.prediction is not None:
            low, _, high = equilibria(*_ASKED)
            self.guess.set_data([_LESS], [self.prediction * waiting_time(*_ASKED, _MORE, low, high)])
            axes.text(0.97, 0.96, f"◆ you: {self.prediction:g} times as long", color=style.colour, fontsize=10.5,
                      ha="right", va="top", transform=axes.transAxes)  # fmt: skip

    def _lay_out_run(self, axes: Axes) -> None:
        axes.set_title("One run", pad=8)
        axes.set(xlim=(0, _LASTS), ylim=(-2.6, 2.6), xlabel="Time (units)", ylabel="State x (units)")
        moving = self.canvas.moving
        self.levels = [
            moving(axes.plot([], [], color=COLOURS["quiet"], linestyle="dotted", linewidth=1.4)[0]) for _ in range(2)
        ]
        self.path = moving(axes.plot([], [], color=SERIES["first"].colour, linewidth=1.0)[0])

    def picture(self, tilt: float, split: float, noise: float, run: int) -> Picture:
        """Return the picture of one landscape, one noise and one run."""
        given = {"tilt": tilt, "split": split, "noise": noise, "run": run}
        for name, (lowest, highest) in _LIMITS.items():
            within(name, given[name], lowest, highest)
        if run != int(run):
            raise ValueError("run must be a whole number.")
        states, two = equilibria(tilt, split), bool(two_states(tilt, split))
        ends = (float(states[0]), float(states[-1]))
        self.land.set_data(_X, potential(_X, tilt, split))
        # At the very edge of the cusp a merged pair, where V is flat, may stand beside the one stable state.
        stable = states[[0, -1]] if two else states[[int(np.argmin(split - 3.0 * states**2))]]
        self.valleys.set_data(stable, potential(stable, tilt, split))
        top = states[1:2] if two else states[:0]
        self.top.set_data(top, potential(top, tilt, split))
        kicks = np.random.default_rng(int(run)).standard_normal(round(_LASTS / _STEP))
        path = simulate(tilt, split, noise, float(stable[0]), kicks, _STEP)
        self.path.set_data(_STEP * np.arange(path.size)[::_DRAWN], path[::_DRAWN])
        for line, level in zip(self.levels, (*stable, *stable)[:2], strict=True):
            line.set_data([0, _LASTS], [level, level])
        now = _both_ways(tilt, split, noise, ends) if two else None
        waits = np.array([_both_ways(tilt, split, each, ends) for each in _NOISES]) if two else None
        if now is not None and waits is not None:
            self._move_waits(noise, now, waits)
        for line, mark in self.waits.values():
            line.set_visible(two)
            mark.set_visible(two)
        self.nothing.set_visible(not two)
        self.guess.set_visible(self.prediction is not None and (tilt, split) == _ASKED)
        return self._describe(given, stable, now, _jumps(path, *ends) if two else 0, _table(waits))

    def _move_waits(self, noise: float, now: tuple[float, float], waits: Array) -> None:
        for (line, mark), each, times in zip(self.waits.values(), now, waits.T, strict=True):
            line.set_data(_NOISES, np.minimum(times, 1e300))  # an axis cannot show infinity
            mark.set_data([noise], [each])

    def _describe(
        self, given: dict[str, float], stable: Array, waits: tuple[float, float] | None, jumps: int, table: Table
    ) -> Picture:
        where = " and ".join(f"{state:.2f}" for state in stable)
        if waits is None:
            found = f"one stable state, at {where}: the run wanders around it"
        else:
            found = (
                f"two stable states, at {where}. From the low one to the high one it takes {_long(waits[0])} units on "
                f"average, and back {_long(waits[1])}; this run of {_LASTS:g} units makes "
                f"{jumps} {'jump' if jumps == 1 else 'jumps'}"
            )
        settings = ", ".join(f"{name} {value:g}" for name, value in given.items())
        says = f"{settings.capitalize()}: {found}.".replace("-", "−")
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Model, a loop in people. Above left, the landscape V against the state x; above right, mean waiting "
                f"time against noise, logarithmic; below, one noisy run of x over {_LASTS:g} units of time. {says}"
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=table,
            reading=says + self._compared(),
        )

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        answer = _answer()
        near = abs(self.prediction - answer) <= 0.5
        verdict = "as in the model" if near else f"in the model it is {answer:.1f} times as long"
        return (
            f" You predicted that a state lasts {self.prediction:g} times as long when noise falls from {_MORE:g} to "
            f"{_LESS:g}, at tilt {_ASKED[0]:g} and split {_ASKED[1]:g}: {verdict}."
        )


def _long(time: float) -> str:
    return f"{time:.0f}" if time < _LONGEST else "more than a million"


def _table(waits: Array | None) -> Table:
    columns = ("Noise σ (units)", "Low to high, mean (units)", "High to low, mean (units)")
    if waits is None:
        return Table(columns, tuple((f"{noise:g}", "one state", "one state") for noise in _NOISES))
    rows = zip(_NOISES, waits, strict=True)
    return Table(columns, tuple((f"{noise:g}", _long(times[0]), _long(times[1])) for noise, times in rows))
