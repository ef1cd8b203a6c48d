"""nbgrader's CSV export with two things mended: no zero where nothing was graded, and real CSV quoting.

Stock nbgrader writes 0.0 for a student without a submission, and for one whose file could not be graded. Here these
cells stay empty, and what to do about them is the instructor's decision. Columns and their order are nbgrader's own.
"""

import csv
import io
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

_COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


class HonestCsv(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """`nbgrader export`: one row per student and assignment."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the rows to `--to` (default grades.csv)."""
        target = Path(self.to or "grades.csv")
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
        table.writeheader()
        wanted = {str(student) for student in self.student}
        for assignment in gradebook.assignments:
            if self.assignment and assignment.name not in {str(name) for name in self.assignment}:
                continue
            for student in gradebook.students:
                if not wanted or student.id in wanted:
                    table.writerow(_row(gradebook, assignment, student))
        target.write_text(text.getvalue(), encoding="utf-8", newline="")
        self.log.info("Exported grades to %s", target)


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> dict[str, Any]:
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate or "",
        "student_id": student.id,
        "last_name": student.last_name or "",
        "first_name": student.first_name or "",
        "email": student.email or "",
        "max_score": assignment.max_score,
    }
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return row
    penalty = submission.late_submission_penalty or 0.0
    return row | {
        "timestamp": submission.timestamp or "",
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty),
    }
