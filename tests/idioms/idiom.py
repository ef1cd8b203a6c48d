"""What one idiom is: a way to ask and to answer, with the verdict of each answer; and how it is written down.

A text file holds the idioms of one notebook, each as a record. The sections: `given` (a locked cell above the answer),
`reference` (the master's answer), `right`, `wrong`, `partly POINTS` (other answers), `between` (a locked cell below the
answer), `test`, and `refused`: the sentence that the reference answer gets from the judge where two processes cannot
give the verdict of one, after the reason in lines that start with `#`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import records

POINTS = 2.0
"""What every item is worth."""


@dataclass
class Idiom:
    """One item of a notebook; its name is the item's id. `answers`: source, status and points, the reference first."""

    name: str
    answers: list[tuple[str, str, float]] = field(default_factory=list)
    given: str = ""
    between: str = ""
    test: str = ""
    refused: str = ""


def read(path: Path) -> list[Idiom]:
    """The idioms of one file; raises `ValueError` for a section that it does not know."""
    idioms = []
    for name, sections in records.read(path):
        idiom = Idiom(name)
        for title, text in sections:
            kind, _, points = title.partition(" ")
            if kind in ("reference", "right"):
                idiom.answers.append((text, "passed", POINTS))
            elif kind == "wrong":
                idiom.answers.append((text, "failed", 0.0))
            elif kind == "partly":
                idiom.answers.append((text, "partial", float(points)))
            elif kind in ("given", "between", "test"):
                setattr(idiom, kind, text)
            elif kind == "refused":
                idiom.refused = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
            else:
                raise ValueError(f"{path.name}: {name} has a section “{title}”, which is no kind of section.")
        idioms.append(idiom)
    return idioms
