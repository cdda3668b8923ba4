"""Land et al. 2017's tension, written by hand from the paper's equations (doi:10.1016/j.yjmcc.2017.03.008) in the form
and with the names of the MATLAB program that its authors gave out, as its translations have them.

Calcium is in uM, tension in kPa; derivatives are per ms.
"""

from __future__ import annotations

import numpy as np

from tests.reference.models import Array

STATES = ("TRPN", "XS", "XW", "TmB", "ZETAW", "ZETAS", "Cd")

DR, WFRAC, TOT_A, PHI, T_REF = 0.25, 0.5, 25.0, 2.23, 120.0
TRPN_MAX = 0.07  # mM
K_UW, K_WS = 0.026 * 7, 0.004 * 3  # skinned cells, and what intact ones are faster by
PERM50, NPERM, KTM_UNBLOCK = 0.35, 5.0, 1.0
K_WU, K_SU = K_UW * (1 / WFRAC - 1) - K_WS, K_WS * (1 / DR - 1) * WFRAC
A = 0.25 * TOT_A / ((1 - DR) * WFRAC + DR) * (DR / 0.25)
CDW = PHI * K_UW * (1 - DR) * (1 - WFRAC) / ((1 - DR) * WFRAC)
CDS = PHI * K_WS * (1 - DR) * WFRAC / DR
XSSS, XWSS = DR * 0.5, (1 - DR) * WFRAC * 0.5
KTM_BLOCK = KTM_UNBLOCK * PERM50**NPERM * 0.5 / (0.5 - XSSS - XWSS)


def rates(state: Array, Ca: float | Array, stretch: float | Array = 1.0, speed: float | Array = 0.0) -> Array:
    """The derivatives of `STATES`."""
    TRPN, XS, XW, TmB, ZETAW, ZETAS, Cd = state
    length = np.minimum(1.2, stretch)
    ca50 = 0.805 - 2.4 * (length - 1)
    XU = 1 - TmB - XW - XS
    gamma_s = 0.0085 * np.where(ZETAS > 0, ZETAS, np.where(ZETAS < -1, -ZETAS - 1, 0.0))
    gamma_w = 0.615 * np.abs(ZETAW)
    drawn = length - 1 - Cd
    return np.array(
        [
            0.1 * ((Ca / ca50) ** 2 * (1 - TRPN) - TRPN),
            K_WS * XW - K_SU * XS - gamma_s * XS,
            K_UW * XU - K_WU * XW - K_WS * XW - gamma_w * XW,
            KTM_BLOCK * np.minimum(100, TRPN ** (-NPERM / 2)) * XU - KTM_UNBLOCK * TRPN ** (NPERM / 2) * TmB,
            A * speed - CDW * ZETAW,
            A * speed - CDS * ZETAS,
            7 * drawn / np.where(drawn < 0, 20, 200),
        ]
    )


def tension(state: Array, stretch: float | Array = 1.0) -> Array:
    """Active and passive, (2, ...)."""
    _, XS, XW, _, ZETAW, ZETAS, Cd = state
    length = np.minimum(1.2, stretch)
    h = np.maximum(0, 1 + 2.3 * (length + np.minimum(0.87, length) - 1.87))
    active = h * (T_REF / DR) * ((ZETAS + 1) * XS + ZETAW * XW)
    return np.array([active, 2.1 * (np.exp(9.1 * (length - 1)) - 1 + 7 * (length - 1 - Cd))])
