"""`ask`: a question on the screen with native controls, or its reply at once when the answer comes as an argument."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from types import EllipsisType
from typing import Any

from course.content import modules_dir
from course.questions.bank import Question, QuestionError, load
from course.questions.prose import inline_html, plain
from course.questions.replies import Reply, UnreadableAnswer, judge
from course.simulators.panel import Choice, Control, Entry, Notice, Panel, Response

_FOR_YOU = "<p><small>For you alone: nothing is stored, nothing is graded.</small></p>"
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def ask(module: str, question_id: str, answer: object = ...) -> Panel | Reply | Notice:
    """Return a question of a module as a panel; with an answer, return the reply to it instead.

    `module`: two digits, "01". `answer`: the key of an option ("b"), a number, or the keys of an order ("b, a, c").
    Raises QuestionError when there is no such module or question, or its file is faulty.
    """
    question = _find(module, question_id)
    if isinstance(answer, EllipsisType):
        return _panel(question)
    try:
        return judge(question, answer)
    except UnreadableAnswer as error:
        return Notice(str(error))


def _find(module: str, question_id: str) -> Question:
    path = _file(module)
    questions = load(path)
    if question_id not in questions:
        raise QuestionError(f'{path} has no question "{question_id}"; it has {", ".join(questions)}.')
    return questions[question_id]


def _file(module: str) -> Path:
    files = sorted(modules_dir().glob("[0-9][0-9]-*/questions.yml"))
    for path in files:
        if path.parent.name.startswith(f"{module}-"):
            return path
    there = ", ".join(path.parent.name[:2] for path in files) or "none"
    raise QuestionError(f'There are no questions for the module "{module}"; modules with questions: {there}.')


def _panel(question: Question) -> Panel:
    controls = _controls(question)
    title = f"Question: {plain(question.ask)}"

    def respond(values: Mapping[str, Any]) -> Response:
        try:
            return Response(judge(question, _answer(question, values)).html())
        except UnreadableAnswer as error:
            return Response(f"<p>{escape(str(error))}</p>")

    return Panel(
        name=f"question-{question.id}",
        title=title,
        controls=controls,
        respond=respond,
        first=Response(_FOR_YOU),
        still=_still(question),
        check="" if question.kind == "choice" else "Check",
    )


def _controls(question: Question) -> list[Control]:
    wording = inline_html(question.ask)
    if question.kind == "choice":
        options = {option.key: f"{option.key}) {inline_html(option.text)}" for option in question.options}
        return [Choice("answer", wording, "", options, radio=True)]
    if question.kind == "number":
        return [Entry("answer", plain(question.ask), plain(question.unit))]
    # Every step has a drop-down list of all of them, sorted by key: nothing on the screen gives the order away.
    options = {option.key: plain(option.text) for option in sorted(question.options, key=lambda option: option.key)}
    first = next(iter(options))
    places = _PLACES[: len(options)]
    return [Choice(place, f"{place.capitalize()} step", first, options) for place in places]


def _answer(question: Question, values: Mapping[str, Any]) -> object:
    return list(values.values()) if question.kind == "order" else values["answer"]


def _still(question: Question) -> str:
    options = sorted(question.options, key=lambda option: option.key)
    listed = "".join(f"<li>{escape(option.key)}) {inline_html(option.text)}</li>" for option in options)
    example = {"choice": 'answer="a"', "number": "answer=1.5", "order": 'answer="a, b, c"'}[question.kind]
    return (
        f"<p><strong>{inline_html(question.ask)}</strong></p>"
        + (f'<ul style="list-style:none">{listed}</ul>' if listed else "")
        + f"<p><em>Or write <code>{escape(example)}</code> in the cell and run it.</em></p>"
    )
