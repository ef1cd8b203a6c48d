"""Percent source → nbgrader notebook. The same source and fill give the same bytes on every run."""

import hashlib
import json
from collections import Counter
from importlib.metadata import version
from typing import Any

import nbformat
from nbformat import v4

from autograder.authoring import marks, tokens
from autograder.authoring.percent import Cell
from autograder.authoring.problems import Problem, SourceProblems

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def points_of(cells: list[Cell]) -> dict[str, float]:
    """Item id → points, for `{{points ID}}`; items whose points are missing or no number are left out."""
    found: dict[str, float] = {}
    for cell in cells:
        name, points = marks.role(cell.options), cell.options.get("points")
        if name in ("test", "free") and isinstance(points, int | float) and not isinstance(points, bool):
            found[str(cell.options[name])] = points
    return found


def fill_cells(cells: list[Cell], path: str, fill: tokens.Fill | None) -> list[str]:
    """What each cell says in the notebook. Raises `SourceProblems` with every token that cannot be filled."""
    points = points_of(cells)
    sources: list[str] = []
    problems: list[Problem] = []
    for cell in cells:
        if cell.kind == "code":
            sources.append(cell.source)
            continue
        try:
            sources.append(tokens.filled(tokens.pieces(cell.source, points, fill)))
        except tokens.TokenErrors as errors:
            problems += [Problem(path, cell.line_of(offset), sentence) for offset, sentence in errors.at]
    if problems:
        raise SourceProblems(problems)
    return sources


def build(cells: list[Cell], path: str, assignment: str, notebook: str, fill: tokens.Fill | None) -> Any:
    """The notebook of a percent source, as a nbformat NotebookNode with neither outputs nor execution counts.

    `assignment` and `notebook` are written into its metadata; `path` is what sentences call the source.
    Raises `SourceProblems` (tokens that cannot be filled). The source is taken to have passed `lint`.
    """
    ordinal: Counter[str] = Counter()
    built = []
    for cell, source in zip(cells, fill_cells(cells, path, fill), strict=True):
        name = marks.grade_id(cell.options)
        if name is None:
            ordinal[cell.kind] += 1
            name = f"{cell.kind} {ordinal[cell.kind]}"  # a space: no id of an item can look like this
        new = v4.new_markdown_cell if cell.kind == "markdown" else v4.new_code_cell
        cell_id = hashlib.sha256(name.encode()).hexdigest()[:12]
        built.append(new(source, id=cell_id, metadata=marks.metadata(cell.kind, cell.options)))
    return v4.new_notebook(
        cells=built,
        metadata={
            "autograder": {
                "assignment": assignment,
                "built": fingerprint(built),
                "notebook": notebook,
                "version": version("relapse-to-recovery"),
            },
            "kernelspec": KERNELSPEC,
            "language_info": {"name": "python"},
        },
    )


def fingerprint(cells: list[Any]) -> str:
    """Short hash over a built notebook's cells: `adopt` sees by it whether the source has changed since."""
    content = [[cell.cell_type, cell.source, cell.metadata] for cell in cells]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def to_text(notebook: Any) -> str:
    """The notebook file's text: checked against nbformat's schema, keys sorted, one newline at the end."""
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"
