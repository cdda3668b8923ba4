"""E318, W304: numbers that no cell has: a size that is not above 0, a negative concentration or time constant, or
a strange temperature."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iondsl.elaborate.draft import is_literal
from iondsl.elaborate.temperature import KELVIN, is_temperature
from iondsl.errors import Diagnostic
from iondsl.limits import LIMITS
from iondsl.syntax import Expression, Number, Unary
from iondsl.system import Quantity, System
from iondsl.units import factor

COLDEST, HOTTEST = 200, 400
ZERO_CELSIUS = Fraction("273.15")


def check(system: System) -> Iterator[Diagnostic]:
    limited = limits(system)
    for quantity in system.quantities:
        number = literal(quantity)
        if number is None:
            continue
        if is_temperature(quantity) and quantity.unit is not None:
            kelvins = number * factor(quantity.unit, KELVIN)
            if kelvins >= 0 and not COLDEST <= kelvins <= HOTTEST:
                yield strange(quantity, kelvins)
        elif quantity.name in limited:
            yield from beyond(quantity, number, limited[quantity.name])


def limits(system: System) -> dict[str, str]:
    """The kind of limit, one of `LIMITS`, by the name of each quantity that has one."""
    membranes = {name for each in system.compartments for name in (each.area, each.capacitance)}
    sizes = {space.size for space in system.spaces} | membranes | {"membrane.area", "membrane.C"}
    concentrations = {each.quantity for ion in system.ions for each in ion.concentrations}
    found = {f"{gate.name}.tau": "time constant" for gate in system.gates}
    found |= dict.fromkeys(concentrations, "concentration")
    found |= dict.fromkeys((name for name in sizes if name is not None), "size")
    found |= {each.name: "temperature" for each in system.parameters if is_temperature(each)}
    return {each.name: found[each.name] for each in system.quantities if each.name in found}


def beyond(quantity: Quantity, number: Fraction, kind: str) -> Iterator[Diagnostic]:
    limit = LIMITS[kind]
    if limit.zero and number < 0:
        yield Diagnostic("E318", f"the {kind} `{quantity.name}` is negative", quantity.span, limit.reason)
    elif not limit.zero and number <= 0:
        cure = f"{limit.reason}: write a positive number"
        yield Diagnostic("E318", f"`{quantity.name}` must be above 0", quantity.span, cure)


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
