"""What became of one cell, in the judge's own terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from autograder.intake.words import plain


@dataclass(frozen=True)
class Ran:
    """A cell ran to its end; `value` describes the value of a test cell's last expression."""

    value: Mapping[str, Any] | None


@dataclass(frozen=True)
class Raised:
    """A cell stopped with an exception. `line`: of this cell; `direct`: raised by this cell itself, not by what it
    called.
    """

    type: str
    message: str
    line: int | None
    assertion: bool
    direct: bool


@dataclass(frozen=True)
class Lost:
    """No usable answer came: too slow, too large, too talkative, the process died, or what came was not its own."""

    why: Literal["timeout", "memory", "output", "died", "forged"]
    detail: str = ""


Outcome = Ran | Raised | Lost


def outcome_of(told: Any) -> Outcome:
    """What the tests' process tells of a cell; part of it is what the learner's claims, and is taken as that."""
    if told is None:
        return Ran(None)
    if not isinstance(told, dict):
        return Lost("forged")
    if "stopped" not in told:
        value = told.get("value")
        return Ran(value) if isinstance(value, dict) else Lost("forged")
    stopped = told["stopped"]
    if not isinstance(stopped, dict) or not all(isinstance(stopped.get(key), str) for key in ("type", "message")):
        return Lost("forged")
    line = stopped.get("line")
    return Raised(
        type=plain(stopped["type"], 80),
        message=plain(stopped["message"]),
        line=line if isinstance(line, int) and not isinstance(line, bool) else None,
        assertion=stopped.get("assertion") is True,
        direct=stopped.get("direct") is True,
    )
