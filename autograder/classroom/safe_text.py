"""Text that a submission had a part in, made fit for a page: no path of this machine, nothing of a hidden test."""

import os
import re
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from autograder.intake.released import hidden_lines, squeeze

_WITHHELD = "Your code stopped with a message that cannot be shown here."
_SHORTEST = 12
"""Letters of a hidden line that are not there by chance."""
_SHARED = {"/", "/usr", "/usr/local", "/home"}
"""The same on every machine: no secret, and words that people write."""


def hidden_texts(sources: Iterable[str]) -> frozenset[str]:
    """The hidden lines of test cells, without whitespace, that would be known again in another text."""
    found = set()
    for source in sources:
        lines = source.split("\n")
        found |= {squeeze(lines[number - 1]) for number in hidden_lines(source)}
    return frozenset(line for line in found if len(line) >= _SHORTEST)


def safe_text(text: str, hidden: frozenset[str], course: Path) -> str:
    """The text without paths of this machine; one sentence in its place if it holds a hidden line."""
    said = squeeze(text)
    return _WITHHELD if any(line in said for line in hidden) else without_paths(text, course)


def without_paths(text: str, course: Path) -> str:
    """The text with the folders of this machine (the course's, Python's, the user's own) replaced by `…`."""
    return _folders(course).sub("…", text)


@cache
def _folders(course: Path) -> re.Pattern[str]:
    packages = Path(__file__).parents[2]
    names = {sys.prefix, sys.base_prefix, os.path.expanduser("~"), sysconfig.get_path("purelib")}
    folders = {Path(name) for name in names} | {course, packages}
    found = {str(each) for folder in folders for each in (folder.absolute(), folder.resolve())} - _SHARED
    longest_first = sorted(found, key=len, reverse=True)
    # A line may end anywhere in a path: formgrader's verdicts are filled to a width.
    return re.compile("|".join(r"\n?".join(map(re.escape, name)) + r"(?![\w-])" for name in longest_first))
