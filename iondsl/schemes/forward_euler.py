"""Forward Euler: x(t + dt) = x + dt f(x, t). Order 1; needs dt well below the fastest time constant."""

from __future__ import annotations

from fractions import Fraction

from iondsl.algebra import add, multiply
from iondsl.flow import Flow, Update

ORDER = 1
OFFSETS = (Fraction(0),)


def advance(flow: Flow) -> Update:
    new = tuple(add(state.symbol, multiply(flow.dt, state.rate)) for state in flow.states)
    return Update(flow.equations, new)
