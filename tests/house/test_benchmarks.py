"""The benchmarks run, compare every grade, refuse a wrong one. Their numbers are not judged here: machines differ."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from house import ROOT, run

from benchmarks import simulators
from benchmarks.assignments import Grades, assignment, draw_class, grade_id_of, source_of
from benchmarks.engines import ENGINES, WrongGrades, check_grades
from course import simulators as course_simulators


def test_a_small_run_grades_everybody_right_and_writes_its_numbers(
    tmp_path: Path, bubblewrap: Callable[..., list[str]]
) -> None:
    command = [sys.executable, "-m", "benchmarks", "light", "-n", "3", "--others", "3", "--rounds", "1"]
    done = run([*command, "--engines", "floor-1", "ours-1", "--output", str(tmp_path)], ROOT, os.environ, timeout=120)
    assert done.code == 0, done.out + done.err
    assert done.out.count("every grade right") == 2
    [written] = tmp_path.glob("*.json")
    results = json.loads(written.read_text(encoding="utf-8"))
    lines = results["comparisons"]["light"]["lines"]
    assert [line["engine"] for line in lines] == ["floor-1", "ours-1"]
    assert all(line["per_submission_s"] > line["marginal_s"] > 0 and line["cpu_s"] > 0 for line in lines)
    assert {target["limit"] for target in results["targets"]} == {1.5}
    assert str(ROOT) not in written.read_text(encoding="utf-8")


def test_every_simulator_is_moved_and_its_answer_timed() -> None:
    updates = {update.simulator: update for update in simulators.measure(moves=2)}
    still = {name for name in course_simulators.__all__ if not hasattr(getattr(course_simulators, name), "explore")}
    played_or_typed = {"search_string", "stop_task", "two_step_task"}
    assert updates.keys() == set(course_simulators.__all__) - still - played_or_typed
    assert all(0 < update.computing_median_ms <= update.computing_slowest_ms for update in updates.values())
    drawn = [update for update in updates.values() if update.picture_median_ms > 1]
    assert len(drawn) > 0.8 * len(updates), "the picture was not told apart from the computing"


@pytest.mark.parametrize("name", ["light", "heavy", "module01"])
def test_a_class_is_mixed_and_no_two_hand_in_the_same(name: str) -> None:
    made = assignment(name)
    everybody = draw_class(made, 60, seed=1)
    assert everybody == draw_class(made, 60, seed=1) != draw_class(made, 60, seed=2)
    assert len({text for one in everybody for text in one.answers.values()}) > 0.99 * sum(
        len(one.answers) for one in everybody
    )
    for item in made.answers:
        earned = {one.expected[item] for one in everybody}
        assert 0.0 in earned and len(earned) > 1, f"{item}: everybody earns {earned}"
    assert all(one.expected[essay] is None for one in everybody for essay in made.essays)


@pytest.mark.parametrize("name", ["light", "heavy"])
def test_every_answer_earns_what_the_class_is_told_it_earns(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one plain process: the yardstick itself."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    made = assignment(name)
    sources = {grade_id_of(cell): source_of(cell) for cell in made.source["cells"]}
    given: dict[str, Any] = {}
    exec(sources["given"], given)
    for item, (grade_id, choices) in made.answers.items():
        points = max(choice.points for choice in choices)
        for source, expected in [(sources[grade_id], points), *((each.source or "", each.points) for each in choices)]:
            names = dict(given)
            with suppress(NameError):
                exec(source, names)
            try:
                exec(sources[item], names)
                earned = points
            except Exception:  # as every grader does, a test that raises anything earns nothing
                earned = 0.0
            assert earned == expected, f"{item}:\n{source}"


_RIGHT: Grades = {"a0000": {"q1": 2.0, "essay": None}, "b0001": {"q1": 0.0, "essay": None}}


def test_right_grades_are_accepted() -> None:
    check_grades(ENGINES["floor-1"], _RIGHT, {"a0000": {"q1": 2.0}, "b0001": {"q1": 0.0}})


@pytest.mark.parametrize(
    "found",
    [
        {"a0000": {"q1": 1.0}, "b0001": {"q1": 0.0}},
        {"a0000": {"q1": None}, "b0001": {"q1": 0.0}},
        {"a0000": {"q1": 2.0}, "b0001": {}},
        {"a0000": {"q1": 2.0}},
        {"a0000": {"q1": 2.0, "essay": 0.0}, "b0001": {"q1": 0.0}},
        {**_RIGHT, "a0002": {"q1": 2.0}},
    ],
    ids=["points", "no points", "no item", "no student", "essay marked", "stranger"],
)
def test_a_wrong_grade_stops_the_run(found: Grades) -> None:
    with pytest.raises(WrongGrades, match=r"wrong grades \(\d\)\n\w+ "):
        check_grades(ENGINES["floor-1"], _RIGHT, found)
