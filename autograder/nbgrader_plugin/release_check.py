"""In stock `nbgrader generate_assignment`: a notebook whose own tests cannot be relied on is not released."""

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.authoring.agreement import faults_of_tests
from autograder.errors import CannotRun


class TestsAgree(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Runs the reference solution against its tests in one process and in two, before anything is cut out."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook as it came. Raises `CannotRun` with a sentence for each test that is to be mended."""
        names = resources.get("nbgrader", {})
        path = Path(str(names.get("assignment", ".")), f"{names.get('notebook', 'notebook')}.ipynb")
        faults = list(faults_of_tests(nbformat.writes(nb), path))
        for fault in faults:
            self.log.error(fault)
        if faults:
            raise CannotRun(f"{path} is not released, because {len(faults)} of its tests cannot be relied on.")
        return nb, resources
