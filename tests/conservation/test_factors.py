"""Coefficients that are a number, whatever stands in them, are found to be this number."""

from __future__ import annotations

from fractions import Fraction

from iondsl.conservation.factors import as_number, settled
from iondsl.conservation.powers import power
from iondsl.conservation.sums import Sum, name, number

CA, K_1, K_2, B_1, B_2, FLOW, OTHER = map(name, ("Ca", "K_1", "K_2", "B_1", "B_2", "flow", "other"))


def over(base: Sum, exponent: int) -> Sum:
    return power(base, Fraction(-exponent))


def kappa(total: Sum, half: Sum) -> Sum:
    return total * half * over(half + CA, 2)


def bound(total: Sum, half: Sum) -> Sum:
    """The derivative of total Ca/(half + Ca), as the chain rule gives it."""
    return total * over(half + CA, 1) - total * CA * over(half + CA, 2)


BETA = over(number(1) + kappa(B_1, K_1) + kappa(B_2, K_2), 1)


def test_two_buffers() -> None:
    whole = BETA + bound(B_1, K_1) * BETA + bound(B_2, K_2) * BETA
    assert as_number(whole) == 1
    assert as_number(whole * number(Fraction(-2, 3))) == Fraction(-2, 3)
    assert settled(FLOW * whole + OTHER * BETA).terms == (FLOW + OTHER * BETA).terms


def test_what_is_left_out_is_noticed() -> None:
    assert as_number(BETA + bound(B_1, K_1) * BETA) is None
    assert as_number(BETA) is None
    assert as_number(number(3)) is None
