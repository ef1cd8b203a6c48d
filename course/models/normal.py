"""The standard normal distribution, and two correlated ones above one threshold, to nearly full double precision."""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction, numbers

_ERFC = np.vectorize(math.erfc, otypes=[np.float64])
_QUANTILE = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)  # numerical: the integrand is smooth; error below 1e-14


def normal_density(x: ArrayLike) -> Array:
    """Return the density of the standard normal distribution at `x`, in its shape."""
    return np.asarray(np.exp(-(numbers("x", x) ** 2) / 2.0) / math.sqrt(2.0 * math.pi))


def normal_cdf(x: ArrayLike) -> Array:
    """Return the share of a standard normal distribution below `x`, in its shape.

    By the complementary error function, so that far tails keep their relative precision (about 1e-15).
    """
    return np.asarray(_ERFC(-numbers("x", x) / math.sqrt(2.0)) / 2.0)


def normal_quantile(share: ArrayLike) -> Array:
    """Return the point below which that share of a standard normal distribution lies (Wichura's AS 241, about 1e-15).

    Raises ValueError unless each share lies between 0 and 1, ends excluded.
    """
    shares = numbers("share", share)
    if np.any((shares <= 0.0) | (shares >= 1.0)):
        raise ValueError("share must lie between 0 and 1, ends excluded.")
    return np.asarray(_QUANTILE(shares))


def both_above(threshold: ArrayLike, correlation: ArrayLike) -> Array:
    """Return P(X > t and Y > t) for two standard normal variables with a correlation from 0 to 1; arguments broadcast.

    Plackett's integral over the correlation, for equal thresholds with r = sin(a):
    (1 - cdf(t))^2 + 1/(2 pi) * integral from 0 to asin(r) of exp(-t^2 / (1 + sin a)) da.
    Raises ValueError for a correlation outside 0-1.
    """
    t, angle = np.broadcast_arrays(numbers("threshold", threshold), np.arcsin(fraction("correlation", correlation)))
    points = angle[..., None] * (1.0 + _NODES) / 2.0
    heights = np.exp(-(t[..., None] ** 2) / (1.0 + np.sin(points)))
    return np.asarray(normal_cdf(-t) ** 2 + angle / 2.0 * (heights @ _WEIGHTS) / (2.0 * math.pi))
