"""Logarithms that are multiplied by nothing but numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from iondsl.checks.impossible import literal
from iondsl.checks.products import is_product, product
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Call, Expression, Name, Number
from iondsl.system import Formula, Quantity
from iondsl.traversal import walk
from iondsl.units import ONE, Unit, factor, read_unit, same_dimension

MILLIVOLT = read_unit("mV")
FUNCTIONS = ("log", "log10")

Quantities = Mapping[str, Quantity]


@frozen
class ScaledLogarithm:
    """So many `millivolts`, without their sign, times `function` of `argument`."""

    millivolts: Fraction
    function: str
    argument: Expression
    span: Span


def scaled_logarithms(formula: Formula, quantities: Quantities) -> Iterator[ScaledLogarithm]:
    """All in a right side, with all factors first, then with some. A bare number is one of mV, if it is no other.

    Not one over a logarithm, as in `log(x) / log(10)`: that is a logarithm to another base.
    """
    nodes = list(walk(formula.expanded))
    if any(map(is_logarithm, nodes)):
        units = {reading.node.span: reading.unit for reading in formula.readings}
        products = list(filter(is_product, nodes))
        other = {each.span for node in products for each in to_other_bases(node)}
        found = (scaled_logarithm(node, quantities, units) for node in products)
        yield from (each for each in found if each is not None and each.argument.span not in other)


def is_logarithm(node: Expression) -> bool:
    return isinstance(node, Call) and node.function.text in FUNCTIONS


def to_other_bases(node: Expression) -> Iterator[Expression]:
    """The arguments of the logarithms in a product that stand over a logarithm."""
    parts = product(node)
    if any(map(is_logarithm, parts.below)):
        yield from (each.arguments[0] for each in parts.above if isinstance(each, Call) and is_logarithm(each))


def scaled_logarithm(
    node: Expression, quantities: Quantities, units: Mapping[Span, Unit]
) -> ScaledLogarithm | None:
    parts = product(node)
    logarithms = [each for each in parts.above if isinstance(each, Call) and is_logarithm(each)]
    above = [number(each, quantities) for each in parts.above if not is_logarithm(each)]
    below = [number(each, quantities) for each in parts.below]
    if len(logarithms) != 1 or None in above or None in below:
        return None
    bare = (units[each.span] for each in walk(node) if each.span in units)
    value = parts.coefficient * next((scale for unit in bare if (scale := in_millivolts(unit)) is not None), 1)
    for each in filter(None, above):
        value *= each
    for each in filter(None, below):
        value /= each
    return ScaledLogarithm(abs(value), logarithms[0].function.text, logarithms[0].arguments[0], node.span)


def number(node: Expression, quantities: Quantities) -> Fraction | None:
    """A number, or a quantity that is one, other than 0: of mV, or without a unit."""
    unit: Unit | None = ONE
    value: Fraction | None = None
    match node:
        case Number() if node.unit is not None:
            value, unit = Fraction(node.text), node.unit.unit
        case Name() if node.text in quantities:
            value, unit = literal(quantities[node.text]), quantities[node.text].unit
    scale = in_millivolts(unit)
    return value * scale if value and scale else None


def in_millivolts(unit: Unit | None) -> Fraction | None:
    """What a unit is in mV, and a pure number in itself; None for any other."""
    if unit is None or unit.dimension == ONE.dimension:
        return Fraction(1) if unit is None else unit.scale
    return factor(unit, MILLIVOLT) if same_dimension(unit, MILLIVOLT) else None
