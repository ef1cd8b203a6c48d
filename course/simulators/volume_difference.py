"""Simulator: "16-21 % smaller" as two overlapping groups of people, and as a forest plot that grows study by study."""

import re
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course import evidence
from course.models.checks import within
from course.models.effect_size import (
    Pooled,
    exaggeration,
    overlap_from_percent,
    percent_standard_error,
    random_effects,
    smallest_significant,
)
from course.models.normal import normal_density
from course.pictures import COLOURS, SERIES, Canvas, Picture, Table
from course.simulators.panel import Notice, Panel, Range, Steps, simulator
from course.simulators.prediction import NumberPrediction

_LARGEST = 25.0
_NARROW, _WIDE = 8.0, 20.0
_ASKED = (16.0, 12.0)  # what the prediction is about: per cent smaller, spread in per cent
_META = "bpd-hippocampus-volume"
_STEPS = {1: "the first study", 2: "two studies", 3: "three studies", 4: "four studies", 5: "and the meta-analysis"}
_GRID = np.linspace(40.0, 160.0, 241)
_PREDICTION = NumberPrediction(example=20, unit="per cent", low=0, high=100)
_SPECIES = "Human, groups of people"
_CAPTION = (
    "Above: two normal distributions with one spread, drawn from the sliders. Below: differences in hippocampal volume "
    "from the evidence ledger. Their intervals are worked out from the numbers of people and the spread of the slider "
    "(assumed); where a paper's abstract gives one group only, the other is assumed to be as large."
)


def draw(
    percent_smaller: float = 16.0,
    spread_percent: float = 12.0,
    studies: int = 1,
    prediction: object = None,
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `percent_smaller`: by how much the mean of the group with BPD is smaller, 0 to 25. `spread_percent`: standard
    deviation within each group in per cent of the mean, 8 to 20. `studies`: rows of the forest plot, 1 to 4 single
    studies in order of their year; 5 adds the meta-analysis. `prediction`: overlap in per cent of two groups of which
    one is 16 % smaller, at a spread of 12 %. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(percent_smaller, spread_percent, studies)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: overlap, in per cent, of two groups of which one is 16 % smaller.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="volume-difference",
        title="So many per cent smaller: people and studies",
        controls=[
            Range("percent_smaller", "Mean of the group with BPD: smaller by", _ASKED[0], 0, _LARGEST, 1, "%"),
            Range("spread_percent", "Spread among people of one group (standard deviation)", _ASKED[1], _NARROW, _WIDE,
                  1, "% of the mean"),
            Steps("studies", "Forest plot", 1, tuple(_STEPS), tuple(_STEPS.values())),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )  # fmt: skip


@dataclass(frozen=True)
class _Study:
    """One study of hippocampal volume: how many per cent smaller, in how many people with and without BPD."""

    name: str
    percent: float
    with_bpd: int
    without: int

    def standard_error(self, spread_percent: float) -> float:
        return float(percent_standard_error(spread_percent, self.with_bpd, self.without))


def _studies() -> tuple[_Study, ...]:
    """Return the studies in order of their year, as the ledger holds them."""
    range_of_all = evidence.claim(_META).teach_high
    if range_of_all is None:
        raise ValueError(f'The claim "{_META}" has no range, whose upper end is one of the studies.')
    found = [
        _study(claim_id, evidence.value(claim_id))
        for claim_id in ("bpd-hippocampus-driessen", "bpd-hippocampus-schmahl", "bpd-hippocampus-irle")
    ]
    # The largest difference stands in the ledger as the end of a range; its people are those of the same paper's row.
    found.insert(2, _study("bpd-ofc-acc-volume", range_of_all))
    return tuple(found)


def _study(claim_id: str, percent: float) -> _Study:
    row = evidence.claim(claim_id)
    people = [int(number) for number in re.findall(r"\d+", row.population)]
    if len(people) not in (1, 2):
        raise ValueError(f'The population of the claim "{claim_id}" names no group or more than two.')
    return _Study(_short(row.sources[0].key), percent, people[0], people[-1])


def _short(key: str) -> str:
    """Return "Driessen 2000" for a work of the ledger: a row of the plot has no room for more."""
    return evidence.references()[key].short.replace(" and colleagues", "")


class _Drawing:
    """The figure, laid out once; `picture` moves curves, rows and marks."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.studies = _studies()
        self.meta = evidence.value(_META)
        self.meta_name = _short(evidence.claim(_META).sources[0].key)
        self.canvas = Canvas(7.2, 6.4)
        with self.canvas.styled():
            people, bar, forest = self.canvas.figure.subplots(3, height_ratios=[1.4, 0.5, 2.0])
            self._lay_out_people(people)
            self._lay_out_bar(bar)
            self._lay_out_forest(forest)
        self.canvas.settle()

    def _lay_out_people(self, axes: Axes) -> None:
        axes.set(xlim=(40, 160), ylim=(0, 0.063), yticks=[], xlabel="volume (mean of the comparison group = 100)")
        axes.set_title("HUMAN · two groups of people", pad=8)
        axes.spines["left"].set_visible(False)
        moving = self.canvas.moving
        first, second = SERIES["first"], SERIES["second"]
        # A shaded area has to be made anew for every picture, so it is a line filled by its own vertices.
        self.shared = moving(axes.fill(_GRID, np.zeros_like(_GRID), facecolor="#dcdcdc")[0])
        self.comparison = moving(axes.plot([], [], color=first.colour, linestyle=first.dash)[0])
        self.bpd = moving(axes.plot([], [], color=second.colour, linestyle=second.dash)[0])
        axes.text(160, 0.055, "— comparison group", color=first.colour, ha="right", fontweight="bold")
        axes.text(40, 0.055, "- - people with BPD", color=second.colour, fontweight="bold")
        axes.text(160, 0.045, "grey: shared", color=COLOURS["quiet"], ha="right")

    def _lay_out_bar(self, axes: Axes) -> None:
        axes.set(xlim=(0, 100), ylim=(1.15, -0.5), yticks=[0], xlabel="per cent of each group in the shared area")
        axes.set_yticklabels(["overlap"])
        axes.tick_params(axis="y", length=0)
        axes.barh(0, 100, 0.7, facecolor="#f1f1f1")
        self.overlap = Rectangle((0, -0.35), 0, 0.7, facecolor=COLOURS["green"])
        self.canvas.moving(self.overlap)
        axes.add_patch(self.overlap)
        self.overlap_text = self.canvas.moving(
            axes.text(1.5, 0.02, "", color="white", fontweight="bold", va="center", ha="left", zorder=5)
        )
        if self.prediction is None:
            return
        style = SERIES["prediction"]
        mark = axes.plot([self.prediction], [0], style.marker, color=style.colour, markersize=10, zorder=6,
                         markeredgecolor="white", clip_on=False)[0]  # fmt: skip
        self.canvas.moving(mark)  # it stands still, but has to be drawn over the bar
        right = self.prediction < 70
        axes.annotate(f"you: {self.prediction:g} %", (self.prediction, 0.42), xytext=(0, 0),
                      textcoords="offset points", color=style.colour, va="top", ha="left" if right else "right",
                      fontsize=11)  # fmt: skip

    def _lay_out_forest(self, axes: Axes) -> None:
        count = len(self.studies)
        axes.set(xlim=(-8, 52), ylim=(count + 1.6, -0.6))
        axes.set_xlabel("hippocampus: per cent smaller in BPD (95 % interval)")
        axes.set_title("Studies: | is the least that could be significant", pad=8)
        axes.axvline(0.0, color=COLOURS["quiet"], linewidth=0.9)
        names = [f"{each.name}, n = {each.with_bpd} + {each.without}" for each in self.studies]
        axes.set_yticks(range(count + 2), [*names, "pooled so far", self.meta_name], fontsize=10)
        axes.tick_params(axis="y", length=0)
        moving, blue = self.canvas.moving, SERIES["first"].colour
        self.intervals = [moving(axes.plot([], [], color=blue, linewidth=2)[0]) for _ in self.studies]
        self.points = [moving(axes.plot([], [], "s", color=blue)[0]) for _ in self.studies]
        self.limits = [
            moving(axes.plot([], [], "|", color=COLOURS["orange"], markersize=17, markeredgewidth=3)[0])
            for _ in self.studies
        ]
        self.values = [moving(axes.text(51.5, y, "", ha="right", va="center", color=blue)) for y in range(count)]
        self.pooled_line = moving(axes.plot([], [], color=COLOURS["green"], linewidth=3)[0])
        self.pooled = moving(axes.plot([], [], "D", color=COLOURS["green"], markersize=10)[0])
        self.pooled_text = moving(
            axes.text(51.5, count, "", ha="right", va="center", color=COLOURS["green"], fontweight="bold")
        )
        self.meta_mark = moving(axes.plot([], [], "D", color=COLOURS["ink"], markersize=11)[0])
        self.meta_line = moving(axes.plot([], [], color=COLOURS["ink"], linestyle="dotted", linewidth=1.4)[0])
        self.meta_text = moving(axes.text(51.5, count + 1, "", ha="right", va="center", fontweight="bold"))

    def picture(self, percent_smaller: float, spread_percent: float, studies: int) -> Picture:
        """Return the picture of one difference, one spread and so many studies."""
        within("percent_smaller", percent_smaller, 0.0, _LARGEST)
        within("spread_percent", spread_percent, _NARROW, _WIDE)
        if studies not in _STEPS:
            raise ValueError(f"studies must be a whole number from 1 to {max(_STEPS)}.")
        d, overlap = (float(part) for part in overlap_from_percent(percent_smaller, spread_percent))
        self._move_people(percent_smaller, spread_percent, overlap)
        shown = self.studies[: min(int(studies), len(self.studies))]
        with_meta = studies > len(self.studies)
        pooled = random_effects(
            [each.percent for each in shown], [each.standard_error(spread_percent) ** 2 for each in shown]
        )
        self._move_forest(shown, spread_percent, pooled, with_meta)
        rows = "; ".join(f"{each.name} {each.percent:g} %" for each in shown)
        meta = f"; meta-analysis {self.meta:g} %" if with_meta else ""
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Three plots, human. Two bell curves of volume, the group with BPD {percent_smaller:g} % below the "
                f"comparison group at a spread of {spread_percent:g} %: d = {d:.2f}. A bar: {100 * overlap:.1f} % of "
                f"each group in the shared area. A forest plot of the hippocampus in per cent smaller with 95 % "
                f"intervals: {rows}; pooled {pooled.mean:.1f} %{meta}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=self._table(spread_percent),
            reading=self._reading(percent_smaller, spread_percent, d, overlap, shown, pooled, with_meta),
        )

    def _move_people(self, percent_smaller: float, spread: float, overlap: float) -> None:
        comparison = normal_density((_GRID - 100.0) / spread) / spread
        bpd = normal_density((_GRID - 100.0 + percent_smaller) / spread) / spread
        self.comparison.set_data(_GRID, comparison)
        self.bpd.set_data(_GRID, bpd)
        self.shared.set_xy(np.column_stack([_GRID, np.minimum(comparison, bpd)]))
        self.overlap.set_width(100.0 * overlap)
        self.overlap_text.set_text(f"{100.0 * overlap:.1f} %")

    def _move_forest(self, shown: tuple[_Study, ...], spread: float, pooled: Pooled, with_meta: bool) -> None:
        for y, (study, interval, point, limit, value) in enumerate(
            zip(self.studies, self.intervals, self.points, self.limits, self.values, strict=True)
        ):
            there = y < len(shown)
            half = float(smallest_significant(study.standard_error(spread)))
            interval.set_data(*(([study.percent - half, study.percent + half], [y, y]) if there else ([], [])))
            point.set_data(*(([study.percent], [y]) if there else ([], [])))
            point.set_markersize(float(np.sqrt(study.with_bpd + study.without)) + 2.0)
            limit.set_data(*(([half], [y]) if there else ([], [])))
            value.set_text(f"{study.percent:g} %" if there else "")
        y, half = len(self.studies), float(smallest_significant(pooled.standard_error))
        self.pooled_line.set_data([pooled.mean - half, pooled.mean + half], [y, y])
        self.pooled.set_data([pooled.mean], [y])
        self.pooled_text.set_text(f"{pooled.mean:.1f} %")
        self.meta_mark.set_data(*(([self.meta], [y + 1]) if with_meta else ([], [])))
        self.meta_line.set_data(*(([self.meta, self.meta], [-0.6, y + 1]) if with_meta else ([], [])))
        self.meta_text.set_text(f"{self.meta:g} %" if with_meta else "not yet")

    def _reading(
        self, percent_smaller: float, spread: float, d: float, overlap: float, shown: tuple[_Study, ...],
        pooled: Pooled, with_meta: bool,
    ) -> str:  # fmt: skip
        smallest = min(shown, key=lambda study: 1.0 / study.standard_error(spread))
        per_group = 2.0 / (1.0 / smallest.with_bpd + 1.0 / smallest.without)
        factor = exaggeration(self.meta / spread, per_group)
        least = float(smallest_significant(smallest.standard_error(spread)))
        studies = "study" if len(shown) == 1 else "studies"
        meta = (
            f" The meta-analysis says {self.meta:g} %; were that the truth, significant studies as small as "
            f"{smallest.name} ({smallest.with_bpd} and {smallest.without} people) would report "
            f"{factor * self.meta:.0f} % on average, since nothing below {least:.0f} % comes out significant there. "
            f"{_short('labudda2013')} found no difference, and the ledger has no per cent of it to draw."
            if with_meta
            else ""
        )
        compared = ""
        if self.prediction is not None:
            asked = 100.0 * float(overlap_from_percent(*_ASKED)[1])
            gap = self.prediction - asked
            verdict = "close" if abs(gap) <= 3 else f"{abs(gap):.0f} points too {'high' if gap > 0 else 'low'}"
            compared = (
                f" You predicted an overlap of {self.prediction:g} % for {_ASKED[0]:g} % smaller at a spread of "
                f"{_ASKED[1]:g} %: it is {asked:.1f} %, so your prediction was {verdict}."
            )
        return (
            f"{percent_smaller:g} % smaller at a spread of {spread:g} %: d = {d:.2f}, and {100 * overlap:.1f} % of "
            f"each group lies in the area that both share. {len(shown)} {studies} pooled: {pooled.mean:.1f} % "
            f"smaller.{meta}{compared}"
        )

    def _table(self, spread: float) -> Table:
        rows = []
        for count, study in enumerate(self.studies, start=1):
            half = float(smallest_significant(study.standard_error(spread)))
            sofar = self.studies[:count]
            pooled = random_effects([s.percent for s in sofar], [s.standard_error(spread) ** 2 for s in sofar])
            rows.append(
                (study.name, f"{study.with_bpd} and {study.without}", f"{study.percent:g}",
                 f"{study.percent - half:.1f} to {study.percent + half:.1f}", f"{half:.1f}", f"{pooled.mean:.1f}")
            )  # fmt: skip
        rows.append((f"{self.meta_name} (meta-analysis)", "see the evidence page", f"{self.meta:g}", "–", "–", "–"))
        columns = (
            "Study", "People with and without BPD", "Per cent smaller", "95 % interval (from the spread)",
            "Least that could be significant", "Pooled so far",
        )  # fmt: skip
        return Table(columns, tuple(rows))
