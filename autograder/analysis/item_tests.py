"""What a test cell says it knows: the letters of a choice and the misconceptions it names. Read, never run."""

import ast
from collections.abc import Iterator, Mapping

from autograder.analysis.data import Choice


def choice_in(source: str) -> Choice | None:
    """The one `item.choice(got, right, wrong={letter: (misconception, sentence)})` of a test cell.

    None where there is none, where there are several, or where its letters are computed.
    """
    calls = [call for call in _calls(source) if isinstance(call.func, ast.Attribute) and call.func.attr == "choice"]
    if len(calls) != 1:
        return None
    named = {keyword.arg: keyword.value for keyword in calls[0].keywords}
    right = _text(named.get("right") or (calls[0].args[1] if len(calls[0].args) > 1 else None))
    wrong = {_text(letter): (name, sentence) for letter, name, sentence in _known(named.get("wrong"))}
    if not right or not wrong or None in wrong or not all(name for name, _ in wrong.values()):
        return None
    return Choice(right, {letter: said for letter, said in wrong.items() if letter is not None})


def misconceptions_in(source: str) -> Mapping[str, str]:
    """Misconception id → its sentence, in the order of the test cell; "" for a sentence that is computed."""
    found: dict[str, str] = {}
    for call in _calls(source):
        for keyword in call.keywords:
            if keyword.arg == "misconception" and (name := _text(keyword.value)):
                found.setdefault(name, _text(call.args[0] if call.args else None) or "")
            elif keyword.arg == "misconceptions" and isinstance(keyword.value, ast.Dict):
                for key, value in zip(keyword.value.keys, keyword.value.values, strict=True):
                    if name := _text(key):
                        found.setdefault(name, _part(value, 1))
            elif keyword.arg == "wrong":
                for _, name, sentence in _known(keyword.value):
                    if name:
                        found.setdefault(name, sentence)
    return found


def _calls(source: str) -> list[ast.Call]:
    try:
        return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return []  # a test with IPython's magic commands: there is nothing to say about its letters


def _known(node: ast.expr | None) -> Iterator[tuple[ast.expr | None, str, str]]:
    """(key, misconception, sentence) of `wrong={key: (misconception, sentence)}`."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            yield key, _part(value, 0), _part(value, 1)


def _part(node: ast.expr, index: int) -> str:
    parts = node.elts if isinstance(node, ast.Tuple) else []
    return _text(parts[index]) or "" if index < len(parts) else ""


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
