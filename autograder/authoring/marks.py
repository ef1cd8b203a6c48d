"""What a cell header means to nbgrader, in both directions: options ↔ cell metadata."""

import re
from collections.abc import Mapping
from typing import Any

from autograder.authoring.percent import Kind

ROLES = ("answer", "test", "free", "locked")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""What nbgrader's toolbar accepts as an ID, without a leading dash."""

_OURS = ("objective", "read")


def role(options: Mapping[str, Any]) -> str | None:
    """`answer`, `test`, `free` or `locked`; None for a plain cell."""
    return next((key for key in ROLES if key in options), None)


def grade_id(options: Mapping[str, Any]) -> str | None:
    """nbgrader's id of the cell: the item's own for its test or free response, `ID-answer` for its answer cell."""
    name = role(options)
    if name is None:
        return None
    return f"{options[name]}-answer" if name == "answer" else str(options[name])


def metadata(kind: Kind, options: Mapping[str, Any]) -> dict[str, Any]:
    """Cell metadata of a built notebook (nbgrader's schema 3; ours under `autograder`; tags)."""
    result: dict[str, Any] = {}
    name = role(options)
    if name is not None:
        marks: dict[str, Any] = {
            "cell_type": kind,
            "grade": name in ("test", "free"),
            "grade_id": grade_id(options),
            "locked": name in ("test", "locked"),
            "schema_version": 3,
            "solution": name in ("answer", "free"),
            "task": False,
        }
        if name in ("test", "free"):
            marks["points"] = options["points"]
        result["nbgrader"] = marks
    ours = {key: options[key] for key in _OURS if key in options}
    if ours:
        result["autograder"] = ours
    if "tags" in options:
        result["tags"] = list(options["tags"])
    return result


def options(kind: Kind, cell_metadata: Mapping[str, Any], item_of_answer: str | None) -> dict[str, Any]:
    """Header keys for a cell's metadata: the inverse of `metadata`.

    `item_of_answer` is the item that an answer cell belongs to (the next graded cell's id); None if there is none.
    Raises `ValueError` (one sentence) for marks that a header cannot say.
    """
    result: dict[str, Any] = {}
    marks = cell_metadata.get("nbgrader") or {}
    name = _role_of(kind, marks)
    if name == "answer":
        item = item_of_answer
        if item is None:
            raise ValueError(f"The answer cell {marks['grade_id']!r} has no test cell after it: add one.")
        result["answer"] = item
    elif name is not None:
        result[name] = marks["grade_id"]
    if name in ("test", "free"):
        points = marks.get("points")
        if isinstance(points, bool) or not isinstance(points, int | float):
            raise ValueError(f"The graded cell {marks['grade_id']!r} has no points: give it points.")
        result["points"] = int(points) if float(points).is_integer() else points
    result.update({key: value for key, value in (cell_metadata.get("autograder") or {}).items() if key in _OURS})
    if cell_metadata.get("tags"):
        result["tags"] = list(cell_metadata["tags"])
    return result


def _role_of(kind: Kind, marks: Mapping[str, Any]) -> str | None:
    grade, solution, locked = (bool(marks.get(key)) for key in ("grade", "solution", "locked"))
    if marks.get("task"):
        raise ValueError(
            f"The cell {marks.get('grade_id')!r} is a “manually graded task”: make it a “manually graded answer”."
        )
    if grade and solution:
        if kind == "code":
            raise ValueError(
                f"The code cell {marks.get('grade_id')!r} is graded by hand: a free response must be a Markdown cell."
            )
        return "free"
    if kind == "markdown" and (grade or solution):
        raise ValueError(f"The Markdown cell {marks.get('grade_id')!r} is marked as code: make it “manually graded”.")
    if grade:
        return "test"
    if solution:
        return "answer"
    return "locked" if locked else None
