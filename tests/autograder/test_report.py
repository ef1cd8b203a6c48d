"""`autograder report`: the command as typed, the page as an instructor opens it, the table as it is read."""

import csv
import os
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import classroom_kit as kit
import numpy as np
import pytest
from nbgrader.api import Gradebook

from autograder.analysis.advice import advise
from autograder.analysis.analyse import Analysis, ItemResult, analyse
from autograder.analysis.collect import collect
from autograder.analysis.data import Answer, Asked, Choice, ClassData, ItemKey, Student
from autograder.analysis.item_tests import choice_in, misconceptions_in
from autograder.analysis.page import render
from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.grade import prepare
from autograder.classroom.record import read_record, write_record
from autograder.cli import main

EVIL = '<img src=x onerror=alert(1)><script>alert("x")</script>{{ 7*7 }}'


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    return kit.make_course(tmp_path, monkeypatch)


def grade(course: CourseDirectory) -> None:
    list(prepare(course, kit.ASSIGNMENT).rows())


def report(course: CourseDirectory, *more: str) -> tuple[int, str, list[dict[str, str]]]:
    """Run the command: exit code, page, rows of the table."""
    page, table = course.root.parent / "out.html", course.root.parent / "out.csv"
    code = main(["report", kit.ASSIGNMENT, "--course", str(course.root), "-o", str(page), "--csv", str(table), *more])
    with table.open(encoding="utf-8", newline="") as stream:
        return code, page.read_text(encoding="utf-8"), list(csv.DictReader(stream))


class Outline(HTMLParser):
    """Tags with attributes, and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


# --- the command ---------------------------------------------------------------------------------------------------


def test_from_submissions_to_numbers(course: CourseDirectory, capsys: pytest.CaptureFixture[str]) -> None:
    right = kit.all_right()
    kit.hand_in(course, "ana-right", right)
    kit.hand_in(course, "ben-doubled", {**right, "q1-answer": "a = 4"})
    kit.hand_in(course, "cleo-blank", {"q2-answer": kit.RIGHT_FUNCTION})
    kit.hand_in(course, "dora-partly", {**right, "q2-answer": "def double(x):\n    return 2 * abs(x)"})
    kit.hand_in(course, "eve-broken", b"[]")
    with Gradebook(course.db_url, course.course_id) as book:
        book.add_student("finn-absent")
    grade(course)
    code, page, rows = report(course)
    q1, q2, essay = rows
    assert code == 0
    # q1: 1, 0, 0 (blank), 1 of 4; q2: 4, 4, 4, 3 of 4 points.
    assert (float(q1["share_earned"]), q1["not_answered"], q1["marked"]) == (0.5, "1", "4")
    assert (float(q2["share_earned"]), q2["not_answered"]) == (15 / 16, "0")
    assert q1["misconceptions"] == "doubled: 1"
    # q1 = 1 0 0 1 (mean ½), its rest q2 = 1 1 1 ¾ (mean 15/16). In sixteenths the rest deviates by 1 1 1 −3:
    # Σ = (½ − ½ − ½ − 3/2)/16 = −2/16; Σ² = 1 and 12/256; r = −(2/16) / √(12/256) = −1/√3.
    assert float(q1["item_rest_r"]) == pytest.approx(-1 / np.sqrt(3), abs=1e-4)
    assert {row["verdict"] for row in (q1, q2)} == {"few"}
    assert (essay["verdict"], essay["share_earned"], essay["in_alpha"]) == ("none", "", "no")
    text = Outline(page).text
    assert "4 students counted of 6" in text
    assert "ERROR 1 not counted" in text and "MISSING 1 not counted" in text
    assert "You doubled the dose; take it once." in text
    assert "3. In your own words (3 of 4 still to be marked)" in text
    out = capsys.readouterr().out
    assert "not counted: eve-broken: ERROR" in out and "Too few students" in out


def test_a_persons_marks_count_and_the_item_joins_when_all_are_marked(course: CourseDirectory) -> None:
    for student in ("ana", "ben"):
        kit.hand_in(course, student, kit.all_right())
    grade(course)
    with Gradebook(course.db_url, course.course_id) as book:
        for student, points in (("ana", 3.0), ("ben", 1.5)):
            mark = book.find_grade("f1", "exercises", kit.ASSIGNMENT, student)
            mark.manual_score, mark.needs_manual_grade, mark.extra_credit = points, False, 5.0
        book.find_grade("q1", "exercises", kit.ASSIGNMENT, "ana").manual_score = 0.0
        book.db.commit()
    rows = {row["item"]: row for row in report(course)[2]}
    assert (float(rows["f1"]["share_earned"]), rows["f1"]["in_alpha"]) == (0.75, "yes")  # extra credit stays out
    assert float(rows["q1"]["share_earned"]) == 0.5


def test_no_name_and_no_word_of_a_student_is_on_the_page_unless_asked_for(course: CourseDirectory) -> None:
    with Gradebook(course.db_url, course.course_id) as book:
        book.add_student("zz-quill", first_name="Amara", last_name="Quillfeather")
    kit.hand_in(course, "zz-quill", {"q2-answer": f"def double(x):\n    raise ValueError('I am Amara {EVIL}')"})
    kit.hand_in(course, "zz-lost", b"Amara", name="amara-quillfeather.txt")
    grade(course)
    _, page, _ = report(course)
    for word in ("quill", "Amara", "zz-lost", "alert", str(course.root)):
        assert word.lower() not in page.lower()
    named = Outline(report(course, "--names")[1]).text
    assert "zz-lost" in named and "amara-quillfeather.txt" in named


def test_nothing_that_was_submitted_becomes_markup(course: CourseDirectory) -> None:
    said = f"raise ValueError({EVIL!r})"
    for number in range(4):
        kit.hand_in(course, f"s{number}", {"q1-answer": "a = 4", "q2-answer": f"def double(x):\n    {said}"})
    kit.hand_in(course, "lost <b onclick=x>", b"[]", name="<img onerror=x>.ipynb")
    grade(course)
    page = report(course, "--names")[1]
    outline = Outline(page)
    assert EVIL in outline.text  # four were told so, therefore it is quoted, as text
    assert not {"script", "b", "link", "iframe", "object", "form"} & {tag for tag, _ in outline.tags}
    assert not [name for _, attributes in outline.tags for name in attributes if name.startswith("on")]
    sources = [attributes.get("src") or "" for tag, attributes in outline.tags if tag == "img"]
    assert sources and all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert not re.search(r"(?:href|src)=\"(?!#|data:)", page)


def test_the_same_class_makes_the_same_bytes_and_changes_nothing_else(course: CourseDirectory) -> None:
    for number in range(3):
        kit.hand_in(course, f"s{number}", {**kit.all_right(), "q1-answer": f"a = {number}"})
    grade(course)
    before = kit.tree(course.root)
    first, second = report(course), report(course)
    assert first == second
    assert kit.tree(course.root) == before


def test_pictures_are_described_and_headings_and_tables_are_in_order(course: CourseDirectory) -> None:
    for number in range(5):
        kit.hand_in(course, f"s{number}", {**kit.all_right(), "q1-answer": f"a = {number % 3}"})
    grade(course)
    outline = Outline(report(course)[1])
    alts = [attributes.get("alt") or "" for tag, attributes in outline.tags if tag == "img"]
    assert len(alts) == 4 and all(len(alt) >= 40 and "table has every number" in alt for alt in alts)
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
    assert all(attributes.get("scope") in ("row", "col") for tag, attributes in outline.tags if tag == "th")
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["-o", "gradebook.db"], "does not end in .html"),
        (["--csv", "grades.html"], "does not end in .csv"),
        (["-o", "."], "is a folder"),
    ],
)
def test_a_slip_of_the_pen_overwrites_nothing(
    course: CourseDirectory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(course.root)
    before = kit.tree(course.root)
    assert main(["report", kit.ASSIGNMENT, *more]) == 2
    assert sentence in capsys.readouterr().err
    assert kit.tree(course.root) == before


def test_where_there_is_nothing_to_report_on_it_says_what_to_do(
    course: CourseDirectory, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["report", kit.ASSIGNMENT, "--course", str(course.root)]
    assert main(command) == 2
    assert "nobody to report on" in capsys.readouterr().err
    kit.hand_in(course, "ana", kit.all_right())
    assert main(command) == 2
    assert f"run `autograder grade {kit.ASSIGNMENT}` first" in capsys.readouterr().err
    assert main(["report", "no-such", "--course", str(course.root)]) == 2
    assert "There is no assignment 'no-such'" in capsys.readouterr().err
    assert not (course.root / "reports").exists()


def test_a_class_of_nobody_but_absentees_still_gets_its_page(course: CourseDirectory) -> None:
    with Gradebook(course.db_url, course.course_id) as book:
        book.add_student("ana")
    code, page, rows = report(course)
    assert code == 0 and "Nobody has points yet" in page and "MISSING" in page
    assert {row["share_earned"] for row in rows} == {""}


def test_a_thousand_students_take_seconds(course: CourseDirectory) -> None:
    kit.hand_in(course, "s0000", {**kit.all_right(), "q1-answer": "a = 4"})
    grade(course)
    record = read_record(course.folder("autograded", "s0000", kit.ASSIGNMENT))
    assert record is not None
    for number in range(1, 1000):
        student = f"s{number:04d}"
        os.makedirs(course.folder("submitted", student, kit.ASSIGNMENT))
        write_record(course.folder("autograded", student, kit.ASSIGNMENT), record)
    began = time.monotonic()
    _, page, rows = report(course)
    assert time.monotonic() - began < 10
    assert "1000 students counted of 1000" in Outline(page).text and rows[0]["students"] == "1000"


# --- what it says --------------------------------------------------------------------------------------------------

KEYS: list[ItemKey] = [("exercises", f"q{number}") for number in range(6)]
CHOICE = Choice("b", {"a": ("took-a", "Not a."), "c": ("took-c", "Not c.")})


def simulated(students: int, seed: int = 1, slopes: Mapping[int, float] | None = None) -> ClassData:
    """A class on six items; item 0 is a choice whose wrong answers are all "a"; `slopes` changes an item's slope."""
    draw = np.random.default_rng(seed)
    slope = np.array([(slopes or {}).get(at, 1.5) for at in range(6)])
    right = draw.random((students, 6)) < 1 / (1 + np.exp(-slope * draw.normal(size=(students, 1))))
    items = tuple(
        Asked(key, f"Item {key[1]}", 2.0, by_hand=False, choice=CHOICE if key == KEYS[0] else None) for key in KEYS
    )
    wrong = Answer(0.0, "failed", "Not a.", "took-a")
    return ClassData(
        "sim",
        items,
        tuple(
            Student(
                f"s{s}",
                f"s{s}",
                "graded",
                answers={k: Answer(1.0, "passed") if r else wrong for k, r in zip(KEYS, row, strict=True)},
            )
            for s, row in enumerate(right)
        ),
    )


def item(analysis: Analysis, number: int) -> ItemResult:
    return next(result for result in analysis.items if result.item.key == KEYS[number])


def changed(data: ClassData, **answers: Mapping[int, Answer | None]) -> ClassData:
    """The class with other answers to one item: q3={student number: Answer or None (judged without it)}."""
    students = list(data.students)
    for name, given in answers.items():
        key = ("exercises", name)
        for number, answer in given.items():
            kept = {k: v for k, v in students[number].answers.items() if k != key}
            students[number] = replace(students[number], answers=kept if answer is None else {**kept, key: answer})
    return replace(data, students=tuple(students))


def test_a_wrong_key_is_pointed_out_in_words_and_good_items_are_not() -> None:
    analysis = analyse(simulated(150, slopes={0: -1.5}))
    advice = advise(item(analysis, 0))
    assert advice.level == "look"
    assert advice.headline.startswith("The best students missed it more often than the others: look at the key.")
    assert any("Read option “a” again" in remark for remark in advice.remarks)
    assert [advise(item(analysis, at)).level for at in range(1, 6)] == ["works"] * 5
    page = Outline(render(analysis, Path("/nowhere"), names=False)).text
    assert page.index("look at the key") < page.index("Item q1")


def test_below_thirty_students_no_item_is_judged_and_its_numbers_stand() -> None:
    for students, levels in ((29, {"few"}), (30, {"look", "works", "unclear", "note"})):
        analysis = analyse(simulated(students, slopes={0: -3.0}))
        assert {advise(result).level for result in analysis.items} <= levels
        assert item(analysis, 0).item_rest is not None
    assert "Too few to judge" in render(analyse(simulated(29)), Path("/nowhere"), names=False)


def test_dead_distractors_and_letters_are_counted() -> None:
    data = simulated(100)
    analysis = analyse(changed(data, q0={0: Answer(0.0, "failed", "Not c.", "took-c"), 1: Answer(0.0, "unanswered")}))
    options = {option.letter: option for option in item(analysis, 0).options}
    assert options["c"].count == 1 and options["b"].right
    assert sum(option.count for option in options.values()) == 99  # the blank one chose nothing
    assert sum(option.share for option in options.values()) == pytest.approx(1)
    assert any("Fewer than 5 % chose “c”" in remark for remark in advise(item(analysis, 0)).remarks)


def test_an_item_added_later_counts_only_those_who_had_it() -> None:
    data = simulated(60)
    analysis = analyse(changed(data, q3=dict.fromkeys(range(40))))
    late = item(analysis, 3)
    assert (late.n, late.absent, late.in_total) == (20, 40, False)
    assert analysis.reliability is not None and analysis.reliability.items == 5
    assert len(analysis.totals) == 60 and analysis.total_points == 10
    assert "only 20 of 60 were judged with it" in Outline(render(analysis, Path("/nowhere"), names=False)).text


def test_one_missing_mark_leaves_out_the_student_and_not_the_item() -> None:
    analysis = analyse(changed(simulated(60), q3={0: Answer(None, "error", "stopped")}))
    assert item(analysis, 3).in_total and item(analysis, 3).n == 59
    assert (len(analysis.totals), analysis.incomplete) == (59, 1)


def test_constant_items_one_item_and_nobody_make_a_page_without_numbers() -> None:
    passed = Answer(1.0, "passed")
    data = simulated(40)
    constant = analyse(changed(data, q2=dict.fromkeys(range(40), passed)))
    assert item(constant, 2).item_rest is None
    assert "it tells nobody apart" in advise(item(constant, 2)).headline
    one = analyse(replace(data, items=data.items[:1]))
    assert one.reliability is None and item(one, 0).item_rest is None
    for small in (replace(data, students=()), replace(data, items=()), replace(data, items=data.items[:1])):
        assert "</html>" in render(analyse(small), Path("/nowhere"), names=True)


def test_the_time_line_follows_each_students_own_deadline() -> None:
    due = datetime(2026, 3, 1, 12)
    data = simulated(3)
    times = [
        (due.replace(hour=11, minute=30), due),
        (due.replace(hour=14), due),
        (due.replace(hour=14), due.replace(day=2)),
    ]
    students = tuple(replace(s, handed_in=t, deadline=d) for s, (t, d) in zip(data.students, times, strict=True))
    page = Outline(render(analyse(replace(data, students=students)), Path("/nowhere"), names=False)).text
    assert "in the last hour 1" in page and "up to 1 day late 1" in page and "6 to 24 hours before 1" in page
    undated = tuple(replace(student, deadline=None) for student in students)
    page = Outline(render(analyse(replace(data, students=undated)), Path("/nowhere"), names=False)).text
    assert "by day (UTC); no due date is set" in page and "1 Mar 2026 3" in page


def test_letters_and_misconceptions_are_read_from_the_test_cell() -> None:
    source = 'item.choice(x, "b", why="", wrong={"a": ("m-a", "No " "a."), "c": ("m-c", "No c.")})'
    assert choice_in(source) == Choice("b", {"a": ("m-a", "No a."), "c": ("m-c", "No c.")})
    assert choice_in(f"{source}\n{source}") is None and choice_in("%matplotlib inline") is None
    others = 'item.fail(f"{x}", misconception="m-f")\nitem.within(x, 1, 1, misconceptions={"m-w": (2, "Two.")})'
    assert misconceptions_in(f"{source}\n{others}") == {"m-a": "No a.", "m-c": "No c.", "m-f": "", "m-w": "Two."}


def test_collect_reads_what_the_judge_wrote(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", {**kit.all_right(), "q1-answer": "a = 4"})
    grade(course)
    data = collect(course, kit.ASSIGNMENT)
    answer = data.students[0].answers[("exercises", "q1")]
    assert (answer.share, answer.misconception) == (0.0, "doubled")
    assert data.items[0].misconceptions == {"doubled": "You doubled the dose; take it once."}
    assert data.students[0].handed_in == datetime(2026, 3, 1, 10)
