"""When a class handed in: against each student's deadline, or by day where there is none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from autograder.analysis.data import Student

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

# (label, the latest that still belongs to it); what is later than all of them is the last label.
_STEPS: tuple[tuple[str, timedelta], ...] = (
    ("more than a week before", -7 * _DAY),
    ("2 to 7 days before", -2 * _DAY),
    ("1 to 2 days before", -1 * _DAY),
    ("6 to 24 hours before", -6 * _HOUR),
    ("1 to 6 hours before", -1 * _HOUR),
    ("in the last hour", timedelta(0)),
    ("up to 1 hour late", _HOUR),
    ("up to 1 day late", _DAY),
    ("up to 1 week late", 7 * _DAY),
)
_LATEST = "more than a week late"
_MOST_DAYS = 14


@dataclass(frozen=True)
class Span:
    """A stretch of time and how many handed in during it."""

    label: str
    count: int
    late: bool = False


def against_deadline(students: Sequence[Student]) -> list[Span]:
    """Those with a time and a deadline, by how early or late they were."""
    counts = Counter(_label(late) for student in students if (late := student.late) is not None)
    late_labels = {label for label, end in _STEPS if end > timedelta(0)} | {_LATEST}
    labels = [*(label for label, _ in _STEPS), _LATEST]
    return [Span(label, counts[label], label in late_labels) for label in labels] if counts else []


def _label(late: timedelta) -> str:
    return next((label for label, end in _STEPS if late <= end), _LATEST)


def by_day(students: Sequence[Student]) -> list[Span]:
    """Those with a time, by day (UTC), or by several days together where there would be too many."""
    times = sorted(student.handed_in for student in students if student.handed_in is not None)
    if not times:
        return []
    first = datetime(times[0].year, times[0].month, times[0].day)
    step = max(1, -(-((times[-1] - first).days + 1) // _MOST_DAYS))
    counts = Counter((time - first).days // step for time in times)
    return [Span(_days(first + at * step * _DAY, step), counts[at]) for at in range(max(counts) + 1)]


def _days(start: datetime, step: int) -> str:
    last = start + (step - 1) * _DAY
    until = f"{last.day} {last:%b %Y}"
    return until if step == 1 else f"{start.day} {start:%b} to {until}"
