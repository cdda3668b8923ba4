"""Whole runs of models whose concentrations move: what is booked, nothing else, and no particle is lost."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from iondsl import pipeline
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.simulate.result import Result
from iondsl.source import Source

FARADAY = 96485.3321233100184

SHELL = """
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
space i:
    depth = 1 [um]
ion Ca:
    z = +2
    state i = 1e-4 [mM]
current I_Ca carries Ca:
    I = -1 [uA/cm^2]
"""

PUMP = """
membrane:
    state V = -70 [mV]
    V' = -(V + 70 [mV]) / 10 [ms]
    C = 1 [uF/cm^2]
    area = 922 [um^2]
space i:
    volume = 2160 [um^3]
space o:
    volume = 720 [um^3]
ion Na:
    z = +1
    state i = 30 [mM]
    state o = 145 [mM]
ion K:
    z = +1
    state i = 140 [mM]
    state o = 8 [mM]
current I_NaK carries 3 Na, -2 K:
    I = 2 [uA/cm^2] / (1 + exp((25 [mM] - Na.i) / 3 [mM]))
flux J_leak carries 1 Na, -1 K from o to i per o:
    J = 2e-6 [1/ms] * Na.o
sodium = Na.i * i.volume + Na.o * o.volume
potassium = K.i * i.volume + K.o * o.volume
"""

OSMOTIC = """
space i:
    volume = (osmoles(i) + 100 [amol]) / 300 [mM]
    initial volume = 1000 [um^3]
space o:
    volume = 5000 [um^3] - i.volume
ion K:
    z = +1
    state i = 149.95 [mM]
    state o = 150 [mM]
ion Cl:
    z = -1
    state i = 149.95 [mM]
    state o = 150 [mM]
flux J_KCl carries K, Cl from o to i:
    J = 200 [amol/ms]
potassium = K.i * i.volume + K.o * o.volume
"""


@cache
def cell(lines: str, scheme: str = "rush_larsen", target: str = "numpy") -> Cell:
    return pipeline.cell_of(Source("pools.ion", f"model pools:\n{lines}"), Options(scheme=scheme, target=target))


def run(lines: str, record: tuple[str, ...], until: float, dt: float, scheme: str = "rush_larsen") -> Result:
    return cell(lines, scheme).run(until=until, dt=dt, record=record, every=until / 10)


def test_row_20_for_a_second() -> None:
    """A steady current fills a shell at 5.18214e-5 mM/ms."""
    calcium = run(SHELL, ("Ca.i",), 1000, 1)["Ca.i"][:, 0]
    assert calcium[-1] - calcium[0] == pytest.approx(1000 * 0.01 / (2 * FARADAY * 1e-6) / 1000, rel=1e-12)
    assert np.ptp(np.diff(calcium)) < 1e-15


@pytest.mark.parametrize("scheme", ["forward_euler", "rush_larsen", "exponential_euler", "rk4"])
def test_a_pump_conserves_both_ions(scheme: str) -> None:
    result = run(PUMP, ("sodium", "potassium", "Na.i", "K.o", "I_NaK"), 10_000, 1, scheme)
    for ion in ("sodium", "potassium"):
        assert result[ion][:, 0] == pytest.approx(result[ion][0, 0], rel=1e-12)
    assert all(before > after for before, after in pairwise(result["Na.i"][:, 0]))


def test_a_pump_moves_three_for_two() -> None:
    """Without the leak, what sodium loses is 3/2 of what potassium gains."""
    result = run(PUMP.replace("2e-6", "0"), ("Na.i", "K.i"), 1000, 1)
    sodium, potassium = (result[name][-1, 0] - result[name][0, 0] for name in ("Na.i", "K.i"))
    assert sodium / potassium == pytest.approx(-1.5, rel=1e-9)


@pytest.mark.parametrize("scheme", ["forward_euler", "rush_larsen", "rk4"])
def test_a_cell_swells_with_what_enters_it(scheme: str) -> None:
    """200 amol of K and of Cl each ms: the volume grows by 400/300 um^3, and nothing is lost to dilution."""
    result = run(OSMOTIC, ("i.volume", "K.i", "potassium"), 1000, 1, scheme)
    volume, inside = result["i.volume"][:, 0], result["K.i"][:, 0]
    assert volume[0] == 1000
    assert volume[-1] == pytest.approx(1000 + 400 * 1000 / 300, rel=1e-9)
    assert inside[-1] == pytest.approx((149.95 * 1000 + 200 * 1000) / volume[-1], rel=1e-9)
    assert result["potassium"][:, 0] == pytest.approx(result["potassium"][0, 0], rel=1e-12)


@pytest.mark.parametrize("lines", [PUMP, OSMOTIC])
def test_both_targets_agree(lines: str) -> None:
    names = tuple(state.name for state in cell(lines).states)
    results = [cell(lines, target=target).run(until=100, dt=1, record=names) for target in ("numpy", "c")]
    for name in names:
        assert results[0][name] == pytest.approx(results[1][name], rel=1e-12)
