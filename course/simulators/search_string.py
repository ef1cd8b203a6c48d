"""Simulator: paste a search string, see its brackets, what two kinds of platform make of it, and what each finds."""

from collections.abc import Sequence as Ordered
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course.pictures import COLOURS, SERIES, Canvas, Outline, Picture, Table
from course.searching import (
    APPENDIX_A,
    Bracket,
    Tree,
    Unreadable,
    and_before_or,
    brackets,
    corpus,
    left_to_right,
    outline,
    read,
    remarks,
    search,
)
from course.simulators.panel import Notice, Panel, Text, simulator
from course.simulators.prediction import WordPrediction

_LENGTHS = (40, 60, 80, 120, 160, 240, 320, 400, 600, 800, 1200, 1600, 2400, 3200, 5000, 7000, 10_000, 20_000)
_FLOORS, _CEILINGS = (-1, -3, -10), (1, 2, 4, 10, 40)
_LEFT, _AND = "left to right", "AND before OR"
_PREDICTION = WordPrediction(
    {"more": "more", "fewer": "fewer", "less": "fewer", "the same": "the same", "same": "the same", "equal": "the same"}
)
_SPECIES = "A search string, tried on fictional records"
_CAPTION = (
    "PubMed carries operators out from left to right; Web of Science, Ovid and others let AND go before OR. "
    "The 80 records are invented: how many a string finds here says nothing about a real database."
)


def draw(text: str = APPENDIX_A, prediction: object = None) -> Picture:
    """Return the picture that `explore` shows for this search string, however broken it is.

    `prediction`: whether AND before OR finds "more" records than left to right, "fewer" or "the same", in the review's
    printed string without the bracket that has no partner. Raises ValueError for a text that is none.
    """
    if not isinstance(text, str):
        raise ValueError("The search string must be a text, in quotation marks.")
    return _Drawing(_PREDICTION.read(prediction)).picture(text)


def explore(prediction: object = ..., text: str = APPENDIX_A) -> Panel | Notice:
    """Return the simulator with `text` in its field. `prediction`: "more", "fewer" or "the same", as for `draw`.

    With three dots the panel asks for a prediction first; with something unreadable it says what to write.
    """
    return simulator(
        name="search-string",
        title="Reader of search strings",
        controls=[Text("text", "Search string (change it, or paste your own)", text)],
        drawing=lambda guess: _Drawing(guess).picture,
        expects=_PREDICTION,
        prediction=prediction,
    )


@dataclass(frozen=True)
class _Reading:
    """One way of reading a string, and what it finds."""

    name: str
    tree: Tree
    relevant: int
    others: int

    @property
    def found(self) -> int:
        """Number of fictional records found."""
        return self.relevant + self.others


@dataclass(frozen=True)
class _Examined:
    """All that is known of a string: `fault` as printed, readings without lonely brackets unless these fail too."""

    brackets: tuple[Bracket, ...]
    fault: Unreadable | None
    readings: tuple[_Reading, ...]
    remarks: tuple[str, ...]


def _examine(text: str) -> _Examined:
    found, fault = brackets(text), None
    try:
        read(text)
    except Unreadable as error:
        fault = error
    try:
        sequence = read(text, without_orphans=True)
        readings = (_reading(_LEFT, left_to_right(sequence)), _reading(_AND, and_before_or(sequence)))
        return _Examined(found, fault, readings, remarks(sequence))
    except Unreadable as error:
        return _Examined(found, fault or error, (), () if fault in (None, error) else (str(error),))


def _reading(name: str, tree: Tree) -> _Reading:
    found = search(tree, corpus())
    relevant = sum(record.relevant for record in corpus() if record.id in found)
    return _Reading(name, tree, relevant, len(found) - relevant)


class _Drawing:
    """The figure, laid out once; `picture` draws another string into it."""

    def __init__(self, prediction: str | None) -> None:
        self.prediction = prediction
        # A prediction is about the review's string, whatever stands in the field.
        first, second = _examine(APPENDIX_A).readings
        self.answer = "more" if second.found > first.found else "fewer" if second.found < first.found else "the same"
        self.gap = (first.found, second.found)
        self.canvas = Canvas(7.2, 4.6)
        self.frame = (0, 0, 0)
        with self.canvas.styled():
            self.depth, bars = self.canvas.figure.subplots(2, height_ratios=[1.25, 1])
            self._lay_out_depth(self.depth)
            self._lay_out_bars(bars)
        self.canvas.settle()

    def _lay_out_depth(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set_title("Open brackets", pad=8)
        axes.set(xlabel="character", ylabel="open brackets", xlim=(0, 20_000), ylim=(-10, 40))
        axes.axhline(0, color=COLOURS["quiet"], linewidth=1)
        line = SERIES["first"]
        self.line = moving(axes.step([], [], where="post", color=line.colour)[0])
        self.end = moving(axes.plot([], [], line.marker, color=line.colour, markersize=9, clip_on=False)[0])
        self.faults = moving(
            axes.plot([], [], "X", color=COLOURS["orange"], markersize=13, markeredgecolor="white", clip_on=False,
                      zorder=6)[0]
        )  # fmt: skip
        above: dict[str, Any] = {"transform": axes.transAxes, "fontweight": "bold", "va": "baseline"}
        self.said = moving(axes.text(0.3, 1.05, "", color=COLOURS["orange"], **above))
        self.net = moving(axes.text(1, 1.05, "", color=line.colour, ha="right", **above))

    def _lay_out_bars(self, axes: Axes) -> None:
        moving = self.canvas.moving
        axes.set(xlim=(0, len(corpus())), ylim=(1.62, -0.72), xlabel="fictional records found, of 80", yticks=[])
        self.bars = []
        for y in (0, 1):
            axes.barh(y + 0.16, len(corpus()), 0.32, facecolor="#f1f1f1")
            for colour, hatch in ((COLOURS["green"], None), ("white", "////")):
                edge = COLOURS["orange"] if hatch else colour
                bar = moving(Rectangle((0, y), 0, 0.32, facecolor=colour, edgecolor=edge, hatch=hatch))
                axes.add_patch(bar)
                self.bars.append(bar)
        self.counts = [moving(axes.text(0.4, y - 0.22, "", va="center", fontweight="bold")) for y in (0, 1)]
        self.words = [moving(axes.text(79.6, y - 0.22, "", va="center", ha="right", fontsize=11)) for y in (0, 1)]
        if self.prediction is not None:
            axes.text(79.6, -0.62, f"◆ your prediction for the review's string: {self.prediction}",
                      color=SERIES["prediction"].colour, fontsize=11, va="center", ha="right")  # fmt: skip

    def picture(self, text: str) -> Picture:
        """Return the picture of one search string."""
        examined = _examine(text)
        self._draw_depth(text, examined)
        self._draw_bars(examined.readings)
        net = examined.brackets[-1].depth if examined.brackets else 0
        marked = "" if examined.fault is None else f", with a fault marked at character {examined.fault.position + 1}"
        found = "; ".join(
            f"{each.name} finds {each.relevant} relevant and {each.others} other fictional records"
            for each in examined.readings
        )
        return Picture(
            png=self.canvas.png(),
            alt=(
                f"Step plot: number of open brackets along the {len(text)} characters of a search string, ending at "
                f"{_signed(net)}{marked}. Two bars below: {found or 'empty, since it cannot be read'}."
            ),
            caption=_CAPTION,
            species=_SPECIES,
            table=_table(text, examined.brackets),
            reading=self._said_of(examined, net),
            notes=examined.remarks,
            outlines=_outlines(examined.readings),
        )

    def _draw_depth(self, text: str, examined: _Examined) -> None:
        depths = [0, *(bracket.depth for bracket in examined.brackets)]
        frame = (
            next(length for length in _LENGTHS if len(text) <= length or length == _LENGTHS[-1]),
            next(floor for floor in _FLOORS if min(depths) >= floor or floor == _FLOORS[-1]),
            next(ceiling for ceiling in _CEILINGS if max(depths) <= ceiling or ceiling == _CEILINGS[-1]),
        )
        if frame != self.frame:
            self.frame = frame
            length, floor, ceiling = frame
            self.depth.set(xlim=(0, length), ylim=(floor - 0.3, ceiling + 0.6))
            step = 1 if ceiling - floor <= 7 else 5 if ceiling <= 10 else 10
            self.depth.set_yticks(range(floor - floor % step, ceiling + 1, step))
            self.canvas.refresh(frame)
        places = [0, *(bracket.position + 1 for bracket in examined.brackets), len(text)]
        self.line.set_data(places, [*depths, depths[-1]])
        self.end.set_data([len(text)], [depths[-1]])
        self.net.set_text(f"● net depth {_signed(depths[-1])}")
        marks = [(bracket.position + 1, bracket.depth) for bracket in examined.brackets if bracket.orphan]
        fault = examined.fault
        if fault is not None and fault.position + 1 not in [place for place, _ in marks]:
            before = [bracket.depth for bracket in examined.brackets if bracket.position <= fault.position]
            marks.append((fault.position + 1, before[-1] if before else 0))
        self.faults.set_data([place for place, _ in marks], [depth for _, depth in marks])
        self.said.set_text("" if fault is None else f"✖ fault at character {fault.position + 1}")

    def _draw_bars(self, readings: Ordered[_Reading]) -> None:
        for number in (0, 1):
            relevant, others = self.bars[2 * number : 2 * number + 2]
            each = readings[number] if readings else None
            relevant.set_width(each.relevant if each else 0)
            others.set_x(each.relevant if each else 0)
            others.set_width(each.others if each else 0)
            for bar in (relevant, others):
                bar.set_visible(bar.get_width() > 0)  # an empty bar would still show its edge
            name = (_LEFT, _AND)[number]
            self.counts[number].set_text(f"{name}: {each.found} found" if each else f"{name}: cannot be read")
            self.words[number].set_text(f"{each.relevant} relevant, {each.others} not" if each else "")

    def _said_of(self, examined: _Examined, net: int) -> str:
        parts = [f"Net depth {_signed(net)}."]
        parts.append(str(examined.fault) if examined.fault else "The brackets balance and the string can be read.")
        if examined.readings:
            first, second = examined.readings
            many = f"{first.found} of the {len(corpus())} fictional records ({first.relevant} of them relevant)"
            said = (
                f"both readings find {many}."
                if first.tree == second.tree
                else f"left to right finds {many}, AND before OR {second.found} ({second.relevant} relevant)."
            )
            without = "Without the brackets that have no partner, "
            parts.append(without + said if examined.fault else said[0].upper() + said[1:])
        if self.prediction is not None:
            verdict = "as you predicted" if self.prediction == self.answer else f'the answer is "{self.answer}"'
            parts.append(
                f'You predicted "{self.prediction}" for the review\'s string: there, left to right finds '
                f"{self.gap[0]} and AND before OR {self.gap[1]}, {verdict}."
            )
        return " ".join(parts)


def _signed(depth: int) -> str:
    return str(depth).replace("-", "−")


def _outlines(readings: Ordered[_Reading]) -> tuple[Outline, ...]:
    if readings and readings[0].tree == readings[1].tree:
        return (Outline(f"Both readings, {_LEFT} and {_AND}", tuple(outline(readings[0].tree))),)
    whose = {_LEFT: "Left to right, as PubMed reads it", _AND: "AND before OR, as many other platforms read it"}
    return tuple(Outline(whose[each.name], tuple(outline(each.tree))) for each in readings)


def _table(text: str, found: Ordered[Bracket]) -> Table:
    rows = [("0", "the string begins", "0", "")]
    rows += [
        (
            str(bracket.position + 1),
            "opens" if bracket.opens else "closes",
            str(bracket.depth),
            "none" if bracket.orphan else "yes",
        )
        for bracket in found
    ]
    rows.append((str(len(text)), "the string ends", str(found[-1].depth if found else 0), ""))
    return Table(("Character", "Bracket", "Open after it", "Has a partner"), tuple(rows))
