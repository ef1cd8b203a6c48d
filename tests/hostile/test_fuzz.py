"""Whatever happened to a file, reading it finds the answers or says why not, and raises nothing."""

from __future__ import annotations

import json
import random
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement

from autograder.intake import read_submission
from autograder.intake.python_names import is_python
from autograder.intake.released import squeeze
from autograder.judge import Submission

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))
import mishaps
import targets
from targets import fx

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
IDS = st.sampled_from(["square", "square-answer", "cube-answer", "essay", "setup", "stranger"])
CELL_LIKE = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | ANY,
        "source": st.text() | st.sampled_from(["cube = 27", "cube = 3", "def square(x):", "    return x"]) | ANY,
        "id": st.text() | ANY,
        "metadata": st.fixed_dictionaries(
            {
                "nbgrader": st.fixed_dictionaries({"grade_id": IDS | ANY, "points": ANY, "solution": ANY, "grade": ANY})
                | ANY
            }
        )
        | ANY,
    },
)
QUICK = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CORPUS = sorted((Path(__file__).parents[1] / "fuzz" / "corpus").glob("*/*"))


@settings(QUICK, max_examples=400)
@given(
    seed=st.integers(0, 2**32),
    happened=st.lists(st.sampled_from(mishaps.MISHAPS), min_size=1, max_size=6),
    written=st.sampled_from(mishaps.WRITTEN),
)
def test_after_any_mishaps_an_answer_is_found_or_a_finding_says_why(
    tmp_path: Path, seed: int, happened: list[Any], written: Any
) -> None:
    chance = random.Random(seed)

    def change(cells: mishaps.Cells) -> None:
        for mishap in happened:
            mishap(cells, chance)

    path = tmp_path / "exercises.ipynb"
    path.write_bytes(written(fx.submitted(fx.squares(), fx.RIGHT, change)))
    submission = read_submission(path, targets.squares())
    targets.assert_sound(submission)
    lost = [name for name in fx.RIGHT if not _is_found(name, submission)]
    assert submission.error is None or lost
    for name in lost:
        item = name.removesuffix("-answer")
        told = {finding.kind for finding in submission.findings if finding.item == item or finding.kind == "split"}
        if name != "essay" and not is_python(submission.answers.get(name, "")):
            told.add("no-python")  # as the verdict says
        assert submission.error or told & TOLD, (name, submission)


TOLD = {"deleted-answer", "two-answers", "split", "retyped", "loose-cell", "metadata", "no-python"}


def _is_found(name: str, submission: Submission) -> bool:
    """Whether what was written stands in what is run for (or marked as) this answer, piece by piece."""
    run = squeeze(
        "".join([*submission.answers.values(), *(text for each in submission.extras.values() for text in each)])
    )
    return name in submission.touched and all(squeeze(line) in run for line in fx.RIGHT[name].split("\n"))


@QUICK
@given(cells=st.lists(CELL_LIKE | ANY, max_size=6), around=ANY)
def test_any_cells_are_read(tmp_path: Path, cells: list[Any], around: Any) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"metadata": around, "nbformat": around, "cells": cells}))
    targets.assert_sound(read_submission(path, targets.squares()))


@QUICK
@given(data=st.binary(max_size=200), cut=st.integers(0, 4000), at=st.integers(0, 4000))
def test_any_damage_to_the_bytes_is_read_or_refused_in_a_sentence(data: bytes, cut: int, at: int) -> None:
    whole = json.dumps(fx.submitted(fx.squares(), fx.RIGHT)).encode()
    targets.notebook(whole[:at] + data + whole[at + cut :])


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}-{path.name[:12]}")
def test_what_once_led_somewhere_new_still_does_no_harm(path: Path) -> None:
    targets.TARGETS[path.parent.name](path.read_bytes())


def test_the_corpus_is_there_and_small() -> None:
    assert {path.parent.name for path in CORPUS} == set(targets.TARGETS)
    assert len(CORPUS) <= 300 and sum(path.stat().st_size for path in CORPUS) <= 1_000_000


def test_what_make_fuzz_installs_is_what_pyproject_asks_for_and_has_hashes() -> None:
    root = Path(__file__).parents[2]
    asked = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["fuzz"]
    text = (root / "requirements-fuzz.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    locked = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *hashes = line.split("--hash=sha256:")
            name, _, version = requirement.strip().partition("==")
            assert hashes and all(re.fullmatch(r"[0-9a-f]{64}", each.strip()) for each in hashes)
            locked[name] = version
    for each in map(Requirement, asked):
        assert locked[each.name] in each.specifier
