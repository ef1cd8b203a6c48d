"""Simulator: Table 1's column on BPD as a brain to explore: what the review says of each region, and what is known."""

from collections import Counter
from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.patches import Ellipse
from matplotlib.text import Text

from course import evidence
from course.evidence import Region
from course.models.checks import one_of
from course.pictures import COLOURS, SERIES, Canvas, Outline, Picture, Table
from course.pictures.brain import PLACES, View, draw_outline, mark
from course.simulators.look import Look, activity
from course.simulators.panel import Choice, Notice, Panel, simulator
from course.simulators.prediction import NumberPrediction

_LAYERS = {
    "review": "what the review says",
    "literature": "what the literature says",
    "agreement": "how review and literature compare",
}
_VIEWS: Mapping[View, str] = {"side": "from the side", "midline": "cut along the middle"}
_SPECIES = "Human, schematic brain"
_PREDICTION = NumberPrediction(example=6, unit="regions out of 10", low=0, high=10)


_ACTIVITY = activity(
    {
        "up": "more active",
        "down": "less active",
        "mixed": "more and less active",
        "altered": "altered, without a direction",
        "unclear": "of unclear activity",
        "not-stated": "without a stated activity",
    }
)
_AGREEMENT = {
    "same": Look("✓", COLOURS["green"], "the same direction"),
    "opposite": Look("✗", COLOURS["orange"], "the opposite direction"),
    "mixed": Look("≈", COLOURS["purple"], "findings point both ways"),
    "open": Look("?", COLOURS["blue"], "too little is known"),
    "no direction": Look("–", COLOURS["quiet"], "the review names no direction"),
}


def draw(region: str = "amygdala", layer: str = "agreement", prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `region`: the id of one of `evidence.regions()`, which is ringed and told about below. `layer`: what the signs
    stand for: "review" (activity in BPD as the review has it), "literature" (as studies have it) or "agreement".
    `prediction`: in how many of the ten regions the literature finds the review's direction, drawn below the brain.
    Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(region, layer)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: in how many of ten regions the literature finds the review's direction.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    regions = evidence.regions()
    names = {each.id: f"{each.region} ({each.abbreviation})" for each in regions}
    return simulator(
        name="region-map",
        title="Table 1 as a brain: borderline personality disorder",
        controls=[
            Choice("region", "Region", "amygdala", names,
                   groups={f"Seen {words}": [each.id for each in regions if PLACES[each.id].view == view]
                           for view, words in _VIEWS.items()}),
            Choice("layer", "The signs show", "agreement", _LAYERS),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )  # fmt: skip


def agreement(region: Region) -> str:
    """Return how the review's direction of activity in BPD fares against the literature's.

    "same", "opposite", "mixed", "open" (the literature is unclear) or "no direction" (the review names none).
    """
    claimed, found = region.bpd_activity_review, region.bpd_activity_literature
    if claimed not in ("up", "down"):
        return "no direction"
    if found in ("mixed", "unclear"):
        return "mixed" if found == "mixed" else "open"
    return "same" if claimed == found else "opposite"


def _look(region: Region, layer: str) -> Look:
    if layer == "agreement":
        return _AGREEMENT[agreement(region)]
    return _ACTIVITY[region.bpd_activity_review if layer == "review" else region.bpd_activity_literature]


class _Drawing:
    """The figure, laid out once; `picture` changes signs, colours and the ring."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.regions = {each.id: each for each in evidence.regions()}
        self.same = sum(agreement(each) == "same" for each in self.regions.values())
        self.canvas = Canvas(7.2, 4.9)
        self.marks: dict[str, Ellipse] = {}
        self.signs: dict[str, Text] = {}
        self.labels: dict[str, Text] = {}
        with self.canvas.styled():
            grid = self.canvas.figure.add_gridspec(3, 2, height_ratios=[3.4, 0.55, 0.85])
            for column, (view, words) in enumerate(_VIEWS.items()):
                self._lay_out_view(self.canvas.figure.add_subplot(grid[0, column]), view, words)
            self._lay_out_legend(self.canvas.figure.add_subplot(grid[1, :]))
            self._lay_out_count(self.canvas.figure.add_subplot(grid[2, :]))
        self.canvas.settle()

    def _lay_out_view(self, axes: Axes, view: View, words: str) -> None:
        draw_outline(axes, view)
        axes.set_title(f"HUMAN · {words}")
        for region_id, place in PLACES.items():
            if place.view != view:
                continue
            label = self.regions[region_id].abbreviation
            axes.plot([place.x, place.label[0]], [place.y, place.label[1]], color=COLOURS["quiet"], linewidth=0.8,
                      zorder=3)  # fmt: skip
            moving = self.canvas.moving
            self.marks[region_id] = moving(mark(place))
            axes.add_patch(self.marks[region_id])
            self.signs[region_id] = moving(
                axes.text(place.x, place.y - 0.03, "", color="white", fontsize=14, fontweight="bold", ha="center",
                          va="center", zorder=6)
            )  # fmt: skip
            self.labels[region_id] = moving(
                axes.text(*place.label, label, ha="center", va="center", fontsize=10.5, zorder=5,
                          bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})
            )  # fmt: skip

    def _lay_out_legend(self, axes: Axes) -> None:
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.axis("off")
        self.legend = [self.canvas.moving(axes.text(x, y, "", va="center", fontsize=10.5))
                       for y in (0.85, 0.15) for x in (0.0, 0.36, 0.7)]  # fmt: skip

    def _lay_out_count(self, axes: Axes) -> None:
        count = len(self.regions)
        axes.set(
            xlim=(0, count),
            ylim=(1.2, -0.55),
            yticks=[],
            xlabel="regions in which the literature finds the review's direction",
        )
        axes.set_xticks(range(count + 1))
        axes.barh(0, count, 0.7, facecolor="#f1f1f1")
        axes.barh(0, self.same, 0.7, facecolor=COLOURS["green"])
        axes.text(self.same + 0.12, 0, f"✓ {self.same} of {count}", va="center", color=COLOURS["green"],
                  fontweight="bold")  # fmt: skip
        if self.prediction is None:
            return
        style, right = SERIES["prediction"], self.prediction < 0.8 * count
        axes.plot([self.prediction], [0.72], style.marker, color=style.colour, markersize=9, clip_on=False)
        axes.annotate(f"you: {self.prediction:g}", (self.prediction, 0.72), xytext=(9 if right else -9, 0),
                      textcoords="offset points", va="center", ha="left" if right else "right",
                      color=style.colour)  # fmt: skip

    def picture(self, region: str, layer: str) -> Picture:
        """Return the picture of one layer with one region ringed."""
        one_of("region", region, tuple(self.regions))
        one_of("layer", layer, tuple(_LAYERS))
        for region_id, row in self.regions.items():
            look, chosen = _look(row, layer), region_id == region
            self.marks[region_id].set(
                facecolor=look.colour, edgecolor=COLOURS["ink"] if chosen else "white", linewidth=3.5 if chosen else 1.2
            )
            self.signs[region_id].set_text(look.sign)
            self.labels[region_id].set_fontweight("bold" if chosen else "normal")
        counts = Counter(_look(row, layer) for row in self.regions.values())
        for text in self.legend:
            text.set_text("")
        for text, look in zip(self.legend, counts, strict=False):  # there are never more looks than places
            text.set_text(f"{look.sign}  {look.words}: {counts[look]}")
            text.set_color(look.colour)
        row = self.regions[region]
        listed = "; ".join(f"{row.region}: {_look(row, layer).words}" for row in self.regions.values())
        return Picture(
            png=self.canvas.png(),
            alt=(
                "Schematic human brain in two views, from the side and cut along the middle, with ten regions marked "
                f"for BPD by {_LAYERS[layer]}. {listed}. Ringed: {row.region}."
            ),
            caption=(
                "Our own schematic; places are approximate, and a dashed edge marks what lies deep. Directions are "
                "those of group averages in imaging studies, mostly during emotional tasks. No region has a sign that "
                "could tell one person with BPD from another person."
            ),
            species=_SPECIES,
            table=self._table(),
            reading=self._reading(row, layer),
            outlines=(_outline(row),),
        )

    def _reading(self, row: Region, layer: str) -> str:
        compared = ""
        if self.prediction is not None:
            gap = self.prediction - self.same
            verdict = f"it is {self.same}, {abs(gap):g} {'fewer' if gap > 0 else 'more'}" if gap else "so it is"
            compared = f" You predicted {self.prediction:g} of {len(self.regions)} regions: {verdict}."
        review, literature = _ACTIVITY[row.bpd_activity_review], _ACTIVITY[row.bpd_activity_literature]
        return (
            f"{row.region}. The review on BPD: {review.words}. The literature: {literature.words}. Compared: "
            f"{_AGREEMENT[agreement(row)].words}. The signs show {_LAYERS[layer]}.{compared}"
        )

    def _table(self) -> Table:
        columns = (
            "Region", "Review on activity in BPD", "Literature on activity in BPD", "Agreement", "Review on structure",
            "What was measured",
        )  # fmt: skip
        return Table(
            columns,
            tuple(
                (
                    f"{row.region} ({row.abbreviation})",
                    _ACTIVITY[row.bpd_activity_review].words,
                    _ACTIVITY[row.bpd_activity_literature].words,
                    _AGREEMENT[agreement(row)].words,
                    row.bpd_structure_review or "–",
                    row.bpd_literature,
                )
                for row in self.regions.values()
            ),
        )


def _outline(row: Region) -> Outline:
    lines = [
        f"What it does: {row.function}",
        f"The review on structure in BPD: {row.bpd_structure_review or 'nothing'}",
        f"The review cites: {', '.join(row.cited_bpd) or 'nobody'}",
        f"What was measured: {row.bpd_literature}",
        f"Effect size (BPD or methamphetamine): {row.effect_size or 'none'}",
        f"To remember: {row.teaching_note}",
        f"About the printed cell: {row.garbling_note or 'nothing to remark'}",
        f"Sources: {'; '.join(work.short for work in row.sources) or 'none'}",
    ]
    return Outline(f"{row.region} ({row.abbreviation})", tuple((0, line) for line in lines))
