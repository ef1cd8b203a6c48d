"""A notebook handed in as a Python script (Jupytext, VS Code, Colab, nbconvert) → its cells."""

from __future__ import annotations

import re
from typing import Any

MAX_CHARS = 200_000
_MOST_CELLS = 1_000
_MARK = re.compile(r"^# (?:%%|In\[[ \d]*\]:)", re.MULTILINE)
_HEADER = re.compile(r"\A(?:#!.*\n|# -\*-.*\n)*# ---\n(?:#.*\n)*?# ---\n")


def is_script(text: str) -> bool:
    """Whether the text is a script with the marks of notebook cells in it."""
    return len(text) <= MAX_CHARS and 0 < len(_MARK.findall(text)) <= _MOST_CELLS


def cells_of(text: str) -> list[dict[str, Any]]:
    """The cells of a script for which `is_script` holds, as a notebook file would hold them.

    Its header is cut off first: YAML of strangers is slow to read, and nothing in it is needed.
    """
    import jupytext  # takes a second, and few submissions are scripts

    notebook = jupytext.reads(_HEADER.sub("", text), fmt="py:percent")
    return [{**cell, "id": None} for cell in notebook.cells]  # the ids are made up anew
