"""The pump-leak model of Kay 2017: ions, charge and water of a cell whose volume moves, written by hand.

Equations and numbers: doi:10.3389/fcell.2017.00041, with the constant 3:2 pump of the author's programs, at 25 degC
(printed RT/F 25.69 mV). There the volume is at osmotic equilibrium at every moment; here water takes a few seconds to
follow, with the permeability of Düsterwald et al. 2018, doi:10.7554/eLife.39575.

Potentials are in mV, amounts in amol, volumes in um^3, currents in uA/cm^2; derivatives are per s.
"""

from __future__ import annotations

import numpy as np
from numpy import exp, log
from scipy.optimize import brentq

from tests.reference.models import Array

F = 96485.3321233100184
RT_F = 1000 * 8.31446261815324 * 298.15 / F
RADIUS = 5.0
AREA = 4 * np.pi * RADIUS**2
VOLUME = 4 / 3 * np.pi * RADIUS**3
NA_O, K_O, CL_O = 147, 3, 150
OSMOLARITY = NA_O + K_O + CL_O
G_NA, G_K, G_CL = 0.01, 0.3, 0.2  # mS/cm^2
PUMP = 0.5  # uA/cm^2
WATER = 0.018e-3 * 1.5e2 * AREA  # um^3/s per mM: 0.018 L/mol = 0.018e-3 /mM, 0.0015 dm/s = 150 um/s
CURRENT_TO_AMOUNT = 1e4 * AREA / F  # 1 uA/cm^2 = 1e-14 A/um^2, 1 mol = 1e18 amol
CAPACITANCE = 10 * AREA / F  # amol per mV, of 1 uF/cm^2
START = np.array([0, VOLUME, 120 * VOLUME, 30 * VOLUME, 100 * VOLUME, 50 * VOLUME])


def kay_2017(state: Array, I: float | Array = 0.0, pump_on: float = 1.0) -> Array:
    """V, volume, and the amounts of Na, K, Cl and of the impermeant anion X inside. I carries no ion."""
    V, volume, *amounts = state
    Na_i, K_i, Cl_i, X_i = np.array(amounts) / volume
    pump = pump_on * PUMP
    I_Na = G_NA * (V - RT_F * log(NA_O / Na_i)) + 3 * pump
    I_K = G_K * (V - RT_F * log(K_O / K_i)) - 2 * pump
    I_Cl = G_CL * (V + RT_F * log(CL_O / Cl_i))
    return np.array(
        [
            1000 * (I - I_Na - I_K - I_Cl),
            WATER * (Na_i + K_i + Cl_i + X_i - OSMOLARITY),
            -CURRENT_TO_AMOUNT * I_Na,
            -CURRENT_TO_AMOUNT * I_K,
            CURRENT_TO_AMOUNT * I_Cl,
            0 * V,
        ]
    )


def charge(state: Array) -> Array:
    """What the ions inside leave over, in amol: the charge on the membrane, CAPACITANCE V."""
    _, _, Na, K, Cl, X = state
    return np.asarray(Na + K - Cl - X)


def neutral_potential() -> float:
    """V where no ion and no water moves, in closed form, for a membrane that takes no charge.

    Osmolarity and charge leave half of the osmolarity to the cations, each of which is at its own equilibrium.
    """
    cations = NA_O * exp(-3 * PUMP / G_NA / RT_F) + K_O * exp(2 * PUMP / G_K / RT_F)
    return float(RT_F * log(2 * cations / OSMOLARITY))


def at_rest(V: float) -> Array:
    """The state with the X of START in which V stops each ion, and the volume stops the water."""
    Na_i = NA_O * exp(-(V + 3 * PUMP / G_NA) / RT_F)
    K_i = K_O * exp(-(V - 2 * PUMP / G_K) / RT_F)
    Cl_i = CL_O * exp(V / RT_F)
    X_i = OSMOLARITY - Na_i - K_i - Cl_i
    volume = START[-1] / X_i
    return np.array([V, volume, Na_i * volume, K_i * volume, Cl_i * volume, START[-1]])


def steady_state() -> Array:
    """The state at rest whose V agrees with its charge; no differential equation is solved for it."""
    V = neutral_potential()
    return at_rest(brentq(lambda V: charge(at_rest(V)) - CAPACITANCE * V, V - 1, V + 1, xtol=1e-12))
