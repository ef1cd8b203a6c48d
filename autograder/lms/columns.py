"""Which column of a downloaded file an assignment's grades belong in, and of how many points it is there."""

import re
from collections.abc import Mapping, Sequence

from autograder.classroom.names import shown
from autograder.errors import CannotRun
from autograder.lms.formats import BRIGHTSPACE, CANVAS, MOODLE_ASSIGNMENT, Layout, title_key, titles_of
from autograder.lms.people import same
from autograder.lms.sheet import Sheet

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def grade_columns(sheet: Sheet, layout: Layout) -> list[int]:
    """The columns that may hold grades: not the keys, not what the system computes, not what Canvas calls read only."""
    keys = {column for columns in layout.columns.values() for column in columns}
    if layout.format is MOODLE_ASSIGNMENT:
        return [n for n, title in enumerate(sheet.header) if title_key(title) == "grade"]
    start = 0
    if layout.format is CANVAS:
        titles = [title_key(title) for title in sheet.header]
        start = titles.index("section") + 1 if "section" in titles else 0
    return [
        n
        for n, title in enumerate(sheet.header)
        if n >= start
        and n not in keys
        and title.strip()
        and not layout.format.totals.search(title)
        and "read only" not in points_row(sheet, layout, n)
    ]


def find_column(sheet: Sheet, layout: Layout, assignment: str, title: str | None) -> int | None:
    """The column of this title (`--column`), else that of the assignment's name, with what the system adds to it.

    None when there is none of its name. Raises `CannotRun` when several could be meant, and when the wanted title is
    not there or holds no grades; the sentence says which columns there are.
    """
    candidates = grade_columns(sheet, layout)
    there = f"the columns for grades are {titles_of([sheet.header[n] for n in candidates])}"
    if title is not None:
        named = [n for n, each in enumerate(sheet.header) if each.strip() == title.strip()]
        named = named or [n for n in candidates if same(title) in map(same, layout.names_in(sheet.header[n]))]
        keys = {column for columns in layout.columns.values() for column in columns}
        worksheet = layout.format is MOODLE_ASSIGNMENT  # its titles are in the site's language
        if len(named) == 1 and (named[0] in candidates or (worksheet and named[0] not in keys)):
            return named[0]
        wrong = (
            "is there twice or more" if len(named) > 1 else "holds no grades to fill in" if named else "is not there"
        )
        raise CannotRun(f"{sheet.name}: the column {title!r} {wrong}; {there}.")
    if layout.format is MOODLE_ASSIGNMENT and candidates:
        return candidates[0]  # the worksheet is of one assignment, whatever its name is there
    for alike in (same, _words):
        found = [n for n in candidates if alike(assignment) in map(alike, layout.names_in(sheet.header[n]))]
        if len(found) > 1:
            titles = titles_of([sheet.header[n] for n in found])
            raise CannotRun(f"{sheet.name}: {titles} could all be {shown(assignment)}: say which with --column TITLE.")
        if found:
            return found[0]
    return None


def no_column(sheet: Sheet, layout: Layout, assignment: str) -> CannotRun:
    """The sentence about an assignment that has no column."""
    there = titles_of([sheet.header[n] for n in grade_columns(sheet, layout)])
    return CannotRun(
        f"{sheet.name} has no column called {shown(assignment)}: name one with --column TITLE; "
        f"the columns for grades are {there}."
    )


def points_row(sheet: Sheet, layout: Layout, column: int) -> str:
    """What Canvas' row "Points Possible" says of a column; empty elsewhere."""
    if layout.format is CANVAS:
        for row in sheet.rows[1:4]:
            if "Points Possible" in row.cells[0].value and column < len(row.cells):
                return row.cells[column].value.strip()
    return ""


def system_points(sheet: Sheet, layout: Layout, column: int) -> float | None:
    """Of how many points the assignment is in the system, if the file says so and all rows say the same."""
    said: Sequence[str] = ()
    if layout.format is CANVAS:
        said = [points_row(sheet, layout, column)]
    elif layout.format is BRIGHTSPACE:
        said = re.findall(r"MaxPoints:\s*([\d.,]+)", sheet.header[column])
    elif layout.format is MOODLE_ASSIGNMENT:
        places = {title_key(title): n for n, title in enumerate(sheet.header)}
        if "maximumgrade" in places:
            values = (row.values for row in sheet.rows[1:] if len(row.cells) == len(sheet.header))
            said = sorted({value[places["maximumgrade"]].strip() for value in values})
    if len(said) != 1 or not _NUMBER.fullmatch(said[0]):
        return None
    return float(said[0].replace(",", "."))


def locked_rows(sheet: Sheet) -> Mapping[int, str]:
    """Rows of Moodle's worksheet whose grade the import cannot change, with the reason."""
    places = [n for n, title in enumerate(sheet.header) if title_key(title) == "gradecanbechanged"]
    if not places:
        return {}
    return {
        number: "Moodle says that this grade cannot be changed"
        for number, row in enumerate(sheet.rows)
        if number and places[0] < len(row.cells) and same(row.cells[places[0]].value) == "no"
    }


def _words(name: str) -> str:
    """Only letters and digits, in order, so that "01 Dose: first steps" and "01-dose-first-steps" are one."""
    return "-".join(re.findall(r"\w+", same(name).replace("_", " ")))
