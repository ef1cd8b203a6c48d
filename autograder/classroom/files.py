"""Writing files so that a crash leaves the old one or the new one, and showing names that are not ours to trust."""

import os
from pathlib import Path


def write_bytes(path: Path, content: bytes) -> None:
    """Replace `path` in one step, making its folder. Raises `OSError` and leaves the old file when that fails.

    The temporary file has a fixed name beside it: what a killed run leaves behind is overwritten by the next.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name[:200]}.part")
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """`write_bytes` for UTF-8 text; line ends are kept as given."""
    write_bytes(path, text.encode("utf-8"))


def is_folder_name(name: str) -> bool:
    """Whether a student or assignment name can be one folder: not empty, not `.` or `..`, no separator, valid text."""
    if name in ("", ".", "..") or any(character in name for character in ("/", "\\", "\0")):
        return False
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def shown(name: str, width: int = 60) -> str:
    """A name as it may be printed: control characters and undecodable bytes escaped, overlong ones shortened."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in name)
    return safe if len(safe) <= width else safe[: width - 1] + "…"
