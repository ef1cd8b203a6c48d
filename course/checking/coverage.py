"""Which lesson teaches which part of the review: `assets/coverage.csv`, and what is missing in it.

A part of the review is a section (by its own heading), a figure, or a row of its Table 1 (a region, by its id). It may
stand in several lines, one for each section of a lesson that teaches it. The heading may stay empty as long as the
module is planned.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.checking import headings
from course.evidence import Region
from course.evidence.tables import Column, Row, like, one_of, read_table, text
from course.syllabus import Module

COVERAGE = Path("assets", "coverage.csv")
KINDS = ("section", "figure", "region")
FIGURES = {
    "Figure 1": "how records were found and sorted",
    "Figure 2": "dopamine after four drugs",
    "Figure 3": "from ventral to dorsal striatum",
    "Figure 4": "the dopamine transporter in abstinence",
    "Figure 5": "negative reinforcement as a loop",
    "Figure 6": "nerve cells after much and little maternal care, in rats",
}
"""The review's six figures, and what each shows."""

_COLUMNS = (
    Column("kind", one_of(KINDS), required=True),
    Column("name", text, required=True),
    Column("module", like(r"[0-9]{2}", "is not two digits"), required=True),
    Column("heading", text),
)


@dataclass(frozen=True)
class Taught:
    """One part of the review and one section of a lesson that teaches it; `heading` is empty while it is unknown."""

    place: str
    kind: str
    name: str
    module: str
    heading: str


def read(path: Path) -> list[Taught]:
    """Return the lines of the table in file order. Raises LedgerError, naming every fault by file and line."""
    rows = read_table(path, _COLUMNS, lambda values: iter(()), together=_twice)
    return [Taught(row.place, **row.values) for row in rows]


def faults(root: Path, modules: Sequence[Module], regions: Iterable[Region]) -> Iterator[str]:
    """Yield a sentence for each part of the review that nothing teaches and each line that points nowhere.

    Raises LedgerError when the table cannot be read, ValueError when the lesson of a ready module cannot.
    """
    table = read(root / COVERAGE)
    there = {(line.kind, line.name) for line in table}
    names = [("figure", figure) for figure in FIGURES] + [("region", region.id) for region in regions]
    for kind, name in names:
        if (kind, name) not in there:
            yield f'{COVERAGE.as_posix()}: the {kind} "{name}" of the review is missing: say which lesson teaches it.'
    known = set(names)
    by_number = {module.number: module for module in modules}
    written = {module.number: headings.of_lesson(root, module.folder) for module in modules if module.status == "ready"}
    for line in table:
        if line.kind != "section" and (line.kind, line.name) not in known:
            yield f'{line.place}: the review has no {line.kind} "{line.name}".'
        if line.module not in by_number:
            yield f"{line.place}: there is no module {line.module} in the syllabus."
        elif line.module in written and not line.heading:
            yield f'{line.place}: module {line.module} is ready, so say which of its headings teaches "{line.name}".'
        elif line.module in written and line.heading not in written[line.module]:
            lesson = f"modules/{by_number[line.module].folder}/lesson.py"
            yield f'{line.place}: {lesson} has no heading "{line.heading}".'


def _twice(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        line = tuple(str(value) for value in row.values.values())
        if line in seen:
            yield row.place, f"this line stands twice; it stands in {seen[line]} already."
        seen.setdefault(line, row.place)
