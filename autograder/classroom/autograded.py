"""The notebook in `autograded/`: the pristine assignment with a student's answers and our verdicts, for formgrader."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    notebook.metadata.pop("widgets", None)
    return notebook


@dataclass(frozen=True)
class _Place:
    """One cell of the pristine notebook: what it is to the graded copy, its JSON text, and the master's cell id."""

    role: str
    grade_id: str | None
    cell: Mapping[str, Any]
    text: str
    anchor: str | None


class GradedNotebooks:
    """Makes the graded copies of one notebook. What is the same in all of them is turned into text once."""

    def __init__(self, pristine: NotebookNode, master: Master) -> None:
        cells = json.loads(json.dumps(pristine.cells))
        anchors = [cell.cell_id for cell in master.cells[: len(cells)]]
        self._places = [_place(cell, anchor) for cell, anchor in zip_longest(cells, anchors)]
        head = {key: value for key, value in pristine.items() if key != "cells"}
        self._end = f"\n ],\n {_json(head)[2:-2].strip()}\n}}\n"

    def make(self, submission: Submission, result: Result) -> bytes:
        """The pristine notebook with the answers put in and each verdict as its test cell's output, as a file."""
        verdicts = {item.id: item for item in result.items}
        cells = list(_own_cells(submission, ""))
        for place in self._places:
            text = place.text
            if place.role == "answer":
                text = _cell_text({**place.cell, "source": submission.answers.get(str(place.grade_id), "")})
            elif place.role == "test" and place.grade_id in verdicts:
                said = {"output_type": "display_data", "metadata": {}}
                data = {"text/plain": _lines(verdict_text(verdicts[place.grade_id]))}
                text = _cell_text({**place.cell, "outputs": [{**said, "data": data}]})
            cells.append(text)
            if place.anchor is not None:
                cells += _own_cells(submission, place.anchor)
        return ('{\n "cells": [\n' + ",\n".join(cells) + self._end).encode("utf-8", errors="replace")


def verdict_text(verdict: ItemVerdict) -> str:
    """One verdict as text: points, status, message; lines as short as formgrader shows without scrolling."""
    points = "to be marked" if verdict.points is None else f"{verdict.points:g} of {verdict.max_points:g} points"
    return textwrap.fill(f"{points} · {verdict.status}. {verdict.message}".rstrip(), width=90)


def _place(cell: Mapping[str, Any], anchor: str | None) -> _Place:
    about = cell["metadata"].get("nbgrader", {})
    is_test = about.get("grade") and cell["cell_type"] == "code"
    role = "answer" if about.get("solution") else "test" if is_test else "given"
    return _Place(role, about.get("grade_id"), cell, _cell_text(cell), anchor)


def _own_cells(submission: Submission, after: str) -> Iterator[str]:
    """The student's own code cells that stood after a known cell (`""`: before all)."""
    name = after.partition(":")[0] or "start"
    empty = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    for n, source in enumerate(submission.extras.get(after, ())):
        yield _cell_text({**empty, "id": f"own-{name}-{n}", "source": source})


def _cell_text(cell: Mapping[str, Any]) -> str:
    """A cell as it stands in a notebook file: text in lines, as nbformat writes it, two spaces in."""
    return "  " + _json({**cell, "source": _lines(cell["source"])}).replace("\n", "\n  ")


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _json(content: Any) -> str:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
