"""`grade-runs.jsonl` in the course directory: one line when a run over a class starts and one when it ends.

The open file is also the lock that keeps a second run out: the system gives it back when the process dies, however.
"""

import json
import os
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from autograder.errors import CannotRun

NAME = "grade-runs.jsonl"


@contextmanager
def logged_run(root: Path, start: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Write down that a run starts, and at its end what the caller put into the yielded dict.

    A start without an end is a run that was killed. Raises `CannotRun` while another run has the course directory.
    """
    with (root / NAME).open("a+b") as log:
        if not _lock(log):
            raise CannotRun(f"Another `autograder grade` is at work in {root}: wait until it ends, or stop it first.")
        run = uuid.uuid4().hex[:12]
        _append(log, {"run": run, "event": "start", **start})
        end: dict[str, Any] = {"finished": False}
        try:
            yield end
        finally:
            _append(log, {"run": run, "event": "end", **end})


def _append(log: IO[bytes], line: Mapping[str, Any]) -> None:
    """One line in one write; a line that a power failure left half stays a line of its own."""
    size = log.seek(0, os.SEEK_END)
    if size:
        log.seek(size - 1)
    torn = bool(size) and log.read(1) != b"\n"
    text = json.dumps({"time": datetime.now(UTC).isoformat(timespec="seconds"), **line})
    log.write((b"\n" if torn else b"") + text.encode() + b"\n")
    log.flush()


def _lock(log: IO[bytes]) -> bool:
    """Whether this process now holds the file."""
    try:
        if sys.platform == "win32":
            import msvcrt

            log.seek(0)
            msvcrt.locking(log.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
