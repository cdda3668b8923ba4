"""`Ca.i.influx` and the rate of `Ca.i.amount`: what moves an ion into a space, over z, F and the size of the space."""

from __future__ import annotations

from fractions import Fraction

from iondsl.elaborate import ions
from iondsl.elaborate.draft import binary, name, negative, number
from iondsl.elaborate.flows import Flow, Flows
from iondsl.elaborate.membrane import total_of
from iondsl.elaborate.pools import Pool, booked_on
from iondsl.elaborate.shares import Move
from iondsl.immutable import frozen
from iondsl.inference import exact
from iondsl.syntax import Convert, Expression, Number, Unary, UnitLiteral
from iondsl.units import Unit


@frozen
class Booking:
    """Books on the pools of one model. Flows that are measured alike stand in one pair of parentheses."""

    flows: Flows
    moves: list[Move]

    def influx(self, pool: Pool, unit: Unit) -> Expression:
        """Concentration per time."""
        return self.booked(pool, unit, divided=True)

    def amount(self, pool: Pool, unit: Unit) -> Expression:
        """Amount per time, or that per area where the space has a depth."""
        return self.booked(pool, unit, divided=False)

    def booked(self, pool: Pool, unit: Unit, divided: bool) -> Expression:
        groups: dict[Flow, list[tuple[Move, Fraction]]] = {}
        for move, count in booked_on(pool.quantity, self.moves):
            flow = self.flows.measured(move)
            if flow is not None:
                groups.setdefault(flow, []).append((move, count))
        terms: list[Expression] = []
        for flow, found in groups.items():
            term = self.term(pool, flow, found, divided, leads=not terms)
            terms += [] if term is None else [term]
        return summed(terms, UnitLiteral(unit, pool.span))

    def term(
        self, pool: Pool, flow: Flow, found: list[tuple[Move, Fraction]], divided: bool, leads: bool
    ) -> Expression | None:
        """`(-I_CaL + 2 I_NCX) area / (2 F volume)`; one that leaves the pool is a negative, unless it leads the sum."""
        span = pool.span
        valence = abs(ions.valence(pool.ion) or 1) if flow.is_current else 1
        sign = 1 if leads or any(count > 0 for _, count in found) else -1
        moved = total_of([counted(name(move.share.flow, span), sign * count * valence) for move, count in found])
        below: list[Expression] = [number(str(valence), span)] if valence != 1 else []
        below += [name("F", span)] if flow.is_current else []
        term = self.brought(moved, below, pool, flow, found[0][0], divided)
        return negative(term) if sign < 0 and term is not None else term

    def brought(
        self, moved: Expression, below: list[Expression], pool: Pool, flow: Flow, move: Move, divided: bool
    ) -> Expression | None:
        """What is moved as it is measured in a pool: by its size, unless the flow is `per` the same space."""
        size, span = pool.size, pool.span
        if divided and flow.per == pool.place:
            return moved
        way = None if size is None else self.flows.way(flow, size.per, move)
        if size is None or way is None:
            return None  # a size that is missing is told where the pool is declared
        under = [*below, *(name(member, span) for operator, member in way if operator == "/")]
        under += [name(size.quantity, span)] if divided else []
        for operator, member in way:
            moved = binary("*", moved, name(member, span)) if operator == "*" else moved
        return binary("/", moved, product(under)) if under else moved

    def scale(self, pool: Pool, move: Move, unit: Unit) -> Expression | None:
        """What one unit of a flux is in a pool, in the pool's unit over time."""
        flow = self.flows.measured(move)
        if flow is None:
            return None
        one = Number("1", UnitLiteral(flow.unit, pool.span), pool.span)
        brought = self.brought(one, [], pool, flow, move, divided=True)
        return None if brought is None else Convert("in", brought, UnitLiteral(unit, pool.span), pool.span)


def summed(terms: list[Expression], unit: UnitLiteral) -> Expression:
    """The sum of terms, each converted to one unit; `a + -b` is written `a - b`."""
    if not terms:
        return number("0", unit.span)
    first, *rest = terms
    result: Expression = Convert("in", first, unit, unit.span)
    for term in rest:
        operator, bare = ("-", term.operand) if isinstance(term, Unary) else ("+", term)
        result = binary(operator, result, Convert("in", bare, unit, unit.span))
    return result


def counted(flow: Expression, count: Fraction) -> Expression:
    """`-3 I` as the negative of `3 I`, so that a sum can bracket what leaves."""
    size = abs(count)
    term = flow if size == 1 else binary("*", exact(size, flow.span), flow)
    return negative(term) if count < 0 else term


def product(factors: list[Expression]) -> Expression:
    first, *rest = factors
    for factor in rest:
        first = binary("*", first, factor)
    return first
