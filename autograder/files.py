"""Writing files so that a crash leaves the old one or the new one, never a half."""

import os
from pathlib import Path


def write_bytes(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Replace `path` in one step, making its folder. Raises `OSError`, naming `path`, and leaves the old file then.

    `durable` waits for the disk: without it the file survives any crash of ours, but not a power failure soon after.
    The temporary file has a fixed name beside it: what a killed run leaves behind is overwritten by the next.
    """
    beside = path.with_name(f".{path.name[:200]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        os.replace(beside, path)
    except OSError as error:
        if path.parent.is_dir():
            beside.unlink(missing_ok=True)
        # Without this the sentence would name the temporary file, or no file at all (a full disk).
        raise OSError(error.errno, error.strerror, str(path)) from error


def write_text(path: Path, text: str) -> None:
    """`write_bytes` for UTF-8 text; line ends are kept as given."""
    write_bytes(path, text.encode("utf-8"))


def write_if_changed(path: Path, content: bytes) -> None:
    """`write_bytes` unless the file holds just this already; not durable, for what can be made again."""
    if not path.is_file() or path.read_bytes() != content:
        write_bytes(path, content, durable=False)
