"""Right-hand sides of the bundled models, written by hand: an oracle that shares no code with iondsl.

Every function maps a state, (states,) or (states, cells) in the order that its docstring gives, and an inward
applied current in uA/cm^2, a number or (cells,), to the derivatives, in the state's shape and per ms.
Potentials are in mV, concentrations in mM. The rates are 0/0 where the printed ones are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numpy import cosh, exp, log, sqrt, tanh

Array = npt.NDArray[np.floating[Any]]


def opening(x: Array, alpha: Array, beta: Array) -> Array:
    """First-order kinetics of one gate."""
    return alpha * (1 - x) - beta * x


def hodgkin_huxley_1952(state: Array, I: float | Array = 0.0) -> Array:
    """V, m, h, n. Hodgkin & Huxley 1952, at 6.3 degC, with V in today's sign and rest at -65 mV."""
    V, m, h, n = state
    I_Na = 120 * m**3 * h * (V - 50)
    I_K = 36 * n**4 * (V + 77)
    I_leak = 0.3 * (V + 54.387)
    return np.array(
        [
            I - I_Na - I_K - I_leak,
            opening(m, 0.1 * (V + 40) / (1 - exp(-(V + 40) / 10)), 4 * exp(-(V + 65) / 18)),
            opening(h, 0.07 * exp(-(V + 65) / 20), 1 / (1 + exp(-(V + 35) / 10))),
            opening(n, 0.01 * (V + 55) / (1 - exp(-(V + 55) / 10)), 0.125 * exp(-(V + 65) / 80)),
        ]
    )


def wang_buzsaki_1996(state: Array, I: float | Array = 0.0) -> Array:
    """V, h, n. Wang & Buzsaki 1996; m is at its steady state."""
    V, h, n = state
    alpha_m = 0.1 * (V + 35) / (1 - exp(-0.1 * (V + 35)))
    beta_m = 4 * exp(-(V + 60) / 18)
    m = alpha_m / (alpha_m + beta_m)
    I_Na = 35 * m**3 * h * (V - 55)
    I_K = 9 * n**4 * (V + 90)
    I_leak = 0.1 * (V + 65)
    return np.array(
        [
            I - I_Na - I_K - I_leak,
            5 * opening(h, 0.07 * exp(-(V + 58) / 20), 1 / (1 + exp(-0.1 * (V + 28)))),
            5 * opening(n, 0.01 * (V + 34) / (1 - exp(-0.1 * (V + 34))), 0.125 * exp(-(V + 44) / 80)),
        ]
    )


def connor_stevens_1971(state: Array, I: float | Array = 0.0) -> Array:
    """V, m, h, n, a, b. Dayan & Abbott 2001, appendix A of chapter 6."""
    V, m, h, n, a, b = state
    I_Na = 120 * m**3 * h * (V - 55)
    I_K = 20 * n**4 * (V + 72)
    I_A = 47.7 * a**3 * b * (V + 75)
    I_leak = 0.3 * (V + 17)
    a_inf = (0.0761 * exp(0.0314 * (V + 94.22)) / (1 + exp(0.0346 * (V + 1.17)))) ** (1 / 3)
    tau_a = 0.3632 + 1.158 / (1 + exp(0.0497 * (V + 55.96)))
    b_inf = (1 + exp(0.0688 * (V + 53.3))) ** -4.0
    tau_b = 1.24 + 2.678 / (1 + exp(0.0624 * (V + 50)))
    return np.array(
        [
            I - I_Na - I_K - I_A - I_leak,
            opening(m, 0.38 * (V + 29.7) / (1 - exp(-0.1 * (V + 29.7))), 15.2 * exp(-0.0556 * (V + 54.7))),
            opening(h, 0.266 * exp(-0.05 * (V + 48)), 3.8 / (1 + exp(-0.1 * (V + 18)))),
            opening(n, 0.02 * (V + 45.7) / (1 - exp(-0.1 * (V + 45.7))), 0.25 * exp(-0.0125 * (V + 55.7))),
            (a_inf - a) / tau_a,
            (b_inf - b) / tau_b,
        ]
    )


def morris_lecar_1981(state: Array, I: float | Array = 0.0) -> Array:
    """V, n. Morris & Lecar 1981, with the parameters of Rinzel & Ermentrout 1989."""
    V, n = state
    m = (1 + tanh((V + 1.2) / 18)) / 2
    n_inf = (1 + tanh((V - 2) / 30)) / 2
    current = 4.4 * m * (V - 120) + 8 * n * (V + 84) + 2 * (V + 60)
    return np.array([(I - current) / 20, 0.04 * cosh((V - 2) / 60) * (n_inf - n)])


def luo_rudy_1991(state: Array, I: float | Array = 0.0) -> Array:
    """V, Ca_i, m, h, j, d, f, X. Luo & Rudy 1991, updated as in Myokit's example model."""
    V, Ca_i, m, h, j, d, f, X = state
    RT_F = 8314 * 310 / 96500
    K_o, K_i, Na_o, Na_i, Ca_o = 5.4, 145, 140, 10, 1.8

    below = 1 / (1 + exp((V + 40) / 0.24))
    above = 1 - below
    alpha_m = 0.32 * (V + 47.13) / (1 - exp(-0.1 * (V + 47.13)))
    beta_m = 0.08 * exp(-V / 11)
    alpha_h = below * 0.135 * exp((80 + V) / -6.8)
    beta_h_below = 3.56 * exp(0.079 * V) + 3.1e5 * exp(0.35 * V)
    beta_h_above = 1 / (0.13 * (1 + exp((V + 10.66) / -11.1)))
    beta_h = below * beta_h_below + above * beta_h_above
    slope_j = -127140 * exp(0.2444 * V) - 3.474e-5 * exp(-0.04391 * V)
    alpha_j = below * slope_j * (V + 37.78) / (1 + exp(0.311 * (V + 79.23)))
    beta_j_below = 0.1212 * exp(-0.01052 * V) / (1 + exp(-0.1378 * (V + 40.14)))
    beta_j_above = 0.3 * exp(-2.535e-7 * V) / (1 + exp(-0.1 * (V + 32)))
    beta_j = below * beta_j_below + above * beta_j_above
    I_Na = 16 * m**3 * h * j * (V - RT_F * log(Na_o / Na_i))

    alpha_d = 0.095 * exp(-0.01 * (V - 5)) / (1 + exp(-0.072 * (V - 5)))
    beta_d = 0.07 * exp(-0.017 * (V + 44)) / (1 + exp(0.05 * (V + 44)))
    alpha_f = 0.012 * exp(-0.008 * (V + 28)) / (1 + exp(0.15 * (V + 28)))
    beta_f = 0.0065 * exp(-0.02 * (V + 30)) / (1 + exp(-0.2 * (V + 30)))
    I_si = 0.09 * d * f * (V - (7.7 - 13.0287 * log(Ca_i / Ca_o)))

    alpha_X = 0.0005 * exp(0.083 * (V + 50)) / (1 + exp(0.057 * (V + 50)))
    beta_X = 0.0013 * exp(-0.06 * (V + 20)) / (1 + exp(-0.04 * (V + 20)))
    X_i = np.where(V > -100, 2.837 * (exp(0.04 * (V + 77)) - 1) / ((V + 77) * exp(0.04 * (V + 35))), 1)
    E_K = RT_F * log((K_o + 0.01833 * Na_o) / (K_i + 0.01833 * Na_i))
    I_K = 0.282 * sqrt(K_o / 5.4) * X * X_i * (V - E_K)

    u = V - RT_F * log(K_o / K_i)
    alpha_K1 = 1.02 / (1 + exp(0.2385 * (u - 59.215)))
    rising_K1 = 0.49124 * exp(0.08032 * (u + 5.476)) + exp(0.06175 * (u - 594.31))
    beta_K1 = rising_K1 / (1 + exp(-0.5143 * (u + 4.753)))
    I_K1 = 0.6047 * sqrt(K_o / 5.4) * alpha_K1 / (alpha_K1 + beta_K1) * u
    I_Kp = 0.0183 / (1 + exp((7.488 - V) / 5.98)) * u
    I_b = 0.03921 * (V + 59.87)

    return np.array(
        [
            I - I_Na - I_si - I_K - I_K1 - I_Kp - I_b,
            -1e-4 * I_si + 0.07 * (1e-4 - Ca_i),
            opening(m, alpha_m, beta_m),
            opening(h, alpha_h, beta_h),
            opening(j, alpha_j, beta_j),
            opening(d, alpha_d, beta_d),
            opening(f, alpha_f, beta_f),
            opening(X, alpha_X, beta_X),
        ]
    )
