"""`autograder class add` and `autograder export` as the command line calls them: print, and return the exit code."""

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from autograder.classroom.course_directory import CourseDirectory, open_course
from autograder.classroom.names import shown
from autograder.errors import CannotRun
from autograder.files import write_bytes
from autograder.lms import columns
from autograder.lms.class_list import read_class_list, write_class_list
from autograder.lms.filling import Filled, Listed, Target, fill, points_text
from autograder.lms.formats import (
    FIELDS,
    FORMATS,
    MOODLE_ASSIGNMENT,
    Format,
    Layout,
    format_of,
    layout_of,
    titles_of,
)
from autograder.lms.grades import ClassGrades, assignments_of, class_grades
from autograder.lms.people import ClassList, Person
from autograder.lms.plain import plain_table
from autograder.lms.roster import RosterPlan, plan_roster
from autograder.lms.sheet import Sheet, read_sheet

_NAMES_IN_A_LINE = 20


def class_add(roster: Path, *, root: Path, keys: Sequence[str], dry_run: bool) -> int:
    """Take a roster into the gradebook; 1 when a row could not be taken, 0 when all is in the class list."""
    named = _named(keys)
    course = open_course(root)
    sheet = _read(roster, named)
    format = format_of(sheet.header, named)
    if format is None or format is MOODLE_ASSIGNMENT:
        raise CannotRun(
            f"{roster.name} is not a roster we know (its columns: {titles_of(sheet.header)}): give the gradebook that "
            "Canvas, Moodle or Brightspace exports, a file with the columns id,last_name,first_name,email, or say "
            "which column is which: --key id=TITLE --key email=TITLE."
        )
    layout = layout_of(format, sheet.header, named)
    if "id" not in layout.columns:
        raise CannotRun(f"{roster.name} has no column for ids: say which, --key id=TITLE.")
    plan = plan_roster(sheet, layout, read_class_list(course))
    if not dry_run:
        write_class_list(course, plan.added, [person for person, _ in plan.changed])
    _show_plan(plan, sheet, layout, dry_run)
    return 1 if plan.problems else 0


def export(
    assignments: Sequence[str],
    *,
    to: str,
    root: Path,
    download: Path | None,
    output: Path | None,
    column: str | None,
    keys: Sequence[str],
    scale: str | None,
    missing_as_zero: bool,
    looked_at: Sequence[str],
) -> int:
    """Fill in a downloaded file, or write a plain table; 1 when anybody or any row is listed, else 0."""
    course = open_course(root)
    people = read_class_list(course)
    for student in looked_at:
        if student not in {person.id for person in people}:
            raise CannotRun(f"--looked-at {shown(student)}: there is no such student on the class list.")
    if download is None:
        if to != "csv":
            raise CannotRun(f"Give the file that you downloaded, to be filled in: --to {to} --fill DOWNLOADED.csv.")
        if column is not None or scale is not None or keys:
            raise CannotRun("--column, --scale and --key are for a file to be filled in: name it with --fill.")
        return _export_plain(course, people, assignments, output, missing_as_zero, looked_at)
    format = next(each for each in FORMATS if each.name == to)
    named = _named(keys)
    sheet = _read(download, named)
    seems = format_of(sheet.header)
    if seems is not None and seems is not format and not named:
        raise CannotRun(f"{download.name} looks like {seems.spoken}, not like {format.spoken}: use --to {seems.name}.")
    output = output or download.with_name(f"{download.stem}-filled{download.suffix}")
    if output.resolve() == download.resolve():
        raise CannotRun("The download is kept as it is: give -o another name.")
    layout = layout_of(format, sheet.header, named)
    places = _places(course, sheet, layout, assignments, column)
    listed: list[Listed] = []
    targets = []
    for name, place in places.items():
        grades = class_grades(course, name, people, looked_at=looked_at)
        targets.append(_target(sheet, layout, grades, place, scale, listed))
    filled = fill(sheet, layout, ClassList(people), targets, missing_as_zero=missing_as_zero)
    filled.listed[:0] = listed
    write_bytes(output, filled.sheet.to_bytes())
    _show_filled(filled, places, output)
    return 1 if filled.listed else 0


def _export_plain(
    course: CourseDirectory,
    people: Sequence[Person],
    assignments: Sequence[str],
    output: Path | None,
    missing_as_zero: bool,
    looked_at: Sequence[str],
) -> int:
    output = output or Path("grades.csv")
    grades = [class_grades(course, name, people, looked_at=looked_at) for name in assignments or assignments_of(course)]
    if not grades:
        raise CannotRun("The gradebook has no assignment yet.")
    known = {person.id: person for person in people}
    listed = [
        Listed(each.assignment, outcome.status, known.get(student, Person(student)).spoken, outcome.reason)
        for each in grades
        for student, outcome in each.outcomes.items()
        if outcome.points is None and not (missing_as_zero and outcome.status == "MISSING")
    ]
    write_bytes(output, plain_table(people, grades, missing_as_zero=missing_as_zero))
    print(f"{output}: {sum(len(each.outcomes) for each in grades)} rows.")
    _show_listed(listed)
    return 1 if listed else 0


def _read(path: Path, named: Mapping[str, str]) -> Sheet:
    sheet = read_sheet(path.read_bytes(), path.name, lambda header: format_of(header, named) is not None)
    if sheet.remark:
        print(f"{path.name}: {sheet.remark}")
    return sheet


def _named(keys: Sequence[str]) -> dict[str, str]:
    """`--key FIELD=TITLE`, checked."""
    named = dict(key.split("=", 1) for key in keys if "=" in key)
    wrong = next((key for key in keys if key.partition("=")[0] not in FIELDS or not key.partition("=")[2]), None)
    if wrong is not None:
        raise CannotRun(f"--key {wrong}: write FIELD=TITLE, where FIELD is one of {', '.join(FIELDS)}.")
    return named


def _places(
    course: CourseDirectory, sheet: Sheet, layout: Layout, assignments: Sequence[str], title: str | None
) -> dict[str, int]:
    """Assignment → its column. Without names: all that have one."""
    known = assignments_of(course)
    for name in assignments:
        if name not in known:
            raise CannotRun(f"The gradebook knows no assignment {name!r} (it knows: {', '.join(known) or 'none'}).")
    if (title is not None or layout.format is MOODLE_ASSIGNMENT) and len(assignments) != 1:
        why = "--column names the column" if title is not None else "A grading worksheet is"
        raise CannotRun(f"{why} of one assignment: name that assignment too ({', '.join(known)}).")
    found = {name: columns.find_column(sheet, layout, name, title) for name in assignments or known}
    places = {name: place for name, place in found.items() if place is not None}
    absent = [name for name in found if name not in places]
    if absent and (assignments or not places):
        raise columns.no_column(sheet, layout, absent[0])
    shared = [name for name, place in places.items() if list(places.values()).count(place) > 1]
    if shared:
        raise CannotRun(f"{' and '.join(shared)} would go into one column: name the one you mean.")
    return places


def _target(
    sheet: Sheet, layout: Layout, grades: ClassGrades, place: int, scale: str | None, listed: list[Listed]
) -> Target:
    """The column with its scale; what does not fit is added to `listed`."""
    theirs = columns.system_points(sheet, layout, place)
    most = theirs if layout.format is MOODLE_ASSIGNMENT else layout.format.most_points
    title, ours = f"“{shown(sheet.header[place])}”", grades.max_points
    if scale is None:
        if theirs is not None and not math.isclose(theirs, ours):
            told = f"{points_text(theirs)} points in the file and {points_text(ours)} in the gradebook"
            advice = (
                f"written unscaled; --scale max makes them the file's, --scale {points_text(ours)} says it is meant"
            )
            listed.append(Listed(grades.assignment, "POINTS DIFFER", title, f"{told}: {advice}"))
        return Target(grades, place, most=most)
    top = theirs if scale == "max" else _number(scale)
    if top is None:
        raise CannotRun(f"{sheet.name} does not say of how many points {title} is: give the number, --scale 100.")
    if not ours:
        raise CannotRun(f"{grades.assignment} has no points in the gradebook, so there is nothing to scale.")
    return Target(grades, place, top / ours, most if layout.format is MOODLE_ASSIGNMENT else None)


def _number(scale: str) -> float:
    try:
        number = float(scale)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise CannotRun(f"--scale {shown(scale)}: give a number of points above 0, or max for the file's own.")
    return number


def _show_plan(plan: RosterPlan, sheet: Sheet, layout: Layout, dry_run: bool) -> None:
    ids = f"“{shown(sheet.header[layout.columns['id'][0]])}”"
    print(f"{sheet.name} was read as {_article(layout.format)}; a student's id is {ids}.")
    would = "would be " if dry_run else ""
    for person in plan.added if dry_run else ():
        print(f"  + {person.spoken}")
    for person, difference in plan.changed:
        print(f"  {person.spoken}: {difference}")
    print(f"{len(plan.added)} {would}added, {len(plan.changed)} {would}changed, {plan.unchanged} as before.")
    if plan.test_students:
        print("Canvas' test student was left out.")
    if plan.gone:
        print(f"In the gradebook and not in this roster (kept): {_together([person.spoken for person in plan.gone])}.")
    if plan.problems:
        print(f"{len(plan.problems)} not taken:")
        for problem in plan.problems:
            print(f"  {problem}")


def _article(format: Format) -> str:
    return format.spoken if format.spoken.startswith("a ") else f"an export of {format.spoken}"


def _show_filled(filled: Filled, places: Mapping[str, int], output: Path) -> None:
    for name, place in places.items():
        count = filled.written[name]
        print(f"{name}: {count} grade{'' if count == 1 else 's'} in “{shown(filled.sheet.header[place])}”.")
    print(f"Written to {output}.")
    for remark in dict.fromkeys(filled.remarks):
        print(remark)
    for each in filled.replaced:
        print(f"{each.assignment}: {each.who} had another grade in the file: {each.reason}.")
    _show_listed(filled.listed)


def _show_listed(listed: Sequence[Listed]) -> None:
    """Everybody without a grade, those with one reason together."""
    if listed:
        print(f"{len(listed)} to look at:")
    ordered = sorted(listed, key=lambda each: (each.assignment, each.kind, each.reason))
    for (assignment, kind, reason), group in groupby(ordered, lambda each: (each.assignment, each.kind, each.reason)):
        about = f"{assignment}: " if assignment else ""
        print(f"  {about}{kind}: {_together([each.who for each in group], all_of_them=True)}: {shown(reason, 400)}.")


def _together(names: Sequence[str], *, all_of_them: bool = False) -> str:
    if all_of_them or len(names) <= _NAMES_IN_A_LINE:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMES_IN_A_LINE])} and {len(names) - _NAMES_IN_A_LINE} more"
