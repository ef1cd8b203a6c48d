"""Simulator: fictional records on their way through the PRISMA boxes, and what is lost at each."""

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from course import evidence
from course.models.checks import one_of, within
from course.models.screening import Flow, flow, missed, published
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_FIRST, _SECOND = 600, 400  # fictional records in each database
_REVIEWERS = {"one": "one reviewer", "two": "two reviewers; a record stays if either keeps it"}
_TRIAL = {"one": "single", "two": "dual"}
_ASKED_RECORDS, _ASKED_PERCENT = 1000, 5.0  # what the prediction is about
_LIMITS = {
    "overlap_percent": (0.0, 100.0),
    "strictness_percent": (0.0, 100.0),
    "relevant_percent": (0.5, 20.0),
}
_PREDICTION = NumberPrediction(example=20, unit="studies per 1,000 records", low=0, high=1000)
_SPECIES = "Fictional records"
_BOXES = ("identified", "screened", "assessed", "included")


def draw(
    overlap_percent: float = 40.0,
    reviewers: str = "one",
    strictness_percent: float = 10.0,
    relevant_percent: float = 5.0,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `overlap_percent`: share of the smaller database's records that the other holds, too. `reviewers`: "one" or "two"
    (a record stays if either keeps it). `strictness_percent`: share of the relevant studies that the eligibility
    criteria turn away. `relevant_percent`: share of relevant records among those screened, 0.5 to 20. `prediction`:
    relevant studies that one reviewer misses per 1,000 records screened, 5 % of them relevant.
    Raises ValueError for impossible settings.
    """
    picture = _Drawing(_PREDICTION.read(prediction)).picture
    return picture(overlap_percent, reviewers, strictness_percent, relevant_percent)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: studies one reviewer misses per 1,000 records, 5 % of them relevant.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="prisma-flow",
        title="From records found to studies included",
        controls=[
            Range("overlap_percent", "Overlap of the databases", 40, 0, 100, 5, "% of the smaller"),
            Choice("reviewers", "Screened by", "one", _REVIEWERS),
            Range("strictness_percent", "Relevant studies the criteria turn away", 10, 0, 100, 5, "%"),
            Range("relevant_percent", "Relevant among the records screened", 5, 0.5, 20, 0.5, "%", decimals=1),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


class _Drawing:
    """The figure, laid out once; `picture` writes other numbers into its boxes."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.per_thousand = {
            number: float(missed(_ASKED_RECORDS, _ASKED_PERCENT / 100, published(word).sensitivity))
            for number, word in _TRIAL.items()
        }
        self.trial = evidence.claim("screening-sensitivity-single").sources[0].short
        self.canvas = Canvas(7.2, 5.4)
        with self.canvas.styled():
            boxes, bars = self.canvas.figure.subplots(2, height_ratios=[3.2, 1])
            self._lay_out_boxes(boxes)
            self._lay_out_bars(bars)
        self.canvas.settle()

    def _lay_out_boxes(self, axes: Axes) -> None:
        axes.set(xlim=(0, 10), ylim=(0, 7.6))
        axes.axis("off")
        moving = self.canvas.moving
        self.kept, self.left, self.lost = {}, {}, {}
        for number, name in enumerate(_BOXES):
            y = 6.2 - 2.05 * number
            _box(axes, 0.1, y, 4.3, 1.3, COLOURS["blue"])
            self.kept[name] = moving(axes.text(2.25, y + 0.65, "", ha="center", va="center", linespacing=1.25))
            if number == 0:
                continue
            _arrow(axes, (2.25, y + 2.05), (2.25, y + 1.3))
            _arrow(axes, (2.25, y + 1.67), (5.1, y + 1.67))
            _box(axes, 5.1, y + 1.02, 4.8, 1.3, COLOURS["quiet"])
            self.left[name] = moving(axes.text(7.5, y + 1.95, "", ha="center", va="center"))
            self.lost[name] = moving(
                axes.text(7.5, y + 1.40, "", ha="center", va="center", color=COLOURS["orange"], fontweight="bold")
            )

    def _lay_out_bars(self, axes: Axes) -> None:
        guess = self.prediction
        rows = [("one reviewer", self.per_thousand["one"], SERIES["first"])]
        rows.append(("two reviewers", self.per_thousand["two"], SERIES["third"]))
        if guess is not None:
            rows.insert(0, ("your prediction", guess, SERIES["prediction"]))
        axes.set(xlim=(0, max(10.0, 1.12 * (guess or 0.0))), ylim=(len(rows) - 0.45, -0.55))
        axes.set_xlabel(
            f"relevant studies missed per {_ASKED_RECORDS:,} screened, if {_ASKED_PERCENT:g} % are relevant"
        )
        axes.set_yticks(range(len(rows)), [name for name, _, _ in rows])
        axes.tick_params(axis="y", length=0)
        for y, (name, value, style) in enumerate(rows):
            if name == "your prediction":
                axes.plot([0, value], [y, y], color=style.colour, linestyle=style.dash)
                axes.plot([value], [y], style.marker, color=style.colour, markersize=9, clip_on=False)
            else:
                axes.barh(y, value, 0.66, facecolor=style.colour)
            axes.annotate(f"{value:,.4g}", (value, y), xytext=(9, 0), textcoords="offset points", va="center",
                          color=style.colour, fontweight="bold")  # fmt: skip

    def picture(
        self, overlap_percent: float, reviewers: str, strictness_percent: float, relevant_percent: float
    ) -> Picture:
        """Return the picture of one flow of records."""
        one_of("reviewers", reviewers, tuple(_REVIEWERS))
        shares = {
            "overlap_percent": overlap_percent,
            "strictness_percent": strictness_percent,
            "relevant_percent": relevant_percent,
        }
        for name, percent in shares.items():
            within(name, percent, *_LIMITS[name])
        records = flow(
            _FIRST, _SECOND, overlap_percent / 100, relevant_percent / 100, published(_TRIAL[reviewers]),
            strictness_percent / 100,
        )  # fmt: skip
        kept_relevant = records.relevant - records.missed
        who = "one reviewer" if reviewers == "one" else "two reviewers"
        texts = {
            "identified": f"Database one {records.first}, two {records.second}\nIdentified: {records.identified:,}",
            "screened": f"Screened: {records.screened:,}\n{records.relevant} of them relevant",
            "assessed": f"Read in full: {records.assessed}\n{kept_relevant} of them relevant",
            "included": f"Included: {records.included}\nof {records.relevant} relevant studies",
        }
        gone = {
            "screened": (f"Duplicates removed: {records.duplicates}", "no study lost"),
            "assessed": (f"Set aside at screening: {records.set_aside}", f"{records.missed} relevant missed"),
            "included": (f"Not eligible: {records.ineligible}", f"{records.turned_away} relevant turned away"),
        }
        for name, text in texts.items():
            self.kept[name].set_text(text)
        for name, (left, lost) in gone.items():
            self.left[name].set_text(left)
            self.lost[name].set_text(lost)
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"PRISMA flow diagram with fictional records: {records.identified:,} identified in two databases, "
                f"{records.duplicates} duplicates removed, {records.screened:,} screened by {who}, "
                f"{records.set_aside} set aside ({records.missed} relevant ones missed), {records.assessed} read in "
                f"full, {records.ineligible} not eligible ({records.turned_away} relevant ones turned away), "
                f"{records.included} included. Bars below: relevant studies missed per {_ASKED_RECORDS:,} records, "
                f"{self.per_thousand['one']:.3g} by one reviewer and {self.per_thousand['two']:.3g} by two."
            ),
            caption=(
                "Invented records with published error rates of screening, from one trial on other topics "
                f"({self.trial}). Numbers are expected values, rounded to whole records; reading in full is assumed "
                "to be free of errors. What no database held is lost before the first box and cannot be counted."
            ),
            species=_SPECIES,
            table=_table(records),
            reading=self._reading(records, reviewers),
        )

    def _reading(self, records: Flow, reviewers: str) -> str:
        kept_relevant = records.relevant - records.missed
        compared = ""
        if self.prediction is not None:
            one = self.per_thousand["one"]
            gap = self.prediction - one
            verdict = "close" if abs(gap) <= 1 else f"{abs(gap):.3g} too {'many' if gap > 0 else 'few'}"
            compared = f" You predicted {self.prediction:g} for one reviewer: {verdict}."
        who = "One reviewer sets" if reviewers == "one" else "Two reviewers set"
        return (
            f"{records.identified:,} records, {records.duplicates} of them duplicates, leave {records.screened:,} to "
            f"screen, {records.relevant} of them relevant. {who} aside {records.set_aside}, {records.missed} of them "
            f"relevant, and {records.assessed} are read in full, {records.assessed - kept_relevant} of them in "
            f"vain. The criteria turn away {records.turned_away} relevant studies. Included: {records.included} of "
            f"{records.relevant}. Per {_ASKED_RECORDS:,} records of which {_ASKED_PERCENT:g} % are relevant, one "
            f"reviewer misses {self.per_thousand['one']:.3g} and two miss {self.per_thousand['two']:.3g}.{compared}"
        )


def _box(axes: Axes, x: float, y: float, width: float, height: float, colour: str) -> None:
    axes.add_patch(
        FancyBboxPatch((x, y), width, height, boxstyle="round,pad=0,rounding_size=0.12", facecolor="white",
                       edgecolor=colour, linewidth=1.8)
    )  # fmt: skip


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": COLOURS["quiet"], "shrinkA": 0,
                                             "shrinkB": 0, "linewidth": 1.6})  # fmt: skip


def _table(records: Flow) -> Table:
    kept = records.relevant - records.missed
    rows = (
        ("Identified", records.identified, "not known", "–"),
        ("Duplicates removed", records.duplicates, "–", 0),
        ("Screened", records.screened, records.relevant, "–"),
        ("Set aside at screening", records.set_aside, records.missed, records.missed),
        ("Read in full", records.assessed, kept, "–"),
        ("Not eligible", records.ineligible, records.turned_away, records.turned_away),
        ("Included", records.included, records.included, "–"),
    )
    return Table(
        ("Box", "Fictional records", "Relevant among them", "Relevant studies lost here"),
        tuple(tuple(str(cell) for cell in row) for row in rows),
    )
