"""Reading and writing the author's files, with plain sentences for what cannot be read."""

from pathlib import Path

from autograder import files
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

    Line ends are \n on every system, so that a build is the same everywhere.
    """
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    files.write_text(path, text)
    return True
