"""The headings of a lesson, as its author wrote them: what a table or a plan may point to."""

import re
from pathlib import Path

from course.checking.passages import prose

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*$")


def of_lesson(root: Path, folder: str) -> list[str]:
    """Return the headings of `modules/FOLDER/lesson.py` below `root`, all levels, in order.

    Raises ValueError, with the file in one sentence, when there is no such lesson or it is no percent source.
    """
    path = root / "modules" / folder / "lesson.py"
    if not path.is_file():
        raise ValueError(
            f"modules/{folder}/lesson.py is missing: write it, or call the module planned in the syllabus."
        )
    return [match[1] for passage in prose(path, root) if (match := _HEADING.match(passage.text))]
