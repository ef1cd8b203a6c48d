"""From "how many with A have B" to "how many with B have A": Bayes' rule, as shares and as counted people.

Group-level arithmetic; none of it says anything about one person. The predictive value of a test at a base rate is
`retrieval.precision_at_prevalence`, the same rule; how sure a counted share is says `proportion.wilson_interval`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction, not_negative, positive


def invert(p_b_given_a: ArrayLike, p_a: ArrayLike, p_b: ArrayLike) -> Array:
    """Return P(A|B) = P(B|A) P(A) / P(B); shares from 0 to 1, broadcast.

    Raises ValueError for a share outside 0-1, for P(B) = 0, and where A and B together would be more common than B.
    """
    joint = fraction("p_b_given_a", p_b_given_a) * fraction("p_a", p_a)
    b = fraction("p_b", p_b)
    if np.any(b == 0.0):
        raise ValueError("p_b is 0: among nobody no share can be counted.")
    if np.any(joint > b * (1.0 + 1e-12)):  # numerical: room for rounding where everybody with B has A
        raise ValueError(
            "A and B together would be more common than B alone: these three shares cannot occur together."
        )
    return np.asarray(np.minimum(joint / b, 1.0))


@dataclass(frozen=True)
class Counts:
    """People out of `people`: with A, with B, and with both (expected numbers, not rounded)."""

    people: float
    a: float
    b: float
    both: float

    @property
    def b_in_a(self) -> float:
        """Share of people with A who have B, 0 to 1."""
        return self.both / self.a

    @property
    def a_in_b(self) -> float:
        """Share of people with B who have A, 0 to 1."""
        return self.both / self.b


def natural_frequencies(people: float, p_b_given_a: float, p_a: float, p_b: float) -> Counts:
    """Return how many of so many people have A, B and both. Raises ValueError as `invert` does, and if nobody has A."""
    many = float(positive("people", people))
    with_b = many * float(fraction("p_b", p_b))
    both = with_b * float(invert(p_b_given_a, p_a, p_b))
    return Counts(many, float(positive("p_a", p_a)) * many, with_b, both)


def risk_ratio(odds_ratio: ArrayLike, base_risk: ArrayLike) -> Array:
    """Return the risk ratio that an odds ratio means where the comparison group has `base_risk`; arguments broadcast.

    RR = OR / (1 - p0 + p0 OR) (Zhang and Yu 1998). Raises ValueError for a negative odds ratio or a risk outside 0-1.
    """
    odds, base = not_negative("odds_ratio", odds_ratio), fraction("base_risk", base_risk)
    if np.any((base == 1.0) & (odds == 0.0)):
        raise ValueError("With a base risk of 1 an odds ratio of 0 has no risk ratio.")
    return np.asarray(odds / (1.0 - base + base * odds))
