"""Operations of expressions, counted by hand."""

from __future__ import annotations

import pytest
import sympy
from sympy import Expr, Integer, Rational, S

from iondsl.algebra import (
    add,
    apply,
    bernoulli,
    choose,
    divide,
    exprel,
    literal,
    multiply,
    negate,
    power,
    quotient,
    reciprocal,
    sigmoid,
    subtract,
    symbol,
)
from iondsl.analysis.operations import Operations, counted

a, b, c = map(symbol, "abc")
PLUS = add(a, b)


@pytest.mark.parametrize(
    ("expression", "operations"),
    [
        (a, Operations()),
        (negate(a), Operations()),
        (subtract(a, b), Operations(additions=1)),
        (multiply(PLUS, PLUS), Operations(multiplications=1, additions=2)),
        (negate(multiply(a, b)), Operations(multiplications=1)),
        (divide(a, b), Operations(divisions=1)),
        (divide(multiply(a, b), multiply(b, c)), Operations(divisions=1, multiplications=2)),
        (divide(divide(a, b), c), Operations(divisions=2)),
        (multiply(divide(a, b), c), Operations(divisions=1, multiplications=1)),
        (negate(reciprocal(a)), Operations(divisions=1)),
        (quotient(a, b, evaluate=False), Operations(divisions=1)),
        (power(a, Integer(3)), Operations(powers=1)),
        (power(a, Integer(-2)), Operations(powers=1, divisions=1)),
        (power(a, Rational(1, 2)), Operations(functions=1)),
        (apply(sympy.exp, divide(a, literal("80"))), Operations(exponentials=1, divisions=1)),
        (apply(exprel, a), Operations(exponentials=1, divisions=1, additions=1)),
        (apply(sigmoid, a), Operations(exponentials=1, divisions=1, additions=1)),
        (apply(bernoulli, a, b), Operations(divisions=1, additions=1, selects=1)),
        (apply(sympy.log, a), Operations(functions=1)),
        (choose(a, sympy.Lt(a, b), S.One), Operations(selects=1)),
    ],
)
def test_counted(expression: Expr, operations: Operations) -> None:
    assert counted([expression]) == operations


def test_what_stands_twice_counts_twice() -> None:
    assert counted([PLUS, multiply(PLUS, c)]) == Operations(additions=2, multiplications=1)
