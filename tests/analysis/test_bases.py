"""Which exponentials are computed, and that all the others are powers of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl.analysis.bases import MAX_POWER, chosen, multiplications


def slopes(*texts: str) -> dict[Fraction, int]:
    return {Fraction(text): 1 for text in texts}


def test_hodgkin_huxley() -> None:
    """The six slopes of the rates of 1952: exp(-V/80) and what is a power of it; exp(-V/18) stands alone."""
    found = chosen({Fraction(-1, 10): 3, **slopes("-1/80", "-1/20", "-1/18")})
    assert found == dict.fromkeys(slopes("-1/80", "-1/20", "-1/10"), Fraction(-1, 80))


def test_one_slope_with_several_offsets_is_its_own_basis() -> None:
    assert chosen({Fraction(1, 7): 2}) == {Fraction(1, 7): Fraction(1, 7)}


def test_a_common_divisor_that_is_no_slope_itself() -> None:
    assert set(chosen(slopes("0.06", "0.1")).values()) == {Fraction(1, 50)}


def test_opposite_signs_share_a_basis() -> None:
    assert chosen(slopes("0.1", "-0.1")) == {Fraction("0.1"): Fraction("0.1"), Fraction("-0.1"): Fraction("0.1")}


@pytest.mark.parametrize("alone", [slopes("0.1"), slopes("0.07", "0.1"), slopes("1", "10")])
def test_what_shares_nothing_is_left(alone: dict[Fraction, int]) -> None:
    """Of 7 and 10 the greatest common divisor would be 1: the tenth power is too inaccurate."""
    assert chosen(alone) == {}


def test_no_power_is_too_large() -> None:
    found = chosen(slopes("1", "2", "3", "5", "7", "8", "11", "-13", "-16", "21"))
    for slope, basis in found.items():
        assert (slope / basis).denominator == 1
        assert abs(slope / basis) <= MAX_POWER


@pytest.mark.parametrize(
    ("exponents", "count"), [([1], 0), ([2], 1), ([3], 2), ([8], 3), ([4, 8], 3), ([7], 4), ([2, 3], 2)]
)
def test_products_that_powers_need(exponents: list[int], count: int) -> None:
    assert multiplications(exponents) == count
