"""An honest class graded by stock nbgrader and by `autograder grade`: the same rows in the gradebook.

The stock side is nbgrader as it comes: a configuration with a name and a late policy in it, none of our plug-ins, and
the submissions run in a kernel. Both start from the same gradebook and the same files.

Two differences are meant. Where a test failed, our comment says why and stock's is empty; and stock's "No response." is
"Not answered yet." here.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import classroom_kit as kit
import judge_fixtures as fx
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI

from autograder.classroom.course_directory import CourseDirectory, open_course
from autograder.classroom.grade import prepare
from autograder.classroom.marker import MARKER

LATE_POLICY = "c.LateSubmissionPlugin.penalty_method = 'zero'\n"
PLAIN_CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'tiny'\n" + LATE_POLICY
ASSIGNMENTS = (kit.ASSIGNMENT, "squares")

OWN_CELL = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "id": "own", "source": "1 + 1"}

TINY: dict[str, dict[str, str]] = {
    "all-right": kit.all_right(),
    "all-wrong": {"q1-answer": "a = 4", "q2-answer": "def double(x):\n    return x", "f1": "It just does."},
    "partly": {"q1-answer": "a = 2.0", "q2-answer": "def double(x):\n    return 2 * abs(x)", "f1": "So it is."},
    "half-done": {"q1-answer": kit.RIGHT_NUMBER},
    "blank": {},
    "no-python": {**kit.all_right(), "q1-answer": "a = = 2"},
    "stops": {**kit.all_right(), "q2-answer": "raise ValueError('not yet')"},
    "text-for-number": {**kit.all_right(), "q1-answer": "a = 'two'"},
    "prints": {**kit.all_right(), "q2-answer": "def double(x):\n    print('doubling', x)\n    return x + x\nprint(1)"},
    "warns": {**kit.all_right(), "q1-answer": "import warnings\nwarnings.warn('careful')\na = 2"},
    "late": kit.all_right(),
    "late-but-allowed": kit.all_right(),
}
SQUARES: dict[str, dict[str, str]] = {
    "all-right": dict(fx.RIGHT),
    "all-wrong": {"square-answer": "def square(x):\n    return 2 * x", "root-answer": "root = 2"},
    "hidden-only": {**fx.RIGHT, "square-answer": "def square(x):\n    return abs(x) * x"},
    "recursive": {**fx.RIGHT, "square-answer": "def square(x):\n    return square(x)"},
    "uses-given": {**fx.RIGHT, "root-answer": "def root(x):\n    return math.pow(x, factor / 2)"},
    "one-only": {"cube-answer": "cube = 27"},
    "blank": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[CourseDirectory, CourseDirectory]:
    """The course graded by us, and its copy graded by stock nbgrader."""
    top = tmp_path_factory.mktemp("parity")
    with pytest.MonkeyPatch.context() as patch:
        course = kit.make_course(top, patch)
    fx.write(course.root / "source" / "squares" / "exercises.ipynb", fx.squares())
    nbgrader(course.root, "generate_assignment", "squares")
    for student, answers in TINY.items():
        at = "2026-03-01 14:30:00 UTC" if student.startswith("late") else "2026-03-01 10:00:00 UTC"
        kit.hand_in(course, student, answers, at=at)
    for student, answers in SQUARES.items():
        hand_in_squares(course, student, fx.submitted(fx.squares(), answers))
    with_cell = fx.submitted(fx.squares(), fx.RIGHT, lambda cells: cells.insert(3, dict(OWN_CELL)))
    hand_in_squares(course, "own-cell", with_cell)
    with Gradebook(course.db_url, course.course_id) as book:
        book.add_student("handed-in-nothing")
        for name in ASSIGNMENTS:
            book.update_or_create_assignment(name, duedate="2026-03-01 12:00:00 UTC")
        book.add_student("late-but-allowed")
        book.add_submission(kit.ASSIGNMENT, "late-but-allowed")
        book.grant_extension(kit.ASSIGNMENT, "late-but-allowed", hours=3)
        essay = book.find_grade("f1", "exercises", kit.ASSIGNMENT, "late-but-allowed")
        essay.manual_score, essay.extra_credit = 2.5, 0.5  # a person was here before
        book.find_comment("f1", "exercises", kit.ASSIGNMENT, "late-but-allowed").manual_comment = "Well said."
        book.db.commit()

    stock = Path(shutil.copytree(course.root, top / "stock"))
    (stock / "nbgrader_config.py").write_text(PLAIN_CONFIG, encoding="utf-8")
    (stock / MARKER).unlink(missing_ok=True)
    for name in ASSIGNMENTS:
        nbgrader(stock, "autograde", name)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(LATE_POLICY)
    course = open_course(course.root)
    for name in ASSIGNMENTS:
        rows = list(prepare(course, name).rows())
        assert not [row for row in rows if row.needs_attention]
    return course, open_course(stock)


def nbgrader(root: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], cwd=root, capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr


def hand_in_squares(course: CourseDirectory, student: str, content: Mapping[str, Any]) -> None:
    folder = course.root / "submitted" / student / "squares"
    fx.write(folder / "exercises.ipynb", dict(content))
    (folder / "timestamp.txt").write_text("2026-03-01 11:00:00 UTC", encoding="utf-8")


def rows_of(course: CourseDirectory, kind: str) -> list[tuple[Any, ...]]:
    return [row for row in kit.gradebook_rows(course.root) if row[0] == kind]


Both = tuple[CourseDirectory, CourseDirectory]


def test_the_stock_side_is_stock(both: Both) -> None:
    """Its test cells were run by a kernel, and nothing of ours was there."""
    _, stock = both
    graded = sorted((stock.root / "autograded").rglob("exercises.ipynb"))
    assert len(graded) == len(TINY) + len(SQUARES) + 1
    assert not list(stock.root.rglob("verdicts.json"))
    for path in graded:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        tests = [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade") and c["cell_type"] == "code"]
        assert tests and all(cell["execution_count"] for cell in tests)


@pytest.mark.parametrize("kind", ["grade", "submission", "student"])
def test_the_rows_are_those_of_stock_nbgrader(both: Both, kind: str) -> None:
    ours, stock = both
    assert rows_of(ours, kind) == rows_of(stock, kind)
    assert len(rows_of(ours, kind)) >= len(TINY)


def test_the_class_is_not_all_of_one_kind(both: Both) -> None:
    """What makes the comparison worth something: full, partial and no points, penalties, people's marks."""
    ours, _ = both
    scores = {(row[1], row[3]): row[4:] for row in rows_of(ours, "grade")}
    assert {score[0] for score in scores.values()} >= {None, 0.0, 2.0, 3.0, 4.0}
    assert scores["late-but-allowed", "f1"] == (None, 2.5, 0.5, 1)
    penalties = {row[1]: row[6] for row in rows_of(ours, "submission") if row[2:6:3] == (kit.ASSIGNMENT, "exercises")}
    assert (penalties["late"], penalties["late-but-allowed"], penalties["all-right"]) == (6.0, None, None)


def test_comments_differ_only_in_our_words(both: Both) -> None:
    ours = {row[1:4]: row[4:] for row in rows_of(both[0], "comment")}
    theirs = {row[1:4]: row[4:] for row in rows_of(both[1], "comment")}
    assert set(ours) == set(theirs) and len(ours) > 40
    for place, (automatic, manual) in theirs.items():
        assert ours[place][1] == manual
        if automatic == "No response.":
            assert ours[place][0] == "Not answered yet.", place
        else:
            assert automatic is None
            assert ours[place][0] != "Not answered yet.", place
    assert sum(said[0] not in (None, "Not answered yet.") for said in ours.values()) >= 8


def test_formgrader_sums_up_the_same(both: Both) -> None:
    for name in ASSIGNMENTS:
        seen = []
        for course in both:
            api = NbGraderAPI(course.app.coursedir, parent=course.app)
            fields = (
                "score",
                "max_score",
                "code_score",
                "written_score",
                "needs_manual_grade",
                "late_submission_penalty",
            )
            seen.append({e["student"]: [e.get(field) for field in fields] for e in api.get_submissions(name)})
        assert seen[0] == seen[1] and len(seen[0]) >= 8
