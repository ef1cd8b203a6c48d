"""Where a submission's process runs: a bubblewrap sandbox where that works, otherwise a plain process, and which it is
in plain words.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Literal

from autograder.judge.types import Limits

Isolation = Literal["bubblewrap", "none"]

_CHILD = Path(__file__).with_name("child.py")
_NOBODY = 65533
"""The user a sandbox started by root becomes; not 65534, which file servers and containers give to strangers' files."""
_BUBBLEWRAP = (0, 8)
"""The first bubblewrap with --size, --perms and --disable-userns."""
_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/etc/localtime",
)
_WORK = "/tmp"


@dataclass
class Process:
    """A started child: its process, what it must be told first, and the files that go with it."""

    popen: subprocess.Popen[bytes]
    setup: Mapping[str, Any]
    errors: IO[bytes]
    folder: tempfile.TemporaryDirectory[str] | None = field(default=None)

    def end(self) -> None:
        """Kill everything in it and wait; nothing of it is left afterwards (un-isolated: unless it made itself a
        daemon).
        """
        if sys.platform == "win32":
            self.popen.kill()
        else:
            import signal

            try:
                os.killpg(self.popen.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self.popen.kill()
        self.popen.wait()
        self.errors.close()
        if self.folder is not None:
            self.folder.cleanup()

    def last_words(self) -> str:
        """The end of what the process wrote to stderr before it was ready, in one line."""
        self.errors.seek(0)
        return " ".join(self.errors.read()[-400:].decode(errors="replace").split())


def available() -> bool:
    """Whether submissions can be isolated on this machine."""
    return why_not() is None


def default() -> Isolation:
    """The best isolation this machine offers."""
    return "bubblewrap" if available() else "none"


def describe(isolation: Isolation | None = None) -> str:
    """In plain words what protects this machine from a submission's code and what does not."""
    if (isolation or default()) == "bubblewrap":
        return (
            "Isolated: each submission runs in its own bubblewrap sandbox, without network, without your files, "
            "the gradebook or other submissions, as an unprivileged user, with limits on time, memory, processes and "
            "file size, and nothing it starts outlives it. "
            "Not protected: tests run in the same process as the learner's code, so a submission that sets out to can "
            "read the hidden tests of its own assignment and forge its own points; there is no filter on system calls, "
            "and memory is limited per process, not in all."
        )
    return (
        "Not isolated: a submission's code runs as you, and can read and change your files, use the network and leave "
        "processes behind; it only has a time limit and, on Linux, a memory limit. "
        "Tests run in the same process as the learner's code, which can forge its own points. "
        "Check your own work this way, not other people's."
    )


@functools.cache
def why_not() -> str | None:
    """Why bubblewrap cannot be used here, in one sentence; None when it works (tried once per process)."""
    if sys.platform != "linux":
        return "Bubblewrap exists only on Linux; to grade other people's work use Linux, a virtual machine or WSL 2."
    program = shutil.which("bwrap")
    if program is None:
        return "Bubblewrap is not installed; install the package `bubblewrap` with your system's package manager."
    try:
        version = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
        found = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
        if found < _BUBBLEWRAP:
            return f"Bubblewrap {'.'.join(map(str, found))} is too old; 0.8 or newer is needed."
        probe = [*_bubblewrap(program, Limits()), sys.executable, "-I", "-S", "-c", _probe_source()]
        tried = subprocess.run(probe, capture_output=True, text=True, timeout=20, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as error:
        return f"Bubblewrap is installed but could not be run ({error})."
    if tried.returncode != 0:
        words = " ".join(tried.stderr.split())[-200:] or f"exit code {tried.returncode}"
        return f"Bubblewrap is installed but cannot make a sandbox here ({words}); containers often forbid it."
    return None


def start(isolation: Isolation, limits: Limits) -> Process:
    """Start a child process that runs cells (see `child.py`); raises `OSError` when it cannot be started."""
    command = [sys.executable, "-P", "-s", "-B", str(_CHILD)]
    environment: dict[str, str] = {}
    folder: tempfile.TemporaryDirectory[str] | None = None
    if isolation == "bubblewrap":
        reason = why_not()
        if reason is not None:
            raise OSError(reason)
        command = [*_bubblewrap(str(shutil.which("bwrap")), limits), *command]
    else:
        folder = tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True)
        environment = _environment(folder.name) | {name: os.environ[name] for name in _INHERITED if name in os.environ}
        _bring_fonts(Path(environment["MPLCONFIGDIR"]))
    errors: IO[bytes] = tempfile.TemporaryFile()
    try:
        popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=None if folder is None else folder.name,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        errors.close()
        if folder is not None:
            folder.cleanup()
        raise
    drop_to = _NOBODY if isolation == "bubblewrap" and _is_root() else None
    return Process(popen, {"limits": _resource_limits(isolation, limits), "drop_to": drop_to}, errors, folder)


_INHERITED = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "USERPROFILE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def _environment(work: str) -> dict[str, str]:
    """The whole environment of a child: nothing of the judge's, the same numbers and set orders every time."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": work,
        "IPYTHONDIR": os.path.join(work, ".ipython"),
        "MPLCONFIGDIR": os.path.join(work, ".matplotlib"),
        "MPLBACKEND": "Agg",
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(str(path) for path in _import_path()),
        "USER": "learner",
        "LOGNAME": "learner",
        "AUTOGRADER_JUDGING": "1",
        # One thread each: every thread counts against the limits, and small arrays gain nothing from more.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def _resource_limits(isolation: Isolation, limits: Limits) -> dict[str, int]:
    """Limits by their `resource` names; the child sets what its platform knows."""
    table = {
        "RLIMIT_AS": limits.memory_mb * 1024 * 1024,
        "RLIMIT_CPU": int(limits.total_seconds) + 5,
        "RLIMIT_FSIZE": limits.file_mb * 1024 * 1024,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CORE": 0,
    }
    if isolation == "bubblewrap":  # elsewhere it would count everything this user runs
        table["RLIMIT_NPROC"] = limits.processes
    return table


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _bubblewrap(program: str, limits: Limits) -> list[str]:
    """The bubblewrap command line, up to the program to run in it."""
    size = str(limits.file_mb * 2 * 1024 * 1024)
    command = [program, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    command += ["--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    # Root keeps just enough to become somebody else inside (child.py): as kernel user 0 it would be exempt from limits.
    command += (
        ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] if _is_root() else ["--unshare-user", "--disable-userns"]
    )
    # The work folder comes before what is bound: a Python or a course that stands below /tmp is not hidden by it.
    command += ["--proc", "/proc", "--dev", "/dev"]
    for path in (Path("/dev/shm"), Path(_WORK)):
        command += ["--perms", "1777", "--size", size, "--tmpfs", str(path)]
    made: set[Path] = {Path(_WORK)}
    bound: list[Path] = []
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink() and len(path.parts) == 2:
            command += ["--symlink", os.readlink(path), name]
        elif path.exists() and not _inside(path, bound):
            command += [*_parents(path, made), "--ro-bind", name, name]
            bound.append(path)
    for path in _readable():
        if not _inside(path, bound):
            command += [*_parents(path, made), "--ro-bind", str(path), str(path)]
            bound.append(path)
    for path in _secret():
        if _inside(path, bound):
            command += ["--perms", "0555", "--tmpfs", str(path), "--remount-ro", str(path)]
        else:  # there, and empty: a course may look for the folder to know where it is
            command += [*_parents(path, made), "--perms", "0555", "--dir", str(path)]
    fonts = _font_list()
    if fonts is not None:
        work = f"{_WORK}/.matplotlib"
        command += ["--perms", "1777", "--dir", work, "--ro-bind", str(fonts), f"{work}/{fonts.name}"]
    command += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", _WORK]
    for name, value in _environment(_WORK).items():
        command += ["--setenv", name, value]
    return [*command, "--"]


def _parents(path: Path, made: set[Path]) -> list[str]:
    """Make the folders above a mount point, open to read: bubblewrap's own would be closed to the unprivileged user."""
    command: list[str] = []
    for parent in reversed(path.parents):
        if parent not in made and parent != Path("/"):
            made.add(parent)
            command += ["--perms", "0755", "--dir", str(parent)]
    return command


def _inside(path: Path, folders: list[Path]) -> bool:
    return any(path == folder or folder in path.parents for folder in folders)


def _readable() -> list[Path]:
    """What a submission's process may read besides the system: this Python, its packages, and the courses' packages
    and assets.
    """
    paths = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).parent.parent]
    paths += [Path(os.path.realpath(sys.executable)).parent.parent, Path(sysconfig.get_path("stdlib")).parent.parent]
    paths += _user_packages()
    paths += _our_packages()
    # What a course's code reads stands beside its assignments (figures, tables, the evidence ledger): never the
    # assignments.
    paths += [folder.parent / "assets" for folder in _secret()]
    usable = {path.absolute() for path in paths if path.exists() and path != Path("/")}
    return sorted(usable, key=lambda path: (len(path.parts), str(path)))


def _user_packages() -> list[Path]:
    """Package folders outside the Python installation (a user's own site-packages), which `-s` leaves out."""
    prefixes = [Path(sys.prefix), Path(sys.base_prefix)]
    found = [Path(entry) for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]
    return [path for path in found if not _inside(path, prefixes) and path.is_dir()]


def _our_packages() -> list[Path]:
    """The folders of this package and of the installed courses' packages, wherever they are."""
    points = entry_points(group="autograder.assignments")
    courses = sorted({point.value.partition(":")[0].partition(".")[0] for point in points})
    specs = [find_spec(name) for name in ("autograder", *courses)]
    return [Path(spec.origin).resolve().parent for spec in specs if spec is not None and spec.origin is not None]


def _import_path() -> list[Path]:
    """What the child cannot find by itself: a user's own packages, and ours when they run from a checkout."""
    return list(dict.fromkeys([*_user_packages(), *(package.parent for package in _our_packages())]))


@functools.cache
def _secret() -> tuple[Path, ...]:
    """The folders of assignments with their solutions and hidden tests: never readable for a submission."""
    from autograder.judge.master import assignment_folders

    return tuple(folder.resolve() for folder in assignment_folders())


def _font_list() -> Path | None:
    """The newest list of fonts that matplotlib made for this user: without it every process would make its own, which
    takes seconds.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    found = sorted(cache.glob("fontlist-v*.json"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


def _bring_fonts(folder: Path) -> None:
    fonts = _font_list()
    if fonts is not None:
        folder.mkdir()
        shutil.copy(fonts, folder)


def _probe_source() -> str:
    """Proves inside the sandbox that the child could start: unprivileged, it still reads its own program."""
    drop = (
        f"os.setgroups([]); os.setresgid({_NOBODY},{_NOBODY},{_NOBODY}); os.setresuid({_NOBODY},{_NOBODY},{_NOBODY});"
        if _is_root()
        else ""
    )
    reads = f"open({str(_CHILD)!r}).read(); os.listdir({sys.prefix!r})"
    return f"import os; {drop} {reads}; open('{_WORK}/probe', 'w').write('x')"
