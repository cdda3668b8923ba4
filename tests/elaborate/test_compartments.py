"""What the blocks of a compartment mean, inside and outside: each number once more by hand."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

import iondsl
from iondsl.source import Source
from iondsl.system import System
from tests.elaborate.systems import VALID, formula, meaning, named, valid

F, R, T = 96485.3321233100184, 8.31446261815324, 310.15
CHAIN = """
part link:
    param g = 1 [mS/cm^2]
compartment one:
    membrane:
        state V = -65 [mV]
        C = 1 [uF/cm^2]
    current I_link:
        I = link.g * (V - two.V)
compartment two:
    membrane:
        state V = -60 [mV]
        C = 1 [uF/cm^2]
    current I_link:
        I = link.g * (V - one.V)
"""


def nernst(z: int, i: float, o: float) -> float:
    """mV"""
    return 1e3 * R * T / (z * F) * log(o / i)


def ghk(P: float, V: float, i: float, o: float) -> float:
    """uA/cm^2 of a monovalent cation; P in cm/s, V in mV, mM. mM cm/s = 1e-6 mol/(cm^2 s)."""
    u = V * 1e-3 * F / (R * T)
    return P * F * u * (i - o * exp(-u)) / (1 - exp(-u))


def test_every_derivative_by_hand() -> None:
    """All pools and potentials of tests/valid/compartments.ion; amounts in amol, times in ms, currents in pA."""
    model = iondsl.load(VALID / "compartments.ion")
    at = {state.name: state.value for state in model.states}
    n = 1 / (1 + exp(-(-65 + 30) / 10))
    per_area = 1e-2  # uA/cm^2 * um^2 = 1e-2 pA
    top = 500 * per_area * 0.1 * (-70 - nernst(1, 140, 4))
    soma = 1000 * per_area * 0.1 * n * (-65 - nernst(1, 130, 4))
    soma_Cl = -65 - nernst(-1, 10, 110)
    soma_other = 1000 * per_area * (0.2 * (-65 + 60) + 0.05 * (-70 + 70))
    dend = 800 * per_area * ghk(1e-7, -60, 135, 4)
    dend_Ca = 800 * per_area * 0.1 * (-60 - 120)
    dend_NaK = 800 * per_area * 0.1 * 4 / 6
    dend_link = 800 * per_area * 0.2 * (-60 + 65)
    amol = 1e3 / F  # pA ms = 1e-15 C; in amol
    along = 1e-3 * (130 - 135)  # um^3/s mM = 1e-3 amol/ms
    pumped = 0.0 * 50
    expected = {
        "K.o": (top + soma + dend - 2 * dend_NaK) * amol / 4000,
        "K.i": -top * amol / 1000,
        "V": -top / 5,
        "soma.V": -(soma + soma_Cl + soma_other) / 20,
        "soma.K.i": (-soma * amol - along) / 2000,
        "soma.Cl.i": soma_Cl * amol / 2000,
        "soma.I_K.n": 0.0,
        "dend.V": -(dend + dend_Ca + dend_NaK + dend_link) / 20,
        "dend.K.i": ((-dend + 2 * dend_NaK) * amol + along) / 400,
        "dend.Ca.i": (-dend_Ca / 2 * amol - pumped) / 400,
        "dend.Ca.er": 0.0,
    }
    assert list(at) == list(expected)
    assert model.derivatives() == pytest.approx(np.array(list(expected.values())), rel=1e-12, abs=1e-18)
    assert model.evaluate("soma.K.E") == pytest.approx(nernst(1, 130, 4), rel=1e-14)
    assert model.evaluate("soma.charged") == pytest.approx(-2 * 10 * 2000, rel=1e-14)
    assert model.evaluate("outside") == pytest.approx(expected["K.o"] + expected["soma.K.i"], rel=1e-12)
    assert model.evaluate("sum") == pytest.approx((10 + 135 + 2e-4) * 0.5 / 800, rel=1e-12)  # per um^2


def test_records() -> None:
    system = valid("compartments")
    soma, dend = system.compartments
    assert (soma.name, soma.doc) == ("soma", "with pools of its own")
    assert (dend.potential, dend.capacitance, dend.area) == ("dend.V", "dend.membrane.C", "dend.membrane.area")
    ions = {ion.name: ion for ion in system.ions}
    assert list(ions) == ["K", "Na", "Ca", "soma.K", "soma.Cl", "dend.K", "dend.Ca"]
    assert (ions["dend.Ca"].valence, ions["dend.Ca"].reversal) == (2, "Ca.E")
    assert [each.quantity for each in ions["soma.K"].concentrations] == ["soma.K.i", "K.o"]
    assert [space.name for space in system.spaces] == ["o", "i", "soma.i", "dend.i", "dend.er"]
    pools = {pool.quantity: pool for pool in system.pools}
    assert [each.flow for each in pools["K.o"].booked] == ["I_K", "soma.I_K", "soma.I_app", "dend.I_K", "dend.I_NaK"]
    assert (pools["dend.K.i"].ion, pools["dend.K.i"].space) == ("dend.K", "dend.i")
    assert ("soma.membrane.V", "soma.V") in system.aliases


def reversal(outside: str, inside: str) -> str:
    """The E that a compartment sees of an ion."""
    lines = f"temperature = 37 [degC]\nion K:\n    z = +1\n{outside}compartment a:\n    ion K:\n{inside}    E = K.E\n"
    return name_of(meaning(lines), "a.E")


def name_of(system: System, name: str) -> str:
    return str(getattr(formula(system, name).expanded, "text", ""))


@pytest.mark.parametrize(
    ("outside", "inside", "expected"),
    [
        ("    i = 140 [mM]\n    o = 4 [mM]\n", "        i = 130 [mM]\n", "a.K.E"),
        ("    i = 140 [mM]\n    o = 4 [mM]\n", "        param P = 1 [cm/s]\n", "K.E"),
        ("    E = -90 [mV]\n", "        i = 130 [mM]\n", "K.E"),
        ("    E = -90 [mV]\n    o = 4 [mM]\n", "        i = 130 [mM]\n", "a.K.E"),
        ("    E = -90 [mV]\n", "        E = -80 [mV]\n", "a.K.E"),
    ],
)
def test_whose_reversal_potential(outside: str, inside: str, expected: str) -> None:
    """Derived where a concentration is refined and both are known; else what is written, inside first."""
    assert reversal(outside, inside) == expected


def test_a_model_whose_currents_are_in_compartments_needs_no_membrane() -> None:
    system = meaning(CHAIN)
    assert [state.name for state in system.states] == ["one.V", "two.V"]
    assert all(state.is_potential for state in system.states)
    assert named(system, "one.V").block == "one.membrane"


def test_amounts_are_kept_where_a_compartment_moves() -> None:
    """A space of a compartment that swells: the amount of its own pool is integrated."""
    lines = """
compartment a:
    space i:
        state volume = 1000 [um^3]
        volume' = 1 [um^3/ms]
    ion K:
        z = +1
        state i = 100 [mM]
compartment b:
    space i:
        volume = 500 [um^3]
    ion K:
        z = +1
        state i = 10 [mM]
"""
    system = meaning(lines)
    assert named(system, "a.K.i").store is not None
    assert named(system, "b.K.i").store is None
    end = iondsl.Model(Source("m.ion", f"model m:\n{lines}")).compile(target="numpy").run(until=250, dt=1, record=())
    assert end.state[:, 0] == pytest.approx([1250, 80, 10], rel=1e-13)
