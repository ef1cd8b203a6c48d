"""Simulator: dopamine after a dose in a rat's nerve terminal, by mechanism, beside the slower clock of human plasma."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from course import evidence
from course.models import drugs
from course.models.checks import Array, one_of, within
from course.models.dopamine import ThreePoolTimeCourse, drug_ratio_after_injection, three_pool_time_course
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_MINUTES = np.arange(0.0, 181.0, 1.0)
_HOURS = np.linspace(0.0, 48.0, 193)
_HEIGHTS = (500.0, 1000.0, 2500.0)
_PREDICTION = NumberPrediction(example=300, unit="% of basal", low=0, high=3000)
_MECHANISMS = {"block": "uptake block", "block+vmat2": "uptake block + VMAT2", "releaser": "full releaser"}
_GENOTYPES = {"wild type": "wild type", "transporter knock-out": "transporter knock-out"}
_TITLES = {
    "rat": "RAT · dopamine outside the cell (model)",
    "human": "RAT cell, HUMAN half-life · a thought experiment",
}
_MOST_DRUG = 6.0
_COLUMNS = ("Clock", "Dopamine (% of basal)", "Methamphetamine level (% of its peak)", "Vesicle store (%)")
_CAPTION = (
    "Three-pool teaching model of a rat's dopamine terminal: its rates are assumed, and only the size of the peak is "
    "fitted. Human plasma has a panel and a clock of its own: minutes above and left, hours at the right."
)


def draw(
    mechanism: str = "releaser",
    drug_level: float = 3.0,
    clock: str = "rat",
    genotype: str = "wild type",
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `mechanism`: "block", "block+vmat2" or "releaser". `drug_level`: the peak of [drug]/Ki, 0 to 6. `clock`: whose
    half-life the drug has, "rat" or "human". `genotype`: "wild type" or "transporter knock-out". `prediction`:
    dopamine after 3 hours in % of basal, drawn beside the answer. Raises ValueError for impossible settings.
    """
    picture = _Drawing(_PREDICTION.read(prediction)).picture
    return picture(mechanism=mechanism, drug_level=drug_level, clock=clock, genotype=genotype)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: dopamine three hours after a full releaser, in % of basal.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    rat_status = evidence.claim("ma-half-life-rat").status
    clocks = {
        "rat": f"as in a rat: {_half_life_h('rat'):g} h ({rat_status})",
        "human": f"as in people: {_half_life_h('human'):g} h",
    }
    return simulator(
        name="dopamine-time-course",
        title="Dopamine over time",
        controls=[
            Choice("mechanism", "Mechanism", "releaser", _MECHANISMS),
            Range("drug_level", "Drug level at its peak", 3.0, 0.0, _MOST_DRUG, 0.5, "× Ki", decimals=1),
            Choice("clock", "Half-life of the drug", "rat", clocks),
            Choice("genotype", "Genotype", "wild type", _GENOTYPES),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _half_life_h(clock: str) -> float:
    return evidence.value("ma-half-life-rat") if clock == "rat" else drugs.half_life_h("methamphetamine", "intranasal")


class _Drawing:
    """The figure, laid out once; `picture` moves its lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.2, 6.0)
        self.height = 0.0
        self.human_rows = _human_rows()
        with self.canvas.styled():
            grid = self.canvas.figure.add_gridspec(2, 2, height_ratios=(1.35, 1), width_ratios=(1, 1))
            self._dopamine(self.canvas.figure.add_subplot(grid[0, :]))
            self._left_over(self.canvas.figure.add_subplot(grid[1, 0]))
            self._plasma(self.canvas.figure.add_subplot(grid[1, 1]))
            self.axes.set_ylim(0, _HEIGHTS[-1])
        self.canvas.settle()

    def _dopamine(self, axes: Axes) -> None:
        self.axes, moving = axes, self.canvas.moving
        line, guess = SERIES["first"], SERIES["prediction"]
        halo = [withStroke(linewidth=4, foreground="white")]
        axes.set(xlim=(0, 180), xlabel="Time after the dose (minutes)", ylabel="Dopamine (% of basal)")
        axes.set_title(" ")
        axes.set_xticks(np.arange(0, 181, 30))
        axes.axhline(100, color=COLOURS["quiet"], linewidth=1.2, linestyle=(0, (6, 3)))
        axes.annotate(
            "basal = 100 %", (2, 100), xytext=(0, 3), textcoords="offset points", color=COLOURS["quiet"], fontsize=10.5
        )
        self.title = moving(axes.text(0, 1.03, "", transform=axes.transAxes, fontweight="bold", va="bottom"))
        self.dopamine = moving(axes.plot([], [], color=line.colour)[0])
        self.end = moving(axes.plot([], [], line.marker, color=line.colour, markersize=10, clip_on=False, zorder=6)[0])
        self.end_text = moving(
            axes.text(0, 0, "", color=line.colour, fontweight="bold", ha="right", va="bottom", path_effects=halo)
        )
        self.peak_text = moving(
            axes.text(0, 0, "", color=line.colour, fontweight="bold", va="bottom", path_effects=halo)
        )
        self.guess = moving(
            axes.plot([], [], guess.marker, color=guess.colour, markersize=11, clip_on=False, zorder=7)[0]
        )
        self.guess_text = moving(
            axes.text(0, 0, "", color=guess.colour, fontweight="bold", ha="right", va="bottom", path_effects=halo)
        )

    def _left_over(self, axes: Axes) -> None:
        drug, store = SERIES["third"], SERIES["second"]
        axes.set(xlim=(0, 180), ylim=(0, 150), xlabel="Time (minutes)", ylabel="Left (%)", title="RAT · what is left")
        axes.set_xticks(np.arange(0, 181, 60))
        axes.set_yticks([0, 25, 50, 75, 100])
        moving = self.canvas.moving
        self.drug = moving(axes.plot([], [], color=drug.colour, linestyle=drug.dash, label="drug level")[0])
        self.store = moving(axes.plot([], [], color=store.colour, linestyle=store.dash, label="vesicle store")[0])
        axes.legend(loc="upper left", frameon=False, fontsize=10.5, borderpad=0, labelspacing=0.2)

    def _plasma(self, axes: Axes) -> None:
        drug, other = SERIES["third"], COLOURS["quiet"]
        axes.set(xlim=(0, 48), ylim=(0, 109), title="HUMAN · plasma")
        axes.set(xlabel="Time (hours)", ylabel="Plasma (% of peak)")
        axes.set_facecolor("#f4f4f4")
        axes.set_xticks(np.arange(0, 49, 12))
        for name, colour, dash in (("methamphetamine", drug.colour, drug.dash), ("cocaine", other, "dotted")):
            axes.plot(_HOURS, _plasma_percent(name, _HOURS), color=colour, linestyle=dash)
        axes.text(15, 60, "methamphetamine", fontsize=10.5, color=drug.colour, fontweight="bold")
        axes.text(6.5, 5, "cocaine", fontsize=10.5, color=other, fontweight="bold")

    def picture(self, mechanism: str, drug_level: float, clock: str, genotype: str) -> Picture:
        """Return the picture of one setting."""
        one_of("clock", clock, tuple(_TITLES))
        left = 100.0 * drug_ratio_after_injection(_MINUTES, 1.0, _half_life_h(clock))
        one_of("mechanism", mechanism, tuple(_MECHANISMS))
        one_of("genotype", genotype, tuple(_GENOTYPES))
        within("drug_level", drug_level, 0.0, _MOST_DRUG)
        course = three_pool_time_course(_MINUTES, drug_level * left / 100.0, mechanism, genotype)  # type: ignore[arg-type]
        percent, end = course.percent_of_basal, float(course.percent_of_basal[-1])
        top = int(np.argmax(percent))

        height = next(h for h in _HEIGHTS if percent[top] <= 0.89 * h or h == _HEIGHTS[-1])
        if height != self.height:
            self.height = height
            self.axes.set_ylim(0, height)
            self.canvas.refresh(height)
        self.title.set_text(_TITLES[clock])
        self.dopamine.set_data(_MINUTES, percent)
        self.end.set_data([180], [end])
        self.end_text.set_text(f"{end:.0f} % after 3 h")
        self.end_text.set_position((176, end + 0.035 * height))
        self.peak_text.set_text(f"peak {percent[top]:.0f} %" if percent[top] > 101 else "")
        self.peak_text.set_position((max(_MINUTES[top] - 2, 4), percent[top] + 0.02 * height))
        self._place_prediction(end, height)
        self.drug.set_data(_MINUTES, left)
        self.store.set_data(_MINUTES, course.vesicles_percent)
        png = self.canvas.png()
        reading = _reading(course, mechanism, drug_level, genotype, float(left[-1]))
        if self.prediction is not None:
            reading += " " + _compare(self.prediction, end)
        return Picture(
            png=png,
            alt=(
                f"Three line plots. Rat, 0 to 180 minutes: dopamine in % of basal under {_MECHANISMS[mechanism]} "
                f"({genotype}, drug level {drug_level:g} times Ki, {clock} half-life) reaches {percent[top]:.0f} % "
                f"and is at {end:.0f} % at the end; below it, {left[-1]:.0f} % of the drug and "
                f"{course.vesicles_percent[-1]:.0f} % of the vesicle store are left. Human, 0 to 48 hours: plasma of "
                "methamphetamine falls over days, that of cocaine within hours."
            ),
            caption=_CAPTION,
            species="Rat (model) and human plasma",
            table=_table(course, left, self.human_rows),
            reading=reading,
        )

    def _place_prediction(self, end: float, height: float) -> None:
        if self.prediction is None:
            return
        y = min(self.prediction, height)
        self.guess.set_data([180], [y])
        self.guess_text.set_text(f"you: {self.prediction:g} %")
        # The label stands above its mark, higher where the model's label is in the way, below it at the top edge.
        crowded = end - 0.06 * height <= y < end + 0.13 * height
        lift = -0.1 if y > 0.85 * height else 0.13 if crowded else 0.03
        self.guess_text.set_position((174, max(y, end if crowded else 0) + lift * height))


def _plasma_percent(drug: str, hours: Array) -> Array:
    return np.asarray(100.0 * drugs.relative_level(hours, drug, "intranasal"))


def _reading(course: ThreePoolTimeCourse, mechanism: str, drug_level: float, genotype: str, drug_left: float) -> str:
    percent = course.percent_of_basal
    top = int(np.argmax(percent))
    rise = (
        f"dopamine peaks at {percent[top]:.0f} % of basal after {course.minutes[top]:.0f} min"
        if percent[top] > 101
        else "dopamine never rises above its own basal level"
    )
    return (
        f"{_MECHANISMS[mechanism].capitalize().replace('vmat2', 'VMAT2')}, {drug_level:g} × Ki, {genotype}: {rise} and "
        f"is at {percent[-1]:.0f} % after 3 h, when {drug_left:.0f} % of the drug level and "
        f"{course.vesicles_percent[-1]:.0f} % of the vesicle store are left."
    )


def _compare(predicted: float, end: float) -> str:
    gap = predicted - end
    if abs(gap) <= 15:
        return f"You predicted {predicted:g} %: the model agrees."
    return f"You predicted {predicted:g} %: the model ends {abs(gap):.0f} points {'lower' if gap > 0 else 'higher'}."


def _table(course: ThreePoolTimeCourse, left: Array, human: tuple[tuple[str, ...], ...]) -> Table:
    rat = tuple(
        (f"rat, {t} min", f"{course.percent_of_basal[t]:.0f}", f"{left[t]:.0f}", f"{course.vesicles_percent[t]:.0f}")
        for t in (0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 150, 180)
    )
    return Table(_COLUMNS, rat + human)


def _human_rows() -> tuple[tuple[str, ...], ...]:
    hours = np.array([0.0, 3.0, 6.0, 12.0, 24.0, 36.0, 48.0])
    levels = zip(hours, _plasma_percent("methamphetamine", hours), strict=True)
    return tuple((f"human, {t:.0f} h", "–", f"{percent:.0f}", "–") for t, percent in levels)
