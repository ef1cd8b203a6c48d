"""The answer bank of a module: known right and wrong answers, each with the verdict it must get.

A bank is a percent file, `answer_bank.py`. Each code cell is one answer::

    # %% answer="c1-half-life" label="half-life-as-rate" status="failed" points=0 misconception="half-life-as-rate"
    c1 = 10.7

`answer` is the item; `label` says which answer it is (`alternative…` is a right one); `status` and `points` are the
verdict it must get (a right one needs neither: passed, all points); `misconception` and `message` (a part of the
sentence) are checked where given. A cell without `answer` is not an answer. The solution in the exercises themselves is
every item's first answer, labelled `reference`.
"""

import ast
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import CannotRun

_HEADER = re.compile(r"^# %%(?P<rest>.*)$", re.MULTILINE)
_PAIR = re.compile(r'\s*(?P<key>[a-z_]+)=(?P<value>"(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?)(?=\s|$)')
_KEYS = {"answer", "label", "status", "points", "misconception", "message"}
_STATUSES = ("passed", "partial", "failed", "unanswered", "error", "timeout")
_REFERENCE = "reference"


@dataclass(frozen=True)
class BankAnswer:
    """One known answer to one item and the verdict it must get; `points` None stands for all points of the item."""

    item: str
    label: str
    source: str
    status: str
    points: float | None
    misconception: str | None
    message: str | None
    line: int
    """Line of the header in the bank; 0 for the reference, which is not in it."""

    @property
    def is_right(self) -> bool:
        """Whether this is the reference or another right solution."""
        return _is_right(self.label)


@dataclass(frozen=True)
class AnswerBank:
    """All known answers of one module, in the order of the file."""

    path: Path
    answers: tuple[BankAnswer, ...]

    def of(self, item: str) -> tuple[BankAnswer, ...]:
        """The answers to one item."""
        return tuple(answer for answer in self.answers if answer.item == item)

    def reference(self, item: str) -> BankAnswer:
        """The reference answer to one item."""
        return self.labelled(item, _REFERENCE)

    def labelled(self, item: str, label: str) -> BankAnswer:
        """The answer to `item` with this label. Raises `CannotRun` when there is none."""
        for answer in self.of(item):
            if answer.label == label:
                return answer
        raise CannotRun(f"{self.path}: there is no answer to {item!r} labelled {label!r}.")


def read_answer_bank(path: Path, references: Mapping[str, str]) -> AnswerBank:
    """Read a bank. `references`: item → solution, for every item of the assignment that is judged automatically.

    Raises `CannotRun` listing each mistake as `file:line: sentence`: a header that cannot be read, an unknown item, an
    unknown status, a wrong answer without status or points, a label used twice, code that does not parse, an item
    without any wrong answer.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"{path}: the answer bank cannot be read ({error}).") from error
    mistakes: list[str] = []
    answers = [
        BankAnswer(item, _REFERENCE, source, "passed", None, None, None, line=0) for item, source in references.items()
    ]
    headers = list(_HEADER.finditer(text))
    for header, following in zip(headers, [*headers[1:], None], strict=True):
        line = text.count("\n", 0, header.start()) + 1
        source = text[header.end() : following.start() if following else len(text)].strip("\n")
        fields, complaint = _fields(header["rest"])
        if "answer" not in fields and complaint is None:
            continue
        if complaint is None:
            complaint = _complaint(fields, source, references, answers)
        if complaint is not None:
            mistakes.append(f"{path}:{line}: {complaint}")
            continue
        answers.append(_answer(fields, source, line))
    mistaken = {answer.item for answer in answers if not answer.is_right}
    mistakes += [f"{path}:1: item {item!r} has no wrong answer." for item in references if item not in mistaken]
    if mistakes:
        raise CannotRun("\n".join(mistakes))
    return AnswerBank(path, tuple(answers))


def _is_right(label: str) -> bool:
    return label == _REFERENCE or label.startswith("alternative")


def _fields(rest: str) -> tuple[Mapping[str, str], str | None]:
    """The key="value" pairs of a cell header; a complaint when something else stands there."""
    fields: dict[str, str] = {}
    at = 0
    rest = rest.rstrip()
    while at < len(rest):
        pair = _PAIR.match(rest, at)
        if pair is None:
            if "answer=" in rest:
                return fields, f'the header cannot be read from {rest[at:].strip()[:30]!r} on: write key="value" pairs.'
            return {}, None
        fields[pair["key"]] = str(ast.literal_eval(pair["value"]))
        at = pair.end()
    return fields, None


def _complaint(fields: Mapping[str, str], source: str, items: Collection[str], earlier: list[BankAnswer]) -> str | None:
    """What is wrong with one answer, or None."""
    item, label = fields["answer"], fields.get("label", "")
    right = _is_right(label)
    if item not in items:
        return f"there is no item {item!r}; the items are {', '.join(items)}."
    if unknown := sorted(set(fields) - _KEYS):
        return f"unknown key {unknown[0]!r}; the keys are {', '.join(sorted(_KEYS))}."
    if not label:
        return 'the answer has no label: add label="alternative-…" or the name of the error.'
    if any(answer.item == item and answer.label == label for answer in earlier):
        return f"the label {label!r} is used twice for {item!r}."
    if not right and not {"status", "points"} <= set(fields):
        return "a wrong answer says what it must get: add status=… and points=…."
    if fields.get("status", "passed") not in _STATUSES:
        return f"status {fields['status']!r} is unknown; it is one of {', '.join(_STATUSES)}."
    if right and fields.get("status", "passed") != "passed":
        return f"a right answer (label {label!r}) cannot have the status {fields['status']!r}."
    try:
        float(fields.get("points", "0"))
    except ValueError:
        return f"points={fields['points']} is not a number."
    try:
        ast.parse(source)
    except SyntaxError as error:
        return f"the answer is not valid Python ({error.msg}, line {error.lineno} of the cell)."
    return None


def _answer(fields: Mapping[str, str], source: str, line: int) -> BankAnswer:
    points = fields.get("points")
    return BankAnswer(
        item=fields["answer"],
        label=fields["label"],
        source=source,
        status=fields.get("status", "passed"),
        points=None if points is None else float(points),
        misconception=fields.get("misconception"),
        message=fields.get("message"),
        line=line,
    )
