"""The balance of every pool, put into the quantities of a model once the units of its flows are known."""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate import pools
from iondsl.elaborate.booking import Booking
from iondsl.elaborate.calls import Calls
from iondsl.elaborate.flows import CONCENTRATION, Flows
from iondsl.elaborate.measure import Lookup
from iondsl.elaborate.membrane import Membrane, unit_of
from iondsl.elaborate.moving import Moving
from iondsl.elaborate.pools import Pool
from iondsl.elaborate.scope import Report
from iondsl.elaborate.shares import moves
from iondsl.errors import Diagnostic
from iondsl.system import Quantity
from iondsl.units import Unit, same_dimension


def add(
    quantities: dict[str, Quantity],
    calls: Calls,
    time: Unit,
    lookup: Lookup,
    unsound: frozenset[str],
    report: Report,
) -> None:
    """Fill in every `influx` and, where volumes move, every amount."""
    root = calls.names.root
    block = root.blocks.get("membrane")
    membrane = None if block is None else Membrane(block, time, lookup, unsound, report)
    flows = Flows(root, membrane, time, lookup, unsound, report)
    booking = Booking(flows, list(moves(root)))
    for move in booking.moves:
        if not move.is_current:
            flows.measured(move)
    for pool in pools.needed(root):
        if is_concentration(pool, report) and flows.is_sized(pool.space):
            side = booking.influx(pool, pool.unit / time)
            formula = calls.formula(side, root, f"booked on {pool.quantity}")
            quantities[pool.influx] = replace(quantities[pool.influx], value=formula)
    Moving(root, calls, booking, report).settle(quantities)


def is_concentration(pool: Pool, report: Report) -> bool:
    """E404 for a pool that is measured in something else."""
    if same_dimension(pool.unit, CONCENTRATION):
        return True
    message = f"`{pool.quantity}` {unit_of(pool.unit)}; it must be a concentration"
    report(Diagnostic("E404", message, pool.span, f"write `state {pool.space} = 10 [mM]`"))
    return False
