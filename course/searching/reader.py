"""Reads the search strings of databases: brackets, quotation marks, field tags, truncation, AND, OR, NOT.

`read` returns what stands there or raises Unreadable with the position of the fault; which operator goes first is left
to `readings`. Notations: PubMed, Ovid, EBSCO, Embase, Scopus, Web of Science, ProQuest; one line at a time.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import cast

from lark import Lark, Token, Transformer, UnexpectedToken, v_args

from course.searching.faults import QUOTES, Unreadable, fault, lonely_bracket, out_of_place, start, stray
from course.searching.tree import Kind, Term

LONGEST = 20_000  # characters; the longest published strategies have a few thousand
DEEPEST = 40  # brackets within brackets


@dataclass(frozen=True)
class Bracket:
    """One round bracket outside quotation marks. `depth`: how many are open after it; `orphan`: it has no partner."""

    position: int
    opens: bool
    depth: int
    orphan: bool


@dataclass(frozen=True)
class Operator:
    """What stands between two operands; `text` is empty where nothing does, which means AND."""

    kind: Kind
    text: str
    position: int


@dataclass(frozen=True)
class Sequence:
    """Operands side by side with an operator between each two, as typed inside one pair of brackets."""

    operands: tuple["Operand", ...]
    operators: tuple[Operator, ...]
    position: int


Operand = Term | Sequence


def brackets(text: str) -> tuple[Bracket, ...]:
    """Return the round brackets of a search string in order, whether or not they balance."""
    found = [(start(token), token.type == "LPAR") for token in _tokens(text) if token.type in ("LPAR", "RPAR")]
    paired: set[int] = set()
    waiting: list[int] = []
    for position, opens in found:
        if opens:
            waiting.append(position)
        elif waiting:
            paired |= {waiting.pop(), position}
    depths = accumulate(1 if opens else -1 for _, opens in found)
    return tuple(
        Bracket(position, opens, depth, orphan=position not in paired)
        for (position, opens), depth in zip(found, depths, strict=True)
    )


def net_depth(text: str) -> int:
    """Return the number of opening brackets minus that of closing ones: 0 when they balance."""
    return sum(1 if bracket.opens else -1 for bracket in brackets(text))


def read(text: str, without_orphans: bool = False) -> Sequence:
    """Return what a search string says, before any operator goes first.

    `without_orphans`: read it as if the brackets that have no partner were not there, as some platforms do.
    Raises Unreadable, with the position of the fault, for a string that cannot be read.
    """
    if len(text) > LONGEST:
        raise Unreadable(f"The string is longer than {LONGEST:,} characters; paste one search at a time.", LONGEST)
    found = brackets(text)
    orphans = {bracket.position for bracket in found if bracket.orphan}
    if orphans and not without_orphans:
        opened = sum(bracket.opens for bracket in found)
        raise lonely_bracket(text, min(orphans), opened, len(found) - opened)
    tokens = [token for token in _tokens(text) if start(token) not in orphans]
    for token in tokens:
        if token.type == "STRAY":
            raise stray(text, token)
    parser = _grammar().parse_interactive()
    depth, before, result = 0, None, None
    for token in [*tokens, Token("$END", "", start_pos=len(text), end_pos=len(text))]:
        depth += {"LPAR": 1, "RPAR": -1}.get(token.type, 0)
        if depth > DEEPEST:
            raise fault(text, start(token), f"more than {DEEPEST} brackets are open, deeper than this reader goes.")
        try:
            result = parser.feed_token(token)
        except UnexpectedToken:
            raise out_of_place(text, before, token) from None
        before = token
    return cast(Sequence, result)


@cache
def _grammar() -> Lark:
    grammar = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    # The shapes are built while parsing, so no tree is ever walked and no nesting is too deep for Python.
    return Lark(grammar, start="query", parser="lalr", lexer="basic", transformer=_Shapes())


def _tokens(text: str) -> list[Token]:
    return list(_grammar().lex(text))


@v_args(inline=True)
class _Shapes(Transformer[Token, Sequence]):
    """Turns what the grammar finds into terms and sequences."""

    def query(self, *children: Operand | Operator) -> Sequence:
        operands: list[Operand] = []
        operators: list[Operator] = []
        for child in children:
            if isinstance(child, Operator):
                operators.append(child)
                continue
            if len(operators) < len(operands):
                operators.append(Operator("AND", "", child.position))
            operands.append(child)
        return Sequence(tuple(operands), tuple(operators), operands[0].position)

    def operator(self, token: Token) -> Operator:
        return Operator(cast(Kind, token.type), str(token), start(token))

    def group(self, *children: Token | Sequence) -> Sequence:
        inside = next(child for child in children if isinstance(child, Sequence))
        tags = [_tag(child) for child in children if isinstance(child, Token)]
        return _tagged(inside, tags[0]) if tags else inside

    def term(self, *children: Token) -> Term:
        if children[0].type == "LIMIT":
            return Term(str(children[0]), children[0][1:-5], tag="lim", position=start(children[0]))
        what = [child for child in children if child.type in ("PHRASE", "WORD")]
        fields = [child for child in children if child.type.startswith("FIELD")]
        tag = _tag(fields[-1]) if fields else ""
        words = " ".join(what).strip(QUOTES)
        if tag == "/":  # Ovid writes "exp" for a heading with all that is below it, and * for a main one
            words = re.sub(r"^(exp\s+)?\*?", "", words)
        before = "".join(child for child in fields if child.type == "FIELD_BEFORE")
        after = "".join(child for child in fields if child.type == "FIELD_AFTER")
        return Term(before + " ".join(what) + after, words, what[0].type == "PHRASE", tag, start(children[0]))


def _tag(field: Token) -> str:
    """Return "tiab" for [tiab] or [tiab:~2], "ti,ab" for .ti,ab. and :ti,ab, "TI" for TI=, "/" for / and /exp."""
    if field.startswith("/"):
        return "/"
    return field.strip("[]=<>.: \t\n").split(":")[0].strip()


def _tagged(sequence: Sequence, tag: str) -> Sequence:
    """Return the sequence with this field on every term that has none of its own."""
    operands: list[Operand] = []
    for operand in sequence.operands:
        if isinstance(operand, Sequence):
            operands.append(_tagged(operand, tag))
        else:
            operands.append(operand if operand.tag else replace(operand, tag=tag))
    return replace(sequence, operands=tuple(operands))
