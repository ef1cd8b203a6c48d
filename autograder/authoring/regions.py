"""BEGIN … END regions, read the way nbgrader reads them: a marker is any line that contains its words."""

from dataclasses import dataclass
from typing import Literal

RegionKind = Literal["SOLUTION", "HIDDEN TESTS", "MARK SCHEME"]
KINDS: tuple[RegionKind, ...] = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")


@dataclass(frozen=True)
class Region:
    """A region: offsets (from 0) of its BEGIN and END lines in the cell's source."""

    kind: RegionKind
    begin: int
    end: int

    def holds(self, offset: int) -> bool:
        """Whether the line lies inside, its markers included."""
        return self.begin <= offset <= self.end


def find(source: str) -> tuple[list[Region], list[tuple[int, str]]]:
    """The regions of a cell, and (line offset, sentence) for every marker without its partner."""
    found: list[Region] = []
    wrong: list[tuple[int, str]] = []
    for kind in KINDS:
        opened: int | None = None
        for offset, line in enumerate(source.split("\n")):
            if f"BEGIN {kind}" in line:
                if opened is not None:
                    wrong.append((offset, f"A second BEGIN {kind} stands before the first one's END {kind}."))
                opened = offset
            elif f"END {kind}" in line:
                if opened is None:
                    wrong.append((offset, f"This END {kind} has no BEGIN {kind} before it."))
                else:
                    found.append(Region(kind, opened, offset))
                opened = None
        if opened is not None:
            wrong.append((opened, f"This BEGIN {kind} has no END {kind} after it in the same cell."))
    return sorted(found, key=lambda region: region.begin), wrong


def without(source: str, kind: RegionKind) -> str:
    """The source without its regions of this kind; a solution leaves an empty, indented line, as in a release."""
    regions = [region for region in find(source)[0] if region.kind == kind]
    kept = []
    for offset, line in enumerate(source.split("\n")):
        if kind == "SOLUTION" and any(region.begin == offset for region in regions):
            kept.append(line[: len(line) - len(line.lstrip())])
        elif not any(region.holds(offset) for region in regions):
            kept.append(line)
    return "\n".join(kept)
