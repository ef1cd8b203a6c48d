"""Simulator: outcome devaluation, with a goal-directed and a cached part of responding."""

import numpy as np
from matplotlib.axes import Axes

from course.models.checks import Array, within
from course.models.devaluation import responding
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_MOST = 50
_LIMITS = {"weight": (0.0, 1.0), "worth_percent": (0.0, 100.0), "test_trials": (0, _MOST)}
_ASKED_WEIGHT = 0.7
_PREDICTION = NumberPrediction(example=50, unit="per cent", low=0, high=100)
_SPECIES = "Model, group of rats"
_CAPTION = (
    "An idealised devaluation experiment: train, devalue the outcome elsewhere, then test without it. Responding is "
    "read as a straight-line mixture of a goal-directed and a cached value (assumed), with an assumed learning rate."
)


def draw(weight: float = 0.7, worth_percent: float = 0.0, test_trials: int = 0, prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `weight`: goal-directed part of responding, 0 to 1. `worth_percent`: what the outcome is still worth, 0 to 100.
    `test_trials`: trials after the test in which the outcome is really delivered, 0 to 50. `prediction`: by how many
    per cent responding falls in the test when w = 0.7 and nothing of the worth is left. Raises ValueError otherwise.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(weight, worth_percent, test_trials)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: the fall in per cent for w = 0.7 when the outcome has lost all its worth.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="devaluation",
        title="Outcome devaluation",
        controls=[
            Range("weight", "Goal-directed part w", _ASKED_WEIGHT, 0, 1, 0.05, "of 1", decimals=2),
            Range("worth_percent", "The outcome is still worth", 0, 0, 100, 5, "% of before"),
            Range("test_trials", "Then really delivered", 0, 0, _MOST, 1, "times"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


class _Drawing:
    """The figure, laid out once; `picture` moves bars and lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.4, 4.4)
        with self.canvas.styled():
            left, right = self.canvas.figure.subplots(1, 2, width_ratios=[1, 1.25])
            self._lay_out_test(left)
            self._lay_out_after(right)
        self.canvas.settle()

    def _lay_out_test(self, axes: Axes) -> None:
        axes.set_title("MODEL, RAT · test", pad=28)
        axes.text(-0.6, 120, "outcome never comes", va="bottom", color=COLOURS["quiet"], fontsize=11)
        axes.set(xlim=(-0.6, 1.6), ylim=(0, 118), ylabel="Responding (% of before)")
        axes.set_xticks([0, 1], ["still valued", "devalued"])
        axes.tick_params(axis="x", length=0)
        axes.set_yticks(range(0, 101, 25))
        axes.bar(0, 100, 0.6, color=COLOURS["quiet"])
        axes.text(0, 102, "100 %", ha="center", fontweight="bold", color=COLOURS["quiet"])
        moving = self.canvas.moving
        self.cached = moving(axes.bar(1, 0, 0.6, color=COLOURS["orange"])[0])
        self.goal = moving(axes.bar(1, 0, 0.6, facecolor="white", edgecolor=COLOURS["blue"], hatch="///")[0])
        self.bar_text = moving(axes.text(1, 0, "", ha="center", va="bottom", fontweight="bold"))
        if self.prediction is not None:
            look, y = SERIES["prediction"], 100 - self.prediction
            axes.plot([0.62, 1.42], [y, y], color=look.colour, linestyle=look.dash, marker=look.marker, markevery=[1],
                      markersize=9, zorder=5)  # fmt: skip
            axes.text(
                1, 112, f"you: −{self.prediction:g} %", color=look.colour, va="center", ha="center", fontsize=10.5
            )

    def _lay_out_after(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL, RAT · then with the outcome", pad=28)
        axes.set(xlim=(0, _MOST), ylim=(0, 118), xlabel="Times the outcome was delivered")
        axes.set_yticks(range(0, 101, 25))
        self.lines = {}
        looks = {"habit": SERIES["second"], "mixture": SERIES["third"], "goal": SERIES["first"]}
        labels = {"habit": "w = 0 (cached)", "mixture": "your w", "goal": "w = 1"}
        for name, look in looks.items():
            self.lines[name] = moving(
                axes.plot([], [], color=look.colour, linestyle=look.dash, label=labels[name],
                          linewidth=3.0 if name == "mixture" else 1.8)[0]
            )  # fmt: skip
        self.now = moving(
            axes.plot([], [], "o", color=SERIES["third"].colour, markersize=10, zorder=6, clip_on=False)[0]
        )
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False, borderaxespad=0, fontsize=10,
                    handlelength=1.9, columnspacing=0.9)  # fmt: skip

    def picture(self, weight: float, worth_percent: float, test_trials: float) -> Picture:
        """Return the picture of one mixture, one worth, and so many deliveries."""
        given = {"weight": weight, "worth_percent": worth_percent, "test_trials": test_trials}
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        times, worth = np.arange(_MOST + 1.0), worth_percent / 100.0
        curves = {
            "habit": 100.0 * responding(0.0, worth, times),
            "mixture": 100.0 * responding(weight, worth, times),
            "goal": 100.0 * responding(1.0, worth, times),
        }
        goal, cached = 100.0 * weight * worth, 100.0 * (1.0 - weight)
        self.cached.set_height(cached)
        self.goal.set_y(cached)
        self.goal.set_height(goal)
        self.bar_text.set_text(f"{goal + cached:.0f} %")
        self.bar_text.set_y(goal + cached + 2)
        for name, values in curves.items():
            self.lines[name].set_data(times, values)
        at = int(test_trials)
        self.now.set_data([at], [curves["mixture"][at]])
        fall = 100.0 - curves["mixture"][0]
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Model of a group of rats. Left, two bars of responding in per cent of before, in a test without the "
                f"outcome: 100 % still valued, {goal + cached:.0f} % devalued, of which {cached:.0f} points are cached "
                f"(solid) and {goal:.0f} goal-directed (hatched). Right, a line plot of responding against deliveries "
                f"of the devalued outcome, 0 to {_MOST}: your mixture ends at {curves['mixture'][-1]:.0f} %, and is at "
                f"{curves['mixture'][at]:.0f} % after {at}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(curves),
            reading=(
                f"w = {weight:g}, outcome still worth {worth_percent:g} % of before: in the test without the outcome "
                f"responding falls by {fall:.0f} %. Only cached, it would not fall; only goal-directed, by "
                f"{100 - worth_percent:.0f} %. After {at} deliveries of the devalued outcome it is at "
                f"{curves['mixture'][at]:.0f} %.{self._compared()}"
            ),
        )

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        answer = 100.0 - 100.0 * float(responding(_ASKED_WEIGHT, 0.0))
        gap = self.prediction - answer
        verdict = "as in the model" if abs(gap) <= 2 else f"in the model it is {answer:.0f} %"
        return f" You predicted a fall of {self.prediction:g} % for w = {_ASKED_WEIGHT:g}: {verdict}."


def _table(curves: dict[str, Array]) -> Table:
    rows = tuple(
        (str(n), *(f"{curves[name][n]:.0f} %" for name in ("habit", "mixture", "goal")))
        for n in (0, 1, 2, 5, 10, 20, 50)
    )
    return Table(("Deliveries after the test", "Only cached", "Your mixture", "Only goal-directed"), rows)
