"""What the numbers of an item say to somebody who wants to mend it: a headline and remarks, without jargon."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from autograder.analysis.analyse import ENOUGH, ItemResult

Level = Literal["look", "note", "works", "unclear", "few", "none"]

_ORDER: tuple[Level, ...] = ("look", "note", "unclear", "works", "few", "none")
_TELLS = 0.2
"""Item–rest correlations below this are usually called poor; an item is said to be so when the whole interval is."""
_DEAD = 0.05
"""A distractor that fewer than this choose does no work."""
_EASY, _HARD = 0.95, 0.2
_MANY_BLANK = 0.2
_MOSTLY = 0.5


@dataclass(frozen=True)
class Advice:
    """What to say about one item; `level` puts the items in order, the most urgent first."""

    level: Level
    headline: str
    remarks: tuple[str, ...] = ()


def advise(result: ItemResult) -> Advice:
    """Judge one item. Below `ENOUGH` students it judges nothing and says so; a plain fact is said at any size."""
    facts = tuple(_facts(result))
    if result.difficulty is None:
        why = "nobody has a mark for it yet" if result.students else "nobody was judged with it"
        if result.waiting and result.item.by_hand:
            why = f"{result.waiting} of {_students(result.students)} still wait for a mark"
        return Advice("none", f"No numbers: {why}.", facts if not result.item.by_hand else ())
    if result.n < ENOUGH:
        return Advice("few", f"Too few to judge: {_students(result.n)}, and it takes {ENOUGH}.", facts)
    remarks = (*_remarks(result), *facts)
    level, headline = _headline(result)
    if level in ("works", "unclear") and _tempting(result):
        level = "note"
    return Advice(level, headline, remarks)


def in_order(results: tuple[ItemResult, ...]) -> list[tuple[ItemResult, Advice]]:
    """The items with their advice, the most urgent first; what cannot be judged keeps the order of the assignment."""

    def urgency(entry: tuple[ItemResult, Advice]) -> tuple[int, float]:
        result, advice = entry
        judged = advice.level not in ("few", "none")
        return _ORDER.index(advice.level), result.item_rest.value if judged and result.item_rest is not None else 0.0

    return sorted(((result, advise(result)) for result in results), key=urgency)


def _headline(result: ItemResult) -> tuple[Level, str]:
    difficulty, together = result.difficulty, result.item_rest
    assert difficulty is not None  # `advise` has seen to it
    thirds = _in_thirds(result)
    if together is not None and together.high < 0:
        return "look", f"The best students missed it more often than the others: look at the key.{thirds}"
    if difficulty.value >= _EASY:
        return "note", (
            f"Almost everybody had it ({_percent(difficulty.value)} of its points): it tells nobody apart. "
            "Good as a warm-up, not needed as a test."
        )
    if together is not None and together.high < _TELLS:
        return "look", f"It hardly tells strong students from weak ones: read the question again.{thirds}"
    if together is not None and together.low > 0:
        return "works", f"It works: those who did well in the other items did well here.{thirds}"
    if _is_guessing(result):
        return "look", (
            f"No better than guessing: {_percent(difficulty.value)} of its points were earned, "
            f"and chance alone gives {_percent(1 / len(result.options))}."
        )
    if difficulty.high < _HARD:
        return "look", f"Hardly anybody had it: {_percent(difficulty.value)} of its points were earned."
    if together is None:
        return "unclear", "Everybody has the same in the other items, so how it goes with them cannot be said."
    return "unclear", (
        "The numbers do not settle it: those who did well in the other items may have done a little better here, "
        f"or a little worse.{thirds}"
    )


def _in_thirds(result: ItemResult) -> str:
    if result.weakest is None or result.strongest is None:
        return ""
    return (
        f" The strongest third of the class earned {_percent(result.strongest)} of its points, "
        f"the weakest third {_percent(result.weakest)}."
    )


def _is_guessing(result: ItemResult) -> bool:
    return bool(result.options) and result.difficulty is not None and result.difficulty.low <= 1 / len(result.options)


def _remarks(result: ItemResult) -> Iterator[str]:
    """What a class that is large enough shows beside the headline."""
    for letter in _tempting(result):
        yield (
            f"Read option “{letter}” again: those who chose it did better in the other items than the rest of the "
            "class. Is it right after all, or can it be read as right?"
        )
    answered = sum(option.count for option in result.options) + result.elsewhere
    dead = [option.letter for option in result.options if not option.right and option.share < _DEAD]
    if dead and answered >= ENOUGH:
        letters = " and ".join(f"“{letter}”" for letter in dead)
        yield f"Fewer than 5 % chose {letters}: {_dead(len(dead))} no work. A mistake that students make would."
    if result.blank / result.students >= _MANY_BLANK:
        yield (
            f"{_percent(result.blank / result.students)} left it unanswered, which counts as 0: "
            "was the time too short, or the question not understood?"
        )
    wrong = result.unnamed + sum(named.count for named in result.named)
    if not result.item.by_hand and wrong >= 5 and result.unnamed / wrong > _MOSTLY:
        yield (
            f"{result.unnamed} of the {wrong} answers that lost points did so for a reason the test has no name for: "
            "read a few, and name what you find."
        )


def _tempting(result: ItemResult) -> list[str]:
    """Wrong letters that the stronger students choose."""
    return [o.letter for o in result.options if not o.right and o.draws is not None and o.draws.low > 0]


def _facts(result: ItemResult) -> Iterator[str]:
    """What holds for a class of any size."""
    if result.stopped:
        yield f"For {_students(result.stopped)} the program did not end by itself, or the test came to no verdict."
    if result.waiting and result.difficulty is not None:
        yield f"{_students(result.waiting).capitalize()} without a mark {_are(result.waiting)} left out here."
    if result.absent:
        yield (
            f"{_students(result.absent).capitalize()} {_were(result.absent)} judged without this item "
            f"and {_are(result.absent)} left out here."
        )


def _dead(count: int) -> str:
    return "it does" if count == 1 else "they do"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _students(count: int) -> str:
    return "1 student" if count == 1 else f"{count} students"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
