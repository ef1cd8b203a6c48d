"""Commands on the clock: wall time, processor time of everything they started, and when each submission was done."""

import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Lane = Sequence[Sequence[str]]
"""Commands that run one after the other; lanes run side by side."""


@dataclass(frozen=True)
class Timing:
    """What one run took. `rows_s`: when each submission was reported, in seconds after the start."""

    wall_s: float
    cpu_s: float
    cpu_by: str
    """`cgroup` counts everything; `rusage` misses processes that nobody waited for."""
    rows_s: Sequence[float] = field(repr=False, default=())
    lanes: int = 1
    """How many submissions are graded side by side."""

    @property
    def marginal_s(self) -> float:
        """Seconds for one submission more, start and end of the program left out."""
        more = len(self.rows_s) - self.lanes
        return (self.rows_s[-1] - self.rows_s[0]) / more if more > 0 else float("nan")


def timed(
    lanes: Sequence[Lane],
    *,
    folder: Path,
    env: Mapping[str, str],
    row: re.Pattern[str] | None,
    side_by_side: int,
    good_exits: Sequence[int] = (0,),
    watch: Callable[[int], None] = lambda pid: None,
) -> Timing:
    """Run all lanes to their end. `row`: an output line that reports one submission (None: the end of a command does).

    `watch` is called with the process id of every command as it starts. Raises `RuntimeError` with the end of the
    output when a command exits with another code than `good_exits`.
    """
    rows: list[float] = []
    failures: list[str] = []
    used: list[float] = []
    with _Cgroup() as group:
        start = time.perf_counter()

        def run(lane: Lane) -> None:
            for command in lane:
                tail: list[str] = []
                process = subprocess.Popen(
                    group.joined(command),
                    cwd=folder,
                    env=dict(env),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    errors="replace",
                )
                watch(process.pid)
                assert process.stdout is not None
                for line in process.stdout:
                    tail = [*tail[-30:], line]
                    if row is not None and row.search(line):
                        rows.append(time.perf_counter() - start)
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                used.append(usage.ru_utime + usage.ru_stime)
                if row is None:
                    rows.append(time.perf_counter() - start)
                if process.returncode not in good_exits:
                    failures.append(f"{' '.join(command)}\nended with {process.returncode}:\n{''.join(tail)}")
                    return

        threads = [threading.Thread(target=run, args=(lane,)) for lane in lanes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wall = time.perf_counter() - start
        exact = group.cpu_s()
    if failures:
        raise RuntimeError("\n".join(failures))
    cpu = sum(used) if exact is None else exact
    return Timing(wall, cpu, "rusage" if exact is None else "cgroup", sorted(rows), side_by_side)


class _Cgroup:
    """A control group of one's own, which counts the processor time of all descendants; none where none can be made."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def __enter__(self) -> "_Cgroup":
        for top in (Path("/sys/fs/cgroup/cpuacct"), Path("/sys/fs/cgroup")):
            if (top / "cgroup.procs").exists():
                try:
                    self._folder = Path(tempfile.mkdtemp(prefix="benchmark-", dir=top))
                except OSError:
                    continue  # not ours to make: the caller falls back to rusage and says so
                return self
        return self

    def joined(self, command: Sequence[str]) -> Sequence[str]:
        """The command as a process of the group."""
        if self._folder is None:
            return command
        return ["sh", "-c", 'echo $$ >"$0" && exec "$@"', str(self._folder / "cgroup.procs"), *command]

    def cpu_s(self) -> float | None:
        """Seconds of processor time used in the group; None without a group."""
        if self._folder is None:
            return None
        if (self._folder / "cpuacct.usage").exists():
            return int((self._folder / "cpuacct.usage").read_text()) / 1e9
        said = dict(line.split() for line in (self._folder / "cpu.stat").read_text().splitlines())
        return int(said["usage_usec"]) / 1e6

    def __exit__(self, *_: object) -> None:
        if self._folder is None:
            return
        for _attempt in range(50):
            try:
                self._folder.rmdir()
                return
            except OSError:
                time.sleep(0.1)  # a last process is still ending
        raise RuntimeError(f"Processes are still alive after the run: see {self._folder}/cgroup.procs.")
