"""Simulator: a constant and a falling hazard through what was observed after treatment, and hazard ratios."""

import re

import numpy as np
from matplotlib.axes import Axes

from course import evidence
from course.models.checks import Array, one_of, within
from course.models.survival import Weibull, exponential_through, survival_from_hr, weibull_through
from course.models.trial import share_half_width
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, Steps, simulator
from course.simulators.prediction import NumberPrediction

_END, _YEAR, _ASKED_RATIO = 60.0, 12.0, 2.0
_OBSERVED = {1.0: "ma-relapse-month-1", 6.0: "ma-relapse-month-6", _YEAR: "ma-relapse-1y", _END: "ma-relapse-year-5"}
_HELPED, _PARENT = (evidence.value(f"ma-relapse-hr-{who}") for who in ("selfhelp", "parent"))
_RATIOS = (0.25, _HELPED, 0.5, 0.75, 1.0, _PARENT, 2.0, 3.0, 4.0)
_SHAPES = {"exponential": "exponential (constant hazard)", "Weibull": "Weibull (falling hazard)"}
_GRID = np.concatenate([np.linspace(0.05, 1.0, 20), np.linspace(1.25, _END, 236)])
_PREDICTION = NumberPrediction(example=50, unit="per cent", low=0, high=100)
_SPECIES = "Human, groups of people; curves: model"


def draw(
    hazard_ratio: float = 1.0, months: float = _YEAR, shape: str = "Weibull", prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `hazard_ratio`: of another group against the one observed, one of 0.25, 0.5, 0.75, 1, 2, 3, 4 or the two of the
    ledger. `months`: where the curves are read, 1 to 60. `shape`: the curve that the ratio acts on, "exponential" or
    "Weibull". `prediction`: per cent back to use within 12 months in a group with twice the hazard.
    Raises ValueError for other settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(hazard_ratio, months, shape)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: per cent back to use within 12 months in a group with twice the hazard.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="hazard-shape",
        title="The hazard of a return to use after treatment",
        controls=[
            Steps("hazard_ratio", "Hazard ratio of another group", 1.0, _RATIOS, tuple(map(_ratio, _RATIOS))),
            Range("months", "Read at month", _YEAR, 1, _END, 1, "months"),
            Choice("shape", "The ratio acts on", "Weibull", _SHAPES),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _ratio(ratio: float) -> str:
    named = {1.0: " (the group observed)", _HELPED: " (self-help or other care)", _PARENT: " (parent with problems)"}
    return f"{ratio:g}{named.get(ratio, '')}"


def _returned() -> dict[float, float]:
    """Return the share back to use at each month observed."""
    return {month: evidence.value(claim_id) / 100.0 for month, claim_id in _OBSERVED.items()}


def _people() -> Array:
    """Return how many people stand behind each observed share; fewer were followed for five years."""
    found = re.search(r"\d+", evidence.claim("ma-relapse-month-1").population)
    if found is None:
        raise ValueError('The population of the claim "ma-relapse-month-1" holds no number of people.')
    return np.array([float(found[0])] * (len(_OBSERVED) - 1) + [evidence.value("ma-relapse-five-year-n")])


def _curves() -> dict[str, Weibull]:
    """Return the curve of each shape: through month 12 alone, and through months 1 and 12."""
    without = {month: 1.0 - share for month, share in _returned().items()}
    return {
        "exponential": exponential_through(_YEAR, without[_YEAR]),
        "Weibull": weibull_through((1.0, without[1.0]), (_YEAR, without[_YEAR])),
    }


def _back(curve: Weibull, hazard_ratio: float, months: float | Array) -> Array:
    """Return the per cent back to use by then in a group with so many times the hazard of the curve."""
    return np.asarray(100.0 * (1.0 - survival_from_hr(curve.survival(months), hazard_ratio)))


class _Drawing:
    """The figure, laid out once; `picture` moves its lines."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.curves = _curves()
        self.canvas = Canvas(7.4, 6.6)
        with self.canvas.styled():
            returned, hazard = self.canvas.figure.subplots(2, height_ratios=[1.5, 1.0])
            self._lay_out_returned(returned)
            self._lay_out_hazard(hazard)
        self.canvas.settle()

    def _lay_out_returned(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("HUMAN · use after treatment, with curves of a model", pad=26)
        axes.set(xlim=(0, _END + 1), ylim=(0, 103), ylabel="Any use so far (%)")
        axes.set_xticks(range(0, int(_END) + 1, 12))
        axes.set_yticks(range(0, 101, 25))
        self._draw_both(axes, {name: _back(curve, 1.0, _GRID) for name, curve in self.curves.items()})
        shares, months = np.array(list(_returned().values())), list(_OBSERVED)
        axes.errorbar(months, 100.0 * shares, 100.0 * share_half_width(shares, _people()), fmt="o", zorder=5,
                      color=COLOURS["ink"], markersize=6, elinewidth=1.6, capsize=4, label="observed",
                      clip_on=False)  # fmt: skip
        third = SERIES["third"]
        self.other = moving(axes.plot([], [], color=third.colour, linestyle=third.dash, linewidth=3,
                                      label="other group")[0])  # fmt: skip
        self.here = moving(
            axes.plot([], [], third.marker, color=third.colour, markersize=10, zorder=7, markeredgecolor="white",
                      clip_on=False)[0]
        )  # fmt: skip
        self.month = moving(axes.axvline(0, color=COLOURS["quiet"], linewidth=0.8))
        self.text = moving(axes.text(_END, 4, "", color=third.colour, fontweight="bold", ha="right", va="bottom"))
        if self.prediction is not None:
            look = SERIES["prediction"]
            moving(
                axes.plot([_YEAR], [self.prediction], look.marker, color=look.colour, markersize=9, zorder=6,
                          markeredgecolor="white", clip_on=False, linestyle="none",
                          label=f"you: {self.prediction:g} %")[0]
            )  # fmt: skip
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=5, frameon=False, borderaxespad=0, fontsize=10,
                    handlelength=1.8, columnspacing=0.9, handletextpad=0.4)  # fmt: skip

    def _lay_out_hazard(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL · hazard", pad=8)
        axes.set(xlim=(0, _END + 1), ylim=(0.001, 2.0), yscale="log", xlabel="Months after treatment",
                 ylabel="Returns a month, of\nthose not yet back")  # fmt: skip
        axes.set_xticks(range(0, int(_END) + 1, 12))
        axes.set_yticks([0.001, 0.01, 0.1, 1.0], ["0.001", "0.01", "0.1", "1"])
        axes.minorticks_off()
        self._draw_both(axes, {name: curve.hazard(_GRID) for name, curve in self.curves.items()})
        third = SERIES["third"]
        self.other_hazard = moving(axes.plot([], [], color=third.colour, linestyle=third.dash, linewidth=3)[0])
        self.hazard_here = moving(
            axes.plot([], [], third.marker, color=third.colour, markersize=10, markeredgecolor="white", zorder=7)[0]
        )
        self.hazard_text = moving(axes.text(1.0, 0.97, "", transform=axes.transAxes, fontsize=11, ha="right", va="top"))

    def _draw_both(self, axes: Axes, lines: dict[str, Array]) -> None:
        for look, (name, values) in zip((SERIES["second"], SERIES["first"]), lines.items(), strict=True):
            axes.plot(_GRID, values, color=look.colour, linestyle=look.dash, linewidth=1.8, label=name)

    def picture(self, hazard_ratio: float, months: float, shape: str) -> Picture:
        """Return the picture of one hazard ratio, read at one month."""
        if hazard_ratio not in _RATIOS:
            raise ValueError(f"hazard_ratio must be one of {', '.join(f'{ratio:g}' for ratio in _RATIOS)}.")
        within("months", months, 1.0, _END)
        one_of("shape", shape, tuple(_SHAPES))
        curve = self.curves[shape]
        back, base = float(_back(curve, hazard_ratio, months)), float(_back(curve, 1.0, months))
        hazard = hazard_ratio * float(curve.hazard(months))
        self.other.set_data(_GRID, _back(curve, hazard_ratio, _GRID))
        self.other_hazard.set_data(_GRID, hazard_ratio * curve.hazard(_GRID))
        self.here.set_data([months], [back])
        self.hazard_here.set_data([months], [hazard])
        self.month.set_xdata([months, months])
        self.text.set_text(f"▲ other group, month {months:g}: {back:.0f} %")
        self.hazard_text.set_text(f"hazard ratio {hazard_ratio:g}; month {months:g}: {hazard:.3f} per month")
        return self._describe(hazard_ratio, months, shape, back, base, hazard)

    def _describe(
        self, hazard_ratio: float, months: float, shape: str, back: float, base: float, hazard: float
    ) -> Picture:
        observed = ", ".join(f"{100 * share:.0f} % by month {month:g}" for month, share in _returned().items())
        constant, falling = self.curves["exponential"], self.curves["Weibull"]
        compared = ""
        if self.prediction is not None:
            answer = float(_back(constant, _ASKED_RATIO, _YEAR))  # every curve runs through the year's point
            gap = self.prediction - answer
            verdict = "close" if abs(gap) <= 2 else f"{abs(gap):.0f} points too {'high' if gap > 0 else 'low'}"
            compared = (
                f" You predicted {self.prediction:g} % back by month {_YEAR:g} at a hazard ratio of {_ASKED_RATIO:g}: "
                f"it is {answer:.1f} %, so your prediction was {verdict}."
            )
        source = evidence.claim("ma-relapse-1y").sources[0].short
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Two plots, human groups, with model curves. Above, per cent with any use so far against {_END:g} "
                f"months after treatment: points observed ({observed}) with 95 % intervals, a dashed exponential and a "
                f"solid Weibull curve, and another group with a hazard ratio of {hazard_ratio:g} on the {shape} curve, "
                f"{back:.0f} % at month {months:g}. Below, hazard per month on a log axis: the exponential is flat, "
                f"the Weibull falls; the other group runs parallel, {hazard:.3f} here."
            ),
            caption=(
                f"Points with 95 % intervals: {source}; any use after discharge from treatment, remembered. Months 1 "
                "and 6 are second-hand (imprecise). The exponential goes through month 12, the Weibull through months "
                "1 and 12; the other points test them. A falling hazard may mean that people recover, or that those "
                "at the highest risk leave the group first: the curve cannot tell. Hazard ratios are not from trials, "
                "and none of this forecasts a person."
            ),
            species=_SPECIES,
            table=self._table(hazard_ratio, shape),
            reading=(
                f"Human groups. Hazard ratio {hazard_ratio:g} on the {shape} curve: {back:.1f} % back to use by month "
                f"{months:g}, against {base:.1f} % at a ratio of 1; hazard {hazard:.3f} per month. A constant hazard "
                f"says {float(_back(constant, 1.0, 1.0)):.1f} % by month 1 and {float(_back(constant, 1.0, _END)):.0f} "
                f"% by month {_END:g}; the falling one (shape {falling.shape:.2f}) says "
                f"{float(_back(falling, 1.0, 6.0)):.0f} % by month 6 and {float(_back(falling, 1.0, _END)):.0f} % by "
                f"month {_END:g}.{compared}"
            ),
        )

    def _table(self, hazard_ratio: float, shape: str) -> Table:
        observed = _returned()
        half = dict(zip(observed, 100.0 * share_half_width(np.array(list(observed.values())), _people()), strict=True))
        rows = []
        for month in (1.0, 3.0, 6.0, 12.0, 24.0, 36.0, 48.0, 60.0):
            seen = f"{100 * observed[month]:.0f} ± {half[month]:.1f}" if month in observed else "–"
            curves = (float(_back(curve, 1.0, month)) for curve in self.curves.values())
            other = float(_back(self.curves[shape], hazard_ratio, month))
            rows.append((f"{month:g}", seen, *(f"{value:.1f}" for value in curves), f"{other:.1f}"))
        columns = (
            "Month", "Observed (%, 95 % interval)", "Exponential (%)", "Weibull (%)",
            f"Hazard ratio {hazard_ratio:g}, {shape} (%)",
        )  # fmt: skip
        return Table(columns, tuple(rows))
