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

    `place`: "FILE:LINE", from the root. `section`: the title or second-level heading it stands under, the question's
    id, or empty. `is_quote`: it stands in a cell tagged `quote`.
    """

    file: str
    line: int
    section: str
    text: str
    is_quote: bool = False

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.file}:{self.line}"


def prose(path: Path, root: Path) -> Iterator[Passage]:
    """Yield the lines a reader sees: text cells of a percent source, a Markdown page, or the texts of a YAML file."""
    file = path.relative_to(root).as_posix()
    if path.suffix == ".py":
        yield from _text_cells(path, file)
        return
    section = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        heading = (_QUESTION if path.suffix == ".yml" else _HEADING).match(line)
        section = heading[1] if heading else section
        shown = _COMMENT.sub("", line) if path.suffix == ".yml" else line
        if shown.strip():
            yield Passage(file, number, section, shown)


def strings(path: Path, root: Path) -> Iterator[Passage]:
    """Yield the lines of every string of a Python file that is no text cell: messages, captions, docstrings."""
    file = path.relative_to(root).as_posix()
    tree = _tree(path)
    cells = {id(node) for node in _cells(tree)} if _is_percent(path) else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in cells:
            for offset, line in enumerate(node.value.splitlines()):
                yield Passage(file, node.lineno + offset, "", line)


def _text_cells(path: Path, file: str) -> Iterator[Passage]:
    quoted = _quoted_lines(path)
    section = ""
    for node in _cells(_tree(path)):
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


def _quoted_lines(path: Path) -> set[int]:
    found, quoted = set(), False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# %%"):
            quoted = bool(_TAGGED_QUOTE.match(line))
        if quoted:
            found.add(number)
    return found


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _is_percent(path: Path) -> bool:
    return path.read_text(encoding="utf-8").startswith("# %%")
