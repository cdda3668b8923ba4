"""The sodium channel of Clancy & Rudy 2002, wild type, to 50 digits: an oracle that shares no code with iondsl.

Rates as in BioModels BIOMD0000000126 (SBML, its assignment rules a11 to b5 and its 11 reactions), V in mV, per ms.
"""

from __future__ import annotations

from collections.abc import Sequence

from mpmath import exp, expm, matrix, mp, mpf

DIGITS = 50
STATES = ("C3", "C2", "C1", "O", "IC3", "IC2", "IF", "IM1", "IM2")


def rates(volts: float) -> dict[tuple[str, str], mpf]:
    """The rate from each state to each other."""
    V: mpf = mpf(volts)
    a11 = mpf("3.802") / (mpf("0.1027") * exp(-V / 17) + mpf("0.20") * exp(-V / 150))
    a12 = mpf("3.802") / (mpf("0.1027") * exp(-V / 15) + mpf("0.23") * exp(-V / 150))
    a13 = mpf("3.802") / (mpf("0.1027") * exp(-V / 12) + mpf("0.25") * exp(-V / 150))
    b11 = mpf("0.1917") * exp(-V / mpf("20.3"))
    b12 = mpf("0.20") * exp(-(V - 5) / mpf("20.3"))
    b13 = mpf("0.22") * exp(-(V - 10) / mpf("20.3"))
    a2 = mpf("9.178") * exp(V / mpf("29.68"))
    a3 = mpf("3.7933e-7") * exp(-V / mpf("7.7"))
    b3 = mpf("0.0084") + mpf("2e-5") * V
    b2 = a13 * a2 * a3 / (b13 * b3)
    a4, b4, a5, b5 = a2 / 100, a3, a2 / mpf("9.5e4"), a3 / 50
    both = {
        ("IC3", "IC2"): (a11, b11),
        ("IC2", "IF"): (a12, b12),
        ("IF", "IM1"): (a4, b4),
        ("IM1", "IM2"): (a5, b5),
        ("C3", "IC3"): (b3, a3),
        ("C2", "C3"): (b11, a11),
        ("C2", "IC2"): (b3, a3),
        ("C1", "C2"): (b12, a12),
        ("C1", "IF"): (b3, a3),
        ("IF", "O"): (b2, a2),
        ("O", "C1"): (b13, a13),
    }
    back = {(end, start): rate for (start, end), (_, rate) in both.items()}
    return {pair: rate for pair, (rate, _) in both.items()} | back


def generator(V: float) -> matrix:
    """Q in p' = Q p."""
    found = matrix(len(STATES))
    for (start, end), rate in rates(V).items():
        column, row = STATES.index(start), STATES.index(end)
        found[row, column] += rate
        found[column, column] -= rate
    return found


def derivatives(V: float, occupancies: list[float]) -> list[float]:
    with mp.workdps(DIGITS):
        return [float(each) for each in generator(V) * matrix(occupancies)]


def stationary(V: float) -> list[float]:
    """The null vector of Q, with the sum in the place of one equation."""
    with mp.workdps(DIGITS):
        return [float(each) for each in _stationary(V)]


def _stationary(V: float) -> matrix:
    system, right = generator(V), matrix(len(STATES), 1)
    for column in range(len(STATES)):
        system[0, column] = 1
    right[0] = 1
    return mp.lu_solve(system, right)


def clamped(levels: Sequence[tuple[float, float]], start: float) -> list[list[float]]:
    """Occupancies at the end of each (mV, ms), from the steady state at `start` mV."""
    with mp.workdps(DIGITS):
        state, found = _stationary(start), []
        for level, duration in levels:
            state = expm(generator(level) * duration) * state
            found.append([float(each) for each in state])
        return found
