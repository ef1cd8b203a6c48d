"""Percent sources: text → cells with their line numbers, and one cell → text. The dialect is jupytext's.

jupytext decides what a cell is and what it holds; this file adds the line numbers, so that every mistake can be named
by file and line, and keeps each cell's exact text, so that what nobody changed is written back as it stood.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

import jupytext
from nbformat import v4
from nbformat.validator import NotebookValidationError

from autograder.authoring.problems import Problem, SourceProblems

Kind = Literal["code", "markdown"]

KEYS = ("answer", "test", "free", "locked", "points", "objective", "read", "tags")
"""What a cell header may say, in the order in which headers are written."""

_FORMAT = {"extension": ".py", "format_name": "percent", "cell_markers": '"""'}
_BARE = {"jupytext": {"notebook_metadata_filter": "-all", "cell_metadata_filter": "-all"}}
_HEADER = re.compile(r"# %%(\s|$)")
# jupytext notes here how a cell was written; the exact text of the cell says it better.
_LAYOUT_KEYS = {"lines_to_next_cell", "cell_marker", "region_name"}
_WRONG_KIND = (
    'The cell header holds a value of the wrong kind: tags=… must be a list of quoted words, tags=["instructor"].'
)
_MAGIC = re.compile(r"\s*[%!?]|[^#'\"]*=\s*[%!]")
# Characters that some tools take for the end of a line and others do not.
_ODD_LINE_ENDS = re.compile("[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Cell:
    """One cell of a percent source.

    `options` are the keys of its header; `line` is the header's line number and `body_line` that of the first line of
    `source` (both from 1); `raw` is the exact text from the header up to the next one.
    """

    kind: Kind
    options: Mapping[str, Any]
    source: str
    line: int
    body_line: int
    raw: str

    def line_of(self, offset: int) -> int:
        """The file's line number of line `offset` (from 0) of `source`."""
        return self.body_line + offset


def parse(text: str, path: str) -> list[Cell]:
    """Cells of a percent source; `path` is what the sentences call it.

    Raises `SourceProblems` when the text cannot be divided into cells or a header cannot be read.
    """
    odd = _ODD_LINE_ENDS.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        raise SourceProblems(
            [Problem(path, line, f"The line holds the invisible character U+{ord(odd[0]):04X}; delete it.")]
        )
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _HEADER.match(line)]
    if not starts or any(line.strip() for line in lines[: starts[0]]):
        raise SourceProblems([Problem(path, 1, "The file must begin with a cell header, `# %%`.")])
    read = _read("\n".join(lines[starts[0] :]))
    if read is None:
        raise SourceProblems([Problem(path, n + 1, _WRONG_KIND) for n in starts if _read(lines[n]) is None])
    if len(read) != len(starts):
        line = _misread_header(lines, starts)
        raise SourceProblems(
            [
                Problem(
                    path,
                    line,
                    "This cell header stands inside a string or text that is still open: close the quotes above it, "
                    "or indent the line if it is meant as text.",
                )
            ]
        )
    problems: list[Problem] = []
    cells: list[Cell] = []
    for found, start, end in zip(read, starts, [*starts[1:], len(lines)], strict=True):
        raw = "\n".join(lines[start:end]) + ("" if end == len(lines) else "\n")
        sentence = _bad_header(lines[start], found)
        if sentence:
            problems.append(Problem(path, start + 1, sentence))
            continue
        options = {key: value for key, value in found.metadata.items() if key not in _LAYOUT_KEYS}
        kind = cast(Kind, found.cell_type)
        body = start + 1 + _lines_before_body(lines[start + 1 : end], kind) + 1
        # How many blank lines stand before the next header is layout, not content.
        cells.append(Cell(kind, options, found.source.rstrip("\n"), start + 1, body, raw))
    if problems:
        raise SourceProblems(problems)
    return cells


def misread(cell: Cell) -> list[tuple[int, str]]:
    """(file line, sentence) where the notebook would hold something else than the author sees in the source."""
    lines = cell.raw.split("\n")[1:]
    if cell.kind == "markdown":
        opening = next((line.strip() for line in lines if line.strip()), "")
        if opening.startswith(('"""', "'''")) and "\\" in cell.source:
            offset = cell.source[: cell.source.index("\\")].count("\n")
            return [
                (
                    cell.line_of(offset),
                    'The text holds a backslash: open it with r""" and write each backslash once (`\\frac`).',
                )
            ]
        return []
    told = []
    for offset, (written, read) in enumerate(zip(lines, cell.source.split("\n"), strict=False)):
        if written != read and not _MAGIC.match(read) and not read.lstrip().startswith("#"):
            told.append(
                (
                    cell.line_of(offset),
                    f"The comment `{written.strip()}` would become a command (`{read.strip()}`): word it differently.",
                )
            )
    return told


def header(kind: Kind, options: Mapping[str, Any]) -> str:
    """The header line of a cell, keys in the order of `KEYS`."""
    words = ["# %%"]
    if kind == "markdown":
        words.append("[markdown]")
    words += [f"{key}={_value(options[key])}" for key in KEYS if key in options]
    return " ".join(words)


def body(kind: Kind, source: str) -> str:
    """The text of a cell under its header, as jupytext writes it, without a newline at the end."""
    new = v4.new_markdown_cell if kind == "markdown" else v4.new_code_cell
    text = jupytext.writes(v4.new_notebook(cells=[new(source)], metadata=_BARE), fmt=_FORMAT)
    return str(text).partition("\n")[2].rstrip("\n")


def render(cell: Cell, kind: Kind, options: Mapping[str, Any], source: str) -> str:
    """The text of `cell` with a new kind, options or source; what did not change keeps its exact text."""
    old_header, _, rest = cell.raw.partition("\n")
    old_body = rest.rstrip("\n")
    blank = rest[len(old_body) :]
    same_body = (cell.kind, cell.source) == (kind, source)
    same_header = (cell.kind, dict(cell.options)) == (kind, dict(options))
    new_header = old_header if same_header else header(kind, options)
    new_body = old_body if same_body else body(kind, source)
    if cell.kind == kind == "markdown" and old_body.startswith('r"""') and new_body.startswith('"""'):
        new_body = "r" + new_body  # the author's way of opening, though the text may have lost its backslashes
    return f"{new_header}\n{new_body}{blank or chr(10)}"


def new_text(kind: Kind, options: Mapping[str, Any], source: str) -> str:
    """The text of a cell that the source did not have, with the blank line after it."""
    return f"{header(kind, options)}\n{body(kind, source)}\n\n"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _read(text: str) -> list[Any] | None:
    """The cells that jupytext finds; None when a header holds a value that no notebook may hold."""
    try:
        return list(jupytext.reads(text, fmt=_FORMAT).cells)
    except NotebookValidationError:
        return None


def _misread_header(lines: list[str], starts: list[int]) -> int:
    """Line number of the first header that jupytext does not take for one."""
    for count, start in enumerate(starts[1:], 1):
        if len(_read("\n".join(lines[starts[0] : start + 1])) or []) != count + 1:
            return start + 1
    return starts[-1] + 1


def _bad_header(line: str, found: Any) -> str | None:
    """One sentence about a header that cannot be read, or None."""
    known = ", ".join(KEYS)
    if "incorrectly_encoded_metadata" in found.metadata:
        wrong = found.metadata["incorrectly_encoded_metadata"]
        return f"`{wrong}` in the cell header is not key=value with a quoted text, a number or a list."
    if found.cell_type not in ("code", "markdown"):
        return "A raw cell cannot be used here: make it `# %% [markdown]` or code."
    if "title" in found.metadata or "cell_depth" in found.metadata:
        return f"The cell header holds a title; only keys may stand there ({known})."
    unknown = [key for key in found.metadata if key not in KEYS and key not in _LAYOUT_KEYS]
    if re.search(r"\blanguage\s*=", line):
        unknown.append("language")
    if unknown:
        return f"The cell header has the unknown key `{unknown[0]}`; known keys are {known}."
    return None


def _lines_before_body(lines: list[str], kind: Kind) -> int:
    """How many lines stand between the header and the first line of the cell's source."""
    if kind == "code":
        return 0
    for number, line in enumerate(lines):
        if line.strip():
            return number + (line.strip().lower() in ('"""', "'''", 'r"""', "r'''"))
    return 0
