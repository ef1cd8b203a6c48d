"""The pristine notebook an attempt is judged against, and how the right one is found."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path

from autograder.intake import released
from autograder.intake.notebook_file import (
    NotebookCell,
    NotebookFile,
    UnreadableNotebook,
    parse_notebook,
    read_notebook,
)
from autograder.judge.types import Master, MasterCell, MasterError, Role

_HEADING = re.compile(r"^#{2,6}\s+(.*)$", re.MULTILINE)  # the notebook's own title is no item's
_POINTS = re.compile(r"\s*\([^()]*point[^()]*\)\s*$")
_SKIPPED_TAG = "skip-execution"
"""nbclient's tag for a cell that is not run; on a given cell it says that nothing depends on it."""

INSTRUCTOR_TAG = "instructor"
"""Cells with this tag are left out of the learner's copy, so they take no part in judging either."""


def assignment_folders() -> tuple[Path, ...]:
    """The assignment folders that installed courses offer (entry points `autograder.assignments`), in name order."""
    found = sorted(entry_points(group="autograder.assignments"), key=lambda point: point.name)
    return tuple(Path(point.load()()) for point in found)


def load_master(notebook_path: Path) -> Master:
    """Read a built source notebook (ours, or any nbgrader source notebook) with its solutions and hidden tests.

    Names come from its `autograder` metadata, else from its place: ASSIGNMENT/NOTEBOOK.ipynb.
    Raises `MasterError` (one sentence) when it is not there, unreadable, or cannot be graded.
    """
    try:
        return _master(_whole(read_notebook(notebook_path)), notebook_path)
    except FileNotFoundError:
        raise MasterError(f"There is no assignment notebook {notebook_path}.") from None
    except UnreadableNotebook as error:
        raise MasterError(f"The assignment notebook cannot be used: {error}") from None


def master_of(text: str, path: Path) -> Master:
    """The master that a source notebook's text makes, as if it stood at `path`. Raises `MasterError`."""
    try:
        return _master(_whole(parse_notebook(path.name, text.encode())), path)
    except UnreadableNotebook as error:
        raise MasterError(f"The assignment notebook cannot be used: {error}") from None


def _whole(file: NotebookFile) -> NotebookFile:
    """The file, if nothing had to be repaired to read it: a master that lost a cell would lose an item."""
    if file.notes:
        raise UnreadableNotebook(f"it is damaged ({file.notes[0].rstrip('.')}); build it again.")
    return file


def find_master(
    assignment: str | None,
    notebook: str | None,
    items: set[str],
    sources: Sequence[Path] | None = None,
) -> Master:
    """The master of a submission: by the names embedded in it, else the one that shares most of its grade_ids.

    `sources`: folders that hold ASSIGNMENT/NOTEBOOK.ipynb; default: those of installed courses.
    Raises `MasterError` (one sentence) when none or more than one fits.
    """
    folders = assignment_folders() if sources is None else tuple(sources)
    assignment, notebook = _name(assignment), _name(notebook)
    for folder in folders:
        if assignment and notebook:
            path = folder / assignment / f"{notebook}.ipynb"
            if path.is_file():
                return load_master(path)
    scored = _by_overlap(folders, assignment, items)
    if not scored:
        raise MasterError(
            "No assignment fits this notebook: "
            + (
                f"looked in {', '.join(map(str, folders))}."
                if folders
                else "no course is installed and no --source was given."
            )
        )
    best = max(score for score, _ in scored)
    fitting = sorted({path for score, path in scored if score == best})
    if len(fitting) > 1:
        raise MasterError(
            f"Several assignments fit this notebook equally well ({', '.join(p.parent.name for p in fitting)}): "
            "say which with --assignment."
        )
    return load_master(fitting[0])


def _by_overlap(folders: Sequence[Path], assignment: str | None, items: set[str]) -> list[tuple[int, Path]]:
    """Every assignment notebook that shares grade_ids with the submission, and how many."""
    found = []
    for folder in folders:
        for path in sorted(folder.glob("*/*.ipynb")):
            if assignment and path.parent.name != assignment and any((folder / assignment).glob("*.ipynb")):
                continue
            try:
                # Only cells that answer or grade: ids like "setup" are in every assignment.
                graded = [cell for cell in read_notebook(path).cells if _role(cell) in ("answer", "test", "manual")]
                shared = items & {cell.grade_id for cell in graded if cell.grade_id}
            except (OSError, UnreadableNotebook):
                continue  # some other notebook lies there; it cannot be the one that fits
            if shared:
                found.append((len(shared), path))
    return found


def _name(text: str | None) -> str | None:
    """The text if it can name a folder or notebook of an assignment: a file's claims must lead nowhere else."""
    return text if text and re.fullmatch(r"\w[\w .()+-]{0,200}", text) else None


def _master(file: NotebookFile, path: Path) -> Master:
    kept = [cell for cell in file.cells if INSTRUCTOR_TAG not in cell.tags]
    roles = [_role(cell) for cell in kept]
    _refuse_duplicates(kept, path)
    cells: list[MasterCell] = []
    item: str | None = None
    for index in range(len(kept) - 1, -1, -1):  # backwards: an answer belongs to the next grade cell
        cell, role = kept[index], roles[index]
        if role in ("test", "manual"):
            item = cell.grade_id
            if role == "test" and cell.kind != "code":
                raise MasterError(f"{path.name}: the test cell {item} is not a code cell.")
            if not (math.isfinite(cell.points) and cell.points >= 0):
                raise MasterError(f"{path.name}: the points of {item} are not a number of points.")
        cells.insert(
            0,
            MasterCell(
                cell_id=f"{index}:{cell.cell_id or cell.grade_id or ''}",
                role=role,
                kind="code" if cell.kind == "code" else "markdown",
                source=cell.source,
                grade_id=cell.grade_id,
                item=item if role in ("test", "manual", "answer") else None,
                points=cell.points if role in ("test", "manual") else 0.0,
                for_show=role in ("plain", "locked") and _SKIPPED_TAG in cell.tags,
            ),
        )
    assignment, notebook = file.assignment or path.resolve().parent.name, file.notebook or path.stem
    answering = [cell for cell in cells if cell.role in ("answer", "manual") and cell.grade_id]
    return Master(
        assignment=assignment,
        notebook=notebook,
        cells=tuple(cells),
        released={str(c.grade_id): released.answer(c.source, code=c.kind == "code") for c in answering},
        blanks={str(c.grade_id): released.blanks(c.source, code=c.kind == "code") for c in answering},
        given={c.cell_id: released.given(c.source) for c in cells if c.role not in ("answer", "manual")},
        titles=_titles(cells),
        fingerprint=_fingerprint(assignment, notebook, cells),
    )


def _titles(cells: Sequence[MasterCell]) -> dict[str, str]:
    above, heading = {}, ""
    for cell in cells:
        if cell.kind == "markdown":
            found = _HEADING.findall(released.cut(cell.source, released.MARK_SCHEME)[0])
            heading = found[-1] if found else heading
        if cell.role in ("test", "manual"):
            above[str(cell.grade_id)] = _POINTS.sub("", heading).strip()
    times = Counter(above.values())
    return {item: title if title and times[title] == 1 else item for item, title in above.items()}


def _role(cell: NotebookCell) -> Role:
    flags = cell.nbgrader
    if cell.grade_id is None:
        return "plain"
    if flags.get("task") or (flags.get("grade") and flags.get("solution")):
        return "manual"
    if flags.get("grade"):
        return "test"
    if flags.get("solution"):
        return "answer"
    return "locked" if flags.get("locked") else "plain"


def _refuse_duplicates(cells: Sequence[NotebookCell], path: Path) -> None:
    seen: set[str] = set()
    for cell in cells:
        if cell.grade_id in seen:
            raise MasterError(f"{path.name}: two cells of the assignment have the id {cell.grade_id}.")
        if cell.grade_id:
            seen.add(cell.grade_id)


def _fingerprint(assignment: str, notebook: str, cells: Sequence[MasterCell]) -> str:
    told = [[c.role, c.kind, c.source, c.grade_id, c.item, c.points, c.for_show] for c in cells]
    content = [assignment, notebook, told]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
