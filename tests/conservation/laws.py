"""A cell with what laws of conservation are about: pumps, shares, stores, a stimulus, a buffer, volumes that move."""

from __future__ import annotations

from iondsl import pipeline
from iondsl.conservation import Proof, proofs
from iondsl.errors import Diagnostic, errors
from iondsl.source import Source

CELL = """
temperature = 300 [K]
membrane:
    state V = -70 [mV]
    C = 1 [uF/cm^2]
    area = 922 [um^2]
space i:
    volume = 2160 [um^3]
space o:
    volume = 720 [um^3]
space er:
    volume = 100 [um^3]
ion Na:
    z = +1
    state i = 30 [mM]
    state o = 145 [mM]
ion K:
    z = +1
    state i = 140 [mM]
    state o = 5 [mM]
ion Ca:
    z = +2
    state i = 1e-4 [mM]
    state er = 1 [mM]
    o = 2 [mM]
current I_Na carries Na:
    I = 0.1 [mS/cm^2] * (V - Na.E)
current I_K carries K:
    I [pA] = 3 [pA/mV] * (V - K.E)
current I_pump carries 3 Na, -2 K:
    I = 2 [uA/cm^2] / (1 + exp((25 [mM] - Na.i) / 3 [mM]))
current I_h carries Na, Ca:
    I.Na = 0.1 [mS/cm^2] * (V + 20)
    I.Ca = 0.01 [mS/cm^2] * (V + 20)
current I_leak:
    I = 0.3 [mS/cm^2] * (V + 60)
flux J_er carries Ca from er to i per i:
    J = 0.001 [1/ms] * (Ca.er - Ca.i)
flux J_up carries Ca from i to er:
    J = 2 [amol/s] * Ca.i / 1 [mM]
stimulus I_s = 0 [nA] carries K
param k_on = 0.3 [1/(mM ms)]
param k_off = 0.02 [1/ms]
state B = 0.1 [mM]
state CaB = 0 [mM]
binding = k_on * Ca.i * B - k_off * CaB
B' = -binding
CaB' = binding
"""

MOVING = """
temperature = 300 [K]
membrane:
    state V = -70 [mV]
    C = 1 [uF/cm^2]
    area = 922 [um^2]
space i:
    state volume = 2160 [um^3]
    volume' = 0.05 [um^3/(mM ms)] * (Na.i - 30 [mM])
space o:
    volume = 5000 [um^3] - i.volume
    initial volume = 2840 [um^3]
ion Na:
    z = +1
    state i = 30 [mM]
    state o = 145 [mM]
current I_Na carries Na:
    I = 0.1 [mS/cm^2] * (V - Na.E)
"""


def examined(lines: str) -> tuple[Diagnostic, ...]:
    return pipeline.examine(Source("lines.ion", f"model lines:\n{lines}"))[1]


def proven(lines: str) -> list[Proof]:
    """The proofs of all laws of lines behind a `model` header."""
    return list(proofs(pipeline.resolve(Source("lines.ion", f"model lines:\n{lines}"))))


def refused(lines: str) -> str:
    """The one error of lines behind a `model` header."""
    (error,) = errors(examined(lines))
    return error.message
