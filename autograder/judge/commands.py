"""The judge's two commands: `autograder check` and `autograder doctor`."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path


def check(notebook: Path, *, as_json: bool, sources: Sequence[Path] | None, assignment: str | None) -> int:
    """Judge one file and print the verdict. 0: every item passed (or waits for a person); 1: some did not; 2: it could
    not be judged.
    """
    from autograder.judge.check import check_file
    from autograder.judge.present import as_text, headline

    result = check_file(notebook, sources, assignment=assignment)
    _print_anything()
    if as_json:
        print(json.dumps(result.as_dict(), indent=2, ensure_ascii=False))
    elif result.points is None:
        print(f"autograder: {headline(result)}", file=sys.stderr)
    else:
        print(as_text(result, min(shutil.get_terminal_size().columns, 110)))
        if result.isolation == "none":
            print("\nRun without isolation, which is fine for your own work (`autograder doctor` says more).")
    if result.points is None:
        return 2
    return 0 if all(item.status in ("passed", "manual") for item in result.items) else 1


def doctor() -> int:
    """Print what protects this machine and what does not. 0: ready to grade a class; 1: something is missing."""
    from autograder.judge.doctor import examine

    lines, well = examine()
    _print_anything()
    for line in lines:
        print(line)
    return 0 if well else 1


def _print_anything() -> None:
    """A terminal that cannot show a letter shows a question mark instead of stopping us."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
