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
    states = {state.name: state for state in system.states}
    for circle in circles(graph):
        states_on_it = [name for name in circle if name in states]
        if states_on_it:
            first = states_on_it[0]
            cure = f"give one of them a number: `gate {first.split('.')[-1]} = 0.05:` or `state x = 0.05`"
            message = f"the initial values need each other: {shown(circle)}"
            yield Diagnostic("E211", message, states[first].span, cure)
