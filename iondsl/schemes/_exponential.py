"""The two one-step formulas that the exponential schemes share."""

from __future__ import annotations

from sympy import Expr, exp

from iondsl.algebra import add, apply, exprel, multiply, subtract
from iondsl.flow import Flow
from iondsl.model import State


def euler(flow: Flow, state: State) -> Expr:
    """x + dt f."""
    return add(state.symbol, multiply(flow.dt, state.rate))


def exact_step(flow: Flow, state: State, slope: Expr) -> Expr:
    """The solution of x' = a + b x after dt.

    A gate relaxes to its steady state; other slopes may be 0, and a steady state may depend on the gate itself.
    """
    exponent = multiply(slope, flow.dt)
    if state.steady is not None and flow.is_free(state.steady, state):
        distance = subtract(state.symbol, state.steady)
        return add(state.steady, multiply(distance, apply(exp, exponent)))
    growth = multiply(flow.dt, apply(exprel, exponent))
    return add(state.symbol, multiply(growth, state.rate))
