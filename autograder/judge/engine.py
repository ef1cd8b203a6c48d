"""One attempt: the pristine notebook's cells with the learner's answers in them, run in order, each on its own clock.

The seam for another way of running: `judge` turns cells into steps, asks `_run` for an outcome per step, and makes
verdicts of outcomes. Only `_run` knows that there is a process.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from autograder.intake.words import plain
from autograder.judge import sandbox as isolation_of
from autograder.judge import verdicts
from autograder.judge.steps import Step, StepKind, is_answered, steps_of
from autograder.judge.types import Finding, ItemVerdict, Limits, Master, Result, Submission
from autograder.judge.wire import CannotStart, Child, Lost, Outcome, Raised, Ran


def judge(
    master: Master,
    submission: Submission,
    limits: Limits | None = None,
    sandbox: isolation_of.Isolation | None = None,
) -> Result:
    """Judge one submission: a `Judge` for a single use."""
    with Judge(limits, sandbox) as one:
        return one.judge(master, submission)


class Judge:
    """Judges submissions one after the other, and keeps warm between them what is slow to start.

    `sandbox`: "bubblewrap" or "none"; default: the best this machine offers. A context manager, for one thread: leaving
    it ends everything that it started.
    """

    def __init__(self, limits: Limits | None = None, sandbox: isolation_of.Isolation | None = None) -> None:
        self.limits = limits or Limits()
        self.isolation = sandbox or isolation_of.default()

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End everything that was started."""

    def judge(self, master: Master, submission: Submission) -> Result:
        """Judge the answers of one submission against its master; never raises for anything a submission does.

        With a sandbox that does not work here nothing is run and the result's status is "error".
        """
        return _judge(master, submission, self.limits, self.isolation)


def _judge(master: Master, submission: Submission, limits: Limits, isolation: isolation_of.Isolation) -> Result:
    started = time.monotonic()

    def result(
        status: Literal["graded", "missing", "error", "review"],
        items: Sequence[ItemVerdict] = (),
        findings: Sequence[Finding] = (),
        versions: Mapping[str, str] | None = None,
    ) -> Result:
        nothing = status in ("missing", "error")
        return Result(
            assignment=master.assignment,
            notebook=master.notebook,
            status=status,
            points=None if nothing else round(float(sum(item.points or 0 for item in items)), 9),
            max_points=master.max_points,
            titles=master.titles,
            items=tuple(items),
            findings=tuple(findings),
            isolation=isolation,
            limits=limits,
            versions={**_own_versions(), **(versions or {})},
            seconds=time.monotonic() - started,
        )

    if submission.error is not None:
        status: Literal["missing", "error"] = "missing" if submission.missing else "error"
        return result(status, findings=[*submission.findings, Finding(status, None, submission.error)])
    steps = steps_of(master, submission)
    try:
        outcomes, versions = _run(steps, limits, isolation)
    except CannotStart as error:
        return result("error", findings=[*submission.findings, Finding("judge", None, str(error))])
    items = _verdicts(master, submission, steps, outcomes, limits)
    findings = [*submission.findings, *_own_cell_findings(steps, outcomes), *_given_findings(steps, outcomes)]
    doubtful = any(item.status == "error" for item in items) or any(
        f.kind in ("two-answers", "given-cell") for f in findings
    )
    return result("review" if doubtful else "graded", items, findings, versions)


def _run(
    steps: Sequence[Step], limits: Limits, isolation: isolation_of.Isolation
) -> tuple[dict[int, Outcome], Mapping[str, str]]:
    """The outcome of each step by its place; a step that hangs or kills the process costs itself alone.

    After such a step a new process replays the others from the start without it. What a step did the first time stands.
    Raises `CannotStart`.
    """
    outcomes: dict[int, Outcome] = {}
    skipped: set[int] = set()
    versions: Mapping[str, str] = {}
    until = time.monotonic() + limits.total_seconds
    while len(outcomes) < len(steps):
        with Child(isolation, limits) as child:
            versions, theirs = child.versions, False
            for index, step in enumerate(steps):
                if index in skipped:
                    continue
                left = until - time.monotonic()
                if left <= 0:
                    for late in range(len(steps)):
                        outcomes.setdefault(late, Lost("timeout", f"{limits.total_seconds:.0f}"))
                    return outcomes, versions
                # Before any code of the learner's come only the assignment's imports, slow on a cold or busy machine.
                theirs = theirs or step.kind in ("answer", "extra")
                seconds = min(limits.cell_seconds if theirs else limits.start_seconds, left)
                # A name of its own for each cell, so that an error's line is found in the right one.
                mode: Literal["cell", "test"] = "test" if step.kind == "test" else "cell"
                outcome = child.run(step.source, f"{step.name} {index}", mode, seconds)
                outcomes.setdefault(index, outcome)
                if isinstance(outcome, Lost):
                    skipped.add(index)
                    break
    return outcomes, versions


def _verdicts(
    master: Master, submission: Submission, steps: Sequence[Step], outcomes: Mapping[int, Outcome], limits: Limits
) -> list[ItemVerdict]:
    def outcome_of(kind: StepKind, grade_id: str | None) -> Outcome | None:
        found = [outcomes.get(i) for i, step in enumerate(steps) if step.kind == kind and step.grade_id == grade_id]
        return found[0] if found else None

    items = []
    for cell in master.items:
        grade_id = str(cell.grade_id)
        if cell.role == "manual":
            items.append(verdicts.by_hand(cell) if grade_id in submission.touched else verdicts.unanswered(cell))
        elif not is_answered(master, submission, grade_id):
            items.append(verdicts.unanswered(cell))
        else:
            answers = [outcome_of("answer", answer.grade_id) or Ran(None) for answer in master.answers_to(grade_id)]
            items.append(verdicts.tested(cell, answers, outcome_of("test", grade_id), limits.output_chars))
    return items


def _own_cell_findings(steps: Sequence[Step], outcomes: Mapping[int, Outcome]) -> list[Finding]:
    """What became of the learner's own cells: an error in one costs nothing by itself, but explains a lot."""
    found = []
    for index, step in enumerate(steps):
        outcome = outcomes.get(index)
        if step.kind != "extra" or isinstance(outcome, Ran | None):
            continue
        first = plain(next(line for line in step.source.split("\n") if line.strip()), 60)
        where = f"A cell of your own (“{first}”)"
        if isinstance(outcome, Raised):
            found.append(Finding("own-cell", None, verdicts.stop_sentence(outcome, where)))
        else:
            found.append(Finding("own-cell", None, f"{where} did not come to its end and was left out."))
    return found


def _given_findings(steps: Sequence[Step], outcomes: Mapping[int, Outcome]) -> list[Finding]:
    """A given cell that fails before any code of the learner's has run is a fault of the assignment or of this
    machine.
    """
    found = []
    for index, step in enumerate(steps):
        if step.kind in ("answer", "extra"):
            break
        outcome = outcomes.get(index)
        if isinstance(outcome, Raised | Lost) and step.kind == "given":
            why = (
                verdicts.stop_sentence(outcome, "A given cell")
                if isinstance(outcome, Raised)
                else "A given cell did not end."
            )
            found.append(Finding("given-cell", None, f"{why} The verdicts below cannot be relied on."))
    return found


def _own_versions() -> dict[str, str]:
    try:
        own = version("relapse-to-recovery")
    except PackageNotFoundError:
        own = "unknown"
    return {"autograder": own, "judge-python": platform.python_version()}
