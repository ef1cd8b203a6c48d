"""`make install`, and through it `make lab` and `make test`, on machines where something is missing or broken."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from house import Ran, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="make and install.sh set up Linux machines only")

TOOLS = "cat cksum dirname env grep id make mkdir mv rm rmdir sed sh tail tr uname".split()

Wrap = Callable[..., list[str]]


def make(target: str, tree: Path, env: Mapping[str, str], *arguments: str) -> Ran:
    return run(["make", target, *arguments], tree, env)


def script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


@pytest.fixture
def bare(tmp_path: Path, plain_env: dict[str, str]) -> tuple[Path, dict[str, str]]:
    """A machine with the basic tools alone: the folder of its programs, and the environment that sees only them."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(str(shutil.which(tool)))
    env = {name: value for name, value in plain_env.items() if name != "PYTHON"}
    return programs, env | {"PATH": str(programs)}


@pytest.fixture(scope="module")
def one_installed(make_tree: Callable[[str], Path], plain_env: dict[str, str]) -> Path:
    tree = make_tree("installed")
    assert make("install", tree, plain_env).code == 0
    return tree


@pytest.fixture
def installed(one_installed: Path) -> Iterator[Path]:
    """A project that is installed; what the test does to locks, pyproject.toml and the script's memory is undone."""
    touched = [*one_installed.glob("*.lock"), one_installed / "pyproject.toml", one_installed / ".venv/.install"]
    kept = {path: path.read_text() for path in touched}
    yield one_installed
    for path, text in kept.items():
        path.write_text(text)


def want(package: str, tree: Path) -> None:
    """Add a package, with a hash that no file has, to the lock."""
    with (tree / "requirements.lock").open("a") as lock:
        lock.write(f"{package} --hash=sha256:{'0' * 64}\n")


# ------------------------------------------------------------------------------------------- from nothing to everything


def test_life_of_an_installation(make_tree: Callable[[str], Path], plain_env: dict[str, str]) -> None:
    """Fresh, again, updated, moved: one folder, because each step starts where the last one ended."""
    tree = make_tree("a folder with späces")
    course = tree / ".venv/bin/course"

    fresh = make("install", tree, plain_env)
    assert (fresh.code, fresh.err) == (0, "")
    assert fresh.out.splitlines()[0].startswith("Making .venv with Python 3.")
    assert "packages of requirements.lock" in fresh.out and "Ready." in fresh.out.splitlines()
    assert len(fresh.out.splitlines()) <= 4, f"a wall of output:\n{fresh.out}"
    assert (tree / ".venv/bin/autograder").exists()
    where = run(
        [str(tree / ".venv/bin/python"), "-c", "import course; print(course.__path__[0])"], Path("/"), plain_env
    )
    assert where.out.strip() == str(tree / "course"), "the installed course is not the one in this folder"
    assert not list(tree.glob(".venv/lib/python*/site-packages/course")), "a second copy would go stale"

    seconds = []
    for _ in range(5):
        start = time.monotonic()
        assert make("install", tree, plain_env) == Ran(0, "", "")
        seconds.append(time.monotonic() - start)
    assert min(seconds) < 0.3, f"nothing to do, yet it took {min(seconds):.2f} s"

    course.unlink()
    (tree / "pyproject.toml").write_text((tree / "pyproject.toml").read_text() + "\n# changed\n")
    changed = make("install", tree, plain_env)
    assert changed.code == 0 and "Making .venv" not in changed.out, "a change in pyproject.toml needs no new .venv"
    assert course.exists(), "a change in pyproject.toml must install the project again"

    moved = tree.with_name("moved")
    tree.rename(moved)
    again = make("install", moved, plain_env)
    assert again.code == 0 and "made again" in again.out
    assert run([str(moved / ".venv/bin/python"), "-c", "import course"], Path("/"), plain_env).code == 0


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_run_says_so_and_is_repaired_by_the_next(
    tree: Path, plain_env: dict[str, str], ending: signal.Signals
) -> None:
    running = subprocess.Popen(
        ["make", "install"], cwd=tree, env=plain_env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    python = tree / ".venv/bin/python"
    end = time.monotonic() + 30
    while not python.exists() and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(running.pid, ending)
    out, _ = running.communicate(timeout=30)
    assert running.returncode != 0
    if ending == signal.SIGINT:
        assert "Stopped. Type the command again" in out
        assert (tree / ".venv/.install").read_text() == "making\n", (
            "the next run must know that this one was not finished"
        )
        return
    again = make("install", tree, plain_env)
    assert (again.code, again.err) == (0, "") and "made again" in again.out
    assert run([str(tree / ".venv/bin/python"), "-c", "import course"], Path("/"), plain_env).code == 0


def test_learner_gets_no_test_tools_and_lab_gets_the_folder(tree: Path, plain_env: dict[str, str]) -> None:
    said = run(["make", "--dry-run", "lab", "DIR=my own folder"], tree, plain_env).out
    assert said.splitlines() == ["sh install.sh", '.venv/bin/course lab "my own folder"']
    assert run(["make", "-n", "lab"], tree, plain_env).out.splitlines()[-1].strip() == ".venv/bin/course lab"
    assert run(["make", "-n", "test"], tree, plain_env).out.splitlines()[0] == "sh install.sh dev"


def test_dev_adds_the_second_lock_and_keeps_the_first(
    installed: Path, bare: tuple[Path, dict[str, str]], plain_env: dict[str, str]
) -> None:
    programs, _ = bare
    for program in ("chromium", "bwrap"):
        script(programs / program, "exit 0")
    env = plain_env | {"PATH": f"{programs}:{plain_env['PATH']}"}
    first = make("install-dev", installed, env)
    assert (first.code, first.err) == (0, ""), first
    assert "Making .venv" not in first.out
    assert "1 packages of requirements-dev.lock" in first.out
    assert run([str(installed / ".venv/bin/python"), "-c", "import sortedcontainers"], installed, env).code == 0
    assert make("install-dev", installed, env) == Ran(0, "", "")
    assert make("install", installed, env) == Ran(0, "", "")
    subprocess.run([installed / ".venv/bin/python", "-m", "pip", "uninstall", "-qy", "sortedcontainers"], check=True)


# ------------------------------------------------------------------------------------------------- something is missing


def test_python_too_old(tree: Path, bare: tuple[Path, dict[str, str]]) -> None:
    programs, env = bare
    script(programs / "python3", "case $2 in *platform*) echo 3.10.13 ;; *) exit 1 ;; esac")
    stopped = make("lab", tree, env)
    assert stopped.code != 0
    assert "needs Python 3.11 or newer and the one found is 3.10.13" in stopped.sentence
    assert not (tree / ".venv").exists()


def test_newer_python_under_another_name_is_found(tree: Path, bare: tuple[Path, dict[str, str]]) -> None:
    programs, env = bare
    script(programs / "python3", "case $2 in *platform*) echo 3.10.13 ;; *) exit 1 ;; esac")
    script(
        programs / "python3.12",
        "case $2 in *platform*) echo 3.12.1 ;; *sys.exit* | *ensurepip*) exit 0 ;; *) exit 1 ;; esac",
    )
    assert "Making .venv with Python 3.12.1." in make("install", tree, env).out


def test_no_python_at_all(tree: Path, bare: tuple[Path, dict[str, str]]) -> None:
    _, env = bare
    assert "apt-get install python3" in make("lab", tree, env).sentence


def test_debian_without_the_venv_package(tree: Path, bare: tuple[Path, dict[str, str]]) -> None:
    programs, env = bare
    answers = "*platform*) echo 3.11.2 ;; *sys.exit*) exit 0 ;; *) exit 1 ;;"
    script(programs / "python3", f"case $2 in {answers} esac")
    assert make("lab", tree, env).sentence.endswith("sudo apt-get install python3.11-venv")


def test_system_tools_are_asked_for_by_name(tree: Path, bare: tuple[Path, dict[str, str]]) -> None:
    _, env = bare
    stopped = make("test", tree, env)
    assert stopped.code != 0
    assert stopped.sentence.endswith("sudo apt-get install chromium fonts-dejavu-core bubblewrap")


def test_system_tools_are_installed_where_allowed(
    tree: Path, bare: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    """A root user whose package list was never fetched: list once, install once, and go on to the next step."""
    programs, env = bare
    (programs / "id").unlink()
    script(programs / "id", "echo 0")
    log, listed = tmp_path / "log", tmp_path / "listed"
    script(
        programs / "apt-get",
        f'echo "$@" >>"{log}"\n'
        f'case $1 in update) : >"{listed}" ;; *) [ -e "{listed}" ] || {{ echo "E: Unable to locate"; exit 100; }}\n'
        f'  for tool in chromium bwrap; do printf "#!/bin/sh\\n" >"{programs}/$tool"; done\n'
        f'  for tool in chromium bwrap; do "{shutil.which("chmod")}" +x "{programs}/$tool"; done ;; esac',
    )
    ran = make("test", tree, env)
    install = "install -y --no-install-recommends chromium fonts-dejavu-core bubblewrap"
    assert log.read_text().splitlines() == [install, "update", install]
    assert "no working python3 was found" in ran.sentence, "with the tools there, the next step is Python"


def test_apt_get_without_network(tree: Path, bare: tuple[Path, dict[str, str]]) -> None:
    programs, env = bare
    (programs / "id").unlink()
    script(programs / "id", "echo 0")
    script(programs / "apt-get", "echo \"E: Failed to fetch: Temporary failure resolving 'deb.example'\"; exit 100")
    assert "no network" in make("test", tree, env).sentence


# ------------------------------------------------------------------------------------------------ the machine says no


def offline(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name not in ("PIP_NO_INDEX", "PIP_FIND_LINKS")}


def test_package_server_does_not_answer(installed: Path, plain_env: dict[str, str]) -> None:
    want("numpy==0.0.1", installed)
    stopped = make("lab", installed, offline(plain_env) | {"PIP_INDEX_URL": "http://127.0.0.1:9/simple"})
    assert stopped.code != 0
    assert "no network" in stopped.sentence
    assert "Retrying" in (installed / ".venv/install.log").read_text(), "the log must hold all that pip said"


def test_no_network(tree: Path, plain_env: dict[str, str], bubblewrap: Wrap) -> None:
    stopped = run(bubblewrap(["--unshare-net"], ["make", "lab"]), tree, offline(plain_env))
    assert stopped.code != 0
    assert "no network" in stopped.sentence


def test_read_only_folder(tree: Path, plain_env: dict[str, str], bubblewrap: Wrap) -> None:
    stopped = run(bubblewrap(["--ro-bind", str(tree), str(tree)], ["make", "lab"]), tree, plain_env)
    assert stopped.code != 0
    assert f"nothing may be written in {tree}" in stopped.sentence
    assert not (tree / ".venv").exists()


@pytest.mark.parametrize(("megabytes", "stage"), [(2, "Making .venv"), (60, "Installing the")])
def test_full_disk(
    tree: Path, plain_env: dict[str, str], bubblewrap: Wrap, tmp_path: Path, megabytes: int, stage: str
) -> None:
    (tree / "requirements.lock").write_text(ballast(tmp_path))
    disk = tree.with_name("disk")
    disk.mkdir()
    copy_and_make = f"cp -r '{tree}'/* '{disk}' && cd '{disk}' && make lab"
    small = ["--size", str(megabytes * 1_000_000 + size_of(tree)), "--tmpfs", str(disk)]
    stopped = run(bubblewrap(small, ["sh", "-c", copy_and_make]), tree, plain_env | {"PIP_FIND_LINKS": str(tmp_path)})
    assert stopped.code != 0
    assert "the disk is full" in stopped.sentence
    assert stopped.out.splitlines()[-1].startswith(stage)


def ballast(folder: Path) -> str:
    """Write a wheel that is small to fetch and 100 MB when installed; return its line for a lock file."""
    wheel, info = folder / "ballast-1.0-py3-none-any.whl", "ballast-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ballast.bin", bytes(100_000_000))
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: ballast\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", f"ballast.bin,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return f"ballast==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def size_of(folder: Path) -> int:
    """Bytes the folder takes on a disk of 4096-byte blocks."""
    return sum((path.stat().st_size // 4096 + 1) * 4096 for path in folder.rglob("*"))


def test_changed_download_is_refused(installed: Path, plain_env: dict[str, str], wheels: Path) -> None:
    want((wheels / "requirements-dev.lock").read_text().split()[0], installed)
    stopped = make("lab", installed, plain_env)
    assert stopped.code != 0
    assert "not the one the lock file names" in stopped.sentence
    assert run([str(installed / ".venv/bin/python"), "-c", "import sortedcontainers"], installed, plain_env).code != 0


def test_package_that_is_not_offered(installed: Path, plain_env: dict[str, str]) -> None:
    want("numpy==0.0.1", installed)
    assert "is not offered for Python 3." in make("lab", installed, plain_env).sentence


def test_a_fault_that_has_no_sentence_of_its_own_is_quoted(installed: Path, plain_env: dict[str, str]) -> None:
    (installed / "pyproject.toml").write_text("[project")
    sentence = make("lab", installed, plain_env).sentence
    assert sentence.startswith("pip could not install the packages. Its last words: ")
    assert "TOMLDecodeError" in sentence and "Details: .venv/install.log" in sentence


def test_a_venv_of_someone_else_is_left_alone(tree: Path, plain_env: dict[str, str]) -> None:
    theirs = tree / ".venv/lib/theirs.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("work of a day")
    stopped = make("install", tree, plain_env)
    assert "left alone" in stopped.sentence
    assert theirs.read_text() == "work of a day"
    shutil.rmtree(tree / ".venv")
    (tree / ".venv").mkdir()
    assert "no working /nowhere/python" in make("install", tree, plain_env | {"PYTHON": "/nowhere/python"}).sentence
