"""The pristine notebooks of an assignment in a course directory."""

from dataclasses import replace
from pathlib import Path

from autograder.errors import CannotRun
from autograder.judge import Master, MasterError, load_master


def masters_in(folder: Path) -> dict[str, Master]:
    """Notebook name → master, for the notebooks of ASSIGNMENT's folder that hold graded cells.

    Raises `CannotRun` when one cannot be used or none holds a graded cell.
    """
    try:
        found = {path.stem: load_master(path) for path in sorted(folder.glob("*.ipynb"))}
    except MasterError as error:
        raise CannotRun(str(error)) from error
    graded = {name: replace(m, assignment=folder.name, notebook=name) for name, m in found.items() if m.items}
    if not graded:
        raise CannotRun(f"No notebook in {folder} holds a graded cell.")
    return graded


def likely_masters(root: Path, assignment: str) -> dict[str, Master]:
    """What `masters_in` will give if the course keeps nbgrader's folder names: a guess, to warm up with."""
    try:
        return masters_in(root / "source" / assignment)
    except CannotRun:
        return {}  # said properly once the course's configuration is read
