"""`autograder report` as the command line calls it: writes the files, prints what matters, returns the exit code."""

from pathlib import Path

from autograder.analysis import csv_file, page
from autograder.analysis.advice import in_order
from autograder.analysis.analyse import ENOUGH, Analysis, analyse
from autograder.analysis.collect import collect
from autograder.classroom.course_directory import open_course
from autograder.classroom.names import shown
from autograder.errors import CannotRun
from autograder.files import write_text


def report(assignment: str, *, root: Path, output: Path | None, csv: Path | None, names: bool) -> int:
    """Write the report of one assignment; 0 when it is written.

    `output`: the page (default: reports/ASSIGNMENT.html in the course directory). Raises `CannotRun` where there is
    nothing to report on, and for a file name that would replace something else.
    """
    course = open_course(root)
    output = output or course.root / "reports" / f"{assignment}.html"
    _check(output, ".html")
    if csv is not None:
        _check(csv, ".csv")
    analysis = analyse(collect(course, assignment))
    write_text(output, page.render(analysis, course.root, names=names))
    if csv is not None:
        write_text(csv, csv_file.render(analysis))
    _show(analysis)
    print(f"Written to {output}{f' and {csv}' if csv is not None else ''}")
    return 0


def _check(path: Path, ending: str) -> None:
    """A typing mistake must not put a page over a gradebook or somebody's notebook."""
    if path.is_dir():
        raise CannotRun(f"{path} is a folder: name a file in it, such as {path / f'report{ending}'}.")
    if path.suffix.lower() != ending:
        raise CannotRun(f"{path} does not end in {ending}: name a file that does.")


def _show(analysis: Analysis) -> None:
    counted = len(analysis.counted)
    known = analysis.reliability
    whole = "" if known is None else f"; α = {known.alpha.value:.2f} ({known.alpha.low:.2f} to {known.alpha.high:.2f})"
    print(f"{counted} of {len(analysis.data.students)} students counted, {len(analysis.items)} items{whole}.")
    for student in analysis.data.students:
        if not student.is_counted:
            print(f"  not counted: {shown(student.id)}: {student.status.upper()}. {shown(student.why, 200)}")
    if counted < ENOUGH:
        print(f"Too few students to judge an item; it takes {ENOUGH}.")
        return
    urgent = [(result, advice) for result, advice in in_order(analysis.items) if advice.level == "look"]
    for result, advice in urgent:
        print(f"  look at {result.item.key[1]}: {advice.headline}")
    if not urgent:
        print("No item stands out as bad.")
