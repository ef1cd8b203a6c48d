"""How a finding is shown in the pictures of Table 1: a sign, a colour and words, the same sign in every picture."""

from collections.abc import Mapping
from dataclasses import dataclass

from course.pictures import COLOURS


@dataclass(frozen=True)
class Look:
    """How one finding is shown. `words` complete `in BPD it is …`, or stand alone."""

    sign: str
    colour: str
    words: str


_ACTIVITY = {
    "up": ("↑", COLOURS["orange"]),
    "down": ("↓", COLOURS["blue"]),
    "mixed": ("↕", COLOURS["purple"]),
    "altered": ("~", COLOURS["purple"]),
    "unclear": ("?", COLOURS["quiet"]),
    "not-stated": ("–", COLOURS["quiet"]),
}


def activity(words: Mapping[str, str]) -> dict[str, Look]:
    """Return the look of each direction of activity that the ledger knows, with the words a picture has room for.

    `words`: direction ("up", "down", "mixed", "altered", "unclear", "not-stated") → words. Raises KeyError for a
    direction without words.
    """
    return {direction: Look(sign, colour, words[direction]) for direction, (sign, colour) in _ACTIVITY.items()}
