"""What a test cell says: one typed verdict per item, in the learner's words.

A test cell reads::

    with expect.item("m1-plasma", points=6, hidden=2) as item:
        level = item.call(plasma, t_h, 30, 0.67)      # visible: a gate, no points
        item.shape(level, (3,))
        ### BEGIN HIDDEN TESTS
        with item.part(4, "another dose"):            # hidden: earns its points
            item.close(item.call(plasma, ...), [...], misconceptions={...})
        with item.part(2, "equal rates"):
            ...
        ### END HIDDEN TESTS
    item.verdict

Everything before the hidden parts is a gate: it asks for the type, the shape and one easy case, and the first thing
that is wrong ends the item with one plain sentence and no points. The hidden parts earn the points. In a learner's copy
they are absent, so the verdict is `pending`: the visible checks pass and the hidden ones decide.

The verdict is the value of the cell's last expression, so it also works where nothing of ours grades: stock nbgrader
reads the earned points from its `repr`, and a failed gate writes its sentence on stderr, which nbgrader's Validate
button shows and stock autograding counts as zero. Nothing is raised, so "Run All" goes on to the next item.
"""

from __future__ import annotations

import copy
import html
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from types import EllipsisType, TracebackType
from typing import Any, Literal, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

Status = Literal["passed", "partial", "failed", "unanswered", "pending"]
Misconceptions = Mapping[str, tuple[Any, str]]
"""Misconception id → (the value somebody with it would give, the sentence that names the error)."""

_SYMBOLS: Mapping[Status, str] = {"passed": "✓", "partial": "◐", "failed": "✗", "unanswered": "○", "pending": "…"}


@dataclass(frozen=True)
class Verdict:
    """What one item's test says about one answer."""

    item: str
    points: float
    max_points: float
    status: Status
    message: str
    misconception: str | None = None
    hidden: int = 0
    """Hidden checks that did not run here (a learner's copy does not hold them)."""
    gate_failed: bool = False
    """Whether a visible check stopped the item; its sentence is then already on stderr."""

    def as_dict(self) -> dict[str, Any]:
        """The verdict as plain JSON-able data."""
        return asdict(self)

    def __repr__(self) -> str:
        # Stock nbgrader reads partial credit from the repr of the last expression; text counts as full marks there,
        # which is why only a pending verdict, which never decides a grade, may be text.
        return self.message if self.status == "pending" else repr(float(self.points))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        score = "" if self.status in ("pending", "unanswered") else f" {self.points:g} of {self.max_points:g} points."
        text = f"<p><strong>{_SYMBOLS[self.status]}</strong>{score} {html.escape(self.message)}</p>"
        return {"text/plain": repr(self), "text/html": text}

    def _ipython_display_(self) -> None:
        # A failed gate has spoken on stderr; showing it twice would be noise. NotImplementedError is how IPython is
        # told to go on to the usual representations.
        if not self.gate_failed:
            raise NotImplementedError


class CheckFailed(AssertionError):
    """A check did not hold. Carries the sentence for the learner and, if recognised, the misconception's id."""

    def __init__(self, sentence: str, misconception: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.misconception = misconception


class NotAnswered(CheckFailed):
    """The answer is still the three dots."""


class Item:
    """The running check of one item; a context manager that ends in `verdict`."""

    def __init__(self, item_id: str, *, points: float, hidden: int) -> None:
        self.id = item_id
        self.max_points = float(points)
        self.hidden = hidden
        self._earned = 0.0
        self._parts_run = 0
        self._failures: list[CheckFailed] = []
        self._praise = ""
        self._part_label: str | None = None
        self._verdict: Verdict | None = None

    # -- opening and closing ------------------------------------------------------------------------------------

    def __enter__(self) -> Item:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        if isinstance(error, NameError):
            error = CheckFailed(
                f"The name `{error.name}` does not exist: run the answer cell first, and keep the name it gives."
            )
        if error is not None and not isinstance(error, CheckFailed):
            return False  # a fault of the test itself: never hidden, never points
        if isinstance(error, NotAnswered):
            self._verdict = self._ended("unanswered", error.sentence)
            if os.environ.get("NBGRADER_VALIDATING"):
                # The Validate button explains a cell by its stderr alone; without it, it says "Partial credit".
                print(error.sentence, file=sys.stderr)
        elif isinstance(error, CheckFailed):
            self._verdict = self._ended("failed", error.sentence, error.misconception, gate_failed=True)
            print(error.sentence, file=sys.stderr)
        else:
            self._verdict = self._judge_parts()
        return True

    @property
    def verdict(self) -> Verdict:
        """The verdict; the last expression of the test cell. Raises `RuntimeError` inside the `with` block."""
        if self._verdict is None:
            raise RuntimeError(f"The check of {self.id} has not ended: read `verdict` after the `with` block.")
        return self._verdict

    def _ended(
        self, status: Status, message: str, misconception: str | None = None, *, gate_failed: bool = False
    ) -> Verdict:
        points = self._earned if status in ("passed", "partial") else 0.0
        missing = self.hidden - self._parts_run
        return Verdict(self.id, points, self.max_points, status, message, misconception, missing, gate_failed)

    def _judge_parts(self) -> Verdict:
        if self._parts_run < self.hidden:
            checks = "1 hidden check decides" if self.hidden == 1 else f"{self.hidden} hidden checks decide"
            message = f"The visible checks pass, which is not the verdict yet: {checks} the {self.max_points:g} points."
            return self._ended("pending", message)
        if not self._failures:
            return self._ended("passed", self._praise or "Right.")
        # One message, the most useful one: an error we can name comes before one we can only describe.
        unanswered = [failure for failure in self._failures if isinstance(failure, NotAnswered)]
        named = [failure for failure in self._failures if failure.misconception]
        first = (unanswered or named or self._failures)[0]
        if self._earned == 0 and unanswered:
            return self._ended("unanswered", first.sentence)
        return self._ended("partial" if self._earned > 0 else "failed", first.sentence, first.misconception)

    @contextmanager
    def part(self, points: float, label: str) -> Iterator[None]:
        """One hidden check worth `points`; `label` says in words what it varies, without giving values away."""
        self._part_label = label
        self._parts_run += 1
        try:
            yield
        except CheckFailed as failure:
            self._failures.append(failure)
        else:
            self._earned += points
        finally:
            self._part_label = None

    # -- calling the learner's function -------------------------------------------------------------------------

    def call(self, function: Callable[..., Any] | EllipsisType, *args: Any, **keywords: Any) -> Any:
        """The learner's function on copies of the arguments; its exception becomes a sentence, its warnings nothing.

        Raises `NotAnswered` when it still returns the three dots, `CheckFailed` when it cannot be called, raises, or
        returns nothing.
        """
        name = getattr(function, "__name__", "your answer")
        if function is ...:
            raise NotAnswered(_NOT_ANSWERED)
        if not callable(function):
            raise CheckFailed(f"A function was expected, not {_describe(function)}: keep the `def` line.")
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                result = function(*copy.deepcopy(args), **copy.deepcopy(keywords))
        except NotImplementedError as error:
            raise NotAnswered(_NOT_ANSWERED) from error
        except (Exception, SystemExit) as error:
            reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            raise CheckFailed(f"{self._where()}`{name}` stopped with {reason}.") from error
        if result is ... or (isinstance(result, tuple) and any(part is ... for part in result)):
            raise NotAnswered(_NOT_ANSWERED)
        if result is None:
            raise CheckFailed(f"`{name}` gives nothing back: end it with `return` and the result.")
        return result

    # -- what may be expected -----------------------------------------------------------------------------------

    def shape(self, got: Any, expected: tuple[int, ...]) -> None:
        """`got` is numeric and has this shape; `()` is a single number."""
        found = _numbers(got).shape
        if found != expected:
            raise CheckFailed(f"{self._where()}the result should be {_shape(expected)}, but it is {_shape(found)}.")

    def close(
        self,
        got: Any,
        expected: ArrayLike,
        *,
        rtol: float = 1e-6,
        atol: float = 0.0,
        misconceptions: Misconceptions | None = None,
    ) -> None:
        """`got` equals `expected` within the tolerances, number by number (nan equals nan; tuples are flattened).

        A value that equals a misconception's value is answered with that misconception's sentence. Expected values are
        printed only by a visible check.
        """
        found, wanted = _numbers(got), _numbers(expected)
        if found.size != wanted.size:
            self.shape(found, wanted.shape)
        if _same(found, wanted, rtol, atol):
            return
        self.diagnose(found, misconceptions=misconceptions or {}, rtol=rtol, atol=atol)
        if not np.all(np.isfinite(found)) and np.all(np.isfinite(wanted)):
            raise CheckFailed(f"{self._where()}the result holds nan or inf, where a number was expected.")
        if self._part_label is None:
            raise CheckFailed(f"Expected {_values(wanted)}, but the result is {_values(found)}.")
        raise CheckFailed(f"{self._where()}the values differ from what the model gives.")

    def diagnose(self, got: Any, *, misconceptions: Misconceptions, rtol: float = 1e-6, atol: float = 0.0) -> None:
        """End here with a misconception's sentence if `got` equals the value it gives; otherwise do nothing.

        Put it (hidden) before a visible `close`, so that a recognised error is named before it is only measured.
        """
        found = _numbers(got)
        for misconception, (value, sentence) in misconceptions.items():
            wrong = _numbers(value)
            if wrong.size == found.size and _same(found, wrong, rtol, atol):
                raise CheckFailed(sentence, misconception)

    def fail(self, sentence: str, *, misconception: str | None = None) -> NoReturn:
        """End the part (or, outside one, the item) with this sentence."""
        raise CheckFailed(sentence, misconception)

    def number(self, got: Any, *, unit: str, low: float = -np.inf, high: float = np.inf) -> None:
        """`got` is one finite number between `low` and `high`; `unit` is named in the sentence."""
        if got is ...:
            raise NotAnswered(f"Not answered yet: put a number ({unit}) in place of the three dots.")
        if isinstance(got, bool) or not isinstance(got, int | float | np.integer | np.floating):
            raise CheckFailed(f"Write one number ({unit}) without quotes or unit; the answer is {_describe(got)}.")
        if not low <= float(got) <= high:
            raise CheckFailed(f"A number of {unit} from {low:g} to {high:g} was expected; the answer is {got}.")

    def within(
        self,
        got: float,
        target: float,
        tolerance: float,
        *,
        why: str = "",
        misconceptions: Misconceptions | None = None,
    ) -> None:
        """The number is at most `tolerance` from `target`; `why` explains the right answer."""
        self.close(got, target, rtol=0.0, atol=tolerance, misconceptions=misconceptions)
        self._praise = why

    def letter(self, got: Any, letters: str) -> None:
        """`got` is one of these letters, in quotation marks."""
        listed = ", ".join(f'"{letter}"' for letter in letters)
        if got is ...:
            raise NotAnswered(f"Not answered yet: write one of {listed} in place of the three dots.")
        if not isinstance(got, str) or got.strip().lower() not in set(letters):
            raise CheckFailed(f"Write one letter in quotation marks: {listed}. The answer is {_describe(got)}.")

    def choice(self, got: str, right: str, *, why: str, wrong: Mapping[str, tuple[str, str]]) -> None:
        """The chosen letter is `right`; `wrong` maps every other letter to (misconception id, explanation)."""
        chosen = got.strip().lower()
        if chosen != right:
            misconception, sentence = wrong[chosen]
            raise CheckFailed(sentence, misconception)
        self._praise = why

    def listed(self, got: Any, allowed: Sequence[str]) -> None:
        """`got` is a list that holds each of `allowed` once, in any order."""
        if got is ... or (isinstance(got, list | tuple) and any(entry is ... for entry in got)):
            raise NotAnswered("Not answered yet: put the list in order in place of the three dots.")
        names = ", ".join(f'"{name}"' for name in allowed)
        if not isinstance(got, list | tuple) or sorted(map(str, got)) != sorted(allowed):
            raise CheckFailed(f"Write a list that holds each of these once: {names}. The answer is {_describe(got)}.")

    def ordered(
        self, got: Sequence[str], right: Sequence[str], *, why: str, wrong: Mapping[tuple[str, ...], tuple[str, str]]
    ) -> None:
        """The list is in the right order; `wrong` maps known wrong orders to (misconception id, explanation)."""
        found = tuple(got)
        if found != tuple(right):
            misconception, sentence = wrong.get(found, ("", "The order differs from what the mechanism gives."))
            raise CheckFailed(sentence, misconception or None)
        self._praise = why

    def _where(self) -> str:
        return f"With {self._part_label}, " if self._part_label else ""


def item(item_id: str, *, points: float, hidden: int) -> Item:
    """Open the check of one item: its id, its points, and how many hidden parts its master holds."""
    return Item(item_id, points=points, hidden=hidden)


_KINDS = {"str": "text", "int": "a number", "float": "a number", "bool": "a truth value", "NoneType": "nothing"}
"""Python's names of types in the words of somebody who does not program."""
_NOT_ANSWERED = "Not answered yet: replace the three dots after `return`."


def _numbers(value: Any) -> NDArray[Any]:
    """A number, array, or tuple/list of them as one array (ragged ones flattened); refuses what is not numeric."""
    if value is ...:
        raise NotAnswered(_NOT_ANSWERED)
    try:
        try:
            array = np.asarray(value)
            ragged = array.dtype == object
        except ValueError:
            ragged = True
        if ragged:
            array = np.concatenate([np.ravel(_numbers(part)) for part in value])
        if array.dtype.kind not in "biufc":
            raise TypeError
    except (TypeError, ValueError) as error:
        raise CheckFailed(f"The result should be numbers, but it is {_describe(value)}.") from error
    return array


def _same(found: NDArray[Any], wanted: NDArray[Any], rtol: float, atol: float) -> bool:
    return bool(np.allclose(np.ravel(found), np.ravel(wanted), rtol=rtol, atol=atol, equal_nan=True))


def _describe(value: Any) -> str:
    text = repr(value)
    kind = _KINDS.get(type(value).__name__, type(value).__name__)
    return f"{text if len(text) <= 60 else text[:57] + '…'} ({kind})"


def _shape(shape: tuple[int, ...]) -> str:
    if shape == ():
        return "a single number"
    if len(shape) == 1:
        return f"a list or array of {shape[0]} numbers"
    return "an array of shape " + " × ".join(map(str, shape))


def _values(array: NDArray[Any]) -> str:
    listed = [f"{value:.4g}" for value in np.ravel(array)[:6]]
    return ", ".join(listed) + (" …" if array.size > 6 else "")
