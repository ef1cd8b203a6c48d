"""A test that says something else in grading than in a notebook, or fails its own solution, is not released."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import judge_fixtures as fx
import pytest

from autograder.cli import main
from autograder.judge import load_master
from autograder.judge.reference import disagreements

CLOCK = (
    "import time\n### BEGIN SOLUTION\ndef now():\n    return time.time()\n### END SOLUTION",
    "from unittest import mock\nwith mock.patch('time.time', return_value=5):\n"
    "    assert now() == 5, 'the clock says 5'",
)
WRONG = ("### BEGIN SOLUTION\ncube = 8\n### END SOLUTION", "assert cube == 27, 'the cube of three'")
SOUND = ("### BEGIN SOLUTION\ncube = 27\n### END SOLUTION", "assert cube == 27")


def source(folder: Path, **items: tuple[str, str]) -> Path:
    cells = []
    for name, (solution, test) in items.items():
        cells += [fx.answer(name, solution), fx.test_cell(name, test)]
    return fx.write(folder / "squares" / "exercises.ipynb", fx.notebook(*cells))


def test_each_kind_of_fault_is_named_with_what_both_ways_say(tmp_path: Path) -> None:
    found, troubles = disagreements(load_master(source(tmp_path, clock=CLOCK, wrong=WRONG, sound=SOUND)))
    assert [(each.item, each.alone, each.split) for each in found] == [
        ("clock", "right", "the clock says 5"),
        ("wrong", "the cube of three", "the cube of three"),
    ]
    assert "in one notebook" in str(found[0]) and "does not pass its own test" in str(found[1]) and not troubles


def test_the_command_shows_the_test_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, output = source(tmp_path, clock=CLOCK, sound=SOUND), tmp_path / "released.ipynb"
    assert main(["release", str(path), "--output", str(output)]) == 1
    said = capsys.readouterr().err
    assert "clock: " in said and "1 test to mend; nothing was written." in said and "sound" not in said
    assert not output.exists()
    assert main(["release", str(source(tmp_path, sound=SOUND)), "--output", str(output)]) == 0
    assert "cube = 27" not in output.read_text()


def test_stock_generate_assignment_refuses_it_too(tmp_path: Path) -> None:
    course = tmp_path / "course"
    assert main(["init", str(course)]) == 0
    source(course / "source", clock=CLOCK)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    generate = [sys.executable, "-m", "nbgrader", "generate_assignment", "squares"]
    done = subprocess.run(generate, cwd=course, capture_output=True, text=True, env={**os.environ, "PATH": path})
    assert done.returncode != 0 and "the clock says 5" in done.stderr and "is not released" in done.stderr
    assert not list((course / "release" / "squares").glob("*.ipynb"))
    source(course / "source", sound=SOUND)
    done = subprocess.run(generate, cwd=course, capture_output=True, text=True, env={**os.environ, "PATH": path})
    assert done.returncode == 0 and (course / "release" / "squares" / "exercises.ipynb").exists()
