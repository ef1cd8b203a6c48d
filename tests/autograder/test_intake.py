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


# --- damaged files -----------------------------------------------------------------------------------------------


def right_json(**options: Any) -> str:
    return json.dumps(fx.submitted(fx.squares(), fx.RIGHT), ensure_ascii=False, indent=1, **options)


def conflict(ours: str, theirs: str) -> bytes:
    """What `git merge` leaves where two versions of the file differ in the cube's cell."""
    before, line, after = right_json().partition('"source": "cube = 3 ** 3"')
    assert line
    hunk = f'<<<<<<< HEAD\n   "source": "{ours}"\n=======\n   "source": "{theirs}"\n>>>>>>> 1f2e3d4 (upstream)'
    return f"{before.rstrip()}\n{hunk}\n{after.lstrip()}".encode()


def with_special_letters(encoding: str) -> bytes:
    content = fx.submitted(fx.squares(), {**fx.RIGHT, "essay": "Both grow, für große Zahlen."})
    return json.dumps(content, ensure_ascii=False).encode(encoding)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (as_bytes(lambda data: data + b'\n{"left": "over"}]]'), "left out"),
        (as_bytes(lambda data: data + b"\0" * 4096), "left out"),
        (as_bytes(lambda data: b"\n>> " + data), "left out"),
        (as_bytes(lambda data: json.dumps(data.decode()).encode()), "unwrapped"),
        (as_bytes(lambda data: json.dumps(json.dumps(data.decode())).encode()), "unwrapped"),
        (as_bytes(lambda data: b'{"name": "x.ipynb", "type": "notebook", "content": ' + data + b"}"), "unwrapped"),
        (conflict("cube = 3 ** 3", "cube = ..."), "two versions"),
        (conflict("cube = ...", "cube = 3 ** 3"), "two versions"),
        (right_json()[: right_json().index("kernelspec")].encode(), "damaged"),
        (right_json().replace('"nbformat": 4', '"nbformat" 4').encode(), "damaged"),
        (as_bytes(lambda data: data.decode().encode("utf-16-le")), "UTF-16"),
        (as_bytes(lambda data: data.decode().encode("utf-32")), "UTF-32"),
    ],
    ids=[
        "garbage-after", "nul-bytes-after", "garbage-before", "as-a-string", "as-a-string-twice", "server-answer",
        "conflict-ours", "conflict-theirs", "cut-off", "broken-at-the-end", "utf-16-without-mark", "utf-32",
    ],
)  # fmt: skip
def test_a_damaged_file_whose_answers_are_whole_is_judged_and_said_to_be_damaged(
    master: Master, tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "exercises.ipynb"
    path.write_bytes(data)
    submission = read_submission(path, master)
    assert submission.error is None and dict(submission.answers) == dict(fx.RIGHT)
    assert submission.touched == set(fx.RIGHT)
    assert [words in found.message for found in submission.findings if found.kind == "file"] == [True]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_letters_of_an_old_windows_encoding_are_read(master: Master, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "exercises.ipynb").write_bytes(with_special_letters(encoding))
    submission = read_submission(tmp_path / "exercises.ipynb", master)
    assert submission.answers["essay"] == "Both grow, für große Zahlen."
    assert kinds(submission) == {"file"}


def test_windows_line_ends_leave_no_trace(master: Master, tmp_path: Path) -> None:
    content = fx.submitted(fx.squares(), {name: text.replace("\n", "\r\n") for name, text in fx.RIGHT.items()})
    (tmp_path / "exercises.ipynb").write_bytes(json.dumps(content, indent=1).replace("\n", "\r\n").encode())
    submission = read_submission(tmp_path / "exercises.ipynb", master)
    assert dict(submission.answers) == dict(fx.RIGHT) and submission.findings == ()


def test_two_different_answers_in_a_conflict_ask_for_a_person(master: Master, tmp_path: Path) -> None:
    (tmp_path / "exercises.ipynb").write_bytes(conflict("cube = 27", "cube = 9"))
    submission = read_submission(tmp_path / "exercises.ipynb", master)
    assert submission.answers["cube-answer"] == "cube = 9" and only_item(submission, "two-answers") == "cube"


def test_a_file_that_lost_answers_is_an_error_that_names_them_and_never_a_zero(master: Master, tmp_path: Path) -> None:
    text = right_json()
    (tmp_path / "exercises.ipynb").write_text(text[: text.index("cube = 3")])
    submission = read_submission(tmp_path / "exercises.ipynb", master)
    assert submission.error is not None and "cube, essay" in submission.error and submission.answers == {}


def test_one_broken_cell_costs_no_other(master: Master, tmp_path: Path) -> None:
    text = right_json().replace('"source": "assert root(4)', '"source": assert root(4)')
    (tmp_path / "exercises.ipynb").write_text(text)
    submission = read_submission(tmp_path / "exercises.ipynb", master)
    assert dict(submission.answers) == dict(fx.RIGHT) and kinds(submission) == {"file", "deleted-test"}


# --- exported as a script ----------------------------------------------------------------------------------------


def script(marks: bool, code: str = "# %%", text: str = "# %% [markdown]") -> str:
    """The right answers as Jupytext (with marks), VS Code or Colab (without) export them."""
    parts = []
    for each in fx.submitted(fx.squares(), fx.RIGHT)["cells"]:
        told = f" nbgrader={json.dumps(each['metadata']['nbgrader'])}" if marks and each["metadata"] else ""
        lines = each["source"].splitlines()
        is_code = each["cell_type"] == "code"
        parts.append("\n".join([(code if is_code else text) + told, *(ln if is_code else f"# {ln}" for ln in lines)]))
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n# ---\n\n" + script(True), {"file"}),
        (script(False), {"file", "own-cell", "metadata"}),
        ("#!/usr/bin/env python\n# coding: utf-8\n\n" + script(True, "# In[3]:\n\n\n#", "# %% [markdown]"), None),
        (script(False).replace("# %% [markdown]", "# %% A title [markdown] {1, 2}", 1), None),
    ],
    ids=["jupytext", "vs-code", "nbconvert", "options-that-are-none"],
)
def test_answers_are_found_in_a_script(master: Master, tmp_path: Path, content: str, found: set[str] | None) -> None:
    (tmp_path / "exercises.py").write_text(content)
    submission = read_submission(tmp_path / "exercises.py", master)
    assert submission.error is None and submission.touched == set(fx.RIGHT), submission
    run = [*submission.answers.values(), *(text for texts in submission.extras.values() for text in texts)]
    for answer in fx.RIGHT.values():
        assert any(answer in text for text in run)
    if found is not None:
        assert kinds(submission) - {"deleted-test", "deleted-given"} == found, submission.findings


def test_a_script_without_cells_is_refused(master: Master, tmp_path: Path) -> None:
    (tmp_path / "exercises.py").write_text("def square(x):\n    return x * x\n")
    assert "damaged" in str(read_submission(tmp_path / "exercises.py", master).error)


# --- merged cells ------------------------------------------------------------------------------------------------


def merge(first: str, *others: str) -> Callable[[Cells], None]:
    """Merge cells as JupyterLab does: the first keeps its marks, the others' text follows after an empty line."""

    def change(cells: Cells) -> None:
        for other in others:
            gone = cells.pop(fx.place(cells, other))
            cells[fx.place(cells, first)]["source"] += "\n\n" + gone["source"]

    return change


@pytest.mark.parametrize(
    "change",
    [
        merge("square-answer", "square"),
        merge("square-answer", "square", "root-answer"),
        merge("square", "root-answer"),
        merge("square-answer", "square", "root-answer", "root", "cube-answer", "cube"),
        merge("setup", "square-answer"),
        merge("root", "cube-answer", "cube"),
    ],
    ids=["answer+test", "answer+test+answer", "test+answer", "everything", "given+answer", "test+answer+test"],
)
def test_merged_cells_are_taken_apart(read: Callable[..., Submission], change: Callable[[Cells], None]) -> None:
    submission = read(change=change)
    assert submission.touched == set(fx.RIGHT), submission
    assert "merged" in kinds(submission) and "deleted-answer" not in kinds(submission)
    run = [*submission.answers.values(), *(text for texts in submission.extras.values() for text in texts)]
    assert sorted(run) == sorted(fx.RIGHT.values())


@pytest.mark.parametrize(
    ("holder", "lost", "runs_in"),
    [("square-answer", "root-answer", None), ("cube-answer", "root-answer", "root-answer")],
    ids=["in-an-earlier-answer", "in-a-later-answer"],
)
def test_two_answers_in_one_cell_both_count(
    read: Callable[..., Submission], holder: str, lost: str, runs_in: str | None
) -> None:
    both = f"{fx.RIGHT[holder]}\n\n\n{fx.RIGHT[lost]}"
    submission = read({**fx.RIGHT, holder: both}, change=lambda cells: cells.pop(fx.place(cells, lost)) and None)
    assert submission.touched == set(fx.RIGHT) and submission.answers[holder] == both
    assert only_item(submission, "merged") == "root"
    assert submission.answers.get(lost) == (both if runs_in else None)


def test_an_answer_at_the_end_of_the_notebook_is_run_in_its_place(read: Callable[..., Submission]) -> None:
    answers = {name: text for name, text in fx.RIGHT.items() if name != "cube-answer"}
    submission = read(answers, lambda cells: cells.append(fx.cell("cube = 27")))
    assert submission.answers["cube-answer"] == "cube = 27" and only_item(submission, "own-cell") == "cube"


def test_a_scratch_cell_with_some_of_the_names_is_no_answer_to_another_item(read: Callable[..., Submission]) -> None:
    answers = {name: text for name, text in fx.RIGHT.items() if name != "cube-answer"}
    submission = read(answers, lambda cells: cells.append(fx.cell("cubes = 27\nsquare = 4")))
    assert "cube-answer" not in submission.touched


def test_a_code_answer_in_a_text_cell_of_ones_own_is_read_as_code(read: Callable[..., Submission]) -> None:
    def change(cells: Cells) -> None:
        cells[fx.place(cells, "cube-answer")] = fx.cell("cube = 27", kind="markdown")

    submission = read(change=change)
    assert submission.answers["cube-answer"] == "cube = 27" and only_item(submission, "retyped") == "cube"


@pytest.mark.parametrize("keep", [True, False], ids=["beside-the-empty-cell", "instead-of-it"])
def test_free_text_in_a_cell_of_ones_own_counts(read: Callable[..., Submission], keep: bool) -> None:
    def change(cells: Cells) -> None:
        cells.append(fx.cell("Both grow.", kind="markdown"))
        if not keep:
            cells.pop(fx.place(cells, "essay"))

    submission = read({name: text for name, text in fx.RIGHT.items() if name != "essay"}, change)
    assert submission.answers["essay"] == "Both grow." and "essay" in submission.touched
    assert only_item(submission, "own-cell" if keep else "metadata") == "essay"


def test_a_split_whose_second_half_lost_its_marks_is_put_together(read: Callable[..., Submission]) -> None:
    submission = read(
        {**fx.RIGHT, "square-answer": "def square(x):\n    y = x * x"},
        lambda cells: cells.insert(fx.place(cells, "square-answer") + 1, fx.cell("    return y")),
    )
    assert submission.answers["square-answer"] == "def square(x):\n    y = x * x\n    return y"
    assert only_item(submission, "split") == "square" and submission.extras == {}


def test_all_marks_and_ids_lost(master: Master, tmp_path: Path) -> None:
    """As after a round through a service that keeps only the text of the cells."""
    content = fx.submitted(fx.squares(), fx.RIGHT)
    content["metadata"] = {}
    for each in content["cells"]:
        each["metadata"] = {}
        each.pop("id")
    submission = read_submission(fx.write(tmp_path / "exercises.ipynb", content), master)
    assert submission.error is None and submission.touched == set(fx.RIGHT)
    assert submission.answers["essay"] == "Both grow."
    assert not kinds(submission) & {"deleted-answer", "deleted-test", "edited-test"}


@pytest.mark.parametrize(
    "other",
    [
        fx.notebook(fx.cell("Some text", kind="markdown"), assignment=None),
        fx.notebook(fx.cell("import math", "setup", locked=True), fx.answer("other", "y = 1"), assignment=None),
        fx.notebook(fx.cell("import math"), fx.cell("factor = 1"), fx.cell("Notes", kind="markdown"), assignment=None),
    ],
    ids=["text-alone", "same-setup-id", "same-setup-text"],
)
def test_another_notebook_is_an_error_and_not_a_deleted_answer_to_everything(
    master: Master, tmp_path: Path, other: dict[str, Any]
) -> None:
    error = read_submission(fx.write(tmp_path / "exercises.ipynb", other), master).error
    assert error is not None and "holds no cell of squares/exercises" in error


# --- files too large to be honest --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"cells": [{} for _ in range(6_000)]}, "more than 5000 cells"),
        ({"cells": [], "metadata": {"junk": [0] * 1_100_000}}, "full of data"),
        ({"cells": [{"cell_type": "code", "source": "x" * 5_100_000}]}, "million characters"),
        ({"cells": [], "metadata": {"junk": "\U0001f600" + "x" * 12_000_000}}, "too large"),
    ],
    ids=["cells", "values", "characters", "wide-letters"],
)
def test_what_would_take_too_much_memory_is_one_sentence(
    master: Master, tmp_path: Path, content: dict[str, Any], words: str
) -> None:
    (tmp_path / "exercises.ipynb").write_text(json.dumps(content, ensure_ascii=False))
    error = read_submission(tmp_path / "exercises.ipynb", master).error
    assert error is not None and words in error and error.endswith(".")


def test_a_million_commas_in_an_output_are_no_million_values(master: Master, tmp_path: Path) -> None:
    content = fx.submitted(fx.squares(), fx.RIGHT)
    content["cells"][3]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1, [2], {3}, " * 400_000}]
    submission = read_submission(fx.write(tmp_path / "exercises.ipynb", content), master)
    assert submission.error is None and dict(submission.answers) == dict(fx.RIGHT)
