"""W303: a written `i' =` that leaves out what is booked on its concentration."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.checks.graph import reached
from iondsl.elaborate.names import names_in
from iondsl.errors import Diagnostic
from iondsl.system import Kind, Pool, Quantity, System

MANY = 3


def check(system: System) -> Iterator[Diagnostic]:
    quantities = {quantity.name: quantity for quantity in system.quantities}
    sizes = {space.name: quantities[space.size].kind for space in system.spaces if space.size is not None}
    for pool in system.pools:
        state = quantities.get(pool.quantity)
        if state is None or state.rate is None or sizes.get(pool.space) is Kind.STATE:  # W302 is about the last
            continue
        read = reached(names_in(state.rate.expanded), quantities)
        left_out = [each.flow for each in pool.booked if each.flow not in read]
        if left_out and f"{pool.quantity}.influx" not in read:
            yield ignoring(state, pool, tuple(dict.fromkeys(left_out)), has_size=pool.space in sizes)


def ignoring(state: Quantity, pool: Pool, flows: tuple[str, ...], has_size: bool) -> Diagnostic:
    assert state.rate is not None
    names = [f"`{flow}`" for flow in flows]
    *first, last = names if len(names) <= MANY else [*names[:MANY], f"{len(names) - MANY} more"]
    listed = " and ".join(filter(None, (", ".join(first), last)))
    verb, them = ("are", "them") if first else ("is", "it")
    line = f"`{pool.quantity.rpartition('.')[2]}' =`"
    message = f"{listed} {verb} booked on `{pool.quantity}`, whose {line} does not read {them}"
    cure = f"add `influx({pool.quantity})`, or leave the line out"
    return Diagnostic("W303", message, state.rate.span, cure if has_size else f"give `{pool.space}` a size, and {cure}")
