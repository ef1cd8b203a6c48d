"""Pages made from hostile submissions: formgrader's, `autograder feedback`'s and stock `nbgrader generate_feedback`'s.

Each is compared with the page of an honest student: nothing may be on it that acts, and nothing leaves the browser.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4
from payloads import NAMES, PAYLOADS
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import classroom_kit as kit

from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.feedback import write_feedback
from autograder.classroom.grade import prepare
from autograder.judge import Limits

pytestmark = pytest.mark.timeout(900)  # the first test waits for sixty submissions and their pages

PATIENT = Limits(cell_seconds=60, total_seconds=300)
KINDS = ("formgrader", "ours", "stock")
HONEST = "honest"
TOKEN = "t" * 20
MATHS = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/"
ESSAY = """\
# Because

Doses **add**, as `a + b` says, in H<sub>2</sub>O too:

1. $E = mc^2$ and $a < b$
2. $$\\int_0^1 x\\,dx < 1$$

| drug | dose |
|---|---:|
| a | 3 < 4 |

```python
x = 1  # <b>
```

See [the review](https://example.org/a?b=1&c=2). ![a plot](data:image/png;base64,iVBORw0KGgo=)
"""


# --- the class and its pages --------------------------------------------------------------------------------------


def hostile_notebook(course: CourseDirectory, payload: str) -> bytes:
    """The payload wherever a submission can hold one: answers, messages, values, outputs, metadata, attachments."""
    raises = f"raise RuntimeError({payload!r})"
    answers = {"q1-answer": raises, "q2-answer": f"def double(x):\n    {raises}", "f1": payload}
    notebook = json.loads(kit.answered(course, answers))
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = [payload.replace(",", " ")]
        cell["metadata"]["payload"] = payload
        if cell["cell_type"] == "code":
            cell["outputs"] = outputs(payload)
        else:
            cell["attachments"] = {payload: {"text/html": payload}, "a.png": {"image/png": payload}}
    own = v4.new_code_cell(f"from IPython.display import HTML\nprint({payload!r})\nHTML({payload!r})")
    notebook["cells"].append(own | {"outputs": outputs(payload)})
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"x": payload}}
    return json.dumps(notebook).encode()


def outputs(payload: str) -> list[Any]:
    """The payload as each kind of output."""
    kinds = (
        *("text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "image/jpeg", "text/plain"),
        *("application/javascript", "text/vnd.mermaid", "application/pdf"),
    )
    shown = [v4.new_output("display_data", data={kind: payload}) for kind in kinds]
    shown.append(v4.new_output("display_data", data={"text/html": payload}, metadata={"text/html": {"isolated": True}}))
    shown.append(v4.new_output("stream", name="stdout", text=payload))
    shown.append(v4.new_output("stream", name="stderr", text=payload))
    trace = [payload, f'File "{sys.prefix}/x.py"', "with item.part(2, 'the value'):  # CANARY-HIDDEN"]
    shown.append(v4.new_output("error", ename=payload, evalue=f"{payload} {sys.prefix}", traceback=trace))
    return shown


def graded_elsewhere(course: CourseDirectory) -> None:
    """A notebook in `autograded/` as an unprotected run would have left it: every payload as every output."""
    path = course.folder("autograded", "raw", kit.ASSIGNMENT) / "exercises.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for payload in PAYLOADS.values():
        notebook.cells.append(
            v4.new_code_cell(payload, outputs=outputs(payload), metadata={"tags": [payload.replace(",", " ")]})
        )
        notebook.cells.append(v4.new_markdown_cell(payload))
        notebook.cells.append(v4.new_raw_cell(payload))
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            cell.outputs += outputs("<b>x</b>")
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


@dataclass(frozen=True)
class Pages:
    """The pages as text and as addresses, by (kind, student)."""

    course: CourseDirectory
    server: str
    text: dict[tuple[str, str], str]
    address: dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    tmp_path = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as monkeypatch:
        course = kit.make_course(tmp_path, monkeypatch)
    where = (
        f"{str(course.root)[::-1]!r}[::-1] + ' ' + sys.prefix + ' ' + numpy.__file__ + ' ' + os.path.expanduser('~')"
    )
    spy = f"import os, sys, numpy\nraise RuntimeError({where})"
    kit.hand_in(course, HONEST, {**kit.all_right(), "f1": ESSAY})
    kit.hand_in(course, "raw", kit.all_right())
    kit.hand_in(course, "spy", {"q1-answer": spy, "q2-answer": spy.replace("\nraise", "\ndef double(x):\n    raise")})
    for student, payload in PAYLOADS.items():
        kit.hand_in(course, student, hostile_notebook(course, payload))
    for student in NAMES:
        kit.hand_in(course, student, {"q1-answer": "a = 4"})
    rows = {row.student: row for row in prepare(course, kit.ASSIGNMENT, limits=PATIENT).rows()}
    assert {row.status for row in rows.values()} == {"graded"}, rows
    graded_elsewhere(course)
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_feedback", kit.ASSIGNMENT],
        **{"cwd": course.root, "capture_output": True, "text": True, "timeout": 280},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    stock = shutil.move(course.root / "feedback", tmp_path / "stock")
    address: dict[tuple[str, str], str] = {}
    for path in write_feedback(course, kit.ASSIGNMENT):
        address["ours", path.parts[-3]] = path.as_uri()
        address["stock", path.parts[-3]] = (stock / path.relative_to(course.root / "feedback")).as_uri()
    text = {key: Path(urllib.parse.unquote(uri[7:])).read_text("utf-8") for key, uri in address.items()}
    with formgrader(course.root, course.root) as server:
        for submission in json.loads(fetch(f"{server}/api/submitted_notebooks/{kit.ASSIGNMENT}/exercises")):
            key = ("formgrader", submission["student"])
            address[key] = f"{server}/submissions/{submission['id']}/"
            text[key] = fetch(address[key])
        assert len(text) == len(KINDS) * len(rows)
        yield Pages(course, server, text, address)


@contextmanager
def formgrader(folder: Path, root: Path) -> Iterator[str]:
    """The address of formgrader in a Jupyter server started in `folder`, which serves what is below `root`."""
    home = folder.parent / f"home-{folder.name}"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [f"--ServerApp.root_dir={root}", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    said = home / "said.txt"
    with said.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", *asked],
            **{"cwd": folder, "stdout": stream, "stderr": subprocess.STDOUT},
            env=environment | {"HOME": str(home), "JUPYTER_TOKEN": TOKEN, "JUPYTER_RUNTIME_DIR": str(home)},
        )
    try:
        until = time.monotonic() + 120
        while f"http://127.0.0.1:{port}/" not in said.read_text("utf-8"):
            assert process.poll() is None and time.monotonic() < until, said.read_text("utf-8")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/formgrader"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def fetch(address: str, *, post: bool = False) -> str:
    request = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"}, data=b"" if post else None)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return str(answer.read().decode("utf-8"))


# --- what is on a page --------------------------------------------------------------------------------------------

ACTIVE = frozenset(
    "script style iframe frame object embed applet base form link meta svg math video audio source input textarea"
    " button select template noscript marquee details dialog portal".split()
)
ADDRESSES = ("href", "src", "srcset", "action", "formaction", "data", "poster", "background", "xlink:href", "ping")
FORMGRADERS = frozenset("full-credit no-credit mark-graded score extra-credit comment btn nbgrader_cell".split())


class Outline(HTMLParser):
    """Everything on a page that acts, loads or is clicked; and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.acting: Counter[tuple[str, ...]] = Counter()
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE:
            self.acting["element", tag] += 1
        for name, value in attrs:
            value = re.sub(r"[\x00-\x20]", "", value or "")
            if name.startswith("on"):
                self.acting["handler", name, value] += 1
            elif name in ADDRESSES and tag == "a" and re.match("https?:|mailto:", value):
                self.links.append(value)
            elif name in ADDRESSES and not value.startswith(("#", "data:image/png;base64,")):
                self.acting["address", tag, re.sub("[0-9a-f]{32}", "ID", value)] += 1
            elif name == "style" and not re.fullmatch(r"text-align:\w+;?", value):
                self.acting["style", value] += 1
            elif name == "id" and not value.startswith("cell-id="):
                self.acting["id", value] += 1
            elif name == "class":
                self.acting.update(("class", each) for each in (value or "").split() if each in FORMGRADERS)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def honest(pages: Pages) -> dict[str, Outline]:
    return {kind: Outline(pages.text[kind, HONEST]) for kind in KINDS}


def test_the_honest_pages_hold_no_script_but_formgraders_and_maths(honest: dict[str, Outline]) -> None:
    sources = {kind: [k[2] for k in page.acting if k[:2] == ("address", "script")] for kind, page in honest.items()}
    assert all(each.startswith(("/formgrader/static/", MATHS)) for each in sources["formgrader"])
    assert [each.partition("?")[0] for each in sources["stock"]] == [f"{MATHS}2.7.7/latest.js"]
    assert "Safe" in sources["stock"][0]  # MathJax's own filter of links and styles in formulas
    assert sources["ours"] == [] and ("element", "script") not in honest["ours"].acting
    assert not [key for kind in ("ours", "stock") for key in honest[kind].acting if key[0] == "handler"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("student", [*PAYLOADS, *NAMES, "spy", "raw"])
def test_nothing_acts_that_is_not_on_an_honest_page(
    pages: Pages, honest: dict[str, Outline], student: str, kind: str
) -> None:
    page = Outline(pages.text[kind, student])
    extra = page.acting - honest[kind].acting
    assert not extra
    assert not [link for link in page.links if "ran=1" in link]


@pytest.mark.parametrize("kind", KINDS)
def test_no_hidden_test_solution_or_path_is_on_any_page(pages: Pages, kind: str) -> None:
    secrets = ("CANARY-HIDDEN", "CANARY-SOLUTION", "CANARY-SCHEME", "another number", "item.part(")
    places = (str(pages.course.root), sys.prefix, sys.base_prefix, os.path.expanduser("~") + "/")
    for (each, student), text in pages.text.items():
        found = [secret for secret in (*secrets, *places) if secret in text or secret in squeezed(text)]
        assert each != kind or not found, (student, found)
    spy = Outline(pages.text[kind, "spy"]).text
    assert "RuntimeError: …" in spy and "numpy" in spy


def squeezed(text: str) -> str:
    """As a reader sees it who follows a path over the end of a line."""
    return text.replace("\n", "")


@pytest.mark.parametrize("kind", ["formgrader", "stock"])
def test_ordinary_markdown_and_maths_survive(pages: Pages, kind: str) -> None:
    page = pages.text[kind, HONEST]
    for wanted in (
        *("<strong>add</strong>", "<code>a + b</code>", "H<sub>2</sub>O", "$E = mc^2$", "$a &lt; b$"),
        *("$$\\int_0^1 x\\,dx &lt; 1$$", "3 &lt; 4", "text-align:", 'class="highlight"', '<span class="n">x</span>'),
        *('href="https://example.org/a?b=1&amp;c=2"', 'alt="a plot"', "data:image/png;base64,iVBORw0KGgo="),
    ):
        assert wanted in page, wanted


def test_what_was_tried_can_still_be_read(pages: Pages) -> None:
    for kind in ("formgrader", "stock"):
        assert "<script>window.ran=1</script>" in Outline(pages.text[kind, "script"]).text
        assert "16807" not in Outline(pages.text[kind, "jinja"]).text
        raw = Outline(pages.text[kind, "raw"]).text
        assert "RuntimeError" not in raw and raw.count("window.ran=1") > 300


# --- in a browser -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Page]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        path = found or playwright.chromium.executable_path
        if not Path(path).exists():
            reason = "No Chromium here, so no page was opened: apt-get install chromium."
            pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=as_root)
        page = browser.new_context(extra_http_headers={"Authorization": f"token {TOKEN}"}).new_page()
        page.set_default_timeout(30_000)
        yield page
        browser.close()


def visit(page: Page, address: str, own: str) -> tuple[Any, list[str]]:
    """Open a page; whether a payload ran, and what it asked for elsewhere than at `own`."""
    asked: list[str] = []

    def decide(route: Any) -> None:
        url = route.request.url
        if url.startswith(("data:", "blob:")) or url == address or (own and url.startswith(own)):
            route.continue_()
            return
        asked.append(url)
        route.abort()

    page.route("**/*", decide)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(100)
    ran = page.evaluate("window.ran")
    page.unroute("**/*")
    return ran, [url for url in asked if not url.startswith(MATHS)]


def test_the_payloads_do_run_where_nothing_stops_them(chromium: Page, tmp_path: Path) -> None:
    harmful = 0
    for name, payload in PAYLOADS.items():
        bare = tmp_path / f"{name}.html"
        bare.write_text(f"<!DOCTYPE html><body>{payload}", encoding="utf-8")
        ran, asked = visit(chromium, bare.as_uri(), "")
        harmful += ran == 1 or any("evil.invalid" in url for url in asked)
    assert harmful >= 25


@pytest.mark.parametrize("kind", KINDS)
def test_in_a_browser_no_payload_runs_and_no_request_leaves(pages: Pages, chromium: Page, kind: str) -> None:
    own = pages.server if kind == "formgrader" else ""
    told = {key[1]: visit(chromium, address, own) for key, address in pages.address.items() if key[0] == kind}
    assert len(told) == len(PAYLOADS) + len(NAMES) + 3
    assert {student: what for student, what in told.items() if what != (None, [])} == {}


def test_names_of_students_are_text_on_formgraders_other_pages(pages: Pages, chromium: Page) -> None:
    evil = "<script>window.ran=1</script><img src=x onerror=window.ran=1>"
    places = ["manage_students", f"manage_submissions/{kit.ASSIGNMENT}", f"gradebook/{kit.ASSIGNMENT}/exercises"]
    for name in (*NAMES, evil.replace("/", "%2F")):
        safe = urllib.parse.quote(name, safe="%")
        places += [f"manage_students/{safe}", f"manage_students/{safe}/{kit.ASSIGNMENT}", f"gradebook/{safe}"]
    for place in places:
        assert visit(chromium, f"{pages.server}/{place}", pages.server) == (None, []), place


# --- formgrader by other ways -------------------------------------------------------------------------------------


def submission(server: str, student: str) -> str:
    """The page of one student."""
    listed = json.loads(fetch(f"{server}/api/submitted_notebooks/{kit.ASSIGNMENT}/exercises"))
    (found,) = [each["id"] for each in listed if each["student"] == student]
    return fetch(f"{server}/submissions/{found}/")


def acting(page: str) -> set[tuple[str, ...]]:
    return {key for key in Outline(page).acting if key[0] != "address"}


def test_formgrader_started_elsewhere_and_pointed_at_the_course_is_as_safe(pages: Pages, tmp_path: Path) -> None:
    course = Path(shutil.copytree(pages.course.root, tmp_path / "course"))
    with formgrader(tmp_path, tmp_path) as server:
        fetch(f"{server}?path={urllib.parse.quote(str(course))}")
        page = submission(server, "raw")
    assert acting(page) == acting(pages.text["formgrader", "raw"])
    assert "CANARY-HIDDEN" not in page and sys.prefix not in page


def test_formgrader_of_a_broken_configuration_is_as_safe_and_grades_nobody(pages: Pages, tmp_path: Path) -> None:
    course = Path(shutil.copytree(pages.course.root, tmp_path / "course"))
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("import no_such_module_anywhere\n")
    shutil.rmtree(course / "autograded" / HONEST)
    with formgrader(course, course) as server:
        page = submission(server, "raw")
        pressed = json.loads(fetch(f"{server}/api/submission/{kit.ASSIGNMENT}/{HONEST}/autograde", post=True))
    assert acting(page) == acting(pages.text["formgrader", "raw"])
    assert pressed["success"] is False
    assert "nbgrader_config.py does not load (ModuleNotFoundError" in pressed["log"]
    assert not (course / "autograded" / HONEST).exists()


def test_the_autograde_button_judges(pages: Pages) -> None:
    graded = pages.course.folder("autograded", HONEST, kit.ASSIGNMENT)
    shutil.rmtree(graded)
    address = f"{pages.server}/api/submission/{kit.ASSIGNMENT}/{HONEST}/autograde"
    assert json.loads(fetch(address, post=True))["success"] is True
    assert json.loads((graded / "verdicts.json").read_text("utf-8"))["status"] == "graded"
