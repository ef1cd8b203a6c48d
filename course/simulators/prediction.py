"""What a learner commits to before a simulator opens: read kindly, judged never."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from types import EllipsisType

GATE = (
    "Write your prediction in the cell above, run that cell and then this one. "
    "It will be drawn over the result, and nobody marks it."
)


class UnreadablePrediction(ValueError):
    """A prediction that is no prediction; the sentence says what to write instead."""


@dataclass(frozen=True)
class NumberPrediction:
    """A number with a unit between two ends that any sensible guess lies between."""

    example: float
    unit: str
    low: float
    high: float

    def read(self, raw: object) -> float | None:
        """Return the prediction, None while it is still three dots; raises UnreadablePrediction."""
        if raw is None or isinstance(raw, EllipsisType):
            return None
        how = f"write a number in {self.unit}, without quotation marks, for example prediction = {self.example:g}."
        number = float(raw) if isinstance(raw, Real) and not isinstance(raw, bool) else math.nan
        if not math.isfinite(number):
            raise UnreadablePrediction(f"Your prediction is {_shown(raw)}: {how}")
        if not self.low <= number <= self.high:
            raise UnreadablePrediction(
                f"Your prediction is {number:g} {self.unit}, outside what can be drawn here: "
                f"write a number from {self.low:g} to {self.high:g}."
            )
        return number


@dataclass(frozen=True)
class WordPrediction:
    """One of a few words; several ways of writing each are accepted."""

    words: Mapping[str, str]

    def read(self, raw: object) -> str | None:
        """Return the word as this course writes it, None while it is three dots; raises UnreadablePrediction."""
        if raw is None or isinstance(raw, EllipsisType):
            return None
        word = self.words.get(raw.strip().lower()) if isinstance(raw, str) else None
        if word is None:
            choices = " or ".join(f'"{choice}"' for choice in dict.fromkeys(self.words.values()))
            raise UnreadablePrediction(f"Your prediction is {_shown(raw)}: write {choices}, with the quotation marks.")
        return word


def _shown(raw: object) -> str:
    text = f'the text "{raw}"' if isinstance(raw, str) else repr(raw)
    return text if len(text) <= 60 else f"a {type(raw).__name__}"
