"""One file judged from start to end: what `autograder check` and a notebook's last cell use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.intake.words import plain
from autograder.judge import sandbox as isolation_of
from autograder.judge.engine import judge
from autograder.judge.master import find_master
from autograder.judge.types import Finding, Limits, MasterError, Result


def check_file(
    path: Path,
    sources: Sequence[Path] | None = None,
    *,
    assignment: str | None = None,
    limits: Limits | None = None,
    sandbox: isolation_of.Isolation | None = None,
) -> Result:
    """Judge the notebook at `path`; never raises for anything the file holds.

    `sources`: folders that hold ASSIGNMENT/NOTEBOOK.ipynb (default: installed courses); `assignment`: its name, where
    the
    file itself does not say. The status is "missing" without a file, "error" when it, or its assignment, cannot be
    used.
    """
    from autograder.intake import answers, notebook_file  # here, because the intake reads this package's types

    path = Path(path)
    try:
        file = notebook_file.read_notebook(path)
    except FileNotFoundError:
        return _nothing("missing", notebook_file.no_file(path))
    except notebook_file.UnreadableNotebook as error:
        return _nothing("error", str(error))
    items = {cell.grade_id for cell in file.cells if cell.grade_id}
    try:
        master = find_master(assignment or file.assignment, file.notebook or path.stem, items, sources)
    except MasterError as error:
        return _nothing("error", str(error), assignment or file.assignment, file.notebook)
    if not master.items:
        return _nothing(
            "error",
            f"Nothing in {plain(path.name, 100)} is graded: check the exercises instead.",
            master.assignment,
            master.notebook,
        )
    return judge(master, answers.extract(file, master), limits, sandbox)


def _nothing(status: str, sentence: str, assignment: str | None = None, notebook: str | None = None) -> Result:
    kind = "missing" if status == "missing" else "error"
    return Result(
        assignment=assignment,
        notebook=notebook,
        status="missing" if status == "missing" else "error",
        points=None,
        max_points=0.0,
        findings=(Finding(kind, None, sentence),),
    )
