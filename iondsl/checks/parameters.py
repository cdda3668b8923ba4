"""E212: a parameter is constant in a run, so it can be computed from parameters only."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.names import names_in
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Name, Prime
from iondsl.system import Formula, Kind, System
from iondsl.traversal import walk


def check(system: System) -> Iterator[Diagnostic]:
    kinds = {quantity.name: quantity.kind for quantity in system.quantities}
    kinds[system.time.name] = Kind.TIME
    starts = {state.name for state in system.states if state.is_start}
    for parameter in system.parameters:
        if parameter.value is None:
            continue
        places: set[Span] = set()
        for name in sorted(names_in(parameter.value.expanded)):
            kind, span = kinds.get(name.removesuffix("'"), Kind.PARAMETER), place(name, parameter.value)
            is_start = name in starts  # `starts` says what is wrong with that
            if kind is not Kind.PARAMETER and not is_start and span not in places:
                places.add(span)
                message = f"the parameter `{parameter.name}` uses `{name}`, which is {kind.phrase}"
                cure = f"leave `param` out: `{parameter.name.split('.')[-1]} = ...` is a derived quantity"
                yield Diagnostic("E212", message, span, cure)


def place(name: str, value: Formula) -> Span:
    """Where a name stands; for one that comes in through a function, the whole right side."""
    for node in walk(value.written):
        if isinstance(node, Prime) and f"{node.name.text}'" == name:
            return node.span
        if isinstance(node, Name) and node.text == name:
            return node.span
    return value.span
