"""Normal tails and the liability threshold: against closed forms, limits and a national register's hazard ratios."""

import math

import numpy as np
import pytest

from course.models.liability import (
    falconer,
    heritability_when_environment_scales,
    ratio_to_unaffected_families,
    recurrence_ratio,
    risk_in_relatives,
    risk_interaction,
)
from course.models.normal import both_above, normal_cdf, normal_density, normal_quantile

REGISTER = 11_665 / 1_851_755  # diagnosed in the Swedish register: Skoglund 2021
H2 = 0.46

# The normal distribution


@pytest.mark.parametrize(
    ("x", "share"),  # Abramowitz & Stegun table 26.1 and its tail, 15 digits
    [(0, 0.5), (1, 0.841344746068543), (-1.96, 0.0249978951482204), (-6, 9.86587645037698e-10)],
)
def test_the_share_below_a_point(x, share):
    assert float(normal_cdf(x)) == pytest.approx(share, rel=1e-13)


def test_share_and_quantile_undo_each_other():
    shares = np.array([1e-12, 1e-4, 0.0063, 0.3, 0.5, 0.975, 1 - 1e-9])
    assert normal_cdf(normal_quantile(shares)) == pytest.approx(shares, rel=1e-12)
    assert float(normal_quantile(0.975)) == pytest.approx(1.959963984540054, rel=1e-14)


def test_density_is_the_slope_of_the_share():
    x, h = np.linspace(-3, 3, 13), 1e-5
    assert normal_density(x) == pytest.approx((normal_cdf(x + h) - normal_cdf(x - h)) / (2 * h), rel=1e-8)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, math.nan])
def test_a_quantile_needs_a_share_inside(share):
    with pytest.raises(ValueError, match=r"share must .*\.$"):
        normal_quantile(share)


@pytest.mark.parametrize("r", [0.0, 0.1, 0.46, 0.9, 1.0])
def test_at_the_median_both_above_is_sheppards_formula(r):
    assert float(both_above(0.0, r)) == pytest.approx(0.25 + math.asin(r) / (2 * math.pi), abs=1e-14)


@pytest.mark.parametrize("t", [-1.0, 0.7, 2.5, 4.0])
def test_independent_and_identical_pairs_are_the_two_ends(t):
    tail = float(normal_cdf(-t))
    assert float(both_above(t, 0.0)) == pytest.approx(tail**2, rel=1e-12)
    assert float(both_above(t, 1.0)) == pytest.approx(tail, rel=1e-9)


@pytest.mark.parametrize(("t", "r"), [(2.5, 0.23), (1.0, 0.5), (2.0, 0.95)])
def test_both_above_is_the_integral_over_one_of_them(t, r):
    x = np.linspace(t, t + 12.0, 200_001)
    other = normal_cdf((r * x - t) / math.sqrt(1 - r * r))
    assert float(both_above(t, r)) == pytest.approx(float(np.trapezoid(normal_density(x) * other, x)), rel=1e-7)


# Twins and variance


@pytest.mark.parametrize(
    ("r_mz", "r_dz", "expected"),
    [(0.42, 0.21, (0.42, 0.0, 0.58)), (0.8, 0.5, (0.6, 0.2, 0.2)), (0.5, 0.1, (0.8, -0.3, 0.5))],
)
def test_falconer(r_mz, r_dz, expected):
    assert falconer(r_mz, r_dz) == pytest.approx(expected)
    assert sum(falconer(r_mz, r_dz)) == pytest.approx(1.0)


def test_falconer_refuses_what_is_no_correlation():
    with pytest.raises(ValueError, match=r"between -1 and 1\.$"):
        falconer(42, 21)


def test_heritability_falls_when_the_environment_varies_more_and_genes_stay():
    assert float(heritability_when_environment_scales(0.42, 2.0)) == pytest.approx(0.42 / 1.58)  # 0.266
    assert float(heritability_when_environment_scales(0.42, 1.0)) == pytest.approx(0.42)
    assert float(heritability_when_environment_scales(0.42, 0.0)) == 1.0
    # What genes contribute, h2 times the total variance, is the same number whatever the environment does.
    times = np.array([0.25, 1.0, 2.0, 4.0])
    assert heritability_when_environment_scales(0.42, times) * (0.42 + 0.58 * times) == pytest.approx([0.42] * 4)
    with pytest.raises(ValueError, match="no variance"):
        heritability_when_environment_scales(0.0, 0.0)


# Families


def test_without_genetic_variance_or_kinship_the_risk_is_everybodys():
    for k in (0.0063, 0.1, 0.5):
        assert float(risk_in_relatives(k, 0.0, 1.0)) == pytest.approx(k, rel=1e-12)
        assert float(recurrence_ratio(k, 0.46, 0.0)) == pytest.approx(1.0, rel=1e-12)
    assert float(risk_in_relatives(0.02, 1.0, 1.0)) == pytest.approx(1.0, rel=1e-9)


def test_half_of_everybody_affected_is_the_closed_form():
    expected = 2 * (0.25 + math.asin(0.21) / (2 * math.pi))
    assert float(risk_in_relatives(0.5, 0.42, 0.5)) == pytest.approx(expected, rel=1e-12)


def test_the_ratio_of_the_exercise():
    assert float(recurrence_ratio(0.02, 0.46, 0.5)) == pytest.approx(3.13, abs=0.005)


@pytest.mark.parametrize(
    ("relatedness", "predicted", "register"),
    [
        pytest.param(1.0, 16, (1.6, 83.8), id="identical twins"),
        pytest.param(0.5, 4.7, (1.0, 55.3), id="fraternal twins"),
        pytest.param(0.5, 4.7, (3.9, 5.6), id="full siblings"),
        pytest.param(0.25, 2.3, (1.5, 3.0), id="maternal half-siblings"),
        pytest.param(0.125, 1.6, (1.4, 2.0), id="cousins"),
    ],
)
def test_the_threshold_model_predicts_the_register(relatedness, predicted, register):
    ratio = float(ratio_to_unaffected_families(REGISTER, H2, relatedness))
    assert ratio == pytest.approx(predicted, abs=0.5 if predicted > 10 else 0.05)
    assert register[0] <= ratio <= register[1]


def test_paternal_half_siblings_are_a_miss_to_discuss():
    ratio = float(ratio_to_unaffected_families(REGISTER, H2, 0.25))
    assert ratio > 2.1  # the register: 1.3 (0.9-2.1), although the share of genes is that of maternal half-siblings


def test_the_two_ratios_meet_when_the_diagnosis_is_rare():
    assert float(ratio_to_unaffected_families(1e-6, 0.1, 0.5)) == pytest.approx(
        float(recurrence_ratio(1e-6, 0.1, 0.5)), rel=1e-5
    )


@pytest.mark.parametrize("arguments", [(0, 0.4, 0.5), (1, 0.4, 0.5), (0.1, 1.2, 0.5), (0.1, 0.4, -0.5)])
def test_impossible_families_are_refused_in_one_sentence(arguments):
    with pytest.raises(ValueError, match=r"^[^\n]+\.$"):
        risk_in_relatives(*arguments)


def test_causes_that_add_on_liability_interact_on_risk_and_less_where_risk_is_less_curved():
    assert risk_interaction([-2.0, -1.0], 0.6, 0.9) == pytest.approx([0.115, 0.045], abs=0.0005)
    assert float(risk_interaction(-2.0, 0.6, 0.0)) == pytest.approx(0.0, abs=1e-15)
