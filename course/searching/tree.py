"""What a search asks for, once it is clear which operator goes first: terms, and what combines them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["AND", "OR", "NOT", "NEAR"]
_SAID = {"AND": "all of", "OR": "any of", "NOT": "the first, without the others", "NEAR": "near each other"}


@dataclass(frozen=True)
class Term:
    """One term of a search string.

    `source`: as typed, with its field; `words`: what is looked for; `quoted`: only side by side; `tag`: its field as
    typed, without brackets or signs ("tiab", "TI"; a term within `TI=(...)` has that one), or empty; `position`:
    index of its first character in the string.
    """

    source: str
    words: str
    quoted: bool = False
    tag: str = ""
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Combined:
    """Two parts or more and the operator between them; NOT takes the later parts away from the first.

    `levels`: how deep the tree is from here down, where a term counts 0.
    """

    kind: Kind
    parts: tuple["Tree", ...]
    levels: int = field(compare=False)


Tree = Term | Combined


def combine(kind: Kind, first: Tree, second: Tree) -> Combined:
    """Return both under one operator; `a AND b AND c` is one combination of three parts, not two of two."""
    parts = (*_parts(kind, first), *(_parts(kind, second) if kind in ("AND", "OR") else (second,)))
    return Combined(kind, parts, 1 + max(part.levels if isinstance(part, Combined) else 0 for part in parts))


def _parts(kind: Kind, tree: Tree) -> tuple[Tree, ...]:
    return tree.parts if isinstance(tree, Combined) and tree.kind == kind else (tree,)


def terms(tree: Tree) -> Iterator[Term]:
    """Yield the terms of a tree in the order in which they were typed."""
    if isinstance(tree, Term):
        yield tree
    else:
        for part in tree.parts:
            yield from terms(part)


def written(tree: Tree) -> str:
    """Return the tree as a search string with all its brackets, which every platform reads in one way."""
    if isinstance(tree, Term):
        return tree.source
    parts = [f"({written(part)})" if isinstance(part, Combined) else part.source for part in tree.parts]
    return f" {tree.kind} ".join(parts)


def outline(tree: Tree, level: int = 0) -> list[tuple[int, str]]:
    """Return the tree as (level, line) pairs: what is combined how, and below it, one level in, its parts.

    Terms under one operator share a line, so that a block of synonyms stays readable.
    """
    if isinstance(tree, Term):
        return [(level, tree.source)]
    bare = [part.source for part in tree.parts if isinstance(part, Term)]
    if len(bare) == len(tree.parts) and tree.kind != "NOT":
        return [(level, f"{_SAID[tree.kind]}: {', '.join(bare)}")]
    lines = [(level, _SAID[tree.kind])]
    for part in tree.parts:
        lines += outline(part, level + 1)
    return lines
