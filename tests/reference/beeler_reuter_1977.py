"""The ventricular cell of Beeler and Reuter, from the table of its rates in the paper's form.

doi:10.1113/jphysiol.1977.sp011853. Every rate is (c1 exp(c2 (V + c3)) + c4 (V + c5)) / (exp(c6 (V + c3)) + c7).
In mV, ms, uA/cm^2 and, for calcium, mol/L.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.reference.models import Array

RATES = {
    "alpha_x1": (0.0005, 0.083, 50, 0, 0, 0.057, 1),
    "beta_x1": (0.0013, -0.06, 20, 0, 0, -0.04, 1),
    "alpha_m": (0, 0, 47, -1, 47, -0.1, -1),
    "beta_m": (40, -0.056, 72, 0, 0, 0, 0),
    "alpha_h": (0.126, -0.25, 77, 0, 0, 0, 0),
    "beta_h": (1.7, 0, 22.5, 0, 0, -0.082, 1),
    "alpha_j": (0.055, -0.25, 78, 0, 0, -0.2, 1),
    "beta_j": (0.3, 0, 32, 0, 0, -0.1, 1),
    "alpha_d": (0.095, -0.01, -5, 0, 0, -0.072, 1),
    "beta_d": (0.07, -0.017, 44, 0, 0, 0.05, 1),
    "alpha_f": (0.012, -0.008, 28, 0, 0, 0.15, 1),
    "beta_f": (0.0065, -0.02, 30, 0, 0, -0.2, 1),
}
GATES = ("m", "h", "j", "d", "f", "x1")


def rate(name: str, V: float) -> float:
    c1, c2, c3, c4, c5, c6, c7 = RATES[name]
    return float((c1 * np.exp(c2 * (V + c3)) + c4 * (V + c5)) / (np.exp(c6 * (V + c3)) + c7))


def steady(V: float) -> list[float]:
    pairs = [(rate(f"alpha_{gate}", V), rate(f"beta_{gate}", V)) for gate in GATES]
    return [alpha / (alpha + beta) for alpha, beta in pairs]


def slow_reversal(calcium: float) -> float:
    return float(-82.3 - 13.0287 * np.log(calcium))


def derivatives(state: Array, stimulus: float, E: Callable[[float], float] = slow_reversal) -> Array:
    """Of V, the gates in the order of GATES, and calcium; `E` is the reversal potential of the slow inward current."""
    V, *gates, calcium = state
    m, h, j, d, f, x1 = gates
    I_Na = (4 * m**3 * h * j + 0.003) * (V - 50)
    I_s = 0.09 * d * f * (V - E(calcium))
    I_x1 = x1 * 0.8 * (np.exp(0.04 * (V + 77)) - 1) / np.exp(0.04 * (V + 35))
    inward = 4 * (np.exp(0.04 * (V + 85)) - 1) / (np.exp(0.08 * (V + 53)) + np.exp(0.04 * (V + 53)))
    I_K1 = 0.35 * (inward + 0.2 * (V + 23) / (1 - np.exp(-0.04 * (V + 23))))
    moved = [rate(f"alpha_{g}", V) * (1 - x) - rate(f"beta_{g}", V) * x for g, x in zip(GATES, gates, strict=True)]
    return np.array([stimulus - I_Na - I_s - I_x1 - I_K1, *moved, -1e-7 * I_s + 0.07 * (1e-7 - calcium)])
