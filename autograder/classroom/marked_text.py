"""Sentences of the course on a page: `code` and *emphasis* as tags, everything else as text."""

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Text as ("", words), ("code", words), ("em", words) and ("br", "") pieces; the template gives them their tags."""
    for n, part in enumerate(re.split(r"`([^`\n]+)`", text)):
        if n % 2:
            yield "code", part
            continue
        for m, line in enumerate(part.split("\n")):
            if m:
                yield "br", ""
            for k, words in enumerate(re.split(r"(?<!\w)\*(\w|\w[^*]*\w)\*(?!\w)", line)):
                yield "em" if k % 2 else "", words


def page_templates(*folders: Path) -> jinja2.Environment:
    """Page templates in these folders, which may import `marked_text.html.j2`; everything they show is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, Path(__file__).parent]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["pieces"] = pieces
    return environment
