"""Simulator: four blocks of search terms joined by AND or OR, tried on 80 fictional records: what each AND costs."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course.models.checks import Array, one_of, within
from course.models.retrieval import precision_at_prevalence, search_scores
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.searching import BLOCKS, Record, and_before_or, corpus, read, search
from course.simulators.panel import Choice, Notice, Panel, Range, simulator
from course.simulators.prediction import NumberPrediction

_JOINS = {
    "and": "AND: must be there as well",
    "or": "OR: this or the block before it",
    "out": "left out",
}
_ALL_AND = {name: "and" for name in BLOCKS}
_ROWS = 5  # of the grid of records
_LOWEST, _HIGHEST = 0.5, 20.0
_PREDICTION = NumberPrediction(example=60, unit="per cent", low=0, high=100)
_SPECIES = "Fictional records"
_CAPTION = (
    "80 invented records, each judged relevant or not beforehand, searched by their words in title, abstract, headings "
    "and address. In a real database nobody knows the full list of relevant records, so recall cannot be counted."
)


def draw(
    methamphetamine: str = "and",
    outcome: str = "and",
    neuroimaging: str = "and",
    prevalence_percent: float = 5.0,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    The BPD block is always searched. Each other block is joined with "and", with "or" (in brackets with the block
    before it), or left "out". `prevalence_percent`: share of relevant records in a database for which precision is
    worked out too, 0.5 to 20. `prediction`: recall in per cent of all four blocks joined by AND, drawn beside the bar.
    Raises ValueError for impossible settings.
    """
    picture = _Drawing(_PREDICTION.read(prediction)).picture
    return picture(methamphetamine, outcome, neuroimaging, prevalence_percent)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: recall, in per cent, of the review's query (all four blocks with AND).

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="query-builder",
        title="Query builder",
        controls=[
            Choice("methamphetamine", "Methamphetamine terms", "and", _JOINS),
            Choice("outcome", "Outcome terms", "and", _JOINS),
            Choice("neuroimaging", "Neuroimaging terms", "and", _JOINS),
            Range("prevalence_percent", "Relevant records in a database", 5, _LOWEST, _HIGHEST, 0.5, "%", decimals=1),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


@dataclass(frozen=True)
class _Result:
    """What one query finds; shares from 0 to 1, `precision` and `elsewhere` nan when nothing is found."""

    query: str
    found: frozenset[str]
    hits: int
    precision: float
    recall: float
    elsewhere: float

    @property
    def false(self) -> int:
        """Records found although they are not relevant."""
        return len(self.found) - self.hits


def _in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return relevant records first, and side by side those that the same blocks find, so that patterns can be seen."""
    records = tuple(records)
    blocks = [search(and_before_or(read(block.string)), records) for block in BLOCKS.values()]
    return tuple(
        sorted(records, key=lambda record: (not record.relevant, [record.id not in found for found in blocks]))
    )


def _groups(joins: Mapping[str, str]) -> list[list[str]]:
    """Return the blocks that go in brackets together: OR joins a block to the one before it."""
    groups: list[list[str]] = []
    for name in BLOCKS:
        if joins[name] == "or":
            groups[-1].append(name)
        elif joins[name] == "and":
            groups.append([name])
    return groups


def _result(joins: Mapping[str, str], prevalence: float, records: tuple[Record, ...]) -> _Result:
    groups = _groups(joins)
    string = " AND ".join("(" + " OR ".join(f"({BLOCKS[name].string})" for name in group) + ")" for group in groups)
    labels = [" OR ".join(BLOCKS[name].label for name in group) for group in groups]
    bracketed = [f"({label})" if " OR " in label and len(groups) > 1 else label for label in labels]
    found = search(and_before_or(read(string)), records)
    relevant = {record.id for record in records if record.relevant}
    precision, recall = search_scores(found, relevant)
    hits = len(found & relevant)
    specificity = 1.0 - (len(found) - hits) / (len(records) - len(relevant))
    return _Result(
        query=" AND ".join(bracketed),
        found=found,
        hits=hits,
        precision=precision,
        recall=recall,
        elsewhere=float(precision_at_prevalence(recall, specificity, prevalence)),
    )


class _Drawing:
    """The figure, laid out once; `picture` fills squares and moves bars."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.records = _in_order(corpus())
        self.relevant = sum(record.relevant for record in self.records)
        # What four ANDs find does not depend on the controls; a prediction is always about them.
        self.four = _result(_ALL_AND, 0.05, self.records)
        self.canvas = Canvas(7.2, 5.0)
        with self.canvas.styled():
            grid, bars = self.canvas.figure.subplots(2, height_ratios=[1.2, 1])
            self._lay_out_records(grid)
            self._lay_out_bars(bars)
        self.canvas.settle()

    def _lay_out_records(self, axes: Axes) -> None:
        moving = self.canvas.moving
        places, second = self._places()
        self.query = moving(axes.text(-0.5, 6.4, "", fontweight="bold", fontsize=11.5, va="bottom"))
        axes.text(-0.5, 4.9, f"{self.relevant} relevant records", va="bottom")
        axes.text(second - 0.5, 4.9, f"{len(self.records) - self.relevant} records that are not relevant", va="bottom")
        self.squares = moving(axes.scatter(places[:, 0], places[:, 1], s=190, marker="s", linewidths=1.6))
        axes.text(-0.5, -1.15, "■ found    □ not found", va="center")
        axes.set(xlim=(-0.6, places[:, 0].max() + 0.6), ylim=(-1.5, 7.2))
        axes.axis("off")

    def _places(self) -> tuple[Array, float]:
        """Return where each record stands, and where the second group begins: relevant ones stand on the left."""
        second = math.ceil(self.relevant / _ROWS) + 1.0
        numbers = np.concatenate([np.arange(self.relevant), np.arange(len(self.records) - self.relevant)])
        shift = np.where(np.arange(len(self.records)) < self.relevant, 0.0, second)
        return np.column_stack([numbers // _ROWS + shift, _ROWS - 1.0 - numbers % _ROWS]), second

    def _lay_out_bars(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set(xlim=(0, 100), ylim=(2.6, -0.45), xlabel="per cent", yticks=[])
        axes.set_xticks(range(0, 101, 20))
        colours = (COLOURS["green"], COLOURS["blue"], COLOURS["quiet"])
        for y in range(3):  # the full length of each, so that what is missing can be seen
            axes.barh(y + 0.18, 100, 0.36, facecolor="#f1f1f1")
        self.bars = [Rectangle((0, y), 0, 0.36, facecolor=colour) for y, colour in enumerate(colours)]
        for bar in self.bars:
            moving(bar)
            axes.add_patch(bar)
        self.values = [
            moving(axes.text(0.5, y - 0.2, "", va="center", color=colour, fontweight="bold"))
            for y, colour in enumerate(colours)
        ]
        if self.prediction is None:
            return
        style = SERIES["prediction"]
        mark = axes.plot([self.prediction], [0.18], style.marker, color=style.colour, markersize=11,
                         markeredgecolor="white", zorder=7, clip_on=False)[0]  # fmt: skip
        moving(mark)  # it stands still, but has to be drawn over the bar
        axes.text(100, -0.2, f"◆ your prediction, four ANDs: {self.prediction:g} %", color=style.colour, fontsize=11,
                  va="center", ha="right")  # fmt: skip

    def picture(self, methamphetamine: str, outcome: str, neuroimaging: str, prevalence_percent: float) -> Picture:
        """Return the picture of one query."""
        joins = {"bpd": "and", "methamphetamine": methamphetamine, "outcome": outcome, "neuroimaging": neuroimaging}
        for name, join in joins.items():
            one_of(name, join, tuple(_JOINS))
        within("prevalence_percent", prevalence_percent, _LOWEST, _HIGHEST)
        result = _result(joins, prevalence_percent / 100.0, self.records)
        colours = [COLOURS["green"] if record.relevant else COLOURS["orange"] for record in self.records]
        self.squares.set_edgecolor(colours)
        self.squares.set_facecolor(
            [colour if record.id in result.found else "white"
             for colour, record in zip(colours, self.records, strict=True)]
        )  # fmt: skip
        self.query.set_text(result.query)
        for (share, words), bar, text in zip(
            self._bars(result, prevalence_percent), self.bars, self.values, strict=True
        ):
            bar.set_width(0.0 if math.isnan(share) else 100.0 * share)
            text.set_text(words)
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Grid of 80 fictional records, {self.relevant} of them relevant, filled where the search "
                f"{result.query} finds them: {result.hits} relevant and {result.false} others. Bars below, in per "
                f"cent: recall {_percent(result.recall)}, precision {_percent(result.precision)}, precision where "
                f"{prevalence_percent:g} % of a database are relevant {_percent(result.elsewhere)}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=self._table(result),
            reading=self._reading(result, prevalence_percent),
        )

    def _bars(self, result: _Result, prevalence_percent: float) -> tuple[tuple[float, str], ...]:
        return (
            (result.recall, f"Recall {_percent(result.recall)}: {result.hits} of {self.relevant} relevant records"),
            (result.precision, f"Precision {_percent(result.precision)}: {result.hits} of {len(result.found)} found"),
            (result.elsewhere,
             f"Precision {_percent(result.elsewhere)} where {prevalence_percent:g} % of a database are relevant"),
        )  # fmt: skip

    def _reading(self, result: _Result, prevalence_percent: float) -> str:
        missed = self.relevant - result.hits
        others = len(self.records) - self.relevant
        elsewhere = (
            f"Where {prevalence_percent:g} % of all records are relevant, its precision would be "
            f"{_percent(result.elsewhere)}."
            if result.false
            else f"It let in none of the {others} others, too few to say what its precision would be where only "
            f"{prevalence_percent:g} % of all records are relevant."
        )
        compared = ""
        if self.prediction is not None:
            gap = self.prediction - 100.0 * self.four.recall
            verdict = "close" if abs(gap) <= 5 else f"{abs(gap):.0f} points too {'high' if gap > 0 else 'low'}"
            compared = (
                f" You predicted a recall of {self.prediction:g} % for all four blocks with AND: it is "
                f"{_percent(self.four.recall)}, so your prediction was {verdict}."
            )
        return (
            f"{result.query}: {len(result.found)} records found. Recall {_percent(result.recall)}: {missed} of the "
            f"{self.relevant} relevant records are missed. Precision {_percent(result.precision)}: {result.false} "
            f"found in vain. {elsewhere}{compared}"
        )

    def _table(self, result: _Result) -> Table:
        rows = tuple(
            (
                record.title,
                "yes" if record.relevant else "no",
                "yes" if record.id in result.found else "no",
                record.why,
            )
            for record in self.records
        )
        return Table(("Fictional record", "Relevant", "Found", "Why relevant or not"), rows)


def _percent(share: float) -> str:
    if math.isnan(share):
        return "not defined"
    return f"{100.0 * share:.1f} %" if 0.0 < share < 0.0095 else f"{100.0 * share:.0f} %"
