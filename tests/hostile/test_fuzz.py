"""Whatever a file or a child process says, reading it ends in a verdict: nothing raised, no points for nonsense."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.intake import read_submission
from autograder.judge import Master, load_master, verdicts
from autograder.judge.wire import Lost, Ran, _outcome

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import judge_fixtures as fx

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
IDS = st.sampled_from(["square", "square-answer", "cube-answer", "essay", "setup", "stranger"])
CELL_LIKE = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | ANY,
        "source": st.text() | st.sampled_from(["cube = 27", "cube = 3", "def square(x):", "    return x"]) | ANY,
        "id": st.text() | ANY,
        "metadata": st.fixed_dictionaries(
            {
                "nbgrader": st.fixed_dictionaries({"grade_id": IDS | ANY, "points": ANY, "solution": ANY, "grade": ANY})
                | ANY
            }
        )
        | ANY,
    },
)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Master:
    return load_master(fx.write(tmp_path_factory.mktemp("source") / "squares" / "exercises.ipynb", fx.squares()))


@QUICK
@given(cells=st.lists(CELL_LIKE | ANY, max_size=6), around=ANY)
def test_any_cells_are_read(master: Master, tmp_path: Path, cells: list[Any], around: Any) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"metadata": around, "nbformat": around, "cells": cells}))
    submission = read_submission(path, master)
    assert set(submission.answers) <= set(master.released) and submission.touched <= set(master.released)
    for finding in submission.findings:
        assert finding.message.isprintable() and finding.message.endswith(".")
    json.dumps([submission.answers, submission.extras, [finding.as_dict() for finding in submission.findings]]).encode()


@QUICK
@given(data=st.binary(max_size=200), cut=st.integers(0, 4000), at=st.integers(0, 4000))
def test_any_damage_to_the_bytes_is_read_or_refused_in_a_sentence(
    master: Master, tmp_path: Path, data: bytes, cut: int, at: int
) -> None:
    whole = json.dumps(fx.submitted(fx.squares(), fx.RIGHT)).encode()
    path = tmp_path / "a.ipynb"
    path.write_bytes(whole[:at] + data + whole[at + cut :])
    submission = read_submission(path, master)
    assert submission.error is None or (submission.error.endswith(".") and submission.error.isprintable())


REPLY = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["ok", "raised"]) | ANY,
        "type": st.text() | ANY,
        "message": st.text() | ANY,
        "line": st.integers() | ANY,
        "assertion": ANY,
        "value": st.fixed_dictionaries(
            {"kind": st.sampled_from(["verdict", "number", "other"]) | ANY},
            optional={
                "number": st.floats() | ANY,
                "item": st.just("square") | ANY,
                "points": st.floats(-3, 3) | ANY,
                "max_points": st.just(2.0) | ANY,
                "status": st.sampled_from(["passed", "partial", "failed", "unanswered", "pending", "manual"]) | ANY,
                "message": st.text() | ANY,
                "misconception": st.none() | st.text() | ANY,
                "hidden": st.just(0) | ANY,
            },
        )
        | ANY,
    },
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reply=REPLY)
def test_any_reply_ends_in_a_verdict_within_bounds(master: Master, reply: dict[str, Any]) -> None:
    cell = master.items[0]
    outcome = _outcome(reply)
    verdict = verdicts.tested(cell, [Ran(None)], outcome, 500)
    assert verdict.id == "square" and verdict.points is not None and 0 <= verdict.points <= cell.points
    assert verdict.message.isprintable() and len(verdict.message) <= 600
    assert (verdict.status == "passed") == (verdict.points == cell.points)
    if isinstance(outcome, Lost):
        assert verdict.points == 0 and verdict.status in ("error", "timeout")
