"""`conserved NAME = expr` and `NAME' = expr`: a derived quantity whose rate is stated, and proven in `conservation`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from iondsl.elaborate.draft import Side, in_unit
from iondsl.elaborate.scope import Scope
from iondsl.syntax import Convert, Expression
from iondsl.system import Formula
from iondsl.units import Unit


def flux(scope: Scope, member: str) -> Side | None:
    """What a conserved quantity is stated to change by. None without such a line: it is 0."""
    line = scope.derivatives.get(member)
    if line is None or scope.members[member].keyword != "conserved":
        return None
    if line.unit is None or line.unit.refused:
        return Side(line.value, scope)
    return Side(Convert("=", line.value, line.unit, line.unit.span), scope)


def in_units_of_law(formula: Formula, unit: Unit | None) -> Formula:
    """A flux with a unit of its own, `Q' [fmol/s] =`, in that of the law over time."""

    def converted(side: Expression) -> Expression:
        stated = isinstance(side, Convert) and side.operator == "=" and unit is not None and side.unit.unit != unit
        return in_unit(side, unit, side.span) if stated and unit is not None else side

    return replace(formula, written=converted(formula.written), expanded=converted(formula.expanded))


def names(scopes: Iterable[Scope]) -> Iterator[str]:
    """The quantities that are declared as conserved."""
    for scope in scopes:
        lines = scope.members.items()
        yield from (scope.quantity(member) for member, line in lines if line.keyword == "conserved")
