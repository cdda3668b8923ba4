"""Exponential Euler where a current is a removable 0/0: a GHK current by hand has no conductance at exactly 0 mV."""

from __future__ import annotations

from pathlib import Path

import mpmath
import numpy as np
import pytest

import iondsl
from iondsl.simulate.kernel import Array

# u = V/k; inward, so that V passes 0 mV on its way up from -20 mV.
MODEL = """model ghk:
membrane:
    state V = -20 [mV]
    C = 1 [uF/cm^2]
param P = 0.05 [mS/cm^2]
param k = 12.5 [mV]
current Ca:
    u = V / k
    I = {current}
current leak:
    I = 0.01 [mS/cm^2] * (V + 20 [mV])
"""
FORMS = (
    "P * V * (1e-4 - 2 * exp(-u)) / (1 - exp(-u))",
    "P * V / k * (1e-4 * exp(V / k) - 2) / (exp(V / k) - 1) * k",
    "P * k * (1e-4 - 2 * exp(-u)) * (u / (1 - exp(-u)))",
)
DT = 0.01
NEAR = 10.0 ** np.arange(-12, -2)
VOLTAGES = np.concatenate([-20 - NEAR, -NEAR, [0.0], NEAR, [0.5, 30.0]])


def cell(folder: Path, current: str, scheme: str) -> iondsl.Cell:
    file = folder / "ghk.ion"
    file.write_text(MODEL.format(current=current))
    return iondsl.load(file).compile(scheme=scheme, target="numpy")


def step(voltage: float) -> float:
    """The current held and the leak's conductance integrated, with 50 digits."""
    with mpmath.workdps(50):
        v, g, dt = mpmath.mpf(voltage), mpmath.mpf("0.01"), mpmath.mpf(DT)
        u = v / mpmath.mpf("12.5")
        quotient = u / -mpmath.expm1(-u) if u else 1
        ghk = mpmath.mpf("0.05") * mpmath.mpf("12.5") * quotient * (mpmath.mpf("1e-4") - 2 * mpmath.exp(-u))
        return float(v + -mpmath.expm1(-g * dt) / g * -(ghk + g * (v + 20)))


@pytest.mark.parametrize("current", FORMS)
def test_accurate_where_the_current_is_0_over_0(current: str, tmp_path: Path) -> None:
    compiled = cell(tmp_path, current, "exponential_euler")
    state = VOLTAGES[None, :].copy()
    compiled.step(state, 0.0, DT)
    assert state[0] == pytest.approx([step(voltage) for voltage in VOLTAGES], rel=1e-13)


@pytest.mark.parametrize("current", FORMS)
def test_a_potential_passes_0_mv(current: str, tmp_path: Path) -> None:
    """With the current's own factor of V taken for a conductance, V would only come closer to 0."""
    found, accurate = (voltage(cell(tmp_path, current, scheme)) for scheme in ("exponential_euler", "rk4"))
    assert accurate[-1] > 15
    assert np.abs(found - accurate).max() < 0.02


def voltage(compiled: iondsl.Cell) -> Array:
    return compiled.run(until=40, dt=DT)["V"]
