"""What one module holds, read from its sources: objectives, graded items, and the wrong ideas it tells apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext

from course import questions
from course.checking.passages import prose

_OBJECTIVE = re.compile(r"^\| (O\d+) \| (.+?) \| (.+?) \|$")
_ITEM = re.compile(r"^## \d+\. (.+?) \(\{\{points ([a-z0-9-]+)\}\}, O\d+\)$", re.MULTILINE)
_KINDS = {"c": "concept", "m": "function", "f": "free"}
"""The first letter of an item's id says what it asks for."""


class BadModule(ValueError):
    """A module's sources do not say what the overview needs; `str()` is one sentence with the file."""


@dataclass(frozen=True)
class Objective:
    """What a learner can do afterwards, and on which level of Bloom's taxonomy."""

    id: str
    text: str
    level: str


@dataclass(frozen=True)
class Item:
    """One graded item. `kind`: concept, function or free (a text that a person reads)."""

    id: str
    title: str
    points: int
    objective: str
    kind: str
    misconceptions: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """One module: `asked_about` are the misconceptions that its lesson's self-check questions name."""

    objectives: tuple[Objective, ...]
    items: tuple[Item, ...]
    asked_about: tuple[str, ...]


def read(root: Path, folder: str) -> Outline:
    """Return the outline of `modules/FOLDER` below `root`.

    Raises BadModule for an item without a title or with an unknown objective, and for a lesson without a table of
    objectives; ValueError for a file that cannot be read.
    """
    module = root / "modules" / folder
    lesson = (passage.text for passage in prose(module / "lesson.py", root))
    objectives = tuple(Objective(*match.groups()) for line in lesson if (match := _OBJECTIVE.match(line)))
    if not objectives:
        raise BadModule(
            f"modules/{folder}/lesson.py: there is no table of objectives with lines such as | O1 | … | apply |."
        )
    wrong_ideas: dict[str, list[str]] = {}
    for cell in _cells(module / "answer_bank.py"):
        if "misconception" in cell.metadata:
            wrong_ideas.setdefault(cell.metadata["answer"], []).append(cell.metadata["misconception"])
    cells = _cells(module / "exercises.py")
    titles = {name: title for cell in cells for title, name in _ITEM.findall(cell.source)}
    items = []
    for cell in cells:
        name = cell.metadata.get("test") or cell.metadata.get("free")
        if name is None:
            continue
        objective, kind = cell.metadata.get("objective"), _KINDS.get(name[0])
        if name not in titles or kind is None or objective not in {each.id for each in objectives}:
            raise BadModule(
                f'modules/{folder}/exercises.py: the item "{name}" needs a heading with its points, an id that begins '
                f"with {', '.join(_KINDS)}, and an objective of the lesson."
            )
        points = int(cell.metadata["points"])
        items.append(Item(name, titles[name], points, objective, kind, _once(wrong_ideas.get(name, []))))
    asked = questions.load(module / "questions.yml").values()
    named = [option.misconception for each in asked for option in each.options]
    named += [idea.misconception for each in asked for idea in each.misconceptions]
    return Outline(objectives, tuple(items), _once(filter(None, named)))


def _cells(path: Path) -> list[Any]:
    return list(jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent").cells)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
