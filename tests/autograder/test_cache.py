"""What is judged again, item by item, when something has changed; and what is not."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import classroom_kit as kit
import pytest
from nbgrader.api import Gradebook

from autograder.classroom import grade as room
from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.grade import Row, prepare
from autograder.judge import Limits

EXTRA = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "id": "mine"}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    return kit.make_course(tmp_path, monkeypatch)


def grade(course: CourseDirectory, **options: Any) -> dict[str, Row]:
    return {row.student: row for row in prepare(course, kit.ASSIGNMENT, workers=1, **options).rows()}


def anew(course: CourseDirectory, **options: Any) -> dict[str, int]:
    """Grade again; student → how many of the three items were judged anew. Each item was judged anew or kept."""
    rows = grade(course, **options)
    assert all(row.anew + row.kept == 3 for row in rows.values())
    return {name: row.anew for name, row in rows.items()}


def edit_source(course: CourseDirectory, old: str, new: str) -> None:
    """Change the text of the assignment's source notebook in the one place where `old` stands."""
    path = course.root / "source" / kit.ASSIGNMENT / "exercises.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    changed = 0
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        changed += text.count(old)
        cell["source"] = text.replace(old, new)
    assert changed == 1
    path.write_text(json.dumps(notebook), encoding="utf-8")


def record_file(course: CourseDirectory, student: str) -> Path:
    return course.root / "autograded" / student / kit.ASSIGNMENT / "verdicts.json"


def verdicts(course: CourseDirectory, student: str) -> dict[str, dict[str, Any]]:
    record = json.loads(record_file(course, student).read_text("utf-8"))
    return {item["id"]: item for item in record["notebooks"]["exercises"]["result"]["items"]}


def change_record(course: CourseDirectory, student: str, **fields: Any) -> None:
    """Put other words into the verdict on q1 that an earlier run left."""
    path = record_file(course, student)
    record = json.loads(path.read_text("utf-8"))
    record["notebooks"]["exercises"]["result"]["items"][0].update(fields)
    path.write_text(json.dumps(record), encoding="utf-8")


def with_own_cell(course: CourseDirectory, answers: Mapping[str, str], after: str, source: str) -> bytes:
    """A submission with a code cell of the learner's own after a given cell."""
    notebook = json.loads(kit.answered(course, answers))
    places = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]]
    notebook["cells"].insert(places.index(after) + 1, {**EXTRA, "source": source})
    return json.dumps(notebook).encode()


# --- the assignment changes ---------------------------------------------------------------------------------------


def test_a_changed_test_touches_its_own_item_and_later_ones(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    kit.hand_in(course, "ben", {"q1-answer": kit.RIGHT_NUMBER})
    assert anew(course) == {"ana": 3, "ben": 3}
    assert anew(course) == {"ana": 0, "ben": 0}
    edit_source(course, "item.close(item.call(double, 21.0), 42.0)", "item.close(item.call(double, 21.0), 43.0)")
    assert anew(course) == {"ana": 1, "ben": 0}, "q2 alone, and only where it was answered"
    assert verdicts(course, "ana")["q2"]["status"] == "partial"
    edit_source(course, "from autograder import expect", "from autograder import expect\nimport math")
    assert anew(course) == {"ana": 2, "ben": 1}, "a given cell comes before everything that is run"


def test_kept_verdicts_stay_while_others_are_judged_anew(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    change_record(course, "ana", status="failed", points=0.0, message="As it was said then.")
    edit_source(course, "item.close(item.call(double, 21.0), 42.0)", "item.close(item.call(double, 21.0), 43.0)")
    row = grade(course)["ana"]
    assert (row.anew, row.kept) == (1, 2)
    said = verdicts(course, "ana")
    assert said["q1"]["message"] == "As it was said then."
    assert (row.standing.points, said["q2"]["points"]) == (said["q2"]["points"], said["q2"]["points"])
    assert grade(course, fresh=True)["ana"].anew == 3
    assert verdicts(course, "ana")["q1"]["points"] == 2


def test_prose_changes_no_verdict_and_reaches_the_graded_notebook(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    rows, record = kit.gradebook_rows(course.root), record_file(course, "ana").read_bytes()
    edit_source(course, "# Tiny exercises", "# Small exercises")
    assert anew(course) == {"ana": 0}
    assert kit.gradebook_rows(course.root) == rows
    assert record_file(course, "ana").read_bytes() == record
    graded = record_file(course, "ana").with_name("exercises.ipynb").read_text("utf-8")
    assert "# Small exercises" in graded


def test_another_reference_solution_is_another_assignment(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    edit_source(course, "return 2 * x", "return x * 2")
    assert anew(course) == {"ana": 2}


# --- the submission changes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        ({"q2-answer": "def double(x):\n    return 3 * x"}, 1),
        ({"q1-answer": "a = 4"}, 2),
        ({"f1": "Something else."}, 0),
        ({}, 0),
    ],
)
def test_a_changed_answer_touches_what_runs_after_it(
    course: CourseDirectory, changed: dict[str, str], count: int
) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    kit.hand_in(course, "ana", {**kit.all_right(), **changed}, at="2026-03-02 10:00:00 UTC")
    assert anew(course) == {"ana": count}


def test_an_answer_taken_out_again_is_unanswered_without_a_run(
    course: CourseDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.hand_in(course, "ana", {"q1-answer": kit.RIGHT_NUMBER})
    kit.hand_in(course, "ben", {})
    grade(course)
    kit.hand_in(course, "ana", kit.all_right())
    assert anew(course) == {"ana": 2, "ben": 0}, "q2 and the essay"
    assert verdicts(course, "ben")["q2"]["status"] == "unanswered"
    assert anew(course, limits=Limits(cell_seconds=9)) == {"ana": 2, "ben": 0}, "nothing ran for ben"


def test_a_cell_of_ones_own_counts_where_something_depends_on_it(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", with_own_cell(course, kit.all_right(), "q1-answer", "1 / 0"))
    kit.hand_in(course, "ben", kit.all_right())
    said = grade(course)["ana"].note
    assert "ZeroDivisionError" in said
    again = grade(course)["ana"]
    assert (again.anew, again.note) == (0, said), "what the run noticed is told again without a run"
    kit.hand_in(course, "ana", with_own_cell(course, kit.all_right(), "q1-answer", "1 + 1"))
    kit.hand_in(course, "ben", with_own_cell(course, kit.all_right(), "q2", "1 / 0"))
    rows = grade(course)
    assert {name: row.anew for name, row in rows.items()} == {"ana": 2, "ben": 0}
    assert rows["ana"].note == ""


# --- the circumstances change -------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["limits", "isolation", "versions"])
def test_limits_isolation_and_versions_are_part_of_a_verdict(
    course: CourseDirectory, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    if what == "limits":
        assert anew(course, limits=Limits(cell_seconds=9)) == {"ana": 2}
    elif what == "isolation":
        assert anew(course, isolation="none") == {"ana": 2}
    else:
        monkeypatch.setattr(room, "versions", lambda: {"numpy": "99"})
        assert anew(course) == {"ana": 2}
    monkeypatch.undo()
    assert anew(course) == {"ana": 2}, "and back again"


@pytest.mark.parametrize("status", ["error", "timeout"])
def test_what_a_slow_or_broken_machine_may_have_said_is_judged_again(course: CourseDirectory, status: str) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    change_record(course, "ana", status=status, points=0.0)
    assert anew(course) == {"ana": 1}
    assert verdicts(course, "ana")["q1"]["status"] == "passed"


# --- the record ---------------------------------------------------------------------------------------------------


def test_a_record_of_the_first_format_is_judged_again_without_asking_people_again(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    with Gradebook(course.db_url, course.course_id) as book:
        essay = book.find_grade("f1", "exercises", kit.ASSIGNMENT, "ana")
        essay.manual_score, essay.needs_manual_grade = 2.5, False
        book.db.commit()
    path = record_file(course, "ana")
    record = json.loads(path.read_text("utf-8"))
    entry = record["notebooks"]["exercises"]
    for name in ("keys", "run_key", "noticed"):
        del entry[name]
    path.write_text(json.dumps({**record, "format": 1}), encoding="utf-8")
    row = grade(course)["ana"]
    assert (row.anew, row.kept, row.standing.by_hand) == (3, 0, 0)
    assert json.loads(path.read_text("utf-8"))["format"] == 2


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"format": 99}', b'{"format": 2, "notebooks": {"exercises": 1}}']
)
def test_a_damaged_record_or_notebook_is_made_again(course: CourseDirectory, damage: bytes) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    path = record_file(course, "ana")
    graded = path.with_name("exercises.ipynb")
    whole = graded.read_bytes()
    path.write_bytes(damage)
    graded.write_bytes(b"")
    assert anew(course) == {"ana": 3}
    assert graded.read_bytes() == whole
    graded.write_bytes(b"")  # what a power failure may leave; the record is whole
    assert anew(course) == {"ana": 0}
    assert graded.read_bytes() == whole


def test_a_judge_that_fails_leaves_everything_as_it_was(course: CourseDirectory) -> None:
    class Broken:
        def __enter__(self) -> "Broken":
            raise OSError("no sandbox today")

        def __exit__(self, *_: object) -> None: ...

    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    before = kit.gradebook_rows(course.root), record_file(course, "ana").read_bytes()
    kit.hand_in(course, "ana", {**kit.all_right(), "q1-answer": "a = 4"})
    kit.hand_in(course, "new", kit.all_right())
    kit.hand_in(course, "blank", {})
    run = replace(prepare(course, kit.ASSIGNMENT), crew=room.Crew(2, Broken))
    rows = {row.student: row for row in run.rows()}
    assert {name: row.status for name, row in rows.items()} == {"ana": "error", "new": "error", "blank": "error"}
    assert "no sandbox today" in rows["new"].note and rows["ana"].note.endswith("The earlier grade stands.")
    assert (kit.gradebook_rows(course.root), record_file(course, "ana").read_bytes()) == before
    assert {name: row.status for name, row in grade(course).items()} == dict.fromkeys(rows, "graded")
