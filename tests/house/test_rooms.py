"""Who may import whom: the rules that keep the science free of grading and the grader free of neuroscience."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import pytest
from house import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PACKAGES = ("course", "autograder")

# Room → the rooms of the same package it may import. One that is not named may import any, short of a circle.
MAY_IMPORT = {
    "course.content": set[str](),
    "course.evidence": {"course.content"},
    "course.models": {"course.evidence"},
    "course.pictures": {"course.content", "course.evidence"},
    "course.searching": {"course.content"},
    "course.simulators": {"course.content", "course.evidence", "course.models", "course.pictures", "course.searching"},
    "autograder.expect": set[str](),
}
# Room → the only packages from outside that it may import.
OUTSIDE = {"course.models": {"numpy"}, "course.searching": {"lark"}, "autograder.expect": {"numpy"}}


def room_of(module: str) -> str:
    """The room a dotted module name belongs to: `course.models.dopamine` → `course.models`.

    A room's `types` are what it agreed on with others; they count as a room of their own.
    """
    parts = module.split(".")
    return ".".join(parts[:3] if parts[2:3] == ["types"] else parts[:2])


def modules_of(package: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        if "_content" not in path.parts:
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield dotted.removesuffix(".__init__"), path


def imports_of(module: str, path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything the file imports, at any depth, relative imports resolved."""
    is_package = path.name == "__init__.py"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = module.split(".")[: len(module.split(".")) - node.level + is_package]
                base = ".".join([*up, *filter(None, [node.module])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def all_imports() -> list[tuple[str, str, str]]:
    """(importing module, `file:line`, imported name) over both packages."""
    return [
        (module, f"{path.relative_to(ROOT)}:{line}", name)
        for package in PACKAGES
        for module, path in modules_of(package)
        for line, name in imports_of(module, path)
    ]


def test_the_two_packages_never_meet() -> None:
    found = [
        f"{where} imports {name}"
        for module, where, name in all_imports()
        if name.split(".")[0] in PACKAGES and name.split(".")[0] != module.split(".")[0]
    ]
    assert not found, "\n".join(found)


def test_every_room_imports_only_what_it_may() -> None:
    found = []
    for module, where, name in all_imports():
        room, other = room_of(module), room_of(name)
        inside = name.split(".")[0] in PACKAGES
        if inside and other != room and room in MAY_IMPORT and other not in MAY_IMPORT[room]:
            found.append(f"{where}: {room} may not import {other}")
        top = name.split(".")[0]
        if not inside and room in OUTSIDE and top not in OUTSIDE[room] and top not in sys.stdlib_module_names:
            found.append(f"{where}: {room} may not import {top}")
    assert not found, "\n".join(found)


def test_no_circles_between_rooms() -> None:
    known = {room_of(module) for package in PACKAGES for module, _ in modules_of(package)}
    graph: dict[str, dict[str, str]] = {}  # room → room it imports → where
    for module, where, name in all_imports():
        room, other = room_of(module), room_of(name)
        if other in known and other != room and "." in room and "." in other:
            graph.setdefault(room, {}).setdefault(other, where)

    def circle(room: str, path: tuple[str, ...]) -> str | None:
        if room in path:
            round_trip = [*path[path.index(room) :], room]
            return ", ".join(graph[a][b] + f" ({a} → {b})" for a, b in pairwise(round_trip))
        return next((found for other in sorted(graph.get(room, ())) if (found := circle(other, (*path, room)))), None)

    for room in sorted(graph):
        assert (found := circle(room, ())) is None, f"rooms import each other in a circle: {found}"


def test_everything_imported_is_declared() -> None:
    """Each package from outside is a dependency in pyproject.toml, or a requirement of one (nbformat of nbgrader)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    names = {canonicalize_name(Requirement(line).name) for line in [*project["dependencies"], *extras]}
    for name in sorted(names):
        names |= {
            canonicalize_name(Requirement(line).name)
            for line in metadata.requires(name) or []
            if "extra ==" not in line
        }
    owners = metadata.packages_distributions()
    found = []
    for _, where, name in all_imports():
        top = name.split(".")[0]
        if top in PACKAGES or top in sys.stdlib_module_names:
            continue
        if not names & {canonicalize_name(owner) for owner in owners.get(top, [])}:
            found.append(f"{where} imports {top}, which pyproject.toml does not declare")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source", sorted((ROOT / "modules").glob("*/*.py")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_module_sees_only_the_course_and_what_a_test_cell_says(source: Path) -> None:
    allowed = {"course", "autograder", "autograder.expect", "autograder.check_notebook", "numpy", "matplotlib"}
    names = {name for _, name in imports_of("module", source)}
    wrong = {
        name
        for name in names
        if name.split(".")[0] not in sys.stdlib_module_names
        and not any(name == each or (name.startswith(f"{each}.") and each != "autograder") for each in allowed)
    }
    assert not wrong, f"{source.relative_to(ROOT)} imports {', '.join(sorted(wrong))}"


# ---------------------------------------------------------------------------------------------- the rules see all


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import course.models.dopamine as d", "course.models.dopamine"),
        ("from course import evidence", "course.evidence"),
        ("from . import pools", "course.models.pools"),
        ("from ..evidence import value", "course.evidence.value"),
        ("def f():\n    from autograder.judge import judge", "autograder.judge.judge"),
    ],
)
def test_imports_are_seen_in_every_form(tmp_path: Path, line: str, name: str) -> None:
    path = tmp_path / "dopamine.py"
    path.write_text(line)
    assert [found for _, found in imports_of("course.models.dopamine", path)] == [name]


def test_relative_imports_of_a_package_start_at_itself(tmp_path: Path) -> None:
    path = tmp_path / "__init__.py"
    path.write_text("from .dopamine import peak\nfrom ..evidence import value")
    assert [name for _, name in imports_of("course.models", path)] == [
        "course.models.dopamine.peak",
        "course.evidence.value",
    ]
