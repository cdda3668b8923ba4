"""Equations that hold a physical constant: there every mismatch of scale is converted, and nobody else may do it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iondsl.errors import Diagnostic
from iondsl.syntax import Binary, Convert, Expression, Name, Number, Unary
from iondsl.traversal import children

POWER_OF_TEN = re.compile(r"(10*|0*\.0*1)0*\.?0*(e[+-]?\d+)?", re.IGNORECASE)


def holds_constant(node: Expression, constants: frozenset[str]) -> bool:
    """Whether a constant stands in an expression. What stands behind an `in` of its own is converted there."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name) and node.text in constants:
            return True
        if not (isinstance(node, Convert) and node.operator == "in"):
            waiting += children(node)
    return False


def powers_of_ten(node: Expression, constants: frozenset[str]) -> Iterator[Diagnostic]:
    """E405 for a bare power of ten that multiplies a constant: the conversion that the compiler makes as well."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if not is_product(node):
            waiting += children(node)
            continue
        factors = list(factors_of(node))
        if any(isinstance(each, Name) and each.text in constants for each in factors):
            yield from (surplus(each) for each in factors if is_power_of_ten(each))
        waiting += [inner for each in factors for inner in children(each)]


def is_product(node: Expression) -> bool:
    return isinstance(node, Binary) and node.operator in "*/"


def factors_of(node: Expression) -> Iterator[Expression]:
    """The factors of a product, through parentheses, signs and powers."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        match node:
            case Binary(operator="*" | "/"):
                waiting += (node.right, node.left)
            case Binary(operator="^"):
                waiting.append(node.left)
            case Unary():
                waiting.append(node.operand)
            case _:
                yield node


def is_power_of_ten(node: Expression) -> bool:
    if not isinstance(node, Number) or node.unit is not None or float(node.text) == 1:
        return False
    return POWER_OF_TEN.fullmatch(node.text) is not None


def surplus(node: Expression) -> Diagnostic:
    message = f"`{node.span.text}` multiplies a physical constant, and units are converted here anyway"
    return Diagnostic("E405", message, node.span, "delete it, or give it its unit if it is no conversion")
