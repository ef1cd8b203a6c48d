"""The pair of processes where there is no warm one to fork: each a program of its own, connected by pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from autograder.judge.channel import Channel
from autograder.judge.inside import learner, tester
from autograder.judge.inside.shell import make_shell


def main() -> None:
    """`spawned tests SETUP` runs the tests' process and starts the learner's, `spawned learner SETUP`."""
    role, setup = sys.argv[1], json.loads(sys.argv[2])
    channel = _private_channel()
    _limit(setup["limits"] if role == "learner" else {})
    if role == "learner":
        learner.serve(channel, make_shell(), setup["printed_chars"])
    process = subprocess.Popen(
        [sys.executable, "-P", "-s", "-B", "-m", "autograder.judge.inside.spawned", "learner", sys.argv[2]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    assert process.stdin is not None and process.stdout is not None  # both are pipes
    shell = make_shell()
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")
    theirs = Channel(process.stdout.fileno(), process.stdin.fileno())
    tester.serve(channel, theirs, shell, lambda: _status(process.wait()))


def _private_channel() -> Channel:
    """Our two pipes under other numbers; the standard ones lead nowhere, so that no print reaches the other side."""
    channel = Channel(os.dup(0), os.dup(1))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    return channel


def _limit(limits: dict[str, Any]) -> None:
    if sys.platform != "win32":
        from autograder.judge.inside import confine

        confine.set_limits(limits)
        if sys.platform == "linux":
            confine.die_with_parent()


def _status(code: int) -> int:
    """A return code of `subprocess` as a wait status."""
    return -code if code < 0 else code << 8


if __name__ == "__main__":
    main()
