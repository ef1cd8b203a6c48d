"""Which words of the glossary the lessons link, and which of a finished module none of them does."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from course.checking.passages import prose
from course.glossary import Term

_LINK = re.compile(r"\{\{\s*(term|words)\s+([^{}]*?)\s*\}\}")


def faults(root: Path, words: Mapping[str, Term], ready: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each lesson that links fewer than ten words, and each word that none links.

    `ready`: the numbers of the modules that exist; a word for modules still to be written may wait. A word that is
    linked but not in the glossary stops the build of its lesson.
    """
    linked: dict[str, set[str]] = {}
    for path in sorted(root.glob("modules/[0-9][0-9]-*/lesson.py")):
        linked[path.relative_to(root).as_posix()] = {
            term_id.partition("|")[0].strip()
            for passage in prose(path, root)
            for kind, ids in _LINK.findall(passage.text)
            for term_id in (ids.split(",") if kind == "words" else [ids])
        }
    there = set(ready)
    everywhere = set().union(*linked.values()) if linked else set()
    for word in words.values():
        if set(word.modules) <= there and word.id not in everywhere:
            yield (
                f'assets/glossary.yml: the word "{word.id}" is linked in no lesson, though its modules '
                f"({', '.join(word.modules)}) are there: link it with {{{{term {word.id}}}}}, or take it out."
            )
    for lesson, ids in linked.items():
        there_too = ids & words.keys()
        if len(there_too) < 10:
            yield f"{lesson}: only {len(there_too)} words of the glossary are linked here; ten are the least."
