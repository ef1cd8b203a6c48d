"""`autograder init`: a stock nbgrader course directory wired to the installed modules. Never overwrites."""

import json
from collections.abc import Callable
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI

from autograder.classroom.course_directory import CONFIG_NAME, CourseDirectory, environment_scripts, open_course
from autograder.classroom.marker import mark
from autograder.errors import CannotRun
from autograder.files import write_bytes, write_text
from autograder.judge.master import assignment_folders

Say = Callable[[str], None]

_CONFIG = '''\
"""nbgrader configuration, written by `autograder init`. Every stock nbgrader command and formgrader read it."""

from pathlib import Path

c = get_config()
here = Path(__file__).resolve().parent

# The course's name in the gradebook and in the exchange.
c.CourseDirectory.course_id = {course_id}
# Formgrader finds this folder wherever JupyterLab was started, and the folder may be moved.
c.CourseDirectory.root = str(here)
# What the grader notes beside each graded notebook stays with the instructor: stock feedback would copy it to students.
c.CourseDirectory.ignore.append("verdicts.json")

# A folder of our own for the exchange: nbgrader's default is never created, and then Assignment List shows errors.
c.Exchange.root = str(here / "exchange")

# An answer cell is released as it stands without its solution; the default would add `raise NotImplementedError`.
c.ClearSolutions.code_stub = {{"python": ""}}
# Cells tagged "instructor" (timing, what learners get wrong) do not reach the learner's copy.
c.GenerateAssignment.preprocessors.insert(0, "nbconvert.preprocessors.TagRemovePreprocessor")
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {{"instructor"}}

# A test that says one thing in a notebook and another in grading is shown to you, and its notebook is not released.
c.GenerateAssignment.preprocessors.insert(1, "autograder.nbgrader_plugin.release_check.TestsAgree")

# `nbgrader export` leaves the score empty where nothing was graded; its own plug-in would write 0.
c.ExportApp.plugin_class = "autograder.nbgrader_plugin.export.HonestCsv"

# Stock `nbgrader autograde` and formgrader's button judge as `autograder grade` does: no submission runs unprotected.
c.Autograde.exporter_class = "autograder.nbgrader_plugin.autograde.JudgedClass"
# Stock feedback and formgrader's pages show text and pictures only: no script of a submission, no hidden test.
c.HTMLExporter.preprocessors = ["autograder.nbgrader_plugin.pages.HarmlessPage"]
'''


def module_folder(assignment: str) -> Path:
    """The folder of one module. Raises `CannotRun` when no installed package has it."""
    for folder in assignment_folders():
        if (folder / assignment).is_dir():
            return folder / assignment
    raise CannotRun(f"No installed package has an assignment {assignment!r}.")


def init_course(root: Path, *, course_id: str | None = None, say: Say = print) -> CourseDirectory:
    """Make or complete the course directory `root`; says one line for each thing it adds or finds different.

    Raises `CannotRun` or `OSError` when it cannot; what was written until then is complete, and a second run goes on.
    """
    if root.exists() and not root.is_dir():
        raise CannotRun(f"{root} is a file: give the name of a folder for the course directory.")
    root.mkdir(parents=True, exist_ok=True)
    mark(root)
    config = root / CONFIG_NAME
    if not config.exists():
        write_text(config, _CONFIG.format(course_id=json.dumps(course_id or root.resolve().name)))
        say(f"{CONFIG_NAME}: written")
    elif course_id is not None and open_course(root).course_id != course_id:
        say(f"{CONFIG_NAME}: names another course than {course_id!r}; left as it is")
    exchange = root / "exchange"
    if not exchange.exists():
        exchange.mkdir()
        exchange.chmod(0o777)  # nbgrader's exchange is a folder that every account may write to
        say("exchange: made")
    course = open_course(root)
    folders = assignment_folders()
    if not folders:
        raise CannotRun("No installed package offers assignments: pip install relapse-to-recovery.")
    for folder in folders:
        for module in sorted(folder.iterdir()):
            notebooks = sorted(module.glob("*.ipynb"))
            if notebooks:
                _copy_source(course, module.name, notebooks, say)
    for assignment in course.assignments():
        _generate(course, assignment, say)
    return course


def _copy_source(course: CourseDirectory, assignment: str, notebooks: list[Path], say: Say) -> None:
    for notebook in notebooks:
        target = course.folder("source", ".", assignment) / notebook.name
        name = target.relative_to(course.root).as_posix()
        content = notebook.read_bytes()
        if not target.exists():
            write_bytes(target, content)
            say(f"{name}: copied")
        elif target.read_bytes() != content:
            say(f"{name}: differs from the installed course; left as it is")


def _generate(course: CourseDirectory, assignment: str, say: Say) -> None:
    """Stock `generate_assignment`, through nbgrader's own API, unless its release is already there."""
    released = course.folder("release", ".", assignment)
    sources = course.folder("source", ".", assignment).glob("*.ipynb")
    if all((released / source.name).exists() for source in sources):
        return
    with environment_scripts():
        outcome = NbGraderAPI(course.app.coursedir, parent=course.app).generate_assignment(assignment)
    if not outcome["success"]:
        reason = (outcome.get("log") or outcome.get("error") or "").strip().splitlines()[-1:]
        raise CannotRun(f"nbgrader could not generate {assignment!r}: {reason[0] if reason else 'no reason given'}")
    say(f"release/{assignment}: generated")
