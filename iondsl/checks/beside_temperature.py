"""W406: a number without a unit beside the temperature, as in `T - 310` or `T > 310`.

It is read in kelvin. W404 says so of numbers that can only have been meant in degC.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iondsl.checks.places import inside
from iondsl.checks.products import is_sum, terms
from iondsl.elaborate.temperature import KELVIN, is_temperature
from iondsl.errors import Diagnostic
from iondsl.inference.verdict import COLD
from iondsl.source import Span
from iondsl.syntax import Call, Compare, Expression, Name, Number
from iondsl.system import System
from iondsl.traversal import walk

ZERO_CELSIUS = Fraction("273.15")
HOT = 100  # degC: no reference temperature


def check(system: System) -> Iterator[Diagnostic]:
    if not any(map(is_temperature, system.parameters)):
        return
    for formula in system.formulas:
        read = {reading.node.span for reading in formula.readings if reading.unit == KELVIN}
        told: set[Span] = set()
        for number, is_term in beside(formula.expanded) if read else ():
            if number.span in read - told and Fraction(number.text) >= COLD:
                told.add(number.span)
                message = f"`{number.text}` beside the temperature has no unit, and is read in kelvin"
                yield Diagnostic("W406", message, inside(number.span, formula), cure(number, is_term))


def beside(expression: Expression) -> Iterator[tuple[Number, bool]]:
    """The numbers that the temperature is added to, or else compared with."""
    for node in walk(expression):
        operands = list(compared(node))
        if any(isinstance(each, Name) and each.text == "T" for each in operands):
            yield from ((each, is_sum(node)) for each in operands if isinstance(each, Number) and each.unit is None)


def compared(node: Expression) -> Iterator[Expression]:
    """What is measured in one unit: terms of a sum, sides of a comparison, arguments of `min` and `max`."""
    match node:
        case Compare():
            sides: tuple[Expression, ...] = (node.left, node.right)
        case Call() if node.function.text in ("min", "max"):
            sides = node.arguments
        case _:
            sides = (node,) if is_sum(node) else ()
    yield from (term for side in sides for _, term in terms(side))


def cure(number: Number, is_term: bool) -> str:
    degrees = Fraction(number.text) - ZERO_CELSIUS
    if not is_term or not 0 < degrees < HOT:
        return f"write `{number.text} [K]`"
    return f"write `{number.text} [K]`, or `q10(factor, {float(degrees):.10g} [degC])` if this is a temperature factor"
