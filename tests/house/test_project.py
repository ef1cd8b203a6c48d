"""The project's own papers: one version, one test command, a valid citation, no trace of the machine it was made on."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from house import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def project_files() -> list[Path]:
    """Every file that is or could be committed: what git does not ignore; without git, all but what tools make."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    if listed.returncode == 0 and listed.stdout:
        return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]
    made = {"__pycache__", "build", "dist", "my-course"}
    hidden = {".ci", ".gitattributes", ".gitignore"}
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and not any(
            part in made or (part.startswith(".") and part not in hidden) for part in path.relative_to(ROOT).parts
        )
    ]


def test_one_version_everywhere() -> None:
    assert str(CITATION["version"]) == PROJECT["version"] == metadata.version(PROJECT["name"])
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert first is not None and first[1] == PROJECT["version"], "CHANGELOG.md must open with the present version"


def test_citation_is_valid() -> None:
    """The required keys and types of the Citation File Format 1.2.0."""
    assert CITATION["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= CITATION.keys()
    assert all("name" in author or "family-names" in author for author in CITATION["authors"])
    assert isinstance(CITATION["date-released"], datetime.date)
    assert CITATION["type"] in {"software", "dataset"}
    assert " AND ".join(CITATION["license"]) == PROJECT["license"]


def test_the_syllabus_of_the_readme_is_the_one_learners_see() -> None:
    modules = yaml.safe_load((ROOT / "assets/syllabus.yml").read_text(encoding="utf-8"))["modules"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8").replace("**", "")
    rows = re.findall(r"^\| (\d\d) \| (.+?) \| (\d+) \+ (\d+) min \| (\w+) \|$", readme, flags=re.MULTILINE)
    assert rows == [
        (m["number"], m["title"], str(m["minutes"]["lesson"]), str(m["minutes"]["exercises"]), m["status"])
        for m in modules
    ]


def test_pictures_of_the_readme_exist_and_are_described() -> None:
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert pictures
    for description, path in pictures:
        assert (ROOT / path).is_file() and len(description) >= 40


def test_licences_are_the_whole_texts() -> None:
    code = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert code.startswith("BSD 3-Clause License") and "the From relapse to recovery authors" in code
    content = (ROOT / "LICENSE-CONTENT").read_text(encoding="utf-8")
    assert content.rstrip().endswith("Creative Commons may be contacted at creativecommons.org.")
    assert re.findall(r"^Section (\d) --", content, flags=re.MULTILINE) == list("12345678")


def test_ci_runs_exactly_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    fenced = re.findall(r"^```\w*\n(.*?)^```", readme, flags=re.MULTILINE | re.DOTALL)
    lines = {line.split("#")[0].strip() for block in fenced for line in block.splitlines()}
    assert "make test" in lines, "README.md does not show the command `make test`"
    script = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert script[0] == "#!/usr/bin/env bash"
    commands = [line for line in script[1:] if line.strip() and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', 'export CI="${CI:-true}"', "make test"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no execute bit")
def test_scripts_can_be_started() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)


MACHINE_PATH = re.compile(r"(?<![\w.:/~$}])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/|\b[A-Z]:\\\\?Users\b")
# Name and ending apart, so that this file passes its own test.
HOSTS = {"pypi": "org", "pythonhosted": "org", "npmjs": "org", "anaconda": "org", "jsdelivr": "net", "unpkg": "com"}
REGISTRY = re.compile("|".join(rf"\b{name}\.{ending}\b" for name, ending in HOSTS.items()))


@pytest.mark.parametrize("path", project_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_speaks_of_a_machine_or_a_package_host(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{path.relative_to(ROOT)}:{number}"
        assert (found := MACHINE_PATH.search(line)) is None, f"{where} holds the path of one machine: {found[0]}"
        assert (found := REGISTRY.search(line)) is None, f"{where} names a package host: {found[0]}"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("cd /{root}/course", True),
        ("open('/{home}/ada/notes.txt')", True),
        ('see "/{work}/main/x"', True),
        ("https://example.org/{work}/1", False),
        ("$HOME/{work}/x and ./{work}/y", False),
        ("/etc/hosts", False),
    ],
)
def test_machine_paths_are_told_from_others(line: str, wrong: bool) -> None:
    assert bool(MACHINE_PATH.search(line.format(root="root", home="home", work="work"))) is wrong
