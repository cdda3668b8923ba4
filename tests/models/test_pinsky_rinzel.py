"""Pinsky and Rinzel's cell: 50 digits of its derivatives, an integration of its own, the run that is published."""

from __future__ import annotations

from functools import cache, partial

import mpmath
import numpy as np
import pytest

import iondsl
from tests.reference import pinsky_rinzel_1994 as reference
from tests.reference.integration import course
from tests.reference.models import Array
from tests.reference.numerics import crossings

STATES = (
    reference.PAPER,
    np.array([-62.0, 0.7, 0.2, -25.0, 120.0, 0.4, 0.3, 0.05]),
    np.array([25.0, 0.3, 0.6, 15.0, 400.0, 0.9, 0.6, 0.2]),  # above -10 mV, where c has another rate; chi saturated
    np.array([-46.9 + 1e-9, 0.9, 0.1, -8.9 - 1e-9, 700.0, 0.2, 0.1, 0.3]),  # at the 0/0 of alpha_m and beta_s
)


@cache
def model() -> iondsl.Model:
    return iondsl.load("pinsky_rinzel_1994")


@cache
def compiled() -> iondsl.Cell:
    return model().compile(scheme="rk4")


@pytest.mark.parametrize("state", STATES, ids=range(len(STATES)))
def test_derivatives_to_50_digits(state: Array) -> None:
    found = model().derivatives(state, inputs={"soma.I_app": 1.5})
    with mpmath.workdps(50):
        exact = reference.rates([mpmath.mpf(x) for x in state], mpmath.mpf("0.75"), mpmath.mpf, mpmath.exp)
    assert found == pytest.approx(np.array(list(map(float, exact))), rel=1e-12, abs=1e-15)


def test_initial_values_are_those_of_the_paper() -> None:
    assert [state.value for state in model().states] == list(reference.PAPER)


def test_course_against_an_integration_of_its_own() -> None:
    """LSODA at 1e-10 on the equations written by hand; 600 ms, with a burst at the end."""
    result = compiled().run(until=600, dt=0.005, every=0.1, protocol="bursts", record=model().states.names)
    rates = partial(reference.pinsky_rinzel_1994, I_s=0.75)
    expected = course(rates, reference.PAPER, result.time, rtol=1e-10)
    spikes, own = (crossings(result.time, V) for V in (expected[0], result["soma.V"][:, 0]))
    assert len(own) == 3
    assert own == pytest.approx(spikes, abs=1e-3)
    between = np.abs(expected[0] + 65) < 10  # where a shift in time is not a shift in V
    assert np.abs(result["soma.V"][between, 0] - expected[0][between]).max() < 2e-3


def test_the_published_run() -> None:
    """`xpp.dat` of ModelDB 35358: bursts twice a second, each with a calcium spike of the dendrite behind it."""
    start = reference.XPP_START[:, np.newaxis]
    result = compiled().run(until=1500, dt=0.01, every=0.05, protocol="bursts", state=start)
    for name, expected in (("soma.V", reference.XPP_SOMA), ("dend.V", reference.XPP_DENDRITE)):
        spikes = crossings(result.time, result[name][:, 0])
        assert spikes[0] == pytest.approx(expected[0], abs=0.1)
        assert np.diff(spikes) == pytest.approx(np.diff(expected), rel=4e-3)


def test_more_current_makes_it_spike_steadily() -> None:
    """At I_s = 2.5 uA/cm^2 bursts give way to single spikes at 44 Hz, as the equations by hand have it.

    Only what it settles to is compared: for a second before that, intervals hang on the last digits.
    """
    result = compiled().run(until=1500, dt=0.01, every=0.05, protocol="spikes")
    last = np.diff(crossings(result.time, result["soma.V"][:, 0]))[-6:]
    times = np.linspace(0, 1500, 30001)
    expected = course(partial(reference.pinsky_rinzel_1994, I_s=2.5), reference.PAPER, times)
    settled = np.diff(crossings(times, expected[0]))[-6:]
    assert last == pytest.approx(np.full(6, settled.mean()), abs=0.1)
    assert 1000 / last.mean() == pytest.approx(44.15, abs=0.05)
