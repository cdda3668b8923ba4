"""A model as numbers, straight from what a reader made: the derivatives at a state, without the rest of iondsl."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from iondsl.importers.foreign import Foreign, Path, Variable
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
    Unary,
)
from iondsl.units import Unit, factor

OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs, "min": min, "max": max, "floor": math.floor, "ceil": math.ceil,
    "sign": lambda x: (x > 0) - (x < 0),
    **{name: getattr(math, name) for name in ("exp", "log", "log10", "log1p", "sqrt", "sin", "cos", "tan")},
    **{name: getattr(math, name) for name in ("asin", "acos", "atan", "sinh", "cosh", "tanh")},
}


class Evaluation:
    """The model at a state and a time. `start` evaluates initial values, where no state is known."""

    def __init__(self, model: Foreign, state: Mapping[Path, float] | None = None, time: float = 0.0) -> None:
        self.variables: dict[Path, Variable] = {each.path: each for each in model.variables}
        self.time = model.time
        self.known: dict[Path, float] = dict(state or {})
        if self.time is not None:
            self.known[self.time.path] = time

    def rate(self, path: Path) -> float:
        value = self.variables[path].value
        assert value is not None
        return self.number(value)

    def value(self, path: Path) -> float:
        if path not in self.known:
            variable = self.variables[path]
            node = variable.start if variable.is_state else variable.value
            assert node is not None, path
            self.known[path] = self.number(node)
        return self.known[path]

    def number(self, node: Expression) -> float:  # noqa: C901 - one case per node
        match node:
            case Number():
                return float(node.text)
            case Name():
                return self.value(node.path)
            case Prime():
                return self.rate(node.name.path)
            case Unary():
                return -self.number(node.operand)
            case Binary() | Compare():
                return OPERATORS[node.operator](self.number(node.left), self.number(node.right))
            case Logic(operator="and"):
                return bool(self.number(node.left)) and bool(self.number(node.right))
            case Logic():
                return bool(self.number(node.left)) or bool(self.number(node.right))
            case Not():
                return not self.number(node.operand)
            case Conditional():
                return self.number(node.value if self.number(node.condition) else node.otherwise)
            case Call():
                return FUNCTIONS[node.function.text](*map(self.number, node.arguments))
            case Convert(operator="as"):
                return self.number(node.operand)
            case Convert():
                return self.number(node.operand) * float(factor(self.unit(node.operand), node.unit.unit))
        raise AssertionError(node)

    def unit(self, node: Expression) -> Unit:
        """The unit of what is converted: readers convert variables, derivatives, and what they say the unit of."""
        match node:
            case Name():
                unit = self.variables[node.path].unit
                assert unit is not None
                return unit.unit
            case Prime():
                assert self.time is not None
                assert self.time.unit is not None
                return self.unit(node.name) / self.time.unit.unit
            case Convert() | Number():
                assert node.unit is not None
                return node.unit.unit
            case Unary():
                return self.unit(node.operand)
        raise AssertionError(node)
