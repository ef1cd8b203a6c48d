"""`autograder grade` on a tiny assignment: the gradebook, what people gave, restarts, and what a class can do to us."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import classroom_kit as kit
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from rich.console import Console
from small_disk import small_disk

from autograder.classroom import run_log
from autograder.classroom.course_directory import CourseDirectory, open_course
from autograder.classroom.grade import Row, prepare
from autograder.classroom.table import lateness, watch
from autograder.cli import main
from autograder.errors import CannotRun
from autograder.judge import sandbox
from autograder.judge.processes import CannotStart, Pair, Zygote

__all__ = ["small_disk"]  # a fixture, used by name

_UNBUFFERED = {**os.environ, "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    return kit.make_course(tmp_path, monkeypatch)


def grade(course: CourseDirectory, students: Sequence[str] = (), **options: bool) -> dict[str, Row]:
    """Grade and return the rows by student."""
    return {row.student: row for row in prepare(course, kit.ASSIGNMENT, students=students, **options).rows()}


def gradebook(course: CourseDirectory) -> Gradebook:
    return Gradebook(course.db_url, course.course_id)


def add_student(course: CourseDirectory, student: str) -> None:
    with gradebook(course) as book:
        book.add_student(student)


# --- what stands in the gradebook ---------------------------------------------------------------------------------


def test_formgraders_api_and_stock_commands_read_the_results(course: CourseDirectory, tmp_path: Path) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    kit.hand_in(course, "broken", b"{")
    add_student(course, "nobody, at all")
    rows = grade(course)
    assert {name: row.status for name, row in rows.items()} == {
        "ana": "graded",
        "broken": "error",
        "nobody, at all": "missing",
    }

    api = NbGraderAPI(course.app.coursedir, parent=course.app)
    listed = {entry["student"]: entry for entry in api.get_submissions(kit.ASSIGNMENT)}
    assert (listed["ana"]["score"], listed["ana"]["max_score"], listed["ana"]["needs_manual_grade"]) == (6.0, 9.0, True)
    assert listed["ana"]["autograded"] is True
    assert listed["broken"]["autograded"] is False
    assert api.get_assignment(kit.ASSIGNMENT)["num_submissions"] == 2
    assert [entry["student"] for entry in api.get_notebook_submissions(kit.ASSIGNMENT, "exercises")] == ["ana"]

    def stock(*command: str) -> None:
        subprocess.run([sys.executable, "-m", "nbgrader", *command], cwd=course.root, check=True, capture_output=True)

    stock("generate_feedback", kit.ASSIGNMENT)
    handed_back = kit.tree(course.root / "feedback")
    assert set(handed_back) == {f"ana/{kit.ASSIGNMENT}/exercises.html", f"ana/{kit.ASSIGNMENT}/timestamp.txt"}
    assert b"CANARY-HIDDEN" not in handed_back[f"ana/{kit.ASSIGNMENT}/exercises.html"]
    stock("export", "--to", "out.csv")
    table = csv.DictReader(io.StringIO((course.root / "out.csv").read_text("utf-8")))
    exported = {row["student_id"]: row for row in table}
    assert (exported["ana"]["score"], exported["ana"]["max_score"]) == ("6.0", "9.0")
    assert exported["nobody, at all"]["score"] == exported["nobody, at all"]["raw_score"] == ""
    assert "broken" not in exported or exported["broken"]["score"] == ""


def test_marks_and_comments_of_people_survive_a_regrade(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    kit.hand_in(course, "ben", {"q1-answer": "a = 4"})
    grade(course)
    with gradebook(course) as book:
        essay = book.find_grade("f1", "exercises", kit.ASSIGNMENT, "ana")
        essay.manual_score, essay.needs_manual_grade = 2.5, False
        overruled = book.find_grade("q1", "exercises", kit.ASSIGNMENT, "ben")
        overruled.manual_score, overruled.extra_credit, overruled.needs_manual_grade = 1.0, 0.5, False
        book.find_comment("f1", "exercises", kit.ASSIGNMENT, "ana").manual_comment = "Well said."
        book.db.commit()

    again = grade(course, fresh=True)
    assert (again["ana"].standing.points, again["ana"].standing.by_hand) == (8.5, 0)
    assert (again["ben"].standing.points, again["ben"].standing.by_hand) == (1.5, 0)

    kit.hand_in(course, "ana", {**kit.all_right(), "f1": "Something else."}, at="2026-03-01 11:00:00 UTC")
    changed = grade(course)
    assert (changed["ana"].standing.points, changed["ana"].standing.by_hand) == (8.5, 1), "a new answer is read again"
    with gradebook(course) as book:
        assert book.find_comment("f1", "exercises", kit.ASSIGNMENT, "ana").comment == "Well said."


def test_what_cannot_be_judged_leaves_the_earlier_grade_and_writes_no_zero(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    grade(course)
    before = kit.gradebook_rows(course.root)
    kit.hand_in(course, "ana", b"not a notebook", at="2026-03-05 10:00:00 UTC")
    kit.hand_in(course, "new", b"not a notebook")
    rows = grade(course)
    assert (rows["ana"].status, rows["new"].status) == ("error", "error")
    assert rows["ana"].note.endswith("The earlier grade stands.")
    assert kit.gradebook_rows(course.root) == before
    assert not (course.root / "autograded" / "new" / kit.ASSIGNMENT / "exercises.ipynb").exists()


def test_the_configured_late_policy_is_applied_and_recomputed(course: CourseDirectory) -> None:
    with gradebook(course) as book:
        book.update_or_create_assignment(kit.ASSIGNMENT, duedate="2026-03-01 12:00:00 UTC")
    kit.hand_in(course, "early", kit.all_right(), at="2026-03-01T13:59:00+02:00")
    kit.hand_in(course, "late", kit.all_right(), at="2026-03-01 14:30:00 UTC")
    rows = grade(course)
    assert {name: row.standing.seconds_late for name, row in rows.items()} == {"early": 0.0, "late": 9000.0}
    assert rows["late"].standing.penalty == 0.0

    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    strict = grade(open_course(course.root))
    assert (strict["late"].standing.penalty, strict["early"].standing.penalty) == (6.0, 0.0)
    with gradebook(course) as book:
        book.grant_extension(kit.ASSIGNMENT, "late", hours=3)
    assert grade(open_course(course.root))["late"].standing.penalty == 0.0


def test_a_late_policy_of_the_courses_own_is_used_and_a_broken_one_stops_the_run(course: CourseDirectory) -> None:
    with gradebook(course) as book:
        book.update_or_create_assignment(kit.ASSIGNMENT, duedate="2026-03-01 08:00:00 UTC")
    kit.hand_in(course, "late", kit.all_right(), at="2026-03-01 10:00:00 UTC")
    plugin = (
        "from nbgrader.plugins import BasePlugin\n"
        "class PerHour(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        "        return {penalty}\n"
    )
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.AssignLatePenalties.plugin_class = 'own_late_policy.PerHour'\n")
    per_hour = plugin.format(penalty="total_seconds_late / 3600")
    (course.root / "own_late_policy.py").write_text(per_hour, encoding="utf-8")
    assert grade(open_course(course.root))["late"].standing.penalty == 2.0
    before = kit.gradebook_rows(course.root)
    sys.modules["own_late_policy"].PerHour.late_submission_penalty = lambda *_: 1 / 0
    with pytest.raises(CannotRun, match="late-submission plug-in PerHour fails"):
        grade(open_course(course.root))
    assert kit.gradebook_rows(course.root) == before


def test_lateness_in_words() -> None:
    words = [lateness(seconds) for seconds in (0, 20, 90 * 60, 26 * 3600, 49 * 3600 + 60)]
    assert words == ["", "1 min", "1 h 30 min", "1 d 2 h", "2 d 1 h"]


# --- the notebook for formgrader ----------------------------------------------------------------------------------


def test_the_graded_notebook_holds_pristine_tests_the_answers_and_our_words(course: CourseDirectory) -> None:
    answers = {**kit.all_right(), "q1-answer": "a = 4", "q1": "2.0  # points for me"}
    kit.hand_in(course, "ana", answers)
    grade(course)
    folder = course.root / "autograded" / "ana" / kit.ASSIGNMENT
    cells = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell
        for cell in json.loads((folder / "exercises.ipynb").read_text("utf-8"))["cells"]
        if "nbgrader" in cell["metadata"]
    }
    assert "".join(cells["q1-answer"]["source"]) == "a = 4"
    assert "CANARY-HIDDEN" in "".join(cells["q1"]["source"])
    assert "CANARY-SOLUTION" not in json.dumps(cells)
    assert "You doubled the dose" in json.dumps(cells["q1"]["outputs"])
    assert "".join(cells["f1"]["source"]) == "Because doses add."
    record = json.loads((folder / "verdicts.json").read_text("utf-8"))
    judged = record["notebooks"]["exercises"]
    assert judged["isolation"] == sandbox.default()
    assert judged["result"]["items"][0]["misconception"] == "doubled"
    assert len(judged["answers_hash"]) == 64 and judged["versions"]


# --- running again, stopping, being killed ------------------------------------------------------------------------


def test_an_unchanged_class_is_not_judged_again_and_a_changed_answer_is(course: CourseDirectory) -> None:
    for student in ("ana", "ben", "cem"):
        kit.hand_in(course, student, kit.all_right())
    grade(course)
    before = kit.tree(course.root / "autograded"), kit.gradebook_rows(course.root)
    assert all(row.was_cached for row in grade(course).values())
    assert (kit.tree(course.root / "autograded"), kit.gradebook_rows(course.root)) == before
    kit.hand_in(course, "ben", {"q1-answer": "a = 4"})
    assert {name: row.was_cached for name, row in grade(course).items()} == {"ana": True, "ben": False, "cem": True}


def test_a_killed_run_started_again_ends_in_the_same_gradebook(course: CourseDirectory, tmp_path: Path) -> None:
    for number in range(8):
        kit.hand_in(course, f"student{number}", {**kit.all_right(), "q1-answer": f"a = {number}"})
    undisturbed = tmp_path / "undisturbed"
    subprocess.run(["cp", "-r", str(course.root), str(undisturbed)], check=True)
    assert len(grade(open_course(undisturbed))) == 8

    command = [sys.executable, "-m", "autograder.cli", "grade", kit.ASSIGNMENT, "--course", str(course.root)]
    for rows_before_kill in (0, 2):
        running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_UNBUFFERED)
        assert running.stdout is not None
        for _ in range(rows_before_kill):
            running.stdout.readline()
        time.sleep(0.2)
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdout.close()
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert kit.gradebook_rows(course.root) == kit.gradebook_rows(undisturbed)
    ours, theirs = kit.tree(course.root / "autograded"), kit.tree(undisturbed / "autograded")
    assert {name for name in ours if not name.endswith("verdicts.json")} == {
        name for name in theirs if not name.endswith("verdicts.json")
    }
    assert all(ours[name] == theirs[name] for name in ours if name.endswith(".ipynb"))


def test_a_moments_failure_of_ours_stands_in_the_log_and_costs_nobody_a_grade(
    course: CourseDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    fork, forks = Zygote.fork, count(1)

    def fails_at_first(zygote: Zygote) -> Pair:
        if next(forks) == 1:
            raise CannotStart("The process for this submission did not start (no room).")
        return fork(zygote)

    monkeypatch.setattr(Zygote, "fork", fails_at_first)
    row = grade(course)["ana"]
    assert row.status == "graded", row.note
    end = json.loads((course.root / run_log.NAME).read_text().splitlines()[-1])
    assert end["judge_asked_twice"] == ["The process for this submission did not start (no room)."]


def test_control_c_is_one_sentence_and_keeps_what_is_done(course: CourseDirectory) -> None:
    endless = {"q1-answer": "while True:\n    pass"}
    kit.hand_in(course, "a-first", kit.all_right())
    for student in ("b", "c", "d"):
        kit.hand_in(course, student, endless)
    command = [sys.executable, "-m", "autograder.cli", "grade", kit.ASSIGNMENT, "--course", str(course.root)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_UNBUFFERED)
    assert running.stdout is not None
    assert running.stdout.readline().startswith("1/4  a-first")
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert said.strip() == "Stopped. 1 of 4 students are saved; the same command goes on from there."
    assert ("grade", "a-first", "exercises", "q2", 4.0, None, None, 0) in kit.gradebook_rows(course.root)


def test_progress_shows_how_many_how_fast_and_how_long(course: CourseDirectory) -> None:
    for number in range(4):
        kit.hand_in(course, f"student{number}", kit.all_right())
    run, rows = prepare(course, kit.ASSIGNMENT, workers=1), []
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    watch(run, screen, rows)
    shown = screen.file.getvalue()
    assert len(rows) == 4
    assert "0/4" in shown and "4/4" in shown and " per minute" in shown
    assert re.search(r"\d:\d\d:\d\d", shown), "the time left"


# --- refusing -----------------------------------------------------------------------------------------------------


def test_without_isolation_a_class_is_refused_unless_asked_for(
    course: CourseDirectory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    monkeypatch.setattr(sandbox, "default", lambda: "none")
    monkeypatch.setattr(sandbox, "why_not", lambda: "Bubblewrap is not installed.")
    before = kit.tree(course.root)
    assert main(["grade", kit.ASSIGNMENT, "--course", str(course.root)]) == 2
    assert "nothing isolates them on this machine: Bubblewrap is not installed." in capsys.readouterr().err
    assert kit.tree(course.root) == before
    assert main(["grade", kit.ASSIGNMENT, "--course", str(course.root), "--not-isolated"]) == 0
    assert "Not isolated" in capsys.readouterr().err
    assert ("grade", "ana", "exercises", "q1", 2.0, None, None, 0) in kit.gradebook_rows(course.root)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["grade", "99-none", "--course", "{root}"], "There is no assignment '99-none'"),
        (["grade", "../../etc", "--course", "{root}"], "cannot be the name of a folder"),
        (["grade", kit.ASSIGNMENT, "--course", "{root}/source"], "is not a course directory"),
        (["grade", kit.ASSIGNMENT, "--course", "{root}", "--student", "who"], "There is no student 'who'"),
        (["grade", kit.ASSIGNMENT, "--course", "{root}"], "There is nobody to grade"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    course: CourseDirectory, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main([argument.replace("{root}", str(course.root)) for argument in arguments]) == 2
    said = capsys.readouterr().err
    assert sentence in said and len(said.strip().splitlines()) == 1


def test_a_broken_configuration_grades_nobody(course: CourseDirectory, capsys: pytest.CaptureFixture[str]) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("import a_plugin_that_is_gone\n")
    before = kit.tree(course.root)
    assert main(["grade", kit.ASSIGNMENT, "--course", str(course.root)]) == 2
    assert "does not load" in capsys.readouterr().err
    assert kit.tree(course.root) == before


def test_a_source_changed_after_the_release_is_refused(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    source = course.root / "source" / kit.ASSIGNMENT / "exercises.ipynb"
    source.write_text(source.read_text("utf-8").replace('"points": 4', '"points": 5'), encoding="utf-8")
    with pytest.raises(CannotRun, match="other graded cells or points than the gradebook"):
        prepare(course, kit.ASSIGNMENT)


# --- what a class can do ------------------------------------------------------------------------------------------


def test_hostile_names_do_no_harm(course: CourseDirectory, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["with space", "ünïcødé ☃", "quo'te\"d", "--dash", "new\nline", "[red]markup", "{braces}"]
    names += ["esc\x1b[2J", "n" * 250]
    for name in names:
        kit.hand_in(course, name, kit.all_right())
    kit.hand_in(course, "odd file", kit.all_right(), name="--help; rm -rf *\n.ipynb")
    add_student(course, "../../../outside")
    before = set(os.listdir(course.root.parent))
    code = main(["grade", kit.ASSIGNMENT, "--course", str(course.root)])
    shown = capsys.readouterr().out
    assert code == 1  # the name on the class list that cannot be a folder
    assert "\x1b" not in shown and "[red]markup" in shown and "new\\nline" in shown
    rows = kit.gradebook_rows(course.root)
    for name in [*names, "odd file"]:
        assert ("grade", name, "exercises", "q1", 2.0, None, None, 0) in rows
    assert set(os.listdir(course.root.parent)) == before
    assert main(["feedback", kit.ASSIGNMENT, "--course", str(course.root)]) == 0
    assert set(os.listdir(course.root.parent)) == before


def test_links_and_odd_folders_are_errors_not_doors(course: CourseDirectory, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(kit.answered(course, kit.all_right()))
    submitted = course.root / "submitted"
    (submitted / "linkfile" / kit.ASSIGNMENT).mkdir(parents=True)
    (submitted / "linkfile" / kit.ASSIGNMENT / "exercises.ipynb").symlink_to(secret)
    (submitted / "linkfolder").mkdir()
    (submitted / "linkfolder" / kit.ASSIGNMENT).symlink_to(tmp_path)
    (submitted / "isfile").mkdir()
    (submitted / "isfile" / kit.ASSIGNMENT).write_text("x", encoding="utf-8")
    kit.hand_in(course, "stamp", kit.all_right(), at="yesterday-ish ☃")
    kit.hand_in(course, "stamplink", kit.all_right(), at=None)
    (submitted / "stamplink" / kit.ASSIGNMENT / "timestamp.txt").symlink_to("/etc/hostname")
    (submitted / "empty" / kit.ASSIGNMENT).mkdir(parents=True)
    (submitted / "stray-file").write_text("x", encoding="utf-8")
    rows = grade(course)
    assert {name: row.status for name, row in rows.items()} == {
        "linkfile": "error",
        "linkfolder": "error",
        "isfile": "error",
        "stamp": "graded",
        "stamplink": "graded",
        "empty": "missing",
    }
    assert "holds no date" in rows["stamp"].note and "holds no date" in rows["stamplink"].note


def test_two_files_with_different_answers_ask_for_a_person(course: CourseDirectory) -> None:
    kit.hand_in(course, "two", {"q1-answer": "a = 4"})
    kit.hand_in(course, "two", kit.all_right(), name="exercises (1).ipynb")
    kit.hand_in(course, "blank and done", {})
    kit.hand_in(course, "blank and done", kit.all_right(), name="exercises-Copy1.ipynb")
    rows = grade(course)
    assert (rows["two"].status, rows["two"].standing.points) == ("review", 0.0)
    assert "exercises (1).ipynb holds other answers" in rows["two"].note
    assert (rows["blank and done"].status, rows["blank and done"].standing.points) == ("graded", 6.0)


def test_a_full_disk_is_one_sentence_and_the_next_run_completes(
    small_disk: Path, course: CourseDirectory, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        kit.hand_in(course, f"student{number}", kit.all_right())
    root = small_disk / "course"
    subprocess.run(["cp", "-r", str(course.root), str(root)], check=True)
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(os.urandom(4_000_000))
    assert main(["grade", kit.ASSIGNMENT, "--course", str(root)]) == 2
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1 and ("full" in said or "No space left" in said)
    ballast.unlink()
    assert main(["grade", kit.ASSIGNMENT, "--course", str(root)]) == 0
    assert len(grade(course)) == 3
    assert kit.gradebook_rows(root) == kit.gradebook_rows(course.root)
