"""The thalamic relay cell of parts alone: its equations, its rebound burst, its single spikes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import iondsl
from iondsl import resources
from iondsl.source import Source
from tests.reference.integration import course
from tests.reference.models import Array
from tests.reference.numerics import crossings
from tests.reference.thalamic_relay import STATES, thalamic_relay


@cache
def model() -> iondsl.Model:
    return iondsl.load("thalamic_relay")


@cache
def compiled() -> iondsl.Cell:
    return model().compile(scheme="rk4")


def spikes(result: iondsl.Result, since: float) -> Array:
    """Times of the spikes above 0 mV, in ms after a moment."""
    found = crossings(result.time, result["V"][:, 0]) - since
    return found[found > 0]


def test_under_thirty_lines_of_use() -> None:
    lines = resources.bundled_model("thalamic_relay").splitlines()
    assert len(lines) < 30
    blocks = {line.split()[0].rstrip(":") for line in lines if line and not line.startswith(" ")}
    assert blocks == {"model", "temperature", "membrane", "use", "stimulus", "protocol"}


def test_derivatives() -> None:
    assert model().states.names == STATES
    random = np.random.default_rng(3)
    state = random.uniform(size=(len(STATES), 30))
    state[0], state[1] = np.linspace(-110, 47, 30), np.geomspace(1e-5, 1e-2, 30)
    found = model().derivatives(state, inputs={"I_app": 1.3})
    assert found == pytest.approx(thalamic_relay(state, 1.3), rel=1e-10, abs=1e-15)


def test_a_burst_on_release() -> None:
    """At least 3 spikes above 0 mV within 100 ms of the release from -90 mV, and no more behind them."""
    result = compiled().run(until=1400, dt=0.01, protocol="rebound", every=0.1)
    assert result["V"][result.time <= 1000, 0][-1] == pytest.approx(-90, abs=1)
    assert not (crossings(result.time, result["V"][:, 0]) < 1000).any()
    found = spikes(result, since=1000)
    assert len(found) >= 3
    assert found[-1] < 100
    assert np.diff(found).min() < 4


def test_the_burst_against_an_integration_of_its_own() -> None:
    """LSODA at 1e-10 on the equations written by hand, from the state in which the cell was released."""
    held = compiled().run(until=1000, dt=0.01, protocol="rebound", record=())
    result = compiled().run(until=1100, dt=0.002, state=held.state, t=1000.0, every=0.02)
    expected = course(thalamic_relay, held.state[:, 0], result.time, rtol=1e-10)[0]
    assert spikes(result, 1000) == pytest.approx(crossings(result.time, expected) - 1000, abs=1e-3)


def test_a_burst_on_release_from_a_clamp() -> None:
    text = resources.bundled_model("thalamic_relay") + "protocol hold:\n    clamp V = -90 [mV]\n"
    cell = iondsl.Model(Source("thalamic_relay.ion", text)).compile(target="numpy")
    held = cell.run(until=300, dt=0.2, protocol="hold", record=())
    result = cell.run(until=360, dt=0.02, state=held.state, t=300.0, every=0.1)
    assert len(spikes(result, since=300)) >= 3


def test_single_spikes_where_it_is_depolarised() -> None:
    """The T-current is inactivated there: no burst, but regular spikes."""
    result = compiled().run(until=1000, dt=0.01, protocol="tonic", every=0.1)
    assert spikes(result, since=100)[0] > 400  # the burst of the onset is over
    intervals = np.diff(spikes(result, since=500))
    assert len(intervals) > 5
    assert intervals.min() > 20
    assert np.ptp(intervals) < 3


def test_what_is_restated_and_what_is_not() -> None:
    values = {each.name: each.value for each in model().parameters}
    assert (values["I_Na.V_sh"], values["I_Na.g"]) == (-25, 90)
    assert (values["I_KL.g"], values["I_leak.g"], values["i.depth"]) == (0.0138, 0.01, 1)
