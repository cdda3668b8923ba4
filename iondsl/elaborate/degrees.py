"""Where `[degC]` may stand in a protocol. It has another zero than kelvin: 20 [degC] - 5 [degC] is no temperature."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.draft import is_literal
from iondsl.elaborate.literals import refusal
from iondsl.syntax import Binary, Call, Expression, Number, Unary
from iondsl.traversal import walk

CURE = "give the temperature itself as one number, and what is added to it in [K]"


def check(expression: Expression) -> None:
    """Raises WaveError (E401) where a temperature in degC is multiplied, negated, or added to another one."""
    found = 0
    for term, changed in terms(expression):
        if any(is_in_degrees(node) for node in walk(term)):
            found += 1
            if changed or found > 1:
                raise refusal("arithmetic on `degC`, which has another zero than kelvin", term, CURE, "E401")
        if isinstance(term, Call):
            for argument in (*term.arguments, *(keyword.value for keyword in term.keywords)):
                check(argument)


def is_in_degrees(node: Expression) -> bool:
    return isinstance(node, Number) and node.unit is not None and node.unit.offset


def terms(expression: Expression, changed: bool = False) -> Iterator[tuple[Expression, bool]]:
    """The numbers and waves of a sum, and whether anything is done to them but adding."""
    match expression:
        case Unary() if not is_literal(expression):
            yield from terms(expression.operand, changed or expression.operator == "-")
        case Binary(operator="+" | "-"):
            yield from terms(expression.left, changed)
            yield from terms(expression.right, changed or expression.operator == "-")
        case Binary():
            yield from terms(expression.left, True)
            yield from terms(expression.right, True)
        case _:
            yield expression, changed
