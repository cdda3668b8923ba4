"""Factors that vanish at one voltage: `V + 40` and `1 - exp(-(V + 40)/10)` both do at -40 mV.

A quotient of two of them that vanish together is a removable 0/0. Both are brought to the form c exp(w) u, with
u the linear expression that vanishes, or c exp(w) (exp(u) - 1); whether two u are proportional is decided exactly,
with literals as the decimals that were written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy
from sympy import Add, Expr, Float, Mul, Pow, Rational, S, Symbol

from iondsl.algebra import (
    add,
    apply,
    divide,
    exact,
    expm1,
    exprel,
    from_exact,
    multiply,
    negate,
    reciprocal,
    substitute,
    subtract,
    transform,
)

Definitions = Mapping[Symbol, Expr]

# Longer definitions are no voltages shifted and scaled: putting them in would only cost time.
MAX_INLINED = 8


@dataclass(frozen=True, slots=True)
class Vanishing:
    """`scale * u`, or `scale * (exp(u) - 1)` where `exponential`: vanishes where u does."""

    scale: Expr
    u: Expr
    exponential: bool


@dataclass(frozen=True, slots=True)
class Exponential:
    """`coefficient * exp(exponent)`; without an exponential the exponent is None."""

    coefficient: Fraction
    exponent: Expr | None


def vanishing(factor: Expr, definitions: Definitions) -> Vanishing | None:
    """The factor in the form in which it vanishes, or None where none is known."""
    seen = definitions.get(factor, factor)
    if isinstance(seen, expm1):
        return Vanishing(S.One, seen.args[0], True)
    if isinstance(seen, sympy.tanh):
        return hyperbolic(seen.args[0], reciprocal(add(apply(sympy.exp, doubled(seen.args[0])), S.One)))
    if isinstance(seen, sympy.sinh):
        return hyperbolic(seen.args[0], divide(apply(sympy.exp, negate(seen.args[0])), sympy.Integer(2)))
    difference = difference_of_exponentials(seen)
    if difference is not None:
        return difference
    return Vanishing(S.One, factor, False) if is_polynomial(factor) else None


def hyperbolic(argument: Expr, scale: Expr) -> Vanishing:
    """sinh(x) = exp(-x)/2 (exp(2 x) - 1), tanh(x) = 1/(exp(2 x) + 1) (exp(2 x) - 1)."""
    return Vanishing(scale, doubled(argument), True)


def doubled(argument: Expr) -> Expr:
    return multiply(sympy.Integer(2), argument)


def difference_of_exponentials(expression: Expr) -> Vanishing | None:
    """c exp(a) - c exp(b) = c exp(b) (exp(a - b) - 1); either exponential may be a plain number."""
    terms = sum_terms(expression)
    if len(terms) != 2:
        return None
    first, second = (exponential(term) for term in terms)
    if first is None or second is None or first.coefficient != -second.coefficient:
        return None
    if first.exponent is None:
        first, second = second, first
    if first.exponent is None:
        return None
    scale: Expr = from_exact(first.coefficient)
    if second.exponent is None:
        return Vanishing(scale, first.exponent, True)
    scale = multiply(scale, apply(sympy.exp, second.exponent))
    return Vanishing(scale, subtract(first.exponent, second.exponent), True)


def sum_terms(expression: Expr) -> list[Expr]:
    if isinstance(expression, Add):
        return [term for argument in expression.args for term in sum_terms(argument)]
    return [expression]


def exponential(term: Expr) -> Exponential | None:
    """A term as a literal times one exponential."""
    if term.is_Number and term.is_finite:
        return Exponential(exact(term), None)
    if isinstance(term, sympy.exp):
        return Exponential(Fraction(1), term.args[0])
    if isinstance(term, Pow) and term.exp == -1:
        inner = exponential(term.base)
        if inner is None or not inner.coefficient:
            return None
        return Exponential(1 / inner.coefficient, None if inner.exponent is None else negate(inner.exponent))
    if isinstance(term, Mul):
        return product_of(*(exponential(factor) for factor in term.args))
    return None


def product_of(*parts: Exponential | None) -> Exponential | None:
    result = Exponential(Fraction(1), None)
    for part in parts:
        if part is None or (part.exponent is not None and result.exponent is not None):
            return None
        result = Exponential(result.coefficient * part.coefficient, part.exponent or result.exponent)
    return result


def is_polynomial(expression: Expr) -> bool:
    """Built of symbols and numbers by sums, products and whole powers, with at least one symbol."""
    if isinstance(expression, Add | Mul):
        return all(is_polynomial(part) or part.is_Number for part in expression.args)
    if isinstance(expression, Pow):
        return bool(expression.exp.is_Integer) and (is_polynomial(expression.base) or expression.base.is_Number)
    return isinstance(expression, Symbol)


def ratio(first: Expr, second: Expr, fixed: frozenset[Symbol], definitions: Definitions) -> Expr | None:
    """first/second where that is constant in a run, as an expression in fixed symbols; None where it is not.

    Compared as they stand, and, where they share no symbol that varies, with short definitions put in.
    """
    if shared(first, second) <= fixed:
        first, second = inlined(first, definitions), inlined(second, definitions)
        if shared(first, second) <= fixed:
            return None
    quotient = sympy.cancel(rational(first) / rational(second))
    if not quotient.free_symbols <= fixed or quotient.is_zero or quotient.is_finite is False:
        return None
    return from_rationals(quotient)


def shared(first: Expr, second: Expr) -> set[Symbol]:
    return set(first.free_symbols & second.free_symbols)


def inlined(expression: Expr, definitions: Definitions) -> Expr:
    """The expression with symbols replaced by their definitions, where these are short polynomials."""
    short = {
        name: definitions[name]
        for name in expression.free_symbols
        if name in definitions and is_polynomial(definitions[name]) and definitions[name].count_ops() <= MAX_INLINED
    }
    return substitute(expression, short)


def rational(expression: Expr) -> Expr:
    """The expression evaluated, with every literal as the exact decimal that was written."""
    if isinstance(expression, Float):
        value = exact(expression)
        return Rational(value.numerator, value.denominator)
    if not expression.args:
        return expression
    return expression.func(*(rational(argument) for argument in expression.args))


def from_rationals(expression: Expr) -> Expr:
    """Rationals back to doubles."""

    def change(node: Any) -> Any:
        return from_exact(exact(node)) if node.is_Rational else node

    return transform(expression, change)


def quotient(top: Vanishing, bottom: Vanishing, r: Expr) -> Expr:
    """top/bottom, with r = top.u/bottom.u, in a form that is accurate everywhere.

    With exprel(u) = (exp(u) - 1)/u, which is 1 at 0: u/(exp(u) - 1) is 1/exprel(u).
    """
    value = multiply(divide(top.scale, bottom.scale), r)
    if top.exponential:
        value = multiply(value, apply(exprel, top.u))
    if bottom.exponential:
        value = divide(value, apply(exprel, bottom.u))
    return value
