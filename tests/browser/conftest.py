"""A real `course lab` and a real Chromium, driven as a learner drives them: by what is on the screen."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from learner import Learner
from playwright.sync_api import BrowserContext, Error, sync_playwright
from stage import Stage

from course import content

SHOTS = content.content_root() / "build" / "browser"  # where a failed test leaves what it saw
INSTALL = "apt-get install chromium (or: python -m playwright install chromium)"


def missing(what: str) -> None:
    """Skip aloud; where everything must be there (CI=true), fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserContext]:
    """A fresh profile of the Chromium or Chrome of this machine, or of Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        path = found or playwright.chromium.executable_path
        if not Path(path).exists():
            missing(f"No Chromium here, so nothing was tried in a browser: {INSTALL}.")
        as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=path, args=as_root)
        yield opened.new_context(viewport={"width": 1280, "height": 900})  # one cache: JupyterLab is loaded once
        opened.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The learner's folder `course lab` is going to make."""
    return tmp_path_factory.mktemp("browser") / "my course"


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Type `course lab`, wait for the address it prints, and press Ctrl+C when all is over."""
    home = folder.parent / "home"
    home.mkdir()
    said = folder.parent / "said.txt"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with said.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "course.cli", "lab", str(folder), "--no-browser"],
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**environment, "HOME": str(home), "PYTHONUNBUFFERED": "1"},
        )
    until = time.monotonic() + 120
    while "To stop: press Ctrl+C" not in said.read_text():
        assert process.poll() is None and time.monotonic() < until, said.read_text()
        time.sleep(0.1)
    yield next(word for word in said.read_text().split() if word.startswith("http://"))
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0


@pytest.fixture
def learner(request: pytest.FixtureRequest, browser: BrowserContext, address: str, folder: Path) -> Iterator[Learner]:
    """Somebody with a fresh folder, a new window and no kernel running."""
    for path in content.release_dir().rglob("*"):
        if path.is_file():
            shutil.copyfile(path, folder / path.relative_to(content.release_dir()))
    page = browser.new_page()
    page.set_default_timeout(30_000)
    someone = Learner(page, address, folder)
    yield someone
    report = getattr(request.node, "report", None)
    if report is not None and report.failed:
        SHOTS.mkdir(parents=True, exist_ok=True)
        try:
            page.screenshot(path=SHOTS / f"{request.node.name}.png")
        except Error as fault:
            print(f"no screenshot of the failure: {fault}")
    someone.leave()


@pytest.fixture
def stage(browser: BrowserContext) -> Iterator[Stage]:
    """An empty page for one panel; nothing in it may go wrong unheard."""
    page = browser.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield Stage(page)
    page.close()
    assert faults == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the fixture above know whether the test failed."""
    report = yield
    if report.when == "call":
        item.report = report  # type: ignore[attr-defined]
    return report
