"""What the numbers were measured on."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import otter
from benchmarks.assignments import ROOT

_PACKAGES = ("nbgrader", "nbclient", "jupyter_client", "ipykernel", "ipython", "numpy", "matplotlib", "sqlalchemy")


def description(with_otter: bool) -> dict[str, Any]:
    """Cores, processor, system and versions: nothing that names the machine or its folders."""
    packages = {name: version(name) for name in _PACKAGES}
    if with_otter:
        packages["otter-grader"] = otter.version()
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": packages,
        "bubblewrap": _said("bwrap", "--version"),
        "commit": _said("git", "-C", str(ROOT), "describe", "--always", "--dirty"),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unknown"


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "none"
