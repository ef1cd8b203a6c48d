"""`autograder doctor`: what is installed, what protects this machine, what does not, and what to do about it."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, entry_points, version

from autograder.judge import sandbox
from autograder.judge.master import assignment_folders

_PACKAGES = ("relapse-to-recovery", "nbgrader", "ipython", "numpy", "jupyterlab")


def examine() -> tuple[list[str], bool]:
    """The report as lines of plain words, and whether everything needed to grade a class is there."""
    lines, well = [f"Python {platform.python_version()} on {platform.system()}."], True
    for name in _PACKAGES:
        try:
            lines.append(f"{name} {version(name)}.")
        except PackageNotFoundError:
            lines.append(f"{name} is missing: install it with `python -m pip install {name}`.")
            well = False
    reason = sandbox.why_not()
    lines.append("Bubblewrap works." if reason is None else reason)
    lines.append(sandbox.describe())
    lines.append(
        "Stock `nbgrader autograde`, formgrader's button included, does not use this judge: there a submission runs "
        "unprotected, as you. Grade with `autograder grade`."
    )
    if reason is not None:
        lines.append(
            "`autograder check` works on your own notebook; "
            "`autograder grade` refuses a class unless it is told --not-isolated."
        )
        well = False
    assignments = [path for folder in assignment_folders() for path in sorted(folder.glob("*/*.ipynb"))]
    courses = ", ".join(sorted(point.name for point in entry_points(group="autograder.assignments")))
    if assignments:
        names = ", ".join(dict.fromkeys(path.parent.name for path in assignments))
        lines.append(f"Assignments of installed courses ({courses}): {names}.")
    else:
        lines.append("No installed course offers an assignment: give the folder with --source, or install a course.")
        well = False
    lines.append("A browser is not needed to grade.")
    return lines, well
