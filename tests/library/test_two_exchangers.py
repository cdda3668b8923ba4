"""The exchanger of ToR-ORd in the cytoplasm, and once more in the subspace: the second is a `use` of the first."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import iondsl
from tests.library.closed_cell import CAPACITANCE, LAWS, F, closed_cell, evaluated, moved, points
from tests.library.transport import ohara_rudy_exchanger

TWICE = """
use I_NaCa from pumps.ohara_rudy_2011:
    fraction = {outside}
    G = {G} [C/F]

use I_NaCa as I_NaCa_ss:
    fraction = {inside}
    Na.i = Na.ss
    Ca.i = Ca.ss
"""
CELLS = pytest.mark.parametrize(("inside", "G"), [(0.2, 0.0008), (0.35, 0.0034)], ids=["O'Hara-Rudy", "ToR-ORd"])


@cache
def twice(inside: float, G: float) -> iondsl.Model:
    return closed_cell(TWICE.format(outside=1 - inside, inside=inside, G=G))


@CELLS
def test_values(inside: float, G: float) -> None:
    at = points()
    cytoplasm, subspace = evaluated(twice(inside, G), ["I_NaCa", "I_NaCa_ss"], at)
    expected = (1 - inside) * ohara_rudy_exchanger(at.v, at.Na_i, at.Na_o, at.Ca_i, at.Ca_o, G)
    np.testing.assert_allclose(cytoplasm, expected, rtol=1e-10)
    expected = inside * ohara_rudy_exchanger(at.v, at.Na_ss, at.Na_o, at.Ca_ss, at.Ca_o, G)
    np.testing.assert_allclose(subspace, expected, rtol=1e-10)


@CELLS
def test_books(inside: float, G: float) -> None:
    """Each moves the ions of its own space, both those outside; V feels their sum."""
    at, model = points(), twice(inside, G)
    cytoplasm, subspace = CAPACITANCE * evaluated(model, ["I_NaCa", "I_NaCa_ss"], at) * 1000 / F  # amol/ms
    gains = moved(model, at)
    np.testing.assert_allclose(gains["Na.i"], -3 * cytoplasm, rtol=1e-10)
    np.testing.assert_allclose(gains["Ca.i"], cytoplasm, rtol=1e-10)
    np.testing.assert_allclose(gains["Na.ss"], -3 * subspace, rtol=1e-10)
    np.testing.assert_allclose(gains["Ca.ss"], subspace, rtol=1e-10)
    np.testing.assert_allclose(gains["Na.o"], 3 * (cytoplasm + subspace), rtol=1e-10)
    np.testing.assert_allclose(gains["Ca.o"], -(cytoplasm + subspace), rtol=1e-10)
    for pool in ("K.i", "K.o", "Cl.i", "Cl.o", "Ca.sr"):
        assert np.all(gains[pool] == 0)
    currents = evaluated(model, ["I_NaCa", "I_NaCa_ss"], at)
    np.testing.assert_allclose(evaluated(model, "V'", at), -currents.sum(axis=0), rtol=1e-10)


def test_runs() -> None:
    """Ten milliseconds, in which each law of the closed cell holds."""
    cell = twice(0.2, 0.0008).compile("forward_euler", "numpy")
    result = cell.run(until=10, dt=0.01, record=(*LAWS, "Na.ss", "Na.i"), every=5)
    for law in LAWS:
        np.testing.assert_allclose(result[law][:, 0], result[law][0, 0], rtol=1e-12)
    assert result["Na.ss"][-1, 0] != result["Na.ss"][0, 0]
    assert result["Na.i"][-1, 0] != result["Na.i"][0, 0]
