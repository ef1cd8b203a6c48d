"""Reads a module's `questions.yml` into typed questions, and says by file and line what is wrong with one.

    - id: closing-clock              # lower-case words and digits, hyphens
      kind: choice                   # choice | number | order
      ask: Which clock answers the question?
      options:                       # choice: exactly one is right; every one has its own `why`
        - {key: a, text: The half-life, right: true, why: It sets how long the drug stays.}
        - {key: b, text: The plasma peak, why: It says little about the effect., misconception: peak-is-effect}

    - id: half-lives
      kind: number
      ask: After how many half-lives is the plateau at 90 %?
      value: 3.32                    # or `claim: ma-half-life-iv`, the number to teach of that ledger row
      tolerance: 0.15
      unit: half-lives
      why: log2(10) is 3.3.
      otherwise: Halve what is left again and again.          # optional: for any other number
      misconceptions:                # optional: one value, or a stretch from low to high
        - {low: 1.7, high: 2.3, why: That leaves a quarter., misconception: two-half-lives}

    - id: way-through-the-cell
      kind: order                    # the options stand in the right order; they are shown in another
      ask: In which order does this happen?
      why: First in, then out of the vesicles.
      options:
        - {key: in, text: The drug enters, why: Nothing else can come before it.}
        - {key: out, text: Dopamine leaves, why: Its way out is the transporter.}

Texts may hold `**bold**`, `*italic*`, `` `code` `` and ledger references such as `{{ma-half-life-iv}}`.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from course import evidence, yaml_file
from course.yaml_file import LINE

Kind = Literal["choice", "number", "order"]
_KINDS = ("choice", "number", "order")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELDS = {
    "choice": {"id", "kind", "ask", "options"},
    "number": {"id", "kind", "ask", "value", "claim", "tolerance", "unit", "why", "otherwise", "misconceptions"},
    "order": {"id", "kind", "ask", "options", "why"},
}
_OPTION_FIELDS = {"key", "text", "right", "why", "misconception"}
_MISCONCEPTION_FIELDS = {"value", "low", "high", "why", "misconception"}


class QuestionError(ValueError):
    """A question file that cannot be used as it stands; one sentence, with file and line."""


@dataclass(frozen=True)
class Option:
    """One choice, or one step of an order, with what to say to whoever picks it."""

    key: str
    text: str
    right: bool
    why: str
    misconception: str | None


@dataclass(frozen=True)
class Misconception:
    """Numbers from `low` to `high` that a known wrong idea leads to."""

    low: float
    high: float
    why: str
    misconception: str | None


@dataclass(frozen=True)
class Question:
    """One self-check question. `options` is empty for a number; `value`, `tolerance` are None for the others."""

    id: str
    kind: Kind
    ask: str
    options: tuple[Option, ...]
    value: float | None
    tolerance: float | None
    unit: str
    why: str
    otherwise: str
    misconceptions: tuple[Misconception, ...]


def load(path: Path) -> dict[str, Question]:
    """Return the questions of one file by id, in file order. Raises QuestionError at the first thing that is wrong."""
    questions = {}
    for _, outcome in _read(path):
        if isinstance(outcome, QuestionError):
            raise outcome
        questions[outcome.id] = outcome
    return questions


def validate(path: Path) -> list[str]:
    """Return one sentence, `FILE:LINE: …`, for each thing that is wrong in the file; an empty list when it is fine."""
    return [str(outcome) for _, outcome in _read(path) if isinstance(outcome, QuestionError)]


def _read(path: Path) -> Iterator[tuple[int, Question | QuestionError]]:
    """Yield (line, question or what is wrong with it) for each entry of the file."""
    try:
        entries = yaml_file.load(path, "questions")
    except yaml_file.YamlFault as fault:
        yield fault.line, QuestionError(str(fault))
        return
    if not isinstance(entries, list) or not entries:
        yield 1, QuestionError(f"{path}:1: a question file is a list of questions, each beginning with `- id:`.")
        return
    seen: set[str] = set()
    for position, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            yield 1, QuestionError(f"{path}:1: entry {position} of the list is not a question; begin it with `- id:`.")
            continue
        problems: list[tuple[int, QuestionError]] = []
        question = _question(entry, _Place(path, entry, problems), seen)
        yield from sorted(problems, key=lambda problem: problem[0])
        if question is not None and not problems:
            yield entry[LINE], question


class _Place:
    """One mapping of the file: reads its fields, and notes what is wrong with the line it is on."""

    def __init__(
        self, path: Path, fields: dict[str, Any], problems: list[tuple[int, QuestionError]], name: str = ""
    ) -> None:
        self.path, self.fields, self.problems, self.name = path, fields, problems, name

    def wrong(self, sentence: str, field: str = "") -> None:
        """Note one thing that is wrong, at the line of a field or of the whole mapping."""
        line = self.fields.get(f"{LINE}{field}", self.fields[LINE])
        whose = f"{self.name}: " if self.name else ""
        self.problems.append((line, QuestionError(f"{self.path}:{line}: {whose}{sentence}.")))

    def unknown(self, allowed: set[str]) -> None:
        """Note every field that this kind of mapping does not have."""
        for field in self.fields:
            if not field.startswith(LINE) and field not in allowed:
                self.wrong(f'"{field}" is not a field here; the fields are {", ".join(sorted(allowed))}', field)

    def text(self, field: str, needed: str = "") -> str:
        """Return a text with its ledger references filled in; `needed` says what to write when it is missing."""
        raw = self.fields.get(field)
        if raw is None and not needed:
            return ""
        if not isinstance(raw, str) or not raw.strip():
            hint = f"; write {needed}" if needed else ""
            state = "is missing or empty" if raw is None or raw == "" else f"is {raw!r}, which is not a text"
            self.wrong(f'"{field}" {state}{hint}', field)
            return ""
        try:
            return evidence.fill(raw.strip())
        except ValueError as error:
            self.wrong(str(error).rstrip("."), field)
            return ""

    def number(self, field: str) -> float | None:
        """Return a finite number, or None when the field is absent."""
        raw = self.fields.get(field)
        if raw is None:
            return None
        if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
            self.wrong(f'"{field}" is {raw!r}, which is not a number', field)
            return None
        return float(raw)

    def items(self, field: str) -> list["_Place"]:
        """Return the mappings of a list field; anything else in it is noted."""
        raw = self.fields.get(field, [])
        if not isinstance(raw, list):
            self.wrong(f'"{field}" is not a list', field)
            return []
        places = []
        for item in raw:
            if isinstance(item, dict):
                places.append(_Place(self.path, item, self.problems, self.name))
            else:
                self.wrong(f'"{field}" holds {item!r}, which has no fields', field)
        return places


def _question(entry: dict[str, Any], place: _Place, seen: set[str]) -> Question | None:
    identity = entry.get("id")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        place.wrong("every question needs an id of lower-case words and digits joined by hyphens", "id")
        return None
    place.name = identity
    if identity in seen:
        place.wrong("this id stands twice; every question needs an id of its own", "id")
    seen.add(identity)
    kind = entry.get("kind")
    if kind not in _KINDS:
        place.wrong(f'the kind "{kind}" is unknown; choose one of {", ".join(_KINDS)}', "kind")
        return None
    place.unknown(_FIELDS[kind])
    readers: dict[str, Callable[[_Place], dict[str, Any]]] = {"choice": _choice, "number": _number, "order": _order}
    empty = {
        "options": (),
        "value": None,
        "tolerance": None,
        "unit": "",
        "why": "",
        "otherwise": "",
        "misconceptions": (),
    }
    wording = place.text("ask", "the question")
    return Question(id=identity, kind=cast(Kind, kind), ask=wording, **(empty | readers[kind](place)))


def _options(place: _Place) -> tuple[Option, ...]:
    options: list[Option] = []
    for item in place.items("options"):
        item.unknown(_OPTION_FIELDS)
        key = item.fields.get("key")
        if not isinstance(key, str) or not _ID.fullmatch(key):
            item.wrong(f"an option has the key {key!r}; write a lower-case letter or word", "key")
            key = ""
        if any(key == other.key for other in options):
            item.wrong(f'two options have the key "{key}"', "key")
        right = item.fields.get("right", False)
        if not isinstance(right, bool):
            item.wrong(f'"right" of option "{key}" is {right!r}; write true, or leave it out', "right")
        options.append(
            Option(
                key=key,
                text=item.text("text", f'what option "{key}" says'),
                right=right is not False,
                why=item.text("why", f'the explanation for whoever picks option "{key}", right or wrong'),
                misconception=item.text("misconception") or None,
            )
        )
    if len(options) < 2:
        place.wrong("a question needs at least two options", "options")
    return tuple(options)


def _choice(place: _Place) -> dict[str, Any]:
    options = _options(place)
    right = [option.key for option in options if option.right]
    if options and len(right) != 1:
        found = "none" if not right else " and ".join(right)
        place.wrong(f"exactly one option must say `right: true`; here it is {found}", "options")
    return {"options": options}


def _order(place: _Place) -> dict[str, Any]:
    options = _options(place)
    for item in place.items("options"):
        if "right" in item.fields:
            item.wrong("the options of an order stand in the right order; leave out `right`", "right")
    return {"options": options, "why": place.text("why", "why this is the order")}


def _number(place: _Place) -> dict[str, Any]:
    value, claim_id = place.number("value"), place.fields.get("claim")
    if (place.fields.get("value") is None) == (claim_id is None):
        place.wrong("a number needs either `value` or `claim` (a ledger id), and not both")
    elif claim_id is not None:
        try:
            value = evidence.value(str(claim_id))
        except ValueError as error:
            place.wrong(str(error).rstrip("."), "claim")
    tolerance = place.number("tolerance")
    if tolerance is None:
        place.wrong("a number needs a `tolerance`, in its own unit")
    elif tolerance < 0:
        place.wrong("the tolerance is below zero", "tolerance")
    misconceptions = []
    for item in place.items("misconceptions"):
        item.unknown(_MISCONCEPTION_FIELDS)
        alone, low, high = item.number("value"), item.number("low"), item.number("high")
        ends = (alone, alone) if low is None and high is None else (low, high)
        if (alone is not None) == (low is not None or high is not None) or None in ends:
            item.wrong("a misconception needs either `value`, or `low` and `high`")
            continue
        bottom, top = cast(tuple[float, float], ends)
        # A single value is met as loosely as the right answer is.
        slack = (tolerance or 0.0) if alone is not None else 0.0
        if bottom > top:
            item.wrong(f"`low` {bottom:g} exceeds `high` {top:g}", "low")
        elif value is not None and bottom - slack <= value <= top + slack:
            item.wrong(f"the right answer, {value:g}, lies within this misconception")
        why = item.text("why", "the explanation for this wrong idea")
        misconceptions.append(Misconception(bottom - slack, top + slack, why, item.text("misconception") or None))
    return {
        "value": value,
        "tolerance": tolerance,
        "unit": place.text("unit", "the unit of the answer"),
        "why": place.text("why", "the explanation of the right answer"),
        "otherwise": place.text("otherwise"),
        "misconceptions": tuple(misconceptions),
    }
