"""`autograder grade`: a whole class, judged by a crew of workers, written by one writer; it can be stopped anywhere.

Every student on the class list or with a folder in `submitted/` ends in one row: a number, or MISSING (nothing was
handed in), ERROR (nothing could be judged), REVIEW (a number stands, and a person must look). For MISSING and ERROR
nothing is written to the gradebook: a row of zeros there would be exported as a zero, and an earlier grade, with the
marks a person gave, stays until the student hands in something that can be judged.

A worker reads what was handed in, finds the verdicts of an earlier run that still hold, and has the rest judged.
"""

import os
import queue
import time
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.crew import Crew, Engine, JudgeFailed, taken_from
from autograder.classroom.gradebook import Gradebook
from autograder.classroom.handed_in import HandedIn, read_handed_in
from autograder.classroom.machine import isolation_for_a_class, local_crew, usable_cores, versions
from autograder.classroom.masters import masters_in
from autograder.classroom.names import is_folder_name
from autograder.classroom.record import NotebookRecord, Record, answers_hash, read_record
from autograder.classroom.reuse import combined, kept_verdicts, noticed_in_run
from autograder.classroom.run_log import logged_run
from autograder.classroom.writer import Judged, Row, Writer
from autograder.errors import CannotRun
from autograder.judge import Limits, Master, sandbox
from autograder.judge.keys import keys_of

__all__ = ["ClassRun", "Row", "graded_masters", "prepare"]

_BATCH = 32
"""Students written in one transaction, when that many are waiting for the writer."""


@dataclass(frozen=True)
class ClassRun:
    """One run over a class: open it with `prepare`, then iterate `rows`.

    `crew`: the workers; None starts some of `workers` here, for this run. `asked`: for the log of runs.
    """

    course: CourseDirectory
    assignment: str
    masters: Mapping[str, Master]
    students: tuple[str, ...]
    isolation: sandbox.Isolation
    limits: Limits
    workers: int
    fresh: bool
    crew: Crew | None = None
    asked: Mapping[str, Any] = field(default_factory=dict)

    def rows(self) -> Generator[Row, None, None]:
        """Judge and write student by student; rows come as they are done.

        Raises `CannotRun` or `OSError` when the gradebook or the disk gives up, or when another run is at work in the
        course directory. Closing the iterator stops the workers after what they are doing.
        """
        with ExitStack() as open_things:
            end = open_things.enter_context(logged_run(self.course.root, self._start()))
            crew = self.crew or open_things.enter_context(
                local_crew(min(self.workers, len(self.students)), self.limits, self.isolation, self.masters)
            )
            done: queue.SimpleQueue[Future[Judged]] = queue.SimpleQueue()
            for student in self.students:
                crew.submit(partial(self._judge, student)).add_done_callback(done.put)
            gradebook = open_things.enter_context(Gradebook(self.course, self.assignment))
            writer = Writer(self.course, self.assignment, self.masters, gradebook)
            began, count = time.monotonic(), Counter[str]()
            while count.total() < len(self.students):
                batch = [done.get().result()]
                while len(batch) < _BATCH and not done.empty():
                    batch.append(done.get().result())
                rows = writer.write(batch)
                count.update(row.status for row in rows)
                end |= {"students": dict(count), "seconds": round(time.monotonic() - began, 1)}
                end["items_judged"] = end.get("items_judged", 0) + sum(row.anew for row in rows)
                end["items_kept"] = end.get("items_kept", 0) + sum(row.kept for row in rows)
                end["judge_asked_twice"] = [*end.get("judge_asked_twice", ()), *taken_from(crew.troubles)]
                yield from rows
            if hasattr(os, "sync"):
                os.sync()  # the files were not waited for one by one
            end["finished"] = True

    def _start(self) -> dict[str, Any]:
        """What the log says when the run starts."""
        return {
            "assignment": self.assignment,
            "students": len(self.students),
            "workers": self.workers,
            "isolation": self.isolation,
            "versions": dict(versions()),
            "limits": asdict(self.limits),
            **self.asked,
        }

    def _judge(self, student: str, engine: Engine) -> Judged:
        """What a worker does: read, judge (or find the verdicts of an earlier run). Touches no database."""
        try:
            if not is_folder_name(student):
                return _nothing(student, "This name on the class list cannot be the name of a folder.")
            handed_in = read_handed_in(self.course.folder("submitted", student, self.assignment), self.masters)
            earlier = read_record(self.course.folder("autograded", student, self.assignment))
            if handed_in.error is not None:
                return Judged(student, handed_in, earlier, Record("error", handed_in.error, {}))
            if handed_in.is_empty:
                return Judged(student, handed_in, earlier, Record("missing", "Nothing was handed in.", {}))
            notebooks: dict[str, NotebookRecord] = {}
            anew = kept = 0
            for name in handed_in.notebooks:
                known = earlier.notebooks.get(name) if earlier is not None else None
                notebooks[name], reused = self._notebook(name, handed_in, known, engine)
                kept += reused
                anew += len(notebooks[name].result.items) - reused
            return Judged(student, handed_in, earlier, _overall(self.masters, notebooks), anew, kept)
        except Exception as error:  # whatever one submission does to us, the class goes on and the table says so
            why = str(error) if isinstance(error, JudgeFailed) else f"{type(error).__name__}: {error}"
            message = f"The judge itself failed ({why.rstrip('.')}); grade this student again."
            return replace(_nothing(student, message), is_ours=True)

    def _notebook(
        self, name: str, handed_in: HandedIn, known: NotebookRecord | None, engine: Engine
    ) -> tuple[NotebookRecord, int]:
        """The record of one notebook, and how many of its verdicts were kept from the earlier run."""
        master, (file, submission) = self.masters[name], handed_in.notebooks[name]
        keys = keys_of(master, submission, self.limits, self.isolation, versions())
        kept = {} if self.fresh or submission.error is not None else kept_verdicts(known, keys)
        if known is not None and len(kept) == len(master.items) and known.keys.run == keys.run:
            run, noticed = known.result, known.noticed
        else:
            run = engine.judge(master, submission)
            noticed = noticed_in_run(submission, run)
        if run.status not in ("error", "missing"):
            run = combined(master, submission, run, noticed, kept)
        return NotebookRecord(file, answers_hash(submission), keys, run, noticed), len(kept)


def prepare(
    course: CourseDirectory,
    assignment: str,
    *,
    students: Sequence[str] = (),
    workers: int | None = None,
    allow_unisolated: bool = False,
    fresh: bool = False,
    limits: Limits | None = None,
    crew: Crew | None = None,
    isolation: sandbox.Isolation | None = None,
    asked: Mapping[str, Any] | None = None,
) -> ClassRun:
    """Check everything that must hold before a class is graded, and say who is in it.

    `students` empty means everybody: the class list and all folders in `submitted/`. `workers`: default one per core.
    `crew`: workers that already run, under this `isolation` and these `limits`. Raises `CannotRun` when the
    assignment is unknown, was changed since it was generated, a named student is unknown, or nothing isolates the
    submissions and `allow_unisolated` is not set.
    """
    isolation = isolation or isolation_for_a_class(allow_unisolated=allow_unisolated)
    masters = graded_masters(course, assignment)
    with Gradebook(course, assignment) as gradebook:
        _check_generated(course, assignment, masters, gradebook.points)
        everybody = sorted({*gradebook.students(), *course.students_with_folders(assignment)})
    unknown = [student for student in students if student not in everybody]
    if unknown:
        raise CannotRun(f"There is no student {unknown[0]!r} on the class list or in submitted/.")
    chosen = tuple(dict.fromkeys(students)) or tuple(everybody)
    if not chosen:
        raise CannotRun(f"There is nobody to grade: put what was handed in under submitted/STUDENT/{assignment}/.")
    return ClassRun(
        course=course,
        assignment=assignment,
        masters=masters,
        students=chosen,
        isolation=isolation,
        limits=limits or Limits(),
        workers=max(1, workers or usable_cores()),
        fresh=fresh,
        crew=crew,
        asked=asked or {},
    )


def graded_masters(course: CourseDirectory, assignment: str) -> dict[str, Master]:
    """The notebooks of an assignment that hold graded cells."""
    folder = course.folder("source", ".", assignment)
    if not folder.is_dir():
        known = ", ".join(course.assignments()) or "none yet"
        raise CannotRun(f"There is no assignment {assignment!r} in {course.root} (assignments: {known}).")
    return masters_in(folder)


def _check_generated(
    course: CourseDirectory,
    assignment: str,
    masters: Mapping[str, Master],
    generated: Mapping[str, Mapping[str, float]],
) -> None:
    """The gradebook's cells are those of the source; otherwise points would go to cells that no longer exist."""
    for name, master in masters.items():
        now = {cell.grade_id: cell.points for cell in master.items}
        if now != dict(generated.get(name, {})):
            raise CannotRun(
                f"source/{assignment}/{name}.ipynb has other graded cells or points than the gradebook: "
                f"run `nbgrader generate_assignment --force {assignment}` in {course.root} first."
            )


def _overall(masters: Mapping[str, Master], notebooks: Mapping[str, NotebookRecord]) -> Record:
    """One status for all notebooks of the assignment together."""
    results = {name: entry.result for name, entry in notebooks.items()}
    for result in results.values():
        if result.status in ("error", "missing"):
            message = result.findings[-1].message if result.findings else "Nothing in this file could be judged."
            return Record("error", message, {})
    absent = [name for name in masters if name not in results]
    if absent:
        return Record("review", f"{', '.join(absent)} was not handed in.", notebooks)
    status = "review" if any(result.status == "review" for result in results.values()) else "graded"
    return Record(status, "", notebooks)


def _nothing(student: str, message: str) -> Judged:
    """A student for whom nothing could be judged."""
    return Judged(student, HandedIn({}, error=message), None, Record("error", message, {}))
