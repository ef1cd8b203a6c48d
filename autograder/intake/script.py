"""A notebook handed in as a Python script (Jupytext, VS Code, Colab, nbconvert) → its cells."""

from __future__ import annotations

import re
from typing import Any

MAX_CHARS = 200_000
_MOST_CELLS = 1_000
_MARK = re.compile(r"^# (?:%%|In\[[ \d]*\]:)", re.MULTILINE)
_OPTIONS = re.compile(r"^# %%.*?(?: (\[(?:markdown|md|raw)\]).*)?$", re.MULTILINE)
_HEADER = re.compile(r"\A(?:#!.*\n|# -\*-.*\n)*# ---\n(?:#.*\n)*?# ---\n")


def is_script(text: str) -> bool:
    """Whether the text is a script with the marks of notebook cells in it."""
    return len(text) <= MAX_CHARS and 0 < len(_MARK.findall(text)) <= _MOST_CELLS


def cells_of(text: str) -> list[dict[str, Any]]:
    """The cells of a script for which `is_script` holds, as a notebook file would hold them.

    Its header is cut off first: YAML of strangers is slow to read, and nothing in it is needed.
    """
    import jupytext  # takes a second, and few submissions are scripts

    text = _HEADER.sub("", text)
    try:
        notebook = jupytext.reads(text, fmt="py:percent")
    except Exception:  # whatever Jupytext stumbles over stands in the options of a cell: read the cells without them
        notebook = jupytext.reads(_OPTIONS.sub(_mark_alone, text), fmt="py:percent")
    return [{**cell, "id": None} for cell in notebook.cells]  # the ids are made up anew


def _mark_alone(match: re.Match[str]) -> str:
    return f"# %% {match[1]}" if match[1] else "# %%"
