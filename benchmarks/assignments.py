"""The measured assignments as nbgrader source notebooks, with the answers a class may give and what each must earn."""

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.classroom.demo import make_kit
from autograder.judge import load_master
from benchmarks.exercises import FIGURES, NUMBERS, Exercise

ROOT = Path(__file__).resolve().parents[1]
MODULE_01 = "01-methamphetamine-pharmacology"

Notebook = dict[str, Any]
Grades = dict[str, dict[str, float | None]]
"""Student → item → points; None for what a person marks."""

_SOLUTION = re.compile(r"### BEGIN SOLUTION.*?### END SOLUTION", re.DOTALL)
_MARK_SCHEME = re.compile(r"=== BEGIN MARK SCHEME ===.*?=== END MARK SCHEME ===", re.DOTALL)

_RIGHT, _WRONG, _MISSPELT, _BLANK = 65, 25, 5, 5
"""How often each kind of answer is given, in percent. About one check in three fails, as in a real class."""


@dataclass(frozen=True)
class Choice:
    """One answer somebody may give to an item: its source (None: left as released), its points, how often (weight)."""

    source: str | None
    points: float
    weight: float


@dataclass(frozen=True)
class Assignment:
    """An assignment to measure.

    `answers`: item → grade_id of its answer cell, and what may stand there. `essays`: the items that a person marks.
    """

    name: str
    source: Notebook
    answers: Mapping[str, tuple[str, Sequence[Choice]]]
    essays: Sequence[str]
    notebook: str = "exercises"


@dataclass(frozen=True)
class Submission:
    """What one student hands in, by grade_id, and the points it must get, by item."""

    student: str
    answers: Mapping[str, str]
    expected: Mapping[str, float | None]


def assignment(name: str) -> Assignment:
    """The assignment called `light`, `heavy` or `module01`."""
    return {"light": light, "heavy": heavy, "module01": module_01}[name]()


def light() -> Assignment:
    """Nine NumPy exercises on small arrays and an essay."""
    return _made("light", NUMBERS[:9], "import numpy as np\n\nSIZE, DRAWS = 600, 200")


def heavy() -> Assignment:
    """Twelve NumPy exercises on larger arrays, three figures that are drawn to the last pixel, and an essay."""
    given = (
        "import io\n\nimport matplotlib.pyplot as plt\nimport numpy as np\n\nSIZE, DRAWS = 80_000, 6_000\n"
        "sample = np.random.default_rng(10).normal(size=5_000)\n"
        "day = np.arange(60.0)\n"
        "score = 20 + 0.4 * day + np.random.default_rng(11).normal(size=60)"
    )
    return _made("heavy", NUMBERS + FIGURES, given)


def module_01() -> Assignment:
    """The course's first module, with the answers of its answer bank."""
    folder = ROOT / "modules" / MODULE_01
    master = load_master(folder / "exercises.ipynb")
    kit = make_kit(master, ROOT / "assets/release" / MODULE_01 / "exercises.ipynb", folder / "answer_bank.py")
    points = {cell.grade_id: cell.points for cell in master.items}
    answers = {}
    for item, grade_id in kit.answered_at.items():
        known = kit.bank.of(item)
        right = [answer for answer in known if answer.is_right]
        wrong = [answer for answer in known if not answer.is_right]
        choices = [Choice(a.source, points[item] if a.points is None else a.points, _RIGHT / len(right)) for a in right]
        choices += [Choice(a.source, a.points or 0.0, _WRONG / len(wrong)) for a in wrong]
        answers[item] = (grade_id, [*choices, Choice(None, 0.0, _BLANK)])
    source = json.loads((folder / "exercises.ipynb").read_text(encoding="utf-8"))
    return Assignment("module01", source, answers, kit.essays)


def draw_class(assignment: Assignment, students: int, seed: int) -> list[Submission]:
    """A class drawn at random: the same for the same seed.

    Every answer carries a comment of its own, as no two people write the same text: what is cached by content helps
    nobody here. The names begin with `a` and `b` in turn, so that two processes can share a class by name.
    """
    draw = random.Random(f"{assignment.name} {seed}")
    drawn = []
    for number in range(students):
        given: dict[str, str] = {}
        expected: dict[str, float | None] = dict.fromkeys(assignment.essays)
        for item, (grade_id, choices) in assignment.answers.items():
            choice = draw.choices(choices, [each.weight for each in choices])[0]
            expected[item] = choice.points
            if choice.source is not None:
                given[grade_id] = f"# draft {draw.randrange(10**6)}\n{choice.source}"
        for essay in assignment.essays:
            given[essay] = f"The mean of {draw.randrange(10**6)} numbers says little about any one of them."
        drawn.append(Submission(f"{'ab'[number % 2]}{number:04d}", given, expected))
    return drawn


def filled_in(released: Notebook, answers: Mapping[str, str]) -> Notebook:
    """The notebook a student was given, with answers put into their cells."""
    cells = [
        cell | {"source": answers[grade_id]} if (grade_id := grade_id_of(cell)) in answers else cell
        for cell in released["cells"]
    ]
    return released | {"cells": cells}


def grade_id_of(cell: Mapping[str, Any]) -> str:
    """The cell's nbgrader id; empty when it has none."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def source_of(cell: Mapping[str, Any]) -> str:
    """The cell's source as one text."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def without_solutions(source: Notebook) -> Notebook:
    """What a student is given, for graders that do not make it themselves: no solutions, no tests, no mark scheme."""
    kept = []
    for cell in source["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if (about.get("grade") and not about.get("solution")) or "instructor" in cell["metadata"].get("tags", []):
            continue
        text = _SOLUTION.sub("raise NotImplementedError()", source_of(cell))
        kept.append(cell | {"source": _MARK_SCHEME.sub("", text)})
    return source | {"cells": kept}


def _made(name: str, exercises: Sequence[Exercise], given: str) -> Assignment:
    cells = [_cell("markdown", f"# The {name} assignment"), _cell("code", given, "given", locked=True)]
    answers = {}
    for exercise in exercises:
        grade_id = f"{exercise.name}-answer"
        solution = f"### BEGIN SOLUTION\n{exercise.right[0]}\n### END SOLUTION"
        check = f"{exercise.visible}\n### BEGIN HIDDEN TESTS\n{exercise.hidden}\n### END HIDDEN TESTS"
        cells += [
            _cell("markdown", exercise.task),
            _cell("code", solution, grade_id, solution=True),
            _cell("code", check, exercise.name, grade=True, locked=True, points=exercise.points),
        ]
        misspelt = f"answer = nmupy.zeros(3)\n{exercise.right[0]}"
        answers[exercise.name] = (
            grade_id,
            [
                *(Choice(source, exercise.points, _RIGHT / len(exercise.right)) for source in exercise.right),
                *(Choice(source, 0.0, _WRONG / len(exercise.wrong)) for source in exercise.wrong),
                Choice(misspelt, 0.0, _MISSPELT),
                Choice(None, 0.0, _BLANK),
            ],
        )
    cells += [
        _cell("markdown", "What does a mean hide? Three sentences."),
        _cell("markdown", "", "essay", grade=True, solution=True, points=4),
    ]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3 (ipykernel)"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    for number, cell in enumerate(cells):
        cell["id"] = f"{name}-{number:02d}"
    return Assignment(name, notebook, answers, ["essay"])


def _cell(kind: str, source: str, grade_id: str | None = None, **flags: Any) -> dict[str, Any]:
    """One cell; `flags` are nbgrader's (grade, solution, locked, points)."""
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": source}
    if grade_id is not None:
        about = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
        cell["metadata"]["nbgrader"] = {"schema_version": 3, "grade_id": grade_id, "cell_type": kind, **about}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    return cell
