"""Attacks on the judge, each with the verdict it must get; afterwards the host is unchanged and nothing lives on.

An attack's answer sets `cube` to the right 27 only where the attack succeeded, so every one of them must fail its item
while the other two items keep their points.
"""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.intake import read_submission
from autograder.judge import Limits, Master, Result, judge, load_master, sandbox

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import judge_fixtures as fx

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap exists only on Linux")

LIMITS = Limits(cell_seconds=3, total_seconds=40, memory_mb=1024)


def test_this_machine_can_isolate() -> None:
    """Without it none of the rest means anything, so this fails rather than skips."""
    assert sandbox.why_not() is None


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course directory with what an attacker would like: a source, a gradebook, a neighbour."""
    root = Path(os.path.realpath(tmp_path_factory.mktemp("course")))
    fx.write(root / "source" / "squares" / "exercises.ipynb", fx.squares())
    fx.write(root / "submitted" / "neighbour" / "squares" / "exercises.ipynb", fx.submitted(fx.squares(), fx.RIGHT))
    (root / "gradebook.db").write_bytes(b"SQLite format 3\0 secret")
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    for path in (root, *root.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)  # even when file modes would let anybody in
    return root


@pytest.fixture(scope="module")
def master(host: Path) -> Master:
    return load_master(host / "source" / "squares" / "exercises.ipynb")


@pytest.fixture
def attack(host: Path, master: Master, tmp_path: Path) -> Iterator[Callable[..., Result]]:
    before, marker = _tree(host), f"a{time.monotonic_ns() % 10**13}"  # a process name holds 15 letters

    def _attack(code: str) -> Result:
        code = f"import ctypes; ctypes.CDLL(None).prctl(15, b'{marker}')\n" + code.replace(
            "HOST", repr(str(host))
        ).replace("MARKER", marker)
        answers = {**fx.RIGHT, "cube-answer": code}
        return judge(
            master,
            read_submission(fx.write(tmp_path / "a.ipynb", fx.submitted(fx.squares(), answers)), master),
            LIMITS,
            "bubblewrap",
        )

    yield _attack
    assert _tree(host) == before, "the host was changed"
    assert _gone(marker), "a process lives on"


def _aimed(code: str, host: Path) -> str:
    return code.replace("HOST", repr(str(host))).replace("HOME", repr(str(Path.home())))


def _tree(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        digest.update(str(path).encode() + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()


def _gone(marker: str, wait: int = 40) -> bool:
    for _ in range(1 + wait):
        alive = []
        for entry in Path("/proc").iterdir():
            try:
                if (
                    entry.name.isdigit()
                    and marker.encode() in (entry / "cmdline").read_bytes() + (entry / "comm").read_bytes()
                ):
                    alive.append(entry.name)
            except OSError:
                continue  # it ended while we looked
        if not alive:
            return True
        time.sleep(0.05)
    return False


def assert_failed_alone(
    result: Result, statuses: tuple[str, ...] = ("failed",), stopping: tuple[str, ...] = ()
) -> None:
    found = {item.id: item for item in result.items}
    assert found["cube"].status in statuses and found["cube"].points == 0, found["cube"]
    # The attack ran to its end and gained nothing; a slip in its code would look like a defence.
    assert found["cube"].status != "failed" or found["cube"].message in ("A hidden check did not hold.", *stopping), (
        found
    )
    assert found["square"].points == 2 and found["root"].points == 3, result.items


TRY = "cube = 0\ntry:\n    {}\n    cube = 27\nexcept OSError:\n    pass"

REFUSED = {
    "read the solutions": TRY.format("open(HOST + '/source/squares/exercises.ipynb').read()"),
    "read the gradebook": TRY.format("open(HOST + '/gradebook.db').read()"),
    "read a neighbour": TRY.format("open(HOST + '/submitted/neighbour/squares/exercises.ipynb').read()"),
    "write the gradebook": TRY.format("open(HOST + '/gradebook.db', 'a').write('x')"),
    "write the configuration": TRY.format("open(HOST + '/nbgrader_config.py', 'a').write('x')"),
    "list the course": TRY.format("__import__('os').listdir(HOST)"),
    "find assignments by parent folders": """
import glob
found = [p for n in range(9) for p in glob.glob('../' * n + 'source/*/*.ipynb')]
cube = 27 if found else 0
""",
    "passwords": TRY.format("open('/etc/shadow').read()"),
    "users": TRY.format("open('/etc/passwd').read()"),
    "read the judge's home": """
import os
cube = 27 if os.path.isdir(HOME) and any(os.path.isfile(os.path.join(HOME, name)) for name in os.listdir(HOME)) else 0
""",
    "change the judge's program": TRY.format("import autograder; open(autograder.__file__, 'a').write('x')"),
    "change the Python of all": TRY.format("import sys; open(sys.prefix + '/pyvenv.cfg', 'a').write('x')"),
    "change the system": TRY.format("open('/usr/bin/x', 'w').write('x')"),
    "write outside the work folder": TRY.format("open('/x', 'w').write('x')"),
    "write in /dev": TRY.format("open('/dev/x', 'w').write('x')"),
    "fill the disk": TRY.format("open('/tmp/x', 'wb').write(bytes(100_000_000))"),
    "fill the disk by many files": TRY.format("[open(f'/tmp/x{n}', 'wb').write(bytes(30_000_000)) for n in range(20)]"),
    "fill /dev/shm": TRY.format("[open(f'/dev/shm/x{n}', 'wb').write(bytes(30_000_000)) for n in range(20)]"),
    "become root": TRY.format("import os; os.setuid(0)"),
    "mount": """
import ctypes
libc = ctypes.CDLL(None)
cube = 27 if libc.mount(b'none', b'/usr', b'tmpfs', 0, None) == 0 else 0
""",
    "unmount": "import ctypes\ncube = 27 if ctypes.CDLL(None).umount2(b'/usr', 2) == 0 else 0",
    "see other processes": """
import os
cube = 27 if len([p for p in os.listdir('/proc') if p.isdigit()]) > 6 else 0
""",
    "the environment of the first process": """
try:
    cube = 27 if b'PATH' in open('/proc/1/environ', 'rb').read() and open('/proc/1/mem', 'rb') else 0
except OSError: cube = 0
""",
    "environment": "import os\ncube = 27 if 'SECRET_OF_THE_JUDGE' in os.environ else 0",
    "the internet": TRY.format("import socket; socket.create_connection(('1.1.1.1', 53), 1)"),
    "UDP": TRY.format("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('1.1.1.1', 53))"),
    "names": TRY.format("import socket; socket.gethostbyname('example.org')"),
    "keep a file for the next one": """
import os
cube = 27 if os.path.exists('/tmp/seen') else 0
open('/tmp/seen', 'w').write('x')
""",
    "plant code for the next one": (
        """
import os
cube = 27 if os.path.exists(os.path.expanduser('~/.ipython/profile_default/startup/x.py')) else 0
os.makedirs(os.path.expanduser('~/.ipython/profile_default/startup'), exist_ok=True)
open(os.path.expanduser('~/.ipython/profile_default/startup/x.py'), 'w').write('raise SystemExit')
"""
    ),
    "many open files": """
files = []
try:
    for n in range(5000): files.append(open('/dev/null'))
    cube = 27
except OSError: cube = 0
for f in files: f.close()
""",
    "output": """
import os
for n in range(600): os.write(1, b'x' * 100_000); os.write(2, b'y' * 1000)
cube = 0
""",
}


def test_what_is_refused(host: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All in one attempt, one item each; then the same again, for what the first attempt may have left behind."""
    monkeypatch.setenv("SECRET_OF_THE_JUDGE", "1")
    before = _tree(host)
    ids = {name: name.replace(" ", "-").replace("/", "").replace("'", "") for name in REFUSED}
    cells = []
    for item in ids.values():
        cells += [fx.answer(item, "cube = ..."), fx.test_cell(item, 'assert cube == 27, "refused"')]
    content = fx.notebook(*cells)
    master = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", content))
    answers = {f"{ids[name]}-answer": _aimed(code, host) for name, code in REFUSED.items()}
    path = fx.write(tmp_path / "a.ipynb", fx.submitted(content, answers))
    for _ in range(2):
        result = judge(master, read_submission(path, master), LIMITS, "bubblewrap")
        assert {item.id: (item.status, item.points, item.message) for item in result.items} == {
            item: ("failed", 0.0, "refused") for item in ids.values()
        }
    assert _tree(host) == before


def test_a_listening_host_is_not_reached(attack: Callable[..., Result]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("\0autograder-test")
        abstract.listen()
        port = server.getsockname()[1]
        assert_failed_alone(attack(TRY.format(f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)")))
        reach = "import socket; socket.socket(socket.AF_UNIX).connect(chr(0) + 'autograder-test')"
        assert_failed_alone(attack(TRY.format(reach)))


def test_solutions_of_the_installed_course_are_not_there(attack: Callable[..., Result]) -> None:
    from autograder.judge.master import assignment_folders

    folders = [str(folder) for folder in assignment_folders()]
    assert folders
    code = f"import os\ncube = 27 if any(os.path.isdir(f) and os.listdir(f) for f in {folders!r}) else 0"
    assert_failed_alone(attack(code))


PROCESSES = {
    "kill the parent": (
        TRY.format("import os; os.kill(os.getppid(), 9)").replace("27", "0"),
        ("failed", "error"),
    ),
    "kill all": ("import os\ncube = 0\ntry: os.kill(-1, 9)\nexcept OSError: pass", ("failed", "error")),
    "kill the first": (
        """
import os
cube = 0
try: os.kill(1, 9)
except OSError: pass
""",
        ("failed",),
    ),
    "fork bomb": (
        "import os\ncube = 0\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        ("timeout", "error"),
    ),
    "fork until refused": (
        """
import os, time
n = 0
try:
    while n < 500:
        if os.fork() == 0: time.sleep(60); os._exit(0)
        n += 1
    cube = 27
except OSError: cube = 0
""",
        ("failed",),
    ),
    "threads until refused": (
        """
import threading, time
cube = 27
try:
    for n in range(500): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
except RuntimeError: cube = 0
""",
        ("failed",),
    ),
    "a daemon": (
        """
import subprocess, sys
daemon = 'import os, time; os.setsid(); os.fork() and os._exit(0); time.sleep(300)'
subprocess.Popen([sys.executable, '-c', daemon, 'MARKER'], start_new_session=True)
cube = 0
""",
        ("failed",),
    ),
    "memory": ("x = []\nwhile True: x.append(bytearray(50_000_000))", ("failed",)),
    "memory of numpy": (
        TRY.replace("OSError", "MemoryError").format("import numpy; numpy.ones(10**9)"),
        ("failed",),
    ),
    "a fork that goes on as well": ("import os\nos.fork()\ncube = 0", ("failed",)),
    "stop itself": ("import os\ncube = 0\nos.kill(os.getpid(), 19)", ("timeout",)),
    "close every file": ("import os\ncube = 0\nos.closerange(0, 4096)", ("error",)),
}


@pytest.mark.parametrize("name", PROCESSES)
def test_processes(attack: Callable[..., Result], name: str) -> None:
    code, statuses = PROCESSES[name]
    assert_failed_alone(attack(code), statuses, tuple(f"Your cell stops at line {n}: MemoryError." for n in range(9)))


EVERY_PIPE = """
import os, stat
cube = 0
for number in range(3, 256):
    try:
        if stat.S_ISFIFO(os.fstat(number).st_mode):
            os.write(number, {})
    except OSError:
        pass
"""

FORGED = {
    "an answer before its question": r"""b'{"status": "ok", "value": {"kind": "nothing"}, "nonce": "0"}\n'""",
    "garbage": r"b'\xff\xfe not json\n'",
    "deep nesting": r"b'[' * 100_000 + b'\n'",
    "a line without end": "b'x' * 5_000_000",
    "many lines": r"b'{}\n' * 1_000_000",
    "a list": r"b'[]\n'",
}


@pytest.mark.parametrize("name", FORGED)
def test_what_is_written_to_the_judges_pipe_is_never_points(attack: Callable[..., Result], name: str) -> None:
    assert_failed_alone(attack(EVERY_PIPE.format(FORGED[name])), ("error", "timeout"))


INSIDE = {
    "always equal": """
class Same:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
cube = Same()
""",
    "display hook": "import sys\nsys.displayhook(2.0)\ncube = 5",
    "input transformer": """
ip = get_ipython()
ip.input_transformers_post.append(lambda lines: ['2.0\\n'])
cube = 5
""",
    "syntax transformer": (
        """
import ast
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Strip())
cube = 5
"""
    ),
    "verdict changed": """
from autograder import expect
expect.Verdict.as_dict = lambda self: {**vars(self), 'status': 'passed', 'points': 2.0}
cube = 5
""",
}
STOPPED_INSIDE = {"display hook", "input transformer", "syntax transformer"}


@pytest.mark.parametrize("name", INSIDE)
def test_what_gains_points_inside_the_shared_process_is_told_beforehand(
    attack: Callable[..., Result], name: str
) -> None:
    """
    Tests share the learner's process. Whoever uses that against them must find it said in plain words, and gains
        one item at most.

    """
    result = attack(INSIDE[name])
    cube = next(item for item in result.items if item.id == "cube")
    if name in STOPPED_INSIDE:
        assert cube.points == 0
    said = sandbox.describe("bubblewrap")
    assert cube.points == 0 or ("same process" in said and "forge its own points" in said)
    assert cube.points <= cube.max_points and {item.id for item in result.items} == {"square", "root", "cube", "essay"}


def test_without_bubblewrap_nothing_of_a_class_runs(
    monkeypatch: pytest.MonkeyPatch, master: Master, tmp_path: Path
) -> None:
    """Asked to isolate where it cannot, the judge runs nothing; and says "not isolated" where nothing was asked."""
    monkeypatch.setattr(sandbox, "why_not", lambda: "Bubblewrap is not installed.")
    path = fx.write(
        tmp_path / "a.ipynb",
        fx.submitted(
            fx.squares(),
            {
                **fx.RIGHT,
                "cube-answer": """
, 'w')
cube = 27
""",
            },
        ),
    )
    result = judge(master, read_submission(path, master), LIMITS, "bubblewrap")
    assert result.status == "error" and result.points is None and "not installed" in result.findings[-1].message
    assert not (tmp_path / "ran").exists()
    assert not sandbox.available() and sandbox.describe().startswith("Not isolated")
    assert judge(master, read_submission(path, master), LIMITS).isolation == "none"


@pytest.mark.parametrize("isolation", ["bubblewrap", "none"])
def test_a_judge_that_is_killed_leaves_nothing_running(host: Path, tmp_path: Path, isolation: str) -> None:
    marker = f"k{time.monotonic_ns() % 10**13}"
    code = f"import ctypes; ctypes.CDLL(None).prctl(15, b'{marker}')\nwhile True: pass"
    path = fx.write(tmp_path / "a.ipynb", fx.submitted(fx.squares(), {**fx.RIGHT, "cube-answer": code}))
    program = (
        "import sys\nfrom pathlib import Path\nfrom autograder.judge import check_file\n"
        "check_file(Path(sys.argv[1]), [Path(sys.argv[2])], sandbox=sys.argv[3])"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path), str(host / "source"), isolation]) as judging:
        until = time.monotonic() + 20
        while _gone(marker, wait=0) and time.monotonic() < until:
            time.sleep(0.05)
        assert not _gone(marker, wait=0), "it never started"
        judging.kill()
    assert _gone(marker), "a process lives on"
