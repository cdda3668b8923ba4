"""The two-compartment cell of Pinsky & Rinzel 1994, written by hand, in any arithmetic.

Equations and numbers: doi:10.1007/BF00962717 in the absolute potentials of `booth_bose.ode`, ModelDB 35358. Potentials
are in mV, currents in uA/cm^2, derivatives per ms; calcium is in the paper's arbitrary units.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tests.reference.models import Array

# V of the soma, h, n; V of the dendrite, Ca, s, c, q
PAPER = np.array([-64.6, 0.999, 0.001, -64.5, 0.2, 0.009, 0.007, 0.01])
# The initial state of `booth_bose.ode`, and what `xpp.dat`, the file of its run beside it, crosses upwards: 0 mV in the
# soma and in the dendrite, in ms. It was run with a tolerance of 1e-4, which is a millisecond or two after a second.
XPP_START = np.array([-60.0, 0, 0, -60.0, 0, 0, 0, 0])
XPP_SOMA = (13.732, 92.294, 434.414, 929.004, 1423.112)
XPP_DENDRITE = (17.017, 96.772, 439.267, 933.896, 1427.992)
XPP_I_S = 0.75


def rates(state: Sequence[Any], I_s: Any, number: Callable[[str], Any] = float, exp: Any = np.exp) -> list[Any]:
    """The derivatives; `number` and `exp` are those of the arithmetic, and I_s is per area of the whole cell."""
    V, h, n, U, Ca, s, c, q = state
    d = number

    def ratio(x: Any, k: str) -> Any:
        return x / (exp(x / d(k)) - 1)

    alpha_m, beta_m = d("0.32") * ratio(d("-46.9") - V, "4"), d("0.28") * ratio(V + d("19.9"), "5")
    m = alpha_m / (alpha_m + beta_m)
    soma = d("0.1") * (V + 60) + 30 * m**2 * h * (V - 60) + 15 * n * (V + 75)
    I_Ca = 10 * s**2 * (U - 80)
    chi = min(Ca / 250, d("1"))
    dendrite = d("0.1") * (U + 60) + I_Ca + d("0.8") * q * (U + 75) + 15 * c * chi * (U + 75)
    fast = 2 * exp((d("-53.5") - U) / 27)
    alpha_c = exp((U + 50) / 11 - (U + d("53.5")) / 27) / d("18.975") if U < -10 else fast
    g_c, p = d("2.1"), d("0.5")

    def opening(x: Any, alpha: Any, beta: Any) -> Any:
        return alpha * (1 - x) - beta * x

    return [
        (-soma + g_c / p * (U - V) + I_s / p) / 3,
        opening(h, d("0.128") * exp((-43 - V) / 18), 4 / (1 + exp((-20 - V) / 5))),
        opening(n, d("0.016") * ratio(d("-24.9") - V, "5"), d("0.25") * exp(-1 - d("0.025") * V)),
        (-dendrite + g_c / (1 - p) * (V - U)) / 3,
        d("-0.13") * I_Ca - d("0.075") * Ca,
        opening(s, d("1.6") / (1 + exp(d("-0.072") * (U - 5))), d("0.02") * ratio(U + d("8.9"), "5")),
        opening(c, alpha_c, fast - alpha_c if U < -10 else d("0")),
        opening(q, min(d("2e-5") * Ca, d("0.01")), d("0.001")),
    ]


def pinsky_rinzel_1994(state: Array, I_s: float = 0.0) -> Array:
    return np.array(rates(list(state), I_s))
