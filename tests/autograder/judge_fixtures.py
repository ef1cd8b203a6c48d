"""Small assignments and submissions for the tests of intake and judge, made as nbgrader notebooks without any
authoring.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]


def cell(source: str, grade_id: str | None = None, kind: str = "code", **flags: Any) -> dict[str, Any]:
    """One notebook cell; flags are nbgrader's (grade, solution, locked, points)."""
    metadata: dict[str, Any] = {}
    if grade_id is not None:
        metadata["nbgrader"] = {
            "schema_version": 3,
            "grade_id": grade_id,
            "cell_type": kind,
            "grade": False,
            "solution": False,
            "locked": False,
            "task": False,
            **flags,
        }
    made: dict[str, Any] = {
        "cell_type": kind,
        "id": f"id-{grade_id or abs(hash(source)) % 10**8}",
        "metadata": metadata,
        "source": source,
    }
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


def answer(name: str, source: str) -> dict[str, Any]:
    return cell(source, f"{name}-answer", solution=True)


def test_cell(name: str, source: str, points: float = 2) -> dict[str, Any]:
    return cell(source, name, grade=True, locked=True, points=points)


def hidden(checks: str) -> str:
    """Checks that only the master holds."""
    return f"### BEGIN HIDDEN TESTS\n{checks}\n### END HIDDEN TESTS"


def notebook(*cells: dict[str, Any], assignment: str | None = "squares", name: str | None = "exercises") -> Notebook:
    own = {"autograder": {"assignment": assignment, "notebook": name}} if assignment else {}
    return {
        "cells": list(cells),
        "metadata": {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}, **own},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def squares(assignment: str | None = "squares") -> Notebook:
    """Three items with plain asserts, a given set-up cell, an open plain cell, and a free response: 2 + 3 + 2 + 4
    points.
    """
    return notebook(
        cell("# Squares", kind="markdown"),
        cell("import math", "setup", locked=True),
        cell("factor = 1"),
        answer("square", "def square(x):\n    ### BEGIN SOLUTION\n    return factor * x * x\n    ### END SOLUTION"),
        test_cell(
            "square",
            'assert square(2) == 4, "square(2) should be 4"\n'
            + hidden('assert square(3) == 9\nassert square(-7) == 49, "negative numbers too"'),
        ),
        answer("root", "def root(x):\n    ### BEGIN SOLUTION\n    return math.sqrt(x)\n    ### END SOLUTION"),
        test_cell(
            "root",
            "assert root(4) == 2\n### BEGIN HIDDEN TESTS\nassert root(9) == 3\n### END HIDDEN TESTS\nround(3.0, 1)",
            3,
        ),
        answer("cube", "cube = ...\n### BEGIN SOLUTION\ncube = 27\n### END SOLUTION"),
        test_cell(
            "cube",
            'assert cube is not ..., "Not answered yet."\n' + hidden("assert cube == 27"),
        ),
        cell(
            "=== BEGIN MARK SCHEME ===\nLooks at both.\n=== END MARK SCHEME ===",
            "essay",
            kind="markdown",
            grade=True,
            solution=True,
            points=4,
        ),
        assignment=assignment,
    )


RIGHT: Mapping[str, str] = {
    "square-answer": "def square(x):\n    return x ** 2",
    "root-answer": "def root(x):\n    return x ** 0.5",
    "cube-answer": "cube = 3 ** 3",
    "essay": "Both grow.",
}


def write(path: Path, content: Notebook) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def released(master: Notebook) -> Notebook:
    """The learner's copy: solutions, hidden tests and mark schemes cut out by nbgrader's own preprocessors."""
    import nbformat
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions
    from traitlets.config import Config

    content = nbformat.from_dict(copy.deepcopy(master))
    for preprocessor in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
        content, _ = preprocessor(config=Config(ClearSolutions={"code_stub": {"python": ""}})).preprocess(content, {})
    return json.loads(json.dumps(content))


def submitted(
    master: Notebook, answers: Mapping[str, str], change: Callable[[list[dict[str, Any]]], None] | None = None
) -> Notebook:
    """A learner's copy with these answers put in by grade_id; `change` may then do anything to its list of cells."""
    content = copy.deepcopy(released(master))
    for item in content["cells"]:
        grade_id = item["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            item["source"] = answers[grade_id]
    if change is not None:
        change(content["cells"])
    return content


def place(cells: list[dict[str, Any]], grade_id: str) -> int:
    """Where the first cell with this grade_id is."""
    return next(i for i, c in enumerate(cells) if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)
