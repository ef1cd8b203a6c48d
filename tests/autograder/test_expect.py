"""What a learner reads from a test cell, and what a grader reads from it."""

import warnings

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from autograder import expect

RATE_SENTENCE = "You used the half-life itself as the rate constant."


def judge(function, *, with_hidden=True):
    """The verdict of a small modelling item (4 points, two hidden parts) on `function`."""
    with expect.item("m", points=4, hidden=2) as item:
        level = item.call(function, np.array([1.0, 2.0]), 3.0)
        item.shape(level, (2,))
        item.close(level, [3.0, 6.0])
        if with_hidden:
            with item.part(3, "another factor"):
                item.close(
                    item.call(function, np.array([2.0, 5.0]), 7.0),
                    [14.0, 35.0],
                    misconceptions={"adds": ([9.0, 12.0], "You added; multiply.")},
                )
            with item.part(1, "a factor of zero"):
                item.close(item.call(function, np.array([2.0]), 0.0), [0.0])
    return item.verdict


def test_a_right_answer_gets_all_points():
    verdict = judge(lambda t, k: t * k)
    assert (verdict.status, verdict.points, verdict.misconception) == ("passed", 4, None)


def test_a_part_that_fails_costs_its_points_and_names_the_misconception():
    # Right for the visible case (1 + 2 = 3·1 and so on is arranged), wrong by adding elsewhere, right for zero.
    verdict = judge(lambda t, k: t * k if k in (3.0, 0.0) else t + k)
    assert (verdict.status, verdict.points, verdict.misconception) == ("partial", 1, "adds")
    assert verdict.message == "You added; multiply."


def test_a_failed_gate_gives_no_points_and_prints_its_sentence_without_raising(capsys):
    verdict = judge(lambda t, k: t)
    assert (verdict.status, verdict.points) == ("failed", 0)
    assert capsys.readouterr().err.strip() == verdict.message == "Expected 3, 6, but the result is 1, 2."


def test_a_hidden_part_never_prints_what_it_expected():
    verdict = judge(lambda t, k: t * k if k == 3.0 else t * 0 + 1)
    assert verdict.status == "failed"
    for secret in ("14", "35"):
        assert secret not in verdict.message


def test_without_the_hidden_parts_the_verdict_is_pending_and_counts_them():
    verdict = judge(lambda t, k: t * k, with_hidden=False)
    assert (verdict.status, verdict.hidden, verdict.points) == ("pending", 2, 0)
    assert "2 hidden checks decide the 4 points" in verdict.message


@pytest.mark.parametrize(
    "function, sentence",
    [
        (lambda t, k: ..., "Not answered yet"),
        (..., "Not answered yet"),
        (lambda t, k: (_ for _ in ()).throw(NotImplementedError()), "Not answered yet"),
    ],
)
def test_three_dots_are_not_answered_rather_than_wrong(function, sentence, capsys):
    verdict = judge(function)
    assert verdict.status == "unanswered" and verdict.points == 0
    assert sentence in verdict.message
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "function, sentence",
    [
        (lambda t, k: None, "gives nothing back"),
        (lambda t, k: 1 / 0, "stopped with ZeroDivisionError: division by zero"),
        (lambda t: t, "stopped with TypeError"),
        (lambda t, k: "fast", "should be numbers"),
        (lambda t, k: t[:1], "a list or array of 2 numbers"),
        (lambda t, k: exit(), "stopped with SystemExit"),
        (5, "A function was expected"),
    ],
)
def test_what_goes_wrong_in_the_learners_function_is_one_plain_sentence(function, sentence, capsys):
    verdict = judge(function)
    assert verdict.status == "failed"
    assert sentence in verdict.message and "\n" not in verdict.message and "Traceback" not in verdict.message


def test_a_function_that_changes_its_arguments_harms_nothing():
    def doubles_in_place(t, k):
        t *= k
        return t

    assert judge(doubles_in_place).points == 4


def test_a_warning_in_the_learners_function_costs_nothing(capsys):
    def noisy(t, k):
        warnings.warn("take care", stacklevel=1)
        np.log(np.zeros(1))
        return t * k

    assert judge(noisy).points == 4
    assert capsys.readouterr().err == ""


def test_a_missing_name_is_explained_and_a_fault_of_the_test_is_not_hidden():
    with expect.item("m", points=1, hidden=1) as item:
        item.call(never_defined)  # noqa: F821
    assert item.verdict.status == "failed" and "`never_defined` does not exist" in item.verdict.message
    with pytest.raises(KeyError), expect.item("m", points=1, hidden=1) as item:
        {}["a bug of ours"]
    with pytest.raises(RuntimeError, match="has not ended"):
        _ = item.verdict


def test_choice_explains_the_letter_that_was_chosen():
    def answer(letter):
        with expect.item("c", points=2, hidden=1) as item:
            item.letter(letter, "abc")
            with item.part(2, "the choice"):
                item.choice(letter, "b", why="Because.", wrong={"a": ("ma", "Not a."), "c": ("mc", "Not c.")})
        return item.verdict

    assert (answer("b").points, answer(" B ").message) == (2, "Because.")
    assert (answer("c").misconception, answer("c").message) == ("mc", "Not c.")
    assert answer("d").status == "failed" and '"a", "b", "c"' in answer("d").message
    assert answer(...).status == "unanswered"
    assert "list" in answer(["b"]).message


def test_number_and_within_refuse_text_booleans_and_nan():
    def answer(value):
        with expect.item("n", points=2, hidden=1) as item:
            item.number(value, unit="hours", low=0, high=100)
            with item.part(2, "the number"):
                item.within(value, 11.4, 0.5, why="Half.", misconceptions={"twice": (22.8, "Twice.")})
        return item.verdict

    assert answer(11.9).points == answer(np.float64(11.4)).points == answer(11).points == 2
    assert answer(22.5).misconception == "twice"
    for wrong in ("11.4 h", True, float("nan"), -1, 1000, [11.4], None):
        verdict = answer(wrong)
        assert verdict.status == "failed" and verdict.points == 0, wrong


def test_ordered_lists():
    def answer(value):
        with expect.item("o", points=1, hidden=1) as item:
            item.listed(value, ["x", "y", "z"])
            with item.part(1, "the order"):
                item.ordered(value, ["y", "x", "z"], why="So.", wrong={("x", "y", "z"): ("alphabet", "Not by name.")})
        return item.verdict

    assert answer(["y", "x", "z"]).points == answer(("y", "x", "z")).points == 1
    assert answer(["x", "y", "z"]).misconception == "alphabet"
    assert answer(["z", "y", "x"]).status == "failed"
    assert "each of these once" in answer(["x", "x", "z"]).message
    assert answer([..., ..., ...]).status == "unanswered"


def test_tuples_of_arrays_and_nan_compare_number_by_number():
    def answer(value):
        with expect.item("t", points=1, hidden=1) as item, item.part(1, "all"):
            item.close(value, (np.array([1.0, np.nan]), 2.0))
        return item.verdict.points

    assert answer((np.array([1.0, np.nan]), 2)) == answer([1, float("nan"), 2]) == 1
    assert answer([1, 2, 2]) == 0


def shown(verdict):
    """The outputs a notebook stores for a cell that ends in this verdict, as nbgrader would read them."""
    shell = InteractiveShell.instance()
    if shell.display_formatter.ipython_display_formatter(verdict):
        return []
    data, _ = shell.display_formatter.format(verdict)
    return [new_output("execute_result", data=data, execution_count=1)]


@pytest.mark.parametrize(
    "function, points",
    [
        (lambda t, k: t * k, 4.0),
        (lambda t, k: t * k if k in (3.0, 0.0) else t + k, 1.0),
        (lambda t, k: t * k if k == 3.0 else t * 0 + 1, 0.0),
        (lambda t, k: ..., 0.0),
    ],
)
def test_stock_nbgrader_reads_the_same_points_from_the_cells_output(function, points):
    cell = new_code_cell(metadata={"nbgrader": {"grade": True, "solution": False, "points": 4, "grade_id": "m"}})
    cell.outputs = shown(judge(function))
    assert determine_grade(cell) == (points, 4.0)


def test_stock_nbgrader_counts_a_failed_gate_as_zero_and_shows_its_sentence(capsys):
    cell = new_code_cell(metadata={"nbgrader": {"grade": True, "solution": False, "points": 4, "grade_id": "m"}})
    verdict = judge(lambda t, k: t)
    cell.outputs = [new_output("stream", name="stderr", text=capsys.readouterr().err), *shown(verdict)]
    assert determine_grade(cell) == (0, 4.0)


def test_validate_says_not_answered_yet_instead_of_partial_credit(capsys, monkeypatch):
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")  # what nbgrader's Validate button sets for the notebook it runs
    judge(lambda t, k: ...)
    assert capsys.readouterr().err.startswith("Not answered yet")


def test_the_learners_text_cannot_become_markup():
    verdict = judge(lambda t, k: (_ for _ in ()).throw(ValueError("<img src=x onerror=alert(1)>")))
    assert "<img" not in verdict._repr_mimebundle_()["text/html"]
