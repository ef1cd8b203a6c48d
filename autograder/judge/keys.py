"""One hash per item over everything that its verdict can depend on: what verdicts are cached by.

An item depends on what runs before its test, in order: given cells, answers, the learner's own cells, earlier tests.
So a changed test touches its own item and later ones only, and prose touches none. An item that nothing was written
for, or that a person marks, is not run and depends on that alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from autograder.judge.steps import is_answered, steps_of
from autograder.judge.types import Limits, Master, Submission

_FORMAT = 1


@dataclass(frozen=True)
class Keys:
    """`items`: item → the hash of what its verdict depends on; `run`: the same for the run as a whole."""

    items: Mapping[str, str]
    run: str


def keys_of(
    master: Master, submission: Submission, limits: Limits, isolation: str, versions: Mapping[str, str]
) -> Keys:
    """The keys of one submission's items under these limits, this isolation, and these versions of what judges."""
    # What `plan_for` takes from the assignment as a whole: the reference solution, and whether pictures are drawn.
    reference = [cell.source for cell in master.cells if cell.role == "answer"]
    draws = any("pyplot" in cell.source for cell in master.cells if cell.kind == "code")
    so_far = hash_of([_FORMAT, asdict(limits), isolation, sorted(versions.items()), reference, draws])
    before: dict[str, str] = {}
    for step in steps_of(master, submission):
        so_far = hash_of([so_far, step.kind, step.source, step.grade_id])
        if step.kind == "test":
            before[str(step.grade_id)] = so_far
    items: dict[str, str] = {}
    above: list[str | None] = []  # of answer cells that the learner left out only the place among the others counts
    for cell in master.cells:
        if cell.role in ("answer", "test"):
            above.append(cell.grade_id)
        if cell.role not in ("test", "manual"):
            continue
        item = str(cell.grade_id)
        facts: list[Any] = [_FORMAT, item, cell.role, cell.points]
        if cell.role == "manual":
            facts.append(item in submission.touched)
        elif is_answered(master, submission, item):
            facts += [before[item], above, [answer.grade_id for answer in master.answers_to(item)]]
        items[item] = hash_of(facts)
    return Keys(items, so_far)


def hash_of(content: Any) -> str:
    """sha256 of plain data (what has no order of its own is to be sorted by the caller)."""
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()
