"""A neuron at rest by leaks, pump and cotransporters, at the state that its balances give by hand."""

from __future__ import annotations

import numpy as np
from scipy.optimize import fsolve

import iondsl
from iondsl.source import Source
from tests.library import transport
from tests.library.closed_cell import Array, F, Point, nernst

NEURON = """
model neuron:

temperature = 310 [K]

membrane:
    state V = -70 [mV]
    C = 1 [uF/cm^2]

space i:
    depth = 2 [um]

ion Na:
    z = +1
    state i = 10 [mM]
    o = 140 [mM]
ion K:
    z = +1
    state i = 130 [mM]
    o = 4 [mM]
ion Cl:
    z = -1
    state i = 10 [mM]
    o = 120 [mM]

current I_Na carries Na:
    I = 0.0247 [mS/cm^2] * (V - Na.E)
current I_K carries K:
    I = 0.05 [mS/cm^2] * (V - K.E)
current I_Cl carries Cl:
    I = 0.1 [mS/cm^2] * (V - Cl.E)

use I_NaK from pumps.kager_2000
use J_KCC2 from pumps.saetra_2021
use J_NKCC1 from pumps.saetra_2021

conserved Q [amol/um^2] = membrane.C * V / F - charge(i)
"""
NUMBERS = ("V", "Na.i", "K.i", "Cl.i")
OF_FLUX = F * 100  # uA/cm^2 of 1 mol/(m^2 s)
DEPTH = 2e-4  # cm


def point(V: float, Na: float, Cl: float) -> Point:
    """What the neuron is at rest if V, sodium and chloride are these: its charge is that of the start."""
    K = 130 - (Na - 10) + (Cl - 10) + (V + 70) / (1000 * F * DEPTH)  # mV uF/cm^2 over 1000 F depth is in mM
    ones = [np.array([each]) for each in (V, Na, 1, 140, K, 4, Cl, 120, 1, 1, 1, 1)]
    return Point(*ones)


def balances(numbers: Array) -> Array:
    """What leaves of sodium, potassium and chloride, in uA/cm^2 of singly charged ions."""
    p = point(*numbers)
    pump, kcc2 = transport.kager_pump(p), OF_FLUX * transport.saetra_kcc2(p)
    nkcc1 = OF_FLUX * transport.saetra_nkcc1(p)
    sodium = 0.0247 * (p.V - nernst(1, p.Na_i, p.Na_o)) + 3 * pump - nkcc1
    potassium = 0.05 * (p.V - nernst(1, p.K_i, p.K_o)) - 2 * pump + kcc2 - nkcc1
    chloride = -0.1 * (p.V - nernst(-1, p.Cl_i, p.Cl_o)) + kcc2 - 2 * nkcc1
    return np.concatenate([sodium, potassium, chloride])


def test_rest() -> None:
    """Nothing changes there, though no ion is at its potential: chloride is kept between potassium and V."""
    V, Na, Cl = fsolve(balances, [-72, 13, 5], xtol=1e-13)
    rest = point(V, Na, Cl)
    model = iondsl.Model(Source("neuron.ion", NEURON))
    state = np.array([rest.V, rest.Na_i, rest.K_i, rest.Cl_i])[:, 0]
    started = model.derivatives()
    assert np.all(np.abs(model.derivatives(state)) < 1e-9 * np.abs(started).max())
    K_E, Cl_E, Na_E = model.evaluate(["K.E", "Cl.E", "Na.E"], state)
    assert K_E < Cl_E - 1 < V - 5 < Na_E
    assert model.evaluate("I_NaK", state) > 0.5


def test_way_to_rest() -> None:
    """In five minutes it is where the balances say, from the numbers of the file."""
    V, Na, Cl = fsolve(balances, [-72, 13, 5], xtol=1e-13)
    cell = iondsl.Model(Source("neuron.ion", NEURON)).compile("exponential_euler", "numpy")
    result = cell.run(until=300_000, dt=20, record=NUMBERS, every=100_000)
    found = [float(result[name][-1, 0]) for name in NUMBERS]
    np.testing.assert_allclose(found, [V, Na, float(point(V, Na, Cl).K_i[0]), Cl], rtol=1e-2)
