"""Stock `nbgrader autograde` in a course directory of ours: the verdicts of `autograder grade`, or nothing at all."""

import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import classroom_kit as kit
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI

from autograder.classroom.course_directory import CourseDirectory, open_course
from autograder.cli import main

AUTOGRADE = ("autograde", kit.ASSIGNMENT)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    return kit.make_course(tmp_path, monkeypatch)


def nbgrader(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real command, typed in the course directory."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = {"capture_output": True, "text": True, "timeout": 200, "check": False}
    return subprocess.run(command, cwd=root, env=os.environ | environment, **done)  # type: ignore[call-overload,no-any-return]


def configure(course: CourseDirectory, *lines: str) -> None:
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("\n".join(["", *lines, ""]))


def same_class(root: Path) -> dict[str, Any]:
    """What grading left in `autograded/`, without how long it took."""
    files: dict[str, Any] = {}
    for name, content in kit.tree(root / "autograded").items():
        files[name] = content
        if name.endswith("verdicts.json"):
            files[name] = json.loads(content)
            for notebook in files[name]["notebooks"].values():
                assert notebook.pop("seconds") > 0
    return files


def scores(course: CourseDirectory) -> dict[str, float]:
    """Student → points in the gradebook; who has no row is not there."""
    with Gradebook(course.db_url, course.course_id) as book:
        return {each.student.id: each.score for each in book.find_assignment(kit.ASSIGNMENT).submissions}


def edited(course: CourseDirectory, change: Any) -> bytes:
    """The right answers in a notebook that `change` has been at."""
    notebook = json.loads(kit.answered(course, kit.all_right()))
    change(notebook)
    return json.dumps(notebook).encode()


def broken_class(course: CourseDirectory) -> None:
    """Right and wrong answers among files that stop or mislead stock nbgrader."""

    def cell(notebook: Any, name: str) -> Any:
        return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name)

    kit.hand_in(course, "ana", kit.all_right())
    kit.hand_in(course, "ben", {**kit.all_right(), "q1-answer": "a = 4", "q2-answer": "def double(x):\n    return 3"})
    kit.hand_in(course, "cleo", {**kit.all_right(), "q2-answer": "def double(x):\n    return 2 * abs(x)"})
    kit.hand_in(course, "dup", edited(course, lambda n: n["cells"].append(dict(cell(n, "q2"), id="again"))))
    kit.hand_in(
        course, "future", edited(course, lambda n: cell(n, "q1")["metadata"]["nbgrader"].update(schema_version=99))
    )
    kit.hand_in(course, "gone", edited(course, lambda n: n["cells"].remove(cell(n, "q2"))))
    kit.hand_in(course, "huge", edited(course, lambda n: n["metadata"].update(ballast="x" * 21_000_000)))
    kit.hand_in(course, "invalid", b'{"cells": [')
    kit.hand_in(course, "old", b'{"nbformat": 2, "nbformat_minor": 0, "metadata": {}, "worksheets": []}')
    kit.hand_in(course, "renamed", kit.all_right(), name="exercises (1).ipynb")
    kit.hand_in(course, "tagged", edited(course, lambda n: cell(n, "q1")["metadata"].update(tags=["skip-execution"])))
    kit.hand_in(course, "undated", kit.all_right(), at="some day")
    link = kit.hand_in(course, "link", kit.all_right()) / "exercises.ipynb"
    link.unlink()
    link.symlink_to("/etc/hostname")


def test_both_entries_say_the_same_and_one_broken_file_stops_nobody(course: CourseDirectory, tmp_path: Path) -> None:
    broken_class(course)
    configure(course, "c.LateSubmissionPlugin.penalty_method = 'zero'")
    with Gradebook(course.db_url, course.course_id) as book:
        book.update_or_create_assignment(kit.ASSIGNMENT, duedate="2026-03-01 09:00:00 UTC")
        book.add_student("absent")
    kit.hand_in(course, "early", kit.all_right(), at="2026-03-01 08:00:00 UTC")
    stock = open_course(Path(shutil.copytree(course.root, tmp_path / "stock", symlinks=True)))
    assert main(["grade", kit.ASSIGNMENT, "--course", str(course.root)]) == 1
    done = nbgrader(stock.root, *AUTOGRADE)
    assert done.returncode == 1
    assert "No verdict for huge, invalid, link, old: see above." in done.stderr
    assert kit.gradebook_rows(stock.root) == kit.gradebook_rows(course.root)
    assert same_class(stock.root) == same_class(course.root)
    right = dict.fromkeys(("ana", "dup", "early", "future", "gone", "renamed", "tagged", "undated"), 6.0)
    assert scores(stock) == right | {"ben": 0.0, "cleo": 5.0}
    rows = kit.gradebook_rows(stock.root)
    penalties = {row[1]: row[-1] for row in rows if row[0] == "submission" and row[5] == "exercises"}
    assert (penalties["ana"], penalties["early"]) == (6.0, None)
    assert any(row[:2] == ("comment", "ben") and "You doubled the dose" in str(row[4]) for row in rows)


def test_an_honest_class_is_exit_code_0_and_a_second_run_changes_nothing(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    kit.hand_in(course, "ben", {"q1-answer": "a = 4"})
    first = nbgrader(course.root, *AUTOGRADE)
    assert first.returncode == 0, first.stderr
    assert "2/2" in first.stderr and "2 graded; 1 answer" in first.stderr
    before = kit.tree(course.root), kit.gradebook_rows(course.root)
    assert nbgrader(course.root, *AUTOGRADE).returncode == 0
    after = kit.tree(course.root)
    assert {name for name in after if after[name] != before[0].get(name)} <= {"gradebook.db", "grade-runs.jsonl"}
    assert kit.gradebook_rows(course.root) == before[1]
    logged = (course.root / "grade-runs.jsonl").read_text("utf-8")
    assert logged.count('"by": "nbgrader"') == 2 and '"isolation"' in logged


def test_force_judges_again_and_leaves_the_marks_of_people(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    assert nbgrader(course.root, *AUTOGRADE).returncode == 0
    with Gradebook(course.db_url, course.course_id) as book:
        mark = book.find_grade("f1", "exercises", kit.ASSIGNMENT, "ana")
        mark.manual_score, mark.needs_manual_grade = 2.5, False
        book.db.commit()
    verdicts = course.root / "autograded/ana" / kit.ASSIGNMENT / "verdicts.json"
    told = verdicts.read_text("utf-8")
    verdicts.chmod(0o644)
    verdicts.write_text(told.replace("Two.", "Kept from before."), encoding="utf-8")
    assert nbgrader(course.root, *AUTOGRADE).returncode == 0
    assert "Kept from before." in verdicts.read_text("utf-8")
    assert nbgrader(course.root, *AUTOGRADE, "--force").returncode == 0
    assert "Kept from before." not in verdicts.read_text("utf-8")
    assert scores(course) == {"ana": 8.5}
    notebook = verdicts.with_name("exercises.ipynb")
    assert notebook.stat().st_mode & 0o777 == 0o444


def test_the_students_asked_for_and_no_others(course: CourseDirectory) -> None:
    for student in ("ana", "anders", "ben", "cleo"):
        kit.hand_in(course, student, kit.all_right())
    assert nbgrader(course.root, *AUTOGRADE, "--student", "an*").returncode == 0
    assert set(scores(course)) == {"ana", "anders"}
    exclude = "--CourseDirectory.student_id_exclude=cleo"
    refused = nbgrader(course.root, *AUTOGRADE, exclude, "--Autograde.create_student=False")
    assert refused.returncode == 1
    assert "No student with ID 'ben' exists in the database" in refused.stderr
    assert set(scores(course)) == {"ana", "anders"}
    assert nbgrader(course.root, *AUTOGRADE, exclude).returncode == 0
    assert set(scores(course)) == {"ana", "anders", "ben"}
    nobody = nbgrader(course.root, *AUTOGRADE, "--student", "zoe")
    assert nobody.returncode == 1 and "zoe" in nobody.stderr


def test_the_database_named_on_the_command_line_gets_the_grades(course: CourseDirectory, tmp_path: Path) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    other = Path(shutil.copy(course.root / "gradebook.db", tmp_path / "other.db"))
    assert nbgrader(course.root, *AUTOGRADE, "--db", f"sqlite:///{other}").returncode == 0
    assert scores(course) == {}
    with Gradebook(f"sqlite:///{other}") as book:
        assert book.find_submission(kit.ASSIGNMENT, "ana").score == 6.0


def test_support_files_stand_beside_the_notebook_and_none_of_them_can_be_a_page(course: CourseDirectory) -> None:
    folder = kit.hand_in(course, "ana", kit.all_right())
    source = course.root / "source" / kit.ASSIGNMENT
    (source / "data.csv").write_text("course", encoding="utf-8")
    (source / "helper.py").write_text("course", encoding="utf-8")
    for name in ("data.csv", "helper.py", "plot.png", "notes.html", "plot.svg", "page.xhtml", "verdicts.json"):
        (folder / name).write_text("student", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "more.txt").write_text("student", encoding="utf-8")
    (folder / "host.txt").symlink_to("/etc/hostname")
    (folder / "etc").symlink_to("/etc")
    configure(course, f"c.Autograde.exclude_overwriting = {{{kit.ASSIGNMENT!r}: ['helper.py']}}")
    assert nbgrader(course.root, *AUTOGRADE).returncode == 0
    found = kit.tree(course.root / "autograded/ana" / kit.ASSIGNMENT)
    assert set(found) == {
        *("exercises.ipynb", "timestamp.txt", "verdicts.json"),
        *("data.csv", "helper.py", "plot.png", "sub/more.txt"),
    }
    assert (found["data.csv"], found["helper.py"]) == (b"course", b"student")
    assert json.loads(found["verdicts.json"])["status"] == "graded"


def test_the_hooks_of_the_instructor_are_called(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    configure(
        course,
        "def hook(**about):",
        "    with open(here / 'hooked', 'a') as file:",
        "        file.write(str(about) + '\\n')",
        "c.Autograde.pre_convert_hook = c.Autograde.post_convert_hook = hook",
    )
    assert nbgrader(course.root, *AUTOGRADE).returncode == 0
    said = (course.root / "hooked").read_text("utf-8").splitlines()
    assert len(said) == 2
    assert all(f"'assignment': '{kit.ASSIGNMENT}'" in line and "ana" in line for line in said)


def test_formgraders_button_is_the_same_judge(course: CourseDirectory, tmp_path: Path) -> None:
    broken_class(course)
    button = open_course(Path(shutil.copytree(course.root, tmp_path / "button", symlinks=True)))
    main(["grade", kit.ASSIGNMENT, "--course", str(course.root)])
    api = NbGraderAPI(button.app.coursedir, parent=button.app)
    said = {student: api.autograde(kit.ASSIGNMENT, student) for student in button.students_with_folders(kit.ASSIGNMENT)}
    assert {student for student, one in said.items() if not one["success"]} == {"huge", "invalid", "link", "old"}
    assert "exercises.ipynb is damaged" in said["invalid"]["log"]
    assert kit.gradebook_rows(button.root) == kit.gradebook_rows(course.root)
    assert same_class(button.root) == same_class(course.root)


# --- nothing runs unprotected -------------------------------------------------------------------------------------

OTHER = "c.Autograde.exporter_class = 'nbconvert.exporters.NotebookExporter'"
NO_SANDBOX = (
    "import autograder.judge.sandbox as sandbox",
    "sandbox.default = lambda: 'none'",
    "sandbox.why_not = lambda: 'Nothing isolates here.'",
)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["import no_such_module_anywhere"], "does not load (ModuleNotFoundError"),
        (["c = get_config("], "does not load (SyntaxError"),
        (["c.CourseDirectory.ignore = 3"], "'ignore'"),
        ([OTHER], "sets Autograde.exporter_class to something else"),
        ([OTHER, "c.Autograde.sanitize_preprocessors = c.Autograde.autograde_preprocessors = []"], "something else"),
        (["c.Autograde.exporter_class = 'autograder.nbgrader_plugin.autograde.NoSuch'"], "could not be imported"),
        (["c.CourseDirectory.directory_structure = '{nbgrader_step}/{assignment_id}/{student_id}'"], "07-tiny"),
        (["c.HTMLExporter.preprocessors = []"], "leaves autograder.nbgrader_plugin.pages.HarmlessPage out"),
        (NO_SANDBOX, "set c.JudgedClass.not_isolated = True"),
        (None, "it has no nbgrader_config.py"),
    ],
)
def test_what_does_not_load_or_was_taken_out_stops_the_run(
    course: CourseDirectory, tmp_path: Path, lines: list[str] | None, sentence: str
) -> None:
    escaped = tmp_path / "escaped"
    kit.hand_in(course, "eve", {"q1-answer": f"open({str(escaped)!r}, 'w').close()\na = 2"})
    if lines is None:
        (course.root / "nbgrader_config.py").unlink()
    else:
        configure(course, *lines)
    before = kit.tree(course.root)
    done = nbgrader(course.root, *AUTOGRADE)
    assert done.returncode != 0
    assert sentence in done.stderr.strip().splitlines()[-1], done.stderr
    assert kit.tree(course.root) == before
    assert not escaped.exists()


@pytest.mark.parametrize("line", [OTHER, "c.HTMLExporter.preprocessors = []"])
def test_our_own_commands_say_it_too(course: CourseDirectory, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    configure(course, line)
    assert main(["grade", kit.ASSIGNMENT, "--course", str(course.root)]) == 2
    assert "leaves autograder.nbgrader_plugin." in capsys.readouterr().err
    assert not (course.root / "autograded").exists()


def test_more_preprocessors_beside_ours_are_welcome(course: CourseDirectory) -> None:
    configure(course, "c.HTMLExporter.preprocessors.append('nbconvert.preprocessors.TagRemovePreprocessor')")
    assert open_course(course.root).root == course.root


def test_who_accepts_no_isolation_says_so_in_the_configuration(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    configure(course, *NO_SANDBOX, "c.JudgedClass.not_isolated = True")
    done = nbgrader(course.root, *AUTOGRADE, "--no-execute")
    assert done.returncode == 0, done.stderr
    assert "Not isolated: the submissions run as ordinary programs" in done.stderr
    assert "--no-execute is not followed" in done.stderr
    assert scores(course) == {"ana": 6.0}


def test_a_line_taken_out_of_the_configuration_changes_nothing(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    config = course.root / "nbgrader_config.py"
    kept = [line for line in config.read_text("utf-8").splitlines() if "exporter_class" not in line]
    config.write_text("\n".join(kept), encoding="utf-8")
    assert nbgrader(course.root, *AUTOGRADE).returncode == 0
    assert (course.root / "autograded/ana" / kit.ASSIGNMENT / "verdicts.json").exists()


def test_without_the_environments_configuration_the_courses_own_suffices(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    assert nbgrader(course.root, *AUTOGRADE, JUPYTER_NO_CONFIG="1").returncode == 0
    assert (course.root / "autograded/ana" / kit.ASSIGNMENT / "verdicts.json").exists()


def test_the_environments_configuration_is_installed_with_the_package() -> None:
    installed = {Path(str(file.locate())).resolve() for file in metadata.files("relapse-to-recovery") or ()}
    wanted = Path(sys.prefix).resolve() / "etc/jupyter/nbgrader_config.json"
    assert wanted in installed and wanted.is_file(), "run `make install` again"


def test_a_course_that_is_not_ours_is_left_to_nbgrader_and_can_be_graded_by_us(
    course: CourseDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    (course.root / ".autograder").unlink()
    (course.root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'theirs'\n", encoding="utf-8"
    )
    done = nbgrader(course.root, *AUTOGRADE)
    assert done.returncode == 0, done.stderr
    graded = course.root / "autograded/ana" / kit.ASSIGNMENT
    assert (graded / "exercises.ipynb").exists() and not (graded / "verdicts.json").exists()
    assert "Autograding" in done.stderr
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "1")
    assert main(["grade", kit.ASSIGNMENT, "--course", str(course.root)]) == 0
    assert (graded / "verdicts.json").exists()


def test_doctor_says_when_stock_autograding_is_not_protected() -> None:
    command = [sys.executable, "-m", "autograder.cli", "doctor"]
    bare = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"JUPYTER_NO_CONFIG": "1"}, check=False
    )
    assert bare.returncode == 1
    assert "run submissions unprotected, as you" in bare.stdout
    assert "use this judge in the course directories" in subprocess.run(command, capture_output=True, text=True).stdout
