"""Whole powers as products: x^4 is (x x)(x x), one multiplication each once repeated parts are shared."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Pow

from iondsl.algebra import multiply, reciprocal, transform
from iondsl.passes._routines import each_expression, each_routine
from iondsl.step import Step

MAX_EXPONENT = 64


def rewrite(step: Step) -> Step:
    return each_routine(step, lambda routine: each_expression(routine, as_products))


def as_products(expression: Expr) -> Expr:
    return transform(expression, unroll)


def unroll(node: Any) -> Any:
    if not isinstance(node, Pow) or not node.exp.is_Integer or not 2 <= abs(int(node.exp)) <= MAX_EXPONENT:
        return node
    exponent = int(node.exp)
    return product(node.base, exponent) if exponent > 0 else reciprocal(product(node.base, -exponent))


def product(base: Expr, exponent: int) -> Expr:
    """base^exponent by repeated squaring."""
    if exponent == 1:
        return base
    half = product(base, exponent // 2)
    square = multiply(half, half)
    return multiply(square, base) if exponent % 2 else square
