"""Building: percent sources → nbgrader notebooks, the same bytes on every run, all or nothing."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from authoring_kit import EXERCISES, LESSON, VALUES, write_module
from nbgrader.nbgraderformat import MetadataValidator

from autograder.cli import main


def run(*words: str | Path) -> int:
    return main([str(word) for word in words])


def built(tmp_path: Path, **texts: str) -> dict[str, nbformat.NotebookNode]:
    module = write_module(tmp_path, **texts)
    assert run("build", tmp_path, "--fill", "authoring_kit:fill") == 0
    return {name: nbformat.read(module / f"{name}.ipynb", as_version=4) for name in ("lesson", "exercises")}


def test_each_header_becomes_the_marks_that_nbgrader_reads(tmp_path: Path) -> None:
    notebook = built(tmp_path)["exercises"]
    MetadataValidator().validate_nb(notebook)
    marks = {
        cell.metadata.nbgrader.grade_id: (
            cell.cell_type,
            cell.metadata.nbgrader.grade,
            cell.metadata.nbgrader.solution,
            cell.metadata.nbgrader.locked,
            cell.metadata.nbgrader.get("points"),
        )
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }
    assert marks == {
        "setup": ("code", False, False, True, None),
        "c1-answer": ("code", False, True, False, None),
        "c1": ("code", True, False, True, 3),
        "m1-answer": ("code", False, True, False, None),
        "m1": ("code", True, False, True, 1.5),
        "f1": ("markdown", True, True, False, 1),
    }
    test = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "c1")
    assert test.metadata.autograder == {"objective": "O1", "read": "How long: the half-life"}
    assert notebook.cells[-1].metadata == {"tags": ["instructor"]}
    assert notebook.metadata.kernelspec.name == "python3"
    assert {key: notebook.metadata.autograder[key] for key in ("assignment", "notebook")} == {
        "assignment": "01-tiny",
        "notebook": "exercises",
    }


def test_prose_is_filled_and_code_is_not(tmp_path: Path) -> None:
    code = '# %%\nplace = "{{half-life}}"\n'
    notebook = built(tmp_path, lesson_text=LESSON + "\n" + code)["lesson"]
    assert VALUES["half-life"] in notebook.cells[0].source
    assert notebook.cells[1].source == "%matplotlib inline\nlevel = 100"
    assert notebook.cells[-1].source == 'place = "{{half-life}}"'


def test_points_stand_in_prose_in_the_right_number(tmp_path: Path) -> None:
    cells = built(tmp_path)["exercises"].cells
    assert "(3 points)" in cells[2].source
    assert "(1 point)" in cells[7].source
    halves = EXERCISES.replace("({{points f1}})", "({{points m1}})")
    assert "(1.5 points)" in built(tmp_path, exercises_text=halves)["exercises"].cells[7].source


def test_nothing_has_been_run_and_every_cell_has_its_own_id(tmp_path: Path) -> None:
    cells = built(tmp_path)["exercises"].cells
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells if cell.cell_type == "code")
    assert len({cell.id for cell in cells}) == len(cells)


def test_an_item_keeps_its_cell_id_when_cells_are_added_above_it(tmp_path: Path) -> None:
    before = {
        cell.metadata.nbgrader.grade_id: cell.id
        for cell in built(tmp_path)["exercises"].cells
        if "nbgrader" in cell.metadata
    }
    more = EXERCISES.replace(
        '# %% locked="setup"', '# %%\nx = 1\n\n# %% [markdown]\n"""\nMore.\n"""\n\n# %% locked="setup"'
    )
    after = {
        cell.metadata.nbgrader.grade_id: cell.id
        for cell in built(tmp_path, exercises_text=more)["exercises"].cells
        if "nbgrader" in cell.metadata
    }
    assert before == after


def test_two_processes_build_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        write_module(folder / "modules")
        code = "import sys; from autograder.cli import main; sys.exit(main(sys.argv[1:]))"
        words = ["build", "modules", "--fill", "authoring_kit:fill", "--release", "release"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        subprocess.run([sys.executable, "-c", code, *words], cwd=folder, env=environment, check=True)
        contents.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.ipynb")})
    assert len(contents[0]) == 4
    assert contents[0] == contents[1]


def test_a_file_says_its_keys_in_order_and_ends_in_one_newline(tmp_path: Path) -> None:
    built(tmp_path)
    text = (tmp_path / "01-tiny" / "exercises.ipynb").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def test_a_second_build_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built(tmp_path)
    file = tmp_path / "01-tiny" / "exercises.ipynb"
    os.utime(file, (1, 1))
    capsys.readouterr()
    assert run("build", tmp_path, "--fill", "authoring_kit:fill") == 0
    assert capsys.readouterr().out.count(": unchanged") == 2
    assert file.stat().st_mtime == 1


def test_check_names_what_is_out_of_date_and_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release = tmp_path / "release"
    words = ["build", tmp_path / "modules", "--fill", "authoring_kit:fill", "--release", release]
    module = write_module(tmp_path / "modules")
    assert run(*words, "--check") == 1
    assert not list(tmp_path.rglob("*.ipynb"))
    assert run(*words) == 0
    assert run(*words, "--check") == 0
    (module / "exercises.py").write_text(EXERCISES.replace("Explain.", "Explain it."), encoding="utf-8")
    capsys.readouterr()
    assert run(*words, "--check") == 1
    told = capsys.readouterr().err
    assert f"{module / 'exercises.ipynb'}: out of date" in told
    assert f"{release / '01-tiny' / 'exercises.ipynb'}: out of date" in told
    assert "lesson.ipynb" not in told
    assert f"run `autograder build {tmp_path / 'modules'} --fill authoring_kit:fill --release {release}`" in told


def test_check_names_a_notebook_whose_source_is_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built(tmp_path)
    (tmp_path / "01-tiny" / "lesson.py").unlink()
    assert run("build", tmp_path, "--fill", "authoring_kit:fill", "--check") == 1
    assert "lesson.ipynb: its source is gone" in capsys.readouterr().err


def test_one_mistake_anywhere_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = write_module(tmp_path, lesson_text=LESSON.replace("# How long does it stay?", "How long does it stay?"))
    assert run("build", tmp_path, "--fill", "authoring_kit:fill") == 1
    assert not list(tmp_path.rglob("*.ipynb"))
    assert f"{module / 'lesson.py'}:" in capsys.readouterr().err


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = write_module(
        tmp_path,
        exercises_text=EXERCISES.replace("points=3 objective", "objective").replace("{{peak}}", "{{peek}}"),
        lesson_text=LESSON.replace("{{half-life}}", "{{halflife}}"),
    )
    (module / "questions.yml").write_text("wrong", encoding="utf-8")
    words = ["build", tmp_path, "--fill", "authoring_kit:fill", "--questions", "authoring_kit:check_questions"]
    assert run(*words) == 1
    told = capsys.readouterr().err
    for sentence in ("no points", '"peek"', '"halflife"', "questions.yml:1: The option has no explanation."):
        assert sentence in told
    (module / "questions.yml").write_text("right", encoding="utf-8")
    write_module(tmp_path)
    assert run(*words) == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["build", "nowhere"], "There is no folder nowhere."),
        (["build", "."], "holds no module"),
        (["build", ".", "--fill", "no_such_package:fill"], "'no_such_package:fill' is not an importable PKG:FUNC"),
        (["build", ".", "--fill", "authoring_kit"], "is not an importable PKG:FUNC"),
        (["build", ".", "--fill", "authoring_kit:VALUES"], "is not a function"),
        (["release", "nothing.ipynb", "--output", "x.ipynb"], "There is no file nothing.ipynb."),
        (["adopt", "nothing.ipynb"], "There is no file nothing.ipynb."),
    ],
)
def test_what_cannot_run_is_one_sentence_and_exit_2(
    words: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*words) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1


def test_a_source_that_is_not_utf8_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = write_module(tmp_path)
    (module / "lesson.py").write_bytes("# %%\nx = 'é'\n".encode("latin-1"))
    assert run("build", tmp_path) == 2
    assert "lesson.py is not UTF-8 text" in capsys.readouterr().err


def test_a_full_disk_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built(tmp_path)
    file = tmp_path / "01-tiny" / "exercises.ipynb"
    before = sorted(path.name for path in file.parent.iterdir()), file.read_bytes()
    write_module(tmp_path, exercises_text=EXERCISES.replace("Explain.", "Explain it."))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    capsys.readouterr()
    assert run("build", tmp_path, "--fill", "authoring_kit:fill") == 2
    assert capsys.readouterr().err == f"autograder: {file}: No space left on device.\n"
    assert (sorted(path.name for path in file.parent.iterdir()), file.read_bytes()) == before


def test_a_release_folder_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_module(tmp_path / "modules")
    (tmp_path / "release").write_text("", encoding="utf-8")
    words = ["build", tmp_path / "modules", "--fill", "authoring_kit:fill", "--release", tmp_path / "release"]
    assert run(*words) == 2
    assert str(tmp_path / "release") in capsys.readouterr().err


def test_the_commands_explain_themselves_without_loading_anything_heavy() -> None:
    code = (
        "import sys\nfrom autograder.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'nbformat', 'nbconvert', 'nbgrader', 'jupytext', 'numpy', 'IPython', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "build" in shown and "adopt" in shown and "release" in shown


@pytest.mark.parametrize("command", ["build", "adopt", "release"])
def test_every_command_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert f"Example:\n  autograder {command} " in capsys.readouterr().out
