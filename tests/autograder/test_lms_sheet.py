"""A separated file read and written back: every byte stays but the cells that were given another value."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import CannotRun
from autograder.lms.sheet import Sheet, read_sheet

CELLS = st.text(st.sampled_from('ab",;\t\r\n é李=\u200f0.'), max_size=6)


def read(data: bytes) -> Sheet:
    return read_sheet(data, "file.csv", lambda header: "ID" in header)


@given(st.text(st.sampled_from('aID",;\t\r\n é'), max_size=40), st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
def test_any_file_comes_back_to_the_byte(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    try:
        sheet = read(data)
    except CannotRun:
        assert not text.strip() or '"' in text
        return
    assert sheet.to_bytes() == data


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_cells_are_those_that_a_csv_reader_finds(
    rows: list[list[str]], separator: str, end: str, quoting: int, encoding: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([["ID", "x", "y"], *rows])
    data = text.getvalue().encode(encoding)
    sheet = read(data)
    assert sheet.separator == separator
    found = [row or [""] for row in csv.reader(io.StringIO(text.getvalue(), newline=""), delimiter=separator)]
    assert [list(row.values) for row in sheet.rows] == found
    assert sheet.to_bytes() == data


@given(CELLS)
def test_a_changed_cell_reads_back_and_nothing_else_moves(value: str) -> None:
    data = b'\xef\xbb\xbfID;"Grade";x\r\n1;"";"a ""b"" c"\r\n2;;\xc3\xa9'
    changed = read(data).changed({(1, 1): value, (2, 1): value})
    again = read(changed.to_bytes())
    assert [row.values for row in again.rows] == [
        ("ID", "Grade", "x"),
        ("1", value, 'a "b" c'),
        ("2", value, "é"),
    ]
    assert changed.to_bytes().startswith(b'\xef\xbb\xbfID;"Grade";x\r\n1;"')
    assert changed.changed({(1, 1): "", (2, 1): ""}).to_bytes().replace(b'2;""', b"2;") == data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04...", "is a workbook"),
        (b"\xd0\xcf\x11\xe0...", "is a workbook"),
        (b"", "is empty"),
        (b"\xff\xfeI\x00D\x00,", "begins as UTF-16"),
        (b"I\0D\0", "encoding"),
        (b'ID,x\n1,2\n3,"open', "line 3: a quotation mark is opened and never closed"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(CannotRun, match=said):
        read(data)


def test_latin_1_is_read_and_said() -> None:
    sheet = read("ID,name\n1,Müller\n".encode("latin-1"))
    assert sheet.rows[1].values == ("1", "Müller")
    assert "Latin-1" in sheet.remark
    assert not read("ID,name\n1,Müller\n".encode()).remark
