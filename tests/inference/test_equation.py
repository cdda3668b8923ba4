"""What an equation measures: from declared units, through every operation, to the unit of its left side."""

from __future__ import annotations

import pytest

from iondsl import pipeline
from iondsl.source import Source
from iondsl.units import read_unit
from tests.elaborate.systems import meaning, named, units

DECLARED = """
membrane:
    state V = -65 [mV]
    V' = 0
param g = 2 [mS/cm^2]
param c = 3 [mM]
param n = 4
param tau = 5 [s]
"""


def messages(line: str, lines: str = DECLARED) -> list[str]:
    """The code and message of all that is found in a model with one more line, which need not read all the others."""
    _, findings = pipeline.examine(Source("lines.ion", f"model lines:\n{lines}{line}\n"))
    return [f"{finding.code}: {finding.message}" for finding in findings if finding.code != "W202"]


@pytest.mark.parametrize(
    ("expression", "unit"),
    [
        ("g * V", "mS mV/cm^2"),
        ("V + 3", "mV"),
        ("3 - V", "mV"),
        ("V + V * n", "mV"),
        ("V / V", "1"),
        ("1 / V", "1/mV"),
        ("-V", "mV"),
        ("V^2", "mV^2"),
        ("V^-1", "1/mV"),
        ("n^(V / 1 [mV])", "1"),
        ("sqrt(V^2)", "mV"),
        ("exp(V / 25 [mV])", "1"),
        ("abs(V)", "mV"),
        ("max(V, 0)", "mV"),
        ("V if n > 3 else 0", "mV"),
        ("V in [V]", "V"),
        ("V as [mM]", "mM"),
        ("V'", "mV/ms"),
        ("t", "ms"),
        ("3", "1"),
        ("3 * n", "1"),
        ("log(c / 1 [mM])", "1"),
        ("sign(V) * c", "mM"),
        ("k_B * N_A / R", "1"),
    ],
)
def test_unit_of_an_expression(expression: str, unit: str) -> None:
    assert named(meaning(f"{DECLARED}x = {expression}\n"), "x").unit == read_unit(unit)


def test_a_chain_of_definitions() -> None:
    """Worked out without recursion."""
    chain = "".join(f"x{k} = x{k - 1} + 1\n" for k in range(1, 2000))
    assert units(meaning(f"param x0 = 1 [mV]\n{chain}"))["x1999"] == "mV"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x = V + c", "E402: this is in [mM], but the rest of the sum is in [mV]"),
        ("x = V + V + c + V", "E402: this is in [mM], but the rest of the sum is in [mV]"),
        ("x [mM] = V + c", "E402: this is in [mV], but the rest of the sum is in [mM]"),
        ("x = exp(V)", "E402: the argument of `exp` is in [mV]; it must be a pure number"),
        ("x = V^n", "E402: only a literal exponent lets the base carry a unit, and this is in [mV]"),
        ("x = n^V", "E402: an exponent must be a pure number, and this is in [mV]"),
        ("x = V if n > 3 else c", "E402: this is in [mM], but the other branch is in [mV]"),
        ("x = 1 if V > c else 0", "E402: this is in [mM], but the other side is in [mV]"),
        ("x = min(V, c)", "E402: this is in [mM], but the other arguments of `min` are in [mV]"),
        ("x [V] = V", "E402: `x` is in [V], but its value is in [mV]"),
        ("x [mV] = V / tau", "E402: `x` is in [mV], but its value is in [mV/s]"),
        ("x [nA] = 3 * c * 1 [pA/mM]", "E402: `x` is in [nA], but its value is in [pA]"),
        ("x = 10 + 3 * n", "E403: nothing says what this sum is measured in"),
        ("x = 10 * exp(V) + 3 * n", "E402: the argument of `exp` is in [mV]; it must be a pure number"),
        ("x = c + 1 [uM]", "E402: this is in [uM], but the rest of the sum is in [mM]"),
        ("x [mM] = 2 * c + 3 * (c as [uM])", "E402: this is in [uM], but the rest of the sum is in [mM]"),
    ],
)
def test_what_is_refused(line: str, message: str) -> None:
    assert messages(line) == [message]


@pytest.mark.parametrize(
    "line",
    [
        "x [V] = V / 1000",
        "x [uM] = 1000 * c",
        "x [uM] = 10 * c * 100",
        "x [1] = 10 + 3 * n",
        "x [mV] = 3",
        "share [%] = 100 * 0.25",
        "x [mV] = 0 * n",
        "x = V + 0 + 10",
        "x = 1 / (1 + exp(-(V + 40) / 9))",
        "x = c^2 / (c^2 + 0.5^2)",
    ],
)
def test_what_is_accepted(line: str) -> None:
    assert [each for each in messages(line) if each.startswith("E")] == []


def test_a_literal_that_takes_a_unit_is_a_warning() -> None:
    assert messages("x = 0.1 * V + c / 1 [mM]") == ["W401: `0.1` is read as a number of [1/mV]"]
    assert messages("x [1] = 0.1 * V + c / 1 [mM]") == []


def test_one_wrong_equation_says_nothing_about_those_that_use_it() -> None:
    assert len(messages("x = V + c\ny = x + 1 [ms]\nz = exp(x)")) == 1


def test_every_misfit_of_an_equation_is_reported() -> None:
    found = messages("x = exp(V) * (V + c) / (n + tau)")
    assert len(found) == 3
