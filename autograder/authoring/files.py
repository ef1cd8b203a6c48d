"""Reading and writing the author's files: plain sentences for what cannot be read, and nothing half written."""

import contextlib
import os
import tempfile
from pathlib import Path

from autograder.errors import CannotRun


def read_text(path: Path) -> str:
    """The file's text (UTF-8, any line ends). Raises `CannotRun`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CannotRun(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise CannotRun(f"{path} is a folder, not a file.") from None
    except UnicodeDecodeError as error:
        raise CannotRun(f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8.") from None


def write_text(path: Path, text: str) -> bool:
    """Write the file as a whole or not at all; False when it already says this.

    Line ends are \\n on every system, so that a build is the same everywhere.
    """
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text)
    except OSError as error:
        # Without this the sentence would name the temporary file, or no file at all (a full disk).
        raise OSError(error.errno, error.strerror, str(path)) from error
    return True


def _replace(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        # mkstemp makes private files; a notebook is as readable as any other file of the folder.
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
