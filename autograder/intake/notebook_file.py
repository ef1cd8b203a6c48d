"""A notebook file → its cells, for any nbformat and without trusting anything in it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import CannotRun
from autograder.intake.words import plain

MAX_BYTES = 20_000_000
"""A notebook without outputs is a few hundred kB; beyond this only outputs or junk can be inside."""


class UnreadableNotebook(CannotRun):
    """The file cannot be used as a notebook; str() is one plain sentence for the learner."""


@dataclass(frozen=True)
class NotebookCell:
    """One cell as found: `kind` "code" or "markdown" (raw cells count as markdown: they never run)."""

    kind: str
    source: str
    cell_id: str | None
    tags: frozenset[str]
    nbgrader: Mapping[str, Any]

    @property
    def grade_id(self) -> str | None:
        """The nbgrader grade_id, if the cell has a usable one."""
        found = self.nbgrader.get("grade_id")
        return found if isinstance(found, str) and found else None

    @property
    def points(self) -> float:
        """The nbgrader points; 0 where none (or no number) is given."""
        found = self.nbgrader.get("points")
        return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else 0.0


@dataclass(frozen=True)
class NotebookFile:
    """The cells of a notebook and what it says it is; `notes` say what was repaired to read it."""

    cells: tuple[NotebookCell, ...]
    assignment: str | None
    notebook: str | None
    notes: tuple[str, ...] = ()


def read_notebook(path: Path) -> NotebookFile:
    """Read the notebook at `path`, never following a symbolic link in its place.

    Raises `FileNotFoundError` when there is no such file, `UnreadableNotebook` (one sentence) for everything else that
    is not a notebook: a link, a folder, too large a file, no JSON, no cells.
    """
    data = _read_bytes(path)
    name = plain(path.name, 100)
    if not data.strip():
        raise UnreadableNotebook(f"{name} is empty: hand in the file that JupyterLab saved.")
    text, notes = _decode(data)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableNotebook(_not_json(name, data)) from None
    cells = _cell_list(content)
    if cells is None:
        raise UnreadableNotebook(
            f"{name} is not a notebook (it holds no cells): hand in the .ipynb file that JupyterLab saved."
        )
    own = _mapping(_mapping(content.get("metadata")).get("autograder"))
    return NotebookFile(
        tuple(_cell(cell) for cell in cells if isinstance(cell, dict)),
        _text(own.get("assignment")),
        _text(own.get("notebook")),
        notes,
    )


def no_file(path: Path) -> str:
    """The sentence for a file that is not there."""
    return f"There is no file {plain(path.name, 100)} here: save your notebook, or check its name."


def _read_bytes(path: Path) -> bytes:
    name = plain(path.name, 100)
    if path.is_symlink():
        raise UnreadableNotebook(f"{name} is a link to another file: hand in the notebook file itself.")
    # O_NOFOLLOW: between the look above and this line the file may have been swapped. O_NONBLOCK: a pipe must not hang
    # us.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        if path.is_dir():
            raise UnreadableNotebook(f"{name} is a folder: name the notebook file in it.") from None
        raise UnreadableNotebook(f"{name} cannot be opened ({getattr(error, 'strerror', None) or error}).") from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        what = (
            "is a folder: name the notebook file in it"
            if stat.S_ISDIR(mode)
            else "is not an ordinary file: hand in the notebook file itself"
        )
        raise UnreadableNotebook(f"{name} {what}.")
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableNotebook(
            f"{name} is larger than {MAX_BYTES // 1_000_000} MB: "
            "in JupyterLab choose Edit → Clear Outputs of All Cells, save, and try again."
        )
    return data


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), (
            "The file was saved as UTF-16 instead of UTF-8; it was read all the same.",
        )
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="replace"), (
            "The file is not valid UTF-8; some characters could not be read.",
        )


def _not_json(name: str, data: bytes) -> str:
    start = data.lstrip()[:200].lower()
    if start.startswith(b"pk\x03\x04"):
        return f"{name} is a zip archive: unpack it and hand in the notebook inside."
    if start.startswith((b"<!doctype", b"<html")):
        return f"{name} is a web page, not a notebook: in JupyterLab use File → Download to get the .ipynb file."
    return (
        f"{name} is damaged (it is not complete JSON): open it in JupyterLab, or download it again, and save it anew."
    )


def _cell_list(content: Any) -> list[Any] | None:
    if not isinstance(content, dict):
        return None
    if isinstance(content.get("cells"), list):  # nbformat 4, and whatever newer format keeps its cells there
        return list(content["cells"])
    worksheets = content.get("worksheets")  # nbformat 2 and 3
    if isinstance(worksheets, list):
        return [cell for sheet in worksheets for cell in (_mapping(sheet).get("cells") or ())]
    return None


def _cell(cell: dict[str, Any]) -> NotebookCell:
    metadata = _mapping(cell.get("metadata"))
    tags = metadata.get("tags")
    source = cell.get("source", cell.get("input", ""))  # nbformat 2 and 3 call a code cell's source `input`
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return NotebookCell(
        kind="code" if cell.get("cell_type") == "code" else "markdown",
        source=_well_formed(source) if isinstance(source, str) else "",
        cell_id=_text(cell.get("id")),
        tags=frozenset(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else frozenset(),
        nbgrader=_mapping(metadata.get("nbgrader")),
    )


def _well_formed(text: str) -> str:
    """The text with Unix line ends, and without the lone surrogates that JSON allows and no encoder takes."""
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
