"""The balance of every pool, put into the quantities of a model once the units of its flows are known."""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate import pools, reactions, sizes
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
) -> Booking:
    """Fill in every `influx` and, where volumes move, every amount. Returns what books."""
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
    book_species(quantities, booking, calls, units, report)
    Moving(root, calls, booking, sized, report).settle(quantities)
    for name, quantity in quantities.items():
        units.restate(name, quantity.follows or quantity.value)
    return booking


def book_species(
    quantities: dict[str, Quantity], booking: Booking, calls: Calls, units: Units, report: Report
) -> None:
    """The `x' =` of every plain state that reactions move."""
    root = calls.names.root
    for pool in pools.species(root):
        state, unit = quantities.get(pool.quantity), units.lookup(pool.quantity)
        if state is None or unit is None or not pool.is_booked:
            continue
        if fits(pool, unit, booking, units, report):
            formula = calls.formula(booking.influx(pool, unit / units.time), root, f"reactions of {pool.quantity}")
            quantities[pool.quantity] = replace(state, rate=formula, reacts=True)


def fits(pool: Pool, unit: Unit, booking: Booking, units: Units, report: Report) -> bool:
    """E404 for a state that measures something else than the reaction that moves it; where it is read, E402 said so."""
    flows = [move.share.flow for move in booking.moves if move.pool == pool.quantity]
    rates = [(flow, rate) for flow in flows if (rate := units.lookup(flow)) is not None]
    misfit = next(((flow, rate) for flow, rate in rates if not same_dimension(rate, unit / units.time)), None)
    if misfit is None:
        return True
    flow, rate = misfit
    if pool.quantity not in reactions.consumed(booking.flows.root):
        needed = rate * units.time
        message = f"`{pool.quantity}` {unit_of(unit)}, but `{flow}` moves it in [{needed}]"
        report(Diagnostic("E404", message, pool.span, f"write `state {pool.space} [{needed}] = ...`"))
    return False


def is_concentration(pool: Pool, unit: Unit, report: Report) -> bool:
    """E404 for a pool that is measured in something else."""
    if same_dimension(unit, CONCENTRATION):
        return True
    message = f"`{pool.quantity}` {unit_of(unit)}; it must be a concentration"
    report(Diagnostic("E404", message, pool.span, f"write `state {pool.space} = 10 [mM]`"))
    return False
