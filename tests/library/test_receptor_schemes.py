"""The receptors of several states: their courses against matrix exponentials of schemes written by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import pytest
from scipy.linalg import expm

import iondsl
from tests.library.cells import model, states
from tests.reference.models import Array

Lines = tuple[tuple[str, str, float, float], ...]

# From, to, rates forward and backward in 1/ms; with + behind the first state the rate forward is per mM of transmitter.
# The numbers are those of ampa5.mod, nmda5.mod, gabaa5.mod and gabab3.mod of ModelDB 18198.
SCHEMES: dict[str, Lines] = {
    "AMPA": (
        ("C0+", "C1", 13, 0.0059),
        ("C1+", "C2", 13, 86),
        ("C1", "D1", 0.9, 0.064),
        ("C2", "D2", 0.9, 0.064),
        ("C2", "O", 2.7, 0.2),
    ),
    "NMDA": (
        ("C0+", "C1", 5, 0.0129),
        ("C1+", "C2", 5, 0.0129),
        ("C2", "D", 8.4e-3, 6.8e-3),
        ("C2", "O", 46.5e-3, 73.8e-3),
    ),
    "GABA_A": (("C0+", "C1", 20, 4.6), ("C1+", "C2", 10, 9.2), ("C1", "O1", 3.3, 9.8), ("C2", "O2", 10.6, 0.41)),
    "GABA_B": (("C+", "R", 0.66, 0.02), ("R", "D", 0.017, 0.0053)),
}
# Open fractions of what conducts, and the factor by which B(-65 mV) leaves NMDA receptors unblocked in 1 mM magnesium.
OPEN = {"AMPA": ("O",), "NMDA": ("O",), "GABA_A": ("O1", "O2")}
DRIVEN = {"AMPA": -65.0, "NMDA": -65.0 / (1 + np.exp(0.062 * 65) / 3.57), "GABA_A": 15.0}
CELL = """
membrane:
    state V = -65 [mV]
    C = 100 [pF]
ion K:
    z = +1
    E = -95 [mV]
ion Cl:
    z = -1
    E = -80 [mV]
current I_leak:
    I = 10 [nS] * (V + 65 [mV])
"""
USES = "".join(f"use I_{name} from synapses.destexhe_1998_schemes\n" for name in SCHEMES)
PULSES = "protocol pulse:\n" + "".join(
    f"    I_{name}.transmitter = pulse(start = 1 [ms], width = 1 [ms], height = 1 [mM])\n" for name in SCHEMES
)


@cache
def cell() -> iondsl.Model:
    return model(f"{CELL}{USES}{PULSES}")


def names(lines: Lines) -> list[str]:
    return list(dict.fromkeys(end.rstrip("+") for line in lines for end in line[:2]))


def generator(lines: Lines, transmitter: float) -> Array:
    """The matrix A of p' = A p."""
    states = names(lines)
    matrix = np.zeros((len(states), len(states)))
    for first, second, forward, backward in lines:
        here, there = states.index(first.rstrip("+")), states.index(second)
        rate = forward * transmitter if first.endswith("+") else forward
        matrix[[here, there], here] += [-rate, rate]
        matrix[[there, here], there] += [-backward, backward]
    return matrix


def course(matrix: Callable[[float], Array], times: Array) -> Array:
    """(times, states): out of the first state, before, in and after a pulse of 1 mM from 1 to 2 ms."""
    quiet, driven = matrix(0), matrix(1)
    start = np.eye(len(quiet))[0]

    def at(t: float) -> Array:
        during = expm(driven * np.clip(t - 1, 0, 1)) @ start
        return np.asarray(expm(quiet * max(t - 2, 0)) @ during)

    return np.array([at(t) for t in times])


@cache
def ran() -> iondsl.Result:
    wanted = [f"I_{name}.r.{each}" for name, lines in SCHEMES.items() for each in names(lines)]
    compiled = cell().compile(scheme="rk4", target="numpy")
    return compiled.run(until=20, dt=0.01, every=0.5, protocol="pulse", record=[*wanted, "I_GABA_B.G"])


@pytest.mark.parametrize("name", SCHEMES)
def test_rates_at_20_concentrations(name: str) -> None:
    """The derivatives of all occupancies, out of any state that they may be in."""
    lines, transmitter = SCHEMES[name], np.geomspace(1e-4, 10, 20)
    own = names(lines)
    random = np.random.default_rng(1).dirichlet(np.ones(len(own)))
    start = states(cell(), {f"I_{name}.r.{each}": value for each, value in zip(own, random, strict=True)})
    wanted = [f"I_{name}.r.{each}'" for each in own]
    found = cell().evaluate(wanted, start, inputs={f"I_{name}.transmitter": transmitter})
    expected = np.array([generator(lines, each) @ random for each in transmitter]).T
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("name", SCHEMES)
def test_at_rest_nothing_is_bound(name: str) -> None:
    first, *others = names(SCHEMES[name])
    assert cell().evaluate(f"I_{name}.r.{first}") == 1
    assert not cell().evaluate([f"I_{name}.r.{each}" for each in others]).any()


@pytest.mark.parametrize("name", SCHEMES)
def test_pulse_of_transmitter(name: str) -> None:
    result, lines = ran(), SCHEMES[name]
    found = np.column_stack([result[f"I_{name}.r.{each}"][:, 0] for each in names(lines)])
    assert found == pytest.approx(course(partial(generator, lines), result.time), rel=1e-4, abs=1e-7)


def test_g_protein_of_gaba_b() -> None:
    """G' = K3 R - K4 G, linear as the receptor is: one more row of the matrix."""

    def matrix(transmitter: float) -> Array:
        whole = np.zeros((4, 4))
        whole[:3, :3] = generator(SCHEMES["GABA_B"], transmitter)
        whole[3, 1], whole[3, 3] = 0.083, -0.0079
        return whole

    assert ran()["I_GABA_B.G"][:, 0] == pytest.approx(course(matrix, ran().time)[:, 3], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", OPEN)
def test_currents(name: str) -> None:
    """g (open) (V - E) at -65 mV, with all occupancies the same."""
    own = names(SCHEMES[name])
    start = states(cell(), {f"I_{name}.r.{each}": 1 / len(own) for each in own}, count=1)
    found = cell().evaluate(f"I_{name}", start, parameters={f"I_{name}.g": 2})
    assert found[0] == pytest.approx(2 * len(OPEN[name]) / len(own) * DRIVEN[name], rel=1e-13)


def test_current_of_gaba_b_at_20_levels_of_g_protein() -> None:
    G = np.linspace(0, 10, 20)
    found = cell().evaluate("I_GABA_B", states(cell(), {"I_GABA_B.G": G}))
    assert found == pytest.approx(30 * G**4 / (G**4 + 100), rel=1e-13)
