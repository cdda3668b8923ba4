"""A closed cell in which parts of the library are tried: every concentration is a state, and laws are proven.

Amounts are in amol, that is mM um^3; currents in pA; the capacitance is 100 pF, the area 1e-4 cm^2.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

import iondsl
from iondsl.source import Source

Array = npt.NDArray[np.float64]

R, F, T = 8.31446261815324, 96485.3321233100184, 310.0
CAPACITANCE, AREA = 100.0, 1e-4
VOLUMES = {"i": 20000.0, "ss": 400.0, "sr": 1000.0, "o": 5000.0}
CHARGES = {"Na": 1, "K": 1, "Cl": -1, "Ca": 2}

CELL = """
model closed_cell:

temperature = 310 [K]

membrane:
    state V = -80 [mV]
    C = 100 [pF]
    area = 1e4 [um^2]

space i:
    volume = 2e4 [um^3]
space ss:
    volume = 400 [um^3]
space sr:
    volume = 1000 [um^3]
space o:
    volume = 5000 [um^3]

ion Na:
    z = +1
    state i = 8 [mM]
    state ss = 9 [mM]
    state o = 140 [mM]
ion K:
    z = +1
    state i = 140 [mM]
    state o = 5.4 [mM]
ion Cl:
    z = -1
    state i = 8 [mM]
    state o = 110 [mM]
ion Ca:
    z = +2
    state i = 1e-4 [mM]
    state ss = 2e-4 [mM]
    state sr = 1 [mM]
    state o = 1.8 [mM]

conserved Na_total = Na.i * i.volume + Na.ss * ss.volume + Na.o * o.volume
conserved K_total = K.i * i.volume + K.o * o.volume
conserved Cl_total = Cl.i * i.volume + Cl.o * o.volume
conserved Ca_total = Ca.i * i.volume + Ca.ss * ss.volume + Ca.sr * sr.volume + Ca.o * o.volume
conserved Q [amol] = membrane.C * V / F - charge(i) - charge(ss) - charge(sr)

"""

LAWS = ("Na_total", "K_total", "Cl_total", "Ca_total", "Q")


@dataclass(frozen=True, slots=True)
class Point:
    """States of the cell in their order, each a number or an array over cells; V in mV, concentrations in mM."""

    V: Array
    Na_i: Array
    Na_ss: Array
    Na_o: Array
    K_i: Array
    K_o: Array
    Cl_i: Array
    Cl_o: Array
    Ca_i: Array
    Ca_ss: Array
    Ca_sr: Array
    Ca_o: Array

    @property
    def v(self) -> Array:
        """V in units of RT/F."""
        return self.V * F / (1000 * R * T)

    @property
    def states(self) -> Array:
        """(states, cells)"""
        return np.array([np.broadcast_to(getattr(self, each.name), np.shape(self.V)) for each in fields(self)])


def nernst(z: int, inside: Array, outside: Array) -> Array:
    """In mV."""
    return 1000 * R * T / (z * F) * np.log(outside / inside)


def points(count: int = 20) -> Point:
    """V from -120 to 60 mV; concentrations as they are in cells, rested and in trouble, even in their logarithms."""
    low = np.array([2, 2, 100, 80, 2, 3, 90, 5e-5, 5e-5, 0.1, 0.5])[:, np.newaxis]
    high = np.array([50, 50, 160, 160, 30, 40, 150, 2e-3, 5e-2, 5, 3])[:, np.newaxis]
    shares = np.random.default_rng(0).uniform(size=(12, count))
    return Point(-120 + 180 * shares[0], *(low * (high / low) ** shares[1:]))


def closed_cell(*lines: str) -> iondsl.Model:
    """The cell with these lines behind it, its laws proven."""
    return iondsl.Model(Source("closed_cell.ion", CELL + "\n".join(lines) + "\n"))


def evaluated(model: iondsl.Model, names: str | list[str], at: Point, T: float = T) -> Array:
    return np.asarray(model.evaluate(names, at.states, parameters={"T": T}), dtype=np.float64)


def moved(model: iondsl.Model, at: Point) -> dict[str, Array]:
    """What each pool gains, in amol/ms, by the name of the pool."""
    pools = [state.name for state in model.states if state.name.partition(".")[0] in CHARGES]
    rates = evaluated(model, [f"{pool}'" for pool in pools], at)
    return {pool: rate * VOLUMES[pool.partition(".")[2]] for pool, rate in zip(pools, rates, strict=True)}
