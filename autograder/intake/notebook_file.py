"""A notebook file → its cells, for any nbformat and without trusting anything in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from autograder.intake import script
from autograder.intake.damaged import NotJson, TooManyValues, recover
from autograder.intake.opening import Unreadable, open_file
from autograder.intake.words import plain

MAX_BYTES = 20_000_000
"""A notebook without outputs is a few hundred kB; beyond this only outputs or junk can be inside."""
MAX_CELLS = 5_000
MAX_CELL_CHARS = 5_000_000
"""Pictures that Colab puts into a text cell are a few MB; no answer is longer."""
MAX_CODE_CHARS = 1_000_000
"""In all code cells; what reads them as Python takes a second for so much."""

UnreadableNotebook = Unreadable


@dataclass(frozen=True, slots=True)
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
    """The cells of a notebook and what it says it is; `notes` say what was repaired to read it.

    `is_partial`: the file was damaged, and cells may be missing that the learner did not delete.
    """

    cells: tuple[NotebookCell, ...]
    assignment: str | None
    notebook: str | None
    notes: tuple[str, ...] = ()
    is_partial: bool = False


def read_notebook(path: Path) -> NotebookFile:
    """Read the notebook at `path`, never following a symbolic link in its place.

    Raises `FileNotFoundError` when there is no such file, `UnreadableNotebook` (one sentence) for everything else that
    is not a notebook: a link, a folder, too large a file, no JSON, no cells.
    """
    with open_file(path) as file:
        return parse_notebook(path.name, read_capped(path.name, file))


def read_capped(name: str, file: BinaryIO) -> bytes:
    """The bytes of an open file; raises `UnreadableNotebook` when there are more than `MAX_BYTES`."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large(name, f"larger than {MAX_BYTES // 1_000_000} MB")
    return data


def parse_notebook(name: str, data: bytes) -> NotebookFile:
    """The notebook in the bytes of a file called `name`. Raises `UnreadableNotebook` (one sentence)."""
    shown = plain(name, 100)
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableNotebook(f"{shown} is empty: hand in the file that JupyterLab saved.")
    text, notes = _decode(data)
    if sys.getsizeof(text) > 2 * MAX_BYTES:  # one emoji makes every letter take four bytes
        raise _too_large(name, "too large")
    try:
        recovered = recover(text)
    except TooManyValues:
        raise _too_large(name, "full of data") from None
    except NotJson:
        if not script.is_script(text):
            raise UnreadableNotebook(_not_json(shown, data)) from None
        note = "The notebook was handed in as a Python script; its cells were read from there."
        return NotebookFile(_cells(shown, script.cells_of(text)), None, None, (*notes, note))
    found = [(content, cells) for content in recovered.notebooks if (cells := _cell_list(content)) is not None]
    if not found:
        raise UnreadableNotebook(
            f"{shown} is not a notebook (it holds no cells): hand in the .ipynb file that JupyterLab saved."
        )
    own = _mapping(_mapping(found[0][0].get("metadata")).get("autograder"))
    return NotebookFile(
        cells=_both(*(_cells(shown, cells) for _, cells in found)),
        assignment=_text(own.get("assignment")),
        notebook=_text(own.get("notebook")),
        notes=(*notes, *recovered.notes),
        is_partial=recovered.is_partial,
    )


def no_file(path: Path) -> str:
    """The sentence for a file that is not there."""
    return f"There is no file {plain(path.name, 100)} here: save your notebook, or check its name."


def _too_large(name: str, how: str) -> UnreadableNotebook:
    return UnreadableNotebook(
        f"{plain(name, 100)} is {how}: in JupyterLab choose Edit → Clear Outputs of All Cells, save, and try again."
    )


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    encoding = json.detect_encoding(data)  # by the first bytes, as RFC 4627 has it
    if not encoding.startswith("utf-8"):
        name = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be").upper()
        return data.decode(encoding, errors="replace").lstrip("\ufeff"), (
            f"The file was saved as {name} instead of UTF-8; it was read all the same.",
        )
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", errors="replace")
    if any(letter > "\x7f" and letter != "\ufffd" for letter in set(text)):
        return text, ("The file is not valid UTF-8; some characters could not be read.",)
    # Not one letter beyond ASCII is UTF-8: it was saved by an old Windows program.
    return data.decode("cp1252", errors="replace"), (
        "The file was saved in an old Windows encoding instead of UTF-8; it was read all the same.",
    )


def _not_json(name: str, data: bytes) -> str:
    start = data.lstrip()[:1000].lower()
    if start.startswith((b"pk\x03\x04", b"\x1f\x8b", b"rar!", b"7z\xbc\xaf")):
        return f"{name} is a zip archive: unpack it and hand in the notebook inside."
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return f"{name} is a web page, not a notebook: in JupyterLab use File → Download to get the .ipynb file."
    if start.startswith(b"%pdf"):
        return f"{name} is a PDF, not a notebook: in JupyterLab use File → Download to get the .ipynb file."
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
        sheets = [cells for sheet in worksheets if isinstance(cells := _mapping(sheet).get("cells"), list)]
        return [cell for cells in sheets for cell in cells]
    return None


def _cells(name: str, cells: list[Any]) -> tuple[NotebookCell, ...]:
    if len(cells) > MAX_CELLS:
        raise UnreadableNotebook(f"{name} has more than {MAX_CELLS} cells: hand in the notebook you were given.")
    found = [cell for cell in cells if isinstance(cell, dict)]
    sources = [_source(cell) for cell in found]
    if any(len(source) > MAX_CELL_CHARS for source in sources):
        raise UnreadableNotebook(
            f"{name} has a cell of more than {MAX_CELL_CHARS // 1_000_000} million characters: "
            "take out what is no answer, save, and try again."
        )
    code = sum(len(source) for cell, source in zip(found, sources, strict=True) if cell.get("cell_type") == "code")
    if code > MAX_CODE_CHARS:
        raise UnreadableNotebook(
            f"{name} has more than {MAX_CODE_CHARS // 1_000_000} million characters of code: "
            "hand in the notebook you were given."
        )
    return tuple(_cell(cell, source) for cell, source in zip(found, sources, strict=True))


def _both(first: tuple[NotebookCell, ...], second: tuple[NotebookCell, ...] = ()) -> tuple[NotebookCell, ...]:
    """The cells of two versions of a notebook: where they differ, the second's after the first's."""
    if not second:
        return first
    known = {(cell.grade_id, cell.kind, cell.source) for cell in first}
    places = {cell.grade_id: index for index, cell in enumerate(first) if cell.grade_id}
    after: dict[int, list[NotebookCell]] = {}
    at = -1
    for cell in second:
        at = places.get(cell.grade_id or "", at)
        if (cell.grade_id, cell.kind, cell.source) not in known:
            after.setdefault(at, []).append(cell)
    return tuple(cell for index, one in enumerate((None, *first), -1) for cell in (one, *after.get(index, ())) if cell)


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))  # nbformat 2 and 3 call a code cell's source `input`
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _cell(cell: dict[str, Any], source: str) -> NotebookCell:
    metadata = _mapping(cell.get("metadata"))
    tags = metadata.get("tags")
    return NotebookCell(
        kind="code" if cell.get("cell_type") == "code" else "markdown",
        source=_well_formed(source),
        cell_id=_text(cell.get("id")),
        tags=frozenset(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else frozenset(),
        nbgrader=_mapping(metadata.get("nbgrader")),
    )


def _well_formed(text: str) -> str:
    """The text with Unix line ends, and without the lone surrogates that JSON allows and no encoder takes."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
