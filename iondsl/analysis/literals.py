"""Arithmetic of literals, done exactly: they count as the decimals that were written, and a result is rounded once."""

from __future__ import annotations

import sys
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

from sympy import Add, Expr, Mul, Number, Pow

from iondsl.algebra import exact, factors, from_exact, is_number, multiply, negate, product, transform

MAX_EXPONENT = 64
LARGEST = Fraction(sys.float_info.max)


def rounded(value: Fraction, otherwise: Expr) -> Expr:
    """A result as a literal; one that is out of the range of doubles is left to the target."""
    return from_exact(value) if abs(value) < LARGEST else otherwise


def folded(expression: Expr) -> Expr:
    """`x / 10` becomes `0.1 * x`, `2 * 3` becomes 6, `1 * x` and `x + 0` become x."""
    return transform(expression, fold)


def fold(node: Any) -> Any:
    if isinstance(node, Add):
        return fold_sum(node)
    if isinstance(node, Mul):
        return fold_product(node)
    if isinstance(node, Pow) and is_literal(node.base) and node.exp.is_Integer:
        exponent = int(node.exp)
        base = exact(node.base)
        if abs(exponent) <= MAX_EXPONENT and (base or exponent > 0):
            return rounded(base**exponent, node)
    return node


def is_literal(expression: Expr) -> bool:
    return isinstance(expression, Number) and bool(expression.is_finite)


def fold_sum(node: Add) -> Expr:
    if all(is_literal(term) for term in node.args):
        return rounded(sum((exact(term) for term in node.args), Fraction(0)), node)
    kept = [term for term in node.args if not is_number(term, 0)]
    if len(kept) == len(node.args):
        return node
    return kept[0] if len(kept) == 1 else node.func(*kept, evaluate=False)


def fold_product(node: Mul) -> Expr:
    """All literals of nested products as one, in front."""
    parts = factors(node)
    literals = [part for part in parts if is_literal(part)]
    if not literals or (len(literals) == 1 and not is_number(literals[0], 1)):
        return node
    others = [part for part in parts if not is_literal(part)]
    value = reduce(mul, (exact(literal) for literal in literals))
    if not others:
        return rounded(value, node)
    if value == 0 or abs(value) >= LARGEST:
        return node
    if value in (1, -1):
        return product(others) if value == 1 else negate(product(others))
    return multiply(from_exact(value), product(others))
