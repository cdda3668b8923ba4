"""Quantities in numbers, as far as they follow from literals: for checks that look at values, without SymPy."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping

from iondsl.constants import CONSTANTS
from iondsl.elaborate.names import PI, names_in
from iondsl.syntax import Binary, Call, Compare, Conditional, Expression, Logic, Name, Not, Number, Prime, Unary
from iondsl.system import Quantity, System

BINARY: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": math.pow,
}
COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in ("exp", "expm1", "log", "log1p", "log10", "sqrt", "floor", "ceil")},
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")},
    "abs": abs,
    "min": min,
    "max": max,
    "sign": lambda x: (x > 0) - (x < 0),
    "heaviside": lambda x: 1.0 if x >= 0 else 0.0,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "exprel": lambda x: math.expm1(x) / x if x else 1.0,
}

Known = Mapping[str, float]


def values(system: System, wanted: Iterable[str], given: Known) -> dict[str, float]:
    """The quantities that can be worked out, and all that they follow from; states at the start. `given` goes first."""
    known = {name: float(constant.text) for name, constant in CONSTANTS.items()}
    known |= {PI: math.pi, system.time.name: 0.0}
    quantities = {quantity.name: quantity for quantity in system.quantities}
    known = {name: value for name, value in known.items() if name not in quantities} | dict(given)
    entered: set[str] = set()
    waiting = list(wanted)
    while waiting:  # without recursion: chains of definitions may be long
        name = waiting[-1]
        used = [] if name in known else needed(quantities.get(name))
        open_names = [each for each in used if each not in known and each not in entered]
        if name in entered or not open_names:
            waiting.pop()
            work_out(name, quantities.get(name), known)
        entered.add(name)
        waiting += open_names
    return known


def needed(quantity: Quantity | None) -> list[str]:
    return [] if quantity is None or quantity.value is None else sorted(names_in(quantity.value.expanded))


def work_out(name: str, quantity: Quantity | None, known: dict[str, float]) -> None:
    """Add a value, unless something that it needs is not known, or it is no finite number."""
    if name in known or quantity is None or quantity.value is None:
        return
    try:
        value = number(quantity.value.expanded, known)
    except (KeyError, ArithmeticError, ValueError):
        return
    if math.isfinite(value):
        known[name] = value


def number(node: Expression, known: Known) -> float:
    """Raises KeyError for a name that is not known and for what is no number, and what arithmetic raises."""
    match node:
        case Number():
            return float(node.text)
        case Name():
            return known[node.text]
        case Unary():
            return number(node.operand, known) * (-1 if node.operator == "-" else 1)
        case Binary():
            return BINARY[node.operator](number(node.left, known), number(node.right, known))
        case Conditional():
            return number(node.value if holds(node.condition, known) else node.otherwise, known)
        case Call():
            return FUNCTIONS[node.function.text](*(number(each, known) for each in node.arguments))
        case Prime():
            raise KeyError(node.name.text)
    raise KeyError(f"{type(node).__name__} is no number")


def holds(node: Expression, known: Known) -> bool:
    match node:
        case Compare():
            return COMPARE[node.operator](number(node.left, known), number(node.right, known))
        case Logic(operator="and"):
            return holds(node.left, known) and holds(node.right, known)
        case Logic():
            return holds(node.left, known) or holds(node.right, known)
        case Not():
            return not holds(node.operand, known)
    raise KeyError(f"{type(node).__name__} is no condition")
