"""Attacks by what a notebook says of itself: its cells, their metadata and their outputs. None gains a point.

Each is a change to a submission whose answer to `cube` is wrong and whose other answers are right.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.intake import read_submission
from autograder.judge import Judge, Limits, load_master

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import judge_fixtures as fx

Cells = list[dict[str, Any]]


def flags(cell_id: str, **changed: Any) -> Callable[[Cells], None]:
    """nbgrader's marks of a cell changed."""

    def change(cells: Cells) -> None:
        cells[fx.place(cells, cell_id)]["metadata"]["nbgrader"].update(changed)

    return change


def metadata(grade_id: str, **changed: Any) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        cells[fx.place(cells, grade_id)]["metadata"].update(changed)

    return change


def replaced(grade_id: str, **changed: Any) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        cells[fx.place(cells, grade_id)].update(changed)

    return change


def another(grade_id: str, source: str, at: int | None = None) -> Callable[[Cells], None]:
    """One more cell with the same marks."""

    def change(cells: Cells) -> None:
        twin = {**copy.deepcopy(cells[fx.place(cells, grade_id)]), "source": source, "id": "twin"}
        cells.insert(len(cells) if at is None else at, twin)

    return change


def without(*grade_ids: str) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        cells[:] = [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") not in grade_ids]

    return change


def own_cell(source: str, before: str, **more: Any) -> Callable[[Cells], None]:
    def change(cells: Cells) -> None:
        cells.insert(fx.place(cells, before), {**fx.cell(source), **more})

    return change


POINTS_SHOWN = {
    "output_type": "execute_result",
    "execution_count": 1,
    "data": {"text/plain": "2.0"},
    "metadata": {},
}

CHANGES: dict[str, Callable[[Cells], None]] = {
    "the test says nothing": replaced("cube", source=""),
    "the test gives all points": replaced("cube", source="2"),
    "the test is no code": replaced("cube", cell_type="markdown"),
    "the test is raw": replaced("cube", cell_type="raw"),
    "the test is gone": without("cube"),
    "all tests are gone": without("square", "root", "cube"),
    "the test twice": another("cube", "pass"),
    "another test first": another("cube", "pass", at=0),
    "the test of another item": flags("cube", grade_id="square"),
    "more points": flags("cube", points=1000),
    "points of the others": flags("square", points=0),
    "points below zero": flags("essay", points=-5),
    "points that are no number": flags("cube", points="nan"),
    "points without end": flags("cube", points=1e308),
    "the test is a solution": flags("cube", solution=True),
    "the test does not grade": flags("cube", grade=False, locked=False),
    "the test is a task": flags("cube", task=True, grade=False),
    "the answer grades": flags("cube-answer", grade=True, points=2),
    "another schema": flags("cube", schema_version=99),
    "no schema": flags("cube", schema_version=None),
    "a checksum": flags("cube", checksum="0" * 32),
    "marks that are a list": metadata("cube", nbgrader=[1, 2]),
    "marks that are gone": metadata("cube", nbgrader={}),
    "an id that is a number": flags("cube", grade_id=7),
    "an id that is a path": flags("cube", grade_id="../../square"),
    "not to be run": metadata("cube", tags=["skip-execution"]),
    "may raise": metadata("cube", tags=["raises-exception"]),
    "for instructors": metadata("cube", tags=["instructor"]),
    "hidden by tags": metadata("cube", tags=["remove_cell", "hide_input", 5, None]),
    "tags that are a text": metadata("cube", tags="skip-execution"),
    "points in the output": replaced("cube", outputs=[POINTS_SHOWN], execution_count=1),
    "points in the output of the answer": replaced("cube-answer", outputs=[POINTS_SHOWN], execution_count=1),
    "an output of ten megabytes": replaced(
        "cube", outputs=[{"output_type": "stream", "name": "stdout", "text": "x" * 10_000_000}]
    ),
    "outputs that are no list": replaced("cube", outputs={"a": 1}),
    "a score of one's own": metadata("cube", score=2.0, autograder={"points": 2.0, "status": "passed"}),
    "the given cell is another": replaced("setup", source="import math\nmath.sqrt = lambda x: 1\ncube = 27"),
    "the given cell is gone": without("setup"),
    "a test of one's own": own_cell("cube = 5\nassert True", "cube"),
    "a cell that ends the notebook": own_cell("import os; os._exit(0)", "cube"),
    "a cell that hangs": own_cell("while True: pass", "cube"),
    "a cell with the id of the test": own_cell("2.0", "cube", id="id-cube"),
    "a cell that calls the judge": own_cell("from autograder.judge import check_notebook\ncheck_notebook()", "cube"),
    "a thousand cells": lambda cells: cells.extend(fx.cell(f"x = {n}") for n in range(1000)),
    "tests before answers": lambda cells: cells.sort(key=lambda c: "assert" not in "".join(c["source"])),
    "upside down": lambda cells: cells.reverse(),
}


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with Judge(Limits(cell_seconds=1)) as warm:
        yield warm


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_notebook_says_of_itself_gains_nothing(judge: Judge, name: str, tmp_path: Path) -> None:
    master = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", fx.squares()))
    wrong = {**fx.RIGHT, "cube-answer": "cube = 5"}
    content = fx.submitted(fx.squares(), wrong, CHANGES[name])
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    result = judge.judge(master, read_submission(path, master))
    found = {item.id: (item.status, item.points, item.max_points) for item in result.items}
    assert found == {
        "square": ("passed", 2.0, 2.0),
        "root": ("passed", 3.0, 3.0),
        "cube": ("failed", 0.0, 2.0),
        "essay": ("manual", None, 4.0),
    }
    assert (result.points, result.max_points) == (5.0, 11.0)
