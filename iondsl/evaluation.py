"""Expressions in floating point, for checks that look at values: no SymPy, and nothing is computed by it in a run."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import NoReturn

from iondsl.syntax import Binary, Call, Compare, Conditional, Expression, Logic, Name, Not, Number, Prime, Unary
from iondsl.traversal import remembered


class NumberError(LookupError):
    """What is no number at all."""


Lookup = Callable[[str], float]


def evaluated(node: Expression, lookup: Lookup) -> float:
    """Raises NumberError for what is no number, and what arithmetic and `lookup` raise."""
    return reading(node)(lookup)


@remembered
def reading(node: Expression) -> Callable[[Lookup], float]:
    """The expression as a function of what its names are: it is read once where many values are asked for."""
    return read(node)


def read(node: Expression) -> Callable[[Lookup], float]:
    match node:
        case Binary():  # what there is most of comes first
            operate, left, right = OPERATORS[node.operator], read(node.left), read(node.right)
            return lambda lookup: operate(left(lookup), right(lookup))
        case Number():
            value = float(node.text)
            return lambda lookup: value
        case Name() | Prime():
            name = node.text if isinstance(node, Name) else f"{node.name.text}'"
            return lambda lookup: lookup(name)
        case Unary():
            operand, factor = read(node.operand), -1 if node.operator == "-" else 1
            return lambda lookup: operand(lookup) * factor
        case Call():
            function, arguments = FUNCTIONS.get(node.function.text, no_number), [*map(read, node.arguments)]
            return lambda lookup: function(*[each(lookup) for each in arguments])
        case Conditional():
            condition, value_of, otherwise = decision(node.condition), read(node.value), read(node.otherwise)
            return lambda lookup: value_of(lookup) if condition(lookup) else otherwise(lookup)
    return no_number


def decision(node: Expression) -> Callable[[Lookup], bool]:
    match node:
        case Compare():
            compare, left, right = COMPARE[node.operator], read(node.left), read(node.right)
            return lambda lookup: compare(left(lookup), right(lookup))
        case Logic():
            one, other = decision(node.left), decision(node.right)
            if node.operator == "and":
                return lambda lookup: one(lookup) and other(lookup)
            return lambda lookup: one(lookup) or other(lookup)
        case Not():
            operand = decision(node.operand)
            return lambda lookup: not operand(lookup)
    return no_number


def no_number(*anything: object) -> NoReturn:
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
