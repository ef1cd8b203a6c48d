"""Simulator: the dopamine peak against dose for two drugs with one maximum, in "% of" and "% above" basal."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter

from course import evidence
from course.models import drugs
from course.models.checks import one_of, positive
from course.models.dopamine import percent_of_to_percent_above
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Steps, simulator
from course.simulators.prediction import WordPrediction

_FIRST, _LAST = 0.03, 100.0
_DOSES = np.geomspace(_FIRST, _LAST, 241)
_SLIDER = tuple(float(f"{dose:.2g}") for dose in 10.0 ** np.linspace(-1.5, 2.0, 71))
_TEXTS = tuple(f"{dose:g} mg/kg" for dose in _SLIDER)
_SCALES = {"of": "% of basal", "above": "% above basal"}
_TICKS = {"of": np.arange(0, 1501, 250), "above": np.arange(100, 1501, 250)}
_PREDICTION = WordPrediction(
    {
        "methamphetamine": "methamphetamine",
        "cocaine": "cocaine",
        "about equal": "about equal",
        "equal": "about equal",
        "the same": "about equal",
        "same": "about equal",
        "neither": "about equal",
        "both": "about equal",
    }
)
_CAPTION = (
    "Illustrative Hill curves for the rat's nucleus accumbens shell. The common maximum and the range of doses (thick "
    "lines) come from one study; where the curves lie in between is assumed. A full-substitution dose is one a trained "
    "rat cannot tell from its training dose. Doses are a rat's, and say nothing about people."
)


def draw(
    methamphetamine_mg_per_kg: float = 1.0,
    cocaine_mg_per_kg: float = 10.0,
    scale: str = "of",
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    The two doses (rat) are marked on their curves. `scale`: "of" (% of basal) or "above" (% above basal).
    `prediction`: which drug has the higher maximum, "methamphetamine", "cocaine" or "about equal", drawn at that
    curve. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(methamphetamine_mg_per_kg, cocaine_mg_per_kg, scale)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: which drug has the higher maximum, or "about equal".

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="dose-response",
        title="Dose and dopamine peak",
        controls=[
            Steps("methamphetamine_mg_per_kg", "Methamphetamine, rat", 1.0, _SLIDER, _TEXTS),
            Steps("cocaine_mg_per_kg", "Cocaine, rat", 10.0, _SLIDER, _TEXTS),
            Choice("scale", "Dopamine peak in", "of", _SCALES),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


class _Drawing:
    """The figure, laid out once; `picture` moves the dose and changes the scale."""

    def __init__(self, prediction: str | None) -> None:
        self.prediction = prediction
        self.curves = {name: drugs.dose_response(name) for name in drugs.DRUGS}
        self.canvas = Canvas(7.2, 4.8)
        self.scale = ""
        with self.canvas.styled():
            axes = self.canvas.figure.subplots()
            axes.set(xscale="log", xlim=(_FIRST, _LAST), ylim=(0, 1500), xlabel="Dose (mg/kg, rat, logarithmic)")
            axes.set_title("RAT · nucleus accumbens shell (illustrative)")
            axes.xaxis.set_major_locator(FixedLocator([0.03, 0.1, 0.3, 1, 3, 10, 30, 100]))
            axes.xaxis.set_major_formatter(FuncFormatter(lambda dose, _: f"{dose:g}"))
            axes.xaxis.set_minor_formatter(NullFormatter())
            self.axes = axes
            self._bands(axes)
            for name, style in (("methamphetamine", SERIES["first"]), ("cocaine", SERIES["second"])):
                self._curve(axes, name, style.colour, style.dash)
            moving = self.canvas.moving
            self.drops, self.marks, self.mark_texts = {}, {}, {}
            halo = [withStroke(linewidth=4, foreground="white")]
            for name, style in (("methamphetamine", SERIES["first"]), ("cocaine", SERIES["second"])):
                self.drops[name] = moving(axes.plot([], [], color=style.colour, linewidth=1.2)[0])
                self.marks[name] = moving(
                    axes.plot([], [], style.marker, color=style.colour, markersize=11, zorder=6, clip_on=False)[0]
                )
                self.mark_texts[name] = moving(
                    axes.text(1, 0, "", color=style.colour, fontweight="bold", va="bottom", path_effects=halo, zorder=7)
                )
            self._set_scale("of")
        self.canvas.settle()

    def _bands(self, axes: Axes) -> None:
        self.band_texts = []
        bands = (
            ("ma-da-peak-nac", "published maxima: ", SERIES["third"].colour, 0.034, 60.0),
            ("da-full-substitution-range", "full-substitution\ndoses: ", COLOURS["quiet"], 15.0, -100.0),
        )
        for claim_id, words, colour, x, lift in bands:
            low, high = _range(claim_id)
            axes.axhspan(low, high, facecolor=colour, alpha=0.16, linewidth=0, zorder=0)
            text = axes.text(x, high + lift, "", color=colour, fontsize=11, va="center", linespacing=1.1, zorder=5)
            self.band_texts.append((text, words, low, high))

    def _curve(self, axes: Axes, name: str, colour: str, dash: str) -> None:
        curve = self.curves[name]
        peak = drugs.peak_percent_of_basal(_DOSES, curve)
        studied = (_DOSES >= curve.lowest_dose_mg_per_kg * 0.999) & (_DOSES <= curve.highest_dose_mg_per_kg * 1.001)
        axes.plot(_DOSES, peak, color=colour, linewidth=1.2, linestyle="dotted")
        axes.plot(_DOSES[studied], peak[studied], color=colour, linestyle=dash, linewidth=3)
        half = curve.half_maximal_dose_mg_per_kg
        axes.annotate(
            name, (half, 760), xytext=(-10, 0), textcoords="offset points", color=colour, fontweight="bold", ha="right"
        )
        if self.prediction in (name, "about equal"):
            guess, x = SERIES["prediction"], curve.highest_dose_mg_per_kg
            top = 1400.0 if self.prediction == name else curve.maximum_percent_of_basal
            axes.plot([x], [top], guess.marker, color=guess.colour, markersize=10, zorder=6, clip_on=False)
            if self.prediction == name:
                words, ha = ("  you: highest", "left") if name == "methamphetamine" else ("you: highest  ", "right")
                axes.text(x, top, words, va="center", color=guess.colour, fontweight="bold", ha=ha)
            elif name == "cocaine":
                axes.text(x, 1400, "you: about equal", color=guess.colour, fontweight="bold", ha="right")

    def _set_scale(self, scale: str) -> None:
        self.scale = scale
        shift = 100 if scale == "above" else 0
        self.axes.set_yticks(_TICKS[scale], [f"{tick - shift:g}" for tick in _TICKS[scale]])
        self.axes.set_ylabel(f"Dopamine peak ({_SCALES[scale]})")
        for text, words, low, high in self.band_texts:
            text.set_text(f"{words}{low - shift:g}–{high - shift:g} %")

    def picture(self, methamphetamine_mg_per_kg: float, cocaine_mg_per_kg: float, scale: str) -> Picture:
        """Return the picture of one dose of each drug on one scale."""
        one_of("scale", scale, tuple(_SCALES))
        doses = {
            "methamphetamine": float(positive("methamphetamine_mg_per_kg", methamphetamine_mg_per_kg)),
            "cocaine": float(positive("cocaine_mg_per_kg", cocaine_mg_per_kg)),
        }
        for name, dose in doses.items():
            if not _FIRST <= dose <= _LAST:
                raise ValueError(f"{name}_mg_per_kg must lie between {_FIRST:g} and {_LAST:g}, the ends of the axis.")
        if scale != self.scale:
            self._set_scale(scale)
            self.canvas.refresh(scale)
        peaks = {name: float(drugs.peak_percent_of_basal(dose, self.curves[name])) for name, dose in doses.items()}
        shown = {name: _on(scale, peak) for name, peak in peaks.items()}
        for name, dose in doses.items():
            self.drops[name].set_data([dose, dose], [0, peaks[name]])
            self.marks[name].set_data([dose], [peaks[name]])
            crowded = name == "cocaine" and _close(doses, peaks)
            self._place_text(self.mark_texts[name], f"{shown[name]:.0f} %", dose, peaks[name] - (90 if crowded else 0))
        unit = _SCALES[scale]
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Line plot, rat: dopamine peak in {unit} against dose from {_FIRST:g} to {_LAST:g} mg/kg on a "
                "logarithmic axis. Two S-shaped curves rise to the same maximum, methamphetamine at lower doses than "
                f"cocaine. Methamphetamine at {doses['methamphetamine']:g} mg/kg gives "
                f"{shown['methamphetamine']:.0f} % and cocaine at {doses['cocaine']:g} mg/kg {shown['cocaine']:.0f} %."
            ),
            caption=_CAPTION,
            species="Rat, illustrative model",
            table=self._table(),
            reading=self._reading(doses, peaks, scale),
        )

    @staticmethod
    def _place_text(text: Text, words: str, dose: float, peak: float) -> None:
        # Above left of the mark, where a rising curve leaves room; at the axis it changes sides.
        right = dose < 0.2
        text.set_text(words)
        text.set_position((dose * (1.1 if right else 0.9), peak + 15))
        text.set_horizontalalignment("left" if right else "right")

    def _reading(self, doses: dict[str, float], peaks: dict[str, float], scale: str) -> str:
        top = _on(scale, self.curves["cocaine"].maximum_percent_of_basal)
        other = "above" if scale == "of" else "of"
        first, second = peaks["methamphetamine"], peaks["cocaine"]
        told = ""
        if self.prediction == "about equal":
            told = " You predicted about equal maxima: so it is in this study."
        elif self.prediction is not None:
            told = f" You predicted that {self.prediction} has the higher maximum: both reach the same one."
        return (
            f"Methamphetamine at {doses['methamphetamine']:g} mg/kg: peak {_on(scale, first):.0f} % {scale} basal "
            f"(that is {_on(other, first):.0f} % {other}). Cocaine at {doses['cocaine']:g} mg/kg: "
            f"{_on(scale, second):.0f} % {scale} basal ({_on(other, second):.0f} % {other}). "
            f"The common maximum is about {top:.0f} % {scale} basal.{told}"
        )

    def _table(self) -> Table:
        doses = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
        columns = ("Dose (mg/kg, rat)", *(f"{name} ({unit})" for name in self.curves for unit in _SCALES.values()))
        peaks = {name: drugs.peak_percent_of_basal(np.array(doses), curve) for name, curve in self.curves.items()}
        rows = tuple(
            (f"{dose:g}", *(f"{_on(scale, peaks[name][i]):.0f}" for name in self.curves for scale in _SCALES))
            for i, dose in enumerate(doses)
        )
        return Table(columns, rows)


def _close(doses: dict[str, float], peaks: dict[str, float]) -> bool:
    first, second = doses["methamphetamine"], doses["cocaine"]
    return max(first, second) < 2 * min(first, second) and abs(peaks["methamphetamine"] - peaks["cocaine"]) < 90


def _on(scale: str, percent_of_basal: float) -> float:
    return float(percent_of_to_percent_above(percent_of_basal)) if scale == "above" else float(percent_of_basal)


def _range(claim_id: str) -> tuple[float, float]:
    row = evidence.claim(claim_id)
    if row.teach_low is None or row.teach_high is None:
        raise ValueError(f'The claim "{claim_id}" has no range to draw.')
    return row.teach_low, row.teach_high
