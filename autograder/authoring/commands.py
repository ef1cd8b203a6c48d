"""What `autograder build`, `adopt` and `release` do: find the files, report, write all or nothing."""

import importlib
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.build import build as build_notebook
from autograder.authoring.build import to_text
from autograder.authoring.files import read_text, write_text
from autograder.authoring.lint import lint, read_targets
from autograder.authoring.percent import Cell, parse
from autograder.authoring.problems import Problem, SourceProblems
from autograder.errors import CannotRun

NOTEBOOKS = ("lesson", "exercises")
_MODULE = re.compile(r"\d\d-[A-Za-z0-9-]+")


@dataclass(frozen=True)
class Source:
    """One percent source that has been read."""

    path: Path
    assignment: str
    notebook: str
    cells: list[Cell]


def build(modules: Path, *, fill: str | None, questions: str | None, release: Path | None, check: bool) -> int:
    """Build every module's notebooks; exit code 1 for mistakes or, with `check`, a file out of date."""
    filler, checker = _function(fill), _function(questions)
    folders = sorted(path for path in _listed(modules) if path.is_dir() and _MODULE.fullmatch(path.name))
    if not any((folder / f"{name}.py").is_file() for folder in folders for name in NOTEBOOKS):
        raise CannotRun(f"{modules} holds no module: a folder like 01-name with lesson.py or exercises.py in it.")
    sources: list[Source] = []
    problems: list[Problem] = []
    sentences: list[str] = []
    for folder in folders:
        found, wrong = _read_module(folder, filler)
        sources += found
        problems += wrong
        if checker and (folder / "questions.yml").is_file():
            sentences += checker(folder / "questions.yml")
    if problems or sentences:
        for told in [*map(str, sorted(problems)), *sentences]:
            print(told, file=sys.stderr)
        count = len(problems) + len(sentences)
        print(f"autograder: {count} mistake{'s' * (count != 1)}; nothing was written.", file=sys.stderr)
        return 1
    texts: dict[Path, str] = {}
    for source in sources:
        notebook = build_notebook(source.cells, str(source.path), source.assignment, source.notebook, filler)
        texts[source.path.with_suffix(".ipynb")] = to_text(notebook)
        if release:
            from autograder.authoring.release import release as learners_copy

            texts[release / source.assignment / f"{source.notebook}.ipynb"] = learners_copy(notebook)
    if check:
        return _compare(texts, _orphans(folders, release), modules, fill, questions, release)
    if release and _told_of_faults({p: t for p, t in texts.items() if p.parent.parent == modules and _is_new(p, t)}):
        return 1
    for path, text in texts.items():
        print(f"{path}: {'written' if write_text(path, text) else 'unchanged'}")
    return 0


def _is_new(path: Path, text: str) -> bool:
    return not path.is_file() or read_text(path) != text


def _told_of_faults(texts: dict[Path, str]) -> bool:
    """Whether a test of these notebooks cannot be relied on; each such test has then been shown."""
    from autograder.authoring.agreement import faults_of_tests

    faults = [fault for path, text in texts.items() for fault in faults_of_tests(text, path)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(
            f"autograder: {len(faults)} test{'s' * (len(faults) != 1)} to mend; nothing was written.", file=sys.stderr
        )
    return bool(faults)


def release(notebook: Path, output: Path) -> int:
    """Write the learner's copy of one built notebook; exit code 1 when a test of it cannot be relied on."""
    from autograder.authoring.release import release as learners_copy

    text = learners_copy(_read_notebook(notebook))
    if _told_of_faults({notebook: read_text(notebook)}):
        return 1
    print(f"{output}: {'written' if write_text(output, text) else 'unchanged'}")
    return 0


def adopt(notebook: Path, *, source: Path | None, fill: str | None) -> int:
    """Write an edited notebook's edits into its source; exit code 1 when the new source has mistakes to mend."""
    from autograder.authoring.adopt import adopt as adopted

    edited = _read_notebook(notebook)
    path = source or _source_of(notebook, edited)
    filler = _function(fill)
    try:
        text = adopted(edited, read_text(path), str(path), filler)
    except SourceProblems as mistakes:
        print(f"{mistakes}\nautograder: {path} must be mended before an edit can be adopted.", file=sys.stderr)
        return 1
    if not write_text(path, text):
        print(f"{path}: unchanged")
        return 0
    print(f"{path}: written; build the notebooks next")
    problems = lint(parse(text, str(path)), str(path), path.stem, filler)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _source_of(notebook: Path, edited: Any) -> Path:
    """The percent source that an edited notebook says it was built from."""
    ours = edited.metadata.get("autograder") or {}
    assignment, name = ours.get("assignment"), ours.get("notebook")
    if not isinstance(assignment, str) or name not in NOTEBOOKS or not _MODULE.fullmatch(assignment):
        raise CannotRun(f"{notebook} does not say which source it was built from: name it with --source FILE.py.")
    here = notebook.resolve().parent
    places = [here / f"{name}.py"] if here.name == assignment else []
    places += [folder / assignment / f"{name}.py" for folder in (here, Path.cwd() / "modules", *_assignment_folders())]
    for place in places:
        if place.is_file():
            return place
    raise CannotRun(f"No {assignment}/{name}.py was found near {notebook}: name it with --source FILE.py.")


def _assignment_folders() -> list[Path]:
    return [Path(point.load()()) for point in entry_points(group="autograder.assignments")]


def _read_module(folder: Path, fill: Callable[[str], str] | None) -> tuple[list[Source], list[Problem]]:
    sources: list[Source] = []
    problems: list[Problem] = []
    for name in NOTEBOOKS:
        path = folder / f"{name}.py"
        if not path.is_file():
            continue
        try:
            cells = parse(read_text(path), str(path))
        except SourceProblems as unreadable:
            problems += unreadable.problems
            continue
        problems += lint(cells, str(path), name, fill)
        sources.append(Source(path, folder.name, name, cells))
    cells_of = {source.notebook: source for source in sources}
    if "lesson" in cells_of and "exercises" in cells_of:
        exercises = cells_of["exercises"]
        problems += read_targets(exercises.cells, cells_of["lesson"].cells, str(exercises.path))
    return sources, problems


def _orphans(folders: list[Path], release: Path | None) -> list[Path]:
    """Built or released notebooks whose source is gone."""
    built = [folder / f"{name}.ipynb" for folder in folders for name in NOTEBOOKS]
    orphans = [path for path in built if path.is_file() and not path.with_suffix(".py").is_file()]
    if release and release.is_dir():
        sources = {(folder.name, name) for folder in folders for name in NOTEBOOKS if (folder / f"{name}.py").is_file()}
        orphans += [path for path in release.glob("*/*.ipynb") if (path.parent.name, path.stem) not in sources]
    return sorted(orphans)


def _compare(
    texts: dict[Path, str],
    orphans: list[Path],
    modules: Path,
    fill: str | None,
    questions: str | None,
    release: Path | None,
) -> int:
    stale = [path for path, text in texts.items() if not path.is_file() or read_text(path) != text]
    for path in stale:
        print(f"{path}: {'out of date' if path.is_file() else 'missing'}", file=sys.stderr)
    for path in orphans:
        print(f"{path}: its source is gone; delete it", file=sys.stderr)
    if stale:
        options = [("--fill", fill), ("--questions", questions), ("--release", release)]
        words = ["autograder build", str(modules), *(f"{name} {value}" for name, value in options if value)]
        print(f"autograder: run `{' '.join(words)}`.", file=sys.stderr)
    if not stale and not orphans:
        print(f"{len(texts)} notebooks are up to date.")
    return 1 if stale or orphans else 0


def _read_notebook(path: Path) -> Any:
    try:
        notebook = nbformat.reads(read_text(path), as_version=4)
        nbformat.validate(notebook)
    except CannotRun:
        raise
    except Exception as error:
        # nbformat raises many kinds (ValueError, KeyError, its own); all of them mean the same to the author.
        raise CannotRun(f"{path} is not a Jupyter notebook ({type(error).__name__}).") from error
    return notebook


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        raise CannotRun(f"There is no folder {folder}.") from None
    except NotADirectoryError:
        raise CannotRun(f"{folder} is a file, not a folder of modules.") from None


def _function(name: str | None) -> Callable[..., Any] | None:
    """The function that `PKG:FUNC` names."""
    if name is None:
        return None
    package, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(package), function)
    except (ImportError, ValueError, AttributeError) as error:
        raise CannotRun(f"{name!r} is not an importable PKG:FUNC ({error}).") from error
    if not callable(found):
        raise CannotRun(f"{name!r} is not a function.")
    return found  # type: ignore[no-any-return]
