"""The same string, read in two ways: strictly from left to right, or AND before OR.

PubMed goes from left to right (NLM, PubMed tutorial). Web of Science, Ovid, EBSCO and others let AND and NOT go before
OR; which of these two goes first does not change what is found, so they are taken from left to right. Scopus has a
third order, OR before AND. Operators of nearness go first everywhere.
"""

from collections.abc import Sequence as Ordered

from course.searching.faults import Unreadable
from course.searching.reader import Operator, Sequence
from course.searching.tree import Combined, Kind, Tree, combine

_AND_FIRST: tuple[tuple[Kind, ...], ...] = (("NEAR",), ("AND", "NOT"), ("OR",))
_LEFT_TO_RIGHT: tuple[tuple[Kind, ...], ...] = (("NEAR",), ("AND", "NOT", "OR"))
_MOST_LEVELS = 150  # of a tree; keeps whoever walks it well within Python's own limit


def left_to_right(sequence: Sequence) -> Tree:
    """Return the tree when every operator is carried out where it stands, as PubMed does.

    Raises Unreadable for a string whose operators alternate so often that the tree has more than 150 levels.
    """
    return _reading(sequence, _LEFT_TO_RIGHT)


def and_before_or(sequence: Sequence) -> Tree:
    """Return the tree when AND and NOT go before OR, as on many platforms. Raises Unreadable as above."""
    return _reading(sequence, _AND_FIRST)


def _reading(sequence: Sequence, rounds: Ordered[tuple[Kind, ...]]) -> Tree:
    trees = [_reading(part, rounds) if isinstance(part, Sequence) else part for part in sequence.operands]
    operators = list(sequence.operators)
    for kinds in rounds:
        trees, operators = _carry_out(trees, operators, kinds)
    return trees[0]


def _carry_out(trees: list[Tree], operators: list[Operator], kinds: Ordered[Kind]) -> tuple[list[Tree], list[Operator]]:
    """Combine, from the left, every two neighbours between which one of these operators stands."""
    done, left = [trees[0]], []
    for operator, tree in zip(operators, trees[1:], strict=True):
        if operator.kind not in kinds:
            done.append(tree)
            left.append(operator)
            continue
        done[-1] = combine(operator.kind, done[-1], tree)
        if isinstance(done[-1], Combined) and done[-1].levels > _MOST_LEVELS:
            raise Unreadable(
                f"Up to character {operator.position + 1} the operators change more than {_MOST_LEVELS} times; "
                "this reader cannot follow so far.",
                operator.position,
            )
    return done, left
