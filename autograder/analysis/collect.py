"""Reads a course directory for the analysis: `verdicts.json` of each student, and nbgrader's gradebook; writes nothing.

Points come from the verdicts, unless a person has given others in the gradebook. Extra credit and deductions for
lateness say nothing about a question and stay out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from nbgrader import api
from sqlalchemy import select

from autograder.analysis.data import Answer, Asked, ClassData, ItemKey, Student
from autograder.analysis.item_tests import choice_in, misconceptions_in
from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.grade import graded_masters
from autograder.classroom.gradebook import Gradebook, plain_faults
from autograder.classroom.names import is_folder_name
from autograder.classroom.record import Record, read_record
from autograder.errors import CannotRun
from autograder.judge import ItemVerdict, Master


@dataclass(frozen=True)
class _Book:
    """What the gradebook says: the due date, and per student the time, the extension and the marks people gave."""

    due: datetime | None
    times: Mapping[str, tuple[datetime | None, timedelta | None]]
    marks: Mapping[tuple[str, ItemKey], float]


def collect(course: CourseDirectory, assignment: str) -> ClassData:
    """Everybody on the class list or with a folder in `submitted/`, and what came of each item.

    Raises `CannotRun` for an unknown assignment, a gradebook that cannot be read, a class of nobody, and where
    something was handed in but nothing of it has been graded.
    """
    masters = graded_masters(course, assignment)
    with Gradebook(course, assignment) as gradebook:
        names = gradebook.names()
    submitted = frozenset(course.students_with_folders(assignment))
    everybody = sorted({*names, *submitted})
    if not everybody:
        raise CannotRun(f"There is nobody to report on: no class list, and nothing was handed in for {assignment}.")
    book = _read_book(course, assignment)
    students = tuple(_student(course, assignment, name, names, submitted, book) for name in everybody)
    if all(student.status in ("missing", "waiting") for student in students) and submitted:
        raise CannotRun(f"Nothing has been graded yet: run `autograder grade {assignment}` first.")
    items = tuple(item for name, master in masters.items() for item in _items(name, master))
    return ClassData(assignment, items, students)


def _items(notebook: str, master: Master) -> list[Asked]:
    return [
        Asked(
            key=(notebook, str(cell.grade_id)),
            title=master.titles[str(cell.grade_id)],
            points=cell.points,
            by_hand=cell.role == "manual",
            choice=None if cell.role == "manual" else choice_in(cell.source),
            misconceptions={} if cell.role == "manual" else misconceptions_in(cell.source),
        )
        for cell in master.items
    ]


def _student(
    course: CourseDirectory,
    assignment: str,
    student: str,
    names: Mapping[str, str],
    submitted: frozenset[str],
    book: _Book,
) -> Student:
    name = names.get(student) or student
    if student not in submitted:
        return Student(student, name, "missing", "Nothing was handed in.")
    if not is_folder_name(student):
        return Student(student, name, "error", "The name of this folder is not valid text.")
    record = read_record(course.folder("autograded", student, assignment))
    time, extension = book.times.get(student, (None, None))
    deadline = None if book.due is None else book.due + (extension or timedelta())
    if record is None:
        return Student(student, name, "waiting", "Handed in, but not graded yet.", time, deadline)
    answers = _answers(student, record, book.marks)
    return Student(student, name, record.status, record.message, time, deadline, answers)


def _answers(student: str, record: Record, marks: Mapping[tuple[str, ItemKey], float]) -> dict[ItemKey, Answer]:
    return {
        (notebook, verdict.id): _answer(verdict, marks.get((student, (notebook, verdict.id))))
        for notebook, entry in record.notebooks.items()
        for verdict in entry.result.items
    }


def _answer(verdict: ItemVerdict, by_person: float | None) -> Answer:
    points = verdict.points if by_person is None else by_person
    if by_person is None and verdict.status == "error":
        points = None  # the judge came to no verdict, and nobody else has
    share = None if points is None or verdict.max_points <= 0 else min(1.0, max(0.0, points / verdict.max_points))
    return Answer(share, verdict.status, verdict.message, verdict.misconception)


def _read_book(course: CourseDirectory, assignment: str) -> _Book:
    """The whole class in two questions: asking student by student takes seconds for a thousand."""
    with plain_faults(course), api.Gradebook(course.db_url, course.course_id) as book:
        due = book.find_assignment(assignment).duedate
        wanted = api.Assignment.name == assignment
        times = book.db.execute(
            select(
                api.SubmittedAssignment.student_id,
                api.SubmittedAssignment.timestamp,
                api.SubmittedAssignment.extension,
            )
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .where(wanted)
        ).all()
        marks = book.db.execute(
            select(api.SubmittedAssignment.student_id, api.Notebook.name, api.BaseCell.name, api.Grade.manual_score)
            .select_from(api.Grade)
            .join(api.BaseCell, api.BaseCell.id == api.Grade.cell_id)
            .join(api.SubmittedNotebook, api.SubmittedNotebook.id == api.Grade.notebook_id)
            .join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
            .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .where(wanted, api.Grade.manual_score.is_not(None))
        ).all()
    return _Book(
        due,
        {student: (time, extension) for student, time, extension in times},
        {(student, (notebook, item)): float(points) for student, notebook, item, points in marks},
    )
