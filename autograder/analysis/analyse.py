"""From a class to numbers: one `ItemResult` per item, the reliability of the whole, and who was counted.

Counted are students whose assignment was graded, REVIEW included, with the points that stand. A blank answer counts as
0. A mark that nobody has given yet is no mark: not 0, and not the mean. A student who was judged without an item (it
was added later, or its notebook was not handed in) counts for the others only.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.analysis.data import Answer, Asked, ClassData, Student
from autograder.analysis.statistics import (
    Array,
    Estimate,
    Reliability,
    alpha,
    correlation,
    mean_share,
    reliability,
    rest_shares,
    thirds,
)

ENOUGH = 30
"""Students from which on a sentence judges an item: around r = 0 the interval is then ±0.36, with fewer wider still."""
_WHOLE = 0.9
"""An item counts in totals when so many of the counted students have a mark for it, and hand-marked items are analysed
when so many are marked: those marked first are no fair sample of the class."""
_SHARED = 3
"""Students who must have been told the same thing before it is quoted: it is then nothing personal."""


@dataclass(frozen=True)
class Option:
    """A letter of a choice item. `rest`: mean share that its choosers earned in the other items; `draws`: correlation
    of choosing it with that share.
    """

    letter: str
    right: bool
    misconception: str
    sentence: str
    count: int
    share: float
    rest: float | None
    draws: Estimate | None


@dataclass(frozen=True)
class Named:
    """A misconception that the item's test names, and how many students it was found in."""

    id: str
    sentence: str
    count: int


@dataclass(frozen=True)
class ItemResult:
    """One item. Counts are of counted students; the estimates are None where they cannot be had.

    `students` were judged with the item: of these `blank` left it unanswered, `waiting` have no mark yet, for `stopped`
    the program did not end. `absent` were judged without it. `unnamed` answers lost points for a reason that the test
    has no name for; `said` are the sentences that several of these were told. `weakest`, `strongest`: mean share in
    these thirds of the class by the other items. `alpha_without`: α of the other items.
    """

    item: Asked
    students: int
    absent: int
    blank: int
    waiting: int
    stopped: int
    difficulty: Estimate | None
    item_rest: Estimate | None
    weakest: float | None
    strongest: float | None
    in_total: bool
    alpha_without: float | None
    options: tuple[Option, ...]
    elsewhere: int
    """Answers to a choice item that are none of its letters."""
    named: tuple[Named, ...]
    unnamed: int
    said: tuple[tuple[str, int], ...]

    @property
    def n(self) -> int:
        """Students with a mark for it."""
        return self.difficulty.n if self.difficulty is not None else 0


@dataclass(frozen=True)
class Analysis:
    """The whole report as numbers. `totals`: points of each student in the items of `in_total`, of `total_points`."""

    data: ClassData
    items: tuple[ItemResult, ...]
    reliability: Reliability | None
    right_or_wrong: bool
    """Whether every item in the total is right or wrong and counts the same: α is then KR-20."""
    totals: tuple[float, ...]
    total_points: float
    left_out: tuple[ItemResult, ...]
    incomplete: int
    """Counted students who lack a mark in an item of the total, and are therefore not in it."""

    @property
    def counted(self) -> tuple[Student, ...]:
        """The students whose points enter the statistics."""
        return tuple(student for student in self.data.students if student.is_counted)

    @property
    def statuses(self) -> Mapping[str, int]:
        """Status → students."""
        return Counter(student.status for student in self.data.students)

    @property
    def empty(self) -> int:
        """Counted students who answered nothing at all."""
        return sum(
            all(answer.status == "unanswered" for answer in student.answers.values())
            for student in self.counted
            if student.answers
        )


def analyse(data: ClassData) -> Analysis:
    """Compute everything; raises nothing for small, constant or incomplete classes."""
    counted = [student for student in data.students if student.is_counted]
    worth = [item for item in data.items if item.points > 0]
    maxima = np.array([item.points for item in worth], dtype=float)
    shares = _shares(counted, worth)
    points = shares * maxima
    rest = rest_shares(points, maxima)
    marked = (~np.isnan(shares)).sum(axis=0)
    kept = (marked > 0) & (marked >= _WHOLE * len(counted))
    complete = ~np.isnan(points[:, kept]).any(axis=1)
    core = points[complete][:, kept]
    results = []
    for at, item in enumerate(worth):
        answers = [student.answers.get(item.key) for student in counted]
        others = kept & (np.arange(len(worth)) != at)
        without = alpha(points[complete][:, others]) if kept[at] else None
        results.append(_item(item, answers, shares[:, at], rest[:, at], bool(kept[at]), without))
    alike = len(set(maxima[kept])) == 1 and bool(np.isin(core / maxima[kept], (0, 1)).all())
    return Analysis(
        data=data,
        items=tuple(results),
        reliability=reliability(core) if core.size else None,
        right_or_wrong=alike,
        totals=tuple(map(float, core.sum(axis=1))) if kept.any() else (),
        total_points=float(maxima[kept].sum()),
        left_out=tuple(result for result in results if not result.in_total),
        incomplete=int((~complete).sum()),
    )


def _shares(students: Sequence[Student], items: Sequence[Asked]) -> Array:
    """Students × items: shares of the points; nan where there is no mark.

    A hand-marked item of which too many wait has none at all: the blank ones, which are 0 already, would stand for it.
    """
    shares = np.full((len(students), len(items)), np.nan)
    for at, item in enumerate(items):
        answers = [student.answers.get(item.key) for student in students]
        had = sum(answer is not None for answer in answers)
        open_still = sum(answer is not None and answer.share is None for answer in answers)
        if open_still <= (1 - _WHOLE) * had:
            shares[:, at] = [np.nan if answer is None or answer.share is None else answer.share for answer in answers]
    return shares


def _item(
    item: Asked,
    answers: Sequence[Answer | None],
    shares: Array,
    rest: Array,
    in_total: bool,
    alpha_without: float | None,
) -> ItemResult:
    here = [answer for answer in answers if answer is not None]
    third = thirds(shares, rest)
    options, elsewhere = _options(item, answers, rest)
    known = [answer.misconception for answer in here if answer.misconception]
    unnamed = [
        answer for answer in here if answer.status in ("failed", "partial", "timeout") and not answer.misconception
    ]
    told = Counter(answer.message for answer in unnamed)
    return ItemResult(
        item=item,
        students=len(here),
        absent=len(answers) - len(here),
        blank=sum(answer.status == "unanswered" for answer in here),
        waiting=sum(answer.share is None for answer in here),
        stopped=sum(answer.status in ("timeout", "error") for answer in here),
        difficulty=mean_share(shares),
        item_rest=correlation(shares, rest),
        weakest=None if third is None else third[0],
        strongest=None if third is None else third[1],
        in_total=in_total,
        alpha_without=alpha_without,
        options=options,
        elsewhere=elsewhere,
        named=_named(item, here, Counter(known)),
        unnamed=len(unnamed),
        said=tuple((message, count) for message, count in told.most_common(3) if count >= _SHARED and message),
    )


def _named(item: Asked, answers: Sequence[Answer], counts: Mapping[str, int]) -> tuple[Named, ...]:
    """The misconceptions of the test and any other that fired, the most frequent first.

    Where the test computes the sentence, what most of these students were told stands for it.
    """
    found = []
    for name in dict.fromkeys([*item.misconceptions, *sorted(counts)]):
        sentence = item.misconceptions.get(name, "")
        if not sentence and counts.get(name, 0) >= _SHARED:
            sentence = Counter(a.message for a in answers if a.misconception == name).most_common(1)[0][0]
        found.append(Named(name, sentence, counts.get(name, 0)))
    return tuple(sorted(found, key=lambda named: -named.count))


def _options(item: Asked, answers: Sequence[Answer | None], rest: Array) -> tuple[tuple[Option, ...], int]:
    """How often each letter was chosen, of those who answered; and how many answers are no letter of the item."""
    choice = item.choice
    if choice is None:
        return (), 0
    letters = np.array([_letter(choice.right, choice.wrong, answer) for answer in answers], dtype=object)
    answered = letters != ""
    options = []
    for letter in sorted({choice.right, *choice.wrong}):
        chosen = letters == letter
        known = rest[chosen & ~np.isnan(rest)]
        name, sentence = choice.wrong.get(letter, ("", ""))
        options.append(
            Option(
                letter=letter,
                right=letter == choice.right,
                misconception=name,
                sentence=sentence,
                count=int(chosen.sum()),
                share=float(chosen.sum() / answered.sum()) if answered.any() else 0.0,
                rest=float(known.mean()) if known.size else None,
                draws=correlation(chosen[answered].astype(float), rest[answered]),
            )
        )
    return tuple(options), int((letters == "?").sum())


def _letter(right: str, wrong: Mapping[str, tuple[str, str]], answer: Answer | None) -> str:
    """The letter that a verdict was reached with; "?" for an answer that is none, "" without an answer."""
    if answer is None or answer.status in ("unanswered", "error"):
        return ""
    if answer.status == "passed":
        return right
    for letter, (name, sentence) in wrong.items():
        if answer.misconception == name and answer.message == sentence:
            return letter
    # A sentence that is computed tells nothing; the misconception does, where only one letter has it.
    same = [letter for letter, (name, _) in wrong.items() if name == answer.misconception]
    return same[0] if len(same) == 1 else "?"
