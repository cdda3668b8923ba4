"""Luo and Rudy 1991 for numba by hand: a loop over cells, each of which takes all its steps."""

from __future__ import annotations

from math import exp, log

from benchmarks.handwritten.elementary_numba import ratio, relax
from iondsl.simulate.kernel import Array


def advance(state: Array, steps: int, dt: float, I_stim: float) -> None:
    """Advance (8, cells), in place: gates by Rush-Larsen, V and calcium by forward Euler."""
    RT_F = 8314.0 * 310.0 / 96500.0
    E_Na, E_K1 = RT_F * log(140.0 / 10.0), RT_F * log(5.4 / 145.0)
    E_K = RT_F * log((5.4 + 0.01833 * 140.0) / (145.0 + 0.01833 * 10.0))
    for cell in range(state.shape[1]):
        V, Ca, m, h = state[0, cell], state[1, cell], state[2, cell], state[3, cell]
        j, d, f, X = state[4, cell], state[5, cell], state[6, cell], state[7, cell]
        for _ in range(steps):
            alpha_m, beta_m = 3.2 * ratio(0.1 * (V + 47.13)), 0.08 * exp(V / -11.0)
            low = 1.0 / (1.0 + exp(min((V + 40.0) / 0.24, 80.0)))  # 1 below -40 mV, 0 above
            alpha_h, beta_h = rates_of_h(V, low)
            alpha_j, beta_j = rates_of_j(V, low)
            alpha_d = 0.095 * exp(-0.01 * (V - 5.0)) / (1.0 + exp(-0.072 * (V - 5.0)))
            beta_d = 0.07 * exp(-0.017 * (V + 44.0)) / (1.0 + exp(0.05 * (V + 44.0)))
            alpha_f = 0.012 * exp(-0.008 * (V + 28.0)) / (1.0 + exp(0.15 * (V + 28.0)))
            beta_f = 0.0065 * exp(-0.02 * (V + 30.0)) / (1.0 + exp(-0.2 * (V + 30.0)))
            alpha_X = 0.0005 * exp(0.083 * (V + 50.0)) / (1.0 + exp(0.057 * (V + 50.0)))
            beta_X = 0.0013 * exp(-0.06 * (V + 20.0)) / (1.0 + exp(-0.04 * (V + 20.0)))

            I_si = 0.09 * d * f * (V - 7.7 + 13.0287 * log(Ca / 1.8))
            I_Na = 16.0 * m**3 * h * j * (V - E_Na)
            I_K = 0.282 * X * rectification(V) * (V - E_K)
            I_K1 = (0.6047 * inward(V - E_K1) + 0.0183 / (1.0 + exp((7.488 - V) / 5.98))) * (V - E_K1)
            I_b = 0.03921 * (V + 59.87)
            V += dt * (I_stim - (I_Na + I_si + I_K + I_K1 + I_b))
            Ca += dt * (0.07 * (1e-4 - Ca) - 1e-4 * I_si)
            m, h = relax(m, alpha_m, beta_m, dt), relax(h, alpha_h, beta_h, dt)
            j, d = relax(j, alpha_j, beta_j, dt), relax(d, alpha_d, beta_d, dt)
            f, X = relax(f, alpha_f, beta_f, dt), relax(X, alpha_X, beta_X, dt)
        state[0, cell], state[1, cell], state[2, cell], state[3, cell] = V, Ca, m, h
        state[4, cell], state[5, cell], state[6, cell], state[7, cell] = j, d, f, X


def rates_of_h(V: float, low: float) -> tuple[float, float]:
    alpha = low * 0.135 * exp((V + 80.0) / -6.8)
    beta = low * (3.56 * exp(0.079 * V) + 3.1e5 * exp(0.35 * V))
    return alpha, beta + (1.0 - low) / (0.13 * (1.0 + exp((V + 10.66) / -11.1)))


def rates_of_j(V: float, low: float) -> tuple[float, float]:
    alpha = low * (-127140.0 * exp(0.2444 * V) - 3.474e-5 * exp(-0.04391 * V)) * (V + 37.78)
    alpha /= 1.0 + exp(0.311 * (V + 79.23))
    beta = low * 0.1212 * exp(-0.01052 * V) / (1.0 + exp(-0.1378 * (V + 40.14)))
    return alpha, beta + (1.0 - low) * 0.3 * exp(-2.535e-7 * V) / (1.0 + exp(-0.1 * (V + 32.0)))


def rectification(V: float) -> float:
    """Of I_K: 2.837 (1 - exp(-u)) exp(1.68)/(V + 77) with u = 0.04 (V + 77); 1 up to -100 mV."""
    return 2.837 * 0.04 * exp(1.68) / ratio(0.04 * (V + 77.0)) if V > -100.0 else 1.0


def inward(V: float) -> float:
    """Of I_K1, at V from its reversal potential."""
    alpha = 1.02 / (1.0 + exp(0.2385 * (V - 59.215)))
    beta = 0.49124 * exp(0.08032 * (V + 5.476)) + exp(0.06175 * (V - 594.31))
    beta /= 1.0 + exp(-0.5143 * (V + 4.753))
    return alpha / (alpha + beta)
