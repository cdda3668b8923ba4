"""Hodgkin and Huxley 1952 for numba by hand: a loop over cells, each of which takes all its steps."""

from __future__ import annotations

from math import exp, expm1
from typing import Any

from iondsl.simulate.kernel import Array


def compiled() -> Any:
    """`advance(state, steps, dt, I_app)`, (4, cells) in place: gates by exponential Euler, V by forward Euler.

    numba compiles it at its first call, with fastmath. Raises ImportError where there is no numba.
    """
    from numba import njit

    compile_ = njit(fastmath=True)
    quotient, toward = compile_(ratio), compile_(relax)

    def advance(state: Array, steps: int, dt: float, I_app: float) -> None:
        for cell in range(state.shape[1]):
            V, m, h, n = state[0, cell], state[1, cell], state[2, cell], state[3, cell]
            for _ in range(steps):
                alpha_m = quotient(0.1 * (V + 40))
                beta_m = 4 * exp((V + 65) / -18)
                alpha_h = 0.07 * exp((V + 65) / -20)
                beta_h = 1 / (1 + exp((V + 35) / -10))
                alpha_n = 0.1 * quotient(0.1 * (V + 55))
                beta_n = 0.125 * exp((V + 65) / -80)
                current = 120 * m**3 * h * (V - 50) + 36 * n**4 * (V + 77) + 0.3 * (V + 54.387)
                V += dt * (I_app - current)
                m = toward(m, alpha_m, beta_m, dt)
                h = toward(h, alpha_h, beta_h, dt)
                n = toward(n, alpha_n, beta_n, dt)
            state[0, cell], state[1, cell], state[2, cell], state[3, cell] = V, m, h, n

    return compile_(advance)


def ratio(u: float) -> float:
    """u / (1 - exp(-u)); 1 at 0."""
    return 1.0 if u == 0 else u / -expm1(-u)


def relax(gate: float, alpha: float, beta: float, dt: float) -> float:
    speed = alpha + beta
    steady = alpha / speed
    return steady + (gate - steady) * exp(-dt * speed)
