"""SymPy under one policy: what is built stays as it was built."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from sympy import S

from iondsl.algebra import (
    add,
    apply,
    choose,
    divide,
    exact,
    from_exact,
    literal,
    multiply,
    negate,
    power,
    substitute,
    subtract,
    symbol,
    transform,
)

V, x = symbol("V"), symbol("x")


def shifted() -> sympy.Expr:
    return multiply(literal("0.1"), add(V, literal("40")))


def test_products_are_not_distributed() -> None:
    assert str(shifted()) == "0.1*(V + 40)"
    assert str(substitute(shifted(), {V: x})) == "0.1*(x + 40)"
    assert str(transform(shifted(), lambda node: x if node == V else node)) == "0.1*(x + 40)"


def test_equal_terms_stay_apart() -> None:
    assert subtract(V, V).args == (V, negate(V))
    assert str(divide(V, V)) == "V/V"


LITERALS = ("0.07", "1e-4", "8.31446261815324", "2.5e300", "0.1", "5e-324", "12345678901234567890.0")


@pytest.mark.parametrize("text", LITERALS)
def test_literals_are_doubles_and_known_as_the_decimals_that_were_written(text: str) -> None:
    number = literal(text)
    assert float(number) == float(text)
    assert exact(number) == Fraction(repr(float(text)))


def test_whole_numbers_are_exact() -> None:
    assert literal("310000") == sympy.Integer(310000)
    assert from_exact(Fraction(3)) == sympy.Integer(3)
    assert float(from_exact(Fraction(1, 3))) == 1 / 3


def test_a_literal_takes_its_sign() -> None:
    assert negate(literal("0.1")) == sympy.Float(-0.1)
    assert str(negate(V)) == "-V"


def test_a_conditional_inside_a_condition_is_not_evaluated() -> None:
    inner = choose(shifted(), sympy.Gt(V, 0), S.Zero)
    outer = choose(S.One, apply(sympy.Gt, inner, S.Half), x)
    assert outer.has(sympy.Piecewise)
    assert shifted() in sympy.preorder_traversal(outer)
    renamed = substitute(outer, {V: x})
    assert substitute(shifted(), {V: x}) in sympy.preorder_traversal(renamed)


def test_powers_of_literals_stay() -> None:
    assert str(power(literal("2"), literal("3"))) == "2**3"
