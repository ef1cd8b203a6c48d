"""How far a counted share may be from the share behind it."""

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, not_negative


def wilson_interval(count: ArrayLike, out_of: ArrayLike) -> tuple[Array, Array]:
    """Return the ends of Wilson's 95 % interval for shares `count / out_of`; 0 and 1 where nothing was counted.

    Arguments broadcast. Raises ValueError unless 0 <= count <= out_of.
    """
    hits, n = not_negative("count", count), not_negative("out_of", out_of)
    if np.any(hits > n):
        raise ValueError("count must not exceed out_of.")
    z2 = 1.96**2  # numerical: the normal quantile of 95 %
    centre = (hits + z2 / 2.0) / (n + z2)
    half = np.sqrt(z2 * (hits * (n - hits) / np.maximum(n, 1.0) + z2 / 4.0)) / (n + z2)  # numerical: Wilson's formula
    return np.maximum(0.0, centre - half), np.minimum(1.0, centre + half)
