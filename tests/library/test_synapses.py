"""The two-state receptors of `models/synapses/`: rates, pulses, block and currents against formulas and SciPy."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from scipy.integrate import solve_ivp

import iondsl
from tests.library.cells import model, states
from tests.reference.models import Array

# Binding per mM and ms, unbinding per ms: the numbers of ModelDB 18198.
RECEPTORS = {
    "AMPA": (1.1, 0.19),
    "NMDA": (0.072, 0.0066),
    "NMDA_Ca": (0.072, 0.0066),
    "GABA_A": (5, 0.18),
    "GABA_B": (0.09, 0.0012),
}
REVERSAL = {"AMPA": 0, "NMDA": 0, "NMDA_Ca": 0, "GABA_A": -80, "GABA_B": -95}
LIBRARY = "synapses.destexhe_1998"
PULSE = "pulse(start = 2 [ms], width = 1 [ms], height = 1 [mM])"
BURST = "pulse(start = 2 [ms], width = 1 [ms], height = 1 [mM], every = 5 [ms], count = 10)"
VOLTAGES = np.linspace(-100, 60, 20)

CELL = f"""
membrane:
    state V = -65 [mV]
    C = 100 [pF]
ion K:
    z = +1
    E = -95 [mV]
ion Cl:
    z = -1
    E = -80 [mV]
ion Ca:
    z = +2
current I_leak:
    I = 10 [nS] * (V + 65 [mV])
{"".join(f"use I_{name} from {LIBRARY}" + chr(10) for name in RECEPTORS)}
protocol pulse:
{"".join(f"    I_{name}.transmitter = {PULSE}" + chr(10) for name in RECEPTORS)}
protocol burst:
    I_GABA_B.transmitter = {BURST}
"""


@cache
def cell() -> iondsl.Model:
    return model(CELL)


@cache
def ran(protocol: str, until: float, dt: float) -> iondsl.Result:
    names = [f"I_{name}.r" for name in RECEPTORS]
    compiled = cell().compile(scheme="rk4", target="numpy")
    return compiled.run(until=until, dt=dt, every=1, protocol=protocol, record=[*names, "I_GABA_B.G", "I_GABA_B", "V"])


def opened(on: float, off: float, times: Array, width: float) -> Array:
    """The open fraction in and after a pulse of 1 mM from t = 0."""
    during = on / (on + off) * (1 - np.exp(-(on + off) * np.clip(times, 0, width)))
    return np.asarray(during * np.exp(-off * np.clip(times - width, 0, None)))


@pytest.mark.parametrize("name", RECEPTORS)
def test_rates_at_20_concentrations(name: str) -> None:
    on, off = RECEPTORS[name]
    glutamate = np.geomspace(1e-4, 10, 20)
    wanted = [f"I_{name}.r.inf", f"I_{name}.r.tau", f"I_{name}.r'"]
    state = states(cell(), {f"I_{name}.r": 0.3})
    found = cell().evaluate(wanted, state, inputs={f"I_{name}.transmitter": glutamate})
    assert found[0] == pytest.approx(on * glutamate / (on * glutamate + off), rel=1e-14)
    assert found[1] == pytest.approx(1 / (on * glutamate + off), rel=1e-14)
    assert found[2] == pytest.approx(0.7 * on * glutamate - 0.3 * off, rel=1e-13, abs=1e-15)


def test_pulse_of_transmitter() -> None:
    """1 mM for 1 ms, the closed form of Destexhe et al. (1994); afterwards a decay with 1/beta."""
    result = ran("pulse", until=30, dt=0.02)
    for name, (on, off) in RECEPTORS.items():
        expected = opened(on, off, result.time - 2, width=1)
        assert result[f"I_{name}.r"][:, 0] == pytest.approx(expected, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "peak", "decay"), [("AMPA", 0.618, 5.26), ("NMDA", 0.0692, 151.5), ("GABA_A", 0.960, 5.56)]
)
def test_peaks_and_decays(name: str, peak: float, decay: float) -> None:
    result = ran("pulse", until=30, dt=0.02)
    found = result[f"I_{name}.r"][:, 0]
    assert result.time[found.argmax()] == pytest.approx(3)
    assert found.max() == pytest.approx(peak, rel=1e-3)
    rows = np.searchsorted(result.time, [10, 20])
    assert 10 / np.log(found[rows[0]] / found[rows[1]]) == pytest.approx(decay, rel=1e-3)


@pytest.mark.parametrize("Mg", [0.0, 0.5, 1.0, 2.0])
def test_magnesium_block(Mg: float) -> None:
    """1/(1 + [Mg]/3.57 mM exp(-0.062 V)), Jahr and Stevens (1990)."""
    found = cell().evaluate(
        ["I_NMDA", "I_NMDA_Ca", "I_NMDA_Ca.I.Ca"],
        states(cell(), {"V": VOLTAGES, "I_NMDA.r": 0.5, "I_NMDA_Ca.r": 0.5}),
        parameters={"I_NMDA.Mg": Mg, "I_NMDA_Ca.Mg": Mg},
    )
    block = [1 / (1 + mpmath.mpf(Mg) / mpmath.mpf("3.57") * mpmath.exp(-mpmath.mpf("0.062") * V)) for V in VOLTAGES]
    expected = 0.5 * np.array(block, dtype=float) * VOLTAGES
    assert found[0] == pytest.approx(expected, rel=1e-13)
    assert found[1] == pytest.approx(expected, rel=1e-13)
    assert found[2] == pytest.approx(0.11 * np.minimum(expected, 0), rel=1e-13)


@pytest.mark.parametrize("name", ["AMPA", "GABA_A", "GABA_B"])
def test_currents_at_20_voltages(name: str) -> None:
    G = np.linspace(0, 10, 20)
    state = states(cell(), {"V": VOLTAGES, f"I_{name}.r": 0.5, "I_GABA_B.G": G})
    found = cell().evaluate(f"I_{name}", state, parameters={f"I_{name}.g": 3})
    opening = G**4 / (G**4 + 100) if name == "GABA_B" else 0.5
    assert found == pytest.approx(3 * opening * (VOLTAGES - REVERSAL[name]), rel=1e-13)


def g_protein(pulses: int, times: Array) -> Array:
    """What is active of it, by SciPy, after pulses of 1 mM for 1 ms, every 5 ms from 2 ms on."""

    def rates(t: float, y: Array, transmitter: float) -> list[float]:
        return [0.09 * transmitter * (1 - y[0]) - 0.0012 * y[0], 0.18 * y[0] - 0.034 * y[1]]

    edges = [0.0, *(2 + 5 * n + edge for n in range(pulses) for edge in (0, 1)), times[-1]]
    state, found = np.zeros(2), np.zeros(len(times))
    for index, (first, last) in enumerate(pairwise(edges)):
        inside = (times >= first - 1e-9) & (times <= last + 1e-9)
        at = np.unique(np.clip([first, *times[inside], last], first, last))
        solved = solve_ivp(rates, (first, last), state, "DOP853", at, args=(float(index % 2),), rtol=1e-12, atol=1e-14)
        state = solved.y[:, -1]
        found[inside] = np.interp(times[inside], at, solved.y[1])
    return found


@pytest.mark.parametrize(("protocol", "pulses"), [("pulse", 1), ("burst", 10)])
def test_gaba_b_against_an_integration_of_its_own(protocol: str, pulses: int) -> None:
    result = ran(protocol, until=200, dt=0.1)
    G = g_protein(pulses, result.time)
    assert result["I_GABA_B.G"][:, 0] == pytest.approx(G, rel=1e-6, abs=1e-9)
    current = G**4 / (G**4 + 100) * (result["V"][:, 0] + 95)
    assert result["I_GABA_B"][:, 0] == pytest.approx(current, rel=1e-5, abs=1e-9)


def test_gaba_b_peaks_late_and_answers_to_bursts() -> None:
    """About 100 ms after a pulse; ten pulses open more than a thousand times what one does, by the fourth power."""
    single, burst = (ran(protocol, until=200, dt=0.1) for protocol in ("pulse", "burst"))
    G = single["I_GABA_B.G"][:, 0]
    assert single.time[G.argmax()] - 2 == pytest.approx(102, abs=2)
    opening = [(each["I_GABA_B"] / (each["V"] + 95)).max() for each in (single, burst)]
    assert opening[1] > 1000 * opening[0]
