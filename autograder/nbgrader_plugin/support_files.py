"""The files beside a notebook in `autograded/`, where stock autograding puts them and formgrader shows them.

Of the student's own files only plain data and pictures are taken: formgrader serves these files from its own address,
where a page or a drawing with a script in it would run as the instructor. Links are never followed.
"""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from autograder.classroom import record
from autograder.classroom.course_directory import CourseDirectory
from autograder.files import write_bytes

_PLAIN = frozenset({".csv", ".tsv", ".txt", ".dat", ".json", ".md", ".py", ".png", ".jpg", ".jpeg", ".gif", ".webp"})
_OURS = frozenset({record.NAME, "timestamp.txt"})
_LARGEST = 20_000_000  # bytes of one file
_MOST = 200  # files of one student


def copy_support_files(converter: Any, course: CourseDirectory, student: str, assignment: str) -> None:
    """Copy the student's files and over them the course's, except those in `Autograde.exclude_overwriting`."""
    target = course.folder("autograded", student, assignment)
    submitted = course.folder("submitted", student, assignment)
    source = course.folder("source", ".", assignment)
    ignored = [*course.app.coursedir.ignore, "*.ipynb", ".*", *_OURS]
    kept = set(converter.exclude_overwriting.get(assignment, []))
    for name in _students_files(submitted, ignored):
        write_bytes(target / name, (submitted / name).read_bytes())
    for name in _names(source, ignored):
        if name.as_posix() not in kept or not (target / name).exists():
            write_bytes(target / name, (source / name).read_bytes())


def _students_files(folder: Path, ignored: list[str]) -> list[Path]:
    if folder.is_symlink() or folder.parent.is_symlink():
        return []
    plain = [name for name in _names(folder, ignored) if _is_plain(folder / name)]
    return plain[:_MOST]


def _is_plain(path: Path) -> bool:
    known = path.suffix.lower() in _PLAIN
    return known and not path.is_symlink() and path.is_file() and path.stat().st_size <= _LARGEST


def _names(folder: Path, ignored: list[str]) -> Iterator[Path]:
    """The files below a folder whose name, and whose folders' names, match none of the patterns."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(fnmatch(part, pattern) for part in name.parts for pattern in ignored):
            yield name
