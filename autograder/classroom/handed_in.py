"""Which file of a student's folder is which notebook, and when it was handed in."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.classroom.names import shown
from autograder.intake.answers import extract, nothing
from autograder.intake.folder import files_in
from autograder.intake.notebook_file import NotebookFile, UnreadableNotebook, parse_notebook
from autograder.intake.opening import Unreadable, open_file
from autograder.judge import Finding, Master, Submission

_MOST_NOTEBOOKS = 50  # looked at for one student
_MOST_CHARS = 20_000_000  # of all cells of these together
_WEB_PAGES = (".html", ".htm", ".pdf")


@dataclass(frozen=True)
class HandedIn:
    """What one student handed in for one assignment.

    `notebooks`: notebook name → the file's name and the answers in it; a notebook that was not handed in is absent.
    `error`: one sentence when the folder itself cannot be used. `is_empty`: nothing at all was handed in.
    """

    notebooks: Mapping[str, tuple[str, Submission]]
    timestamp: datetime | None = None
    timestamp_note: str | None = None
    error: str | None = None
    is_empty: bool = False


@dataclass(frozen=True)
class _File:
    """A file that may be a notebook: what is in it, or why nothing could be read."""

    name: str
    content: NotebookFile | None
    problem: str | None = None

    @property
    def is_at_top(self) -> bool:
        return "/" not in self.name

    @property
    def stem(self) -> str:
        return self.name.rpartition("/")[2].partition(".")[0]


def read_handed_in(folder: Path, masters: Mapping[str, Master]) -> HandedIn:
    """Read one student's folder for one assignment; raises nothing for what it holds."""
    if not os.path.lexists(folder):
        return HandedIn({}, is_empty=True)
    if folder.is_symlink() or folder.parent.is_symlink() or not folder.is_dir():
        return HandedIn({}, error="What was handed in is a link or a file, not a folder: ask for the folder itself.")
    try:
        entries = sorted(entry.name for entry in os.scandir(folder))
        notebooks = _notebooks(folder, masters)
    except OSError as error:
        return HandedIn({}, error=f"The folder cannot be read ({error.strerror}).")
    except Unreadable as error:
        return HandedIn({}, error=str(error))
    timestamp, note = _timestamp(folder / "timestamp.txt")
    others = [name for name in entries if name != "timestamp.txt" and not name.startswith(".")]
    if not notebooks and others:
        return HandedIn({}, timestamp, note, error=_not_there(masters, others))
    return HandedIn(notebooks, timestamp, note, is_empty=not notebooks)


def _notebooks(folder: Path, masters: Mapping[str, Master]) -> dict[str, tuple[str, Submission]]:
    files = _read(folder, _is_notebook)
    found = {name: _candidates(files, name, master, masters) for name, master in masters.items()}
    if not all(found.values()):  # nothing that is called a notebook: perhaps it is called something else
        files = [file for file in _read(folder, _may_be_notebook) if file.content is not None]
        found = {name: found[name] or _candidates(files, name, master, masters) for name, master in masters.items()}
    return {name: _choose(candidates, name, masters[name]) for name, candidates in found.items() if candidates}


def _is_notebook(name: str) -> bool:
    return f"{name.lower()}.".find(".ipynb.") > 0


def _may_be_notebook(name: str) -> bool:
    return name != "timestamp.txt" and os.path.splitext(name.lower())[1] in ("", ".py", ".json", ".txt")


def _read(folder: Path, wanted: Callable[[str], bool]) -> list[_File]:
    files: list[_File] = []
    chars = 0
    for found in files_in(folder, wanted):
        if len(files) == _MOST_NOTEBOOKS or chars > _MOST_CHARS:
            raise Unreadable("More notebooks were handed in than are looked at: ask for the one that counts.")
        if found.problem is not None:
            files.append(_File(found.name, None, found.problem))
            continue
        try:
            content = parse_notebook(found.name.rpartition("/")[2], found.data)
        except UnreadableNotebook as error:
            files.append(_File(found.name, None, str(error)))
        else:
            chars += sum(len(cell.source) for cell in content.cells)
            files.append(_File(found.name, content))
    return files


def _candidates(files: Sequence[_File], name: str, master: Master, masters: Mapping[str, Master]) -> list[_File]:
    """The files that may be this notebook, the likeliest first."""
    ranks: list[list[_File]] = [[], [], [], []]
    for file in sorted(files, key=lambda file: not file.is_at_top):
        could_be = file.stem == name or len(masters) == 1
        if file.name == f"{name}.ipynb":
            ranks[0].append(file)
        elif file.content is None:
            ranks[2] += [file] if could_be else []
        elif file.content.assignment is None and file.content.notebook is None:
            shared = _shared(file.content, master)
            ranks[1 if shared else 2] += [file] if shared or could_be else []
        elif (file.content.assignment, file.content.notebook) == (master.assignment, master.notebook):
            ranks[1].append(file)
        elif _shared(file.content, master) >= 0.5:
            ranks[3].append(file)  # says that it is another, as where an assignment was given a new name
    return [*ranks[0], *ranks[1], *ranks[2]] or ranks[3]


def _shared(content: NotebookFile, master: Master) -> float:
    """How much of the master's answers and checks is in a file, from 0 to 1."""
    asked = {cell.grade_id for cell in master.cells if cell.item is not None}
    return len(asked & {cell.grade_id for cell in content.cells}) / max(1, len(asked))


def _choose(candidates: Sequence[_File], name: str, master: Master) -> tuple[str, Submission]:
    """The file to judge: the first that can be read and holds an answer; others with other answers are a finding."""
    read = [(file, _submission(file, master)) for file in candidates]
    usable = [(file, submission) for file, submission in read if submission.error is None]
    answered = [(file, submission) for file, submission in usable if submission.touched]
    chosen, submission = (answered or usable or read)[0]
    if submission.error is not None:
        return chosen.name, submission
    findings = list(submission.findings)
    base = chosen.name.rpartition("/")[2]
    if base != f"{name}.ipynb":
        message = f"The file is called {shown(base)} instead of {name}.ipynb."
        findings.append(Finding("renamed", None, message))
    if not chosen.is_at_top:
        findings.append(
            Finding("unpacked", None, f"The notebook was found inside {shown(chosen.name[: -len(base) - 1])}.")
        )
    rivals = [file for file, other in answered if file is not chosen and other.answers != submission.answers]
    if rivals:
        listed = ", ".join(shown(rival.name) for rival in rivals)
        message = f"{shown(chosen.name)} was judged, but {listed} holds other answers: decide which counts."
        findings.append(Finding("several-files", None, message))
    broken = [other.error for file, other in read if other.error is not None and file is not chosen]
    if broken:
        # Without an answer in the file that can be read, the one that cannot may be what was meant.
        kind = "left-out" if submission.touched else "several-files"
        findings.append(Finding(kind, None, f"Another file could not be used: {broken[0]}"))
    return chosen.name, replace(submission, findings=tuple(findings))


def _submission(file: _File, master: Master) -> Submission:
    return nothing(file.problem or "") if file.content is None else extract(file.content, master)


def _not_there(masters: Mapping[str, Master], others: Sequence[str]) -> str:
    listed = ", ".join(shown(name) for name in others[:3]) + (" …" if len(others) > 3 else "")
    wanted = " or ".join(f"{name}.ipynb" for name in masters)
    exported = any(name.lower().endswith(_WEB_PAGES) for name in others)
    hint = "; what was exported for reading cannot be judged, ask for the .ipynb file" if exported else ""
    return f"There is no {wanted} in what was handed in, only {listed}{hint}."


def _timestamp(path: Path) -> tuple[datetime | None, str | None]:
    """The time of handing in as naive UTC (what nbgrader stores), and a note when the file does not say."""
    if not os.path.lexists(path):
        return None, None
    try:
        with open_file(path) as file:
            data = file.read(201)
        text = data.decode("utf-8-sig").strip()
        if len(data) > 200:
            raise ValueError("not a timestamp")
        return (parse_utc(text), None) if text else (None, "timestamp.txt is empty, so lateness is unknown.")
    except (OSError, ValueError, OverflowError):
        return None, "timestamp.txt holds no date, so lateness is unknown; mend it, formgrader stumbles over it too."
