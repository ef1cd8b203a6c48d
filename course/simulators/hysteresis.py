"""Simulator: a loop that keeps itself going, and why taking the trigger away does not always switch it off."""

import numpy as np
from matplotlib.axes import Axes

from course.models.checks import Array, within
from course.models.switch import BISTABLE_ABOVE, count_states, fixed_points, folds, input_at, ramp
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_LOW = -8.0
_ASKED_WEIGHT = 7.0
_LIMITS = {"weight": (2, 9), "peak": (-6, 0), "now": (_LOW, 0)}
# numerical: a ramp slow against the loop's own time, which is 1, in steps small against it
_SPEED, _STEP, _REST = 0.01, 0.2, 40.0
_PREDICTION = NumberPrediction(example=-2.5, unit="units of the model", low=_LOW, high=0)
_SPECIES = "Model of a population of cells (human rumination is the picture; nothing was measured)"
_CAPTION = (
    "A reduction of Wilson and Cowan's model: one population that excites itself. Input and activity are in units of "
    "the model, all values assumed. A way to think about thoughts that stay, and no finding about a brain network."
)


def draw(weight: float = 7.0, peak: float = -2.0, now: float = -3.5, prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `weight`: self-excitation w, 2 to 9. `peak`: how far the trigger has risen from its lowest, -6 to 0. `now`: where it
    is after falling, -8 to 0 (above the peak: it has only risen so far). `prediction`: how low the trigger must fall
    until the loop switches off, for w = 7. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(weight, peak, now)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: how low the trigger must fall until a loop with w = 7 switches off.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="hysteresis",
        title="A loop that keeps itself going",
        controls=[
            Range("weight", "Self-excitation w", _ASKED_WEIGHT, 2, 9, 0.25, "units", decimals=2),
            Range("peak", "The trigger rose to", -2.0, -6, 0, 0.1, "units", decimals=1),
            Range("now", "Then it fell to", -3.5, _LOW, 0, 0.1, "units", decimals=1),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _way(weight: float, peak: float, now: float) -> tuple[Array, Array, int]:
    """Return (trigger, activity) over time from its lowest to the peak and down to now; and the peak's index."""
    top = max(peak, now)
    rise = np.linspace(_LOW, top, max(2, round((top - _LOW) / (_SPEED * _STEP))))
    fall = np.linspace(top, now, max(2, round((top - now) / (_SPEED * _STEP))))
    rest = round(_REST / _STEP)
    trigger = np.concatenate([rise, np.full(rest, top), fall, np.full(rest, now)])
    return trigger, ramp(trigger, weight, float(fixed_points(weight, _LOW)[0]), _STEP), rise.size + rest


class _Drawing:
    """The figure, laid out once; `picture` moves the lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.8, 4.5)
        with self.canvas.styled():
            grid = self.canvas.figure.subplot_mosaic(
                [["map", "trigger"], ["map", "activity"]], width_ratios=[1.25, 1], height_ratios=[1, 1.3]
            )
            self._lay_out_map(grid["map"])
            self._lay_out_time(grid["trigger"], grid["activity"])
        self.canvas.settle()

    def _lay_out_map(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL · activity at each trigger", pad=46)
        axes.set(xlim=(_LOW, 0.3), ylim=(-0.04, 1.04), xlabel="Trigger I (units of the model)")
        axes.set_ylabel("Activity x (0 to 1)")
        ink, quiet = COLOURS["ink"], COLOURS["quiet"]
        self.stable = [moving(axes.plot([], [], color=quiet, linewidth=1.6, label="stays" if i == 0 else None)[0])
                       for i in range(2)]  # fmt: skip
        self.unstable = moving(
            axes.plot([], [], color=quiet, linewidth=1.6, linestyle=(0, (2, 2)), label="tips over")[0]
        )
        up, down = SERIES["first"], SERIES["second"]
        self.up = moving(axes.plot([], [], color=up.colour, linestyle=up.dash, linewidth=3, label="on the way up")[0])
        self.down = moving(
            axes.plot([], [], color=down.colour, linestyle=down.dash, linewidth=3, label="on the way down")[0]
        )
        self.here = moving(axes.plot([], [], "o", color=ink, markersize=11, zorder=6, clip_on=False)[0])
        if self.prediction is not None:
            look = SERIES["prediction"]
            axes.axvline(self.prediction, color=look.colour, linestyle=look.dash, linewidth=1.8)
            axes.plot([0.7], [0.06], look.marker, color=look.colour, markersize=8, transform=axes.transAxes)
            axes.text(0.74, 0.06, f"you: {self.prediction:g}".replace("-", "−"), color=look.colour, va="center",
                      fontsize=10.5, transform=axes.transAxes)  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, borderaxespad=0,
                    fontsize=10, handlelength=2.0, columnspacing=1.0)  # fmt: skip

    def _lay_out_time(self, trigger: Axes, activity: Axes) -> None:
        moving = self.canvas.moving
        longest = 2.0 * -_LOW / _SPEED + 2.0 * _REST
        trigger.set_title("Over time")
        trigger.set(xlim=(0, longest), ylim=(_LOW, 0.3), ylabel="Trigger")
        trigger.set_xticks([0, 800, 1600], [])
        activity.set(xlim=(0, longest), ylim=(-0.04, 1.04), ylabel="Activity", xlabel="Time (units of the loop)")
        activity.set_xticks([0, 800, 1600])
        up, down = SERIES["first"], SERIES["second"]
        self.times = {
            (name, way): moving(axes.plot([], [], color=look.colour, linestyle=look.dash)[0])
            for name, axes in {"trigger": trigger, "activity": activity}.items()
            for way, look in {"up": up, "down": down}.items()
        }

    def picture(self, weight: float, peak: float, now: float) -> Picture:
        """Return the picture of a rise to the peak and a fall to now."""
        given = {"weight": weight, "peak": peak, "now": now}
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        self._show_states(weight)
        trigger, activity, turn = _way(weight, peak, now)
        time = _STEP * np.arange(trigger.size)
        parts = {"up": slice(0, turn, 10), "down": slice(turn - 1, None, 10)}
        for line, part in ((self.up, parts["up"]), (self.down, parts["down"])):
            line.set_data(trigger[part], activity[part])
        for way, part in parts.items():
            self.times["trigger", way].set_data(time[part], trigger[part])
            self.times["activity", way].set_data(time[part], activity[part])
        self.here.set_data([now], [activity[-1]])
        return self._describe(weight, max(peak, now), now, float(activity[turn - 1]), float(activity[-1]))

    def _show_states(self, weight: float) -> None:
        x = np.linspace(0.0003, 0.9997, 600)
        drive = input_at(x, weight)
        if weight <= BISTABLE_ABOVE:
            self.stable[0].set_data(drive, x)
            self.stable[1].set_data([], [])
            self.unstable.set_data([], [])
            return
        on, off = int(np.argmax(np.where(x < 0.5, drive, -np.inf))), int(np.argmin(np.where(x > 0.5, drive, np.inf)))
        self.stable[0].set_data(drive[: on + 1], x[: on + 1])
        self.unstable.set_data(drive[on : off + 1], x[on : off + 1])
        self.stable[1].set_data(drive[off:], x[off:])

    def _describe(self, weight: float, top: float, now: float, high: float, left: float) -> Picture:
        if weight > BISTABLE_ABOVE:
            on, off = folds(weight)
            edges = f"It switches on above {on:.2f} and off below {off:.2f}."
        else:
            edges = f"Up to w = {BISTABLE_ABOVE:g} there is no switch: activity follows the trigger both ways."
        states = count_states(weight, now)
        shape = "an S-shaped curve" if weight > BISTABLE_ABOVE else "one rising curve"
        says = (
            f"w = {weight:g}, trigger up to {top:g}, then {now:g}: activity {high:.2f} at the peak, {left:.2f} "
            f"now. At this trigger {'one state is' if states == 1 else 'two stable states are'} possible. {edges}"
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Model, one population of cells (human rumination as the picture). Left, activity (0 to 1) against the "
                f"trigger from {_LOW:g} to 0: {shape}, "
                f"with the way up and the way down. Right, trigger and activity over time. {says}"
            ).replace("-", "−").replace("S−shaped", "S-shaped"),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(weight),
            reading=(says + self._compared()).replace("-", "−"),
        )  # fmt: skip

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        answer = folds(_ASKED_WEIGHT)[1]
        near = abs(self.prediction - answer) <= 0.2
        verdict = "as in the model" if near else f"in the model it is {answer:.2f}"
        return f" You predicted that a loop with w = {_ASKED_WEIGHT:g} switches off at {self.prediction:g}: {verdict}."


def _table(weight: float) -> Table:
    def states(drive: float) -> str:
        found = [f"{x:.2f}" for x in fixed_points(weight, drive)]
        return ", ".join([found[0], f"{found[1]} (tips over)", found[2]] if len(found) == 3 else found)

    rows = tuple((f"{drive:g}".replace("-", "−"), states(drive)) for drive in np.arange(_LOW, 0.5, 1.0))
    return Table(("Trigger", "Activity where it rests"), rows)
