"""Systems of small models, and their numbers worked out from the expanded formulas, with nothing of SymPy."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from pathlib import Path

from iondsl import pipeline, reading
from iondsl.constants import CONSTANTS
from iondsl.source import Source
from iondsl.syntax import Binary, Call, Compare, Conditional, Expression, Logic, Name, Not, Number, Prime, Unary
from iondsl.system import Formula, Kind, Quantity, System

VALID = Path(__file__).parent.parent / "valid"

BINARY: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}
COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "exprel": lambda x: math.expm1(x) / x if x else 1.0,
    "log": math.log,
    "cosh": math.cosh,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "min": min,
    "max": max,
}


def valid(name: str) -> System:
    """The System of a file of tests/valid."""
    return without_errors(reading.read(str(VALID / f"{name}.ion")))


def meaning(lines: str) -> System:
    """The System of lines behind a `model` header."""
    return without_errors(Source("lines.ion", f"model lines:\n{lines}"))


def without_errors(source: Source) -> System:
    """With no warning either, but for those of what fragments do without: readers, pumps, potentials that follow."""
    system, findings = pipeline.examine(source)
    assert [finding for finding in findings if finding.code not in ("W202", "W305", "W306")] == []
    return system


def named(system: System, name: str) -> Quantity:
    (found,) = [quantity for quantity in system.quantities if quantity.name == name]
    return found


def formula(system: System, name: str) -> Formula:
    """The right side of `x =`, or of `x' =` by the name `x'`."""
    found = named(system, name.removesuffix("'"))
    side = found.rate if name.endswith("'") else found.value
    assert side is not None
    return side


def value(system: System, name: str, **given: float) -> float:
    """The value of a quantity, or of a derivative by the name `x'`, at the start. `given` are other values of names
    without a dot."""
    if name in given:
        return given[name]
    if name in CONSTANTS and all(each.name != name for each in system.quantities):
        return float(CONSTANTS[name].text)
    if name == system.time.name:
        return 0.0
    return number(formula(system, name).expanded, lambda used: value(system, used, **given))


def number(node: Expression, lookup: Callable[[str], float]) -> float:
    match node:
        case Number():
            return float(node.text)
        case Name():
            return math.pi if node.text == "pi" else lookup(node.text)
        case Prime():
            return lookup(f"{node.name.text}'")
        case Unary():
            return number(node.operand, lookup) * (-1 if node.operator == "-" else 1)
        case Binary():
            return BINARY[node.operator](number(node.left, lookup), number(node.right, lookup))
        case Conditional():
            return number(node.value if holds(node.condition, lookup) else node.otherwise, lookup)
        case Call():
            return FUNCTIONS[node.function.text](*(number(each, lookup) for each in node.arguments))
    raise TypeError(f"{node} is no number")


def holds(node: Expression, lookup: Callable[[str], float]) -> bool:
    match node:
        case Compare():
            return bool(COMPARE[node.operator](number(node.left, lookup), number(node.right, lookup)))
        case Logic(operator="and"):
            return holds(node.left, lookup) and holds(node.right, lookup)
        case Logic():
            return holds(node.left, lookup) or holds(node.right, lookup)
        case Not():
            return not holds(node.operand, lookup)
    raise TypeError(f"{node} is no condition")


def units(system: System) -> dict[str, str]:
    """The unit of every quantity as text; empty where it is not known."""
    return {quantity.name: str(quantity.unit or "") for quantity in system.quantities}


def of_kind(system: System, kind: Kind) -> list[str]:
    return [quantity.name for quantity in system.of_kind(kind)]
