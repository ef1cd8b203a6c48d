"""A class as the analysis sees it: what was asked, and what came of it, student by student. Plain frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from autograder.judge.types import ItemStatus

ItemKey = tuple[str, str]
"""Notebook and grade_id: two notebooks of an assignment may use the same id."""


@dataclass(frozen=True)
class Choice:
    """The letters of a choice item: the right one, and letter → (misconception id, sentence) for each wrong one."""

    right: str
    wrong: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """One item: `misconceptions` are those its test names, each with the sentence it says ("" where it is computed)."""

    key: ItemKey
    title: str
    points: float
    by_hand: bool
    choice: Choice | None = None
    misconceptions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came of one item for one student: `share` of its points, None while nobody has given any."""

    share: float | None
    status: ItemStatus
    message: str = ""
    misconception: str | None = None


@dataclass(frozen=True)
class Student:
    """One student. `status`: graded, review, missing, error, or waiting (handed in, not graded yet); `why` says why.

    `deadline`: the due date with this student's extension; both times are naive UTC, as nbgrader stores them.
    """

    id: str
    name: str
    status: str
    why: str = ""
    handed_in: datetime | None = None
    deadline: datetime | None = None
    answers: Mapping[ItemKey, Answer] = field(default_factory=dict)

    @property
    def is_counted(self) -> bool:
        """Whether the points enter the statistics."""
        return self.status in ("graded", "review")

    @property
    def late(self) -> timedelta | None:
        """How long after the deadline (negative: before it); None where one of the two is not known."""
        return None if self.handed_in is None or self.deadline is None else self.handed_in - self.deadline


@dataclass(frozen=True)
class ClassData:
    """One assignment and everybody on the class list or with a submission."""

    assignment: str
    items: tuple[Asked, ...]
    students: tuple[Student, ...]
