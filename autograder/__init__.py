"""Judges any nbgrader assignment."""

from __future__ import annotations

from os import PathLike


def check_notebook(path: str | PathLike[str] = "exercises.ipynb") -> None:
    """Judge the saved notebook at `path` and show points and reasons in place: the last cell of an exercise notebook.

    The same verdict as `autograder check PATH`; never raises for anything the notebook holds.
    """
    from pathlib import Path

    from autograder.judge import notebook_check  # here, so that a test cell's `expect` stays quick to import

    notebook_check.check_notebook(Path(path))
