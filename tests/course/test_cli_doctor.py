"""`course doctor`: each seeded fault is found and named in one sentence; a sound installation passes."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from course import content, doctor


def run(*, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "course.cli", "doctor"],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(content.content_root()), **environment},
        capture_output=True,
        text=True,
    )


def test_a_sound_installation(tmp_path: Path) -> None:
    done = run(cwd=tmp_path, JUPYTER_CONFIG_DIR=str(tmp_path / "config"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "Everything is in place."
    assert "jupyterlab 4." in done.stdout
    assert list(tmp_path.iterdir()) == [], "a look changes nothing"


def test_an_extension_switched_off_by_the_user_is_found(tmp_path: Path) -> None:
    settings = tmp_path / "labconfig"
    settings.mkdir()
    (settings / "page_config.json").write_text(json.dumps({"disabledExtensions": {"anywidget": True}}))
    done = run(cwd=tmp_path, JUPYTER_CONFIG_DIR=str(tmp_path))
    assert done.returncode == 1
    faults = [line for line in done.stdout.splitlines() if line.startswith("FAULT")]
    assert faults == [
        "FAULT The JupyterLab extension anywidget is switched off: run `jupyter labextension enable anywidget`."
    ]


def test_the_validate_service_switched_off_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.validate_service() == "The service behind Validate is on."
    off = {"ServerApp": {"jpserver_extensions": {"nbgrader.server_extensions.validate_assignment": False}}}
    (tmp_path / "jupyter_server_config.json").write_text(json.dumps(off))
    monkeypatch.setattr("jupyter_core.paths.jupyter_config_path", lambda: [str(tmp_path)])
    with pytest.raises(doctor.Fault, match="Validate will not work because its service is off"):
        doctor.validate_service()


def test_an_old_python() -> None:
    with pytest.raises(doctor.Fault, match=r"Python 3\.10\.4 is too old: install Python 3\.11 or newer"):
        doctor.python((3, 10, 4))


def test_a_missing_package() -> None:
    with pytest.raises(doctor.Fault, match="Not installed: no-such-package-here;"):
        doctor.packages(("numpy", "no-such-package-here"))


def test_a_missing_extension() -> None:
    with pytest.raises(doctor.Fault, match="lacks the extension no-such-extension for the seeded fault"):
        doctor.extensions({"no-such-extension": "the seeded fault"})


def test_a_kernel_that_runs_another_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    argv = ["/opt/other/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Other", "language": "python"}))
    monkeypatch.setattr("jupyter_core.paths.ENV_JUPYTER_PATH", [str(tmp_path)])
    with pytest.raises(doctor.Fault, match="runs /opt/other/bin/python instead of"):
        doctor.kernel()


@pytest.mark.parametrize(
    "missing", ["evidence/claims.csv", "release/START.md", "release/01-methamphetamine-pharmacology/exercises.ipynb"]
)
def test_a_missing_course_file(tmp_path: Path, missing: str) -> None:
    assets = tmp_path / "assets"
    shutil.copytree(content.assets_dir(), assets)
    assert "of 10 modules are ready" in doctor.assets(assets, assets / "release")
    (assets / missing).unlink()
    with pytest.raises(doctor.Fault, match="is missing: in a checkout run `make notebooks`") as fault:
        doctor.assets(assets, assets / "release")
    assert str(assets / missing) in str(fault.value)


def test_a_disk_without_room(tmp_path: Path) -> None:
    with pytest.raises(doctor.Fault, match="MB are free where"):
        doctor.room(tmp_path / "not" / "yet" / "there", needed_mb=1e12)


def test_taken_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        first = busy.getsockname()[1]
        if first > 65500:
            pytest.skip("the system gave one of the very last ports, which have no fifty neighbours")
        assert f"({first} is taken)" in doctor.port(first)
        monkeypatch.setattr("course.lab.PORT_TRIES", 0)
        with pytest.raises(doctor.Fault, match="all taken"):
            doctor.port(first)
