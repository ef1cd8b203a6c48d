"""nbgrader's gradebook.db, written by one writer in transactions of whole students."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import OperationalError

from autograder.classroom.course_directory import CourseDirectory, environment_scripts
from autograder.classroom.gradebook_rows import (
    COMMENTS,
    GRADES,
    NOTEBOOKS,
    SUBMISSIONS,
    Book,
    Comment,
    Grade,
    Rows,
    Table,
)
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

    One student's rows are read and written by their keys, in a handful of statements: the cost of a student does not
    grow with the class. Raises `CannotRun` when the assignment was never generated, the database is locked, or the disk
    is full.
    """

    def __init__(self, course: CourseDirectory, assignment: str) -> None:
        self._course = course
        with environment_scripts(), plain_faults(course):
            self._api = api.Gradebook(course.db_url, course.course_id)
        try:
            with plain_faults(course):
                found = self._api.find_assignment(assignment)
                self._duedate: datetime | None = found.duedate
                self._books = {book.id: Book.of(book) for book in found.notebooks}
                self._connection = self._api.engine.connect()
                self._table = Table(self._connection, found.id, self._books)
                self._api.db.remove()
        except api.MissingEntry as error:
            self._api.close()
            raise CannotRun(
                f"The gradebook knows no assignment {assignment!r}: "
                f"run `nbgrader generate_assignment {assignment}` in {course.root} first."
            ) from error
        self._late = AssignLatePenalties(parent=course.app)
        self._late.init_plugin()

    def __enter__(self) -> "Gradebook":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._api.close()

    @property
    def points(self) -> Mapping[str, Mapping[str, float]]:
        """Notebook → grade cell → points, as generated."""
        return {
            book.name: {book.names[cell]: points for cell, points in book.graded.items()}
            for book in self._books.values()
        }

    def students(self) -> list[str]:
        """The class list, in order."""
        return sorted(self.names())

    def names(self) -> dict[str, str]:
        """Student → first and last name, where known."""
        with plain_faults(self._course):
            return self._table.students()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is recorded inside is committed together at the end, or not at all."""
        with plain_faults(self._course):
            try:
                yield
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    def record(
        self, student: str, timestamp: datetime | None, scores: Mapping[str, NotebookScores], *, answers_changed: bool
    ) -> Standing:
        """Write one student's verdicts (inside `transaction`) and say what then stands.

        Marks and comments of people are never touched. Where a person has marked an item, it asks to be looked at again
        only if the answers or the automatic score changed. `timestamp` is naive UTC, as nbgrader stores it. Rows that
        already say so are not written.
        """
        rows = self._table.complete(student, self._table.read(student))
        if rows.timestamp != timestamp:
            self._table.change(SUBMISSIONS, [{"key": rows.id, "timestamp": timestamp}])
            rows = replace(rows, timestamp=timestamp)
        grades, comments, changed, spoken = [], [], [], []
        for grade in rows.grades:
            now = _graded(grade, scores.get(self._books[grade.book].name), self._name(grade), answers_changed)
            grades.append(now)
            if now != grade:
                changed.append(
                    {"key": now.id, "auto_score": now.auto_score, "needs_manual_grade": now.needs_manual_grade}
                )
        for comment in rows.comments:
            judged = scores.get(self._books[comment.book].name)
            said = comment.auto_comment if judged is None else judged.comments.get(self._name(comment))
            comments.append(replace(comment, auto_comment=said))
            if said != comment.auto_comment:
                spoken.append({"key": comment.id, "auto_comment": said})
        self._table.change(GRADES, changed)
        self._table.change(COMMENTS, spoken)
        rows = replace(rows, grades=tuple(grades), comments=tuple(comments))
        penalties = {  # as in stock autograding, of the notebooks that were graded
            book: self._penalty(student, rows, book) if self._books[book].name in scores else before
            for book, (_, before) in rows.books.items()
        }
        late = [
            {"key": row_id, "late_submission_penalty": penalties[book]}
            for book, (row_id, before) in rows.books.items()
            if before != penalties[book]
        ]
        self._table.change(NOTEBOOKS, late)
        books = {book: (row_id, penalties[book]) for book, (row_id, _) in rows.books.items()}
        return self._standing(replace(rows, books=books))

    def standing(self, student: str) -> Standing | None:
        """What the gradebook holds for this student, or None when nothing was ever graded."""
        with plain_faults(self._course):
            rows = self._table.read(student)
        return None if rows is None else self._standing(rows)

    def marks(self, student: str, notebook: str) -> dict[str, Mark]:
        """Grade cell → how it stands for this student; empty when nothing was ever graded."""
        with plain_faults(self._course):
            rows = self._table.read(student)
        here = {key for key, book in self._books.items() if book.name == notebook}
        if rows is None or not here:
            return {}
        spoken = {self._name(comment): comment.manual_comment for comment in rows.comments if comment.book in here}
        marks: dict[str, Mark] = {}
        for grade in rows.grades:
            if grade.book in here:
                name = self._name(grade)
                points = None if grade.auto_score is None and grade.manual_score is None else grade.score
                marks[name] = Mark(points, self._max(grade), grade.manual_score is not None, spoken.get(name))
        for name, comment in spoken.items():
            if name not in marks and comment:
                marks[name] = Mark(None, 0.0, True, comment)
        return marks

    def _name(self, row: Grade | Comment) -> str:
        return self._books[row.book].names[row.cell]

    def _max(self, grade: Grade) -> float:
        return self._books[grade.book].graded[grade.cell]

    def _penalty(self, student: str, rows: Rows, book: str) -> float | None:
        """The deduction by the course's configured late-submission plug-in, as stock autograding computes it."""
        seconds = self._seconds_late(rows)
        if seconds <= 0:
            return None
        score = sum(grade.score for grade in rows.grades if grade.book == book)
        try:
            penalty = self._late.plugin_inst.late_submission_penalty(student, score, seconds)
        except Exception as error:
            kind = type(self._late.plugin_inst).__name__
            raise CannotRun(f"The late-submission plug-in {kind} fails ({type(error).__name__}: {error}).") from error
        return None if penalty is None else float(self._late._check_late_penalty(SimpleNamespace(score=score), penalty))

    def _seconds_late(self, rows: Rows) -> float:
        if rows.timestamp is None or self._duedate is None:
            return 0.0
        return max(0.0, (rows.timestamp - self._duedate - (rows.extension or timedelta())).total_seconds())

    def _standing(self, rows: Rows) -> Standing:
        return Standing(
            points=float(sum(grade.score for grade in rows.grades)),
            max_points=float(sum(sum(book.graded.values()) for book in self._books.values())),
            penalty=float(sum(penalty or 0.0 for _, penalty in rows.books.values())),
            seconds_late=self._seconds_late(rows),
            by_hand=sum(grade.needs_manual_grade for grade in rows.grades),
        )


def _graded(grade: Grade, scores: NotebookScores | None, name: str, answers_changed: bool) -> Grade:
    # A notebook that was not handed in, or a cell nobody judged, waits for a person: never a silent zero.
    score = ItemScore(None, True) if scores is None else scores.items.get(name, ItemScore(None, True))
    moved = answers_changed or grade.auto_score != score.auto
    needs_person = score.needs_person if grade.manual_score is None else moved or grade.needs_manual_grade
    return replace(grade, auto_score=score.auto, needs_manual_grade=needs_person)


@contextmanager
def plain_faults(course: CourseDirectory) -> Iterator[None]:
    """The database's own faults as one sentence (`CannotRun`)."""
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
