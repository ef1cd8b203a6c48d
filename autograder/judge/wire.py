"""The judge's end of the pipe to a child: one JSON line out, one back, with a time limit, a size limit and no trust."""

from __future__ import annotations

import json
import queue
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from autograder.intake.words import plain
from autograder.judge import sandbox
from autograder.judge.types import Limits

_LINE_BYTES = 200_000
_PIPE_BYTES = 4_000
"""What a pipe takes at once on every system, read or not."""


@dataclass(frozen=True)
class Ran:
    """A cell ran to its end; `value` describes the value of a test cell's last expression."""

    value: Mapping[str, Any] | None


@dataclass(frozen=True)
class Raised:
    """A cell stopped with an exception. `line`: of this cell; `direct`: raised by this cell itself, not by what it
    called.
    """

    type: str
    message: str
    line: int | None
    assertion: bool
    direct: bool


@dataclass(frozen=True)
class Lost:
    """No usable answer came: too slow, the process died, or what came was not the child's."""

    why: Literal["timeout", "died", "forged"]
    detail: str = ""


Outcome = Ran | Raised | Lost


class CannotStart(Exception):
    """The child did not get ready; str() is one sentence. The submission has no part in it: none of its code ran."""


class Child:
    """A running child process; use as a context manager, so that it never outlives its use."""

    def __init__(self, isolation: sandbox.Isolation, limits: Limits) -> None:
        """Start it and wait until it is ready; raises `CannotStart`."""
        try:
            self._process = sandbox.start(isolation, limits)
        except OSError as error:
            raise CannotStart(f"The process for this submission could not be started: {error}") from None
        self._lines: queue.Queue[bytes] = queue.Queue(maxsize=4)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        ready = self._ask({**self._process.setup}, limits.start_seconds)
        versions = ready.get("versions") if isinstance(ready, dict) else None
        if not isinstance(versions, dict):
            words = self._process.last_words()
            self.end()
            raise CannotStart("The process for this submission did not start" + (f" ({words})." if words else "."))
        self.versions = {str(name): str(version) for name, version in versions.items()}

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def run(self, source: str, name: str, mode: Literal["cell", "test"], seconds: float) -> Outcome:
        """Run one cell; after `Lost` the child is of no further use."""
        reply = self._ask({"source": source, "name": name, "mode": mode}, seconds)
        return reply if isinstance(reply, Lost) else _outcome(reply)

    def end(self) -> None:
        """Kill it and everything it started."""
        self._process.end()
        try:  # free a reader that waits for room in the queue; a daemon of an un-isolated child may keep it for ever
            while self._lines.get(timeout=1):
                pass
        except queue.Empty:
            pass
        for pipe in (self._process.popen.stdin, self._process.popen.stdout):
            if pipe is not None and not (pipe is self._process.popen.stdout and self._reader.is_alive()):
                _close(pipe)

    def _ask(self, message: dict[str, Any], seconds: float) -> dict[str, Any] | Lost:
        # A fresh nonce each time: an answer written before its question, or left over, is seen to be one.
        nonce = secrets.token_hex(16)
        until = time.monotonic() + seconds
        if not self._lines.empty() and self._lines.queue[0]:
            return Lost("forged")
        try:
            self._write(json.dumps({**message, "nonce": nonce}).encode() + b"\n", seconds)
            line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            return Lost("timeout", f"{seconds:.0f}")
        except OSError:
            line = b""
        if not line:
            return self._death()
        try:
            reply = json.loads(line)
        except (ValueError, RecursionError):
            return Lost("forged")
        return reply if isinstance(reply, dict) and reply.get("nonce") == nonce else Lost("forged")

    def _write(self, data: bytes, seconds: float) -> None:
        pipe = self._process.popen.stdin
        assert pipe is not None  # started with a pipe
        # A child that stopped reading would block us here for ever once the pipe is full.
        watchdog = threading.Timer(seconds, self._process.popen.kill)
        if len(data) > _PIPE_BYTES:
            watchdog.start()
        try:
            pipe.write(data)
            pipe.flush()
        finally:
            watchdog.cancel()

    def _death(self) -> Lost:
        try:
            code = self._process.popen.wait(timeout=2)
        except Exception:
            return Lost("died", "it closed its connection to the judge")
        # bubblewrap passes a signal on as 128 + its number; 24 is SIGXCPU, the limit on processor time.
        number = -code if code < 0 else code - 128
        if number == 24:
            return Lost("timeout", "too many")
        return Lost("died", f"signal {number}" if number > 0 else f"exit code {code}")

    def _read(self) -> None:
        pipe = self._process.popen.stdout
        assert pipe is not None  # started with a pipe
        try:
            while line := pipe.readline(_LINE_BYTES):
                self._lines.put(line)
        except (OSError, ValueError):
            line = b""  # closed under us: the same as its end
        self._lines.put(b"")


def _outcome(reply: Mapping[str, Any]) -> Outcome:
    """A reply of the right form as an outcome; anything else counts as forged."""
    value, line = reply.get("value"), reply.get("line")
    if reply.get("status") == "ok" and (value is None or isinstance(value, dict)):
        return Ran(value)
    if reply.get("status") == "raised" and isinstance(reply.get("type"), str) and isinstance(reply.get("message"), str):
        return Raised(
            type=plain(reply["type"], 80),
            message=plain(reply["message"]),
            line=line if isinstance(line, int) and not isinstance(line, bool) else None,
            assertion=reply.get("assertion") is True,
            direct=reply.get("direct") is True,
        )
    return Lost("forged")


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # the other end is gone with unsent bytes in the pipe: closed all the same
