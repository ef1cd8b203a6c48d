"""The class as a plain table: one row per assignment and student, for a spreadsheet or a program."""

import csv
import io
from collections.abc import Sequence

from autograder.lms.filling import points_text
from autograder.lms.grades import ClassGrades
from autograder.lms.people import Person

_COLUMNS = (
    "assignment",
    "id",
    "last_name",
    "first_name",
    "email",
    "lms_user_id",
    "status",
    "score",
    "max_score",
    "late_penalty",
    "reason",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_table(people: Sequence[Person], grades: Sequence[ClassGrades], *, missing_as_zero: bool) -> bytes:
    """UTF-8 with the mark that Excel needs. A score is blank where there is none.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for each in grades:
        known = {person.id: person for person in people}
        for student, outcome in each.outcomes.items():
            person = known.get(student, Person(student))
            points = 0.0 if outcome.status == "MISSING" and missing_as_zero else outcome.points
            names = (each.assignment, person.id, person.last_name, person.first_name, person.email, person.lms_user_id)
            table.writerow(
                [
                    *map(harmless, names),
                    outcome.status,
                    "" if points is None else points_text(points),
                    points_text(each.max_points),
                    points_text(outcome.penalty),
                    harmless(outcome.reason),
                ]
            )
    return text.getvalue().encode("utf-8-sig", errors="backslashreplace")


def harmless(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
