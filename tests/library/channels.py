"""The channels of `models/channels/` as numbers: an oracle that shares no text with them.

Formulas and numbers are those of BrainPy 2.8.2's classes, which the rows name, except where these are wrong; each
such place has a comment. Those of Beeler and Reuter are from the paper's table. V in mV, times in ms, conductances in
mS/cm^2, calcium in mM; u is V less the shift.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy import exp

from tests.reference import beeler_reuter_1977
from tests.reference.models import Array

Curve = Callable[[Array], Array]


def lin(x: Array) -> Array:
    """x/(1 - exp(-x)), which is 1 at 0."""
    safe = np.where(x == 0, 1, x)
    return np.where(x == 0, 1, safe / -np.expm1(-safe))


def sigma(x: Array) -> Array:
    return 1 / (1 + exp(-x))


@dataclass(frozen=True)
class Kinetics:
    """A gate: how it stands in the current, its steady state, and its time constant at the temperature `at` (degC).

    Rates multiply by `factor` in 10 K. `rates` are `alpha` and `beta` of a gate that is given by them, per ms.
    """

    power: int
    factor: float
    at: float
    inf: Curve
    time: Curve
    rates: dict[str, Curve] = field(default_factory=dict)

    def tau(self, u: Array, celsius: float) -> Array:
        found: Array = self.time(u) / self.factor ** ((celsius - self.at) / 10)
        return found


@dataclass(frozen=True)
class Channel:
    """`E` is the reversal potential, or names the ion that has it; `critical` are V at which a formula is 0/0 or jumps.

    `opening` is the share of channels that calcium opens, beside the gates; `shifts` is whether it has a `V_sh`.
    """

    g: float
    E: float | str
    shift: float = 0.0
    gates: dict[str, Kinetics] = field(default_factory=dict)
    critical: tuple[float, ...] = ()
    opening: Curve | None = None
    shifts: bool = True


def rates(power: int, alpha: Curve, beta: Curve, factor: float = 3, at: float = 36) -> Kinetics:
    def inf(u: Array) -> Array:
        return alpha(u) / (alpha(u) + beta(u))

    def time(u: Array) -> Array:
        return 1 / (alpha(u) + beta(u))

    return Kinetics(power, factor, at, inf, time, {"alpha": alpha, "beta": beta})


def relaxing(power: int, inf: Curve, time: Curve, factor: float = 3, at: float = 36) -> Kinetics:
    return Kinetics(power, factor, at, inf, time)


def tabulated(gate: str) -> Kinetics:
    """A gate of Beeler and Reuter's table, which feels no temperature."""
    alpha, beta = (np.vectorize(partial(beeler_reuter_1977.rate, f"{side}_{gate}")) for side in ("alpha", "beta"))
    return rates(1, alpha, beta, factor=1)


def traub_miles(g: float, shift: float) -> Channel:
    m = rates(3, lambda u: 1.28 * lin((u - 13) / 4), lambda u: 1.4 * lin(-(u - 40) / 5))
    h = rates(1, lambda u: 0.128 * exp(-(u - 17) / 18), lambda u: 4 * sigma((u - 40) / 5))
    return Channel(g, "Na", shift, {"m": m, "h": h}, (shift + 13, shift + 40))


def delayed_rectifier(g: float, shift: float) -> Channel:
    n = rates(4, lambda u: 0.16 * lin((u - 15) / 5), lambda u: 0.5 * exp(-(u - 10) / 40))
    return Channel(g, "K", shift, {"n": n}, (shift + 15,))


def a_current(g: float, half: float, slope: float, jump: float, above: float) -> Channel:
    """BrainPy has no factor for temperature; the time constants were measured at 23.5 degC."""
    p = relaxing(
        4,
        lambda u: sigma((u + half) / slope),
        lambda u: 0.37 + 1 / (exp((u + 35.8) / 19.7) + exp(-(u + 79.7) / 12.7)),
        at=23.5,
    )
    q = relaxing(
        1,
        lambda u: sigma(-(u + 78) / 6),
        lambda u: np.where(u < jump, 1 / (exp((u + 46) / 5) + exp(-(u + 238) / 37.5)), above),
        at=23.5,
    )
    return Channel(g, "K", 0, {"p": p, "q": q}, (jump,))


def k2_inactivation(u: Array) -> Array:
    """BrainPy's text has 120 ms here, its code has not."""
    found: Array = 120 + 1 / (exp((u - 1329) / 200) + exp(-(u + 130) / 7.1))
    return found


def k2_current(tau: Curve) -> Channel:
    """BrainPy has no fourth power at the steady state of p, and no factor for temperature."""
    p = relaxing(
        1,
        lambda u: sigma((u + 43) / 17) ** 4,
        lambda u: 9.9 + 1 / (exp((u - 81) / 25.6) + exp(-(u + 132) / 18)),
        at=23.5,
    )
    return Channel(10, "K", 0, {"p": p, "q": relaxing(1, lambda u: sigma(-(u + 58) / 10.6), tau, at=23.5)}, (-70,))


def t_current(shift: float) -> Channel:
    p = relaxing(
        2,
        lambda u: sigma((u + 59) / 6.2),
        lambda u: 0.612 + 1 / (exp(-(u + 132) / 16.7) + exp((u + 16.8) / 18.2)),
        3.55,
        24,
    )
    q = relaxing(
        1,
        lambda u: sigma(-(u + 83) / 4),
        lambda u: np.where(u < -80, exp((u + 467) / 66.6), 28 + exp(-(u + 22) / 10.5)),
        3,
        24,
    )
    return Channel(2, "Ca", shift, {"p": p, "q": q}, (shift - 80,))


def twin(scale: float, width: float, middle: float) -> Curve:
    return lambda u: scale / (exp((u + middle) / width) + exp(-(u + middle) / width))


def ventricular_sodium() -> Channel:
    """Luo and Rudy 1991, as in the paper; BrainPy has no such channel."""

    def below(rate: Curve, otherwise: Curve) -> Curve:
        return lambda u: np.where(u < -40, rate(u), otherwise(u))

    def zero(u: Array) -> Array:
        return 0 * u

    m = rates(3, lambda u: 3.2 * lin((u + 47.13) / 10), lambda u: 0.08 * exp(-u / 11), factor=1)
    h = rates(
        1,
        below(lambda u: 0.135 * exp(-(u + 80) / 6.8), zero),
        below(lambda u: 3.56 * exp(0.079 * u) + 3.1e5 * exp(0.35 * u), lambda u: sigma((u + 10.66) / 11.1) / 0.13),
        factor=1,
    )
    j = rates(
        1,
        below(
            lambda u: -(1.2714e5 * exp(0.2444 * u) + 3.474e-5 * exp(-0.04391 * u)) * (u + 37.78)
            * sigma(-0.311 * (u + 79.23)),
            zero,
        ),
        below(
            lambda u: 0.1212 * exp(-0.01052 * u) * sigma(0.1378 * (u + 40.14)),
            lambda u: 0.3 * exp(-2.535e-7 * u) * sigma((u + 32) / 10),
        ),
        factor=1,
    )
    return Channel(23, "Na", 0, {"m": m, "h": h, "j": j}, (-47.13, -40), shifts=False)


CHANNELS = {
    # INa_Ba2002, IKDR_Ba2002
    "bazhenov_2002.I_Na": traub_miles(90, -50),
    "bazhenov_2002.I_K": delayed_rectifier(10, -50),
    # INa_TM1991, and IK_TM1991 with the -63 mV of its text, where its code has -60
    "traub_miles_1991.I_Na": traub_miles(120, -63),
    "traub_miles_1991.I_K": delayed_rectifier(10, -63),
    # INa_HH1952, and IK_HH1952 with the g of the squid axon, where BrainPy has 10; both at 6.3 degC
    "hodgkin_huxley_1952.I_Na": Channel(
        120,
        "Na",
        -45,
        {
            "m": rates(3, lambda u: lin((u - 5) / 10), lambda u: 4 * exp(-(u + 20) / 18), at=6.3),
            "h": rates(1, lambda u: 0.07 * exp(-(u + 20) / 20), lambda u: sigma((u - 10) / 10), at=6.3),
        },
        (-40,),
    ),
    "hodgkin_huxley_1952.I_K": Channel(
        36,
        "K",
        -45,
        {"n": rates(4, lambda u: 0.1 * lin((u + 10) / 10), lambda u: 0.125 * exp(-(u + 20) / 80), at=6.3)},
        (-55,),
    ),
    # IKA1_HM1992; IKA2_HM1992 with an inactivation of its own, where BrainPy has that of the first
    "huguenard_mccormick_1992.I_A1": a_current(30, 60, 8.5, jump=-63, above=19),
    "huguenard_mccormick_1992.I_A2": a_current(20, 36, 20, jump=-73, above=60),
    # IKK2A_HM1992; IKK2B_HM1992 with 8.9 s, where BrainPy has 8.9 ms
    "huguenard_mccormick_1992.I_K2A": k2_current(k2_inactivation),
    "huguenard_mccormick_1992.I_K2B": k2_current(lambda u: np.where(u < -70, k2_inactivation(u), 8900)),
    # ICaT_HM1992, ICaHT_HM1992
    "huguenard_mccormick_1992.I_T": t_current(-3),
    "huguenard_mccormick_1992.I_HT": t_current(25),
    # Ih_HM1992 with E = -43 mV, where BrainPy has +43; measured at 36 degC
    "huguenard_mccormick_1992.I_h": Channel(
        10,
        -43,
        0,
        {
            "p": relaxing(
                1,
                lambda u: sigma(-(u + 75) / 5.5),
                lambda u: 1 / (exp(-0.086 * u - 14.59) + exp(0.0701 * u - 1.87)),
            )
        },
    ),
    # ICaT_HP1992
    "huguenard_prince_1992.I_T": Channel(
        1.75,
        "Ca",
        -3,
        {
            "p": relaxing(
                2,
                lambda u: sigma((u + 52) / 7.4),
                lambda u: 3 + 1 / (exp((u + 27) / 10) + exp(-(u + 102) / 15)),
                5,
                24,
            ),
            "q": relaxing(
                1,
                lambda u: sigma(-(u + 80) / 5),
                lambda u: 85 + 1 / (exp((u + 48) / 4) + exp(-(u + 407) / 50)),
                3,
                24,
            ),
        },
    ),
    # ICaHT_Re1993, whose rates are those at 36 degC, where BrainPy takes them for 23 degC
    "reuveni_1993.I_HT": Channel(
        1,
        "Ca",
        0,
        {
            "p": rates(2, lambda u: 0.209 * lin((27 + u) / 3.8), lambda u: 0.94 * exp((-75 - u) / 17), 2.3),
            "q": rates(1, lambda u: 0.000457 * exp((-13 - u) / 50), lambda u: 0.0065 * sigma((15 + u) / 28), 2.3),
        },
        (-27,),
    ),
    # ICaL_IS2008, ICaN_IS2008
    "inoue_strowbridge_2008.I_L": Channel(
        1,
        "Ca",
        0,
        {
            "p": relaxing(2, lambda u: sigma((u + 10) / 4), lambda u: 0.4 + twin(0.7, 15, 5)(u), 3.55, 24),
            "q": relaxing(1, lambda u: sigma(-(u + 25) / 2), lambda u: 300 + twin(100, 9.5, 40)(u), 3, 24),
        },
    ),
    "inoue_strowbridge_2008.I_CAN": Channel(
        1,
        10,
        0,
        {"p": relaxing(1, lambda u: sigma((u + 43) / 5.2), lambda u: 1.6 + twin(2.7, 15, 55)(u))},
        opening=lambda calcium: calcium / (calcium + 0.2),
    ),
    # IKNI_Ya1989, with the factor for temperature of Destexhe's IM.mod
    "yamada_1989.I_M": Channel(
        0.004,
        "K",
        0,
        {
            "p": relaxing(
                1,
                lambda u: sigma((u + 35) / 10),
                lambda u: 4000 / (3.3 * exp((u + 35) / 20) + exp(-(u + 35) / 20)),
                2.3,
            )
        },
    ),
    "beeler_reuter_1977.I_s": Channel(0.09, "Ca", 0, {"d": tabulated("d"), "f": tabulated("f")}, shifts=False),
    "luo_rudy_1991.I_Na": ventricular_sodium(),
    # IL, IKL
    "leak.I_leak": Channel(0.1, -70),
    "leak.I_KL": Channel(0.005, "K"),
}


def afterhyperpolarisation(calcium: Array) -> Kinetics:
    """IAHP_De1994: the gate of `destexhe_1994.I_AHP`, with beta = 0.03/ms, where BrainPy has 0.09, and at 22 degC."""
    return rates(2, lambda u: 48 * calcium**2 + 0 * u, lambda u: 0.03 + 0 * u, at=22)


@dataclass(frozen=True)
class Scheme:
    """Ih_De1996, `destexhe_1996.I_h`, by V and calcium: rates per ms, and the shares of states at rest.

    BrainPy takes tau for 24 degC, and OL has no part in its O'.
    """

    V: Array
    calcium: Array
    celsius: float

    @property
    def rates(self) -> dict[str, Array]:
        steady = sigma(-(self.V + 75) / 5.5)
        tau = 20 + 1000 / (exp((self.V + 71.5) / 14.2) + exp(-(self.V + 89) / 11.6))
        phi = 3 ** ((self.celsius - 36) / 10)
        return {
            "gating.C->O": phi * steady / tau,
            "gating.O->C": phi * (1 - steady) / tau,
            "binding.P0->P1": 4e-4 * (self.calcium / 2e-3) ** 4 + 0 * self.V,
            "binding.P1->P0": 4e-4 + 0 * self.V,
            "gating.OL->O": 1e-3 + 0 * self.V,
        }

    @property
    def at_rest(self) -> dict[str, Array]:
        P1 = 1 / (1 + (2e-3 / self.calcium) ** 4)
        steady = sigma(-(self.V + 75) / 5.5)
        O = 1 / (1 + (1 - steady) / steady + P1 / 0.01)
        OL = O * P1 / 0.01
        return {"binding.P0": 1 - P1, "binding.P1": P1, "gating.C": 1 - O - OL, "gating.O": O, "gating.OL": OL}
