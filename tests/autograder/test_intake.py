"""Whatever happened to a notebook on its way, the learner's answers are found, and what was repaired is said."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import judge_fixtures as fx
import pytest

from autograder.intake import read_submission
from autograder.judge import Master, Submission, load_master

Cells = list[dict[str, Any]]


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Master:
    return load_master(fx.write(tmp_path_factory.mktemp("source") / "squares" / "exercises.ipynb", fx.squares()))


@pytest.fixture
def read(master: Master, tmp_path: Path) -> Callable[..., Submission]:
    def _read(answers: dict[str, str] | None = None, change: Callable[[Cells], None] | None = None) -> Submission:
        content = fx.submitted(fx.squares(), fx.RIGHT if answers is None else answers, change)
        return read_submission(fx.write(tmp_path / "exercises.ipynb", content), master)

    return _read


def kinds(submission: Submission) -> set[str]:
    return {finding.kind for finding in submission.findings}


def only_item(submission: Submission, kind: str) -> str | None:
    found = [finding for finding in submission.findings if finding.kind == kind]
    assert len(found) == 1, submission.findings
    assert found[0].message.endswith(".")
    return found[0].item


# --- the honest file ---------------------------------------------------------------------------------------------


def test_an_honest_file_gives_its_answers_and_no_findings(read: Callable[..., Submission]) -> None:
    submission = read()
    assert dict(submission.answers) == dict(fx.RIGHT)
    assert submission.touched == set(fx.RIGHT)
    assert submission.findings == () and submission.error is None and submission.extras == {}


def test_a_released_copy_is_untouched_under_our_stub_and_under_stock_nbgraders(master: Master, tmp_path: Path) -> None:
    ours = read_submission(fx.write(tmp_path / "a.ipynb", fx.released(fx.squares())), master)
    assert ours.touched == frozenset() and ours.findings == ()

    import nbformat
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions

    stock = nbformat.from_dict(fx.squares())
    for preprocessor in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
        stock, _ = preprocessor().preprocess(stock, {})
    assert "raise NotImplementedError()" in stock.cells[3].source
    assert read_submission(fx.write(tmp_path / "b.ipynb", stock), master).touched == frozenset()


def test_released_texts_are_the_ones_nbgraders_own_preprocessors_make(master: Master) -> None:
    cells = fx.released(fx.squares())["cells"]
    by_id = {c["metadata"]["nbgrader"]["grade_id"]: c["source"] for c in cells if c["metadata"]}
    for grade_id, text in master.released.items():
        assert text == by_id[grade_id]
    for cell in master.cells:
        if cell.role == "test":
            assert master.given[cell.cell_id] == by_id[cell.grade_id]


def test_whitespace_alone_is_not_an_answer_and_neither_is_an_emptied_cell(read: Callable[..., Submission]) -> None:
    assert read({"square-answer": "def square(x):\n\n\n     ", "cube-answer": ""}).touched == frozenset()


# --- answer cells ------------------------------------------------------------------------------------------------


def again(grade_id: str, source: str | None = None, before: bool = False) -> Callable[[Cells], None]:
    """Put a copy of this cell after (or before) itself, with another source."""

    def change(cells: Cells) -> None:
        at = fx.place(cells, grade_id)
        twin = copy.deepcopy(cells[at])
        twin["source"] = cells[at]["source"] if source is None else source
        cells.insert(at if before else at + 1, twin)

    return change


def test_an_identical_duplicate_is_harmless(read: Callable[..., Submission]) -> None:
    submission = read(change=again("cube-answer"))
    assert submission.answers["cube-answer"] == fx.RIGHT["cube-answer"]
    assert only_item(submission, "duplicate") == "cube"


@pytest.mark.parametrize("before", [True, False])
def test_the_written_one_of_two_copies_is_taken(read: Callable[..., Submission], before: bool) -> None:
    submission = read(change=again("cube-answer", "cube = ...\n", before))
    assert submission.answers["cube-answer"] == fx.RIGHT["cube-answer"]
    assert only_item(submission, "duplicate") == "cube"


def test_of_two_different_answers_the_last_is_taken_and_a_person_is_told(read: Callable[..., Submission]) -> None:
    submission = read(change=again("cube-answer", "cube = 9"))
    assert submission.answers["cube-answer"] == "cube = 9"
    assert only_item(submission, "two-answers") == "cube"


def test_a_function_split_in_the_middle_is_put_together(read: Callable[..., Submission]) -> None:
    submission = read(
        {**fx.RIGHT, "square-answer": "def square(x):\n    y = x * x"}, again("square-answer", "    return y")
    )
    assert submission.answers["square-answer"] == "def square(x):\n    y = x * x\n    return y"
    assert only_item(submission, "split") == "square"


def test_a_helper_split_off_its_function_is_put_together(read: Callable[..., Submission]) -> None:
    submission = read(
        {**fx.RIGHT, "square-answer": "def times(a, b):\n    return a * b"},
        again("square-answer", "def square(x):\n    return times(x, x)"),
    )
    assert (
        submission.answers["square-answer"].startswith("def times")
        and "def square" in submission.answers["square-answer"]
    )
    assert only_item(submission, "split") == "square"


def test_pieces_of_free_text_are_put_together(read: Callable[..., Submission]) -> None:
    submission = read(change=again("essay", "And so do cubes."))
    assert submission.answers["essay"] == "Both grow.\n\nAnd so do cubes."
    assert only_item(submission, "split") == "essay"


def test_a_deleted_answer_is_unanswered_and_said(read: Callable[..., Submission]) -> None:
    submission = read(change=lambda cells: cells.pop(fx.place(cells, "root-answer")) and None)
    assert "root-answer" not in submission.answers and "root-answer" not in submission.touched
    assert only_item(submission, "deleted-answer") == "root"


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_turned_into_text_is_still_an_answer(read: Callable[..., Submission], kind: str) -> None:
    submission = read(change=lambda cells: cells[fx.place(cells, "root-answer")].update(cell_type=kind))
    assert submission.answers["root-answer"] == fx.RIGHT["root-answer"]
    assert only_item(submission, "retyped") == "root"


def test_an_answer_whose_marks_were_lost_is_known_by_its_cell_id(read: Callable[..., Submission]) -> None:
    submission = read(change=lambda cells: cells[fx.place(cells, "cube-answer")].update(metadata={}))
    assert submission.answers["cube-answer"] == fx.RIGHT["cube-answer"]
    assert only_item(submission, "metadata") == "cube"


@pytest.mark.parametrize("offset", [0, 1])
def test_an_answer_in_a_cell_of_ones_own_counts(read: Callable[..., Submission], offset: int) -> None:
    """Above or below the dots: the dots must not undo it."""

    def change(cells: Cells) -> None:
        cells.insert(fx.place(cells, "cube-answer") + offset, fx.cell("cube = 27"))

    answers = {name: text for name, text in fx.RIGHT.items() if name != "cube-answer"}
    submission = read(answers, change)
    assert "cube-answer" in submission.touched and "cube-answer" not in submission.answers
    assert only_item(submission, "own-cell") == "cube"


def test_moved_cells_are_found(read: Callable[..., Submission]) -> None:
    submission = read(change=lambda cells: cells.insert(0, cells.pop(fx.place(cells, "cube-answer"))))
    assert submission.answers["cube-answer"] == fx.RIGHT["cube-answer"]
    assert kinds(submission) == {"moved"}


# --- the learner's own cells -------------------------------------------------------------------------------------


def test_own_code_cells_keep_their_place_and_own_text_is_left_out(
    read: Callable[..., Submission], master: Master
) -> None:
    def change(cells: Cells) -> None:
        cells.insert(fx.place(cells, "root-answer"), fx.cell("import numpy as np"))
        cells.insert(fx.place(cells, "root-answer") + 1, fx.cell("helper = 1"))
        cells.insert(0, fx.cell("first = 0"))
        cells.append(fx.cell("my notes", kind="markdown"))

    submission = read(change=change)
    anchor_of = {cell.grade_id: cell.cell_id for cell in master.cells}
    assert submission.extras == {
        "": ("first = 0",),
        anchor_of["square"]: ("import numpy as np",),
        anchor_of["root-answer"]: ("helper = 1",),
    }
    assert submission.findings == ()


def test_an_edited_open_cell_runs_too(read: Callable[..., Submission], master: Master) -> None:
    submission = read(change=lambda cells: cells[2].update(source="factor = 1\nimport math"))
    assert list(submission.extras.values()) == [("factor = 1\nimport math",)]


def test_a_cell_that_checks_the_notebook_is_never_run_while_checking(read: Callable[..., Submission]) -> None:
    submission = read(
        change=lambda cells: cells.append(fx.cell('import autograder\nautograder.check_notebook("x.ipynb")'))
    )
    assert submission.extras == {}


# --- given cells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda cells: cells.pop(fx.place(cells, "root")) and None, "deleted-test"),
        (lambda cells: cells[fx.place(cells, "root")].update(source="pass"), "edited-test"),
        (lambda cells: cells[fx.place(cells, "root")].update(cell_type="markdown"), "edited-test"),
        (lambda cells: cells[fx.place(cells, "root")]["metadata"]["nbgrader"].update(points=99), "edited-test"),
        (again("root"), "duplicate-test"),
        (lambda cells: cells[fx.place(cells, "setup")].update(source="math = None"), "edited-given"),
        (lambda cells: cells.pop(fx.place(cells, "setup")) and None, "deleted-given"),
    ],
)
def test_changed_given_cells_are_noticed_and_change_no_answer(
    read: Callable[..., Submission], change: Callable[[Cells], None], kind: str
) -> None:
    submission = read(change=change)
    assert dict(submission.answers) == dict(fx.RIGHT)
    assert kinds(submission) == {kind} and submission.extras == {}


def test_cells_of_another_version_are_named(read: Callable[..., Submission]) -> None:
    submission = read(change=lambda cells: cells.append(fx.answer("old", "old = 1")))
    assert kinds(submission) == {"unknown-cell"}


# --- the file itself ---------------------------------------------------------------------------------------------


def as_bytes(change: Callable[[bytes], bytes] = lambda data: data) -> bytes:
    return change(json.dumps(fx.submitted(fx.squares(), fx.RIGHT), ensure_ascii=False).encode())


def old_format(version: int) -> bytes:
    content = fx.submitted(fx.squares(), fx.RIGHT)
    cells = content.pop("cells")
    for cell in cells:
        cell["metadata"] = dict(cell["metadata"])
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source").splitlines(keepends=True)
            cell["language"] = "python"
        cell.pop("id")
    return json.dumps({**content, "worksheets": [{"cells": cells}], "nbformat": version, "nbformat_minor": 0}).encode()


@pytest.mark.parametrize(
    "data",
    [
        as_bytes(lambda data: b"\xef\xbb\xbf" + data),
        as_bytes(lambda data: data.decode().encode("utf-16")),
        old_format(3),
        old_format(2),
        json.dumps({**fx.submitted(fx.squares(), fx.RIGHT), "nbformat_minor": 99}).encode(),
        json.dumps({**fx.submitted(fx.squares(), fx.RIGHT), "nbformat": 5}).encode(),
        json.dumps({**fx.submitted(fx.squares(), fx.RIGHT), "metadata": {"kernelspec": {"name": "julia"}}}).encode(),
        json.dumps({**fx.submitted(fx.squares(), fx.RIGHT), "metadata": "none"}).encode(),
    ],
    ids=["bom", "utf-16", "nbformat-3", "nbformat-2", "newer-minor", "newer-major", "other-kernel", "no-metadata"],
)
def test_unusual_files_hold_the_same_answers(master: Master, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "exercises (1).ipynb"
    path.write_bytes(data)
    submission = read_submission(path, master)
    assert submission.error is None and dict(submission.answers) == dict(fx.RIGHT)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b'{"cells": [', "damaged"),
        (b"[" * 100_000, "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (b"9" * 10_000, "damaged"),
        (b"PK\x03\x04 zip", "zip archive"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"[]", "not a notebook"),
        (b'"text"', "not a notebook"),
        (b'{"cells": 3}', "not a notebook"),
        (b'{"cells": []}', "no cells"),
        (
            b'{"cells": [null, 3, {"cell_type": ["x"], "source": {"a": 1}, "metadata": [], "id": 7}]}',
            "holds no cell of squares",
        ),
        (b" " * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_is_no_notebook_is_one_sentence(master: Master, tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "exercises.ipynb"
    path.write_bytes(data)
    submission = read_submission(path, master)
    assert submission.error is not None and words in submission.error
    assert submission.error.endswith(".") and "\n" not in submission.error
    assert not submission.missing and submission.answers == {}


def test_no_file_is_missing_not_an_error(master: Master, tmp_path: Path) -> None:
    submission = read_submission(tmp_path / "exercises.ipynb", master)
    assert submission.missing and submission.error is not None


def test_links_folders_and_pipes_are_refused(master: Master, tmp_path: Path) -> None:
    target = fx.write(tmp_path / "real.ipynb", fx.submitted(fx.squares(), fx.RIGHT))
    (tmp_path / "link.ipynb").symlink_to(target)
    (tmp_path / "folder.ipynb").mkdir()
    os.mkfifo(tmp_path / "pipe.ipynb")
    for name, words in (("link", "a link"), ("folder", "a folder"), ("pipe", "not an ordinary file")):
        error = read_submission(tmp_path / f"{name}.ipynb", master).error
        assert error is not None and words in error


def test_lone_surrogates_in_an_answer_do_no_harm(master: Master, tmp_path: Path) -> None:
    content = fx.submitted(fx.squares(), {**fx.RIGHT, "essay": "odd \ud800 text"})
    submission = read_submission(fx.write(tmp_path / "exercises.ipynb", content), master)
    assert submission.answers["essay"].encode() == "odd \ufffd text".encode()


def test_an_endless_or_unreadable_answer_does_not_hold_the_reader_up(read: Callable[..., Submission]) -> None:
    for source in ("x = " + "(" * 50_000, "x = " + "+".join("1" * 300_000), "cube = 1\x00", "x = 1" + "0" * 9999):
        submission = read({**fx.RIGHT, "cube-answer": source}, again("cube-answer", "cube = 2"))
        assert submission.error is None and "cube-answer" in submission.touched


def test_names_in_a_file_lead_nowhere_and_are_shown_without_escape_codes(master: Master, tmp_path: Path) -> None:
    content = fx.submitted(fx.squares(), fx.RIGHT)
    content["metadata"]["autograder"] = {"assignment": "..", "notebook": "../../etc\x00"}
    content["cells"].append(fx.answer("\x1b[31mred\ud800", "x = 1"))
    submission = read_submission(fx.write(tmp_path / "a\x1b\nb.ipynb", content), master)
    assert [finding.kind for finding in submission.findings] == ["unknown-cell"]
    assert submission.findings[0].message.isprintable()
    gone = read_submission(tmp_path / "\x1b[2Jgone\n.ipynb", master).error
    assert gone is not None and gone.isprintable()
