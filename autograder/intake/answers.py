"""A notebook that came back → the learner's answer to each item, whatever happened to the cells on the way."""

from __future__ import annotations

import ast
import functools
import threading
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.intake.notebook_file import NotebookCell, NotebookFile, UnreadableNotebook, no_file, read_notebook
from autograder.intake.released import squeeze
from autograder.intake.words import plain
from autograder.judge.types import Finding, Master, MasterCell, Submission

CHECK_CALL = "check_notebook("
"""A learner's cell that judges the notebook is never run while the notebook is judged."""
_PARSED_CHARS = 100_000
_QUIET = threading.Lock()
"""Silencing warnings is not safe in several threads at once."""


def read_submission(path: Path, master: Master) -> Submission:
    """Read the file at `path` against its master; never raises for anything in the file: `error` says why nothing
    could be read.
    """
    path = Path(path)
    try:
        return extract(read_notebook(path), master)
    except FileNotFoundError:
        return _nothing(no_file(path), missing=True)
    except UnreadableNotebook as error:
        return _nothing(str(error))


def extract(file: NotebookFile, master: Master) -> Submission:
    """Take the answers out of a notebook's cells. Pure; the learner's own code cells keep their place."""
    if not any(cell.grade_id or cell.cell_id for cell in file.cells) and not file.cells:
        return _nothing("The notebook has no cells: hand in the file that JupyterLab saved.")
    sorted_out = _sort_out(file, master)
    if not sorted_out.copies and not sorted_out.seen:
        return _nothing(
            f"This notebook holds no cell of {master.assignment}/{master.notebook}: "
            "hand in the notebook you were given."
        )
    findings = [Finding("file", None, note) for note in file.notes]
    answers: dict[str, str] = {}
    touched: set[str] = set()
    for cell in _answer_cells(master):
        grade_id, own_name = (
            str(cell.grade_id),
            names_given(master.released[str(cell.grade_id)]) or names_given(cell.source),
        )
        elsewhere = cell.kind == "code" and any(
            own_name & names_given(extra) for extra in sorted_out.near(cell, master)
        )
        source, found = _one_answer(cell, sorted_out.copies.get(grade_id, []), master.blanks[grade_id], own_name)
        findings += found
        written = source is not None and squeeze(source) not in master.blanks[grade_id]
        if elsewhere and not written:
            findings.append(
                Finding(
                    "own-cell",
                    cell.item,
                    "The answer was found in a cell of your own instead of the answer cell; it counts.",
                )
            )
            source = None  # the dots in the answer cell would undo an answer given above it
        elif not sorted_out.copies.get(grade_id):
            findings.append(
                Finding(
                    "deleted-answer",
                    cell.item,
                    "The answer cell is gone from the notebook, so nothing could be checked.",
                )
            )
        if written or elsewhere:
            touched.add(grade_id)
        if source is not None:
            answers[grade_id] = source
    return Submission(
        answers=answers,
        touched=frozenset(touched),
        findings=(*findings, *_findings_about_given_cells(file, master, sorted_out)),
        extras={anchor: tuple(sources) for anchor, sources in sorted_out.extras.items()},
    )


@dataclass
class _Sorted:
    """The cells of a submission by what they are: copies of answers, other known cells, and the learner's own."""

    copies: dict[str, list[NotebookCell]] = field(default_factory=dict)
    given: dict[str, list[NotebookCell]] = field(default_factory=dict)
    extras: dict[str, list[str]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def seen(self) -> bool:
        return bool(self.given)

    def near(self, cell: MasterCell, master: Master) -> Iterable[str]:
        """The learner's own cells between the previous grade cell and this item's: where an answer may be."""
        start = 0
        end = len(master.cells)
        here = master.cells.index(cell)
        for index, other in enumerate(master.cells):
            if other.role in ("test", "manual") and index < here:
                start = index
            if other.role in ("test", "manual") and index > here:
                end = index
                break
        anchors = [other.cell_id for other in master.cells[start:end]] + ([""] if start == 0 else [])
        return [source for anchor in anchors for source in self.extras.get(anchor, [])]


def _sort_out(file: NotebookFile, master: Master) -> _Sorted:
    by_grade_id = {cell.grade_id: cell for cell in master.cells if cell.grade_id}
    by_cell_id = {cell.cell_id.partition(":")[2]: cell for cell in master.cells if cell.cell_id.partition(":")[2]}
    by_text = {
        squeeze(text): cell for cell in master.cells if (text := master.given.get(cell.cell_id)) and cell.kind == "code"
    }
    for original in master.cells:
        if original.role not in ("answer", "manual"):
            by_text.setdefault(squeeze(original.source), original)
    result = _Sorted()
    anchor = ""
    for cell in file.cells:
        known = by_grade_id.get(cell.grade_id) if cell.grade_id else None
        if known is None and not cell.grade_id and cell.cell_id in by_cell_id:
            known = by_cell_id[cell.cell_id]
            if known.role in ("answer", "manual"):
                result.findings.append(
                    Finding("metadata", known.item, "An answer cell had lost its marks; it was known by its place.")
                )
        by_name = known is not None
        if known is None and not cell.grade_id and squeeze(cell.source):
            known = by_text.get(squeeze(cell.source))
            if known is not None and known.cell_id in result.given:
                known = None  # the original has been seen: this is the learner's own copy of it, somewhere else
        if known is not None:
            anchor = known.cell_id
            if by_name:
                result.order.append(anchor)
            if known.role in ("answer", "manual"):
                result.copies.setdefault(str(known.grade_id), []).append(cell)
                continue
            result.given.setdefault(anchor, []).append(cell)
            # A given cell that its metadata leaves open to edits may hold what the answers need: run the edit as well.
            if known.role != "plain" or squeeze(cell.source) in (squeeze(known.source), squeeze(master.given[anchor])):
                continue
        if cell.kind == "code" and squeeze(cell.source) and CHECK_CALL not in cell.source:
            result.extras.setdefault(anchor, []).append(cell.source)
    return result


def _answer_cells(master: Master) -> Sequence[MasterCell]:
    return [cell for cell in master.cells if cell.role in ("answer", "manual") and cell.grade_id]


def _one_answer(
    cell: MasterCell, copies: Sequence[NotebookCell], blanks: frozenset[str], names: frozenset[str]
) -> tuple[str | None, list[Finding]]:
    """The one text that counts among the copies of an answer cell, and what is to be said about it."""

    def finding(kind: str, message: str) -> Finding:
        return Finding(kind, cell.item, message)

    if not copies:
        return None, []
    findings = []
    if any(copy.kind != cell.kind for copy in copies):
        wanted = "code" if cell.kind == "code" else "text"
        findings.append(
            finding("retyped", f"The answer cell had been turned into another type of cell; it was read as {wanted}.")
        )
    written: list[str] = []
    for copy in copies:
        if squeeze(copy.source) not in blanks and squeeze(copy.source) not in map(squeeze, written):
            written.append(copy.source)
    if len(copies) == 1:
        return copies[0].source, findings
    if len(written) <= 1:
        answer = written[0] if written else copies[0].source
        return answer, [
            *findings,
            finding("duplicate", "The answer cell is in the notebook more than once; only one answer stands in it."),
        ]
    if cell.kind != "code":
        return "\n\n".join(written), [
            *findings,
            finding("split", "The text was found in several pieces; they are put together in their order."),
        ]
    whole = [text for text in written if _tree(text) is not None and names <= names_given(text)]
    joined = "\n".join(written)
    if len(whole) >= 2 or (whole and _tree(joined) is None):
        message = "There are several different answers to this item; the last one was judged, and a person should look."
        return whole[-1], [*findings, finding("two-answers", message)]
    return joined, [
        *findings,
        finding("split", "The answer was found in several pieces; they are put together in their order."),
    ]


def _findings_about_given_cells(file: NotebookFile, master: Master, sorted_out: _Sorted) -> list[Finding]:
    findings = list(sorted_out.findings)
    for cell in master.cells:
        if cell.role not in ("test", "locked"):
            continue
        what = "check cell" if cell.role == "test" else f"given cell {cell.grade_id}"
        kind = "test" if cell.role == "test" else "given"
        copies = sorted_out.given.get(cell.cell_id, [])
        texts = {squeeze(master.given[cell.cell_id]), squeeze(cell.source)}
        if not copies:
            findings.append(
                Finding(f"deleted-{kind}", cell.item, f"The {what} is gone from the notebook; the original was used.")
            )
        elif any(squeeze(copy.source) not in texts or copy.kind != cell.kind for copy in copies):
            findings.append(Finding(f"edited-{kind}", cell.item, f"The {what} was changed; the original was used."))
        elif any(copy.grade_id and copy.points != cell.points for copy in copies):
            findings.append(
                Finding(f"edited-{kind}", cell.item, f"The points of the {what} were changed; the original ones count.")
            )
        if len(copies) > 1:
            findings.append(
                Finding(
                    f"duplicate-{kind}",
                    cell.item,
                    f"The {what} is in the notebook more than once; the original was used once.",
                )
            )
    place = {cell.cell_id: index for index, cell in enumerate(master.cells)}
    places = [place[anchor] for anchor in dict.fromkeys(sorted_out.order)]
    if places != sorted(places):
        findings.append(Finding("moved", None, "Cells were moved; every answer was judged in its original place."))
    strangers = sorted(
        {cell.grade_id for cell in file.cells if cell.grade_id} - {cell.grade_id for cell in master.cells}
    )
    if strangers:
        listed = plain(", ".join(strangers[:5]), 200)
        findings.append(
            Finding(
                "unknown-cell",
                None,
                f"The notebook has cells of another version of the assignment ({listed}); they count for nothing.",
            )
        )
    return findings


def _tree(source: str) -> ast.Module | None:
    """The parsed source; None where Python cannot read it (as with magics) or is too long to be an answer."""
    if len(source) > _PARSED_CHARS:
        return None
    try:
        with _QUIET, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the learner's code: not for whoever runs the judge
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@functools.lru_cache(maxsize=4096)
def names_given(source: str) -> frozenset[str]:
    """The names a cell gives a value to at its top level (functions, classes, variables)."""
    tree = _tree(source)
    found: set[str] = set()
    for statement in tree.body if tree else ():
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found |= {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    return frozenset(found)


def _nothing(sentence: str, missing: bool = False) -> Submission:
    answers: Mapping[str, str] = {}
    return Submission(answers=answers, touched=frozenset(), error=sentence, missing=missing)
