"""The rows of nbgrader's database that hold one student's assignment, as plain data: read, completed, changed.

Each question names the columns of an index of nbgrader's, so that a student costs the same in a class of any size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from nbgrader import api
from sqlalchemy import bindparam, insert, select, update

STUDENTS: Any = api.Student.__table__
SUBMISSIONS: Any = api.SubmittedAssignment.__table__
NOTEBOOKS: Any = api.SubmittedNotebook.__table__
GRADES: Any = api.Grade.__table__
COMMENTS: Any = api.Comment.__table__


@dataclass(frozen=True)
class Book:
    """One notebook as generated: its cells' names by id, the points of those that are graded, those with comments."""

    name: str
    names: Mapping[str, str]
    graded: Mapping[str, float]
    commented: Sequence[str]

    @staticmethod
    def of(book: Any) -> "Book":
        """From nbgrader's own object."""
        cells = {cell.id: cell for cell in book._base_cells}
        return Book(
            name=book.name,
            names={key: cell.name for key, cell in cells.items()},
            graded={k: float(c.max_score) for k, c in cells.items() if c.type in ("GradeCell", "TaskCell")},
            commented=[key for key, cell in cells.items() if cell.type in ("SolutionCell", "TaskCell")],
        )


@dataclass(frozen=True)
class Grade:
    """One row of the table `grade`; `book` is the assignment's notebook."""

    book: str
    id: str
    cell: str
    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float | None = None
    needs_manual_grade: bool = True

    @property
    def score(self) -> float:
        """What counts, as nbgrader computes it: the person's score, else the automatic one, and any extra credit."""
        given = self.auto_score if self.manual_score is None else self.manual_score
        return 0.0 if given is None else float(given + (self.extra_credit or 0.0))


@dataclass(frozen=True)
class Comment:
    """One row of the table `comment`."""

    book: str
    id: str
    cell: str
    auto_comment: str | None = None
    manual_comment: str | None = None


@dataclass(frozen=True)
class Rows:
    """One student's rows for one assignment. `books`: notebook → id and late penalty of its row."""

    id: str
    timestamp: datetime | None
    extension: timedelta | None
    books: Mapping[str, tuple[str, float | None]]
    grades: tuple[Grade, ...]
    comments: tuple[Comment, ...]


class Table:
    """What the database holds for one assignment. `books`: its notebooks, by id. Commits nothing by itself."""

    def __init__(self, connection: Any, assignment: str, books: Mapping[str, Book]) -> None:
        self._connection = connection
        self._assignment = assignment
        self._books = books

    def students(self) -> dict[str, str]:
        """The class list: student → first and last name, where known."""
        found = self._all(select(STUDENTS.c.id, STUDENTS.c.first_name, STUDENTS.c.last_name))
        return {row.id: " ".join(filter(None, (row.first_name, row.last_name))) for row in found}

    def change(self, table: Any, rows: list[dict[str, Any]]) -> None:
        """Update rows by their id (`key`); all name the same columns."""
        if rows:
            self._connection.execute(update(table).where(table.c.id == bindparam("key")), rows)

    def read(self, student: str) -> Rows | None:
        """Everything the gradebook holds for this student."""
        found = self._all(
            select(SUBMISSIONS.c.id, SUBMISSIONS.c.timestamp, SUBMISSIONS.c.extension).where(
                SUBMISSIONS.c.assignment_id == self._assignment, SUBMISSIONS.c.student_id == student
            )
        )
        if not found:
            return None
        submission = found[0]
        books = self._all(
            select(NOTEBOOKS.c.id, NOTEBOOKS.c.notebook_id, NOTEBOOKS.c.late_submission_penalty).where(
                NOTEBOOKS.c.notebook_id.in_(list(self._books)), NOTEBOOKS.c.assignment_id == submission.id
            )
        )
        grades: list[Grade] = []
        comments: list[Comment] = []
        for row in books:
            cells = self._books[row.notebook_id]
            asked = [GRADES.c[name] for name in ("id", "cell_id", "auto_score", "manual_score", "extra_credit")]
            here = (GRADES.c.cell_id.in_(list(cells.graded)), GRADES.c.notebook_id == row.id)
            for grade in self._all(select(*asked, GRADES.c.needs_manual_grade).where(*here)):
                grades.append(Grade(row.notebook_id, *grade))
            asked = [COMMENTS.c[name] for name in ("id", "cell_id", "auto_comment", "manual_comment")]
            here = (COMMENTS.c.cell_id.in_(cells.commented), COMMENTS.c.notebook_id == row.id)
            for comment in self._all(select(*asked).where(*here)):
                comments.append(Comment(row.notebook_id, *comment))
        return Rows(
            submission.id,
            submission.timestamp,
            submission.extension,
            {row.notebook_id: (row.id, row.late_submission_penalty) for row in books},
            tuple(grades),
            tuple(comments),
        )

    def complete(self, student: str, rows: Rows | None) -> Rows:
        """Add what is missing: the student, the submission, a row for each notebook, grade cell and comment."""
        if rows is None:
            if not self._all(select(STUDENTS.c.id).where(STUDENTS.c.id == student)):
                self._connection.execute(insert(STUDENTS), [{"id": student}])
            rows = Rows(api.new_uuid(), None, None, {}, (), ())
            named = {"id": rows.id, "assignment_id": self._assignment, "student_id": student}
            self._connection.execute(insert(SUBMISSIONS), [named])
        books = {key: rows.books.get(key) or (api.new_uuid(), None) for key in self._books}
        added = [
            {"id": row_id, "notebook_id": key, "assignment_id": rows.id, "flagged": False}
            for key, (row_id, _) in books.items()
            if key not in rows.books
        ]
        graded = {(grade.book, grade.cell) for grade in rows.grades}
        commented = {(comment.book, comment.cell) for comment in rows.comments}
        grades, comments = list(rows.grades), list(rows.comments)
        for key, book in self._books.items():
            grades += [Grade(key, api.new_uuid(), cell) for cell in book.graded if (key, cell) not in graded]
            comments += [Comment(key, api.new_uuid(), cell) for cell in book.commented if (key, cell) not in commented]
        for table, new in (
            (NOTEBOOKS, added),
            (GRADES, [_row(grade, books) for grade in grades[len(rows.grades) :]]),
            (COMMENTS, [_row(comment, books) for comment in comments[len(rows.comments) :]]),
        ):
            if new:
                self._connection.execute(insert(table), new)
        return replace(rows, books=books, grades=tuple(grades), comments=tuple(comments))

    def _all(self, statement: Any) -> Sequence[Any]:
        return list(self._connection.execute(statement))


def _row(made: Grade | Comment, books: Mapping[str, tuple[str, float | None]]) -> dict[str, Any]:
    return {"id": made.id, "cell_id": made.cell, "notebook_id": books[made.book][0]}
