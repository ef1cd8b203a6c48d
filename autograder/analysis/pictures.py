"""Pictures of the report: SVG inside the page, each with a description; a table with the same numbers stands beside it.

The colours are the course's (4.5:1 on white and more), and no meaning hangs on colour alone.
"""

import base64
import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograder.analysis.statistics import Estimate
from autograder.analysis.timeline import Span

_INK, _QUIET, _BLUE, _ORANGE = "#1f1f1f", "#5c5c5c", "#0a62a9", "#b8480a"
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # ships with matplotlib: the same picture on every machine
    "font.size": 11.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _QUIET,
    "axes.labelcolor": _INK,
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "svg.hashsalt": "report",  # the same numbers make the same bytes
}
_WIDTH = 5.6  # inches: on a phone the letters then still have the size of the page's


@dataclass(frozen=True)
class Picture:
    """A picture as a `data:` address, and what it shows in words."""

    address: str
    alt: str


@dataclass(frozen=True)
class Row:
    """A line of a chart: its label, the number with its interval (None: there is none), whether it is pointed out."""

    label: str
    estimate: Estimate | None
    marked: bool = False


def columns(edges: Sequence[float], counts: Sequence[int], *, across: str) -> Picture:
    """A histogram: how many students between each two `edges`."""
    with matplotlib.rc_context(_STYLE):
        figure, axes = _figure(3.0)
        widths = [end - start for start, end in pairwise(edges)]
        axes.bar(edges[:-1], counts, width=widths, align="edge", color=_BLUE, edgecolor="white", linewidth=1.5)
        axes.set_xticks(list(edges)[:: -(-len(edges) // 7)])
        axes.set(xlabel=across, ylabel="students")
        _whole_numbers(axes, "y", max(counts))
        at = max(range(len(counts)), key=lambda at: counts[at])
        alt = (
            f"Column chart of students by {across}, in {len(counts)} steps from {edges[0]:g} to {edges[-1]:g}. "
            f"Most students, {counts[at]}, have {edges[at]:g} to {edges[at + 1]:g}. The table has every number."
        )
        return Picture(_address(figure), alt)


def bars(spans: Sequence[Span], *, about: str) -> Picture:
    """One bar per stretch of time; late ones have another colour and are hatched."""
    with matplotlib.rc_context(_STYLE):
        figure, axes = _figure(0.3 * len(spans) + 0.8)
        for at, span in enumerate(spans):
            colour, hatch = (_ORANGE, "///") if span.late else (_BLUE, None)
            axes.barh(at, span.count, color=colour, height=0.8, hatch=hatch, edgecolor="white")
            axes.text(span.count, at, f" {span.count}", va="center")
        axes.set_yticks(range(len(spans)), [span.label for span in spans])
        axes.set(xlabel="students", ylim=(len(spans) - 0.4, -0.6))
        _whole_numbers(axes, "x", max(span.count for span in spans))
        most, late = max(spans, key=lambda span: span.count), sum(span.count for span in spans if span.late)
        alt = (
            f"Bar chart of {about}: {sum(span.count for span in spans)} students from “{spans[0].label}” to "
            f"“{spans[-1].label}”. Most, {most.count}, handed in {most.label}; {late} were late. "
            "The table has every number."
        )
        return Picture(_address(figure), alt)


def intervals(rows: Sequence[Row], *, across: str, low: float, zero: float | None, message: str) -> Picture:
    """A point with its 95 % interval for each row, from `low` to 1, with a line at `zero`."""
    with matplotlib.rc_context(_STYLE):
        figure, axes = _figure(0.42 * len(rows) + 0.8)
        if zero is not None:
            axes.axvline(zero, color=_QUIET, linewidth=1.2, linestyle="dashed")
        for at, row in enumerate(rows):
            if row.estimate is None:
                axes.text(low + 0.02, at, "no number", va="center", color=_QUIET)
                continue
            colour, marker = (_ORANGE, "D") if row.marked else (_BLUE, "o")
            axes.plot([max(low, row.estimate.low), row.estimate.high], [at, at], color=colour, linewidth=2.2)
            axes.plot(max(low, row.estimate.value), at, marker, color=colour, markersize=7)
        axes.set_yticks(range(len(rows)), [_label(row.label) for row in rows])
        axes.set(xlabel=across, xlim=(low, 1.03), ylim=(len(rows) - 0.4, -0.6))
        known = [row.estimate.value for row in rows if row.estimate is not None]
        span = f" The values run from {min(known):.2f} to {max(known):.2f}." if known else ""
        alt = (
            f"Chart of {len(rows)} items, one line each: a point with its 95 per cent interval for the {across}, on an "
            f"axis from {low:g} to 1.{span} {message} The table has every number."
        )
        return Picture(_address(figure), alt)


def _label(text: str) -> str:
    return textwrap.fill(text, width=24, max_lines=2, placeholder=" …")


def _figure(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    return figure, figure.subplots()


def _whole_numbers(axes: Axes, which: str, top: int) -> None:
    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_locator(MaxNLocator(5, integer=True))
    limits = {"ylim": (0, max(1, top) * 1.08)} if which == "y" else {"xlim": (0, max(1, top) * 1.12)}
    axes.set(**limits)


def _address(figure: Figure) -> str:
    text = io.BytesIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return "data:image/svg+xml;base64," + base64.b64encode(text.getvalue()).decode("ascii")
