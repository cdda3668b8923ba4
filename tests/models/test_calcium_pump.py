"""The calcium pump against NEURON's own run of cabpump.mod, and what it conserves under every scheme."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import iondsl
from tests.reference.models import Array

# NEURON 9.0.2, share/examples/nrniv/nmodl/cabpump.mod in a section of L = 10 and diam = 4 um with cai0_ca_ion = 2e-3
# mM and cao = 2 mM: after 1, 10, 50 and 200 ms, the four concentrations in mM, free pumps and those with calcium in
# mol/cm^2, and ica_pmp in mA/cm^2. It takes implicit Euler steps: these are runs with dt = 0.005, 0.0025 and 0.00125 ms
# extrapolated to dt = 0, of which the last two orders agree to 6e-10.
CALCIUM = np.array(
    [
        [0.00196298719386, 0.00199939367291, 0.00199999201765, 0.00199999979166],
        [0.00169714020818, 0.00195454177455, 0.00199426607777, 0.00199867259206],
        [0.00108987154109, 0.00154277847112, 0.00177298753338, 0.00184079374349],
        [0.000207931287682, 0.000431043446941, 0.000586378721025, 0.000641376508102],
    ]
)
PUMPS = np.array(
    [
        [3.04987364913e-14, 1.19501263509e-13],
        [3.41873370164e-14, 1.15812662984e-13],
        [4.72372657398e-14, 1.02762734260e-13],
        [1.06000602297e-13, 4.39993977028e-14],
    ]
)
NEURON = np.hstack([CALCIUM, PUMPS])
CURRENT = np.array([0.0114712654844, 0.0111082517207, 0.00982394247953, 0.00404074643422])
TIMES = (1, 10, 50, 200)

STATES = ("Ca.i", "Ca.shell1", "Ca.shell2", "Ca.core", "pump", "pumpCa")
AREA = np.pi * 4 * 10 * 1e-8  # cm^2
DENSITY = 1e-7 * 1e-6  # mol/cm^2 of 1 mM in 1 nm


@cache
def compiled(scheme: str) -> iondsl.Cell:
    return iondsl.load("calcium_pump").compile(scheme=scheme, target="c")


def course(scheme: str, dt: float) -> tuple[Array, Array]:
    """States and current at TIMES in NEURON's units, from the state in which its INITIAL block leaves the mechanism."""
    cell = compiled(scheme)
    begin = cell.initial_state()
    names = [state.name for state in cell.states]
    for name in STATES[:4]:
        begin[names.index(name)] = 2e-3
    begin[names.index("pump")], begin[names.index("pumpCa")] = 3e-14 / DENSITY, 1.2e-13 / DENSITY
    result = cell.run(until=200, dt=dt, state=begin, record=(*STATES, "I_pump"), every=1.0)
    rows = [int(np.argmin(np.abs(result.time - time))) for time in TIMES]
    found = np.array([result[name][rows, 0] for name in STATES]).T
    return found * ([1] * 4 + [DENSITY] * 2), result["I_pump"][rows, 0] / 1000


def test_it_is_that_of_neuron() -> None:
    states, current = course("rk4", 0.001)
    assert states == pytest.approx(NEURON, rel=1e-8)
    assert current == pytest.approx(CURRENT, rel=1e-8)


@pytest.mark.parametrize("scheme", ["rush_larsen", "exponential_euler"])
def test_exponential_schemes_take_steps_that_are_too_long_for_explicit_ones(scheme: str) -> None:
    """At 0.025 ms a pump binds calcium 25 times over: forward Euler is unstable beyond 0.0016 ms."""
    states, current = course(scheme, 0.025)
    assert states == pytest.approx(NEURON, rel=3e-4)
    assert current == pytest.approx(CURRENT, rel=3e-4)


def test_forward_euler_is_not_stable_there() -> None:
    with pytest.raises(iondsl.NumericsError):
        iondsl.load("calcium_pump").compile(scheme="forward_euler", target="numpy").run(until=20, dt=0.025)


@pytest.mark.parametrize(("scheme", "dt"), [("rush_larsen", 0.025), ("exponential_euler", 0.025), ("rk4", 0.001)])
def test_nothing_is_lost(scheme: str, dt: float) -> None:
    """With pumps that bind and never release outside, calcium is what it was and what the current brought."""
    blocked = {"pumping.k3": 0, "pumping.k4": 0}
    cell, until = compiled(scheme), 100_000 * dt
    record = ("pumps", "calcium")
    result = cell.run(until=until, dt=dt, parameters=blocked, inputs={"I_Ca": 0.05}, record=record, every=until / 100)
    pumps, calcium = result["pumps"][:, 0], result["calcium"][:, 0]
    brought = 0.05e-6 * AREA / (2 * 96485.33212331) * 1e18 * result.time / 1000  # amol
    assert np.ptp(pumps) <= 1e-12 * pumps[0]
    assert np.abs(calcium - calcium[0] - brought).max() <= 1e-12 * calcium[0]


def test_it_begins_at_rest() -> None:
    start = {state.name: state.value for state in iondsl.load("calcium_pump").states}
    there, back = 5e8 * 1e-4 + 5 * 2, 0.25e6 + 500
    assert start["pumpCa"] == pytest.approx(0.3 * there / (there + back), rel=1e-13)
    assert start["pump"] == pytest.approx(0.3 * back / (there + back), rel=1e-13)
