"""`course lab` as a stranger types it: it starts JupyterLab on the folder, says where, stops cleanly, keeps work."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course import content, lab

SECONDS = 120


class Running:
    """A `course lab` that has said where it is."""

    def __init__(self, folder: Path, home: Path, log: Path, *more: str) -> None:
        self.log = log
        environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
        # A hospital's network often names a proxy; nothing that stays on this computer may depend on it.
        proxy = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
        environment |= {"HOME": str(home), "PYTHONUNBUFFERED": "1", **proxy}
        with self.log.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "course.cli", "lab", str(folder), "--no-browser", *more],
                stdout=stream,
                stderr=subprocess.STDOUT,
                env=environment,
            )
        until = time.monotonic() + SECONDS
        while "To stop: press Ctrl+C" not in self.said() and self.process.poll() is None:
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        found = re.search(r"http://\S+", self.said())
        assert found, self.said()
        return found[0]

    def get(self, path: str) -> Any:
        base, token = self.address.split("lab/tree/")[0], self.address.split("token=")[1]
        request = urllib.request.Request(base + path, headers={"Authorization": f"token {token}"})
        with urllib.request.urlopen(request, timeout=30) as reply:
            return json.load(reply)

    def stop(self, how: int = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(60)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []
    (tmp_path / "home").mkdir()

    def run(folder: Path, *more: str) -> Running:
        started.append(Running(folder, tmp_path / "home", tmp_path / f"said {len(started)}.txt", *more))
        return started[-1]

    yield run
    for one in started:
        if one.process.poll() is None:
            one.stop(signal.SIGTERM)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "jupyterlab.log"
    }


def test_a_run_from_first_start_to_ctrl_c(tmp_path: Path, start: Callable[..., Running]) -> None:
    folder, port = tmp_path / "zwei Wörter #1 & 100%", free_port()
    one = start(folder, "--port", str(port))
    assert f"http://localhost:{port}/lab/tree/START.md?token=" in one.address
    assert "Made your folder" in one.said()

    listed = [entry["name"] for entry in one.get("api/contents/")["content"]]
    assert sorted(listed) == sorted(path.name for path in content.release_dir().iterdir())

    settings = {entry["id"]: entry for entry in one.get("lab/api/settings")["settings"]}
    manager = settings["@jupyterlab/docmanager-extension:plugin"]
    properties = manager["schema"]["properties"]
    assert properties["autosaveInterval"]["default"] == 30
    assert properties["defaultViewers"]["default"] == {"markdown": "Markdown Preview"}
    news = settings["@jupyterlab/apputils-extension:notification"]["schema"]["properties"]
    assert news["fetchNews"]["default"] == "false"
    assert "@jupyterlab/notebook-extension:tracker" in settings, "JupyterLab's own schemas are still there"

    kernels = one.get("api/kernelspecs")
    assert kernels["default"] == "python3"

    again = start(folder, "--port", str(port))
    assert again.process.wait(SECONDS) == 0
    assert "already open" in again.said()
    assert again.address == one.address

    taken = start(tmp_path / "other", "--port", str(port))
    assert taken.process.wait(SECONDS) == 2
    assert taken.said().splitlines()[-1].startswith(f"Port {port} is taken by another program")

    assert one.stop(signal.SIGINT) == 0
    assert one.said().endswith("Stopping JupyterLab …\nStopped.\n")
    assert lab.is_free(port)
    user_settings = tmp_path / "home" / ".jupyter" / "lab" / "user-settings"
    assert not user_settings.exists() or not list(user_settings.rglob("*.jupyterlab-settings"))


def test_a_second_run_leaves_every_byte_of_work(tmp_path: Path, start: Callable[..., Running]) -> None:
    folder = tmp_path / "my-course"
    assert start(folder).stop() == 0
    notebook = next(folder.rglob("exercises.ipynb"))
    notebook.write_bytes(notebook.read_bytes().replace(b"...", b"11.4", 1))
    (folder / "notes.md").write_text("mine")
    before = contents(folder)
    two = start(folder)
    assert "what you changed in it is untouched" in two.said()
    assert two.stop(signal.SIGTERM) == 0, "a closed terminal or a polite kill ends it like Ctrl+C"
    after = contents(folder)
    assert {name: after[name] for name in before} == before
    assert not [name for name in after if name not in before and not name.startswith(".course")]


def test_a_jupyterlab_that_does_not_start_is_one_sentence(
    tmp_path: Path, start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    broken = tmp_path / "broken"
    (broken / "jupyterlab").mkdir(parents=True)
    (broken / "jupyterlab" / "__init__.py").write_text("raise ImportError('seeded fault')\n")
    monkeypatch.setenv("PYTHONPATH", str(broken))
    one = start(tmp_path / "my-course")
    assert one.process.wait(SECONDS) == 2
    last = one.said().splitlines()[-1]
    assert last.startswith("JupyterLab did not start: ")
    assert "seeded fault" in last
    assert last.endswith("jupyterlab.log.")


def test_the_settings_are_valid_for_this_jupyterlab() -> None:
    """A key JupyterLab does not know would be ignored without a word."""
    overrides = json.loads((Path(lab.__file__).parent / "lab_settings" / "overrides.json").read_text(encoding="utf-8"))
    schemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    for plugin, values in overrides.items():
        package, name = plugin.split(":")
        properties = json.loads((schemas / package / f"{name}.json").read_text(encoding="utf-8"))["properties"]
        assert set(values) <= set(properties), plugin
