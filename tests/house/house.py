"""What the tests of the house share: where the project is, and a command that ran."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """One finished command: exit code, what it said on stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line with which it stopped."""
        lines = [line for line in self.err.splitlines() if line.startswith("Cannot go on: ")]
        assert len(lines) == 1, f"not one plain sentence, but {lines!r} in:\n{self.out}\n{self.err}"
        return lines[0].removeprefix("Cannot go on: ")


def run(command: Sequence[str], cwd: Path, env: Mapping[str, str], timeout: float = 60) -> Ran:
    done = subprocess.run(list(command), cwd=cwd, env=dict(env), capture_output=True, text=True, timeout=timeout)
    return Ran(done.returncode, done.stdout, done.stderr)
