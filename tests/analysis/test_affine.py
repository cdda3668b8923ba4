"""Arguments of exponentials as exact sums: names looked through, monomials of parameters compared."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Expr, Integer, S, log

from iondsl.algebra import add, apply, divide, literal, multiply, negate, power, subtract, symbol
from iondsl.analysis.affine import ONE, Reader, written

V, F, R, T, k, u, c = map(symbol, ("V", "F", "R", "T", "k", "u", "c"))
DEFINITIONS = {u: add(V, literal("20")), c: apply(log, V)}
READER = Reader(frozenset((F, R, T, k)), DEFINITIONS)
FARADAY = ((F, 1), (R, -1), (T, -1))


@pytest.mark.parametrize(
    ("expression", "terms"),
    [
        (divide(negate(add(V, literal("65"))), literal("80")), {(V, ()): Fraction(-1, 80), ONE: Fraction(-13, 16)}),
        (multiply(literal("0.1"), add(u, literal("0.5"))), {(V, ()): Fraction(1, 10), ONE: Fraction(41, 20)}),
        (divide(subtract(V, k), literal("5")), {(V, ()): Fraction(1, 5), (S.One, ((k, 1),)): Fraction(-1, 5)}),
        (divide(multiply(V, F), multiply(R, T)), {(V, FARADAY): Fraction(1)}),
        (multiply(Integer(2), multiply(divide(F, R), divide(V, T))), {(V, FARADAY): Fraction(2)}),
        (add(c, V), {(c, ()): Fraction(1), (V, ()): Fraction(1)}),
        (subtract(V, V), {ONE: Fraction(0)}),
        (power(V, Integer(2)), {(power(V, Integer(2)), ()): Fraction(1)}),
    ],
)
def test_read(expression: Expr, terms: dict[object, Fraction]) -> None:
    assert READER.read(expression) == terms


def test_a_sum_of_fixed_things_before_what_varies_is_one_factor() -> None:
    assert READER.read(multiply(add(R, T), V)) == {(V, ((add(R, T), 1),)): Fraction(1)}


def test_products_of_what_varies_are_left() -> None:
    product = multiply(V, add(V, k))
    assert READER.read(product) == {(product, ()): Fraction(1)}


def test_written_again() -> None:
    assert str(written(READER.read(divide(add(V, literal("65")), literal("20"))))) == "0.05*V + 3.25"


@pytest.mark.parametrize(
    "huge",
    [power(Integer(2), Integer(10**11)), multiply(literal("1e80"), literal("1e80")), literal("1e-200")],
    ids=["power", "product", "tiny"],
)
def test_a_coefficient_that_is_no_moderate_number_is_one_thing(huge: Expr) -> None:
    """Working it out would take all memory, or more than a double holds."""
    assert READER.read(huge) == {(S.One, ((huge, 1),)): Fraction(1)}
