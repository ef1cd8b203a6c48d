"""The syllabus for instructors: what the committed page says is what the built notebooks and the ledger say."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
import yaml
from syllabus_kit import modules

from course import evidence
from course.content import content_root
from course.overview import render
from course.overview.__main__ import main

PAGE = content_root() / "course" / "README.md"
READY = [module for module in modules() if module.status == "ready"]
each_module = pytest.mark.parametrize("module", READY, ids=[module.number for module in READY])


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """What stands under a third-level heading."""
    (found,) = re.findall(rf"^### {re.escape(heading)}\n(.*?)(?=^##)", page, flags=re.MULTILINE | re.DOTALL)
    return str(found)


def cells(text: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_committed_page_is_what_the_sources_make(tmp_path: Path, seed: str) -> None:
    made = tmp_path / "README.md"
    command = [sys.executable, "-m", "course.overview", str(made)]
    subprocess.run(command, check=True, cwd=content_root(), env={**os.environ, "PYTHONHASHSEED": seed})
    assert made.read_bytes() == PAGE.read_bytes(), "course/README.md is out of date: run `make notebooks`."


@each_module
def test_the_items_are_those_of_the_built_notebook(page: str, module: object) -> None:
    number, folder, title = (getattr(module, name) for name in ("number", "folder", "title"))
    graded = [
        cell.metadata.nbgrader
        for cell in nbformat.read(content_root() / "modules" / folder / "exercises.ipynb", 4).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    kinds = {"c": "concept", "m": "function", "f": "short text"}
    rows = [row for row in cells(section(page, f"{number} {title}")) if row[0].isdecimal()]
    assert [(row[2], int(row[4])) for row in rows] == [(kinds[item.grade_id[0]], item.points) for item in graded]
    (glance,) = [row for row in cells(page) if row[:1] == [number] and row[1].startswith(f"**{title}**")]
    assert glance[-1] == f"{sum(item.points for item in graded):g}"
    counts = [sum(item.grade_id[0] == kind for item in graded) for kind in kinds]
    assert glance[-2] == " + ".join(map(str, counts))


@each_module
def test_objectives_wrong_ideas_and_ledger_rows_are_all_there(page: str, module: object) -> None:
    number, folder, title = (getattr(module, name) for name in ("number", "folder", "title"))
    source = {
        path.name: path.read_text(encoding="utf-8") for path in (content_root() / "modules" / folder).glob("*.[py]*")
    }
    here = section(page, f"{number} {title}")
    objectives = re.findall(r"^\| (O\d) \| (.*) \| (\w+) \|$", source["lesson.py"], flags=re.MULTILINE)
    assert 3 <= len(objectives) <= 5
    assert [tuple(row[:3]) for row in cells(here) if re.fullmatch(r"O\d", row[0])] == objectives
    rest, _, ledger = here.partition("<details><summary>Rows of the ledger")
    items, _, questions = rest.partition("<details><summary>Wrong ideas")
    in_bank = set(re.findall(r'^# %%.* misconception="([^"]+)"', source["answer_bank.py"], flags=re.MULTILINE))
    assert in_bank and set(re.findall(r"`([a-z0-9-]+)`", items)) == in_bank
    asked = set(re.findall(r"misconception: ([a-z0-9-]+)", source["questions.yml"]))
    assert set(re.findall(r"`([a-z0-9-]+)`", questions)) == asked  # module 01 names none in its questions
    shown = {claim: row[0] for row in cells(ledger) for claim in re.findall(r"`([a-z0-9-]+)`", row[-1])}
    tabled = {
        claim.strip() for ids in re.findall(r"\{\{table ([^}]+)\}\}", source["lesson.py"]) for claim in ids.split(",")
    }
    assert tabled <= set(shown)
    assert shown == {claim: evidence.claim(claim).status for claim in shown}


def test_every_link_leads_to_a_file_and_every_anchor_to_a_heading(page: str) -> None:
    assert "{{" not in page  # a title, objective or question to discuss is shown as it stands, without the ledger
    here = set(re.findall(r"^#+ (.*)$", page, flags=re.MULTILINE))
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", page) if not link.startswith("https://")]
    assert len(links) > 50
    headings: dict[Path, set[str]] = {}
    for link in links:
        file, _, anchor = link.partition("#")
        if not file:
            assert anchor in {heading.lower().replace(" ", "-") for heading in here}
            continue
        path = PAGE.parent / file
        assert path.is_file(), link
        if anchor and path not in headings:
            text = "\n".join(cell.source for cell in nbformat.read(path, 4).cells)
            # JupyterLab makes the anchor of a heading by putting a hyphen for each space.
            headings[path] = {each.replace(" ", "-") for each in re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)}
        assert not anchor or unquote(anchor) in headings[path], link


def test_the_minutes_of_the_plans_are_those_of_the_syllabus(page: str) -> None:
    listed = yaml.safe_load((content_root() / "assets" / "syllabus.yml").read_text(encoding="utf-8"))["modules"]
    minutes = {module["number"]: sum(module["minutes"].values()) for module in listed}
    for plan, weeks in (("Three weeks", 3), ("Twelve weeks", 12)):
        rows = [row for row in cells(section(page, plan)) if row[0].isdecimal()]
        assert len(rows) == weeks
        taken = [re.findall(r"\b(\d\d) ", row[1]) for row in rows]
        assert [name for names in taken for name in names] == list(minutes)
        for row, names in zip(rows, taken, strict=True):
            assert row[2] == (str(sum(minutes[name] for name in names)) if names else "–")
            assert row[3] == str(90 * max(1, len(names)))


def test_a_part_of_the_review_is_linked_once_its_module_is_ready(page: str) -> None:
    taught = page[page.index("## Where the review is taught") :]
    rows = cells(taught)
    assert len(rows) == 3 + 35 + 6 + 10  # three headings, then sections, figures and regions
    assert all("](" in row[1] or "in preparation" in row[1] for row in rows if row[1] != "taught in")
    if all(module.status == "ready" for module in modules()):
        assert "in preparation" not in page


def test_a_module_that_becomes_planned_is_named_and_not_described(checkout: Path) -> None:
    made = render(checkout, modules(m03="planned"))
    assert section(made, "03 The neural landscape of borderline personality disorder").endswith("(in preparation)\n\n")
    assert "03-bpd-neural-landscape/lesson.ipynb" not in made.partition("One session")[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("exercises.py", "({{points c1-half-life}}, O1)", "", 'exercises.py: the item "c1-half-life" needs a heading'),
        ("exercises.py", 'points=3 objective="O1"', 'points=3 objective="O9"', "an objective of the lesson"),
        ("lesson.py", "| O", "| Z", "there is no table of objectives"),
    ],
)
def test_a_module_that_does_not_say_enough_is_named(
    checkout: Path, file: str, old: str, new: str, sentence: str
) -> None:
    path = checkout / "modules" / "01-methamphetamine-pharmacology" / file
    whole = path.read_text(encoding="utf-8")
    assert old in whole
    path.write_text(whole.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match="modules/01-methamphetamine-pharmacology/") as fault:
        render(checkout, modules())
    assert sentence in str(fault.value) and "\n" not in str(fault.value)


def test_the_command_says_how_it_is_used_and_leaves_no_half_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == 2
    assert "usage: python -m course.overview course/README.md" in capsys.readouterr().err
    assert main([str(tmp_path / "nowhere" / "README.md")]) == 2
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
