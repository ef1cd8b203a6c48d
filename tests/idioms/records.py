"""Records in a text file: `======== name`, then sections that each start with `-------- title`."""

from __future__ import annotations

import re
from pathlib import Path

Record = tuple[str, list[tuple[str, str]]]
"""A name, and (title, text) of each section."""


def read(path: Path) -> list[Record]:
    """The records of one file, in order."""
    records = []
    for entry in re.split(r"^={8} ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *sections = re.split(r"^-{8} ", entry, flags=re.MULTILINE)
        parts = [section.partition("\n") for section in sections]
        records.append((name.strip(), [(title.strip(), text.strip("\n")) for title, _, text in parts]))
    return records
