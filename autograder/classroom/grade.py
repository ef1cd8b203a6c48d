"""`autograder grade`: a whole class, judged by worker threads, written by one writer; it can be stopped anywhere.

Every student on the class list or with a folder in `submitted/` ends in one row: a number, or MISSING (nothing was
handed in), ERROR (nothing could be judged), REVIEW (a number stands, and a person must look). For MISSING and ERROR
nothing is written to the gradebook: a row of zeros there would be exported as a zero, and an earlier grade, with the
marks a person gave, stays until the student hands in something that can be judged.

Order of writing, per student: gradebook (one transaction), then the notebook, then `verdicts.json`. A run killed at any
point is completed by the next: what has no matching `verdicts.json` is judged again, and every write is repeatable.
"""

import queue
import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from autograder.classroom.autograded import graded_notebook, pristine_notebook
from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.gradebook import Gradebook, ItemScore, NotebookScores, Standing
from autograder.classroom.handed_in import HandedIn, read_handed_in
from autograder.classroom.names import is_folder_name
from autograder.classroom.record import (
    NotebookRecord,
    Record,
    answers_hash,
    cache_key,
    read_record,
    write_record,
)
from autograder.errors import CannotRun
from autograder.files import write_bytes, write_text
from autograder.judge import Limits, Master, MasterError, Result, judge, load_master, sandbox


@dataclass(frozen=True)
class Row:
    """One student in the table: `standing` is what the gradebook holds (None: nothing was ever graded)."""

    student: str
    status: str
    standing: Standing | None
    note: str
    was_cached: bool = False

    @property
    def needs_attention(self) -> bool:
        """Whether the run could not give this student a number that stands by itself."""
        return self.status in ("error", "review")


@dataclass(frozen=True)
class _Judged:
    """One student as a worker hands it to the writer."""

    student: str
    handed_in: HandedIn
    record: Record
    was_cached: bool


@dataclass(frozen=True)
class ClassRun:
    """One run over a class: open it with `prepare`, then iterate `rows`."""

    course: CourseDirectory
    assignment: str
    masters: Mapping[str, Master]
    students: tuple[str, ...]
    isolation: sandbox.Isolation
    limits: Limits
    workers: int
    fresh: bool

    def rows(self) -> Generator[Row, None, None]:
        """Judge and write student by student; rows come as they are done.

        Raises `CannotRun` or `OSError` when the gradebook or the disk gives up. Closing the iterator stops the workers
        after what they are doing.
        """
        pristine = {name: pristine_notebook(self.course, self._source(name)) for name in self.masters}
        done: queue.SimpleQueue[_Judged] = queue.SimpleQueue()
        stop = threading.Event()
        waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        for student in self.students:
            waiting.put(student)

        def work() -> None:
            while not stop.is_set():
                try:
                    student = waiting.get_nowait()
                except queue.Empty:
                    return
                done.put(self._judge(student))

        # Daemons: Ctrl+C must not wait for a submission that loops; the judge's children die with this process.
        for _ in range(min(self.workers, len(self.students))):
            threading.Thread(target=work, daemon=True).start()
        try:
            with Gradebook(self.course, self.assignment) as gradebook:
                for _ in self.students:
                    yield self._write(gradebook, pristine, done.get())
        finally:
            stop.set()

    def _source(self, notebook: str) -> Path:
        return self.course.folder("source", ".", self.assignment) / f"{notebook}.ipynb"

    def _judge(self, student: str) -> _Judged:
        """What a worker does: read, judge (or find the verdict of an earlier run). Touches no database."""
        try:
            if not is_folder_name(student):
                handed_in = HandedIn({}, error="This name on the class list cannot be the name of a folder.")
                return _Judged(student, handed_in, Record("error", handed_in.error or "", {}), False)
            handed_in = read_handed_in(self.course.folder("submitted", student, self.assignment), self.masters)
            if handed_in.error is not None:
                return _Judged(student, handed_in, Record("error", handed_in.error, {}), False)
            if handed_in.is_empty:
                return _Judged(student, handed_in, Record("missing", "Nothing was handed in.", {}), False)
            earlier = None if self.fresh else read_record(self.course.folder("autograded", student, self.assignment))
            notebooks: dict[str, NotebookRecord] = {}
            was_cached = True
            for name, (file, submission) in handed_in.notebooks.items():
                key = cache_key(submission, self.masters[name], self.limits, self.isolation)
                known = earlier.notebooks.get(name) if earlier is not None else None
                if known is not None and known.key == key and _is_settled(known.result):
                    notebooks[name] = replace(known, file=file)
                    continue
                was_cached = False
                result = _with_review(judge(self.masters[name], submission, self.limits, self.isolation))
                notebooks[name] = NotebookRecord(file, answers_hash(submission), key, result)
            return _Judged(student, handed_in, _overall(self.masters, notebooks), was_cached)
        except Exception as error:  # whatever one submission does to us, the class goes on and the table says so
            message = f"The judge itself failed ({type(error).__name__}: {error}); grade this student again."
            return _Judged(student, HandedIn({}, error=message), Record("error", message, {}), False)

    def _write(self, gradebook: Gradebook, pristine: Mapping[str, NotebookNode], judged: _Judged) -> Row:
        student, record, handed_in = judged.student, judged.record, judged.handed_in
        if not is_folder_name(student):
            return Row(student, record.status, None, record.message)
        folder = self.course.folder("autograded", student, self.assignment)
        standing = gradebook.standing(student)
        if record.status in ("missing", "error"):
            note = record.message + (" The earlier grade stands." if standing is not None else "")
            if record.status == "error" or folder.exists():
                write_record(folder, record)
            return Row(student, record.status, standing, note)
        before = read_record(folder)
        changed = before is None or _hashes(before) != _hashes(record)
        scores = {name: _scores(self.masters[name], entry.result) for name, entry in record.notebooks.items()}
        standing = gradebook.record(student, handed_in.timestamp, scores, answers_changed=changed)
        for name, entry in record.notebooks.items():
            target = folder / f"{name}.ipynb"
            if not (judged.was_cached and target.exists()):
                submission = handed_in.notebooks[name][1]
                write_bytes(target, graded_notebook(pristine[name], self.masters[name], submission, entry.result))
        if handed_in.timestamp is not None:
            write_text(folder / "timestamp.txt", f"{handed_in.timestamp.isoformat(' ')} UTC\n")
        if before != record:
            write_record(folder, record)
        return Row(student, record.status, standing, _note(record, handed_in), judged.was_cached)


def prepare(
    course: CourseDirectory,
    assignment: str,
    *,
    students: Sequence[str] = (),
    workers: int = 2,
    allow_unisolated: bool = False,
    fresh: bool = False,
    limits: Limits | None = None,
) -> ClassRun:
    """Check everything that must hold before a class is graded, and say who is in it.

    `students` empty means everybody: the class list and all folders in `submitted/`. Raises `CannotRun` when the
    assignment is unknown, was changed since it was generated, a named student is unknown, or nothing isolates the
    submissions and `allow_unisolated` is not set.
    """
    isolation = _isolation(allow_unisolated)
    masters = graded_masters(course, assignment)
    with Gradebook(course, assignment) as gradebook:
        _check_generated(course, assignment, masters, gradebook.points)
        everybody = sorted({*gradebook.students(), *course.students_with_folders(assignment)})
    unknown = [student for student in students if student not in everybody]
    if unknown:
        raise CannotRun(f"There is no student {unknown[0]!r} on the class list or in submitted/.")
    chosen = tuple(students) or tuple(everybody)
    if not chosen:
        raise CannotRun(f"There is nobody to grade: put what was handed in under submitted/STUDENT/{assignment}/.")
    return ClassRun(course, assignment, masters, chosen, isolation, limits or Limits(), max(1, workers), fresh)


def _isolation(allow_unisolated: bool) -> sandbox.Isolation:
    if sandbox.available():
        return "bubblewrap"
    if not allow_unisolated:
        raise CannotRun(
            "Submissions are programs of other people, and nothing isolates them on this machine: "
            f"{sandbox.why_not()} Run `autograder doctor` for more, or give --not-isolated if you accept that."
        )
    return "none"


def graded_masters(course: CourseDirectory, assignment: str) -> dict[str, Master]:
    """The notebooks of an assignment that hold graded cells."""
    folder = course.folder("source", ".", assignment)
    if not folder.is_dir():
        known = ", ".join(course.assignments()) or "none yet"
        raise CannotRun(f"There is no assignment {assignment!r} in {course.root} (assignments: {known}).")
    try:
        found = {path.stem: load_master(path) for path in sorted(folder.glob("*.ipynb"))}
    except MasterError as error:
        raise CannotRun(str(error)) from error
    graded = {name: replace(m, assignment=assignment, notebook=name) for name, m in found.items() if m.items}
    if not graded:
        raise CannotRun(f"No notebook in {folder} holds a graded cell.")
    return graded


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


def _is_settled(result: Result) -> bool:
    """Whether judging again would say the same: not where a slow or broken machine may have had a part in it."""
    return all(item.status not in ("error", "timeout") for item in result.items) and not any(
        finding.kind == "given-cell" for finding in result.findings
    )


def _with_review(result: Result) -> Result:
    """A judged file with a rival file beside it has a number, but a person must look first."""
    rival = any(finding.kind == "several-files" for finding in result.findings)
    return replace(result, status="review") if rival and result.status == "graded" else result


def _scores(master: Master, result: Result) -> NotebookScores:
    """The verdicts as gradebook rows; an item that ended in `error` or that a finding leaves open asks for a person."""
    doubted = {finding.item for finding in result.findings if finding.kind == "two-answers"}
    items: dict[str, ItemScore] = {}
    comments: dict[str, str | None] = {}
    for verdict in result.items:
        auto = None if verdict.status == "error" else verdict.points
        items[verdict.id] = ItemScore(auto, auto is None or verdict.id in doubted)
        spoken_at = master.answers_to(verdict.id)
        if spoken_at and spoken_at[-1].grade_id is not None and verdict.status not in ("passed", "manual"):
            comments[spoken_at[-1].grade_id] = verdict.message
    return NotebookScores(items, comments)


def _hashes(record: Record) -> dict[str, str]:
    return {name: entry.answers_hash for name, entry in record.notebooks.items()}


def _note(record: Record, handed_in: HandedIn) -> str:
    """The most useful thing to know about this row, in one sentence or two."""
    notes: list[str] = [record.message] if record.message else []
    for entry in record.notebooks.values():
        findings = sorted(entry.result.findings, key=lambda f: f.kind not in ("several-files", "two-answers"))
        broken = [item for item in entry.result.items if item.status in ("error", "timeout")]
        notes += [f"{f.item}: {f.message}" if f.item else f.message for f in findings]
        notes += [f"{item.id}: {item.message}" for item in broken if not any(item.message in note for note in notes)]
    if handed_in.timestamp_note:
        notes.append(handed_in.timestamp_note)
    if len(notes) > 2:
        notes = [*notes[:1], f"(and {len(notes) - 1} more remarks on the feedback page.)"]
    return " ".join(notes)
