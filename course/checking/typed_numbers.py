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
from course.checking.passages import Passage, prose, python, strings
from course.yaml_file import LINE

OWN_NUMBERS = Path("assets", "evidence", "own_numbers.yml")

_MONTH = "(?-i:January|February|March|April|May|June|July|August|September|October|November|December)"
# What is cut out before numbers are looked for: it holds names and addresses, never a measured value.
_NO_PROSE = re.compile(
    r"\{\{[^{}]*\}\}|`[^`]*`|\]\([^)]*\)|</?[a-z!][^>]*>|https?://\S+|doi:\S+|\b10\.\d{4,}/\S+"
    r"|\b(?:modules?|exercises?|sections?|figures?|fig\.|tables?|steps?|items?|appendix|chapters?|pages?|pp?\.|lines?"
    r"|rows?|columns?|questions?|cells?|versions?)\s+\d+(?:(?:,| and|–|-)\s*\d+)*"
    r"|(?<!\d)[012]?\d:[0-5]\d\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2} " + _MONTH + r"\b|\b" + _MONTH + r" \d{1,2}\b",
    re.IGNORECASE,
)
_WIDTH = re.compile(r"^[\s-]*(?:tolerance|low|high):")  # how far an answer may be off, and where a wrong one lies
_LIST_MARK = re.compile(r"^\s*(?:#+\s*|>\s*)*\d{1,2}[.)]\s")
_NUMBER = re.compile(r"(?<![\w.,])(?<![A-Za-z]-)[−-]?\d+(?:[.,]\d+)*")  # not the 10 of ICD-10
_THOUSANDS = re.compile(r"[−-]?\d{1,3}(?:,\d{3})+")
# Between a number and its unit: spaces, emphasis, a hyphen, the ends of a formula.
_GLUE = r"(?:[\s*_$~-]|&nbsp;|\\[,;! ]|\\(?:mathrm|text|mathsf)\{)*"
_UNIT = re.compile(
    _GLUE + r"(?:\\?%|per\s?cent|percentage|points?\s+(?:higher|lower)|times\b|fold\b|×|SDs?\b"
    r"|h\b|hours?\b|min\b|minutes?\b|\bs\b|seconds?\b|ms\b|days?\b|weeks?\b|months?\b|years?\b"
    r"|mg\b|kg\b|\bg\b|ng\b|mL\b|L\b|µM\b|nM\b|mM\b"
    r"|people\b|persons?\b|participants?\b|volunteers?\b|controls?\b|(?:in|out)?patients?\b|(?:wo)?men\b|adults?\b"
    r"|adolescents?\b|children\b|infants?\b|twins?\b|famil(?:y|ies)\b|animals?\b|rats?\b|mice\b|monkeys?\b"
    r"|studies\b|trials?\b|RCTs?\b|records?\b|papers?\b|articles?\b)"
)
_SHARE = re.compile(r"\s+(?:in|of|out of)\s+(?:every\s+)?\d")  # 1 in 5, 6 of 16
_MEASURE = re.compile(
    r"(?:\b(?:[nN]|OR|RR|HR|SMD)(?:\s+of\b|[\s*_$]*[=:≈])"
    r"|\b(?i:(?:odds|risk|hazard) ratio|effect size|kappa)(?:\s+(?:of|was|is))?[\s*_$]*[=:≈]?)[\s*_$]*$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SMALL = 10
_REASON = re.compile(r"#\s*(?:assumed|numerical)\b")
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
        allowed = [each for each in own if (each.file, each.section) == (passage.file, passage.section)]
        if passage.file.endswith(".yml") and _WIDTH.match(passage.text):
            continue
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
        file = path.relative_to(root).as_posix()
        tree = python(path.read_text(encoding="utf-8"), file)
        explained = _explained_lines(path, tree)
        for line, value in _literals(tree):
            if line not in explained:
                faults.append(
                    f"{file}:{line}: the number {value:g} has no source: read it from the ledger, or say at its line "
                    "`# assumed: why` or `# numerical: why`."
                )
    return faults


def numbers_of(text: str) -> Iterator[str]:
    """Yield the numbers of a line that could be a measurement, with "-" for a minus sign.

    One that stands before a unit or after the name of a measure, has decimals, is a share ("1 in 5"), or is above ten
    and no year.
    """
    shown = _NO_PROSE.sub(" ", _LIST_MARK.sub(" ", text))
    for match in _NUMBER.finditer(shown):
        number = match[0].replace("−", "-")
        measured = (
            _UNIT.match(shown, match.end())
            or _SHARE.match(shown, match.end())
            or _MEASURE.search(shown, 0, match.start())
            or ("." in number or "," in number and not _THOUSANDS.fullmatch(number))
        )
        if measured or (abs(_value(number)) > _SMALL and not _YEAR.fullmatch(number)):
            yield number


def _value(number: str) -> float:
    """The size of a number whose groups of three are set off by commas; others with a comma count as measured."""
    return float(re.sub(r"[.,]", "", number))


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


def _explained_lines(path: Path, tree: ast.Module) -> set[int]:
    """Lines with a reason in a comment, and those of a statement that has one above it or at its end."""
    beside: set[int] = set()
    above: set[int] = set()
    with path.open("rb") as handle:
        for token in tokenize.tokenize(handle.readline):
            if token.type == tokenize.COMMENT and _REASON.match(token.string):
                alone = token.line.lstrip().startswith("#")
                (above if alone else beside).add(token.start[0])
    explained = set(beside)
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            end = node.end_lineno or node.lineno
            if node.lineno - 1 in above or end in beside:
                explained |= set(range(node.lineno, end + 1))
    return explained
