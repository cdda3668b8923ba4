"""Ratios of two concentrations, as they stand in logarithms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from iondsl.checks.products import is_sum, meaning, product
from iondsl.immutable import frozen
from iondsl.inference import Reading
from iondsl.syntax import Expression, Name, Number
from iondsl.system import Ion, Quantity, System
from iondsl.traversal import walk
from iondsl.units import Unit, read_unit, same_dimension

CONCENTRATION = read_unit("mM")


@frozen
class Ratio:
    """Of concentrations of `ion`, if that is known; `is_mixed` where concentrations of several ions are added up."""

    ion: Ion | None
    is_mixed: bool

    @property
    def valences(self) -> tuple[int, ...]:
        """How many charges such an ion may have, without their sign."""
        known = self.ion is not None and self.ion.valence
        return (abs(known),) if known else (1,) if self.is_mixed else (1, 2)


@frozen
class Ratios:
    """Looks for them in one model."""

    quantities: Mapping[str, Quantity]
    definitions: Mapping[str, Expression]
    ions: tuple[Ion, ...]

    def of(self, argument: Expression, readings: tuple[Reading, ...]) -> Ratio | None:
        """None for what is no ratio of two concentrations: a concentration over 1 mM, or over an affinity."""
        argument = meaning(argument, self.definitions)
        parts = product(argument)
        above, below = set(self.names(parts.above)), set(self.names(parts.below))
        if not above or not below:
            is_ratio = bool(above or below) and any(numbers(argument, readings))
        else:
            is_ratio = any(map(self.owners, above)) == any(map(self.owners, below))
        if not is_ratio:
            return None
        is_mixed = any(map(is_sum, (*parts.above, *parts.below)))
        common = [ion for ion in self.ions if all(ion in self.owners(name) for name in above | below)]
        is_one = above and below and common and not is_mixed
        return Ratio(common[0] if is_one else None, is_mixed)

    def names(self, factors: tuple[Expression, ...]) -> Iterator[str]:
        for node in (node for factor in factors for node in walk(factor) if isinstance(node, Name)):
            quantity = self.quantities.get(node.text)
            if quantity is not None and is_concentration(quantity.unit):
                yield node.text

    def owners(self, name: str) -> tuple[Ion, ...]:
        """The ions whose concentration it is."""
        return tuple(ion for ion in self.ions if any(each.quantity == name for each in ion.concentrations))


def numbers(argument: Expression, readings: tuple[Reading, ...]) -> Iterator[bool]:
    """For each number with the unit of a concentration, whether it is one and no measure, as 1 mM and 0.001 mM are."""
    read = {reading.node.span: reading.unit for reading in readings}
    for node in walk(argument):
        if isinstance(node, Number):
            unit = read.get(node.span) if node.unit is None else node.unit.unit
            yield is_concentration(unit) and Decimal(node.text).normalize().as_tuple().digits != (1,)


def is_concentration(unit: Unit | None) -> bool:
    return unit is not None and same_dimension(unit, CONCENTRATION)


def ratios(system: System) -> Ratios:
    quantities = {quantity.name: quantity for quantity in system.quantities}
    definitions = {each.name: each.value.expanded for each in system.equations if each.value is not None}
    return Ratios(quantities, definitions, system.ions)
