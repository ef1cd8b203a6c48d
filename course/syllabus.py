"""The syllabus as data: which modules there are, what each asks, how long it takes, and whether it exists yet."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

STATUSES = ("ready", "planned")


class BadSyllabus(ValueError):
    """The syllabus file is wrong; `str()` is one sentence with the file and the entry."""


@dataclass(frozen=True)
class Module:
    """One module of the course."""

    number: str  # "01"
    folder: str  # "01-methamphetamine-pharmacology", also the assignment's name
    title: str
    question: str  # what it answers, in words of the ward rather than of the laboratory
    lesson_minutes: int
    exercises_minutes: int
    status: str  # "ready" or "planned"


def load(path: Path) -> tuple[Module, ...]:
    """Read `assets/syllabus.yml`; raises BadSyllabus with one sentence when an entry is not usable."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))["modules"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as fault:
        raise BadSyllabus(f"{path}: this is no syllabus with a list `modules` ({type(fault).__name__}).") from fault
    modules = tuple(_module(path, entry) for entry in entries)
    folders = [module.folder for module in modules]
    for folder in folders:
        if folders.count(folder) > 1:
            raise BadSyllabus(f"{path}: the module {folder} is listed twice.")
    return modules


def _module(path: Path, entry: Any) -> Module:
    try:
        module = Module(
            number=str(entry["number"]),
            folder=str(entry["folder"]),
            title=str(entry["title"]),
            question=str(entry["question"]),
            lesson_minutes=int(entry["minutes"]["lesson"]),
            exercises_minutes=int(entry["minutes"]["exercises"]),
            status=str(entry["status"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise BadSyllabus(f"{path}: an entry lacks or misspells {fault} ({entry!r}).") from fault
    if module.status not in STATUSES:
        raise BadSyllabus(f"{path}: {module.folder} has status {module.status!r}; use {' or '.join(STATUSES)}.")
    if not module.folder.startswith(f"{module.number}-"):
        raise BadSyllabus(f"{path}: the folder {module.folder} does not begin with its number {module.number}.")
    return module
