"""The learner's copy: what nbgrader itself would release, and nothing that a learner must not see."""

from pathlib import Path

import nbformat
import pytest
from authoring_kit import CANARIES, EXERCISES, write_module

from autograder.authoring.lint_code import syntax
from autograder.classroom import init
from autograder.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built module with its release; a solution is planted in a model answer, too."""
    root = tmp_path_factory.mktemp("release")
    text = EXERCISES.replace(
        "=== BEGIN MARK SCHEME ===", "Say why:\n### BEGIN SOLUTION\nCANARY-MODEL\n=== BEGIN MARK SCHEME ==="
    ).replace("=== END MARK SCHEME ===", "=== END MARK SCHEME ===\n### END SOLUTION")
    write_module(root / "source", exercises_text=text)
    words = ["build", str(root / "source"), "--fill", "authoring_kit:fill", "--release", str(root / "ours")]
    assert main(words) == 0
    return root


def test_the_planted_words_are_in_the_built_notebooks_and_not_in_the_learners_copies(folder: Path) -> None:
    def together(part: str) -> str:
        return "".join(path.read_text(encoding="utf-8") for path in sorted((folder / part).rglob("*.ipynb")))

    for canary in (*CANARIES, "CANARY-MODEL"):
        assert canary in together("source")
        assert canary not in together("ours")
    assert "BEGIN " not in together("ours")
    assert "instructor" not in together("ours")


def test_it_is_what_nbgrader_releases_in_a_course_directory(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`autograder init` writes nbgrader's configuration and runs stock `generate_assignment` on our source."""
    monkeypatch.setattr(init, "assignment_folders", lambda: [folder / "source"])
    init.init_course(tmp_path / "course", say=lambda _: None)
    for name in ("lesson", "exercises"):
        theirs = (tmp_path / "course" / "release" / "01-tiny" / f"{name}.ipynb").read_bytes()
        assert theirs == (folder / "ours" / "01-tiny" / f"{name}.ipynb").read_bytes()


def test_what_a_learner_gets(folder: Path) -> None:
    notebook = nbformat.read(folder / "ours" / "01-tiny" / "exercises.ipynb", as_version=4)
    cells = {one.metadata.nbgrader.grade_id: one for one in notebook.cells if "nbgrader" in one.metadata}
    assert "c1 = ...  # per cent" in cells["c1-answer"].source
    assert "return ...  # replace the three dots" in cells["m1-answer"].source
    assert "YOUR ANSWER HERE" in cells["f1"].source
    assert "Say why:" in cells["f1"].source
    assert cells["c1"].metadata.editable is False
    assert cells["c1-answer"].metadata.deletable is False
    assert "checksum" in cells["c1"].metadata.nbgrader
    for one in notebook.cells:
        if one.cell_type == "code":
            assert syntax(one.source)[0] is not None, one.source


def test_the_command_writes_the_same_copy(folder: Path, tmp_path: Path) -> None:
    built = folder / "source" / "01-tiny" / "exercises.ipynb"
    assert main(["release", str(built), "--output", str(tmp_path / "copy.ipynb")]) == 0
    ours = folder / "ours" / "01-tiny" / "exercises.ipynb"
    assert (tmp_path / "copy.ipynb").read_bytes() == ours.read_bytes()


def test_a_notebook_that_nbgrader_refuses_is_one_sentence(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built = (folder / "source" / "01-tiny" / "exercises.ipynb").read_text(encoding="utf-8")
    (tmp_path / "open.ipynb").write_text(built.replace("### END SOLUTION", "###"), encoding="utf-8")
    (tmp_path / "list.ipynb").write_text("[]", encoding="utf-8")
    capsys.readouterr()
    assert main(["release", str(tmp_path / "open.ipynb"), "--output", str(tmp_path / "x.ipynb")]) == 2
    told = capsys.readouterr().err
    assert "nbgrader cannot make a learner's copy: no end solution statement found." in told
    assert told.count("\n") == 1
    assert main(["release", str(tmp_path / "list.ipynb"), "--output", str(tmp_path / "x.ipynb")]) == 2
    assert "is not a Jupyter notebook" in capsys.readouterr().err
    assert not (tmp_path / "x.ipynb").exists()
