"""Grades into the file that a learning management system wrote: only grade cells change, and only where all is clear.

A cell that gets no grade stays as it was downloaded (blank, or what an instructor typed there), and is listed with the
reason. Nothing is ever a zero here but a zero that was earned, or MISSING where the instructor said so.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.classroom.names import shown
from autograder.lms.columns import locked_rows
from autograder.lms.formats import MOODLE_ASSIGNMENT, PLAIN, Layout
from autograder.lms.grades import ClassGrades, Outcome
from autograder.lms.people import ClassList, Person, same
from autograder.lms.sheet import Sheet

_BLANK_TO_MOODLE = ("", "0")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_DECIMAL_POINT = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class Target:
    """One assignment and its column. `factor`: from our points to the system's. `most`: above it a grade is refused."""

    grades: ClassGrades
    column: int
    factor: float = 1.0
    most: float | None = None


@dataclass(frozen=True)
class Listed:
    """Somebody, or some row, that got no grade: the assignment ("": all), the kind (a status, or NO MATCH …), why."""

    assignment: str
    kind: str
    who: str
    reason: str


@dataclass
class Filled:
    """The sheet with grades, how many were written, what was listed, and remarks that need nobody to do anything."""

    sheet: Sheet
    written: Counter[str] = field(default_factory=Counter)
    replaced: list[Listed] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def fill(
    sheet: Sheet, layout: Layout, people: ClassList, targets: Sequence[Target], *, missing_as_zero: bool
) -> Filled:
    """Fill in the grades of one or more assignments."""
    filled = Filled(sheet)
    rows = [n for n, row in enumerate(sheet.rows) if n and layout.holds_a_person(row.values)]
    unsafe = _unsafe_rows(sheet, layout, rows, filled)
    matched = _matched(sheet, layout, people, [n for n in rows if n not in unsafe], filled)
    changes: dict[tuple[int, int], str] = {}
    locked = locked_rows(sheet) if layout.format is MOODLE_ASSIGNMENT else {}
    for target in targets:
        comma = layout.format.decimal_comma and _has_decimal_comma(sheet, target.column)
        name = target.grades.assignment
        zeros = 0
        for number, person in matched.items():
            outcome = target.grades.outcomes.get(person.id, Outcome("MISSING", reason="nothing was handed in"))
            there = sheet.rows[number].cells[target.column].value.strip()
            kind, told = _decide(outcome, target, there, layout, missing_as_zero)
            if kind == "graded" and number in locked and told != there:
                kind, told = "LOCKED", locked[number]
            if kind == "EXCUSED":
                filled.remarks.append(
                    f"{name}: {person.spoken} has {shown(there)} in {layout.format.spoken}; left alone."
                )
            elif kind != "graded":
                stays = f" ({shown(there)} stays in the file)" if _is_grade(there) else ""
                filled.listed.append(Listed(name, kind, person.spoken, told + stays))
            else:
                value = told.replace(".", ",") if comma else told
                filled.written[name] += 1
                zeros += outcome.points is None
                if not _same_number(there, told):
                    changes[number, target.column] = value
                    if _is_grade(there):
                        filled.replaced.append(Listed(name, "replaced", person.spoken, f"{shown(there)} → {value}"))
        if zeros:
            filled.remarks.append(f"{name}: {zeros} of these {'is a' if zeros == 1 else 'are'} 0 for MISSING.")
        filled.listed += _without_row(target.grades, people, matched.values())
    filled.sheet = sheet.changed(changes, without=unsafe)
    return filled


def points_text(points: float) -> str:
    """Points as every import reads them: a point, no thousands, no exponent, at most five decimals."""
    text = f"{points:.5f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _decide(outcome: Outcome, target: Target, there: str, layout: Layout, missing_as_zero: bool) -> tuple[str, str]:
    """("graded", the number as text), or why there is none: (kind, reason)."""
    if there.casefold() in layout.format.left_alone:
        return "EXCUSED", ""
    if outcome.status == "MISSING" and missing_as_zero:
        if _is_grade(there) and not _same_number(there, "0"):
            return "MISSING", f"{outcome.reason}, and somebody has given a grade by hand"
        return "graded", "0"
    if outcome.points is None:
        return outcome.status, outcome.reason
    points = outcome.points * target.factor
    if target.most is not None and points > target.most + 1e-9:
        return (
            "TOO HIGH",
            f"{points_text(points)} is more than {layout.format.spoken} takes ({target.most:g}): see --scale",
        )
    return "graded", points_text(points)


def _unsafe_rows(sheet: Sheet, layout: Layout, rows: Sequence[int], filled: Filled) -> set[int]:
    """Rows that the import would misread, put into other columns or give to somebody else: left out, and listed."""
    if layout.format is PLAIN:
        return set()
    why = {n: _ragged(sheet, n) for n in rows if len(sheet.rows[n].cells) != len(sheet.header)}
    if layout.format.blank_is_the_row_above:
        whole = [n for n in rows if n not in why]
        column = _telling_column(sheet, layout, whole)
        title = shown(sheet.header[column])
        filled.remarks.append(f"When Moodle asks what identifies the user, choose “{title}” and nothing else.")
        blank = {n for n in whole if sheet.rows[n].cells[column].value.strip() in _BLANK_TO_MOODLE}
        why |= dict.fromkeys(blank, f"“{title}” is blank, which Moodle takes for the person above")
    for n in sorted(why):
        who = f"line {sheet.rows[n].line}, {layout.spoken(sheet.rows[n].values)}"
        filled.listed.append(Listed("", "LEFT OUT", who, why[n]))
    return set(why)


def _telling_column(sheet: Sheet, layout: Layout, rows: Sequence[int]) -> int:
    """The key column that says of most of these rows, and of each alone, who it is."""

    def told(column: int) -> int:
        values = Counter(sheet.rows[n].cells[column].value.strip() for n in rows)
        return sum(count == 1 for value, count in values.items() if value not in _BLANK_TO_MOODLE)

    keys = ("id", "lms_user_id", "email")
    return max((column for key in keys for column in layout.columns.get(key, ())), key=told)


def _matched(sheet: Sheet, layout: Layout, people: ClassList, rows: Sequence[int], filled: Filled) -> dict[int, Person]:
    """Row → the one person it is about. Rows that nobody, several people, or several rows answer to are listed."""
    found: dict[int, Person] = {}
    for n in rows:
        row = sheet.rows[n]
        who = f"line {row.line}, {layout.spoken(row.values)}"
        if len(row.cells) != len(sheet.header):
            filled.listed.append(Listed("", "NO MATCH", who, _ragged(sheet, n)))
            continue
        keys = layout.keys(row.values)
        person, problem = people.find(keys)
        if person is not None:
            found[n] = person
        elif layout.is_test_student(row.values):
            filled.remarks.append("Canvas' test student is left alone.")
        elif keys.is_blank:
            filled.listed.append(Listed("", "NO MATCH", who, "nothing in this row says who it is"))
        else:
            filled.listed.append(Listed("", "NO MATCH", who, f"{problem} ({keys.spoken})"))
    often = Counter(person.id for person in found.values())
    for n, person in list(found.items()):
        if often[person.id] > 1:
            who = f"line {sheet.rows[n].line}, {layout.spoken(sheet.rows[n].values)}"
            filled.listed.append(Listed("", "NO MATCH", who, f"{often[person.id]} rows are {person.spoken}"))
            del found[n]
    return found


def _ragged(sheet: Sheet, number: int) -> str:
    return f"this row has {len(sheet.rows[number].cells)} cells and the header {len(sheet.header)}"


def _without_row(grades: ClassGrades, people: ClassList, matched: Collection[Person]) -> Iterator[Listed]:
    """Who has work to show for and no row of their own in the file."""
    there = {person.id for person in matched}
    known = {person.id: person for person in people.people}
    for student, outcome in grades.outcomes.items():
        if student not in there and outcome.status != "MISSING":
            told = outcome.reason if outcome.points is None else f"{points_text(outcome.points)} points"
            who = known.get(student, Person(student)).spoken
            absent = "no row of the file is theirs" if student in known else "not on the class list"
            yield Listed(grades.assignment, "NOT IN THE FILE", who, f"{told}; {absent}")


def _is_grade(there: str) -> bool:
    return there not in ("", "-", "–")


def _same_number(there: str, text: str) -> bool:
    try:
        return float(there.replace(",", ".")) == float(text)
    except ValueError:
        return same(there) == same(text)


def _has_decimal_comma(sheet: Sheet, column: int) -> bool:
    """Whether the numbers that stand in a column have a decimal comma."""
    values = [row.cells[column].value.strip() for row in sheet.rows[1:] if column < len(row.cells)]
    return any(map(_DECIMAL_COMMA.fullmatch, values)) and not any(map(_DECIMAL_POINT.fullmatch, values))
