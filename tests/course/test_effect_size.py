"""Effect sizes, pooling and the winner's curse: against closed forms, other ways to compute, and a simulation."""

import math

import numpy as np
import pytest

from course.models.effect_size import (
    exaggeration,
    overlap_from_percent,
    percent_standard_error,
    random_effects,
    smallest_significant,
)
from course.models.normal import normal_density


@pytest.mark.parametrize(
    ("percent", "cv", "d", "overlap"), [(16, 12, 1.333, 0.505), (8, 14, 0.571, 0.775), (0, 12, 0.0, 1.0)]
)
def test_per_cent_to_d_to_overlap(percent, cv, d, overlap):
    found = overlap_from_percent(percent, cv)
    assert [float(part) for part in found] == pytest.approx([d, overlap], abs=0.0005)


def test_the_overlap_is_the_area_under_both_curves_and_has_no_side():
    x = np.linspace(-12, 12, 240_001)
    both = np.minimum(normal_density(x), normal_density(x - 4 / 3))
    assert float(overlap_from_percent(16, 12)[1]) == pytest.approx(float(np.trapezoid(both, x)), rel=1e-6)
    assert float(overlap_from_percent(-16, 12)[1]) == float(overlap_from_percent(16, 12)[1])


def test_a_small_study_can_only_find_a_large_difference():
    error = percent_standard_error(12.0, 8, 8)
    assert float(error) == pytest.approx(6.0)
    assert float(smallest_significant(error)) == pytest.approx(11.76, abs=0.005)
    assert float(percent_standard_error(12.0, 10, 23)) == pytest.approx(12 * math.sqrt(1 / 10 + 1 / 23))


# DerSimonian and Laird


def test_equal_variances_give_tau2_as_sample_variance_less_error():
    y = np.array([0.1, 0.9, 0.4, 1.3])
    pooled = random_effects(y, [0.02] * 4)
    assert pooled.tau2 == pytest.approx(y.var(ddof=1) - 0.02)
    assert pooled.mean == pytest.approx(y.mean())
    assert pooled.standard_error == pytest.approx(math.sqrt(y.var(ddof=1) / 4))
    assert pooled.i2 == pytest.approx(1 - 0.02 / y.var(ddof=1))


def test_pooling_by_loops_over_studies():
    y, v = [16.0, 13.1, 21.0, 17.0], [13.7, 20.7, 36.0, 10.6]
    weight = [1 / each for each in v]
    fixed = sum(w * each for w, each in zip(weight, y, strict=True)) / sum(weight)
    q = sum(w * (each - fixed) ** 2 for w, each in zip(weight, y, strict=True))
    assert q < 3  # less scatter than their own errors explain: no variance between studies
    pooled = random_effects(y, v)
    assert (pooled.tau2, pooled.i2) == (0.0, 0.0)
    assert pooled.mean == pytest.approx(fixed)
    spread = random_effects([0.0, 13.1, 31.0, 17.0], v)
    weight = [1 / (each + spread.tau2) for each in v]
    assert spread.tau2 > 0
    assert spread.mean == pytest.approx(
        sum(w * each for w, each in zip(weight, [0.0, 13.1, 31.0, 17.0], strict=True)) / sum(weight)
    )


def test_one_study_is_its_own_mean():
    pooled = random_effects([16.0], [13.7])
    assert (pooled.mean, pooled.tau2, pooled.i2) == (16.0, 0.0, 0.0)
    assert pooled.standard_error == pytest.approx(math.sqrt(13.7))


def test_tau2_is_right_on_average():
    # 4,000 meta-analyses of 12 studies with known tau² 0.04 and error 0.05; the mean is ± 4 standard errors exact.
    rng = np.random.default_rng(3)
    y = 0.5 + rng.normal(0, math.sqrt(0.04 + 0.05), size=(4000, 12))
    free = y.var(axis=1, ddof=1) - 0.05  # before it is cut off at 0, where it has no bias
    found = np.array([random_effects(row, np.full(12, 0.05)).tau2 for row in y])
    assert found == pytest.approx(np.maximum(free, 0.0))
    assert free.mean() == pytest.approx(0.04, abs=4 * free.std() / math.sqrt(4000))


@pytest.mark.parametrize(
    ("effects", "variances"), [([], []), ([1, 2], [1]), ([[1, 2]], [[1, 1]]), ([1], [0]), ([math.nan], [1])]
)
def test_what_cannot_be_pooled_is_refused(effects, variances):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$"):
        random_effects(effects, variances)


# The winner's curse


def test_small_significant_studies_overstate():
    assert exaggeration(0.5, 20) == pytest.approx(1.665, abs=0.01)
    assert exaggeration(-0.5, 20) == exaggeration(0.5, 20)
    assert exaggeration(0.5, 2000) == pytest.approx(1.0, abs=1e-6)
    factors = [exaggeration(0.5, n) for n in (8, 20, 50, 200)]
    assert factors == sorted(factors, reverse=True)


def test_the_winners_curse_in_a_simulation():
    rng, error = np.random.default_rng(1), math.sqrt(2 / 20)
    seen = np.abs(rng.normal(0.5, error, 400_000))
    seen = seen[seen > float(smallest_significant(error))]
    assert exaggeration(0.5, 20) == pytest.approx(seen.mean() / 0.5, abs=4 * seen.std() / math.sqrt(seen.size) / 0.5)


@pytest.mark.parametrize("arguments", [(0, 20), (0.5, 0), (0.5, -3)])
def test_no_difference_or_nobody_has_no_factor(arguments):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$"):
        exaggeration(*arguments)
