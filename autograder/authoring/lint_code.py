"""What may be wrong in the code of a cell: syntax, the verdict of a test cell, undescribed pictures."""

import ast
from collections.abc import Iterator
from typing import Any

from autograder.authoring import regions
from autograder.authoring.percent import Cell

Found = Iterator[tuple[int, str]]
"""(line offset in the cell, sentence)"""

_HEADER = -1
"""The offset of the cell's header line: where a sentence about the whole cell points."""


def syntax(source: str) -> tuple[ast.Module | None, int, str]:
    """The parsed cell, or None with the offset and the reason; IPython's magics and top-level await are allowed."""
    try:
        return _parse(source), 0, ""
    except (SyntaxError, ValueError) as error:
        # Plain Python first: IPython takes a third of a second to load and few cells need it.
        from IPython.core.inputtransformer2 import TransformerManager

        try:
            return _parse(TransformerManager().transform_cell(source)), 0, ""
        except (SyntaxError, ValueError):
            return None, (getattr(error, "lineno", 1) or 1) - 1, getattr(error, "msg", None) or str(error)


def _parse(source: str) -> ast.Module:
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    tree: ast.Module = compile(source, "<cell>", "exec", flags=flags, dont_inherit=True)
    return tree


def answer(cell: Cell) -> Found:
    """An answer cell: a solution to cut out, and three dots for the learner where it was."""
    if not any(region.kind == "SOLUTION" for region in regions.find(cell.source)[0]):
        yield _HEADER, "The answer cell has no ### BEGIN SOLUTION … ### END SOLUTION region."
        return
    tree, _, reason = syntax(regions.without(cell.source, "SOLUTION"))
    if tree is None:
        yield _HEADER, f"Without its solution the answer cell is not valid Python ({reason})."
    elif not any(isinstance(node, ast.Constant) and node.value is ... for node in ast.walk(tree)):
        yield _HEADER, "Without its solution the answer cell holds no three dots (`...`) for the learner to replace."


def test(cell: Cell, tree: ast.Module) -> Found:
    """A test cell: it ends in a verdict that agrees with the header, and stays valid without its hidden tests."""
    item, points = cell.options["test"], cell.options.get("points")
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _dotted(node.func) == "expect.item"]
    has_assert = any(isinstance(node, ast.Assert) for node in ast.walk(tree))
    last = tree.body[-1] if tree.body else None
    ends_in_verdict = (
        isinstance(last, ast.Expr) and isinstance(last.value, ast.Attribute) and last.value.attr == "verdict"
    )
    if calls and not ends_in_verdict:
        yield _HEADER, "The test cell does not end in its verdict: make `item.verdict` its last line."
    elif not calls and not has_assert:
        yield (
            _HEADER,
            "The test cell gives no verdict: end it with `item.verdict` of an expect.item, or assert something.",
        )
    if len(calls) > 1:
        yield calls[1].lineno - 1, "The test cell opens a second expect.item: one cell judges one item."
    for call in calls[:1]:
        yield from _opening(call, item, points)
        yield from _parts(cell, tree, call, points)
        yield from _choices(tree)
    tree_left, _, reason = syntax(regions.without(cell.source, "HIDDEN TESTS"))
    if tree_left is None:
        yield _HEADER, f"Without its hidden tests the test cell is not valid Python ({reason})."


def _opening(call: ast.Call, item: Any, points: Any) -> Found:
    at = call.lineno - 1
    given = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    if given != item:
        yield at, f'expect.item is called for {given!r}, but the cell header says test="{item}".'
    found = _literal(call, "points")
    if found != points:
        yield at, f"expect.item says points={found}, but the cell header says points={points}."


def _parts(cell: Cell, tree: ast.Module, opening: ast.Call, points: Any) -> Found:
    parts = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _dotted(node.func).endswith(".part")]
    hidden = _literal(opening, "hidden")
    at = opening.lineno - 1
    if hidden != len(parts):
        yield at, f"expect.item says hidden={hidden}, but the cell holds {len(parts)} `item.part`."
    if not parts:
        yield at, "The test cell has no `item.part`, so no answer could earn its points."
        return
    earned = [part.args[0].value if part.args and isinstance(part.args[0], ast.Constant) else None for part in parts]
    if not all(_is_number(worth) and worth > 0 for worth in earned):  # type: ignore[operator]
        yield at, "The points of every `item.part` must be written as a plain number above 0."
    elif _is_number(points) and abs(sum(earned) - points) > 1e-9:  # type: ignore[arg-type]
        yield at, f"The parts' points add up to {sum(earned):g}, but the item has {points:g}."  # type: ignore[arg-type]
    found, _ = regions.find(cell.source)
    for part in parts:
        if not any(region.kind == "HIDDEN TESTS" and region.holds(part.lineno - 1) for region in found):
            yield part.lineno - 1, "This `item.part` stands outside ### BEGIN HIDDEN TESTS … ### END HIDDEN TESTS."


def _choices(tree: ast.Module) -> Found:
    """Every letter a learner may choose is explained, the right one too."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    offered = "".join(
        str(_literal(call, "letters", 1) or "") for call in calls if _dotted(call.func).endswith(".letter")
    )
    for call in calls:
        if not _dotted(call.func).endswith(".choice"):
            continue
        at = call.lineno - 1
        right, why, wrong = _literal(call, "right", 1), _literal(call, "why"), _literal(call, "wrong")
        if not isinstance(right, str) or not isinstance(wrong, dict):
            yield (
                at,
                'Write the choice out: item.choice(answer, "b", why="…", wrong={"a": ("misconception-id", "…"), …}).',
            )
            continue
        if not _is_text(why):
            yield at, f'The right option "{right}" has no explanation: give `why` a sentence.'
        for letter, explained in wrong.items():
            if not (isinstance(explained, tuple) and len(explained) == 2 and all(map(_is_text, explained))):
                yield at, f'The option "{letter}" needs a misconception id and an explanation: ("id", "sentence").'
        for letter in sorted(set(offered) - {right, *wrong}):
            yield at, f'The option "{letter}" has no explanation: add it to `wrong`.'
        for letter in sorted({right, *map(str, wrong)} - set(offered)):
            yield at, f'The option "{letter}" is explained, but item.letter does not offer it.'


def pictures(tree: ast.Module) -> Found:
    """Pictures drawn without the helper that gives them a description."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _dotted(node.func)
            if name.startswith(("plt.", "pyplot.", "matplotlib.pyplot.")):
                yield (
                    node.lineno - 1,
                    f"`{name}` draws a picture without description: use the picture helper, which asks for one.",
                )
                return


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _literal(call: ast.Call, name: str, place: int | None = None) -> Any:
    """An argument's literal value, by name or by place; None when absent or computed."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == name]
    if not given and place is not None:
        given = call.args[place : place + 1]
    try:
        return ast.literal_eval(given[0]) if given else None
    except ValueError:
        return None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
