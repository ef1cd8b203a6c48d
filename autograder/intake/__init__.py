"""A submitted file, however broken → its answers by item id, and findings about what had to be repaired."""

from autograder.intake.answers import read_submission
from autograder.judge.types import Finding, Submission

__all__ = ["Finding", "Submission", "read_submission"]
