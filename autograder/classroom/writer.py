"""The one writer of a run: judged students into the gradebook, their graded notebooks, `verdicts.json`, table rows.

Order per batch: the gradebook in one transaction, then each student's notebook, then `verdicts.json`. A run killed at
any point is completed by the next: what has no matching `verdicts.json` is judged again, and every write is repeatable.

What must survive a power failure is the gradebook, and SQLite sees to that at each transaction. The files are replaced
in one step each but not waited for; a later run compares them with what they should hold and writes them again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.classroom.autograded import GradedNotebooks, pristine_notebook
from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.gradebook import Gradebook, ItemScore, NotebookScores, Standing
from autograder.classroom.handed_in import HandedIn
from autograder.classroom.names import is_folder_name
from autograder.classroom.record import Record, write_record
from autograder.classroom.safe_text import without_paths
from autograder.files import write_if_changed
from autograder.judge import Master, Result


@dataclass(frozen=True)
class Judged:
    """One student as a worker hands it over: what was handed in, the earlier record, the new one, and the number of
    items judged anew and kept from the earlier run. `is_ours`: the judge failed, not the submission.
    """

    student: str
    handed_in: HandedIn
    earlier: Record | None
    record: Record
    anew: int = 0
    kept: int = 0
    is_ours: bool = False


@dataclass(frozen=True)
class Row:
    """One student in the table: `standing` is what the gradebook holds (None: nothing was ever graded)."""

    student: str
    status: str
    standing: Standing | None
    note: str
    anew: int = 0
    kept: int = 0

    @property
    def needs_attention(self) -> bool:
        """Whether the run could not give this student a number that stands by itself."""
        return self.status in ("error", "review")

    @property
    def was_cached(self) -> bool:
        """Whether everything had been judged before and nothing was run."""
        return self.kept > 0 and self.anew == 0


class Writer:
    """Writes judged students of one assignment, from one thread."""

    def __init__(
        self, course: CourseDirectory, assignment: str, masters: Mapping[str, Master], gradebook: Gradebook
    ) -> None:
        self._course = course
        self._assignment = assignment
        self._masters = masters
        self._gradebook = gradebook
        folder = course.folder("source", ".", assignment)
        self._graded = {
            name: GradedNotebooks(pristine_notebook(course, folder / f"{name}.ipynb"), master)
            for name, master in masters.items()
        }

    def write(self, batch: Sequence[Judged]) -> list[Row]:
        """Write these students. Raises `CannotRun` or `OSError` when the gradebook or the disk gives up."""
        with self._gradebook.transaction():
            standings = [self._into_gradebook(judged) for judged in batch]
        rows = []
        for judged, standing in zip(batch, standings, strict=True):
            # Where the judge failed there is nothing to say of the submission: what an earlier run wrote stays.
            if is_folder_name(judged.student) and not judged.is_ours:
                self._into_files(judged)
            note = _note(judged, standing)
            rows.append(Row(judged.student, judged.record.status, standing, note, judged.anew, judged.kept))
        return rows

    def _into_gradebook(self, judged: Judged) -> Standing | None:
        student, record = judged.student, judged.record
        if not is_folder_name(student):
            return None
        if record.status in ("missing", "error"):
            return self._gradebook.standing(student)
        changed = judged.earlier is None or _hashes(judged.earlier) != _hashes(record)
        scores = {
            name: _scores(self._masters[name], entry.result, self._course.root)
            for name, entry in record.notebooks.items()
        }
        return self._gradebook.record(student, judged.handed_in.timestamp, scores, answers_changed=changed)

    def _into_files(self, judged: Judged) -> None:
        record, handed_in = judged.record, judged.handed_in
        folder = self._course.folder("autograded", judged.student, self._assignment)
        if record.status == "missing" and not folder.exists():
            return
        for name, entry in record.notebooks.items():
            content = self._graded[name].make(handed_in.notebooks[name][1], entry.result)
            write_if_changed(folder / f"{name}.ipynb", content)
        if record.notebooks and handed_in.timestamp is not None:
            write_if_changed(folder / "timestamp.txt", f"{handed_in.timestamp.isoformat(' ')} UTC\n".encode())
        write_record(folder, record)


def _scores(master: Master, result: Result, course: Path) -> NotebookScores:
    """The verdicts as gradebook rows; an item that ended in `error` or that a finding leaves open asks for a person.

    Formgrader shows the comments as they stand here, so they name no folder of this machine.
    """
    doubted = {finding.item for finding in result.findings if finding.kind == "two-answers"}
    items: dict[str, ItemScore] = {}
    comments: dict[str, str | None] = {}
    for verdict in result.items:
        auto = None if verdict.status == "error" else verdict.points
        items[verdict.id] = ItemScore(auto, auto is None or verdict.id in doubted)
        spoken_at = master.answers_to(verdict.id)
        if spoken_at and spoken_at[-1].grade_id is not None and verdict.status not in ("passed", "manual"):
            comments[spoken_at[-1].grade_id] = without_paths(verdict.message, course)
    return NotebookScores(items, comments)


def _hashes(record: Record) -> dict[str, str]:
    return {name: entry.answers_hash for name, entry in record.notebooks.items()}


def _note(judged: Judged, standing: Standing | None) -> str:
    """The most useful thing to know about this row, in one sentence or two."""
    record, handed_in = judged.record, judged.handed_in
    if record.status in ("missing", "error"):
        return record.message + (" The earlier grade stands." if standing is not None else "")
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
