"""Cressman et al. 2009: a neuron with moving K_o, Na_i and Ca_i, written by hand.

Equations and numbers of the full model are those of the authors' program Cressman_et_al_JCNS_1_fullmodel_RK4.c
(ModelDB 136773), since the paper, doi:10.1007/s10827-008-0132-4, has misprints. Potentials are in mV,
concentrations in mM, currents in uA/cm^2; derivatives are per ms.
"""

from __future__ import annotations

import numpy as np
from numpy import exp, log

from tests.reference.models import Array, opening

RT_F_36 = 1000 * 8.31446261815324 * 309.15 / 96485.3321233100184  # mV, at 36 degC
RT_F_PRINTED = 26.64
START = np.array([-50, 15.5, 7.8, 0, 0.96859, 0.08553])  # of the program, which discards 50 ms of it


def cressman_2009(state: Array, I: float | Array = 0.0, K_bath: float = 8.0, RT_F: float = RT_F_36) -> Array:
    """V, Na_i, K_o, Ca_i, h, n. m is at its steady state; K_i and Na_o follow Na_i."""
    V, Na_i, K_o, Ca_i, h, n = state
    gamma, beta = 0.044494542e-3, 7  # mM cm^2/(uA ms); volume inside over outside
    K_i = 158 - Na_i
    Na_o = 144 - beta * (Na_i - 18)
    E_Na, E_K, E_Cl = RT_F * log(Na_o / Na_i), RT_F * log(K_o / K_i), RT_F * log(6 / 130)

    alpha_m = 0.1 * (V + 30) / (1 - exp(-0.1 * (V + 30)))
    beta_m = 4 * exp(-(V + 55) / 18)
    m = alpha_m / (alpha_m + beta_m)
    I_Na = (100 * m**3 * h + 0.0175) * (V - E_Na)
    I_K = (40 * n**4 + 0.01 * Ca_i / (1 + Ca_i) + 0.05) * (V - E_K)
    I_Cl = 0.05 * (V - E_Cl)

    pump = 1.25e-3 / (1 + exp((25 - Na_i) / 3)) / (1 + exp(5.5 - K_o))  # mM/ms
    glia = 200e-3 / 3 / (1 + exp((18 - K_o) / 2.5))
    diffusion = 4e-3 / 3 * (K_o - K_bath)

    return np.array(
        [
            I - I_Na - I_K - I_Cl,
            -gamma * I_Na - 3 * pump,
            gamma * beta * I_K - 2 * beta * pump - glia - diffusion,
            -0.002 * 0.1 * (V - 120) / (1 + exp(-(V + 25) / 2.5)) - Ca_i / 80,
            3 * opening(h, 0.07 * exp(-(V + 44) / 20), 1 / (1 + exp(-0.1 * (V + 14)))),
            3 * opening(n, 0.01 * (V + 34) / (1 - exp(-0.1 * (V + 34))), 0.125 * exp(-(V + 44) / 80)),
        ]
    )
