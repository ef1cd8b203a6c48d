"""Simulator: the plasma level of a drug over four days of equal doses, and what sets the time to its plateau."""

from dataclasses import dataclass

import numpy as np
from matplotlib.patheffects import withStroke

from course.models import drugs
from course.models.checks import Array, not_negative, positive
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_LAST_HOUR = 96.0
_GOAL = 0.9  # the share of the plateau that is asked for
_HEIGHTS = (1.5, 3.0, 6.0, 12.0, 24.0, 48.0)
_PREDICTION = NumberPrediction(example=24, unit="hours", low=0, high=1000)
_ROUTES = {"intravenous": "intravenous", "smoked": "smoked", "intranasal": "intranasal"}
_DRUGS = {"methamphetamine": "methamphetamine", "cocaine": "cocaine"}
_SPECIES = "Human, model of a group mean"
_INTERVALS_H = (2.0, 24.0)
_MOST_CLEARANCE = 2.0
_CAPTION = (
    "One-compartment model with the published half-life and absorption of each route. "
    "The level is relative to the peak of one dose, so that nothing here can be read as an amount."
)


def draw(
    drug: str = "methamphetamine",
    route: str = "smoked",
    urinary_clearance: float = 1.0,
    interval_h: float = 8.0,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `drug`: "methamphetamine" or "cocaine". `route`: "intravenous", "smoked" or "intranasal". `urinary_clearance`:
    factor on the renal part of clearance (1: as published). `interval_h`: hours between equal doses.
    `prediction`: hours until 90 % of the plateau, drawn beside the answer. Raises ValueError for impossible settings.
    """
    picture = _Drawing(_PREDICTION.read(prediction)).picture
    return picture(drug=drug, route=route, urinary_clearance=urinary_clearance, interval_h=interval_h)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: after how many hours the average level is at 90 % of its final plateau.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="plasma-level",
        title="Plasma level over time",
        controls=[
            Choice("drug", "Drug", "methamphetamine", _DRUGS),
            Choice("route", "Route", "smoked", _ROUTES),
            Range("urinary_clearance", "Urinary clearance", 1.0, 0.0, _MOST_CLEARANCE, 0.1, "× usual", decimals=1),
            Range("interval_h", "Time between doses", 8, *_INTERVALS_H, 1, "h"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


@dataclass(frozen=True)
class _Course:
    """What the model says for one setting; times in hours, levels relative to the peak of one dose."""

    time_h: Array
    level: Array
    average_time_h: Array
    average: Array
    plateau: float
    half_life_h: float
    goal_h: float
    plateau_peak: float
    after_a_day: float


def _course(drug: str, route: str, urinary_clearance: float, interval_h: float) -> _Course:
    """Return levels and average for equal doses every `interval_h` from time 0.

    The average is that of the same amount taken as a steady trickle: the area under one dose so far, per interval.
    """
    interval = float(positive("interval_h", interval_h))
    factor = float(not_negative("urinary_clearance", urinary_clearance))
    if not _INTERVALS_H[0] <= interval <= _INTERVALS_H[1]:
        raise ValueError(f"interval_h must lie between {_INTERVALS_H[0]:g} and {_INTERVALS_H[1]:g} hours.")
    if factor > _MOST_CLEARANCE:
        raise ValueError(f"urinary_clearance must lie between 0 and {_MOST_CLEARANCE:g}.")
    half_life = drugs.half_life_h(drug, route, factor)
    doses = np.arange(0.0, _LAST_HOUR + interval, interval)
    # Dense where a dose is absorbed, then every quarter of an hour, and once more just before the next dose.
    within = np.concatenate([[0.0, 0.02, 0.05, 0.1, 0.17], np.arange(0.25, interval, 0.25), [interval * (1 - 1e-9)]])
    time = (doses[:, None] + within).ravel()

    since = np.concatenate([[0.0], np.geomspace(1e-3, 25.0 * half_life, 400)])
    one = drugs.relative_level(since, drug, route, factor)
    area = np.concatenate([[0.0], np.cumsum(np.diff(since) * (one[1:] + one[:-1]) / 2.0)])
    share = area / area[-1]
    # Long after the first dose the level repeats itself: one more interval, with all doses of the past still felt.
    past = np.arange(0.0, 15.0 * half_life + interval, interval)
    plateau_peak = np.max(_sum_of_doses(past[-1] + within, past, drug, route, factor))
    grid = np.linspace(0.0, _LAST_HOUR, 193)
    return _Course(
        time_h=time,
        level=_sum_of_doses(time, doses, drug, route, factor),
        average_time_h=grid,
        average=np.interp(grid, since, area) / interval,
        plateau=float(area[-1] / interval),
        half_life_h=half_life,
        goal_h=float(np.interp(_GOAL, share, since)),
        plateau_peak=float(plateau_peak),
        after_a_day=float(np.interp(24.0, since, share)),
    )


def _sum_of_doses(time_h: Array, dose_times_h: Array, drug: str, route: str, factor: float) -> Array:
    # All doses in one call: a hundred calls would take longer than a moved slider may wait.
    since_each = time_h - dose_times_h[:, None]
    return np.asarray(drugs.relative_level(since_each, drug, route, factor).sum(axis=0))


class _Drawing:
    """The figure, laid out once; `picture` moves its lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.2, 4.4)
        self.height = 0.0
        level, average, guess = SERIES["first"], SERIES["second"], SERIES["prediction"]
        with self.canvas.styled():
            self.axes = axes = self.canvas.figure.subplots()
            axes.set(xlim=(0, _LAST_HOUR), xlabel="Time since the first dose (hours)")
            axes.set_title("HUMAN · blood plasma", pad=34 if prediction is None else 54)
            axes.set_ylabel("Level (peak of one dose = 1)")
            axes.set_xticks(np.arange(0, _LAST_HOUR + 1, 12))
            axes.grid(axis="x", color="#dddddd", linewidth=0.8)
            moving = self.canvas.moving
            self.level = moving(axes.plot([], [], color=level.colour, linewidth=1.8, label="level")[0])
            self.average = moving(
                axes.plot([], [], color=average.colour, linestyle=average.dash, linewidth=2.8, label="average")[0]
            )
            self.plateau = moving(
                axes.plot([], [], color=COLOURS["quiet"], linestyle=(0, (6, 3)), linewidth=1.4, label="its plateau")[0]
            )
            self.goal = moving(
                axes.plot([], [], color=COLOURS["green"], marker="^", markersize=12, linewidth=1.8, markevery=[1],
                          label="90 % of it")[0]
            )  # fmt: skip
            halo = [withStroke(linewidth=4, foreground="white")]
            self.goal_text = moving(
                axes.text(0, 0, "", color=COLOURS["green"], fontweight="bold", va="bottom", path_effects=halo, zorder=6)
            )
            if prediction is not None:
                x = min(prediction, _LAST_HOUR)
                axes.plot(
                    [x, x], [0, 0.9], transform=axes.get_xaxis_transform(), color=guess.colour, linestyle=guess.dash,
                    marker=guess.marker, markersize=9, markevery=[1], linewidth=2.6,
                    label=f"your prediction: {prediction:g} h",
                    clip_on=False,
                )  # fmt: skip
            handles, labels = axes.get_legend_handles_labels()
            order = (0, 1, 2, 3) if prediction is None else (0, 3, 1, 4, 2)
            axes.legend(
                [handles[i] for i in order], [labels[i] for i in order], ncols=4 if prediction is None else 3,
                loc="lower left", bbox_to_anchor=(0, 1.02), frameon=False, borderaxespad=0, handlelength=2.2,
                columnspacing=1.4,
            )  # fmt: skip
            axes.set_ylim(0, 3)
        self.canvas.settle()

    def picture(self, drug: str, route: str, urinary_clearance: float, interval_h: float) -> Picture:
        """Return the picture of one setting."""
        course = _course(drug, route, urinary_clearance, interval_h)
        height = next(h for h in _HEIGHTS if course.plateau_peak <= 0.92 * h or h == _HEIGHTS[-1])
        if height != self.height:
            self.height = height
            self.axes.set_ylim(0, height)
            self.canvas.refresh(height)
        self.level.set_data(course.time_h, course.level)
        self.average.set_data(course.average_time_h, course.average)
        self.plateau.set_data([0, _LAST_HOUR], [course.plateau, course.plateau])
        self.goal.set_data([course.goal_h, course.goal_h], [0, _GOAL * course.plateau])
        left = course.goal_h < 0.6 * _LAST_HOUR
        self.goal_text.set_text(f"90 % after {course.goal_h:.1f} h")
        self.goal_text.set_position((course.goal_h + (1 if left else -1), 0.03 * height))
        self.goal_text.set_horizontalalignment("left" if left else "right")
        reading = self._reading(course, drug, route, interval_h)
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Line plot: plasma level of {drug} ({route}, a dose every {interval_h:g} h) against time, 0 to "
                f"{_LAST_HOUR:.0f} hours, human. The level rises and falls with every dose; its average climbs to a "
                f"plateau of {course.plateau:.2f} times the peak of one dose and is at 90 % of it after "
                f"{course.goal_h:.1f} hours."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(course),
            reading=reading,
        )

    def _reading(self, course: _Course, drug: str, route: str, interval_h: float) -> str:
        compared = "" if self.prediction is None else " " + _compare(self.prediction, course.goal_h)
        urine = (
            " Little cocaine leaves in urine (assumed), so that slider hardly matters here."
            if drug == "cocaine"
            else ""
        )
        return (
            f"{drug.capitalize()}, {route}, a dose every {interval_h:g} h: half-life {course.half_life_h:.1f} h. "
            f"The average level reaches 90 % of its plateau after {course.goal_h:.1f} h, that is "
            f"{course.goal_h / course.half_life_h:.1f} half-lives, and {100 * course.after_a_day:.0f} % after a day. "
            f"On the plateau the peaks are {course.plateau_peak:.1f} times that of one dose.{urine}{compared}"
        )


def _compare(predicted_h: float, goal_h: float) -> str:
    gap = predicted_h - goal_h
    if abs(gap) <= max(1.0, 0.05 * goal_h):
        return f"You predicted {predicted_h:g} h: the model agrees."
    return f"You predicted {predicted_h:g} h: the model needs {abs(gap):.1f} h {'less' if gap > 0 else 'more'}."


def _table(course: _Course) -> Table:
    hours = np.arange(0.0, _LAST_HOUR + 1, 12.0)
    average = np.interp(hours, course.average_time_h, course.average)
    level = np.interp(hours, course.time_h, course.level)
    rows = tuple(
        (f"{h:.0f}", f"{here:.2f}", f"{mean:.2f}", f"{100 * mean / course.plateau:.0f} %")
        for h, here, mean in zip(hours, level, average, strict=True)
    )
    return Table(("Time (h)", "Level (peak of one dose = 1)", "Average level", "Share of the plateau"), rows)
