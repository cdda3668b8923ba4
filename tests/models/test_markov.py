"""The bundled sodium channel against an evaluation of its source's equations to 50 digits."""

from __future__ import annotations

import numpy as np
import pytest

import iondsl
from iondsl import resources
from iondsl.simulate.kernel import Array
from iondsl.source import Source
from tests.reference import clancy_rudy_2002 as reference

NAME = "clancy_rudy_2002"
OCCUPANCIES = tuple(f"I_Na.gating.{state}" for state in reference.STATES)
POTENTIALS = (-120, -90, -62.5, -30, 0, 35.5)


def resting_at(potential: float) -> iondsl.Model:
    text = resources.bundled_model(NAME).replace("state V = -90 [mV]", f"state V = {potential} [mV]")
    return iondsl.Model(Source(NAME, text))


def test_states_in_the_order_of_the_reference() -> None:
    assert iondsl.load(NAME).states.names == ("V", *OCCUPANCIES)


@pytest.mark.parametrize("potential", POTENTIALS)
def test_steady_state(potential: float) -> None:
    """Each occupancy to 1e-12 of itself: some are 1e-11."""
    states = resting_at(potential).states
    found = [states[name].value for name in OCCUPANCIES]
    assert found == pytest.approx(reference.stationary(potential), rel=1e-12)


@pytest.mark.parametrize("potential", POTENTIALS)
def test_derivatives(potential: float) -> None:
    """At states far from the steady one; to 1e-13 of the largest."""
    random = np.random.default_rng(7)
    state = random.dirichlet(np.ones(len(OCCUPANCIES)))
    found = iondsl.load(NAME).derivatives([potential, *state])[1:]
    expected = reference.derivatives(potential, list(state))
    assert np.abs(found - expected).max() <= 1e-13 * np.abs(expected).max()


def test_voltage_clamp() -> None:
    """Occupancies before, during and after the step of the protocol, by the exponential of the matrix of rates."""
    times = [5.0, 5.25, 5.75, 7.0, 20.0, 22.0, 30.0]
    levels = ((-80.0, 5.0), (-30.0, 0.25), (-30.0, 0.5), (-30.0, 1.25), (-30.0, 13.0), (-80.0, 2.0), (-80.0, 8.0))
    cell = iondsl.load(NAME).compile(scheme="rk4", target="c")
    result = cell.run(until=30, dt=0.001, every=0.25, protocol="clamp", record=OCCUPANCIES)
    rows = [int(np.flatnonzero(np.isclose(result.time, time))[0]) for time in times]
    found = np.array([result[name][rows, 0] for name in OCCUPANCIES]).T
    expected: Array = np.array(reference.clamped(levels, start=-90))
    assert np.abs(found - expected).max() < 1e-10
    assert expected[2, 3] > 0.1  # open, while it lasts


def test_nothing_is_lost_in_the_clamp() -> None:
    cell = iondsl.load(NAME).compile(scheme="rush_larsen", target="c")
    result = cell.run(until=200, dt=0.01, every=1, protocol="clamp", record=OCCUPANCIES)
    assert np.abs(sum(result[name] for name in OCCUPANCIES) - 1).max() < 1e-12
