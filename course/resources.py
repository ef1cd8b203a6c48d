"""Where to find help: the crisis and treatment resources shown wherever the course touches suicide or substance use."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from course.content import assets_dir

_COLUMNS = ["region", "name", "how", "basis", "as_of"]
_BASES = ("retrieved", "confirm locally")
_LONGEST = timedelta(days=365)  # a help line's number is looked up again within twelve months


@dataclass(frozen=True)
class CrisisResource:
    """One service. `basis`: "retrieved" (read on `as_of`) or "confirm locally" (nobody has checked it; no date)."""

    region: str
    name: str
    how: str
    basis: str
    as_of: date | None


def crisis_resources(path: Path | None = None) -> tuple[CrisisResource, ...]:
    """Return the resources in file order, from `assets/crisis_resources.csv` unless another file is given.

    Raises ValueError with one sentence, `FILE:LINE: what is wrong`.
    """
    source = path or assets_dir() / "crisis_resources.csv"
    try:
        with source.open(encoding="utf-8", newline="") as handle:
            reader = csv.reader(handle)
            if next(reader, []) != _COLUMNS:
                raise ValueError(f"{source}:1: the header must be {','.join(_COLUMNS)}.")
            return tuple(_parse(cells, f"{source}:{reader.line_num}") for cells in reader)
    except OSError as error:
        raise ValueError(f"{source}: the list of resources cannot be opened ({error.strerror}).") from error


def overdue(today: date, path: Path | None = None) -> Iterator[str]:
    """Yield a sentence for each resource that was last looked up more than twelve months before `today`."""
    for entry in crisis_resources(path):
        if entry.as_of and today - entry.as_of > _LONGEST:
            yield (
                f"assets/crisis_resources.csv: {entry.name} was looked up on {entry.as_of.isoformat()}, more than "
                "twelve months ago: look it up again and set as_of."
            )


def as_markdown() -> str:
    """Return a Markdown table of the resources, marking those to confirm on the spot, and when the rest were read."""
    resources = crisis_resources()
    rows = [
        f"| {entry.region} | {entry.name} | {entry.how}{'' if entry.as_of else ' (confirm locally)'} |"
        for entry in resources
    ]
    oldest = min((entry.as_of for entry in resources if entry.as_of), default=None)
    closing = ["", f"Entries without a remark were looked up on {oldest.isoformat()}."] if oldest else []
    return "\n".join(["| Where | Who | How |", "|---|---|---|", *rows, *closing])


def _parse(cells: list[str], place: str) -> CrisisResource:
    if len(cells) != len(_COLUMNS) or not all(cell.strip() for cell in cells[:-1]):
        raise ValueError(f"{place}: each resource needs {', '.join(_COLUMNS[:-1])}, and {_COLUMNS[-1]} once retrieved.")
    region, name, how, basis, as_of = (cell.strip() for cell in cells)
    if basis not in _BASES:
        raise ValueError(f'{place}: the basis "{basis}" must be one of {", ".join(_BASES)}.')
    if bool(as_of) != (basis == "retrieved"):
        raise ValueError(f'{place}: as_of is the day on which a "retrieved" entry was read, and empty for others.')
    try:
        day = date.fromisoformat(as_of) if as_of else None
    except ValueError as error:
        raise ValueError(f'{place}: as_of is "{as_of}", which is not a date like 2026-11-23.') from error
    return CrisisResource(region, name, how, basis, day)
