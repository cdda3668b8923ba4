"""E210: derived quantities that need each other."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.graph import circles, rates, shown, uses
from iondsl.errors import Diagnostic
from iondsl.system import Kind, System

CURE = "make one of them a `state` with an `x' =`, or solve for it by hand"

CURE_OF_A_USE = "below `use` the name is that of the part's own line; give the quantity outside another name"

CURE_OF_A_SIZE = "let it depend on amounts, as by `osmoles(i)`; concentrations in it need it themselves"


def check(system: System) -> Iterator[Diagnostic]:
    graph = sizes(system)
    restated = {each.name for each in system.quantities if each.value is not None and each.value.restated}
    following = {state.name for state in system.states if state.follows is not None}
    told: set[str] = set()  # a size that depends on all concentrations in it is one mistake
    spans = {quantity.name: quantity.span for quantity in system.quantities}
    for quantity in system.of_kind(Kind.EQUATION, Kind.PARAMETER):
        graph[quantity.name] = () if quantity.value is None else uses(quantity.value.expanded)
    for each in system.of_kind(Kind.STATE, Kind.AMOUNT):
        spans[f"{each.name}'"] = each.span if each.rate is None or each.rate.origin else each.rate.span
    for circle in circles(graph | rates(system)):
        cure = CURE if following.isdisjoint(circle) else CURE_OF_A_SIZE
        if circle[0] in restated and {*circle} == {circle[0]}:
            cure = CURE_OF_A_USE
        if circle[0] not in told:
            yield Diagnostic("E210", f"defined by itself: {shown(circle)}", spans[circle[0]], cure)
        told |= following.intersection(circle)


def sizes(system: System) -> dict[str, tuple[str, ...]]:
    """What sizes that move and the concentrations in them use while amounts are integrated."""
    found = {state.name: uses(state.follows.expanded) for state in system.states if state.follows is not None}
    return found | {state.name: (state.store.size,) for state in system.states if state.store is not None}
