"""Divisions that go: by the reciprocal of something, through names that are used once."""

from __future__ import annotations

import pytest
from sympy import Expr

from iondsl.algebra import add, divide, literal, multiply, negate, reciprocal, symbol
from iondsl.analysis.operations import counted
from iondsl.passes.divisions import without_double_reciprocals
from iondsl.step import Assignment, Routine

a, b, x, tau, dt = map(symbol, ("a", "b", "x", "tau", "dt"))
RATE = divide(dt, tau)


def routine(time_constant: Expr, *outputs: Expr) -> Routine:
    return Routine((), (Assignment(tau, time_constant),), outputs)


@pytest.mark.parametrize(
    ("time_constant", "inverse"),
    [
        (reciprocal(add(a, b)), add(a, b)),
        (divide(literal("4"), add(a, b)), multiply(literal("0.25"), add(a, b))),
        (multiply(reciprocal(a), divide(literal("2"), b)), multiply(literal("0.5"), multiply(a, b))),
        (negate(reciprocal(multiply(literal("5"), a))), multiply(negate(literal("5")), a)),
    ],
)
def test_they_go_with_the_name(time_constant: Expr, inverse: Expr) -> None:
    after = without_double_reciprocals(routine(time_constant, RATE))
    assert after == Routine((), (), (multiply(dt, inverse),))
    assert counted(after.outputs).divisions == 0


@pytest.mark.parametrize(
    "time_constant", [divide(x, add(a, b)), add(reciprocal(a), b), divide(literal("0"), a), a, literal("3")]
)
def test_what_is_no_literal_over_something_stays(time_constant: Expr) -> None:
    before = routine(time_constant, RATE)
    assert without_double_reciprocals(before) == before


def test_a_name_that_is_used_again_stays() -> None:
    before = routine(reciprocal(add(a, b)), RATE, multiply(tau, x))
    assert without_double_reciprocals(before) == before
