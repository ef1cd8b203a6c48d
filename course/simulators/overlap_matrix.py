"""Simulator: Table 1 as a matrix in three layers, and what full agreement of two lists is worth."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from course import evidence
from course.evidence import Region
from course.models.checks import one_of
from course.models.overlap import overlap_stats
from course.pictures import COLOURS, SERIES, Canvas, Outline, Picture, Table
from course.simulators.look import Look, activity
from course.simulators.panel import Choice, Notice, Panel, Range, Steps, simulator
from course.simulators.prediction import NumberPrediction

_LAYERS = {1: "the review", 2: "the review and the literature", 3: "review, literature and strength of evidence"}
_UNIVERSES = (10, 12, 15, 20, 30, 50, 90, 180, 360)
_PREDICTION = NumberPrediction(example=5, unit="ticks out of 10", low=0, high=10)
_SPECIES = "Human, groups of people"
_FLOOR = 1e-20  # the lower end of the axis of p; no choice of the sliders comes below


_ACTIVITY = activity(
    {
        "up": "more active",
        "down": "less active",
        "mixed": "both ways",
        "altered": "altered",
        "unclear": "unclear",
        "not-stated": "not stated",
    }
)
_TICK = {True: Look("✓", COLOURS["ink"], "ticked"), False: Look("–", COLOURS["quiet"], "not ticked")}
_SAME = {
    "same": Look("=", COLOURS["green"], "the same direction"),
    "not the same": Look("≠", COLOURS["orange"], "no common direction"),
    "open": Look("?", COLOURS["quiet"], "too little is known"),
}
_SUPPORT = {
    "yes": Look("✓", COLOURS["green"], "supported"),
    "partial": Look("≈", COLOURS["blue"], "supported in part"),
    "unknown": Look("?", COLOURS["quiet"], "not known"),
    "no": Look("✗", COLOURS["orange"], "not supported"),
}
_LEGEND = (
    "activity: ↑ more  ↓ less  ↕ both ways  ~ altered",
    "? unclear  – not stated    same?: = yes  ≠ no",
    "tick: ✓ supported  ≈ in part  ? not known  ✗ no",
)
_COLUMNS = ("BPD", "MA", "overlap", "BPD", "MA", "same?", "tick")
_LAYER_OF = (1, 1, 1, 2, 2, 2, 3)
_X = (0.0, 1.0, 2.05, 3.5, 4.5, 5.5, 6.95)


def draw(
    layers: int = 1, region: str = "amygdala", universe: int = 10, shared: int = 10, prediction: object = None
) -> Picture:
    """Return the picture that `explore` shows for these settings.

    `layers`: 1 the review; 2 with the literature; 3 with the strength of evidence. `region`: the id of one of
    `evidence.regions()`, which is framed and told about below. `universe`: how many regions could have been listed, one
    of 10, 12, 15, 20, 30, 50, 90, 180, 360. `shared`: on how many of ten the two lists agree, 0 to 10. `prediction`:
    how many of the ten ticks the evidence supports outright. Raises ValueError for impossible settings.
    """
    return _Drawing(_PREDICTION.read(prediction)).picture(layers, region, universe, shared)


def explore(prediction: object = ...) -> Panel | Notice:
    """Return the simulator. `prediction`: how many of the review's ten ticks the evidence supports outright.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    names = {each.id: f"{each.region} ({each.abbreviation})" for each in evidence.regions()}
    return simulator(
        name="overlap-matrix",
        title="Table 1 in three layers, and what an overlap is worth",
        controls=[
            Steps("layers", "Uncovered", 1, tuple(_LAYERS), tuple(_LAYERS.values())),
            Choice("region", "Region", "amygdala", names),
            Steps("universe", "Regions that could have been listed", 10, _UNIVERSES,
                  tuple(f"{number} regions" for number in _UNIVERSES)),
            Range("shared", "The two lists agree on", 10, 0, 10, 1, "of ten regions"),
        ],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )  # fmt: skip


def same_direction(region: Region) -> str:
    """Return whether the literature finds one direction of activity in both conditions.

    "same", "not the same" (two directions, or findings both ways in one of them) or "open" (one of them is unclear).
    """
    bpd, ma = region.bpd_activity_literature, region.ma_activity_literature
    if "unclear" in (bpd, ma):
        return "open"
    return "same" if bpd == ma and bpd in ("up", "down") else "not the same"


def supported(regions: tuple[Region, ...]) -> int:
    """Return how many ticks the evidence supports outright."""
    return sum(row.overlap_flag_review and row.overlap_supported == "yes" for row in regions)


def _looks(row: Region) -> tuple[Look, ...]:
    """Return how the seven cells of a row look."""
    return (
        _ACTIVITY[row.bpd_activity_review],
        _ACTIVITY[row.ma_activity_review],
        _TICK[row.overlap_flag_review],
        _ACTIVITY[row.bpd_activity_literature],
        _ACTIVITY[row.ma_activity_literature],
        _SAME[same_direction(row)],
        _SUPPORT[row.overlap_supported],
    )


def _chance(universe: int, shared: int, listed: int) -> float | None:
    """Return p of so many in common, or None where two lists of `listed` must share more."""
    if shared < 2 * listed - universe:
        return None
    return overlap_stats(universe, listed, listed, shared)[1]


def _power(p: float) -> str:
    if p >= 0.001:
        return f"{p:.3g}"
    exponent = int(np.floor(np.log10(p)))
    return f"{p / 10.0**exponent:.1f} × 10⁻{str(-exponent).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


class _Drawing:
    """The figure, laid out once; `picture` uncovers columns, moves the frame and the point."""

    def __init__(self, prediction: float | None) -> None:
        self.prediction = prediction
        self.regions = evidence.regions()
        self.row_of = {row.id: i for i, row in enumerate(self.regions)}
        self.right = supported(self.regions)
        self.canvas = Canvas(8.6, 5.5)
        with self.canvas.styled():
            grid = self.canvas.figure.add_gridspec(2, 2, width_ratios=[1.75, 1], height_ratios=[4.3, 1])
            self._lay_out_matrix(self.canvas.figure.add_subplot(grid[0, 0]))
            self._lay_out_chance(self.canvas.figure.add_subplot(grid[0, 1]))
            self._lay_out_count(self.canvas.figure.add_subplot(grid[1, :]))
        self.canvas.settle()

    def _lay_out_matrix(self, axes: Axes) -> None:
        count = len(self.regions)
        axes.set(xlim=(-0.6, 7.6), ylim=(count + 2.3, -2.1))
        axes.set_title("HUMAN · Table 1: activity and overlap", pad=6)
        axes.set_xticks([])
        axes.set_yticks(range(count), [row.abbreviation for row in self.regions])
        axes.tick_params(axis="y", length=0)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        moving = self.canvas.moving
        self.heads: dict[int, list[Text]] = {layer: [] for layer in _LAYERS}
        for x, name, layer in zip(_X, _COLUMNS, _LAYER_OF, strict=True):
            self.heads[layer].append(moving(axes.text(x, -0.75, name, ha="center", va="center", fontsize=9.5)))
        for layer, x, name in ((1, 1.0, "THE REVIEW"), (2, 4.5, "LITERATURE"), (3, 6.95, "EVIDENCE")):
            self.heads[layer].append(
                moving(axes.text(x, -1.6, name, ha="center", va="center", fontsize=9.5, fontweight="bold"))
            )
        for x in (2.78, 6.22):
            axes.plot([x, x], [-1.9, count - 0.5], color=COLOURS["quiet"], linewidth=0.8)
        for y, words in enumerate(_LEGEND):
            axes.text(-0.5, count + 0.2 + 0.85 * y, words, color=COLOURS["quiet"], fontsize=9, va="center")
        self.cells = [
            [
                moving(
                    axes.text(x, y, look.sign, ha="center", va="center", fontsize=14, fontweight="bold",
                              color=look.colour)
                )
                for x, look in zip(_X, _looks(row), strict=True)
            ]
            for y, row in enumerate(self.regions)
        ]  # fmt: skip
        self.frame = moving(
            Rectangle((-0.5, 0), 8.0, 0.92, facecolor="none", edgecolor=COLOURS["ink"], linewidth=2, clip_on=False)
        )
        axes.add_patch(self.frame)

    def _lay_out_chance(self, axes: Axes) -> None:
        axes.set_title("Chance of an overlap", pad=6)
        axes.set(xscale="log", yscale="log", xlim=(9, 400), ylim=(_FLOOR, 30))
        axes.set_xlabel("regions that could be listed")
        axes.set_ylabel("p: so many or more by chance")
        axes.set_xticks([10, 30, 90, 360], ["10", "30", "90", "360"])
        axes.set_yticks([1.0, 0.05, 1e-5, 1e-10, 1e-15, 1e-20], ["1", "0.05", "10⁻⁵", "10⁻¹⁰", "10⁻¹⁵", "10⁻²⁰"])
        axes.minorticks_off()
        axes.axhline(0.05, color=COLOURS["quiet"], linestyle=(0, (2, 2)), linewidth=1)
        moving, look = self.canvas.moving, SERIES["first"]
        self.curve = moving(axes.plot([], [], color=look.colour, marker=".", markersize=5)[0])
        self.point = moving(axes.plot([], [], "o", color=COLOURS["ink"], markersize=11, zorder=6)[0])
        self.p_text = moving(axes.text(0.05, 0.05, "", transform=axes.transAxes, fontweight="bold", fontsize=10.5))

    def _lay_out_count(self, axes: Axes) -> None:
        count = len(self.regions)
        axes.set(xlim=(0, count), ylim=(1.3, -0.6), yticks=[], xlabel="ticks that the evidence supports outright")
        axes.set_xticks(range(count + 1))
        axes.barh(0, count, 0.7, facecolor="#f1f1f1")
        moving = self.canvas.moving
        self.bar = moving(Rectangle((0, -0.35), self.right, 0.7, facecolor=COLOURS["green"]))
        axes.add_patch(self.bar)
        self.bar_text = moving(axes.text(0.12, 0.02, "", va="center", fontweight="bold"))
        if self.prediction is None:
            return
        style, right = SERIES["prediction"], self.prediction < 0.8 * count
        axes.plot([self.prediction], [0.78], style.marker, color=style.colour, markersize=9, clip_on=False)
        axes.annotate(f"you: {self.prediction:g}", (self.prediction, 0.78), xytext=(9 if right else -9, 0),
                      textcoords="offset points", va="center", ha="left" if right else "right",
                      color=style.colour)  # fmt: skip

    def picture(self, layers: int, region: str, universe: int, shared: int) -> Picture:
        """Return the picture of so many layers, one framed region, and one overlap in one universe."""
        if layers not in _LAYERS:
            raise ValueError("layers must be 1, 2 or 3.")
        one_of("region", region, tuple(self.row_of))
        if universe not in _UNIVERSES:
            raise ValueError(f"universe must be one of {', '.join(map(str, _UNIVERSES))}.")
        if shared not in range(len(self.regions) + 1):
            raise ValueError(f"shared must be a whole number from 0 to {len(self.regions)}.")
        depth, things, both = int(layers), int(universe), int(shared)
        for layer, texts in self.heads.items():
            for text in texts:
                text.set_visible(layer <= depth)
        for cells in self.cells:
            for cell, layer in zip(cells, _LAYER_OF, strict=True):
                cell.set_visible(layer <= depth)
        self.frame.set_y(self.row_of[region] - 0.46)
        shown = depth == max(_LAYERS)
        self.bar.set_visible(shown)
        self.bar_text.set(
            text=f"✓ {self.right} of {len(self.regions)}" if shown else "not uncovered yet",
            x=self.right + 0.12 if shown else 0.12, color=COLOURS["green"] if shown else COLOURS["quiet"],
        )  # fmt: skip
        p = self._move_chance(things, both)
        row = self.regions[self.row_of[region]]
        listed = "; ".join(f"{each.abbreviation} {_row_words(each, depth)}" for each in self.regions)
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Human. Left, a matrix of Table 1: ten regions by BPD and methamphetamine (MA), showing "
                f"{_LAYERS[depth]}. {listed}. Framed: {row.region}. Right, the probability p of an overlap of {both} "
                f"of ten or more against the number of regions that could be listed, {_UNIVERSES[0]} to "
                f"{_UNIVERSES[-1]}, both axes logarithmic; marked: {things} regions, {_p_words(p)}."
            ),
            caption=(
                "Directions are those of group averages in imaging studies, as the review prints them and as the "
                "studies behind the evidence ledger report them. p: two lists of ten drawn at random from so many "
                "regions. How many could have been listed the review does not say; the numbers here are assumed."
            ),
            species=_SPECIES,
            table=self._table(depth),
            reading=self._reading(row, depth, things, both, p),
            outlines=(_outline(row, depth),),
        )

    def _move_chance(self, universe: int, shared: int) -> float | None:
        listed = len(self.regions)
        possible = [(number, _chance(number, shared, listed)) for number in _UNIVERSES]
        known = [(number, p) for number, p in possible if p is not None]
        self.curve.set_data([number for number, _ in known], [p for _, p in known])
        p = dict(possible)[universe]
        self.point.set_data([universe] if p is not None else [], [p] if p is not None else [])
        self.p_text.set_text("cannot be" if p is None else f"p = {_power(p)}")
        return p

    def _reading(self, row: Region, depth: int, universe: int, shared: int, p: float | None) -> str:
        listed = len(self.regions)
        if p is None:
            chance = (
                f" Two lists of {listed} out of {universe} regions must share at least {2 * listed - universe}: an "
                f"overlap of {shared} cannot be."
            )
        else:
            jaccard = overlap_stats(universe, listed, listed, shared)[0]
            by_chance = listed * listed / universe
            chance = (
                f" {shared} of {listed} in common (Jaccard {jaccard:.2f}); with {universe} regions that could be "
                f"listed, chance alone gives {by_chance:.1f} on average, and {_p_words(p)}."
            )
        compared = ""
        if self.prediction is not None:
            compared = f" You predicted {self.prediction:g} supported ticks: "
            gap = self.prediction - self.right
            if depth < max(_LAYERS):
                compared += "uncover the third layer to compare."
            elif gap:
                compared += f"it is {self.right}, {abs(gap):g} {'fewer' if gap > 0 else 'more'}."
            else:
                compared += "so it is."
        return f"{row.region}: {_row_words(row, depth)}.{chance}{compared}"

    def _table(self, depth: int) -> Table:
        columns = ("Region", "Review: BPD", "Review: MA", "Review: overlap", "Literature: BPD", "Literature: MA",
                   "Literature: same?", "The tick is")  # fmt: skip
        kept = 1 + sum(layer <= depth for layer in _LAYER_OF)
        rows = tuple(
            (f"{row.region} ({row.abbreviation})", *(look.words for look in _looks(row)))[:kept] for row in self.regions
        )
        return Table(columns[:kept], rows)


def _p_words(p: float | None) -> str:
    return "which cannot be" if p is None else f"p = {_power(p)}"


def _row_words(row: Region, depth: int) -> str:
    bpd, ma, tick, bpd_found, ma_found, same, support = (look.words for look in _looks(row))
    words = f"review: BPD {bpd}, MA {ma}, {tick}"
    if depth >= 2:
        words += f", literature: BPD {bpd_found}, MA {ma_found}, {same}"
    return words + (f", the tick is {support}" if depth >= 3 else "")


def _outline(row: Region, depth: int) -> Outline:
    lines = [
        f"What it does: {row.function}",
        f"The review cites for BPD: {', '.join(row.cited_bpd) or 'nobody'}",
        f"The review cites for methamphetamine: {', '.join(row.cited_ma) or 'nobody'}",
        f"About the printed cells: {row.garbling_note or 'nothing to remark'}",
    ]
    if depth >= 2:
        lines += [
            f"Measured in BPD: {row.bpd_literature}",
            f"Measured in methamphetamine use: {row.ma_literature}",
            f"Sources: {'; '.join(work.short for work in row.sources) or 'none'}",
        ]
    if depth >= 3:
        lines += [f"Effect size: {row.effect_size or 'none'}", f"To remember: {row.teaching_note}"]
    return Outline(f"{row.region} ({row.abbreviation})", tuple((0, line) for line in lines))
