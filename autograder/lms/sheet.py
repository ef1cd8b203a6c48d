"""A separated text file (comma, semicolon, tab) read so that it can be written back byte for byte.

What is written is what was read, apart from the cells that were given another value: byte order mark, line ends,
quotes and everything else stay as the program that made the file wrote them.
"""

import codecs
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from autograder.errors import CannotRun

SEPARATORS = (",", ";", "\t")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls
_LATIN = "It is not UTF-8, so its letters were read as Latin-1 (Windows): look at the accents in the names."


@dataclass(frozen=True)
class Cell:
    """One cell: its text, and how that stands in the file (`raw`, quotes included)."""

    raw: str
    value: str

    def changed(self, value: str, separator: str) -> "Cell":
        """The cell with another value, quoted if it was quoted or has to be."""
        if self.raw.startswith('"') or any(character in value for character in (separator, '"', "\r", "\n")):
            return Cell('"' + value.replace('"', '""') + '"', value)
        return Cell(value, value)


@dataclass(frozen=True)
class Row:
    """One row: its cells, what ends it in the file, and the number of its first line."""

    cells: tuple[Cell, ...]
    end: str
    line: int

    @property
    def values(self) -> tuple[str, ...]:
        """The cells' texts."""
        return tuple(cell.value for cell in self.cells)

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space is in it."""
        return not any(cell.value.strip() for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A whole file. `remark`: one sentence when its encoding had to be guessed, else empty."""

    name: str
    rows: tuple[Row, ...]
    separator: str
    encoding: str
    bom: bytes = b""
    remark: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        """The titles in the first row."""
        return self.rows[0].values

    def to_bytes(self) -> bytes:
        """The file's content."""
        lines = (self.separator.join(cell.raw for cell in row.cells) + row.end for row in self.rows)
        return self.bom + "".join(lines).encode(self.encoding)

    def changed(self, values: Mapping[tuple[int, int], str], without: Collection[int] = ()) -> "Sheet":
        """The sheet with other values at (row, column), and without some rows; numbers are those of this sheet."""
        rows = list(self.rows)
        for (number, column), value in values.items():
            cells = list(rows[number].cells)
            cells[column] = cells[column].changed(value, self.separator)
            rows[number] = replace(rows[number], cells=tuple(cells))
        return replace(self, rows=tuple(row for number, row in enumerate(rows) if number not in without))


def read_sheet(data: bytes, name: str, is_header: Callable[[Sequence[str]], bool]) -> Sheet:
    """Read a file's content; `name` is for messages.

    The separator is the one with which the first row `is_header`, else the one that gives it the most cells. Raises
    `CannotRun` for a workbook, an empty file, text of an unknown encoding, and a quote that is never closed.
    """
    bom, encoding, text, remark = _decoded(data, name)
    if not text.strip():
        raise CannotRun(f"{name} is empty: download it again.")
    headers = {separator: _first_row(text, separator) for separator in SEPARATORS}
    separator = max(SEPARATORS, key=lambda each: (is_header(headers[each]), len(headers[each])))
    rows = tuple(_rows(text, separator, name))
    return Sheet(name, rows, separator, encoding, bom, remark)


def _decoded(data: bytes, name: str) -> tuple[bytes, str, str, str]:
    """Byte order mark, encoding, text, and a remark when the encoding is a guess."""
    if data.startswith(_WORKBOOKS):
        raise CannotRun(f"{name} is a workbook: save it as CSV (in Excel: “CSV UTF-8”) and give that file.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return bom, encoding, data[len(bom) :].decode(encoding), ""
            except UnicodeDecodeError as error:
                raise CannotRun(f"{name} begins as {encoding.upper()} but is not: save it again as UTF-8.") from error
    if b"\0" in data:
        raise CannotRun(f"{name} is not text of an encoding we know: save it again as CSV in UTF-8.")
    try:
        return b"", "utf-8", data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    try:
        return b"", "cp1252", data.decode("cp1252"), _LATIN
    except UnicodeDecodeError:
        return b"", "latin-1", data.decode("latin-1"), _LATIN


@cache
def _pattern(separator: str) -> re.Pattern[str]:
    """One cell and what follows it. As in every CSV reader, a quote counts only where a cell begins."""
    plain = rf"[^{separator}\r\n]*+"
    return re.compile(
        rf'(?P<cell>"(?P<quoted>(?:[^"]|"")*+)"(?P<tail>{plain})|{plain})(?P<end>{separator}|\r\n|\r|\n|\Z)'
    )


def _first_row(text: str, separator: str) -> tuple[str, ...]:
    """The first row's texts, as this separator divides it."""
    values: list[str] = []
    for found in _pattern(separator).finditer(text):
        values.append(_cell(found).value)
        if found["end"] != separator:
            break
    return tuple(values)


def _rows(text: str, separator: str, name: str) -> list[Row]:
    rows: list[Row] = []
    cells: list[Cell] = []
    position, line, first = 0, 1, 1
    pattern = _pattern(separator)
    while position < len(text) or cells:
        found = pattern.match(text, position)
        cell = _cell(found) if found is not None else Cell('"', "")
        if found is None or (cell.raw.startswith('"') and found["quoted"] is None):
            raise CannotRun(f"{name}, line {line}: a quotation mark is opened and never closed; mend that line.")
        cells.append(cell)
        position = found.end()
        line += len(re.findall(r"\r\n|\r|\n", found[0]))
        if found["end"] != separator:
            rows.append(Row(tuple(cells), found["end"], first))
            cells, first = [], line
    return rows


def _cell(found: re.Match[str]) -> Cell:
    if found["quoted"] is None:
        return Cell(found["cell"], found["cell"])
    return Cell(found["cell"], found["quoted"].replace('""', '"') + found["tail"])
