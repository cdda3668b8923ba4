"""Every element of MathML that CellML has: what it computes, against Python's own functions."""

from __future__ import annotations

import math

import pytest

from iondsl.syntax import Binary, Name, Number, Prime, Unary
from tests.importers.cellml.building import apply, by_path, ci, cn, component, diff, equal, model, read_text
from tests.importers.cellml.evaluating import Evaluation

X, Y = 0.7, -2.3


def value(expression: str) -> float:
    """What `z` is where `x` is 0.7 and `y` is -2.3."""
    variables = f"x dimensionless {X}\ny dimensionless {Y}\nz dimensionless"
    found = read_text(model(component(variables, equal(ci("z"), expression))))
    return float(Evaluation(found).value(("c", "z")))


UNARY = {
    "minus": lambda x: -x, "plus": lambda x: x, "times": lambda x: x, "min": lambda x: x, "max": lambda x: x,
    "exp": math.exp, "ln": math.log, "log": math.log10, "abs": abs, "floor": math.floor, "ceiling": math.ceil,
    "root": math.sqrt, "sin": math.sin, "cos": math.cos, "tan": math.tan, "arcsin": math.asin, "arccos": math.acos,
    "arctan": math.atan, "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "arcsinh": math.asinh,
    "arctanh": math.atanh, "sec": lambda x: 1 / math.cos(x), "csc": lambda x: 1 / math.sin(x),
    "cot": lambda x: 1 / math.tan(x), "sech": lambda x: 1 / math.cosh(x), "csch": lambda x: 1 / math.sinh(x),
    "coth": lambda x: 1 / math.tanh(x), "arccot": lambda x: math.atan(1 / x), "arcsech": lambda x: math.acosh(1 / x),
    "arccsch": lambda x: math.asinh(1 / x),
}
# Those that are defined only where |x| > 1, at 1/x.
BEYOND = {
    "arccosh": lambda x: math.acosh(1 / x), "arccoth": math.atanh, "arcsec": math.acos, "arccsc": math.asin,
}
BINARY = {
    "minus": X - Y, "plus": X + Y, "times": X * Y, "divide": X / Y, "min": min(X, Y), "max": max(X, Y),
    "rem": math.fmod(X, Y),
}
CONDITIONS = {
    apply("lt", ci("y"), ci("x")): 1, apply("leq", ci("x"), ci("y")): 0, apply("gt", ci("x"), ci("y")): 1,
    apply("geq", ci("x"), ci("x")): 1, apply("eq", ci("x"), ci("y")): 0, apply("neq", ci("x"), ci("y")): 1,
    apply("lt", ci("y"), ci("x"), cn("1")): 1, apply("lt", ci("y"), ci("x"), cn("0.5")): 0,
    apply("and", "<true/>", apply("lt", ci("y"), ci("x"))): 1, apply("or", "<false/>", "<false/>", "<true/>"): 1,
    apply("and", "<true/>", "<false/>"): 0, apply("not", "<false/>"): 1, apply("xor", "<true/>", "<false/>"): 1,
    apply("xor", "<true/>", "<true/>"): 0, apply("xor", "<true/>", "<true/>", "<true/>"): 1,
    apply("and", ci("x"), cn("1")): 1, apply("or", cn("0"), cn("0")): 0, apply("not", ci("x")): 0,
}
CONSTANTS = {
    "<pi/>": math.pi, "<exponentiale/>": math.e, cn(" -1.5E-3 "): -1.5e-3, cn(".5"): 0.5, cn("+3."): 3.0,
    '<cn type="e-notation">1.2<sep/>-3</cn>': 1.2e-3, '<cn type="e-notation">-2<sep/>+2</cn>': -200.0,
    '<cn type="rational">3<sep/>8</cn>': 0.375, '<cn type="integer">12</cn>': 12.0,
    "<apply><plus/></apply>": 0.0, "<apply><times/></apply>": 1.0, apply("plus", cn("1"), cn("2"), cn("4")): 7.0,
    "<semantics><cn>3</cn><annotation>three</annotation></semantics>": 3.0,
    apply("root", "<degree><cn>3</cn></degree>", cn("8")): 2.0,
    apply("root", "<degree><cn>2</cn></degree>", cn("9")): 3.0,
    apply("log", "<logbase><cn>2</cn></logbase>", cn("8")): 3.0,
    apply("log", "<logbase><cn>10</cn></logbase>", cn("1000")): 3.0,
    apply("power", cn("2"), cn("-3")): 0.125,
}


@pytest.mark.parametrize("name", UNARY)
def test_functions_of_one_number(name: str) -> None:
    assert value(apply(name, ci("x"))) == pytest.approx(UNARY[name](X), rel=1e-14)


@pytest.mark.parametrize("name", BEYOND)
def test_inverse_functions_beyond_one(name: str) -> None:
    assert value(apply(name, apply("divide", cn("1"), ci("x")))) == pytest.approx(BEYOND[name](X), rel=1e-14)


@pytest.mark.parametrize(("name", "expected"), BINARY.items())
def test_operators(name: str, expected: float) -> None:
    assert value(apply(name, ci("x"), ci("y"))) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("left", "right"), [(7, 3), (-7, 3), (7, -3), (-7, -3), (6, 3), (-6, 3)])
def test_remainders_have_the_sign_of_what_is_divided(left: int, right: int) -> None:
    assert value(apply("rem", cn(str(left)), cn(str(right)))) == math.fmod(left, right)


@pytest.mark.parametrize(("condition", "expected"), CONDITIONS.items())
def test_conditions_as_numbers_and_in_pieces(condition: str, expected: int) -> None:
    assert value(condition) == expected
    piece = f"<piecewise><piece>{cn('5')}{condition}</piece><otherwise>{cn('6')}</otherwise></piecewise>"
    assert value(piece) == (5 if expected else 6)


@pytest.mark.parametrize(("expression", "expected"), CONSTANTS.items())
def test_numbers(expression: str, expected: float) -> None:
    assert value(expression) == pytest.approx(expected, rel=1e-15)


def test_the_first_piece_whose_condition_holds() -> None:
    pieces = "".join(f"<piece>{cn(number)}{apply('lt', ci('x'), cn(limit))}</piece>" for number, limit in PIECES)
    assert value(f"<piecewise>{pieces}<otherwise>{cn('9')}</otherwise></piecewise>") == 2


PIECES = (("1", "0.5"), ("2", "1"), ("3", "2"))


def test_small_and_negative_arguments_keep_their_digits() -> None:
    assert value(apply("arctanh", cn("1e-12"))) == pytest.approx(1e-12, rel=1e-13)
    assert value(apply("arcsinh", cn("-5e7"))) == pytest.approx(math.asinh(-5e7), rel=1e-14)


def test_structure_digits_units_and_places_are_those_of_the_file() -> None:
    text = model(component("t ms\nx mV 1\nz mV", equal(diff("x"), cn("0")), equal(ci("z"), EXPRESSION)))
    found = by_path(read_text(text))[("c", "z")].value
    assert isinstance(found, Binary)
    outer, inner = found, found.left
    assert isinstance(inner, Binary)
    number = inner.left
    assert isinstance(number, Number)
    assert (number.text, str(number.unit.unit) if number.unit else "") == ("0.0700", "mV")
    assert number.span.text == cn("0.0700", "mV")
    assert isinstance(inner.right, Unary)
    assert inner.right.operand == Name(("c", "x"), inner.right.operand.span)
    assert isinstance(outer.right, Prime)
    assert outer.right.span.text == diff("x")


EXPRESSION = apply("plus", apply("times", cn("0.0700", "mV"), apply("minus", ci("x"))), diff("x"))
