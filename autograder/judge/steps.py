"""Which cells are run for a submission, and in which order: the pristine notebook with the learner's answers in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autograder.intake.released import squeeze
from autograder.judge.types import Master, Submission

StepKind = Literal["given", "answer", "extra", "test"]


@dataclass(frozen=True)
class Step:
    """One cell to run: what it is, its source, a name for messages, and the grade_id it stands for (answers and
    tests).
    """

    kind: StepKind
    source: str
    name: str
    grade_id: str | None = None


def steps_of(master: Master, submission: Submission) -> list[Step]:
    """The cells to run, in the master's order: given ones, answers (touched or not), the learner's own, and tests of
    answered items.
    """
    steps = [Step("extra", source, "your own cell") for source in submission.extras.get("", ())]
    last_test = 0
    for cell in master.cells:
        grade_id = cell.grade_id
        if cell.role == "test":
            if is_answered(master, submission, str(grade_id)):
                steps.append(Step("test", cell.source, f"check {grade_id}", grade_id))
                last_test = len(steps)
        elif cell.role in ("answer", "manual") and grade_id is not None:
            source = submission.answers.get(grade_id)
            if cell.kind == "code" and source is not None and squeeze(source):
                steps.append(Step("answer", source, "your cell", grade_id))
        elif cell.kind == "code" and not cell.for_show and squeeze(cell.source):
            steps.append(Step("given", cell.source, "given cell", grade_id))
        steps += [Step("extra", source, "your own cell") for source in submission.extras.get(cell.cell_id, ())]
    return steps[:last_test]  # what comes after the last test can change no verdict


def is_answered(master: Master, submission: Submission, item: str) -> bool:
    """Whether the learner wrote something for this item (or it asks about no answer cell at all)."""
    answers = master.answers_to(item)
    return not answers or any(cell.grade_id in submission.touched for cell in answers)
