"""E211: initial values that need each other."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.graph import circles, shown, uses
from iondsl.errors import Diagnostic
from iondsl.system import Kind, System


def check(system: System) -> Iterator[Diagnostic]:
    graph = {
        quantity.name: () if quantity.value is None else uses(quantity.value.expanded)
        for quantity in system.of_kind(Kind.EQUATION, Kind.STATE)
    }
    graph |= {f"{state.name}'": uses(state.rate.expanded) for state in system.states if state.rate is not None}
    states = {state.name: state for state in system.states}
    gates = {gate.name for gate in system.gates}
    for circle in circles(graph):
        states_on_it = [name for name in circle if name in states]
        if states_on_it:
            first = states_on_it[0]
            keyword, end = ("gate", ":") if first in gates else ("state", "")
            cure = f"give one of them a number: `{keyword} {first.split('.')[-1]} = 0.05{end}`"
            message = f"the initial values need each other: {shown(circle)}"
            yield Diagnostic("E211", message, states[first].span, cure)
