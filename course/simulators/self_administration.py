"""Simulator: a rat's session of self-administration, with its drug level and the intervals between infusions."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from course import evidence
from course.models.checks import Array, within
from course.models.self_administration import Session, infusion_interval, intake_per_h, session
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_THRESHOLD = evidence.value("rat-cocaine-satiety-threshold")
_HALF_LIFE = evidence.value("rat-cocaine-functional-half-life")
_MINUTES, _ASKED_DOSE, _MOST_DOSE, _ONE_HOUR = 180, 1.0, 3.0, 60.0
_LIMITS = {"unit_dose": (0.1, _MOST_DOSE), "threshold": (0.5, 4.0), "half_life": (4.0, 20.0), "minutes": (1, _MINUTES)}
_LEVELS, _INTERVALS, _PRESSES = (3.0, 5.0, 8.0), (15.0, 30.0, 60.0, 150.0), (30.0, 100.0, 300.0, 800.0)
_DOSES = np.linspace(_LIMITS["unit_dose"][0], _MOST_DOSE, 59)
_PREDICTION = NumberPrediction(example=1, unit="times the interval", low=0.25, high=4)
_SPECIES = "Model, rat on cocaine"


def draw(
    unit_dose: float = _ASKED_DOSE,
    threshold: float = _THRESHOLD,
    half_life: float = _HALF_LIFE,
    minutes: int = 120,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `unit_dose`: of one infusion, 0.1 to 3 mg/kg. `threshold`: 0.5 to 4 mg/kg. `half_life`: 4 to 20 min. `minutes`: how
    much of the session has passed, 1 to 180. `prediction`: how many times as long the interval is at a unit dose of
    2 mg/kg as at 1 mg/kg, threshold and half-life as measured. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(unit_dose, threshold, half_life, minutes)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: how many times as long the interval is when the unit dose is doubled.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="self-administration",
        title="Self-administration over a threshold, rat",
        controls=[
            Range("unit_dose", "Unit dose", _ASKED_DOSE, *_LIMITS["unit_dose"], 0.1, "mg/kg", decimals=1),
            Range("threshold", "Threshold", _THRESHOLD, *_LIMITS["threshold"], 0.1, "mg/kg", decimals=1),
            Range("half_life", "Half-life", _HALF_LIFE, *_LIMITS["half_life"], 0.2, "min", decimals=1),
            Range("minutes", "Session so far", 120, *_LIMITS["minutes"], 1, "min"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _answer() -> float:
    """Return how many times as long the interval is at twice the asked dose."""
    once, twice = infusion_interval([_ASKED_DOSE, 2 * _ASKED_DOSE], _THRESHOLD, _HALF_LIFE)
    return float(twice / once)


def _curve(run: Session, half_life: float, minutes: float) -> tuple[Array, Array]:
    """Return time and level of the saw-tooth: each infusion is a step straight up, decay is followed between them."""
    grid = np.linspace(0.0, minutes, 361)
    time = np.concatenate([np.repeat(run.time_min, 2), grid])
    level = np.concatenate([np.column_stack([run.before, run.after]).ravel(), run.level_at(grid, half_life)])
    order = np.argsort(time, kind="stable")
    return time[order], level[order]


class _Drawing:
    """The figure, laid out once; `picture` moves its lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.scale = (0.0, 0.0, 0.0)
        self.canvas = Canvas(7.6, 6.0)
        with self.canvas.styled():
            axes = self.canvas.figure.subplot_mosaic([["level", "level"], ["interval", "presses"]])
            self.level_axes, self.interval_axes, self.press_axes = (
                axes[name] for name in ("level", "interval", "presses")
            )
            self._lay_out_level(self.level_axes)
            self._lay_out_interval(self.interval_axes)
            self._lay_out_presses(self.press_axes)
        self.canvas.settle()

    def _lay_out_level(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL, RAT · cocaine in the body during a session", pad=26)
        axes.set(xlim=(-3, _MINUTES), ylim=(0, _LEVELS[-1]), xlabel="Minutes since the session began",
                 ylabel="Level (mg/kg)")  # fmt: skip
        axes.set_xticks(range(0, _MINUTES + 1, 30))
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        self.level = moving(axes.plot([], [], color=SERIES["first"].colour, linewidth=1.6)[0])
        self.tops = moving(
            axes.plot([], [], SERIES["first"].marker, color=SERIES["first"].colour, markersize=4, linestyle="none")[0]
        )
        self.line = moving(axes.axhline(0, color=SERIES["second"].colour, linestyle="dashed", linewidth=1.8))
        self.line_text = moving(
            axes.text(_MINUTES - 1, 0, "", ha="right", va="top", color=SERIES["second"].colour, fontsize=11)
        )
        self.summary = moving(axes.text(0, 1.04, "", transform=axes.transAxes, fontsize=11))

    def _lay_out_interval(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL, RAT · interval", pad=26)
        axes.set(xlim=(0, _MOST_DOSE), ylim=(0, _INTERVALS[-1]), xlabel="Unit dose (mg/kg)", ylabel="Minutes")
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        self.interval = moving(axes.plot([], [], color=SERIES["first"].colour, label="model")[0])
        self.straight = moving(
            axes.plot([], [], color=COLOURS["quiet"], linestyle="dashed", linewidth=1.6, label="in proportion")[0]
        )
        self.here = moving(axes.plot([], [], "o", color=SERIES["first"].colour, markersize=9, clip_on=False)[0])
        self.pair = moving(axes.plot([], [], "s", markerfacecolor="white", color=SERIES["first"].colour)[0])
        self.guess = None
        if self.prediction is not None:
            look = SERIES["prediction"]
            self.guess = moving(
                axes.plot([], [], look.marker, color=look.colour, markersize=9, zorder=6, clip_on=False,
                          label=f"you: × {self.prediction:g}", linestyle="none")[0]
            )  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, frameon=False, borderaxespad=0, fontsize=10,
                    handlelength=1.6, columnspacing=0.8, handletextpad=0.5)  # fmt: skip

    def _lay_out_presses(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL, RAT · per hour", pad=26)
        axes.set(xlim=(0, _MOST_DOSE), ylim=(0, _PRESSES[-1]), xlabel="Unit dose (mg/kg)", ylabel="Infusions per hour")
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        self.presses = moving(axes.plot([], [], color=SERIES["third"].colour)[0])
        self.press_here = moving(axes.plot([], [], "^", color=SERIES["third"].colour, markersize=9, clip_on=False)[0])
        self.intake = moving(axes.text(0, 1.04, "", transform=axes.transAxes, fontsize=11))

    def picture(self, unit_dose: float, threshold: float, half_life: float, minutes: float) -> Picture:
        """Return the picture of one session, up to that minute."""
        given = {"unit_dose": unit_dose, "threshold": threshold, "half_life": half_life, "minutes": minutes}
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        run = session(unit_dose, threshold, half_life, minutes)
        gap = float(infusion_interval(unit_dose, threshold, half_life))
        intake = float(intake_per_h(unit_dose, threshold, half_life))
        intervals = infusion_interval(_DOSES, threshold, half_life)
        asked = infusion_interval([_ASKED_DOSE, 2 * _ASKED_DOSE], threshold, half_life)
        guess = (self.prediction or 0.0) * float(asked[0])
        self._scale(threshold + unit_dose, max(float(intervals.max()), guess), _ONE_HOUR / gap)
        self.level.set_data(*_curve(run, half_life, minutes))
        self.tops.set_data(run.time_min, run.after)
        self.line.set_ydata([threshold, threshold])
        self.line_text.set_position((_MINUTES - 1, threshold - 0.02 * self.scale[0]))
        self.line_text.set_text(f"threshold {threshold:g} mg/kg")
        self.summary.set_text(
            f"{minutes:g} min: {run.loading} loading {_doses(run.loading)} at the start, then "
            f"{run.time_min.size - run.loading} more, one every {_short(gap)} min"
        )
        self.interval.set_data(_DOSES, intervals)
        self.straight.set_data([0, _MOST_DOSE], [0, _MOST_DOSE * gap / unit_dose])
        self.here.set_data([unit_dose], [gap])
        self.pair.set_data([_ASKED_DOSE, 2 * _ASKED_DOSE], asked)
        if self.guess is not None:
            self.guess.set_data([2 * _ASKED_DOSE], [guess])
        self.presses.set_data(_DOSES, _ONE_HOUR / intervals)
        self.press_here.set_data([unit_dose], [_ONE_HOUR / gap])
        self.intake.set_text(f"now {_ONE_HOUR / gap:.1f}, intake {intake:.1f} mg/kg per h")
        return self._describe(unit_dose, threshold, half_life, minutes, run, gap, intake)

    def _scale(self, level: float, interval: float, presses: float) -> None:
        """Give each plot the smallest of a few heights that holds what matters in it."""
        scale = (
            next(edge for edge in _LEVELS if level <= 0.97 * edge),
            next(edge for edge in _INTERVALS if interval <= edge),
            next(edge for edge in _PRESSES if presses <= 0.97 * edge),
        )
        if scale != self.scale:
            self.scale = scale
            for axes, top in zip((self.level_axes, self.interval_axes, self.press_axes), scale, strict=True):
                axes.set_ylim(0, top)
            self.canvas.refresh(scale)

    def _describe(
        self, unit_dose: float, threshold: float, half_life: float, minutes: float, run: Session, gap: float,
        intake: float,
    ) -> Picture:  # fmt: skip
        settings = f"unit dose {unit_dose:g} mg/kg, threshold {threshold:g} mg/kg, half-life {half_life:g} min"
        later = run.time_min.size - run.loading
        compared = ""
        if self.prediction is not None:
            answer = _answer()
            near = abs(self.prediction - answer) <= 0.05
            verdict = "as in the model" if near else f"in the model it is {answer:.2f} times"
            compared = (
                f" You predicted {self.prediction:g} times the interval for twice the dose ({_ASKED_DOSE:g} to "
                f"{2 * _ASKED_DOSE:g} mg/kg): {verdict}."
            )
        source = evidence.claim("rat-cocaine-threshold-infusion").sources[0].short
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Three plots of a model of a rat taking cocaine, {settings}. Above, drug level (mg/kg) over "
                f"{minutes:g} of {_MINUTES} minutes: {run.loading} loading {_doses(run.loading)} at minute 0, then a "
                f"saw-tooth between {threshold:g} and {threshold + unit_dose:g} with {later} infusions. Below left, "
                f"interval in minutes against unit dose: it rises and bends down, {_short(gap)} min here. Below right, "
                f"infusions per hour against unit dose: they fall, {_ONE_HOUR / gap:.1f} here."
            ),
            caption=(
                f"The threshold model ({source}): the rat takes the next infusion when the level is down at the "
                "threshold. Threshold and half-life start at the values fitted to rats that take cocaine; doses are "
                "per kilogram of a rat. Not methamphetamine, not people. Open squares: the two doses of the prediction."
            ),
            species=_SPECIES,
            table=_table(threshold, half_life),
            reading=(
                f"Rat, {settings}. In {minutes:g} minutes: {run.loading} loading {_doses(run.loading)}, then {later} "
                f"infusions, one every {_short(gap)} min: {_ONE_HOUR / gap:.1f} per hour, {intake:.1f} mg/kg per hour. "
                f"With twice this unit dose the interval would be "
                f"{float(infusion_interval(2 * unit_dose, threshold, half_life)) / gap:.2f} times as long.{compared}"
            ),
        )


def _doses(count: int) -> str:
    return "dose" if count == 1 else "doses"


def _short(minutes: float) -> str:
    return f"{minutes:.1f}" if minutes >= 1.0 else f"{minutes:.2f}"


def _table(threshold: float, half_life: float) -> Table:
    doses = np.array([0.1, 0.3, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0])
    gaps, intakes = infusion_interval(doses, threshold, half_life), intake_per_h(doses, threshold, half_life)
    rows = tuple(
        (f"{dose:g}", _short(gap), f"{_ONE_HOUR / gap:.1f}", f"{intake:.1f}")
        for dose, gap, intake in zip(doses, gaps, intakes, strict=True)
    )
    return Table(("Unit dose (mg/kg)", "Interval (min)", "Infusions per hour", "Intake (mg/kg per hour)"), rows)
