"""The exercises, as a learner answers them: type, run the check, Validate, and the full verdict in the last cell."""

from learner import Learner
from playwright.sync_api import expect

HALF_LIFE = "c1 = ..."


def test_an_untouched_notebook_says_so_in_plain_words(learner: Learner) -> None:
    learner.open_notebook("exercises")
    learner.run_all()
    assert learner.errors() == []
    assert learner.complaints == []
    check = learner.cell(HALF_LIFE, after=1)
    assert "Not answered yet: put a number (hours) in place of the three dots." in learner.output(check)
    verdict = learner.output(learner.cell("autograder.check_notebook"))
    assert "0 of 40 points" in verdict
    assert "Traceback" not in verdict


def test_wrong_and_right_answers_get_their_own_sentences(learner: Learner) -> None:
    learner.open_notebook("exercises")
    learner.run(learner.cell("import numpy as np"))
    answer = learner.cell(HALF_LIFE)
    check = learner.cell(HALF_LIFE, after=1)
    everything = learner.cell("autograder.check_notebook")

    # Of the wrong kind: the visible check says what to write.
    learner.run(learner.write(answer, 'c1 = "eleven"'))
    learner.run(check)
    said = learner.output(check)
    assert "number" in said and "Traceback" not in said and "Not answered" not in said

    # A number, but the wrong one: the form is right here; the last cell gives the reason, and no points.
    learner.run(learner.write(answer, "c1 = 48"))
    learner.run(check)
    assert "hidden check" in learner.output(check)
    learner.save()
    learner.run(everything)
    said = learner.output(everything)
    assert "0 of 40 points" in said
    assert "You read how long the picture runs, as if the drug were gone there." in said

    # The right one: its points, at once.
    learner.run(learner.write(answer, "c1 = 11.4"))
    learner.run(check)
    learner.save()
    learner.run(everything)
    said = learner.output(everything)
    assert "3 of 40 points" in said
    assert "You read how long the picture runs" not in said


def test_a_function_is_written_and_checked(learner: Learner) -> None:
    learner.open_notebook("exercises")
    learner.run(learner.cell("import numpy as np"))
    answer = learner.cell("def dopamine_steady")
    check = learner.cell("def dopamine_steady", after=1)
    head = "def dopamine_steady(release, Vmax, Km, i):\n    return "
    learner.run(learner.write(answer, head + "relese * Km / (Vmax - release)"))
    learner.run(check)
    said = learner.output(check)
    assert "relese" in said and "Traceback" not in said
    learner.run(learner.write(answer, head + "Km * (1 + i) * release / (Vmax - release)"))
    learner.run(check)
    assert "2 hidden checks" in learner.output(check)
    assert learner.errors() == []


def test_validate_on_untouched_wrong_and_right_answers(learner: Learner) -> None:
    """nbgrader's own button: it shows our sentences and never a traceback."""
    learner.open_notebook("exercises")
    untouched = learner.validate()
    assert "Validation Results" in untouched
    assert "c1-half-life" in untouched
    assert "Traceback" not in untouched and "NotImplementedError" not in untouched
    assert "Not answered yet: put a number (hours)" in untouched

    answer = learner.cell(HALF_LIFE)
    learner.run(learner.write(answer, "c1 = -3"))
    learner.save()
    wrong = learner.validate()
    assert "c1-half-life" in wrong
    assert "A number of hours from 0 to 100 was expected; the answer is -3" in wrong

    learner.write(answer, "c1 = 11.4")
    learner.save()
    right = learner.validate()
    assert "c1-half-life" not in right
    assert "c2-left-after-a-day" in right


def test_work_survives_closing_the_window(learner: Learner) -> None:
    learner.open_notebook("exercises")
    learner.write(learner.cell(HALF_LIFE), "c1 = 11.4")
    learner.save()
    learner.open()
    expect(learner.start_page().get_by_role("heading", level=1)).to_be_visible()
    learner.open_notebook("exercises")
    assert learner.cell("c1 = 11.4").count() == 1
