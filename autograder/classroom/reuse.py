"""Which verdicts of an earlier run still hold, and one result out of those and of what was judged anew."""

from collections.abc import Mapping
from dataclasses import replace

from autograder.classroom.record import NotebookRecord
from autograder.judge import Finding, ItemVerdict, Master, Result, Submission
from autograder.judge.keys import Keys
from autograder.judge.verdicts import is_doubtful

_UNSETTLED = ("error", "timeout")
"""Judging again may say something else: a slow or broken machine may have had a part in it."""


def kept_verdicts(earlier: NotebookRecord | None, keys: Keys) -> dict[str, ItemVerdict]:
    """The earlier verdicts, by item, on which nothing they depend on has changed."""
    if earlier is None or any(finding.kind == "given-cell" for finding in earlier.noticed):
        return {}
    return {
        verdict.id: verdict
        for verdict in earlier.result.items
        if verdict.status not in _UNSETTLED and earlier.keys.items.get(verdict.id) == keys.items.get(verdict.id)
    }


def noticed_in_run(submission: Submission, result: Result) -> tuple[Finding, ...]:
    """The findings of a result that running the cells has added to those of reading the file."""
    return tuple(finding for finding in result.findings if finding not in submission.findings)


def combined(
    master: Master,
    submission: Submission,
    run: Result,
    noticed: tuple[Finding, ...],
    kept: Mapping[str, ItemVerdict],
) -> Result:
    """The result of `run` (the last time that the cells were run) with the kept verdicts in it."""
    fresh = {verdict.id: verdict for verdict in run.items}
    items = tuple(kept.get(str(cell.grade_id)) or fresh[str(cell.grade_id)] for cell in master.items)
    findings = (*submission.findings, *noticed)
    return replace(
        run,
        status="review" if is_doubtful(items, findings) else "graded",
        points=round(float(sum(verdict.points or 0 for verdict in items)), 9),
        max_points=master.max_points,
        items=items,
        findings=findings,
    )
