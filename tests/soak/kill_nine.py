"""kill -9 at random moments: whatever of `autograder grade` is killed, the gradebook in the end is the same.

`python tests/soak/kill_nine.py --kills 200` (`make soak`) grades a small class over and over while it kills the
coordinator, the sandbox with its warm process, the tests' process or the learner's. Each class is then completed by a
run that nobody disturbs, and compared with one that nobody ever disturbed: every row of the gradebook, every graded
notebook, every verdict.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import classroom_kit as kit

_SLOW = "import time\ntime.sleep({seconds})\na = 2"
_WITHOUT = {"seconds", "versions"}
"""What a record says of its run, which is not part of what was decided."""


def make_class(folder: Path, students: int) -> Path:
    """A course directory with submissions of many kinds, nothing graded yet."""
    with pytest.MonkeyPatch.context() as patch:
        course = kit.make_course(folder, patch)
    for number in range(students):
        kinds: dict[str, str] = {
            "right": kit.RIGHT_NUMBER,
            "slow": _SLOW.format(seconds=0.1 + number % 3 / 10),
            "wrong": "a = 4",
            "stops": f"raise ValueError({number})",
            "ends": "import os\nos._exit(3)",
        }
        kind = list(kinds)[number % len(kinds)]
        answers = {**kit.all_right(), "q1-answer": kinds[kind]}
        if number % 4 == 3:
            answers["q2-answer"] = "def double(x):\n    return 2 * abs(x)"
        if number % 7 == 5:
            del answers["f1"]
        kit.hand_in(course, f"{number:02}-{kind}", answers)
    kit.hand_in(course, "broken", b"{")
    kit.hand_in(course, "blank", {})
    return course.root


def start(root: Path) -> "subprocess.Popen[bytes]":
    """`autograder grade` as an instructor types it."""
    command = [sys.executable, "-m", "autograder.cli", "grade", kit.ASSIGNMENT, "--course", str(root), "--workers", "2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def complete(root: Path) -> None:
    """A run that nobody disturbs."""
    running = start(root)
    _, said = running.communicate(timeout=280)
    assert running.returncode == 1, said.decode()  # 1: one file that cannot be read, and items that ended the process


def outcome(root: Path) -> dict[str, Any]:
    """Everything that was decided: gradebook, graded notebooks, verdicts."""
    records: dict[str, Any] = {}
    notebooks: dict[str, bytes] = {}
    for name, content in kit.tree(root / "autograded").items():
        if name.endswith("verdicts.json"):
            record = json.loads(content)
            for entry in record["notebooks"].values():
                for field in _WITHOUT:
                    entry.pop(field)
            records[name] = record
        else:
            notebooks[name] = content
    return {"rows": kit.gradebook_rows(root), "records": records, "files": notebooks}


def parts_of(running: "subprocess.Popen[bytes]") -> dict[str, list[psutil.Process]]:
    """What runs at this moment: the coordinator, sandboxes with the warm process in each, pairs forked from it."""
    parts: dict[str, list[psutil.Process]] = {"coordinator": [], "sandbox": [], "pair": []}
    with contextlib.suppress(psutil.NoSuchProcess):
        coordinator = psutil.Process(running.pid)
        parts["coordinator"].append(coordinator)
        outside = {coordinator.pid}  # what is not forked from a warm process
        for process in coordinator.children(recursive=True):
            above = process.ppid()
            if process.name().startswith("bwrap"):
                outside.add(process.pid)
            parts["sandbox" if above in outside else "pair"].append(process)
    return parts


def disturb(running: "subprocess.Popen[bytes]", chance: random.Random, killed: Counter[str], most: int) -> None:
    """Kill parts of one run at random moments until it ends, is killed itself, or `most` kills are reached."""
    while running.poll() is None and killed.total() < most:
        part = ("pair", "sandbox", "coordinator")[killed.total() % 3]
        wait_for(running, part if chance.random() < 0.2 else "pair")
        time.sleep(chance.uniform(0.0, 0.3))
        there = parts_of(running)[part]
        if not there or running.poll() is not None:
            continue
        victim = chance.choice(there)
        try:
            tree = [victim, *victim.children(recursive=True)]
            os.kill(victim.pid, signal.SIGKILL)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
        killed[part] += 1
        if part == "coordinator":
            running.wait()
        left = list(survivors(tree))
        assert not left, f"these outlived the {part} that was killed: {left}"


def wait_for(running: "subprocess.Popen[bytes]", part: str) -> None:
    """Wait until this part of a run is there, or the run has ended."""
    while running.poll() is None and not parts_of(running)[part]:
        time.sleep(0.02)


def survivors(processes: list[psutil.Process]) -> Iterator[str]:
    """Those of the processes that are still there after ten seconds."""
    _, alive = psutil.wait_procs(processes, timeout=10)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                yield f"{process.pid} {' '.join(process.cmdline())[:200]}"


def soak(
    kills: int, seed: int, folder: Path, students: int = 20, say: Callable[[str], None] = lambda line: None
) -> Counter[str]:
    """Kill so many times, in as many classes as it takes; returns how often each part was killed.

    Raises `AssertionError` when a class ends in anything but what it ends in undisturbed.
    """
    chance = random.Random(seed)
    fresh = make_class(folder / "fresh", students)
    shutil.copytree(fresh, folder / "undisturbed")
    complete(folder / "undisturbed")
    expected = outcome(folder / "undisturbed")
    killed: Counter[str] = Counter()
    number = 0
    while killed.total() < kills:
        number += 1
        root = folder / f"class{number}"
        shutil.copytree(fresh, root)
        for _ in range(8):
            running = start(root)
            disturb(running, chance, killed, kills)
            _, said = running.communicate(timeout=280)
            if running.returncode != -signal.SIGKILL:
                assert running.returncode in (0, 1), said.decode()
                break
        complete(root)
        found = outcome(root)
        for what, content in expected.items():
            assert found[what] == content, f"{what} of {root} differ from an undisturbed run's (seed {seed})"
        shutil.rmtree(root)
        say(f"class {number}: {killed.total()} kills, the same in the end")
    return killed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kill-nine-") as folder:
        killed = soak(args.kills, args.seed, Path(folder), say=lambda line: print(line, flush=True))
    parts = ", ".join(f"{count} × {part}" for part, count in sorted(killed.items()))
    print(f"{killed.total()} kills ({parts}) in {time.monotonic() - began:.0f} s: the same in the end")


if __name__ == "__main__":
    main()
