"""E215: `x'` of what is no state."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.errors import Diagnostic
from iondsl.syntax import Prime
from iondsl.system import Kind, System
from iondsl.traversal import holds, walk

CURE = "only a state has a derivative that can be read"


def check(system: System) -> Iterator[Diagnostic]:
    without = dict(underived(system))
    for formula in system.formulas:
        for node in walk(formula.written) if holds(formula.written, Prime) else ():
            if isinstance(node, Prime) and node.name.text in without:
                message, cure = without[node.name.text]
                yield Diagnostic("E215", f"`{node.name.text}` {message}", node.span, cure)


def underived(system: System) -> Iterator[tuple[str, tuple[str, str]]]:
    """What has no derivative, with what to say of it and its cure."""
    following = {state.name for state in system.states if state.follows is not None}
    for each in (system.time, *system.quantities):
        kind = Kind.EQUATION if each.name in following else each.kind
        if kind not in (Kind.STATE, Kind.AMOUNT):
            yield each.name, (f"is {kind.phrase}, not a state", CURE)
        elif each.store is not None and each.store.size in following:
            size = each.store.size
            cure = f"read `influx({each.name})`, or make `{size.split('.')[-1]}` a `state`"
            yield each.name, (f"has no derivative that is known: `{size}` is a derived quantity", cure)
