"""The speed that is promised, each promise beside the number that was measured."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.check import Waiting
from benchmarks.comparison import Line, ratio
from benchmarks.curve import Flatness
from benchmarks.memory import Peak
from benchmarks.simulators import Update
from benchmarks.stiffness import Agreement

Kind = Literal["at least", "at most"]

_STOCK = {"light": 15.0, "heavy": 10.0}
_OTTER = 30.0
_FLOOR = 1.5
_FLAT = 1.25
_WORKER_MB = 200.0
_CHECK_S = 1.0
_UPDATE_MS = 20.0
_APART = 1e-3  # an eighth of the line that draws it


@dataclass(frozen=True)
class Target:
    """One promise: `measured` must be at least or at most `limit`."""

    text: str
    measured: float
    kind: Kind
    limit: float
    unit: str = "×"

    @property
    def met(self) -> bool:
        """Whether the measured number keeps the promise."""
        return self.measured >= self.limit if self.kind == "at least" else self.measured <= self.limit

    def __str__(self) -> str:
        word = "met    " if self.met else "NOT MET"
        return f"{word}  {self.text}: {self.measured:.3g}{self.unit} ({self.kind} {self.limit:g}{self.unit})"


def of_comparison(assignment: str, lines: Sequence[Line]) -> list[Target]:
    """The promises about one assignment, as far as the engines they speak of took part."""

    def with_start(line: Line) -> float:
        return line.per_submission_s

    def without(line: Line) -> float:
        return line.marginal_s

    wanted: list[tuple[str, str, str, Callable[[Line], float], Kind, float | None]] = [
        ("faster than stock in one process", "ours-2", "stock-1", with_start, "at least", _STOCK.get(assignment)),
        ("faster than otter run", "ours-2", "otter-1", with_start, "at least", _OTTER),
        ("1 worker over the floor", "floor-1", "ours-1", with_start, "at most", _FLOOR),
        ("2 workers over the floor in 2 processes", "floor-2", "ours-2", with_start, "at most", _FLOOR),
        ("1 worker over the floor, start-up left out", "floor-1", "ours-1", without, "at most", _FLOOR),
        ("2 workers over the floor, start-up left out", "floor-2", "ours-2", without, "at most", _FLOOR),
    ]
    targets = []
    for text, engine, other, cost, kind, limit in wanted:
        found = ratio(lines, engine, other, cost)
        if found is not None and limit is not None:
            targets.append(Target(f"{assignment}, {text}", found, kind, limit))
    return targets


def of_memory(assignment: str, peak: Peak) -> Target:
    """The promise about memory."""
    return Target(f"{assignment}, memory of the largest worker", peak.workers_mb[0], "at most", _WORKER_MB, " MB")


def of_curve(flat: Flatness) -> Target:
    """The promise about large classes."""
    return Target("a submission in the largest class over one in the smallest", flat.ratio, "at most", _FLAT)


def of_check(waiting: Waiting) -> Target:
    """The promise about a learner's own check."""
    return Target("module01, checked again from a running notebook", waiting.next_call_s, "at most", _CHECK_S, " s")


def of_simulators(updates: Sequence[Update]) -> Target:
    """The promise about a moved control: 19 of 20 moves of the slowest simulator, the picture left out."""
    slowest = max(updates, key=lambda update: update.computing_95_ms)
    text = f"computing after a moved control, slowest simulator ({slowest.simulator}), 95th percentile"
    return Target(text, slowest.computing_95_ms, "at most", _UPDATE_MS, " ms")


def of_stiffness(agreements: Sequence[Agreement]) -> Target:
    """The promise about the stress axis: what is drawn is what the equations say."""
    furthest = max(agreement.cortisol_apart for agreement in agreements)
    return Target("cortisol of the stress axis, furthest from scipy's Radau, relative", furthest, "at most", _APART, "")
