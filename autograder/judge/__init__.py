"""Answers + pristine master → typed verdicts; student code runs in a child process, sandboxed where the machine allows
it.
"""

from autograder.judge import sandbox
from autograder.judge.check import check_file
from autograder.judge.engine import Judge, judge
from autograder.judge.master import find_master, load_master
from autograder.judge.types import (
    Finding,
    ItemVerdict,
    Limits,
    Master,
    MasterCell,
    MasterError,
    Result,
    Submission,
)

__all__ = [
    "Finding",
    "Judge",
    "ItemVerdict",
    "Limits",
    "Master",
    "MasterCell",
    "MasterError",
    "Result",
    "Submission",
    "check_file",
    "find_master",
    "judge",
    "load_master",
    "sandbox",
]
