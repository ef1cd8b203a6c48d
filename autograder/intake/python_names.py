"""Which names a cell gives a value to: how an answer is known when its cell no longer says what it is."""

from __future__ import annotations

import ast
import functools
import threading
import warnings

_PARSED_CHARS = 100_000
_REMEMBERED_CHARS = 4_000
_QUIET = threading.Lock()
"""Silencing warnings is not safe in several threads at once."""


def names_given(source: str) -> frozenset[str]:
    """The names a cell gives a value to at its top level (functions, classes, variables)."""
    return _remembered(source) if len(source) <= _REMEMBERED_CHARS else _names(source)


def is_python(source: str) -> bool:
    """Whether Python can read the source (not so with magics), and it is not too long to be an answer."""
    return _tree(source) is not None


def _names(source: str) -> frozenset[str]:
    tree = _tree(source)
    found: set[str] = set()
    for statement in tree.body if tree else ():
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found |= {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    return frozenset(found)


_remembered = functools.lru_cache(maxsize=2048)(_names)


def _tree(source: str) -> ast.Module | None:
    if len(source) > _PARSED_CHARS:
        return None
    try:
        with _QUIET, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the learner's code: not for whoever runs the judge
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
