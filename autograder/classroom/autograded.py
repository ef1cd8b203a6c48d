"""The notebook in `autograded/`: the pristine assignment with a student's answers and our verdicts, for formgrader."""

import json
import textwrap
from itertools import zip_longest
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import SaveCells
from traitlets.utils.importstring import import_item

from autograder.classroom.course_directory import CourseDirectory
from autograder.errors import CannotRun
from autograder.judge import ItemVerdict, Master, Result, Submission


def pristine_notebook(course: CourseDirectory, path: Path) -> NotebookNode:
    """The source notebook as nbgrader records it: solutions and instructor cells out, all tests in, checksums set.

    Raises `CannotRun` when nbgrader's preprocessors cannot digest it.
    """
    notebook = nbformat.read(path, as_version=4)
    resources: dict[str, Any] = {"nbgrader": {"notebook": path.stem, "assignment": path.parent.name, "student": "."}}
    for kind in GenerateAssignment(coursedir=course.app.coursedir, parent=course.app).preprocessors:
        step = import_item(kind) if isinstance(kind, str) else kind
        if step is SaveCells:
            break  # what comes after takes out the hidden tests, for the learner's copy
        try:
            notebook, resources = step(parent=course.app)(notebook, resources)
        except Exception as error:
            raise CannotRun(f"{path}: nbgrader's {step.__name__} cannot process it ({error}).") from error
    return notebook


def graded_notebook(pristine: NotebookNode, master: Master, submission: Submission, result: Result) -> bytes:
    """The pristine notebook with the answers put in and each verdict as its test cell's output, as a file's content."""
    notebook = nbformat.from_dict(json.loads(json.dumps(pristine)))
    verdicts = {item.id: item for item in result.items}
    cells: list[NotebookNode] = _own_cells(submission, "")
    for cell, anchor in zip_longest(notebook.cells, master.cells[: len(notebook.cells)]):
        about = cell.metadata.get("nbgrader", {})
        name = about.get("grade_id")
        if about.get("solution"):
            cell.source = submission.answers.get(name, "")
        elif about.get("grade") and cell.cell_type == "code" and name in verdicts:
            cell.outputs = [nbformat.v4.new_output("display_data", data={"text/plain": verdict_text(verdicts[name])})]
        cells.append(cell)
        cells += _own_cells(submission, anchor.cell_id) if anchor is not None else []
    notebook.cells = cells
    notebook.metadata.pop("widgets", None)
    return f"{nbformat.writes(notebook)}\n".encode()


def verdict_text(verdict: ItemVerdict) -> str:
    """One verdict as text: points, status, message; lines as short as formgrader shows without scrolling."""
    points = "to be marked" if verdict.points is None else f"{verdict.points:g} of {verdict.max_points:g} points"
    return textwrap.fill(f"{points} · {verdict.status}. {verdict.message}".rstrip(), width=90)


def _own_cells(submission: Submission, after: str) -> list[NotebookNode]:
    """The student's own code cells that stood after a known cell (`""`: before all)."""
    sources = submission.extras.get(after, ())
    place = after.partition(":")[0] or "start"
    return [nbformat.v4.new_code_cell(source, id=f"own-{place}-{n}") for n, source in enumerate(sources)]
