"""Products with what is fixed in front."""

from __future__ import annotations

import pytest
from sympy import Expr, exp

from iondsl.algebra import MINUS_ONE, add, apply, divide, literal, multiply, negate, subtract, symbol
from iondsl.passes.products import in_front
from iondsl.step import Assignment, Routine

a, b, V, dt, phi, F, R, T, g = map(symbol, ("a", "b", "V", "dt", "phi", "F", "R", "T", "g"))
SUM, HALF = add(a, b), literal("0.5")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (
            apply(exp, multiply(dt, multiply(phi, subtract(negate(a), b)))),
            apply(exp, multiply(multiply(multiply(dt, phi), MINUS_ONE), SUM)),
        ),
        (divide(multiply(V, F), multiply(R, T)), multiply(divide(F, multiply(R, T)), V)),
        (multiply(g, multiply(a, b)), multiply(g, multiply(a, b))),
        (multiply(literal("2"), multiply(a, b)), multiply(literal("2"), multiply(a, b))),
        (subtract(negate(a), multiply(HALF, b)), negate(add(a, multiply(HALF, b)))),
        (subtract(a, b), subtract(a, b)),
        (multiply(F, multiply(R, T)), multiply(F, multiply(R, T))),
    ],
)
def test_in_front(written: Expr, found: Expr) -> None:
    fixed = frozenset((dt, phi, F, R, T, g))
    assert in_front(Routine((), (), (written,)), fixed).outputs == (found,)


def test_what_is_computed_from_fixed_things_is_fixed() -> None:
    body = (Assignment(phi, add(F, R)), Assignment(b, multiply(phi, multiply(a, T))))
    after = in_front(Routine((), body, (b,)), frozenset((F, R, T)))
    assert after.body[1].value == multiply(multiply(phi, T), a)


def test_a_product_that_is_used_once_is_one_with_the_product_around_it() -> None:
    body = (Assignment(b, divide(add(a, V), F)),)
    step = add(V, multiply(dt, b))
    after = in_front(Routine((), body, (step,)), frozenset((dt, F)))
    assert after == Routine((), (), (add(V, multiply(divide(dt, F), add(a, V))),))
    twice = in_front(Routine((), body, (step, b)), frozenset((dt, F)))
    assert twice.body == body
    plain = (Assignment(b, multiply(a, V)),)
    assert in_front(Routine((), plain, (step,)), frozenset((dt, F))).body == plain
