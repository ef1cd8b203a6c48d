"""Turns the few marks a question's text may hold into HTML, and nothing else."""

import re
from html import escape, unescape

_MARKS = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*(.+?)\*"), r"<em>\1</em>"),
)
_ESCAPED = re.compile(r"\\([\\|*$`])")


def inline_html(text: str) -> str:
    """Return the text as HTML: `**bold**`, `*italic*` and `` `code` `` are marks, all else is shown as it stands."""
    # Escaped signs step aside as private characters while the marks are read.
    parked = _ESCAPED.sub(lambda match: chr(0xE000 + ord(match[1])), text)
    html = escape(unescape(" ".join(parked.split())))
    for mark, tag in _MARKS:
        html = mark.sub(tag, html)
    return re.sub(r"[\ue000-\ue07f]", lambda match: chr(ord(match[0]) - 0xE000), html)


def plain(text: str) -> str:
    """Return the text without marks, for where no HTML is shown."""
    return unescape(re.sub(r"<[^>]+>", "", inline_html(text)))
