"""The most memory each worker of a grading run ever held, read from /proc while it runs (Linux)."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_INTERVAL_S = 0.05


@dataclass(frozen=True)
class Peak:
    """In MB of proportional set size (a page shared by n processes counts as 1/n of it in each of them)."""

    coordinator_mb: float
    workers_mb: list[float]
    """One number for each process that the coordinator started, with everything below it; largest first."""
    samples: int


class Watch:
    """Watches one command while it runs: pass `start` to `engines.grade` as `watch`, then ask for `peak()`."""

    def __init__(self) -> None:
        self._coordinator_kb = 0
        self._workers_kb: dict[int, int] = {}
        self._samples = 0
        self._thread: threading.Thread | None = None

    def start(self, pid: int) -> None:
        """Begin to watch the process tree below `pid`."""
        self._thread = threading.Thread(target=self._follow, args=(pid,))
        self._thread.start()

    def peak(self) -> Peak:
        """What was seen, once the command has ended."""
        if self._thread is None:
            raise RuntimeError("Nothing was watched.")
        self._thread.join()
        if self._samples == 0 or not self._workers_kb:
            raise RuntimeError("The run started no process of its own, or /proc does not show its memory.")
        workers = sorted((kb / 1024 for kb in self._workers_kb.values()), reverse=True)
        return Peak(self._coordinator_kb / 1024, workers, self._samples)

    def _follow(self, pid: int) -> None:
        while (own := _pss_kb(pid)) is not None:
            self._samples += 1
            self._coordinator_kb = max(self._coordinator_kb, own)
            for worker in _children(pid):
                self._workers_kb[worker] = max(self._workers_kb.get(worker, 0), _tree_kb(worker))
            time.sleep(_INTERVAL_S)


def _tree_kb(pid: int) -> int:
    return (_pss_kb(pid) or 0) + sum(_tree_kb(child) for child in _children(pid))


def _pss_kb(pid: int) -> int | None:
    """Proportional set size; None when the process has ended. Raises `PermissionError` where it may not be read."""
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def _children(pid: int) -> list[int]:
    try:
        threads = list((_PROC / str(pid) / "task").iterdir())
        return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []  # ended between two looks
