"""Courtemanche et al. 1998 rests where the paper says, and fires as the CellML file does.

V of an action potential is that of courtemanche_ramirez_nattel_1998.cellml, read by Myokit and integrated by LSODA at
1e-10, with the stimulus of 2 nA for 2 ms at 100 ms that stands there. Derivatives: `test_derivatives.py`.
"""

from __future__ import annotations

import numpy as np
import pytest

import iondsl
from tests.reference.models import Array
from tests.targets.kernels import needs_compiler

# ms -> mV: before the stimulus, in it, at the peak, in the plateau, at the end.
POTENTIAL = {
    99.9: -81.18958410494638,
    101.0: -61.4364596036956,
    102.0: -2.8642427880558916,
    102.5: 24.45062573474478,
    110.0: -4.485999084743883,
    200.0: -8.315381999151674,
    300.0: -33.54528256458627,
    400.0: -68.8364977844159,
    600.0: -78.95657249494452,
}
APD_90 = 308.8801  # ms, from the beginning of the stimulus
CALCIUM = 8.72173e-4  # mM, the highest


@pytest.fixture(scope="module")
def model() -> iondsl.Model:
    return iondsl.load("courtemanche_1998")


def test_rest(model: iondsl.Model) -> None:
    """The paper's initial values are those at rest, in four digits."""
    names = model.states.names
    run = model.compile(target="numpy").run(until=100, dt=0.02, every=100, record=names)
    for state in model.states:
        assert run[state.name][-1, 0] == pytest.approx(state.value, rel=2e-3), state.name


def repolarised(time: Array, V: Array, share: float) -> float:
    """When V has fallen by this share of what it rose from its first value."""
    peak = int(V.argmax())
    level = V[peak] - share * (V[peak] - V[0])
    after = peak + int(np.argmax(V[peak:] < level))
    return float(np.interp(-level, -V[after - 1 : after + 1], time[after - 1 : after + 1]))


@pytest.mark.slow
def test_action_potential(model: iondsl.Model) -> None:
    needs_compiler()
    cell = model.compile(scheme="rk4")
    run = cell.run(until=700, dt=0.002, every=0.1, protocol="pace", record=("V", "Ca.i"))
    V = run["V"][:, 0]
    for time, expected in POTENTIAL.items():
        assert V[round(10 * time)] == pytest.approx(expected, abs=1e-3), time
    assert V.max() == V[1025]
    assert repolarised(run.time, V, 0.9) - 100 == pytest.approx(APD_90, abs=0.01)
    assert run["Ca.i"].max() == pytest.approx(CALCIUM, rel=1e-4)
