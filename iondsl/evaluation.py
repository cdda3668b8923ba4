"""Expressions in floating point, for checks that look at values: no SymPy, and nothing is computed by it in a run."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from iondsl.syntax import Binary, Call, Compare, Conditional, Expression, Logic, Name, Not, Number, Prime, Unary


class NumberError(LookupError):
    """What is no number at all."""


def evaluated(node: Expression, lookup: Callable[[str], float]) -> float:
    """Raises NumberError for what is no number, and what arithmetic and `lookup` raise."""
    match node:
        case Binary():  # what there is most of comes first
            return OPERATORS[node.operator](evaluated(node.left, lookup), evaluated(node.right, lookup))
        case Number():
            return float(node.text)
        case Name():
            return lookup(node.text)
        case Prime():
            return lookup(f"{node.name.text}'")
        case Unary():
            return evaluated(node.operand, lookup) * (-1 if node.operator == "-" else 1)
        case Call():
            return FUNCTIONS[node.function.text](*(evaluated(each, lookup) for each in node.arguments))
        case Conditional():
            return evaluated(node.value if holds(node.condition, lookup) else node.otherwise, lookup)
    raise NumberError


def holds(node: Expression, lookup: Callable[[str], float]) -> bool:
    match node:
        case Compare():
            return bool(COMPARE[node.operator](evaluated(node.left, lookup), evaluated(node.right, lookup)))
        case Logic(operator="and"):
            return holds(node.left, lookup) and holds(node.right, lookup)
        case Logic():
            return holds(node.left, lookup) or holds(node.right, lookup)
        case Not():
            return not holds(node.operand, lookup)
    raise NumberError


def relative(x: float) -> float:
    return math.expm1(x) / x if x else 1.0


def sign(x: float) -> float:
    return float((x > 0) - (x < 0))


OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": math.pow,
}
COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
OF_MATH = ("exp", "expm1", "log", "log1p", "log10", "sqrt", "floor", "ceil")
OF_ANGLES = ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")
FUNCTIONS: Mapping[str, Callable[..., float]] = {
    **{each: getattr(math, each) for each in (*OF_MATH, *OF_ANGLES)},
    "^": math.pow,
    "abs": abs,
    "min": min,
    "max": max,
    "sign": sign,
    "exprel": relative,
    "heaviside": lambda x: float(x >= 0),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
}
