"""The yardstick: the same cells run in order in one IPython process, as in a notebook, without any sandbox.

Only for cells that mean the machine no harm.
"""

from __future__ import annotations

import json
import numbers
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Cells = Sequence[tuple[str, str, str | None]]
"""Kind (given, answer, extra, test), source, and item."""
Verdicts = Mapping[str, tuple[str, float]]
"""Item → status (passed, partial, failed, …) and points."""


def run(cells: Cells, points: Mapping[str, float]) -> Verdicts:
    """Run one notebook; `points`: what each item is worth."""
    return run_each([(cells, points)])[0]


def run_each(tasks: Sequence[tuple[Cells, Mapping[str, float]]], seconds: int = 60) -> list[Verdicts]:
    """Run several notebooks, each in a fork of its own; one that does not end in this time has no verdicts."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "tasks.json")
        told.write_text(json.dumps(tasks))
        home = Path(folder, "home")
        home.mkdir()
        environment = {
            **os.environ,
            "HOME": str(home),
            "IPYTHONDIR": str(home / ".ipython"),
            "MPLBACKEND": "Agg",
            "PYTHONHASHSEED": "0",
            "AUTOGRADER_JUDGING": "1",
        }
        environment.setdefault("MPLCONFIGDIR", str(_font_cache()))
        subprocess.run(
            [sys.executable, "-P", __file__, str(told), str(seconds)],
            env=environment,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60 + seconds * len(tasks),
            check=True,
        )
        found = [json.loads(path.read_text()) if path.exists() else {} for path in _results(told, len(tasks))]
    return [{item: (str(status), float(earned)) for item, (status, earned) in each.items()} for each in found]


def _results(told: Path, count: int) -> list[Path]:
    return [told.with_name(f"verdicts-{number}.json") for number in range(count)]


def _font_cache() -> Path:
    """Where matplotlib keeps its list of fonts, which takes seconds to make."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"


def _main(told: Path, seconds: int) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Shell(InteractiveShell):
        def enable_gui(self, gui: str | None = None) -> None:
            """No window to open, as in a notebook: `%matplotlib inline` simply works."""

    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell.instance(config=config)
    tasks = json.loads(told.read_text())
    for (cells, points), result in zip(tasks, _results(told, len(tasks)), strict=True):
        if os.fork():
            os.wait()
            continue
        signal.alarm(seconds)
        result.write_text(json.dumps(_run_cells(shell, cells, points)))
        os._exit(0)  # threads and exit handlers of an answer have no say in when this ends


def _run_cells(shell: Any, cells: Cells, points: Mapping[str, float]) -> Verdicts:
    verdicts: dict[str, tuple[str, float]] = {}
    for kind, source, item in cells:
        result = shell.run_cell(source, store_history=False)
        if kind == "test" and item is not None:
            failed = result.error_before_exec or result.error_in_exec
            verdicts[item] = ("failed", 0.0) if failed else _verdict(result.result, points[item])
    return verdicts


def _verdict(value: Any, most: float) -> tuple[str, float]:
    """What the last expression of a test that did not fail says: nothing is full marks, a number is the points."""
    if value is None:
        return "passed", most
    if isinstance(value, numbers.Real):
        earned = float(value)
        return ("passed" if earned == most else "partial" if earned > 0 else "failed"), earned
    return value.status, value.points


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]))
