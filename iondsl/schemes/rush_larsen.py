"""Rush-Larsen: gates, and other states that are linear in themselves, exactly; V and the rest by forward Euler.

With everything else held over the step, x' = a + b x has the solution x_inf + (x - x_inf) exp(b dt). Order 1, but
stable for gates at any dt. Markov schemes and reactions take a step that loses nothing, see `_implicit.py`. Source:
Rush & Larsen 1978, IEEE Trans. Biomed. Eng. 25:389-392, doi:10.1109/TBME.1978.326270. Linearity is proven on the
equations, never assumed.
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
    if state.quantity.is_potential or slope.value is None or not slope.exact:
        return euler(flow, state)
    return exact_step(flow, state, slope.value)
