"""Units as far as they follow from what is declared, and `in` and `as`."""

from __future__ import annotations

import pytest

from iondsl.formatter import text
from iondsl.units import read_unit
from tests.elaborate.systems import formula, meaning, named, units, valid, value

DECLARED = """
membrane:
    state V = -65 [mV]
    V' = 0
param g = 2 [mS/cm^2]
param c = 3 [mM]
param n = 4
"""


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
        ("V^n", ""),
        ("n^V", "1"),
        ("sqrt(V^2)", "mV"),
        ("exp(V / 25 [mV])", "1"),
        ("abs(V)", "mV"),
        ("max(V, 0)", "mV"),
        ("min(V, c)", ""),
        ("V if n > 3 else 0", "mV"),
        ("V if n > 3 else c", ""),
        ("V + c", ""),
        ("V in [V]", "V"),
        ("V as [mM]", "mM"),
        ("V'", "mV/ms"),
        ("t", "ms"),
        ("3", "1"),
        ("3 * n", "1"),
        ("log(c / 1 [mM])", "1"),
    ],
)
def test_unit_of_an_expression(expression: str, unit: str) -> None:
    found = named(meaning(f"{DECLARED}x = {expression}\n"), "x").unit
    assert found == (read_unit(unit) if unit else None)


def test_a_chain_of_definitions() -> None:
    """Worked out without recursion."""
    chain = "".join(f"x{k} = x{k - 1} + 1\n" for k in range(1, 2000))
    system = meaning(f"param x0 = 1 [mV]\n{chain}")
    assert units(system)["x1999"] == "mV"


def test_stated_left_of_the_equals_sign() -> None:
    assert units(meaning(f"{DECLARED}x [uA] = V * n\n"))["x"] == "uA"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("in_volt", -0.065),
        ("and_back", -65),
        ("bound_loosely", -0.06),
        ("labelled", -65),
        ("relabelled", -65000),
        ("compared", 1),
        ("area", 6.25e-6),
        ("sum", 5e-5),
    ],
)
def test_conversions(name: str, expected: float) -> None:
    assert value(valid("conversions"), name) == pytest.approx(expected, rel=1e-15)


def test_what_readers_see_keeps_the_conversion() -> None:
    assert text(formula(valid("conversions"), "and_back").written) == "(V in [V]) in [mV]"
