"""`autograder doctor`: what is installed, what protects this machine, what does not, and what to do about it."""

from __future__ import annotations

import logging
import platform
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.util import find_spec

from autograder.judge import sandbox
from autograder.judge.master import assignment_folders

_JUDGED = "autograder.nbgrader_plugin.autograde.JudgedClass"
_SILENT = logging.getLogger("autograder.doctor")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False
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
    lines.append(reason or sandbox.why_no_bubblewrap() or "Bubblewrap works.")
    if reason is None and sandbox.default() == "landlock":
        lines.append("Landlock works, and is used in its place.")
    lines.append(sandbox.describe())
    if find_spec("nbgrader") is not None:
        stock, stock_is_judged = _stock()
        lines.append(stock)
        well = well and stock_is_judged
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


def _stock() -> tuple[str, bool]:
    """What nbgrader's own commands do with a submission here, and whether that is safe whatever a course configures."""
    from nbgrader.apps.baseapp import NbGrader

    app = NbGrader(log=_SILENT)
    app.load_cwd_config = False  # what holds when a course's own configuration does not load
    app.load_config_file()
    if app.config.Autograde.get("exporter_class") == _JUDGED:
        return (
            "Stock `nbgrader autograde` and formgrader's Autograde button use this judge in the course directories of "
            "`autograder init`, and stop when their configuration does not load. Not protected: nbgrader of another "
            "Python environment, and a configuration that sets both Autograde.exporter_class and "
            "Autograde.pre_convert_hook to something else."
        ), True
    return (
        "Stock `nbgrader autograde` and formgrader's Autograde button run submissions unprotected, as you, as soon as "
        "a course's nbgrader_config.py does not load, and formgrader's pages run the scripts that submissions hold: "
        "this environment's etc/jupyter/nbgrader_config.json is missing, or JUPYTER_NO_CONFIG is set. "
        "Install the package again with pip, or grade with `autograder grade`."
    ), False
