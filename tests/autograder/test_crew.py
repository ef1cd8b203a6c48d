"""A judge that fails for a reason of its own is asked once more, fresh; only then does a student's row say so."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.classroom.crew import JudgeFailed, _Kept

FAILED = SimpleNamespace(status="error", findings=[SimpleNamespace(kind="judge", message="The sandbox went away.")])
GRADED = SimpleNamespace(status="graded", findings=[])


def kept(verdicts: list[Any], opened: list[int], told: list[str]) -> _Kept:
    """An engine that gives these verdicts in turn; `opened` counts how often one was started, `told` what it says."""

    @contextmanager
    def open_engine() -> Iterator[Any]:
        opened.append(1)
        yield SimpleNamespace(judge=lambda master, submission: verdicts.pop(0))

    return _Kept(open_engine, told.append)  # type: ignore[arg-type]


def test_a_moments_failure_costs_nobody_a_grade() -> None:
    opened: list[int] = []
    told: list[str] = []
    assert kept([FAILED, GRADED], opened, told).judge(None, None) is GRADED  # type: ignore[arg-type]
    assert (len(opened), told) == (2, ["The sandbox went away."])


def test_a_lasting_failure_is_said_after_the_second_time() -> None:
    opened: list[int] = []
    with pytest.raises(JudgeFailed, match="The sandbox went away"):
        kept([FAILED, FAILED, GRADED], opened, []).judge(None, None)  # type: ignore[arg-type]
    assert len(opened) == 2
