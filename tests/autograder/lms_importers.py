"""How Canvas, Moodle and Brightspace read a file of grades: their import rules, written anew from their sources.

Canvas: lib/gradebook_importer.rb. Moodle: grade/import/csv/classes/load_data.php, lib/csvlib.class.php and
mod/assign/feedback/offline. Brightspace publishes no source; its rules are those of its documentation. Each function
takes the bytes of a file and what the system knows, and returns what it would then hold. Nothing here knows
`autograder`.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class Aborted(Exception):
    """The system refuses the whole file and imports nothing."""


@dataclass(frozen=True)
class User:
    """Somebody as the systems know them."""

    number: str
    """Canvas' and Moodle's own id; Moodle's participant number."""
    login: str
    sis: str
    email: str
    first: str
    last: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def sortable(self) -> str:
        return f"{self.last}, {self.first}"


# --- Canvas -------------------------------------------------------------------------------------------------------

_TOTALS = re.compile(
    "Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade"
    "|Override Score|Override Grade|Override Status"
)


def canvas_import(
    data: bytes, users: Sequence[User], assignments: Mapping[int, str]
) -> tuple[dict[tuple[str, int], str], list[str], dict[int, str]]:
    """(user number, assignment) → the grade as Canvas reads it ("" clears it); new objects; points possible."""
    text = data.decode("utf-8")
    lines = text.splitlines(keepends=True)[:3]
    counts = {}
    for separator in ";,":
        sizes = {len(next(csv.reader([line], delimiter=separator))) for line in lines}
        counts[separator] = sizes.pop() if len(sizes) == 1 else 0
    separator = ";" if counts[";"] > counts[","] else ","
    rows = [
        [_decimal_comma_to_period(value) for value in row]
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        if not re.fullmatch(r"[;, ]+", separator.join(row)) and row
    ]
    header, *rest = rows
    if not (len(header) > 3 and "Student" in header[0] and "ID" in header[1]):
        raise Aborted("Invalid header row")
    start, sis_column, login_column = 3, None, None
    if re.search(r"SIS\s+Login\s+ID", header[2]):
        login_column, start = 2, 4
    elif re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3]):
        sis_column, login_column, start = 2, 3, 5
    if "Section" not in header[start - 1]:
        raise Aborted("Invalid header row")
    created: list[str] = []
    columns: dict[int, int] = {}
    for place in range(start, len(header)):
        if _TOTALS.search(header[place]):
            continue
        found = re.fullmatch(r"(.*) \((\d+)\)", header[place])
        by_title = next((key for key, title in assignments.items() if title == header[place]), None)
        key = int(found[2]) if found and int(found[2]) in assignments else by_title
        if key is None:
            created.append(f"assignment {header[place]}")
        else:
            columns[key] = place
    grades: dict[tuple[str, int], str] = {}
    points: dict[int, str] = {}
    for row in rest:
        if "Points Possible" in row[0]:
            points = {key: row[place] for key, place in columns.items()}
        elif not all(re.fullmatch(r"\s*(muted|manual posting.*)?\s*", value, re.IGNORECASE) for value in row):
            user = next((each for each in users if row[1] and each.number == row[1]), None)
            user = user or next((u for u in users if sis_column and row[sis_column] and u.sis == row[sis_column]), None)
            user = user or next((u for u in users if login_column and u.login == row[login_column] != ""), None)
            user = user or next((each for each in users if row[0] in (each.name, each.sortable)), None)
            if user is None:
                created.append(f"student {row[0]}")
                continue
            for key, place in columns.items():
                grades[user.number, key] = row[place].strip()
    return grades, created, points


def _decimal_comma_to_period(field: str) -> str:
    if not re.fullmatch(r"-?[0-9.,]+%?", field):
        return field
    *front, last = re.split(r"[,.]", field)
    return f"{''.join(front)}.{last}" if front else last


# --- Moodle -------------------------------------------------------------------------------------------------------


def moodle_import(
    data: bytes,
    users: Sequence[User],
    mapping: Mapping[int, str],
    *,
    locked: Sequence[str] = (),
    decimal: str = ".",
) -> dict[tuple[str, str], float | None]:
    """(user number, item) → grade (None: no grade). `mapping`: column → "username", "idnumber", "email", or an item."""
    _, *rows = _moodle_rows(data)
    fields = {"username": "login", "idnumber": "sis", "email": "email"}
    student: str | None = None  # kept from row to row, as there
    grades: dict[tuple[str, str], float | None] = {}
    for row in rows:
        if len(row) <= 1:
            continue
        new: dict[str, float | None] = {}
        for place, value in enumerate(value.strip() for value in row):
            meant = mapping.get(place)
            if meant in fields and value not in ("", "0"):
                found = [user.number for user in users if getattr(user, fields[meant]) == value]
                if len(found) != 1:
                    raise Aborted(f"usermappingerror {value}")
                student = found[0]
            elif meant is not None and meant not in fields:
                new[meant] = None if value in ("", "-") else _unformat(value, decimal)
        if student is None:
            raise Aborted("usermappingerrorusernotfound")
        for item, grade in new.items():
            if student in locked:
                raise Aborted("gradelocked")
            if grade is not None and grade > 100:
                raise Aborted("gradevaluetoobig")
            grades[student, item] = grade
    return grades


def worksheet_import(data: bytes, users: Sequence[User], most: float, *, decimal: str = ".") -> dict[str, float]:
    """User number → grade from Moodle's grading worksheet."""
    header, *rows = _moodle_rows(data)
    for needed in ("Identifier", "Grade", "Last modified (grade)"):
        if needed not in header:
            raise Aborted("invalidgradeimport")
    identifier, grade = header.index("Identifier"), header.index("Grade")
    changeable = header.index("Grade can be changed")
    known = {user.number for user in users}
    grades = {}
    for row in rows:
        number = row[identifier][len("Participant ") :]
        value = row[grade].replace(decimal, ".").replace(" ", "")
        if number in known and value and re.fullmatch(r"-?\d+(\.\d+)?", value) and row[changeable] == "Yes":
            if 0 <= float(value) <= most:
                grades[number] = float(value)
    return grades


def _moodle_rows(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8").removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(re.sub(r"\r\n?", "\n", text), newline=""), strict=True))
    if any(len(row) != len(rows[0]) for row in rows):
        raise Aborted("csvweirdcolumns")
    return [[value.strip() for value in rows[0]], *rows[1:]]


def _unformat(value: str, decimal: str) -> float:
    value = value.replace(" ", "").replace(decimal, ".")
    if not re.fullmatch(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?", value):
        raise Aborted("badgrade")
    return float(value)


# --- Brightspace --------------------------------------------------------------------------------------------------


def brightspace_import(data: bytes, users: Sequence[User], *, decimal: str = ".") -> dict[tuple[str, str], float]:
    """(user number, item) → grade. A blank cell leaves the grade that is there."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    header, *rest = rows
    if header[-1] != "End-of-Line Indicator" or not {"OrgDefinedId", "Username"} & set(header):
        raise Aborted("not a file of grades")
    items = {}
    for place, title in enumerate(header):
        if found := re.match(r"(.*) Points Grade( <.*>)?$", title):
            items[place] = found[1]
    grades = {}
    for row in rest:
        if len(row) != len(header) or row[-1] != "#":
            raise Aborted(f"a row without its end: {row}")
        named = dict(zip(header, row, strict=True))
        sis, login = named.get("OrgDefinedId", "").removeprefix("#"), named.get("Username", "").removeprefix("#")
        found = [user for user in users if (not sis or user.sis == sis) and (not login or user.login == login)]
        if len(found) != 1 or not (sis or login):
            continue  # listed there as an error of this row
        for place, item in items.items():
            if row[place].strip():
                grades[found[0].number, item] = float(row[place].replace(decimal, "."))
    return grades
