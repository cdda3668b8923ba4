"""The bundled thalamic relay cell, as its parts' papers print them, written by hand: no code of iondsl or its library.

Destexhe et al. 1996 (doi:10.1152/jn.1996.76.3.2049) for the cell, with the T-current of Huguenard and McCormick 1992
(doi:10.1152/jn.1992.68.4.1373) as in ModelDB 3817's IT.mod, at 36 degC.
"""

from __future__ import annotations

import numpy as np
from numpy import exp, log

from tests.reference.models import Array, opening

R, F, T = 8.31446261815324, 96485.33212331001, 309.15
STATES = (
    "V",
    "Ca.i",
    "I_Na.m",
    "I_Na.h",
    "I_K.n",
    "I_T.p",
    "I_T.q",
    "I_h.binding.P0",
    "I_h.binding.P1",
    "I_h.gating.C",
    "I_h.gating.O",
    "I_h.gating.OL",
)
DEPTH = 1e-4  # cm


def thalamic_relay(state: Array, I: float = 0.0) -> Array:
    """The derivatives of STATES per ms, with V in mV and calcium in mM; I in uA/cm^2, inward positive."""
    V, Ca, m, h, n, p, q, P0, P1, C, O, OL = state
    E_Ca = 1000 * R * T / (2 * F) * log(2 / Ca)
    I_Na = 90 * m**3 * h * (V - 50)
    I_K = 10 * n**4 * (V + 95)
    I_T = 2 * p**2 * q * (V - E_Ca)
    I_h = 0.02 * (O + 2 * OL) * (V + 40)
    I_leaks = 0.0138 * (V + 95) + 0.01 * (V + 70)

    u = V + 25
    shut = np.where(V < -80, exp((V + 467) / 66.6), 28 + exp(-(V + 22) / 10.5)) / 3**1.2
    reach = (0.612 + 1 / (exp(-(V + 132) / 16.7) + exp((V + 16.8) / 18.2))) / 3.55**1.2
    steady = 1 / (1 + exp((V + 75) / 5.5))
    tau = 20 + 1000 / (exp((V + 71.5) / 14.2) + exp(-(V + 89) / 11.6))

    bind = 4e-4 * ((Ca / 2e-3) ** 4 * P0 - P1)
    open_ = (steady * C - (1 - steady) * O) / tau
    lock = 1e-3 * (P1 / 0.01 * O - OL)
    influx = -I_T * 1e-6 / (2 * F * DEPTH) * 1e6 / 1e3  # uA to A; mol/(cm^3 s) to mM/ms
    return np.array(
        [
            I - I_Na - I_K - I_T - I_h - I_leaks,
            influx + (2.4e-4 - Ca) / 5,
            opening(m, 0.32 * (u - 13) / (1 - exp(-(u - 13) / 4)), 0.28 * (u - 40) / (exp((u - 40) / 5) - 1)),
            opening(h, 0.128 * exp(-(u - 17) / 18), 4 / (1 + exp(-(u - 40) / 5))),
            opening(n, 0.032 * (u - 15) / (1 - exp(-(u - 15) / 5)), 0.5 * exp(-(u - 10) / 40)),
            (1 / (1 + exp(-(V + 59) / 6.2)) - p) / reach,
            (1 / (1 + exp((V + 83) / 4)) - q) / shut,
            -bind,
            bind,
            -open_,
            open_ - lock,
            lock,
        ]
    )
