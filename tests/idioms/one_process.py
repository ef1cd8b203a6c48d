"""The yardstick: the same cells run in order in one fresh IPython process, as in a notebook, without any sandbox.

Only for cells that mean no harm.
"""

from __future__ import annotations

import json
import numbers
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Verdicts = Mapping[str, tuple[str, float]]
"""Item → status (passed, partial, failed, …) and points."""


def run(cells: Sequence[tuple[str, str, str | None]], points: Mapping[str, float], timeout_s: float = 60) -> Verdicts:
    """Run cells (kind, source, item) in a process of their own; `points`: what each item is worth."""
    with tempfile.TemporaryDirectory() as folder:
        task = Path(folder) / "task.json"
        task.write_text(json.dumps({"cells": cells, "points": points}))
        home = Path(folder) / "home"
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
            [sys.executable, "-P", __file__, str(task)],
            env=environment,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=timeout_s,
            check=True,
        )
        found = json.loads((Path(folder) / "verdicts.json").read_text())
    return {item: (str(status), float(earned)) for item, (status, earned) in found.items()}


def _font_cache() -> Path:
    """Where matplotlib keeps its list of fonts, which takes seconds to make."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"


def _main(task: Path) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Shell(InteractiveShell):
        def enable_gui(self, gui: str | None = None) -> None:
            """No window to open, as in a notebook: `%matplotlib inline` simply works."""

    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell.instance(config=config)
    given = json.loads(task.read_text())
    verdicts: dict[str, tuple[str, float]] = {}
    for kind, source, item in given["cells"]:
        result = shell.run_cell(source, store_history=False)
        if kind == "test":
            failed = result.error_before_exec or result.error_in_exec
            verdicts[item] = ("failed", 0.0) if failed else _verdict(result.result, given["points"][item])
    (task.parent / "verdicts.json").write_text(json.dumps(verdicts))
    os._exit(0)  # threads of an answer have no say in when this ends


def _verdict(value: Any, most: float) -> tuple[str, float]:
    """What the last expression of a test that did not fail says: nothing is full marks, a number is the points."""
    if value is None:
        return "passed", most
    if isinstance(value, numbers.Real):
        earned = float(value)
        return ("passed" if earned == most else "partial" if earned > 0 else "failed"), earned
    return value.status, value.points


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
