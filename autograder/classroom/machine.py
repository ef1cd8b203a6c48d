"""What of a machine takes part in a verdict: its isolation, its versions, its cores, and judges that run on it."""

import os
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from autograder.classroom.crew import Crew
from autograder.errors import CannotRun
from autograder.judge import Judge, Limits, Master, sandbox

_PACKAGES = ("relapse-to-recovery", "ipython", "numpy", "matplotlib", "pandas", "scipy")


def isolation_for_a_class(*, allow_unisolated: bool) -> sandbox.Isolation:
    """The best isolation this machine offers. Raises `CannotRun` for none at all, unless that is allowed."""
    isolation = sandbox.default()
    if isolation == "none" and not allow_unisolated:
        raise CannotRun(
            "Submissions are programs of other people, and nothing isolates them on this machine: "
            f"{sandbox.why_not()} Run `autograder doctor` for more, or give --not-isolated if you accept that."
        )
    return isolation


@cache
def versions() -> Mapping[str, str]:
    """Versions of what takes part in a verdict; packages that are not installed are left out."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def usable_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def local_crew(size: int, limits: Limits, isolation: sandbox.Isolation, masters: Mapping[str, Master]) -> Crew:
    """Threads of this process with a warm judge each; `masters` is what they are about to judge."""
    return Crew(size, lambda: Judge(limits, isolation, list(masters.values())))
