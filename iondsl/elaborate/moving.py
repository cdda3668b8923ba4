"""Volumes that move: there amounts are integrated, so that dilution is automatic and no particle is lost."""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate import pools, spaces
from iondsl.elaborate.amounts import read_amounts
from iondsl.elaborate.booking import Booking
from iondsl.elaborate.calls import Calls
from iondsl.elaborate.draft import is_literal, unit_behind
from iondsl.elaborate.names import names_in
from iondsl.elaborate.pools import Pool
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.spaces import Size
from iondsl.elaborate.varying import driven, varies
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.syntax import Convert, UnitLiteral
from iondsl.system import Formula, Kind, Quantity, Store
from iondsl.units import Unit

Quantities = dict[str, Quantity]


@frozen
class Moving:
    """Gives the pools of moving spaces their stores, and derived sizes their place among the states."""

    root: Scope
    calls: Calls
    booking: Booking
    sized: frozenset[str]
    report: Report

    def settle(self, quantities: Quantities) -> None:
        sizes = [(space, spaces.size_of(space)) for space in spaces.declared(self.root)]
        moved = driven(self.root) | {self.calls.names.time}
        moving = [
            (space, size)
            for space, size in sizes
            if size is not None and varies(quantities[size.quantity], quantities, moved)
        ]
        for cell in self.root.cells():
            area = None if cell.membrane is None else quantities.get(cell.membrane.quantity("area"))
            if area is not None and varies(area, quantities, moved):
                self.refuse_depths(cell.cell, area.name, quantities)
        for space, size in moving:
            self.keep_amounts(space, size, quantities)
            self.follow(space, size, quantities)
        self.check_initial(quantities)
        read_amounts(quantities)
        self.drop_unused(quantities)

    def refuse_depths(self, cell: str, area: str, quantities: Quantities) -> None:
        """E315 for a depth beside an area that varies: per area nothing would be lost, but in the cell."""
        kept = (*pools.booked(self.root), *pools.species(self.root))
        for size in dict.fromkeys(pool.size for pool in kept):
            depth = None if size is None or size.per != cell else quantities[size.quantity]
            if depth is not None and depth.value is not None and depth.name not in self.booking.flows.unsound:
                times = depth.value.span.text if is_literal(depth.value.written) else "..."
                cure = f"give the space a volume: `volume = {times} * {area}`"
                message = f"`{depth.name}` is a volume per area, and `{area}` varies"
                self.report(Diagnostic("E315", message, depth.span, cure))

    def check_initial(self, quantities: Quantities) -> None:
        """E317 for an `initial volume` where no derived volume moves."""
        for scope in spaces.declared(self.root):
            size = spaces.size_of(scope)
            if scope.initial is None or scope.excuses(*spaces.SIZES):
                continue
            if size is not None and size.quantity in self.booking.flows.unsound:
                continue
            member = scope.initial.name
            if size is None or size.kind != member or quantities[size.quantity].follows is None:
                cure = f"it belongs to a `{member} = ...` that varies; a state has its initial value behind `=`"
                self.report(Diagnostic("E317", f"this `initial {member}` has no effect", scope.initial.span, cure))

    def initial(self, space: Scope, size: Size) -> Formula | None:
        """The `initial volume`, in the unit of the volume."""
        if space.initial is None:
            return None
        unit = self.booking.flows.lookup(size.quantity)
        written = space.initial.value
        formula, own = self.calls.formula(written, space), unit_behind(written)
        if unit is None or "" in names_in(formula.expanded) or (own is not None and own.unit == unit):
            return formula
        span, asked = written.span, UnitLiteral(unit, written.span)
        return Formula(Convert("in", formula.written, asked, span), Convert("in", formula.expanded, asked, span))

    def keep_amounts(self, space: Scope, size: Size, quantities: Quantities) -> None:
        """The amount of every pool is integrated; the concentration is that over the size."""
        place = ".".join(space.path)
        for pool in self.kept(place, quantities):
            amount = quantities[pool.amount]
            unit = self.booking.flows.lookup(pool.amount)
            rate = self.rate(pool, unit) if unit is not None and place in self.sized else None
            quantities[pool.amount] = replace(amount, kind=Kind.AMOUNT, rate=rate)
            state = quantities[pool.quantity]
            quantities[pool.quantity] = replace(state, rate=None, store=Store(pool.amount, size.quantity))
        if quantities[size.quantity].kind is Kind.INPUT:  # a port of a library: whether it moves is the user's
            return
        for scope in self.root.below():
            member = space.path[-1]
            if scope.keyword == "ion" and member in scope.derivatives and spaces.place(scope, member) == place:
                self.warn(scope, member)

    def kept(self, place: str, quantities: Quantities) -> list[Pool]:
        """The pools of a space whose amounts are known."""
        known = (*pools.booked(self.root), *pools.species(self.root))
        return [pool for pool in known if pool.place == place and pool.amount in quantities]

    def rate(self, pool: Pool, unit: Unit) -> Formula:
        expression = self.booking.amount(pool, unit / self.booking.flows.time)
        origin = f"booked on {pool.quantity}" if pool.reaction is None else f"reactions of {pool.quantity}"
        return self.calls.formula(expression, self.root, origin)

    def warn(self, scope: Scope, space: str) -> None:
        """W302: a written `i' =` is the rate of the concentration, with nothing added."""
        line, quantity = scope.derivatives[space], scope.quantity(space)
        message = f"`{quantity}` is not diluted where the size of `{space}` changes: its `{space}' =` is written"
        self.report(Diagnostic("W302", message, line.span, "leave it out, and let fluxes carry what moves"))

    def follow(self, space: Scope, size: Size, quantities: Quantities) -> None:
        """A derived size that moves is a state that follows from others."""
        quantity = quantities[size.quantity]
        if quantity.kind is Kind.STATE or quantity.value is None:
            return
        start = self.initial(space, size) or quantity.value
        quantities[size.quantity] = replace(quantity, kind=Kind.STATE, value=start, follows=quantity.value)

    def drop_unused(self, quantities: Quantities) -> None:
        """Without amounts that nothing reads in spaces that do not move, and an influx that nothing reads."""
        formulas = (formula for each in quantities.values() for formula in each.formulas)
        read = {name for formula in formulas for name in names_in(formula.expanded)}
        for pool in (*pools.needed(self.root), *pools.species(self.root)):
            for name in (pool.influx, pool.amount):
                if name in quantities and name not in read and quantities[name].kind is not Kind.AMOUNT:
                    del quantities[name]
