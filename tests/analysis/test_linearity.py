"""Slopes found on the structure, against SymPy's derivative; and what is not linear is never called so."""

from __future__ import annotations

import pytest
import sympy
from sympy import Expr, Symbol, exp, symbols

from iondsl.algebra import add, apply, choose, divide, exprel, multiply, power, subtract, symbol
from iondsl.analysis.linearity import UNKNOWN, Slopes

x, a, b, c = (symbol(name) for name in "xabc")
inner = symbol("inner")


def slopes(definitions: dict[Symbol, Expr] | None = None) -> Slopes:
    return Slopes(x, definitions or {}, {})


LINEAR = (
    multiply(a, subtract(b, x)),
    divide(subtract(a, x), b),
    subtract(multiply(a, subtract(sympy.Integer(1), x)), multiply(b, x)),
    multiply(c, subtract(multiply(a, subtract(sympy.Integer(1), x)), multiply(b, x))),
    add(a, multiply(apply(exp, b), x)),
    multiply(multiply(a, power(b, sympy.Integer(4))), subtract(x, c)),
)

NOT_LINEAR = (
    multiply(x, x),
    power(x, sympy.Integer(2)),
    divide(a, x),
    apply(exp, x),
    multiply(a, multiply(subtract(x, b), subtract(x, c))),
    choose(x, sympy.Gt(x, a), b),
)


@pytest.mark.parametrize("expression", LINEAR, ids=str)
def test_linear(expression: Expr) -> None:
    slope = slopes().of(expression)
    assert slope.exact
    assert slope.value is not None
    assert sympy.simplify(slope.value - sympy.diff(expression, x)) == 0


@pytest.mark.parametrize("expression", NOT_LINEAR, ids=str)
def test_not_linear(expression: Expr) -> None:
    assert not slopes().of(expression).exact


def test_a_removable_quotient_has_no_slope_of_its_own() -> None:
    """x/(exp(x/a) - 1), infinite at 0 as a factor of x, is held, beside another linear factor, too."""
    quotient = divide(x, subtract(apply(exp, divide(x, a)), sympy.Integer(1)))
    found = Slopes(x, {}, {}, frozenset((a, b)))
    assert found.of(multiply(c, quotient)) == UNKNOWN
    slope = found.of(multiply(quotient, subtract(x, b)))
    assert slope.value is not None
    assert not slope.exact
    assert slope.value.subs({x: 0, a: 3}).doit() == 3 / exprel(sympy.Integer(0))


def test_a_quotient_that_stays_infinite_is_left() -> None:
    """x/(x - a)^2 vanishes above at 0 and below at a."""
    slope = slopes().of(divide(x, power(subtract(x, a), sympy.Integer(2))))
    assert slope.value is not None
    assert not slope.exact


def test_free_of_the_variable() -> None:
    slope = slopes().of(multiply(a, apply(exp, b)))
    assert slope.exact
    assert slope.value is None


def test_through_definitions() -> None:
    found = slopes({inner: multiply(a, subtract(x, b))})
    assert sympy.simplify(found.of(multiply(inner, c)).value - a * c) == 0
    assert not found.of(multiply(inner, x)).exact
    assert not found.of(apply(exp, inner)).exact


def test_a_nonlinear_factor_is_held() -> None:
    """g m(V) (V - E): the slope is g m(V), and the answer says that it is not exact."""
    conductance = multiply(a, apply(exp, x))
    slope = slopes().of(multiply(conductance, subtract(x, b)))
    assert not slope.exact
    assert slope.value == conductance


def test_a_hidden_dependence_is_seen() -> None:
    """A name whose definition uses x makes a product of it and x nonlinear."""
    definitions = {symbol("u"): apply(exp, symbol("w")), symbol("w"): x}
    assert not slopes(definitions).of(multiply(symbol("u"), x)).exact
    assert symbols("x") != x  # symbols are real: another x is another symbol
