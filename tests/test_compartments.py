"""Compartments in numbers: each is as a model of its own, and what leaves one arrives in another."""

from __future__ import annotations

import numpy as np
import pytest

import iondsl
from iondsl import pipeline, plugins
from iondsl.errors import UsageError
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.simulate.kernel import Array
from iondsl.simulate.spikes import describe, summary
from iondsl.source import Source
from tests.schemes.test_order import STEPS, measured_order

FARADAY = 96485.3321233100184
SCHEMES = plugins.names("iondsl.schemes")

CELL = """
membrane:
    state V = {V} [mV]
    C = {C} [uF/cm^2]
space i:
    volume = 1000 [um^3]
ion K:
    z = +1
    state i = 140 [mM]
    o = 4 [mM]
    E = -{E} [mV]
current I_Na:
    param g = 120 [mS/cm^2]
    gate m:
        alpha = 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10))
        beta = 4 * exp(-(V + 65) / 18)
    gate h:
        alpha = 0.07 * exp(-(V + 65) / 20)
        beta = 1 / (1 + exp(-(V + 35) / 10))
    I = g * m^3 * h * (V - 50 [mV])
current I_K carries K:
    param g = 36 [mS/cm^2]
    gate n:
        alpha = 0.01 * (V + 55) / (1 - exp(-(V + 55) / 10))
        beta = 0.125 * exp(-(V + 65) / 80)
    I = g * n^4 * (V - K.E)
stimulus I_app = 10 [uA/cm^2]
"""
AREA = "    area = 700 [um^2]\n"
ONE, OTHER = (
    CELL.format(**values).replace("[uF/cm^2]\n", f"[uF/cm^2]\n{AREA}")
    for values in ({"V": -65, "C": 1, "E": 77}, {"V": -50, "C": 1.5, "E": 82})
)

# All that carries charge is an ion, and every pool is a state: what leaves one enters another.
CLOSED = """
space o:
    volume = 500 [um^3]
ion K:
    z = +1
    state o = 8 [mM]
temperature = 37 [degC]
compartment soma:
    membrane:
        state V = -70 [mV]
        C = 1 [uF/cm^2]
        area = 1200 [um^2]
    space i:
        volume = 2000 [um^3]
    ion K:
        state i = 120 [mM]
    current I_K carries K:
        I = 0.05 [mS/cm^2] * (V - K.E)
    stimulus I_app = 3 [pA] carries K
compartment dend:
    membrane:
        state V = -40 [mV]
        C = 30 [pF]
        area = 900 [um^2]
    space i:
        depth = 0.4 [um]
    ion K:
        state i = 90 [mM]
    current I_K carries K:
        gate n:
            inf = 1 / (1 + exp(-(V + 50) / 10))
            tau = 8
        I = 0.2 [mS/cm^2] * n * (V - K.E)
flux J_K carries K from soma.i to dend.i:
    J = 0.2 [um^3/ms] * (soma.K.i - dend.K.i)
"""

LINKED = """
param g_c = 2 [mS/cm^2]
compartment soma:
    membrane:
        state V = -65 [mV]
        C = 1 [uF/cm^2]
    current I_Na:
        gate m:
            inf = 1 / (1 + exp(-(V + 35) / 8))
            tau = 0.5 + 0.1 * exp(-((V + 50) / 20)^2)
        I = 20 [mS/cm^2] * m^3 * (1 - m) * (V - 50 [mV])
    current I_link:
        I = g_c * (V - dend.V)
    stimulus I_app = 20 [uA/cm^2]
compartment dend:
    membrane:
        state V = -60 [mV]
        C = 2 [uF/cm^2]
    current I_leak:
        I = 0.3 [mS/cm^2] * (V + 70 [mV])
    current I_link:
        I = g_c / 2 * (V - soma.V)
"""


def model(text: str) -> iondsl.Model:
    return iondsl.Model(Source("cells.ion", f"model cells:\n{text}"))


def cell(text: str, scheme: str, target: str = "numpy") -> Cell:
    return pipeline.cell_of(Source("cells.ion", f"model cells:\n{text}"), Options(scheme=scheme, target=target))


def indented(text: str) -> str:
    return text.replace("\n", "\n    ")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_uncoupled_compartments_are_models_of_their_own(scheme: str) -> None:
    """Bit for bit, under every scheme."""
    both = cell(f"compartment one:\n{indented(ONE)}\ncompartment other:\n{indented(OTHER)}\n", scheme)
    together = both.run(until=15, dt=0.02, record=())
    alone = [cell(text, scheme).run(until=15, dt=0.02, record=()).state for text in (ONE, OTHER)]
    assert np.array_equal(together.state, np.concatenate(alone))
    assert [state.name.partition(".")[0] for state in both.states] == ["one"] * 5 + ["other"] * 5


def test_every_potential_is_recorded_by_default() -> None:
    recorded = cell(LINKED, "rk4").run(until=1, dt=0.1)
    assert recorded.names == ("soma.V", "dend.V")
    assert np.array_equal(recorded["soma.membrane.V"], recorded["soma.V"])


def test_a_potential_without_its_compartment_is_named() -> None:
    with pytest.raises(UsageError, match=r"^unknown quantity to record `V`: did you mean `soma.V` or `dend.V`\?$"):
        cell(LINKED, "rk4").run(until=1, dt=0.1, record="V")


def test_the_summary_speaks_of_every_potential() -> None:
    result = cell(LINKED, "rk4").run(until=20, dt=0.01)
    lines = list(describe(*(summary(result, name) for name in ("soma.V", "dend.V"))))
    assert [line.split()[0] for line in lines[:6]] == ["spikes", "rate", "peak"] * 2
    assert (lines[0].endswith("(soma.V)"), lines[5].endswith("mV (dend.V)")) == (True, True)


def amounts(state: Array) -> Array:
    """Of K in the shared space, the soma and the dendrite, in mM um^3 = amol."""
    o, _, soma, _, dend, _ = state
    return np.array([500 * o, 2000 * soma, 900 * 0.4 * dend])


@pytest.mark.parametrize(
    "scheme", [pytest.param(name, marks=() if name == "rk4" else pytest.mark.slow) for name in SCHEMES]
)
def test_an_ion_moves_through_a_shared_space(scheme: str) -> None:
    """100,000 steps lose nothing, and what a membrane is charged with is what has crossed it."""
    result = cell(CLOSED, scheme, "c").run(until=5e3, dt=0.05, every=5.0, record=model(CLOSED).states.names)
    state = np.array([result[name][:, 0] for name in result.names])
    held = amounts(state)
    assert np.ptp(held.sum(axis=0)) <= 1e-12 * held.sum(axis=0)[0]
    assert (np.ptp(held, axis=1) > 5).all()
    soma, dend = 10 * 1200 * state[1] / 1000, 30 * state[3]  # uF/cm^2 um^2 = 1e-14 F; in fC
    charge = FARADAY * 1e-3 * (held[1] + held[2])  # amol to fC
    moved = charge - soma - dend
    if scheme != "exponential_euler":  # which does not advance V by the currents that it books
        assert np.ptp(moved) <= 1e-11 * charge[0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_order_on_two_compartments(scheme: str) -> None:
    expected = plugins.load("iondsl.schemes", scheme).ORDER
    assert measured_order(model(LINKED), scheme, STEPS[expected]) == pytest.approx(expected, abs=0.2)


def test_rush_larsen_advances_every_potential_by_forward_euler() -> None:
    """V' is linear in V, and would otherwise be integrated exactly."""
    start = np.array([[-65.0], [0.0], [-60.0]])
    step = cell(LINKED, "rush_larsen").run(until=0.1, dt=0.1, state=start, record=()).state
    rates = model(LINKED).derivatives(start[:, 0])
    for row in (0, 2):
        assert step[row, 0] == pytest.approx(start[row, 0] + 0.1 * rates[row], rel=1e-14)
