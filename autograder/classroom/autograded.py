"""The notebook in `autograded/`: the pristine assignment with a student's answers and our verdicts, for formgrader."""

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
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

_RELEASE_CHECK = "autograder.nbgrader_plugin.release_check.TestsAgree"
"""Runs the reference solution before a release, and changes nothing: no part of grading."""


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
        if f"{step.__module__}.{step.__qualname__}" == _RELEASE_CHECK:
            continue
        try:
            notebook, resources = step(parent=course.app)(notebook, resources)
        except Exception as error:
            raise CannotRun(f"{path}: nbgrader's {step.__name__} cannot process it ({error}).") from error
    notebook.metadata.pop("widgets", None)
    return notebook


@dataclass(frozen=True)
class _Place:
    """One cell of the pristine notebook as text in two halves, to be joined by the lines that differ per student."""

    role: str
    grade_id: str | None
    anchor: str | None
    before: str
    after: str

    def filled(self, lines: Sequence[str]) -> str:
        """The cell's text with these lines in it, as nbformat writes them."""
        line = self.before.rpartition("\n")[2]
        space = "\n" + " " * (len(line) - len(line.lstrip()))
        listed = f"[{space} " + f",{space} ".join(map(_line, lines)) + f"{space}]" if lines else "[]"
        return self.before + listed + self.after


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
            if place.role == "answer":
                cells.append(place.filled(_lines(submission.answers.get(str(place.grade_id), ""))))
            elif place.role == "test" and place.grade_id in verdicts:
                cells.append(place.filled(_lines(verdict_text(verdicts[place.grade_id]))))
            else:
                cells.append(place.before)
            if place.anchor is not None:
                cells += _own_cells(submission, place.anchor)
        return ('{\n "cells": [\n' + ",\n".join(cells) + self._end).encode("utf-8", errors="replace")


def verdict_text(verdict: ItemVerdict) -> str:
    """One verdict as text: points, status, message; lines as short as formgrader shows without scrolling."""
    points = "to be marked" if verdict.points is None else f"{verdict.points:g} of {verdict.max_points:g} points"
    return textwrap.fill(f"{points} · {verdict.status}. {verdict.message}".rstrip(), width=90)


_HOLE = "\0 what differs per student"


def _place(cell: Mapping[str, Any], anchor: str | None) -> _Place:
    about = cell["metadata"].get("nbgrader", {})
    role = "given"
    if about.get("solution"):
        role, cell = "answer", {**cell, "source": _HOLE}
    elif about.get("grade") and cell["cell_type"] == "code":
        said = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": _HOLE}}
        role, cell = "test", {**cell, "outputs": [said]}
    before, _, after = _cell_text(cell).partition(_line(_HOLE))
    return _Place(role, about.get("grade_id"), anchor, before, after)


def _own_cells(submission: Submission, after: str) -> Iterator[str]:
    """The student's own code cells that stood after a known cell (`""`: before all)."""
    name = after.partition(":")[0] or "start"
    empty: dict[str, Any] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    for n, source in enumerate(submission.extras.get(after, ())):
        yield _cell_text({**empty, "id": f"own-{name}-{n}", "source": source})


def _cell_text(cell: Mapping[str, Any]) -> str:
    """A cell as it stands in a notebook file: text in lines, as nbformat writes it, two spaces in."""
    lines = cell["source"] if cell["source"] == _HOLE else _lines(cell["source"])
    return "  " + _json({**cell, "source": lines}).replace("\n", "\n  ")


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _line(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _json(content: Any) -> str:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
