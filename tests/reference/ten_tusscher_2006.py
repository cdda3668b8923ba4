"""Ten Tusscher and Panfilov 2006, written by hand from the CellML files ten_tusscher_model_2006_epi, _endo and _M.

The files are those of Chaste (github.com/Chaste/cellml), after the Physiome repository. Their numbers stand here as
there: R and F are both 1000 times those in J/(mol K) and C/mol over mmol, volumes and the capacitance both 1e-6 times
those in um^3 and pF, which cancels. Near V = 15 mV the files take a mean of the current on both sides; here it is the
quotient, which is 0/0 there. Potentials are in mV, concentrations in mM, currents in A/F; derivatives are per ms.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy import exp, log, sqrt

from tests.reference.models import Array


class Kind(NamedTuple):
    """What differs between the three files. The start is in the order of `STATES`."""

    g_transient: float
    g_slow: float
    endo: bool
    start: tuple[float, ...]


STATES = (
    *("V", "Na.i", "K.i", "Ca.i", "Ca.ss", "Ca.sr", "I_Na.m", "I_Na.h", "I_Na.j"),
    *("I_CaL.d", "I_CaL.f", "I_CaL.f2", "I_CaL.fCass", "I_to.r", "I_to.s", "I_Kr.xr1", "I_Kr.xr2", "I_Ks.xs"),
    "J_rel.R_bar",
)

EPI = Kind(
    g_transient=0.294, g_slow=0.392, endo=False,
    start=(
        -85.23, 8.604, 136.89, 0.000126, 0.00036, 3.64, 0.00172, 0.7444, 0.7045,
        3.373e-5, 0.7888, 0.9755, 0.9953, 2.42e-8, 0.999998, 0.00621, 0.4712, 0.0095, 0.9073,
    ),
)
ENDO = Kind(
    g_transient=0.073, g_slow=0.392, endo=True,
    start=(
        -86.709, 10.355, 138.4, 0.00013, 0.00036, 3.715, 0.00155, 0.7573, 0.7225,
        3.164e-5, 0.8009, 0.9778, 0.9953, 2.235e-8, 0.3212, 0.00448, 0.476, 0.0087, 0.9068,
    ),
)
M = Kind(
    g_transient=0.294, g_slow=0.098, endo=False,
    start=(
        -85.423, 10.132, 138.52, 0.000153, 0.00042, 4.272, 0.00165, 0.749, 0.6788,
        3.288e-5, 0.7026, 0.9526, 0.9942, 2.347e-8, 0.999998, 0.0165, 0.473, 0.0174, 0.8978,
    ),
)
KINDS = {"": EPI, "endo": ENDO, "M": M}


def ten_tusscher_2006(state: Array, i_Stim: float | Array = 0.0, kind: Kind = EPI) -> Array:
    """The derivatives of `STATES`; an inward stimulus is negative, as in the files."""
    return np.array(rates(state, i_Stim, kind))


def rates(state: Any, i_Stim: Any, kind: Kind) -> list[Any]:
    V, Na_i, K_i, Ca_i, Ca_ss, Ca_SR, m, h, j, d, f, f2, fCass, r, s, Xr1, Xr2, Xs, R_prime = state
    g_to, g_Ks, endo, _ = kind
    R, T, F, Cm, V_c, V_sr, V_ss = 8314.472, 310, 96485.3415, 0.185, 0.016404, 0.001094, 0.00005468
    K_o, Na_o, Ca_o, P_kna = 5.4, 140, 2, 0.03

    E_Na = R * T / F * log(Na_o / Na_i)
    E_K = R * T / F * log(K_o / K_i)
    E_Ks = R * T / F * log((K_o + P_kna * Na_o) / (K_i + P_kna * Na_i))
    E_Ca = 0.5 * R * T / F * log(Ca_o / Ca_i)

    alpha_K1 = 0.1 / (1 + exp(0.06 * (V - E_K - 200)))
    beta_K1 = (3 * exp(0.0002 * (V - E_K + 100)) + exp(0.1 * (V - E_K - 10))) / (1 + exp(-0.5 * (V - E_K)))
    i_K1 = 5.405 * alpha_K1 / (alpha_K1 + beta_K1) * sqrt(K_o / 5.4) * (V - E_K)
    i_Kr = 0.153 * sqrt(K_o / 5.4) * Xr1 * Xr2 * (V - E_K)
    i_Ks = g_Ks * Xs**2 * (V - E_Ks)
    i_Na = 14.838 * m**3 * h * j * (V - E_Na)
    i_b_Na = 0.00029 * (V - E_Na)
    field = 2 * (V - 15) * F / (R * T)
    quotient = (V - 15) * (0.25 * Ca_ss * exp(field) - Ca_o) / (exp(field) - 1)
    i_CaL = quotient * 0.0000398 * d * f * f2 * fCass * 4 * F**2 / (R * T)
    i_b_Ca = 0.000592 * (V - E_Ca)
    i_to = g_to * r * s * (V - E_K)
    i_NaK = 2.724 * K_o / (K_o + 1) * Na_i / (Na_i + 40)
    i_NaK = i_NaK / (1 + 0.1245 * exp(-0.1 * V * F / (R * T)) + 0.0353 * exp(-V * F / (R * T)))
    into, out = exp(0.35 * V * F / (R * T)), exp((0.35 - 1) * V * F / (R * T))
    i_NaCa = 1000 * (into * Na_i**3 * Ca_o - out * Na_o**3 * Ca_i * 2.5)
    i_NaCa = i_NaCa / ((87.5**3 + Na_o**3) * (1.38 + Ca_o) * (1 + 0.1 * out))
    i_p_Ca = 0.1238 * Ca_i / (Ca_i + 0.0005)
    i_p_K = 0.0146 * (V - E_K) / (1 + exp((25 - V) / 5.98))

    kcasr = 2.5 - (2.5 - 1) / (1 + (1.5 / Ca_SR) ** 2)
    k1, k2 = 0.15 / kcasr, 0.045 * kcasr
    O = k1 * Ca_ss**2 * R_prime / (0.06 + k1 * Ca_ss**2)
    i_rel = 0.102 * O * (Ca_SR - Ca_ss)
    i_up = 0.006375 / (1 + 0.00025**2 / Ca_i**2)
    i_leak = 0.00036 * (Ca_SR - Ca_i)
    i_xfer = 0.0038 * (Ca_ss - Ca_i)
    free_i = 1 / (1 + 0.2 * 0.001 / (Ca_i + 0.001) ** 2)
    free_sr = 1 / (1 + 10 * 0.3 / (Ca_SR + 0.3) ** 2)
    free_ss = 1 / (1 + 0.4 * 0.00025 / (Ca_ss + 0.00025) ** 2)

    tau_m = 1 / (1 + exp((-60 - V) / 5)) * (0.1 / (1 + exp((V + 35) / 5)) + 0.1 / (1 + exp((V - 50) / 200)))
    low = V < -40
    alpha_h = low * 0.057 * exp(-(V + 80) / 6.8)
    beta_h = low * (2.7 * exp(0.079 * V) + 310000 * exp(0.3485 * V))
    beta_h = beta_h + (1 - low) * 0.77 / (0.13 * (1 + exp((V + 10.66) / -11.1)))
    alpha_j = low * (-25428 * exp(0.2444 * V) - 6.948e-6 * exp(-0.04391 * V)) * (V + 37.78)
    alpha_j = alpha_j / (1 + exp(0.311 * (V + 79.23)))
    beta_j = low * 0.02424 * exp(-0.01052 * V) / (1 + exp(-0.1378 * (V + 40.14)))
    beta_j = beta_j + (1 - low) * 0.6 * exp(0.057 * V) / (1 + exp(-0.1 * (V + 32)))
    hj_inf = 1 / (1 + exp((V + 71.55) / 7.43)) ** 2
    tau_d = (1.4 / (1 + exp((-35 - V) / 13)) + 0.25) * 1.4 / (1 + exp((V + 5) / 5)) + 1 / (1 + exp((50 - V) / 20))
    tau_f = 1102.5 * exp(-((V + 27) ** 2) / 225) + 200 / (1 + exp((13 - V) / 10)) + 180 / (1 + exp((V + 30) / 10)) + 20
    tau_f2 = 562 * exp(-((V + 27) ** 2) / 240) + 31 / (1 + exp((25 - V) / 10)) + 80 / (1 + exp((V + 30) / 10))
    if endo:
        s_inf, tau_s = 1 / (1 + exp((V + 28) / 5)), 1000 * exp(-((V + 67) ** 2) / 1000) + 8
    else:
        s_inf = 1 / (1 + exp((V + 20) / 5))
        tau_s = 85 * exp(-((V + 45) ** 2) / 320) + 5 / (1 + exp((V - 20) / 5)) + 3
    tau_xr1 = 450 / (1 + exp((-45 - V) / 10)) * 6 / (1 + exp((V + 30) / 11.5))
    tau_xr2 = 3 / (1 + exp((-60 - V) / 20)) * 1.12 / (1 + exp((V - 60) / 20))
    tau_xs = 1400 / sqrt(1 + exp((5 - V) / 6)) / (1 + exp((V - 35) / 15)) + 80

    return [
        -(i_K1 + i_to + i_Kr + i_Ks + i_CaL + i_NaK + i_Na + i_b_Na + i_NaCa + i_b_Ca + i_p_K + i_p_Ca + i_Stim),
        -(i_Na + i_b_Na + 3 * i_NaK + 3 * i_NaCa) / (V_c * F) * Cm,
        -(i_K1 + i_to + i_Kr + i_Ks + i_p_K + i_Stim - 2 * i_NaK) / (V_c * F) * Cm,
        free_i * ((i_leak - i_up) * V_sr / V_c + i_xfer - (i_b_Ca + i_p_Ca - 2 * i_NaCa) * Cm / (2 * V_c * F)),
        free_ss * (-i_CaL * Cm / (2 * V_ss * F) + i_rel * V_sr / V_ss - i_xfer * V_c / V_ss),
        free_sr * (i_up - (i_rel + i_leak)),
        (1 / (1 + exp((-56.86 - V) / 9.03)) ** 2 - m) / tau_m,
        (hj_inf - h) * (alpha_h + beta_h),
        (hj_inf - j) * (alpha_j + beta_j),
        (1 / (1 + exp((-8 - V) / 7.5)) - d) / tau_d,
        (1 / (1 + exp((V + 20) / 7)) - f) / tau_f,
        (0.67 / (1 + exp((V + 35) / 7)) + 0.33 - f2) / tau_f2,
        (0.6 / (1 + (Ca_ss / 0.05) ** 2) + 0.4 - fCass) / (80 / (1 + (Ca_ss / 0.05) ** 2) + 2),
        (1 / (1 + exp((20 - V) / 6)) - r) / (9.5 * exp(-((V + 40) ** 2) / 1800) + 0.8),
        (s_inf - s) / tau_s,
        (1 / (1 + exp((-26 - V) / 7)) - Xr1) / tau_xr1,
        (1 / (1 + exp((V + 88) / 24)) - Xr2) / tau_xr2,
        (1 / (1 + exp((-5 - V) / 14)) - Xs) / tau_xs,
        -k2 * Ca_ss * R_prime + 0.005 * (1 - R_prime),
    ]
