"""Common subexpressions: what occurs twice, in one equation or in two, is computed once."""

from __future__ import annotations

import pytest
from sympy import Expr, exp

from iondsl.algebra import add, divide, literal, multiply, negate, symbol
from iondsl.analysis.operations import counted
from iondsl.passes.repeated import shared
from iondsl.step import Assignment, Routine

V, a, b, tau, other, x, y = map(symbol, ("V", "a", "b", "tau", "other", "x", "y"))


def decay(gate: Expr, time_constant: Expr) -> Expr:
    return multiply(gate, exp(negate(divide(V, time_constant)), evaluate=False))


def test_what_occurs_in_two_equations() -> None:
    square = multiply(V, V)
    after = shared(Routine((), (Assignment(a, add(square, literal("1"))),), (add(a, square), multiply(square, a))))
    assert counted((*(each.value for each in after.body), *after.outputs)).multiplications == 2


@pytest.mark.parametrize("part", ["body", "hoisted"])
def test_what_is_computed_from_two_names_of_one_value(part: str) -> None:
    """As of two gates with the same time constant: one exponential, and one division."""
    names = (Assignment(tau, add(a, b)), Assignment(other, add(a, b)))
    outputs = (decay(x, tau), decay(y, other))
    after = shared(Routine((), names, outputs) if part == "body" else Routine(names, (), outputs))
    assert [each.target for each in after.assignments].count(other) == 0
    operations = counted((*(each.value for each in after.assignments), *after.outputs))
    assert (operations.exponentials, operations.divisions, operations.additions) == (1, 1, 1)


def test_outputs_that_are_one_value() -> None:
    after = shared(Routine((), (Assignment(a, multiply(V, V)), Assignment(b, multiply(V, V))), (a, b)))
    assert after == Routine((), (Assignment(a, multiply(V, V)),), (a, a))
