"""E318, W304: numbers that no cell has: a size that is not above 0, a negative concentration, a strange temperature."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iondsl.elaborate.draft import is_literal
from iondsl.elaborate.temperature import KELVIN, is_temperature
from iondsl.errors import Diagnostic
from iondsl.syntax import Expression, Number, Unary
from iondsl.system import Quantity, System
from iondsl.units import factor

COLDEST, HOTTEST = 200, 400
ZERO_CELSIUS = Fraction("273.15")


def check(system: System) -> Iterator[Diagnostic]:
    membranes = {name for each in system.compartments for name in (each.area, each.capacitance)}
    sizes = {space.size for space in system.spaces} | membranes | {"membrane.area", "membrane.C"}
    concentrations = {each.quantity for ion in system.ions for each in ion.concentrations}
    for quantity in system.quantities:
        number = literal(quantity)
        if number is None:
            continue
        if quantity.name in sizes and number <= 0:
            cure = "it is the size of something: write a positive number"
            yield Diagnostic("E318", f"`{quantity.name}` must be above 0", quantity.span, cure)
        elif quantity.name in concentrations and number < 0:
            cure = "an ion has its sign in `z`, and a concentration has none"
            yield Diagnostic("E318", f"the concentration `{quantity.name}` is negative", quantity.span, cure)
        elif is_temperature(quantity) and quantity.unit is not None:
            kelvins = number * factor(quantity.unit, KELVIN)
            if kelvins >= 0 and not COLDEST <= kelvins <= HOTTEST:
                yield strange(quantity, kelvins)


def literal(quantity: Quantity) -> Fraction | None:
    """The number that is written for a quantity; None for what is worked out."""
    written = None if quantity.value is None else quantity.value.written
    return signed(written) if written is not None and is_literal(written) else None


def signed(expression: Expression) -> Fraction | None:
    match expression:
        case Number():
            return Fraction(expression.text)
        case Unary(operand=Number() as number):
            return Fraction(f"{expression.operator}{number.text}")
    return None


def strange(quantity: Quantity, kelvins: Fraction) -> Diagnostic:
    """W304, with the other scale where that would make sense."""
    cure = "a cell lives near 310 [K]"
    if COLDEST <= kelvins + ZERO_CELSIUS <= HOTTEST:
        cure = f"did you mean `{float(kelvins):.10g} [degC]`?"
    elif COLDEST <= kelvins - ZERO_CELSIUS <= HOTTEST:
        cure = f"did you mean `{float(kelvins - ZERO_CELSIUS):.10g} [K]`?"
    return Diagnostic("W304", f"the temperature is {float(kelvins):.10g} K", quantity.span, cure)
