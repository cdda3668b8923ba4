"""Cells of the heart, beating or paced: cycle, duration and height are those of their source files."""

from __future__ import annotations

import numpy as np
import pytest

import iondsl
from tests.reference import golden_beats
from tests.reference.golden_beats import Beat, Paced
from tests.reference.models import Array
from tests.reference.numerics import crossings, peak


def beat(time: Array, V: Array, level: float) -> Beat:
    """The last whole cycle of a course."""
    up, down = crossings(time, V, level)[-2:], crossings(time, -V, -level)
    during = (time >= up[0]) & (time < up[1])
    time, V = time[during], V[during]
    return Beat(level, up[1] - up[0], down[down > up[0]][0] - up[0], peak(time, V)[1], -peak(time, -V)[1])


def action_potential(time: Array, V: Array, calcium: Array, level: float) -> Paced:
    up, down = crossings(time, V, level)[0], crossings(time, -V, -level)[0]
    return Paced(level, down - up, peak(time, V)[1], peak(time, calcium)[1])


def test_noble_1962() -> None:
    cell = iondsl.load("noble_1962").compile(scheme="rk4", target="c")
    result = cell.run(until=2500, dt=0.01, every=0.05, record=("V",))
    found = beat(result.time, result["V"][:, 0], golden_beats.NOBLE_1962.level)
    assert found == pytest.approx(golden_beats.NOBLE_1962, abs=0.002)


def test_noble_1962_is_repolarised_all_or_nothing() -> None:
    """Half the current of the protocol does not end the plateau, which comes back and lasts for another 300 ms."""
    cell = iondsl.load("noble_1962").compile(scheme="rk4", target="c")
    plateau = cell.run(until=850, dt=0.01, cells=2, record=()).state
    after = cell.run(until=50, dt=0.01, state=plateau, inputs={"I_app": np.array([-10, -20])}, record=()).state
    half, whole = cell.run(until=100, dt=0.01, state=after, record=()).state[0]
    assert half > -45
    assert whole < -75


def test_beeler_reuter_1977() -> None:
    cell = iondsl.load("beeler_reuter_1977").compile(scheme="rk4", target="c")
    result = cell.run(until=500, dt=0.01, every=0.01, record=("V", "Ca.i"), protocol="pace")
    expected = golden_beats.BEELER_REUTER_1977
    found = action_potential(result.time, result["V"][:, 0], result["Ca.i"][:, 0], expected.level)
    assert found[1:3] == pytest.approx(expected[1:3], abs=0.002)
    assert found.calcium == pytest.approx(expected.calcium, rel=1e-4)


def test_difrancesco_noble_1985() -> None:
    """Its R, F and pi have more digits than those of the file, which is 5 us in a cycle."""
    cell = iondsl.load("difrancesco_noble_1985").compile(scheme="rk4", target="c")
    result = cell.run(until=2800, dt=0.01, every=0.05, record=("V",))
    found = beat(result.time, result["V"][:, 0], golden_beats.DIFRANCESCO_NOBLE_1985.level)
    assert found == pytest.approx(golden_beats.DIFRANCESCO_NOBLE_1985, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ohara_rudy_2011", "tor_ord_2019"])
def test_human_ventricle(name: str) -> None:
    cell = iondsl.load(name).compile(scheme="rk4", target="c")
    result = cell.run(until=600, dt=0.005, every=0.01, record=("V", "Ca.i"), protocol="pace")
    expected = getattr(golden_beats, name.upper())
    found = action_potential(result.time, result["V"][:, 0], result["Ca.i"][:, 0], expected.level)
    assert found[1:3] == pytest.approx(expected[1:3], abs=0.002)
    assert found.calcium == pytest.approx(expected.calcium, rel=1e-4)
