"""The pair of rates: its closed-form rest, how it gets there, and what it refuses."""

import dataclasses

import numpy as np
import pytest

from course.models.prefrontal_amygdala import Loop, rates, steady_rates


def test_half_the_inhibition_raises_the_amygdala_from_1_20_to_1_73():
    usual, weaker = steady_rates(Loop()), steady_rates(Loop(inhibition=0.5))
    assert usual == pytest.approx((1.8 / 1.5, 0.2 + 0.8 * 1.2))
    assert weaker[0] == pytest.approx(1.727, abs=0.0005)


@pytest.mark.parametrize("loop", [Loop(), Loop(inhibition=0.5), Loop(inhibition=0.0), Loop(stimulus=0.1)])
def test_the_pair_settles_at_its_steady_rates_and_stays(loop):
    for found in (rates([8.0, 12.0], loop)[i] for i in (0, 1)):
        assert found[0] == pytest.approx(found[1], abs=1e-6)
    assert [each[-1] for each in rates([12.0], loop)] == pytest.approx(steady_rates(loop), abs=1e-6)


def test_without_coupling_it_is_an_exponential_approach():
    loop = Loop(self_excitation=0.0, inhibition=0.0, alarm=0.0)
    time = np.array([0.05, 0.1, 0.4])
    amygdala, prefrontal = rates(time, loop)
    assert amygdala == pytest.approx(2.0 * (1 - np.exp(-time / 0.1)), rel=2e-4)  # read between steps of 2 ms
    assert prefrontal == pytest.approx(0.2 * (1 - np.exp(-time / 0.2)), rel=2e-4)


def test_the_answer_to_a_signal_overshoots_before_the_brake_arrives():
    amygdala, _ = rates(np.linspace(0.0, 3.0, 601), Loop())
    assert amygdala[0] == 0.0
    assert amygdala.max() > 1.05 * steady_rates(Loop())[0]


def test_a_drive_that_silences_the_amygdala_leaves_the_drive():
    assert steady_rates(Loop(stimulus=0.1)) == (0.0, 0.2)


def test_a_loop_without_rest_is_refused():
    with pytest.raises(ValueError, match=r"no steady value\.$"):
        steady_rates(Loop(self_excitation=1.2, inhibition=0.1))
    with pytest.raises(ValueError, match=r"inhibition must not be negative\.$"):
        dataclasses.replace(Loop(), inhibition=-1.0)
    with pytest.raises(ValueError, match=r"prefrontal_s must be greater than 0\.$"):
        Loop(prefrontal_s=0.0)
