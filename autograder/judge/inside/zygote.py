"""The warm process: has imported what cells need, and forks a pair of processes for each attempt.

Single-threaded, and it never sees a test or an answer: those go to the pair, after the fork. For each request that
comes through file descriptor 0, with one end of a channel, it forks the tests' process, which forks the learner's.
"""

from __future__ import annotations

import gc
import importlib
import io
import json
import os
import platform
import random
import signal
import socket
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

from autograder.judge.channel import Channel
from autograder.judge.inside import confine, landlock, learner, seccomp, tester

_SEED = 20_000_003
"""Every attempt draws the same random numbers: the same answers get the same verdict."""


def main() -> None:
    """Get warm, say so, then serve until the judge closes its end."""
    setup = json.loads(sys.argv[1])
    control = socket.socket(fileno=os.dup(0))
    fonts = _font_lists()
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    if setup["isolation"] == "landlock":
        confine.adopt_orphans()
    if setup["drop_to"] is not None:
        confine.drop_root(setup["drop_to"], keep_reading=setup["isolation"] == "landlock")
    confine.die_with_parent()
    shell = _warm_up(setup["modules"])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a pair; it is gone when it has ended
    control.sendall(json.dumps(_versions()).encode() + b"\n")
    while True:
        request, fds, _, _ = socket.recv_fds(control, 65_536, 4)
        if not request:
            os._exit(0)
        if os.fork() == 0:
            control.close()
            _tests_process(json.loads(request)["work"], fds[0], setup, fonts, shell)
        for fd in fds:
            os.close(fd)


def _warm_up(modules: list[str]) -> Any:
    from autograder.judge.inside.shell import make_shell, run_cell

    shell = make_shell()
    run_cell(shell, "None", "<warm>")
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception:  # noqa: S112  a hint that leads nowhere; a cell that needs the module will say so
            continue
    if "matplotlib.pyplot" in sys.modules:
        _draw_once(sys.modules["matplotlib.pyplot"])
    gc.collect()
    gc.freeze()  # what is here stays; no collection in a fork touches, and so copies, its pages
    return shell


def _draw_once(pyplot: Any) -> None:
    """Fonts and renderer are loaded by the first picture; every fork finds them loaded."""
    figure, axes = pyplot.subplots()
    axes.plot([0, 1], [0, 1], label="$x$")
    axes.set(xlabel="x", ylabel="y", title="title")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close("all")


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("ipython", "numpy", "matplotlib"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # a course without it
    return found


def _tests_process(work: str, fd: int, setup: Mapping[str, Any], fonts: Mapping[str, bytes], shell: Any) -> NoReturn:
    """Become the tests' process of one attempt. The learner's is forked before any test comes in."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        judge = Channel(fd)
        here, there = socket.socketpair()
        if setup["isolation"] == "bubblewrap":
            confine.enter_namespaces(work, setup["work_bytes"])
        else:
            os.chdir(work)
            _landlock(setup, work)
        _bring_fonts(fonts, work)
        pid = os.fork()
        if pid == 0:
            os.close(fd)
            here.close()
            _learners_process(Channel(there.detach()), setup, work, shell)
        there.close()
        ends = [os.pidfd_open(pid), os.pidfd_open(os.getpid())]
        confine.give_up_capabilities()
        confine.set_limits({name: setup["limits"][name] for name in ("RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_CORE")})
        confine.die_with_parent()  # giving up capabilities has undone it
        with socket.socket(fileno=os.dup(fd)) as once:
            socket.send_fds(once, [b"!"], ends)
        for end in ends:
            os.close(end)
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")
        _seed(1)
        tester.serve(judge, Channel(here.detach()), shell, lambda: os.waitpid(pid, 0)[1])
    except BaseException as error:
        _complain(error)
    finally:
        os._exit(code)


def _learners_process(channel: Channel, setup: Mapping[str, Any], work: str, shell: Any) -> NoReturn:
    try:
        os.setsid()  # a signal to "its group" would reach the tests' process and the warm one
        if setup["isolation"] == "bubblewrap":
            confine.hide_other_processes()
            confine.give_up_capabilities()
        else:
            _landlock(setup, work)
        confine.set_limits(setup["limits"])
        confine.die_with_parent()
        if seccomp.is_known_machine():
            seccomp.install(seccomp.program(alone=setup["isolation"] != "bubblewrap"))
        _seed(0)
        os.dup2(0, 2)  # what it writes there from now on is nobody's concern
        learner.serve(channel, shell, setup["printed_chars"])
    except BaseException as error:
        _complain(error)
    finally:
        os._exit(1)


def _landlock(setup: Mapping[str, Any], work: str) -> None:
    readable = [Path(path) for path in setup["readable"]]
    landlock.restrict(readable, [Path(work)], [Path(path) for path in ("/dev/null", "/dev/zero", "/dev/urandom")])


def _font_lists() -> dict[str, bytes]:
    """matplotlib's lists of fonts, without which its first import takes seconds: file name → content."""
    folder = Path(os.environ["MPLCONFIGDIR"])
    return {path.name: path.read_bytes() for path in folder.glob("fontlist-*.json")}


def _bring_fonts(fonts: Mapping[str, bytes], work: str) -> None:
    folder = Path(work, ".matplotlib")
    folder.mkdir(exist_ok=True)
    for name, content in fonts.items() if "matplotlib.font_manager" not in sys.modules else ():
        folder.joinpath(name).write_bytes(content)


def _seed(offset: int) -> None:
    random.seed(_SEED + offset)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(_SEED + offset)


def _complain(error: BaseException) -> None:
    """The judge reads this where a pair does not come up."""
    text = f"{type(error).__name__}: {error}\n".encode()
    os.write(2, text[:400])


if __name__ == "__main__":
    main()
