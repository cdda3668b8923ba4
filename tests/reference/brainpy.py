"""The channel classes of BrainPy, as the code of 2.8.2 computes them.

In mV, ms, mS/cm^2, mM and degC. Ih_De1996 is missing: its equations are not those of the scheme that it documents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy import exp

from tests.reference.models import Array

# The power of a gate in the current, its steady state and its time constant.
Gate = tuple[int, Array, Array]


@dataclass(frozen=True)
class Channel:
    """`gates(V, T, Ca)` are those at their steady state; `E` is None for classes that have only that of their ion."""

    g: float
    E: float | None
    gates: Callable[[Array, float, float], list[Gate]]


def sigma(x: Array) -> Array:
    return np.asarray(1 / (1 + exp(-x)))


def linoid(a: float, x: Array, k: float) -> Array:
    return np.asarray(a * x / (1 - exp(-x / k)))


def by_rates(power: int, alpha: Array, beta: Array, phi: float = 1) -> Gate:
    return power, alpha / (alpha + beta), 1 / (phi * (alpha + beta))


def relaxing(power: int, inf: Array, tau: Array, phi: float = 1) -> Gate:
    return power, inf, tau / phi


def q10(factor: float, T: float, reference: float) -> float:
    return float(factor ** ((T - reference) / 10))


def sodium(u: Array, phi: float = 1) -> list[Gate]:
    return [
        by_rates(3, linoid(0.32, u - 13, 4), linoid(-0.28, u - 40, -5), phi),
        by_rates(1, 0.128 * exp(-(u - 17) / 18), 4 / (1 + exp(-(u - 40) / 5)), phi),
    ]


def rectifier(u: Array, phi: float = 1) -> list[Gate]:
    return [by_rates(4, linoid(0.032, u - 15, 5), 0.5 * exp(-(u - 10) / 40), phi)]


def squid_sodium(V: Array) -> list[Gate]:
    return [
        by_rates(3, linoid(0.1, V + 40, 10), 4 * exp(-(V + 65) / 18)),
        by_rates(1, 0.07 * exp(-(V + 65) / 20), 1 / (1 + exp(-(V + 35) / 10))),
    ]


def squid_potassium(V: Array) -> list[Gate]:
    return [by_rates(4, linoid(0.01, V + 55, 10), 0.125 * exp(-(V + 65) / 80))]


def a_current(V: Array, opening: Array) -> list[Gate]:
    recovery = 1 / (exp((V + 46) / 5) + exp(-(V + 238) / 37.5))
    return [
        relaxing(4, opening, 0.37 + 1 / (exp((V + 35.8) / 19.7) + exp(-(V + 79.7) / 12.7))),
        relaxing(1, sigma(-(V + 78) / 6), np.where(V < -63, recovery, 19)),
    ]


def k2_current(V: Array, above: float | None = None) -> list[Gate]:
    tau = 1 / (exp((V - 1329) / 200) + exp(-(V + 130) / 7.1))
    return [
        relaxing(1, sigma((V + 43) / 17), 9.9 + 1 / (exp((V - 81) / 25.6) + exp(-(V + 132) / 18))),
        relaxing(1, sigma(-(V + 58) / 10.6), tau if above is None else np.where(V < -70, tau, above)),
    ]


def m_current(V: Array) -> list[Gate]:
    return [relaxing(1, sigma((V + 35) / 10), 4000 / (3.3 * exp((V + 35) / 20) + exp(-(V + 35) / 20)))]


def t_current(u: Array, T: float) -> list[Gate]:
    closing = np.where(u < -80, exp((u + 467) / 66.6), 28 + exp(-(u + 22) / 10.5))
    opening = 0.612 + 1 / (exp(-(u + 132) / 16.7) + exp((u + 16.8) / 18.2))
    return [
        relaxing(2, sigma((u + 59) / 6.2), opening, q10(3.55, T, 24)),
        relaxing(1, sigma(-(u + 83) / 4), closing, q10(3, T, 24)),
    ]


def t_current_of_reticular_cells(u: Array, T: float) -> list[Gate]:
    opening = 3 + 1 / (exp((u + 27) / 10) + exp(-(u + 102) / 15))
    closing = 85 + 1 / (exp((u + 48) / 4) + exp(-(u + 407) / 50))
    return [
        relaxing(2, sigma((u + 52) / 7.4), opening, q10(5, T, 24)),
        relaxing(1, sigma(-(u + 80) / 5), closing, q10(3, T, 24)),
    ]


def high_threshold_current(V: Array, T: float) -> list[Gate]:
    w, phi = -27 - V, q10(2.3, T, 23)
    return [
        by_rates(2, 0.055 * w / (exp(w / 3.8) - 1), 0.94 * exp((-75 - V) / 17), phi),
        by_rates(1, 0.000457 * exp((-13 - V) / 50), 0.0065 / (1 + exp((-15 - V) / 28)), phi),
    ]


def l_current(V: Array, T: float) -> list[Gate]:
    opening = 0.4 + 0.7 / (exp(-(V + 5) / 15) + exp((V + 5) / 15))
    closing = 300 + 100 / (exp((V + 40) / 9.5) + exp(-(V + 40) / 9.5))
    return [
        relaxing(2, sigma((V + 10) / 4), opening, q10(3.55, T, 24)),
        relaxing(1, sigma(-(V + 25) / 2), closing, q10(3, T, 24)),
    ]


def cation_current(V: Array, Ca: float) -> list[Gate]:
    """The share that calcium opens counts as a part of the steady state."""
    tau = 1.6 + 2.7 / (exp(-(V + 55) / 15) + exp((V + 55) / 15))
    return [relaxing(1, Ca / (Ca + 0.2) * sigma((V + 43) / 5.2), tau)]


def afterhyperpolarisation(V: Array, Ca: float) -> list[Gate]:
    return [by_rates(2, np.full_like(V, 48 * Ca**2), np.full_like(V, 0.09))]


def h_current(V: Array) -> list[Gate]:
    return [relaxing(1, sigma(-(V + 75) / 5.5), 1 / (exp(-0.086 * V - 14.59) + exp(0.0701 * V - 1.87)))]


CHANNELS = {
    "INa_Ba2002": Channel(90, 50, lambda V, T, Ca: sodium(V + 50, q10(3, T, 36))),
    "INa_TM1991": Channel(120, 50, lambda V, T, Ca: sodium(V + 63)),
    "INa_HH1952": Channel(120, 50, lambda V, T, Ca: squid_sodium(V)),
    "IKDR_Ba2002": Channel(10, -90, lambda V, T, Ca: rectifier(V + 50, q10(3, T, 36))),
    "IK_TM1991": Channel(10, -90, lambda V, T, Ca: rectifier(V + 60)),
    "IK_HH1952": Channel(10, -90, lambda V, T, Ca: squid_potassium(V)),
    "IKA1_HM1992": Channel(30, -90, lambda V, T, Ca: a_current(V, sigma((V + 60) / 8.5))),
    "IKA2_HM1992": Channel(20, -90, lambda V, T, Ca: a_current(V, sigma((V + 36) / 20))),
    "IKK2A_HM1992": Channel(10, -90, lambda V, T, Ca: k2_current(V)),
    "IKK2B_HM1992": Channel(10, -90, lambda V, T, Ca: k2_current(V, above=8.9)),
    "IKNI_Ya1989": Channel(0.004, -90, lambda V, T, Ca: m_current(V)),
    "IKL": Channel(0.005, -90, lambda V, T, Ca: []),
    "ICaT_HM1992": Channel(2, None, lambda V, T, Ca: t_current(V + 3, T)),
    "ICaHT_HM1992": Channel(2, None, lambda V, T, Ca: t_current(V - 25, T)),
    "ICaT_HP1992": Channel(1.75, None, lambda V, T, Ca: t_current_of_reticular_cells(V + 3, T)),
    "ICaHT_Re1993": Channel(1, None, lambda V, T, Ca: high_threshold_current(V, T)),
    "ICaL_IS2008": Channel(1, None, lambda V, T, Ca: l_current(V, T)),
    "ICaN_IS2008": Channel(1, 10, lambda V, T, Ca: cation_current(V, Ca)),
    "IAHP_De1994": Channel(10, -95, lambda V, T, Ca: afterhyperpolarisation(V, Ca)),
    "Ih_HM1992": Channel(10, 43, lambda V, T, Ca: h_current(V)),
    "IL": Channel(0.1, -70, lambda V, T, Ca: []),
}


def current(channel: Channel, V: Array, E: float, T: float, Ca: float) -> Array:
    """Of gates at their steady state, in uA/cm^2, outward positive."""
    opened = [inf**power for power, inf, _ in channel.gates(V, T, Ca)]
    return np.asarray(channel.g * np.prod([np.ones_like(V), *opened], axis=0) * (V - E))
