"""Which exponentials are products of others."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from random import Random

import mpmath
import pytest

from iondsl.analysis.bases import MAX_POWER
from iondsl.analysis.combinations import Product, chosen

# Slopes of the rates of Luo and Rudy 1991 that are multiples of 1/1000.
LUO_RUDY = "-0.1 0.079 0.35 0.311 -0.01 -0.072 -0.017 0.05 -0.008 0.15 -0.02 -0.2 0.083 0.057 -0.06 -0.04"


def slopes(texts: str) -> dict[Fraction, int]:
    return {Fraction(text): 1 for text in texts.split()}


def bases(products: dict[Fraction, Product]) -> set[Fraction]:
    return {basis for product in products.values() for basis in product}


def check(products: dict[Fraction, Product]) -> None:
    """Every product is its slope, and has no more factors than a power may have."""
    for slope, product in products.items():
        assert sum(exponent * basis for basis, exponent in product.items()) == slope
        assert sum(map(abs, product.values())) <= MAX_POWER
        assert all((exponent > 0) == (basis * slope > 0) for basis, exponent in product.items())


def test_a_sum_of_two_slopes_needs_no_exponential_of_its_own() -> None:
    found = chosen(slopes("-0.017 -0.04 -0.057"))
    check(found)
    assert len(found) == 3
    assert len(bases(found)) == 2


def test_sixteen_slopes_of_luo_and_rudy_take_five_exponentials() -> None:
    found = chosen(slopes(LUO_RUDY))
    check(found)
    assert len(found) == 16
    assert len(bases(found)) == 5


@pytest.mark.parametrize("texts", ["0.1", "0.07 0.1", "1/6.8 1/11.1", "1 2.51 4.013"])
def test_what_shares_nothing_is_missing(texts: str) -> None:
    values = [Fraction(1) / Fraction(each[2:]) if each.startswith("1/") else Fraction(each) for each in texts.split()]
    assert chosen(dict.fromkeys(values, 1)) == {}


def test_a_slope_that_occurs_twice_is_its_own_basis() -> None:
    assert chosen({Fraction(1, 7): 2}) == {Fraction(1, 7): {Fraction(1, 7): 1}}


def test_random_slopes() -> None:
    """Products are exact in numbers, too."""
    random = Random(7)
    for _ in range(30):
        texts = {f"{random.choice('+-')}0.{random.randint(1, 399):03d}" for _ in range(random.randint(2, 14))}
        found = chosen({Fraction(text): random.randint(1, 2) for text in texts})
        check(found)
        with mpmath.workdps(30):
            for slope, product in found.items():
                value = prod(mpmath.exp(mpmath.mpf(basis.numerator) / basis.denominator * 37) ** exponent
                             for basis, exponent in product.items())
                assert abs(value / mpmath.exp(mpmath.mpf(slope.numerator) / slope.denominator * 37) - 1) < 1e-25
