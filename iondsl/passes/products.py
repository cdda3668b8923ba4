"""What is fixed in a run goes to the front of every product, so that it leaves the loop as one factor.

Rush-Larsen's dt*(phi*(-alpha - beta)) becomes (-dt*phi)*(alpha + beta): one constant, and the sum of the steady state.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Mul, Number, Symbol

from iondsl.algebra import MINUS_ONE, factors, multiply, negate, product, symbols_of, transform
from iondsl.analysis.affine import with_computed
from iondsl.analysis.literals import folded
from iondsl.passes._routines import each_expression, each_routine
from iondsl.step import Routine, Step


def rewrite(step: Step) -> Step:
    fixed = frozenset((*step.parameters, step.dt))
    return each_routine(step, lambda routine: in_front(routine, fixed))


def in_front(routine: Routine, fixed: frozenset[Symbol]) -> Routine:
    fixed = with_computed(fixed, {each.target: each.value for each in routine.assignments})
    return each_expression(routine, lambda expression: sorted_out(expression, fixed))


def sorted_out(expression: Expr, fixed: frozenset[Symbol]) -> Expr:
    def change(node: Any) -> Any:
        if isinstance(node, Add) and all(map(is_negative, node.args)):
            return multiply(MINUS_ONE, node.func(*map(opposite, node.args), evaluate=False))
        return fixed_first(node, fixed) if isinstance(node, Mul) else node

    return transform(expression, change)


def is_negative(term: Expr) -> bool:
    first = factors(term)[0]
    return isinstance(first, Number) and bool(first.is_negative)


def opposite(term: Expr) -> Expr:
    return folded(negate(term))


def fixed_first(node: Mul, fixed: frozenset[Symbol]) -> Expr:
    """The factors of nested products: those that are fixed, and then the others, each in their order."""
    parts = factors(node)
    before = [part for part in parts if symbols_of(part) <= fixed]
    after = [part for part in parts if not symbols_of(part) <= fixed]
    if len(before) < 2 or not after or all(isinstance(part, Number) for part in before):
        return node
    return multiply(product(before), product(after))
