"""`autograder check`, `autograder doctor` and the notebook's last cell: the same verdict, for a person and for a
program.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import judge_fixtures as fx
import pytest

import autograder
from autograder.cli import main
from autograder.judge import check_file, sandbox
from autograder.judge.notebook_check import unsaved
from autograder.judge.present import as_html, as_text


@pytest.fixture
def source(tmp_path: Path) -> Path:
    fx.write(tmp_path / "source" / "squares" / "exercises.ipynb", fx.squares())
    return tmp_path / "source"


def handed_in(tmp_path: Path, **answers: str) -> Path:
    given = {**fx.RIGHT, **{f"{name}-answer": text for name, text in answers.items()}}
    return fx.write(tmp_path / "my answers (1).ipynb", fx.submitted(fx.squares(), given))


def test_right_answers_end_with_0_and_say_what_a_person_marks(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(handed_in(tmp_path)), "--source", str(source)]) == 0
    out = capsys.readouterr().out
    assert "squares / exercises: 7 of 7 points; 4 more for 1 answer that a person marks." in out
    assert "square      2 / 2  right" in out and "essay       – / 4  marked by hand" in out


def test_json_is_the_verdict_and_nothing_else(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = handed_in(tmp_path, cube="cube = 8")
    assert main(["check", str(path), "--source", str(source), "--json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed == check_file(path, [source]).as_dict()
    assert list(printed) == ["assignment", "notebook", "status", "points", "max_points", "items", "findings"]
    assert printed["points"] == 5 and printed["items"][2]["status"] == "failed"


def test_no_file_and_no_notebook_end_with_2(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{")
    for path, status, words in (
        (tmp_path / "none.ipynb", "missing", "no file none.ipynb"),
        (broken, "error", "damaged"),
    ):
        assert main(["check", str(path), "--source", str(source)]) == 2
        printed = capsys.readouterr()
        assert printed.out == "" and words in printed.err and printed.err.count("\n") == 1
        assert main(["check", str(path), "--source", str(source), "--json"]) == 2
        verdict = json.loads(capsys.readouterr().out)
        assert verdict["status"] == status and verdict["points"] is None and verdict["items"] == []


def test_a_notebook_nothing_is_known_about_is_a_sentence(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = fx.write(tmp_path / "x.ipynb", fx.notebook(fx.cell("1 + 1"), assignment=None))
    assert main(["check", str(path), "--source", str(source)]) == 2
    assert "No assignment fits this notebook" in capsys.readouterr().err


def test_a_lesson_has_nothing_to_grade(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lesson = fx.notebook(fx.cell("# A lesson", kind="markdown"), name="lesson")
    fx.write(source / "squares" / "lesson.ipynb", lesson)
    assert main(["check", str(fx.write(tmp_path / "lesson.ipynb", lesson)), "--source", str(source)]) == 2
    assert "Nothing in lesson.ipynb is graded" in capsys.readouterr().err


def test_usage_ends_with_2() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", "check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "NOTEBOOK" in done.stderr.upper()
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", "check", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "Example:" in done.stdout


def test_a_terminal_without_the_letters_still_gets_an_answer(source: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "autograder.cli", "check", str(handed_in(tmp_path)), "--source", str(source)]
    done = subprocess.run(
        command, capture_output=True, env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}, check=False
    )
    assert done.returncode == 0 and b"7 of 7 points" in done.stdout


def test_the_same_verdict_without_isolation_which_is_said(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = handed_in(tmp_path, cube="cube = 8", root="import os; os._exit(1)")
    isolated = check_file(path, [source], sandbox="bubblewrap") if sandbox.available() else None
    monkeypatch.setattr(sandbox, "why_not", lambda: "There is none here.")
    assert main(["check", str(path), "--source", str(source)]) == 1
    assert "Run without isolation" in capsys.readouterr().out
    plain = check_file(path, [source])
    assert plain.isolation == "none"
    assert isolated is None or plain.as_dict() == isolated.as_dict()


def test_what_is_shown_holds_no_markup_of_the_submissions(source: Path, tmp_path: Path) -> None:
    result = check_file(handed_in(tmp_path, cube="raise ValueError('<script>alert(1)</script>')"), [source])
    assert "<script>" in as_text(result)
    assert "<script" not in as_html(result) and "&lt;script&gt;" in as_html(result)
    for item in result.items:
        assert item.message.split()[0] in as_html(result) and item.id in as_text(result)


# --- the notebook's last cell ------------------------------------------------------------------------------------


def run_last_cell(folder: Path, answer: str, *, source: Path) -> str:
    """What a real kernel shows for the last cell after `answer` was run in it; cwd is the notebook's folder."""
    import nbformat
    from nbclient import NotebookClient

    patched = (
        "from pathlib import Path\nfrom autograder.judge import master\n"
        f"master.assignment_folders = lambda: (Path({str(source)!r}),)"
    )
    cells = [
        nbformat.v4.new_code_cell(text)
        for text in (patched, answer, 'import autograder\nautograder.check_notebook("exercises.ipynb")')
    ]
    client = NotebookClient(
        nbformat.v4.new_notebook(cells=cells), timeout=120, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    (shown,) = client.nb.cells[-1].outputs
    assert "<table>" in shown["data"]["text/html"]
    return str(shown["data"]["text/plain"])


def test_the_last_cell_shows_the_verdict_on_the_saved_file(source: Path, tmp_path: Path) -> None:
    fx.write(tmp_path / "exercises.ipynb", fx.submitted(fx.squares(), {**fx.RIGHT, "cube-answer": "cube = 8"}))
    assert run_last_cell(tmp_path, "cube = 8", source=source) == as_text(
        check_file(tmp_path / "exercises.ipynb", [source])
    )
    unsaved_too = run_last_cell(tmp_path, "cube = 27", source=source)
    assert unsaved_too.startswith("What you last ran for cube is not what the saved file holds: save with Ctrl+S")
    assert "5 of 7 points" in unsaved_too


def test_unsaved_work_is_told_by_what_was_run_last(tmp_path: Path) -> None:
    path = fx.write(tmp_path / "exercises.ipynb", fx.submitted(fx.squares(), fx.RIGHT))
    saved = list(fx.RIGHT.values())
    assert unsaved(path, []) is None
    assert unsaved(path, ["cube = 1", *saved, "print(cube)"]) is None
    assert unsaved(path, [*saved, "cube = 1"]) is not None
    assert unsaved(tmp_path / "none.ipynb", saved) is None


def test_the_last_cell_does_nothing_while_the_notebook_is_judged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AUTOGRADER_JUDGING", "1")
    autograder.check_notebook("nowhere.ipynb")
    assert capsys.readouterr().out == ""


# --- doctor ------------------------------------------------------------------------------------------------------


def test_doctor_tells_what_protects_and_what_does_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    for words in (
        "Python 3",
        "nbgrader",
        "Bubblewrap works.",
        "Isolated:",
        "Not protected:",
        "process of their own",
        "Stock `nbgrader autograde`",
        "01-methamphetamine-pharmacology",
    ):
        assert words in out
    monkeypatch.setattr(sandbox, "why_not", lambda: "Bubblewrap is not installed; install it.")
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "Bubblewrap is not installed" in out and "Not isolated:" in out and "--not-isolated" in out


def test_doctor_says_when_landlock_takes_the_place_of_bubblewrap(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "why_no_bubblewrap", lambda: "Bubblewrap cannot make a sandbox here.")
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    for words in ("Bubblewrap cannot make a sandbox here.", "Landlock works", "Isolated by Landlock", "Not protected"):
        assert words in out
    assert "Bubblewrap works" not in out


def test_a_reader_that_stops_early_hears_no_complaint(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m autograder.cli doctor | true'
    ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert ended.stderr == ""
