"""Every answer of every answer bank, judged by the real judge: points, status, misconception and message as declared.

Answers to different items do not depend on each other, so each judged notebook carries one answer to every item; the
bank is graded in as many notebooks as the item with most answers has answers.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.classroom.answer_bank import AnswerBank, BankAnswer
from autograder.classroom.demo import make_kit
from autograder.intake import read_submission
from autograder.judge import ItemVerdict, Master, judge, load_master
from course.content import modules_dir, release_dir

MODULES = [folder.name for folder in sorted(modules_dir().iterdir()) if (folder / "answer_bank.py").exists()]


@pytest.fixture(scope="module", params=MODULES)
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "Graded":
    """One module's bank with the verdict on each of its answers."""
    return Graded(request.param, tmp_path_factory.mktemp("bank"))


class Graded:
    """A bank, its master, the verdict on every answer, and the verdicts on a blank notebook."""

    def __init__(self, module: str, work: Path) -> None:
        self.master: Master = load_master(modules_dir() / module / "exercises.ipynb")
        released = release_dir() / module / "exercises.ipynb"
        self.kit = make_kit(self.master, released, modules_dir() / module / "answer_bank.py")
        self.bank: AnswerBank = self.kit.bank
        self.blank = self._judge(work / "blank.ipynb", released.read_bytes())
        self.verdicts: dict[tuple[str, str], ItemVerdict] = {}
        for number in range(max(len(self.bank.of(item)) for item in self.kit.items)):
            chosen = {item: self._answer(item, number) for item in self.kit.items}
            path = work / f"{number}.ipynb"
            found = self._judge(path, self._written({item: answer.source for item, answer in chosen.items()}))
            for item, answer in chosen.items():
                self.verdicts.setdefault((item, answer.label), found[item])

    def _answer(self, item: str, number: int) -> BankAnswer:
        answers = self.bank.of(item)
        return answers[number] if number < len(answers) else answers[0]

    def _written(self, answers: Mapping[str, str]) -> bytes:
        return json.dumps(self.kit.notebook(answers)).encode()

    def _judge(self, path: Path, content: bytes) -> dict[str, ItemVerdict]:
        path.write_bytes(content)
        return {item.id: item for item in judge(self.master, read_submission(path, self.master)).items}


def test_every_answer_gets_the_points_and_status_it_must_get(graded: Graded) -> None:
    points = {item.grade_id: item.points for item in graded.master.items}
    wrong = []
    for answer in graded.bank.answers:
        verdict = graded.verdicts[answer.item, answer.label]
        expected = (answer.status, points[answer.item] if answer.points is None else answer.points)
        if (verdict.status, verdict.points) != expected:
            wrong.append(f"line {answer.line} {answer.item}/{answer.label}: {expected} declared, got {verdict}")
    assert wrong == []


def test_every_wrong_answer_gets_its_own_misconception_and_message(graded: Graded) -> None:
    wrong = []
    for answer in graded.bank.answers:
        verdict = graded.verdicts[answer.item, answer.label]
        if not answer.is_right and verdict.misconception != answer.misconception:
            wrong.append(f"line {answer.line} {answer.item}/{answer.label}: misconception {verdict.misconception}")
        if answer.message is not None and answer.message not in verdict.message:
            wrong.append(f"line {answer.line} {answer.item}/{answer.label}: message {verdict.message!r}")
    assert wrong == []


def test_a_blank_answer_is_unanswered_with_zero_points_and_no_traceback(graded: Graded) -> None:
    for verdict in graded.blank.values():
        assert (verdict.status, verdict.points) == ("unanswered", 0.0)
        assert verdict.message.startswith("Not answered yet")


def test_the_bank_is_as_rich_as_promised(graded: Graded) -> None:
    """Two other right solutions and four wrong ones for every function; every value has wrong answers of its own."""
    for item in graded.kit.items:
        answers = graded.bank.of(item)
        right, wrong = sum(answer.is_right for answer in answers), sum(not answer.is_right for answer in answers)
        least_right, least_wrong = (3, 4) if item in graded.kit.functions else (2, 3)
        assert right >= least_right and wrong >= least_wrong, item
        assert any(answer.misconception for answer in answers), item
