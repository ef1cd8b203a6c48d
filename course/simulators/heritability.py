"""Simulator: the environment varies more or less while genes stay as they are, and heritability moves all the same."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course import evidence
from course.models.checks import one_of, within
from course.models.liability import RELATEDNESS, heritability_when_environment_scales, risk_in_relatives
from course.models.normal import normal_density
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_LEAST, _MOST = 0.25, 4.0
_ASKED_TIMES = 2.0  # what the prediction is about: twice the environment's variance, self-reported features
_MEASURES = {
    "features": ("bpd-heritability", "self-reported features, in twins"),
    "diagnosis": ("bpd-heritability-diagnosed", "diagnosis, in a national register"),
}
_GROUPS = (  # genetic liability in standard deviations of its own
    (-1.5, "low", "first"),
    (0.0, "average", "second"),
    (1.5, "high", "third"),
)
_GRID = np.linspace(-4.5, 4.5, 361)
_TABLE_TIMES = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
_PREDICTION = NumberPrediction(example=42, unit="per cent", low=0, high=100)
_SPECIES = "Human, model of a population"
_CAPTION = (
    "Genes and environments add up to a liability and are independent of each other (assumed); whoever is above a "
    "threshold has the diagnosis. The threshold is set so that the share of people above it stays the same. "
    "Heritability is a share of the differences between people of one population, and says nothing about one person."
)


def draw(
    environment_times: float = 1.0,
    measure: str = "features",
    relative: str = "full sibling",
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `environment_times`: the environment's variance, 0.25 to 4 times what it was in the study, while the genetic
    variance stays. `measure`: the study to start from, "features" (twins, self-report) or "diagnosis" (register).
    `relative`: whose risk is shown, "identical twin", "full sibling", "half-sibling" or "cousin". `prediction`: the
    heritability of features in per cent when the environment's variance is doubled. Raises ValueError for impossible
    settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(environment_times, measure, relative)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: heritability, in per cent, when the environment's variance is doubled.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="heritability",
        title="Heritability when the environment changes",
        controls=[
            Range("environment_times", "How much environments differ (variance)", 1.0, _LEAST, _MOST, 0.25,
                  "× as in the study", decimals=2),
            Choice("measure", "Start from the heritability of", "features",
                   {key: f"{words} ({evidence.value(row):g} %)" for key, (row, words) in _MEASURES.items()}),
            Choice("relative", "Risk of a person whose relative has BPD", "full sibling",
                   {name: f"{name} of a person with BPD" for name in RELATEDNESS}),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )  # fmt: skip


class _Drawing:
    """The figure, laid out once; `picture` moves bars, curves and marks."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.prevalence = evidence.value("bpd-prevalence") / 100.0
        self.asked = 100.0 * _scaled("features", _ASKED_TIMES)
        self.canvas = Canvas(7.2, 6.0)
        with self.canvas.styled():
            grid = self.canvas.figure.add_gridspec(3, 2, height_ratios=[1.5, 1.75, 0.85], width_ratios=[1.15, 1])
            self._lay_out_bars(self.canvas.figure.add_subplot(grid[0, 0]))
            self._lay_out_curve(self.canvas.figure.add_subplot(grid[0, 1]))
            self._lay_out_people(self.canvas.figure.add_subplot(grid[1, :]))
            self._lay_out_risk(self.canvas.figure.add_subplot(grid[2, :]))
        self.canvas.settle()

    def _lay_out_bars(self, axes: Axes) -> None:
        axes.set(xlim=(0, 2.9), ylim=(1.55, -0.95), xlabel="variance (in the study = 1)")
        axes.set_title("What differences come from", pad=8)
        axes.set_yticks([0, 1], ["study", "now"])
        axes.tick_params(axis="y", length=0)
        axes.text(0, -0.45, "■ genes", color=COLOURS["blue"], fontweight="bold", va="bottom")
        axes.text(1.0, -0.45, "▨ environments", color=COLOURS["orange"], fontweight="bold", va="bottom")
        self.genes, self.environments = [], []
        for y in (0, 1):
            genes = Rectangle((0, y - 0.33), 0, 0.66, facecolor=COLOURS["blue"])
            others = Rectangle((0, y - 0.33), 0, 0.66, facecolor="white", edgecolor=COLOURS["orange"], hatch="////",
                               linewidth=1.4)  # fmt: skip
            for bar in (genes, others):
                self.canvas.moving(bar)
                axes.add_patch(bar)
            self.genes.append(genes)
            self.environments.append(others)

    def _lay_out_curve(self, axes: Axes) -> None:
        axes.set(xlim=(0, 4.15), ylim=(0, 100), xlabel="environment's variance (× study)")
        axes.set_title("Heritability (%)", pad=8)
        axes.set_xticks(range(5))
        axes.set_yticks(range(0, 101, 25))
        moving = self.canvas.moving
        self.curve = moving(axes.plot([], [], color=COLOURS["blue"], linewidth=2)[0])
        self.dot = moving(axes.plot([], [], "o", color=COLOURS["blue"], markersize=10, zorder=5)[0])
        self.dot_text = moving(axes.text(0, 0, "", color=COLOURS["blue"], fontweight="bold", va="bottom"))
        if self.prediction is None:
            return
        style = SERIES["prediction"]
        axes.plot([_ASKED_TIMES] * 2, [0, self.prediction], color=style.colour, linestyle=style.dash)
        axes.plot([_ASKED_TIMES], [self.prediction], style.marker, color=style.colour, markersize=9, clip_on=False)
        axes.text(1, 1.05, f"◆ you: {self.prediction:g} %", transform=axes.transAxes, color=style.colour, ha="right")

    def _lay_out_people(self, axes: Axes) -> None:
        axes.set(xlim=(-4.5, 4.5), ylim=(0, 1.42), yticks=[], xlabel="liability (standard deviations in the study)")
        axes.set_title("Same genes: the centres stay, the spread moves", pad=8)
        axes.spines["left"].set_visible(False)
        self.people = []
        for place, words, series in _GROUPS:
            look = SERIES[series]
            self.people.append(
                self.canvas.moving(axes.plot([], [], color=look.colour, linestyle=look.dash, linewidth=2)[0])
            )
            axes.text(
                1.2 * place + 0.4, 1.27, f"{_sign(series)} {words}", color=look.colour, ha="center", fontweight="bold"
            )
        self.centres = [
            self.canvas.moving(axes.plot([], [], SERIES[s].marker, color=SERIES[s].colour, markersize=9, zorder=5,
                                         clip_on=False)[0])
            for _, _, s in _GROUPS
        ]  # fmt: skip
        axes.text(-4.45, 1.27, "genetic liability:")

    def _lay_out_risk(self, axes: Axes) -> None:
        axes.set(xlim=(0, 100), ylim=(1.6, -0.6), xlabel="of 100 people, so many have BPD")
        self.risk_axes = axes
        axes.set_yticks([0, 1], ["anybody", "relative"])
        axes.tick_params(axis="y", length=0)
        for y in (0, 1):
            axes.barh(y, 100, 0.66, facecolor="#f1f1f1")
        self.risks = [Rectangle((0, y - 0.33), 0, 0.66, facecolor=COLOURS["green"]) for y in (0, 1)]
        for bar in self.risks:
            self.canvas.moving(bar)
            axes.add_patch(bar)
        self.risk_texts = [
            self.canvas.moving(axes.text(0, y, "", color=COLOURS["green"], fontweight="bold", va="center"))
            for y in (0, 1)
        ]

    def picture(self, environment_times: float, measure: str, relative: str) -> Picture:
        """Return the picture of one population."""
        one_of("measure", measure, tuple(_MEASURES))
        one_of("relative", relative, tuple(RELATEDNESS))
        within("environment_times", environment_times, _LEAST, _MOST)
        genes = _scaled(measure, 1.0)
        now = _scaled(measure, environment_times)
        for y, times in enumerate((1.0, environment_times)):
            self.genes[y].set_width(genes)
            self.environments[y].set_x(genes)
            self.environments[y].set_width((1.0 - genes) * times)
        grid = np.linspace(_LEAST, _MOST, 76)
        self.curve.set_data(grid, 100.0 * heritability_when_environment_scales(genes, grid))
        self.dot.set_data([environment_times], [100.0 * now])
        self.dot_text.set_text(f"{100.0 * now:.0f} %")
        # Right above the falling curve, unless the axis ends there.
        self.dot_text.set_position((min(environment_times, 3.5) + 0.1, 100.0 * now + 4))
        spread = np.sqrt((1.0 - genes) * environment_times)
        for (place, _, _), line, centre in zip(_GROUPS, self.people, self.centres, strict=True):
            middle = place * np.sqrt(genes)
            line.set_data(_GRID, normal_density((_GRID - middle) / spread) / spread)
            centre.set_data([middle], [0.0])
        risk = float(risk_in_relatives(self.prevalence, now, RELATEDNESS[relative]))
        for share, bar, text in zip((self.prevalence, risk), self.risks, self.risk_texts, strict=True):
            bar.set_width(100.0 * share)
            text.set_text(f"{100.0 * share:.1f}")
            text.set_x(100.0 * share + 1.5)
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Four plots of a modelled human population. Stacked bars of variance: genes {genes:.2f} before and "
                f"now, environments {1.0 - genes:.2f} before and {(1.0 - genes) * environment_times:.2f} now. "
                f"Heritability in per cent against the environment's variance: a falling curve, {100.0 * now:.1f} % at "
                f"{environment_times:g} times the study's. Three bell curves of liability for people with low, "
                f"average and high genetic liability: same centres, standard deviation {spread:.2f}. Bars of risk: "
                f"{100.0 * self.prevalence:.1f} of 100 people, {100.0 * risk:.1f} of 100 with an affected "
                f"{relative}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(measure, relative, self.prevalence),
            reading=self._reading(environment_times, measure, relative, risk),
        )

    def _reading(self, times: float, measure: str, relative: str, risk: float) -> str:
        row, words = _MEASURES[measure]
        before, now = 100.0 * _scaled(measure, 1.0), 100.0 * _scaled(measure, times)
        prevalence = evidence.claim("bpd-prevalence")
        moved = (
            f"With the study's environments: heritability {before:.0f} %."
            if times == 1.0
            else f"With {times:g} times the study's variance of environments: heritability {now:.1f} % instead of "
            f"{before:.0f} %, although no gene has changed."
        )
        compared = ""
        if self.prediction is not None:
            gap = self.prediction - self.asked
            verdict = "close" if abs(gap) <= 2 else f"{abs(gap):.0f} points too {'high' if gap > 0 else 'low'}"
            compared = (
                f" You predicted {self.prediction:g} % for twice the variance (features): it is {self.asked:.1f} %, so "
                f"your prediction was {verdict}."
            )
        return (
            f"Starting from {words} ({before:g} %, {evidence.claim(row).status}). {moved} Identical twins would then "
            f"be correlated by {now / 100.0:.2f}. If {100.0 * self.prevalence:g} of 100 people have BPD "
            f"({prevalence.status}), so do {100.0 * risk:.1f} of 100 people with an affected {relative}: "
            f"{100.0 - 100.0 * risk:.1f} of 100 do not.{compared}"
        )


def _sign(series: str) -> str:
    return {"first": "●", "second": "■", "third": "▲"}[series]


def _scaled(measure: str, times: float) -> float:
    start = evidence.value(_MEASURES[measure][0]) / 100.0
    return float(heritability_when_environment_scales(start, times))


def _table(measure: str, relative: str, prevalence: float) -> Table:
    rows = []
    for times in _TABLE_TIMES:
        now = _scaled(measure, times)
        risk = float(risk_in_relatives(prevalence, now, RELATEDNESS[relative]))
        rows.append((f"{times:g}", f"{100 * now:.1f}", f"{now:.2f}", f"{100 * risk:.1f}"))
    columns = (
        "Environment's variance (× study)", "Heritability (%)", "Correlation of identical twins",
        f"Of 100 with an affected {relative}, so many have BPD",
    )  # fmt: skip
    return Table(columns, tuple(rows))
