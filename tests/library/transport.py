"""Pumps, exchangers and cotransporters as their papers print them, by hand: numbers and arrays, no iondsl.

Currents are outward positive in the unit of the paper, fluxes positive in the direction of their part.
"""

from __future__ import annotations

import numpy as np

from tests.library.closed_cell import Array, F, Point


def luo_rudy_pump(p: Point) -> Array:
    """A/F; the CellML file has uA/mm^2 and 0.01 uF/mm^2."""
    sigma = 1 / 7 * (np.exp(p.Na_o / 67.3) - 1)
    f_NaK = 1 / (1 + 0.1245 * np.exp(-0.1 * p.v) + 0.0365 * sigma * np.exp(-p.v))
    return 1.5e-2 / 0.01 * f_NaK * (1 / (1 + (10 / p.Na_i) ** 1.5)) * (p.K_o / (p.K_o + 1.5))


def luo_rudy_exchanger(p: Point) -> Array:
    """A/F"""
    saturation = 1 / (87.5**3 + p.Na_o**3) / (1.38 + p.Ca_o) / (1 + 0.1 * np.exp((0.35 - 1) * p.v))
    there = np.exp(0.35 * p.v) * p.Na_i**3 * p.Ca_o
    back = np.exp((0.35 - 1) * p.v) * p.Na_o**3 * p.Ca_i
    return 20 / 0.01 * saturation * (there - back)


def ten_tusscher_exchanger(p: Point) -> Array:
    """A/F; doi:10.1152/ajpheart.00794.2003"""
    kNaCa, KmNai, KmCa, ksat, alpha, gamma = 1000, 87.5, 1.38, 0.1, 2.5, 0.35
    there = np.exp(gamma * p.v) * p.Na_i**3 * p.Ca_o
    back = np.exp((gamma - 1) * p.v) * p.Na_o**3 * p.Ca_i * alpha
    below = (KmNai**3 + p.Na_o**3) * (KmCa + p.Ca_o) * (1 + ksat * np.exp((gamma - 1) * p.v))
    return kNaCa * (there - back) / below


def luo_rudy_calcium_pump(p: Point) -> Array:
    """A/F"""
    return 1.15e-2 / 0.01 * p.Ca_i / (0.5e-3 + p.Ca_i)


def luo_rudy_up(p: Point) -> Array:
    """mM/ms of the store"""
    return 0.005 * p.Ca_i / (p.Ca_i + 0.92e-3)


def luo_rudy_leak(p: Point) -> Array:
    """mM/ms of the store"""
    return 0.005 / 15 * p.Ca_sr


def difrancesco_noble_pump(p: Point) -> Array:
    """nA"""
    return 125 * p.K_o / (1 + p.K_o) * p.Na_i / (40 + p.Na_i)


def difrancesco_noble_exchanger(p: Point) -> Array:
    """nA; n = 3, gamma = 0.5"""
    n, gamma, d = 3, 0.5, 0.001
    there = np.exp(gamma * (n - 2) * p.v) * p.Na_i**n * p.Ca_o
    back = np.exp((gamma - 1) * (n - 2) * p.v) * p.Na_o**n * p.Ca_i
    return 0.02 * (there - back) / (1 + d * (p.Ca_i * p.Na_o**n + p.Ca_o * p.Na_i**n)) / (1 + p.Ca_i / 0.0069)


def shannon_pump(p: Point) -> Array:
    """A/F"""
    sigma = (np.exp(p.Na_o / 67.3) - 1) / 7
    fnak = 1 / (1 + 0.1245 * np.exp(-0.1 * p.v) + 0.0365 * sigma * np.exp(-p.v))
    return 1.91 * fnak / (1 + (11 / p.Na_i) ** 4) * p.K_o / (p.K_o + 1.5)


def shannon_exchanger(p: Point) -> Array:
    """A/F, at 310 K"""
    KmCai, KmCao, KmNai, KmNao, Kdact, ksat, eta = 0.00359, 1.3, 12.29, 87.5, 0.256e-3, 0.27, 0.35
    Ka = 1 / (1 + (Kdact / p.Ca_i) ** 3)
    s1 = np.exp(eta * p.v) * p.Na_i**3 * p.Ca_o
    s2 = np.exp((eta - 1) * p.v) * p.Na_o**3 * p.Ca_i
    s3 = (
        KmCai * p.Na_o**3 * (1 + (p.Na_i / KmNai) ** 3)
        + KmNao**3 * p.Ca_i * (1 + p.Ca_i / KmCai)
        + KmCao * p.Na_i**3
        + p.Na_i**3 * p.Ca_o
        + p.Na_o**3 * p.Ca_i
    )
    return 9 * Ka * (s1 - s2) / s3 / (1 + ksat * np.exp((eta - 1) * p.v))


def shannon_calcium_pump(p: Point) -> Array:
    """A/F, at 310 K"""
    return 0.0673 / (1 + (0.0005 / p.Ca_i) ** 1.6)


def shannon_up(p: Point) -> Array:
    """mM/ms of the cytoplasm, at 310 K"""
    there, back = (p.Ca_i / 0.246e-3) ** 1.787, (p.Ca_sr / 1.7) ** 1.787
    return 0.000286 * (there - back) / (1 + there + back)


def shannon_leak(p: Point) -> Array:
    """mM/ms of the cytoplasm"""
    return 5.348e-6 * (p.Ca_sr - p.Ca_i)


def ohara_rudy_exchanger(
    V: Array, nai: Array, nao: Array, cai: Array, cao: Array, Gncx: float = 0.0008, wnaca: float = 5e3
) -> Array:
    """A/F of all exchangers, V in units of RT/F."""
    kna1, kna2, kna3, kasymm = 15.0, 5.0, 88.12, 12.5
    wna, wca, kcaon, kcaoff = 6e4, 6e4, 1.5e6, 5e3
    hca, hna = np.exp(0.167 * V), np.exp(0.5224 * V)
    h1 = 1 + nai / kna3 * (1 + hna)
    h2 = nai * hna / (kna3 * h1)
    h4 = 1 + nai / kna1 * (1 + nai / kna2)
    h5 = nai * nai / (h4 * kna1 * kna2)
    h7 = 1 + nao / kna3 * (1 + 1 / hna)
    h8 = nao / (kna3 * hna * h7)
    h10 = kasymm + 1 + nao / kna1 * (1 + nao / kna2)
    h11 = nao * nao / (h10 * kna1 * kna2)
    k3pp, k4pp = h8 * wnaca, h2 * wnaca
    # Each state and the rates out of it; the steady state is found by linear algebra and not by the published sums.
    there = [cao * kcaon / h10, wca / h7 + k3pp, kcaoff + 0 * nai, h5 * h2 * wna]
    back = [kcaoff + 0 * nai, wca / h1 / hca + k4pp, cai * kcaon / h4, h8 * h11 * wna]
    E1, E2, E3, E4 = occupancies(np.array(np.broadcast_arrays(*there)), np.array(np.broadcast_arrays(*back)))
    JncxNa = 3 * (E4 * there[3] - E1 * back[3]) + E3 * k4pp - E2 * k3pp
    JncxCa = E2 * back[0] - E1 * there[0]
    allo = 1 / (1 + (150e-6 / cai) ** 2)
    result: Array = Gncx * allo * (JncxNa + 2 * JncxCa)
    return result


def occupancies(there: Array, back: Array) -> Array:
    """(4, cells): the steady state of a ring of four states; `there` leads from each to the next, `back` returns."""
    found = np.empty_like(there)
    for cell in range(there.shape[1]):
        flow = np.zeros((4, 4))
        for state in range(4):
            after = (state + 1) % 4
            flow[after, state] += there[state, cell]
            flow[state, state] -= there[state, cell]
            flow[state, after] += back[state, cell]
            flow[after, after] -= back[state, cell]
        flow[3] = 1
        found[:, cell] = np.linalg.solve(flow, [0, 0, 0, 1])
    return found


def ohara_rudy_pump(p: Point, Pnak: float = 30, H: float = 1e-7, published: bool = True) -> Array:
    """A/F; unless `published`, with the occupancies that the cycle has."""
    k1p, k1m, k2p, k2m, k3p, k3m, k4p, k4m = 949.5, 182.4, 687.2, 39.4, 1899.0, 79300.0, 639.0, 40.0
    delta, Kki, Kko, MgADP, MgATP, Kmgatp = -0.155, 0.5, 0.3582, 0.05, 9.8, 1.698e-7
    Knai = 9.073 * np.exp(delta * p.v / 3)
    Knao = 27.78 * np.exp((1 - delta) * p.v / 3)
    P = 4.2 / (1 + H / 1.698e-7 + p.Na_i / 224 + p.K_i / 292)
    inside = (1 + p.Na_i / Knai) ** 3 + (1 + p.K_i / Kki) ** 2 - 1
    outside = (1 + p.Na_o / Knao) ** 3 + (1 + p.K_o / Kko) ** 2 - 1
    a1 = k1p * (p.Na_i / Knai) ** 3 / inside
    b1 = k1m * MgADP
    a2 = k2p
    b2 = k2m * (p.Na_o / Knao) ** 3 / outside
    a3 = k3p * (p.K_o / Kko) ** 2 / outside
    b3 = k3m * P * H / (1 + MgATP / Kmgatp)
    a4 = k4p * MgATP / Kmgatp / (1 + MgATP / Kmgatp)
    b4 = k4m * (p.K_i / Kki) ** 2 / inside
    x = (
        a4 * a1 * a2 + (b2 if published else b1) * b4 * b3 + a2 * b4 * b3 + b3 * a1 * a2,
        b2 * b1 * b4 + a1 * a2 * a3 + a3 * b1 * b4 + a2 * a3 * b4,
        a2 * a3 * a4 + b3 * b2 * b1 + b2 * b1 * a4 + a3 * a4 * b1,
        b4 * b3 * b2 + a3 * a4 * a1 + b2 * a4 * a1 + b3 * b2 * a1,
    )
    E1, E2, E3, E4 = (each / sum(x) for each in x)
    result: Array = Pnak * (3 * (E1 * a3 - E2 * b3) + 2 * (E4 * b1 - E3 * a1))
    return result


def kager_pump(p: Point) -> Array:
    """uA/cm^2; the file has 0.013 mA/cm^2"""
    return 13 / ((1 + 2 / p.K_o) * (1 + 2 / p.K_o)) / ((1 + 10 / p.Na_i) * (1 + 10 / p.Na_i) * (1 + 10 / p.Na_i))


def cressman_pump(p: Point) -> Array:
    """uA/cm^2; the program has mM/s"""
    result: Array = 1.25 / 0.044494542 / (1 + np.exp((25 - p.Na_i) / 3)) / (1 + np.exp(5.5 - p.K_o))
    return result


def saetra_pump(p: Point) -> Array:
    """A/m^2 of glia"""
    return F * 1.12e-6 * (p.Na_i**1.5 / (p.Na_i**1.5 + 10**1.5)) * (p.K_o / (p.K_o + 1.5))


def saetra_kcc2(p: Point) -> Array:
    """mol/(m^2 s), outward"""
    return 7e-7 * np.log(p.K_i * p.Cl_i / (p.K_o * p.Cl_o))


def saetra_nkcc1(p: Point) -> Array:
    """mol/(m^2 s), inward: the program has it outward"""
    ratios = np.log(p.K_i * p.Cl_i / (p.K_o * p.Cl_o)) + np.log(p.Na_i * p.Cl_i / (p.Na_o * p.Cl_o))
    result: Array = -2.33e-7 / (1 + np.exp(16 - p.K_o)) * ratios
    return result
