"""Self-check questions: every answer is explained at once, and a faulty file is named by line."""

import re
from pathlib import Path

import pytest

from course import content, evidence, questions
from course.questions import QuestionError, Reply, ask, judge, load, validate
from course.questions.prose import inline_html
from course.simulators.panel import Notice, Panel

GOOD = """\
- id: pick
  kind: choice
  ask: Which **one** is it?
  options:
    - key: a
      text: This & that
      right: true
      why: Because `x < y`.
    - key: b
      text: The other
      why: No, since {{ma-half-life-iv}} is longer.
      misconception: longer-is-other
- id: count
  kind: number
  ask: How many?
  value: 10
  tolerance: 0.5
  unit: h
  why: Ten it is.
  otherwise: Count again.
  misconceptions:
    - value: 20
      why: You doubled it.
      misconception: doubled
    - low: 0
      high: 1
      why: You stopped early.
- id: sort
  kind: order
  ask: In which order?
  why: That is how it goes.
  options:
    - key: c
      text: First this
      why: Nothing comes before it.
    - key: a
      text: Then this
      why: It needs the first.
    - key: b
      text: Last this
      why: It needs both.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "questions.yml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def module(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "modules" / "42-made-up"
    folder.mkdir(parents=True)
    (folder / "questions.yml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr("course.questions.screen.modules_dir", lambda: tmp_path / "modules")
    return "42"


def shipped() -> list[Path]:
    return sorted(content.modules_dir().glob("*/questions.yml"))


# The shipped questions


def test_there_are_shipped_questions():
    assert shipped()


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.parent.name)
def test_shipped_questions_are_without_fault(path):
    assert validate(path) == []


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.parent.name)
def test_every_option_of_every_shipped_question_explains_itself(path):
    module = path.parent.name[:2]
    for question in load(path).values():
        replies = []
        for option in question.options if question.kind == "choice" else ():
            reply = ask(module, question.id, answer=option.key)
            assert isinstance(reply, Reply)
            assert reply.right is option.right
            replies.append(reply.why)
        assert len(set(replies)) == len(replies)
        assert all(len(why) > 20 for why in replies)
        if question.kind == "number":
            assert ask(module, question.id, answer=question.value).right
            for known in question.misconceptions:
                assert ask(module, question.id, answer=(known.low + known.high) / 2).why == known.why


# Judging


@pytest.mark.parametrize(
    ("answer", "right", "why"),
    [("a", True, "Because"), (" A ", True, "Because"), ("b", False, "is longer")],
)
def test_a_choice_is_explained_right_or_wrong(file, answer, right, why):
    reply = judge(load(file)["pick"], answer)
    assert reply.right is right
    assert why in reply.why
    assert ("✓ Right" if right else "✗ Not") in reply.html()


def test_numbers_of_the_literature_are_read_from_the_ledger(file):
    assert f"{evidence.value('ma-half-life-iv'):g}" in judge(load(file)["pick"], "b").why


@pytest.mark.parametrize(
    ("answer", "right", "why"),
    [
        (10, True, "Ten"),
        (10.5, True, "Ten"),
        ("9,5", True, "Ten"),
        (10.51, False, "That is too high. Count again."),
        (5, False, "That is too low. Count again."),
        (20.4, False, "You doubled it."),
        (0.5, False, "You stopped early."),
        ("−3", False, "That is too low. Count again."),
    ],
)
def test_a_number_is_met_within_its_tolerance_and_errors_are_named(file, answer, right, why):
    reply = judge(load(file)["count"], answer)
    assert reply.right is right
    assert reply.why.startswith(why)


@pytest.mark.parametrize(
    ("answer", "right", "why"),
    [
        ("c, a, b", True, "That is how it goes."),
        (["c", "a", "b"], True, "That is how it goes."),
        ("c b a", False, "Look at step 2"),
        (("a", "c", "b"), False, "Look at step 1, “Then this”. It needs the first."),
    ],
)
def test_an_order_names_the_first_step_out_of_place(file, answer, right, why):
    reply = judge(load(file)["sort"], answer)
    assert reply.right is right
    assert reply.why.startswith(why)


def test_a_misconception_keeps_its_name(file):
    bank = load(file)
    assert judge(bank["pick"], "b").misconception == "longer-is-other"
    assert judge(bank["count"], 20).misconception == "doubled"
    assert judge(bank["pick"], "a").misconception is None


@pytest.mark.parametrize(
    ("identity", "answer"),
    [
        ("pick", "z"),
        ("pick", 3),
        ("pick", None),
        ("pick", ""),
        ("count", "many"),
        ("count", float("nan")),
        ("count", True),
        ("count", [10]),
        ("sort", "c, a"),
        ("sort", "c a a"),
        ("sort", 7),
        ("pick", "x" * 5000),
    ],
)
def test_an_unreadable_answer_gets_one_plain_sentence(module, identity, answer):
    notice = ask(module, identity, answer=answer)
    assert isinstance(notice, Notice)
    assert len(notice.sentence) < 200
    assert "write" in notice.sentence
    assert notice.sentence.endswith(".")


# Asking


def test_radio_buttons_explain_the_chosen_option_at_once(module):
    panel = ask(module, "pick")
    assert isinstance(panel, Panel)
    assert [control["kind"] for control in panel.controls] == ["radio"]
    assert panel.check == ""  # nothing else to press
    assert "nothing is stored" in panel.shown["reading"]
    panel.move(answer="b")
    assert panel.shown["reading"] == ask(module, "pick", answer="b").html()
    panel.move(answer="a")
    assert panel.shown["reading"] == ask(module, "pick", answer="a").html()


def test_number_and_order_wait_for_the_check_button(module):
    number = ask(module, "count")
    assert number.check == "Check"
    number.move(answer="20")
    assert "You doubled it." in number.shown["reading"]
    number.move(answer="twenty")
    assert "is not a number" in number.shown["reading"]
    order = ask(module, "sort")
    assert [control["kind"] for control in order.controls] == ["select"] * 3
    order.move(first="c", second="a", third="b")
    assert "✓ Right" in order.shown["reading"]


def test_the_order_is_not_given_away(module):
    order = ask(module, "sort")
    assert [key for key, _ in order.controls[0]["options"]] == ["a", "b", "c"]
    assert {control["value"] for control in order.controls} == {"a"}


def test_no_answer_is_in_the_page_before_it_is_given(module):
    for identity in ("pick", "count", "sort"):
        panel = ask(module, identity)
        page = repr(panel.get_state()) + panel._still
        for secret in ("Because", "Ten it is", "You doubled", "That is how it goes", "needs both"):
            assert secret not in page


@pytest.mark.parametrize(("name", "identity", "says"), [("43", "pick", "42"), ("42", "nope", "pick, count, sort")])
def test_an_unknown_question_says_which_there_are(module, name, identity, says):
    with pytest.raises(QuestionError, match=says):
        ask(name, identity)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** *c* `d<e`", "a <strong>b</strong> <em>c</em> <code>d&lt;e</code>"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        (r"2 \* 3 \* 4", "2 * 3 * 4"),
        ("5 &lt; 6 & 7", "5 &lt; 6 &amp; 7"),
        ("3 * 4", "3 * 4"),
    ],
)
def test_texts_keep_their_marks_and_nothing_else(text, html):
    assert inline_html(text) == html


# Faulty files: each fault is one sentence with file and line


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("      why: Because `x < y`.\n", "", 5, '"why" is missing'),
        ("      why: No, since {{ma-half-life-iv}} is longer.\n", "      why:\n", 11, '"why" is missing or empty'),
        ("      right: true\n", "", 4, "none"),
        ("      text: The other\n", "      text: The other\n      right: true\n", 4, "a and b"),
        ("      right: true\n", "      right: yep\n", 7, "write true"),
        (
            "    - key: b\n      text: The other",
            "    - key: a\n      text: The other",
            9,
            'two options have the key "a"',
        ),
        ("    - key: a\n      text: This", "    - key: 1\n      text: This", 5, "the key 1"),
        ("id: count", "id: pick", 13, "stands twice"),
        ("id: count", "id: Count it", 13, "needs an id"),
        ("kind: number", "kind: essay", 14, 'the kind "essay" is unknown'),
        ("  ask: How many?\n", "", 13, '"ask" is missing'),
        ("  ask: How many?\n", "  ask: 12\n", 15, "not a text"),
        ("  ask: How many?\n", "  ask: How many?\n  hint: none\n", 16, '"hint" is not a field'),
        ("{{ma-half-life-iv}}", "{{ma-halflife}}", 11, "ma-half-life"),
        ("{{ma-half-life-iv}}", "{{ma-half-life-iv", 11, "on its line"),
        ("  value: 10\n", "  value: ten\n", 16, "not a number"),
        ("  value: 10\n", "  value: .nan\n", 16, "not a number"),
        ("  value: 10\n", "", 13, "either `value` or `claim`"),
        ("  value: 10\n", "  value: 10\n  claim: ma-half-life-iv\n", 13, "not both"),
        ("  value: 10\n", "  claim: nothing-here\n", 16, "nothing-here"),
        ("  tolerance: 0.5\n", "", 13, "tolerance"),
        ("  tolerance: 0.5\n", "  tolerance: -1\n", 17, "below zero"),
        ("    - value: 20\n", "    - value: 10.4\n", 22, "right answer"),
        ("      high: 1\n", "", 25, "`low` and `high`"),
        ("    - low: 0\n      high: 1\n", "    - low: 2\n      high: 1\n", 25, "exceeds"),
        ("      why: You doubled it.\n", "", 22, '"why" is missing'),
        ("  why: That is how it goes.\n", "", 28, '"why" is missing'),
        ("    - key: c\n", "    - key: c\n      right: true\n", 34, "leave out `right`"),
        ("  options:\n    - key: c", "  options: none\n  opt:\n    - key: c", 32, "not a list"),
        ("- id: pick\n", "- id: pick\n  id: again\n", 2, "stands twice"),
        ("  kind: choice\n", "  kind: [choice\n", 3, "readable"),
    ],
)
def test_a_fault_is_named_with_file_and_line(file, old, new, line, says):
    assert old in GOOD
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    problems = validate(file)
    assert problems
    match = re.match(rf"{re.escape(str(file))}:(\d+): ", problems[0])
    assert match, problems
    assert (int(match[1]), says in problems[0]) == (line, True), problems
    assert "\n" not in problems[0]
    with pytest.raises(QuestionError) as raised:
        load(file)
    assert str(raised.value) == problems[0]


@pytest.mark.parametrize(
    "text", ["", "just words", "a: b", "- 3\n", "[]", "- - x\n", "\x00", "!!python/object:os.system {}"]
)
def test_files_that_hold_no_questions_are_named(tmp_path, text):
    path = tmp_path / "questions.yml"
    path.write_text(text, encoding="utf-8")
    problems = validate(path)
    assert problems
    assert all(problem.startswith(f"{path}:") and "\n" not in problem for problem in problems)


def test_a_missing_or_unreadable_file_is_named(tmp_path):
    assert "cannot be read" in validate(tmp_path / "nowhere.yml")[0]
    (tmp_path / "bytes.yml").write_bytes(b"- id: \xff\xfe")
    assert "UTF-8" in validate(tmp_path / "bytes.yml")[0]


def test_every_fault_of_a_file_is_reported_not_only_the_first(file):
    file.write_text(GOOD.replace("      right: true\n", "").replace("  tolerance: 0.5\n", ""), encoding="utf-8")
    assert len(validate(file)) == 2


def test_a_claim_gives_the_number(file):
    file.write_text(GOOD.replace("  value: 10\n", "  claim: ma-half-life-iv\n"), encoding="utf-8")
    assert judge(load(file)["count"], evidence.value("ma-half-life-iv")).right


def test_public_names():
    assert {"ask", "load", "validate"} <= set(questions.__all__)
