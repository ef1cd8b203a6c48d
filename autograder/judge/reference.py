"""Does an assignment's own solution pass its tests, and do they say the same in two processes as in one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.judge import sandbox as isolation_of
from autograder.judge.engine import Judge
from autograder.judge.types import Finding, ItemVerdict, Limits, Master, Result, Submission


@dataclass(frozen=True)
class Disagreement:
    """An item whose test cannot be relied on; str() is one sentence for the author."""

    item: str
    alone: str
    """What the test says where everything runs in one process, as in a notebook."""
    split: str
    """What it says here, with the solution and the test in processes of their own."""

    def __str__(self) -> str:
        if self.alone == self.split:
            return f"{self.item}: the reference solution does not pass its own test ({self.alone})."
        return (
            f"{self.item}: of the reference solution the test says “{self.split}” in a process of its own, as in "
            f"grading, and “{self.alone}” in one notebook: ask for values, not for what only one process has."
        )


def reference_submission(master: Master) -> Submission:
    """The assignment's own solution as if a learner had handed it in."""
    answers = {str(cell.grade_id): cell.source for cell in master.cells if cell.role in ("answer", "manual")}
    return Submission(answers=answers, touched=frozenset(answers))


def disagreements(
    master: Master, limits: Limits | None = None, sandbox: isolation_of.Isolation | None = None
) -> tuple[list[Disagreement], list[Finding]]:
    """The items whose test does not pass on the reference solution both ways; findings where nothing could be run."""
    submission = reference_submission(master)
    with Judge(limits, sandbox, [master]) as judge:
        split = judge.judge(master, submission)
        alone = judge.judge(master, submission, alone=True)
    troubles = [finding for result in (split, alone) for finding in result.findings if result.status == "error"]
    return list(_compared(split, alone)), troubles


def _compared(split: Result, alone: Result) -> Sequence[Disagreement]:
    return [
        Disagreement(one.id, _said(other), _said(one))
        for one, other in zip(split.items, alone.items, strict=True)
        if one.status != "manual" and not (one.status == other.status == "passed")
    ]


def _said(verdict: ItemVerdict) -> str:
    return "right" if verdict.status == "passed" else verdict.message.rstrip(".")
