"""nbgrader's gradebook.db, written by one writer, one transaction per student."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import OperationalError

from autograder.classroom.course_directory import CourseDirectory, environment_scripts
from autograder.errors import CannotRun


@dataclass(frozen=True)
class ItemScore:
    """What the judge says about one grade cell: `auto` is None while a person has to mark it."""

    auto: float | None
    needs_person: bool


@dataclass(frozen=True)
class NotebookScores:
    """One notebook's grade cells and the automatic comment at each answer cell (None clears it), by grade_id."""

    items: Mapping[str, ItemScore]
    comments: Mapping[str, str | None]


@dataclass(frozen=True)
class Standing:
    """What the gradebook holds for one student after people and judge: points, and the deduction for lateness."""

    points: float
    max_points: float
    penalty: float
    seconds_late: float
    by_hand: int
    """Grade cells that a person still has to look at."""


@dataclass(frozen=True)
class Mark:
    """One grade cell as it stands: the score that counts, who gave it, and the comments at its answer cell."""

    points: float | None
    max_points: float
    manual: bool
    comment: str | None


class Gradebook:
    """The open gradebook of one assignment. Use as a context manager, from one thread.

    Raises `CannotRun` when the assignment was never generated, the database is locked, or the disk is full.
    """

    def __init__(self, course: CourseDirectory, assignment: str) -> None:
        self._course = course
        self._name = assignment
        with environment_scripts(), _plain_faults(course):
            self._api = api.Gradebook(course.db_url, course.course_id)
        self._db = self._api.db
        try:
            with _plain_faults(course):
                self._assignment = self._api.find_assignment(assignment)
                notebooks = list(self._assignment.notebooks)
        except api.MissingEntry as error:
            self._api.close()
            raise CannotRun(
                f"The gradebook knows no assignment {assignment!r}: "
                f"run `nbgrader generate_assignment {assignment}` in {course.root} first."
            ) from error
        self._cells = {
            book.name: {(cell.name, cell.type): cell.id for cell in book._base_cells if cell.type != "BaseCell"}
            for book in notebooks
        }
        self._points = {
            book.name: {cell.name: float(cell.max_score) for cell in [*book.grade_cells, *book.task_cells]}
            for book in notebooks
        }
        self._late = AssignLatePenalties(parent=course.app)
        self._late.init_plugin()

    def __enter__(self) -> "Gradebook":
        return self

    def __exit__(self, *_: object) -> None:
        self._api.close()

    @property
    def points(self) -> Mapping[str, Mapping[str, float]]:
        """Notebook → grade cell → points, as generated."""
        return self._points

    def students(self) -> list[str]:
        """The class list, in order."""
        with _plain_faults(self._course):
            return sorted(student.id for student in self._api.students)

    def names(self) -> dict[str, str]:
        """Student → first and last name, where known."""
        with _plain_faults(self._course):
            found = [(s.id, " ".join(filter(None, (s.first_name, s.last_name)))) for s in self._api.students]
        return dict(found)

    def record(
        self, student: str, timestamp: datetime | None, scores: Mapping[str, NotebookScores], *, answers_changed: bool
    ) -> Standing:
        """Write one student's verdicts in one transaction and say what now stands.

        Marks and comments of people are never touched. Where a person has marked an item, it asks to be looked at again
        only if the answers or the automatic score changed. `timestamp` is naive UTC, as nbgrader stores it.
        """
        with _plain_faults(self._course):
            try:
                submission = self._find_or_add(student)
                submission.timestamp = timestamp
                for book in submission.notebooks:
                    self._write(book, scores.get(book.name), answers_changed)
                self._db.flush()
                for book in submission.notebooks:
                    book.late_submission_penalty = self._penalty(book, submission)
                self._db.commit()
                return self._standing(submission)
            except BaseException:
                self._db.rollback()
                raise

    def standing(self, student: str) -> Standing | None:
        """What the gradebook holds for this student, or None when nothing was ever graded."""
        with _plain_faults(self._course):
            submission = self._find(student)
            return None if submission is None else self._standing(submission)

    def marks(self, student: str, notebook: str) -> dict[str, Mark]:
        """Grade cell → how it stands for this student; empty when nothing was ever graded."""
        with _plain_faults(self._course):
            submission = self._find(student)
            books = [] if submission is None else [b for b in submission.notebooks if b.name == notebook]
            marks: dict[str, Mark] = {}
            for book in books:
                spoken = {comment.name: comment.manual_comment for comment in book.comments}
                for grade in book.grades:
                    open_to_person = grade.auto_score is None and grade.manual_score is None
                    points = None if open_to_person else float(grade.score)
                    marks[grade.name] = Mark(
                        points, float(grade.max_score), grade.manual_score is not None, spoken.get(grade.name)
                    )
                for name, comment in spoken.items():
                    if name not in marks and comment:
                        marks[name] = Mark(None, 0.0, True, comment)
            return marks

    def _find(self, student: str) -> Any:
        try:
            return self._api.find_submission(self._name, student)
        except api.MissingEntry:
            return None

    def _find_or_add(self, student: str) -> Any:
        """The submission with a row for each notebook, grade cell and comment; nothing is committed here."""
        submission = self._find(student)
        if submission is None:
            known = self._db.get(api.Student, student)
            if known is None:
                known = api.Student(id=student)
                self._db.add(known)
            submission = api.SubmittedAssignment(assignment=self._assignment, student=known)
            self._db.add(submission)
        present = {book.name: book for book in submission.notebooks}
        for notebook in self._assignment.notebooks:
            book = present.get(notebook.name)
            if book is None:
                book = api.SubmittedNotebook(notebook=notebook, assignment=submission)
                self._db.add(book)
            graded = {grade.cell_id for grade in book.grades}
            commented = {comment.cell_id for comment in book.comments}
            for (_, kind), cell_id in self._cells[notebook.name].items():
                if kind in ("GradeCell", "TaskCell") and cell_id not in graded:
                    self._db.add(api.Grade(cell_id=cell_id, notebook=book))
                if kind in ("SolutionCell", "TaskCell") and cell_id not in commented:
                    self._db.add(api.Comment(cell_id=cell_id, notebook=book))
        self._db.flush()
        return submission

    def _write(self, book: Any, scores: NotebookScores | None, answers_changed: bool) -> None:
        for grade in book.grades:
            # A notebook that was not handed in, or a cell nobody judged, waits for a person: never a silent zero.
            score = ItemScore(None, True) if scores is None else scores.items.get(grade.name, ItemScore(None, True))
            moved = answers_changed or grade.auto_score != score.auto
            grade.auto_score = score.auto
            if grade.manual_score is None:
                grade.needs_manual_grade = score.needs_person
            elif moved:
                grade.needs_manual_grade = True
        if scores is not None:
            for comment in book.comments:
                comment.auto_comment = scores.comments.get(comment.name)

    def _penalty(self, book: Any, submission: Any) -> float | None:
        """The deduction by the course's configured late-submission plug-in, as stock autograding computes it."""
        seconds = _seconds_late(submission)
        if seconds <= 0:
            return None
        self._db.expire(book, ["score"])
        try:
            penalty = self._late.plugin_inst.late_submission_penalty(submission.student.id, book.score, seconds)
        except Exception as error:
            kind = type(self._late.plugin_inst).__name__
            raise CannotRun(f"The late-submission plug-in {kind} fails ({type(error).__name__}: {error}).") from error
        return None if penalty is None else float(self._late._check_late_penalty(book, penalty))

    def _standing(self, submission: Any) -> Standing:
        self._db.expire(submission)
        waiting = sum(grade.needs_manual_grade for book in submission.notebooks for grade in book.grades)
        return Standing(
            points=float(submission.score),
            max_points=float(submission.max_score),
            penalty=float(submission.late_submission_penalty or 0.0),
            seconds_late=_seconds_late(submission),
            by_hand=waiting,
        )


def _seconds_late(submission: Any) -> float:
    return float(submission.total_seconds_late) if submission.assignment.duedate is not None else 0.0


@contextmanager
def _plain_faults(course: CourseDirectory) -> Iterator[None]:
    """The database's own faults as one sentence."""
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        if "locked" in reason:
            advice = "another program is writing to it; close formgrader or wait, then run the command again"
        elif "full" in reason:
            advice = "the disk is full; make room, then run the command again: it goes on where it stopped"
        else:
            advice = "check that the file is there, is writable and is an nbgrader gradebook of this version"
        raise CannotRun(f"The gradebook of {course.root} cannot be used ({reason}): {advice}.") from error
