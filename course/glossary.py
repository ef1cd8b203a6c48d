"""The words of the course in plain language: `assets/glossary.yml`, looked up by id, and the page that lists them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from course import yaml_file
from course.content import assets_dir
from course.evidence.tables import nearest
from course.yaml_file import LINE

PAGE = "GLOSSARY.md"
"""The page's name in a learner's folder; lessons lie one folder below it."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELDS = ("id", "term", "plain", "modules", "also", "see")


class GlossaryError(ValueError):
    """The glossary cannot be used as it stands; one sentence a line, each with file and line."""


class UnknownTerm(ValueError):
    """An id that the glossary does not hold; the sentence offers the nearest ids."""


@dataclass(frozen=True)
class Term:
    """One word: what it means, the modules that need it, its other spellings, and the words to look at with it."""

    id: str
    term: str
    plain: str
    modules: tuple[str, ...]
    also: tuple[str, ...]
    see: tuple[str, ...]


@cache
def terms() -> Mapping[str, Term]:
    """Return every term by its id, in file order."""
    return load_terms(assets_dir() / "glossary.yml")


def term(term_id: str) -> Term:
    """Return the term with this id. Raises UnknownTerm, naming the nearest ids."""
    there = terms()
    if term_id in there:
        return there[term_id]
    raise UnknownTerm(f'There is no word "{term_id}" in the glossary; {nearest(term_id, there)}.')


def load_terms(path: Path) -> Mapping[str, Term]:
    """Read and check a glossary. Raises GlossaryError with one line, `FILE:LINE: what is wrong`, for every fault."""
    try:
        entries = yaml_file.load(path, "words")
    except yaml_file.YamlFault as fault:
        raise GlossaryError(str(fault)) from fault
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries) or not entries:
        raise GlossaryError(f"{path}:1: a glossary is a list of words, each beginning with `- id:`.")
    found: dict[str, Term] = {}
    faults = []
    for entry in entries:
        faults += [(entry[LINE], sentence) for sentence in _faults(entry, found)]
        word = Term(
            id=str(entry.get("id")),
            term=str(entry.get("term")),
            plain=" ".join(str(entry.get("plain")).split()),
            modules=_texts(entry.get("modules")),
            also=_texts(entry.get("also")),
            see=_texts(entry.get("see")),
        )
        found.setdefault(word.id, word)
    for entry in entries:
        strange = [other for other in _texts(entry.get("see")) if other not in found]
        faults += [(entry[LINE], f'"{other}" under `see` is no word of this file') for other in strange]
    if faults:
        raise GlossaryError("\n".join(f"{path}:{line}: {sentence}." for line, sentence in sorted(faults)))
    return MappingProxyType(found)


def link(word: Term, shown: str) -> str:
    """Return Markdown: the word as a link to its place on the page, with its meaning for whoever points at it."""
    meaning = re.sub(r"([\\<>&*_`|\[\]])", r"\\\1", word.plain.replace('"', "'"))
    inside = re.sub(r"([\[\]])", r"\\\1", shown)
    return f'[{inside}](../{PAGE}#{word.id} "{meaning}")'


def definitions(words: list[Term]) -> str:
    """Return a Markdown list of words and meanings, in alphabetical order."""
    ordered = sorted(words, key=lambda word: word.term.casefold())
    return "\n".join(f"- **{_heading(word)}**: {word.plain}" for word in ordered)


def page() -> str:
    """Return the whole glossary as a Markdown page."""
    ordered = sorted(terms().values(), key=lambda word: word.term.casefold())
    parts = [
        "<!-- Built by `make notebooks` from assets/glossary.yml. Do not edit. -->",
        "# Words of this course, in plain language",
        "Each word is explained once, here; lessons show its meaning when you point at it. [Back to START](START.md)",
    ]
    for word in ordered:
        see = ", ".join(f"[{term(other).term}](#{other})" for other in word.see)
        where = f"Module{'s' if len(word.modules) > 1 else ''} {', '.join(word.modules)}."
        # A place of its own: GitHub makes an anchor of a heading in lower case, JupyterLab as it stands.
        parts.append(f'<a id="{word.id}"></a>')
        parts.append(f"## {word.term}\n\n" + (f"*{', '.join(word.also)}.* " if word.also else "") + word.plain)
        parts.append(f"{where}" + (f" See also {see}." if see else ""))
    return "\n\n".join(parts) + "\n"


def _heading(word: Term) -> str:
    return f"{word.term} ({', '.join(word.also)})" if word.also else word.term


def _texts(raw: Any) -> tuple[str, ...]:
    return tuple(str(each) for each in raw) if isinstance(raw, list) else ()


def _faults(entry: Mapping[str, Any], before: Mapping[str, Term]) -> Iterator[str]:
    for name in entry:
        if not name.startswith(LINE) and name not in _FIELDS:
            yield f'"{name}" is not a field here; the fields are {", ".join(_FIELDS)}'
    identity = entry.get("id")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        yield "every word needs an id of lower-case words and digits joined by hyphens"
    elif identity in before:
        yield f'the id "{identity}" stands twice'
    for name in ("term", "plain"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            yield f'"{identity}" has no {name}'
    if not _texts(entry.get("modules")) or not all(re.fullmatch(r"\d\d", each) for each in _texts(entry["modules"])):
        yield f'"{identity}" needs its modules, a list such as ["01", "05"]'
    for name in ("also", "see"):
        listed = entry.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            yield f'"{name}" of "{identity}" is not a list of words'
