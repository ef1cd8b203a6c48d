"""Every module as its reader meets it: built as committed, released without a secret, running from top to bottom."""

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from autograder.cli import main
from course.cli import main as course_main
from course.content import modules_dir, release_dir

MODULES = sorted(path for path in modules_dir().glob("[0-9][0-9]-*") if path.is_dir())
module = pytest.mark.parametrize("module", MODULES, ids=[path.name for path in MODULES])

_REGIONS = re.compile(
    r"(?:### BEGIN (SOLUTION|HIDDEN TESTS)|=== BEGIN MARK SCHEME ===)\n(.*?)(?:### END|=== END)", re.DOTALL
)


def secret_lines(notebook: Path) -> set[str]:
    """Lines of solutions, hidden tests, mark schemes and instructor notes that stand nowhere in the open."""
    closed: set[str] = set()
    in_the_open = ""
    for cell in nbformat.read(notebook, 4).cells:
        if "instructor" in cell.metadata.get("tags", []):
            closed |= set(cell.source.splitlines())
            continue
        for match in _REGIONS.finditer(cell.source):
            closed |= set(match[2].splitlines())
        in_the_open += _REGIONS.sub("", cell.source) + "\n"
    return {line for line in map(str.strip, closed) if len(line) >= 12 and line not in in_the_open}


def test_the_committed_notebooks_are_what_their_sources_build_to(tmp_path: Path) -> None:
    options = ["--fill", "course.prose:fill", "--questions", "course.questions:validate"]
    code = main(["build", str(modules_dir()), *options, "--release", str(release_dir()), "--check"])
    assert code == 0, "A notebook is out of date: run `make notebooks` and commit what it writes."
    shutil.copytree(release_dir(), tmp_path / "release")
    pages = ("START.md", "GLOSSARY.md", "EVIDENCE.html")
    for name in pages:
        (tmp_path / "release" / name).unlink()
    subprocess.run([sys.executable, "-m", "course.release_pages", str(tmp_path / "release")], check=True)
    for name in pages:
        built, committed = tmp_path / "release" / name, release_dir() / name
        assert built.read_bytes() == committed.read_bytes(), f"{name} is out of date: run `make notebooks`."


def test_the_content_is_in_order(capfd: pytest.CaptureFixture[str]) -> None:
    """Every claim used and known, no number typed in, words that respect people, help lines looked up this year."""
    assert course_main(["check"]) == 0, capfd.readouterr().err


@module
def test_a_learners_copy_holds_no_solution_hidden_test_mark_scheme_or_instructor_note(module: Path) -> None:
    secrets = secret_lines(module / "exercises.ipynb") | secret_lines(module / "lesson.ipynb")
    assert len(secrets) >= 50  # otherwise this test looks for nothing
    for released in (release_dir() / module.name).glob("*.ipynb"):
        text = "\n".join(cell.source for cell in nbformat.read(released, 4).cells)
        raw = released.read_text(encoding="utf-8")
        assert not [line for line in secrets if line in text or json.dumps(line)[1:-1] in raw]
        assert "BEGIN SOLUTION" not in raw and "BEGIN HIDDEN" not in raw and "MARK SCHEME" not in raw


@module
def test_half_of_the_points_need_no_programming(module: Path) -> None:
    graded = [
        cell.metadata.nbgrader
        for cell in nbformat.read(module / "exercises.ipynb", 4).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    points = {flags.grade_id: flags.points for flags in graded}
    concept = [name for name in points if name.startswith("c")]
    modelling = [name for name in points if name.startswith("m")]
    free = [name for name in points if name.startswith("f")]
    assert len(concept) >= 4 and 3 <= len(modelling) <= 5 and len(free) == 1
    assert len(concept + modelling + free) == len(points)
    assert sum(points[name] for name in concept + free) >= sum(points.values()) / 2
    assert sum(points[name] for name in concept) >= sum(points[name] for name in modelling)


_PEAK_MB = (  # not ru_maxrss: that counts what the process was before it became the kernel
    r"import re; print(int(re.search(r'VmHWM:\s+(\d+) kB', open('/proc/self/status').read())[1]) // 1024)"
)


def executed(notebook: Path, folder: Path, *more: str) -> tuple[nbformat.NotebookNode, float]:
    """The notebook after Run All in a real kernel, with `more` cells at its end, and the seconds it took."""
    content = nbformat.read(notebook, 4)
    content.cells += [nbformat.v4.new_code_cell(source) for source in more]
    began = time.monotonic()
    NotebookClient(content, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}).execute()
    return content, time.monotonic() - began


@module
def test_a_lesson_runs_from_top_to_bottom_within_its_cost(module: Path, tmp_path: Path) -> None:
    lesson, seconds = executed(release_dir() / module.name / "lesson.ipynb", tmp_path, _PEAK_MB)
    weighing = lesson.cells.pop()
    errors = [output for cell in lesson.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    assert errors == []
    assert seconds <= 30
    peak = int(weighing.outputs[0].text)
    assert peak <= 300, f"the lesson's kernel used {peak:.0f} MB"
    page, _ = HTMLExporter().from_notebook_node(lesson)
    pictures = re.findall(r"<img\b[^>]*>", page)
    assert pictures and "No description has been provided" not in page
    assert all(len(re.search(r'alt="([^"]*)"', picture)[1]) >= 40 for picture in pictures)  # type: ignore[index]


@module
def test_untouched_exercises_run_through_and_say_that_nothing_is_answered(module: Path, tmp_path: Path) -> None:
    exercises, _ = executed(release_dir() / module.name / "exercises.ipynb", tmp_path)
    for cell in exercises.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            assert "Not answered yet" in "".join(o.get("data", {}).get("text/html", "") for o in cell.outputs), (
                cell.source
            )
    kinds = {output.output_type for cell in exercises.cells for output in cell.get("outputs", [])}
    assert kinds <= {"execute_result", "display_data"}  # no error, nothing on stderr


@module
def test_a_lesson_has_its_parts_in_order(module: Path) -> None:
    text = "\n\n".join(cell.source for cell in nbformat.read(module / "lesson.ipynb", 4).cells)
    parts = [
        r"^# ",
        r"about \d+ minutes",
        r"\*\*You will be able to\*\*",
        r"^### Predict",
        r"^### Explore",
        r"^### Explain",
        r"^### Check",
        r"^## What the review says, what the evidence says",
        r"^\| What the review says \| Status",
        r"^## What th\w+ models? cannot tell you",
        r"^## Take-away",
        r"questions\.ask\(",
        r"^### Words",
        r"^### Read further",
        r"^## To discuss in class",
        r"^### For the instructor",
    ]
    at = 0
    for part in parts:
        found = re.compile(part, re.MULTILINE).search(text, at)
        assert found, f"{module.name}/lesson.py: nothing like {part!r} after character {at}"
        at = found.end()
    counts = {
        step: len(re.findall(rf"^### {step}", text, re.MULTILINE))
        for step in ("Predict", "Explore", "Explain", "Check")
    }
    assert len(set(counts.values())) == 1 and 3 <= counts["Predict"] <= 5, counts
    minutes = re.search(r"about (\d+) minutes", text)
    assert minutes and int(minutes[1]) <= 45
