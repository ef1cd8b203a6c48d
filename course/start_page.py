"""START.md, the page a learner sees first.

Made from the syllabus and the crisis resources, so that one edit there is an edit here.
"""

from collections.abc import Sequence
from pathlib import Path

from course import syllabus

_PAGE = """\
# From relapse to recovery

Why do many people who live with borderline personality disorder and methamphetamine use disorder return to use, and \
what helps? This course reads one published review closely, rebuilds its claims as small models you can move with your \
own hands, and corrects it where the evidence says otherwise.

You need no programming for the lessons, nor for half of the points in the exercises.

**Start here: {first}.** Then {after}.

## What is in it

{table}

A lesson is read and tried out; nothing in it is graded. The exercises carry the points. The minutes are those of the \
lesson and of the exercises, the first time through; you can stop anywhere and go on later.

Two pages to keep at hand: the [words of this course in plain language](GLOSSARY.md), and the \
[evidence ledger](EVIDENCE.html), which says for every claim and number where it comes from and how sure it is.

## How it works

A notebook is a page made of **cells**: text, and grey boxes with code. Click into a grey box and press \
**Shift+Enter**: it runs, and the next one is selected. In a lesson, run the cells from top to bottom, or all at once \
with the menu *Run → Run All Cells*.

- **To answer**, replace the three dots `...` in an answer cell, for example `answer = "b"` or `half_life = 3.5`, and \
run the cell.
- **To check one answer**, run the locked cell under it. It says in one sentence what is wrong, and how many hidden \
checks decide the points.
- **To check the form of everything**, press **Validate** at the top of the notebook. It runs the visible checks only.
- **To see your points with the reasons**, save and run the last cell of the exercises, as often as you like. The same \
from a terminal: `autograder check exercises.ipynb`.

| Keys | What they do |
|---|---|
| Shift+Enter | run this cell and go to the next |
| ← → on a slider | one step down or up; Home and End go to its ends |
| Tab | go to the next control |
| Esc, then ↑ ↓ | leave a cell, then move from cell to cell |
| Ctrl+S (Cmd+S on a Mac) | save |

If something hangs or looks odd: menu *Kernel → Restart Kernel and Run All Cells*. After reopening a notebook, run its \
cells again to bring the simulators back to life. Should JupyterLab ask *File Changed*, press **Overwrite**: it keeps \
what you see, and only means that two savings came at once.

## Before you begin

This course discusses substance use and, in some modules, childhood maltreatment, self-harm and suicide, in a \
scientific way. You may stop, skip a cell or change the order at any time; no graded item asks about your own life. If \
something here touches you or someone close to you, these are for you too:

{resources}

This is a course about evidence. It is not medical advice, predicts nothing for a single person, and says nothing \
about how to use any drug.

## Where your work is

In this folder, on this computer, and nowhere else. It is saved by itself twice a minute. `course lab` opens the \
same folder again; it never overwrites a notebook you changed: when a newer release of it comes, it is laid beside \
yours, with the release number in its name. To get a fresh copy of a notebook, rename or delete yours and run \
`course lab` again.
"""


class MissingNotebook(ValueError):
    """The syllabus promises a notebook that is not there; `str()` is one sentence."""


def render(modules: Sequence[syllabus.Module], resources_table: str, release: Path) -> str:
    """START.md as Markdown, linking the notebooks in `release`.

    Raises MissingNotebook when the syllabus promises one that is not in `release`.
    """
    ready = [module for module in modules if module.status == "ready"]
    if not ready:
        raise MissingNotebook("The syllabus calls no module ready, so there is nothing to start with.")
    for module in ready:
        for name in ("lesson", "exercises"):
            if not (release / module.folder / f"{name}.ipynb").is_file():
                raise MissingNotebook(
                    f"The syllabus calls {module.folder} ready, but {release / module.folder / name}.ipynb is missing: "
                    "build the notebooks first."
                )
    first = f"[{ready[0].number} {ready[0].title}, the lesson]({ready[0].folder}/lesson.ipynb)"
    after = f"[its exercises]({ready[0].folder}/exercises.ipynb)"
    return _PAGE.format(
        first=first, after=after, table="\n".join([*_HEAD, *map(_row, modules)]), resources=resources_table.strip()
    )


_HEAD = ("| | Module and its question | Open | Minutes |", "|---|---|---|---|")


def _row(module: syllabus.Module) -> str:
    minutes = f"{module.lesson_minutes}&nbsp;+&nbsp;{module.exercises_minutes}"
    if module.status == "ready":
        opens = f"[lesson]({module.folder}/lesson.ipynb), [exercises]({module.folder}/exercises.ipynb)"
    else:
        opens = "in&nbsp;preparation"
    return f"| {module.number} | **{module.title}**<br>{module.question} | {opens} | {minutes} |"
