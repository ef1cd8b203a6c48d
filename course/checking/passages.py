"""Cuts the project's sources into passages of text, each with its file, line and section."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^#{1,2}\s+(.*?)\s*(?:\(\{\{.*)?$")  # without the points of an exercise
_TAGGED_QUOTE = re.compile(r"^# %%.*\btags=\[[^\]]*[\"']quote[\"']")
_QUESTION = re.compile(r"^- id:\s*(\S+)")
_COMMENT = re.compile(r"(?:^|\s)#\s.*$")


@dataclass(frozen=True)
class Passage:
    """One line of text that somebody reads, or one string of code.

    `line`: 0 for a row of a table, which is named instead. `section`: the title or second-level heading it stands
    under, the id of the question or the row, or empty. `is_quote`: it stands in a cell tagged `quote`.
    """

    file: str
    line: int
    section: str
    text: str
    is_quote: bool = False

    @property
    def place(self) -> str:
        """Where it stands, from the root: "FILE:LINE", or "FILE, ID" for a row."""
        return f"{self.file}:{self.line}" if self.line else f"{self.file}, {self.section}"


def prose(path: Path, root: Path) -> Iterator[Passage]:
    """Yield the lines a reader sees: text cells of a percent source, a Markdown page, or the texts of a YAML file.

    Raises ValueError, with file and line in one sentence, for a file that cannot be read as what it should be.
    """
    file = path.relative_to(root).as_posix()
    if path.suffix == ".py":
        yield from _text_cells(path, file)
        return
    section = ""
    for number, line in enumerate(_read(path, file).splitlines(), start=1):
        heading = (_QUESTION if path.suffix == ".yml" else _HEADING).match(line)
        section = heading[1] if heading else section
        shown = _COMMENT.sub("", line) if path.suffix == ".yml" else line
        if shown.strip():
            yield Passage(file, number, section, shown)


def strings(path: Path, root: Path) -> Iterator[Passage]:
    """Yield the lines of every string of a Python file that is no text cell: messages, captions, docstrings.

    Raises ValueError, with file and line in one sentence, for a file that is not Python.
    """
    file = path.relative_to(root).as_posix()
    source = _read(path, file)
    tree = python(source, file)
    cells = {id(node) for node in _cells(tree)} if _is_percent(source) else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in cells:
            for offset, line in enumerate(node.value.splitlines()):
                yield Passage(file, min(node.lineno + offset, node.end_lineno or node.lineno), "", line)


def python(source: str, file: str) -> ast.Module:
    """Return the tree of a Python source. Raises ValueError, with file and line in one sentence, where it is none."""
    try:
        return ast.parse(source, filename=file)
    except SyntaxError as error:
        raise ValueError(f"{file}:{error.lineno or 1}: this is not Python ({error.msg}).") from error


def _text_cells(path: Path, file: str) -> Iterator[Passage]:
    source = _read(path, file)
    if not _is_percent(source):
        return
    quoted = _quoted_lines(source)
    section = ""
    for node in _cells(python(source, file)):
        for offset, line in enumerate(str(node.value).splitlines()):
            heading = _HEADING.match(line)
            section = heading[1] if heading else section
            if line.strip():
                number = node.lineno + offset
                yield Passage(file, number, section, line, is_quote=node.lineno in quoted)


def _cells(tree: ast.Module) -> list[ast.Constant]:
    """The strings that stand alone at the top level of a percent source: its text cells."""
    return [
        node.value
        for node in tree.body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]


def _quoted_lines(source: str) -> set[int]:
    found, quoted = set(), False
    for number, line in enumerate(source.splitlines(), start=1):
        if line.startswith("# %%"):
            quoted = bool(_TAGGED_QUOTE.match(line))
        if quoted:
            found.add(number)
    return found


def _read(path: Path, file: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: this is not UTF-8 text ({error.reason}).") from error


def _is_percent(source: str) -> bool:
    return source.startswith("# %%")
