"""What a class has to show for one assignment: a number for each student, or why there is none.

The points are the gradebook's own, people's marks included, less its late penalty. A number is given only where every
graded cell has a score and nobody is asked to look any more: an empty row must never become a zero.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

from nbgrader import api
from sqlalchemy import select

from autograder.classroom.course_directory import CourseDirectory, environment_scripts
from autograder.classroom.gradebook import plain_faults
from autograder.classroom.gradebook_rows import GRADES, NOTEBOOKS, SUBMISSIONS, Book, Grade
from autograder.classroom.names import is_folder_name
from autograder.classroom.record import Record, read_record
from autograder.errors import CannotRun
from autograder.judge.verdicts import FOR_A_PERSON
from autograder.lms.people import Person

Status = Literal["graded", "MISSING", "ERROR", "REVIEW", "NOT GRADED"]


@dataclass(frozen=True)
class Outcome:
    """One student: `points` after the late penalty if the status is graded, else None and the `reason`."""

    status: Status
    points: float | None = None
    reason: str = ""
    penalty: float = 0.0


@dataclass(frozen=True)
class ClassGrades:
    """One assignment: its points in all, and everybody's outcome by id."""

    assignment: str
    max_points: float
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True)
class _Row:
    """What the gradebook holds for one student: graded cells (None: no row at all yet) and the penalty."""

    cells: tuple[Grade, ...] = ()
    penalty: float = 0.0


def assignments_of(course: CourseDirectory) -> list[str]:
    """The assignments in the gradebook, by name."""
    with environment_scripts(), plain_faults(course), closing(_open(course)) as book:
        return sorted(assignment.name for assignment in book.assignments)


def class_grades(
    course: CourseDirectory, assignment: str, people: Sequence[Person], *, looked_at: Collection[str] = ()
) -> ClassGrades:
    """Everybody's outcome. `looked_at`: students whose REVIEW a person has settled, so that their number counts.

    Raises `CannotRun` when the gradebook does not know the assignment or cannot be read.
    """
    books, rows = _gradebook_rows(course, assignment)
    points = {cell: most for book in books.values() for cell, most in book.graded.items()}
    handed_in = set(course.students_with_folders(assignment))
    outcomes = {}
    for student in dict.fromkeys([*(person.id for person in people), *sorted({*rows, *handed_in})]):
        if is_folder_name(student):
            record = read_record(course.folder("autograded", student, assignment))
            row = rows.get(student, _Row())
            outcomes[student] = _outcome(record, row, points, student in handed_in, student in looked_at)
        else:
            outcomes[student] = Outcome("ERROR", reason="this id cannot be the name of a folder")
    return ClassGrades(assignment, float(sum(points.values())), outcomes)


def _outcome(
    record: Record | None, row: _Row, points: Mapping[str, float], handed_in: bool, looked_at: bool
) -> Outcome:
    scores = [grade for grade in row.cells if _score(grade) is not None]
    total = float(sum(grade.score for grade in scores))
    number = max(0.0, total - row.penalty)
    earlier = f"; {number:g} points of an earlier grading stand in the gradebook" if scores else ""
    status = "graded" if record is None else record.status
    if status == "error" and record is not None:
        return Outcome("ERROR", reason=_sentence(record.message) + earlier)
    if status == "missing" or not scores:
        if handed_in and status != "missing":
            return Outcome("NOT GRADED", reason="handed in and not graded yet: run `autograder grade`")
        return Outcome("REVIEW" if earlier else "MISSING", reason="nothing was handed in" + earlier)
    if not math.isfinite(number):
        return Outcome("ERROR", reason="the gradebook holds a score that is no number")
    waiting = (
        len(points) - len(row.cells) + sum(grade.needs_manual_grade or _score(grade) is None for grade in row.cells)
    )
    if waiting:
        return Outcome("REVIEW", reason=f"{waiting} answer{'' if waiting == 1 else 's'} to be looked at by a person")
    doubts = list(_doubts(record)) if record is not None and status == "review" else []
    if doubts and not looked_at:
        return Outcome("REVIEW", reason=_sentence(doubts[0]))
    return Outcome("graded", number, penalty=row.penalty)


def _score(grade: Grade) -> float | None:
    return grade.auto_score if grade.manual_score is None else grade.manual_score


def _doubts(record: Record) -> Iterable[str]:
    """What asks for a person without asking about one item; what is about an item stands in the gradebook."""
    for entry in record.notebooks.values():
        yield from (
            finding.message
            for finding in entry.result.findings
            if finding.kind in FOR_A_PERSON and finding.kind != "two-answers"
        )


def _sentence(message: str) -> str:
    """A message as the part of a line that ends without a full stop."""
    return (message or "no reason is on record").rstrip(".")


def _open(course: CourseDirectory) -> Any:
    return api.Gradebook(course.db_url, course.course_id)


def _gradebook_rows(course: CourseDirectory, assignment: str) -> tuple[dict[str, Book], dict[str, _Row]]:
    """The assignment's notebooks by id, and the students' rows, in as many questions for a class as for one student."""
    with environment_scripts(), plain_faults(course), closing(_open(course)) as book:
        try:
            found = book.find_assignment(assignment)
        except api.MissingEntry as error:
            known = ", ".join(sorted(each.name for each in book.assignments)) or "none"
            raise CannotRun(f"The gradebook knows no assignment {assignment!r} (it knows: {known}).") from error
        books = {each.id: Book.of(each) for each in found.notebooks}
        with book.engine.connect() as connection:
            asked = select(SUBMISSIONS.c.id, SUBMISSIONS.c.student_id).where(SUBMISSIONS.c.assignment_id == found.id)
            students = {key: student for key, student in connection.execute(asked)}
            of_these = NOTEBOOKS.c.notebook_id.in_(list(books))
            columns = ("id", "assignment_id", "notebook_id", "late_submission_penalty")
            penalties: defaultdict[str, float] = defaultdict(float)
            whose: dict[str, tuple[str, str]] = {}
            for key, submission, base, penalty in connection.execute(
                select(*(NOTEBOOKS.c[name] for name in columns)).where(of_these)
            ):
                whose[key] = (students[submission], base)
                penalties[students[submission]] += penalty or 0.0
            names = ("id", "cell_id", "auto_score", "manual_score", "extra_credit", "needs_manual_grade")
            joined = GRADES.join(NOTEBOOKS, GRADES.c.notebook_id == NOTEBOOKS.c.id)
            cells: defaultdict[str, list[Grade]] = defaultdict(list)
            for key, *grade in connection.execute(
                select(GRADES.c.notebook_id, *(GRADES.c[name] for name in names)).select_from(joined).where(of_these)
            ):
                student, base = whose[key]
                if grade[1] in books[base].graded:
                    cells[student].append(Grade(base, *grade))
    return books, {student: _Row(tuple(cells[student]), penalties[student]) for student in students.values()}
