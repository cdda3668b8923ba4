"""Hodgkin and Huxley 1952 for numba by hand: a loop over cells, each of which takes all its steps."""

from __future__ import annotations

from math import exp

from benchmarks.handwritten.elementary_numba import ratio, relax
from iondsl.simulate.kernel import Array


def advance(state: Array, steps: int, dt: float, I_app: float) -> None:
    """Advance (4, cells), in place: gates by exponential Euler, V by forward Euler."""
    for cell in range(state.shape[1]):
        V, m, h, n = state[0, cell], state[1, cell], state[2, cell], state[3, cell]
        for _ in range(steps):
            alpha_m = ratio(0.1 * (V + 40.0))
            beta_m = 4.0 * exp((V + 65.0) / -18.0)
            alpha_h = 0.07 * exp((V + 65.0) / -20.0)
            beta_h = 1.0 / (1.0 + exp((V + 35.0) / -10.0))
            alpha_n = 0.1 * ratio(0.1 * (V + 55.0))
            beta_n = 0.125 * exp((V + 65.0) / -80.0)
            current = 120.0 * m**3 * h * (V - 50.0) + 36.0 * n**4 * (V + 77.0) + 0.3 * (V + 54.387)
            V += dt * (I_app - current)
            m = relax(m, alpha_m, beta_m, dt)
            h = relax(h, alpha_h, beta_h, dt)
            n = relax(n, alpha_n, beta_n, dt)
        state[0, cell], state[1, cell], state[2, cell], state[3, cell] = V, m, h, n
