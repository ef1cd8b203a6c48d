"""From "so many per cent smaller" to a standardised difference, an overlap, a pooled mean and the winner's curse.

Group-level teaching models: two normal distributions with one spread. None of this can classify a person.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, numbers, positive
from course.models.normal import normal_cdf, normal_density, normal_quantile

_LEVEL = 0.05  # assumed: the usual level of significance, two-sided
_CRITICAL = float(normal_quantile(1.0 - _LEVEL / 2.0))


def overlap_from_percent(percent: ArrayLike, cv_percent: ArrayLike) -> tuple[Array, Array]:
    """Return (d, overlap) of two groups whose means differ by `percent` of the comparison group's mean.

    d = percent / cv, where `cv_percent` is the standard deviation in per cent of the mean; overlap = 2 cdf(-|d|/2) is
    the area that two equally wide normal distributions share, 0 to 1. Arguments broadcast. Raises ValueError unless
    the spread is above 0.
    """
    d = numbers("percent", percent) / positive("cv_percent", cv_percent)
    return np.asarray(d), np.asarray(2.0 * normal_cdf(-np.abs(d) / 2.0))


def percent_standard_error(cv_percent: ArrayLike, first: ArrayLike, second: ArrayLike) -> Array:
    """Return the standard error of a difference of means, in per cent of the mean: cv sqrt(1/n1 + 1/n2).

    Both groups have the same spread `cv_percent`; `first` and `second` are numbers of people. Arguments broadcast.
    """
    n1, n2 = positive("first", first), positive("second", second)
    return np.asarray(positive("cv_percent", cv_percent) * np.sqrt(1.0 / n1 + 1.0 / n2))


def smallest_significant(standard_error: ArrayLike) -> Array:
    """Return the smallest difference that comes out with p < 0.05, two-sided (normal approximation)."""
    return np.asarray(_CRITICAL * positive("standard_error", standard_error))


@dataclass(frozen=True)
class Pooled:
    """A random-effects mean with its standard error, the variance between studies and the share of it (I², 0 to 1)."""

    mean: float
    standard_error: float
    tau2: float
    i2: float


def random_effects(effects: ArrayLike, variances: ArrayLike) -> Pooled:
    """Return the random-effects mean of studies after DerSimonian and Laird (1986).

    `effects` and `variances` (of each study's own error) are equally long, with at least one study. tau² is what the
    scatter Q exceeds its expectation by, and 0 where it does not. Raises ValueError for other shapes or a variance
    that is not above 0.
    """
    y, v = numbers("effects", effects), positive("variances", variances)
    if y.ndim != 1 or y.size == 0 or y.shape != v.shape:
        raise ValueError("effects and variances must be two equally long lists of at least one study.")
    w = 1.0 / v
    q = float(np.sum(w * (y - np.sum(w * y) / np.sum(w)) ** 2))
    excess = q - (y.size - 1)
    # One study has no scatter and leaves nothing to divide by.
    tau2 = max(0.0, excess) / float(np.sum(w) - np.sum(w**2) / np.sum(w)) if y.size > 1 else 0.0
    weights = 1.0 / (v + tau2)
    return Pooled(
        mean=float(np.sum(weights * y) / np.sum(weights)),
        standard_error=1.0 / math.sqrt(float(np.sum(weights))),
        tau2=tau2,
        i2=max(0.0, excess / q) if q > 0.0 else 0.0,
    )


def exaggeration(d: float, n_per_group: float) -> float:
    """Return by what factor significant results overstate a true difference `d`, on average (the winner's curse).

    The estimate is normal around d with the standard error sqrt(2/n); only |estimate| above the two-sided 5 % limit is
    seen, and its mean size is divided by |d|. Raises ValueError unless `d` is other than 0 and n above 0.
    """
    true = abs(float(numbers("d", d)))
    if true == 0.0:
        raise ValueError("d is 0: a difference that is not there cannot be overstated by a factor.")
    error = math.sqrt(2.0 / float(positive("n_per_group", n_per_group)))
    limit = float(smallest_significant(error))
    above, below = (limit - true) / error, (-limit - true) / error  # in standard errors from the truth
    chance = float(normal_cdf(-above) + normal_cdf(below))
    size = true * float(normal_cdf(-above) - normal_cdf(below))
    size += error * float(normal_density(above) + normal_density(below))
    return size / chance / true
