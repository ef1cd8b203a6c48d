"""Simulator: four risks on two axes, and a synergy that comes or goes with the scale."""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from course.models.checks import within
from course.models.interaction import SCALES, expected, interaction
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_ASKED = (5.0, 15.0, 20.0)  # what the prediction is about: risks in % with neither, BPD alone, MA alone
_LIMITS = {"neither": (1, 40), "first": (1, 90), "second": (1, 90), "both": (1, 90)}
_PREDICTION = NumberPrediction(example=25, unit="per cent", low=0, high=100)
_SPECIES = "Human, groups in an example with made-up risks"
_CAPTION = (
    "Made-up risks of some bad outcome in four groups of people. Dashed: what the second group of each line would show "
    "if both together did nothing extra on this scale. No study of borderline personality disorder (BPD) and "
    "methamphetamine use (MA) has reported all four."
)
_TOLERANCE = 1e-9  # below this a difference is rounding


@dataclass
class _Plot:
    """What moves in one of the two plots."""

    lines: dict[str, Line2D]
    names: dict[str, Text]
    parallel: Line2D
    goal: Line2D
    guess: Line2D
    verdict: Text


def draw(
    neither: float = 5.0, first: float = 15.0, second: float = 20.0, both: float = 40.0, prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    Risks in per cent: `neither` 1 to 40, `first` (BPD alone), `second` (MA alone) and `both` 1 to 90. `prediction`: the
    risk with both that would mean nothing extra, for 5, 15 and 20 %. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(neither, first, second, both)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: the risk with both, in per cent, that would mean nothing extra.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    none, one, other = _ASKED
    return simulator(
        name="interaction-scales",
        title="Four risks on two scales",
        controls=[
            Range("neither", "Risk with neither", none, 1, 40, 1, "%"),
            Range("first", "Risk with BPD alone", one, 1, 90, 1, "%"),
            Range("second", "Risk with MA alone", other, 1, 90, 1, "%"),
            Range("both", "Risk with both", 40, 1, 90, 1, "%"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _expected(neither: float, first: float, second: float) -> dict[str, float]:
    """Return the risk with both (%) that means no interaction, by scale."""
    return {
        scale: 100.0 * float(expected(neither / 100.0, first / 100.0, second / 100.0, scale)) for scale in SCALES
    }  # fmt: skip


def _beside(found: float, reference: float) -> str:
    """Return "more than", "less than" or "exactly"."""
    if abs(found - reference) < _TOLERANCE:
        return "exactly"
    return "more than" if found > reference else "less than"


class _Drawing:
    """The figure, laid out once; `picture` moves lines and marks."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(8.0, 4.6)
        with self.canvas.styled():
            left, right = self.canvas.figure.subplots(1, 2)
            self.plots = {
                "additive": self._lay_out(left, "HUMAN, made-up · adding"),
                "multiplicative": self._lay_out(right, "The same · multiplying"),
            }
            left.set(ylim=(0, 105), ylabel="Risk (%), even steps")
            right.set(yscale="log", ylim=(0.8, 115), ylabel="Risk (%), each step twice as much")
            right.set_yticks([1, 2, 4, 8, 16, 32, 64], ["1", "2", "4", "8", "16", "32", "64"])
            right.minorticks_off()
        self.canvas.settle()

    def _lay_out(self, axes: Axes, title: str) -> _Plot:
        axes.set_title(title, pad=26)
        axes.set(xlim=(-0.25, 1.75))
        axes.set_xticks([0, 1], ["without MA", "with MA"])
        moving = self.canvas.moving
        looks = {"without BPD": SERIES["first"], "with BPD": SERIES["second"]}
        guess, quiet = SERIES["prediction"], COLOURS["quiet"]
        you = "" if self.prediction is None else f"   ◆ you: {self.prediction:g} %"
        axes.set_xlabel(f"○ nothing extra on this scale{you}", fontsize=10.5, color=quiet)
        return _Plot(
            lines={
                name: moving(
                    axes.plot([], [], color=look.colour, linestyle="solid", marker=look.marker, markersize=8,
                              clip_on=False)[0]
                )
                for name, look in looks.items()
            },
            names={
                name: moving(axes.text(1.07, 0, name, color=look.colour, va="center", fontsize=10.5))
                for name, look in looks.items()
            },
            parallel=moving(axes.plot([], [], color=quiet, linestyle=(0, (3, 2)), linewidth=1.8)[0]),
            goal=moving(
                axes.plot([], [], "o", color=quiet, markerfacecolor="white", markeredgewidth=1.8, markersize=9)[0]
            ),
            guess=moving(axes.plot([], [], guess.marker, color=guess.colour, markersize=9, zorder=6)[0]),
            verdict=moving(axes.text(0.0, 1.04, "", transform=axes.transAxes, fontsize=10.5)),
        )  # fmt: skip

    def picture(self, neither: float, first: float, second: float, both: float) -> Picture:
        """Return the picture of four risks in per cent."""
        given = {"neither": neither, "first": first, "second": second, "both": both}
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        goals = _expected(neither, first, second)
        reri, ratio = (float(part) for part in interaction(*(risk / 100.0 for risk in given.values())))
        words = {
            "additive": f"RERI = {_signed(reri)}: {_beside(both, goals['additive'])} the sum",
            "multiplicative": f"ratio = {ratio:.2f}: {_beside(both, goals['multiplicative'])} the product",
        }
        asked = (neither, first, second) == _ASKED
        for scale, plot in self.plots.items():
            plot.lines["without BPD"].set_data([0, 1], [neither, second])
            plot.lines["with BPD"].set_data([0, 1], [first, both])
            for name, risk in (("without BPD", second), ("with BPD", both)):
                plot.names[name].set_y(risk)
            self._part(plot, second, both, scale)
            plot.parallel.set_data([0, 1], [first, goals[scale]])
            plot.goal.set_data([1], [goals[scale]])
            if self.prediction is not None:
                plot.guess.set_data([0.88], [self.prediction])
                plot.guess.set_visible(asked)
            plot.verdict.set_text(words[scale])
        return self._describe(given, goals, reri, ratio)

    def _part(self, plot: _Plot, second: float, both: float, scale: str) -> None:
        """Move the two names apart where their lines end close to each other."""
        gap = 8.0
        if scale == "additive" and abs(second - both) < gap:
            middle, half = (second + both) / 2.0, gap / 2.0 if both >= second else -gap / 2.0
            heights = middle - half, middle + half
        elif scale == "multiplicative" and max(second, both) / min(second, both) < 1.5:
            middle, factor = (second * both) ** 0.5, 1.5**0.5 if both >= second else 1.5**-0.5
            heights = middle / factor, middle * factor
        else:
            heights = second, both
        for name, height in zip(("without BPD", "with BPD"), heights, strict=True):
            plot.names[name].set_y(height)

    def _describe(self, given: dict[str, float], goals: dict[str, float], reri: float, ratio: float) -> Picture:
        neither, first, second, both = given.values()
        impossible = [name for name, goal in goals.items() if not 0 <= goal <= 100]
        never = " A risk outside 0 to 100 % cannot be: on that scale the question has no answer." if impossible else ""
        says = (
            f"Risk with neither {neither:g} %, with BPD alone {first:g} %, with MA alone {second:g} %, with both "
            f"{both:g} %. Nothing extra would be {_percent(goals['additive'])} by adding, {_percent(goals['odds'])} by "
            f"multiplying odds, {_percent(goals['multiplicative'])} by multiplying risks. So both together do "
            f"{_beside(both, goals['additive'])} the sum (RERI {_signed(reri)}) and "
            f"{_beside(both, goals['multiplicative'])} the product (ratio {ratio:.2f}).{never}"
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Two line plots of one set of made-up human risks (%), without and with methamphetamine use (MA), a "
                f"line without and a line with BPD: left on an even axis, right on a logarithmic one. {says}"
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(given, goals),
            reading=says + self._compared(),
        )

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        guess, goals = self.prediction, _expected(*_ASKED)
        nearest = min(goals, key=lambda scale: abs(goals[scale] - guess))
        how = {"additive": "adding", "multiplicative": "multiplying risks", "odds": "multiplying odds"}
        listed = ", ".join(f"{_percent(goal)} by {how[scale]}" for scale, goal in goals.items())
        none, one, other = _ASKED
        return (
            f" You predicted {guess:g} % where the risks are {none:g}, {one:g} and {other:g} %: nearest to "
            f"{how[nearest]}. There are three answers ({listed}), and none of them is the one right scale."
        )


def _percent(risk: float) -> str:
    return f"{risk:.0f} %".replace("-", "−") if abs(risk - round(risk)) < 0.05 else f"{risk:.1f} %".replace("-", "−")


def _signed(number: float) -> str:
    return f"{number + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")


def _table(given: dict[str, float], goals: dict[str, float]) -> Table:
    names = {"neither": "neither", "first": "BPD alone", "second": "MA alone", "both": "both"}
    rows = [
        (names[key], f"{risk:g}", f"{risk - given['neither']:+g}".replace("-", "−"), f"{risk / given['neither']:.2f}")
        for key, risk in given.items()
    ]
    words = {"additive": "both, if risks added", "multiplicative": "both, if risks multiplied",
             "odds": "both, if odds multiplied"}  # fmt: skip
    rows += [
        (words[scale], _percent(goal).removesuffix(" %"), _percent(goal - given["neither"]).removesuffix(" %"),
         f"{goal / given['neither']:.2f}".replace("-", "−"))
        for scale, goal in goals.items()
    ]  # fmt: skip
    return Table(("Group", "Risk (%)", "More than with neither (points)", "Times the risk with neither"), tuple(rows))
