"""Whether a right-hand side is linear in one symbol, and its slope: found on the structure, nothing differentiated.

The slope of f in x is b in f = a + b x. Where f is not linear in x, whatever nonlinear factor stands before a linear
one is held fixed (a conductance that opens at once with V, say) and the answer is marked as not exact. That is what
exponential Euler does with V; Rush-Larsen takes exact slopes only. Of a removable 0/0 nothing is taken: in
`g*V*h/(1 - exp(-V/k))`, a GHK current, what stands before V is infinite at 0 mV, and `1/exprel(-V/k)` is held instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sympy import Add, Expr, Mul, Pow, S, Symbol

from iondsl.algebra import add, is_number, multiply, negate, symbols_of
from iondsl.analysis.removal import Removal


@dataclass(frozen=True, slots=True)
class Slope:
    """`value` None means 0. `exact`: the expression is linear, or does not use the symbol at all."""

    value: Expr | None
    exact: bool = True


FREE = Slope(None)
UNKNOWN = Slope(None, exact=False)


@dataclass(frozen=True, slots=True)
class Slopes:
    """Slopes in `variable`, through the definitions of the symbols in an expression; those of `fixed` never change."""

    variable: Symbol
    definitions: Mapping[Symbol, Expr]
    memo: dict[Expr, Slope]
    fixed: frozenset[Symbol] = frozenset()

    def of(self, expression: Expr) -> Slope:
        for symbol in self.behind(expression):
            self.memo[symbol] = self.work_out(self.definitions[symbol])
        if expression not in self.memo:
            self.memo[expression] = self.work_out(expression)
        return self.memo[expression]

    def behind(self, expression: Expr) -> Iterator[Symbol]:
        """The symbols that an expression is defined through, the first ones first; chains of them may be long."""
        stack = [expression]
        entered: set[Expr] = set()
        while stack:
            node = stack[-1]
            definition = self.definitions.get(node, node) if isinstance(node, Symbol) else node
            following = [each for each in symbols_of(definition) if self.is_open(each) and each not in entered]
            if node in entered or not following:
                stack.pop()
                if self.is_open(node):
                    yield node
            else:
                stack += following
            entered.add(node)

    def is_open(self, node: Expr) -> bool:
        return node != self.variable and node in self.definitions and node not in self.memo

    def work_out(self, expression: Expr) -> Slope:
        if expression == self.variable:
            return Slope(S.One)
        if isinstance(expression, Symbol):
            definition = self.definitions.get(expression)
            return FREE if definition is None else self.of(definition)
        if isinstance(expression, Add):
            return self.of_sum(expression)
        if isinstance(expression, Mul):
            return self.of_product(expression)
        if isinstance(expression, Pow) and is_number(expression.exp, 1):
            return self.of(expression.base)
        return FREE if self.is_free(expression) else UNKNOWN

    def is_free(self, expression: Expr) -> bool:
        """Whether nothing in an expression depends on the variable."""
        return all(
            symbol != self.variable and self.depends_not(symbol) for symbol in symbols_of(expression)
        )

    def depends_not(self, symbol: Symbol) -> bool:
        slope = self.of(symbol)
        return slope.exact and slope.value is None

    def of_sum(self, expression: Add) -> Slope:
        slopes = [self.of(term) for term in expression.args]
        total: Expr | None = None
        for slope in slopes:
            if slope.value is not None:
                total = slope.value if total is None else add(total, slope.value)
        return Slope(total, all(slope.exact for slope in slopes))

    def of_product(self, expression: Mul) -> Slope:
        """One linear factor times the others; with two, none is taken."""
        slopes = [self.of(factor) for factor in expression.args]
        if sum(slope != FREE for slope in slopes) > 1:
            regular = Removal(self.fixed, self.definitions).quotient(expression)
            if regular is not expression:
                return self.of(regular)
        linear = [position for position, slope in enumerate(slopes) if slope.value is not None]
        exact = all(slope.exact for slope in slopes) and len(linear) <= 1
        if len(linear) != 1:
            return Slope(None, exact)
        value = slopes[linear[0]].value
        assert value is not None
        for position, factor in enumerate(expression.args):
            if position != linear[0]:
                value = scaled(value, factor)
        return Slope(value, exact)


def scaled(value: Expr, factor: Expr) -> Expr:
    if is_number(value, 1):
        return factor
    return negate(value) if is_number(factor, -1) else multiply(value, factor)
