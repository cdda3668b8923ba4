"""Arguments that are linear in a state."""

from __future__ import annotations

import pytest
from sympy import Expr, Float, S, exp

from iondsl.algebra import add, multiply, negate, symbol
from iondsl.targets._lines import Line, line

X, K = symbol("x"), symbol("k")
A, B = Float(0.5), Float(3.0)


@pytest.mark.parametrize(("expression", "slope", "offset"), [
    (X, S.One, S.Zero),
    (multiply(A, X), A, S.Zero),
    (add(multiply(A, X), B), A, B),
    (add(multiply(A, X), multiply(A, K)), A, multiply(A, K)),
    (add(K, multiply(A, X)), A, K),
    (negate(add(multiply(A, X), B)), negate(A), negate(B)),
    (negate(multiply(A, X)), negate(A), S.Zero),
    (multiply(K, add(X, B)), K, multiply(K, B)),
    (add(add(X, B), K), S.One, add(B, K)),
])
def test_slope_and_offset(expression: Expr, slope: Expr, offset: Expr) -> None:
    assert line(expression, X) == Line(slope, offset)


@pytest.mark.parametrize("expression", [exp(X), multiply(X, X), add(X, X), K, add(multiply(A, X), exp(X))])
def test_what_is_none(expression: Expr) -> None:
    assert line(expression, X) is None
