"""`temperature = 6.3 [degC]` → the parameter `T` in kelvin; the one place, with `q10`, where degC may stand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from iondsl.elaborate.draft import Draft, Side, name
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Convert, Definition, Expression, Number, Unary, UnitLiteral, wrong
from iondsl.system import Kind, Quantity
from iondsl.units import UnitError, factor, kelvin, read_unit, same_dimension

KELVIN = read_unit("K")


def draft(definition: Definition, scope: Scope, report: Report) -> Draft:
    """The parameter `T`."""
    assert definition.value is not None
    value = Side(in_kelvin(definition.value, report, definition.unit), scope)
    doc = definition.doc or "absolute temperature"
    return Draft("T", Kind.PARAMETER, definition.span, value, None, KELVIN, doc, order=definition.order)


def reading(root: Scope, span: Span) -> Expression:
    """`T` in kelvin; one that the file declares itself may have another scale, and is blamed if it has no unit."""
    written = root.members.get("T")
    return name("T", span) if written is None else converted(name("T", written.span), span)


def converted(expression: Expression, span: Span) -> Expression:
    return Convert("in", expression, UnitLiteral(KELVIN, span), span)


def in_kelvin(expression: Expression, report: Report, stated: UnitLiteral | None = None) -> Expression:
    """A literal temperature in kelvin, exactly; anything else must have a unit to be converted."""
    literal, sign = expression, 1
    if isinstance(expression, Unary):
        literal, sign = expression.operand, -1 if expression.operator == "-" else 1
    if not isinstance(literal, Number):
        return converted(expression, expression.span)
    unit = literal.unit or stated
    if unit is None:
        cure = f"write `{expression.span.text} [degC]` or `[K]`"
        report(Diagnostic("E402", "this temperature has no unit", expression.span, cure))
        return wrong(expression.span)
    try:
        value = absolute(sign * Fraction(literal.text), unit)
    except UnitError:
        if not unit.refused:
            report(Diagnostic("E402", f"[{unit.unit}] is no unit of temperature", unit.span, "use [degC] or [K]"))
        return wrong(expression.span)
    if value < 0:
        report(Diagnostic("E402", "this temperature is below absolute zero", expression.span))
    return replace(literal, text=decimal(value), unit=UnitLiteral(KELVIN, unit.span))


def is_temperature(quantity: Quantity) -> bool:
    """Whether it is the `T` that Nernst potentials and `q10` read, not another one of that name."""
    return quantity.name == "T" and quantity.unit is not None and same_dimension(quantity.unit, KELVIN)


def absolute(value: Fraction, unit: UnitLiteral) -> Fraction:
    return kelvin(value, "degC") if unit.offset else value * factor(unit.unit, KELVIN)


def decimal(value: Fraction) -> str:
    """The digits of an exact value: `279.45`."""
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")
