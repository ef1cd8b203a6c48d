"""Simulator: what a model promises for each intervention, beside what the ledger says of its evidence."""

from collections.abc import Sequence

from course.evidence import BADGES, what_to_teach
from course.evidence.interventions import Intervention, interventions
from course.models.checks import one_of
from course.models.plan import chain
from course.pictures import COLOURS, SERIES, Canvas, Outline, Picture, Table
from course.simulators.intervention_chain import value_at
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_ORDERS = {"effect": "size of the model's effect", "evidence": "grade of the evidence"}
_GRADES = ("supported", "imprecise", "unverified", "conflicts")
_PREDICTION = NumberPrediction(example=5, unit="interventions", low=0, high=9)
_SPECIES = "Model, human (effects, all assumed) and human studies (evidence, from the ledger)"
_CAPTION = (
    "Left: percentage points fewer people who return to use within a year, from the weak to the strong end of each "
    "assumed range. Right: status of the claim in the ledger, number of randomised trials, and in whom. The two halves "
    "know nothing of each other: the left one was set by the authors of this course."
)


def draw(order: str = "effect", strength: float = 50.0, prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `order`: rows by "effect" (of the model) or by "evidence". `strength`: where in the assumed ranges the marks stand,
    0 to 100. `prediction`: for how many of the interventions the ledger calls its claim supported. Raises ValueError
    for other settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(order, strength)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: for how many interventions the claim is supported, 0 to 9.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="intervention-board",
        title="What a model promises, and what was found",
        controls=[
            Choice("order", "Order by", "effect", _ORDERS),
            Range("strength", "Marks at", 50, 0, 100, 10, "% of the way from weak to strong"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


def _fall(each: Intervention, strength: float) -> float:
    return 100 * (chain({}).share - chain({each.id: value_at(each, strength)}).share)


def _supported() -> int:
    return sum(each.claims[0].status == "supported" for each in interventions().values())


class _Drawing:
    """The figure, laid out once; `picture` moves rows."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.canvas = Canvas(9.6, 5.4)
        count = len(interventions())
        moving = self.canvas.moving
        with self.canvas.styled():
            left, right = self.canvas.figure.subplots(1, 2, width_ratios=[1, 1.15])
            left.set_title("MODEL, HUMAN · effect, ASSUMED", pad=10)
            left.set(xlim=(0, 20), ylim=(count - 0.4, -0.75), yticks=[],
                     xlabel="Fewer people who return (points)")  # fmt: skip
            left.spines["left"].set_visible(False)
            right.set_title("STUDIES, HUMAN · evidence", pad=10)
            right.set(xlim=(0, 1), ylim=(count - 0.4, -0.75))
            right.axis("off")
            look = SERIES["first"]
            self.names = [left.text(0.1, row - 0.22, "", fontsize=10.5) for row in range(count)]
            self.bands = [
                moving(left.plot([], [], color=look.colour, linewidth=5, alpha=0.45, solid_capstyle="butt")[0])
                for _ in range(count)
            ]
            self.marks = moving(left.plot([], [], look.marker, color=look.colour, markersize=8, linestyle="none")[0])
            self.badges = [right.text(0, row - 0.22, "", fontsize=10.5, fontweight="bold") for row in range(count)]
            self.whom = [right.text(0, row + 0.16, "", fontsize=10) for row in range(count)]
            if prediction is not None:
                right.text(1, count - 0.5, f"◆ you: {prediction:g} of {count} supported", ha="right", fontsize=10.5,
                           color=COLOURS["purple"])  # fmt: skip
        self.canvas.settle()
        self.ends = {each.id: (_fall(each, 0), _fall(each, 100)) for each in interventions().values()}

    def picture(self, order: str, strength: float) -> Picture:
        """Return the picture of all interventions in one order."""
        one_of("order", order, tuple(_ORDERS))
        fall = {each.id: _fall(each, strength) for each in interventions().values()}
        rows = sorted(
            interventions().values(),
            key=lambda each: -fall[each.id] if order == "effect" else _GRADES.index(each.claims[0].status),
        )
        falls = [fall[each.id] for each in rows]
        self.marks.set_data(falls, [row + 0.12 for row in range(len(rows))])
        for row, each in enumerate(rows):
            self.names[row].set_text(each.name)
            self.bands[row].set_data(self.ends[each.id], [row + 0.12] * 2)
            self.badges[row].set_text(BADGES[each.claims[0].status])
            self.whom[row].set_text(_tried(each))
        self.canvas.refresh(tuple(each.id for each in rows))
        return self._describe(order, rows, falls)

    def _describe(self, order: str, rows: Sequence[Intervention], falls: Sequence[float]) -> Picture:
        top = rows[0]
        count = len(rows)
        says = (
            f"Ordered by {_ORDERS[order]}. First {top.name}: {falls[0]:.1f} points fewer in the model, its claim "
            f"{top.claims[0].status}; last {rows[-1].name}: {falls[-1]:.1f} points, {rows[-1].claims[0].status}. "
            f"Of {count} claims {_supported()} are supported; for none of the {count} did we find a trial in people "
            "with both BPD and methamphetamine use disorder."
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Two columns with a row for each intervention. Left, a range plot of a model (human, assumed): "
                f"percentage points fewer people who return to use; right, the ledger's status and trials. {says}"
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=Table(
                ("Intervention", "Fewer (points, model)", "Status", "Tried", "Named by the review"),
                tuple(
                    (each.name, f"{fall:.1f} ({self.ends[each.id][0]:.1f} to {self.ends[each.id][1]:.1f})",
                     BADGES[each.claims[0].status], _tried(each), "yes" if each.listed == "review" else "left out")
                    for each, fall in zip(rows, falls, strict=True)
                ),
            ),
            outlines=(_found(rows),),
            reading=says + self._compared(),
        )  # fmt: skip

    def _compared(self) -> str:
        if self.prediction is None:
            return ""
        verdict = "as in the ledger" if self.prediction == _supported() else f"in the ledger it is {_supported()}"
        return f" You predicted {self.prediction:g} supported claims: {verdict}."


def _tried(each: Intervention) -> str:
    return "no trial located" if each.design == "no trial" else f"{each.design}, {each.tested_in}"


def _found(rows: Sequence[Intervention]) -> Outline:
    """What the ledger says instead of, or beside, each claim: no status stands without it."""
    lines = [(0, f"{each.name}, {BADGES[each.claims[0].status]}: {what_to_teach(each.claims[0])}") for each in rows]
    return Outline("What was found, row by row", tuple(lines))
