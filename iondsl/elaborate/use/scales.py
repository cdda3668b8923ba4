"""Lines that restate a number in another scale: the part counts on in that of the original.

Its other lines may hold bare numbers, such as the 10 of `(V_sh - 10) / 5`, which would follow the new unit.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from iondsl.elaborate.draft import unit_behind
from iondsl.elaborate.restating import Line, Originals
from iondsl.syntax import Definition, Expression, Number, Unary, UnitLiteral
from iondsl.units import factor, same_dimension


def kept(line: Line, originals: Originals) -> Line:
    """The line with its number in the unit of what it restates."""
    original = originals.named.get(originals.key(line) or "")
    if not isinstance(line, Definition) or not isinstance(original, Definition) or line.value is None:
        return line
    given, counted = line.unit or unit_behind(line.value), original.unit or unit_behind(original.value)
    if given is None or counted is None or any(each.offset or each.refused for each in (given, counted)):
        return line
    if given.unit.scale == counted.unit.scale or not same_dimension(given.unit, counted.unit):
        return line
    value = times(line.value, factor(given.unit, counted.unit), counted)
    return line if value is None else replace(line, value=value, unit=None)


def times(number: Expression, scale: Fraction, unit: UnitLiteral) -> Expression | None:
    """A number in another unit; None of what is no number."""
    match number:
        case Number():
            return replace(number, text=decimal(Fraction(number.text) * scale), unit=unit)
        case Unary():
            operand = times(number.operand, scale, unit)
            return None if operand is None else replace(number, operand=operand)
    return None


def decimal(value: Fraction) -> str:
    """Exact where a short decimal can be."""
    rounded = repr(float(value))
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.normalize():f}" if Fraction(exact) == value and "e" not in rounded else rounded
