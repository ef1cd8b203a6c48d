"""Plans for teaching the course, as data: `assets/plans.yml`, and what in it no longer fits the lessons.

    meeting:                       # one module in class, in every plan
      minutes: 90
      steps:
        - {minutes: 10, do: The recall questions on paper.}
    modules:                       # what of each module is done together
      - {number: "00", together: [A heading of its lesson], discuss: 2}
    plans:
      - title: Three weeks
        text: For whom, and what it asks.
        hand_in: [concept, free]   # kinds of graded items
        weeks:
          - {modules: ["00", "01"], do: What else happens.}
    session:                       # one meeting, for people who do not take the course
      title: One session
      minutes: 90
      text: For whom.
      steps:
        - {minutes: 15, do: What happens., module: "00", heading: A heading of its lesson}

`discuss` is the number of a question under "To discuss in class". A module that is planned may leave out `together`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from course import yaml_file
from course.checking import headings
from course.checking.passages import prose
from course.syllabus import Module
from course.yaml_file import LINE

PLANS = Path("assets", "plans.yml")
ITEM_KINDS = ("concept", "function", "free")
QUESTIONS = "To discuss in class"
_T = TypeVar("_T")


class BadPlan(ValueError):
    """The plans cannot be read; `str()` is one sentence with file and line."""


@dataclass(frozen=True)
class Step:
    """A stretch of a meeting; `module` and `heading` name the part of a lesson it uses, or are empty."""

    line: int
    minutes: int
    do: str
    module: str = ""
    heading: str = ""


@dataclass(frozen=True)
class InClass:
    """What of one module is done together: headings of its lesson, and one of its questions to discuss."""

    line: int
    number: str
    together: tuple[str, ...]
    discuss: int


@dataclass(frozen=True)
class Week:
    """One week of a plan; a week without modules says in `do` what it is for."""

    line: int
    modules: tuple[str, ...]
    do: str


@dataclass(frozen=True)
class Plan:
    """A way through the course. `hand_in`: which kinds of items the class hands in."""

    title: str
    text: str
    hand_in: tuple[str, ...]
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Session:
    """A meeting of so many minutes, in steps."""

    line: int
    title: str
    text: str
    minutes: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Plans:
    """All of the file."""

    meeting: Session
    modules: Mapping[str, InClass]
    plans: tuple[Plan, ...]
    session: Session


def read(path: Path) -> Plans:
    """Return the plans of the file. Raises ValueError (BadPlan, YamlFault), one sentence with file and line."""
    whole = yaml_file.load(path, "plans")
    if not isinstance(whole, dict):
        raise BadPlan(f"{path}:1: this file has the parts meeting, modules, plans and session.")

    def part(entry: Any, name: str, kind: type[_T], empty: _T | None = None) -> _T:
        if not isinstance(entry, dict):
            raise BadPlan(f"{path}: {entry!r} stands where names and values are needed.")
        found = entry.get(name, empty)
        if not isinstance(found, kind) or (isinstance(found, (str, list)) and not found and empty is None):
            raise BadPlan(f'{path}:{entry[LINE]}: "{name}" is missing here, or is not what it should be.')
        return found

    def words(entry: Any, name: str, empty: list[Any] | None = None) -> tuple[str, ...]:
        return tuple(str(word) for word in part(entry, name, list, empty))

    def session(entry: Any, named: bool) -> Session:
        steps = tuple(
            Step(
                part(step, LINE, int),
                part(step, "minutes", int),
                part(step, "do", str),
                part(step, "module", str, ""),
                part(step, "heading", str, ""),
            )  # fmt: skip
            for step in part(entry, "steps", list)
        )
        title, text = (part(entry, name, str, None if named else "") for name in ("title", "text"))
        return Session(part(entry, LINE, int), title, text, part(entry, "minutes", int), steps)

    modules = [
        InClass(
            part(each, LINE, int), part(each, "number", str), words(each, "together", []), part(each, "discuss", int, 0)
        )
        for each in part(whole, "modules", list)
    ]
    plans = tuple(
        Plan(
            part(plan, "title", str),
            part(plan, "text", str),
            words(plan, "hand_in"),
            tuple(
                Week(part(week, LINE, int), words(week, "modules", []), part(week, "do", str, ""))
                for week in part(plan, "weeks", list)
            ),
        )  # fmt: skip
        for plan in part(whole, "plans", list)
    )
    return Plans(
        session(whole.get("meeting"), named=False),
        {each.number: each for each in modules},
        plans,
        session(whole.get("session"), named=True),
    )


def faults(root: Path, modules: Sequence[Module]) -> Iterator[str]:
    """Yield a sentence for each thing in the plans that the syllabus or a lesson contradicts.

    Raises ValueError when the file, or the lesson of a ready module, cannot be read.
    """
    plans = read(root / PLANS)
    by_number = {module.number: module for module in modules}
    written = {each.number: headings.of_lesson(root, each.folder) for each in modules if each.status == "ready"}
    for session in (plans.meeting, plans.session):
        total = sum(step.minutes for step in session.steps)
        if total != session.minutes:
            yield f"{_at(session.line)}: the steps take {total} minutes, not {session.minutes}."
        for step in session.steps:
            if step.module and step.module not in written:
                yield f"{_at(step.line)}: module {step.module} is not ready, so no step can use it."
            elif step.module and step.heading not in written[step.module]:
                yield f'{_at(step.line)}: the lesson of module {step.module} has no heading "{step.heading}".'
    for number, here in plans.modules.items():
        if number not in by_number:
            yield f"{_at(here.line)}: there is no module {number} in the syllabus."
        elif number in written:
            missing = [heading for heading in here.together if heading not in written[number]]
            for heading in missing:
                yield f'{_at(here.line)}: the lesson of module {number} has no heading "{heading}".'
            asked = len(questions(root, by_number[number].folder))
            if not 1 <= here.discuss <= asked:
                yield f"{_at(here.line)}: module {number} has questions 1 to {asked} to discuss, not {here.discuss}."
            if not here.together:
                yield f"{_at(here.line)}: module {number} is ready, so say what of it is done together."
    for module in modules:
        if module.number not in plans.modules:
            yield f"{PLANS.as_posix()}: the modules lack {module.number} ({module.title})."
    for plan in plans.plans:
        yield from _plan_faults(plan, by_number)


def questions(root: Path, folder: str) -> list[str]:
    """Return the numbered questions that a lesson has under "To discuss in class"."""
    lines = [line.text for line in prose(root / "modules" / folder / "lesson.py", root) if line.section == QUESTIONS]
    return [line.partition(". ")[2] for line in lines if line.partition(". ")[0].isdecimal()]


def _plan_faults(plan: Plan, by_number: Mapping[str, Module]) -> Iterator[str]:
    taken = [(number, week.line) for week in plan.weeks for number in week.modules]
    for number, line in taken:
        if number not in by_number:
            yield f"{_at(line)}: there is no module {number} in the syllabus."
    numbers = [number for number, _ in taken]
    for number in by_number:
        if numbers.count(number) != 1:
            yield f'{PLANS.as_posix()}: the plan "{plan.title}" takes module {number} {numbers.count(number)} times.'
    if numbers != sorted(numbers):
        yield f'{PLANS.as_posix()}: the plan "{plan.title}" does not take the modules in their order.'
    for kind in plan.hand_in:
        if kind not in ITEM_KINDS:
            yield f'{PLANS.as_posix()}: the plan "{plan.title}" hands in "{kind}"; use {", ".join(ITEM_KINDS)}.'


def _at(line: int) -> str:
    return f"{PLANS.as_posix()}:{line}"
