"""Each pump, exchanger and cotransporter, alone in a closed cell: its value, what it books, and where it rests.

The laws of the closed cell are proven when it is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

import iondsl
from tests.library import transport
from tests.library.closed_cell import (
    AREA,
    CAPACITANCE,
    LAWS,
    VOLUMES,
    Array,
    F,
    Point,
    R,
    T,
    closed_cell,
    evaluated,
    moved,
    nernst,
    points,
)

PER_FARAD = CAPACITANCE  # pA of 1 A/F
NANOAMPERE = 1000.0
PER_AREA = 1e6 * AREA  # pA of 1 uA/cm^2
ELEMENTARY = 1000 / F  # amol/ms of 1 pA of singly charged ions
FLUX_PER_AREA = AREA * 1e-4 * 1e15  # amol/ms of 1 mol/(m^2 s)

PUMP = {"Na.i": -3, "Na.o": +3, "K.i": +2, "K.o": -2}
EXCHANGER = {"Na.i": -3, "Na.o": +3, "Ca.i": +1, "Ca.o": -1}
OUT = {"Ca.i": -0.5, "Ca.o": +0.5}
STORED = {"Ca.i": -1, "Ca.sr": +1}
LEAKED = {"Ca.i": +1, "Ca.sr": -1}
KCC2 = {"K.i": -1, "K.o": +1, "Cl.i": -1, "Cl.o": +1}
NKCC1 = {"Na.i": +1, "Na.o": -1, "K.i": +1, "K.o": -1, "Cl.i": +2, "Cl.o": -2}


class Part(NamedTuple):
    """`scale` makes pA of its formula, or amol/ms of a flux; `moves` is what pools gain for each charge or turn."""

    library: str
    name: str
    formula: Callable[[Point], Array]
    scale: float
    moves: Mapping[str, float]

    @property
    def carries_charge(self) -> bool:
        return self.name.startswith("I")


PARTS = (
    Part("luo_rudy_1994", "I_NaK", transport.luo_rudy_pump, PER_FARAD, PUMP),
    Part("luo_rudy_1994", "I_NaCa", transport.luo_rudy_exchanger, PER_FARAD, EXCHANGER),
    Part("luo_rudy_1994", "I_pCa", transport.luo_rudy_calcium_pump, PER_FARAD, OUT),
    Part("luo_rudy_1994", "J_up", transport.luo_rudy_up, VOLUMES["sr"], STORED),
    Part("luo_rudy_1994", "J_leak", transport.luo_rudy_leak, VOLUMES["sr"], LEAKED),
    Part("difrancesco_noble_1985", "I_NaK", transport.difrancesco_noble_pump, NANOAMPERE, PUMP),
    Part("difrancesco_noble_1985", "I_NaCa", transport.difrancesco_noble_exchanger, NANOAMPERE, EXCHANGER),
    Part("shannon_2004", "I_NaK", transport.shannon_pump, PER_FARAD, PUMP),
    Part("shannon_2004", "I_NaCa", transport.shannon_exchanger, PER_FARAD, EXCHANGER),
    Part("shannon_2004", "I_pCa", transport.shannon_calcium_pump, PER_FARAD, OUT),
    Part("shannon_2004", "J_up", transport.shannon_up, VOLUMES["i"], STORED),
    Part("shannon_2004", "J_leak", transport.shannon_leak, VOLUMES["i"], LEAKED),
    Part("ohara_rudy_2011", "I_NaK", transport.ohara_rudy_pump, PER_FARAD, PUMP),
    Part(
        "ohara_rudy_2011",
        "I_NaCa",
        lambda p: transport.ohara_rudy_exchanger(p.v, p.Na_i, p.Na_o, p.Ca_i, p.Ca_o),
        PER_FARAD,
        EXCHANGER,
    ),
    Part("kager_2000", "I_NaK", transport.kager_pump, PER_AREA, PUMP),
    Part("cressman_2009", "I_NaK", transport.cressman_pump, PER_AREA, PUMP),
    Part("saetra_2021", "I_NaK", lambda p: 100 * transport.saetra_pump(p), PER_AREA, PUMP),  # uA/cm^2 from A/m^2
    Part("saetra_2021", "J_KCC2", transport.saetra_kcc2, FLUX_PER_AREA, KCC2),
    Part("saetra_2021", "J_NKCC1", transport.saetra_nkcc1, FLUX_PER_AREA, NKCC1),
)
EACH = pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.library}-{part.name}")


@cache
def alone(library: str, name: str, *restated: str) -> iondsl.Model:
    head = f"use {name} from pumps.{library}"
    return closed_cell(head + ":", *(f"    {line}" for line in restated)) if restated else closed_cell(head)


def value(library: str, name: str, at: Point, *restated: str) -> Array:
    return evaluated(alone(library, name, *restated), name, at)


def named(library: str, name: str) -> Part:
    return next(each for each in PARTS if (each.library, each.name) == (library, name))


@EACH
def test_value(part: Part) -> None:
    at = points()
    expected = part.formula(at)
    tolerance = 1e-12 * np.abs(expected).max()  # where an exchanger is near its equilibrium, digits cancel
    np.testing.assert_allclose(value(part.library, part.name, at), expected, rtol=1e-11, atol=tolerance)


@EACH
def test_books(part: Part) -> None:
    """What each pool gains, those that have nothing to do with the part included, and what V feels."""
    at, model = points(), alone(part.library, part.name)
    turns = part.scale * part.formula(at)  # pA, or amol/ms
    amounts = turns * (ELEMENTARY if part.carries_charge else 1)
    for pool, gain in moved(model, at).items():
        expected = part.moves.get(pool, 0) * amounts
        np.testing.assert_allclose(gain, expected, rtol=1e-10, atol=1e-12 * np.abs(amounts).max())
    felt = -turns / CAPACITANCE if part.carries_charge else np.zeros(20)
    np.testing.assert_allclose(evaluated(model, "V'", at), felt, rtol=1e-10, atol=1e-12 * np.abs(felt).max())


@EACH
def test_runs(part: Part) -> None:
    """Ten milliseconds in which it moves what it should, and nothing is lost."""
    cell = alone(part.library, part.name).compile("forward_euler", "numpy")
    start, result = cell.initial_state()[:, 0], cell.run(until=10, dt=0.01, record=LAWS, every=5)
    states = zip(cell.states, start, result.state[:, 0], strict=True)
    changed = {state.name for state, before, after in states if before != after}
    assert changed == {*part.moves, *(["V"] if part.carries_charge else [])}
    assert np.all(np.isfinite(result.state))
    for law in LAWS:
        np.testing.assert_allclose(result[law][:, 0], result[law][0, 0], rtol=1e-12)


@pytest.mark.parametrize("library", ["luo_rudy_1994", "difrancesco_noble_1985", "shannon_2004"])
def test_exchanger_reverses_where_energies_balance(library: str) -> None:
    """Three sodium ions against one calcium ion are at rest at 3 E_Na - 2 E_Ca, outward above and inward below."""
    at = points()
    V = 3 * nernst(1, at.Na_i, at.Na_o) - 2 * nernst(2, at.Ca_i, at.Ca_o)
    below, rest, above = (value(library, "I_NaCa", replace(at, V=V + step)) for step in (-1, 0, 1))
    assert np.all(below < 0)
    assert np.all(above > 0)
    assert np.all(np.abs(rest) < 1e-10 * np.minimum(above, -below))


def test_exchanger_with_a_stronger_way_in() -> None:
    """That of ten Tusscher et al., which reverses RT/F log(2.5) higher than it should."""
    at, restated = points(), ("k = 1000 [A/F]", "alpha = 2.5")
    found = value("luo_rudy_1994", "I_NaCa", at, *restated)
    np.testing.assert_allclose(found, transport.ten_tusscher_exchanger(at), rtol=1e-11)
    balance = 3 * nernst(1, at.Na_i, at.Na_o) - 2 * nernst(2, at.Ca_i, at.Ca_o)
    reversal = replace(at, V=balance + 1000 * R * T / F * np.log(2.5))
    rest, above = (
        value("luo_rudy_1994", "I_NaCa", replace(reversal, V=reversal.V + step), *restated) for step in (0, 1)
    )
    assert np.all(np.abs(rest) < 1e-10 * above)


def test_exchanger_with_slips_reverses_elsewhere() -> None:
    """O'Hara and Rudy's at rest does so 40 mV higher; without `w_NaCa` where its 2 q_Na + q_Ca charges put it."""
    at = points()
    balance = 3 * nernst(1, at.Na_i, at.Na_o) - 2 * nernst(2, at.Ca_i, at.Ca_o)
    tight = replace(at, V=balance / (2 * 0.5224 + 0.167))
    below, rest, above = (
        value("ohara_rudy_2011", "I_NaCa", replace(tight, V=tight.V + step), "w_NaCa = 0 [1/s]") for step in (-1, 0, 1)
    )
    assert np.all(below < 0)
    assert np.all(above > 0)
    assert np.all(np.abs(rest) < 1e-10 * np.minimum(above, -below))
    rested = replace(points(2), V=np.array([18.5, 18.6]), Na_i=np.full(2, 7.0), Na_o=np.full(2, 140.0))
    rested = replace(rested, Ca_i=np.full(2, 1e-4), Ca_o=np.full(2, 1.8))
    low, high = value("ohara_rudy_2011", "I_NaCa", rested)
    assert low < 0 < high
    balance = 3 * nernst(1, rested.Na_i, rested.Na_o) - 2 * nernst(2, rested.Ca_i, rested.Ca_o)
    assert balance[0] == pytest.approx(-21.66, abs=0.01)


def test_pump_of_four_states_mended() -> None:
    """Restated as the part says, its cycle moves three sodium ions for two potassium ions."""
    at = points()
    mended = ("x1 = a4 * a1 * a2 + b1 * b4 * b3 + a2 * b4 * b3 + b3 * a1 * a2", "H = 1e-4 [mM]")
    expected = transport.ohara_rudy_pump(at, H=1e-4, published=False)
    np.testing.assert_allclose(value("ohara_rudy_2011", "I_NaK", at, *mended), expected, rtol=1e-11)
    sodium, potassium = evaluated(alone("ohara_rudy_2011", "I_NaK", *mended), ["I_NaK.J_Na", "I_NaK.J_K"], at)
    np.testing.assert_allclose(sodium, -1.5 * potassium, rtol=1e-9)


PUMPS = ("luo_rudy_1994", "difrancesco_noble_1985", "shannon_2004", "ohara_rudy_2011", "kager_2000", "saetra_2021")


@pytest.mark.parametrize("library", PUMPS)
def test_pump_needs_sodium(library: str) -> None:
    """It saturates, and stands still without; that of O'Hara and Rudy then leaks backwards by less than 1e-3 of it."""
    at = points()
    most = value(library, "I_NaK", replace(at, Na_i=np.full(20, 1e9)))
    nearly = value(library, "I_NaK", replace(at, Na_i=np.full(20, 1e8)))
    none = value(library, "I_NaK", replace(at, Na_i=np.full(20, 1e-9)))
    usual = value(library, "I_NaK", at)
    np.testing.assert_allclose(nearly, most, rtol=1e-6)
    assert np.all((none < usual) & (usual < most))
    assert np.all(np.abs(none) < 1e-3 * most)


def test_pump_of_sigmoids_rests_only_nearly() -> None:
    """What the part says is left of it without sodium, and without potassium."""
    at = replace(points(3), Na_i=np.array([1e-9, 1e9, 1e9]), K_o=np.array([1e9, 1e-9, 1e9]))
    sodium, potassium, most = value("cressman_2009", "I_NaK", at)
    assert sodium / most == pytest.approx(2.4e-4, rel=0.01)
    assert potassium / most == pytest.approx(4.1e-3, rel=0.01)
    assert most == pytest.approx(28.1, abs=0.05)


def test_potassium_chloride_cotransporter_rests_at_equal_potentials() -> None:
    at = points()
    rested = replace(at, Cl_i=at.K_o * at.Cl_o / at.K_i)
    np.testing.assert_allclose(nernst(1, rested.K_i, rested.K_o), nernst(-1, rested.Cl_i, rested.Cl_o), rtol=1e-12)
    scale = 7e-7
    assert np.all(np.abs(value("saetra_2021", "J_KCC2", rested)) < 1e-14 * scale)
    assert np.all(value("saetra_2021", "J_KCC2", replace(rested, Cl_i=1.01 * rested.Cl_i)) > 0)
    assert np.all(value("saetra_2021", "J_KCC2", replace(rested, Cl_i=0.99 * rested.Cl_i)) < 0)


def test_sodium_potassium_chloride_cotransporter_rests_where_products_are_equal() -> None:
    at = points()
    rested = replace(at, Cl_i=at.Cl_o * np.sqrt(at.Na_o * at.K_o / (at.Na_i * at.K_i)))
    twice = 2 * nernst(-1, rested.Cl_i, rested.Cl_o)
    np.testing.assert_allclose(
        twice, nernst(1, rested.Na_i, rested.Na_o) + nernst(1, rested.K_i, rested.K_o), rtol=1e-12, atol=1e-12
    )
    more, rest, less = (
        value("saetra_2021", "J_NKCC1", replace(rested, Cl_i=factor * rested.Cl_i)) for factor in (1.01, 1, 0.99)
    )
    assert np.all(more < 0)
    assert np.all(less > 0)
    assert np.all(np.abs(rest) < 1e-11 * less)


def test_pump_of_the_store_has_a_way_back() -> None:
    """It holds at most a gradient of K_r / K_f."""
    at = points()
    rested = replace(at, Ca_sr=at.Ca_i / 2.46e-4 * 1.7)
    assert np.all(np.abs(value("shannon_2004", "J_up", rested)) < 1e-13)
    assert np.all(value("shannon_2004", "J_up", replace(rested, Ca_sr=1.01 * rested.Ca_sr)) < 0)
    assert np.all(value("shannon_2004", "J_up", replace(rested, Ca_sr=0.99 * rested.Ca_sr)) > 0)


def test_leak_balances_the_pump_of_a_full_store() -> None:
    full = replace(points(1), Ca_i=np.array([1e9]), Ca_sr=np.array([15.0]))
    assert value("luo_rudy_1994", "J_leak", full) == pytest.approx(value("luo_rudy_1994", "J_up", full), rel=1e-11)


@pytest.mark.parametrize(("name", "factor"), [("I_NaK", 1.63), ("I_NaCa", 1.57), ("I_pCa", 2.35), ("J_up", 2.6)])
def test_warmth(name: str, factor: float) -> None:
    """Ten degrees more multiply what does not depend on V by the Q10; the pump, when sodium saturates it."""
    model, at = alone("shannon_2004", name), replace(points(), V=np.zeros(20))
    at = replace(at, Na_i=np.full(20, 1e9)) if name == "I_NaK" else at
    warm, cold = (evaluated(model, name, at, T) for T in (310.0, 300.0))
    np.testing.assert_allclose(warm, factor * cold, rtol=1e-11)


def test_warmth_of_half_saturation() -> None:
    """At 310 K 11 mM of sodium half saturate the pump, at 300 K less."""
    model = alone("shannon_2004", "I_NaK")
    for kelvin, half in ((310.0, 11), (300.0, 11 / 1.49)):
        at = replace(points(2), V=np.zeros(2), Na_i=np.array([half, 1e9]), Na_o=np.full(2, 140.0), K_o=np.full(2, 5.4))
        halved, most = evaluated(model, "I_NaK", at, kelvin)
        assert halved == pytest.approx(most / 2, rel=1e-12)


def test_release() -> None:
    """Opening and inactivation are independent: the open share is their product, and calcium leaves the store."""
    model = alone("shannon_2004", "J_rel")
    start = model.evaluate(["J_rel.ryr.R", "J_rel.ryr.O", "J_rel.ryr.I", "J_rel.ryr.RI", "J_rel"])
    Ca_i, Ca_sr = 1e-4, 1.0
    k_CaSR = 15 - (15 - 1) / (1 + (0.45 / Ca_sr) ** 2.5)
    opening, inactivation = 10 / k_CaSR * Ca_i**2, 0.5 * k_CaSR * Ca_i
    opened, ready = opening / (opening + 0.06), 0.005 / (inactivation + 0.005)
    expected = [(1 - opened) * ready, opened * ready, opened * (1 - ready), (1 - opened) * (1 - ready)]
    np.testing.assert_allclose(start, [*expected, 25 * opened * ready * (Ca_sr - Ca_i)], rtol=1e-11)
    result = model.compile("forward_euler", "numpy").run(until=10, dt=0.01, record=("Ca.sr", *LAWS), every=5)
    assert result["Ca.sr"][-1, 0] < result["Ca.sr"][0, 0]
    for law in LAWS:
        np.testing.assert_allclose(result[law][:, 0], result[law][0, 0], rtol=1e-12)
