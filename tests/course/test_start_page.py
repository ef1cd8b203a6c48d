"""START.md: the page a learner sees first tells the truth about what exists, and every link in it leads somewhere."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from course import content, resources, start_page, syllabus

SYLLABUS = content.assets_dir() / "syllabus.yml"
START = content.release_dir() / "START.md"


@pytest.fixture
def modules() -> tuple[syllabus.Module, ...]:
    return syllabus.load(SYLLABUS)


def test_the_shipped_page_is_what_the_sources_give(tmp_path: Path) -> None:
    """When this fails: `make notebooks`."""
    page = start_page.render(syllabus.load(SYLLABUS), resources.as_markdown(), content.release_dir())
    assert START.read_text(encoding="utf-8") == page


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)]+)\)", START.read_text(encoding="utf-8"))
    assert len(links) >= 4
    for link in links:
        assert (content.release_dir() / link).is_file(), link


def test_syllabus_and_module_folders_are_in_step(modules: tuple[syllabus.Module, ...]) -> None:
    assert [module.number for module in modules] == [f"{number:02d}" for number in range(10)]
    ready = {module.folder for module in modules if module.status == "ready"}
    there = {path.name for path in content.modules_dir().iterdir() if re.match(r"\d\d-", path.name)}
    assert ready == there
    assert all(module.lesson_minutes <= 45 for module in modules)


def test_the_minutes_are_those_the_notebooks_promise(modules: tuple[syllabus.Module, ...]) -> None:
    for module in modules:
        if module.status == "ready":
            for name, minutes in (("lesson", module.lesson_minutes), ("exercises", module.exercises_minutes)):
                path = content.release_dir() / module.folder / f"{name}.ipynb"
                first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]
                assert f"about {minutes} minutes" in "".join(first), path


def test_the_page_names_every_module_and_links_only_those_that_exist(modules: tuple[syllabus.Module, ...]) -> None:
    rows = [line for line in START.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d\d \|", line)]
    assert len(rows) == len(modules)
    for module, row in zip(modules, rows, strict=True):
        assert module.title in row
        assert module.question in row
        assert f"{module.lesson_minutes}&nbsp;+&nbsp;{module.exercises_minutes}" in row
        assert (f"({module.folder}/lesson.ipynb)" in row) == (module.status == "ready")
        assert ("preparation" in row) == (module.status == "planned")


def test_the_page_has_what_a_newcomer_needs() -> None:
    page = START.read_text(encoding="utf-8")
    for resource in resources.crisis_resources():
        assert resource.name in page
        assert resource.how in page
    for phrase in ("Shift+Enter", "three dots", "Validate", "autograder check", "not medical advice", "may stop, skip"):
        assert phrase in page
    assert page.count("\n# ") + page.startswith("# ") == 1, "one H1"


def test_a_promised_notebook_that_is_missing_stops_the_build(
    modules: tuple[syllabus.Module, ...], tmp_path: Path
) -> None:
    promised = [replace(module, status="ready") for module in modules]
    with pytest.raises(start_page.MissingNotebook, match=r"00-reading-the-evidence ready, but .*lesson\.ipynb"):
        start_page.render(promised, "", tmp_path)
    with pytest.raises(start_page.MissingNotebook, match="no module ready"):
        start_page.render([replace(module, status="planned") for module in modules], "", tmp_path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("modules: [", "no syllabus"),
        ("[]", "no syllabus"),
        ("modules:\n  - number: '00'", "lacks or misspells 'folder'"),
        (
            "modules:\n  - {number: '00', folder: 00-a, title: a, question: b, minutes: {lesson: 1, exercises: 1}, "
            "status: soon}",
            "status 'soon'",
        ),
        (
            "modules:\n  - {number: '00', folder: 01-a, title: a, question: b, minutes: {lesson: 1, exercises: 1}, "
            "status: ready}",
            "does not begin with its number",
        ),
        (
            "modules:\n"
            + "  - {number: '00', folder: 00-a, title: a, question: b, minutes: {lesson: 1, exercises: 1}, "
            "status: ready}\n" * 2,
            "listed twice",
        ),
    ],
)
def test_a_wrong_syllabus_is_one_sentence(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "syllabus.yml"
    path.write_text(text)
    with pytest.raises(syllabus.BadSyllabus, match=complaint) as fault:
        syllabus.load(path)
    assert len(str(fault.value).splitlines()) == 1
    assert str(path) in str(fault.value)
