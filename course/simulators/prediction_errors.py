"""Simulator: prediction errors within one trial and over many, for a natural reward and for a drug."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from course.models.checks import Array, one_of, within
from course.models.temporal_difference import learn, outcome_error
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_STATES, _REWARD, _ALPHA, _GAMMA = 4, 1.0, 0.1, 0.9  # a cue, two waits, the last wait before the outcome
_TRIALS, _ASKED = 200, 150
_ASKED_DRUG = 0.5
_TOPS = (2.0, 3.5, 6.5, 13.0, 26.0)
_EVENTS = {"as always": "as always", "no outcome": "the outcome is left out", "no cue": "the outcome comes without cue"}
_KINDS = {"no": "never cancelled by learning", "yes": "learned like any reward"}
_TIMES = ("cue", "wait 1", "wait 2", "wait 3", "outcome")
_PREDICTION = NumberPrediction(example=0.2, unit="units (a natural reward is 1)", low=-2, high=3)
_SPECIES = "Model, group of animals (rat or human)"
_CAPTION = (
    "Temporal-difference learning; learning rate, discount and the size of the drug's part are assumed. The part that "
    "learning cannot cancel is an idea (Redish 2004) that predicts no blocking by cocaine; rats show blocking."
)


def draw(
    drug: float = 0.5, compensable: str = "no", trial: int = 150, event: str = "as always", prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `drug`: what the drug adds to the error at the outcome, 0 to 1 (0: a natural reward). `compensable`: "no" (the error
    never falls below the drug's part) or "yes" (learned like any reward). `trial`: 1 to 200. `event`: what happens in
    this trial, "as always", "no outcome" or "no cue". `prediction`: the error at the outcome in trial 150 with a drug
    of 0.5 that learning does not cancel. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(drug, compensable, trial, event)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: the error at the outcome in trial 150, drug 0.5, never cancelled.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="prediction-errors",
        title="Prediction errors within a trial and over trials",
        controls=[
            Range("drug", "Drug's part D", _ASKED_DRUG, 0, 1, 0.1, "rewards", decimals=1),
            Choice("compensable", "The drug's part is", "no", _KINDS),
            Range("trial", "Trial", _ASKED, 1, _TRIALS, 1, f"of {_TRIALS}"),
            Choice("event", "In this trial", "as always", _EVENTS),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


@dataclass(frozen=True)
class _Course:
    """Errors of every trial at cue and outcome, the last state's value, and the errors within the trial shown."""

    cue: Array
    outcome: Array
    value: Array
    shown: Array


def _course(drug: float, compensable: str, trial: float, event: str) -> _Course:
    one_of("compensable", compensable, tuple(_KINDS))
    one_of("event", event, tuple(_EVENTS))
    within("drug", drug, 0.0, 1.0)
    within("trial", trial, 1, _TRIALS)
    if trial != int(trial):
        raise ValueError("trial must be a whole number.")
    floor = compensable == "no"
    learned = learn(_TRIALS, _STATES, _REWARD, _ALPHA, _GAMMA, drug, noncompensable=floor)
    now = int(trial) - 1
    last = float(learned.values[now, -1])
    shown = np.append(learned.onset_errors[now], learned.errors[now])
    if event == "no outcome":  # neither reward nor drug arrives
        shown[-1] = outcome_error(last, 0.0)
    elif event == "no cue":  # nothing led anybody to expect the outcome
        shown = np.zeros(_STATES + 1)
        shown[-1] = outcome_error(0.0, _REWARD, drug, noncompensable=floor)
    return _Course(learned.onset_errors, learned.errors[:, -1], learned.values[:-1, -1], shown)


class _Drawing:
    """The figure, laid out once; `picture` moves its marks."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.2, 5.6)
        self.scales = ((0.0, 0.0), 0.0)
        with self.canvas.styled():
            self.within, self.over = self.canvas.figure.subplots(2, height_ratios=[1, 1.25])
            self._lay_out_trial(self.within)
            self._lay_out_trials(self.over)
            for axes in (self.within, self.over):
                axes.set_ylim(-26, 26)  # the widest labels, for the layout
                axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        self.canvas.settle()

    def _lay_out_trial(self, axes: Axes) -> None:
        moving, ink = self.canvas.moving, COLOURS["ink"]
        axes.set_title("MODEL · errors within this trial")
        axes.set(xlim=(-0.5, _STATES + 0.5), ylim=(-2.4, 2.4), ylabel="Error (rewards)")
        axes.set_xticks(range(_STATES + 1), _TIMES)
        axes.axhline(0, color=COLOURS["quiet"], linewidth=1)
        self.stems = [moving(axes.plot([i, i], [0, 0], color=ink, linewidth=6, solid_capstyle="butt")[0])
                      for i in range(_STATES + 1)]  # fmt: skip
        self.stem_texts = [
            moving(axes.text(i, 0, "", ha="center", fontweight="bold", fontsize=11)) for i in range(_STATES + 1)
        ]

    def _lay_out_trials(self, axes: Axes) -> None:
        moving, guess = self.canvas.moving, SERIES["prediction"]
        axes.set_title("MODEL · errors over all trials", pad=28)
        axes.set(xlim=(0, _TRIALS), ylim=(-0.1, _TOPS[0]), xlabel="Trial", ylabel="Error (rewards)")
        names = {"outcome": "at the outcome", "cue": "at the cue"}
        looks = {"outcome": SERIES["second"], "cue": SERIES["first"]}
        self.lines = {
            name: moving(axes.plot([], [], color=looks[name].colour, linestyle=looks[name].dash, label=label)[0])
            for name, label in names.items()
        }
        self.now = moving(axes.axvline(1, color=COLOURS["quiet"], linewidth=1.4))
        halo = [withStroke(linewidth=4, foreground="white")]
        if self.prediction is not None:
            axes.plot([_ASKED], [self.prediction], guess.marker, color=guess.colour, markersize=10, zorder=6,
                      label=f"your prediction: {self.prediction:g}", linestyle="none", clip_on=False)  # fmt: skip
            axes.plot([0, _TRIALS], [self.prediction] * 2, color=guess.colour, linestyle=guess.dash, linewidth=1.6)
        self.mark = moving(
            axes.text(0, 0, "", color=SERIES["second"].colour, fontweight="bold", path_effects=halo, zorder=7)
        )
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False, borderaxespad=0,
                    handlelength=2.2, columnspacing=1.4)  # fmt: skip

    def picture(self, drug: float, compensable: str, trial: float, event: str) -> Picture:
        """Return the picture of one trial and of all trials for these settings."""
        course = _course(drug, compensable, trial, event)
        self._scale(course)
        trials = np.arange(1, _TRIALS + 1)
        for name, values in (("outcome", course.outcome), ("cue", course.cue)):
            self.lines[name].set_data(trials, values)
        self.now.set_xdata([trial, trial])
        now = int(trial) - 1
        right = trial > 0.6 * _TRIALS
        self.mark.set_text(f"{course.outcome[now]:.2f}")
        self.mark.set_position((trial + (-3 if right else 3), course.outcome[now] + 0.03 * self.scales[1]))
        self.mark.set_horizontalalignment("right" if right else "left")
        for i, (stem, text, error) in enumerate(zip(self.stems, self.stem_texts, course.shown, strict=True)):
            colour = COLOURS["orange"] if error > 0 else COLOURS["blue"]
            stem.set_data([i, i], [0, error])
            stem.set_color(colour)
            text.set_text(_number(error))
            text.set_color(colour if abs(error) >= 0.005 else COLOURS["quiet"])
            up = error >= -0.005
            text.set_position((i, error + (0.05 if up else -0.05) * (self.scales[0][1] - self.scales[0][0])))
            text.set_verticalalignment("bottom" if up else "top")
        what = "a natural reward" if drug == 0 else f"a drug (D = {drug:g}, {_KINDS[compensable]})"
        errors = ", ".join(f"{time} {_number(error)}" for time, error in zip(_TIMES, course.shown, strict=True))
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Two plots of a learning model (rat or human), outcome: {what}. Above, prediction errors within trial "
                f"{int(trial)}, {_EVENTS[event]}: {errors}. Below, over {_TRIALS} trials: the error at the outcome "
                f"goes from {course.outcome[0]:.2f} to {course.outcome[-1]:.2f}, the error at the cue from "
                f"{course.cue[0]:.2f} to {course.cue[-1]:.2f}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(course),
            reading=self._reading(course, what, int(trial), event),
        )

    def _scale(self, course: _Course) -> None:
        """Give both plots the smallest of a few heights that holds what they show."""
        below = next(edge for edge in (-1.5, -5.0, -13.0, -26.0) if course.shown.min() >= edge * 0.8)
        above = next(edge for edge in _TOPS if max(course.shown) <= 0.8 * edge)
        highest = max(float(course.cue.max()), float(course.outcome.max()), self.prediction or 0.0)
        scales = ((below, above), next(edge for edge in _TOPS if highest <= edge))
        if scales != self.scales:
            self.scales = scales
            self.within.set_ylim(below, above)
            self.over.set_ylim(min(-0.1, (self.prediction or 0.0) - 0.2), scales[1])
            self.canvas.refresh(scales)

    def _reading(self, course: _Course, what: str, trial: int, event: str) -> str:
        outcome, cue = course.shown[-1], course.shown[0]
        compared = ""
        if self.prediction is not None:
            answer = float(learn(_ASKED, _STATES, _REWARD, _ALPHA, _GAMMA, _ASKED_DRUG).errors[-1, -1])
            gap = self.prediction - answer
            verdict = "the model agrees" if abs(gap) <= 0.05 else f"that is {abs(gap):.2g} too {_high_low(gap)}"
            compared = (
                f" You predicted {self.prediction:g} for trial {_ASKED} with D = {_ASKED_DRUG:g}, never cancelled; "
                f"the model says {answer:.2f}: {verdict}."
            )
        return (
            f"Outcome: {what}; trial {trial}, {_EVENTS[event]}: error {_number(cue)} at the cue, "
            f"{_number(outcome)} at the outcome. Over the trials the error at the outcome goes from "
            f"{_number(course.outcome[0])} to {_number(course.outcome[-1])}, and the value before it reaches "
            f"{course.value[-1]:.2f}.{compared}"
        )


def _tidy(error: float) -> float:
    """Return the error, or a plain 0 where only a sign would be left of it."""
    return 0.0 if abs(error) < 0.005 else float(error)


def _number(error: float) -> str:
    return f"{_tidy(error):.2f}".replace("-", "−")


def _high_low(gap: float) -> str:
    return "high" if gap > 0 else "low"


def _table(course: _Course) -> Table:
    trials = (1, 2, 5, 10, 20, 50, 100, 150, 200)
    rows = tuple(
        (str(n), f"{course.cue[n - 1]:.2f}", _number(course.outcome[n - 1]), f"{course.value[n - 1]:.2f}")
        for n in trials
    )
    return Table(("Trial", "Error at the cue", "Error at the outcome", "Value before the outcome"), rows)
