"""The students in nbgrader's gradebook, read and written in one transaction."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Any

from nbgrader import api
from sqlalchemy import bindparam, insert, select, update

from autograder.classroom.course_directory import CourseDirectory, environment_scripts
from autograder.classroom.gradebook import plain_faults
from autograder.classroom.gradebook_rows import STUDENTS
from autograder.lms.people import Person

_FIELDS = ("id", "lms_user_id", "email", "first_name", "last_name")


def read_class_list(course: CourseDirectory) -> list[Person]:
    """Everybody in the gradebook, by id. Raises `CannotRun` when it cannot be read."""
    with environment_scripts(), plain_faults(course), closing(_open(course)) as book:
        with book.engine.connect() as connection:
            found = connection.execute(select(*(STUDENTS.c[name] for name in _FIELDS)).order_by(STUDENTS.c.id))
            return [Person(*(value or "" for value in row)) for row in found]


def write_class_list(course: CourseDirectory, added: Sequence[Person], changed: Sequence[Person]) -> None:
    """Add people and replace what is known of others, all or nothing. Raises `CannotRun` when it cannot be written."""
    with environment_scripts(), plain_faults(course), closing(_open(course)) as book:
        with book.engine.begin() as connection:
            if added:
                connection.execute(insert(STUDENTS), list(_rows(added)))
            if changed:
                new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _FIELDS[1:]}
                rows = [{f"new_{name}": value for name, value in row.items()} for row in _rows(changed)]
                connection.execute(update(STUDENTS).where(STUDENTS.c.id == bindparam("new_id")).values(new), rows)


def _open(course: CourseDirectory) -> Any:
    return api.Gradebook(course.db_url, course.course_id)


def _rows(people: Iterable[Person]) -> Iterable[dict[str, str | None]]:
    """As nbgrader stores them: what is unknown is NULL."""
    return ({name: value or None for name, value in asdict(person).items()} for person in people)
