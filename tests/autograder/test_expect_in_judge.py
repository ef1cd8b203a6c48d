"""Tests written with `expect`, judged by the real judge: its verdicts arrive whole, and only sound ones count."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import judge_fixtures as fx
import pytest

from autograder.intake import read_submission
from autograder.judge import ItemVerdict, Result, judge, load_master, verdicts
from autograder.judge.outcomes import Ran

TEST = """
with expect.item("half", points=4, hidden=2) as item:
    got = item.call(half, np.array([2.0, 4.0]))
    item.shape(got, (2,))
    item.close(got, [1.0, 2.0])
    ### BEGIN HIDDEN TESTS
    with item.part(3, "another array"):
        ten = item.call(half, np.array([10.0]))
        item.close(ten, [5.0], misconceptions={"doubled": ([20.0], "You doubled instead.")})
    with item.part(1, "zero"):
        item.close(item.call(half, np.array([0.0])), [0.0])
    ### END HIDDEN TESTS
item.verdict
"""


def assignment() -> fx.Notebook:
    return fx.notebook(
        fx.cell("import numpy as np\nfrom autograder import expect", "setup", locked=True),
        fx.answer(
            "half",
            "def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION\n    return ...  # dots",
        ),
        fx.test_cell("half", TEST, points=4),
    )


def attempt(folder: Path, answer: str, master_notebook: fx.Notebook | None = None) -> Result:
    content = master_notebook or assignment()
    master = load_master(fx.write(folder / "squares" / "exercises.ipynb", content))
    path = fx.write(folder / "sub.ipynb", fx.submitted(assignment(), {"half-answer": answer}))
    return judge(master, read_submission(path, master))


CASES: Mapping[str, tuple[str, str, float, str, str | None]] = {
    "right": ("def half(x):\n    return 0.5 * x", "passed", 4, "Right.", None),
    "loud": (
        "import sys\ndef half(x):\n    print('hm', file=sys.stderr)\n    return 0.5 * x",
        "passed",
        4,
        "Right.",
        None,
    ),
    "gate": ("def half(x):\n    return x[0]", "failed", 0, "single number", None),
    "part": ("def half(x):\n    return x / 2 + (x == 0)", "partial", 3, "zero", None),
    "named": (
        "def half(x):\n    return x / 2 if len(x) > 1 else x * 2",
        "partial",
        1,
        "You doubled instead.",
        "doubled",
    ),
    "raises": ("def half(x):\n    return x / nothing", "failed", 0, "name 'nothing' is not defined", None),
    "dots": ("def half(x):\n    y = x\n    return ...", "unanswered", 0, "Not answered yet", None),
    "name lost": ("def other(x):\n    return x / 2", "failed", 0, "The name `half` does not exist", None),
    "cell stops": (
        "import nothing_like_this\ndef half(x):\n    return x / 2",
        "failed",
        0,
        "Your cell stops at line 1: ModuleNotFoundError",
        None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_verdicts_arrive_with_points_message_and_misconception(tmp_path: Path, name: str) -> None:
    answer, status, points, words, misconception = CASES[name]
    result = attempt(tmp_path, answer)
    (item,) = result.items
    assert (item.status, item.points, item.misconception) == (status, points, misconception), item
    assert words in item.message
    assert result.status == "graded"


def test_judging_against_a_released_copy_gives_no_points(tmp_path: Path) -> None:
    (item,) = attempt(tmp_path, "def half(x):\n    return 0.5 * x", fx.released(assignment())).items
    assert (item.status, item.points) == ("error", 0) and "hidden checks of this item did not run" in item.message


def test_a_fault_of_the_test_itself_is_no_verdict_on_the_learner(tmp_path: Path) -> None:
    content = assignment()
    content["cells"][2]["source"] = TEST.replace("with item.part(1", "1 / 0\n    with item.part(1")
    result = attempt(tmp_path, "def half(x):\n    return 0.5 * x", content)
    assert result.status == "review" and result.items[0].status == "error" and result.items[0].points == 0


SOUND = {
    "kind": "verdict",
    "item": "half",
    "points": 4.0,
    "max_points": 4.0,
    "status": "passed",
    "message": "Right.",
    "misconception": None,
    "hidden": 0,
}


def judged(tmp_path: Path, **claimed: object) -> ItemVerdict:
    master = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", assignment()))
    return verdicts.tested(master.items[0], [Ran(None)], Ran({**SOUND, **claimed}), 1000)


@pytest.mark.parametrize(
    "claimed",
    [
        {"item": "another"},
        {"points": 5.0},
        {"points": -1.0},
        {"points": float("nan")},
        {"points": "4"},
        {"points": True},
        {"points": 3.0},
        {"max_points": 400.0},
        {"status": "partial"},
        {"status": "manual"},
        {"status": "failed"},
        {"status": ["passed"]},
        {"message": None},
        {"misconception": 3},
        {"hidden": 2},
        {"kind": "something"},
    ],
)
def test_a_verdict_that_contradicts_itself_is_never_points(tmp_path: Path, claimed: Mapping[str, object]) -> None:
    assert judged(tmp_path).points == 4
    verdict = judged(tmp_path, **claimed)
    assert (verdict.status, verdict.points) == ("error", 0)
