"""What the kernels in NumPy share. Literals of Python take the type of the arrays that they meet."""

from __future__ import annotations

import numpy as np

from iondsl.simulate.kernel import Array


def ratio(u: Array) -> Array:
    """u / (1 - exp(-u)); 1 at 0."""
    u[u == 0] = 1e-16
    return u / -np.expm1(-u)


def relax(gate: Array, alpha: Array, beta: Array, dt: float) -> None:
    """One step of exponential Euler, in place."""
    speed = alpha + beta
    steady = alpha / speed
    gate -= steady
    gate *= np.exp(-dt * speed)
    gate += steady
