"""Arithmetic of signs and whole numbers in what is written out: `1 * F` is F, `(-1)^2 * c` is c, `a + -b` is a - b."""

from __future__ import annotations

from dataclasses import replace

from iondsl.elaborate.ions import whole
from iondsl.source import Span
from iondsl.syntax import Binary, Expression, Number, Unary

MAX_EXPONENT = 4


def tidy(node: Expression) -> Expression:
    """One operation, without a factor of 1 and without two signs in a row."""
    match node:
        case Unary(operator="+"):
            return node.operand
        case Unary(operand=Unary(operator="-", operand=inner)):
            return inner
        case Binary(operator="^"):
            return power(node)
        case Binary(operator="*"):
            return product(node)
        case Binary(operator="/", right=Unary(operator="-", operand=below)):
            return Unary("-", replace(node, right=below), node.span)
        case Binary(operator="+", right=Unary(operator="-", operand=less)):
            return replace(node, operator="-", right=less)
    return node


def total(terms: list[Expression]) -> Expression:
    """The sum of one or more terms, left to right."""
    first, *rest = terms
    for term in rest:
        first = tidy(Binary("+", first, term, first.span))
    return first


def power(node: Binary) -> Expression:
    base, exponent = whole(node.left), whole(node.right)
    if base is None or exponent is None or not 0 <= exponent <= MAX_EXPONENT:
        return node
    return literal(base**exponent, node.span)


def product(node: Binary) -> Expression:
    """A factor of 1 is left out; one of -1 becomes a sign in front."""
    for factor, other in ((node.left, node.right), (node.right, node.left)):
        if whole(factor) == 1:
            return other
        if whole(factor) == -1:
            return tidy(Unary("-", other, node.span))
    return node


def literal(value: int, span: Span) -> Expression:
    size = Number(str(abs(value)), None, span)
    return Unary("-", size, span) if value < 0 else size
