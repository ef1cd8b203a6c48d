"""The syllabus for instructors, `course/README.md`, made from the sources of lessons, exercises, ledger and plans."""

from course.overview.page import render

__all__ = ["render"]
