"""What the judge says about one attempt: points, status and sentence per item, whatever the answers do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import judge_fixtures as fx
import pytest

from autograder.intake import read_submission
from autograder.judge import (
    ItemVerdict,
    Limits,
    Master,
    MasterError,
    Result,
    engine,
    find_master,
    judge,
    load_master,
    sandbox,
)

QUICK = Limits(cell_seconds=1.5)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Master:
    return load_master(fx.write(tmp_path_factory.mktemp("source") / "squares" / "exercises.ipynb", fx.squares()))


@pytest.fixture
def attempt(master: Master, tmp_path: Path) -> Callable[..., Result]:
    def _attempt(
        change: Callable[[list[dict[str, Any]]], None] | None = None, limits: Limits = QUICK, **answers: str
    ) -> Result:
        given = {**fx.RIGHT, **{f"{name}-answer": text for name, text in answers.items()}}
        path = fx.write(tmp_path / "exercises.ipynb", fx.submitted(fx.squares(), given, change))
        return judge(master, read_submission(path, master), limits)

    return _attempt


def by_id(result: Result) -> Mapping[str, ItemVerdict]:
    return {item.id: item for item in result.items}


def assert_only(result: Result, item: str, status: str, words: str, points: float = 0.0) -> None:
    """This item got this verdict, and every other item kept its full points."""
    found = by_id(result)
    assert (found[item].status, found[item].points) == (status, points), found[item]
    assert words in found[item].message, found[item]
    for name, full in (("square", 2.0), ("root", 3.0), ("cube", 2.0)):
        if name != item:
            assert (found[name].status, found[name].points) == ("passed", full), found[name]
    assert found["essay"].status == "manual" and found["essay"].points is None


# --- plain verdicts ----------------------------------------------------------------------------------------------


def test_right_answers_get_all_points_and_the_free_text_waits_for_a_person(attempt: Callable[..., Result]) -> None:
    result = attempt()
    assert result.as_dict() == {
        "assignment": "squares",
        "notebook": "exercises",
        "status": "graded",
        "points": 7.0,
        "max_points": 11.0,
        "items": [
            {
                "id": name,
                "points": points,
                "max_points": most,
                "status": status,
                "message": message,
                "misconception": None,
            }
            for name, points, most, status, message in (
                ("square", 2.0, 2.0, "passed", "Right."),
                ("root", 3.0, 3.0, "passed", "Right."),
                ("cube", 2.0, 2.0, "passed", "Right."),
                ("essay", None, 4.0, "manual", "A person marks this one."),
            )
        ],
        "findings": [],
    }
    assert result.isolation == sandbox.default() and result.versions["python"] and result.limits == QUICK


def test_the_released_copy_is_unanswered_everywhere_and_starts_no_process(
    master: Master, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Zygote", "SpawnedPair"):
        monkeypatch.setattr(engine, name, lambda *_: pytest.fail("nothing is there to run"))
    path = fx.write(tmp_path / "exercises.ipynb", fx.released(fx.squares()))
    result = judge(master, read_submission(path, master))
    assert {(item.status, item.points, item.message) for item in result.items} == {
        ("unanswered", 0.0, "Not answered yet.")
    }
    assert result.status == "graded" and result.points == 0


def test_an_authors_assert_message_is_the_message(attempt: Callable[..., Result]) -> None:
    assert_only(attempt(square="def square(x):\n    return 5"), "square", "failed", "square(2) should be 4")
    assert_only(attempt(square="def square(x):\n    return abs(x) * x"), "square", "failed", "negative numbers too")


def test_a_hidden_assert_without_message_does_not_tell_its_values(attempt: Callable[..., Result]) -> None:
    message = by_id(attempt(root="def root(x):\n    return 2"))["root"].message
    assert message == "A hidden check did not hold."


def test_an_answer_that_stops_names_error_and_line(attempt: Callable[..., Result]) -> None:
    result = attempt(cube="y = 1\n\ncube = x + y")
    assert_only(result, "cube", "failed", "Your cell stops at line 3: NameError: name 'x' is not defined.")
    result = attempt(cube="cube = (1,\n  2 3)")
    assert_only(result, "cube", "failed", "Your cell stops at line 2: SyntaxError: ")


def test_an_answer_that_stops_after_giving_the_right_value_keeps_its_points(attempt: Callable[..., Result]) -> None:
    assert_only(attempt(cube="cube = 27\n1 / 0"), "cube", "passed", "Right.", 2.0)


HARMLESS = {
    "stderr": 'import sys\ncube = 27\nprint("careful", file=sys.stderr)',
    "warning": 'import warnings\ncube = 27\nwarnings.warn("old")',
    "60-MB": "cube = 27\nprint('x' * 60_000_000)",
    "matplotlib": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\ncube = 27",
    "magics": "cube = 27\n%time sum(range(10))\n!echo hello",
    "cell-magic": "%%time\ncube = 27",
    "display": "from IPython.display import HTML, display\ndisplay(HTML('<script>x</script>'))\ncube = 27",
    "await": "import asyncio\nawait asyncio.sleep(0)\ncube = 27",
    "endless-repr": "cube = 27\nclass Loud:\n    def __repr__(self):\n        while True: pass\nLoud()",
    "exit": "cube = 27\nexit()",
    "help": "cube = 27\nlen?",
    "crlf": "cube = 20\r\ncube += 7\r\n",
    "stdin": "import sys\ncube = 27 if sys.stdin.read() == '' else 0",
}


def test_what_a_right_answer_also_does_costs_nothing(tmp_path: Path) -> None:
    cells = []
    for name in HARMLESS:
        cells += [fx.answer(name, "cube = ..."), fx.test_cell(name, "assert cube == 27\ncube = 0")]
    content = fx.notebook(*cells)
    master = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", content))
    path = fx.write(
        tmp_path / "sub.ipynb", fx.submitted(content, {f"{name}-answer": text for name, text in HARMLESS.items()})
    )
    result = judge(master, read_submission(path, master), Limits(cell_seconds=20))
    assert {item.id: item.status for item in result.items} == dict.fromkeys(HARMLESS, "passed")
    assert result.status == "graded"


def test_input_is_refused_with_a_sentence(attempt: Callable[..., Result]) -> None:
    words = "Your cell stops at line 1: input() is not available while checking: write the value into the cell instead."
    assert_only(attempt(cube="cube = int(input('n? '))"), "cube", "failed", words)


# --- hanging and dying -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("square", "while True:\n    pass"),
        ("square", "def square(x):\n    while True:\n        pass"),
        ("cube", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsignal.pause()"),
        ("square", "def square(x):\n    import time; time.sleep(100)"),
    ],
    ids=["answer", "function", "pause", "sleep"],
)
def test_what_never_ends_costs_its_own_item(attempt: Callable[..., Result], item: str, answer: str) -> None:
    started = time.monotonic()
    result = attempt(limits=Limits(cell_seconds=1), **{item: answer})
    assert_only(result, item, "timeout", "still running after 1 seconds")
    assert result.status == "graded" and time.monotonic() - started < 15


@pytest.mark.parametrize("signal", ["SIGKILL", "SIGSTOP", "SIGTERM"])
def test_a_signal_to_itself_has_no_effect_on_the_first_process_of_a_namespace(
    attempt: Callable[..., Result], signal: str
) -> None:
    if sandbox.default() != "bubblewrap":
        pytest.fail("bubblewrap does not work here") if os.environ.get("CI") else pytest.skip("needs bubblewrap")
    code = f"import os, signal\nos.kill(os.getpid(), signal.{signal})\ncube = 27"
    assert by_id(attempt(cube=code))["cube"].status == "passed"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("import os\nos._exit(0)", "exit code 0"),
        ("def square(x):\n    import os; os._exit(3)", "exit code 3"),
        ("import ctypes\nctypes.string_at(0)", "signal 11"),
        ("import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nexec('f()')", ""),
    ],
    ids=["exit", "exit-in-function", "segfault", "recursion"],
)
def test_what_ends_the_process_costs_its_own_item_and_a_person_looks(
    attempt: Callable[..., Result], answer: str, words: str
) -> None:
    result = attempt(square=answer)
    found = by_id(result)["square"]
    if not words:  # how unbounded recursion ends differs by Python version and machine; never in points
        assert found.status in ("error", "failed", "timeout") and found.points == 0
        return
    assert_only(result, "square", "error", words)
    assert result.status == "review"


@pytest.mark.parametrize("answer", ["import sys\nsys.exit(0)", "raise SystemExit", "raise KeyboardInterrupt"])
def test_leaving_is_only_an_error_of_that_cell(attempt: Callable[..., Result], answer: str) -> None:
    assert_only(attempt(square=answer), "square", "failed", "Your cell stops at line")


def test_two_hanging_items_and_a_dead_one_leave_the_fourth_alone(attempt: Callable[..., Result]) -> None:
    result = attempt(square="while True: pass", root="import os; os._exit(1)", limits=Limits(cell_seconds=1))
    found = by_id(result)
    assert [found[name].status for name in ("square", "root", "cube")] == ["timeout", "error", "passed"]


def test_all_time_used_up_ends_every_item_that_is_left(attempt: Callable[..., Result]) -> None:
    result = attempt(square="while True: pass", limits=Limits(cell_seconds=5, total_seconds=1))
    assert {item.status for item in result.items if item.id != "essay"} == {"timeout"} and result.points == 0


def test_later_items_see_what_earlier_cells_made_after_a_restart(attempt: Callable[..., Result]) -> None:
    result = attempt(square="def square(x):\n    while x == 2: pass\n    return x * x", cube="cube = square(3) * 3")
    assert_only(result, "square", "timeout", "still running")


def test_too_much_memory_is_an_error_of_that_cell(attempt: Callable[..., Result]) -> None:
    assert_only(attempt(cube="cube = bytearray(8 * 1024**3)"), "cube", "failed", "MemoryError")


# --- the learner's own cells -------------------------------------------------------------------------------------


def test_helpers_in_own_cells_are_used_above_and_below_the_answer(attempt: Callable[..., Result]) -> None:
    def change(cells: list[dict[str, Any]]) -> None:
        cells.insert(fx.place(cells, "square"), fx.cell("def times(a, b):\n    return a * b"))
        cells.insert(fx.place(cells, "cube-answer"), fx.cell("three = 3"))

    result = attempt(change, square="def square(x):\n    return times(x, x)", cube="cube = three ** 3")
    assert result.points == 7 and result.findings == ()


@pytest.mark.parametrize(
    ("source", "words"), [("1 / 0", "stops at line 1: ZeroDivisionError"), ("while True: pass", "left out")]
)
def test_an_own_cell_that_fails_costs_nothing_and_is_said(
    attempt: Callable[..., Result], source: str, words: str
) -> None:
    result = attempt(
        lambda cells: cells.insert(fx.place(cells, "cube-answer"), fx.cell(source)), limits=Limits(cell_seconds=1)
    )
    assert result.points == 7
    assert len(result.findings) == 1 and words in result.findings[0].message


def test_two_answers_to_one_item_need_a_person(attempt: Callable[..., Result]) -> None:
    def change(cells: list[dict[str, Any]]) -> None:
        cells.insert(fx.place(cells, "cube-answer"), fx.answer("cube", "cube = 1"))

    result = attempt(change)
    assert result.status == "review" and result.points == 7


# --- what a test cell may say ------------------------------------------------------------------------------------


ENDINGS = [
    ("", "passed", 2.0),
    ("None", "passed", 2.0),
    ("print('fine')", "passed", 2.0),
    ("2", "passed", 2.0),
    ("1.5", "partial", 1.5),
    ("0", "failed", 0.0),
    ("import numpy as np\nnp.float64(0.5)", "partial", 0.5),
    ("import numpy as np\nnp.int64(2)", "passed", 2.0),
    ("import asyncio\nawait asyncio.sleep(0)\n1", "partial", 1.0),
    ("-1", "error", 0.0),
    ("2.0001", "error", 0.0),
    ("float('nan')", "error", 0.0),
    ("float('inf')", "error", 0.0),
    ("True", "error", 0.0),
    ("'0/3 tests passed'", "error", 0.0),
    ("[2]", "error", 0.0),
    ("2j", "error", 0.0),
    ("1 / 0", "failed", 0.0),
    ("syntax error", "failed", 0.0),
]


def test_no_clear_verdict_never_gives_points(tmp_path: Path) -> None:
    cells = []
    for number, (ending, _, _) in enumerate(ENDINGS):
        cells += [
            fx.answer(f"i{number}", "one = ...\n### BEGIN SOLUTION\none = 1\n### END SOLUTION"),
            fx.test_cell(f"i{number}", f"assert one\n{ending}"),
        ]
    content = fx.notebook(*cells)
    master = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", content))
    path = fx.write(
        tmp_path / "sub.ipynb", fx.submitted(content, {f"i{n}-answer": "one = 1" for n in range(len(ENDINGS))})
    )
    result = judge(master, read_submission(path, master))
    assert [(item.status, item.points) for item in result.items] == [(status, points) for _, status, points in ENDINGS]
    assert result.status == "review"  # because of the tests that gave no verdict
    assert result.points == sum(points for _, _, points in ENDINGS)


def test_a_library_does_not_print_hidden_values(tmp_path: Path) -> None:
    test = "import numpy as np\n### BEGIN HIDDEN TESTS\nnp.testing.assert_allclose(one, 98765)\n### END HIDDEN TESTS"
    content = fx.notebook(fx.answer("one", "### BEGIN SOLUTION\none = 1\n### END SOLUTION"), fx.test_cell("one", test))
    master = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", content))
    path = fx.write(tmp_path / "sub.ipynb", fx.submitted(content, {"one-answer": "one = 1"}))
    assert judge(master, read_submission(path, master)).items[0].message == "A hidden check did not hold."


def test_a_given_cell_that_fails_on_its_own_is_the_assignments_fault(tmp_path: Path) -> None:
    content = fx.squares()
    content["cells"][1]["source"] = "import math\nimport no_such_package"
    master = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", content))
    path = fx.write(tmp_path / "sub.ipynb", fx.submitted(content, fx.RIGHT))
    result = judge(master, read_submission(path, master))
    assert result.status == "review" and "no_such_package" in result.findings[0].message


def test_two_tests_of_one_answer_and_two_answers_to_one_test(tmp_path: Path) -> None:
    content = fx.notebook(
        fx.answer("a", "### BEGIN SOLUTION\na = 1\n### END SOLUTION"),
        fx.answer("b", "### BEGIN SOLUTION\nb = 2\n### END SOLUTION"),
        fx.test_cell("first", "assert a == 1"),
        fx.test_cell("second", "assert b == 2"),
    )
    master = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", content))
    path = fx.write(tmp_path / "sub.ipynb", fx.submitted(content, {"b-answer": "b = 2"}))
    result = judge(master, read_submission(path, master))
    assert [item.status for item in result.items] == ["failed", "passed"]


# --- masters -----------------------------------------------------------------------------------------------------


def test_a_master_knows_its_items_and_its_print_changes_with_any_test(master: Master, tmp_path: Path) -> None:
    assert [(cell.grade_id, cell.role, cell.points) for cell in master.items] == [
        ("square", "test", 2.0), ("root", "test", 3.0), ("cube", "test", 2.0), ("essay", "manual", 4.0)
    ]  # fmt: skip
    assert [cell.item for cell in master.cells if cell.role == "answer"] == ["square", "root", "cube"]
    changed = fx.squares()
    changed["cells"][4]["source"] += "\nassert True"
    assert load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", changed)).fingerprint != master.fingerprint
    again = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", fx.squares()))
    assert [c.source for c in again.cells] == [c.source for c in master.cells]


def test_instructor_cells_take_no_part(tmp_path: Path) -> None:
    content = fx.squares()
    content["cells"].insert(0, {**fx.cell("raise RuntimeError"), "metadata": {"tags": ["instructor"]}})
    master = load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", content))
    assert all("RuntimeError" not in cell.source for cell in master.cells)


def test_the_master_is_found_by_name_by_overlap_or_not_at_all(tmp_path: Path) -> None:
    fx.write(tmp_path / "squares" / "exercises.ipynb", fx.squares(assignment=None))
    fx.write(tmp_path / "other" / "exercises.ipynb", fx.notebook(fx.test_cell("x", ""), assignment=None))
    (tmp_path / "other" / "broken.ipynb").write_text("{")
    assert find_master("squares", "exercises", set(), [tmp_path]).assignment == "squares"
    assert find_master(None, None, {"square", "strange"}, [tmp_path]).assignment == "squares"
    assert find_master("squares", "renamed", {"square"}, [tmp_path]).notebook == "exercises"
    with pytest.raises(MasterError, match="No assignment fits"):
        find_master(None, None, {"nothing"}, [tmp_path])
    with pytest.raises(MasterError, match="No assignment fits"):
        find_master("../squares", "exercises", set(), [tmp_path / "other"])
    fx.write(tmp_path / "twin" / "exercises.ipynb", fx.squares(assignment=None))
    with pytest.raises(MasterError, match="squares, twin.*--assignment"):
        find_master(None, None, {"square"}, [tmp_path])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (fx.notebook(fx.test_cell("a", ""), fx.test_cell("a", "")), "two cells of the assignment have the id a"),
        (fx.notebook(fx.test_cell("a", "", points=-1)), "the points of a"),
        (fx.notebook(fx.cell("", "a", kind="markdown", grade=True, points=1)), "not a code cell"),
    ],
)
def test_a_broken_master_is_refused_with_a_sentence(tmp_path: Path, content: fx.Notebook, words: str) -> None:
    with pytest.raises(MasterError, match=words):
        load_master(fx.write(tmp_path / "squares" / "exercises.ipynb", content))


def test_messages_are_one_printable_line(attempt: Callable[..., Result]) -> None:
    message = by_id(attempt(cube=r"raise ValueError('a\x1b[31m\n\nb\ud800' + 'c' * 10**6)"))["cube"].message
    assert message.isprintable() and message.startswith("Your cell stops at line 1: ValueError: a\ufffd[31m b\ufffdc")
    assert len(message) < 600


def test_a_submission_cannot_name_a_master_outside_the_folders(tmp_path: Path) -> None:
    fx.write(tmp_path / "exercises.ipynb", fx.squares(assignment=None))
    fx.write(tmp_path / "source" / "other" / "exercises.ipynb", fx.notebook(fx.test_cell("x", ""), assignment=None))
    for assignment, notebook in (
        ("..", "exercises"),
        ("../", "exercises"),
        ("other", "../../exercises"),
        ("a\0", "b\0"),
    ):
        with pytest.raises(MasterError, match="No assignment fits"):
            find_master(assignment, notebook, {"square"}, [tmp_path / "source"])


@pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap is for Linux")
def test_a_course_that_stands_below_tmp_is_readable_in_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout or a venv in /tmp: the sandbox's own /tmp must not hide it."""
    below = Path(tempfile.mkdtemp(prefix="course-", dir="/tmp"))
    program = shutil.which("bwrap")
    assert program is not None, "bubblewrap is missing: apt-get install bubblewrap"
    try:
        (below / "data.txt").write_text("here")
        below.chmod(0o755)
        monkeypatch.setattr(sandbox, "_readable", lambda: [below])
        command = [*sandbox._bubblewrap(program, Limits()), "cat", str(below / "data.txt")]
        shown = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        shutil.rmtree(below)
    assert (shown.returncode, shown.stdout) == (0, "here"), shown.stderr


def test_a_given_cell_that_is_only_for_show_is_not_run(tmp_path: Path) -> None:
    """Tagged skip-execution, as nbclient knows it: a picture costs a second and decides nothing."""
    source = fx.squares()
    picture = fx.cell("raise RuntimeError('drawn for nobody')", "picture", locked=True)
    picture["metadata"]["tags"] = ["skip-execution"]
    source["cells"].insert(2, picture)
    master = load_master(fx.write(tmp_path / "source" / "squares" / "exercises.ipynb", source))
    handed_in = fx.write(tmp_path / "exercises.ipynb", fx.submitted(source, dict(fx.RIGHT)))
    result = judge(master, read_submission(handed_in, master), QUICK)
    assert (result.status, result.points, result.findings) == ("graded", 7, ())


# --- whoever runs it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("isolation", ["bubblewrap", "landlock"])
def test_an_ordinary_user_gets_the_same_isolation_and_verdicts(
    master: Master, tmp_path: Path, isolation: sandbox.Isolation
) -> None:
    """The suite may run as root; here the judge is user 1000 without a capability, as on a desk."""
    source = fx.write(tmp_path / "source" / "squares" / "exercises.ipynb", fx.squares())
    spies = f"import os\ntry:\n    open({str(source)!r})\n    cube = 27\nexcept OSError:\n    cube = 0"
    path = fx.write(tmp_path / "a.ipynb", fx.submitted(fx.squares(), {**fx.RIGHT, "cube-answer": spies}))
    program = (
        "import json, os, sys\nfrom pathlib import Path\nfrom autograder.judge import check_file\n"
        "assert os.getuid() == 1000\n"
        "result = check_file(Path(sys.argv[1]), [Path(sys.argv[2])], sandbox=sys.argv[3])\n"
        "print(json.dumps([result.isolation, result.as_dict()]))"
    )
    user = ["bwrap", "--dev-bind", "/", "/", "--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"]
    told = subprocess.run(
        [*user, "--", sys.executable, "-c", program, str(path), str(source.parents[1]), isolation],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    level, verdicts = json.loads(told.stdout)
    assert level == isolation, verdicts
    assert {item["id"]: item["points"] for item in verdicts["items"]} == {
        "square": 2.0, "root": 3.0, "cube": 0.0, "essay": None
    }  # fmt: skip
