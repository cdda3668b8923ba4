"""What expressions cost: how many operations of each kind they take as they stand, what occurs twice counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from sympy import Add, Expr, Mul, Number, Piecewise, Pow
from sympy.core.function import Application


@dataclass(frozen=True, slots=True)
class Operations:
    """A change of sign and a comparison count nothing; what a target takes for a function is in `functions`."""

    exponentials: int = 0
    divisions: int = 0
    powers: int = 0
    multiplications: int = 0
    additions: int = 0
    selects: int = 0
    functions: int = 0

    def __add__(self, other: Operations) -> Operations:
        return Operations(*(own + more for own, more in zip(astuple(self), astuple(other), strict=True)))


NONE = Operations()
ONE_EXPONENTIAL = Operations(exponentials=1)
# A division each: sigmoid is 1/(1 + exp(-x)), tanh is e/(e + 2).
QUOTIENT_OF_EXPONENTIAL = Operations(exponentials=1, divisions=1, additions=1)
OF_FUNCTIONS: Mapping[str, Operations] = {
    **dict.fromkeys(("exp", "exp2", "expm1", "exp2_inside"), ONE_EXPONENTIAL),
    **dict.fromkeys(("exprel", "sigmoid", "sinh", "cosh", "tanh"), QUOTIENT_OF_EXPONENTIAL),
    **dict.fromkeys(("bernoulli", "bernoulli_inside", "exprel_of"), Operations(divisions=1, additions=1, selects=1)),
    **dict.fromkeys(("heaviside", "Max", "Min"), Operations(selects=1)),
    "bernoulli_above": Operations(multiplications=5, additions=4, selects=1),
    "bernoulli_below": Operations(additions=1, selects=1),
    "quotient": Operations(divisions=1),
}


def counted(expressions: Iterable[Expr]) -> Operations:
    """The operations of all expressions together."""
    total = NONE
    stack: list[Any] = list(expressions)
    while stack:
        node = stack.pop()
        total += own(node)
        stack.extend(node.args)
    return total


def own(node: Any) -> Operations:
    """The operations of a node without those of its operands."""
    match node:
        case Add():
            return Operations(additions=len(node.args) - 1)
        case Mul():
            return of_product(node)
        case Pow():
            return of_power(node)
        case Piecewise():
            return Operations(selects=len(node.args) - 1)
        case Application():
            return OF_FUNCTIONS.get(type(node).__name__, Operations(functions=1))
    return NONE


def of_product(node: Mul) -> Operations:
    """Of factors to the power of -1, each is a division, counted there; the sign of -x is none."""
    above = [factor for factor in node.args if factor != -1 and not is_below(factor)]
    return Operations(multiplications=max(len(above) - 1, 0))


def of_power(node: Pow) -> Operations:
    if node.exp == -1:
        return Operations(divisions=1)
    if isinstance(node.exp, Number) and abs(float(node.exp)) == 0.5:
        return Operations(functions=1, divisions=int(is_below(node)))
    return Operations(powers=1, divisions=int(is_below(node)))


def is_below(node: Expr) -> bool:
    return isinstance(node, Pow) and isinstance(node.exp, Number) and bool(node.exp.is_negative)
