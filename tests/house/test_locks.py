"""The lock files, environment.yml and pyproject.toml name the same packages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import yaml
from house import ROOT
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]


class Locked(NamedTuple):
    """One entry of a lock file."""

    name: str
    requirement: Requirement
    hashes: list[str]


def entries(lock: str) -> Iterator[Locked]:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            words = line.split(" --hash=")
            requirement = Requirement(words[0].strip())
            yield Locked(canonicalize_name(requirement.name), requirement, [word.strip() for word in words[1:]])


def version_of(entry: Locked) -> Version:
    (pin,) = entry.requirement.specifier
    assert pin.operator == "==", f"{entry.name} is not pinned with =="
    return Version(pin.version)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_exact_and_has_hashes(lock: str) -> None:
    found = list(entries(lock))
    assert len(found) > 10
    for entry in found:
        version_of(entry)
        assert entry.requirement.url is None, f"{entry.name} comes from an address"
        assert entry.hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in entry.hashes), entry.name


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_holds_an_address_or_an_option(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text and "@ " not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=", ""), flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [
        (PROJECT["project"]["dependencies"], "requirements.lock"),
        (PROJECT["dependency-groups"]["build"], "requirements.lock"),
        (PROJECT["build-system"]["requires"], "requirements.lock"),
        (PROJECT["dependency-groups"]["dev"], "requirements-dev.lock"),
        (PROJECT["project"]["optional-dependencies"]["dask"], "requirements-dev.lock"),
    ],
    ids=["dependencies", "build", "build-system", "dev", "dask"],
)
def test_every_direct_dependency_is_locked_to_a_version_it_allows(wanted: list[str], lock: str) -> None:
    locked = {entry.name: version_of(entry) for entry in entries(lock)}
    for line in wanted:
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        assert name in locked, f"{lock} lacks {name}: make lock"
        assert locked[name] in requirement.specifier, (
            f"{lock} has {name} {locked[name]}, pyproject.toml wants {line}: make lock"
        )


def test_the_two_locks_agree() -> None:
    first = {(entry.name, str(entry.requirement.marker)): entry for entry in entries(LOCKS[0])}
    names = {name for name, _ in first}
    for entry in entries(LOCKS[1]):
        if entry.name in names:
            same = [other for (name, _), other in first.items() if name == entry.name]
            assert {version_of(other) for other in same} == {version_of(entry)}, (
                f"{entry.name} differs between the locks"
            )


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize(("platform", "system"), [("linux", "Linux"), ("win32", "Windows"), ("darwin", "Darwin")])
def test_every_system_gets_each_package_once(python: str, platform: str, system: str) -> None:
    place = {str(key): str(value) for key, value in default_environment().items()} | {
        "python_version": python, "python_full_version": f"{python}.9",
        "sys_platform": platform, "platform_system": system,
        "os_name": "nt" if platform == "win32" else "posix",
    }  # fmt: skip
    for lock in LOCKS:
        here = [e.name for e in entries(lock) if e.requirement.marker is None or e.requirement.marker.evaluate(place)]
        assert len(here) == len(set(here)), f"{lock} pins a package twice for {python} on {system}"
        if lock == LOCKS[0]:
            assert {"numpy", "nbgrader", "jupyterlab", "hatchling"} <= set(here)


def test_conda_environment_is_in_step() -> None:
    """conda brings Python and pip; all else comes from pyproject.toml, so that no second list can fall out of step."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["name"] == PROJECT["project"]["name"]
    python, pip, by_pip = environment["dependencies"]
    assert (pip, by_pip) == ("pip", {"pip": ["."]})
    wanted = SpecifierSet(PROJECT["project"]["requires-python"])
    offered = SpecifierSet(python.removeprefix("python").replace("=", "==", 1).replace("====", "==") + ".*")
    candidates = [Version(f"3.{minor}.{patch}") for minor in range(20) for patch in range(20)]
    assert any(each in offered for each in candidates)
    assert all(each in wanted for each in candidates if each in offered), f"{python} is not {wanted}"
