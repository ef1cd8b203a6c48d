"""The demo class end to end: made, graded, fed back; every student ends as reasoned by hand from what was handed in."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import classroom_kit as kit
import pytest
from nbgrader.apps.api import NbGraderAPI

from autograder.classroom.answer_bank import AnswerBank, read_answer_bank
from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.demo import add_demo_class
from autograder.classroom.feedback import write_feedback
from autograder.classroom.grade import Row, prepare
from autograder.classroom.init import init_course
from autograder.errors import CannotRun

MODULE = "01-methamphetamine-pharmacology"

# Module 01 is worth 40 points: six values of 3 (18), four functions of 4 (16), and a text of 6 that a person marks.
# student: points (None: no number), status, answers a person has to look at
EXPECTED = {
    "amara-quillfeather": (34, "graded", 1),  # all right; the text waits
    "bao-lanternwood": (0, "graded", 0),  # all blank; a blank text needs nobody
    "chidi-halfmoon": (15, "graded", 0),  # the first five of ten items, no text
    "dolores-plainword": (18, "graded", 1),  # the six values and the text
    "eskil-functionson": (16, "graded", 0),  # the four functions
    "fatima-otherway": (34, "graded", 1),  # other right solutions
    "goran-thirdway": (34, "graded", 1),
    "hana-copypaste": (34, "graded", 1),  # the same answer twice costs nothing
    "ivo-twominds": (34, "review", 2),  # two different answers: the last one counts until a person has looked
    "jamila-tidyup": (34, "graded", 1),  # a deleted test cell costs nothing
    "kofi-cutaway": (31, "graded", 1),  # a deleted answer cell costs its item (3)
    "lotte-editmore": (1, "graded", 1),  # an edited test cell gives nothing: the same as aziza
    "mateo-downloads": (34, "graded", 1),  # a renamed file costs nothing
    "noor-lostline": (None, "error", 0),  # half a download
    "oskar-textfile": (None, "error", 0),  # no notebook at all
    "priya-roundabout": (30, "graded", 1),  # an endless loop costs its item (4)
    "quentin-poweroff": (30, "review", 2),  # so does ending the process, and a person should look
    "rosa-askfirst": (30, "graded", 1),  # so does asking for input
    "sanjay-cautious": (34, "graded", 1),  # a warning costs nothing
    "tuuli-misspell": (31, "graded", 1),  # an answer that stops costs its item (3)
    "umar-helperson": (34, "graded", 1),  # a helper in a cell of one's own works
    "violeta-othertool": (34, "graded", 1),  # another kernel's name, an older format, a byte-order mark
    "wim-twofiles": (1, "review", 1),  # the named file counts (as aziza's) until a person has looked
    "xiadani-lastminute": (34, "graded", 1),  # late, but the course takes nothing off
    "yusuf-nothere": (None, "missing", 0),
    # First wrong answer of every item: nothing, except 1 point for keeping the limit in m3.
    "aziza-learning1": (1, "graded", 1),
    # Second: 1 for m2 (a time before the first dose is right), 1 for m3.
    "bruno-learning2": (2, "graded", 1),
    # Third: 1 for m2.
    "carmen-learning3": (1, "graded", 1),
    # Fourth: c4 and c5 have only three wrong answers, so those are right (6); 1 for m3.
    "dmitri-learning4": (7, "graded", 1),
    # Fifth: c3 to c6 right (12), m1 all but the singular case (3), m2 right (4), m3 all but the limit (3), 1 for m4.
    "elif-learning5": (23, "graded", 1),
    # Sixth: c3 to c6 (12) and m2, m3, m4 (12) right.
    "farid-learning6": (24, "graded", 1),
    # Seventh: c1 right, too (3).
    "greta-learning7": (27, "graded", 1),
}


def expected(names: Iterable[str]) -> dict[str, tuple[float | None, str, int]]:
    """EXPECTED, and nothing handed in by those who learn from the ninth, tenth … wrong answer of another module."""
    others = {name for name in names if re.fullmatch(r"[a-z]+-learning([89]|\d\d)", name)}
    return EXPECTED | {name: (None, "missing", 0) for name in others}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> CourseDirectory:
    """A course directory with the demo class of the installed modules, nothing graded yet."""
    course = init_course(tmp_path_factory.mktemp("demo") / "class", course_id="demo", say=lambda line: None)
    add_demo_class(course, say=lambda line: None)
    return course


@pytest.fixture(scope="module")
def rows(demo: CourseDirectory) -> dict[str, Row]:
    """The class, graded."""
    return {row.student: row for row in prepare(demo, MODULE).rows()}


def test_every_student_of_the_demo_class_ends_as_expected(rows: dict[str, Row]) -> None:
    def found(row: Row) -> tuple[float | None, str, int]:
        if row.standing is None:
            return None, row.status, 0
        return row.standing.points, row.status, row.standing.by_hand

    assert {name: found(row) for name, row in rows.items()} == expected(rows)


def test_exactly_one_student_is_late(rows: dict[str, Row]) -> None:
    late = {name: row.standing.seconds_late for name, row in rows.items() if row.standing and row.standing.seconds_late}
    assert late == {"xiadani-lastminute": 90 * 60}


def test_the_table_says_what_happened_to_each_file(rows: dict[str, Row]) -> None:
    said = {
        "hana-copypaste": "more than once",
        "ivo-twominds": "several different answers",
        "jamila-tidyup": "check cell is gone",
        "kofi-cutaway": "answer cell is gone",
        "lotte-editmore": "check cell was changed",
        "mateo-downloads": "called exercises (1).ipynb",
        "noor-lostline": "damaged",
        "oskar-textfile": "no exercises.ipynb in what was handed in, only answers.txt",
        "priya-roundabout": "still running",
        "quentin-poweroff": "ended the whole Python process",
        "wim-twofiles": "exercises-final.ipynb holds other answers",
        **{name: "Nothing was handed in." for name, (_, status, _) in expected(rows).items() if status == "missing"},
    }
    assert {name: words for name, words in said.items() if words not in rows[name].note} == {}
    assert {name for name, row in rows.items() if row.note} == set(said)


def test_a_second_run_changes_nothing_in_the_gradebook(demo: CourseDirectory, rows: dict[str, Row]) -> None:
    before = kit.gradebook_rows(demo.root)
    again = {row.student: row for row in prepare(demo, MODULE).rows()}
    assert kit.gradebook_rows(demo.root) == before
    # What ended in a timeout or an error is judged again, because a slow machine may have had a part in it.
    judged_again = {name for name, row in again.items() if row.standing is not None and not row.was_cached}
    assert judged_again == {"priya-roundabout", "quentin-poweroff"}


def test_formgrader_sees_the_class(demo: CourseDirectory, rows: dict[str, Row]) -> None:
    api = NbGraderAPI(demo.app.coursedir, parent=demo.app)
    listed = {entry["student"]: entry for entry in api.get_submissions(MODULE)}
    assert {name: entry["score"] for name, entry in listed.items() if entry["autograded"]} == {
        name: points for name, (points, _, _) in EXPECTED.items() if points is not None
    }
    assert {name for name, entry in listed.items() if not entry["autograded"]} == {"noor-lostline", "oskar-textfile"}
    assert api.get_assignment(MODULE)["max_score"] == 40


def test_everybody_gets_a_page_of_at_most_two_printed_pages(
    demo: CourseDirectory, rows: dict[str, Row], tmp_path: Path, chromium: str
) -> None:
    pages = {path.parts[-3]: path for path in write_feedback(demo, MODULE)}
    assert set(pages) == set(expected(rows))
    for student in ("carmen-learning3", "tuuli-misspell", "noor-lostline"):  # the longest, an ordinary one, no grade
        printed = tmp_path / f"{student}.pdf"
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}"]
        subprocess.run([chromium, *options, pages[student].as_uri()], check=True, capture_output=True, timeout=120)
        content = printed.read_bytes()
        sheets = content.count(b"/Type /Page\n") + content.count(b"/Type /Page ")
        assert 1 <= sheets <= 2, f"{student}: {sheets} printed pages"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A browser to print with."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("Chromium is not installed: install the package `chromium`; the printed length cannot be tested.")
    return found


def test_no_page_of_the_demo_class_shows_a_hidden_test(demo: CourseDirectory, rows: dict[str, Row]) -> None:
    for page in write_feedback(demo, MODULE):
        text = page.read_text(encoding="utf-8")
        assert "HIDDEN TESTS" not in text and "item.part" not in text and "BEGIN SOLUTION" not in text
        assert str(demo.root) not in text
        assert "cannot be shown here" not in text, "an honest message was taken for a hidden test"


# --- how the class is made ----------------------------------------------------------------------------------------


def test_two_demo_classes_are_the_same_and_a_second_init_adds_nothing(
    demo: CourseDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (kit.make_course(tmp_path / name, monkeypatch) for name in ("one", "two"))
    for course in (first, second):
        add_demo_class(course, say=lambda line: None)
    submitted = kit.tree(first.root / "submitted")
    assert submitted == kit.tree(second.root / "submitted")
    before = kit.tree(first.root)
    mine = first.root / "submitted" / "amara-quillfeather" / kit.ASSIGNMENT / "exercises.ipynb"
    mine.write_text("changed by hand", encoding="utf-8")
    add_demo_class(first, say=lambda line: None)
    assert mine.read_text(encoding="utf-8") == "changed by hand"
    after = kit.tree(first.root)
    assert {name for name in after if after[name] != before.get(name)} == {mine.relative_to(first.root).as_posix()}


def test_the_demo_class_has_the_cases_it_must_have(demo: CourseDirectory) -> None:
    handed_in = {path.parent.parent.name for path in (demo.root / "submitted").glob(f"*/{MODULE}/timestamp.txt")}
    assert len(handed_in) >= 24
    assert set(EXPECTED) - handed_in == {"yusuf-nothere"}


# --- the reader of the answer bank --------------------------------------------------------------------------------


def read(tmp_path: Path, text: str) -> AnswerBank:
    (tmp_path / "bank.py").write_text(text, encoding="utf-8")
    return read_answer_bank(tmp_path / "bank.py", {"q1": "a = 2"})


def test_a_bank_is_read_with_everything_it_says(tmp_path: Path) -> None:
    header = '# %% answer="q1" label="doubled" status="partial" points=0.5 misconception="d" message="say \\"why\\""'
    prose = '"""# %% not a cell header"""\n# %% [markdown]\n"""\nA bank.\n"""\n\n'
    bank = read(tmp_path, f"{prose}{header}\na = 4\n\n\n# %%\nb = 1\n")
    reference, doubled = bank.answers
    assert (reference.label, reference.source, reference.is_right) == ("reference", "a = 2", True)
    assert (doubled.source, doubled.status, doubled.points, doubled.is_right) == ("a = 4", "partial", 0.5, False)
    assert (doubled.misconception, doubled.message, doubled.line) == ("d", 'say "why"', 7)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('# %% answer="q9" label="x" status="failed" points=0\na = 1', "bank.py:1: there is no item 'q9'"),
        ('\n# %% answer="q1" label="x" points=0\na = 1', "bank.py:2: a wrong answer says what it must get"),
        ('# %% answer="q1" label="x" status="wrong" points=0\na = 1', "status 'wrong' is unknown"),
        ('# %% answer="q1" label="alternative" status="failed" points=0\na = 1', "a right answer"),
        ('# %% answer="q1" status="failed" points=0\na = 1', "has no label"),
        ('# %% answer="q1" label="x" status="failed" points=0 why="?"\na = 1', "unknown key 'why'"),
        ('# %% answer="q1" label=x status="failed" points=0\na = 1', "the header cannot be read from 'label=x"),
        ('# %% answer="q1" label="x" status="failed" points=0\na = (', "not valid Python"),
        ('# %% answer="q1" label="alternative"\na = 2.0', "bank.py:1: item 'q1' has no wrong answer"),
    ],
)
def test_a_mistake_in_a_bank_is_one_sentence_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(CannotRun) as caught:
        read(tmp_path, text)
    assert any(sentence in line for line in str(caught.value).splitlines())


def test_all_mistakes_of_a_bank_are_told_at_once(tmp_path: Path) -> None:
    one = '# %% answer="q1" label="x" status="failed" points=0\na = 4\n'
    with pytest.raises(CannotRun) as caught:
        read(tmp_path, one + one + one)
    assert [line.split(": ")[0].rsplit(":", 1)[1] for line in str(caught.value).splitlines()] == ["3", "5"]
