"""Writes a file whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Put `text` into the file, as UTF-8; whoever reads meanwhile finds the old file or the new one, never a part."""
    waiting = path.with_name(f".{path.name}.new")
    waiting.write_text(text, encoding="utf-8", newline="\n")
    os.replace(waiting, path)
