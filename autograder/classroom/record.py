"""`verdicts.json`: what the judge said about one student's assignment, kept beside the graded notebook.

It records the verdicts, the isolation, versions and limits they were reached with, and hashes: of the answers (has the
student changed anything?) and of everything a verdict depends on (must it be judged again?).
"""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from autograder.files import write_text
from autograder.judge import Finding, ItemVerdict, Limits, Master, Result, Submission

NAME = "verdicts.json"
_FORMAT = 1


@dataclass(frozen=True)
class NotebookRecord:
    """One judged notebook: the file it came from, the hash of its answers, the cache key, and the verdicts."""

    file: str
    answers_hash: str
    key: str
    result: Result


@dataclass(frozen=True)
class Record:
    """One student's assignment. `status` is graded, review, missing or error; `message` says why it is not graded."""

    status: str
    message: str
    notebooks: Mapping[str, NotebookRecord]


def answers_hash(submission: Submission) -> str:
    """Hash of everything of the student's that is judged."""
    return _hash([sorted(submission.answers.items()), sorted(submission.extras.items()), submission.error])


def cache_key(submission: Submission, master: Master, limits: Limits, isolation: str) -> str:
    """Hash of everything a verdict depends on: answers, findings, tests, limits, isolation and versions."""
    findings = [finding.as_dict() for finding in submission.findings]
    answers = [answers_hash(submission), sorted(submission.touched), findings]
    return _hash([answers, master.fingerprint, asdict(limits), isolation, _versions()])


def write_record(folder: Path, record: Record) -> None:
    """Write `verdicts.json` into the student's folder in `autograded/`."""
    notebooks = {}
    for name, entry in record.notebooks.items():
        notebooks[name] = {
            "file": entry.file,
            "answers_hash": entry.answers_hash,
            "key": entry.key,
            "result": entry.result.as_dict(),
            "isolation": entry.result.isolation,
            "limits": asdict(entry.result.limits),
            "versions": dict(entry.result.versions),
            "seconds": round(entry.result.seconds, 2),
        }
    content = {"format": _FORMAT, "status": record.status, "message": record.message, "notebooks": notebooks}
    write_text(folder / NAME, json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def read_record(folder: Path) -> Record | None:
    """The record in a student's folder; None when there is none, or none that this version can read."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
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
    return NotebookRecord(entry["file"], entry["answers_hash"], entry["key"], result)


@cache
def _versions() -> dict[str, str]:
    """Versions of what takes part in a verdict."""
    found = {"python": platform.python_version()}
    for package in ("relapse-to-recovery", "ipython", "numpy", "matplotlib"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "none"
    return found


def _hash(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
