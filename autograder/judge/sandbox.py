"""What isolates a submission's processes on this machine, how they are started in it, and which it is in plain words.

Three levels: "bubblewrap" (namespaces), "landlock" (no namespaces needed, as in a container), "none".
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from autograder.judge.types import Limits

Isolation = Literal["bubblewrap", "landlock", "none"]

_INSIDE = Path(__file__).with_name("inside")
_NOBODY = 65533
"""The user a sandbox started by root becomes; not 65534, which file servers and containers give to strangers' files."""
_BUBBLEWRAP = (0, 8)
"""The first bubblewrap with --size and --perms."""
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


def available() -> bool:
    """Whether submissions can be isolated on this machine."""
    return why_not() is None


def default() -> Isolation:
    """The best isolation this machine offers."""
    if why_not() is not None:
        return "none"
    return "bubblewrap" if why_no_bubblewrap() is None else "landlock"


def why_not() -> str | None:
    """Why nothing isolates submissions here, in one sentence; None where something does."""
    reason = why_no_bubblewrap()
    return None if reason is None or why_no_landlock() is None else reason


def describe(isolation: Isolation | None = None) -> str:
    """In plain words what protects this machine from a submission's code and what does not."""
    level = isolation or default()
    if level == "none":
        return (
            "Not isolated: a submission's code runs as you, and can read and change your files, use the network and "
            "leave processes behind; it only has a time limit and, on Linux, a memory limit. "
            "Tests run in a process of their own, but nothing keeps the learner's code from reaching it. "
            "Check your own work this way, not other people's."
        )
    common = (
        "Tests run in a process of their own, which the learner's code cannot reach: it sees the arguments of a call, "
        "never a test or an expected value (where an exercise is about a class, its own `==` is what is asked). "
    )
    filtered = "a filter on system calls, " if _has_filter() else ""
    unfiltered = "" if _has_filter() else "This machine's kind of processor has no filter on system calls here yet. "
    if level == "bubblewrap":
        return (
            "Isolated: each submission runs in namespaces of its own (users, files, processes, network) inside a "
            "bubblewrap sandbox, without network, without your files, the gradebook or other submissions, as an "
            f"unprivileged user without capabilities, with {filtered}with limits on time, memory in all, processes, "
            "file size and output; nothing it starts outlives it. "
            f"{common}{unfiltered}"
            "Not protected: a hole in the Linux kernel itself, and guessing from how long something takes; "
            "for a hostile course grade in a virtual machine."
        )
    return (
        "Isolated by Landlock: each submission reads only Python, its packages and the course's data, writes only in a "
        f"folder of its own, has no network, and runs with {filtered}with limits on time, memory, processes and file "
        f"size; what it starts is killed afterwards (unless the judge itself is killed first). {common}{unfiltered}"
        "Not protected, because this machine makes no namespaces for us: it can see that other processes exist, "
        "processes are limited per user, and the disk space of its folder is not limited; bubblewrap protects better."
    )


@functools.cache
def why_no_bubblewrap() -> str | None:
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
        probe = [*_bubblewrap(program, Limits()), sys.executable, "-I", "-S", str(_INSIDE / "confine.py")]
        tried = subprocess.run(
            [*probe, str(_NOBODY if _is_root() else 0)],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return f"Bubblewrap is installed but could not be run ({error})."
    if tried.returncode != 0:
        words = " ".join(tried.stderr.split())[-200:] or f"exit code {tried.returncode}"
        return f"Bubblewrap is installed but cannot make a sandbox here ({words}); containers often forbid it."
    return None


@functools.cache
def why_no_landlock() -> str | None:
    """Why Landlock cannot be used here, in one sentence; None when it can."""
    if sys.platform != "linux":
        return "Landlock exists only on Linux."
    from autograder.judge.inside import landlock, seccomp

    if not landlock.abi():
        return "This kernel offers no Landlock (Linux 5.13 or newer, switched on, is needed)."
    if not seccomp.is_known_machine():
        return "Landlock alone leaves the network open, and the filter for it is not known for this kind of processor."
    return None


def work_folder() -> str:
    """The folder that an attempt in a bubblewrap sandbox finds itself in; fresh and its own.

    Each attempt covers it with an empty one, so it is not /tmp where a Python or a course stands below that.
    """
    temporary = Path("/tmp")
    return "/learner" if any(temporary in path.parents for path in _readable()) else str(temporary)


def warm_command(
    isolation: Isolation, limits: Limits, modules: Sequence[str], folder: str | None
) -> tuple[list[str], dict[str, str]]:
    """The command line and environment of the warm process; `folder`: where it may write, outside of bubblewrap.

    Raises `OSError` (one sentence) when this isolation does not work here.
    """
    reason = why_not() or (why_no_bubblewrap() if isolation == "bubblewrap" else why_no_landlock())
    if reason is not None:
        raise OSError(reason)
    setup = {
        "isolation": isolation,
        "modules": list(modules),
        "limits": _resource_limits(limits),
        "drop_to": _NOBODY if _is_root() else None,
        "work_bytes": limits.file_mb * 1_000_000,
        "printed_chars": limits.printed_chars,
        "readable": [str(path) for path in _visible()] if isolation == "landlock" else [],
    }
    python = [sys.executable, "-P", "-s", "-B", "-m", "autograder.judge.inside.zygote", json.dumps(setup)]
    if isolation == "bubblewrap":
        return [*_bubblewrap(str(shutil.which("bwrap")), limits), *python], {}
    work = folder or tempfile.gettempdir()
    os.chmod(work, 0o755)  # root's processes become somebody else and must get there
    _bring_fonts(Path(work, ".matplotlib"))
    return python, _environment(work)


def spawn_command(limits: Limits, folder: str) -> tuple[list[str], dict[str, str]]:
    """The command line and environment of a pair that nothing isolates, in its own `folder`."""
    setup = {"limits": _resource_limits(limits, shared=True), "printed_chars": limits.printed_chars}
    environment = _environment(folder) | {name: os.environ[name] for name in _INHERITED if name in os.environ}
    _bring_fonts(Path(folder, ".matplotlib"))
    return [
        sys.executable, "-P", "-s", "-B", "-m", "autograder.judge.inside.spawned", "tests", json.dumps(setup)
    ], environment  # fmt: skip


def _has_filter() -> bool:
    from autograder.judge.inside import seccomp

    return seccomp.is_known_machine()


_INHERITED = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "USERPROFILE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def _environment(work: str) -> dict[str, str]:
    """The whole environment of a child: nothing of the judge's, the same numbers and set orders every time."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": work,
        "TMPDIR": work,
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


def _resource_limits(limits: Limits, *, shared: bool = False) -> dict[str, int]:
    """Limits by their `resource` names. `shared`: the user's own processes would count as well."""
    table = {
        "RLIMIT_AS": limits.memory_mb * 1024 * 1024,
        "RLIMIT_CPU": int(limits.total_seconds) + 5,
        "RLIMIT_FSIZE": limits.file_mb * 1024 * 1024,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CORE": 0,
    }
    if not shared:
        table["RLIMIT_NPROC"] = limits.processes
    return table


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _bubblewrap(program: str, limits: Limits) -> list[str]:
    """The bubblewrap command line, up to the program to run in it."""
    size = str(limits.file_mb * 2 * 1024 * 1024)
    command = [program, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    command += ["--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
    # Root keeps just enough to become somebody else inside: as kernel user 0 it would be exempt from limits.
    command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] if _is_root() else ["--unshare-user"]
    # Not bubblewrap's own /proc, parts of which it may cover: the kernel then forbids the namespaces within to mount
    # theirs. The learner's process never sees this one: it gets a /proc of its own.
    command += ["--bind", "/proc", "/proc", "--dev", "/dev"]
    work = work_folder()
    for path in (Path("/dev/shm"), Path(work)):
        command += ["--perms", "1777", "--size", size, "--tmpfs", str(path)]
    made: set[Path] = {Path(work)}
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
        folder = f"{work}/.matplotlib"
        command += ["--perms", "1777", "--dir", folder, "--ro-bind", str(fonts), f"{folder}/{fonts.name}"]
    command += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", work]
    for name, value in _environment(work).items():
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


def _visible() -> list[Path]:
    """What a bubblewrap sandbox binds, for Landlock, which cannot take a folder out of another: listed around it."""
    system = [Path(name) for name in _SYSTEM if Path(name).exists()]
    return _around([*system, *(path.resolve() for path in _readable()), *_readable()], _secret())


def _around(paths: Sequence[Path], secret: Sequence[Path]) -> list[Path]:
    """The paths; in place of one that holds a secret folder, everything in it but that folder."""
    found: list[Path] = []
    for path in paths:
        if any(path == each or each in path.parents for each in secret):
            continue
        if any(path in each.parents for each in secret):
            found += _around(sorted(path.iterdir()), secret)
        else:
            found.append(path)
    return found


def _font_list() -> Path | None:
    """The newest list of fonts that matplotlib made for this user: without it every process would make its own, which
    takes seconds.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    found = sorted(cache.glob("fontlist-v*.json"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


def _bring_fonts(folder: Path) -> None:
    fonts = _font_list()
    folder.mkdir(exist_ok=True)
    if fonts is not None:
        shutil.copy(fonts, folder)
