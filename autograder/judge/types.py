"""What goes into the judge and what comes out of it: plain frozen data, which turns itself into JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["plain", "locked", "answer", "test", "manual"]
CellKind = Literal["code", "markdown"]
ItemStatus = Literal["passed", "partial", "failed", "unanswered", "error", "timeout", "manual"]
Status = Literal["graded", "missing", "error", "review"]


class MasterError(ValueError):
    """The assignment to judge against is missing or broken; str() is one plain sentence."""


@dataclass(frozen=True)
class MasterCell:
    """One cell of the pristine notebook.

    `cell_id` is unique in its notebook. `item` is the grade_id of the grade cell this cell belongs to (its own for a
    test or manual cell, the next grade cell for an answer cell, None otherwise). `points` is 0 unless the cell is
    graded. `for_show`: a given cell tagged `skip-execution`, which nothing depends on; nbclient skips it too.
    """

    cell_id: str
    role: Role
    kind: CellKind
    source: str
    grade_id: str | None
    item: str | None
    points: float
    for_show: bool = False


@dataclass(frozen=True)
class Master:
    """A pristine assignment notebook with its solutions and all its tests.

    `released`: grade_id → what the learner was given in that answer (or free-response) cell.
    `blanks`: grade_id → whitespace-free texts that count as "nothing written" there (released copies, the empty cell).
    `titles`: item → the heading learners read above it (Markdown, without its points); its id where it has none alone.
    `given`: cell_id → what the learner was given in every other cell (hidden tests cut out).
    `fingerprint`: sha256 over everything a verdict can depend on in this notebook.
    """

    assignment: str
    notebook: str
    cells: tuple[MasterCell, ...]
    released: Mapping[str, str]
    blanks: Mapping[str, frozenset[str]]
    given: Mapping[str, str]
    titles: Mapping[str, str]
    fingerprint: str

    @property
    def items(self) -> tuple[MasterCell, ...]:
        """The graded cells (role test or manual), in order."""
        return tuple(cell for cell in self.cells if cell.role in ("test", "manual"))

    @property
    def max_points(self) -> float:
        """The points of all items together, those a person marks included."""
        return float(sum(cell.points for cell in self.items))

    def answers_to(self, item: str) -> tuple[MasterCell, ...]:
        """The answer cells an item asks about: its own, or the nearest earlier ones when several tests share them."""
        latest: list[MasterCell] = []
        for cell in self.cells:
            if cell.role == "answer":
                latest = [*latest, cell] if latest and latest[0].item == cell.item else [cell]
            elif cell.grade_id == item and cell.role == "manual":
                return (cell,)
            elif cell.grade_id == item and cell.role == "test":
                return tuple(latest)
        raise KeyError(item)


@dataclass(frozen=True)
class Finding:
    """Something noticed or repaired in a submission: `kind` is a short fixed word, `message` one plain sentence."""

    kind: str
    item: str | None
    message: str

    def as_dict(self) -> dict[str, Any]:
        """JSON-able: kind, item, message."""
        return {"kind": self.kind, "item": self.item, "message": self.message}


@dataclass(frozen=True)
class Submission:
    """The answers found in a file.

    `answers`: grade_id → source to run (or free text to mark). A missing grade_id means its cell is gone, nothing is
    run for it.
    `touched`: grade_ids the learner wrote something for.
    `extras`: master cell_id → code cells of the learner's own, to run right after that cell ("" = before all others).
    `error`: one sentence when nothing can be judged; `missing` says that this is because no such file exists.
    """

    answers: Mapping[str, str]
    touched: frozenset[str]
    findings: tuple[Finding, ...] = ()
    error: str | None = None
    missing: bool = False
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemVerdict:
    """The verdict on one item; `points` is None while a person still has to mark it."""

    id: str
    points: float | None
    max_points: float
    status: ItemStatus
    message: str
    misconception: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-able, the keys of the verdict format."""
        return {
            "id": self.id,
            "points": self.points,
            "max_points": self.max_points,
            "status": self.status,
            "message": self.message,
            "misconception": self.misconception,
        }


@dataclass(frozen=True)
class Limits:
    """What one attempt may use: wall-clock seconds per cell and altogether, memory (per process, and of all together),
    processes, file size, what it prints in one go; `output_chars` is the longest message of a verdict.
    """

    cell_seconds: float = 10.0
    total_seconds: float = 120.0
    start_seconds: float = 60.0
    memory_mb: int = 2048
    processes: int = 64
    file_mb: int = 64
    open_files: int = 256
    output_chars: int = 20_000
    printed_chars: int = 100_000_000


@dataclass(frozen=True)
class Result:
    """Everything the judge says about one file.

    `points` sums the items judged automatically; it is None when nothing was judged (missing, error), so that it cannot
    become a silent zero. `titles`: item → the heading above it. `isolation` ("bubblewrap", "landlock" or "none"),
    `versions`, `limits` and `seconds` describe the run; like the titles they are not in as_dict().
    """

    assignment: str | None
    notebook: str | None
    status: Status
    points: float | None
    max_points: float
    items: tuple[ItemVerdict, ...] = ()
    findings: tuple[Finding, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    isolation: str = "none"
    limits: Limits = field(default_factory=Limits)
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The verdict as JSON-able data: assignment, notebook, status, points, max_points, items, findings."""
        return {
            "assignment": self.assignment,
            "notebook": self.notebook,
            "status": self.status,
            "points": self.points,
            "max_points": self.max_points,
            "items": [item.as_dict() for item in self.items],
            "findings": [finding.as_dict() for finding in self.findings],
        }
