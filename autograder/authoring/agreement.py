"""Before a notebook is released: its own solution passes every test, in one process and apart from the answers."""

from collections.abc import Iterable
from pathlib import Path

from autograder.errors import CannotRun
from autograder.judge import MasterError
from autograder.judge.master import master_of
from autograder.judge.reference import disagreements


def faults_of_tests(text: str, path: Path) -> Iterable[str]:
    """One sentence for each test that cannot be relied on, in the source notebook with this text.

    A test that says one thing in a notebook and another in grading would cost a right answer its points, or give a
    wrong one some. Raises `CannotRun` where the notebook cannot be graded at all, or nothing can be run here.
    """
    try:
        master = master_of(text, path)
    except MasterError as error:
        raise CannotRun(str(error)) from error
    if not any(item.role == "test" for item in master.items):
        return []
    found, troubles = disagreements(master)
    if troubles:
        raise CannotRun(f"The tests of {path} could not be tried: {troubles[0].message}")
    return [f"{path}: {each}" for each in found]
