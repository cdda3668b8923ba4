"""Printed expressions, evaluated again: parentheses, signs, divisions and conditions mean what was built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import (
    Abs,
    Add,
    And,
    Derivative,
    Eq,
    Expr,
    Float,
    Function,
    Ge,
    Gt,
    Heaviside,
    Integer,
    Le,
    Lt,
    Max,
    Mul,
    Ne,
    Not,
    Or,
    Piecewise,
    Rational,
    S,
    Symbol,
    ceiling,
    cos,
    exp,
    oo,
    pi,
    true,
)

from iondsl import algebra
from iondsl.targets import _c, numpy
from iondsl.targets._code import Dialect
from iondsl.targets._printer import Printer

A, B, C = map(algebra.symbol, "abc")
NAMES = {A: "v_a", B: "v_b", C: "v_c"}


def power(base: Fraction, exponent: Fraction) -> Fraction:
    return base ** int(exponent)


# The arithmetic of both languages, on fractions.
EXACT: Dialect = replace(
    numpy.DIALECT,
    number="Fraction({!r})".format,
    typed=str,
    select="({1} if {0} else {2})".format,
    functions={"Pow": "power", "Max": "max", "Abs": "abs"},
)


def evaluated(text: str, values: dict[Symbol, Fraction]) -> Any:
    names = {NAMES[symbol]: value for symbol, value in values.items()}
    return eval(text, {"Fraction": Fraction, "power": power}, names)  # noqa: S307 - what is printed is the subject


def exact(node: Any, values: dict[Symbol, Fraction]) -> Any:
    arguments = [exact(argument, values) for argument in node.args]
    match node:
        case Symbol():
            return values[node]
        case Integer() | Float() | Rational():
            return Fraction(float(node))
        case Add():
            return sum(arguments)
        case Mul():
            return prod(arguments)
        case Gt():
            return arguments[0] > arguments[1]
        case Max():
            return max(arguments)
    return exact_rest(node, arguments)


def exact_rest(node: Any, arguments: list[Any]) -> Any:
    match node:
        case Piecewise():
            return next(value for value, holds in arguments if holds)
        case Abs():
            return abs(arguments[0])
        case _ if node == true:
            return True
        case _ if node.is_Pow:
            return power(*arguments)
        case _:
            return tuple(arguments)


LEAVES = st.sampled_from([A, B, C, Integer(1), Integer(-1), Integer(3), Float(0.5), Float(-2.25), Float(-1.0)])


def larger(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    binary = (algebra.add, algebra.subtract, algebra.multiply, algebra.divide)
    exponents = st.sampled_from([-3, -2, -1, 1, 2]).map(Integer)
    return st.one_of(
        st.builds(lambda build, x, y: build(x, y), st.sampled_from(binary), parts, parts),
        st.builds(lambda build, x: build(x), st.sampled_from((algebra.negate, algebra.reciprocal)), parts),
        st.builds(algebra.power, parts, exponents),
        st.builds(algebra.choose, parts, st.builds(unevaluated(Gt), LEAVES, LEAVES), parts),
        st.builds(unevaluated(Max), parts, parts),
        st.builds(unevaluated(Abs), parts),
        st.builds(unevaluated(Add), parts, parts, parts),
        st.builds(unevaluated(Mul), parts, parts, parts),
    )


def unevaluated(kind: Any) -> Callable[..., Any]:
    return lambda *parts: kind(*parts, evaluate=False)


@given(st.recursive(LEAVES, larger, max_leaves=12), st.tuples(*[st.sampled_from([-3, -1, 0.5, 2, 7])] * 3))
def test_the_text_means_what_was_built(tree: Expr, numbers: tuple[float, ...]) -> None:
    values = dict(zip((A, B, C), map(Fraction, numbers), strict=True))
    try:
        expected = exact(tree, values)
    except ZeroDivisionError:
        assume(False)
    assert evaluated(Printer(EXACT, NAMES).text(tree), values) == expected


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (algebra.divide(A, algebra.multiply(B, C)), "v_a/(v_b*v_c)"),
        (algebra.subtract(A, algebra.subtract(B, C)), "v_a - (v_b - v_c)"),
        (algebra.subtract(algebra.subtract(A, B), C), "v_a - v_b - v_c"),
        (algebra.add(A, algebra.add(B, C)), "v_a + (v_b + v_c)"),
        (algebra.negate(algebra.power(A, Integer(2))), "-ion_pow(v_a, R(2.0))"),
        (algebra.negate(algebra.negate(A)), "-(-v_a)"),
        (algebra.divide(algebra.negate(A), B), "-v_a/v_b"),
        (algebra.multiply(A, algebra.negate(B)), "v_a*(-v_b)"),
        (algebra.add(A, algebra.multiply(Float(-2.0), B)), "v_a - R(2.0)*v_b"),
        (algebra.power(A, Integer(-2)), "R(1.0)/ion_pow(v_a, R(2.0))"),
        (algebra.power(A, Rational(1, 2)), "ion_sqrt(v_a)"),
        (algebra.divide(B, algebra.power(A, Rational(1, 2))), "v_b/ion_sqrt(v_a)"),
        (algebra.divide(algebra.add(Integer(1), Integer(1)), Integer(-1)), "(R(1.0) + R(1.0))/(-R(1.0))"),
        (Max(A, B, C, evaluate=False), "ion_max(ion_max(v_a, v_b), v_c)"),
        (algebra.exprel(algebra.negate(A)), "ion_exprel(-v_a)"),
        (Float(0.1), "R(0.1)"),
        (Float(1e-300), "R(1e-300)"),
        (Rational(1, 3), "R(0.3333333333333333)"),
        (pi, "R(3.141592653589793)"),
    ],
)
def test_c(node: Expr, text: str) -> None:
    assert Printer(_c.DIALECT, NAMES).text(node) == text


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (algebra.choose(A, Gt(A, B), B), "np.where(v_a > v_b, v_a, v_b)"),
        # These would be float64 whatever the model's numbers are, and so would all that they meet.
        (algebra.choose(Integer(1), Gt(A, B), Integer(0)), "np.where(v_a > v_b, real(1.0), 0.0)"),
        (algebra.multiply(A, exp(Integer(2), evaluate=False)), "v_a*real(np.exp(2.0))"),
        (Float(0.1), "real(0.1)"),
        # Python refuses what NumPy makes infinite.
        (algebra.multiply(A, algebra.divide(Integer(1), Integer(0))), "v_a*(real(1.0)/0.0)"),
        (algebra.multiply(Float(0.1), A), "0.1*v_a"),
    ],
)
def test_numpy(node: Expr, text: str) -> None:
    assert Printer(numpy.DIALECT, NAMES).text(node) == text


@pytest.mark.parametrize(
    ("condition", "in_c", "in_numpy"),
    [
        (Ge(A, B, evaluate=False), "v_a >= v_b", "v_a >= v_b"),
        (Lt(algebra.add(A, B), C, evaluate=False), "v_a + v_b < v_c", "v_a + v_b < v_c"),
        (Le(A, B, evaluate=False), "v_a <= v_b", "v_a <= v_b"),
        (Eq(A, B, evaluate=False), "v_a == v_b", "v_a == v_b"),
        (Ne(A, B, evaluate=False), "v_a != v_b", "v_a != v_b"),
        (And(Gt(A, B), Gt(B, C), evaluate=False), "((v_a > v_b) & (v_b > v_c))", "((v_a > v_b) & (v_b > v_c))"),
        (Or(Gt(A, B), Gt(B, C), evaluate=False), "((v_a > v_b) | (v_b > v_c))", "((v_a > v_b) | (v_b > v_c))"),
        (Not(Gt(A, B), evaluate=False), "!(v_a > v_b)", "np.logical_not(v_a > v_b)"),
    ],
)
def test_conditions(condition: Any, in_c: str, in_numpy: str) -> None:
    node = algebra.choose(A, condition, B)
    assert Printer(_c.DIALECT, NAMES).text(node) == f"({in_c} ? v_a : v_b)"
    assert Printer(numpy.DIALECT, NAMES).text(node) == f"np.where({in_numpy}, v_a, v_b)"


def test_a_choice_without_else_is_not_a_number_there() -> None:
    node = Piecewise((A, Gt(A, B)), evaluate=False)
    assert Printer(_c.DIALECT, NAMES).text(node) == "(v_a > v_b ? v_a : R(NAN))"


def test_a_choice_inside_a_condition() -> None:
    inner = algebra.choose(A, Gt(A, B), B)
    text = Printer(_c.DIALECT, NAMES).text(algebra.choose(A, Gt(inner, C, evaluate=False), B))
    assert text == "((v_a > v_b ? v_a : v_b) > v_c ? v_a : v_b)"


def test_the_step_of_a_derivative() -> None:
    text = Printer(_c.DIALECT, NAMES).text(Heaviside(A))
    assert text == "(v_a < R(0.0) ? R(0.0) : (v_a == R(0.0) ? R(0.5) : R(1.0)))"


@pytest.mark.parametrize(
    "node",
    [Function("gamma")(A), Derivative(cos(A), A, evaluate=False), oo, S.NaN, S.ImaginaryUnit, ceiling],
)
@pytest.mark.parametrize("dialect", [_c.DIALECT, numpy.DIALECT])
def test_what_has_no_text_is_named(node: Any, dialect: Dialect) -> None:
    with pytest.raises(TypeError, match="no text for"):
        Printer(dialect, NAMES).text(node)
