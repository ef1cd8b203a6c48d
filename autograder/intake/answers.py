"""A notebook that came back → the learner's answer to each item, whatever happened to the cells on the way."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.intake.arrange import CHECK_CALL, Arranged, arrange, is_answer, names_asked
from autograder.intake.given_cells import findings_about_given_cells
from autograder.intake.notebook_file import NotebookCell, NotebookFile, UnreadableNotebook, no_file, read_notebook
from autograder.intake.python_names import is_python, names_given
from autograder.intake.released import squeeze
from autograder.intake.words import plain
from autograder.judge.types import Finding, Master, MasterCell, Submission

# Bounds on the work that one file can cause; no honest notebook comes near them.
_MOST_OWN_CELLS = 300
_MOST_COPIES = 30
_TEXT_READ_AS_CODE = 10_000  # characters

__all__ = ["CHECK_CALL", "extract", "names_given", "nothing", "read_submission"]


def read_submission(path: Path, master: Master) -> Submission:
    """Read the file at `path` against its master; never raises for anything in the file: `error` says why nothing
    could be read.
    """
    path = Path(path)
    try:
        return extract(read_notebook(path), master)
    except FileNotFoundError:
        return nothing(no_file(path), missing=True)
    except UnreadableNotebook as error:
        return nothing(str(error))


def nothing(sentence: str, missing: bool = False) -> Submission:
    """A submission of which nothing can be judged, and why."""
    return Submission(answers={}, touched=frozenset(), error=sentence, missing=missing)


def extract(file: NotebookFile, master: Master) -> Submission:
    """Take the answers out of a notebook's cells. Pure; the learner's own code cells keep their place."""
    if not file.cells:
        return nothing("The notebook has no cells: hand in the file that JupyterLab saved.")
    arranged = arrange(file.cells, master)
    found = _Answers(master, arranged)
    if not arranged.is_recognised and not found.in_code:
        return nothing(
            f"This notebook holds no cell of {master.assignment}/{master.notebook}: "
            "hand in the notebook you were given."
        )
    lost = [str(cell.item) for cell in found.cells if found.is_lost(cell)]
    if file.is_partial and lost:
        return nothing(
            f"The file is damaged, and the answers to {plain(', '.join(lost), 200)} are lost in it: "
            "open it in JupyterLab, or download it again, save it anew, and hand it in once more."
        )
    return Submission(
        answers=found.sources,
        touched=frozenset(found.touched),
        findings=(
            *(Finding("file", None, note) for note in file.notes),
            *found.findings,
            *findings_about_given_cells(file, master, arranged),
        ),
        extras={
            anchor: sources
            for anchor, cells in arranged.own.items()
            if (sources := tuple(cell.source for cell in cells if cell.kind == "code"))
        },
    )


@dataclass(frozen=True)
class _Elsewhere:
    """Where an answer stands that is not in its own cell. `runs_before`: before the item's check anyway."""

    source: str
    runs_before: bool
    kind: str
    message: str


@dataclass(frozen=True)
class _Own:
    """A cell of the learner's own; `anchor`: the number of the master's cell that it follows (-1: none)."""

    anchor: int
    kind: str
    source: str

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """The names it gives."""
        is_read = self.kind == "code" or len(self.source) <= _TEXT_READ_AS_CODE
        return names_given(self.source) if is_read else frozenset()

    @functools.cached_property
    def is_whole(self) -> bool:
        """Whether it is Python by itself, or for IPython."""
        return is_python(self.source) or self.source.lstrip().startswith(("%", "!"))

    def may_belong_to(self, cell: MasterCell) -> bool:
        """Whether it is no answer by itself but may be a part of one: text for free text, code that is not whole."""
        return not self.is_whole if self.kind == "code" else cell.kind != "code" or self.source[:1].isspace()


class _Answers:
    """The answers among the arranged cells: `sources`, `touched` and `findings`, as a `Submission` has them."""

    def __init__(self, master: Master, arranged: Arranged) -> None:
        self.sources: dict[str, str] = {}
        self.touched: set[str] = set()
        self.findings: list[Finding] = []
        self.cells = [cell for cell in master.cells if is_answer(cell)]
        self._master = master
        self._arranged = arranged
        self._index = {cell.cell_id: index for index, cell in enumerate(master.cells)}
        self._own = [
            _Own(self._index.get(anchor, -1), cell.kind, cell.source)
            for anchor, cells in arranged.own.items()
            for cell in cells
        ][:_MOST_OWN_CELLS]
        open_cells = [cell for cell in self.cells if not self._take_own_cell(cell)]
        for cell in open_cells:
            self._take_elsewhere(cell)

    @property
    def in_code(self) -> bool:
        """Whether any answer in code was found."""
        return any(cell.kind == "code" and cell.grade_id in self.touched for cell in self.cells)

    def is_lost(self, cell: MasterCell) -> bool:
        """Whether neither the cell nor an answer to it was found."""
        return str(cell.grade_id) not in self.touched and str(cell.grade_id) not in self._arranged.copies

    def _take_own_cell(self, cell: MasterCell) -> bool:
        """Take the answer from its own cell; whether something was written there."""
        grade_id = str(cell.grade_id)
        copies = self._arranged.copies.get(grade_id, [])
        blanks = self._master.blanks[grade_id]
        source, found = _one_answer(cell, copies, blanks, names_asked(cell, self._master))
        self.findings += found
        if source is not None:
            self.sources[grade_id] = source
        if source is None or squeeze(source) in blanks:
            return False
        self.touched.add(grade_id)
        return True

    def _take_elsewhere(self, cell: MasterCell) -> None:
        """Take an answer that stands somewhere else in the notebook, or say that the cell is gone."""
        grade_id = str(cell.grade_id)
        found = self._elsewhere(cell)
        if found is not None:
            self.touched.add(grade_id)
            self.findings.append(Finding(found.kind, cell.item, found.message))
            # Dots left in the answer cell would undo an answer given above it.
            self.sources.pop(grade_id, None)
            if not found.runs_before:
                self.sources[grade_id] = found.source
        elif grade_id not in self._arranged.copies:
            message = "The answer cell is gone from the notebook, so nothing could be checked."
            self.findings.append(Finding("deleted-answer", cell.item, message))
        elif any(own.may_belong_to(cell) for own in self._own):
            message = (
                "Nothing stands in the answer cell, but a cell of your own may belong to it: a person should look."
            )
            self.findings.append(Finding("loose-cell", cell.item, message))

    def _elsewhere(self, cell: MasterCell) -> _Elsewhere | None:
        names = names_asked(cell, self._master)
        before, check = self._slot(cell)
        near = [own for own in self._own if before <= own.anchor < check]
        in_own_cell = "The answer was found in a cell of your own instead of the answer cell; it counts."
        if cell.kind != "code":
            here = self._index[cell.cell_id]
            texts = [own.source for own in near if own.anchor <= here and own.kind == cell.kind]
            return _Elsewhere("\n\n".join(texts), False, "own-cell", in_own_cell) if texts else None
        if not names:
            return None
        for own in near:
            if own.kind == "code" and names & own.names:
                return _Elsewhere(own.source, True, "own-cell", in_own_cell)
        for own in near:
            if own.kind != "code" and names <= own.names:
                message = "The answer was found in a cell that had been turned into text; it was read as code."
                return _Elsewhere(own.source, False, "retyped", message)
        return self._far(cell, names, check)

    def _far(self, cell: MasterCell, names: frozenset[str], check: int) -> _Elsewhere | None:
        """An answer with all its names in another item's answer cell, or far away in a cell of the learner's own."""
        for other in self.cells:
            source = self.sources.get(str(other.grade_id), "") if other.kind == "code" and other is not cell else ""
            if source and names <= names_given(source) - names_asked(other, self._master):
                message = "The answer was found in the answer cell of another item; it counts."
                return _Elsewhere(source, self._index[other.cell_id] < check, "merged", message)
        for own in self._own:
            if own.kind == "code" and names <= own.names:
                message = "The answer was found in a cell of your own, far from the answer cell; it counts."
                return _Elsewhere(own.source, own.anchor < check, "own-cell", message)
        return None

    def _slot(self, cell: MasterCell) -> tuple[int, int]:
        """From the grade cell before an answer up to its own check: the master's cells after which its answer may be
        looked for.
        """
        here = self._index[cell.cell_id]
        graded = [index for index, one in enumerate(self._master.cells) if one.role in ("test", "manual")]
        before = max((index for index in graded if index < here), default=-1)
        return before, min((index for index in graded if index > here), default=len(self._master.cells))


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
    if len(copies) == 1:
        return copies[0].source, findings
    copies = copies[-_MOST_COPIES:]
    pieces = list({squeeze(copy.source): copy.source for copy in reversed(copies) if squeeze(copy.source)}.values())[
        ::-1
    ]
    written = [text for text in pieces if squeeze(text) not in blanks]
    if cell.kind != "code":
        source, found = _one_text(written or [copies[0].source])
    else:
        source, found = _one_code(written or [copies[0].source], pieces, names)
    return source, [*findings, *(finding(*each) for each in found)]


_SPLIT = ("split", "The answer was found in several pieces; they are put together in their order.")
_DUPLICATE = ("duplicate", "The answer cell is in the notebook more than once; only one answer stands in it.")
_TWO = (
    "two-answers",
    "There are several different answers to this item; the last one was judged, and a person should look.",
)


def _one_text(written: Sequence[str]) -> tuple[str, list[tuple[str, str]]]:
    return "\n\n".join(written), [_DUPLICATE if len(written) == 1 else _SPLIT]


def _one_code(
    written: Sequence[str], pieces: Sequence[str], names: frozenset[str]
) -> tuple[str, list[tuple[str, str]]]:
    """`pieces` are all texts that differ, the learner's and those that were given: a split may begin with the given
    line of a function.
    """
    whole = [text for text in written if is_python(text) and names <= names_given(text)]
    if len(written) == 1 and (len(pieces) < 2 or is_python(written[0])):
        return written[0], [_DUPLICATE]
    orders = (written, pieces, pieces[::-1])  # the last: halves that changed places
    joined = next((text for order in orders if is_python(text := "\n".join(order))), None)
    if len(whole) >= 2 or (whole and joined is None):
        return whole[-1], [_TWO]
    return joined or "\n".join(written), [_SPLIT]
