"""Reads what was handed in, folder by folder, each in a process of its own, and measures what it took.

Usage: read_in_bounds.py MASTER FOLDER...; prints one JSON object a line. Run by test_archives.py.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from autograder.classroom.handed_in import read_handed_in
from autograder.judge import load_master


def main(master_path: str, *folders: str) -> None:
    master = load_master(Path(master_path))
    for folder in folders:
        child = os.fork()
        if not child:
            try:
                print(json.dumps(measured(Path(folder), master)), flush=True)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            print(json.dumps({"raised": f"the process ended with {status}"}), flush=True)


def measured(folder: Path, master: object) -> dict[str, object]:
    before, start = resident_mb(), time.process_time()
    try:
        handed_in = read_handed_in(folder, {"exercises": master})  # type: ignore[dict-item]
    except Exception as error:
        return {"raised": repr(error)}
    _, submission = handed_in.notebooks.get("exercises", ("", None))
    return {
        "error": handed_in.error or (submission.error if submission else None),
        "answers": dict(submission.answers) if submission else {},
        "findings": [finding.as_dict() for finding in submission.findings] if submission else [],
        "extras": repr(submission.extras) if submission else "",
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before,
        "seconds": time.process_time() - start,
    }


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main(*sys.argv[1:])
