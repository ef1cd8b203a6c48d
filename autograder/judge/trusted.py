"""What the pristine notebook's own cells are made of: compiled once per assignment, with the names they need and give.

Also what the reference solution tells about an assignment: which names are the learner's to give, and which operations
of objects an exercise is about.
"""

from __future__ import annotations

import ast
import functools
import marshal
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from autograder.intake.released import HIDDEN_TESTS, cut, hidden_lines

_IDENTIFIER = re.compile(r"[A-Za-z_]\w{0,60}")
_LISTING = {"dir", "globals", "locals", "vars"}
_IMPORTS = ast.Import | ast.ImportFrom
_DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


@dataclass(frozen=True)
class Prepared:
    """A trusted cell, ready to run: code for its statements and for the value of its last expression (marshalled).

    `names`: what it may look up; `lists_names`: it asks which names there are. `uses_random`: a seed set here must
    reach the learner's code. `error`: (line, message) where it is no Python.
    """

    statements: bytes
    value: bytes
    names: tuple[str, ...]
    lists_names: bool
    uses_random: bool
    error: tuple[int | None, str] | None = None


@functools.lru_cache(maxsize=4096)
def prepared(source: str, label: str) -> Prepared:
    """Compile a trusted cell whose code is to be named `label`."""
    try:
        tree = _parse(source)
        names, strings = _names(tree)
        uses_random = _draws_from_global_state(tree)
        last = tree.body[-1] if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        if last is not None:
            tree.body.pop()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the author's code: not for whoever runs the judge
            statements = compile(tree, label, "exec", _FLAGS)
            value = compile(ast.Expression(last.value), label, "eval", _FLAGS) if isinstance(last, ast.Expr) else None
    except (SyntaxError, ValueError) as error:
        at = error.lineno if isinstance(error, SyntaxError) else None
        return Prepared(b"", b"", (), False, False, (at, getattr(error, "msg", None) or str(error)))
    return Prepared(
        statements=marshal.dumps(statements),
        value=b"" if value is None else marshal.dumps(value),
        names=tuple(sorted(names | strings)),
        lists_names=bool(names & _LISTING),
        uses_random=uses_random,
    )


@dataclass(frozen=True)
class Given:
    """What an answer cell of the reference solution gives: names the learner must give, imports the author made."""

    names: tuple[str, ...]
    imports: str


@functools.lru_cache(maxsize=4096)
def given_by(reference: str) -> Given:
    """The names that a reference answer binds, or changes in place, at top level; and its imports, as source."""
    try:
        body = _parse(reference).body
    except (SyntaxError, ValueError):
        return Given((), "")
    imports = [node for node in body if isinstance(node, _IMPORTS)]
    bound = {name for node in body if not isinstance(node, _IMPORTS) for name in _bound(node)}
    return Given(tuple(sorted(bound)), "\n".join(map(ast.unparse, imports)))


@dataclass(frozen=True)
class DefinedClass:
    """A class of a reference answer: the special methods it defines, and the names of what it is made of."""

    methods: frozenset[str]
    bases: frozenset[str]


@functools.lru_cache(maxsize=4096)
def defined_classes(reference: str) -> Mapping[str, DefinedClass]:
    """The classes that a reference answer defines, by name."""
    try:
        tree = _parse(reference)
    except (SyntaxError, ValueError):
        return {}
    found = {}
    for kind in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        methods = {node.name for node in kind.body if isinstance(node, _DEFINITIONS) and node.name.startswith("__")}
        decorators = {part for each in kind.decorator_list for part in _words(each)}
        methods |= {"__eq__", "__ne__"} if "dataclass" in decorators else set()
        methods |= {"__lt__", "__le__", "__gt__", "__ge__"} if decorators & {"total_ordering", "order"} else set()
        bases = {part for each in kind.bases for part in _words(each)}
        found[kind.name] = DefinedClass(frozenset(methods), frozenset(bases))
    return found


def methods_asked_about(classes: Mapping[str, DefinedClass], sources: Iterable[str]) -> frozenset[str]:
    """The special methods of those classes that these cells mention, inherited ones included.

    Where an item is about a class, the learner's own `==` is what is asked for; anywhere else it is a claim.
    """
    waiting = [name for source in sources for name in _mentioned(source)]
    found: set[str] = set()
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in classes and name not in seen:
            seen.add(name)
            found |= classes[name].methods
            waiting += classes[name].bases
    return frozenset(found)


@functools.lru_cache(maxsize=4096)
def _mentioned(source: str) -> frozenset[str]:
    try:
        tree = _parse(source)
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(_names(tree)[0] | {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)})


@dataclass(frozen=True)
class CarriedOver:
    """What the visible lines of a test cell leave behind, which later answers may use.

    `code`: its imports, functions and classes, as source; `code_names`: what they are called; `values`: the names that
    it gives other values, and that its hidden lines (`hides`: there are some) do not mention.
    """

    code: str
    code_names: frozenset[str]
    values: frozenset[str]
    hides: bool


@functools.lru_cache(maxsize=4096)
def carried_over(test: str) -> CarriedOver:
    """What the visible lines of a test cell import, define and assign at top level."""
    visible, hides = cut(test, HIDDEN_TESTS)
    try:
        body = _parse(visible).body
    except (SyntaxError, ValueError):
        return CarriedOver("", frozenset(), frozenset(), hides)
    lines = test.split("\n")
    hidden = set(re.findall(r"\w+", "\n".join(lines[number - 1] for number in hidden_lines(test))))
    code = [node for node in body if isinstance(node, _IMPORTS | _DEFINITIONS)]
    values = [node for node in body if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)]
    return CarriedOver(
        "\n".join(map(ast.unparse, code)),
        frozenset(name for node in code for name in _bound(node)),
        frozenset(name for node in values for name in _bound(node)) - hidden,
        hides,
    )


def imported(sources: Iterable[str]) -> tuple[str, ...]:
    """The modules that these cells import, anywhere in them."""
    found = set()
    for source in sources:
        try:
            tree = _parse(source)
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return tuple(sorted(found))


def names_bound(source: str) -> frozenset[str]:
    """The names that the statements of a cell bind at top level, imports included."""
    try:
        return frozenset(name for node in _parse(source).body for name in _bound(node))
    except (SyntaxError, ValueError):
        return frozenset()


def _parse(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:
        # Magics and `!command` are no Python: only a cell that has some pays for IPython's import.
        from IPython.core.inputtransformer2 import TransformerManager

        return ast.parse(str(TransformerManager().transform_cell(source)))


def _names(tree: ast.Module) -> tuple[set[str], set[str]]:
    """The names a cell looks up, and the strings in it that could be names (`'f' in globals()`)."""
    names, strings = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
            if _IDENTIFIER.fullmatch(node.value):
                strings.add(node.value)
            elif "(" in node.value:
                strings |= set(_IDENTIFIER.findall(node.value))
    return names, strings


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that a top-level statement binds, or whose objects it changes in place."""
    if isinstance(node, _DEFINITIONS):
        yield node.name
    elif isinstance(node, _IMPORTS):
        yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield from _base(node.value.func)
    else:
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store | ast.Del):
                yield part.id
            elif isinstance(part, ast.Subscript | ast.Attribute) and isinstance(part.ctx, ast.Store | ast.Del):
                yield from _base(part)
            elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
                yield from _base(part.value.func)
            elif isinstance(part, _DEFINITIONS):
                yield part.name


def _base(node: ast.expr) -> Iterator[str]:
    """`data` of `data.append` or `data[0].x`; nothing of a plain `f`."""
    inner = node
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
    if isinstance(inner, ast.Name) and inner is not node:
        yield inner.id


def _draws_from_global_state(tree: ast.Module) -> bool:
    """Whether a cell seeds, or draws from, the generators that are global to a process."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in ("seed", "setstate", "set_state"):
            return True
        if isinstance(node, ast.Attribute) and node.attr not in _OWN_GENERATORS:
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if owner == "random":
                return True
    return False


_OWN_GENERATORS = {"default_rng", "Generator", "RandomState", "Random", "SystemRandom", "SeedSequence", "PCG64"}


def _words(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Attribute):
            yield part.attr
        elif isinstance(part, ast.keyword) and part.arg:
            yield part.arg
