"""Markov schemes under every scheme: their order, their sum, their sign, and the gate that one of them is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

import iondsl
from iondsl import plugins
from iondsl.simulate.kernel import Array
from iondsl.source import Source

SCHEMES = plugins.names("iondsl.schemes")
IMPLICIT = ("rush_larsen", "exponential_euler")
STATES = ("k.C2", "k.C1", "k.O", "k.I")

CHANNEL = """model channel:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current I_leak:
    I = 0.3 [mS/cm^2] * (V + 65)
current I_Na:
    I = 4 [mS/cm^2] * k.O * (V - 50)
stimulus I_app = 5 [uA/cm^2]
markov k:
    states C2, C1, O, I
    C2 <-> C1 : 2 * alpha, beta
    C1 <-> O : alpha, 2 * beta
    O <-> I : 0.5, balance
    C1 <-> I : 0.2, 0.03
    alpha = 0.3 * exp((V + 40) / 40)
    beta = 0.1 * exp(-(V + 40) / 40)
"""
WITHOUT_C1 = CHANNEL.replace("    C2 <->", "    eliminate C1\n    C2 <->")


def model(text: str) -> iondsl.Model:
    return iondsl.Model(Source("channel.ion", text))


def end(text: str, scheme: str, dt: float, until: float = 2.0) -> Array:
    cell = model(text).compile(scheme=scheme, target="numpy")
    return cell.run(until=until, dt=dt, record=()).state


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("text", [CHANNEL, WITHOUT_C1], ids=["all", "one eliminated"])
def test_order(text: str, scheme: str) -> None:
    expected = plugins.load("iondsl.schemes", scheme).ORDER
    steps = (0.02, 0.01, 0.005) if expected == 1 else (0.1, 0.05, 0.025)
    ends = [end(text, scheme, dt) for dt in steps]
    coarse, fine = (np.abs(a - b).max() for a, b in pairwise(ends))
    assert np.log2(coarse / fine) == pytest.approx(expected, abs=0.2)


@pytest.mark.parametrize("scheme", [scheme for scheme in SCHEMES if scheme != "rk4"])
def test_schemes_converge_to_one_solution(scheme: str) -> None:
    exact = end(CHANNEL, "rk4", 0.01)
    coarse, fine = end(CHANNEL, scheme, 0.002), end(CHANNEL, scheme, 0.001)
    assert np.abs(2 * fine - coarse - exact).max() < 1e-2 * np.abs(fine - exact).max() < 1e-3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("target", ["numpy", "c"])
def test_occupancies_sum_to_1_over_100_000_steps(scheme: str, target: str) -> None:
    steps = 100_000 if target == "c" else 2_000
    cell = model(CHANNEL).compile(scheme=scheme, target=target)
    result = cell.run(until=0.02 * steps, dt=0.02, every=0.02 * steps / 20, record=STATES)
    total = sum(result[name] for name in STATES)
    assert np.abs(total - 1).max() < 1e-12


@pytest.mark.parametrize("scheme", IMPLICIT)
def test_a_step_ten_times_too_long_for_euler(scheme: str) -> None:
    """The fastest mode at a clamped 40 mV decays at 6.7/ms, so that Euler needs dt < 0.3; from far off."""
    text = CHANNEL.replace("states C2,", "states C2 = 1,")
    cell = model(text + "protocol p:\n    clamp V = 40 [mV]\n").compile(scheme=scheme, target="numpy")
    result = cell.run(until=120, dt=3, every=3, record=STATES, protocol="p")
    courses = np.array([result[name][:, 0] for name in STATES])
    assert courses[:, 1:].min() > 0
    assert courses.max() <= 1
    assert np.abs(courses.sum(axis=0) - 1).max() < 1e-13
    steady = model(text.replace("states C2 = 1,", "states C2,").replace("V = -65 [mV]", "V = 40 [mV]"))
    assert courses[:, -1] == pytest.approx([steady.states[name].value for name in STATES], rel=1e-9)


TWO_STATES = """model gate:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
    V' = 1 [mV/ms]
gate m:
    alpha = 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10))
    beta = 4 * exp(-(V + 65) / 18)
markov k:
    states C, O
    C <-> O : m.alpha, m.beta
"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_two_states_are_a_gate(scheme: str) -> None:
    cell = model(TWO_STATES).compile(scheme=scheme, target="numpy")
    result = cell.run(until=20, dt=0.001, every=1.0, record=("m", "k.O"))
    tolerance = 1e-3 if scheme in IMPLICIT else 1e-12
    assert result["k.O"] == pytest.approx(result["m"], rel=tolerance)
    assert result["k.O"][0] == pytest.approx(result["m"][0], rel=1e-15)
