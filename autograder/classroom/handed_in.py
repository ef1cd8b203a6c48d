"""Which file of a student's folder is which notebook, and when it was handed in."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

from autograder.classroom.names import shown
from autograder.intake import read_submission
from autograder.judge import Finding, Master, Submission

_LARGEST = 20_000_000  # bytes; more is not looked into when guessing what a renamed file is
_MOST_FILES = 50  # notebooks looked at in one folder


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


def read_handed_in(folder: Path, masters: Mapping[str, Master]) -> HandedIn:
    """Read one student's folder for one assignment; raises nothing for what it holds."""
    if not os.path.lexists(folder):
        return HandedIn({}, is_empty=True)
    if folder.is_symlink() or folder.parent.is_symlink() or not folder.is_dir():
        return HandedIn({}, error="What was handed in is a link or a file, not a folder: ask for the folder itself.")
    try:
        entries = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        return HandedIn({}, error=f"The folder cannot be read ({error.strerror}).")
    timestamp, note = _timestamp(folder / "timestamp.txt")
    files = [name for name in entries if name.endswith(".ipynb") and not name.startswith(".")][:_MOST_FILES]
    notebooks: dict[str, tuple[str, Submission]] = {}
    for name, master in masters.items():
        candidates = [file for file in files if file == f"{name}.ipynb"]
        candidates += [f for f in files if f not in candidates and _is_copy_of(folder / f, master, len(masters))]
        if candidates:
            notebooks[name] = _choose(folder, candidates, f"{name}.ipynb", master)
    others = [name for name in entries if name != "timestamp.txt" and not name.startswith(".")]
    if not notebooks and others:
        listed = ", ".join(shown(name) for name in others[:3]) + (" …" if len(others) > 3 else "")
        wanted = " or ".join(f"{name}.ipynb" for name in masters)
        return HandedIn({}, timestamp, note, error=f"There is no {wanted} in what was handed in, only {listed}.")
    return HandedIn(notebooks, timestamp, note, is_empty=not notebooks)


def _choose(folder: Path, candidates: list[str], wanted: str, master: Master) -> tuple[str, Submission]:
    """The file to judge: the first that can be read and holds an answer; others with other answers are a finding."""
    read = [(name, read_submission(folder / name, master)) for name in candidates]
    usable = [(name, submission) for name, submission in read if submission.error is None]
    answered = [(name, submission) for name, submission in usable if submission.touched]
    name, chosen = (answered or usable or read)[0]
    findings = list(chosen.findings)
    known = {finding.kind for finding in findings}
    if name != wanted and "renamed" not in known:
        findings.append(Finding("renamed", None, f"The file is called {shown(name)} instead of {wanted}."))
    rivals = [other for other, submission in answered if other != name and submission.answers != chosen.answers]
    if rivals:
        listed = ", ".join(shown(rival) for rival in rivals)
        message = f"{shown(name)} was judged, but {listed} holds other answers: decide which counts."
        findings.append(Finding("several-files", None, message))
    return name, replace(chosen, findings=tuple(findings))


def _is_copy_of(path: Path, master: Master, masters: int) -> bool:
    """Whether a file under another name is this notebook: by its embedded name, else by the grade cells in it."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
            return False
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
        embedded = content["metadata"].get("autograder")
        if isinstance(embedded, dict):
            return (embedded.get("assignment"), embedded.get("notebook")) == (master.assignment, master.notebook)
        found = {_grade_id(cell) for cell in content["cells"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # Not a notebook that can be recognised. With one notebook in the assignment, any *.ipynb stands for it, so
        # that a damaged file is an error to look at and not a missing one.
        return masters == 1 and not path.is_dir()
    return bool(found & {cell.grade_id for cell in master.cells if cell.grade_id})


def _grade_id(cell: Any) -> str | None:
    value = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return value if isinstance(value, str) else None


def _timestamp(path: Path) -> tuple[datetime | None, str | None]:
    """The time of handing in as naive UTC (what nbgrader stores), and a note when the file does not say."""
    if not os.path.lexists(path):
        return None, None
    try:
        if path.is_symlink() or path.stat().st_size > 200:
            raise ValueError("not a timestamp")
        text = path.read_text(encoding="utf-8").strip()
        return (parse_utc(text), None) if text else (None, "timestamp.txt is empty, so lateness is unknown.")
    except (OSError, ValueError, OverflowError):
        return None, "timestamp.txt holds no date, so lateness is unknown; mend it, formgrader stumbles over it too."
