"""How long a learner waits for `autograder check` on module 01 with right answers.

python -m benchmarks.check NOTEBOOK [TIMES]     one Python that checks the notebook several times, as a kernel does
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.assignments import MODULE_01, ROOT, filled_in, module_01
from benchmarks.engines import environment

_TIMES = 5


@dataclass(frozen=True)
class Waiting:
    """Seconds. The command is a new Python each time; the others are calls in a Python that runs already."""

    first_command_s: float
    command_s: float
    first_call_s: float
    next_call_s: float
    """`check_file`, which is what the last cell of a notebook calls."""
    warm_judge_s: float
    """One open `Judge`, asked again."""


def measure(folder: Path) -> Waiting:
    """Check the notebook by command and by call; raises `RuntimeError` when a check does not pass."""
    reference = {grade_id: choices[0].source or "" for grade_id, choices in module_01().answers.values()}
    released = json.loads((ROOT / "assets/release" / MODULE_01 / "exercises.ipynb").read_text(encoding="utf-8"))
    notebook = folder / "exercises.ipynb"
    notebook.write_text(json.dumps(filled_in(released, reference)), encoding="utf-8")

    def command() -> None:
        found = _output([sys.executable, "-m", "autograder.cli", "check", str(notebook), "--json"], (0, 1))
        statuses = {item["status"] for item in json.loads(found)["items"]}
        if not statuses <= {"passed", "unanswered"}:  # the free text is left to a person
            raise RuntimeError(f"autograder check: right answers ended in {sorted(statuses)}")

    commands = [_seconds(command) for _ in range(1 + _TIMES)]
    calls = json.loads(_output([sys.executable, "-m", "benchmarks.check", str(notebook), str(1 + _TIMES)], (0,)))
    return Waiting(
        commands[0], median(commands[1:]), calls["call"][0], median(calls["call"][1:]), median(calls["judge"][1:])
    )


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _output(command: list[str], good_exits: tuple[int, ...]) -> str:
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    if done.returncode not in good_exits:
        raise RuntimeError(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def _calls(notebook: Path, times: int) -> dict[str, list[float]]:
    from autograder.intake import read_submission
    from autograder.judge import Judge, check_file, load_master

    calls = [_seconds(lambda: check_file(notebook)) for _ in range(times)]
    master = load_master(ROOT / "modules" / MODULE_01 / "exercises.ipynb")
    with Judge() as judge:
        warm = [_seconds(lambda: judge.judge(master, read_submission(notebook, master))) for _ in range(times)]
    return {"call": calls, "judge": warm}


if __name__ == "__main__":
    print(json.dumps(_calls(Path(sys.argv[1]), int(sys.argv[2]))))
