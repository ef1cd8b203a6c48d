"""What stopped a cell, as plain data: the error's name and first words, the line, and where it came from."""

from __future__ import annotations

from types import TracebackType
from typing import Any

_MESSAGE_CHARS = 500


def described_stop(error: BaseException, label: str) -> dict[str, Any]:
    """The keys of `outcome.Raised`, for an error that stopped the cell whose code is named `label`."""
    line, origin = _place(error.__traceback__, label)
    if isinstance(error, SyntaxError) and error.filename == label:
        line, origin = error.lineno, label
    return {
        "type": type(error).__name__[:80],
        "message": _words(error),
        "line": line,
        "assertion": isinstance(error, AssertionError),
        "direct": origin == label,
    }


def _place(trace: TracebackType | None, label: str) -> tuple[int | None, str]:
    """The last line reached in the cell `label`, and the file name of the innermost frame."""
    line, origin = None, ""
    for _ in range(100_000):
        if trace is None:
            break
        origin = trace.tb_frame.f_code.co_filename
        if origin == label:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line, origin


def _words(error: BaseException) -> str:
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException:  # an exception class of the learner's own may fail in its own __str__
        return ""
    text = " ".join(text[: 4 * _MESSAGE_CHARS].split())
    return text if len(text) <= _MESSAGE_CHARS else text[: _MESSAGE_CHARS - 1] + "…"
