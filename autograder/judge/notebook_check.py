"""The last cell of a notebook: the whole verdict on the saved file, shown in place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from autograder.intake.released import squeeze
from autograder.judge.check import check_file
from autograder.judge.present import as_html, as_text


def check_notebook(path: str | Path = "exercises.ipynb") -> None:
    """Judge the saved notebook at `path` and show points and reasons; the same verdict as `autograder check PATH`.

    Says so when an answer that was run in this kernel is not the one in the saved file. Does nothing while the notebook
    itself is being judged.
    """
    if os.environ.get("AUTOGRADER_JUDGING"):
        return
    from IPython import get_ipython
    from IPython.display import display

    result = check_file(Path(path))
    shell = get_ipython()
    warning = unsaved(Path(path), ran_in(shell)) if shell is not None else None
    text, page = as_text(result), as_html(result)
    if warning:
        text, page = f"{warning}\n\n{text}", f"<p><strong>{warning}</strong></p>{page}"
    display({"text/plain": text, "text/html": page}, raw=True)


def ran_in(shell: Any) -> list[str]:
    """The sources of the cells run in this kernel so far, oldest first; empty where no history is kept."""
    history = getattr(getattr(shell, "history_manager", None), "input_hist_raw", None)
    return [str(source) for source in history or ()]


def unsaved(path: Path, ran: list[str]) -> str | None:
    """One sentence if the last run of an answer is not what the saved file holds; None if all is well.

    An answer is recognised by the names it gives values to, because a kernel does not tell which cell a source came
    from.
    """
    from autograder.intake.answers import names_given
    from autograder.intake.notebook_file import UnreadableNotebook, read_notebook

    try:
        cells = read_notebook(path).cells
    except (FileNotFoundError, UnreadableNotebook):
        return None  # the verdict says it already
    saved = {squeeze(cell.source) for cell in cells}
    for cell in cells:
        names = names_given(cell.source)
        if not (cell.nbgrader.get("solution") and cell.kind == "code" and names):
            continue
        latest = next((source for source in reversed(ran) if names & names_given(source)), None)
        if latest is not None and squeeze(latest) not in saved:
            listed = ", ".join(sorted(names))
            return (
                f"What you last ran for {listed} is not what the saved file holds: "
                "save with Ctrl+S, then run this cell again."
            )
    return None
