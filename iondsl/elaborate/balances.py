"""The balance of every pool, put into the quantities of a model once the units of its flows are known."""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate import pools, sizes
from iondsl.elaborate.booking import Booking
from iondsl.elaborate.calls import Calls
from iondsl.elaborate.flows import CONCENTRATION, Flows
from iondsl.elaborate.membrane import Membrane, unit_of
from iondsl.elaborate.moving import Moving
from iondsl.elaborate.pools import Pool
from iondsl.elaborate.scope import Report
from iondsl.elaborate.shares import moves
from iondsl.elaborate.units import Units
from iondsl.errors import Diagnostic
from iondsl.system import Quantity
from iondsl.units import Unit, same_dimension


def add(
    quantities: dict[str, Quantity], calls: Calls, units: Units, unsound: frozenset[str], report: Report
) -> None:
    """Fill in every `influx` and, where volumes move, every amount."""
    root, time = calls.names.root, units.time
    blocks = (block for block in (cell.membrane for cell in root.cells()) if block is not None)
    membranes = {each.cell: Membrane(each, time, units.lookup, unsound, report) for each in blocks}
    flows = Flows(root, membranes, time, units.lookup, unsound, report)
    booking = Booking(flows, list(moves(root)))
    for move in booking.moves:
        if not move.is_current:
            flows.measured(move)
    sized = sizes.sound(root, quantities, units, unsound, report)
    for pool in pools.needed(root):
        unit = pool.unit(units.lookup)
        if is_concentration(pool, unit, report) and pool.place in sized:
            side = booking.influx(pool, unit / time)
            formula = calls.formula(side, root, f"booked on {pool.quantity}")
            quantities[pool.influx] = replace(quantities[pool.influx], value=formula)
    Moving(root, calls, booking, sized, report).settle(quantities)
    for name, quantity in quantities.items():
        units.restate(name, quantity.follows or quantity.value)


def is_concentration(pool: Pool, unit: Unit, report: Report) -> bool:
    """E404 for a pool that is measured in something else."""
    if same_dimension(unit, CONCENTRATION):
        return True
    message = f"`{pool.quantity}` {unit_of(unit)}; it must be a concentration"
    report(Diagnostic("E404", message, pool.span, f"write `state {pool.space} = 10 [mM]`"))
    return False
