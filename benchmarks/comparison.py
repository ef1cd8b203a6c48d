"""All engines on one assignment, in turn and in rounds, every grade compared; and the ratios between them."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import course
from benchmarks.assignments import Assignment, draw_class
from benchmarks.clock import Timing
from benchmarks.engines import ENGINES, Class, Engine, grade

Say = Callable[[str], None]


@dataclass(frozen=True)
class Measured:
    """One run of one engine."""

    engine: str
    submissions: int
    timing: Timing

    def per_submission_s(self, students: int) -> float:
        """Wall time for each of `students` submissions, start of the program included.

        Where fewer were graded, every further one is taken to cost what one more cost in this run.
        """
        more = students - self.submissions
        return (self.timing.wall_s + (more * self.timing.marginal_s if more else 0.0)) / students


@dataclass(frozen=True)
class Line:
    """One engine over all rounds: medians, in seconds for each submission."""

    engine: str
    submissions: int
    per_submission_s: float
    marginal_s: float
    cpu_s: float
    cpu_by: str


def compare(
    assignment: Assignment,
    engines: Sequence[str],
    *,
    students: int,
    students_others: int,
    rounds: int,
    work: Path,
    say: Say = print,
) -> list[Measured]:
    """Grade a new class in every round with every engine, one after the other; raises on any wrong grade.

    `students` for our own engine and for the floor, `students_others` for the others, which take so much longer.
    """
    template = work / f"{assignment.name}-template"
    if not template.exists():
        course.make_template(template, assignment)
    measured = []
    for number in range(rounds + 1):  # round 0 grades two each, so that nobody pays for a cold disk; it is not counted
        everybody = draw_class(assignment, max(students, students_others) if number else 2, seed=number)
        for name in engines:
            engine = ENGINES[name]
            own = name.startswith(("ours", "floor"))
            size = (students if own else students_others) if number else 2
            folder = work / f"{assignment.name}-{name}"
            timing = grade(engine, Class(assignment, everybody[:size], template), folder)
            shutil.rmtree(folder)
            if number:
                measured.append(Measured(name, size, timing))
                say(f"{assignment.name}, round {number}: {_progress(engine, measured[-1])}")
    return measured


def summarise(measured: Sequence[Measured], students: int) -> list[Line]:
    """One line for each engine, in the order in which they ran."""
    lines = []
    for name in dict.fromkeys(each.engine for each in measured):
        runs = [each for each in measured if each.engine == name]
        lines.append(
            Line(
                name,
                runs[0].submissions,
                median(run.per_submission_s(students) for run in runs),
                median(run.timing.marginal_s for run in runs),
                median(run.timing.cpu_s / run.submissions for run in runs),
                runs[0].timing.cpu_by,
            )
        )
    return lines


def ratio(lines: Sequence[Line], engine: str, other: str, of: Callable[[Line], float]) -> float | None:
    """How many times the cost of `engine` is in the cost of `other`; None when one of them did not run."""
    found: Mapping[str, Line] = {line.engine: line for line in lines}
    if engine not in found or other not in found:
        return None
    return of(found[other]) / of(found[engine])


def _progress(engine: Engine, run: Measured) -> str:
    seconds = run.timing.wall_s
    return f"{engine.title}: {run.submissions} submissions in {seconds:.1f} s, every grade right"
