"""Attacks on the judge: each with the verdict it must get, and never points.

After each: the submission's other items have theirs, a neighbour's result is what it was, the host's files are
unchanged, and no process lives on.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import attack as written
import one_process
import pytest
from attack import Attack

from autograder.intake import read_submission
from autograder.judge import Judge, Limits, Master, Result, Submission, load_master, sandbox
from autograder.judge.master import assignment_folders
from autograder.judge.steps import steps_of

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import judge_fixtures as fx

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap and Landlock exist only on Linux")

LIMITS = Limits(cell_seconds=4, total_seconds=120, memory_mb=1024)
QUICK = replace(LIMITS, cell_seconds=0.6)
"""For attacks that hang: what they are given is what the test takes."""
FILES = {path.stem.removeprefix("attacks_"): written.read(path) for path in Path(__file__).parent.glob("attacks_*.txt")}
ALL = [attack for attacks in FILES.values() for attack in attacks]
LEVELS = [level for level in typing.get_args(sandbox.Isolation) if level != "none"]
GIVEN = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
WORK = os.getcwd()
BOOK = {}
def pids():
    try:
        return [entry for entry in os.listdir("/proc") if entry.isdigit()]
    except OSError:
        return []
"""
INDEPENDENT = {"verdicts", "wire"}
"""Files about what passes between the two processes, which is the same at every level: run at the first one alone."""
FORGER = (Path(__file__).parent / "forger.py").read_text(encoding="utf-8")


def test_this_machine_can_isolate() -> None:
    """Without it none of the rest means anything, so this fails rather than skips."""
    assert sandbox.why_no_bubblewrap() is None
    assert sandbox.why_no_landlock() is None


def test_there_are_enough_and_few_are_not_promised() -> None:
    assert len(ALL) >= 110 and len({attack.item for attack in ALL}) == len(ALL)
    assert sum(bool(attack.weaker) for attack in ALL) < 12


# --- the place of the crime ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A course directory with what an attacker would like, and what else an attack is told about the machine."""

    root: Path
    facts: str

    def digest(self) -> str:
        """A hash of every file's name, kind, mode and content."""
        digest = hashlib.sha256()
        for path in sorted(self.root.rglob("*")):
            content = path.read_bytes() if path.is_file() else b""
            digest.update(f"{path} {path.lstat().st_mode}".encode() + content)
        return digest.hexdigest()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    root = Path(os.path.realpath(tmp_path_factory.mktemp("course")))
    fx.write(root / "source" / "squares" / "exercises.ipynb", fx.squares())
    fx.write(root / "submitted" / "neighbour" / "squares" / "exercises.ipynb", fx.submitted(fx.squares(), fx.RIGHT))
    (root / "gradebook.db").write_bytes(b"SQLite format 3\0 secret")
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    abstract = f"autograder-test-{os.getpid()}"
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as hidden,
        socket.socket(socket.AF_UNIX) as named,
    ):
        hidden.bind(f"\0{abstract}")
        hidden.listen()
        named.bind(str(root / "socket"))
        named.listen()
        for path in (root, *root.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)  # even when file modes would let anybody in
        facts = {
            "HOST": str(root),
            "JUDGES_HOME": str(Path.home()),
            "ASSIGNMENTS": [str(folder) for folder in assignment_folders()],
            "PORT": server.getsockname()[1],
            "ABSTRACT": abstract,
        }
        assert facts["ASSIGNMENTS"], "a course must be installed for the attack on its solutions to mean anything"
        yield Place(root, "\n".join(f"{name} = {value!r}" for name, value in facts.items()))


@dataclass(frozen=True)
class Court:
    """A warm judge at one level of isolation, and what it said of an honest neighbour before any attack."""

    judge: Judge
    neighbour: tuple[Master, Submission]
    before: Result

    def says_the_same_of_the_neighbour(self) -> bool:
        return self.judge.judge(*self.neighbour).as_dict() == self.before.as_dict()


@pytest.fixture(scope="module")
def courts(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Court]]:
    """The court at a level of isolation; each is set up once."""
    folder = tmp_path_factory.mktemp("neighbour")
    master = load_master(place.root / "source" / "squares" / "exercises.ipynb")
    submission = read_submission(fx.write(folder / "a.ipynb", fx.submitted(fx.squares(), fx.RIGHT)), master)
    libraries, _ = brought([Attack("none", "", "import numpy, matplotlib.pyplot, unittest")], place, folder)
    open_: dict[str, Court] = {}

    def court(level: str) -> Court:
        if level not in open_:
            judge = Judge(LIMITS, typing.cast(sandbox.Isolation, level), [master, libraries])
            open_[level] = Court(judge, (master, submission), judge.judge(master, submission))
            assert (open_[level].before.points, open_[level].before.isolation) == (7.0, level)
        return open_[level]

    os.environ["SECRET_OF_THE_JUDGE"] = "1"
    _adopt_orphans(True)
    yield court
    for each in open_.values():
        each.judge.close()
    del os.environ["SECRET_OF_THE_JUDGE"]
    until = time.monotonic() + 5
    while (alive := _children()) and time.monotonic() < until:
        time.sleep(0.05)
    _adopt_orphans(False)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
    assert not alive, "a process outlived the judge"


def _adopt_orphans(yes: bool) -> None:
    """Become the parent of every process below this one that loses its own, so that none is overlooked."""
    ctypes.CDLL(None).prctl(36, int(yes))  # PR_SET_CHILD_SUBREAPER


def _children() -> list[int]:
    """Children of this process that still run, the resource tracker of multiprocessing aside."""
    found = []
    for name in Path("/proc/self/task").iterdir():
        for pid in map(int, (name / "children").read_text().split()):
            try:
                if os.waitpid(pid, os.WNOHANG) == (0, 0) and b"resource_tracker" not in _read(pid, "cmdline"):
                    found.append(pid)
            except ChildProcessError:
                continue  # somebody else has waited for it
    return found


def _read(pid: int | str, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""  # it ended while we looked


def _runs(pid: str) -> bool:
    """Whether it has not ended; one that has keeps its name until its parent takes note."""
    state = _read(pid, "stat").rpartition(b")")[2].split()
    return bool(state) and state[0] != b"Z"


def _gone(marker: str, wait: int = 40) -> bool:
    for _ in range(1 + wait):
        pids = [entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        marked = [pid for pid in pids if marker.encode() in _read(pid, "comm") + _read(pid, "cmdline")]
        if not any(_runs(pid) for pid in marked):
            return True
        time.sleep(0.05)
    return False


# --- the attacks ---------------------------------------------------------------------------------------------------


def brought(
    attacks: Sequence[Attack], place: Place, folder: Path, marker: str = "", level: str = ""
) -> tuple[Master, Submission]:
    """An assignment with an item for each attack between two honest ones, and the submission that attacks."""
    given = f"{GIVEN}{place.facts}\nMARKER, LEVEL = {marker!r}, {level!r}\n"
    given += "libc.prctl(15, MARKER.encode())\n" if marker else ""
    cells = [fx.cell(given, "given", locked=True)]
    if any(attack.forges for attack in attacks):
        cells.append(fx.cell(FORGER, "forger", locked=True))
    honest = {name: f"def honest_{name}(x):\n    return x ** 2" for name in ("first", "last")}
    check = fx.hidden("assert honest_{0}(3) == 9 and honest_{0}(-7) == 49")

    def item(name: str, reference: str, test: str) -> None:
        cells.append(fx.answer(name, f"### BEGIN SOLUTION\n{reference}\n### END SOLUTION"))
        cells.append(fx.test_cell(name, test, written.POINTS))

    item("first", honest["first"], check.format("first"))
    for attack in attacks:
        if attack.beside:
            item(f"{attack.item}-beside", attack.beside, attack.beside_test)
        item(attack.item, attack.reference, attack.test)
    item("last", honest["last"], check.format("last"))
    content = fx.notebook(*cells)
    answers = {f"{name}-answer": source for name, source in honest.items()}
    answers |= {f"{attack.item}-answer": attack.answer for attack in attacks}
    answers |= {f"{attack.item}-beside-answer": attack.beside for attack in attacks if attack.beside}
    master = load_master(fx.write(folder / "squares" / "exercises.ipynb", content))
    return master, read_submission(fx.write(folder / "a.ipynb", fx.submitted(content, answers)), master)


def judged(attacks: Sequence[Attack], court: Court, place: Place, folder: Path) -> list[str]:
    """Everything that is wrong after these attacks, in words."""
    warm, before = _children(), place.digest()
    marker = f"a{time.monotonic_ns() % 10**13}"  # a process name holds 15 letters
    court.judge.limits = QUICK if any(attack.may_hang for attack in attacks) else LIMITS
    result = court.judge.judge(*brought(attacks, place, folder, marker, court.judge.isolation))
    court.judge.limits = LIMITS
    found = {item.id: item for item in result.items}
    wrong = []
    for attack in attacks:
        got = found[attack.item]
        if result.isolation in attack.weaker:
            continue
        if got.points or got.status not in attack.statuses:
            wrong.append(f"{attack.name}: expected {' or '.join(attack.statuses)}, got {got}")
        elif got.status == "failed" and not any(words in got.message for words in attack.says):
            wrong.append(f"{attack.name}: it did not run to its end: {got.message}")
    lost = any(attack.costs_others for attack in attacks)
    for name in ("first",) if lost else ("first", "last"):
        if found[name].points != written.POINTS:
            wrong.append(f"an honest item of the same submission: {found[name]}")
    if not court.says_the_same_of_the_neighbour():
        wrong.append("the neighbour's result is another one")
    if _children() != warm:
        wrong.append("the judge's own warm process was killed")
    if place.digest() != before:
        wrong.append("the host was changed")
    if not _gone(marker):
        wrong.append("a process lives on")
    return wrong


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", [name for name, attacks in FILES.items() if any(a.is_quiet for a in attacks)])
def test_quiet_attacks_together(
    courts: Callable[[str], Court], place: Place, tmp_path: Path, name: str, level: str
) -> None:
    """All of one file in one submission, one item each; then the same again, for what the first may have left."""
    quiet = [attack for attack in FILES[name] if attack.is_quiet]
    for _ in range(2):
        assert judged(quiet, courts(level), place, tmp_path) == []


LOUD = [
    pytest.param(level, attack, id=f"{level}-{attack.item}")
    for level in LEVELS
    for name, attacks in FILES.items()
    for attack in attacks
    if not attack.is_quiet and (level == LEVELS[0] or name not in INDEPENDENT)
]


@pytest.mark.parametrize(("level", "attack"), LOUD)
def test_a_loud_attack(
    courts: Callable[[str], Court], place: Place, tmp_path: Path, level: str, attack: Attack
) -> None:
    assert judged([attack], courts(level), place, tmp_path) == []


def test_what_is_said_to_gain_points_does_so_in_one_process(place: Place, tmp_path: Path) -> None:
    """An attack that gains nothing anywhere would prove nothing."""
    tasks = []
    gaining = [attack for attack in ALL if attack.gains]
    for attack in gaining:
        master, submission = brought([attack], place, tmp_path)
        cells = [(step.kind, step.source, step.grade_id) for step in steps_of(master, submission)]
        tasks.append((cells, {str(item.grade_id): item.points for item in master.items}))
    found = zip(gaining, one_process.run_each(tasks, seconds=5), strict=True)
    assert [attack.name for attack, got in found if got.get(attack.item) != ("passed", written.POINTS)] == []


def test_what_a_level_does_not_promise_is_said_of_it() -> None:
    for attack in ALL:
        for level, why in attack.weaker.items():
            assert why in sandbox.describe(typing.cast(sandbox.Isolation, level)), attack.name


# --- the judge itself ----------------------------------------------------------------------------------------------


def test_without_isolation_nothing_of_a_class_runs(
    monkeypatch: pytest.MonkeyPatch, place: Place, tmp_path: Path
) -> None:
    """Asked to isolate where it cannot, the judge runs nothing; and says "not isolated" where nothing was asked."""
    monkeypatch.setattr(sandbox, "why_no_bubblewrap", lambda: "Bubblewrap is not installed.")
    monkeypatch.setattr(sandbox, "why_no_landlock", lambda: "This kernel offers no Landlock.")
    attack = Attack("none", f"open({str(tmp_path / 'ran')!r}, 'w').close()")
    with Judge(LIMITS, "bubblewrap") as judge:
        result = judge.judge(*brought([attack], place, tmp_path))
    assert result.status == "error" and result.points is None and "not installed" in result.findings[-1].message
    assert not (tmp_path / "ran").exists()
    assert not sandbox.available() and sandbox.describe().startswith("Not isolated")
    assert Judge(LIMITS).isolation == "none"


@pytest.mark.parametrize("isolation", [*LEVELS, "none"])
def test_a_judge_that_is_killed_leaves_nothing_running(place: Place, tmp_path: Path, isolation: str) -> None:
    marker = f"k{time.monotonic_ns() % 10**13}"
    code = f"import ctypes; ctypes.CDLL(None).prctl(15, b'{marker}')\nwhile True: pass"
    path = fx.write(tmp_path / "a.ipynb", fx.submitted(fx.squares(), {**fx.RIGHT, "cube-answer": code}))
    program = (
        "import sys\nfrom pathlib import Path\nfrom autograder.judge import check_file\n"
        "check_file(Path(sys.argv[1]), [Path(sys.argv[2])], sandbox=sys.argv[3])"
    )
    command = [sys.executable, "-c", program, str(path), str(place.root / "source"), isolation]
    with subprocess.Popen(command) as judging:
        until = time.monotonic() + 20
        while _gone(marker, wait=0) and time.monotonic() < until:
            time.sleep(0.05)
        assert not _gone(marker, wait=0), "it never started"
        judging.kill()
    assert _gone(marker), "a process lives on"
