"""SymPy expressions -> text, exactly as they were built: nothing is evaluated, sorted or regrouped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from math import isfinite

from sympy import (
    Add,
    And,
    Basic,
    Eq,
    Heaviside,
    Integer,
    Lt,
    Mul,
    Not,
    Number,
    NumberSymbol,
    Or,
    Piecewise,
    Pow,
    Symbol,
    true,
)
from sympy.core.function import Application
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from iondsl.algebra import quotient
from iondsl.targets._code import Code, Dialect, Level

_ONE = Integer(1)


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints in one dialect; `names` are the identifiers of the symbols."""

    dialect: Dialect
    names: Mapping[Symbol, str]

    def text(self, node: Basic) -> str:
        """The right side of an assignment.

        Raises:
            TypeError: a node that has no text in this dialect.
        """
        return self._typed(self._code(node)).text

    def _code(self, node: Basic) -> Code:
        match node:
            case Symbol():
                return Code(self.names[node])
            case Number() | NumberSymbol():
                return self._number(node)
            case Add():
                return self._sum(node)
            case Mul() | Pow():
                return self._product(node)
            case Piecewise():
                return self._choice(node)
            case Boolean():
                return self._condition(node)
            case Heaviside():
                return self._choice(_jump(*node.args))
            case quotient():
                return self._code(node.args[0]).over(self._code(node.args[1]))
            case Application():
                return self._call(type(node).__name__, node.args)
            case _:
                raise TypeError(f"no text for {type(node).__name__}: {node}")

    def _number(self, node: Basic) -> Code:
        # A quotient of two ints is rounded once, from its exact value.
        value = node.p / node.q if node.is_Rational else float(node)
        if not isfinite(value):
            raise TypeError(f"no text for {type(node).__name__}: {node}")
        code = Code(self.dialect.number(abs(value)), constant=True)
        return code.negated() if value < 0 else code

    def _sum(self, node: Basic) -> Code:
        first, *others = _spine(node, Add)
        code = self._code(first)
        text, constant = code.at(Level.SUM), code.constant
        for term in others:
            negative, factors = _sign(term)
            code = self._factors(factors)
            text += f" {'-' if negative else '+'} {code.at(Level.PRODUCT)}"
            constant = constant and code.constant
        return Code(text, Level.SUM, constant)

    def _product(self, node: Basic) -> Code:
        negative, factors = _sign(node)
        code = self._factors(factors)
        return code.negated() if negative else code

    def _factors(self, factors: tuple[Basic, ...]) -> Code:
        code = self._number(_ONE) if _is_reciprocal(factors[0]) else self._factor(factors[0])
        for factor in factors if _is_reciprocal(factors[0]) else factors[1:]:
            if _is_reciprocal(factor):
                divisor = self._power(factor.base, -factor.exp)
                # Of two literals, because a language may refuse to divide them where the divisor is zero.
                code = (self._typed(code) if divisor.constant else code).over(divisor)
            else:
                code = code.times(self._factor(factor))
        return code

    def _factor(self, node: Basic) -> Code:
        return self._power(node.base, node.exp) if isinstance(node, Pow) else self._code(node)

    def _power(self, base: Basic, exponent: Basic) -> Code:
        value = float(exponent) if isinstance(exponent, Number) else None
        if value == 1:
            return self._code(base)
        if value == 0.5:
            return self._call("sqrt", (base,))
        return self._call("Pow", (base, exponent))

    def _choice(self, node: Basic) -> Code:
        code = Code(self.dialect.undefined, constant=True)
        for value, condition in reversed(node.args):
            chosen = self._code(value)
            if condition == true:
                code = chosen
            else:
                # A choice between two literals would have the type of literals.
                chosen = self._typed(chosen) if code.constant else chosen
                code = Code(self.dialect.select(self._code(condition).text, chosen.text, code.text))
        return code

    def _condition(self, node: Basic) -> Code:
        match node:
            case Relational():
                left, right = (self._code(side).at(Level.SUM) for side in node.args)
                return Code(f"{left} {node.rel_op} {right}", Level.RELATION)
            case And() | Or():
                operator = " & " if isinstance(node, And) else " | "
                return Code(f"({operator.join(self._code(part).at(Level.ATOM) for part in node.args)})")
            case Not():
                return Code(self.dialect.negation(self._code(node.args[0]).text))
            case _:
                raise TypeError(f"no text for {type(node).__name__}: {node}")

    def _call(self, name: str, arguments: tuple[Basic, ...]) -> Code:
        if name not in self.dialect.functions:
            raise TypeError(f"no text for {name}({', '.join(map(str, arguments))})")
        function = self.dialect.functions[name]
        codes = [self._code(argument) for argument in arguments]
        texts = [code.text for code in codes]
        if name in self.dialect.binary:
            text = reduce(lambda left, right: f"{function}({left}, {right})", texts)
        else:
            text = f"{function}({', '.join(texts)})"
        return self._typed(Code(text, constant=all(code.constant for code in codes)))

    def _typed(self, code: Code) -> Code:
        text = self.dialect.typed(code.text) if code.constant else code.text
        return code if text == code.text else Code(text)


def _spine(node: Basic, operator: type[Basic]) -> tuple[Basic, ...]:
    """What is combined from left to right: a, b, c of (a + b) + c, but a, b + c of a + (b + c)."""
    last: list[Basic] = []
    while isinstance(node, operator):
        node, *others = node.args
        last[:0] = others
    return (node, *last)


def _sign(node: Basic) -> tuple[bool, tuple[Basic, ...]]:
    """Whether a product begins with a negative number, and its factors without that sign."""
    first, *others = _spine(node, Mul)
    if not (isinstance(first, Number) and first.is_negative):
        return False, (first, *others)
    if first == -_ONE and others:
        return True, tuple(others)
    return True, (-first, *others)


def _jump(x: Basic, at_zero: Basic) -> Piecewise:
    """What SymPy's derivatives of `Max` and `Min` are made of."""
    below, at = Lt(x, 0, evaluate=False), Eq(x, 0, evaluate=False)
    return Piecewise((Integer(0), below), (at_zero, at), (_ONE, true), evaluate=False)


def _is_reciprocal(node: Basic) -> bool:
    return isinstance(node, Pow) and isinstance(node.exp, Number) and bool(node.exp.is_negative)
