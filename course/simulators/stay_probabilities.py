"""Simulator: how often model agents repeat their first choice in the two-step task, from model-free to model-based."""

from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes

from course.models.checks import Array, within
from course.models.two_step import Agent, interaction, make_world, reward_effect, simulate, stay_table
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import WordPrediction

KINDS = ("paid,\ncommon", "paid,\nrare", "not paid,\ncommon", "not paid,\nrare")
SPOKEN = tuple(kind.replace("\n", " ") for kind in KINDS)
FILLS = (("blue", ""), ("blue", "///"), ("orange", ""), ("orange", "///"))
_AGENTS, _TRIALS = 300, 100
_PREDICTION = WordPrediction(
    {
        "more": "more",
        "less": "less",
        "equally": "equally",
        "equal": "equally",
        "the same": "equally",
        "same": "equally",
    }
)
_SPECIES = "Model agents (a task made for people; human data are not shown)"
_CAPTION = (
    "Three hundred model agents play a hundred trials each of a two-step task (after Daw and colleagues 2011); their "
    "learning rate and strictness of choice are assumed. The weight describes choices in this task, not a system of "
    "the brain."
)


def draw(weight: float = 0.5, common: float = 0.7, prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `weight`: 0 purely model-free, 1 purely model-based. `common`: chance of the common transition, 0.5 to 1 (at 1 there
    is no rare one). `prediction`: whether a model-based agent is "more", "less" or "equally" likely to repeat its first
    choice after a rare transition that paid, compared with a rare one that did not. Raises ValueError otherwise.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(weight, common)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: "more", "less" or "equally", for a model-based agent after a rare pay.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="stay-probabilities",
        title="How often model agents repeat their first choice",
        controls=[
            Range("weight", "Weight of the plan w", 0.5, 0, 1, 0.1, "(0 model-free, 1 model-based)", decimals=1),
            Range("common", "Chance of the common way", 0.7, 0.5, 1, 0.05, "of 1", decimals=2),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


@lru_cache(maxsize=256)
def _table_of(weight: float, common: float) -> tuple[float, ...]:
    """Return the four stay probabilities, row by row; nan where no such trial occurs."""
    play = simulate(make_world(_TRIALS, _AGENTS, common), Agent(weight=weight))
    return tuple(float(share) for share in stay_table(play.choice, play.common, play.reward).ravel())


class _Drawing:
    """The figure, laid out once; `picture` moves its bars."""

    def __init__(self, prediction: str | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.2, 4.2)
        with self.canvas.styled():
            axes = self.canvas.figure.subplots()
            axes.set_title("MODEL AGENTS · how often the first choice is repeated")
            lay_out_stays(axes)
            self.bars = [
                self.canvas.moving(axes.bar(i, 0.5, 0.62, facecolor="white" if hatch else COLOURS[colour],
                                            edgecolor=COLOURS[colour], hatch=hatch, linewidth=1.6)[0])
                for i, (colour, hatch) in enumerate(FILLS)
            ]  # fmt: skip
            self.texts = [
                self.canvas.moving(axes.text(i, 0, "", ha="center", va="bottom", color=COLOURS[colour],
                                             fontweight="bold"))
                for i, (colour, _) in enumerate(FILLS)
            ]  # fmt: skip
            if prediction is not None:
                look = SERIES["prediction"]
                between = {"more": ">", "less": "<", "equally": "="}[prediction]
                axes.text(0.99, 0.97, f"you, for a planner: paid rare {between} not paid rare", color=look.colour,
                          transform=axes.transAxes, ha="right", va="top")  # fmt: skip
        self.canvas.settle()

    def picture(self, weight: float, common: float) -> Picture:
        """Return the picture of one kind of agent in one kind of world."""
        within("weight", weight, 0.0, 1.0)
        within("common", common, 0.5, 1.0)
        shares = np.array(_table_of(round(float(weight), 6), round(float(common), 6)))
        for bar, text, share in zip(self.bars, self.texts, shares, strict=True):
            there = bool(np.isfinite(share))
            bar.set_height(share if there else 0.0)
            text.set_text(f"{100 * share:.0f} %" if there else "none")
            text.set_y(share + 0.015 if there else 0.015)
        spoken = spoken_stays(shares)
        kind = {0.0: "purely model-free", 1.0: "purely model-based"}.get(float(weight), "mixed")
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Bar chart of model agents in a two-step task made for people (human): how often the first choice is "
                f"repeated, 0 to 100 %, after four kinds of trial. Weight {weight:g} ({kind}), common transition with "
                f"chance {common:g}: {spoken}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=Table(("Trial before", "First choice repeated"), _rows(shares, weight, common)),
            reading=self._reading(shares, weight, common, kind, spoken),
        )

    def _reading(self, shares: Array, weight: float, common: float, kind: str, spoken: str) -> str:
        effects = ""
        if np.all(np.isfinite(shares)):
            table = shares.reshape(2, 2)
            effects = (
                f" Pay changes repeating by {100 * reward_effect(table):+.0f} points on average, and by "
                f"{100 * interaction(table):+.0f} points more after common than after rare transitions."
            ).replace("-", "−")
        compared = ""
        if self.prediction is not None:
            planner = np.array(_table_of(1.0, 0.7))
            says = "as you predicted" if self.prediction == "less" else "that is less often"
            compared = (
                f" You predicted {self.prediction} for a planner after a rare way that paid: it repeats in "
                f"{100 * planner[1]:.0f} % then and in {100 * planner[3]:.0f} % after a rare way that did not pay; "
                f"{says}."
            )
        return f"Weight {weight:g} ({kind}), common way {common:g}: repeated {spoken}.{effects}{compared}"


def lay_out_stays(axes: Axes) -> None:
    """Set the axes of a picture of the four stay probabilities."""
    axes.set(xlim=(-0.6, 3.6), ylim=(0, 1.12), ylabel="First choice repeated (%)")
    axes.set_xticks(range(4), KINDS)
    axes.set_yticks(np.arange(0, 1.01, 0.25), [f"{percent:.0f}" for percent in np.arange(0, 101, 25)])
    axes.set_xlabel("The trial before")
    axes.axhline(0.5, color=COLOURS["quiet"], linewidth=1, linestyle="dotted", zorder=0)
    axes.tick_params(axis="x", length=0)


def spoken_stays(shares: Array) -> str:
    """Return four shares in words, with the kind of trial before each."""
    return ", ".join(
        f"{kind} {100 * share:.0f} %" if np.isfinite(share) else f"{kind} never occurred"
        for kind, share in zip(SPOKEN, shares, strict=True)
    )


def _rows(shares: Array, weight: float, common: float) -> tuple[tuple[str, str], ...]:
    rows = [
        (kind, f"{100 * share:.1f} %" if np.isfinite(share) else "no such trial")
        for kind, share in zip(SPOKEN, shares, strict=True)
    ]
    return (*rows, ("weight of the plan", f"{weight:g}"), ("chance of the common way", f"{common:g}"))
