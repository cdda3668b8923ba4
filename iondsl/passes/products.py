"""What is fixed in a run goes to the front of every product, so that it leaves the loop as one factor.

Rush-Larsen's dt*(phi*(-alpha - beta)) becomes (-dt*phi)*(alpha + beta): one constant, and the sum of the steady state.
An Euler step V + dt*V' with V' = I/C is V + (dt/C)*I, where nothing else needs V'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Add, Expr, Mul, Number, Symbol

from iondsl.algebra import MINUS_ONE, factors, multiply, negate, product, symbols_of, transform
from iondsl.analysis.affine import with_computed
from iondsl.analysis.literals import folded
from iondsl.passes._routines import each_expression, each_routine
from iondsl.passes.live import needed
from iondsl.passes.repeated import occurrences
from iondsl.step import Routine, Step


def rewrite(step: Step) -> Step:
    fixed = frozenset((*step.parameters, step.dt))
    return each_routine(step, lambda routine: in_front(routine, fixed))


def in_front(routine: Routine, fixed: frozenset[Symbol]) -> Routine:
    definitions = {each.target: each.value for each in routine.assignments}
    uses = occurrences(routine)
    once = {each.target: each.value for each in routine.body if uses[each.target] == 1 and isinstance(each.value, Mul)}
    order = Order(with_computed(fixed, definitions), once)
    return needed(each_expression(routine, order.expression))


@dataclass(frozen=True, slots=True)
class Order:
    """Sorts the products of one routine; those of names that stand for a product and are used `once` are one with
    the product around them, where both have something fixed."""

    fixed: frozenset[Symbol]
    once: Mapping[Symbol, Expr]

    def expression(self, expression: Expr) -> Expr:
        return transform(expression, self.sorted)

    def sorted(self, node: Any) -> Any:
        if isinstance(node, Add) and all(map(is_negative, node.args)):
            return multiply(MINUS_ONE, node.func(*map(opposite, node.args), evaluate=False))
        return self.fixed_first(node) if isinstance(node, Mul) else node

    def is_fixed(self, part: Expr) -> bool:
        return bool(symbols_of(part) <= self.fixed)

    def factors(self, node: Expr) -> list[Expr]:
        found = factors(node)
        if not any(self.is_fixed(part) and not isinstance(part, Number) for part in found):
            return found
        return [each for part in found for each in self.inside(part)]

    def inside(self, part: Expr) -> list[Expr]:
        within = list(map(self.expression, factors(self.once[part]))) if part in self.once else []
        return within if any(self.is_fixed(each) and not isinstance(each, Number) for each in within) else [part]

    def fixed_first(self, node: Mul) -> Expr:
        """The factors of nested products: those that are fixed, and then the others, each in their order."""
        parts = self.factors(node)
        before = [part for part in parts if self.is_fixed(part)]
        after = [part for part in parts if not self.is_fixed(part)]
        if len(before) < 2 or not after or all(isinstance(part, Number) for part in before):
            return node
        return multiply(product(before), product(after))


def is_negative(term: Expr) -> bool:
    first = factors(term)[0]
    return isinstance(first, Number) and bool(first.is_negative)


def opposite(term: Expr) -> Expr:
    return folded(negate(term))
