"""`autograder feedback`: one page per student: item, points, why, what to read again.

The page is built from an allow-list (titles and sections of the course, verdict messages, marks and comments in the
gradebook), never from the graded notebook: no hidden test, no output of a student's program and no path can reach it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.classroom.course_directory import CourseDirectory
from autograder.classroom.grade import graded_masters
from autograder.classroom.gradebook import Gradebook, Mark, Standing
from autograder.classroom.marked_text import page_templates
from autograder.classroom.names import is_folder_name
from autograder.classroom.record import Record, read_record
from autograder.classroom.safe_text import hidden_texts, safe_text
from autograder.classroom.table import lateness
from autograder.errors import CannotRun
from autograder.files import write_text
from autograder.judge import Finding, ItemVerdict, Master

Say = Callable[[str], str]
"""Turns a sentence that a submission had a part in into what a page may say."""

_STATUS_WORDS = {
    "passed": "right",
    "partial": "partly right",
    "failed": "not right yet",
    "unanswered": "not answered",
    "timeout": "did not end in time",
    "error": "to be looked at",
    "manual": "read by a person",
}
_SYMBOLS = {
    "passed": "✓",
    "partial": "◐",
    "failed": "✗",
    "unanswered": "○",
    "timeout": "✗",
    "error": "?",
    "manual": "✎",
}
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$", re.MULTILINE)
_LONGEST_MESSAGE = 600  # characters; an exception can carry a book, and a page has to stay a page
_MARK_SCHEME = re.compile(r"=== BEGIN MARK SCHEME ===\n(.*?)\n?=== END MARK SCHEME ===", re.DOTALL)


@dataclass(frozen=True)
class ItemText:
    """What a page says about an item, whoever answered: its title, what to read again, the criteria of a free text."""

    title: str
    read: str
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    title: str
    kind: str
    symbol: str
    status: str
    points: str
    why: str
    read: str
    comment: str
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Everything on one student's page, as text."""

    title: str
    student: str
    total: str
    remarks: tuple[str, ...]
    lines: tuple[Line, ...]
    findings: tuple[str, ...]
    trouble: str = ""
    advice: str = ""


def write_feedback(course: CourseDirectory, assignment: str, *, students: Sequence[str] = ()) -> list[Path]:
    """Write the pages of a class (or of some students) where nbgrader looks for them; returns the files.

    Raises `CannotRun` for an unknown assignment or student, and for a submission that has not been graded.
    """
    masters = graded_masters(course, assignment)
    folder = course.folder("source", ".", assignment)
    texts = {name: item_texts(folder / f"{name}.ipynb", master) for name, master in masters.items()}
    say = {name: _presentable(course, master) for name, master in masters.items()}
    titles = {name: _title(nbformat.read(folder / f"{name}.ipynb", as_version=4), name) for name in masters}
    template = page_templates().get_template("feedback.html.j2")
    written: list[Path] = []
    with Gradebook(course, assignment) as gradebook:
        names = gradebook.names()
        submitted = course.students_with_folders(assignment)
        everybody = [name for name in sorted({*names, *submitted}) if is_folder_name(name)]
        for unknown in [student for student in students if student not in everybody]:
            raise CannotRun(f"There is no student {unknown!r} on the class list or in submitted/.")
        for student in students or everybody:
            record = _record_of(course, assignment, student, student in submitted)
            for name, master in masters.items():
                standing, marks = gradebook.standing(student), gradebook.marks(student, name)
                page = _page(
                    titles[name],
                    names.get(student) or student,
                    record,
                    name,
                    master,
                    texts[name],
                    standing,
                    marks,
                    say[name],
                )
                target = course.folder("feedback", student, assignment) / f"{name}.html"
                write_text(target, template.render(page=page))
                written.append(target)
    return written


def item_texts(path: Path, master: Master) -> Mapping[str, ItemText]:
    """Titles, reading and criteria of the items, from the source notebook and the lessons beside it."""
    notebook = nbformat.read(path, as_version=4)
    sections = dict(_sections_by_objective(path))
    texts: dict[str, ItemText] = {}
    items = {item.grade_id for item in master.items}
    titles = master.titles
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in items and name not in texts:
            about = cell.metadata.get("autograder", {})
            objective = about.get("objective", "")
            read = about.get("read") or sections.get(objective, "")
            scheme = _MARK_SCHEME.search(cell.source)
            criteria = _plain_lines(scheme[1]) if scheme else ()
            texts[name] = ItemText(titles[name], read, criteria)
    return texts


def _sections_by_objective(path: Path) -> Iterator[tuple[str, str]]:
    """(objective, heading) for each cell of the other notebooks of the module that names its objective."""
    for lesson in sorted(path.parent.glob("*.ipynb")):
        heading = ""
        for cell in nbformat.read(lesson, as_version=4).cells if lesson != path else ():
            if cell.cell_type == "markdown" and (found := _HEADING.findall(cell.source)):
                heading = found[-1][1]
            objective = cell.metadata.get("autograder", {}).get("objective")
            if objective:
                yield objective, heading


def _record_of(course: CourseDirectory, assignment: str, student: str, submitted: bool) -> Record:
    record = read_record(course.folder("autograded", student, assignment))
    if not submitted:
        return Record("missing", "Nothing was handed in.", {})
    if record is None:
        raise CannotRun(f"{student} has not been graded yet: run `autograder grade {assignment}` first.")
    return record


def _page(
    title: str,
    student: str,
    record: Record,
    notebook: str,
    master: Master,
    texts: Mapping[str, ItemText],
    standing: Standing | None,
    marks: Mapping[str, Mark],
    say: Say,
) -> Page:
    judged = record.notebooks.get(notebook)
    if judged is None or standing is None:
        trouble, advice = _trouble(record, notebook)
        return Page(title, student, "", (), (), (), say(trouble), advice)
    lines = tuple(_line(verdict, texts[verdict.id], master, marks, say) for verdict in judged.result.items)
    findings = tuple(dict.fromkeys(say(_about(finding, texts)) for finding in judged.result.findings))
    counted = [mark for name, mark in marks.items() if name in texts]
    points = sum(mark.points or 0.0 for mark in counted)
    total = f"{max(0.0, points - standing.penalty):g} of {sum(mark.max_points for mark in counted):g} points"
    return Page(title, student, total, tuple(_remarks(record, standing, counted)), lines, findings)


def _about(finding: Finding, texts: Mapping[str, ItemText]) -> str:
    """A finding with the title of the item it is about."""
    about = texts.get(finding.item or "")
    return f"{about.title}: {finding.message}" if about is not None else finding.message


def _remarks(record: Record, standing: Standing, marks: Sequence[Mark]) -> Iterator[str]:
    """What to know about the total."""
    waiting = sum(mark.max_points for mark in marks if mark.points is None)
    if waiting:
        yield f"{waiting:g} of these points are still to be given by a person."
    if record.status == "review":
        yield "Your instructor looks at this page before it counts; the remarks at the end say why."
    late = lateness(standing.seconds_late)
    if late:
        taken = f"{standing.penalty:g} points were taken off" if standing.penalty else "no points were taken off"
        yield f"Handed in {late} after the deadline; {taken}."


def _line(verdict: ItemVerdict, text: ItemText, master: Master, marks: Mapping[str, Mark], say: Say) -> Line:
    mark = marks.get(verdict.id, Mark(None, verdict.max_points, False, None))
    cells = [str(cell.grade_id) for cell in master.answers_to(verdict.id)]
    spoken = [marks[cell].comment for cell in cells if cell in marks]
    comment = next((said for said in [mark.comment, *spoken] if said), "")
    by_person = mark.manual or verdict.status == "manual"
    points = f"open (of {mark.max_points:g})" if mark.points is None else f"{mark.points:g} of {mark.max_points:g}"
    all_said = mark.points is None or mark.points >= mark.max_points
    status = "manual" if by_person else verdict.status
    why = "" if mark.manual else say(verdict.message)
    return Line(
        title=text.title,
        kind=status,
        symbol=_SYMBOLS[status],
        status="marked by a person" if mark.manual else _STATUS_WORDS[status],
        points=points,
        why=why,
        read="" if all_said else text.read,
        comment=comment,
        criteria=text.criteria if mark.manual else (),
    )


def _presentable(course: CourseDirectory, master: Master) -> Say:
    """A sentence made short, without paths of this machine, and not if it was made out of the hidden tests."""
    hidden = hidden_texts(cell.source for cell in master.items)

    def say(message: str) -> str:
        safe = safe_text(message, hidden, course.root)
        return safe if len(safe) <= _LONGEST_MESSAGE else safe[:_LONGEST_MESSAGE] + " …"

    return say


def _trouble(record: Record, notebook: str) -> tuple[str, str]:
    """What happened to somebody without a grade, and what to do."""
    if record.status == "missing":
        return (
            f"We have nothing from you: no file {notebook}.ipynb was handed in.",
            "If you did hand it in, tell your instructor when and how; if not, ask whether you still may. "
            "No points have been given or taken: this is not a zero.",
        )
    return (
        f"Your file could not be graded. {record.message}",
        "Open it in JupyterLab, check that your answers are there, save it (Ctrl+S) and hand it in again, "
        f"with the name {notebook}.ipynb. If it does not open, tell your instructor. "
        "No points have been given or taken: this is not a zero.",
    )


def _title(notebook: NotebookNode, name: str) -> str:
    """The notebook's first heading, or its name."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := _HEADING.search(cell.source)):
            return found[2]
    return name


def _plain_lines(markdown: str) -> tuple[str, ...]:
    """The paragraphs and list entries of a mark scheme without Markdown's marks."""
    lines = (re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "", line) for line in markdown.splitlines())
    return tuple(re.sub(r"\*+", "", line).strip() for line in lines if line.strip())
