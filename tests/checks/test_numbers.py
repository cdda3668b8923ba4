"""Quantities in numbers, without SymPy: against Python's own arithmetic."""

from __future__ import annotations

import math

import pytest

from iondsl.checks.numbers import values
from iondsl.pipeline import resolve
from iondsl.source import Source


def worked_out(right: str, lines: str = "", **given: float) -> float | None:
    system = resolve(Source("numbers.ion", f"model numbers:\nstate x = 3\nx' = 0\n{lines}\ny [1] = {right}\n"))
    return values(system, ["y"], given).get("y")


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ("2^3^2 - 5 / 4", 512 - 1.25),
        ("-x + exp(x) * sqrt(2)", -3 + math.exp(3) * math.sqrt(2)),
        ("x if x > 2 and not x > 4 else 7", 3),
        ("x if x > 2 and x > 4 or x == 5 else 7", 7),
        ("sigmoid(x) + heaviside(x - 3) + sign(-x)", 1 / (1 + math.exp(-3)) + 1 - 1),
        ("exprel(0) + exprel(1e-9) + expm1(1)", 2 + 0.5e-9 + math.e - 1),
        ("min(x, 2, 5) + max(1, x) + floor(2.5) + ceil(2.5) + abs(-x)", 2 + 3 + 2 + 3 + 3),
        ("log10(100) + log1p(0) + cos(pi)", 2 + 0 - 1),
    ],
)
def test_values(right: str, expected: float) -> None:
    assert worked_out(right) == pytest.approx(expected, rel=1e-14)


def test_through_definitions_and_with_other_values() -> None:
    lines = "param a = 2 * b\nparam b = 5\nz = a * x"
    assert worked_out("z + 1", lines) == 31
    assert worked_out("z + 1", lines, x=4.0) == 41


@pytest.mark.parametrize("right", ["1 / (x - 3)", "log(-x)", "exp(1000 * x)", "x' * 1 [ms]", "2 * u"])
def test_what_cannot_be_known(right: str) -> None:
    assert worked_out(right, "input u") is None


def test_long_chains() -> None:
    chain = "\n".join(["c0 = x", *(f"c{n} = c{n - 1} + 1" for n in range(1, 3000))])
    assert worked_out("c2999", chain) == 3002
