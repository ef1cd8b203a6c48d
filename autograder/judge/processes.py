"""The judge's handles on its processes: the warm one, and the pair (tests', learner's) that it forks for an attempt."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from autograder.judge import sandbox
from autograder.judge.channel import Channel
from autograder.judge.types import Limits

_END_SECONDS = 10.0


class CannotStart(Exception):
    """The processes did not get ready; str() is one sentence. None of the submission's code ran."""


class Pair:
    """The two processes of one attempt. `channel` leads to the tests' process."""

    def __init__(self, channel: Channel, ends: Sequence[int], watched: int, memory_mb: int) -> None:
        self.channel = channel
        self.used_too_much_memory = False
        self._ends = ends
        self._watched = watched
        self._memory_bytes = memory_mb * 1_000_000

    def watch(self) -> None:
        """Kill the pair if its processes together hold more memory than they may."""
        if self._watched and memory_of(self._watched) > self._memory_bytes:
            self.used_too_much_memory = True
            self._kill()

    def end(self) -> None:
        """Kill both and everything they started, and wait until it is gone."""
        self._kill()
        poll = select.poll()
        for end in self._ends:
            poll.register(end, select.POLLIN)
        until, alive = time.monotonic() + _END_SECONDS, set(self._ends)
        while alive and time.monotonic() < until:
            for end, _ in poll.poll(1000):
                poll.unregister(end)
                alive.discard(end)
        self.channel.close()
        for end in self._ends:
            os.close(end)

    def _kill(self) -> None:
        for end in self._ends:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(end, signal.SIGKILL)


class Zygote:
    """The warm process; forks pairs. Not to be used by two threads at once."""

    def __init__(self, isolation: sandbox.Isolation, limits: Limits, modules: Sequence[str]) -> None:
        """Start it, without waiting. Raises `CannotStart`."""
        self.versions: dict[str, str] = {}
        self._limits = limits
        self._isolation = isolation
        self._errors: IO[bytes] = tempfile.TemporaryFile()
        self._control, theirs = socket.socketpair()
        self._folder = None if isolation == "bubblewrap" else tempfile.TemporaryDirectory(prefix="autograder-")
        try:
            command, environment = sandbox.warm_command(
                isolation, limits, modules, None if self._folder is None else self._folder.name
            )
            self._process = subprocess.Popen(
                command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=self._errors, env=environment,
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            self._errors.close()
            self._control.close()
            raise CannotStart(f"The judge's processes could not be started: {error}") from None
        finally:
            theirs.close()

    def fork(self) -> Pair:
        """A fresh pair. Raises `CannotStart`."""
        try:
            self._await_ready()
            return self._fork()
        except (OSError, ValueError) as error:
            words = self._last_words() or str(error)
            raise CannotStart(f"The process for this submission did not start ({words}).") from None

    def is_alive(self) -> bool:
        """Whether it can still fork."""
        return self._process.poll() is None

    def close(self) -> None:
        """Kill it and everything that came of it."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._sweep()
        self._process.wait()
        self._errors.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _await_ready(self) -> None:
        if self.versions:
            return
        self._control.settimeout(self._limits.start_seconds)
        line = b""
        while not line.endswith(b"\n"):
            part = self._control.recv(65_536)
            if not part:
                raise OSError("it ended while it was getting ready")
            line += part
        self.versions = {str(name): str(version) for name, version in json.loads(line).items()}

    def _fork(self) -> Pair:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [json.dumps({"work": self._fresh_folder()}).encode()], [theirs.fileno()])
        ours.settimeout(self._limits.start_seconds)
        ready, ends, _, _ = socket.recv_fds(ours, 1, 4)
        if ready != b"!" or len(ends) != 2:
            for end in ends:
                os.close(end)
            ours.close()
            raise OSError("no answer came from it")
        ours.settimeout(None)
        channel = Channel(ours.detach())
        if self._isolation == "bubblewrap":
            return Pair(channel, ends, self._process.pid, self._limits.memory_mb)
        return _SweptPair(channel, ends, self._process.pid, self._limits.memory_mb)

    def _fresh_folder(self) -> str:
        if self._folder is None:
            return sandbox.work_folder()
        folder = tempfile.mkdtemp(dir=self._folder.name)
        os.chmod(folder, 0o777)
        return folder

    def _sweep(self) -> None:
        if self._isolation != "bubblewrap":
            _kill_all_under(self._process.pid)

    def _last_words(self) -> str:
        self._errors.seek(0)
        return " ".join(self._errors.read()[-400:].decode(errors="replace").split())


class _SweptPair(Pair):
    """Where no pid namespace ends all at once: whatever the warm process adopted is killed one by one."""

    def end(self) -> None:
        super().end()
        _kill_all_under(self._watched)


class SpawnedPair:
    """A pair without a warm process and without isolation, on any system."""

    used_too_much_memory = False

    def __init__(self, limits: Limits) -> None:
        """Start both. Raises `CannotStart`."""
        self._folder = tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True)
        command, environment = sandbox.spawn_command(limits, self._folder.name)
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
                cwd=self._folder.name, start_new_session=True, bufsize=0,
            )  # fmt: skip
        except OSError as error:
            self._folder.cleanup()
            raise CannotStart(f"The process for this submission could not be started: {error}") from None
        assert self._process.stdin is not None and self._process.stdout is not None  # both are pipes
        self.channel = Channel(os.dup(self._process.stdout.fileno()), os.dup(self._process.stdin.fileno()))
        self._process.stdin.close()
        self._process.stdout.close()

    def watch(self) -> None:
        """Nothing: each process has its own limit where the system has such limits."""

    def end(self) -> None:
        """Kill both; a daemon of the learner's may live on."""
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(self._process.pid)], capture_output=True, check=False)
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self.channel.close()
        self._folder.cleanup()


def memory_of(root: int) -> int:
    """The memory in bytes that the processes under this one hold, each page counted once."""
    pids = _under(root)
    page = os.sysconf("SC_PAGE_SIZE")
    quick = sum(page * int(fields[1]) for pid in pids if (fields := _read(pid, "statm").split()))
    if quick < 500_000_000:  # pages that several processes share are in it several times: look closer only above
        return quick
    rows = [line for pid in pids for line in _read(pid, "smaps_rollup").splitlines() if line.startswith("Pss:")]
    return 1024 * sum(int(row.split()[1]) for row in rows) or quick


def _under(root: int) -> list[int]:
    """The processes that came of this one, itself not among them."""
    found, waiting = [], [root]
    while waiting:
        parent = waiting.pop()
        with contextlib.suppress(OSError):
            for thread in os.listdir(f"/proc/{parent}/task"):
                children = [int(pid) for pid in Path(f"/proc/{parent}/task/{thread}/children").read_text().split()]
                found += children
                waiting += children
    return found


def _kill_all_under(root: int) -> None:
    for _ in range(100):
        pids = _under(root)
        if not pids:
            return
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.005)


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""  # it has ended meanwhile
