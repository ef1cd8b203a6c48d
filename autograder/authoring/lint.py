"""The mistakes an author can make in a percent source, each as one sentence with its file and line, all at once."""

import difflib
from collections.abc import Iterator

from autograder.authoring import lint_code, lint_prose, marks, regions
from autograder.authoring.build import fill_cells
from autograder.authoring.percent import Cell, misread
from autograder.authoring.problems import Problem, SourceProblems
from autograder.authoring.tokens import Fill

_ALLOWED_IN: dict[regions.RegionKind, tuple[str, ...]] = {
    "SOLUTION": ("answer", "free"),
    "HIDDEN TESTS": ("test",),
    "MARK SCHEME": ("free",),
}
_WORDS = {"answer": "an answer cell", "test": "a test cell", "free": "a free response"}


def lint(cells: list[Cell], path: str, notebook: str, fill: Fill | None) -> list[Problem]:
    """Every mistake in one source. `notebook` is "lesson" or "exercises"; `fill` as for `build`."""
    problems = [Problem(path, line, sentence) for line, sentence in _found(cells, notebook)]
    try:
        fill_cells(cells, path, fill)
    except SourceProblems as unfilled:
        problems += unfilled.problems
    return sorted(set(problems))


def read_targets(cells: list[Cell], lesson: list[Cell], path: str) -> list[Problem]:
    """`read="…"` headers that name no heading of the lesson."""
    headings = {
        words.lstrip("0123456789. ")
        for cell in lesson
        if cell.kind == "markdown"
        for _, _, words in lint_prose.headings(cell.source)
    }
    problems = []
    for cell in cells:
        target = cell.options.get("read")
        if isinstance(target, str) and target not in headings:
            near = difflib.get_close_matches(target, headings, n=1, cutoff=0.3)
            hint = f"; the nearest is “{near[0]}”" if near else ""
            problems.append(Problem(path, cell.line, f'read="{target}" is no heading of the lesson{hint}.'))
    return problems


def _found(cells: list[Cell], notebook: str) -> Iterator[tuple[int, str]]:
    yield from lint_prose.heading_order(cells)
    yield from _ids(cells)
    yield from _pairs(cells)
    for cell in cells:
        yield from _header(cell, notebook)
        yield from misread(cell)
        yield from _regions(cell)
        if cell.kind == "markdown":
            yield from ((cell.line_of(offset), told) for offset, told in lint_prose.pictures(cell.source))
        else:
            yield from ((cell.line_of(offset), told) for offset, told in _code(cell))


def _header(cell: Cell, notebook: str) -> Iterator[tuple[int, str]]:
    options = cell.options
    roles = [key for key in marks.ROLES if key in options]
    if len(roles) > 1:
        yield cell.line, f"The cell is both {roles[0]} and {roles[1]}; a cell has one of {', '.join(marks.ROLES)}."
    role = roles[0] if roles else None
    if role:
        name = options[role]
        if not isinstance(name, str) or not marks.ID.fullmatch(name):
            yield cell.line, f"{role}={name!r} is no id: use letters, digits, - and _, starting with a letter or digit."
    if role == "free" and cell.kind == "code":
        yield cell.line, "A free response is text: write `# %% [markdown] free=…`."
    if role in ("answer", "test") and cell.kind == "markdown":
        yield cell.line, f"A Markdown cell cannot be {_WORDS[role]}: leave out [markdown]."
    graded = role in ("test", "free")
    if graded and notebook == "lesson":
        yield cell.line, "A lesson grades nothing: move the item to exercises.py."
    if graded and "points" not in options:
        yield cell.line, f"The item {options[role]!r} has no points: add points=… to the cell header."  # type: ignore[index]
    elif graded:
        points = options["points"]
        if isinstance(points, bool) or not isinstance(points, int | float) or not 0 < points < float("inf"):
            yield cell.line, f"points={points!r} is not a number above 0."
    if graded and not isinstance(options.get("objective"), str):
        yield cell.line, f'The item {options[role]!r} names no objective: add objective="O1" to the cell header.'  # type: ignore[index]
    for key in ("points", "objective", "read"):
        if key in options and not graded:
            yield cell.line, f"{key}=… belongs to a test cell or a free response, not to this cell."
    if "read" in options and not isinstance(options["read"], str):
        yield cell.line, "read=… must be a quoted heading of the lesson."
    tags = options.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        yield cell.line, 'tags=… must be a list of quoted words: tags=["instructor"].'
    elif "instructor" in tags and role:
        yield cell.line, f"An instructor note is left out of the learner's copy, so it cannot be marked {role}=…."
    elif role == "test" and "skip-execution" in tags:
        yield cell.line, "A test cell tagged skip-execution would never judge anything: remove the tag."


def _ids(cells: list[Cell]) -> Iterator[tuple[int, str]]:
    first: dict[str, Cell] = {}
    for cell in cells:
        name = marks.grade_id(cell.options)
        if name is None:
            continue
        if name in first:
            yield cell.line, f"The id “{name}” is already used in line {first[name].line}: every cell needs its own."
        else:
            first[name] = cell


def _pairs(cells: list[Cell]) -> Iterator[tuple[int, str]]:
    answers = {cell.options["answer"]: cell for cell in cells if "answer" in cell.options}
    tests = {cell.options["test"]: cell for cell in cells if "test" in cell.options}
    for item, cell in answers.items():
        if item not in tests:
            yield cell.line, f'The answer cell “{item}” has no test cell: add `# %% test="{item}" points=…` under it.'
        elif tests[item].line < cell.line:
            yield cell.line, f"The answer cell “{item}” stands after its test cell in line {tests[item].line}."
    for item, cell in tests.items():
        if item not in answers:
            yield cell.line, f'The test cell “{item}” has no answer cell: add `# %% answer="{item}"` above it.'


def _regions(cell: Cell) -> Iterator[tuple[int, str]]:
    found, wrong = regions.find(cell.source)
    yield from ((cell.line_of(offset), told) for offset, told in wrong)
    role = marks.role(cell.options)
    for region in found:
        allowed = _ALLOWED_IN[region.kind]
        if role not in allowed:
            places = " or ".join(_WORDS[name] for name in allowed)
            yield cell.line_of(region.begin), f"BEGIN {region.kind} belongs in {places}, not in this cell."
    if role == "free" and not wrong:
        yield from _free(cell, found)


def _free(cell: Cell, found: list[regions.Region]) -> Iterator[tuple[int, str]]:
    schemes = [region for region in found if region.kind == "MARK SCHEME"]
    solutions = [region for region in found if region.kind == "SOLUTION"]
    if not schemes:
        yield (
            cell.line,
            "The free response has no mark scheme: add === BEGIN MARK SCHEME === … === END MARK SCHEME ===.",
        )
    elif solutions:
        for scheme in schemes:
            if not any(solution.begin < scheme.begin and scheme.end < solution.end for solution in solutions):
                yield (
                    cell.line_of(scheme.begin),
                    "The mark scheme must stand inside BEGIN SOLUTION … END SOLUTION, or it would reach the learner.",
                )
    else:
        for offset, line in enumerate(cell.source.split("\n")):
            if line.strip() and not any(scheme.holds(offset) for scheme in schemes):
                yield (
                    cell.line_of(offset),
                    "The learner's copy of a free response keeps nothing of this cell: put the question in the cell "
                    "above, or a model answer between BEGIN SOLUTION and END SOLUTION, with the mark scheme inside.",
                )
                return


def _code(cell: Cell) -> Iterator[tuple[int, str]]:
    role = marks.role(cell.options)
    tree, offset, reason = lint_code.syntax(cell.source)
    if tree is None:
        yield offset, f"The cell is not valid Python: {reason}."
        return
    if regions.find(cell.source)[1]:
        return  # unbalanced markers have been named; what they enclose cannot be judged
    if role == "answer":
        yield from lint_code.answer(cell)
    elif role == "test":
        yield from lint_code.test(cell, tree)
    if role not in ("answer", "test"):
        yield from lint_code.pictures(tree)
