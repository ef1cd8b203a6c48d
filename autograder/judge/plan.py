"""What the tests' process is told of an attempt: the cells in order, those of the assignment compiled beforehand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.judge import trusted
from autograder.judge.steps import Step, StepKind
from autograder.judge.types import Master, MasterCell


@dataclass(frozen=True)
class Plan:
    """One message; `places` and `kinds` say which step each cell in it is."""

    message: Mapping[str, Any]
    buffers: Sequence[bytes]
    places: Sequence[int]
    kinds: Sequence[StepKind]


def plan_for(master: Master, steps: Sequence[Step], skipped: Collection[int], *, alone: bool = False) -> Plan:
    """The plan for all steps but the skipped ones. `alone`: in one process, for a reference solution."""
    buffers: list[bytes] = []
    cells: list[dict[str, Any]] = []
    places: list[int] = []
    handed_over = _hand_overs(master, steps)
    answers = [cell.source for cell in master.cells if cell.role == "answer"]
    classes = {name: found for each in answers for name, found in trusted.defined_classes(each).items()}
    for place, step in enumerate(steps):
        if place in skipped:
            continue
        # As raw bytes, because a cell of the learner's may be longer than any JSON that is read.
        gives = [trusted.given_by(cell.source) for cell in handed_over[place]]
        cell: dict[str, Any] = {
            "kind": step.kind,
            "source": len(buffers),
            "gives": sorted({name for each in gives for name in each.names}),
            "imports": [each.imports for each in gives if each.imports],
        }
        buffers.append(step.source.encode())
        if step.kind in ("given", "test"):
            cell |= _compiled(step, buffers) | {"binds": sorted(trusted.names_bound(step.source))}
            cell |= _carried_over(step, steps[place + 1 :])
            about = [answer.source for answer in master.answers_to(str(step.grade_id))] if step.kind == "test" else []
            cell["methods"] = sorted(trusted.methods_asked_about(classes, [step.source, *about]))
        else:
            cell["label"] = f"<{step.name} {place}>"
        cells.append(cell)
        places.append(place)
    message = {
        "steps": cells,
        "alone": alone,
        "draws": any("pyplot" in each.source for each in master.cells if each.kind == "code"),
    }
    return Plan(message, buffers, places, [steps[place].kind for place in places])


def modules_of(masters: Sequence[Master]) -> tuple[str, ...]:
    """What the cells of these assignments import."""
    return trusted.imported(cell.source for master in masters for cell in master.cells if cell.kind == "code")


def _compiled(step: Step, buffers: list[bytes]) -> dict[str, Any]:
    label = f"<{step.name}>"
    code = trusted.prepared(step.source, label)
    buffers += [code.statements, code.value]
    return {
        "label": label,
        "statements": len(buffers) - 2,
        "value": len(buffers) - 1 if code.value else None,
        "names": code.names,
        "lists_names": code.lists_names,
        "uses_random": code.uses_random,
        "error": code.error,
    }


def _hand_overs(master: Master, steps: Sequence[Step]) -> list[list[MasterCell]]:
    """For each step the answer cells of the reference whose names are the learner's from there on.

    That is the step's own answer cell; and before a test, those answer cells above it that the learner left out.
    """
    run = {step.grade_id for step in steps if step.kind == "answer"}
    cells = {cell.grade_id: cell for cell in master.cells if cell.role == "answer"}
    left_out = [
        cell for cell in master.cells if cell.role == "test" or cell.role == "answer" and cell.grade_id not in run
    ]
    result: list[list[MasterCell]] = []
    for step in steps:
        handed: list[MasterCell] = []
        if step.kind == "answer" and step.grade_id in cells:
            handed = [cells[step.grade_id]]
        elif step.kind == "test":
            above = list(_until(left_out, step.grade_id))
            handed = [cell for cell in above if cell.role == "answer"]
            left_out = left_out[len(above) :]
        result.append(handed)
    return result


def _until(cells: Sequence[MasterCell], grade_id: str | None) -> Iterator[MasterCell]:
    for cell in cells:
        yield cell
        if cell.grade_id == grade_id and cell.role == "test":
            return


def _carried_over(step: Step, later: Sequence[Step]) -> dict[str, Any]:
    """What a test leaves behind for the learner's own cells below it, where they mention it."""
    if step.kind != "test":
        return {}
    carried = trusted.carried_over(step.source)
    own = "\n".join(each.source for each in later if each.kind in ("answer", "extra"))
    mentioned = set(re.findall(r"\w+", own)) if carried.code_names or carried.values else set()
    return {
        "carry": carried.code if carried.code_names & mentioned else "",
        "carry_values": sorted(carried.values & mentioned),
        "hides": carried.hides,
    }
