"""The course installed from its wheel: no checkout, nothing missing, nothing that does not belong there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from house import ROOT, run

WHERE = """
import json
from importlib.metadata import entry_points
from pathlib import Path
from course import content
(found,) = entry_points(group="autograder.assignments", name="relapse-to-recovery")
print(json.dumps({
    "root": str(content.content_root()),
    "modules": sorted(path.name for path in content.modules_dir().iterdir()),
    "assignments": str(found.load()()),
    "release": content.release_dir().is_dir(),
}))
"""

# What the wheel puts into Jupyter's configuration of the environment.
SETTINGS = ("etc/jupyter/nbgrader_config.json", "etc/jupyter/jupyter_server_config.d/relapse-to-recovery.json")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT, os.environ)
    assert built.code == 0, built.err
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Programs of a clean environment that holds this wheel, and borrows only what the wheel depends on."""
    place = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    python = str(programs / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    done = run(pip, place, os.environ)
    assert done.code == 0, done.err
    site = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], place, os.environ).out.strip()
    # Such a path comes after the environment's own packages, and .pth files behind it (the checkout's) are not read.
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def tracked(folder: str) -> set[str]:
    """Files of the folder that belong to the project, as the wheel should hold them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    if not any(names):
        names = [
            path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts
        ]
    return {name for name in names if name and (ROOT / name).is_file()}


def test_wheel_holds_what_the_course_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
        for folder in ("modules", "assets"):
            for name in tracked(folder):
                assert archive.read(f"course/_content/{name}") == (ROOT / name).read_bytes()
    content = {f"course/_content/{name}" for folder in ("modules", "assets") for name in tracked(folder)}
    settings = {name for name in inside if ".data/data/" in name}
    assert inside - settings == content | tracked("course") | tracked("autograder")
    assert {name.partition("/data/")[2] for name in settings} == set(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_for_jupyter_are_installed(installed: Path, name: str) -> None:
    assert json.loads((installed.parent / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", ["course", "autograder"])
def test_commands_start(installed: Path, tmp_path: Path, command: str) -> None:
    helped = run([str(installed / command), "--help"], tmp_path, os.environ)
    assert (helped.code, helped.err) == (0, "")
    assert helped.out.startswith(f"usage: {command}")


def test_content_is_found_without_a_checkout(installed: Path, tmp_path: Path) -> None:
    ran = run([str(installed / "python"), "-c", WHERE], tmp_path, os.environ)
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert Path(found["root"]).is_relative_to(installed.parent.resolve()), (
        "found the checkout, not the installed content"
    )
    assert "01-methamphetamine-pharmacology" in found["modules"]
    assert Path(found["assignments"]) == Path(found["root"]) / "modules"
    assert found["release"], "the folder a learner's copy is made from is not in the wheel"
