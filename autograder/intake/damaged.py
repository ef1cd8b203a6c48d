"""The text of a notebook file → its JSON, for the ways in which such files get damaged.

A file that was saved properly costs one `json.loads`; all else is tried only after that has failed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

MAX_VALUES = 1_000_000
"""JSON values in one file; each costs up to 100 bytes of memory, which a small file could multiply."""
_WRAPPED = 4  # times a notebook is unwrapped that was stored as a string, or as the answer of a server
_FALSE_STARTS = 20  # cells that turn out to be broken before we give up
_MERGED_LINES = 500_000
_JSON = json.JSONDecoder(strict=False)  # line ends inside strings do no harm
_CELLS = re.compile(r'"cells"\s*:\s*\[')
_CELL = re.compile(r'\{\s*"(?:cell_type|attachments|execution_count|id)"')
_VALUE = re.compile(
    r'(?:"(?:[^"\\]++|\\.)*+"?|[^,\[{"]++)*+[,\[{]', re.DOTALL
)  # what stands in a string does not count
_CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$")


class TooManyValues(ValueError):
    """The file holds more values than memory should be spent on."""


class NotJson(ValueError):
    """No notebook can be made out in the text."""


@dataclass(frozen=True)
class Recovered:
    """What stood in a file: one notebook, or two where a merge conflict left both versions.

    `notes`: one sentence for each repair. `is_partial`: some cells may be lost.
    """

    notebooks: tuple[Any, ...]
    notes: tuple[str, ...] = ()
    is_partial: bool = False


def recover(text: str) -> Recovered:
    """The JSON in the text. Raises `NotJson`, or `TooManyValues` before the memory is spent."""
    if _values(text) > MAX_VALUES:
        raise TooManyValues
    try:
        return _unwrapped(_JSON.decode(text))
    except (ValueError, RecursionError):
        return _conflict(text) or _surrounded(text) or _salvaged(text)


def _values(text: str) -> int:
    """About how many values are in the text (never fewer); told exactly only when it matters."""
    count = text.count(",") + text.count("[") + text.count("{")
    return count if count <= MAX_VALUES else sum(1 for _ in islice(_VALUE.finditer(text), MAX_VALUES + 1))


def _unwrapped(content: Any) -> Recovered:
    notes: tuple[str, ...] = ()
    for _ in range(_WRAPPED):
        if isinstance(content, dict) and "cells" not in content and isinstance(content.get("content"), dict | str):
            content = content["content"]
        elif isinstance(content, str) and content.lstrip()[:1] in ("{", '"'):
            content = _JSON.decode(content)
        else:
            break
        notes = ("The notebook was wrapped up in another file format; it was unwrapped.",)
    return Recovered((content,), notes)


def _conflict(text: str) -> Recovered | None:
    """Both versions of a file that git (or nbgitpuller) could not merge."""
    if "<<<<<<< " not in text or text.count("\n") > _MERGED_LINES:
        return None
    versions: tuple[list[str], list[str]] = ([], [])
    side: int | None = None  # None: the line belongs to both versions; 2: to neither
    for line in text.split("\n"):
        mark = _CONFLICT.match(line)
        if mark:
            side = {"<": 0, "|": 2, "=": 1, ">": None}[mark[1][0]]
            continue
        for number, version in enumerate(versions):
            if side is None or side == number:
                version.append(line)
    found = [content for version in versions if (content := _decoded("\n".join(version))) is not None]
    note = "The file holds two versions (an unfinished merge, <<<<<<<): the cells of both were read."
    return Recovered(tuple(found), (note,), len(found) < len(versions)) if found else None


def _surrounded(text: str) -> Recovered | None:
    """A whole notebook with something else before or after it."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        content, _ = _JSON.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    if "cells" not in content and "worksheets" not in content:
        return None
    return Recovered((content,), ("Something else stood before or after the notebook in the file; it was left out.",))


def _salvaged(text: str) -> Recovered:
    """The cells that are whole, of a file that was cut off or damaged inside."""
    start = _CELLS.search(text)
    cells = list(_whole_cells(text, start.end())) if start else []
    if not cells:
        raise NotJson
    return Recovered(({"cells": cells},), ("The file is damaged; the cells that are whole were read.",), True)


def _whole_cells(text: str, at: int) -> Iterator[dict[str, Any]]:
    false_starts = 0
    while false_starts < _FALSE_STARTS and (found := _CELL.search(text, at)):
        try:
            cell, at = _JSON.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            false_starts, at = false_starts + 1, found.end()
            continue
        if "cell_type" in cell:
            cell.pop("outputs", None)
            yield cell


def _decoded(text: str) -> Any:
    try:
        return _JSON.decode(text)
    except (ValueError, RecursionError):
        return None
