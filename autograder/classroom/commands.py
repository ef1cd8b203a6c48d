"""`autograder init`, `grade` and `feedback` as the command line calls them: print, and return the exit code."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import CannotRun

if TYPE_CHECKING:
    from autograder.classroom.crew import Crew
    from autograder.classroom.grade import ClassRun, Row
    from autograder.judge import Limits
    from autograder.judge.sandbox import Isolation


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
    assignment: str,
    *,
    root: Path,
    students: Sequence[str],
    workers: int | None,
    not_isolated: bool,
    fresh: bool,
    dask: str | None,
) -> int:
    """Grade a class; 0 when every student has a number (or handed in nothing), 1 when one is ERROR or REVIEW."""
    from autograder.classroom.machine import usable_cores
    from autograder.judge import Limits

    limits, workers = Limits(), workers or usable_cores()
    asked = {"only": list(students), "fresh": fresh, "not_isolated": not_isolated, "dask": dask}
    place = (
        _here(root, assignment, min(workers, len(students) or workers), limits, not_isolated)
        if dask is None
        else _there(dask, root, assignment, limits, not_isolated)
    )
    with place as (crew, isolation):
        gc.disable()  # what nbgrader's import makes is all kept: looking for garbage in it is a sixth of the time
        from autograder.classroom.course_directory import open_course
        from autograder.classroom.grade import prepare

        gc.enable()
        if isolation == "none":
            print("Not isolated: the submissions run as ordinary programs of the account.", file=sys.stderr)
        run = prepare(
            open_course(root),
            assignment,
            students=students,
            workers=workers,
            limits=limits,
            isolation=isolation,
            crew=crew,
            fresh=fresh,
            asked=asked,
        )
        return _show(run)


@contextmanager
def _here(
    root: Path, assignment: str, size: int, limits: "Limits", not_isolated: bool
) -> Iterator[tuple["Crew", "Isolation"]]:
    """Judges on this machine, started first: they get warm by themselves while this process imports nbgrader."""
    from autograder.classroom.machine import isolation_for_a_class, local_crew
    from autograder.classroom.masters import likely_masters

    isolation = isolation_for_a_class(allow_unisolated=not_isolated)
    with local_crew(size, limits, isolation, likely_masters(root, assignment)) as crew:
        crew.wait_until_open()
        yield crew, isolation


@contextmanager
def _there(
    address: str, root: Path, assignment: str, limits: "Limits", not_isolated: bool
) -> Iterator[tuple["Crew", "Isolation"]]:
    """Judges on the workers of a Dask cluster."""
    try:
        from autograder.classroom.cluster import cluster_crew
    except ModuleNotFoundError as error:
        raise CannotRun('--dask needs one more package: pip install "relapse-to-recovery[dask]".') from error
    from autograder.classroom.course_directory import open_course
    from autograder.classroom.grade import graded_masters

    masters = graded_masters(open_course(root), assignment)
    with cluster_crew(address, limits, masters, allow_unisolated=not_isolated) as (crew, isolation):
        yield crew, isolation


def _show(run: "ClassRun") -> int:
    """Run to the end with progress and a table; the exit code."""
    from rich.console import Console

    from autograder.classroom.table import class_table, summary, watch

    console = Console(highlight=False)
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
    from autograder.classroom.course_directory import open_course
    from autograder.classroom.feedback import write_feedback

    course = open_course(root)
    pages = write_feedback(course, assignment, students=students)
    if not pages:
        raise CannotRun(f"There is nobody to write to: no class list, and nothing was handed in for {assignment}.")
    count = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
    print(f"{count} written to {course.folder('feedback', 'STUDENT', assignment)}/{pages[0].name}")
    return 0
