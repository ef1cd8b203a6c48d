"""The same assignment for otter-grader: its environment, its tests and notebooks, and the scores it writes."""

import builtins
import hashlib
import json
import subprocess
import symtable
import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

from benchmarks.assignments import (
    Assignment,
    Grades,
    Notebook,
    Submission,
    filled_in,
    grade_id_of,
    source_of,
    without_solutions,
)

_HERE = Path(__file__).resolve().parent
_VENV = _HERE / ".venv-otter"
_LOCK = _HERE / "otter.lock"

_TEST = """\
OK_FORMAT = False

from otter.test_files import test_case

name = {item!r}
points = {points!r}

@test_case(points={points!r}, hidden=True)
def test({names}):
{body}
"""


def python() -> str:
    """The Python of otter's own environment, made from `otter.lock` when it is not there yet."""
    interpreter = str(_VENV / "bin" / "python")
    done = _VENV / "installed"
    wanted = hashlib.sha256(_LOCK.read_bytes()).hexdigest()
    if not done.exists() or done.read_text() != wanted:
        print("Installing otter-grader into benchmarks/.venv-otter …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", _VENV], check=True)
        install = [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*install, "--only-binary", ":all:", "-r", str(_LOCK)], check=True)
        done.write_text(wanted)
    return interpreter


def version() -> str:
    """The version of otter-grader that is measured."""
    command = [python(), "-c", "from importlib.metadata import version; print(version('otter-grader'))"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def prepare(folder: Path, assignment: Assignment, submissions: Sequence[Submission]) -> None:
    """Tests, their zip made by `otter generate`, and one notebook for each student, in `folder`."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for cell in assignment.source["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("grade") and not about.get("solution"):
            text = _test(about["grade_id"], about["points"], source_of(cell))
            (tests / f"{about['grade_id'].replace('-', '_')}.py").write_text(text, encoding="utf-8")
    generate = [python(), "-m", "otter", "generate", "-t", "tests", "-o", "autograder.zip"]
    subprocess.run(generate, cwd=folder, check=True, capture_output=True)
    blank = _notebook(assignment)
    for submission in submissions:
        target = folder / "submitted" / submission.student / f"{assignment.notebook}.ipynb"
        target.parent.mkdir(parents=True)
        target.write_text(json.dumps(filled_in(blank, submission.answers)), encoding="utf-8")


def commands(assignment: Assignment, submissions: Sequence[Submission]) -> list[list[str]]:
    """`otter run` for each submission, without containers: otter's only way to grade where there is no docker."""
    return [
        [python(), "-m", "otter", "run", "--no-logo", "-a", "autograder.zip", "-o", folder, notebook]
        for submission in submissions
        for folder in [f"submitted/{submission.student}"]
        for notebook in [f"{folder}/{assignment.notebook}.ipynb"]
    ]


def grades(folder: Path) -> Grades:
    """The scores in the `results.json` of every student."""
    found: Grades = {}
    for results in sorted(folder.glob("submitted/*/results.json")):
        tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
        found[results.parent.name] = {test["name"]: test["score"] for test in tests if "score" in test}
    return found


def all_or_nothing(assignment: Assignment, expected: Grades) -> Grades:
    """The grades as otter can give them: one of its test cases has its points or none."""
    full = {
        grade_id_of(cell): cell["metadata"]["nbgrader"].get("points")
        for cell in assignment.source["cells"]
        if grade_id_of(cell)
    }
    return {
        student: {item: points if points in (None, full[item]) else 0.0 for item, points in items.items()}
        for student, items in expected.items()
    }


def _test(item: str, points: float, source: str) -> str:
    """A test cell in otter's exception format: what it reads from the notebook comes in as parameters."""
    function = f"def test():\n{indent(source, '    ')}\n"
    if source.rstrip().endswith("item.verdict"):  # our `expect` says its verdict instead of raising
        function += f"    assert item.verdict.points == {points!r}, item.verdict.message\n"
    names = sorted(_globals(symtable.symtable(function, item, "exec")) - set(dir(builtins)))
    return _TEST.format(item=item, points=points, names=", ".join(names), body=function.partition("\n")[2])


def _globals(table: symtable.SymbolTable) -> set[str]:
    inside = set().union(*(_globals(child) for child in table.get_children()))
    return inside | {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}


def _notebook(assignment: Assignment) -> Notebook:
    """What `otter assign` hands out: otter's first cell, and after every answer a cell that checks it."""
    released = without_solutions(assignment.source)
    item_of = {grade_id: item for item, (grade_id, _) in assignment.answers.items()}
    cells = [_code("import otter\n\ngrader = otter.Notebook()")]
    for cell in released["cells"]:
        cells.append(cell)
        if grade_id_of(cell) in item_of:
            cells.append(_code(f"grader.check({item_of[grade_id_of(cell)].replace('-', '_')!r})"))
    return released | {"cells": [cell | {"id": f"cell-{number}"} for number, cell in enumerate(cells)]}


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
