"""The report as one HTML file: no script, nothing fetched, everything in it escaped.

Without names it holds no word of a student's: sentences come from the test cells, and of what answers were told only
what several students were told alike. With names it lists who has no number, and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from pathlib import Path

from autograder.analysis import pictures
from autograder.analysis.advice import Advice, in_order
from autograder.analysis.analyse import ENOUGH, Analysis, ItemResult
from autograder.analysis.data import Student
from autograder.analysis.pictures import Picture
from autograder.analysis.statistics import Estimate
from autograder.analysis.timeline import Span, against_deadline, by_day
from autograder.classroom.marked_text import page_templates
from autograder.classroom.names import shown
from autograder.classroom.safe_text import without_paths

_WORDS = {
    "graded": ("graded", "counted"),
    "review": ("REVIEW", "counted with the points that stand; a person should still look"),
    "error": ("ERROR", "not counted: what was handed in could not be judged"),
    "missing": ("MISSING", "not counted: nothing was handed in"),
    "waiting": ("not graded yet", "not counted: run `autograder grade` first"),
}
_BADGES = {
    "look": ("▲", "Look at this"),
    "note": ("◆", "Worth a look"),
    "unclear": ("○", "Not settled"),
    "works": ("✓", "Works"),
    "few": ("…", "Too few to judge"),
    "none": ("–", "No numbers"),
}
_LONGEST = 600  # characters of a sentence that answers were told


@dataclass(frozen=True)
class Entry:
    """One item on the page."""

    anchor: str
    title: str
    result: ItemResult
    advice: Advice
    symbol: str
    badge: str


def render(analysis: Analysis, course: Path, *, names: bool) -> str:
    """The page. `course`: the course directory, whose path no sentence may hold. Raises nothing."""
    entries = _entries(analysis)
    spans = against_deadline(analysis.data.students)
    days = [] if spans else by_day(analysis.data.students)
    template = page_templates(Path(__file__).parent)
    template.filters |= {"share": _share, "number": _number, "interval": _interval, "students": _students}
    return template.get_template("report.html.j2").render(
        analysis=analysis,
        entries=entries,
        urgent=[entry for entry in entries if entry.advice.level == "look"],
        enough=ENOUGH,
        statuses=[(*_WORDS[status], analysis.statuses[status]) for status in _WORDS if analysis.statuses.get(status)],
        counted=len(analysis.counted),
        histogram=_histogram(analysis),
        spans=spans or days,
        spans_picture=_spans_picture(spans, days),
        has_deadline=bool(spans),
        charts=_charts(entries),
        listed=[_listed(student, course) for student in analysis.data.students if student.status != "graded"],
        names=names,
        said=lambda text: _said(text, course),
    )


def _entries(analysis: Analysis) -> list[Entry]:
    several = len({result.item.key[0] for result in analysis.items}) > 1
    return [
        Entry(
            anchor=f"item-{number}",
            title=f"{result.item.key[0]}: {result.item.title}" if several else result.item.title,
            result=result,
            advice=advice,
            symbol=_BADGES[advice.level][0],
            badge=_BADGES[advice.level][1],
        )
        for number, (result, advice) in enumerate(in_order(analysis.items), start=1)
    ]


def _charts(entries: Sequence[Entry]) -> list[tuple[str, Picture]]:
    """How much was earned, and how each item goes with the others; nothing where no item has a number."""
    known = [entry for entry in entries if entry.result.difficulty is not None]
    if not known:
        return []
    urgent = sum(entry.advice.level == "look" for entry in known)
    message = f"{urgent} of them should be looked at and have a diamond." if urgent else "None of them is pointed out."

    def rows(which: str) -> list[pictures.Row]:
        return [
            pictures.Row(
                entry.title.replace("*", "").replace("`", ""),
                getattr(entry.result, which),
                entry.advice.level == "look",
            )
            for entry in known
        ]

    lowest = min((e.result.item_rest.low for e in known if e.result.item_rest is not None), default=0.0)
    return [
        (
            "Share of the points that was earned",
            pictures.intervals(
                rows("difficulty"), across="mean share of the points", low=0, zero=None, message=message
            ),
        ),
        (
            "Do those who do well elsewhere do well here?",
            pictures.intervals(
                rows("item_rest"),
                across="item–rest correlation",
                low=-1.0 if lowest < -0.5 else -0.5,
                zero=0.0,
                message=message,
            ),
        ),
    ]


def _histogram(analysis: Analysis) -> tuple[list[tuple[str, int]], Picture] | None:
    """Students by points in steps of whole points, at most a dozen of them."""
    if not analysis.totals:
        return None
    top = analysis.total_points
    width = ceil(top / 12) if top > 4 else top / 4
    edges = [at * width for at in range(ceil(top / width - 1e-9))] + [top]
    counts = [0] * (len(edges) - 1)
    for total in analysis.totals:
        counts[min(len(counts) - 1, int(total / width + 1e-9))] += 1
    labels = [f"{start:g} to under {end:g}" for start, end in pairwise(edges)]
    labels[-1] = f"{edges[-2]:g} to {top:g}"
    return list(zip(labels, counts, strict=True)), pictures.columns(edges, counts, across=f"points of {top:g}")


def _spans_picture(spans: Sequence[Span], days: Sequence[Span]) -> Picture | None:
    if spans:
        return pictures.bars(spans, about="when the class handed in, against each student's deadline")
    return pictures.bars(days, about="when the class handed in, by day in UTC") if days else None


def _listed(student: Student, course: Path) -> tuple[str, str, str]:
    """Name, status and reason of a student without a number that stands by itself; for a page with names."""
    who = student.id if student.name == student.id else f"{student.name} ({student.id})"
    return shown(who), _WORDS[student.status][0], _said(student.why, course) or _WORDS[student.status][1]


def _said(text: str, course: Path) -> str:
    safe = without_paths(text, course)
    return safe if len(safe) <= _LONGEST else f"{safe[:_LONGEST]} …"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f}\N{NO-BREAK SPACE}%"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _interval(estimate: Estimate, kind: str = "number") -> str:
    if kind == "share":
        return f"{100 * estimate.low:.0f} to {100 * estimate.high:.0f}\N{NO-BREAK SPACE}%"
    low = "below −10" if estimate.low < -10 else _number(estimate.low)
    return f"{low} to {_number(estimate.high)}"


def _students(count: int) -> str:
    return "1 student" if count == 1 else f"{count} students"
