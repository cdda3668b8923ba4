"""Hodgkin and Huxley 1952 in NumPy by hand: the equations as they stand, over all cells at once."""

from __future__ import annotations

import numpy as np

from benchmarks.handwritten.elementary_numpy import ratio, relax
from iondsl.simulate.kernel import Array


def advance(state: Array, steps: int, dt: float, I_app: float = 0.0) -> None:
    """Advance (4, cells), in place: gates by exponential Euler, V by forward Euler."""
    V, m, h, n = state
    for _ in range(steps):
        alpha_m = ratio(0.1 * (V + 40))
        beta_m = 4 * np.exp((V + 65) / -18)
        alpha_h = 0.07 * np.exp((V + 65) / -20)
        beta_h = 1 / (1 + np.exp((V + 35) / -10))
        alpha_n = 0.1 * ratio(0.1 * (V + 55))
        beta_n = 0.125 * np.exp((V + 65) / -80)
        n2 = n * n
        current = 120 * (m * m * m) * h * (V - 50) + 36 * (n2 * n2) * (V + 77) + 0.3 * (V + 54.387)
        V += dt * (I_app - current)
        relax(m, alpha_m, beta_m, dt)
        relax(h, alpha_h, beta_h, dt)
        relax(n, alpha_n, beta_n, dt)
