"""Built notebook → learner's copy, by nbgrader's own preprocessors in the order of `nbgrader generate_assignment`."""

from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbgrader import preprocessors as stock
from traitlets.config import Config

from autograder.errors import CannotRun

INSTRUCTOR_TAG = "instructor"

_STEPS = (
    TagRemovePreprocessor,  # instructor notes go first: nothing after this sees them
    stock.LockCells,
    stock.ClearSolutions,
    stock.ClearOutput,
    stock.CheckCellMetadata,
    stock.ComputeChecksums,
    stock.ClearHiddenTests,
    stock.ClearMarkScheme,
    stock.ComputeChecksums,
    stock.CheckCellMetadata,
)
_CONFIG = {
    "TagRemovePreprocessor": {"remove_cell_tags": {INSTRUCTOR_TAG}, "enabled": True},
    "ClearSolutions": {"code_stub": {"python": ""}},
}


def release(notebook: Any) -> str:
    """The text of the learner's copy: no solutions, hidden tests, mark schemes, instructor notes or outputs.

    The same text that `nbgrader generate_assignment` writes with this configuration. Raises `CannotRun` when nbgrader
    refuses the notebook.
    """
    exporter = NotebookExporter(config=Config(_CONFIG))
    for step in _STEPS:
        exporter.register_preprocessor(step(parent=exporter), enabled=True)
    try:
        text, _ = exporter.from_notebook_node(notebook)
    except (RuntimeError, ValueError, KeyError) as error:
        raise CannotRun(f"nbgrader cannot make a learner's copy: {error}.") from error
    return str(text)
