"""Simulator: one intervention's way from a changed parameter to people who return to use, and what is lost on it."""

from matplotlib.patches import Rectangle
from matplotlib.text import Text

from course.evidence.interventions import Intervention, interventions
from course.models.checks import one_of, within
from course.models.plan import Chain, chain
from course.pictures import COLOURS, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_ASKED, _ASKED_STRENGTH = "naltrexone-bupropion", 100.0  # what the prediction is about
_PREDICTION = NumberPrediction(example=20, unit="percentage points", low=0, high=100)
_SPECIES = "Model, human (every link and every range assumed; only the share without an intervention is measured)"
_CAPTION = (
    "How far each step lies from what it is without the intervention, in per cent. No study has linked one of these "
    "treatments to one of these parameters: the range is assumed, and so is each link. The last step is also given in "
    "percentage points: it is what a person could count."
)
_PLACES = {
    "cues": "the pull of cues",
    "distress": "the distress that feeds overload",
    "craving to overload": "the gain itself",
    "overload to regulation": "the gain itself",
    "regulation to craving": "the gain itself",
    "act": "the chance to choose use",
}


def draw(intervention: str = _ASKED, strength: float = 50.0, prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `intervention`: its id in `assets/interventions.csv`. `strength`: where in the assumed range, 0 (weak end) to 100
    (strong end). `prediction`: fall of the share who return, in percentage points, for naltrexone–bupropion at the
    strong end. Raises ValueError for other settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(intervention, strength)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: percentage points by which fewer people return, at the strong end.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="intervention-chain",
        title="From a parameter to people",
        controls=[
            Choice("intervention", "Intervention", _ASKED, {each.id: each.name for each in interventions().values()}),
            Range("strength", "Where in the assumed range", 50, 0, 100, 5, "% of the way from weak to strong"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def value_at(each: Intervention, strength: float) -> float:
    """Return the parameter at `strength` per cent of the way from the weak to the strong end of the assumed range.

    Raises ValueError for a strength outside 0-100.
    """
    within("strength", strength, 0.0, 100.0)
    return each.weak + strength / 100.0 * (each.strong - each.weak)


def change(per_cent: float) -> str:
    """Return a change in words of signs, "−15.2 %"; 0 without a sign."""
    rounded = round(per_cent, 1)
    return "0 %" if rounded == 0 else f"{rounded:+.1f} %".replace("-", "−")


class _Drawing:
    """The figure, laid out once; `picture` moves bars and words."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(7.8, 4.7)
        with self.canvas.styled():
            axes = self.canvas.figure.subplots()
            axes.set(xlim=(-105, 132), ylim=(4.6, -0.75), yticks=[], xlabel="Change from no intervention (%)")
            axes.set_title("MODEL, HUMAN · every range and link is ASSUMED", pad=26)
            axes.spines["left"].set_visible(False)
            axes.axvline(0, color=COLOURS["ink"], linewidth=1)
            self.headline = self.canvas.moving(axes.text(0, 1.03, "", transform=axes.transAxes, fontsize=11.5))
            self.bars: list[Rectangle] = []
            self.words: list[Text] = []
            self.values: list[Text] = []
            for row in range(5):
                bar = Rectangle((0, row - 0.1), 0, 0.42, facecolor=COLOURS["orange" if row == 4 else "blue"],
                                hatch="//" if row == 4 else "", edgecolor="white")  # fmt: skip
                axes.add_patch(bar)
                self.bars.append(self.canvas.moving(bar))
                self.words.append(self.canvas.moving(axes.text(-104, row - 0.2, "", fontsize=11)))
                self.values.append(self.canvas.moving(axes.text(0, row + 0.11, "", va="center", fontweight="bold")))
            if prediction is not None:
                axes.text(131, 4.5, f"◆ you: {prediction:g} points fewer (strong end)", ha="right", fontsize=11,
                          color=COLOURS["purple"])  # fmt: skip
        self.canvas.settle()

    def picture(self, intervention: str, strength: float) -> Picture:
        """Return the picture of one intervention at one place of its range."""
        one_of("intervention", intervention, tuple(interventions()))
        each = interventions()[intervention]
        value = value_at(each, strength)
        now, before = chain({each.id: value}), chain({})
        steps = _steps(each, value, now, before)
        self.headline.set_text(f"{each.name}: {each.says}, {each.before:g} → {value:g}")
        for row, (words, per_cent) in enumerate(steps):
            self.bars[row].set_width(per_cent)
            self.words[row].set_text(words)
            self.values[row].set_text(change(per_cent))
            self.values[row].set_position((per_cent + (2 if per_cent > 0 else -2 if per_cent < 0 else 2), row + 0.11))
            self.values[row].set_horizontalalignment("right" if per_cent < 0 else "left")
        return self._describe(each, value, steps, 100 * before.share, 100 * now.share)

    def _describe(
        self, each: Intervention, value: float, steps: list[tuple[str, float]], before: float, now: float
    ) -> Picture:
        listed = "; ".join(f"{words} {change(per_cent)}" for words, per_cent in steps)
        people = (
            f"Of 100 people {before:.0f} return to use within a year without it and {now:.1f} with it: "
            f"{before - now:.1f} percentage points fewer."
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Bar chart of a model (human, all links assumed) with five steps, change from no intervention in per "
                f"cent: {each.name}, {each.says} from {each.before:g} to {value:g}. {listed}. {people}"
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=Table(("Step", "Change from no intervention"), tuple((w, change(p)) for w, p in steps)),
            reading=f"{each.name}: {each.says} {each.before:g} → {value:g} (assumed). {people} {each.means}"
            + self._compared(),
        )

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        asked = interventions()[_ASKED]
        answer = 100 * (chain({}).share - chain({_ASKED: value_at(asked, _ASKED_STRENGTH)}).share)
        gap = self.prediction - answer
        verdict = "close" if abs(gap) <= 1.5 else f"{abs(gap):.0f} points too {'many' if gap > 0 else 'few'}"
        return (
            f" You predicted {self.prediction:g} points fewer for {asked.name} at the strong end: the chain gives "
            f"{answer:.1f}, so your prediction was {verdict}."
        )


def _steps(each: Intervention, value: float, now: Chain, before: Chain) -> list[tuple[str, float]]:
    """Return the five steps and their change in per cent."""
    parameter = 100 * (value / each.before - 1)
    reached = {"cues": now.cues, "distress": now.distress, "act": now.act}.get(each.reaches)
    return [
        (f"parameter (module {each.module}): {each.says}", parameter),
        (f"what it reaches: {_PLACES[each.reaches]}", parameter if reached is None else 100 * (reached - 1)),
        ("craving at rest in the loop (module 07)", 100 * (now.craving - 1)),
        ("hazard of a return to use (module 08)", 100 * (now.hazard - 1)),
        ("people who return to use within a year", 100 * (now.share / before.share - 1)),
    ]
