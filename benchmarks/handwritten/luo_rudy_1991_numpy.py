"""Luo and Rudy 1991 in NumPy by hand: the equations as they stand, over all cells at once."""

from __future__ import annotations

from math import exp, log

import numpy as np

from benchmarks.handwritten.elementary_numpy import ratio, relax
from iondsl.simulate.kernel import Array

RT_F = 8314 * 310 / 96500
E_NA = RT_F * log(140 / 10)
E_K1 = RT_F * log(5.4 / 145)
E_K = RT_F * log((5.4 + 0.01833 * 140) / (145 + 0.01833 * 10))


def advance(state: Array, steps: int, dt: float, I_stim: float = 0.0) -> None:
    """Advance (8, cells), in place: gates by Rush-Larsen, V and calcium by forward Euler."""
    V, Ca, m, h, j, d, f, X = state
    for _ in range(steps):
        alpha_m, beta_m = 3.2 * ratio(0.1 * (V + 47.13)), 0.08 * np.exp(V / -11)
        alpha_h, beta_h, alpha_j, beta_j = inactivation(V)
        alpha_d = 0.095 * np.exp(-0.01 * (V - 5)) / (1 + np.exp(-0.072 * (V - 5)))
        beta_d = 0.07 * np.exp(-0.017 * (V + 44)) / (1 + np.exp(0.05 * (V + 44)))
        alpha_f = 0.012 * np.exp(-0.008 * (V + 28)) / (1 + np.exp(0.15 * (V + 28)))
        beta_f = 0.0065 * np.exp(-0.02 * (V + 30)) / (1 + np.exp(-0.2 * (V + 30)))
        alpha_X = 0.0005 * np.exp(0.083 * (V + 50)) / (1 + np.exp(0.057 * (V + 50)))
        beta_X = 0.0013 * np.exp(-0.06 * (V + 20)) / (1 + np.exp(-0.04 * (V + 20)))

        I_si = 0.09 * d * f * (V - 7.7 + 13.0287 * np.log(Ca / 1.8))
        I_Na = 16 * (m * m * m) * h * j * (V - E_NA)
        I_K = 0.282 * X * rectification(V) * (V - E_K)
        I_K1 = (0.6047 * inward(V - E_K1) + 0.0183 / (1 + np.exp((7.488 - V) / 5.98))) * (V - E_K1)
        I_b = 0.03921 * (V + 59.87)
        V += dt * (I_stim - (I_Na + I_si + I_K + I_K1 + I_b))
        Ca += dt * (0.07 * (1e-4 - Ca) - 1e-4 * I_si)
        relax(m, alpha_m, beta_m, dt)
        relax(h, alpha_h, beta_h, dt)
        relax(j, alpha_j, beta_j, dt)
        relax(d, alpha_d, beta_d, dt)
        relax(f, alpha_f, beta_f, dt)
        relax(X, alpha_X, beta_X, dt)


def inactivation(V: Array) -> tuple[Array, Array, Array, Array]:
    """alpha and beta of h, alpha and beta of j: `low` below -40 mV, `high` above."""
    low = 1 / (1 + np.exp(np.minimum((V + 40) / 0.24, 80)))
    high = 1 - low
    alpha_h = low * 0.135 * np.exp((V + 80) / -6.8)
    beta_h = low * (3.56 * np.exp(0.079 * V) + 3.1e5 * np.exp(0.35 * V))
    beta_h += high / (0.13 * (1 + np.exp((V + 10.66) / -11.1)))
    alpha_j = low * (-127140 * np.exp(0.2444 * V) - 3.474e-5 * np.exp(-0.04391 * V)) * (V + 37.78)
    alpha_j /= 1 + np.exp(0.311 * (V + 79.23))
    beta_j = low * 0.1212 * np.exp(-0.01052 * V) / (1 + np.exp(-0.1378 * (V + 40.14)))
    beta_j += high * 0.3 * np.exp(-2.535e-7 * V) / (1 + np.exp(-0.1 * (V + 32)))
    return alpha_h, beta_h, alpha_j, beta_j


def rectification(V: Array) -> Array:
    """Of I_K: 2.837 (1 - exp(-0.04 x)) exp(1.68)/x with x = V + 77; 1 up to -100 mV."""
    x = V + 77
    x[x == 0] = 1e-16
    far: Array = -2.837 * exp(1.68) * np.expm1(-0.04 * x) / x
    far[V <= -100] = 1
    return far


def inward(V: Array) -> Array:
    """Of I_K1, at V from its reversal potential."""
    alpha = 1.02 / (1 + np.exp(0.2385 * (V - 59.215)))
    beta = 0.49124 * np.exp(0.08032 * (V + 5.476)) + np.exp(0.06175 * (V - 594.31))
    beta /= 1 + np.exp(-0.5143 * (V + 4.753))
    steady: Array = alpha / (alpha + beta)
    return steady
