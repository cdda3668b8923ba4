"""W303: a written `i' =` that leaves out what is booked on its concentration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iondsl.elaborate.names import names_in
from iondsl.errors import Diagnostic
from iondsl.system import Kind, Quantity, System


def check(system: System) -> Iterator[Diagnostic]:
    quantities = {quantity.name: quantity for quantity in system.quantities}
    sizes = {space.name: quantities[space.size].kind for space in system.spaces if space.size is not None}
    still = {space for space, kind in sizes.items() if kind is not Kind.STATE}  # W302 is about the others
    for pool in system.pools:
        name = pool.quantity
        state = quantities.get(name)
        if state is None or state.rate is None or pool.space not in still:
            continue
        if f"{name}.influx" not in reached(state, quantities):
            flow, member = pool.booked[0].flow, name.rpartition(".")[2]
            message = f"`{flow}` is booked on `{name}`, whose `{member}' =` does not read it"
            yield Diagnostic("W303", message, state.rate.span, f"add `influx({name})`, or leave the line out")


def reached(state: Quantity, quantities: Mapping[str, Quantity]) -> set[str]:
    """All names that the derivative reads, also through derived quantities and other derivatives."""
    found: set[str] = set()
    waiting = [] if state.rate is None else [state.rate.expanded]
    while waiting:
        new = names_in(waiting.pop()) - found
        found |= new
        for each in new:
            quantity = quantities.get(each.removesuffix("'"))
            side = None if quantity is None else quantity.rate if each.endswith("'") else quantity.value
            waiting += [] if side is None else [side.expanded]
    return found
