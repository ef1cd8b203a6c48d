"""Three hundred awkward people, the files their systems export, and grades for them in nbgrader's gradebook."""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime

import classroom_kit as kit
from lms_importers import User

from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.gradebook import Gradebook, ItemScore, NotebookScores

_LAST = [
    "Smith, Jr",
    'O"Hara "Bob"',
    "Müller-Süß",
    unicodedata.normalize("NFD", "Müller-Süß"),
    "بن سلمان",
    "לוי",
    "李",
    "=1+1",
    "+49 30",
    "-x",
    "@home",
    "Ng",
    "de la Cruz; y Vega",
    "O'Brien",
    "Tab\tHunter",
    "Null",
    "007",
    "İstanbul",
    "Ґалаґан",
    "Zażółć",
]
_FIRST = ["Ann", "Ödön", unicodedata.normalize("NFD", "José"), "🦊 Fox", "محمد", "Ann", "Mary Jane", "1e5", "Ỳ", '"Q"']
_LOGINS = ["{n:05d}", "1e{n}", "={n}+1", "ünal{n}", "{n}.{n}", "Ann.Smith{n}", "+{n}", "@{n}", "a b {n}", "李{n}"]


def awkward_users(count: int = 300) -> list[User]:
    """People with commas, quotes, accents, right-to-left and emoji in their names, many of the same name; ids with
    leading zeros, that look like numbers or like formulas.
    """
    users = []
    for n in range(1, count + 1):
        login = _LOGINS[n % len(_LOGINS)].format(n=n)
        sis, email = f"{n * 7919 % 1_000_003:08d}", f"p{n}@example.org"
        users.append(User(str(100_000 + n), login, sis, email, _FIRST[n % len(_FIRST)], _LAST[n % len(_LAST)]))
    return users


def written(rows: Sequence[Sequence[str]], **style: object) -> bytes:
    """Rows as a file; `style`: encoding, delimiter, lineterminator, quoting."""
    encoding = str(style.pop("encoding", "utf-8"))
    text = io.StringIO(newline="")
    csv.writer(text, **{"lineterminator": "\n", **style}).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode(encoding)


def canvas_rows(users: Sequence[User], title: str = "07 tiny (991)", cells: Mapping[str, str] | None = None) -> list:
    """Canvas' export: hidden row, points row, test student, a read-only total. `cells`: user number → what is there."""
    cells = cells or {}
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Other (5)", title, "Final Score"]
    rows = [header, ["", "", "", "", "", "", "Manual Posting", ""]]
    rows.append(["    Points Possible", "", "", "", "", "1", "9", "(read only)"])
    for user in users:
        name = f'"{user.sortable}"' if user.sortable.startswith("=") else user.sortable
        rows.append([name, user.number, user.sis, user.login, "A, B", "1", cells.get(user.number, ""), "11.1"])
    return [*rows, ["Student, Test", "999", "", "f" * 40, "A", "", "", ""]]


def moodle_rows(users: Sequence[User], title: str = "Assignment: 07-tiny (Real)") -> list:
    """Moodle's gradebook export."""
    header = ["First name", "Surname", "ID number", "Email address", "Username", title, "Course total (Real)"]
    return [header, *([u.first, u.last, u.sis, u.email, u.login, "-", "12.50"] for u in users)]


def worksheet_rows(users: Sequence[User], changeable: Mapping[str, str] | None = None) -> list:
    """Moodle's grading worksheet of one assignment."""
    header = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed"]
    rows = [[*header, "Last modified (submission)", "Last modified (grade)", "Feedback comments"]]
    for u in users:
        may = (changeable or {}).get(u.number, "Yes")
        name = f"Participant {u.number}"
        rows.append(
            [name, u.name, u.email, "Submitted", "", "9.00", may, "Monday, 2 March 2026, 10:00", "-", "Hello, <b>"]
        )
    return rows


def brightspace_rows(users: Sequence[User], *, names: bool = False) -> list:
    """Brightspace's export; `names`: with the columns of people, as for a roster."""
    people = ["Last Name", "First Name", "Email"] if names else []
    item = "07-tiny Points Grade <Numeric MaxPoints:9 Weight:10>"
    rows = [["OrgDefinedId", "Username", *people, item, "Calculated Final Grade Numerator", "End-of-Line Indicator"]]
    for u in users:
        rows.append([f"#{u.sis}", f"#{u.login}", *([u.last, u.first, u.email] if names else []), "", "3", "#"])
    return rows


def give(course: CourseDirectory, points: Mapping[str, float], *, waiting: Sequence[str] = ()) -> None:
    """Put these points for the tiny assignment into the gradebook, by student; `waiting`: with an open essay."""
    with Gradebook(course, kit.ASSIGNMENT) as book, book.transaction():
        for student, number in points.items():
            first = min(2.0, number)
            second = min(4.0, number - first)
            rest = number - first - second
            items = {
                "q1": ItemScore(first, False),
                "q2": ItemScore(second, False),
                "f1": ItemScore(None if student in waiting else rest, student in waiting),
            }
            when = datetime(2026, 3, 1, 10)
            book.record(student, when, {"exercises": NotebookScores(items, {})}, answers_changed=True)
