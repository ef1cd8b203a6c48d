"""A zip or tar archive of a stranger → its ordinary files, one after the other, within caps; nothing is unpacked to
disk.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from autograder.intake.opening import Unreadable
from autograder.intake.words import plain

_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
_DIRECTORY_BYTES = 500
"""What a zip's own list may take for each member."""
_HEADER_BYTES = 100_000
"""The longest name, or other extra header, of a member of a tar."""
_DRIVE = re.compile(r"^(?:[A-Za-z]:)?/*")


@dataclass(frozen=True)
class Caps:
    """How much of an archive is looked at: members, bytes of one and of all together, archives inside archives."""

    members: int = 2_000
    member_bytes: int = 20_000_000
    total_bytes: int = 100_000_000
    depth: int = 2


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name (relative, `/` between folders), and its bytes, or why it was left out."""

    name: str
    data: bytes = b""
    problem: str | None = None


class Budget:
    """What is left of the caps; archives inside an archive share it with the outer one."""

    def __init__(self, caps: Caps) -> None:
        self.caps = caps
        self._members = 0
        self._bytes = 0

    def count(self, name: str) -> None:
        """One more member has been seen. Raises `Unreadable` when there are too many."""
        self._members += 1
        if self._members > self.caps.members:
            raise Unreadable(f"{name} holds more than {self.caps.members} files: hand in the notebook alone.")

    def spend(self, name: str, size: int) -> None:
        """So many bytes have been unpacked. Raises `Unreadable` when it is too much."""
        self._bytes += size
        if self._bytes > self.caps.total_bytes:
            raise Unreadable(
                f"{name} unpacks to more than {self.caps.total_bytes // 1_000_000} MB: hand in the notebook alone."
            )


def is_archive(name: str) -> bool:
    """Whether a file of this name is looked into."""
    return name.lower().endswith(_SUFFIXES)


def looks_packed(start: bytes) -> bool:
    """Whether a file with these first bytes is an archive, whatever it is called."""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b"))


def members(name: str, file: BinaryIO, wanted: Callable[[str], bool], budget: Budget | None = None) -> Iterator[Member]:
    """The wanted files in an open archive (seekable), those of archives inside it too.

    `wanted` is asked with a member's relative name. A link, a device, a name that leads out of the archive, and a
    member that is too large or damaged come with a `problem`. Raises `Unreadable` (one sentence) when the archive as a
    whole cannot be read, or is larger than the caps of `budget`.
    """
    return _members(plain(name, 100), file, wanted, budget or Budget(Caps()), 0)


def _members(name: str, file: BinaryIO, wanted: Callable[[str], bool], budget: Budget, depth: int) -> Iterator[Member]:
    start = file.read(4)
    file.seek(0)
    try:
        found = _zip(name, file, wanted, budget) if start[:2] == b"PK" else _tar(name, file, wanted, budget)
        for member in found:
            inside = not member.problem and (is_archive(member.name) or looks_packed(member.data))
            if not inside:
                yield member
            elif depth >= budget.caps.depth:
                yield Member(member.name, problem="it is an archive in an archive in an archive")
            else:
                yield from _inside(name, member, wanted, budget, depth)
    except Unreadable:
        raise
    except Exception as error:  # zipfile and tarfile raise all sorts of things at bytes that somebody made up
        raise Unreadable(f"{name} cannot be unpacked ({_reason(error)}): pack it again as an ordinary zip.") from None


def _inside(name: str, member: Member, wanted: Callable[[str], bool], budget: Budget, depth: int) -> Iterator[Member]:
    shown = plain(f"{name}/{member.name}", 100)
    try:
        for inner in _members(shown, io.BytesIO(member.data), wanted, budget, depth + 1):
            yield Member(f"{member.name}/{inner.name}", inner.data, inner.problem)
    except Unreadable as error:  # its neighbours may be fine
        yield Member(member.name, problem=str(error))


def _zip(name: str, file: BinaryIO, wanted: Callable[[str], bool], budget: Budget) -> Iterator[Member]:
    guarded = _Guarded(file, 100_000 + budget.caps.members * _DIRECTORY_BYTES, name)
    with zipfile.ZipFile(guarded) as packed:
        guarded.limit = None
        size = file.seek(0, io.SEEK_END)
        if sum(info.compress_size for info in packed.infolist()) > size:
            raise Unreadable(f"{name} holds files that overlap: pack it again as an ordinary zip.")
        for info in packed.infolist():
            budget.count(name)
            inside, problem = _relative(info.filename)
            kind = stat.S_IFMT(info.external_attr >> 16)
            if info.is_dir() or not (wanted(inside) or is_archive(inside)):
                continue
            if kind not in (0, stat.S_IFREG):
                problem = "it is a link or a device, not a file"
            elif info.flag_bits & 0x1:
                problem = "it is protected with a password"
            elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                problem = "it is packed in an unusual way; pack it as an ordinary zip"
            if problem:
                yield Member(inside, problem=problem)
                continue
            yield _read(name, inside, lambda info=info: packed.open(info), budget)  # type: ignore[misc]


def _tar(name: str, file: BinaryIO, wanted: Callable[[str], bool], budget: Budget) -> Iterator[Member]:
    start = file.read(6)
    file.seek(0)
    if start.startswith((b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")):
        raise Unreadable(f"{name} is packed in a way that is not looked into: pack it again as a zip.")
    stream: Any = gzip.GzipFile(fileobj=file) if start.startswith(b"\x1f\x8b") else file
    guarded = _Guarded(stream, budget.caps.total_bytes, name)
    with tarfile.open(fileobj=guarded, mode="r|", tarinfo=_Header, errorlevel=1) as packed:  # type: ignore[call-overload]
        for info in packed:
            budget.count(name)
            inside, problem = _relative(info.name)
            if info.isdir() or not (wanted(inside) or is_archive(inside)):
                continue
            if not info.isreg():
                problem = "it is a link or a device, not a file"
            if problem:
                yield Member(inside, problem=problem)
                continue
            yield _read(name, inside, lambda info=info: packed.extractfile(info), budget)  # type: ignore[misc]


def _read(name: str, inside: str, opened: Callable[[], Any], budget: Budget) -> Member:
    largest = budget.caps.member_bytes
    try:
        with opened() as part:
            data = part.read(largest + 1)
    except Unreadable:
        raise
    except Exception as error:  # one broken member is no reason to give up the others
        return Member(inside, problem=f"it is damaged ({_reason(error)})")
    budget.spend(name, len(data))
    if len(data) > largest:
        return Member(inside, problem=f"it is larger than {largest // 1_000_000} MB")
    return Member(inside, data)


def _relative(name: str) -> tuple[str, str | None]:
    """A member's name as a relative path with `/`, fit to be printed; and what is wrong with it, if anything is."""
    parts = [plain(part, 100) for part in _DRIVE.sub("", name[:2000].replace("\\", "/")).split("/")]
    leads_out = ".." in parts
    inside = "/".join(part for part in parts if part not in ("", ".", ".."))
    return inside or "file", "its name leads out of the archive" if leads_out else None


def _reason(error: Exception) -> str:
    return plain(str(error), 100).rstrip(".") or type(error).__name__


_EXTRA = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)


class _Header(tarfile.TarInfo):
    """A tar header that takes no more memory than it should, whatever sizes are claimed."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        header = super().frombuf(buf, encoding, errors)
        if header.type == tarfile.GNUTYPE_SPARSE:
            _refuse_sparse()
        if header.type in _EXTRA and header.size > _HEADER_BYTES:
            raise tarfile.ReadError("a header that is far too long")
        return header

    def _proc_gnusparse_10(self, *_: Any) -> NoReturn:  # tarfile's reader of such a list takes as much as is claimed
        _refuse_sparse()


def _refuse_sparse() -> NoReturn:
    raise tarfile.ReadError("files with holes in them")


class _Guarded:
    """An open file of which no more than `limit` bytes are read; None: no limit."""

    def __init__(self, file: Any, limit: int | None, name: str) -> None:
        self._file = file
        self._name = name
        self._read = 0
        self.limit = limit

    def read(self, size: int = -1) -> bytes:
        """Some of the file. Raises `Unreadable` before it becomes too much."""
        left = None if self.limit is None else self.limit - self._read
        data: bytes = self._file.read(size if left is None or 0 <= size <= left else left + 1)
        if left is not None and len(data) > left:
            raise Unreadable(f"{self._name} holds too much to be looked through: hand in the notebook alone.")
        self._read += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place in the file."""
        place: int = self._file.seek(offset, whence)
        return place

    def tell(self) -> int:
        """Where in the file we are."""
        place: int = self._file.tell()
        return place

    def seekable(self) -> bool:
        """Yes: an archive's list is at its end."""
        return True
