"""`verdicts.json`: what the judge said about one student's assignment, kept beside the graded notebook.

It records the verdicts, the isolation, versions and limits they were reached with, and hashes: of the answers (has the
student changed anything?) and, item by item, of everything a verdict depends on (must it be judged again?).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.files import write_if_changed
from autograder.judge import Finding, ItemVerdict, Limits, Result, Submission
from autograder.judge.keys import Keys, hash_of

NAME = "verdicts.json"
_FORMAT = 2
_READABLE = (1, 2)
"""Format 1 has one key for all items: its hashes of answers are of use, its verdicts are reached again."""


@dataclass(frozen=True)
class NotebookRecord:
    """One judged notebook: the file it came from, the hash of its answers, the keys of its items, and the verdicts.

    `noticed`: those of the result's findings that came from running the cells, not from reading the file.
    """

    file: str
    answers_hash: str
    keys: Keys
    result: Result
    noticed: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Record:
    """One student's assignment. `status` is graded, review, missing or error; `message` says why it is not graded."""

    status: str
    message: str
    notebooks: Mapping[str, NotebookRecord]


def answers_hash(submission: Submission) -> str:
    """Hash of everything of the student's that is judged."""
    return hash_of([sorted(submission.answers.items()), sorted(submission.extras.items()), submission.error])


def write_record(folder: Path, record: Record) -> None:
    """Write `verdicts.json` into the student's folder in `autograded/`, unless it says so already."""
    notebooks = {}
    for name, entry in record.notebooks.items():
        notebooks[name] = {
            "file": entry.file,
            "answers_hash": entry.answers_hash,
            "keys": dict(entry.keys.items),
            "run_key": entry.keys.run,
            "result": entry.result.as_dict(),
            "noticed": [finding.as_dict() for finding in entry.noticed],
            "isolation": entry.result.isolation,
            "limits": asdict(entry.result.limits),
            "versions": dict(entry.result.versions),
            "seconds": round(entry.result.seconds, 2),
        }
    content = {"format": _FORMAT, "status": record.status, "message": record.message, "notebooks": notebooks}
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_if_changed(folder / NAME, text.encode("utf-8", errors="backslashreplace"))


def read_record(folder: Path) -> Record | None:
    """The record in a student's folder; None when there is none, or none that this version can read."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if content["format"] not in _READABLE:
            return None
        notebooks = {name: _notebook_record(entry) for name, entry in content["notebooks"].items()}
        return Record(content["status"], content["message"], notebooks)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # written by another version or damaged: judged again and written anew


def _notebook_record(entry: Mapping[str, Any]) -> NotebookRecord:
    said = entry["result"]
    result = Result(
        assignment=said["assignment"],
        notebook=said["notebook"],
        status=said["status"],
        points=said["points"],
        max_points=said["max_points"],
        items=tuple(ItemVerdict(**item) for item in said["items"]),
        findings=tuple(Finding(**finding) for finding in said["findings"]),
        isolation=entry["isolation"],
        limits=Limits(**entry["limits"]),
        versions=entry["versions"],
        seconds=entry["seconds"],
    )
    keys = Keys(entry.get("keys", {}), entry.get("run_key", ""))
    noticed = tuple(Finding(**finding) for finding in entry.get("noticed", ()))
    return NotebookRecord(entry["file"], entry["answers_hash"], keys, result, noticed)
