"""Finds numbers typed into lessons and models, which should come from the ledger by a claim's id.

A number may be ours: a step of a worked example, a made-up record, a slider's end. Such numbers stand, with the reason,
in `assets/evidence/own_numbers.yml`, for one section of one file at a time. In `course/models` the reason stands in a
comment at the number itself: `# assumed: …` or `# numerical: …`.
"""

import ast
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from course import yaml_file
from course.checking.passages import Passage, prose, strings
from course.yaml_file import LINE

OWN_NUMBERS = Path("assets", "evidence", "own_numbers.yml")

# What is cut out before numbers are looked for: it holds names and addresses, never a measured value.
_NO_PROSE = re.compile(
    r"\{\{[^{}]*\}\}|`[^`]*`|\]\([^)]*\)|<[^>]*>|https?://\S+|doi:\S+|\b10\.\d{4,}/\S+"
    r"|\b(?:modules?|exercises?|section|figures?|fig\.|table|step|item|appendix)s?\s+\d+(?:(?:,| and|–)\s*\d+)*",
    re.IGNORECASE,
)
_WIDTH = re.compile(r"^[\s-]*(?:tolerance|low|high):")  # how far an answer may be off, and where a wrong one lies
_LIST_MARK = re.compile(r"^\s*(?:#+\s*)?\d+[.)]\s")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d|\s*%)")
_NUMBER = re.compile(r"(?<![\w.,])[−-]?\d+(?:[.,]\d+)*")
_UNIT = re.compile(
    r"\s*(?:%|per\s?cent|percentage|times\b|-?fold\b|×|h\b|hours?\b|min\b|minutes?\b|days?\b|weeks?\b|months?\b|years?\b|mg\b|kg\b|µM\b|nM\b"
    r"|people\b|participants?\b|patients?\b|women\b|men\b|adults?\b|rats?\b|mice\b|studies\b|trials\b|records?\b|RCTs?\b)"
)
_SMALL = 10
_REASON = re.compile(r"\b(?:assumed|numerical)\b:?")
_PLAIN = {0.0, 0.5, 1.0, 2.0, 10.0, 24.0, 60.0, 100.0, 1000.0}


@dataclass(frozen=True)
class OwnNumbers:
    """Numbers of one section of one file that come from nobody's paper, and why."""

    line: int
    file: str
    section: str
    numbers: frozenset[str]
    because: str


def in_prose(root: Path) -> list[str]:
    """Return a sentence for each number in lessons, exercises, questions and simulators that nothing accounts for."""
    own = read_own_numbers(root / OWN_NUMBERS)
    faults: list[str] = []
    used: set[tuple[int, str]] = set()
    for passage in _read_by_learners(root):
        allowed = [
            each for each in own if (each.file, each.section) in ((passage.file, passage.section), (passage.file, "*"))
        ]
        for number in numbers_of(passage.text):
            fitting = [each for each in allowed if number in each.numbers]
            used |= {(each.line, number) for each in fitting}
            if not fitting:
                faults.append(
                    f"{passage.place}: the number {number} is typed in: write a claim's token, or say in "
                    f'{OWN_NUMBERS.as_posix()} why no paper stands behind it (section "{passage.section}").'
                )
    for each in own:
        idle = sorted(number for number in each.numbers if (each.line, number) not in used)
        if idle:
            faults.append(
                f"{OWN_NUMBERS.as_posix()}:{each.line}: {', '.join(idle)} no longer stands in {each.file}, section "
                f'"{each.section}": take it out.'
            )
    return faults


def in_models(root: Path) -> list[str]:
    """Return a sentence for each number in `course/models` without a reason at its line or the line above."""
    faults = []
    for path in sorted((root / "course" / "models").glob("*.py")):
        explained = _explained_lines(path)
        for line, value in _literals(ast.parse(path.read_text(encoding="utf-8"))):
            if line not in explained:
                place = f"{path.relative_to(root).as_posix()}:{line}"
                faults.append(
                    f"{place}: the number {value:g} has no source: read it from the ledger, or say at its line "
                    "`# assumed: why` or `# numerical: why`."
                )
    return faults


def numbers_of(text: str) -> Iterator[str]:
    """Yield the numbers of a line that could be a measurement: with a unit, with a decimal point, or above ten."""
    if _WIDTH.match(text):
        return
    shown = _YEAR.sub(" ", _NO_PROSE.sub(" ", _LIST_MARK.sub(" ", text)))
    for match in _NUMBER.finditer(shown):
        number = match[0].replace("−", "-")
        size = abs(float(number.replace(",", "")))
        if _UNIT.match(shown, match.end()) or "." in number or size > _SMALL:
            yield number


def read_own_numbers(path: Path) -> list[OwnNumbers]:
    """Return the entries of the file. Raises ValueError, naming the line, for one that lacks a part or a reason."""
    entries = yaml_file.load(path, "own numbers")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"{path}:1: this file is a list of entries, each beginning with `- file:`.")
    found = []
    for entry in entries:
        because, numbers = str(entry.get("because", "")), entry.get("numbers")
        if not entry.get("file") or len(because.split()) < 3 or not isinstance(numbers, list) or not numbers:
            raise ValueError(
                f"{path}:{entry[LINE]}: an entry needs file, section, numbers and because (a reason in words)."
            )
        section = str(entry.get("section", ""))
        found.append(OwnNumbers(entry[LINE], entry["file"], section, frozenset(map(str, numbers)), because))
    return found


def _read_by_learners(root: Path) -> Iterable[Passage]:
    for path in sorted(root.glob("modules/[0-9][0-9]-*/*")):
        if path.name in ("lesson.py", "exercises.py", "questions.yml"):
            yield from (line for line in prose(path, root) if not line.is_quote)
    for path in sorted(root.glob("course/simulators/*.py")):
        yield from (line for line in strings(path, root) if " " in line.text and "px" not in line.text)


def _literals(tree: ast.Module) -> Iterator[tuple[int, float]]:
    """Line and value of the numbers in the code, apart from small whole ones, plain factors and places in an array."""
    inside_index = {
        id(node) for index in ast.walk(tree) if isinstance(index, ast.Subscript) for node in ast.walk(index.slice)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and id(node) not in inside_index:
            value = float(str(node.value))
            whole = value.is_integer() and value <= _SMALL
            if not whole and value not in _PLAIN:
                yield node.lineno, value


def _explained_lines(path: Path) -> set[int]:
    """Lines with a reason in a comment, and all lines of the statement that follows such a comment."""
    reasons = set()
    with path.open("rb") as handle:
        for token in tokenize.tokenize(handle.readline):
            if token.type == tokenize.COMMENT and _REASON.search(token.string):
                reasons.add(token.start[0])
    explained = set(reasons)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.stmt) and not isinstance(
            node, ast.FunctionDef | ast.ClassDef | ast.If | ast.For | ast.With
        ):
            lines = range(node.lineno - 1, (node.end_lineno or node.lineno) + 1)
            if reasons & set(lines):
                explained |= set(lines)
    return explained
