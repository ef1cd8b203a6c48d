"""`{{…}}` in prose: what each one is filled with, and a filled text folded back into its tokens.

`{{points ID}}` is answered here; every other token goes, one at a time, through the `fill` that the caller injects.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Fill = Callable[[str], str]

_TOKEN = re.compile(r"\{\{([^{}]*)\}\}")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Token:
    """A `{{…}}`: as it stands in the source, and what it is filled with."""

    written: str
    filled: str


class TokenErrors(ValueError):
    """Tokens that cannot be filled: `at` lists (line offset in the text, sentence)."""

    def __init__(self, at: list[tuple[int, str]]) -> None:
        self.at = tuple(at)
        super().__init__(" ".join(sentence for _, sentence in at))


def pieces(text: str, points: Mapping[str, float], fill: Fill | None) -> list[str | Token]:
    """The text as plain stretches and filled tokens, in order. Raises `TokenErrors` naming every bad one."""
    found: list[str | Token] = []
    errors: list[tuple[int, str]] = []
    end = 0
    for match in _TOKEN.finditer(text):
        found.append(text[end : match.start()])
        end = match.end()
        try:
            found.append(Token(match[0], _fill_one(match[0], match[1].strip(), points, fill)))
        except ValueError as error:
            errors.append((text.count("\n", 0, match.start()), str(error)))
    found.append(text[end:])
    offset = 0
    for piece in found:
        if isinstance(piece, str) and "{{" in piece:
            line = text.count("\n", 0, offset + piece.index("{{"))
            errors.append((line, "A `{{` has no matching `}}`: close it, or write `{ {` in a formula."))
        offset += len(piece if isinstance(piece, str) else piece.written)
    if errors:
        raise TokenErrors(errors)
    return [piece for piece in found if piece != ""]


def filled(parts: list[str | Token]) -> str:
    """The text a reader sees."""
    return "".join(_texts(parts))


@dataclass(frozen=True)
class Lost:
    """A token that no longer stands where it stood, and what stands there instead."""

    token: Token
    instead: str


def align(edited: str, parts: list[str | Token]) -> tuple[list[str | Token], list[Lost]]:
    """An edited reader's text in pieces again, with every token that still stands where it stood, and the lost ones.

    `filled` of the pieces is `edited`.
    """
    tokens = [part for part in parts if isinstance(part, Token)]
    before = [atom for part in parts for atom in ([part] if isinstance(part, Token) else _WORD.findall(part))]
    after = _atoms(edited, [token.filled for token in tokens])
    match = difflib.SequenceMatcher(None, _texts(before), after, autojunk=False)
    pieces_after: list[str | Token] = []
    lost: list[Lost] = []
    for kind, i1, i2, j1, j2 in match.get_opcodes():
        if kind == "equal":
            pieces_after += before[i1:i2]
        else:
            pieces_after += after[j1:j2]
            lost += [Lost(atom, "".join(after[j1:j2])) for atom in before[i1:i2] if isinstance(atom, Token)]
    return pieces_after, lost


def reclaim(text: list[str | Token], pool: list[Token]) -> list[str | Token]:
    """The text with tokens of `pool` put where their filled text stands; those found are taken out of `pool`."""
    result: list[str | Token] = []
    for piece in _joined(text):
        if isinstance(piece, Token):
            result.append(piece)
            continue
        for atom in _atoms(piece, [token.filled for token in pool]):
            token = next((token for token in pool if token.filled == atom), None)
            if token is not None:
                pool.remove(token)
            result.append(token or atom)
    return result


def written(parts: list[str | Token]) -> str:
    """The text as it stands in the source."""
    return "".join(part if isinstance(part, str) else part.written for part in parts)


def is_rewritten(lost: Lost) -> bool:
    """Whether the text a token was filled with was probably edited by hand, rather than deleted."""
    words, others = (set(re.findall(r"\w+", text)) for text in (lost.token.filled, lost.instead))
    numbers = any(word[0].isdigit() for word in words) and any(word[0].isdigit() for word in others)
    return numbers or len(words & others) > 0.3 * len(words)


def _fill_one(written: str, inside: str, points: Mapping[str, float], fill: Fill | None) -> str:
    word, _, rest = inside.partition(" ")
    if word == "points":
        item = rest.strip()
        if item not in points:
            near = difflib.get_close_matches(item, points, n=3, cutoff=0.4)
            hint = f" (near: {', '.join(near)})" if near else ""
            raise ValueError(f"{written} names no item of this file{hint}.")
        return f"{points[item]:g} point" + ("" if points[item] == 1 else "s")
    if fill is None:
        raise ValueError(f"{written} needs a function that fills it: build with --fill PKG:FUNC.")
    return fill(written)


def _atoms(text: str, fillings: list[str]) -> list[str]:
    """Words, spaces and signs; a stretch that reads like one of the fillings is one atom."""
    longest_first = sorted({filling for filling in fillings if filling}, key=len, reverse=True)
    if not longest_first:
        return _WORD.findall(text)
    # A filling is found only at word borders, so that "6 points" is not found in "16 points".
    pattern = "|".join(rf"(?<!\w){re.escape(f)}(?!\w)" if f[0].isalnum() else re.escape(f) for f in longest_first)
    atoms: list[str] = []
    for number, stretch in enumerate(re.split(f"({pattern})", text)):
        atoms += [stretch] if number % 2 else _WORD.findall(stretch)
    return atoms


def _texts(parts: list[str | Token]) -> list[str]:
    return [part if isinstance(part, str) else part.filled for part in parts]


def _joined(parts: list[str | Token]) -> list[str | Token]:
    """The same pieces with neighbouring plain stretches made one."""
    joined: list[str | Token] = []
    for part in parts:
        if joined and isinstance(part, str) and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined
