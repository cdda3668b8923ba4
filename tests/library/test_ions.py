"""The ions of `models/ions/`: potentials, what currents book, how calcium comes and goes, by formulas of its own."""

from __future__ import annotations

from functools import cache

import mpmath
import numpy as np
import pytest

import iondsl
from tests.library.cells import model, states

R, F = mpmath.mpf("8.31446261815324"), mpmath.mpf("96485.3321233100184")
DEPTH = {"detailed": 1.0, "first_order": float(10 / (2 * F * mpmath.mpf("0.13e-3")))}  # um
DECAY = {"detailed": 1 / 5, "first_order": 0.075}  # 1/ms
REST = 2.4e-4  # mM

CELL = """
temperature = 36 [degC]
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
    area = 1000 [um^2]
current I_leak:
    I = 0.1 [mS/cm^2] * (V + 65 [mV])
"""
FIXED = f"""{CELL}
use Na from ions.sodium_fixed
use K from ions.potassium_fixed
use Ca from ions.calcium_fixed
current I_Na carries Na:
    I = 0.01 [mS/cm^2] * (V - Na.E)
current I_K carries K:
    I = 0.2 [mS/cm^2] * Ca.i / (Ca.i + 1e-4 [mM]) * (V - K.E)
current I_Ca carries Ca:
    I = 0.001 [mS/cm^2] * (V - Ca.E)
"""
# With a potassium current that calcium opens: it is not counted as calcium.
SHELL = f"""{CELL}
use i from ions.calcium_{{kind}}
use Ca from ions.calcium_{{kind}}{{restated}}
ion K:
    z = +1
    E = -90 [mV]
current I_AHP carries K:
    I = 0.5 [mS/cm^2] * Ca.i / (Ca.i + 1e-3 [mM]) * (V - K.E)
stimulus I_in = 0 [uA/cm^2] carries Ca
"""
POOLS = f"""{CELL}
space i:
    volume = 2000 [um^3]
use Na from ions.pools
use K from ions.pools
use Cl from ions.pools
use Ca from ions.pools
stimulus I_Na = 1 [uA/cm^2] carries Na
stimulus I_K = -2 [uA/cm^2] carries K
stimulus I_Cl = 3 [uA/cm^2] carries Cl
stimulus I_Ca = 4 [uA/cm^2] carries Ca
conserved Q [amol] = membrane.C * membrane.area * V / F - charge(i)
Q' = -I_leak * membrane.area / F
"""
INWARD = np.linspace(-3, 5, 20)  # uA/cm^2, out of the cell where it is negative
KINDS = pytest.mark.parametrize("kind", ["detailed", "first_order"])


@cache
def shell(kind: str, restated: str = "", more: str = "") -> iondsl.Model:
    return model(SHELL.format(kind=kind, restated=restated) + more)


def nernst(z: int, i: float, o: float, celsius: float) -> float:
    return float(1000 * R * (mpmath.mpf("273.15") + celsius) / (z * F) * mpmath.log(mpmath.mpf(o) / i))


def test_fixed_ions() -> None:
    cell = model(FIXED)
    assert cell.evaluate(["Na.E", "K.E", "Ca.E", "Ca.i"]) == pytest.approx([50, -95, 120, REST], rel=1e-15)
    assert [ion.valence for ion in cell.ions] == [1, 1, 2]
    g = np.array([0.1, 0.01, 0.2 * 2.4 / 3.4, 0.001])
    rest = (g @ [-65, 50, -95, 120]) / g.sum()
    assert cell.compile(target="numpy").run(until=100).state[0, 0] == pytest.approx(rest, rel=1e-9)


@pytest.mark.parametrize("celsius", [6.3, 20, 25, 36, 37])
def test_potentials_of_fixed_concentrations(celsius: float) -> None:
    cell = model(CELL + "".join(f"use {ion} from ions.concentrations\n" for ion in ("Na", "K", "Ca", "Cl")))
    found = cell.evaluate(["Na.E", "K.E", "Ca.E", "Cl.E"], parameters={"T": 273.15 + celsius})
    ions = ((1, 12, 145), (1, 140, 5), (2, 1e-4, 2), (-1, 10, 110))
    assert found == pytest.approx([nernst(z, i, o, celsius) for z, i, o in ions], rel=1e-13)


def test_a_cell_of_fixed_concentrations_rests_between_their_potentials() -> None:
    """At the mean of E_Na, E_K and E_Cl, and of the leak's -65 mV, weighted by the conductances."""
    uses = "".join(f"use {ion} from ions.concentrations\n" for ion in ("Na", "K", "Cl"))
    conducting = "".join(
        f"current I_{ion} carries {ion}:\n    I = {g} [mS/cm^2] * (V - {ion}.E)\n"
        for ion, g in (("Na", 0.02), ("K", 0.4), ("Cl", 0.3))
    )
    end = model(CELL + uses + conducting).compile(target="numpy").run(until=50, dt=0.05).state[0, 0]
    potentials = [nernst(1, 12, 145, 36), nernst(1, 140, 5, 36), nernst(-1, 10, 110, 36), -65]
    assert end == pytest.approx(np.dot([0.02, 0.4, 0.3, 0.1], potentials) / 0.82, rel=1e-9)


@KINDS
def test_calcium_starts_at_its_nernst_potential(kind: str) -> None:
    """13.31965 mV ln(2/2.4e-4) with the constants of BrainPy, which differ from those of CODATA in the fifth digit."""
    cell = shell(kind)
    assert cell.evaluate("Ca.E") == pytest.approx(120.250, abs=6e-3)
    many = np.geomspace(1e-5, 5e-2, 20)
    expected = [nernst(2, each, 2, 36) for each in many]
    assert cell.evaluate("Ca.E", states(cell, {"Ca.i": many})) == pytest.approx(np.array(expected), rel=1e-13)


@KINDS
def test_what_enters_a_shell(kind: str) -> None:
    """10 I/(2 F d) mM/ms for I in uA/cm^2 and d in um, with its sign, whatever potassium does."""
    cell = shell(kind)
    rise = 10 * INWARD / (2 * float(F) * DEPTH[kind])
    assert cell.evaluate("i.depth") == pytest.approx(DEPTH[kind], rel=1e-14)
    for value in (1e-5, REST, 1e-2):
        state = states(cell, {"Ca.i": value})
        found = cell.evaluate(["Ca.i.influx", "Ca.i'"], state, inputs={"I_in": INWARD})
        assert found[0] == pytest.approx(rise, rel=1e-13)
        assert found[1] == pytest.approx(rise - DECAY[kind] * (value - REST), rel=1e-12, abs=1e-18)


def test_one_microampere_below_a_square_centimetre() -> None:
    assert shell("detailed").evaluate("Ca.i'", inputs={"I_in": 1.0}) == pytest.approx(5.18214e-5, rel=1e-6)
    assert shell("first_order").evaluate("Ca.i'", inputs={"I_in": 1.0}) == pytest.approx(0.13e-3, rel=1e-13)


def test_the_printed_equation_of_first_order() -> None:
    """dC/dt = alpha I - beta C, where `rest = 0`."""
    cell = shell("first_order", ":\n    rest = 0 [mM]")
    many = np.geomspace(1e-5, 1e-2, 20)
    found = cell.evaluate("Ca.i'", states(cell, {"Ca.i": many}), inputs={"I_in": INWARD})
    assert found == pytest.approx(0.13e-3 * INWARD - 0.075 * many, rel=1e-13)


@KINDS
def test_course_of_calcium(kind: str) -> None:
    """It approaches rest + rise/decay exponentially while a current flows, and returns behind it."""
    protocol = "protocol step:\n    I_in = pulse(start = 5 [ms], width = 20 [ms], height = 2 [uA/cm^2])\n"
    cell = shell(kind, more=protocol).compile(scheme="rk4", target="numpy")
    found = cell.run(until=60, dt=0.02, every=1, protocol="step", record=["Ca.i"])
    rise = 20 / (2 * float(F) * DEPTH[kind]) / DECAY[kind]
    on = np.clip(found.time - 5, 0, 20)
    after = np.clip(found.time - 25, 0, None)
    expected = REST + rise * (1 - np.exp(-DECAY[kind] * on)) * np.exp(-DECAY[kind] * after)
    assert found["Ca.i"][:, 0] == pytest.approx(expected, rel=1e-9)


def test_pump_of_michaelis_and_menten() -> None:
    cell = shell("detailed", more="use pump from ions.calcium_detailed\n")
    many = np.geomspace(1e-6, 1e-2, 20)
    taken = 1e-4 * many / (many + 1e-4)
    found = cell.evaluate(["pump.rate", "Ca.i'"], states(cell, {"Ca.i": many}))
    assert found[0] == pytest.approx(taken, rel=1e-13)
    assert found[1] == pytest.approx(-taken - (many - REST) / 5, rel=1e-11, abs=1e-18)


def test_pools_book_what_is_carried() -> None:
    """I area/(z F volume): 0.5 per um here, so 5 I/(z F) mM/ms; charge is accounted for, which `check` has proven."""
    cell = model(POOLS)
    found = cell.evaluate([f"{ion}.i'" for ion in ("Na", "K", "Cl", "Ca")])
    assert found == pytest.approx(np.array([1, -2, -3, 2]) * 5 / float(F), rel=1e-13)
    assert cell.conserved["Q"].proof
    end = cell.compile(target="numpy").run(until=10, dt=0.1)
    expected = [start + 10 * rate for start, rate in zip((12, 140, 10, 1e-4), found, strict=True)]
    assert end.state[1:, 0] == pytest.approx(expected, rel=1e-12)
