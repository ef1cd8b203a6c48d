"""Opening files that somebody else put there: ordinary files only, no link followed, no pipe waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from autograder.errors import CannotRun
from autograder.intake.words import plain

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
# O_NOFOLLOW: a file may be swapped for a link after any look at it. O_NONBLOCK: a pipe must not hold us up.
_CAREFULLY = _READ | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class Unreadable(CannotRun):
    """What was handed in cannot be used; str() is one plain sentence for whoever handed it in."""


def open_file(path: str | Path, folder: int | None = None) -> BinaryIO:
    """The ordinary file at `path` (a name in the open directory `folder`, if given), opened for reading.

    Raises `FileNotFoundError`, or `Unreadable` for a link, a folder, a pipe, or what the system will not open.
    """
    name = plain(os.path.basename(path), 100)
    try:
        _refuse_other_kinds(name, os.lstat(path, dir_fd=folder).st_mode)
        descriptor = os.open(path, _CAREFULLY, dir_fd=folder)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise Unreadable(f"{name} cannot be opened ({getattr(error, 'strerror', None) or error}).") from None
    try:
        _refuse_other_kinds(name, os.fstat(descriptor).st_mode)
    except Unreadable:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def open_folder(path: str | Path, folder: int | None = None) -> int:
    """The directory at `path` as a descriptor, no link followed. Raises `OSError` for everything else."""
    return os.open(path, _CAREFULLY | getattr(os, "O_DIRECTORY", 0), dir_fd=folder)


def _refuse_other_kinds(name: str, mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise Unreadable(f"{name} is a link to another file: hand in the notebook file itself.")
    if stat.S_ISDIR(mode):
        raise Unreadable(f"{name} is a folder: name the notebook file in it.")
    if not stat.S_ISREG(mode):
        raise Unreadable(f"{name} is not an ordinary file: hand in the notebook file itself.")
