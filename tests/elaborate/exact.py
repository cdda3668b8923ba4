"""Numbers of a System worked out in fractions: what is booked is exact, whatever the units."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from iondsl.constants import CONSTANTS
from iondsl.syntax import Binary, Expression, Name, Number, Prime, Unary
from iondsl.system import System
from tests.elaborate.systems import formula

OPERATORS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: a ** int(b),
}

FARADAY = Fraction(CONSTANTS["F"].text)


def exact(system: System, name: str) -> Fraction:
    """The value of a quantity at the start, or of a derivative by the name `x'`."""
    if name == "F" and all(each.name != "F" for each in system.quantities):
        return FARADAY
    return number(formula(system, name).expanded, system)


def number(node: Expression, system: System) -> Fraction:
    match node:
        case Number():
            return Fraction(node.text)
        case Name():
            return exact(system, node.text)
        case Prime():
            return exact(system, f"{node.name.text}'")
        case Unary():
            return number(node.operand, system) * (-1 if node.operator == "-" else 1)
        case Binary():
            return OPERATORS[node.operator](number(node.left, system), number(node.right, system))
    raise TypeError(f"{node} is no number")
