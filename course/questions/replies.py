"""What a learner hears after an answer: whether it is right, and the explanation that belongs to that very answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

from course.questions.bank import Question
from course.questions.prose import inline_html, plain


class UnreadableAnswer(ValueError):
    """An answer that is none: the sentence says what to write."""


@dataclass(frozen=True)
class Reply:
    """The verdict on one answer. It is for the learner alone: nothing is stored or graded."""

    right: bool
    answer: str
    why: str
    misconception: str | None = None

    @property
    def headline(self) -> str:
        """A sign and a word, so that the verdict does not hang on colour."""
        return "✓ Right." if self.right else "✗ Not this one."

    def html(self) -> str:
        """Return the reply as HTML."""
        return f"<p><strong>{self.headline}</strong> {inline_html(self.answer)}</p><p>{inline_html(self.why)}</p>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        colour = "#00735c" if self.right else "#b8480a"
        style = f"border-left:4px solid {colour};padding:8px 12px;max-width:900px"
        return {
            "text/html": f'<div class="course-reply" style="{style}">{self.html()}</div>',
            "text/plain": f"{self.headline} {plain(self.answer)} {plain(self.why)}",
        }


def judge(question: Question, answer: object) -> Reply:
    """Return the reply to an answer: a key for a choice, a number, or keys in order ("b, a, c" or a list).

    Raises UnreadableAnswer, in one sentence, for anything else.
    """
    judges = {"choice": _choice, "number": _number, "order": _order}
    return judges[question.kind](question, answer)


def _choice(question: Question, answer: object) -> Reply:
    chosen = answer.strip().lower() if isinstance(answer, str) else None
    for option in question.options:
        if option.key == chosen:
            return Reply(option.right, f"{option.key}) {option.text}", option.why, option.misconception)
    keys = " or ".join(f'"{option.key}"' for option in question.options)
    raise UnreadableAnswer(f"{_shown(answer)} is not one of the options: write answer={keys}.")


def _number(question: Question, answer: object) -> Reply:
    number = _as_number(answer)
    if question.value is None or question.tolerance is None:
        raise ValueError(f'The question "{question.id}" has no number to compare with.')
    said = f"You answered {number:g} {question.unit}."
    if abs(number - question.value) <= question.tolerance * (1 + 1e-9):
        return Reply(True, said, question.why)
    for known in question.misconceptions:
        if known.low <= number <= known.high:
            return Reply(False, said, known.why, known.misconception)
    direction = "That is too high." if number > question.value else "That is too low."
    return Reply(False, said, f"{direction} {question.otherwise}".strip())


def _order(question: Question, answer: object) -> Reply:
    right = [option.key for option in question.options]
    keys = answer.replace(",", " ").split() if isinstance(answer, str) else answer
    if not isinstance(keys, Sequence) or sorted(map(str, keys)) != sorted(right):
        raise UnreadableAnswer(
            f"{_shown(answer)} does not name each step once: write the keys {', '.join(sorted(right))} in your order, "
            'for example answer="' + ", ".join(sorted(right)) + '".'
        )
    given = [str(key) for key in keys]
    said = "Your order: " + ", ".join(given) + "."
    if given == right:
        return Reply(True, said, question.why)
    first = next(i for i, key in enumerate(given) if key != right[i])
    misplaced = next(option for option in question.options if option.key == given[first])
    return Reply(False, said, f"Look at step {first + 1}, “{misplaced.text}”. {misplaced.why}", misplaced.misconception)


def _as_number(answer: object) -> float:
    number = math.nan
    if isinstance(answer, Real) and not isinstance(answer, bool):
        number = float(answer)
    elif isinstance(answer, str):
        try:
            number = float(answer.strip().replace(",", ".").replace("−", "-"))
        except ValueError:
            number = math.nan
    if not math.isfinite(number):
        raise UnreadableAnswer(f"{_shown(answer)} is not a number: write one such as 2.5, without its unit.")
    return number


def _shown(answer: object) -> str:
    text = f"“{answer}”" if isinstance(answer, str) else repr(answer)
    return text if len(text) <= 40 else f"A {type(answer).__name__}"
