"""The endoplasmic reticulum of Li and Rinzel in a closed cell: its oscillation, against the equations of the paper.

The cell has its calcium in mM, the library in uM; in the cell the law is proven that release, uptake and leak add up.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

import iondsl
from iondsl.source import Source

CELL = """
model closed_cell:

space i:
    volume = 1000 [um^3]
space er:
    volume = 185 [um^3]

ion Ca:
    z = +2
    state i = 1e-4 [mM]
    state er = 1.9e-3 [mM] / 0.185

use J_rel from pumps.li_rinzel_1994
use J_up from pumps.li_rinzel_1994
use J_leak from pumps.li_rinzel_1994

conserved calcium = Ca.i * i.volume + Ca.er * er.volume
"""

# Numbers of the paper, in uM and s; 2 uM of calcium, as if all were in the cytoplasm.
C0, C1, V1, V2, V3, K3, A2 = 2.0, 0.185, 6.0, 0.11, 0.9, 0.1, 0.2
D1, D2, D3, D5 = 0.13, 1.049, 0.9434, 0.08234


def closed(Q2: float, Ca: float) -> float:
    return Q2 / (Q2 + Ca)


def rates(_: float, state: NDArray[np.float64], IP3: float) -> list[float]:
    """d/dt of free calcium in uM and of the share of subunits that are not inactivated, per s."""
    Ca, h = state
    m_inf, n_inf, Q2 = IP3 / (IP3 + D1), Ca / (Ca + D5), D2 * (IP3 + D1) / (IP3 + D3)
    gradient = (C0 - Ca) / C1 - Ca
    released = C1 * V1 * m_inf**3 * n_inf**3 * h**3 * gradient + C1 * V2 * gradient
    return [released - V3 * Ca**2 / (K3**2 + Ca**2), (closed(Q2, Ca) - h) * A2 * (Q2 + Ca)]


@cache
def cell() -> iondsl.Cell:
    return iondsl.Model(Source("closed_cell.ion", CELL)).compile("rk4", "numpy")


def course(IP3: float, seconds: int) -> NDArray[np.float64]:
    """Free calcium in uM, once a second."""
    given = {"J_rel.IP3": IP3}
    result = cell().run(until=1000 * seconds, dt=40, inputs=given, record=("Ca.i", "calcium"), every=1000)
    np.testing.assert_allclose(result["calcium"][:, 0], 2, rtol=1e-12)  # mM um^3, that is amol
    return np.asarray(1000 * result["Ca.i"][:, 0], dtype=np.float64)


def test_course() -> None:
    Q2 = D2 * (0.5 + D1) / (0.5 + D3)
    start = np.array([0.1, closed(Q2, 0.1)])
    expected = solve_ivp(rates, (0, 40), start, args=(0.5,), rtol=1e-10, atol=1e-12, t_eval=np.arange(41)).y[0]
    np.testing.assert_allclose(course(0.5, 40), expected, rtol=1e-4)


@pytest.mark.parametrize(("IP3", "oscillates"), [(0.3, False), (0.5, True), (0.7, False)])
def test_oscillates_between_too_little_and_too_much(IP3: float, oscillates: bool) -> None:
    late = course(IP3, 160)[120:]
    assert bool(np.ptp(late) > 0.2) == oscillates
