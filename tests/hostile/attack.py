"""What one attack is, and how it is written down: a record with a few of these sections.

`answer` is the cell handed in for an item, `tries` one that gains the item if its lines run without `OSError`; `test`
and `reference` are the item's own where the usual ones do not do. `status` lists the verdicts that may be given (never
points), `says` what the sentence must hold where the verdict is `failed`, so that a slip in an attack does not look
like a defence. `gains`: in one process this attack gets points. `alone`: it would disturb other attacks. `beside`: the
reference answer (and `beside test` the test) of an earlier item. `costs others`: later items of the same submission may
be lost. `weaker LEVEL`: that level of isolation does not promise this one, and in which words it says so.

The attacks on the wire use the given cell `Forger` (see `forger.py`): `forges` while the answer cell runs, `asks` the
tests' process for something, `replies` in place of a function's result, `forges-in-call` with the test's function at
hand.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "idioms"))
import records

POINTS = 2.0


@dataclass(frozen=True)
class Attack:
    """See the module."""

    name: str
    answer: str
    reference: str = "cube = 27"
    test: str = 'assert cube == 27, "refused"'
    statuses: tuple[str, ...] = ("failed",)
    says: tuple[str, ...] = ("refused",)
    gains: bool = False
    beside: str = ""
    beside_test: str = "pass"
    costs_others: bool = False
    alone: bool = False
    forges: bool = False
    weaker: Mapping[str, str] = field(default_factory=dict)

    @property
    def item(self) -> str:
        """The id of its item."""
        return re.sub(r"\W+", "-", self.name)

    @property
    def may_hang(self) -> bool:
        """Whether it may be stopped for the time it takes."""
        return "timeout" in self.statuses

    @property
    def is_quiet(self) -> bool:
        """Whether its process goes on as if nothing had been, so that others can run beside it."""
        return self.statuses == ("failed",) and not (self.gains or self.beside or self.forges or self.alone)


def read(path: Path) -> list[Attack]:
    """The attacks of one file; raises `ValueError` for a section that it does not know."""
    attacks = []
    for name, sections in records.read(path):
        facts: dict[str, object] = {}
        weaker = {}
        for title, text in sections:
            kind, _, rest = title.partition(" ")
            if title in ("answer", "reference", "test", "beside", "beside test"):
                facts[title.replace(" ", "_")] = text
            elif kind in _CELLS:
                facts |= _CELLS[kind](text)
            elif kind == "status":
                facts["statuses"] = tuple(text.split())
            elif kind == "says":
                facts["says"] = tuple(text.split("\n"))
            elif kind == "weaker":
                weaker[rest] = text
            elif title in ("gains", "costs others", "alone"):
                facts[title.replace(" ", "_")] = True
            else:
                raise ValueError(f"{path.name}: {name} has a section “{title}”, which is no kind of section.")
        item = re.sub(r"\W+", "-", name)
        own = {k: _named(v, item) if isinstance(v, str) else v for k, v in ({"forges": False} | facts).items()}
        attacks.append(Attack(name, weaker=weaker, **{**own}))  # type: ignore[arg-type]
    return attacks


def _named(source: str, item: str) -> str:
    return source.replace("ITEMNAME", item).replace("ITEM", repr(item))


def _tries(text: str) -> Mapping[str, object]:
    body = textwrap.indent(text, "    ")
    return {"answer": f"cube = 0\ntry:\n{body}\n    cube = 27\nexcept OSError:\n    pass"}


_INTRO = (
    "forge = Forger()\nsend, raw, ask, call, receive = forge.send, forge.raw, forge.ask, forge.call, forge.receive\n"
)
_ANY = ("refused", "A check stopped with", "A check of this item", "A hidden check", "Your cell stops")


def _forges(text: str) -> Mapping[str, object]:
    return {"answer": f"cube = 0\n{_INTRO}{text}", "forges": True, "says": _ANY}


def _asks(text: str) -> Mapping[str, object]:
    body = textwrap.indent(text, "    ")
    tried = f"try:\n{body}\nexcept ValueError:\n    pass  # it was not told"
    return {"answer": f"{_INTRO}{tried}\ncube = 27 if forge.was_answered else 0", "forges": True, "says": _ANY}


def _replies(text: str) -> Mapping[str, object]:
    body = textwrap.indent(f"{_INTRO}{text}\nforge.say_no_more()\nreturn 0", "    ")
    return {
        "reference": "def replying(*arguments):\n    return 27",
        "answer": f"def replying(*arguments):\n{body}",
        "test": 'got = replying([1, 2])\nassert got == 27, "refused"',
        "forges": True,
        "says": _ANY,
    }


def _forges_in_call(text: str) -> Mapping[str, object]:
    body = textwrap.indent(text, "        ")
    head = textwrap.indent(f"number = object.__getattribute__(f, '_number')\n{_INTRO}result = 0\ntry:\n", "    ")
    return {
        "reference": "def told(f):\n    return f(3)",
        "answer": f"def told(f):\n{head}{body}\n    except (IndexError, KeyError, TypeError, ValueError):\n"
        "        pass  # it was not told\n    return result",
        "test": "secret_of_test = 27\ndef callback(x):\n    return 27 if x == 3 else 5\n"
        'assert told(callback) == secret_of_test, "refused"',
        "forges": True,
        "says": _ANY,
    }


_CELLS = {"tries": _tries, "forges": _forges, "asks": _asks, "replies": _replies, "forges-in-call": _forges_in_call}
