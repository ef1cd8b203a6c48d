"""What a search found, measured: precision and recall of sets of records, and precision where fewer are relevant.

Recall needs a reference set, a list of everything that is relevant; outside a teaching corpus nobody has one.
"""

import math
from collections.abc import Hashable
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction


def precision(retrieved: AbstractSet[Hashable], relevant: AbstractSet[Hashable]) -> float:
    """Return the share of the retrieved records that are relevant, 0 to 1; nan when nothing was retrieved."""
    return len(retrieved & relevant) / len(retrieved) if retrieved else math.nan


def recall(retrieved: AbstractSet[Hashable], relevant: AbstractSet[Hashable]) -> float:
    """Return the share of the relevant records that were retrieved, 0 to 1; raises ValueError if none is relevant."""
    if not relevant:
        raise ValueError("Recall is not defined without a relevant record: there is nothing to find.")
    return len(retrieved & relevant) / len(relevant)


def search_scores(retrieved: AbstractSet[Hashable], relevant: AbstractSet[Hashable]) -> tuple[float, float]:
    """Return (precision, recall) of a search: (nan, 0) when nothing was retrieved.

    Raises ValueError if no record is relevant.
    """
    return precision(retrieved, relevant), recall(retrieved, relevant)


def precision_at_prevalence(sensitivity: ArrayLike, specificity: ArrayLike, prevalence: ArrayLike) -> Array:
    """Return the precision of the same search where a share `prevalence` of all records is relevant (Bayes' rule).

    All three are shares from 0 to 1, broadcast together: sensitivity is recall, specificity the share of irrelevant
    records that stay out. nan where nothing at all would be retrieved. Raises ValueError for a share outside 0-1.
    """
    kept = fraction("sensitivity", sensitivity) * fraction("prevalence", prevalence)
    let_in = (1.0 - fraction("specificity", specificity)) * (1.0 - fraction("prevalence", prevalence))
    with np.errstate(invalid="ignore"):
        return np.asarray(kept / (kept + let_in))
