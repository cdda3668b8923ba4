"""The sizes of spaces, once units are known: a volume measures a volume, a depth a length."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.elaborate import spaces
from iondsl.elaborate.membrane import unit_of
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.units import Units
from iondsl.elaborate.varying import reached
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.system import Quantity
from iondsl.units import Unit, read_unit, same_dimension


@frozen
class Measure:
    """What a size must measure, in words, and an example."""

    dimension: Unit
    what: str
    unit: str
    value: str


METRE = read_unit("m")
MEASURES = {
    "volume": Measure(METRE**3, "a volume", "um^3", "2000"),
    "depth": Measure(METRE, "a length", "um", "1"),
}


def sound(
    root: Scope, quantities: Mapping[str, Quantity], units: Units, unsound: frozenset[str], report: Report
) -> frozenset[str]:
    """The spaces, by their full names, whose size can be divided by."""
    found = set()
    for space in spaces.declared(root):
        size = spaces.size_of(space)
        if size is not None and size.quantity not in unsound:
            unit = units.lookup(size.quantity)
            if unit is None and is_blamed(size.quantity, units):
                continue
            problem = misfit(quantities[size.quantity], size, unit, quantities)
            if problem is not None:
                report(problem)
            elif unit is not None:
                found.add(".".join(space.path))
    return frozenset(found)


def is_blamed(name: str, units: Units) -> bool:
    """Whether an error in its equation is reported, beside which nothing need be said of its unit."""
    return name in units.formulas and bool(units.value(name).findings)


def misfit(
    quantity: Quantity, size: spaces.Size, unit: Unit | None, quantities: Mapping[str, Quantity]
) -> Diagnostic | None:
    """E403 for a size that is defined by itself and states no unit, E404 for one that measures something else."""
    measure = MEASURES[size.kind]
    if unit is None:
        if quantity.name not in reached(quantity, quantities):
            return None  # an error in its equation was reported
        cure = f"state it left of `=`: `{size.kind} [{measure.unit}] = ...`"
        return Diagnostic("E403", f"the unit of `{quantity.name}` is not known", quantity.span, cure)
    if same_dimension(unit, measure.dimension):
        return None
    message = f"`{quantity.name}` {unit_of(unit)}; it must be {measure.what}"
    return Diagnostic("E404", message, quantity.span, f"write `{size.kind} = {measure.value} [{measure.unit}]`")
