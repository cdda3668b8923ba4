"""E211: initial values that need each other."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.graph import circles, rates, shown, uses
from iondsl.elaborate.sizes import MEASURES
from iondsl.errors import Diagnostic
from iondsl.system import Kind, Network, Quantity, System


def check(system: System) -> Iterator[Diagnostic]:
    graph = {
        quantity.name: () if quantity.value is None else uses(quantity.value.expanded)
        for quantity in system.of_kind(Kind.EQUATION, Kind.STATE, Kind.AMOUNT)
    }
    graph |= steady_states(system)
    states = {state.name: state for state in system.states}
    gates = {gate.name for gate in system.gates}
    told: set[str] = set()  # a size that depends on all amounts in it is one mistake
    for circle in circles(graph | rates(system)):
        states_on_it = [states[name] for name in circle if name in states]
        if states_on_it:
            derived = (state for state in states_on_it if state.follows is not None or state.value is None)
            first = next(derived, states_on_it[0])
            message = f"the initial values need each other: {shown(circle)}"
            if first.name not in told:
                yield Diagnostic("E211", message, first.span, cure(first, first.name in gates))
            told |= {first.name} if first.follows is not None else set()


def steady_states(system: System) -> dict[str, tuple[str, ...]]:
    """What the states use that begin in the steady state of their scheme: all rates in it."""
    found: dict[str, tuple[str, ...]] = {}
    for network in (each for each in system.networks if each.keyword == "markov"):
        rates = [rate for each in network.transitions for rate in (each.forward, each.backward) if rate is not None]
        found |= {state.name: tuple(rates) for state in system.states if is_steady(state, network)}
    return found


def is_steady(state: Quantity, network: Network) -> bool:
    return state.value is None and state.name in network.species


def cure(state: Quantity, is_gate: bool) -> str:
    name = state.name.split(".")[-1]
    if state.value is None:
        return f"give initial values: `states {name} = 1, ...`; what is not given is 0"
    if state.follows is not None:
        unit = state.unit or MEASURES[name].unit
        return f"give its value at the start: `initial {name} = 1 [{unit}]`"
    keyword, end = ("gate", ":") if is_gate else ("state", "")
    return f"give one of them a number: `{keyword} {name} = 0.05{end}`"
