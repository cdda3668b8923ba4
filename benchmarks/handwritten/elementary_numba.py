"""What the kernels for numba share."""

from __future__ import annotations

from math import exp, expm1


def ratio(u: float) -> float:
    """u / (1 - exp(-u)); 1 at 0."""
    return 1.0 if u == 0.0 else u / -expm1(-u)


def relax(gate: float, alpha: float, beta: float, dt: float) -> float:
    """One step of exponential Euler."""
    speed = alpha + beta
    steady = alpha / speed
    return steady + (gate - steady) * exp(-dt * speed)
