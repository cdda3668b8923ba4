"""`compartment` → a cell of its own: what its membrane has, for readers."""

from __future__ import annotations

from iondsl.elaborate.scope import Scope
from iondsl.system import Compartment


def record(scope: Scope) -> Compartment | None:
    if scope.block is None:
        return None
    potential, capacitance, area = (member(scope, each) for each in ("V", "C", "area"))
    return Compartment(scope.cell, potential, capacitance, area, scope.block.span, scope.block.docs)


def member(cell: Scope, name: str) -> str | None:
    """The quantity of a member of the membrane, where that is there."""
    membrane = cell.membrane
    return None if membrane is None or not membrane.declares(name) else membrane.quantity(name)
