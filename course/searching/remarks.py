"""What a careful reader would say about a search string that can be read: one sentence each."""

import re
from collections.abc import Iterator

from course.searching.corpus import left_out
from course.searching.reader import Operator, Sequence
from course.searching.readings import and_before_or, left_to_right
from course.searching.tree import terms


def remarks(sequence: Sequence) -> tuple[str, ...]:
    """Return remarks on how platforms may differ over this string, and on what it will find by accident.

    Raises Unreadable where the readings do.
    """
    tree, other = left_to_right(sequence), and_before_or(sequence)
    operators = list(_operators(sequence))
    found = []
    if tree != other:
        found.append(
            "The two readings differ, and Scopus, which lets OR go before AND, may have a third: more brackets would "
            "say which is meant."
        )
    small = [operator for operator in operators if operator.text and not operator.text.isupper()]
    if any(operator.kind != "NEAR" for operator in small):
        found.append("PubMed reads AND, OR and NOT as operators only in capitals; small letters do on most platforms.")
    if any(not operator.text for operator in operators):
        found.append("Where no operator stands between two terms, AND is read, as in PubMed and Web of Science.")
    if any(operator.kind == "NEAR" for operator in operators):
        found.append("Nearness (ADJ, NEAR, W/n …) counts as AND here; platforms also ask how far apart the words are.")
    short = dict.fromkeys(
        term.words for term in terms(tree) if not term.tag and re.fullmatch(r"[A-Z]{2,3}", term.words)
    )
    if short:
        found.append(
            "Without a field tag a term is looked for everywhere, also in addresses, and short forms mean many things: "
            f"{_listed(short)}."
        )
    ignored = dict.fromkeys(term.source for term in left_out(tree))
    if ignored:
        found.append(f"The fictional records hold nothing to ask this of, so it is left out there: {_listed(ignored)}.")
    return tuple(found)


def _operators(sequence: Sequence) -> Iterator[Operator]:
    yield from sequence.operators
    for operand in sequence.operands:
        if isinstance(operand, Sequence):
            yield from _operators(operand)


def _listed(names: dict[str, None]) -> str:
    shown = ", ".join(f"“{name}”" for name in list(names)[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
