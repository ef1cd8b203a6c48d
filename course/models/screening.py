"""Who is lost between a search and a review: one or two reviewers, and the flow of records through the PRISMA boxes.

The sensitivity and specificity of reviewers come from a trial on other topics (ledger); a group-level teaching model.
Recall over the whole of the literature stays unknown: only records that were found can be screened.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course import evidence
from course.models.checks import Array, fraction, not_negative, one_of

REVIEWERS = ("single", "dual")


@dataclass(frozen=True)
class Screening:
    """How well titles and abstracts are screened, as shares from 0 to 1.

    `sensitivity`: of the relevant records, those kept; `specificity`: of the irrelevant records, those set aside.
    """

    sensitivity: float
    specificity: float

    def __post_init__(self) -> None:
        """Raise ValueError unless both are shares."""
        fraction("sensitivity", self.sensitivity)
        fraction("specificity", self.specificity)


def published(reviewers: str) -> Screening:
    """Return what one trial measured for "single" or "dual" screening, read from the ledger.

    In the trial a record stayed in dual screening when either reviewer kept it (Gartlehner 2020). Raises ValueError
    for another word.
    """
    one_of("reviewers", reviewers, REVIEWERS)
    return Screening(
        evidence.value(f"screening-sensitivity-{reviewers}") / 100.0,
        evidence.value(f"screening-specificity-{reviewers}") / 100.0,
    )


def either_includes(sensitivity: ArrayLike, specificity: ArrayLike) -> tuple[Array, Array]:
    """Return (sensitivity, specificity) of two like reviewers when a record stays if either keeps it.

    Assumes that they err independently: 1 - (1 - se)^2 and sp^2. Shares from 0 to 1; raises ValueError for others.
    """
    se, sp = fraction("sensitivity", sensitivity), fraction("specificity", specificity)
    return np.asarray(1.0 - (1.0 - se) ** 2), np.asarray(sp**2)


def both_include(sensitivity: ArrayLike, specificity: ArrayLike) -> tuple[Array, Array]:
    """Return (sensitivity, specificity) of two like reviewers when a record stays only if both keep it.

    Assumes that they err independently: se^2 and 1 - (1 - sp)^2. Shares from 0 to 1; raises ValueError for others.
    """
    se, sp = fraction("sensitivity", sensitivity), fraction("specificity", specificity)
    return np.asarray(se**2), np.asarray(1.0 - (1.0 - sp) ** 2)


def missed(records: ArrayLike, prevalence: ArrayLike, sensitivity: ArrayLike) -> Array:
    """Return how many relevant records are set aside by mistake: records x prevalence x (1 - sensitivity).

    `records`: how many are screened; the others are shares from 0 to 1; all broadcast together. Raises ValueError for
    a negative number of records or a share outside 0-1.
    """
    relevant = not_negative("records", records) * fraction("prevalence", prevalence)
    return np.asarray(relevant * (1.0 - fraction("sensitivity", sensitivity)))


def falsely_kept(records: ArrayLike, prevalence: ArrayLike, specificity: ArrayLike) -> Array:
    """Return how many irrelevant records go on to be read in full: records x (1 - prevalence) x (1 - specificity).

    Arguments and errors as for `missed`.
    """
    irrelevant = not_negative("records", records) * (1.0 - fraction("prevalence", prevalence))
    return np.asarray(irrelevant * (1.0 - fraction("specificity", specificity)))


@dataclass(frozen=True)
class Flow:
    """Whole records in each box of a PRISMA diagram; every box equals what leaves it.

    identified = duplicates + screened; screened = set_aside + assessed; assessed = ineligible + included.
    `relevant`: among those screened; `missed`: relevant ones set aside at screening; `turned_away`: relevant ones
    refused by the eligibility criteria. relevant = missed + turned_away + included.
    """

    first: int
    second: int
    duplicates: int
    set_aside: int
    ineligible: int
    included: int
    relevant: int
    missed: int
    turned_away: int

    @property
    def identified(self) -> int:
        """Records from both databases."""
        return self.first + self.second

    @property
    def screened(self) -> int:
        """Records whose title and abstract are read."""
        return self.identified - self.duplicates

    @property
    def assessed(self) -> int:
        """Reports read in full."""
        return self.screened - self.set_aside


def flow(first: int, second: int, overlap: float, prevalence: float, screening: Screening, strictness: float) -> Flow:
    """Return the flow of `first` + `second` records from two databases to the studies included.

    `overlap`: share of the smaller database's records that the other holds, too (these are the duplicates).
    `prevalence`: share of relevant records among those screened. `strictness`: share of the relevant reports read in
    full that the eligibility criteria turn away. All are shares from 0 to 1. Reading in full recognises every
    irrelevant report (assumed). Expected numbers, rounded to whole records without losing one.
    Raises ValueError for a negative number of records or a share outside 0-1.
    """
    for name, records in (("first", first), ("second", second)):
        not_negative(name, records)
    duplicates = round(float(fraction("overlap", overlap)) * min(first, second))
    screened = first + second - duplicates
    relevant = round(float(fraction("prevalence", prevalence)) * screened)
    lost = round((1.0 - screening.sensitivity) * relevant)
    let_in = round((1.0 - screening.specificity) * (screened - relevant))
    turned_away = round(float(fraction("strictness", strictness)) * (relevant - lost))
    return Flow(
        first=first,
        second=second,
        duplicates=duplicates,
        set_aside=screened - (relevant - lost) - let_in,
        ineligible=let_in + turned_away,
        included=relevant - lost - turned_away,
        relevant=relevant,
        missed=lost,
        turned_away=turned_away,
    )
