"""Reads one CSV file of the evidence folder against a list of columns, and names every fault by file and line."""

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

Reader = Callable[[str], Any]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class LedgerError(ValueError):
    """A file of the evidence folder cannot be used as it stands; one sentence a line, each with file and line."""


@dataclass(frozen=True)
class Column:
    """One column: its name, what reads a cell of it, and whether a cell may stay empty.

    `read` gets the text without spaces around it and raises ValueError whose text completes `NAME is "CELL", which …`.
    """

    name: str
    read: Reader
    required: bool = False
    empty: Any = ""


@dataclass(frozen=True)
class Row:
    """One row that its columns could read: where it begins, and its values by column."""

    place: str
    values: Mapping[str, Any]


def text(cell: str) -> str:
    """Return the cell as it stands."""
    return cell


def identifier(cell: str) -> str:
    """Return an id; raises ValueError for one with capitals, spaces or signs."""
    if not _ID.fullmatch(cell):
        raise ValueError("is not lower-case words and digits joined by hyphens")
    return cell


def number(cell: str) -> float:
    """Return a finite number."""
    try:
        found = float(cell)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise ValueError("is not a number")
    return found


def day(cell: str) -> date:
    """Return a date written like 2026-11-23."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("is not a date like 2026-11-23") from None


def like(pattern: str, said: str) -> Reader:
    """Return a reader of texts of one form; `said` completes the sentence for any other."""
    form = re.compile(pattern)

    def read(cell: str) -> str:
        if not form.fullmatch(cell):
            raise ValueError(said)
        return cell

    return read


def one_of(allowed: Sequence[str]) -> Reader:
    """Return a reader of one of a few words."""

    def read(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(f"is not one of {', '.join(allowed)}")
        return cell

    return read


def several(read: Reader) -> Reader:
    """Return a reader of values joined by ";" (a tuple); each stands once."""

    def read_all(cell: str) -> tuple[Any, ...]:
        found = tuple(read(part.strip()) for part in cell.split(";"))
        if len(set(found)) < len(found):
            raise ValueError("names something twice")
        return found

    return read_all


def read_table(
    path: Path, columns: Sequence[Column], check: Callable[[Mapping[str, Any]], Iterator[str]], key: str
) -> list[Row]:
    """Return the rows of a UTF-8 CSV file in file order; each value of the column `key` stands once.

    `check` gets the values of a row and yields a sentence for each rule that they break together.
    Raises LedgerError with one line, `FILE:LINE: what is wrong`, for every fault of the file.
    """
    rows: list[Row] = []
    faults: list[str] = []
    seen: dict[str, str] = {}
    for place, cells in _cells(path, [column.name for column in columns]):
        values, wrong = _values(cells, columns)
        if not wrong:
            wrong = list(check(values))
        name = cells[key]
        if name in seen and name:
            wrong.append(f'the {key} "{name}" stands twice; it stands in {seen[name]} already.')
        seen.setdefault(name, place)
        faults += [f"{place}: {sentence}" for sentence in wrong]
        rows.append(Row(place, values))
    if faults:
        raise LedgerError("\n".join(faults))
    return rows


def _values(cells: Mapping[str, str], columns: Sequence[Column]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    wrong = []
    for column in columns:
        cell = cells[column.name]
        values[column.name] = column.empty
        if not cell:
            if column.required:
                wrong.append(f"the {column.name} is missing.")
            continue
        try:
            values[column.name] = column.read(cell)
        except ValueError as error:
            wrong.append(f'{column.name} is "{cell}", which {error}.')
    return values, wrong


def _cells(path: Path, names: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (`file:line`, cells by column); the line is the one on which the row begins."""
    try:
        handle = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise LedgerError(f"{path}: this file of the evidence folder cannot be opened ({error.strerror}).") from error
    with handle:
        reader = csv.reader(handle, strict=True)
        line = 1
        try:
            header = next(reader, [])
            if header != list(names):
                raise LedgerError(f"{path}:1: the header must be {','.join(names)}; {_difference(header, names)}.")
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) != len(header):
                    raise LedgerError(f"{path}:{line}: {len(cells)} cells stand where {len(header)} are needed.")
                yield f"{path}:{line}", dict(zip(header, (cell.strip() for cell in cells), strict=True))
                line = reader.line_num + 1
        except (csv.Error, UnicodeDecodeError) as error:
            raise LedgerError(f"{path}:{line}: this is not UTF-8 text separated by commas ({error}).") from error


def _difference(header: Sequence[str], names: Sequence[str]) -> str:
    missing = [name for name in names if name not in header]
    strange = [name for name in header if name not in names]
    if missing:
        return f"{', '.join(missing)} is missing"
    return f"{', '.join(strange)} is not one of its columns" if strange else "the order is another"
