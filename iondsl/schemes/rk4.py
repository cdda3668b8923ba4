"""The classical Runge-Kutta method. Order 4; four evaluations a step; needs dt below the fastest time constant.

Inputs are read at the start, the middle and the end of the step, so that the order holds for inputs that vary
smoothly. Source: Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I, II.1, table 1.2.
"""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, Symbol

from iondsl.algebra import add, from_exact, multiply
from iondsl.flow import Flow, Update, staged

ORDER = 4
OFFSETS = (Fraction(0), Fraction(1, 2), Fraction(1))

STAGES = (("2", Fraction(1, 2)), ("3", Fraction(1, 2)), ("4", Fraction(1)))


def advance(flow: Flow) -> Update:
    body = list(flow.equations)
    slopes: list[list[Symbol]] = [[state.rate for state in flow.states]]
    for stage, offset in STAGES:
        step = multiply(from_exact(offset), flow.dt) if offset != 1 else flow.dt
        states = {
            state.symbol: add(state.symbol, multiply(step, rate))
            for state, rate in zip(flow.states, slopes[-1], strict=True)
        }
        body += flow.at(states, offset, stage)
        slopes.append([staged(state.rate, stage) for state in flow.states])
    new = tuple(
        combined(flow, state.symbol, rates)
        for state, *rates in zip(flow.states, *slopes, strict=True)
    )
    return Update(tuple(body), new)


def combined(flow: Flow, state: Symbol, rates: list[Symbol]) -> Expr:
    """x + dt/6 (k1 + 2 (k2 + k3) + k4)."""
    first, second, third, fourth = rates
    middle = multiply(from_exact(Fraction(2)), add(second, third))
    total = add(add(first, middle), fourth)
    return add(state, multiply(multiply(flow.dt, from_exact(Fraction(1, 6))), total))
