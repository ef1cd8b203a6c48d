"""Writes the syllabus for instructors: `python -m course.overview course/README.md`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from course.content import content_root
from course.files import write_whole
from course.overview import render


def main(argv: Sequence[str] | None = None) -> int:
    """Write the page to the path given, whole or not at all, and return the exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    if len(words) != 1 or words[0].startswith("-"):
        print("usage: python -m course.overview course/README.md", file=sys.stderr)
        return 2
    try:
        write_whole(Path(words[0]), render(content_root()))
    except (OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
