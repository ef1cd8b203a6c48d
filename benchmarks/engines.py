"""The graders that are compared: how each gets its class, which commands grade it, and where its grades are read."""

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import course, otter
from benchmarks.assignments import ROOT, Assignment, Grades, Submission
from benchmarks.clock import Lane, Timing, timed

_PYTHON = sys.executable


class WrongGrades(AssertionError):
    """An engine gave other points than the generator of the class knows to be right."""


@dataclass(frozen=True)
class Class:
    """One assignment, the class that is graded, and a course directory with nothing handed in to copy."""

    assignment: Assignment
    submissions: Sequence[Submission]
    template: Path

    @property
    def expected(self) -> Grades:
        """The points everybody must get."""
        return {submission.student: dict(submission.expected) for submission in self.submissions}


@dataclass(frozen=True)
class Engine:
    """A grader. `row` is the output line that reports one submission; None where each submission is a command."""

    name: str
    title: str
    lanes: Callable[[Class], Sequence[Lane]]
    prepare: Callable[[Class, Path], None]
    grades: Callable[[Path], Grades]
    row: re.Pattern[str] | None
    side_by_side: int
    expected: Callable[[Class], Grades] = lambda group: group.expected
    good_exits: Sequence[int] = (0,)


def grade(engine: Engine, group: Class, folder: Path, watch: Callable[[int], None] = lambda pid: None) -> Timing:
    """Grade the class in the new folder `folder` and compare every grade; raises `WrongGrades` on any difference."""
    engine.prepare(group, folder)
    timing = timed(
        engine.lanes(group),
        folder=folder,
        env=environment(),
        row=engine.row,
        side_by_side=engine.side_by_side,
        good_exits=engine.good_exits,
        watch=watch,
    )
    check_grades(engine, engine.expected(group), engine.grades(folder))
    return timing


def check_grades(engine: Engine, expected: Grades, found: Grades) -> None:
    """Raise `WrongGrades`, naming the first differences, unless every student got exactly the expected points."""
    wrong = [
        f"{student} {item}: expected {points}, got {found.get(student, {}).get(item)}"
        for student, items in expected.items()
        for item, points in items.items()
        if student not in found or found[student].get(item) != points
    ]
    wrong += [f"{student} was graded, but is not in the class" for student in found if student not in expected]
    if wrong:
        raise WrongGrades(f"{engine.title}: wrong grades ({len(wrong)})\n" + "\n".join(wrong[:10]))


def environment() -> dict[str, str]:
    """The same for every engine: the caller's, one thread for linear algebra, and this project importable."""
    one_thread = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    scripts = os.pathsep.join([str(Path(_PYTHON).parent), os.environ["PATH"]])
    return {**os.environ, **one_thread, "PATH": scripts, "PYTHONPATH": str(ROOT)}


def _course(group: Class, folder: Path) -> None:
    course.hand_in(group.template, folder, group.assignment, group.submissions)


def _stock(title: str, *shares: str) -> Engine:
    """Stock `nbgrader autograde`: one process for each share of the class."""

    def lanes(group: Class) -> list[Lane]:
        command = [_PYTHON, "-m", "nbgrader", "autograde", group.assignment.name]
        return [[[*command, *([f"--student={share}"] if share else [])]] for share in shares]

    return Engine(
        f"stock-{len(shares)}",
        title,
        lanes,
        _course,
        course.gradebook_grades,
        re.compile(r"\| INFO\] Autograding "),
        len(shares),
    )


def _ours(workers: int) -> Engine:
    def lanes(group: Class) -> list[Lane]:
        return [[[_PYTHON, "-m", "autograder.cli", "grade", group.assignment.name, "--workers", str(workers)]]]

    title = f"autograder grade --workers {workers}"
    return Engine(f"ours-{workers}", title, lanes, _course, course.gradebook_grades, re.compile(r"^\d+/\d+ "), workers)


def _otter(title: str, side_by_side: int) -> Engine:
    def lanes(group: Class) -> list[Lane]:
        commands = otter.commands(group.assignment, group.submissions)
        return [commands[lane::side_by_side] for lane in range(side_by_side)]

    def prepare(group: Class, folder: Path) -> None:
        otter.prepare(folder, group.assignment, group.submissions)

    return Engine(
        f"otter-{side_by_side}",
        title,
        lanes,
        prepare,
        otter.grades,
        None,
        side_by_side,
        lambda group: otter.all_or_nothing(group.assignment, group.expected),
    )


def _floor(title: str, processes: int) -> Engine:
    def lanes(group: Class) -> list[Lane]:
        command = [_PYTHON, "-m", "benchmarks.floor", ".", group.assignment.name]
        return [[[*command, f"floor{lane}.json", str(lane), str(processes)]] for lane in range(processes)]

    def grades(folder: Path) -> Grades:
        found: Grades = {}
        for results in sorted(folder.glob("floor*.json")):
            found |= json.loads(results.read_text(encoding="utf-8"))
        return found

    return Engine(f"floor-{processes}", title, lanes, _course, grades, re.compile(r"^\d+/\d+ "), processes)


ENGINES = {
    engine.name: engine
    for engine in (
        _stock("stock nbgrader autograde", ""),
        _stock("stock nbgrader, 2 processes", "a*", "b*"),
        _otter("otter run", 1),
        _otter("otter run, 2 at a time", 2),
        _floor("floor: warm fork", 1),
        _floor("floor: warm fork, 2 processes", 2),
        _ours(1),
        _ours(2),
    )
}
