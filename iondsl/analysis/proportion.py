"""Whether two expressions are proportional, decided exactly: literals count as the decimals that were written."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import Any

import sympy
from sympy import Add, Expr, Float, Mul, Pow, Rational, Symbol

from iondsl.algebra import exact, from_exact, substitute, symbols_of, transform
from iondsl.analysis.literals import is_literal

Definitions = Mapping[Symbol, Expr]

# Longer definitions are no voltages shifted and scaled: putting them in would only cost time.
MAX_INLINED = 8
# Of both polynomials, multiplied out: what takes SymPy longer is no voltage shifted and scaled either.
MAX_TERMS = 1000


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
    if multiplied_out(first) * multiplied_out(second) > MAX_TERMS:
        return None
    if varies(first, second, fixed):
        return None
    quotient = sympy.cancel(rational(first) / rational(second))
    if not symbols_of(quotient) <= fixed or quotient.is_zero or quotient.is_finite is False:
        return None
    return from_rationals(quotient)


class NotRationalError(Exception):
    """An expression is no quotient of polynomials, or has no value at a point."""


def varies(first: Expr, second: Expr, fixed: frozenset[Symbol]) -> bool:
    """Whether first/second differs between two points that agree in what is fixed.

    Exact, and a hundred times faster than SymPy: most pairs are told apart here.
    """
    names = sorted(symbols_of(first) | symbols_of(second), key=str)
    here = {name: Fraction(number) for number, name in enumerate(names, 2)}
    there = {name: value if name in fixed else value**2 + 5 for name, value in here.items()}
    try:
        return value_at(first, here) * value_at(second, there) != value_at(first, there) * value_at(second, here)
    except NotRationalError:
        return False


def value_at(expression: Expr, point: Mapping[Symbol, Fraction]) -> Fraction:
    if isinstance(expression, Symbol):
        return point[expression]
    if is_literal(expression):
        return exact(expression)
    values = [value_at(part, point) for part in expression.args]
    if isinstance(expression, Add):
        return sum(values, Fraction(0))
    if isinstance(expression, Mul):
        return prod(values, start=Fraction(1))
    if isinstance(expression, Pow) and expression.exp.is_Integer and values[0]:
        return Fraction(values[0] ** int(expression.exp))
    raise NotRationalError


def multiplied_out(expression: Expr) -> int:
    """About how many terms a polynomial has once it is multiplied out, at most a little over MAX_TERMS."""
    terms = [multiplied_out(part) for part in expression.args]
    if isinstance(expression, Add):
        return min(sum(terms), MAX_TERMS + 1)
    if isinstance(expression, Pow) and expression.exp.is_Integer:
        exponent = min(abs(int(expression.exp)), MAX_TERMS)
        return min(max(int(terms[0] ** exponent), exponent), MAX_TERMS + 1)
    return min(prod(terms), MAX_TERMS + 1)


def shared(first: Expr, second: Expr) -> set[Symbol]:
    return set(symbols_of(first) & symbols_of(second))


def inlined(expression: Expr, definitions: Definitions) -> Expr:
    """The expression with symbols replaced by their definitions, where these are short polynomials."""
    short = {
        name: definitions[name]
        for name in symbols_of(expression)
        if name in definitions and is_short(definitions[name])
    }
    return substitute(expression, short)


@lru_cache(maxsize=1024)  # a definition is asked about wherever it is used
def is_short(definition: Expr) -> bool:
    return is_polynomial(definition) and bool(definition.count_ops() <= MAX_INLINED)


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
