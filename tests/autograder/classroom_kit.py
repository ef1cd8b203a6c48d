"""A tiny assignment (a number, a function, a free text), courses made from it, and a look into the gradebook."""

import atexit
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat
import pytest
from nbformat import v4

from autograder.classroom import init as init_room
from autograder.classroom.course_directory import CourseDirectory, open_course

ASSIGNMENT = "07-tiny"
CANARIES = ("CANARY-SOLUTION", "CANARY-HIDDEN", "CANARY-SCHEME", "CANARY-INSTRUCTOR")
RIGHT_NUMBER = "a = 2"
RIGHT_FUNCTION = "def double(x):\n    return 2 * x"

_NUMBER_ANSWER = "a = ...\n### BEGIN SOLUTION\na = 2  # CANARY-SOLUTION\n### END SOLUTION"
_NUMBER_TEST = """\
with expect.item("q1", points=2, hidden=1) as item:
    item.number(a, unit="mg")
    ### BEGIN HIDDEN TESTS
    with item.part(2, "the value"):  # CANARY-HIDDEN
        item.within(a, 2, 0.1, why="Two.", misconceptions={"doubled": (4, "You doubled the dose; take it once.")})
    ### END HIDDEN TESTS
item.verdict"""
_FUNCTION_TEST = """\
with expect.item("q2", points=4, hidden=2) as item:
    item.close(item.call(double, 1.0), 2.0)
    ### BEGIN HIDDEN TESTS
    with item.part(3, "another number"):
        item.close(item.call(double, 21.0), 42.0)
    with item.part(1, "a negative number"):
        item.close(item.call(double, -1.0), -2.0)
    ### END HIDDEN TESTS
item.verdict"""
_ESSAY = "=== BEGIN MARK SCHEME ===\n1. **Says why** (3): CANARY-SCHEME names the reason.\n=== END MARK SCHEME ==="

BANK = """\
# %% answer="q1" label="alternative-float"
a = 2.0

# %% answer="q1" label="doubled" status="failed" points=0 misconception="doubled" message="take it once"
a = 4

# %% answer="q2" label="alternative-sum"
def double(x):
    return x + x

# %% answer="q2" label="positive-only" status="partial" points=3
def double(x):
    return 2 * abs(x)
"""


def _cell(kind: str, source: str, grade_id: str | None = None, **about: Any) -> Any:
    extra = {key: about.pop(key) for key in ("tags", "autograder") if key in about}
    metadata = dict(extra)
    if grade_id is not None:
        flags = {"grade": False, "solution": False, "locked": False, "task": False, **about}
        metadata["nbgrader"] = {"grade_id": grade_id, "schema_version": 3, "cell_type": kind, **flags}
    make = v4.new_code_cell if kind == "code" else v4.new_markdown_cell
    return make(source, metadata=metadata, id=f"cell-{grade_id or len(source)}")


def source_notebook(number_test: str = _NUMBER_TEST, assignment: str = ASSIGNMENT) -> Any:
    """The exercises with solutions and hidden tests."""
    cells = [
        _cell("markdown", "# Tiny exercises"),
        _cell("code", "from autograder import expect", "setup", locked=True),
        _cell("markdown", "## 1. A dose (2 points, O1)"),
        _cell("code", _NUMBER_ANSWER, "q1-answer", solution=True),
        _cell("code", number_test, "q1", grade=True, locked=True, points=2, autograder={"objective": "O1"}),
        _cell("markdown", "## 2. Twice as much (4 points, O2)"),
        _cell(
            "code",
            "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n    return ...",
            "q2-answer",
            solution=True,
        ),
        _cell("code", _FUNCTION_TEST, "q2", grade=True, locked=True, points=4, autograder={"read": "Doubling"}),
        _cell("markdown", "## 3. In your own words (3 points, O1)"),
        _cell("markdown", _ESSAY, "f1", grade=True, solution=True, points=3, autograder={"objective": "O1"}),
        _cell("markdown", "CANARY-INSTRUCTOR", tags=["instructor"]),
    ]
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"},
        "language_info": {"name": "python"},
        "autograder": {"assignment": assignment, "notebook": "exercises", "version": "0.1.0"},
    }
    return v4.new_notebook(cells=cells, metadata=metadata)


def write_module(modules: Path, **options: Any) -> Path:
    """The tiny module in a modules folder, as an installed course would offer it."""
    folder = modules / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    lesson = v4.new_notebook(
        cells=[
            _cell("markdown", "# Tiny lesson"),
            _cell("markdown", "## Doses add", autograder={"objective": "O1"}),
        ]
    )
    (folder / "lesson.ipynb").write_text(nbformat.writes(lesson), encoding="utf-8")
    (folder / "exercises.ipynb").write_text(nbformat.writes(source_notebook(**options)), encoding="utf-8")
    (folder / "exercises.py").write_text("# a source that has no place in a course directory\n", encoding="utf-8")
    (folder / "answer_bank.py").write_text(BANK, encoding="utf-8")
    return folder


def offer(monkeypatch: pytest.MonkeyPatch, modules: Path) -> None:
    """As if a course with these modules were installed."""
    monkeypatch.setattr(init_room, "assignment_folders", lambda: (modules,))


@cache
def _template() -> Path:
    """A course directory with the tiny assignment, made once: making one starts nbgrader and takes seconds."""
    top = Path(tempfile.mkdtemp(prefix="tiny-course-"))
    atexit.register(shutil.rmtree, top, ignore_errors=True)
    write_module(top / "modules")
    with mock.patch.object(init_room, "assignment_folders", lambda: (top / "modules",)):
        init_room.init_course(top / "course", course_id="tiny", say=lambda line: None)
    return top


def make_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    """A course directory with the tiny assignment, nothing handed in yet; its modules are what `init` finds."""
    shutil.copytree(_template(), tmp_path, dirs_exist_ok=True)
    offer(monkeypatch, tmp_path / "modules")
    return open_course(tmp_path / "course")


def released(course: CourseDirectory) -> dict[str, Any]:
    """The learner's copy as data."""
    path = course.root / "release" / ASSIGNMENT / "exercises.ipynb"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def answered(course: CourseDirectory, answers: Mapping[str, str]) -> bytes:
    """The learner's copy with these sources in the cells of these grade_ids."""
    notebook = released(course)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell["source"] = answers[name]
    return json.dumps(notebook).encode()


def hand_in(
    course: CourseDirectory,
    student: str,
    content: bytes | Mapping[str, str],
    *,
    name: str = "exercises.ipynb",
    at: str | None = "2026-03-01 10:00:00 UTC",
) -> Path:
    """Put a file into the student's folder; a mapping stands for answers by grade_id."""
    folder = course.root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else answered(course, content))
    if at is not None:
        (folder / "timestamp.txt").write_text(at, encoding="utf-8")
    return folder


def all_right() -> dict[str, str]:
    """Right answers to everything."""
    return {"q1-answer": RIGHT_NUMBER, "q2-answer": RIGHT_FUNCTION, "f1": "Because doses add."}


def gradebook_rows(root: Path) -> list[tuple[Any, ...]]:
    """Every row of the gradebook that says something, by names instead of random ids, in a fixed order."""
    with sqlite3.connect(f"file:{root / 'gradebook.db'}?mode=ro", uri=True) as db:
        grades = db.execute(
            "SELECT 'grade', sa.student_id, n.name, c.name, g.auto_score, g.manual_score, g.extra_credit,"
            " g.needs_manual_grade FROM grade g JOIN base_cell c ON c.id = g.cell_id"
            " JOIN submitted_notebook sn ON sn.id = g.notebook_id JOIN notebook n ON n.id = sn.notebook_id"
            " JOIN submitted_assignment sa ON sa.id = sn.assignment_id"
        ).fetchall()
        comments = db.execute(
            "SELECT 'comment', sa.student_id, n.name, c.name, k.auto_comment, k.manual_comment FROM comment k"
            " JOIN base_cell c ON c.id = k.cell_id JOIN submitted_notebook sn ON sn.id = k.notebook_id"
            " JOIN notebook n ON n.id = sn.notebook_id JOIN submitted_assignment sa ON sa.id = sn.assignment_id"
        ).fetchall()
        submissions = db.execute(
            "SELECT 'submission', sa.student_id, a.name, sa.timestamp, sa.extension, n.name, sn.late_submission_penalty"
            " FROM submitted_assignment sa JOIN assignment a ON a.id = sa.assignment_id"
            " JOIN submitted_notebook sn ON sn.assignment_id = sa.id JOIN notebook n ON n.id = sn.notebook_id"
        ).fetchall()
        students = db.execute("SELECT 'student', id, first_name, last_name FROM student").fetchall()
    db.close()
    return sorted([*grades, *comments, *submissions, *students], key=repr)


def tree(root: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
