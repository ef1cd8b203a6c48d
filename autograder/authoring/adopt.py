"""An edited notebook → its percent source: what was edited changes, everything else keeps its exact text."""

import difflib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from autograder.authoring import marks, tokens
from autograder.authoring.build import build, fingerprint, points_of
from autograder.authoring.percent import Cell, Kind, misread, new_text, parse, render
from autograder.authoring.problems import SourceProblems
from autograder.errors import CannotRun

_HARMLESS_IN_CELL = frozenset(
    "ExecuteTime collapsed deletable editable execution jupyter pycharm scrolled trusted vscode".split()
)
"""What JupyterLab and other editors note in a cell for themselves; a build writes none of it."""
_HARMLESS_IN_NOTEBOOK = frozenset(
    "autograder celltoolbar kernelspec language_info orig_nbformat toc vscode widgets".split()
)
_OURS = {"autograder", "nbgrader", "tags"}


@dataclass
class _Edited:
    """One cell of the edited notebook on its way into the source."""

    number: int
    kind: Kind
    source: str
    metadata: Mapping[str, Any]
    cell_id: str | None
    old: Cell | None = None
    old_filled: str | None = None
    template: list[str | tokens.Token] = field(default_factory=list)
    options: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        words = " ".join(self.source.split())
        return f"cell {self.number} (“{words[:37]}…”)" if len(words) > 40 else f"cell {self.number} (“{words}”)"

    @property
    def grade_id(self) -> str | None:
        marked = self.metadata.get("nbgrader") or {}
        return marked.get("grade_id") if any(marked.get(key) for key in ("grade", "solution", "locked")) else None


def adopt(notebook: Any, text: str, path: str, fill: tokens.Fill | None) -> str:
    """The source text (`text`, called `path` in sentences) with the notebook's edits in it.

    Building the result gives the edited notebook again, outputs and editor notes apart; what nobody edited keeps its
    exact text, tokens included. Raises `CannotRun` (one sentence) when an edit cannot be said in a source, when a
    filled-in text was edited, or when the source has changed since the notebook was built; `SourceProblems` when the
    present source cannot be built.
    """
    cells = parse(text, path)
    base = build(cells, path, "", "", fill)
    _check_notebook(notebook)
    edited = [_edited(number, cell) for number, cell in enumerate(notebook.cells, 1)]
    if [_content(cell) for cell in edited] == [_content(_edited(0, cell)) for cell in base.cells]:
        return text
    built_from = (notebook.metadata.get("autograder") or {}).get("built")
    if built_from not in (None, fingerprint(base.cells)):
        raise CannotRun(
            f"{path} (or what it is filled with) has changed since this notebook was built: undo that change for a "
            "moment, adopt the notebook, then make the change again."
        )
    _match(edited, cells, base.cells)
    _set_options(edited)
    _fold(edited, cells, fill)
    texts = _texts(edited, cells)
    _verify(edited, texts, path)
    return "".join(texts)


def _check_notebook(notebook: Any) -> None:
    foreign = sorted(set(notebook.metadata) - _HARMLESS_IN_NOTEBOOK)
    if foreign:
        raise CannotRun(f"The notebook's metadata hold “{foreign[0]}”, which a source cannot say: remove it.")
    if any("checksum" in (cell.metadata.get("nbgrader") or {}) for cell in notebook.cells):
        raise CannotRun("This is a learner's copy, without solutions: adopt the notebook that `autograder build` made.")
    seen: dict[str, int] = {}
    for number, cell in enumerate(notebook.cells, 1):
        name = _edited(number, cell).grade_id
        if name in seen:
            raise CannotRun(
                f"Cells {seen[name]} and {number} have the same ID “{name}” (a copied cell keeps it): "
                "give one of them its own in the Create Assignment panel, or delete it."
            )
        if name is not None:
            seen[name] = number


def _edited(number: int, cell: Any) -> _Edited:
    made = _Edited(number, cell.cell_type, cell.source.rstrip("\n"), cell.metadata, cell.get("id"))
    if cell.cell_type not in ("code", "markdown"):
        raise CannotRun(
            f"{made.name} is a {cell.cell_type} cell, which a source cannot hold: make it Markdown or code."
        )
    if cell.get("attachments"):
        raise CannotRun(
            f"{made.name} holds a pasted picture: save it as a file under assets/ and link it with a description."
        )
    foreign = sorted(set(cell.metadata) - _HARMLESS_IN_CELL - _OURS)
    if foreign:
        raise CannotRun(f"{made.name} has the metadata “{foreign[0]}”, which a source cannot say: remove it.")
    return made


def _content(cell: _Edited) -> tuple[Any, ...]:
    """What of a cell reaches the source: kind, text, and the marks in force."""
    marked = cell.metadata.get("nbgrader") or {}
    in_force = cell.grade_id is not None
    return (
        cell.kind,
        cell.source.rstrip("\n"),
        {key: marked.get(key) for key in ("grade", "solution", "locked", "task", "grade_id", "points")}
        if in_force
        else {},
        dict(cell.metadata.get("autograder") or {}),
        list(cell.metadata.get("tags") or []),
    )


def _match(edited: list[_Edited], cells: list[Cell], base: list[Any]) -> None:
    """Find each edited cell's place of origin: by ID, by cell id, by its text, by the likeness of its text."""
    left = list(zip(cells, (_edited(0, built) for built in base), strict=True))

    def take(cell: _Edited, place: int) -> None:
        cell.old, built = left.pop(place)
        cell.old_filled = built.source

    for same in _SAME:
        for cell in edited:
            if cell.old is None:
                place = next((n for n, (_, built) in enumerate(left) if same(cell, built)), None)
                if place is not None:
                    take(cell, place)


def _alike(one: str, two: str) -> bool:
    match = difflib.SequenceMatcher(None, one.split(), two.split(), autojunk=False)
    return match.real_quick_ratio() > 0.6 and match.ratio() > 0.6


_SAME: tuple[Callable[[_Edited, _Edited], bool], ...] = (
    lambda one, two: one.grade_id is not None and one.grade_id == two.grade_id,
    lambda one, two: one.cell_id is not None and one.cell_id == two.cell_id,
    lambda one, two: (one.kind, one.source) == (two.kind, two.source),
    lambda one, two: one.kind == two.kind and _alike(one.source, two.source),
)
"""Ways to know a cell again, the surest first."""


def _set_options(edited: list[_Edited]) -> None:
    graded = [cell for cell in edited if (cell.metadata.get("nbgrader") or {}).get("grade")]
    items = {str(cell.grade_id): cell.number for cell in graded}
    for cell in edited:
        if cell.grade_id is None and any(
            (cell.metadata.get("nbgrader") or {}).get(k) for k in ("grade", "solution", "locked")
        ):
            raise CannotRun(
                f"{cell.name} is marked for grading but has no ID: give it one in the Create Assignment panel."
            )
        named = str(cell.grade_id).removesuffix("-answer")
        following = next((str(other.grade_id) for other in graded if other.number > cell.number), None)
        try:
            cell.options = marks.options(cell.kind, cell.metadata, named if named in items else following)
        except ValueError as error:
            raise CannotRun(f"{cell.name}: {error}") from error


def _fold(edited: list[_Edited], cells: list[Cell], fill: tokens.Fill | None) -> None:
    """Put the tokens back into every text, wherever in the notebook their filled text stands now."""
    points = points_of(cells)
    prose = {id(cell): tokens.pieces(cell.source, points, fill) for cell in cells if cell.kind == "markdown"}
    lost: list[tuple[str, tokens.Lost]] = []
    for cell in edited:
        parts = prose.pop(id(cell.old), None) if cell.kind == "markdown" else None
        if parts is None:
            cell.template = [cell.source]
        elif cell.source == cell.old_filled:
            cell.template = parts
        else:
            cell.template, gone = tokens.align(cell.source, parts)
            lost += [(cell.name, one) for one in gone]
    for parts in prose.values():  # texts whose cell is gone
        lost += [("", tokens.Lost(part, "")) for part in parts if isinstance(part, tokens.Token)]
    pool = [one.token for _, one in lost]
    pool += _filled_with_new_points(pool, {str(cell.grade_id): (cell.options or {}).get("points") for cell in edited})
    for cell in edited:
        if cell.kind == "markdown":
            cell.template = tokens.reclaim(cell.template, pool)
    were = Counter(
        token.written for cell in cells if cell.kind == "markdown" for token in _tokens_of(cell, points, fill)
    )
    are = Counter(part.written for cell in edited for part in cell.template if isinstance(part, tokens.Token))
    for name, one in lost:
        if are[one.token.written] < were[one.token.written] and tokens.is_rewritten(one):
            raise CannotRun(f"{name}: {_rewritten(one.token)}")


def _tokens_of(cell: Cell, points: Mapping[str, float], fill: tokens.Fill | None) -> list[tokens.Token]:
    return [part for part in tokens.pieces(cell.source, points, fill) if isinstance(part, tokens.Token)]


def _filled_with_new_points(pool: list[tokens.Token], points: Mapping[str, float | None]) -> list[tokens.Token]:
    """Points tokens as they read when the author has also corrected the words: "8 points" for a changed item."""
    return [
        part
        for token in pool
        for item, worth in points.items()
        if worth is not None and token.written == f"{{{{points {item}}}}}"
        for part in tokens.pieces(token.written, {item: worth}, None)
        if isinstance(part, tokens.Token) and part != token
    ]


def _rewritten(token: tokens.Token) -> str:
    words = " ".join(token.filled.split())
    shown = words if len(words) <= 60 else words[:57] + "…"
    instead = "the item's points" if token.written.startswith("{{points ") else "the evidence ledger"
    return f"“{shown}” is filled in for {token.written} and was edited: change {instead}, or the source, instead."


def _texts(edited: list[_Edited], cells: list[Cell]) -> list[str]:
    """The text of every cell in the new source, header and blank lines included."""
    texts = []
    for cell in edited:
        source, options = tokens.written(cell.template), cell.options or {}
        if cell.old is None:
            texts.append(new_text(cell.kind, options, source))
        elif (cell.old.kind, dict(cell.old.options), cell.old.source) == (cell.kind, options, source):
            texts.append(cell.old.raw)
        else:
            texts.append(render(cell.old, cell.kind, options, source))
    for place, cell in enumerate(edited):
        is_last, was_last = place == len(edited) - 1, cell.old is cells[-1]
        if is_last and not was_last:
            texts[place] = texts[place].rstrip("\n") + "\n"
        elif was_last and not is_last:
            texts[place] = texts[place].rstrip("\n") + "\n\n"
    return texts


def _verify(edited: list[_Edited], texts: list[str], path: str) -> None:
    """The new source must say exactly what was edited; what a source cannot hold is named, not lost."""
    try:
        read = parse("".join(texts), path)
    except SourceProblems as unreadable:
        first = unreadable.problems[0]
        ends = list(accumulate(text.count("\n") for text in texts))
        place = next((place for place, end in enumerate(ends) if first.line <= end), len(edited) - 1)
        raise CannotRun(f"{edited[place].name} cannot be written into a source: {first.sentence}") from unreadable
    for place, cell in enumerate(edited):
        found = read[place] if place < len(read) else None
        wanted = (cell.kind, dict(cell.options or {}), tokens.written(cell.template))
        is_last = place == len(edited) - 1
        if (
            found is None
            or wanted != (found.kind, dict(found.options), found.source)
            or (is_last and read[place + 1 :])
        ):
            raise CannotRun(
                f"{cell.name} cannot be written into a source without change: look for three quotes, "
                "blank lines at its beginning, or a line that begins with `# %%`."
            )
        ambiguous = misread(found) if cell.source != cell.old_filled else []
        if ambiguous:
            raise CannotRun(f"{cell.name} cannot be written into a source: {ambiguous[0][1]}")
