"""Start JupyterLab on a learner's folder, say where it is, and stop it cleanly.

The learner's own JupyterLab settings are neither read differently nor changed: ours come in below them, as the defaults
of this one run (`lab_settings/overrides.json`), and the layout of open tabs is kept inside the folder. Saving by itself
every 30 seconds is a compromise: JupyterLab asks "File Changed: Revert or Overwrite?" when somebody saves while such a
save is still under way, so a shorter interval costs nerves and a longer one costs work.
"""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

from course.errors import CannotRun
from course.learner_folder import STATE

FIRST_PORT = 8888
PORT_TRIES = 50
_LOG = "jupyterlab.log"
_START_SECONDS = 120.0  # a first start on a slow disk compiles every module
_STOP_SECONDS = 15.0


@dataclass(frozen=True)
class Server:
    """A running JupyterLab."""

    process: "subprocess.Popen[bytes]"
    url: str  # http://localhost:8888/
    token: str


def serve(folder: Path, start: str, port: int | None = None, open_browser: bool = True) -> int:
    """Run JupyterLab on `folder` with `start` open until it ends or Ctrl+C is pressed; 0 when it stopped as asked.

    `port` None takes the next free one from 8888 on. Raises CannotRun with one sentence when it does not start.
    """
    for note in _running(folder):
        if _answers(note["url"]):
            return _already_open(_address(note["url"], note["token"], start), open_browser)
    if port is not None and not is_free(port):
        raise CannotRun(
            f"Port {port} is taken by another program: stop that one, or leave out --port to get a free port."
        )
    log = folder / STATE / _LOG
    with _stopped_by_signals(), open(log, "wb", opener=_for_owner) as stream:
        process = subprocess.Popen(
            command(folder, start, port, open_browser),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=environment(),
            **_own_group(),
        )
        server: Server | None = None
        try:
            server = _wait_until_up(process, folder, log)
            print(f"The course is open at:\n\n    {_address(server.url, server.token, start)}\n")
            print(
                "It should appear in your browser by itself; if it does not, copy the address above into one."
                if open_browser
                else "Copy this address into a browser."
            )
            print(
                "Leave this window open while you work. To stop: press Ctrl+C here. Your work is saved in the folder.",
                flush=True,
            )
            code = process.wait()
        except KeyboardInterrupt:
            print("\nStopping JupyterLab …", flush=True)
            _stop(process, server)
            print("Stopped.")
            return 0
        except BaseException:
            _stop(process, server)
            raise
    if code:
        raise CannotRun(f"JupyterLab stopped by itself (code {code}): its last words are in {log}.")
    print("JupyterLab was shut down from the browser.")
    return 0


def command(folder: Path, start: str, port: int | None, open_browser: bool) -> list[str]:
    """The command line that runs JupyterLab of this very Python on `folder`."""
    words = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{quote(start)}",
        f"--LabApp.app_settings_dir={Path(__file__).with_name('lab_settings')}",
        f"--LabApp.workspaces_dir={folder / STATE / 'workspaces'}",
        f"--ServerApp.port={port or FIRST_PORT}",
        f"--ServerApp.port_retries={0 if port else PORT_TRIES}",
        f"--ServerApp.open_browser={open_browser}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--allow-root")  # usual in containers and on class servers
    return words


def environment() -> dict[str, str]:
    """This process's environment, with this Python's own kernel and commands first."""
    scripts = sysconfig.get_path("scripts")
    return {
        **os.environ,
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PATH": os.pathsep.join([scripts, os.environ.get("PATH", "")]),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else every kernel start warns about frozen modules
        "JUPYTER_TOKEN": os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(16),
    }


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` of this computer."""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just given back counts as free
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def next_free_port(first: int = FIRST_PORT) -> int | None:
    """The port `course lab` would get; None when more than fifty in a row are taken."""
    return next((port for port in range(first, first + PORT_TRIES + 1) if is_free(port)), None)


def _already_open(address: str, open_browser: bool) -> int:
    """A second server on one folder would have two programs save the same notebooks."""
    print(f"This folder is already open, started from another window, at:\n\n    {address}\n")
    if open_browser:
        webbrowser.open(address)
    return 0


def _address(url: str, token: str, page: str) -> str:
    """The address that opens `page` (relative to the folder) without asking for a password."""
    return f"{url}lab/tree/{quote(page)}" + (f"?token={token}" if token else "")


def _for_owner(path: str, flags: int) -> int:
    """Open a file only its owner can read: JupyterLab's log holds the password part of the address."""
    return os.open(path, flags, 0o600)


# --- starting and stopping ---------------------------------------------------------------------------------------


def _wait_until_up(process: "subprocess.Popen[bytes]", folder: Path, log: Path) -> Server:
    """Wait for the note JupyterLab leaves when it listens, and until it answers."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise CannotRun(f"JupyterLab did not start: {_last_words(log)} The full log is in {log}.")
        for note in _running(folder):
            if _answers(note["url"]):
                return Server(process, note["url"], note["token"])
        time.sleep(0.1)
    raise CannotRun(f"JupyterLab did not answer within {_START_SECONDS:.0f} seconds: look into {log}.")


def _running(folder: Path) -> list[dict[str, Any]]:
    """JupyterLab's own notes about servers on `folder` that started from here."""
    from jupyter_server.serverapp import list_running_servers

    return [note for note in list_running_servers() if Path(note["root_dir"]) == folder]


def _answers(url: str) -> bool:
    try:
        with _direct().open(f"{url}api", timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _direct() -> urllib.request.OpenerDirector:
    """A way to this computer itself: the network's proxy, if there is one, does not know our `localhost`."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _last_words(log: Path) -> str:
    """The last line of the log that says something, without its date."""
    lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    return re.sub(r"^\[.*?\]\s*", "", lines[-1]).rstrip(".") + "." if lines else "it said nothing."


def _stop(process: "subprocess.Popen[bytes]", server: Server | None) -> None:
    """Ask JupyterLab to shut its kernels down and end; insist only when it does not."""
    if server is not None:
        request = urllib.request.Request(
            f"{server.url}api/shutdown", method="POST", headers={"Authorization": f"token {server.token}"}
        )
        try:
            _direct().open(request, timeout=5).close()
        except (urllib.error.URLError, OSError):
            process.terminate()
    else:
        process.terminate()
    for insist in (process.terminate, process.kill):
        try:
            process.wait(_STOP_SECONDS)
            return
        except subprocess.TimeoutExpired:
            insist()
    process.wait()


def _own_group() -> dict[str, Any]:
    """Keep Ctrl+C away from JupyterLab itself, which would ask back on a terminal it does not have."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let a closed terminal or a polite `kill` end the run just as Ctrl+C does."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
