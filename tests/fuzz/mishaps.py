"""What happens to notebooks on the way from a learner to a teacher, as changes to a list of cells or to the file."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

Cells = list[dict[str, Any]]


def duplicate(cells: Cells, random: Random) -> None:
    at = random.randrange(len(cells))
    cells.insert(random.randint(at, len(cells)), copy.deepcopy(cells[at]))


def duplicate_released(cells: Cells, random: Random) -> None:
    """An old, empty copy of an answer beside the new one."""
    at = random.randrange(len(cells))
    twin = copy.deepcopy(cells[at])
    if _is_answer(twin):
        twin["source"] = ""
        cells.insert(at + random.randint(0, 1), twin)


def delete(cells: Cells, random: Random) -> None:
    """A given cell, or the whole answer to an item: of half an answer nobody could say that the rest is missing."""
    at = random.randrange(len(cells))
    marks = cells[at]["metadata"].get("nbgrader", {}).get("grade_id")
    copies = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == marks]
    is_whole = cells[at]["source"].startswith(("def", "cube", "Both")) and "\n" in cells[at]["source"] + "\n"
    if marks and len(cells) > 4 and (not _is_answer(cells[at]) or (len(copies) == 1 and is_whole)):
        cells.pop(at)


def move(cells: Cells, random: Random) -> None:
    cells.insert(random.randrange(len(cells)), cells.pop(random.randrange(len(cells))))


def split(cells: Cells, random: Random) -> None:
    """As JupyterLab does: both halves keep the marks, the second gets a new id."""
    at = random.randrange(len(cells))
    lines = cells[at]["source"].split("\n")
    if len(lines) < 2:
        return
    cut = random.randrange(1, len(lines))
    second = copy.deepcopy(cells[at])
    cells[at]["source"], second["source"] = "\n".join(lines[:cut]), "\n".join(lines[cut:])
    second.pop("id", None)
    cells.insert(at + 1, second)


def split_without_marks(cells: Cells, random: Random) -> None:
    before = len(cells)
    split(cells, random)
    if len(cells) > before:
        for first, second in zip(cells, cells[1:], strict=False):
            if "id" not in second and first["metadata"] == second["metadata"]:
                second["metadata"] = {}


def merge(cells: Cells, random: Random) -> None:
    """As JupyterLab does: the first keeps its marks."""
    if len(cells) < 3:
        return
    at = random.randrange(len(cells) - 1)
    second = cells.pop(at + 1)
    cells[at]["source"] += "\n\n" + second["source"]


def retype(cells: Cells, random: Random) -> None:
    random.choice(cells)["cell_type"] = random.choice(["code", "markdown", "raw", "heading"])


def lose_marks(cells: Cells, random: Random) -> None:
    random.choice(cells)["metadata"] = {}


def lose_id(cells: Cells, random: Random) -> None:
    random.choice(cells).pop("id", None)


def lose_everything(cells: Cells, random: Random) -> None:
    for cell in cells:
        cell["metadata"] = {}
        cell.pop("id", None)


def edit_given(cells: Cells, random: Random) -> None:
    cell = random.choice(cells)
    if not _is_answer(cell):
        cell["source"] += "\n# a remark of mine"


def own_cell(cells: Cells, random: Random) -> None:
    source = random.choice(["import numpy as np", "%matplotlib inline", "x = 1", "print('hello')", "1 +", "# note"])
    kind = random.choice(["code", "markdown"])
    cells.insert(random.randint(0, len(cells)), {"cell_type": kind, "metadata": {}, "source": source})


def move_answer_to_own_cell(cells: Cells, random: Random) -> None:
    at = random.randrange(len(cells))
    if _is_answer(cells[at]) and cells[at]["source"]:
        own = {"cell_type": cells[at]["cell_type"], "metadata": {}, "source": cells[at]["source"]}
        cells[at]["source"] = ""
        cells.insert(at + 1, own)


def forge_points(cells: Cells, random: Random) -> None:
    random.choice(cells)["metadata"].setdefault("nbgrader", {})["points"] = random.choice([99, -1, "many", None])


def lines_as_list(cells: Cells, random: Random) -> None:
    for cell in cells:
        cell["source"] = cell["source"].splitlines(keepends=True) if isinstance(cell["source"], str) else cell["source"]
    for cell in cells:
        cell["source"] = "".join(cell["source"])  # what reads it next sees text again


def outputs(cells: Cells, random: Random) -> None:
    random.choice(cells)["outputs"] = [{"output_type": "stream", "name": "stdout", "text": '{"cells": [1,2,3]}'}]


MISHAPS: tuple[Callable[[Cells, Random], None], ...] = (
    duplicate, duplicate_released, delete, move, split, split_without_marks, merge, retype, lose_marks, lose_id,
    lose_everything, edit_given, own_cell, move_answer_to_own_cell, forge_points, lines_as_list, outputs,
)  # fmt: skip


def _is_answer(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))


# --- the file ----------------------------------------------------------------------------------------------------


def old_format(content: dict[str, Any]) -> str:
    cells = copy.deepcopy(content["cells"])
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
    return json.dumps({"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]})


WRITTEN: tuple[Callable[[dict[str, Any]], bytes], ...] = (
    lambda content: json.dumps(content).encode(),
    lambda content: json.dumps(content, indent=1, ensure_ascii=False).encode(),
    lambda content: json.dumps(content, indent=4).replace("\n", "\r\n").encode(),
    lambda content: json.dumps(content).encode("utf-16"),
    lambda content: json.dumps(content).encode("utf-8-sig"),
    lambda content: json.dumps(json.dumps(content)).encode(),
    lambda content: json.dumps(content).encode() + b"\0" * 100,
    lambda content: b"\n " + json.dumps(content).encode() + b"\n}}",
    lambda content: json.dumps({"type": "notebook", "content": content}).encode(),
    lambda content: old_format(content).encode(),
    lambda content: json.dumps({**content, "nbformat": 5, "metadata": None}).encode(),
    lambda content: f"<<<<<<< HEAD\n{json.dumps(content)}\n=======\n{json.dumps(content)}\n>>>>>>> x\n".encode(),
)
