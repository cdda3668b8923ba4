"""Sums over all that is dissolved in a space: its ionic strength, its charge, its osmoles."""

from __future__ import annotations

from iondsl.elaborate import ions, spaces
from iondsl.elaborate.draft import binary, in_unit, name, number
from iondsl.elaborate.physics.arguments import is_wrong
from iondsl.elaborate.physics.whole_numbers import literal, product, total
from iondsl.elaborate.pools import pool_of
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.spaces import Size
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Call, Expression, Name, Number, UnitLiteral
from iondsl.units import Unit, read_unit

CONCENTRATION = read_unit("mM")
# What a concentration times a size is counted in: mM um^3 and mM um.
AMOUNTS = {"volume": read_unit("amol"), "depth": read_unit("umol/m^2")}
# The power of z by which each species counts.
POWERS = {"ionic_strength": 2, "charge": 1, "osmoles": 0}


def sum_over(call: Call, space: Expression, scope: Scope, report: Report) -> Expression | None:
    """The sum that a call asks for; None where it makes no sense, which is reported."""
    function, span = call.function.text, call.span
    if not isinstance(space, Name):
        report(Diagnostic("E206", f"`{function}` needs the name of a space", space.span, "such as `i`"))
        return None
    inside = [] if is_wrong(space) else solutes(space, scope, report)
    counted = weights(inside, POWERS[function])
    if not inside or counted is None:
        return None
    if function == "ionic_strength":
        terms = [times(z, concentration(ion, space, span)) for ion, z in counted]
        return binary("/", sum_of(terms, CONCENTRATION, span), number("2", span))
    cell = scope.cell_at(space.path[:-1]) or scope
    size = spaces.size(cell, space.path[-1])
    if not spaces.has_size(cell, space.path[-1], f"`{function}`", span, report) or size is None:
        return None
    terms = [times(z, amount(ion, space, size, span)) for ion, z in counted]
    return sum_of(terms, AMOUNTS[size.kind], span)


def solutes(space: Name, scope: Scope, report: Report) -> list[Scope]:
    """The ions with a concentration in the space; E206, E310 where there are none."""
    cell, member = scope.cell_at(space.path[:-1]), space.path[-1]
    blocks = () if cell is None else cell.ions()
    found = [block for block in blocks if block.holder(member) is not None]
    excused = any(each.excuses(member) for each in (scope.root, *blocks))
    asked = space if cell is not scope.home else Name((member,), space.span)
    if not found and spaces.check_name(asked, scope, report) and not excused:
        cure = f"declare one in an ion: `{member} = 140 [mM]`"
        report(Diagnostic("E206", f"no ion has a concentration in `{asked.text}`", space.span, cure))
    return found


def weights(inside: list[Scope], power: int) -> list[tuple[Scope, int]] | None:
    """Each ion with how it counts, but for those that do not; None where a valence is not known, which was reported."""
    found = []
    for ion in inside:
        z = 1 if power == 0 else ions.valence(ion)
        if z is None:
            return None
        found.append((ion, z**power))
    return [(ion, weight) for ion, weight in found if weight]


def concentration(ion: Scope, space: Name, span: Span) -> Expression:
    return in_unit(name(pool_of(ion, space.path[-1]).quantity, span), CONCENTRATION, span)


def amount(ion: Scope, space: Name, size: Size, span: Span) -> Expression:
    """Concentration times size; where that moves, this product is read as the amount that is integrated."""
    content = binary("*", name(pool_of(ion, space.path[-1]).quantity, span), name(size.quantity, span))
    return in_unit(content, AMOUNTS[size.kind], span)


def times(factor: int, expression: Expression) -> Expression:
    return product(binary("*", literal(factor, expression.span), expression))


def sum_of(terms: list[Expression], unit: Unit, span: Span) -> Expression:
    return total(terms) if terms else Number("0", UnitLiteral(unit, span), span)
