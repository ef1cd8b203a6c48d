"""`autograder feedback`: a page a student can read, and nothing on it that a student must not see."""

import re
from html.parser import HTMLParser
from pathlib import Path

import classroom_kit as kit
import pytest
from nbgrader.api import Gradebook

from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.feedback import write_feedback
from autograder.classroom.grade import prepare
from autograder.cli import main
from autograder.errors import CannotRun

EVIL = '<img src=x onerror=alert(1)><script>alert("x")</script>{{ 7*7 }}{% for x in y %}'


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseDirectory:
    return kit.make_course(tmp_path, monkeypatch)


def pages(course: CourseDirectory) -> dict[str, str]:
    """Grade, write the pages, and return them by student."""
    list(prepare(course, kit.ASSIGNMENT).rows())
    return {path.parts[-3]: path.read_text(encoding="utf-8") for path in write_feedback(course, kit.ASSIGNMENT)}


class Outline(HTMLParser):
    """Tags, their attributes, and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_a_page_says_item_points_why_and_what_to_read_again(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", {**kit.all_right(), "q1-answer": "a = 4", "q2-answer": "def double(x):\n    return 3"})
    page = Outline(pages(course)["ana"]).text
    assert "Tiny exercises Feedback for ana 0 of 9 points 3 of these points are still to be given by a person." in page
    assert "1. A dose 0 of 2 ✗ not right yet You doubled the dose; take it once. Read again: Doses add" in page
    assert "2. Twice as much 0 of 4 ✗ not right yet Expected 2, but the result is 3. Read again: Doubling" in page
    assert "3. In your own words open (of 3) ✎ read by a person" in page


def test_right_answers_are_told_why_and_not_sent_back_to_read(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    page = Outline(pages(course)["ana"]).text
    assert "6 of 9 points" in page
    assert "1. A dose 2 of 2 ✓ right Two." in page
    assert "Read again" not in page


def test_the_marks_comment_and_criteria_of_the_person_who_marked_are_on_the_page(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    kit.hand_in(course, "ben", kit.all_right())
    pages(course)
    with Gradebook(course.db_url, course.course_id) as book:
        mark = book.find_grade("f1", "exercises", kit.ASSIGNMENT, "ana")
        mark.manual_score, mark.needs_manual_grade = 2.0, False
        comment = book.find_comment("f1", "exercises", kit.ASSIGNMENT, "ana")
        comment.manual_comment = f"Name the *reason* next time. {EVIL}"
        book.find_comment("q2-answer", "exercises", kit.ASSIGNMENT, "ana").manual_comment = "Short and clear."
        book.db.commit()
    written = pages(course)
    page = Outline(written["ana"]).text
    assert "8 of 9 points" in page and "still to be given" not in page
    assert "2 of 3 ✎ marked by a person From the person who marked: Name the reason next time." in page
    assert "What was looked for: Says why (3): CANARY-SCHEME names the reason." in page
    assert "From the person who marked: Short and clear." in page
    assert "CANARY-SCHEME" not in written["ben"] and "Short and clear" not in written["ben"]


def test_no_answer_can_put_anything_but_text_on_a_page(course: CourseDirectory) -> None:
    # In the message of an exception, in a printed value, in free text, in a file's and a student's name.
    raises = f"def double(x):\n    raise ValueError({EVIL!r})"
    kit.hand_in(course, "raises", {"q1-answer": f"a = {EVIL!r}", "q2-answer": raises})
    kit.hand_in(course, "stops", {"q1-answer": f"raise RuntimeError({EVIL!r})", "f1": EVIL})
    kit.hand_in(course, "named <b onclick=x>", kit.all_right(), name="<img onerror=x>.ipynb")
    for student, page in pages(course).items():
        outline = Outline(page)
        tags = {tag for tag, _ in outline.tags}
        assert tags <= {
            *("html", "head", "meta", "title", "style", "body", "main", "div", "h1", "h2", "p", "ul", "li", "br"),
            *("table", "thead", "tbody", "tr", "th", "td", "span", "em", "code", "cite", "strong"),
        }, student
        assert not [name for _, attributes in outline.tags for name in attributes if name.startswith("on")], student
        assert "49" not in outline.text
        assert "default-src 'none'" in (outline.named("meta")[2]["content"] or "")


def test_no_hidden_test_solution_or_path_of_this_machine_is_on_a_page(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", {"q1-answer": "a = 4", "q2-answer": "def double(x):\n    return undefined_name"})
    kit.hand_in(course, "spy", {"q1-answer": "import __main__\nraise Exception(str(vars(__main__))[:5000] + __file__)"})
    kit.hand_in(course, "book", {"q2-answer": "def double(x):\n    raise Exception('long ' * 3000)"})
    kit.hand_in(course, "broken", b"[]")
    written = pages(course)
    for canary in ("CANARY-HIDDEN", "CANARY-SOLUTION", "CANARY-SCHEME", "CANARY-INSTRUCTOR", "another number"):
        assert not [student for student, page in written.items() if canary in page]
    assert all(len(page) < 9_000 for page in written.values())
    for place in (str(course.root), str(Path(__file__).parents[2])):
        assert not [student for student, page in written.items() if place in page]


def test_a_message_made_of_hidden_tests_is_not_shown(course: CourseDirectory) -> None:
    # Tests run in the learner's process, so a submission can put their text into its own error message.
    kit.hand_in(course, "ana", {"q1-answer": "a = 4"})
    list(prepare(course, kit.ASSIGNMENT).rows())
    record = course.root / "autograded" / "ana" / kit.ASSIGNMENT / "verdicts.json"
    told = record.read_text("utf-8")
    assert told.count("You doubled the dose; take it once.") == 1
    hidden = 'ValueError: x = 1\\n    with item.part(2, \\"the value\\"):  # CANARY-HIDDEN\\n'
    record.write_text(told.replace("You doubled the dose; take it once.", hidden), encoding="utf-8")
    page = write_feedback(course, kit.ASSIGNMENT)[0].read_text("utf-8")
    assert "a message that cannot be shown here" in page
    assert "CANARY-HIDDEN" not in page and "item.part" not in page


def test_the_page_can_be_read_without_seeing_it(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", {"q1-answer": "a = 4"})
    page = pages(course)["ana"]
    outline = Outline(page)
    assert outline.named("html") == [{"lang": "en"}]
    assert len(outline.named("h1")) == 1 and len(outline.named("title")) == 1
    scopes = [attributes.get("scope") for attributes in outline.named("th")]
    assert scopes == ["col", "col", "col", "row", "row", "row"]
    colours = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", page))
    assert colours and all(contrast_with_white(colour) >= 4.5 for colour in colours)


def contrast_with_white(colour: str) -> float:
    """WCAG 2 contrast ratio of a colour (#rrggbb) on white."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_who_has_no_grade_is_told_what_happened_and_what_to_do(course: CourseDirectory) -> None:
    kit.hand_in(course, "broken", b'{"cells": [')
    with Gradebook(course.db_url, course.course_id) as book:
        book.add_student("absent", first_name="Abby", last_name="Sent")
    written = pages(course)
    broken, absent = Outline(written["broken"]).text, Outline(written["absent"]).text
    assert "What happened Your file could not be graded." in broken and "hand it in again" in broken
    assert "Feedback for Abby Sent What happened We have nothing from you" in absent
    for page in (broken, absent):
        assert "this is not a zero" in page and "0 of" not in page


def test_lateness_and_its_price_are_on_the_page(course: CourseDirectory) -> None:
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with Gradebook(course.db_url, course.course_id) as book:
        book.update_or_create_assignment(kit.ASSIGNMENT, duedate="2026-03-01 08:00:00 UTC")
    kit.hand_in(course, "ana", kit.all_right(), at="2026-03-01 10:00:00 UTC")
    assert main(["grade", kit.ASSIGNMENT, "--course", str(course.root)]) == 0
    assert main(["feedback", kit.ASSIGNMENT, "--course", str(course.root)]) == 0
    page = Outline((course.root / "feedback/ana" / kit.ASSIGNMENT / "exercises.html").read_text("utf-8")).text
    assert "0 of 9 points" in page
    assert "Handed in 2 h after the deadline; 6 points were taken off." in page


def test_a_class_that_was_not_graded_is_refused_in_one_sentence(course: CourseDirectory) -> None:
    kit.hand_in(course, "ana", kit.all_right())
    with pytest.raises(CannotRun, match="ana has not been graded yet: run `autograder grade 07-tiny` first"):
        write_feedback(course, kit.ASSIGNMENT)
    with pytest.raises(CannotRun, match="There is no student 'who'"):
        write_feedback(course, kit.ASSIGNMENT, students=["who"])
