"""How far two people agree beyond chance: Cohen's kappa."""

import math

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import not_negative


def cohen_kappa(table: ArrayLike) -> float:
    """Return Cohen's kappa of a k x k table of counts: row, what one person said; column, what the other said.

    kappa = (observed - expected) / (1 - expected), where the agreement expected by chance comes from the two people's
    own shares of each answer (Cohen 1960). 1: full agreement, 0: no more than chance, below 0: less than chance;
    nan when both always gave one and the same answer, since chance alone would then agree fully.
    Raises ValueError unless the table is square, holds no negative number and counts something.
    """
    counts = not_negative("table", table)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.shape[0] < 2:
        raise ValueError(
            "The table must be square, with a row and a column for each of at least two answers; "
            f"this one has the shape {counts.shape}."
        )
    total = counts.sum()
    if total == 0.0:
        raise ValueError("The table counts nothing: every cell is 0.")
    observed = np.trace(counts) / total
    expected = counts.sum(axis=1) @ counts.sum(axis=0) / total**2
    return math.nan if expected == 1.0 else float((observed - expected) / (1.0 - expected))
