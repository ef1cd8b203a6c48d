"""Files that were made to harm whoever opens them: each function fills a student's folder."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import socket
import stat
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import judge_fixtures as fx

NOTEBOOK = json.dumps(fx.submitted(fx.squares(), fx.RIGHT)).encode()
MB = 1_000_000
SECRET = "SECRET-OF-THE-HOST"


def zipped(
    files: Iterable[tuple[str, bytes]], mode: int = stat.S_IFREG | 0o644, packing: int = zipfile.ZIP_DEFLATED
) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing, compresslevel=1) as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, packing
            archive.writestr(info, data)
    return packed.getvalue()


def tarred(*entries: tuple[str, bytes, bytes], link: str = "") -> bytes:
    """Entries are (name, type, data)."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:", format=tarfile.GNU_FORMAT) as archive:
        for name, kind, data in entries:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(data), link
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def zeros_notebook(size: int) -> bytes:
    return NOTEBOOK + b" " * size


def bomb(size: int) -> bytes:
    """A zip of one notebook with a huge tail of nothing, packed a thousandfold, in little memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"".join(
        [packer.compress(NOTEBOOK), *(packer.compress(b" " * MB) for _ in range(size // MB)), packer.flush()]
    )
    name = b"exercises.ipynb"
    crc, full = 0, len(NOTEBOOK) + size // MB * MB
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x21, crc, len(body), full, len(name), 0) + name
    central = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x21, crc, len(body), full, len(name), 0, 0, 0, 0, 0, 0
    ) + name  # fmt: skip
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local) + len(body), 0)
    return local + body + central + end


def overlapping() -> bytes:
    """A hundred entries in the list, all of one and the same piece of the file."""
    rubbish = random.Random(1).randbytes(2 * MB)
    whole = zipped([("exercises.ipynb", rubbish)])
    end = struct.unpack("<IHHHHIIH", whole[-22:])
    start, size = end[6], end[5]
    entry = whole[start : start + size]
    entries = entry * 100
    return whole[:start] + entries + struct.pack("<IHHHHIIH", end[0], 0, 0, 100, 100, len(entries), start, 0)


def quine(levels: int) -> bytes:
    data = zipped([("exercises.ipynb", NOTEBOOK)])
    for _ in range(levels):
        data = zipped([("a.zip", data), ("b.zip", data)])
    return data


def pax(header: bytes, *more: bytes) -> bytes:
    """A tar whose first header is an extended one with this content."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, len(header)
    padded = header + b"\0" * (-len(header) % 512)
    return info.tobuf(tarfile.USTAR_FORMAT) + padded + b"".join(more) + b"\0" * 1024


def sparse_list(size: int) -> bytes:
    """A sparse file (format 1.0) whose list of holes is as long as the file."""
    records = b"".join(record(*pair) for pair in (("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"),
                       ("GNU.sparse.name", "exercises.ipynb"), ("GNU.sparse.realsize", "1")))  # fmt: skip
    body = b"999999999\n" + b"1000\n" * (size // 5)
    member = tarfile.TarInfo("exercises.ipynb")
    member.size = len(body)
    return pax(records, member.tobuf(tarfile.USTAR_FORMAT), body, b"\0" * (-len(body) % 512))


def record(key: str, value: str) -> bytes:
    body = f" {key}={value}\n".encode()
    size = len(body) + 1
    while size != len(str(size)) + len(body):
        size = len(str(size)) + len(body)
    return str(size).encode() + body


def old_sparse() -> bytes:
    info = tarfile.TarInfo("exercises.ipynb")
    info.type, info.size = tarfile.GNUTYPE_SPARSE, 0
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[482] = 1  # the list of holes goes on in the next block
    return with_checksum(header) + (b"00000000001\0" * 42 + b"\1" + b"\0" * 7) * 100_000 + b"\0" * 1024


def with_checksum(header: bytearray) -> bytes:
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def put(name: str, make: Callable[[], bytes]) -> Callable[[Path, Path], None]:
    """A folder with one file of this name and content."""

    def fill(folder: Path, secret: Path) -> None:
        (folder / name).write_bytes(make())

    return fill


def many_in_a_tar() -> bytes:
    block = tarfile.TarInfo("x.txt").tobuf(tarfile.USTAR_FORMAT)
    return gzip.compress(block * 100_000, 1)


def marked_as_utf8(name: bytes) -> bytes:
    data = bytearray(zipped([("é" + "x" * (len(name) - 2), NOTEBOOK)]))
    return bytes(data).replace("é".encode() + b"x" * (len(name) - 2), name)


def with_flags(data: bytes, flags: int) -> bytes:
    changed = bytearray(data)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(signature) + at
        struct.pack_into("<H", changed, start, flags)
    return bytes(changed)


def lying_about_size() -> bytes:
    data = bytearray(zipped([("exercises.ipynb", zeros_notebook(50 * MB))]))
    start = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, start + 24, 1000)
    return bytes(data)


def fifo(folder: Path, secret: Path) -> None:
    os.mkfifo(folder / "exercises.ipynb")


def fifo_zip(folder: Path, secret: Path) -> None:
    os.mkfifo(folder / "exercises.zip")


def socket_file(folder: Path, secret: Path) -> None:
    here = os.getcwd()
    os.chdir(folder)  # a socket's path must be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("exercises.ipynb")
    finally:
        os.chdir(here)


def linked_file(folder: Path, secret: Path) -> None:
    (folder / "exercises.ipynb").symlink_to(secret)


def linked_zip(folder: Path, secret: Path) -> None:
    (folder / "exercises.zip").symlink_to(secret)


def linked_folder(folder: Path, secret: Path) -> None:
    (folder / "work").symlink_to(secret.parent)


def link_to_a_device(folder: Path, secret: Path) -> None:
    (folder / "exercises.ipynb").symlink_to("/dev/zero")


def many_files(folder: Path, secret: Path) -> None:
    for number in range(6_000):
        (folder / f"{number}.txt").touch()


def deep_folders(folder: Path, secret: Path) -> None:
    here = folder
    for _ in range(300):
        here = here / "d"
        here.mkdir()
    (here / "exercises.ipynb").write_bytes(NOTEBOOK)


def odd_names(folder: Path, secret: Path) -> None:
    for name in (b"exerc\xff\xfe.ipynb", b"\x1b[2J\n.ipynb", b"..\\..\\x.ipynb"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(b"{}")


def many_notebooks(folder: Path, secret: Path) -> None:
    for number in range(60):
        (folder / f"{number}.ipynb").write_bytes(NOTEBOOK)


def link_in_zip(name: str, target: str) -> Callable[[], bytes]:
    return lambda: zipped([(name, target.encode())], stat.S_IFLNK | 0o777)


def linked_in_tar(kind: bytes) -> Callable[[], bytes]:
    return lambda: tarred(("exercises.ipynb", kind, b""), link="/etc/passwd")


def long_name_in_tar() -> bytes:
    return gzip.compress(tarred(("x", tarfile.GNUTYPE_LONGNAME, b"x" * 90 * MB)), 1)


def wide(text: str) -> bytes:
    return json.dumps({"cells": [{"cell_type": "markdown", "source": text}]}, ensure_ascii=False).encode()


def cells_of(cells: Iterable[tuple[str, str | None]]) -> bytes:
    """The right answers, and these cells (source, grade_id) after them."""
    content = fx.submitted(fx.squares(), fx.RIGHT)
    for source, grade_id in cells:
        marks = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
        content["cells"].append({"cell_type": "code", "metadata": marks, "source": source})
    return json.dumps(content).encode()


def pieces() -> Iterable[tuple[str, str | None]]:
    """A function whose thousand lines are each a cell."""
    yield "def cube():", "cube-answer"
    for number in range(4_800):
        yield f"    x{number} = {number}", None


# name → (what fills the folder, words of the sentence that comes of it; None: the answers are read after all)
CASES: dict[str, tuple[Callable[[Path, Path], None], str | None]] = {
    # names
    "zip-slip": (put("a.zip", lambda: zipped([("../../../exercises.ipynb", NOTEBOOK)])), "leads out"),
    "zip-slip-backslash": (put("a.zip", lambda: zipped([("..\\..\\exercises.ipynb", NOTEBOOK)])), "leads out"),
    "zip-absolute": (put("a.zip", lambda: zipped([("/etc/exercises.ipynb", NOTEBOOK)])), None),
    "tar-slip": (put("a.tar", lambda: tarred(("../../exercises.ipynb", tarfile.REGTYPE, NOTEBOOK))), "leads out"),
    "tar-absolute": (put("a.tar", lambda: tarred(("/etc/exercises.ipynb", tarfile.REGTYPE, NOTEBOOK))), None),
    "zip-names-not-utf-8": (put("a.zip", lambda: marked_as_utf8(b"\xff\xfe.ipynb")), "be unpacked"),
    "zip-name-with-nul": (
        put("a.zip", lambda: zipped([("exercises.ipynbQ", NOTEBOOK)]).replace(b"ipynbQ", b"ipynb\0")), None),
    "names-on-disk": (odd_names, "not a notebook"),
    # links and devices
    "zip-link": (put("a.zip", link_in_zip("exercises.ipynb", "/etc/passwd")), "a device"),
    "zip-linked-folder": (put("a.zip", link_in_zip("work.ipynb", "../../..")), "a device"),
    "tar-link": (put("a.tar", linked_in_tar(tarfile.SYMTYPE)), "a device"),
    "tar-hard-link": (put("a.tar", linked_in_tar(tarfile.LNKTYPE)), "a device"),
    "tar-device": (put("a.tar", lambda: tarred(("exercises.ipynb", tarfile.CHRTYPE, b""))), "a device"),
    "tar-pipe": (put("a.tar", lambda: tarred(("exercises.ipynb", tarfile.FIFOTYPE, b""))), "a device"),
    "pipe": (fifo, "not an ordinary file"),
    "pipe-called-zip": (fifo_zip, "not an ordinary file"),
    "socket": (socket_file, "not an ordinary file"),
    "link": (linked_file, "a link"),
    "link-called-zip": (linked_zip, "a link"),
    "link-to-a-device": (link_to_a_device, "a link"),
    "linked-folder": (linked_folder, "only work"),
    # bombs
    "bomb": (put("a.zip", lambda: bomb(300 * MB)), "larger than 20 MB"),
    "bomb-lying-about-its-size": (put("a.zip", lying_about_size), "damaged"),
    "bomb-in-many-members": (
        put("a.zip", lambda: zipped((f"{n}.ipynb", zeros_notebook(15 * MB)) for n in range(10))), "than 100 MB"),
    "bomb-in-zips": (
        put("a.zip", lambda: zipped((f"{n}.zip", zipped([("x.ipynb", zeros_notebook(15 * MB))])) for n in range(10))),
        "than 100 MB"),
    "bomb-of-bzip2": (
        put("a.zip", lambda: zipped([("exercises.ipynb", b" " * 50 * MB)], packing=zipfile.ZIP_BZIP2)), "unusual way"),
    "bomb-of-lzma": (
        put("a.zip", lambda: zipped([("exercises.ipynb", b" " * 30 * MB)], packing=zipfile.ZIP_LZMA)), "unusual way"),
    "bomb-as-gzip": (
        put("a.tar.gz", lambda: gzip.compress(tarred(("x.bin", tarfile.REGTYPE, b"a" * 150 * MB)), 1)), "too much"),
    "bomb-in-a-tar": (
        put("a.tgz", lambda: gzip.compress(tarred(("exercises.ipynb", tarfile.REGTYPE, b" " * 90 * MB)), 1)), "20 MB"),
    "overlapping": (put("a.zip", overlapping), "overlap"),
    "archives-in-archives": (put("a.zip", lambda: quine(4)), "archive in an archive"),
    "members": (put("a.zip", lambda: zipped((f"{n}.txt", b"") for n in range(100_000))), "holds too much"),
    "members-with-short-list": (put("a.zip", lambda: zipped((f"{n}", b"") for n in range(5_000))), "than 2000 files"),
    "members-of-a-tar": (put("a.tar.gz", many_in_a_tar), "than 2000 files"),
    "tar-header-of-90-MB": (
        put("a.tgz", lambda: gzip.compress(pax(record("comment", "x" * 90 * MB)), 1)), "be unpacked"),
    "tar-name-of-90-MB": (
        put("a.tgz", long_name_in_tar), "be unpacked"),
    "tar-list-of-holes": (put("a.tgz", lambda: gzip.compress(sparse_list(90 * MB), 1)), "be unpacked"),
    "tar-old-list-of-holes": (put("a.tgz", lambda: gzip.compress(old_sparse(), 1)), "be unpacked"),
    # not what it says
    "zip-with-password": (put("a.zip", lambda: with_flags(zipped([("exercises.ipynb", NOTEBOOK)]), 1)), "password"),
    "zip-cut-off": (put("a.zip", lambda: zipped([("exercises.ipynb", NOTEBOOK)])[:-30]), "be unpacked"),
    "zip-of-nothing": (put("a.zip", lambda: b""), "be unpacked"),
    "zip-of-rubbish": (put("a.zip", lambda: b"PK\3\4" + bytes(range(256)) * 50), "be unpacked"),
    "zip-with-wrong-sum": (put("a.zip", lambda: bytes(NOTEBOOK.join(
        zipped([("exercises.ipynb", NOTEBOOK)], packing=0).split(NOTEBOOK))).replace(b"x ** 2", b"x ** 3")), "damaged"),
    "tar-cut-off": (put("a.tar.gz", lambda: gzip.compress(tarred(("a", b"0", NOTEBOOK)))[:-40]), "be unpacked"),
    "bzip2-called-tar": (put("a.tar", lambda: bz2.compress(tarred(("x.ipynb", b"0", NOTEBOOK)))), "looked into"),
    "xz-called-tar": (put("a.tar", lambda: lzma.compress(tarred(("x.ipynb", b"0", NOTEBOOK)))), "looked into"),
    # notebooks
    "notebook-of-30-MB": (put("exercises.ipynb", lambda: zeros_notebook(30 * MB)), "larger than 20 MB"),
    "json-of-lists": (put("exercises.ipynb", lambda: b"[" + b"[]," * 6_000_000 + b"[]]"), "full of data"),
    "json-of-objects": (
        put("exercises.ipynb", lambda: b'{"cells":[' + b'{"":1},' * 490_000 + b"0]}"), "than 5000 cells"),
    "json-of-letters": (
        put("exercises.ipynb", lambda: b'["' + '","'.join("\u5b57" * 999_000).encode() + b'"]'), "no cells"),
    "json-of-emoji": (put("exercises.ipynb", lambda: '"\U0001f600"'.encode() + b"," + b"x" * 19 * MB), "too large"),
    "json-deep": (put("exercises.ipynb", lambda: b"[" * 900_000), "damaged"),
    "json-deep-cells": (put("exercises.ipynb", lambda: b'{"cells": [' + b'{"id":[' * 300 + b"1" * 19 * MB), "damaged"),
    "letters-and-blanks": (put("exercises.ipynb", lambda: wide("\u5b57 " * 2_400_000)), "no cell of squares"),
    "escaped-emoji": (
        put("exercises.ipynb", lambda: b'{"cells":[{"source":"\\ud83d\\ude00' + b"x" * 19 * MB + b'"}]}'), "million"),
    "conflict-of-many-lines": (
        put("exercises.ipynb", lambda: b"<<<<<<< a\n=======\n>>>>>>> b\n" * 160_000), "damaged"),
    "conflict-of-empty-lines": (put("exercises.ipynb", lambda: b"<<<<<<< a" + b"\n" * 19 * MB), "damaged"),
    "script-of-many-cells": (put("exercises.ipynb", lambda: b"# %%\n" * 40_000), "damaged"),
    "code": (
        put("exercises.ipynb", lambda: cells_of(("x = 1\n" * 40, None) for _ in range(4_900))), "million characters"),
    "own-cells": (
        put("exercises.ipynb", lambda: cells_of((f"cubed{n} = [{'1, ' * 50}]", None) for n in range(4_900))), None),
    "copies": (
        put("exercises.ipynb", lambda: cells_of((f"cube = [{'1, ' * 50}{n}]", "cube-answer") for n in range(4_900))),
        "several different answers"),
    "pieces": (put("exercises.ipynb", lambda: cells_of(pieces())), "several pieces"),
    "merged-cells": (
        put("exercises.ipynb", lambda: cells_of((f"# {n}\n" * 20, "square") for n in range(4_900))), "check cell"),
    # folders
    "files": (many_files, "More than 5000 files"),
    "notebooks": (many_notebooks, "More notebooks"),
    "folders-in-folders": (deep_folders, "only d"),
}  # fmt: skip
