"""Simulator: the levels of the striatum under reward, drug and punishment, drawn in the circuit as value moves."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.patches import FancyArrowPatch

from course import evidence
from course.models.checks import Array, within
from course.models.spiral import asymptotes, cascade
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_REWARD, _TRIALS = 1.0, 1000
_ASKED = {"levels": 5, "drug": 0.5, "punishment": 1.8, "trials": _TRIALS, "punished_from": 500}
_LIMITS = {"levels": (2, 6), "drug": (0.0, 1.0), "punishment": (0.0, 3.0), "trials": (0, _TRIALS)}
# Where the places stand: the striatum from the top level (ventral) down to the lowest (dorsal), the midbrain beside it.
_PLACES = {"NAcSh": (1.25, 3.4), "NAcC": (1.25, 2.0), "DS": (1.25, 0.6), "VTA": (3.4, 2.9), "SN": (3.4, 1.1)}
_STRIATUM = ("NAcSh", "NAcC", "DS")
_DASHES = ("solid", (0, (6, 2)), (0, (4, 1.5, 1, 1.5)), (0, (2, 1.5)), (0, (8, 2, 2, 2)), (0, (1, 1)))
_LEVEL_COLOURS = ("blue", "orange", "green", "purple", "ink", "quiet")
_VALUES = LinearSegmentedColormap.from_list("value", ["#6aaee0", "#ffffff", "#f0a070"])
_PREDICTION = NumberPrediction(example=2, unit="levels", low=0, high=5)
_SPECIES = "Model, group of animals (rat or human)"
_CAPTION = (
    "Places and connections from the course's circuit table; a reduction of a published model (Keramati and Gutkin "
    "2013), with assumed values, sets their colour. Levels stand for striatal places, ventral to dorsal; between two "
    "levels the mean is shown. Whether people's habits form along this path is contested."
)


def draw(
    levels: int = 5,
    drug: float = 0.5,
    punishment: float = 1.8,
    trials: int = _TRIALS,
    punished_from: int = 500,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `levels`: 2 to 6, from ventral to dorsal. `drug`: what the drug adds at every level, 0 to 1. `punishment`: what is
    taken from the reward of 1, 0 to 3. `trials`: 0 to 1000. `punished_from`: trials before punishment begins, 0 to
    1000 (0: it is there from the start). `prediction`: how many of five levels still value the drug after 1000 trials,
    with a drug of 0.5 and a punishment of 1.8 from trial 500. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction), punished_from).picture(levels, drug, punishment, trials)


def explore(prediction: object = ..., punished_from: int = 500) -> Panel | Notice:
    """Return the simulator. `prediction`: how many of the five levels still value the drug after 1000 trials.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    `punished_from`: trials before punishment begins; raises ValueError outside 0 to 1000.
    """
    _check_start(punished_from)
    return simulator(
        name="spiral",
        title="The spiral: value from ventral to dorsal striatum",
        controls=[
            Range("levels", "Levels", 5, 2, 6, 1, "levels"),
            Range("drug", "Drug's part D", 0.5, 0, 1, 0.1, "rewards", decimals=1),
            Range("punishment", f"Punishment, from trial {punished_from}", 1.8, 0, 3, 0.1, "rewards", decimals=1),
            Range("trials", "Trial", _TRIALS, 0, _TRIALS, 10, f"of {_TRIALS}"),
        ],
        drawing=lambda guess: _Drawing(guess, punished_from).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


@dataclass(frozen=True)
class _Course:
    """Values of all levels over all trials (trials + 1, levels), those at the trial shown, and where they will end."""

    values: Array
    now: Array
    ends: Array


def _course(levels: float, drug: float, punishment: float, trials: float, punished_from: int) -> _Course:
    given = {"levels": levels, "drug": drug, "punishment": punishment, "trials": trials}
    for name, (low, high) in _LIMITS.items():
        within(name, given[name], low, high)
    if levels != int(levels) or trials != int(trials):
        raise ValueError("levels and trials must be whole numbers.")
    count = int(levels)
    values = cascade(_TRIALS, count, _REWARD, punishment, drug, punished_from=punished_from)
    return _Course(values, values[int(trials)], asymptotes(count, _REWARD, punishment, drug))


def _check_start(punished_from: int) -> None:
    if isinstance(punished_from, bool) or not isinstance(punished_from, int) or not 0 <= punished_from <= _TRIALS:
        raise ValueError(f"punished_from must be a whole number from 0 to {_TRIALS}.")


def _wanting(values: Array) -> int:
    return int(np.sum(values > 0.005))


class _Drawing:
    """The figure, laid out once; `picture` colours the places and moves the lines."""

    def __init__(self, prediction: float | None, punished_from: int) -> None:
        _check_start(punished_from)
        self.prediction, self.punished_from = prediction, punished_from
        self.height = (0.0, 0.0)
        self.canvas = Canvas(7.6, 4.7)
        with self.canvas.styled():
            self.brain, self.axes = self.canvas.figure.subplots(1, 2, width_ratios=[1, 1.25])
            self._lay_out_circuit(self.brain)
            self._lay_out_lines(self.axes)
        self.canvas.settle()

    def _lay_out_circuit(self, axes: Axes) -> None:
        axes.set_title("MODEL · in the circuit")
        axes.set(xlim=(0, 4.3), ylim=(-0.75, 4.7), aspect="equal")
        axes.axis("off")
        quiet = COLOURS["quiet"]
        axes.text(1.25, 4.1, "striatum: ventral,\ntop level", ha="center", color=quiet, fontsize=10.5, linespacing=1.1)
        axes.text(1.25, -0.35, "dorsal, lowest level", ha="center", color=quiet, fontsize=10.5)
        axes.text(3.4, 4.1, "midbrain", ha="center", color=quiet, fontsize=10.5)
        for connection in evidence.circuit().connections:
            if connection.start in _PLACES and connection.end in _PLACES:
                inhibits = connection.sign == "-"
                axes.add_patch(
                    FancyArrowPatch(
                        _PLACES[connection.start], _PLACES[connection.end], shrinkA=25, shrinkB=25, linewidth=1.8,
                        connectionstyle="arc3,rad=0.14", color=COLOURS["blue" if inhibits else "green"],
                        linestyle="dashed" if inhibits else "solid",
                        arrowstyle="|-|,widthA=0,widthB=4" if inhibits else "-|>,head_length=6,head_width=3",
                    )
                )  # fmt: skip
        axes.text(2.15, -0.75, "— dopamine ▸    - - GABA ⊣", ha="center", fontsize=10, color=quiet)
        self.spots, self.spot_texts = {}, {}
        moving = self.canvas.moving
        for name, (x, y) in _PLACES.items():
            there = name in _STRIATUM
            spot = axes.scatter([x], [y], s=1900, facecolor="white", edgecolor=COLOURS["ink"], linewidth=1.6, zorder=3)
            text = axes.text(x, y, name, ha="center", va="center", zorder=4, linespacing=1.15, fontsize=11)
            if there:
                self.spots[name], self.spot_texts[name] = moving(spot), moving(text)

    def _lay_out_lines(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("Value of the drug")
        axes.set(xlim=(0, 1.22 * _TRIALS), ylim=(-2.0, 7.0), xlabel="Trial", ylabel="Value (rewards)")
        axes.set_xticks(np.arange(0, _TRIALS + 1, 250))
        axes.axhline(0, color=COLOURS["quiet"], linewidth=1)
        if self.punished_from < _TRIALS:
            axes.axvline(self.punished_from, color=COLOURS["quiet"], linestyle="dotted", linewidth=1.4)
            axes.text(self.punished_from + 12, 0.985, "punishment", rotation=90, va="top", fontsize=10,
                      color=COLOURS["quiet"], transform=axes.get_xaxis_transform())  # fmt: skip
        self.lines, self.names = [], []
        for colour, dash in zip(_LEVEL_COLOURS, _DASHES, strict=True):
            self.lines.append(moving(axes.plot([], [], color=COLOURS[colour], linestyle=dash, linewidth=2.0)[0]))
            self.names.append(moving(axes.text(0, 0, "", color=COLOURS[colour], va="center", fontsize=10.5)))
        self.now = moving(axes.axvline(0, color=COLOURS["ink"], linewidth=1.2))
        self.guess = None
        if self.prediction is not None:
            look = SERIES["prediction"]
            axes.plot([0.04], [0.05], look.marker, color=look.colour, transform=axes.transAxes, markersize=8)
            axes.text(0.08, 0.05, f"you: {self.prediction:g} levels", color=look.colour, va="center",
                      transform=axes.transAxes, fontsize=10.5)  # fmt: skip

    def picture(self, levels: float, drug: float, punishment: float, trials: float) -> Picture:
        """Return the picture of the circuit and of all levels at one trial."""
        course = _course(levels, drug, punishment, trials, self.punished_from)
        self._scale(course.values)
        count, trial = int(levels), int(trials)
        tops = self._label_places(course.values[trial])
        for level, (line, label) in enumerate(zip(self.lines, self.names, strict=True)):
            shown = level < count
            line.set_visible(shown)
            label.set_visible(shown)
            if shown:
                line.set_data(np.arange(trial + 1), course.values[: trial + 1, level])
                label.set_text(f"level {level}")
                label.set_position((trial + 15, tops[level]))
        self.now.set_xdata([trial, trial])
        widest = float(np.max(np.abs(course.values)))
        scale = Normalize(-max(widest, 1.0), max(widest, 1.0))
        at = np.linspace(0, count - 1, len(_STRIATUM))
        for name, place in zip(_STRIATUM, at, strict=True):
            value = float(np.interp(place, np.arange(count), course.now))
            self.spots[name].set_facecolor(_VALUES(scale(value)))
            self.spot_texts[name].set_text(f"{name}\n{_number(value)}")
        return self._describe(course, drug, punishment, trial)

    def _scale(self, values: Array) -> None:
        low = next(edge for edge in (-0.5, -1.2, -2.4) if values.min() >= 0.9 * edge)
        high = next(edge for edge in (1.5, 3.0, 5.0, 8.0) if values.max() <= 0.95 * edge)
        if (low, high) != self.height:
            self.height = (low, high)
            self.axes.set_ylim(low - (0.12 * (high - low) if self.prediction is not None else 0.0), high)
            self.canvas.refresh(self.height)

    def _label_places(self, now: Array) -> Array:
        """Return heights for the names at the line ends: in the lines' order, and far enough apart to be read."""
        gap = 0.052 * (self.height[1] - self.height[0])
        order = np.argsort(now, kind="stable")
        heights = now[order].copy()
        for i in range(1, heights.size):
            heights[i] = max(heights[i], heights[i - 1] + gap)
        # Half of what was pushed up comes back down, so that the names stay centred on their lines.
        heights -= float(np.mean(heights - now[order]))
        places = np.empty_like(now)
        places[order] = heights
        return places

    def _describe(self, course: _Course, drug: float, punishment: float, trial: int) -> Picture:
        names = [f"level {level}" for level in range(course.now.size)]
        values = ", ".join(f"{name} {_number(value)}" for name, value in zip(names, course.now, strict=True))
        punished = f"punishment {punishment:g} from trial {self.punished_from}"
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Model (rat or human). Left, a circuit diagram: shell (top level), core and dorsal striatum, coloured "
                f"by value, with their connections to ventral tegmental area and substantia nigra. Right, a line plot "
                f"of the value of each level against trials, drug {drug:g}, {punished}. At trial {trial}: {values}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(course),
            reading=self._reading(course, drug, punished, trial),
        )

    def _reading(self, course: _Course, drug: float, punished: str, trial: int) -> str:
        count, wanting = course.now.size, _wanting(course.now)
        compared = ""
        if self.prediction is not None:
            final = cascade(_TRIALS, 5, _REWARD, 1.8, 0.5, punished_from=500)[-1]
            answer = _wanting(final)
            verdict = "as in the model" if self.prediction == answer else f"in the model it is {answer}"
            compared = f" You predicted {self.prediction:g} of 5 after {_TRIALS} trials: {verdict}."
        return (
            f"Trial {trial}, drug {drug:g}, {punished}: the top (level 0) is at {_number(course.now[0])}, the bottom "
            f"(level {count - 1}) at {_number(course.now[-1])}; {wanting} of {count} levels value the drug. In the end "
            f"they approach {', '.join(_number(end) for end in course.ends)}.{compared}"
        )


def _number(value: float) -> str:
    return f"{0.0 if abs(value) < 0.005 else value:.2f}".replace("-", "−")


def _table(course: _Course) -> Table:
    rows = tuple(
        (str(trial), *(_number(value) for value in course.values[trial])) for trial in range(0, _TRIALS + 1, 100)
    )
    return Table(("Trial", *(f"Level {level}" for level in range(course.now.size))), rows)
