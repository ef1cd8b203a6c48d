"""What may be wrong in Markdown cells: pictures without description, headings out of order."""

import re
from collections.abc import Iterator

from autograder.authoring.percent import Cell

SHORTEST_DESCRIPTION = 10
"""Characters; below this an alternative text names a picture at best, and does not describe it."""

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_PICTURE = re.compile(r"!\[([^\]]*)\]\s*[(\[]")
_IMG = re.compile(r"<img\b[^>]*>", re.IGNORECASE | re.DOTALL)
_ALT = re.compile(r"\balt\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)


def pictures(text: str) -> Iterator[tuple[int, str]]:
    """(line offset, sentence) for every picture without a description."""
    shown = "\n".join(line if prose else "" for line, prose in _lines(text))
    for match in _PICTURE.finditer(shown):
        if len(match[1].strip()) < SHORTEST_DESCRIPTION:
            yield (
                shown.count("\n", 0, match.start()),
                "The picture has no description: say between ![ and ] what kind of picture it is and what it shows.",
            )
    for match in _IMG.finditer(shown):
        alt = _ALT.search(match[0])
        if alt is None or len(alt[1].strip("\"' ")) < SHORTEST_DESCRIPTION:
            yield (
                shown.count("\n", 0, match.start()),
                'The <img> has no description: add alt="…" that says what kind of picture it is and what it shows.',
            )


def headings(text: str) -> Iterator[tuple[int, int, str]]:
    """(line offset, level, words) of every heading outside code blocks."""
    for offset, (line, prose) in enumerate(_lines(text)):
        match = _HEADING.match(line) if prose else None
        if match:
            yield offset, len(match[1]), match[2]


def heading_order(cells: list[Cell]) -> Iterator[tuple[int, str]]:
    """(file line, sentence): a notebook has one H1, first, and no level is skipped on the way down."""
    level = 0
    title_line = 0
    for cell in cells:
        if cell.kind != "markdown":
            continue
        for offset, new, words in headings(cell.source):
            line = cell.line_of(offset)
            if new == 1 and title_line:
                yield line, f"“{words}” is a second title (`#`); the first stands in line {title_line}. Use `##`."
            elif new == 1:
                title_line = line
            if level and new > level + 1:
                yield line, f"“{words}” jumps from heading level {level} to {new}: use {'#' * (level + 1)}."
            if not level and new > 1:
                yield line, f"“{words}” comes before any title: begin the notebook with one `# Title`."
            level = new
    if not level:
        yield 1, "The notebook has no title: begin its first text cell with `# Title`."


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Every line, and whether it is prose (not in a fenced code block)."""
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if match and not fence:
            fence = match[1]
            yield line, False
        elif match and match[1].startswith(fence) and not line.strip(" `~"):
            fence = ""
            yield line, False
        else:
            yield line, not fence
