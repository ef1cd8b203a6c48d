"""What a learner was given: the same cuts as nbgrader's ClearSolutions, ClearHiddenTests and ClearMarkScheme.

Written out here because importing nbgrader's own takes seconds, and every check would pay for it; a test holds the two
together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STOCK_CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
_TEXT_STUB = "YOUR ANSWER HERE"
_BLANKS = {number: None for number in range(0x10000) if chr(number).isspace()}


@dataclass(frozen=True)
class Region:
    """A pair of markers; whatever stands between two lines that hold them is cut out."""

    begin: str
    end: str


SOLUTION = Region("BEGIN SOLUTION", "END SOLUTION")
HIDDEN_TESTS = Region("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
MARK_SCHEME = Region("BEGIN MARK SCHEME", "END MARK SCHEME")


def answer(source: str, *, code: bool) -> str:
    """The released text of an answer cell, for a course whose code stub is empty (ours)."""
    return _cleared(source, "" if code else _TEXT_STUB)


def blanks(source: str, *, code: bool) -> frozenset[str]:
    """Every text of an answer cell that counts as nothing written, without whitespace: ours, stock's, none."""
    stubs = ("", _STOCK_CODE_STUB) if code else (_TEXT_STUB,)
    return frozenset({"", *(squeeze(_cleared(source, stub)) for stub in stubs)})


def given(source: str) -> str:
    """The released text of a cell that is not for answering: hidden tests cut out."""
    return cut(source, HIDDEN_TESTS)[0]


def squeeze(source: str) -> str:
    """The text without any whitespace: what two cells are compared by."""
    return source.translate(_BLANKS)


def cut(source: str, region: Region, stub: str | None = None) -> tuple[str, bool]:
    """The text with every such region replaced by `stub` (indented like the marker), and whether there was one."""
    kept: list[str] = []
    inside = found = False
    for line in source.split("\n"):
        if region.begin in line:
            inside = found = True
            indent = _indent(line)
            kept += [] if stub is None else [indent + part for part in stub.split("\n")]
        elif region.end in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept), found


def hidden_lines(source: str) -> frozenset[int]:
    """The line numbers (from 1) of a test cell that only its master holds."""
    inside = False
    lines: set[int] = set()
    for number, line in enumerate(source.split("\n"), start=1):
        inside = inside or HIDDEN_TESTS.begin in line
        if inside:
            lines.add(number)
        inside = inside and HIDDEN_TESTS.end not in line
    return frozenset(lines)


def _cleared(source: str, stub: str) -> str:
    cleared, found = cut(source, SOLUTION, stub)
    return cut(cleared if found else stub, MARK_SCHEME)[0]


def _indent(line: str) -> str:
    match = re.match(r"\s*", line)
    return match.group(0) if match else ""
