"""`autograder init`, `grade` and `feedback` as the command line calls them: print, and return the exit code."""

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from autograder.classroom.course_directory import open_course
from autograder.errors import CannotRun


def init(root: Path, *, demo: bool, course_id: str | None) -> int:
    """Make or complete a course directory; 0 also when something was left as it is."""
    from autograder.classroom.demo import add_demo_class
    from autograder.classroom.init import init_course

    course = init_course(root, course_id=course_id)
    if demo:
        add_demo_class(course)
    names = course.assignments()
    print(f"{root} holds {len(names)} assignment{'' if len(names) == 1 else 's'}.")
    if names:
        print(f"Next: autograder grade {names[0]} --course {root}")
    return 0


def grade(
    assignment: str, *, root: Path, students: Sequence[str], workers: int, not_isolated: bool, fresh: bool
) -> int:
    """Grade a class; 0 when every student has a number (or handed in nothing), 1 when one is ERROR or REVIEW."""
    from autograder.classroom.grade import Row, prepare
    from autograder.classroom.table import class_table, summary, watch

    console = Console(highlight=False)
    run = prepare(
        open_course(root),
        assignment,
        students=students,
        workers=workers,
        allow_unisolated=not_isolated,
        fresh=fresh,
    )
    if run.isolation == "none":
        print("Not isolated: the submissions run as ordinary programs of this account.", file=sys.stderr)
    rows: list[Row] = []
    try:
        watch(run, console, rows)
    except KeyboardInterrupt:
        print(
            f"Stopped. {len(rows)} of {len(run.students)} students are saved; the same command goes on from there.",
            file=sys.stderr,
        )
        return 130
    # Where nobody watches (a log, a pipe) the table is as wide as it needs to be.
    wide = console if console.is_terminal else Console(highlight=False, width=160)
    wide.print(class_table(rows))
    wide.print(summary(rows))
    return 1 if any(row.needs_attention for row in rows) else 0


def feedback(assignment: str, *, root: Path, students: Sequence[str]) -> int:
    """Write the feedback pages; 0 when every student has one."""
    from autograder.classroom.feedback import write_feedback

    course = open_course(root)
    pages = write_feedback(course, assignment, students=students)
    if not pages:
        raise CannotRun(f"There is nobody to write to: no class list, and nothing was handed in for {assignment}.")
    count = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
    print(f"{count} written to {course.folder('feedback', 'STUDENT', assignment)}/{pages[0].name}")
    return 0
