"""Liability and heritability: what twins tell about variance, and what a threshold makes of it in families.

All of this is about differences between people of one population at one time; none of it is about a person.
Liability: many small causes, genetic and environmental, that add up to a normally distributed sum; those above a
threshold have the diagnosis (Falconer 1965). Genes and environments are taken as independent.
"""

import numpy as np
from numpy.typing import ArrayLike

from course.models.checks import Array, fraction, not_negative, numbers
from course.models.normal import both_above, normal_cdf, normal_quantile

RELATEDNESS = {
    "identical twin": 1.0,
    "full sibling": 0.5,
    "half-sibling": 0.25,  # assumed: half of a full sibling's, by descent
    "cousin": 0.125,  # assumed: a quarter of a full sibling's, by descent
}
"""The share of genetic variance that a pair of relatives has in common."""


def falconer(r_mz: float, r_dz: float) -> tuple[float, float, float]:
    """Return (h2, c2, e2) from the correlations within identical and fraternal pairs of twins.

    h2 = 2 (r_mz - r_dz), c2 = 2 r_dz - r_mz, e2 = 1 - r_mz. They sum to 1; a negative one says that the model does not
    fit these twins, and is returned as it is. Raises ValueError for a correlation outside -1 to 1.
    """
    mz, dz = numbers("r_mz", r_mz), numbers("r_dz", r_dz)
    if np.any(np.abs([mz, dz]) > 1.0):
        raise ValueError("r_mz and r_dz are correlations and must lie between -1 and 1.")
    return float(2.0 * (mz - dz)), float(2.0 * dz - mz), float(1.0 - mz)


def heritability_when_environment_scales(heritability: ArrayLike, times: ArrayLike) -> Array:
    """Return h2 after the environment's variance is multiplied by `times` while the genetic variance stays.

    h2 / (h2 + (1 - h2) times); arguments broadcast. Raises ValueError for a heritability outside 0-1, negative `times`,
    or when no variance is left.
    """
    genes, factor = fraction("heritability", heritability), not_negative("times", times)
    total = genes + (1.0 - genes) * factor
    if np.any(total == 0.0):
        raise ValueError("times leaves no variance at all, so there is nothing to take a share of.")
    return np.asarray(genes / total)


def risk_in_relatives(prevalence: ArrayLike, heritability: ArrayLike, relatedness: ArrayLike) -> Array:
    """Return the risk (0 to 1) in relatives of people with the diagnosis; arguments broadcast.

    P(both above the threshold) / prevalence, with the liabilities of the pair correlated by heritability times
    relatedness (1 identical twins, 1/2 full siblings, 1/4 half-siblings, 1/8 cousins): additive genes, and no shared
    environment. Raises ValueError for a prevalence that is not between 0 and 1, or another argument outside 0-1.
    """
    k = fraction("prevalence", prevalence)
    if np.any((k <= 0.0) | (k >= 1.0)):
        raise ValueError("prevalence must lie between 0 and 1, ends excluded.")
    correlation = fraction("heritability", heritability) * fraction("relatedness", relatedness)
    return np.asarray(both_above(normal_quantile(1.0 - k), correlation) / k)


def recurrence_ratio(prevalence: ArrayLike, heritability: ArrayLike, relatedness: ArrayLike) -> Array:
    """Return the risk in relatives divided by the prevalence: 1 without genetic variance; arguments broadcast."""
    return np.asarray(risk_in_relatives(prevalence, heritability, relatedness) / numbers("prevalence", prevalence))


def ratio_to_unaffected_families(prevalence: ArrayLike, heritability: ArrayLike, relatedness: ArrayLike) -> Array:
    """Return the risk in relatives of people with the diagnosis over that in relatives of people without it.

    This is what a register's hazard ratios come close to; with a rare diagnosis it lies just above `recurrence_ratio`.
    """
    k = numbers("prevalence", prevalence)
    risk = risk_in_relatives(k, heritability, relatedness)
    return np.asarray(risk * (1.0 - k) / (k * (1.0 - risk)))


def risk_interaction(base: ArrayLike, first: ArrayLike, second: ArrayLike) -> Array:
    """Return how far the joint effect of two causes on the risk exceeds the sum of their single effects.

    The causes add on the scale of liability (`base`, `base + first`, `base + second`, all in standard deviations from
    the threshold), so whatever is returned comes from the curve alone. Arguments broadcast.
    """
    b, one, two = numbers("base", base), numbers("first", first), numbers("second", second)
    return np.asarray(normal_cdf(b + one + two) - normal_cdf(b + one) - normal_cdf(b + two) + normal_cdf(b))
