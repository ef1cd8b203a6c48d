"""What is wrong with a search string, and where: one plain sentence for each way of going wrong."""

from lark import Token

QUOTES = "\"“”„'{}"
_OPERATORS = ("AND", "OR", "NOT", "NEAR")


class Unreadable(ValueError):
    """A search string that no platform could carry out as it stands.

    `position`: index of the character at fault, 0 for the first. `str()` is one plain sentence that counts from 1.
    """

    def __init__(self, sentence: str, position: int) -> None:
        super().__init__(sentence)
        self.position = position


def start(token: Token) -> int:
    """Return the index of a token's first character in the string."""
    return token.start_pos or 0


def fault(text: str, position: int, said: str) -> Unreadable:
    """Return the fault with its place, by number and by the words before it: "At character 77, after “… OR BPD”, …"."""
    before = " ".join(text[max(0, position - 60) : position].split())
    shown = before if len(before) <= 24 else "…" + before[-24:]
    place = f"after “{shown}”" if before else "where the string begins"
    return Unreadable(f"At character {position + 1}, {place}, {said}", position)


def lonely_bracket(text: str, position: int, opened: int, closed: int) -> Unreadable:
    """Return the fault of the round bracket at `position`; `opened`, `closed`: how many there are in all."""
    said = "opens that is never closed" if text[position] == "(" else "closes that was never opened"
    return fault(text, position, f"a bracket {said} (opening brackets: {opened}, closing: {closed}).")


def stray(text: str, token: Token) -> Unreadable:
    """Return the fault of a sign that fits nowhere: half a pair, or one that needs quotation marks around it."""
    if token in QUOTES:
        said = f"the quotation mark {token} has no partner; either it or one before it is missing its other half."
    elif token in "[]":
        said = f"the square bracket {token} has no partner; a field tag looks like [tiab]."
    else:
        said = f"the sign {token} fits nowhere; put the words it belongs to in quotation marks."
    return fault(text, start(token), said)


def out_of_place(text: str, before: Token | None, token: Token) -> Unreadable:
    """Return the fault of `token`, which cannot follow `before` (None: it stands first; "$END": the string ends)."""
    if before is not None and (before.type in _OPERATORS or before.type == "FIELD_BEFORE"):
        beside = f", and {token} follows at once" if token.type in _OPERATORS else ""
        return fault(text, start(before), f"{before.strip()} has no term on its right{beside}.")
    if before is None and token.type == "$END":
        return Unreadable("The string is empty: write at least one term.", 0)
    if token.type == "RPAR":
        return fault(text, start(token), "a pair of brackets holds nothing.")
    return fault(text, start(token), f"{token} has no term on its left.")
