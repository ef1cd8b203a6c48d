"""Simulator: the crossover behind the review's Figure 6: what is weaker at rest can be stronger under stress hormone.

Directions only. The ledger holds the abstracts of the two studies and no values, so nothing here has a scale, and where
an abstract is silent the picture shows a question mark.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from course import evidence
from course.models.checks import one_of
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, simulator
from course.simulators.prediction import WordPrediction

_EXTREMES, _RANGE = "champagne-ca1", "lg-sex-specific"
_LOW, _MIDDLE, _HIGH = 1.0, 2.0, 3.0  # places on an axis without a scale
_PLACES = {_LOW: "lower", _HIGH: "higher"}
_MEASURES = {
    "LTP": "LTP: how well a synapse strengthens (CA1)",
    "dendrites and spines": "dendrites and spines (CA1)",
    "fear memory": "memory of a place with a fright",
    "receptors": "receptors for the stress hormone",
}
_ANIMALS = {
    "extreme groups": "offspring of the two extreme groups",
    "all males": "males across the whole range of care",
    "all females": "females across the whole range of care",
}
_CONDITIONS = ("at rest", "under stress or high corticosterone")
_PREDICTION = WordPrediction(
    {
        "raises": "raises",
        "raise": "raises",
        "up": "raises",
        "lowers": "lowers",
        "lower": "lowers",
        "down": "lowers",
        "no change": "no change",
        "none": "no change",
        "nothing": "no change",
    }
)
_SPECIES = "Rat, directions only"


@dataclass(frozen=True)
class _Finding:
    """What is known of one measure in one set of animals.

    `low`, `high`: places of the offspring with little and with much licking and grooming, at rest and under high
    corticosterone (None: not in what was read). `slope`: for the whole range, whether the measure rises with care
    (None: the abstract does not say). `words`: the finding in a sentence.
    """

    words: str
    low: tuple[float | None, float | None] = (None, None)
    high: tuple[float | None, float | None] = (None, None)
    slope: bool | None = None


_IN_EXTREMES: Mapping[str, _Finding] = {
    "LTP": _Finding(
        "At rest LTP is weaker in offspring that were licked and groomed little. High corticosterone strengthens it in "
        "these very animals: a match to demanding times rather than damage, the authors suggest. What it does in the "
        "others, the abstract does not say.",
        low=(_LOW, _HIGH), high=(_HIGH, None),
    ),
    "dendrites and spines": _Finding(
        "Dendrites are shorter and spines fewer in offspring that were licked and groomed little. Under high "
        "corticosterone they were not measured.",
        low=(_LOW, None), high=(_HIGH, None),
    ),
    "fear memory": _Finding(
        "After a fright, offspring that were licked and groomed little remember the place better. The fright itself is "
        "the stress here, so there is no value at rest.",
        low=(None, _HIGH), high=(None, _LOW),
    ),
    "receptors": _Finding(
        "The hippocampus of offspring that were licked and groomed little holds fewer receptors of both kinds for the "
        "stress hormone (GR and MR). Under high corticosterone they were not measured.",
        low=(_LOW, None), high=(_HIGH, None),
    ),
}  # fmt: skip
_IN_RANGE: Mapping[tuple[str, str], _Finding] = {
    ("all males", "dendrites and spines"): _Finding(
        "In males, the more care a pup received, the longer its dendrites.", slope=True
    ),
    ("all females", "dendrites and spines"): _Finding(
        "In females, the length of dendrites did not go with the care received.", slope=False
    ),
    ("all males", "LTP"): _Finding("Across the whole range LTP did not go with the care received.", slope=False),
    ("all females", "LTP"): _Finding("Across the whole range LTP did not go with the care received.", slope=False),
}
_SILENT = _Finding("This was not reported across the whole range of care, as far as the ledger knows.")


def draw(measure: str = "LTP", animals: str = "extreme groups", prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `measure`: "LTP", "dendrites and spines", "fear memory" or "receptors". `animals`: "extreme groups" (offspring of
    mothers that lick and groom very little or very much), "all males" or "all females" (the whole range). `prediction`:
    what high corticosterone does to LTP in offspring that were licked and groomed little, "raises", "lowers" or "no
    change". Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(measure, animals)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: what high corticosterone does to LTP after little licking and grooming.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="early-care",
        title="Early care and stress hormone in rats",
        controls=[
            Choice("measure", "What was measured", "LTP", _MEASURES),
            Choice("animals", "In which animals", "extreme groups", _ANIMALS),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


class _Drawing:
    """The figure, laid out once; `picture` moves marks and lines."""

    def __init__(self, prediction: str | None) -> None:
        self.prediction = prediction
        self.guess: tuple[Artist, ...] = ()
        self.canvas = Canvas(7.2, 4.8)
        with self.canvas.styled():
            extremes, whole = self.canvas.figure.subplots(1, 2, width_ratios=[1.5, 1])
            self._lay_out_extremes(extremes)
            self._lay_out_range(whole)
        self.canvas.settle()

    def _lay_out_extremes(self, axes: Axes) -> None:
        axes.set(xlim=(-0.45, 1.45), ylim=(0.3, 4.5), yticks=[])
        axes.set_xticks([0, 1], ["at rest", "under stress or\nhigh corticosterone"])
        axes.set_ylabel("direction only, no scale  →")
        axes.set_title("RAT · extreme groups")
        moving = self.canvas.moving
        self.lines, self.marks, self.unknown = {}, {}, {}
        for name, series, x in (("low", "second", 0.06), ("high", "first", -0.06)):
            look = SERIES[series]
            self.lines[name] = moving(axes.plot([], [], color=look.colour, linestyle=look.dash, linewidth=2.6)[0])
            self.marks[name] = moving(axes.plot([], [], look.marker, color=look.colour, markersize=12)[0])
            self.unknown[name] = [
                moving(axes.text(place + x, 0, "", color=look.colour, fontsize=22, fontweight="bold", ha="center",
                                 va="center"))
                for place in (0, 1)
            ]  # fmt: skip
        axes.text(-0.4, 4.4, "■ - -  little licking and grooming", color=SERIES["second"].colour, va="top")
        axes.text(-0.4, 4.05, "● —  much licking and grooming", color=SERIES["first"].colour, va="top")
        self.silent = moving(axes.text(0.5, 2, "", ha="center", va="center", color=COLOURS["quiet"]))
        if self.prediction is None:
            return
        style = SERIES["prediction"]
        end = {"raises": _HIGH, "lowers": 0.45, "no change": _LOW}[self.prediction] + 0.12
        line = axes.plot([0.05, 1.1], [_LOW, end], color=style.colour, linestyle=style.dash, marker=style.marker,
                         markevery=[1], markersize=9)[0]  # fmt: skip
        text = axes.text(1.42, end + 0.14, "you", color=style.colour, ha="right", va="bottom")
        self.guess = (self.canvas.moving(line), self.canvas.moving(text))

    def _lay_out_range(self, axes: Axes) -> None:
        axes.set(xlim=(0, 1), ylim=(0.3, 4.5), yticks=[], xlabel="care received  →")
        axes.set_xticks([])
        axes.set_title("RAT · whole range")
        self.slope: Line2D = self.canvas.moving(
            axes.plot([], [], color=SERIES["third"].colour, linestyle=SERIES["third"].dash, linewidth=2.8)[0]
        )
        self.slope_text = self.canvas.moving(axes.text(0.5, 3.6, "", ha="center", va="center", color=COLOURS["green"]))

    def picture(self, measure: str, animals: str) -> Picture:
        """Return the picture of one measure in one set of animals."""
        one_of("measure", measure, tuple(_MEASURES))
        one_of("animals", animals, tuple(_ANIMALS))
        extremes = animals == "extreme groups"
        finding = _finding(measure, animals)
        self._move_extremes(finding if extremes else None)
        self._move_range(None if extremes else finding)
        for artist in self.guess:
            artist.set_visible(extremes and measure == "LTP")  # which is what it is about
        source = evidence.claim(_EXTREMES if extremes else _RANGE)
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Schematic line plot without a scale, rat: {measure} in {_ANIMALS[animals]}, at rest and under high "
                f"corticosterone, after little and after much licking and grooming. {finding.words}"
            ),
            caption=(
                f"Drawn from the abstracts of {_names(_EXTREMES)} and {_names(_RANGE)}, as directions without values. "
                "A question mark stands where the abstract is silent. Rats from the extremes of normal care are not "
                "people, and care is not maltreatment."
            ),
            species=_SPECIES,
            table=_table(),
            reading=self._reading(finding, animals, source),
        )

    def _move_extremes(self, finding: _Finding | None) -> None:
        self.silent.set_text("" if finding else "choose the extreme groups\nto see this side")
        for name in self.lines:
            places: tuple[float | None, float | None] = (None, None)
            if finding is not None:
                places = finding.low if name == "low" else finding.high
            known = [(x, y) for x, y in enumerate(places) if y is not None]
            self.marks[name].set_data([x for x, _ in known], [y for _, y in known])
            both = known if len(known) == 2 else []
            self.lines[name].set_data([x for x, _ in both], [y for _, y in both])
            for x, text in enumerate(self.unknown[name]):
                text.set_text("?" if finding is not None and places[x] is None else "")
                text.set_y(_MIDDLE + (0.25 if name == "high" else -0.25))

    def _move_range(self, finding: _Finding | None) -> None:
        rises = None if finding is None else finding.slope
        ends = {True: [_LOW, _HIGH], False: [_MIDDLE, _MIDDLE], None: []}[rises]
        self.slope.set_data([0.1, 0.9] if ends else [], ends)
        words = {True: "rises with care", False: "no link with care", None: "not reported"}[rises]
        self.slope_text.set_text(words if finding is not None else "choose males or females\nto see this side")
        self.slope_text.set_color(COLOURS["green"] if finding is not None else COLOURS["quiet"])
        self.slope_text.set_y(3.6 if finding is not None else 2.0)

    def _reading(self, finding: _Finding, animals: str, source: evidence.Claim) -> str:
        beside = (
            f" These are the extremes: {evidence.value(_RANGE):g} % of pups or more grow up with care in between."
            if animals == "extreme groups"
            else ""
        )
        compared = ""
        if self.prediction is not None:
            held = self.prediction == "raises"
            compared = f' You predicted "{self.prediction}" for LTP after little licking and grooming: ' + (
                "so it is." if held else "it raises it."
            )
        return f"{finding.words}{beside} ({_names(source.id)}, rat.){compared}"


def _finding(measure: str, animals: str) -> _Finding:
    if animals == "extreme groups":
        return _IN_EXTREMES[measure]
    return _IN_RANGE.get((animals, measure), _SILENT)


def _names(claim_id: str) -> str:
    return evidence.claim(claim_id).sources[0].short


def _place(place: float | None) -> str:
    return "not known" if place is None else _PLACES[place]


def _table() -> Table:
    rows = []
    for measure in _MEASURES:
        extremes = _IN_EXTREMES[measure]
        for number, condition in enumerate(_CONDITIONS):
            low, high = (_place(places[number]) for places in (extremes.low, extremes.high))
            slopes = []
            for animals in ("all males", "all females"):
                rises = _finding(measure, animals).slope if number == 0 else None
                slopes.append({True: "rises with care", False: "no link", None: "not reported"}[rises])
            rows.append((measure, condition, low, high, *slopes))
    columns = (
        "Measure (rat)", "Condition", "Little licking and grooming", "Much licking and grooming",
        "Males, whole range", "Females, whole range",
    )  # fmt: skip
    return Table(columns, tuple(rows))
