"""Hübel & Dahlem 2014: spreading depression in a closed neuron with a glial buffer, written by hand.

Equations and numbers are those of the authors' program spreading-depression.ode (ModelDB 167714) with its glial
buffer, s = 0, for doi:10.1371/journal.pcbi.1003941. Potentials are in mV, concentrations in mM, currents in
uA/cm^2; derivatives are per ms.
"""

from __future__ import annotations

import numpy as np
from numpy import exp, log

from tests.reference.models import Array, opening

VOLUME_I, VOLUME_O = 2160, 720  # um^3
F = 96485.3321233100184
RT_F_36 = 1000 * 8.31446261815324 * 309.15 / F  # mV, at 36 degC
CURRENT_TO_AMOUNT = 922e-14 / F * 1e18 / 1000  # from uA/cm^2 through 922 um^2 to mM um^3/ms
START = np.array([-67.193253, 25.231485, 125.30555, 129.25764, 4, 9.900239, 123.2716, 0.069410823, 0])
RT_F_PRINTED, CURRENT_TO_AMOUNT_PRINTED = 26.64, 9.55589e-2
START_AS_CODED = START[[0, 7, 3, 5, 8]]


def hubel_dahlem_2014(
    state: Array,
    I: float | Array = 0.0,
    pump_on: float = 1.0,
    RT_F: float = RT_F_36,
    to_amount: float = CURRENT_TO_AMOUNT,
    free: Array | None = None,
) -> Array:
    """V, Na_i, Na_o, K_i, K_o, Cl_i, Cl_o, n, KB: all six concentrations are states. I is carried by sodium.

    KB is the potassium that the glial buffer holds, the program's -dk; `free` the buffer that holds none, 500 - KB
    unless it is given.
    """
    V, Na_i, Na_o, K_i, K_o, Cl_i, Cl_o, n, KB = state
    E_Na, E_K, E_Cl = RT_F * log(Na_o / Na_i), RT_F * log(K_o / K_i), -RT_F * log(Cl_o / Cl_i)

    alpha_m = 0.1 * (V + 30) / (1 - exp(-0.1 * (V + 30)))
    beta_m = 4 * exp(-(V + 55) / 18)
    m = alpha_m / (alpha_m + beta_m)
    h = 1 - 1 / (1 + exp(-6.5 * (n - 0.35)))
    pump = pump_on * 6.8 / (1 + exp((25 - Na_i) / 3)) / (1 + exp(5.5 - K_o))
    I_Na = (100 * m**3 * h + 0.0175) * (V - E_Na) + 3 * pump
    I_K = (40 * n**4 + 0.05) * (V - E_K) - 2 * pump
    I_Cl = 0.02 * (V - E_Cl)

    k1 = 5e-8
    k2 = k1 / (1 + exp((15 - K_o) / 1.09))
    buffering = k2 * K_o * (500 - KB if free is None else free) - k1 * KB
    i, o = to_amount / VOLUME_I, to_amount / VOLUME_O

    return np.array(
        [
            I - I_Na - I_K - I_Cl,
            -i * (I_Na - I),
            o * (I_Na - I),
            -i * I_K,
            o * I_K - buffering,
            i * I_Cl,
            -o * I_Cl,
            3 * opening(n, 0.01 * (V + 34) / (1 - exp(-0.1 * (V + 34))), 0.125 * exp(-(V + 44) / 80)),
            buffering,
        ]
    )


def completed(coded: Array) -> Array:
    """The nine states of the five V, n, K_i, Cl_i, KB that the authors integrate.

    No ion leaves the system but K to the buffer, and Na_i follows from electroneutrality: the charge on the
    membrane, some 0.003 mM, is left out.
    """
    V, n, K_i, Cl_i, KB = coded
    start = START.reshape(-1, *np.ones(coded.ndim - 1, int))
    Na_i = start[1] + start[3] - K_i - start[5] + Cl_i
    inside = np.array([Na_i, K_i, Cl_i])
    outside = start[[2, 4, 6]] + VOLUME_I / VOLUME_O * (start[[1, 3, 5]] - inside)
    outside[1] -= KB
    (Na_o, K_o, Cl_o) = outside
    return np.array([V, Na_i, Na_o, K_i, K_o, Cl_i, Cl_o, n, KB])


def as_coded(coded: Array, I: float | Array = 0.0, pump_on: float = 1.0) -> Array:
    """V, n, K_i, Cl_i, KB: the five equations of the authors' program, with its rounded constants."""
    full = completed(coded)
    rates = hubel_dahlem_2014(full, I, pump_on, RT_F_PRINTED, CURRENT_TO_AMOUNT_PRINTED)
    return rates[[0, 7, 3, 5, 8]]
