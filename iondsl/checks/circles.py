"""E210: derived quantities that need each other."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.graph import circles, shown, uses
from iondsl.errors import Diagnostic
from iondsl.system import Kind, System

CURE = "make one of them a `state` with an `x' =`, or solve for it by hand"


def check(system: System) -> Iterator[Diagnostic]:
    graph: dict[str, tuple[str, ...]] = {}
    spans = {quantity.name: quantity.span for quantity in system.quantities}
    for quantity in system.of_kind(Kind.EQUATION, Kind.PARAMETER):
        graph[quantity.name] = () if quantity.value is None else uses(quantity.value.expanded)
    for state in system.states:
        if state.rate is not None:
            graph[f"{state.name}'"] = uses(state.rate.expanded)
            spans[f"{state.name}'"] = state.rate.span if not state.rate.origin else state.span
    for circle in circles(graph):
        yield Diagnostic("E210", f"defined by itself: {shown(circle)}", spans[circle[0]], CURE)
