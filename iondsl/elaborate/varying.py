"""Whether a quantity varies in a run, by all that it follows from."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.elaborate.names import names_in
from iondsl.elaborate.scope import TEMPERATURE, Scope
from iondsl.syntax import Definition
from iondsl.system import Kind, Quantity

VARYING = (Kind.STATE, Kind.INPUT, Kind.STIMULUS)


def reached(quantity: Quantity, quantities: Mapping[str, Quantity]) -> set[str]:
    """All names that a derived quantity follows from, through others; states and inputs are not looked into."""
    found: set[str] = set()
    waiting = [quantity]
    while waiting:
        current = waiting.pop()
        if current.value is None or (current.kind in VARYING and current is not quantity):
            continue
        new = names_in(current.value.expanded) - found
        found |= new
        waiting += [quantities[each] for each in new if each in quantities]
    return found


def varies(quantity: Quantity, quantities: Mapping[str, Quantity], moved: frozenset[str]) -> bool:
    """Whether it is a state, or follows from one, from an input or from one of `moved`: the time, a driven `T`."""
    if quantity.kind in VARYING:
        return True
    names = reached(quantity, quantities)
    return any(
        each in moved or each.endswith("'") or (each in quantities and quantities[each].kind in VARYING)
        for each in names
    )


def driven(root: Scope) -> frozenset[str]:
    """`T`, where a protocol drives the temperature: in its runs that is an input."""
    lines = (line for protocol in root.protocols.values() for line in protocol.body if isinstance(line, Definition))
    return frozenset("T" for line in lines if line.name.text in (TEMPERATURE, "T"))
