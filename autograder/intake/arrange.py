"""The cells of a submission by what they are: copies of answers, given cells, and the learner's own.

Each step below looks at the cells that the steps before could not place. A notebook that nothing happened to is done
after the first.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.intake.notebook_file import NotebookCell
from autograder.intake.python_names import is_python, names_given
from autograder.intake.released import squeeze
from autograder.judge.types import Finding, Master, MasterCell

CHECK_CALL = "check_notebook("
"""A learner's cell that judges the notebook is never run while the notebook is judged."""
_TELLING_CHARS = 20
"""A shorter given text inside another cell may stand there by chance."""
_MOST_PIECES = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell as found, and the master's cell it is (None: the learner's own); `by_name`: it said so itself."""

    cell: NotebookCell
    known: MasterCell | None = None
    by_name: bool = False


@dataclass
class Arranged:
    """`copies`: grade_id → copies of that answer; `given`: cell_id → copies of that given cell.

    `own`: cell_id → the learner's own cells that follow it ("" = before all others). `order`: the known cells as they
    came. `is_recognised`: an answer or check of the assignment is among them, known by more than its place.
    """

    copies: dict[str, list[NotebookCell]] = field(default_factory=dict)
    given: dict[str, list[NotebookCell]] = field(default_factory=dict)
    own: dict[str, list[NotebookCell]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    is_recognised: bool = False


def arrange(cells: Sequence[NotebookCell], master: Master) -> Arranged:
    """Say of every cell what it is."""
    result = Arranged()
    placed = _recognised(cells, master, result.findings)
    placed = list(_taken_apart(placed, master, result.findings))
    placed = list(_rest_of_a_split(placed))
    result.is_recognised = any(each.known.item is not None for each in placed if each.known is not None)
    placed = _by_place(placed, master, result.findings)
    anchor = ""
    for each in placed:
        cell, known = each.cell, each.known
        if known is not None:
            anchor = known.cell_id
            if each.by_name:
                result.order.append(anchor)
            if is_answer(known):
                result.copies.setdefault(str(known.grade_id), []).append(cell)
                continue
            result.given.setdefault(anchor, []).append(cell)
            # A given cell that its metadata leaves open to edits may hold what the answers need: run the edit as well.
            if known.role != "plain" or squeeze(cell.source) in _texts(known, master):
                continue
        if not _is_blank(cell):
            result.own.setdefault(anchor, []).append(cell)
    return result


def is_answer(cell: MasterCell) -> bool:
    """Whether the learner writes in this cell."""
    return cell.role in ("answer", "manual") and cell.grade_id is not None


def names_asked(cell: MasterCell, master: Master) -> frozenset[str]:
    """The names an answer is known by: those its released text gives, else those of the solution."""
    if cell.kind != "code":
        return frozenset()
    return names_given(master.released[str(cell.grade_id)]) or names_given(cell.source)


def _recognised(cells: Sequence[NotebookCell], master: Master, findings: list[Finding]) -> list[Placed]:
    """By grade_id, else by the notebook's own cell id, else (given cells not found so far) by their text."""
    by_grade_id = {cell.grade_id: cell for cell in master.cells if cell.grade_id}
    by_cell_id = {name: cell for cell in master.cells if (name := cell.cell_id.partition(":")[2])}
    placed = []
    for cell in cells:
        grade_id = cell.grade_id
        known = by_grade_id.get(grade_id) if grade_id else by_cell_id.get(cell.cell_id or "")
        if known is not None and not grade_id and is_answer(known):
            message = "An answer cell had lost its marks; it was known by its place."
            findings.append(Finding("metadata", known.item, message))
        placed.append(Placed(cell, known, known is not None))
    lost = _lost_given(placed, master)
    if not lost:
        return placed
    by_text: dict[str, list[MasterCell]] = {}
    for original in lost:
        for text in _texts(original, master):
            by_text.setdefault(text, []).append(original)
    found: set[str] = set()
    for index, each in enumerate(placed):
        if each.known is None and not each.cell.grade_id:
            fitting = [one for one in by_text.get(squeeze(each.cell.source), ()) if one.cell_id not in found]
            if fitting:
                found.add(fitting[0].cell_id)
                placed[index] = replace(each, known=fitting[0])
    return placed


def _lost_given(placed: Sequence[Placed], master: Master) -> list[MasterCell]:
    have = {each.known.cell_id for each in placed if each.known is not None}
    return [cell for cell in master.cells if not is_answer(cell) and cell.cell_id not in have and cell.source.strip()]


def _taken_apart(placed: Sequence[Placed], master: Master, findings: list[Finding]) -> Iterator[Placed]:
    """Cells that were merged, cut where the text of a given cell begins and ends."""
    lost = {cell.cell_id: _lines(master.given[cell.cell_id]) for cell in _lost_given(placed, master)}
    lost = {name: text for name, text in lost.items() if len(text) >= _TELLING_CHARS}
    cells = {cell.cell_id: cell for cell in master.cells}
    merged = False
    for each in placed:
        texts = lost
        known = each.known
        if known is not None and not is_answer(known):
            if squeeze(each.cell.source) in _texts(known, master):
                yield each
                continue
            if known.role != "plain":  # a plain cell runs as it was edited, all of it
                texts = {known.cell_id: _lines(master.given[known.cell_id]), **lost}
        pieces = _cut(_lines(each.cell.source), texts) if texts else []
        if len(pieces) < 2 and not (pieces and pieces[0][0]):
            yield each
            continue
        merged = True
        rest = replace(each, known=known if known is not None and known.cell_id not in texts else None)
        for name, text in pieces:
            if name:
                lost.pop(name, None)
                original = cells[name]
                yield Placed(replace(each.cell, source=text, kind=original.kind, nbgrader={}), original)
            elif text.strip():
                yield replace(rest, cell=replace(each.cell, source=text, nbgrader={}))
                rest = replace(rest, known=None, by_name=False)
    if merged:
        findings.append(Finding("merged", None, "Cells had been merged; they were taken apart again."))


def _cut(source: str, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The source in pieces: (cell_id, text) for each given text in it, ("", text) for what stands between."""
    pieces = [("", source)]
    for name, text in texts.items():
        for index, (known, piece) in enumerate(pieces):
            before, found, after = f"\n{piece}\n".partition(f"\n{text}\n") if not known and text else (piece, "", "")
            if found:
                pieces[index : index + 1] = [("", before.strip("\n")), (name, text), ("", after.strip("\n"))]
                break
    return [(name, text) for name, text in pieces if name or text.strip()]


def _rest_of_a_split(placed: Sequence[Placed]) -> Iterator[Placed]:
    """A cell right after an answer that is Python only together with it belongs to that answer."""
    answer: MasterCell | None = None
    pieces: list[str] = []
    for each in placed:
        cell, known = each.cell, each.known
        if known is not None:
            answer = known if is_answer(known) and known.kind == "code" else None
            pieces = [cell.source]
        elif answer is not None and not _is_blank(cell):
            pieces.append(cell.source)
            could_be = not cell.grade_id and cell.kind == "code" and len(pieces) <= _MOST_PIECES
            if could_be and not is_python(cell.source) and is_python("\n".join(pieces)):
                each = replace(each, known=answer)
            else:
                answer = None
        yield each


def _by_place(placed: list[Placed], master: Master, findings: list[Finding]) -> list[Placed]:
    """Answers that no name tells (free text, a bare expression), whose cells lost their marks: by their neighbours."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for index, each in enumerate(placed):
        if each.known is not None:
            first.setdefault(each.known.cell_id, index)
            last[each.known.cell_id] = index
    gaps: dict[tuple[int, int, str], list[MasterCell]] = {}
    for number, cell in enumerate(master.cells):
        if is_answer(cell) and cell.cell_id not in first and not names_asked(cell, master):
            before = next((last[one.cell_id] for one in master.cells[number::-1] if one.cell_id in last), -1)
            after = next((first[one.cell_id] for one in master.cells[number:] if one.cell_id in first), len(placed))
            gaps.setdefault((before, after, cell.kind), []).append(cell)
    for (before, after, kind), missing in gaps.items():
        free = [
            index
            for index in range(before + 1, after)
            if placed[index].known is None and placed[index].cell.kind == kind and not _is_blank(placed[index].cell)
        ]
        if len(missing) == 1 or len(missing) == len(free):
            for number, index in enumerate(free):
                cell = missing[min(number, len(missing) - 1)]
                placed[index] = replace(placed[index], known=cell)
                message = "The answer cell had lost its marks; the answer was known by its place."
                findings.append(Finding("metadata", cell.item, message))
    return placed


def _is_blank(cell: NotebookCell) -> bool:
    return not cell.source.strip() or (cell.kind == "code" and CHECK_CALL in cell.source)


def _texts(cell: MasterCell, master: Master) -> tuple[str, str]:
    """What a given cell holds in the learner's copy and in the master, without whitespace."""
    return _squeezed(master.given[cell.cell_id]), _squeezed(cell.source)


@functools.lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    """As `squeeze`, remembered: for the master's own texts only, which are the same for a whole class."""
    return squeeze(text)


def _lines(source: str) -> str:
    """The text without blanks at the ends of its lines, and without blank lines at its ends."""
    return "\n".join(line.rstrip() for line in source.split("\n")).strip("\n")
