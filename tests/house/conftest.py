"""A small copy of the project that installs in seconds and without a network, to break in every way a machine can."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

import pytest
from house import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PARTS = ["Makefile", "install.sh", "pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT"]
PACKAGES = ["course", "autograder", "modules", "assets"]
BUILD_TOOL = "hatchling"  # it and what it needs stand for requirements.lock
TEST_TOOL = "sortedcontainers"  # pure Python and alone; stands for requirements-dev.lock


def _with_requirements(distribution: str) -> set[str]:
    """The distribution and all that it needs here, each by its name in lower case."""
    names, todo = set[str](), [distribution]
    while todo:
        name = canonicalize_name(todo.pop())
        if name not in names:
            names.add(name)
            needed = [Requirement(line) for line in metadata.requires(name) or []]
            todo += [each.name for each in needed if each.marker is None or each.marker.evaluate({"extra": ""})]
    return names


def _wheel(distribution: str, folder: Path) -> str:
    """Pack an installed pure-Python distribution into a wheel again; return its line for a lock file."""
    found = metadata.distribution(distribution)
    name = f"{found.name.replace('-', '_').lower()}-{found.version}-py3-none-any.whl"
    info = f"{found.name.replace('-', '_').lower()}-{found.version}.dist-info"
    members: dict[str, bytes] = {}
    for file in found.files or []:
        if ".." in file.parts or "__pycache__" in file.parts or file.name in {"RECORD", "INSTALLER", "REQUESTED"}:
            continue
        inside = "/".join([info, *file.parts[1:]]) if file.parts[0].endswith(".dist-info") else file.as_posix()
        members[inside] = Path(str(found.locate_file(file))).read_bytes()
    record = "".join(f"{member},,\n" for member in [*members, f"{info}/RECORD"])
    members[f"{info}/RECORD"] = record.encode()
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for member, content in members.items():
            wheel.writestr(member, content)
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    return f"{found.name}=={found.version} \\\n    --hash=sha256:{digest}\n"


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of wheels that plays the package index, with the two lock files that name them."""
    folder = tmp_path_factory.mktemp("wheels")
    (folder / "requirements.lock").write_text(
        "".join(_wheel(name, folder) for name in sorted(_with_requirements(BUILD_TOOL)))
    )
    (folder / "requirements-dev.lock").write_text(_wheel(TEST_TOOL, folder))
    return folder


@pytest.fixture(scope="session")
def plain_env(wheels: Path) -> dict[str, str]:
    """Environment of a user with no settings of their own, whose only package server is the folder of wheels."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PYTHON": sys.executable,
    }


@pytest.fixture(scope="session")
def make_tree(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that makes a fresh copy of the project, without .venv, in a folder of the given name."""

    def make(name: str) -> Path:
        tree = tmp_path_factory.mktemp("tree") / name
        tree.mkdir()
        for part in PARTS:
            shutil.copy(ROOT / part, tree / part)
        for package in PACKAGES:
            shutil.copytree(ROOT / package, tree / package, ignore=shutil.ignore_patterns("__pycache__"))
        for lock in wheels.glob("*.lock"):
            shutil.copy(lock, tree / lock.name)
        return tree

    return make


@pytest.fixture
def tree(make_tree: Callable[[str], Path]) -> Path:
    """A fresh copy of the project for this test alone."""
    return make_tree("project")


@pytest.fixture(scope="session")
def bubblewrap() -> Callable[..., list[str]]:
    """A function that turns bubblewrap's arguments and a command into one command; checked to work here."""

    def wrap(arguments: Sequence[str], command: Sequence[str]) -> list[str]:
        return ["bwrap", "--dev-bind", "/", "/", *arguments, "--", *command]

    if shutil.which("bwrap") is None or subprocess.run(wrap([], ["true"]), capture_output=True).returncode != 0:
        reason = "bubblewrap does not work here, so a full disk and a read-only folder cannot be simulated"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return wrap
