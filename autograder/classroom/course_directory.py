"""One instructor's nbgrader course directory: its configuration, loaded so that a mistake in it stops the run."""

import logging
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.apps.baseapp import NbGrader

from autograder.classroom import marker
from autograder.classroom.names import is_folder_name
from autograder.classroom.wiring import check_wiring
from autograder.errors import CannotRun

CONFIG_NAME = marker.CONFIG_NAME

# nbgrader remarks on every file and every late student; what matters of it is said by us, and the rest would tear the
# progress bar. Its API still captures these lines for its own error messages.
_QUIET = logging.getLogger("autograder.nbgrader")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False


class _StrictNbGrader(NbGrader):  # type: ignore[misc]  # nbgrader has no types
    """Stock nbgrader's configuration, without its habit of going on with defaults when the file does not load."""

    name = "nbgrader"
    raise_config_file_errors = True
    load_cwd_config = False  # the course's own file counts, not one that happens to lie in the working folder

    def migrate_config(self) -> None:
        """Nothing: reading a configuration must not write to the user's home."""


@dataclass(frozen=True)
class CourseDirectory:
    """A course directory and nbgrader's own view of it (`app` carries the configuration for its plug-ins)."""

    root: Path
    app: Any

    @property
    def course_id(self) -> str:
        """The course's name in the gradebook."""
        return str(self.app.coursedir.course_id)

    @property
    def db_url(self) -> str:
        """The gradebook's database address."""
        return str(self.app.coursedir.db_url)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Where nbgrader keeps an assignment at a step ("source", "submitted", …); student "." for source and release.

        Raises `CannotRun` for a name that would lead outside the course directory.
        """
        for name in (student, assignment):
            if name != "." and not is_folder_name(name):
                raise CannotRun(f"{name!r} cannot be the name of a folder, so nothing is read or written for it.")
        named = str(getattr(self.app.coursedir, f"{step}_directory"))
        return Path(self.app.coursedir.format_path(named, student, assignment))

    def assignments(self) -> list[str]:
        """Names of the assignments that have a source folder, in order."""
        top = self.root / str(self.app.coursedir.source_directory)
        return sorted(entry.name for entry in top.iterdir() if entry.is_dir()) if top.is_dir() else []

    def students_with_folders(self, assignment: str) -> list[str]:
        """Names of the folders in `submitted/` that hold something for this assignment."""
        top = self.root / str(self.app.coursedir.submitted_directory)
        if not top.is_dir():
            return []
        return sorted(entry.name for entry in top.iterdir() if os.path.lexists(entry / assignment))


def open_course(root: Path) -> CourseDirectory:
    """Load the configuration of the course directory `root`.

    Raises `CannotRun` (one sentence) when there is none, when it does not load, when it puts the students' folders in
    an order other than nbgrader's own, or when it sets aside what protects stock autograding.
    """
    root = Path(os.path.abspath(root))
    if not (root / CONFIG_NAME).is_file():
        raise CannotRun(f"{root} is not a course directory (it has no {CONFIG_NAME}): make one with `autograder init`.")
    app = _StrictNbGrader(log=_QUIET)
    # A course may keep its own plug-ins beside its configuration; last, so that no file there shadows a library.
    search_path = [*(entry for entry in sys.path if entry != str(root)), str(root)]
    sys.path[:] = search_path
    try:
        app.initialize([], root=str(root))
    except (Exception, SystemExit) as error:
        raise CannotRun(
            f"{root / CONFIG_NAME} does not load ({type(error).__name__}: {error}): mend it; nothing was graded."
        ) from error
    finally:
        sys.path[:] = search_path  # nbgrader puts the working folder first
    wanted = os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}")
    if app.coursedir.directory_structure != wanted:
        raise CannotRun(f"{root / CONFIG_NAME} changes directory_structure: only nbgrader's own ({wanted}) is graded.")
    if marker.is_marked(root):
        check_wiring(app.config, root / CONFIG_NAME)
    return CourseDirectory(Path(app.coursedir.root), app)


@contextmanager
def environment_scripts() -> Iterator[None]:
    """This environment's commands on the PATH: nbgrader runs `alembic` by name when it makes a new gradebook."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
