"""Enclosures hold every value, by sampling in 30 digits, and are tight enough to be of use."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Expr, Piecewise, exp, log, sqrt, tanh

from iondsl.algebra import expm1, exprel, heaviside, log1p, log10, quotient, sigmoid, symbol
from iondsl.analysis.enclosure import enclosed, possible
from iondsl.analysis.intervals import FLOOR, WHOLE, Interval, point, power, times

V, a = symbol("V"), symbol("a")
LIMITS = Interval(-120.0, 60.0)
SAMPLES = 150

# (an expression of V, how much wider than its range its enclosure may be)
CASES: tuple[tuple[Expr, float], ...] = (
    (0.125 * exp(-(V + 65) / 80), 1e-9),
    (4 * exp(-(V + 65) / 18) + 1 / exprel(-(V + 40) / 10), 0.01),
    (1 / (1 + exp(-(V + 35) / 10)), 1e-9),
    (sigmoid((V + 35) / 3), 1e-9),
    (3 * tanh((V + 20) / 15) + 5, 1e-9),
    (1.4 / (1 + exp((-35 - V) / 13)) + 0.25, 1e-9),
    (1102.5 * exp(-((V + 27) ** 2) / 225), 0.01),
    (Piecewise((0, V >= -40), (0.057 * exp(-(V + 80) / 6.8), True)), 1e-9),
    (sympy.Max(expm1(-V / 50), 0.5) + sympy.Min(V, 0) + abs(V + 3), 0.05),
    (sqrt(V + 130) * log(V + 121) + log10(V + 121) + log1p(exp(V)), 0.05),
    (quotient(V + 1, V + 200) + heaviside(V), 0.05),
    (sympy.cosh(V / 30) + sympy.sinh(V / 30) + sympy.atan(V), 0.3),
    (sympy.Pow(V + 121, sympy.Float(-1.5)) + (V + 200) ** 3 + 3 ** ((V - 10) / 10), 0.05),
    (sympy.floor(V) + sympy.ceiling(V / 2) + sympy.sign(V) + sympy.sin(V) + sympy.cos(V), 0.2),
)
SPELLED = {
    expm1: lambda x: exp(x) - 1,
    exprel: lambda x: Piecewise((1, sympy.Eq(x, 0)), ((exp(x) - 1) / x, True)),
    log1p: lambda x: log(1 + x),
    log10: lambda x: log(x) / log(10),
    sigmoid: lambda x: 1 / (1 + exp(-x)),
    heaviside: lambda x: Piecewise((1, x >= 0), (0, True)),
    quotient: lambda x, y: x / y,
}


def values(expression: Expr, limits: Interval) -> list[mpmath.mpf]:
    for own, spelled in SPELLED.items():
        expression = expression.replace(own, spelled)
    with mpmath.workdps(30):
        function = sympy.lambdify(V, expression, "mpmath")
        step = (mpmath.mpf(limits.high) - limits.low) / SAMPLES
        return [mpmath.re(function(limits.low + step * n)) for n in range(SAMPLES + 1)]


@pytest.mark.parametrize(("expression", "excess"), CASES, ids=range(len(CASES)))
def test_every_value_is_inside_and_not_far_from_the_ends(expression: Expr, excess: float) -> None:
    found, sampled = enclosed(expression, (), {V: LIMITS}, V), values(expression, LIMITS)
    assert found.low <= min(sampled)
    assert max(sampled) <= found.high
    width = max(sampled) - min(sampled)
    assert found.high - found.low <= width * (1 + excess) + 1e-9


@given(st.floats(-150, 100), st.floats(0, 40), st.integers(0, len(CASES) - 6))
@settings(max_examples=25, deadline=None)
def test_any_interval_of_v(low: float, width: float, case: int) -> None:
    limits = Interval(low, low + width)
    found = enclosed(CASES[case][0], (), {V: limits}, V)
    sampled = values(CASES[case][0], limits)
    assert found.low <= min(sampled)
    assert max(sampled) <= found.high


def test_definitions_are_followed() -> None:
    definitions = ((a, exp(V / 10)), (symbol("b"), 2 * a))
    found = enclosed(symbol("b") - a, definitions, {V: Interval(0.0, 10.0)}, V)
    assert found.low <= 1
    assert found.high >= 2.718281828


def test_what_is_unknown_or_undefined_is_anything() -> None:
    assert enclosed(V + 1, (), {}) == WHOLE
    assert enclosed(1 / V, (), {V: Interval(-1.0, 1.0)}) == WHOLE
    assert enclosed(log(V), (), {V: Interval(-1.0, 1.0)}) == WHOLE
    assert enclosed(sqrt(V), (), {V: Interval(-1.0, 1.0)}) == WHOLE
    assert enclosed(Piecewise((1, V > 0)), (), {V: Interval(-1.0, 1.0)}) == WHOLE
    assert enclosed(sympy.Function("f")(V), (), {V: Interval(-1.0, 1.0)}) == WHOLE
    assert enclosed(exp(-1 / V), (), {V: Interval(0.0, 1.0)}).low == 0


def test_bounds_stay_outside_where_doubles_end() -> None:
    tiny = enclosed(exp(V), (), {V: Interval(-2000.0, -1000.0)})
    assert tiny.low == 0
    assert tiny.high > 0
    huge = enclosed(exp(V), (), {V: Interval(1000.0, 2000.0)})
    assert huge.low < huge.high == float("inf")
    product = times(Interval(1e-200, 1e-200), Interval(-1e-200, -1e-200))
    assert product.low < 0 <= product.high
    assert times(Interval(0.0, 0.0), WHOLE) == Interval(0.0, 0.0)
    assert power(Interval(-2.0, 3.0), point(2.0)).low == 0
    assert FLOOR < 1e-200


def test_conditions() -> None:
    known = {V: Interval(-10.0, 10.0)}
    both = frozenset((True, False))
    above, below, inside = V > 20, V < 20, V >= 0
    assert possible(above, known) == {False}
    assert possible(below, known) == {True}
    assert possible(inside, known) == both
    assert possible(sympy.And(inside, above), known) == {False}
    assert possible(sympy.Or(inside, below), known) == {True}
    assert possible(sympy.And(inside, below), known) == both
    assert possible(sympy.Not(sympy.Eq(V, 30)), known) == {True}
    assert possible(sympy.Le(V, 10), known) == {True}
