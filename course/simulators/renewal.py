"""Simulator: extinction in one place and return in another, with a link to the place that varies."""

import numpy as np
from matplotlib.axes import Axes

from course.models.checks import Array, within
from course.models.extinction import inhibition, response
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_MOST = 40
_ASKED_TRIALS, _ASKED_ELSEWHERE = 20, 0.3
_LIMITS = {"trials": (0, _MOST), "elsewhere": (0, 1), "link": (0.2, 1)}
_WHEN = {"never": "never", "before learning": "before extinction", "after learning": "after extinction"}
_PREDICTION = NumberPrediction(example=30, unit="per cent", low=0, high=100)
_SPECIES = "Model, group of animals (rat; in people less sure)"
_CAPTION = (
    "A reduction of Bouton's account: what was learned first stays, and extinction adds inhibition that counts where "
    "it was learned. Links and the learning rate are assumed. Damage to the hippocampus does not act in one direction, "
    "so the link stands for no region."
)


def draw(
    trials: int = 20,
    elsewhere: float = 0.3,
    link: float = 0.6,
    weakened: str = "never",
    learning_rate: float = 0.2,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `trials`: extinction trials in the second place, 0 to 40. `elsewhere`: how much of what was learned there counts in
    the first place, 0 to 1. `link`: what a weakened link to the second place has left, 0.2 to 1; `weakened`: "never"
    (then it is 1), "before learning" or "after learning". `learning_rate`: 0.05 to 0.5. `prediction`: the response in
    per cent of before, back in the first place, after 20 trials with 0.3 elsewhere. Raises ValueError otherwise.
    """
    return _Drawing(_PREDICTION.read(prediction), learning_rate).picture(trials, elsewhere, link, weakened)


def explore(prediction: object = ..., learning_rate: float = 0.2) -> Panel | Notice:
    """Return the simulator. `prediction`: the response (% of before) back in the first place, after extinction.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    `learning_rate`: 0.05 to 0.5; raises ValueError for another.
    """
    _check_rate(learning_rate)
    return simulator(
        name="renewal",
        title="Extinction in one place, return in another",
        controls=[
            Range("trials", "Extinction trials in place B", _ASKED_TRIALS, 0, _MOST, 1, "trials"),
            Range("elsewhere", "Counts also in place A (g)", _ASKED_ELSEWHERE, 0, 1, 0.05, "of 1", decimals=2),
            Choice("weakened", "The link to place B is weakened", "never", _WHEN),
            Range("link", "If weakened: what is left of it (h)", 0.6, 0.2, 1, 0.05, "of 1", decimals=2),
        ],
        drawing=lambda guess: _Drawing(guess, learning_rate).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _check_rate(rate: object) -> None:
    if isinstance(rate, bool) or not isinstance(rate, (int, float)) or not 0.05 <= rate <= 0.5:
        raise ValueError("learning_rate must be a number from 0.05 to 0.5.")


def _percent(trials: int, elsewhere: float, link: float, weakened: str, rate: float) -> tuple[Array, Array]:
    """Return the response (% of before) in place B during extinction, and in A after so many trials, (41,) each."""
    learned = inhibition(trials, rate, link if weakened == "before learning" else 1.0)
    here = response(learned, link if weakened != "never" else 1.0)
    return 100.0 * here, 100.0 * response(learned, elsewhere)


class _Drawing:
    """The figure, laid out once; `picture` moves lines and bars."""

    def __init__(self, prediction: float | None, rate: float) -> None:
        _check_rate(rate)
        self.prediction, self.rate = prediction, rate
        self.canvas = Canvas(7.6, 4.3)
        with self.canvas.styled():
            left, right = self.canvas.figure.subplots(1, 2, width_ratios=[1.35, 1], sharey=True)
            self._lay_out_course(left)
            self._lay_out_places(right)
        self.canvas.settle()

    def _lay_out_course(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL, RAT · during extinction in B", pad=28)
        axes.set(xlim=(0, _MOST), ylim=(0, 118), xlabel="Extinction trials in place B")
        axes.set_ylabel("Response (% of before)")
        axes.set_yticks(range(0, 101, 25))
        looks = {"B": SERIES["first"], "A": SERIES["second"]}
        names = {"B": "there, in B", "A": "back in A, after so many"}
        self.lines, self.dots = {}, {}
        for place, look in looks.items():
            self.lines[place] = moving(axes.plot([], [], color=look.colour, linestyle=look.dash, label=names[place])[0])
            self.dots[place] = moving(axes.plot([], [], look.marker, color=look.colour, markersize=9, clip_on=False)[0])
        self.now = moving(axes.axvline(0, color=COLOURS["ink"], linewidth=1))
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, borderaxespad=0,
                    fontsize=10, handlelength=1.9, columnspacing=1.0)  # fmt: skip

    def _lay_out_places(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("MODEL, RAT · then tested", pad=28)
        axes.set(xlim=(-0.6, 2.6), xlabel="Where")
        axes.set_xticks([0, 1, 2], ["A, before", "B, after", "A, after"])
        axes.tick_params(axis="x", length=0)
        axes.bar(0, 100, 0.6, color="#b8b8b8", edgecolor=COLOURS["ink"])
        axes.text(0, 102, "100 %", ha="center", va="bottom", fontweight="bold")
        self.bars = [
            moving(axes.bar(1, 0, 0.6, facecolor="#c9d9e8", edgecolor=COLOURS["blue"])[0]),
            moving(axes.bar(2, 0, 0.6, facecolor="#f6c9ad", edgecolor=COLOURS["orange"], hatch="//")[0]),
        ]
        self.texts = [moving(axes.text(i, 0, "", ha="center", va="bottom", fontweight="bold")) for i in (1, 2)]
        if self.prediction is not None:
            look = SERIES["prediction"]
            (mark,) = axes.plot([1.62, 2.45], [self.prediction] * 2, color=look.colour, linestyle=look.dash,
                                marker=look.marker, markevery=[1], markersize=9, zorder=6,
                                label=f"you, in A: {self.prediction:g} %")  # fmt: skip
            self.canvas.moving(mark)  # it has to stay above the bars, which are drawn anew
            axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), frameon=False, borderaxespad=0, fontsize=10,
                        handlelength=2.6)  # fmt: skip

    def picture(self, trials: float, elsewhere: float, link: float, weakened: str) -> Picture:
        """Return the picture of so many trials, and of two links."""
        given = {"trials": trials, "elsewhere": elsewhere, "link": link}
        for name, (low, high) in _LIMITS.items():
            within(name, given[name], low, high)
        if weakened not in _WHEN:
            raise ValueError(f'weakened is "{weakened}"; choose one of {", ".join(_WHEN)}.')
        if trials != int(trials):
            raise ValueError("trials must be a whole number.")
        count = int(trials)
        # Weakened after extinction, the link is whole while B is being learned: the line shows that, the bar the test.
        during, back = _percent(
            _MOST, elsewhere, link, "never" if weakened == "after learning" else weakened, self.rate
        )
        tested = _percent(_MOST, elsewhere, link, weakened, self.rate)[0]
        at = np.arange(_MOST + 1.0)
        for place, values in {"B": during, "A": back}.items():
            self.lines[place].set_data(at, values)
            self.dots[place].set_data([count], [values[count]])
        self.now.set_xdata([count, count])
        for bar, text, value in zip(self.bars, self.texts, (tested[count], back[count]), strict=True):
            bar.set_height(value)
            text.set_text(f"{value:.0f} %")
            text.set_y(value + 2)
        return self._describe(count, elsewhere, link, weakened, during, tested, back)

    def _describe(
        self, count: int, elsewhere: float, link: float, weakened: str, during: Array, tested: Array, back: Array
    ) -> Picture:
        how = "whole" if weakened == "never" else f"weakened to h = {link:g} {_WHEN[weakened]}"
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Model of a group of rats, link to place B {how}. Left, a line plot of the response in per cent of "
                f"before against 0 to {_MOST} extinction trials in B: it falls to {during[count]:.0f} % there after "
                f"{count} trials. Right, bars of a test: A before 100 %, B after {tested[count]:.0f} %, back in A "
                f"{back[count]:.0f} %."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(tested, back),
            reading=(
                f"{count} extinction trials in B, g = {elsewhere:g}, link to B {how}: tested in B the response is at "
                f"{tested[count]:.0f} % of before, back in A at {back[count]:.0f} %. What was learned first is still "
                f"100 %: only inhibition was added.{self._compared()}"
            ),
        )

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        answer = _percent(_ASKED_TRIALS, _ASKED_ELSEWHERE, 1.0, "never", 0.2)[1][-1]
        verdict = "as in the model" if abs(self.prediction - answer) <= 2 else f"in the model it is {answer:.0f} %"
        asked = f"{_ASKED_TRIALS} trials and g = {_ASKED_ELSEWHERE:g}"
        return f" You predicted {self.prediction:g} % back in A for {asked}: {verdict}."


def _table(tested: Array, back: Array) -> Table:
    rows = tuple((str(n), f"{tested[n]:.0f} %", f"{back[n]:.0f} %") for n in (0, 1, 2, 5, 10, 20, 30, 40))
    return Table(("Extinction trials", "Tested in B", "Tested in A"), rows)
