"""The bundled models with moving concentrations have the equations of their oracles, in both targets."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

import iondsl
from tests.reference import cressman_2009, hubel_dahlem_2014, kay_2017
from tests.reference.models import Array
from tests.reference.numerics import Rates, rk4

TARGETS = ("numpy", "c")


def of_concentrations(state: Array, I: float | Array = 0.0) -> Array:
    """The pump-leak oracle, which knows amounts and seconds, for V, volume and concentrations, per ms."""
    V, volume, *inside = state
    V_rate, water, *flows = kay_2017.kay_2017(np.array([V, volume, *(volume * each for each in inside)]), I) / 1000
    diluted = [(flow - each * water) / volume for flow, each in zip(flows, inside, strict=True)]
    return np.array([V_rate, water, *diluted])


def with_free_buffer(state: Array, I: float | Array = 0.0) -> Array:
    """The spreading depression oracle with the free buffer as a state of its own, before KB."""
    *known, B, KB = state
    *rates, buffering = hubel_dahlem_2014.hubel_dahlem_2014(np.array([*known, KB]), I, free=B)
    return np.array([*rates, -buffering, buffering])


class Oracle(NamedTuple):
    rates: Rates
    start: Array
    dt: float


ORACLES = {
    "cressman_2009": Oracle(cressman_2009.cressman_2009, cressman_2009.START, 0.01),
    "hubel_dahlem_2014": Oracle(with_free_buffer, np.insert(hubel_dahlem_2014.START, 8, 500), 0.01),
    "kay_2017": Oracle(of_concentrations, np.array([0, kay_2017.VOLUME, 120, 30, 100, 50]), 2),
}


@cache
def compiled(name: str, target: str) -> iondsl.Cell:
    return iondsl.load(name).compile(scheme="rk4", target=target)


def around(start: Array) -> Array:
    """(states, 20): V from -90 to 30 mV, all else up to 10 % away from the start; what starts at 0, a little above."""
    draws = np.random.default_rng(0).uniform(-1, 1, (len(start), 20))
    states = np.where(start == 0, 0.01, start)[:, np.newaxis] * (1 + 0.1 * draws)
    states[0] = -30 + 60 * draws[0]
    return states


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ORACLES)
def test_start(name: str, target: str) -> None:
    assert compiled(name, target).initial_state()[:, 0] == pytest.approx(ORACLES[name].start, rel=1e-14)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ORACLES)
def test_derivatives(name: str, target: str) -> None:
    oracle, cell = ORACLES[name], compiled(name, target)
    states = around(oracle.start)
    found = cell.evaluate([f"{state.name}'" for state in cell.states], states)
    expected = oracle.rates(states, 0.0)
    size = np.abs(expected).max(axis=1, keepdims=True)
    assert np.all(np.abs(found - expected) <= 1e-12 * size)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ORACLES)
def test_short_course(name: str, target: str) -> None:
    oracle, cell = ORACLES[name], compiled(name, target)
    begin = around(oracle.start)[:, :3]
    found = cell.run(until=1000 * oracle.dt, dt=oracle.dt, state=begin, record=()).state
    expected = rk4(oracle.rates, begin, 0.0, oracle.dt, 1000)[-1]
    assert found == pytest.approx(expected, rel=1e-8)
