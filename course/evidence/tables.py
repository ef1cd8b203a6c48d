"""Reads one CSV file of the evidence folder against a list of columns, and names every fault by file and line."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

Reader = Callable[[str], Any]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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


def nearest(name: str, there: Iterable[str]) -> str:
    """Return the part of a sentence that offers the ids most like one that does not exist."""
    found = get_close_matches(name, there, n=3, cutoff=0.4)
    return f"the nearest ids are {', '.join(found)}" if found else "no id resembles it"


def identifier(cell: str) -> str:
    """Return an id; raises ValueError for one with capitals, spaces or signs."""
    if not _ID.fullmatch(cell):
        raise ValueError("is not lower-case words and digits joined by hyphens")
    return cell


def number(cell: str) -> float:
    """Return a number written like 11.4, -3 or 1500; raises ValueError for any other form, such as 1,500 or 1e3."""
    if not _NUMBER.fullmatch(cell):
        raise ValueError("is not a number like 11.4 or -3")
    return float(cell)


def day(cell: str) -> date:
    """Return a date written like 2026-11-23."""
    try:
        if not _DAY.fullmatch(cell):
            raise ValueError
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
        parts = [part.strip() for part in cell.split(";")]
        if not all(parts):
            raise ValueError('holds a ";" too many')
        found = tuple(read(part) for part in parts)
        if len(set(found)) < len(found):
            raise ValueError("names something twice")
        return found

    return read_all


def read_table(
    path: Path,
    columns: Sequence[Column],
    check: Callable[[Mapping[str, Any]], Iterator[str]],
    key: str | None = None,
    together: Callable[[Sequence[Row]], Iterator[tuple[str, str]]] = lambda rows: iter(()),
) -> list[Row]:
    """Return the rows of a UTF-8 CSV file in file order; each value of the column `key`, if one is named, stands once.

    `check` gets the values of a row whose cells could all be read, and yields a sentence for each rule that they break.
    `together` gets all rows and yields (place, sentence) for each rule that rows break among them.
    Raises LedgerError with one line, `FILE:LINE: what is wrong`, for every fault of the file.
    """
    rows: list[Row] = []
    faults: list[tuple[str, str]] = []
    seen: dict[str, str] = {}
    for place, cells in _cells(path, [column.name for column in columns]):
        if isinstance(cells, str):
            faults.append((place, cells))
            continue
        values, wrong = _values(cells, columns)
        if not wrong:
            wrong = list(check(values))
        name = cells[key] if key else ""
        if name in seen and name:
            wrong.append(f'the {key} "{_short(name)}" stands twice; it stands in {seen[name]} already.')
        seen.setdefault(name, place)
        faults += [(place, sentence) for sentence in wrong]
        rows.append(Row(place, values))
    faults += together(rows)
    if faults:
        raise LedgerError("\n".join(f"{place}: {' '.join(sentence.split())}" for place, sentence in faults))
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
            wrong.append(f'{column.name} is "{_short(cell)}", which {error}.')
    return values, wrong


def _short(cell: str) -> str:
    """As much of a cell as a sentence can hold."""
    return cell if len(cell) <= 80 else f"{cell[:79]}…"


def _cells(path: Path, names: Sequence[str]) -> Iterator[tuple[str, dict[str, str] | str]]:
    """Yield (`file:line`, cells by column, or what is wrong with the row); the line is where the row begins."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LedgerError(f"{path}: this file of the evidence folder cannot be opened ({error.strerror}).") from error
    try:
        # A spreadsheet that saves UTF-8 puts a mark before the first cell.
        plain = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LedgerError(f"{path}:{line}: this is not UTF-8 text ({error.reason}).") from error
    reader = csv.reader(io.StringIO(plain, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        if header != list(names):
            raise LedgerError(f"{path}:1: the header must be {','.join(names)}; {_difference(header, names)}.")
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                yield f"{path}:{line}", dict(zip(header, (cell.strip() for cell in cells), strict=True))
            else:
                stand = "1 cell stands" if len(cells) == 1 else f"{len(cells)} cells stand"
                yield f"{path}:{line}", f"{stand} where {len(header)} are needed."
            line = reader.line_num + 1
    except csv.Error as error:
        yield f"{path}:{line}", f"from here on this is not text separated by commas ({error})."


def _difference(header: Sequence[str], names: Sequence[str]) -> str:
    missing = [name for name in names if name not in header]
    strange = [_short(name) for name in header if name not in names]
    if missing:
        return f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
    if strange:
        return f"{', '.join(strange)} {'is not one' if len(strange) == 1 else 'are not some'} of its columns"
    return "a column stands twice" if len(header) > len(names) else "the order is another"
