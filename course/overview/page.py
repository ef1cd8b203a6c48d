"""The syllabus for instructors as one Markdown page: at a glance, plans, modules, and where the review is taught."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args
from urllib.parse import quote

from course import evidence, syllabus
from course.checking import coverage, plans, uses
from course.overview import outline
from course.overview.outline import Outline
from course.syllabus import Module

_MODULES = "../modules"  # from course/README.md
_KINDS = {"concept": "concept", "function": "function", "free": "short text"}
_READ_BY_LEARNERS = ("lesson", "exercises", "questions")
_COMING = "in preparation"

_PAGE = """\
<!-- Made by `make notebooks` from lessons, exercises, ledger and plans. Edit those, not this page. -->

# Syllabus for instructors

For whoever teaches with this course: what each module asks, teaches and grades, three plans, and where each part of \
the review is taught. How to set up a class stands in the [README](../README.md), the words in the \
[glossary](../assets/release/GLOSSARY.md), every claim with its source in the [ledger](../assets/evidence/claims.csv).

[At a glance](#at-a-glance) · [Plans](#plans) · [Module by module](#module-by-module) · \
[Where the review is taught](#where-the-review-is-taught)

## At a glance

{glance}

Minutes are for a first reading. *Concept items* and the *short text* need no programming; a *function* is a few lines \
of NumPy. The judge grades all but the short text, which a person reads with the mark scheme that stands under it.

## Plans

### One module in class: {meeting_minutes} minutes

Learners read the lesson before and run its cells. All plans use this meeting:

{meeting}

| | together, of the lesson | to discuss |
|---|---|---|
{in_class}

{plans}

### {session_title}: {session_minutes} minutes

{session_text}

{session}

## Module by module

The levels are Bloom's. The *wrong ideas* are the names that the judge gives to answers it recognises; the sentence a \
learner gets for each stands in the module's `exercises.py`. The statuses are those of the ledger.

{modules}

## Where the review is taught

{review}
"""


def render(root: Path, modules: Sequence[Module] | None = None) -> str:
    """Return the page for the checkout `root`. `modules`: instead of those of its syllabus.

    A module that is planned is named and not described. Raises ValueError, in one sentence, for a source that cannot
    be read.
    """
    if modules is None:
        modules = syllabus.load(root / "assets" / "syllabus.yml")
    outlines = {each.number: outline.read(root, each.folder) for each in modules if each.status == "ready"}
    plan = plans.read(root / plans.PLANS)
    return _PAGE.format(
        glance=_glance(modules, outlines),
        meeting_minutes=plan.meeting.minutes,
        meeting=_table(("minutes", "what happens"), [(str(step.minutes), step.do) for step in plan.meeting.steps]),
        in_class="\n".join(_in_class(module, plan.modules[module.number], root) for module in modules),
        plans="\n\n".join(_plan(each, plan.meeting.minutes, modules, outlines) for each in plan.plans),
        session_title=plan.session.title,
        session_minutes=plan.session.minutes,
        session_text=plan.session.text,
        session=_session(plan.session, modules),
        modules="\n\n".join(
            _module(module, outlines.get(module.number), rows) for module, rows in _ledger(root, modules)
        ),
        review=_review(coverage.read(root / coverage.COVERAGE), modules),
    )


def _glance(modules: Sequence[Module], outlines: Mapping[str, Outline]) -> str:
    rows = []
    for module in modules:
        here = outlines.get(module.number)
        counts = [sum(item.kind == kind for item in here.items) for kind in _KINDS] if here else []
        rows.append(
            (
                module.number,
                f"**{module.title}**<br>{module.question}",
                f"{module.lesson_minutes} + {module.exercises_minutes}",
                " + ".join(map(str, counts)) or _COMING,
                str(sum(item.points for item in here.items)) if here else "",
            )
        )
    lessons, exercises = (
        sum(getattr(module, name) for module in modules) for name in ("lesson_minutes", "exercises_minutes")
    )
    points = sum(item.points for here in outlines.values() for item in here.items)
    so_far = "" if len(outlines) == len(modules) else " so far"
    rows.append(("", "**In all**", f"{lessons} + {exercises}", "", f"{points}{so_far}"))
    head = (
        "",
        "module and its question",
        "minutes: lesson + exercises",
        "concept items + functions + short texts",
        "points",
    )
    return _table(head, rows)


def _in_class(module: Module, here: plans.InClass, root: Path) -> str:
    if module.status != "ready":
        return _row((module.number, _COMING, ""))
    question = _link(module, plans.QUESTIONS, f"question {here.discuss}")
    asked = plans.questions(root, module.folder)[here.discuss - 1]
    together = "<br>".join(_link(module, heading) for heading in here.together)
    return _row((module.number, together, f"{question}: {asked}"))


def _plan(plan: plans.Plan, in_class: int, modules: Sequence[Module], outlines: Mapping[str, Outline]) -> str:
    by_number = {module.number: module for module in modules}
    rows = []
    for number, week in enumerate(plan.weeks, start=1):
        taken = [by_number[name] for name in week.modules]
        home = sum(module.lesson_minutes + module.exercises_minutes for module in taken)
        rows.append(
            (
                str(number),
                "<br>".join(f"{module.number} {module.title}" for module in taken) or "–",
                str(home) if taken else "–",
                str(in_class * max(1, len(taken))),
                "<br>".join(_hand_in(module, outlines.get(module.number), plan.hand_in) for module in taken) or "–",
                week.do,
            )
        )
    head = ("week", "modules", "at home, minutes", "in class, minutes", "hand in", "besides")
    whole = (
        ""
        if set(plan.hand_in) == set(_KINDS)
        else " The minutes at home are for all items; handing in fewer takes less."
    )
    return f"### {plan.title}\n\n{plan.text}{whole}\n\n{_table(head, rows)}"


def _hand_in(module: Module, here: Outline | None, kinds: Iterable[str]) -> str:
    if here is None:
        return f"{module.number}: {_COMING}"
    wanted = [(number, item) for number, item in enumerate(here.items, start=1) if item.kind in kinds]
    points = sum(item.points for _, item in wanted)
    which = "all items" if len(wanted) == len(here.items) else f"items {_runs([number for number, _ in wanted])}"
    return f"{module.number}: {which} ({points} points)"


def _runs(numbers: Sequence[int]) -> str:
    """1, 2, 3, 5 → "1–3, 5"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in parts)


def _session(session: plans.Session, modules: Sequence[Module]) -> str:
    by_number = {module.number: module for module in modules}
    rows = [
        (str(step.minutes), _link(by_number[step.module], step.heading, numbered=True) if step.module else "", step.do)
        for step in session.steps
    ]
    return _table(("minutes", "part of a lesson", "what happens"), rows)


def _ledger(root: Path, modules: Iterable[Module]) -> list[tuple[Module, list[evidence.Claim]]]:
    """Each module with the claims that its lesson, exercises or questions use, in ledger order."""
    rows = evidence.claims()
    found = uses.find_uses(root, {row.id for row in rows})
    named: dict[str, set[str]] = {}
    for use in found:
        named.setdefault(use.label, set()).add(use.claim_id)
    pairs = []
    for module in modules:
        ids = set().union(*(named.get(f"{stem} {module.number}", set()) for stem in _READ_BY_LEARNERS))
        pairs.append((module, [row for row in rows if row.id in ids]))
    return pairs


def _module(module: Module, here: Outline | None, rows: Sequence[evidence.Claim]) -> str:
    title = f"### {module.number} {module.title}\n\n*{module.question}*"
    if here is None:
        return f"{title} ({_COMING})"
    folder = f"{_MODULES}/{module.folder}"
    opens = (
        f"[lesson]({folder}/lesson.ipynb), {module.lesson_minutes} minutes · "
        f"[exercises]({folder}/exercises.ipynb), {module.exercises_minutes} minutes"
    )
    objectives = _table(
        ("", "objective", "level", "items"),
        [
            (
                each.id,
                each.text,
                each.level,
                _runs([n for n, item in enumerate(here.items, start=1) if item.objective == each.id]) or "lesson only",
            )
            for each in here.objectives
        ],
    )
    items = _table(
        ("", "item", "kind", "objective", "points", "wrong ideas it knows"),
        [
            (
                str(number), item.title, _KINDS[item.kind], item.objective, str(item.points),
                _names(item.misconceptions) or ("mark scheme" if item.kind == "free" else "none"),
            )
            for number, item in enumerate(here.items, start=1)
        ],
    )  # fmt: skip
    by_status = {status: [row.id for row in rows if row.status == status] for status in get_args(evidence.Status)}
    ledger = _table(
        ("status", "rows of the ledger"), [(name, _names(ids) or "none") for name, ids in by_status.items()]
    )
    parts = [title, opens, objectives, items]
    if here.asked_about:
        told = f"Wrong ideas that the lesson's own questions know by name ({len(here.asked_about)})"
        parts.append(_folded(told, _names(here.asked_about)))
    parts.append(_folded(f"Rows of the ledger it uses ({len(rows)})", ledger))
    return "\n\n".join(parts)


def _review(table: Sequence[coverage.Taught], modules: Sequence[Module]) -> str:
    by_number = {module.number: module for module in modules}
    places: dict[tuple[str, str], list[str]] = {(line.kind, line.name): [] for line in table}
    for line in sorted(table, key=lambda each: each.module):
        module = by_number[line.module]
        shown = (
            _link(module, line.heading, numbered=True) if module.status == "ready" else f"{module.number}, {_COMING}"
        )
        here = places[line.kind, line.name]
        if shown not in here:
            here.append(shown)
    regions = {region.id: f"{region.region} ({region.abbreviation})" for region in evidence.regions()}

    figures = {name: f"{name}, {shows}" for name, shows in coverage.FIGURES.items()}
    shown_as = {"section": {}, "figure": figures, "region": regions}

    def part(kind: str, title: str, head: str) -> str:
        rows = [
            (shown_as[kind].get(name, name), "<br>".join(here))
            for (its_kind, name), here in places.items()
            if its_kind == kind
        ]
        return f"### {title}\n\n{_table((head, 'taught in'), rows)}"

    return "\n\n".join(
        (
            "The review is [Ijaz and Khan 2025](https://doi.org/10.5281/zenodo.17919635). Its headings stand here as "
            "addresses; where one of them claims more than was shown, the lesson says so.",
            part("section", "Sections", "section of the review"),
            part("figure", "Figures", "figure"),
            part("region", "Table 1", "row"),
        )
    )


def _link(module: Module, heading: str, text: str = "", numbered: bool = False) -> str:
    """A link to a heading of a lesson, as JupyterLab writes such anchors; elsewhere it opens the lesson at its top."""
    anchor = quote(heading.replace(" ", "-"), safe=":,?!")
    shown = text or (f"{module.number} {heading}" if numbered else heading)
    return f"[{shown}]({_MODULES}/{module.folder}/lesson.ipynb#{anchor})"


def _folded(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([_row(head), "|" + "---|" * len(head), *map(_row, rows)])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
