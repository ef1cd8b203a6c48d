"""Stock `nbgrader autograde` and formgrader's Autograde button, with the judge of `autograder grade`.

nbgrader has no setting for the converter that runs submissions. What it makes from a configured class is the exporter:
after it has looked which submissions there are, and before it reads, runs or writes anything. So that is where we come
in: `Autograde.exporter_class` names `JudgedClass`, which takes the conversion over as soon as it is made.

The setting stands in every course directory's own configuration and, shipped with this package, in the environment's.
The second holds when the first does not load, which nbgrader itself takes for a reason to go on unprotected. Course
directories that are not ours are left to nbgrader.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from traitlets import Bool, Integer

from autograder.classroom.course_directory import CourseDirectory, open_course
from autograder.classroom.grade import ClassRun, Row, prepare
from autograder.classroom.gradebook import Gradebook
from autograder.classroom.marker import marked_course
from autograder.classroom.names import shown
from autograder.classroom.table import score, summary
from autograder.errors import CannotRun
from autograder.nbgrader_plugin.support_files import copy_support_files


class JudgedClass(NotebookExporter):  # type: ignore[misc]  # nbgrader and nbconvert have no types
    """The value of `Autograde.exporter_class`: in a course directory of ours, autograding is done by the judge."""

    not_isolated = Bool(False, help="Grade although nothing isolates the submissions on this machine.").tag(config=True)
    workers = Integer(2, help="Submissions judged at a time.").tag(config=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        converter = self.parent
        if isinstance(converter, Autograde) and marked_course(Path(converter.coursedir.root)):
            converter.convert_notebooks = partial(
                _convert, converter, workers=self.workers, not_isolated=self.not_isolated
            )


def refuse_stock(**_: Any) -> None:
    """The environment's `Autograde.pre_convert_hook`: it is reached only where `JudgedClass` was configured away.

    Raises `SystemExit`: nbgrader takes any other exception of a hook for a remark and goes on.
    """
    if marked_course(Path.cwd()):
        raise SystemExit(
            "nbgrader_config.py sets Autograde.exporter_class to something else, so submissions would run unprotected: "
            "take that line out, or grade with `autograder grade`. Nothing was graded."
        )


def _convert(converter: Autograde, *, workers: int, not_isolated: bool) -> None:
    """In place of `Autograde.convert_notebooks`: every submission it found, judged as `autograder grade` does.

    Raises `NbGraderException`, which nbgrader turns into exit code 1 or into formgrader's error box.
    """
    without_number: list[str] = []
    if converter.config.Execute.get("enabled") is False:
        converter.log.warning("--no-execute is not followed: the judge runs every answer, in its sandbox.")
    try:
        course = open_course(Path(converter.coursedir.root))
        course.app.coursedir = converter.coursedir  # with what the command line says of the database and the folders
        for assignment in sorted({Path(folder).name for folder in converter.assignments}):
            run = prepare(
                course,
                assignment,
                workers=workers,
                allow_unisolated=not_isolated,
                fresh=bool(converter.force),
                asked={"by": "nbgrader", "only": [converter.coursedir.student_id], "fresh": bool(converter.force)},
            )
            if run.isolation == "none":
                converter.log.warning("Not isolated: the submissions run as ordinary programs of this account.")
            students = _chosen(converter, course, run)
            without_number += _grade(converter, replace(run, students=students))
    except (CannotRun, OSError) as error:
        # `autograder grade` has an option for this, nbgrader a setting.
        _fail(converter, str(error).replace("give --not-isolated", "set c.JudgedClass.not_isolated = True"))
    if without_number:
        _fail(converter, f"No verdict for {', '.join(map(shown, without_number))}: see above.")


def _chosen(converter: Autograde, course: CourseDirectory, run: ClassRun) -> tuple[str, ...]:
    """The students of this run that nbgrader's own settings ask for."""
    excluded = converter.coursedir.student_id_exclude.split(",")
    pattern = converter.coursedir.student_id
    chosen = tuple(name for name in run.students if fnmatchcase(name, pattern) and name not in excluded)
    if not converter.create_student:
        with Gradebook(course, run.assignment) as gradebook:
            unknown = sorted(set(chosen) - set(gradebook.students()))
        if unknown:
            raise CannotRun(f"No student with ID {unknown[0]!r} exists in the database, and create_student is off.")
    if not chosen:
        raise CannotRun(f"There is nobody to grade for {run.assignment}.")
    return chosen


def _grade(converter: Autograde, run: ClassRun) -> list[str]:
    """Grade, say how it went line by line, and name the students who have no number."""
    if converter.coursedir.notebook_id != "*":
        converter.log.warning("--notebook is not followed: all notebooks of %s are graded.", run.assignment)
    for student in run.students:
        _hook(converter, run, student, converter.pre_convert_hook, converter.run_pre_convert_hook)
    rows = []
    for row in run.rows():
        rows.append(row)
        _say(converter, row, f"{len(rows)}/{len(run.students)}")
        if row.status in ("graded", "review"):
            copy_support_files(converter, run.course, row.student, run.assignment)
            converter.set_permissions(run.assignment, row.student)
            _hook(converter, run, row.student, converter.post_convert_hook, converter.run_post_convert_hook)
    converter.log.info("%s: %s", run.assignment, summary(rows))
    return sorted(row.student for row in rows if row.status == "error")


def _say(converter: Autograde, row: Row, count: str) -> None:
    level = {"error": converter.log.error, "review": converter.log.warning}.get(row.status, converter.log.info)
    level("%s  %s  %s  %s", count, shown(row.student), score(row), shown(row.note, 400))


def _hook(converter: Autograde, run: ClassRun, student: str, hook: Any, call: Any) -> None:
    """Call the instructor's own hook as stock does, with the student's notebooks."""
    if hook is None or hook is refuse_stock:
        return
    converter.notebooks = list(_notebooks(converter, student, run.assignment))
    call()


def _notebooks(converter: Autograde, student: str, assignment: str) -> Iterator[str]:
    for folder, notebooks in converter.assignments.items():
        if os.path.normpath(folder).split(os.sep)[-2:] == [student, assignment]:
            yield from sorted(notebooks)


def _fail(converter: Autograde, sentence: str) -> None:
    converter.log.error(sentence)
    raise NbGraderException(sentence)
