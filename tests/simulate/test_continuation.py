"""A run that is cut in two gives the same bits as one that is not, also where equations read the time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import iondsl

CLOCKED = """model clocked:
    "A current that varies with the time of day."
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current I_leak:
    param g = 0.3 [mS/cm^2]
    I = g * (V + 65 [mV] * (1 + 0.1 * sin(0.37 [1/ms] * t)))
stimulus I_app = 0 [uA/cm^2]
protocol sine:
    I_app = sine(start = 0 [ms], width = 100 [ms], amplitude = 10 [uA/cm^2], frequency = 0.03 [1/ms])
"""


@pytest.mark.parametrize("scheme", ["rush_larsen", "rk4"])
@pytest.mark.parametrize("target", ["numpy", "c"])
@pytest.mark.parametrize("cut", [0.01, 3.33, 7.77, 19.99])
def test_cut_in_two(cut: float, target: str, scheme: str, tmp_path: Path) -> None:
    file = tmp_path / "clocked.ion"
    file.write_text(CLOCKED)
    cell = iondsl.load(file).compile(scheme=scheme, target=target)
    whole = cell.run(until=20.0, dt=0.01, protocol="sine", record=())
    first = cell.run(until=cut, dt=0.01, protocol="sine", record=())
    second = cell.run(until=20.0, dt=0.01, protocol="sine", record=(), state=first.state, t=first.time[-1])
    assert np.array_equal(whole.state, second.state)
