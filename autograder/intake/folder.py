"""A folder that somebody handed in → the files in it that may be notebooks, in folders and archives too.

Nothing is written, no link is followed, and what is read is bounded whatever the folder holds.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from autograder.intake import archive
from autograder.intake.notebook_file import read_capped
from autograder.intake.opening import Unreadable, open_file, open_folder

_DEPTH = 6  # folders inside folders
_MOST_ENTRIES = 5_000
_ARCHIVE_BYTES = 100_000_000
_RUBBISH = ("__MACOSX", "__pycache__", "node_modules")
_BY_NAME_ALONE = os.open not in os.supports_dir_fd or sys.platform == "win32"


@dataclass(frozen=True)
class Found:
    """One file: its name inside the folder (`/` between folders and after an archive), its bytes or the problem.

    `problem` is one plain sentence, or the reason why a member of an archive was left out.
    """

    name: str
    data: bytes = b""
    problem: str | None = None


def files_in(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Found]:
    """The files whose names are wanted (asked with the last part of the name), nearest to the top first.

    Hidden files and folders are passed over. Raises `OSError` when the folder itself cannot be opened without following
    a link.
    """

    def is_wanted(name: str) -> bool:
        parts = name.split("/")
        return wanted(parts[-1]) and not any(_is_rubbish(part) for part in parts)

    budget = archive.Budget(archive.Caps())
    for name, opened in _walk(folder):
        if archive.is_archive(name):
            try:
                with opened() as file:
                    yield from _unpacked(name, file, is_wanted, budget)
            except (Unreadable, FileNotFoundError) as error:
                yield Found(name, problem=str(error))
        elif is_wanted(name):
            yield from _read(name, opened, is_wanted, budget)


def _read(
    name: str, opened: Callable[[], BinaryIO], wanted: Callable[[str], bool], budget: archive.Budget
) -> Iterator[Found]:
    try:
        with opened() as file:
            if archive.looks_packed(file.read(4)):
                file.seek(0)
                yield from _unpacked(name, file, wanted, budget)
                return
            file.seek(0)
            data = read_capped(name, file)
            budget.spend(name, len(data))
    except (Unreadable, FileNotFoundError) as error:
        yield Found(name, problem=str(error))
        return
    yield Found(name, data)


def _unpacked(name: str, file: BinaryIO, wanted: Callable[[str], bool], budget: archive.Budget) -> Iterator[Found]:
    if os.fstat(file.fileno()).st_size > _ARCHIVE_BYTES:
        raise Unreadable(f"{name} is larger than {_ARCHIVE_BYTES // 1_000_000} MB: hand in the notebook alone.")
    for member in archive.members(name, file, wanted, budget):
        problem = f"{name}: {member.name} was left out, because {member.problem}." if member.problem else None
        yield Found(f"{name}/{member.name}", member.data, problem)


def _walk(root: Path) -> Iterator[tuple[str, Callable[[], BinaryIO]]]:
    """Every file below a folder, level by level and by name, each with what opens it."""
    level: list[tuple[str, ...]] = [()]
    seen = 0
    for _ in range(_DEPTH):
        deeper: list[tuple[str, ...]] = []
        for parts in level:
            try:
                descriptor = _open_below(root, parts)
            except OSError:
                if not parts:
                    raise
                continue  # locked, or no folder any more; what was handed in is listed by its outermost names
            try:
                for name, is_folder in _entries(root.joinpath(*parts) if descriptor is None else descriptor):
                    seen += 1
                    if seen > _MOST_ENTRIES:
                        raise Unreadable(f"More than {_MOST_ENTRIES} files were handed in: ask for the notebook alone.")
                    inside = (*parts, name)
                    if is_folder and not _is_rubbish(name):
                        deeper.append(inside)
                    elif not is_folder:
                        path = root.joinpath(*inside) if descriptor is None else Path(name)
                        yield "/".join(inside), functools.partial(open_file, path, descriptor)
            finally:
                if descriptor is not None:
                    os.close(descriptor)
        level = deeper


def _open_below(root: Path, parts: tuple[str, ...]) -> int | None:
    """A folder below a root, held open, reached without following a link; None where the system cannot do that."""
    if _BY_NAME_ALONE:
        return None
    descriptor = open_folder(root)
    for part in parts:
        try:
            inner = open_folder(part, descriptor)
        finally:
            os.close(descriptor)
        descriptor = inner
    return descriptor


def _entries(folder: Path | int) -> list[tuple[str, bool]]:
    """The names in a folder, sorted, and which are folders (a link is none); hardly more than we would look at."""
    with os.scandir(folder) as entries:
        found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in islice(entries, _MOST_ENTRIES + 1)]
    return sorted(found)


def _is_rubbish(name: str) -> bool:
    return name.startswith(".") or name in _RUBBISH
