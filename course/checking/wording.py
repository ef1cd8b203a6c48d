"""Looks for words that hurt or mislead: `assets/wording.yml` says which, and what to write instead.

Names of people, methods and means of self-harm, single causes and head-counts without a period are a reader's task;
this check finds the words that never have a good reason outside a quotation.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course import yaml_file
from course.checking.passages import Passage, prose, strings
from course.evidence import Claim
from course.yaml_file import LINE

WORDING = Path("assets", "wording.yml")


@dataclass(frozen=True)
class Rule:
    """A pattern to avoid, what to write instead, and why."""

    pattern: re.Pattern[str]
    instead: str
    because: str


@dataclass(frozen=True)
class Allowed:
    """A place where the words may stand: the text around them, in one file, and why."""

    line: int
    file: str
    text: str
    because: str


def check(root: Path, ledger: Iterable[Claim]) -> list[str]:
    """Return a sentence for each phrase to avoid in lessons, exercises, messages, documents and the ledger's notes."""
    rules, exceptions = read_wording(root / WORDING)
    faults = []
    used: set[int] = set()
    before = Passage("", 0, "", "")
    for passage in [*_passages(root), *_ledger_passages(ledger)]:
        allowed = [each for each in exceptions if each.file == passage.file and each.text in passage.text]
        used |= {each.line for each in allowed}
        shown = "" if passage.is_quote else passage.text
        for each in allowed:
            shown = shown.replace(each.text, "")
        here = replace(passage, text=shown.strip())
        for rule in rules:
            faults += [_fault(here, match, rule) for match in rule.pattern.finditer(here.text)]
            faults += [_fault(before, match, rule) for match in _across(before, here, rule.pattern)]
        before = here
    faults += [
        f'{WORDING.as_posix()}:{each.line}: "{each.text}" no longer stands in {each.file}: take it out.'
        for each in exceptions
        if each.line not in used
    ]
    return faults


def read_wording(path: Path) -> tuple[list[Rule], list[Allowed]]:
    """Return the rules and exceptions. Raises ValueError, naming the line, for an entry that lacks a part."""
    content = yaml_file.load(path, "words to avoid")
    if not isinstance(content, dict) or not isinstance(content.get("avoid"), list):
        raise ValueError(f"{path}:1: this file has a list `avoid`, and a list `allow`.")
    rules = []
    for entry in _entries(content["avoid"], ("pattern", "instead", "because"), path, "a rule"):
        try:
            pattern = re.compile(entry["pattern"], re.IGNORECASE)
        except re.error as error:
            raise ValueError(f"{path}:{entry[LINE]}: the pattern cannot be read ({error}).") from error
        rules.append(Rule(pattern, entry["instead"], entry["because"]))
    exceptions = [
        Allowed(entry[LINE], entry["file"], entry["text"], entry["because"])
        for entry in _entries(content.get("allow") or [], ("file", "text", "because"), path, "an exception")
    ]
    return rules, exceptions


def _entries(listed: Any, parts: tuple[str, str, str], path: Path, what: str) -> Iterator[dict[str, Any]]:
    """Yield the entries of a list, each a mapping in which these parts are texts."""
    for entry in listed if isinstance(listed, list) else [listed]:
        if not isinstance(entry, dict) or not all(isinstance(entry.get(part), str) for part in parts):
            line = entry[LINE] if isinstance(entry, dict) else 1
            raise ValueError(f"{path}:{line}: {what} needs {parts[0]}, {parts[1]} and {parts[2]}.")
        yield entry


def _across(before: Passage, here: Passage, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What begins on one line of a text and ends on the next."""
    if (before.file, before.line + 1) == (here.file, here.line) and before.line:
        end = len(before.text)
        for match in pattern.finditer(f"{before.text} {here.text}"):
            if match.start() < end < match.end() - 1:
                yield match


def _fault(passage: Passage, match: re.Match[str], rule: Rule) -> str:
    return f'{passage.place}: "{match[0]}": write {rule.instead} ({rule.because}).'


def _passages(root: Path) -> Iterable[Passage]:
    for path in sorted(root.glob("modules/[0-9][0-9]-*/*")):
        if path.suffix in (".py", ".yml"):
            yield from prose(path, root)
        if path.suffix == ".py":
            yield from strings(path, root)
    for path in sorted([*root.glob("course/**/*.py"), *root.glob("autograder/**/*.py")]):
        if "_content" not in path.parts:
            yield from strings(path, root)
    documents = [
        *root.glob("*.md"),
        *root.glob("course/*.md"),
        *root.glob("autograder/**/*.md"),
        *root.glob("assets/*.yml"),
        *root.glob("benchmarks/*.md"),
    ]
    for path in sorted(documents):
        if path != root / WORDING:
            yield from prose(path, root)


def _ledger_passages(ledger: Iterable[Claim]) -> Iterable[Passage]:
    """What the ledger says in our own words; a claim of the review is not, and stands beside its correction."""
    for row in ledger:
        own_claim = row.claim if row.origin == "course" else ""
        for text in (own_claim, row.note, row.primary_value, row.population, row.teach_unit):
            yield Passage("assets/evidence/claims.csv", 0, row.id, text)
