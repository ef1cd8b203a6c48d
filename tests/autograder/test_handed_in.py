"""What a student's folder holds, however it was packed and named, and which of it is the notebook."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import judge_fixtures as fx
import pytest

from autograder.classroom.handed_in import HandedIn, read_handed_in
from autograder.judge import Master, load_master


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Master:
    return load_master(fx.write(tmp_path_factory.mktemp("source") / "squares" / "exercises.ipynb", fx.squares()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "submitted" / "ada" / "squares"
    made.mkdir(parents=True)
    return made


def notebook(answers: Mapping[str, str] = fx.RIGHT) -> bytes:
    return json.dumps(fx.submitted(fx.squares(), answers)).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def old_windows_zip(name: str) -> bytes:
    """A zip whose names are in code page 437, without the mark of UTF-8."""
    data = zipped({"x" * len(name): notebook()})
    return data.replace(b"x" * len(name), name.encode("cp437"))


def read(folder: Path, master: Master) -> HandedIn:
    return read_handed_in(folder, {"exercises": master})


def assert_right(handed_in: HandedIn, kinds: set[str]) -> None:
    assert handed_in.error is None, handed_in.error
    _, submission = handed_in.notebooks["exercises"]
    assert submission.error is None and dict(submission.answers) == dict(fx.RIGHT)
    assert {finding.kind for finding in submission.findings} == kinds
    assert all(finding.message.endswith(".") and finding.message.isprintable() for finding in submission.findings)


PACKED: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "zip": ("exercises.zip", lambda: zipped({"exercises.ipynb": notebook()}), {"unpacked"}),
    "zip-deep": ("a.zip", lambda: zipped({"home/ada/hw/exercises.ipynb": notebook()}), {"unpacked"}),
    "zip-of-a-mac": (
        "exercises.zip",
        lambda: zipped({
            "exercises.ipynb": notebook(), "__MACOSX/._exercises.ipynb": b"\0\5\x16\7Mac OS X",
            "__MACOSX/exercises.ipynb": b"x",
            ".DS_Store": b"\0", ".ipynb_checkpoints/exercises-checkpoint.ipynb": notebook({}),
        }),
        {"unpacked"},
    ),
    "zip-of-windows": ("exercises.zip", lambda: zipped({"hw\\week 1\\exercises.ipynb": notebook()}), {"unpacked"}),
    "zip-with-old-names": ("hw.zip", lambda: old_windows_zip("Übung/exercises.ipynb"), {"unpacked"}),
    "zip-with-whole-paths": ("hw.zip", lambda: zipped({"D:\\hw\\exercises.ipynb": notebook()}), {"unpacked"}),
    "zip-in-a-zip": ("out.zip", lambda: zipped({"in.zip": zipped({"exercises.ipynb": notebook()})}), {"unpacked"}),
    "tar.gz": ("hw.tar.gz", lambda: tarred({"./hw/exercises.ipynb": notebook()}), {"unpacked"}),
    "tgz": ("hw.tgz", lambda: tarred({"exercises.ipynb": notebook()}), {"unpacked"}),
    "tar": ("hw.tar", lambda: tarred({"exercises.ipynb": notebook()}, "w:"), {"unpacked"}),
    "tar-in-a-zip": ("hw.zip", lambda: zipped({"hw.tar.gz": tarred({"exercises.ipynb": notebook()})}), {"unpacked"}),
    "a-zip-called-notebook": ("exercises.ipynb", lambda: zipped({"exercises.ipynb": notebook()}), {"unpacked"}),
    "folder-in-a-folder": ("squares/hw 1/exercises.ipynb", notebook, {"unpacked"}),
    "renamed": ("exercises (1).ipynb", notebook, {"renamed"}),
    "renamed-in-a-zip": ("x.zip", lambda: zipped({"ada_1234_exercises-2.ipynb": notebook()}), {"unpacked", "renamed"}),
    "capitals": ("Exercises.IPYNB", notebook, {"renamed"}),
    "json-added": ("exercises.ipynb.json", notebook, {"renamed"}),
    "txt-added": ("exercises.ipynb.txt", notebook, {"renamed"}),
    "json": ("exercises.json", notebook, {"renamed"}),
    "no-suffix": ("exercises", notebook, {"renamed"}),
    "other-name-as-text": ("my homework.txt", notebook, {"renamed"}),
}  # fmt: skip


@pytest.mark.parametrize("case", PACKED)
def test_however_it_was_packed_or_named_the_notebook_is_found(master: Master, folder: Path, case: str) -> None:
    name, content, kinds = PACKED[case]
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content())
    (folder / "timestamp.txt").write_text("2026-11-24 10:00:00 UTC")
    handed_in = read(folder, master)
    assert_right(handed_in, kinds)
    assert handed_in.timestamp is not None and handed_in.timestamp.hour == 10


def test_a_script_counts_where_no_notebook_was_handed_in(master: Master, folder: Path) -> None:
    marks = [
        f"# %%{' [markdown]' if c['cell_type'] == 'markdown' else ''} {'nbgrader=' + json.dumps(c['metadata']['nbgrader']) if c['metadata'] else ''}\n"  # noqa: E501
        + (c["source"] if c["cell_type"] == "code" else "# " + c["source"])
        for c in fx.submitted(fx.squares(), fx.RIGHT)["cells"]
    ]
    (folder / "exercises.py").write_text("\n\n".join(marks))
    assert_right(read(folder, master), {"renamed", "file"})
    (folder / "exercises.ipynb").write_bytes(notebook())
    assert_right(read(folder, master), set())


def test_the_same_notebook_twice_is_no_question(master: Master, folder: Path) -> None:
    (folder / "exercises.ipynb").write_bytes(notebook())
    (folder / "exercises.zip").write_bytes(zipped({"exercises.ipynb": notebook()}))
    assert_right(read(folder, master), set())


def test_other_answers_in_an_archive_beside_it_ask_for_a_person(master: Master, folder: Path) -> None:
    (folder / "exercises.ipynb").write_bytes(notebook())
    (folder / "old.zip").write_bytes(zipped({"exercises.ipynb": notebook({**fx.RIGHT, "cube-answer": "cube = 1"})}))
    assert_right(read(folder, master), {"several-files"})


def test_two_notebooks_of_one_name_in_a_zip_ask_for_a_person(master: Master, folder: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(folder / "hw.zip", "w") as archive:
        archive.writestr("exercises.ipynb", notebook())
        archive.writestr("exercises.ipynb", notebook({"cube-answer": "cube = 1"}))
    assert_right(read(folder, master), {"unpacked", "several-files"})


def test_an_empty_notebook_does_not_hide_a_damaged_one_with_the_answers(master: Master, folder: Path) -> None:
    (folder / "exercises.ipynb").write_bytes(notebook({}))
    (folder / "exercises (1).ipynb").write_bytes(notebook()[:900])
    _, submission = read(folder, master).notebooks["exercises"]
    assert [finding.kind for finding in submission.findings] == ["several-files"]
    assert "damaged" in submission.findings[0].message


def test_a_broken_file_beside_the_answers_is_only_said(master: Master, folder: Path) -> None:
    (folder / "exercises.ipynb").write_bytes(notebook())
    (folder / "copy.ipynb").write_bytes(b"{")
    assert_right(read(folder, master), {"left-out"})


def test_an_assignment_under_a_new_name_is_known_by_its_cells(master: Master, folder: Path) -> None:
    content = {**fx.submitted(fx.squares(), fx.RIGHT)}
    content["metadata"]["autograder"] = {"assignment": "01-powers", "notebook": "powers"}
    fx.write(folder / "hw.ipynb", content)
    assert_right(read(folder, master), {"renamed"})


def test_a_notebook_of_another_assignment_is_not_taken_for_this_one(master: Master, folder: Path) -> None:
    content = {**fx.submitted(fx.squares(), fx.RIGHT)}
    content["metadata"]["autograder"] = {"assignment": "01-powers", "notebook": "powers"}
    fx.write(folder / "other" / "exercises.ipynb", {**content, "cells": content["cells"][:4]})
    error = read(folder, master).error
    assert error is not None and "There is no exercises.ipynb" in error


def test_several_notebooks_of_one_assignment_are_told_apart_in_one_zip(folder: Path, tmp_path: Path) -> None:
    masters = {}
    for name in ("first", "second"):
        content = fx.notebook(fx.answer(name, f"{name} = 1"), fx.test_cell(name, "pass"), assignment=None)
        masters[name] = load_master(fx.write(tmp_path / "source" / "two" / f"{name}.ipynb", content))
    files = {
        f"hw/{at}.ipynb": json.dumps(
            fx.notebook(fx.answer(name, f"{name} = 2"), fx.test_cell(name, "pass"), assignment=None)
        ).encode()
        for at, name in (("a", "second"), ("b", "first"))
    }
    (folder / "hw.zip").write_bytes(zipped(files))
    handed_in = read_handed_in(folder, masters)
    assert {name: dict(found[1].answers) for name, found in handed_in.notebooks.items()} == {
        "first": {"first-answer": "first = 2"},
        "second": {"second-answer": "second = 2"},
    }


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"exercises.html": b"<!DOCTYPE html><html>"}, "ask for the .ipynb file"),
        ({"exercises.pdf": b"%PDF-1.7"}, "ask for the .ipynb file"),
        ({"notes.docx": b"PK\3\4"}, "only notes.docx"),
        ({"exercises.ipynb": b"<!DOCTYPE html><html>"}, "web page"),
        ({"exercises.zip": zipped({"essay.txt": b"hello"})}, "only exercises.zip"),
        ({"helpers.py": b"x = 1\n"}, "only helpers.py"),
    ],
)
def test_what_holds_no_notebook_is_one_sentence(
    master: Master, folder: Path, files: Mapping[str, bytes], words: str
) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    handed_in = read(folder, master)
    error = handed_in.error or handed_in.notebooks["exercises"][1].error
    assert error is not None and words in error and error.endswith(".")


def test_nothing_at_all_is_nothing_at_all(master: Master, folder: Path) -> None:
    assert read(folder, master).is_empty and read(folder / "no-such", master).is_empty
