"""The floor: the same cells in a warm fork, and nothing else.

One process imports IPython, numpy and matplotlib, then forks once for each submission; the child runs all cells of the
assignment with the student's answers in them through IPython, tests included. No isolation, no limits, no second
process for the tests, no gradebook: what is left when everything a grader does besides running cells is taken away.

    python -m benchmarks.floor COURSE ASSIGNMENT RESULTS.json [SHARE OF]
"""

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from benchmarks.assignments import grade_id_of, source_of

_WARM = """\
import io
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy.fft, numpy.linalg, numpy.random
fig, ax = plt.subplots()
ax.plot([1, 2], label="warm")
ax.legend()
fig.savefig(io.BytesIO())
plt.close(fig)
raise ValueError("the first traceback is slow")
"""
"""Run once before the first fork: what the cells need is loaded, fonts and the printing of an error included."""


def run(course: Path, assignment: str, results: Path, share: int, of: int) -> None:
    """Grade every `of`-th submission from the `share`-th on and write {student: {item: points}}."""
    cells = json.loads((course / "source" / assignment / "exercises.ipynb").read_text(encoding="utf-8"))["cells"]
    students = sorted(folder.name for folder in (course / "submitted").iterdir())[share::of]
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.xmode = "Plain"
    config.InteractiveShell.colors = "nocolor"
    shell = InteractiveShell.instance(config=config)
    with capture_output():
        shell.run_cell(_WARM)
    shell.reset()
    gc.freeze()
    grades = {}
    for number, student in enumerate(students, start=1):
        notebook = course / "submitted" / student / assignment / "exercises.ipynb"
        grades[student] = _in_a_fork(shell, cells, notebook)
        print(f"{number}/{len(students)}  {student}", flush=True)
    results.write_text(json.dumps(grades), encoding="utf-8")


def _in_a_fork(shell: InteractiveShell, cells: list[dict[str, Any]], notebook: Path) -> dict[str, float]:
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiver)
        with os.fdopen(sender, "w") as pipe:
            json.dump(_grade(shell, cells, notebook), pipe)
        os._exit(0)
    os.close(sender)
    with os.fdopen(receiver) as pipe:
        found: dict[str, float] = json.load(pipe)
    os.waitpid(child, 0)
    return found


def _grade(shell: InteractiveShell, cells: list[dict[str, Any]], notebook: Path) -> dict[str, float]:
    """Run the cells in order; a test earns its points, or the number it ends in, or nothing when it raises."""
    handed_in = {grade_id_of(cell): source_of(cell) for cell in json.loads(notebook.read_text("utf-8"))["cells"]}
    grades = {}
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        about = cell["metadata"].get("nbgrader", {})
        source = handed_in[about["grade_id"]] if about.get("solution") else source_of(cell)
        with capture_output():
            outcome = shell.run_cell(source)
        if about.get("grade"):
            value = getattr(outcome.result, "points", outcome.result)
            earned = float(value) if isinstance(value, int | float) else float(about["points"])
            grades[about["grade_id"]] = earned if outcome.success else 0.0
    return grades


if __name__ == "__main__":
    course, assignment, results, *part = sys.argv[1:]
    share, of = (int(part[0]), int(part[1])) if part else (0, 1)
    run(Path(course), assignment, Path(results), share, of)
