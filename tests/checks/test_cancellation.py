"""W407: roots of quadratic equations that lose their digits, and that the cures are the same roots with all of them."""

from __future__ import annotations

import operator

import mpmath
import pytest

from iondsl.evaluation import evaluated
from iondsl.parser import parse
from iondsl.source import Source
from iondsl.syntax import Binary, Call, Definition, Expression, Name, Number, Unary
from tests.checks.lints import places, warnings

GIVEN = {"b": 1e6, "c": 3e-5, "a": 2.0, "k": 1e5, "m": 4e-4}
LINES = "param b = 1e6\nparam c = 3e-5\nparam a = 2\nparam k = 1e5\nparam m = 4e-4\n"
OPERATORS = dict(zip("+-*/^", (operator.add, operator.sub, operator.mul, operator.truediv, operator.pow), strict=True))

# Each with its cure.
UNSTABLE = {
    "(sqrt(b^2 + 4 * c) - b) / 2": "2 * c / (b + sqrt(b^2 + 4 * c))",
    "(-b + sqrt(b * b + 4 * c)) / 2": "2 * c / (b + sqrt(b * b + 4 * c))",
    "(-b + sqrt(b^2 - 4 * a * c)) / (2 * a)": "-2 * c / (b + sqrt(b^2 - 4 * a * c))",
    "(b - sqrt(b^2 - 4 * a * c)) / 2 / a": "2 * c / (b + sqrt(b^2 - 4 * a * c))",
    "0.5 * (sqrt(b^2 + 4 * c) - b)": "2 * c / (b + sqrt(b^2 + 4 * c))",
    "sqrt((b / 2)^2 + c) - b / 2": "c / (b / 2 + sqrt((b / 2)^2 + c))",
    "sqrt(b^2 / 4 + c) - 0.5 * b": "c / (0.5 * b + sqrt(b^2 / 4 + c))",
    "-b / 2 + 0.5 * (b^2 + c)^0.5": "c / (4 * (b / 2 + 0.5 * (b^2 + c)^0.5))",
    "b * (sqrt(1 + 4 * c / b) - 1)": "4 * c / (1 + sqrt(1 + 4 * c / b))",
    "1 - sqrt(1 - m)": "m / (1 + sqrt(1 - m))",
    "(b + k - m - sqrt((b + k - m)^2 - 4 * b * m)) / 2": "2 * b * m / (b + k - m + sqrt((b + k - m)^2 - 4 * b * m))",
    "(sqrt((b + k)^2 + c + m) - k - b) / 2": "(c + m) / (2 * (k + b + sqrt((b + k)^2 + c + m)))",
    "(sqrt(b^2 + 4 * m^2) - b) / (2 * m)": "2 * m / (b + sqrt(b^2 + 4 * m^2))",
}


def expression(text: str) -> Expression:
    program, findings = parse(Source("x.ion", f"model x:\nx = {text}\n"))
    assert findings == ()
    (line,) = [each for each in program.body if isinstance(each, Definition)]
    assert line.value is not None
    return line.value


def exact(text: str) -> float:
    with mpmath.workdps(60):
        return float(in_many_digits(expression(text)))


def in_many_digits(node: Expression) -> mpmath.mpf:
    match node:
        case Number():
            return mpmath.mpf(node.text)
        case Name():
            return mpmath.mpf(GIVEN[node.text])
        case Unary():
            return -in_many_digits(node.operand)
        case Call():
            return mpmath.sqrt(in_many_digits(node.arguments[0]))
        case Binary():
            return OPERATORS[node.operator](in_many_digits(node.left), in_many_digits(node.right))
    raise TypeError(node)


@pytest.mark.parametrize("written", UNSTABLE)
def test_found_with_a_cure_that_keeps_the_digits(written: str) -> None:
    (found,) = warnings("W407", f"{LINES}x [1] = {written}\n")
    assert found.span is not None
    assert found.span.text == written
    assert found.cure == f"write this, which is the same: {UNSTABLE[written]}"
    stable = evaluated(expression(UNSTABLE[written]), GIVEN.__getitem__)
    assert stable == pytest.approx(exact(written), rel=1e-14)
    assert abs(evaluated(expression(written), GIVEN.__getitem__) / stable - 1) > 2e-14


@pytest.mark.parametrize("written", UNSTABLE)
def test_the_cure_is_silent(written: str) -> None:
    assert places("W407", f"{LINES}x [1] = {UNSTABLE[written]}\n") == []


MORE = """
ion Ca:
    z = +2
    i = {Ca} [mM]
param B = 0.1 [mM]
param K = 1e-3 [mM]
param width = 2 [mV]
input V [mV] = -65 [mV]
bound = B + K - Ca.i
disc = bound^2 + 4 * K * Ca.i
root = sqrt(disc)
function positive_root(p, q) = (sqrt(p^2 + 4 * q) - p) / 2
x = {value}
"""
FREE = "(-(B + K - Ca.i) + sqrt((B + K - Ca.i)^2 + 4 * K * Ca.i)) / 2"


def cures(value: str, Ca: str = "1e-4") -> list[str]:
    return [found.cure for found in warnings("W407", MORE.format(value=value, Ca=Ca))]


def with_functions(value: str, Ca: str = "1e-4") -> list[str]:
    """The cures but that of the function, which has its own in any case."""
    return [cure for cure in cures(value, Ca) if "p + " not in cure]


def test_in_a_function_it_is_told_there() -> None:
    assert cures("positive_root(B, 1 [mM^2])") == ["write this, which is the same: 2 * q / (p + sqrt(p^2 + 4 * q))"]


def test_through_derived_quantities() -> None:
    by_root = ["write this, which is the same: 2 * K * Ca.i / (bound + root)"]
    assert with_functions("(root - bound) / 2") == by_root
    assert with_functions("(sqrt(disc) - bound) / 2") == [by_root[0].replace("root", "sqrt(disc)")]


def test_names_are_those_of_the_author() -> None:
    lines = "part buffer:\n    param b = 3\n    param c = 1\n    x = (sqrt(b^2 + 4 * c) - b) / 2\n"
    (found,) = warnings("W407", lines)
    assert found.cure == "write this, which is the same: 2 * c / (b + sqrt(b^2 + 4 * c))"


def test_the_start_decides_on_the_sign() -> None:
    assert len(with_functions(FREE)) == 1
    assert with_functions(FREE, Ca="1") == []  # more calcium than buffer
    turned = FREE.replace("(-(B + K - Ca.i)", "((Ca.i - B - K)").replace("(B + K - Ca.i)^2", "(Ca.i - B - K)^2")
    assert len(with_functions(turned)) == 1
    assert with_functions(turned, Ca="1") == []


@pytest.mark.parametrize(
    "value",
    [
        "(bound + root) / 2",
        "sqrt(bound^2) - bound",
        "sqrt(bound^2 + 4 * K * Ca.i) - Ca.i",
        "sqrt(2 * bound^2 + 4 * K * Ca.i) - bound",
        "(V + sqrt(V^2 + width^2)) / 2",  # a smooth form of max(V, 0), for both signs
        "(V + 60 [mV] + sqrt((V + 60 [mV])^2 + width^2)) / 2",
        "sqrt(bound * K + Ca.i^2) - sqrt(bound * K)",
    ],
)
def test_silent(value: str) -> None:
    assert with_functions(value) == []


def test_a_cure_that_is_too_long_to_print() -> None:
    sum_of_many = " + ".join(["b"] * 80)
    (found,) = warnings("W407", f"{LINES}x = sqrt(({sum_of_many})^2 + c) - ({sum_of_many})\n")
    assert found.cure.startswith("multiply and divide it")


def test_numbers_that_no_double_can_hold() -> None:
    (found,) = warnings("W407", f"{LINES}x = 1e300 * 1e300 * (sqrt(b^2 + c) - b) / 1e-300\n")
    assert found.cure.endswith(": 1.000000000e+900 * c / (b + sqrt(b^2 + c))")
