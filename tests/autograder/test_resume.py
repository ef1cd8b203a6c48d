"""Stopping anywhere and going on; one run at a time; the log of runs."""

import itertools
import json
import os
import pkgutil
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import classroom_kit as kit
import pytest

from autograder.classroom import run_log
from autograder.classroom.course_directory import CourseDirectory, open_course
from autograder.classroom.grade import prepare
from autograder.cli import main
from autograder.judge import sandbox

sys.path.insert(0, str(Path(__file__).parents[1] / "soak"))
import kill_nine

ENDLESS = {"q1-answer": "while True:\n    pass"}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    return kit.make_course(tmp_path, monkeypatch)


def command(course: CourseDirectory, *options: str) -> list[str]:
    return [sys.executable, "-m", "autograder.cli", "grade", kit.ASSIGNMENT, "--course", str(course.root), *options]


@pytest.fixture
def endless(course: CourseDirectory) -> Iterator["subprocess.Popen[str]"]:
    """A run that has graded `a-first` and is busy with a submission that loops."""
    kit.hand_in(course, "a-first", kit.all_right())
    kit.hand_in(course, "b-endless", ENDLESS)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(
        command(course), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert running.stdout is not None
    assert running.stdout.readline().startswith("1/2  a-first")
    yield running
    running.kill()
    running.communicate()


def log(course: CourseDirectory) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (course.root / run_log.NAME).read_text("utf-8").splitlines()]


def test_killed_at_random_moments_the_gradebook_is_the_same_in_the_end(tmp_path: Path) -> None:
    killed = kill_nine.soak(12, seed=1, folder=tmp_path, students=10)
    assert killed.total() == 12 and set(killed) == {"coordinator", "sandbox", "pair"}


class Crash(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    "place", ["gradebook_rows.Table.complete", "gradebook_rows.Table.change", "writer.write_if_changed"]
)
def test_stopped_at_each_write_in_turn_the_next_run_completes_it(
    course: CourseDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    for student in ("ana", "ben", "cem"):
        kit.hand_in(course, student, {**kit.all_right(), "q1-answer": f"a = {len(student)}"})
    fresh, undisturbed = tmp_path / "fresh", tmp_path / "undisturbed"
    shutil.copytree(course.root, fresh)
    shutil.copytree(course.root, undisturbed)
    list(prepare(open_course(undisturbed), kit.ASSIGNMENT).rows())
    owner_name, _, name = f"autograder.classroom.{place}".rpartition(".")
    owner = pkgutil.resolve_name(owner_name)
    write, crashed = getattr(owner, name), []
    for at in range(0, 7, 2):
        root, calls = tmp_path / f"crash{at}", itertools.count()
        shutil.copytree(fresh, root)

        def crashing(*args: Any, at: int = at, calls: Iterator[int] = calls) -> Any:
            if next(calls) == at:
                raise Crash
            return write(*args)

        monkeypatch.setattr(owner, name, crashing)
        try:
            list(prepare(open_course(root), kit.ASSIGNMENT).rows())
        except Crash:
            crashed.append(at)
        monkeypatch.undo()
        list(prepare(open_course(root), kit.ASSIGNMENT).rows())
        assert kill_nine.outcome(root) == kill_nine.outcome(undisturbed)
    assert len(crashed) >= 2


def test_a_run_goes_on_where_the_killed_one_stopped(
    course: CourseDirectory, endless: "subprocess.Popen[str]", capsys: pytest.CaptureFixture[str]
) -> None:
    os.kill(endless.pid, signal.SIGKILL)
    endless.wait()
    kit.hand_in(course, "b-endless", kit.all_right())
    assert main(command(course)[3:]) == 0
    assert "3 items judged anew, 3 kept from earlier runs" in capsys.readouterr().out
    events = [(line["event"], line.get("finished")) for line in log(course)]
    assert events == [("start", None), ("start", None), ("end", True)], "the killed run has no end"


def test_a_second_run_at_the_same_time_says_so_and_stops(
    course: CourseDirectory, endless: "subprocess.Popen[str]"
) -> None:
    before = kit.gradebook_rows(course.root)
    second = subprocess.run(command(course), capture_output=True, text=True, check=False, timeout=60)
    assert second.returncode == 2
    sentence = f"Another `autograder grade` is at work in {course.root}: wait until it ends, or stop it first."
    assert second.stderr.strip() == f"autograder: {sentence}"
    assert second.stdout == "" and kit.gradebook_rows(course.root) == before
    assert len(log(course)) == 1


def test_control_c_in_the_middle_is_in_the_log(course: CourseDirectory, endless: "subprocess.Popen[str]") -> None:
    endless.send_signal(signal.SIGINT)
    _, said = endless.communicate(timeout=20)
    assert said.strip() == "Stopped. 1 of 2 students are saved; the same command goes on from there."
    start, end = log(course)
    assert (end["finished"], end["students"]) == (False, {"graded": 1})
    assert start["run"] == end["run"]


def test_every_run_records_what_protected_and_what_judged(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    kit.hand_in(course, "ben", {"q1-answer": "a = 4"})
    kit.hand_in(course, "broken", b"{")
    main(command(course, "--workers", "1")[3:])
    main(command(course, "--student", "ana", "--fresh")[3:])
    first, first_end, second, second_end = log(course)
    assert (first["isolation"], first["workers"], first["assignment"]) == (sandbox.default(), 1, kit.ASSIGNMENT)
    assert first["limits"]["cell_seconds"] == 10.0 and first["versions"]["python"]
    assert first_end["students"] == {"graded": 2, "error": 1}
    assert (first_end["items_judged"], first_end["items_kept"]) == (6, 0)
    assert (second["only"], second["fresh"], second["students"]) == (["ana"], True, 1)
    assert second_end["finished"] is True
    assert second["workers"] == len(os.sched_getaffinity(0)), "one per core where nothing else is asked for"


def test_a_line_that_a_power_failure_cut_stays_by_itself(course: CourseDirectory) -> None:
    (course.root / run_log.NAME).write_bytes(b'{"run": "cut')
    kit.hand_in(course, "ana", kit.all_right())
    assert main(command(course)[3:]) == 0
    lines = (course.root / run_log.NAME).read_text("utf-8").splitlines()
    assert lines[0] == '{"run": "cut'
    assert [json.loads(line)["event"] for line in lines[1:]] == ["start", "end"]


def test_stock_feedback_copies_neither_the_log_nor_the_record_to_students(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    assert main(command(course)[3:]) == 0
    stock = [sys.executable, "-m", "nbgrader", "generate_feedback", kit.ASSIGNMENT]
    subprocess.run(stock, cwd=course.root, check=True, capture_output=True, timeout=120)
    handed_back = kit.tree(course.root / "feedback")
    assert {Path(name).name for name in handed_back} == {"exercises.html", "timestamp.txt"}
    assert not any(sandbox.default().encode() in content for content in handed_back.values())
