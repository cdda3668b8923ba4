"""Exponential Euler: as Rush-Larsen, and V too, with the conductances of the step's start held fixed.

Where x' is not linear in x, its nonlinear factors are held (an instantaneous gate, say) and its linear part is
integrated exactly: x + dt f(x) (exp(b dt) - 1)/(b dt). Markov schemes and reactions take the step of `_implicit.py`.
Order 1; takes larger steps than forward Euler when conductances are high. Source: MacGregor 1987, Neural and Brain
Modeling, Academic Press.
"""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr

from iondsl.flow import Flow, Update
from iondsl.model import State
from iondsl.schemes._exponential import euler, exact_step
from iondsl.schemes._implicit import implicit_step

ORDER = 1
OFFSETS = (Fraction(0),)


def advance(flow: Flow) -> Update:
    networks = implicit_step(flow)
    new = tuple(networks.new.get(state.symbol) or step(flow, state) for state in flow.states)
    return Update((*flow.equations, *networks.body), new)


def step(flow: Flow, state: State) -> Expr:
    slope = flow.slope(state)
    return euler(flow, state) if slope.value is None else exact_step(flow, state, slope.value)
