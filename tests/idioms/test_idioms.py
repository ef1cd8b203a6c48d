"""Ordinary ways to write answers and tests get the verdict that one notebook process gives them.

Every answer has three verdicts: the one its record declares, the one of a single process, and the judge's; all must be
equal. The idioms of one file stand in one notebook; its n-th submission holds the n-th answer to each.
"""

from __future__ import annotations

import ast
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import one_process
import pytest
from idiom import POINTS, Idiom, read

from autograder.intake import read_submission
from autograder.judge import Judge, Limits, Master, Submission, load_master
from autograder.judge.steps import steps_of

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import judge_fixtures as fx

FILES = {path.stem: read(path) for path in sorted(Path(__file__).parent.glob("*.txt"))}
TABLES = FILES["tables"]
"""Idioms with pandas, which is no dependency of ours."""
GROUPS = {name: idioms for name, idioms in FILES.items() if name != "tables"}
ALL = [idiom for group in GROUPS.values() for idiom in group]
LIMITS = Limits(cell_seconds=20)


def rounds(idioms: Sequence[Idiom]) -> range:
    return range(max(len(idiom.answers) for idiom in idioms))


def notebook(idioms: Sequence[Idiom]) -> fx.Notebook:
    cells = []
    for idiom in idioms:
        if idiom.given:
            cells.append(fx.cell(idiom.given, f"{idiom.name}-given", locked=True))
        cells.append(fx.answer(idiom.name, f"### BEGIN SOLUTION\n{idiom.answers[0][0]}\n### END SOLUTION"))
        if idiom.between:
            cells.append(fx.cell(idiom.between, f"{idiom.name}-between", locked=True))
        cells.append(fx.test_cell(idiom.name, idiom.test, POINTS))
    return fx.notebook(*cells)


def handed_in(
    idioms: Sequence[Idiom], number: int, folder: Path
) -> tuple[Master, Submission, dict[str, tuple[str, float]]]:
    """The master, the n-th submission (the reference where an idiom has no n-th answer), and the declared verdicts."""
    content = notebook(idioms)
    master = load_master(fx.write(folder / "squares" / "exercises.ipynb", content))
    chosen = {idiom.name: (idiom.answers[number:] or idiom.answers)[0] for idiom in idioms}
    answers = {f"{name}-answer": source for name, (source, _, _) in chosen.items()}
    submission = read_submission(fx.write(folder / "sub.ipynb", fx.submitted(content, answers)), master)
    return master, submission, {name: (status, points) for name, (_, status, points) in chosen.items()}


ROUNDS = [(name, number) for name, idioms in GROUPS.items() for number in rounds(idioms)]


def task(master: Master, submission: Submission) -> tuple[one_process.Cells, dict[str, float]]:
    """What a single process is given."""
    cells = [(step.kind, step.source, step.grade_id) for step in steps_of(master, submission)]
    return cells, {str(item.grade_id): item.points for item in master.items}


@pytest.fixture(scope="module")
def in_one_process(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], one_process.Verdicts]:
    """What one process says of each round."""
    folder = tmp_path_factory.mktemp("alone")
    tasks = [task(*handed_in(GROUPS[name], number, folder)[:2]) for name, number in ROUNDS]
    return dict(zip(ROUNDS, one_process.run_each(tasks), strict=True))


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with Judge(LIMITS) as warm:
        yield warm


@pytest.mark.parametrize(("group", "number"), ROUNDS)
def test_the_verdict_is_the_one_of_a_single_process(
    judge: Judge,
    in_one_process: dict[tuple[str, int], one_process.Verdicts],
    group: str,
    number: int,
    tmp_path: Path,
) -> None:
    idioms = GROUPS[group]
    master, submission, declared = handed_in(idioms, number, tmp_path)
    assert in_one_process[group, number] == declared, "the record is wrong"
    result = judge.judge(master, submission)
    refused = {idiom.name: idiom.refused for idiom in idioms if idiom.refused}
    differing = [
        (item, f"declared: {declared[item.id]}")
        for item in result.items
        if item.id not in refused and (item.status, item.points) != declared[item.id]
    ]
    assert differing == []
    for item in result.items:
        if item.id in refused:  # never points for what cannot be judged
            assert item.points == 0 and item.message.startswith(refused[item.id]), item


def test_there_are_enough_and_few_are_refused() -> None:
    assert len(ALL) >= 80 and max(Counter(idiom.name for idiom in ALL).values()) == 1
    assert sum(bool(idiom.refused) for idiom in ALL) < 8


def test_every_idiom_has_an_answer_that_gets_points_and_one_that_does_not() -> None:
    """A test that every answer passes proves nothing."""
    for idiom in [*ALL, *TABLES]:
        assert {"passed", "failed"} <= {status for _, status, _ in idiom.answers} and idiom.test, idiom.name


@pytest.mark.parametrize("group", FILES)
def test_idioms_of_one_notebook_do_not_share_names(group: str) -> None:
    """A name of one idiom's answer in another idiom would hide what is missing, or decide where it comes from."""
    idioms = FILES[group]
    answered = [set().union(*(names(source) for source, _, _ in idiom.answers)) for idiom in idioms]
    trusted = [names(idiom.given) | names(idiom.between) | names(idiom.test) for idiom in idioms]
    for i, idiom in enumerate(idioms):
        for k, other in enumerate(idioms):
            shared = answered[i] & (answered[k] | trusted[k]) if i != k else set()
            assert not shared, f"{idiom.name} and {other.name} share {shared}"


def names(source: str) -> set[str]:
    """The names a cell gives a value to, imports aside."""
    try:
        tree = ast.parse("\n".join(line for line in source.split("\n") if not line.startswith(("%", "!"))))
    except SyntaxError:
        return set()
    found = set()
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(statement.name)
        elif not isinstance(statement, ast.Import | ast.ImportFrom):
            found |= {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return found


@pytest.mark.parametrize("number", rounds(TABLES))
def test_tables_are_judged_where_pandas_is_and_refused_in_words_where_not(
    judge: Judge, number: int, tmp_path: Path
) -> None:
    """Other people's assignments use pandas; both branches check something, so nothing is skipped."""
    master, submission, declared = handed_in(TABLES, number, tmp_path)
    result = judge.judge(master, submission)
    if find_spec("pandas") is None:
        warnings.warn("pandas is not installed: its idioms were only checked to be refused", stacklevel=1)
        assert result.status == "review" and result.points == 0
        assert "No module named 'pandas'" in result.findings[0].message, result.findings
        return
    assert one_process.run(*task(master, submission)) == declared, "the record is wrong"
    assert {item.id: (item.status, item.points) for item in result.items} == declared
