"""`course COMMAND`: help with an example, plain sentences, and the exit codes a shell user expects."""

import subprocess
import sys
from pathlib import Path

import pytest

from course import cli


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["lab", "--help"], ["doctor", "--help"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(words)
        assert ended.value.code == 0
        assert "Example:\n  course" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["fly"], ["lab", "--port", "many"], ["lab", "--port", "0"], ["lab", "a", "b"]])
def test_wrong_use_is_exit_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert "usage: course" in capsys.readouterr().err


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paper.txt").write_text("mine")
    assert cli.main(["lab", str(tmp_path / "paper.txt")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "is a file, not a folder" in said.err


def test_the_command_line_starts_quickly(tmp_path: Path) -> None:
    """Nothing heavy may be imported before a command is chosen."""
    program = "import sys; from course import cli; print(sorted({'numpy', 'jupyterlab', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "[]"
