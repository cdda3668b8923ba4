"""Buffers: what they bind at rest and how fast, and that free and bound calcium together are conserved."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

import iondsl
from iondsl.source import Source
from tests.library.closed_cell import AREA, VOLUMES, Array, F

CELL = """
model buffered:

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

ion Ca:
    z = +2
    state i = 1e-4 [mM]
{equation}

ion Mg:
    z = +2
    state i = 0.59 [mM]

current I_Ca carries Ca{space}:
    I = -0.1 [uA/cm^2]

conserved calcium [amol] = {amount}
calcium' = -I_Ca * membrane.area / (2 * F)

"""
INFLOW = 0.1 * AREA * 1e6 * 1000 / (2 * F)  # amol/ms


class Fast(NamedTuple):
    """A buffer in equilibrium: `sites` pairs how many there are with what half saturates them, in mM."""

    library: str
    name: str
    pool: str
    sites: tuple[tuple[float, float], ...]


class Slow(NamedTuple):
    """Sites with rates: of calcium, and of magnesium if they take it, in 1/(mM ms) and 1/ms."""

    library: str
    part: str
    total: float
    k_on: float
    k_off: float
    magnesium: tuple[float, float] | None = None
    free: str = "free"
    bound: str = "bound"


FAST = (
    Fast("wagner_keizer_1994", "buffer", "i", ((0.1, 5e-4),)),
    Fast("ohara_rudy_2011", "cytoplasm", "i", ((0.05, 0.00238), (0.07, 0.0005))),
    Fast("ohara_rudy_2011", "subspace", "ss", ((0.047, 0.00087), (1.124, 0.0087))),
    Fast("ohara_rudy_2011", "store", "sr", ((10, 0.8),)),
)
SLOW = (
    Slow("shannon_2004", "troponin", 0.07, 32.7, 19.6e-3),
    Slow("shannon_2004", "troponin_Mg", 0.14, 2.37, 3.2e-5, (0.003, 0.00333)),
    Slow("shannon_2004", "calmodulin", 0.024, 34, 0.238),
    Slow("shannon_2004", "myosin", 0.14, 13.8, 0.00046, (0.0157, 5.7e-5)),
    Slow("shannon_2004", "SR_sites", 0.0171, 100, 0.06),
    Slow("schmidt_2003", "parvalbumin", 0.08, 107, 9.5e-4, (0.8, 0.025)),
    Slow("schmidt_2003", "calbindin", 0.32, 43.5, 0.0358, None, "fast_free", "fast_bound"),
    Slow("schmidt_2003", "calbindin", 0.32, 5.5, 0.0026, None, "slow_free", "slow_bound"),
)
EACH_FAST = pytest.mark.parametrize("buffer", FAST, ids=lambda each: f"{each.library}-{each.name}")
EACH_SLOW = pytest.mark.parametrize("sites", SLOW, ids=lambda each: f"{each.library}-{each.part}-{each.bound}")


@cache
def with_fast(buffer: Fast) -> iondsl.Model:
    """Calcium enters the space of the buffer; the law, with what is bound, is proven when it is loaded."""
    name, pool = buffer.name, buffer.pool
    state = "" if pool == "i" else f"    state {pool} = 1e-4 [mM]\n"
    equation = f"{state}    {pool}' = {name}.beta * influx({pool})"
    amount = f"(Ca.{pool} + {name}.bound) * {pool}.volume"
    text = CELL.format(equation=equation, space="" if pool == "i" else f" from {pool} to o", amount=amount)
    return iondsl.Model(Source("buffered.ion", f"{text}use {name} from buffers.{buffer.library}\n"))


@cache
def with_slow(library: str, part: str) -> iondsl.Model:
    """Calcium enters the cytoplasm; free and bound calcium together are what has entered."""
    text = CELL.format(equation="", space="", amount=f"(Ca.i + {part}.bound) * i.volume")
    return iondsl.Model(Source("buffered.ion", f"{text}use {part} from buffers.{library}\n"))


def bound(sites: tuple[tuple[float, float], ...], calcium: Array) -> Array:
    return sum((total * calcium / (half + calcium) for total, half in sites), start=np.zeros_like(calcium))


@EACH_FAST
def test_share_that_stays_free(buffer: Fast) -> None:
    """It is 1/(1 + d bound/d free), at twenty concentrations; what stays free and what is bound add up."""
    model, calcium = with_fast(buffer), np.logspace(-5, 0.5, 20)
    step = 1e-4 * calcium
    slope = (bound(buffer.sites, calcium + step) - bound(buffer.sites, calcium - step)) / (2 * step)
    states = np.array([[state.value] * 20 for state in model.states])
    row = [state.name for state in model.states].index(f"Ca.{buffer.pool}")
    states[row] = calcium
    beta, taken, rate = model.evaluate([f"{buffer.name}.beta", f"{buffer.name}.bound", f"Ca.{buffer.pool}'"], states)
    np.testing.assert_allclose(taken, bound(buffer.sites, calcium), rtol=1e-13)
    np.testing.assert_allclose(beta, 1 / (1 + slope), rtol=1e-7)
    np.testing.assert_allclose(rate, beta * INFLOW / VOLUMES[buffer.pool], rtol=1e-12)


@EACH_FAST
def test_fast_buffer_in_a_cell(buffer: Fast) -> None:
    """What enters in ten milliseconds is free or bound, up to the error of the scheme."""
    result = with_fast(buffer).compile("rk4", "numpy").run(until=10, dt=0.05, record=("calcium",), every=10)
    gain = result["calcium"][-1, 0] - result["calcium"][0, 0]
    assert gain == pytest.approx(10 * INFLOW, rel=1e-6)


@EACH_SLOW
def test_at_rest_in_the_beginning(sites: Slow) -> None:
    """Calcium and magnesium share the sites by their dissociation constants."""
    model = with_slow(sites.library, sites.part)
    free, taken = model.evaluate([f"{sites.part}.{sites.free}", f"{sites.part}.{sites.bound}"])
    calcium = 1e-4 * sites.k_on / sites.k_off
    magnesium = 0.59 * sites.magnesium[0] / sites.magnesium[1] if sites.magnesium else 0
    assert taken == pytest.approx(sites.total * calcium / (1 + calcium + magnesium), rel=1e-12)
    assert free == pytest.approx(sites.total / (1 + calcium + magnesium), rel=1e-12)
    if sites.magnesium:
        blocked = model.evaluate(f"{sites.part}.blocked")
        assert blocked == pytest.approx(sites.total * magnesium / (1 + calcium + magnesium), rel=1e-12)


@EACH_SLOW
def test_rates(sites: Slow) -> None:
    """Mass action, at twenty draws of all concentrations."""
    model = with_slow(sites.library, sites.part)
    names = [state.name for state in model.states]
    states = np.random.default_rng(0).uniform(1e-3, 0.1, (len(names), 20))
    of = {name: states[row] for row, name in enumerate(names)}
    free, taken = f"{sites.part}.{sites.free}", f"{sites.part}.{sites.bound}"
    rates = dict(zip(names, model.derivatives(states), strict=True))
    binding = sites.k_on * of["Ca.i"] * of[free] - sites.k_off * of[taken]
    np.testing.assert_allclose(rates[taken], binding, rtol=1e-11, atol=1e-14)
    blocking = np.zeros(20)
    if sites.magnesium:
        on, off = sites.magnesium
        blocking = on * of["Mg.i"] * of[free] - off * of[f"{sites.part}.blocked"]
        np.testing.assert_allclose(rates[f"{sites.part}.blocked"], blocking, rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(rates["Mg.i"], -blocking, rtol=1e-11, atol=1e-14)
    np.testing.assert_allclose(rates[free], -binding - blocking, rtol=1e-11, atol=1e-14)


@EACH_SLOW
def test_slow_buffer_in_a_cell(sites: Slow) -> None:
    """What enters in ten milliseconds is free or bound; no site is lost."""
    cell, free = with_slow(sites.library, sites.part).compile("forward_euler", "numpy"), f"{sites.part}.{sites.free}"
    taken = [f"{sites.part}.{sites.bound}", *([f"{sites.part}.blocked"] if sites.magnesium else [])]
    result = cell.run(until=10, dt=0.01, record=("calcium", free, *taken), every=10)
    assert result["calcium"][-1, 0] - result["calcium"][0, 0] == pytest.approx(10 * INFLOW, rel=1e-9)
    assert result[taken[0]][-1, 0] > result[taken[0]][0, 0]
    assert result[free][-1, 0] + sum(result[each][-1, 0] for each in taken) == pytest.approx(sites.total, rel=1e-12)


def test_in_another_space() -> None:
    """`i = ss`, and a buffer binds what is in the subspace, in the subspace."""
    use = "use calmodulin from buffers.shannon_2004:\n    i = ss\n"
    amount = "(Ca.ss + calmodulin.bound) * ss.volume"
    text = CELL.format(equation="    state ss = 1e-3 [mM]\n", space=" from ss to o", amount=amount) + use
    model = iondsl.Model(Source("buffered.ion", text))
    assert model.evaluate("Ca.i'") == 0
    assert model.evaluate("Ca.ss'") == pytest.approx(INFLOW / VOLUMES["ss"], rel=1e-12)  # at rest with the buffer
    assert model.evaluate("calmodulin.bound") == pytest.approx(0.024 / (1 + 0.238 / (34 * 1e-3)), rel=1e-12)
