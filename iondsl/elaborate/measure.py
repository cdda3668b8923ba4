"""Units as far as they follow from what is declared: carried from the operands to the result, never guessed.

None means not known. This carries units, it does not check them; an equation whose operands disagree has none.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from iondsl.functions import MATHEMATICAL
from iondsl.syntax import (
    Binary,
    Call,
    Compare,
    Conditional,
    Convert,
    Expression,
    Logic,
    Name,
    Not,
    Number,
    Prime,
    String,
    Unary,
)
from iondsl.units import ONE, Unit, UnitError, read_unit

Lookup = Callable[[str], Unit | None]

# A bare number: 1 in a product, whatever the other terms have in a sum.
OPEN = Unit(Fraction(1), ONE.dimension, "open")

LIKE_ARGUMENTS = ("abs", "min", "max", "floor", "ceil")
MILLIVOLT = read_unit("mV")


def measure(expression: Expression, lookup: Lookup) -> Unit | None:
    """The unit of an expanded expression; what stays open is 1."""
    unit = carry(expression, lookup)
    return ONE if unit is OPEN else unit


def carry(node: Expression, lookup: Lookup) -> Unit | None:
    match node:
        case Number(unit=None):
            return OPEN
        case Number() | Convert():
            return None if node.unit is None or node.unit.refused else node.unit.unit
        case Name():
            return lookup(node.text)
        case Prime():
            return lookup(node.name.text + "'")
        case Unary():
            return carry(node.operand, lookup)
        case Binary():
            return carry_binary(node, lookup)
        case Call():
            return carry_call(node, lookup)
        case Conditional():
            return agree(carry(node.value, lookup), carry(node.otherwise, lookup))
    return carry_other(node)


def carry_other(node: Compare | Logic | Not | String) -> Unit | None:
    """A condition is no number of anything, a string nothing at all."""
    return None if isinstance(node, String) else ONE


def carry_binary(node: Binary, lookup: Lookup) -> Unit | None:
    left = carry(node.left, lookup)
    if node.operator == "^":
        return raised(left, node.right)
    right = carry(node.right, lookup)
    if node.operator in "+-":
        return agree(left, right)
    if left is None or right is None:
        return None
    if left is OPEN and right is OPEN:
        return OPEN
    try:
        return left * right if node.operator == "*" else left / right
    except UnitError:
        return None


def carry_call(node: Call, lookup: Lookup) -> Unit | None:
    function = node.function.text
    if function == "nernst":
        return MILLIVOLT
    if function == "sqrt":
        return root(carry(node.arguments[0], lookup))
    if function in LIKE_ARGUMENTS:
        units = [carry(argument, lookup) for argument in node.arguments]
        result = units[0]
        for unit in units[1:]:
            result = agree(result, unit)
        return result
    return ONE if function in MATHEMATICAL else None


def agree(left: Unit | None, right: Unit | None) -> Unit | None:
    """The unit of a sum: that of both terms; a bare number takes the other's."""
    if left is OPEN:
        return right
    if right is OPEN or left == right:
        return left
    return None


def raised(base: Unit | None, exponent: Expression) -> Unit | None:
    if base is None or base is OPEN or base == ONE:
        return base
    sign = -1 if isinstance(exponent, Unary) and exponent.operator == "-" else 1
    literal = exponent.operand if isinstance(exponent, Unary) else exponent
    if not isinstance(literal, Number) or literal.unit is not None:
        return None
    try:
        return base ** (sign * Fraction(literal.text))
    except UnitError:
        return None


def root(base: Unit | None) -> Unit | None:
    if base is None or base is OPEN:
        return base
    try:
        return base ** Fraction(1, 2)
    except UnitError:
        return None
