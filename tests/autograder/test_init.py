"""`autograder init`: a stock nbgrader course directory that stock nbgrader reads, and that nothing overwrites."""

import os
import subprocess
import sys
from pathlib import Path

import classroom_kit as kit
import pytest
from nbgrader.apps.api import NbGraderAPI
from small_disk import small_disk

from autograder.classroom.course_directory import CourseDirectory, open_course
from autograder.classroom.init import init_course
from autograder.cli import main
from autograder.errors import CannotRun

__all__ = ["small_disk"]  # a fixture, used by name


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny module offered, no course directory yet."""
    kit.write_module(tmp_path / "modules")
    kit.offer(monkeypatch, tmp_path / "modules")
    return tmp_path / "modules"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    """A course directory as `init` made it."""
    return kit.make_course(tmp_path, monkeypatch)


def test_a_course_directory_holds_what_stock_nbgrader_expects_and_its_mark(tmp_path: Path, modules: Path) -> None:
    assert init_course(tmp_path / "my class", say=lambda line: None).course_id == "my class"
    assert set(kit.tree(tmp_path / "my class")) == {
        ".autograder",
        "nbgrader_config.py",
        "gradebook.db",
        "source/07-tiny/exercises.ipynb",
        "source/07-tiny/lesson.ipynb",
        "release/07-tiny/exercises.ipynb",
        "release/07-tiny/lesson.ipynb",
    }
    assert (tmp_path / "my class" / "exchange").is_dir()


def test_the_release_holds_no_solution_hidden_test_mark_scheme_or_instructor_note(course: CourseDirectory) -> None:
    source = (course.root / "source/07-tiny/exercises.ipynb").read_text(encoding="utf-8")
    release = (course.root / "release/07-tiny/exercises.ipynb").read_text(encoding="utf-8")
    assert all(canary in source for canary in kit.CANARIES)
    assert not any(canary in release for canary in kit.CANARIES)
    assert "NotImplementedError" not in release


def test_formgraders_api_sees_the_assignment_and_a_working_exchange(course: CourseDirectory) -> None:
    api = NbGraderAPI(course.app.coursedir, parent=course.app)
    assignment = api.get_assignment("07-tiny")
    assert (assignment["max_score"], assignment["status"], assignment["releaseable"]) == (9.0, "draft", True)
    assert course.course_id == "tiny"
    assert not api.exchange_missing


def test_stock_nbgrader_reads_the_configuration_without_a_warning(course: CourseDirectory) -> None:
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "07-tiny", "--force"]
    before = kit.tree(course.root)
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr.replace("[GenerateAssignmentApp | WARNING] Removing existing assignment", "")
    after = kit.tree(course.root)
    assert {name for name in after if after[name] != before[name]} <= {"gradebook.db"}


def test_a_second_init_changes_nothing_and_says_nothing(course: CourseDirectory) -> None:
    before = kit.tree(course.root)
    said: list[str] = []
    init_course(course.root, say=said.append)
    assert kit.tree(course.root) == before
    assert said == []


def test_what_an_instructor_changed_is_kept_and_named(course: CourseDirectory) -> None:
    root = course.root
    mine = "# my own\nc = get_config()\nc.CourseDirectory.course_id = 'mine'\n"
    (root / "nbgrader_config.py").write_text(mine, encoding="utf-8")
    (root / "source/07-tiny/lesson.ipynb").write_text("{}", encoding="utf-8")
    (root / "source/07-tiny/exercises.ipynb").unlink()
    said: list[str] = []
    init_course(root, course_id="theirs", say=said.append)
    assert (root / "nbgrader_config.py").read_text(encoding="utf-8") == mine
    assert (root / "source/07-tiny/lesson.ipynb").read_text(encoding="utf-8") == "{}"
    assert said == [
        "nbgrader_config.py: names another course than 'theirs'; left as it is",
        "source/07-tiny/exercises.ipynb: copied",
        "source/07-tiny/lesson.ipynb: differs from the installed course; left as it is",
    ]


def test_a_file_in_the_way_is_one_sentence(tmp_path: Path, modules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert main(["init", str(tmp_path / "file")]) == 2
    assert main(["init", str(tmp_path / "file" / "below")]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("autograder: ") for line in lines)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


def test_a_configuration_that_does_not_load_stops_everything(course: CourseDirectory) -> None:
    config = course.root / "nbgrader_config.py"
    wrong_type = "c = get_config()\nc.CourseDirectory.ignore = 3\n"
    for broken in ("import no_such_module_anywhere\n", "c = get_config(\n", wrong_type):
        config.write_text(broken, encoding="utf-8")
        with pytest.raises(CannotRun, match="does not load"):
            open_course(course.root)


def test_a_full_disk_is_one_sentence_and_a_second_run_completes(
    small_disk: Path, modules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(os.urandom(4_000_000))
    assert main(["init", str(small_disk / "class")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not list(small_disk.rglob("*.part"))
    ballast.unlink()
    assert main(["init", str(small_disk / "class")]) == 0
    assert (small_disk / "class/release/07-tiny/exercises.ipynb").exists()
