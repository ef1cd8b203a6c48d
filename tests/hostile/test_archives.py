"""Whatever was handed in: one plain sentence, little memory, little time, and the host is as it was.

The folders are made by hostile_files.py and read by read_in_bounds.py, each in a process of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom.handed_in import read_handed_in
from autograder.intake.folder import files_in
from autograder.judge import load_master

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import hostile_files
import judge_fixtures as fx

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pipes and links to hand in there")

READ = Path(__file__).parent / "read_in_bounds.py"
PEAK_MB = 200
SECONDS = 10


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course directory with a secret beside it, and a student for each case."""
    root = tmp_path_factory.mktemp("course")
    fx.write(root / "source" / "squares" / "exercises.ipynb", fx.squares())
    secret = root / "private" / "exercises.ipynb"
    fx.write(secret, fx.submitted(fx.squares(), {**fx.RIGHT, "essay": hostile_files.SECRET}))
    for name, (fill, _) in hostile_files.CASES.items():
        folder = root / "submitted" / name / "squares"
        folder.mkdir(parents=True)
        fill(folder, secret)
    return root


@pytest.fixture(scope="module")
def outcomes(host: Path) -> dict[str, dict[str, Any]]:
    before = tree(host)
    folders = [str(host / "submitted" / name / "squares") for name in hostile_files.CASES]
    ran = subprocess.run(
        [sys.executable, str(READ), str(host / "source" / "squares" / "exercises.ipynb"), *folders],
        capture_output=True, text=True, timeout=240, cwd=host, check=True,
    )  # fmt: skip
    assert tree(host) == before
    lines = ran.stdout.splitlines()
    assert len(lines) == len(folders), ran.stderr
    return dict(zip(hostile_files.CASES, map(json.loads, lines), strict=True))


@pytest.mark.parametrize("case", hostile_files.CASES)
def test_one_sentence_and_within_bounds(outcomes: dict[str, dict[str, Any]], case: str) -> None:
    words, outcome = hostile_files.CASES[case][1], outcomes[case]
    assert "raised" not in outcome, outcome["raised"]
    assert hostile_files.SECRET not in json.dumps(outcome)
    assert outcome["peak_mb"] <= PEAK_MB and outcome["seconds"] <= SECONDS, outcome
    said = [outcome["error"]] if outcome["error"] else [finding["message"] for finding in outcome["findings"]]
    assert all(each.endswith(".") and each.isprintable() and len(each) < 500 for each in said)
    assert words is None or any(words in each for each in said), said
    assert outcome["answers"].keys() == ({} if outcome["error"] else fx.RIGHT).keys()
    assert words is not None or outcome["answers"] == dict(fx.RIGHT)
    assert words is not None or not outcome["error"]


def test_a_file_swapped_for_a_link_while_it_is_read_is_never_followed(host: Path, tmp_path: Path) -> None:
    """A learner with a shell on the same machine swaps names as fast as possible."""
    master = load_master(host / "source" / "squares" / "exercises.ipynb")
    folder = tmp_path / "ada" / "squares"
    fx.write(folder / "folder" / "exercises.ipynb", fx.submitted(fx.squares(), fx.RIGHT))
    fx.write(folder / "file.ipynb", fx.submitted(fx.squares(), fx.RIGHT))
    (folder / "folder-link").symlink_to(host / "private")
    (folder / "file-link").symlink_to(host / "private" / "exercises.ipynb")
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            for name, link in (("folder", "folder-link"), ("file.ipynb", "file-link")):
                for first, second in ((name, "aside"), (link, name), (name, link), ("aside", name)):
                    os.rename(folder / first, folder / second)

    swapper = threading.Thread(target=swap)
    swapper.start()
    seen = set()
    try:
        for _ in range(300):
            handed_in = read_handed_in(folder, {"exercises": master})
            for _, submission in handed_in.notebooks.values():
                seen.add(submission.answers.get("essay"))
            for found in files_in(folder, lambda name: name.endswith(".ipynb")):
                assert hostile_files.SECRET.encode() not in found.data
    finally:
        stop.set()
        swapper.join()
    assert hostile_files.SECRET not in seen
    assert fx.RIGHT["essay"] in seen  # the test did get to read something


def tree(root: Path) -> str:
    """Names, kinds, times and contents of everything below a folder."""
    told = hashlib.sha256()
    for folder, folders, files in sorted(os.walk(root)):
        for name in sorted([*folders, *files]):
            path = Path(folder, name)
            found = path.lstat()
            told.update(repr((str(path), found.st_mode, found.st_size, found.st_mtime_ns)).encode())
            if path.is_file() and not path.is_symlink() and found.st_size < 1_000_000:
                told.update(path.read_bytes())
    return told.hexdigest()
