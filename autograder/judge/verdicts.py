"""From what happened to an item's cells to one typed verdict: pure, and closed by default (no clear verdict, no
points).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeGuard

from autograder.intake.released import hidden_lines
from autograder.intake.words import plain
from autograder.judge.outcomes import Lost, Outcome, Raised, Ran
from autograder.judge.types import Finding, ItemStatus, ItemVerdict, MasterCell

_EXPECT = "expect.item("
NOT_ANSWERED = "Not answered yet."
BY_HAND = "A person marks this one."


FOR_A_PERSON = ("two-answers", "given-cell", "several-files")
"""Findings with which a number stands, and a person must look first."""


def is_doubtful(items: Iterable[ItemVerdict], findings: Iterable[Finding]) -> bool:
    """Whether a person must look at these verdicts before they count."""
    return any(item.status == "error" for item in items) or any(each.kind in FOR_A_PERSON for each in findings)


def unanswered(cell: MasterCell) -> ItemVerdict:
    """The verdict on an item nothing was written for."""
    return ItemVerdict(str(cell.grade_id), 0.0, cell.points, "unanswered", NOT_ANSWERED)


def by_hand(cell: MasterCell) -> ItemVerdict:
    """The verdict on a free response: a person marks it."""
    return ItemVerdict(str(cell.grade_id), None, cell.points, "manual", BY_HAND)


def tested(cell: MasterCell, answers: Sequence[Outcome], test: Outcome | None, message_chars: int) -> ItemVerdict:
    """The verdict on an item from the outcomes of its answer cells and of its test (None: it never ran)."""
    lost = next((outcome for outcome in answers if isinstance(outcome, Lost)), None)
    if lost is None and (test is None or isinstance(test, Lost)):
        lost = test if isinstance(test, Lost) else Lost("timeout", "too many")
    if lost is not None:
        return _lost(cell, lost)
    verdict = _test_verdict(cell, test, message_chars)
    stopped = next((outcome for outcome in answers if isinstance(outcome, Raised)), None)
    if stopped is not None and verdict.status != "passed":
        status: ItemStatus = verdict.status if verdict.status in ("partial", "error") else "failed"
        return ItemVerdict(verdict.id, verdict.points, verdict.max_points, status, stop_sentence(stopped))
    return verdict


def stop_sentence(stopped: Raised, where: str = "Your cell") -> str:
    """Where and why a cell of the learner's stopped, in one sentence."""
    place = f" at line {stopped.line}" if stopped.line else ""
    if stopped.message.startswith("input() is not available"):
        return f"{where} stops{place}: {stopped.message}."
    words = f"{stopped.type}: {stopped.message}" if stopped.message else stopped.type
    return f"{where} stops{place}: {words.rstrip('.')}."


def _lost(cell: MasterCell, lost: Lost) -> ItemVerdict:
    status: ItemStatus = "error"
    if lost.why == "timeout":
        status = "timeout"
        message = (
            f"Your code was still running after {lost.detail} seconds and was stopped: look for a loop that never ends."
        )
    elif lost.why == "memory":
        status = "failed"
        message = f"Your code took more than {lost.detail} MB of memory and was stopped: look for something that grows."
    elif lost.why == "output":
        status = "failed"
        message = "Your code printed without end and was stopped: take the print out of the loop."
    elif lost.why == "died":
        message = (
            f"Your code ended the whole Python process ({lost.detail}), so nothing could be checked: "
            "look for os._exit, os.kill or a crash."
        )
    else:
        message = "Something other than the check answered for this item, so there is no verdict: a person has to look."
    return ItemVerdict(str(cell.grade_id), 0.0, cell.points, status, message)


def _test_verdict(cell: MasterCell, test: Outcome | None, message_chars: int) -> ItemVerdict:
    def verdict(points: float, status: ItemStatus, message: str, misconception: str | None = None) -> ItemVerdict:
        return ItemVerdict(
            str(cell.grade_id), points, cell.points, status, plain(message, message_chars), misconception
        )

    if isinstance(test, Raised):
        if _EXPECT in cell.source and not test.assertion:
            # `expect` turns everything a learner's answer can raise into a verdict; what still escapes is the test's
            # own fault.
            return verdict(
                0.0,
                "error",
                f"The test of this item stopped with {test.type} before it gave a verdict: a person has to look.",
            )
        return verdict(0.0, "failed", _failed_check(cell, test))
    value: Mapping[str, Any] = test.value or {} if isinstance(test, Ran) else {}
    if value.get("kind") == "nothing":
        return verdict(cell.points, "passed", "Right.")
    if value.get("kind") == "number":
        points = value.get("number")
        if _is_number(points) and 0 <= points <= cell.points:
            status: ItemStatus = "passed" if points == cell.points else "partial" if points > 0 else "failed"
            return verdict(float(points), status, _PRAISE[status])
        return verdict(
            0.0,
            "error",
            f"The test gave {points} points, which is not a number from 0 to {cell.points:g}: a person has to look.",
        )
    if value.get("kind") == "verdict" and _is_sound(cell, value):
        status = value["status"]
        return verdict(
            float(value["points"]), status, value["message"], plain(value["misconception"] or "", 80) or None
        )
    if value.get("kind") == "verdict" and value.get("status") == "pending":
        return verdict(
            0.0,
            "error",
            "The hidden checks of this item did not run: judge against the assignment's source, not its released copy.",
        )
    return verdict(0.0, "error", "The test of this item ended without a verdict: a person has to look.")


_PRAISE: Mapping[str, str] = {
    "passed": "Right.",
    "partial": "Partly right.",
    "failed": "The checks of this item did not hold.",
}


def _is_sound(cell: MasterCell, value: Mapping[str, Any]) -> bool:
    """Whether a claimed verdict is about this item and says of itself nothing that contradicts it."""
    status, points, misconception = value.get("status"), value.get("points"), value.get("misconception")
    if value.get("item") != cell.grade_id or value.get("max_points") != cell.points or not _is_number(points):
        return False
    if not isinstance(value.get("message"), str) or not isinstance(misconception, str | None):
        return False
    if status == "passed":
        return math.isclose(points, cell.points) and value.get("hidden") == 0
    if status == "partial":
        return 0 < points < cell.points
    return status in ("failed", "unanswered") and points == 0


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _failed_check(cell: MasterCell, test: Raised) -> str:
    """Why a test stopped, without telling what its hidden lines hold.

    A message the author wrote into an `assert` is meant to be read. What a library composes from hidden values, or an
    error of the learner's code when called with them, is not.
    """
    hidden = test.line in hidden_lines(cell.source)
    if test.assertion and (test.direct or not hidden):
        return test.message or ("A hidden check did not hold." if hidden else "A check of this item did not hold.")
    if test.assertion:
        return "A hidden check did not hold."
    if hidden:
        return f"A hidden check stopped with {test.type}."
    return f"A check stopped with {test.type}" + (f": {test.message.rstrip('.')}." if test.message else ".")
