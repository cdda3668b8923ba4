"""Equations that hold a physical constant: every mismatch of scale is converted, exactly."""

from __future__ import annotations

import pytest

from iondsl import pipeline
from iondsl.errors import errors
from iondsl.formatter import text
from iondsl.source import Source
from tests.elaborate.systems import formula, meaning, units, value
from tests.inference.test_equation import messages

DECLARED = """
membrane:
    state V = -65 [mV]
    V' = 0
param I = 1 [uA/cm^2]
param depth = 1 [um]
param c = 3 [uM]
param tau = 80 [ms]
temperature = 310.15 [K]
"""
# R T/F in mV at 310.15 K, from the CODATA values.
THERMAL = 8.31446261815324 * 310.15 / 96485.3321233100184 * 1000


@pytest.mark.parametrize(
    ("line", "unit", "expected"),
    [
        ("x [mV] = R * T / F", "mV", THERMAL),
        ("x [mV] = R * T / (2 * F) * log(2 [mM] / c)", "mV", THERMAL / 2 * 6.502290170873972),
        ("x = exp(F * V / (R * T))", "1", 0.08785842),
        ("x [mM/ms] = -I / (2 * F * depth)", "mM/ms", -5.18214e-5),
        ("x [uM/ms] = -I / (2 * F * depth) - c / tau", "uM/ms", -5.18214e-2 - 3 / 80),
        ("x [mV] = k_B * T / q_e", "mV", THERMAL),
    ],
)
def test_conversion(line: str, unit: str, expected: float) -> None:
    system = meaning(f"{DECLARED}{line}\n")
    assert units(system)["x"] == unit
    assert value(system, "x") == pytest.approx(expected, rel=2e-6)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x [mV] = R * T / (2 * F) * log(1000 * 2 [mM] / c)", THERMAL / 2 * 6.502290170873972),
        ("x [mV] = R * T / F + 1000 * 0.07 [V]", THERMAL + 70),
        ("x [mV] = 1000 * (R * T / F + 0.07 [V])", THERMAL + 70),
        ("x [mV] = 1000 * abs(-R * T / F)", THERMAL),
        ("x [mV] = 1000 * sqrt((R * T / F)^2)", THERMAL),
        ("x [mV] = 1000 * (R * T / F if c > 0 else 0.07 [V])", THERMAL),
    ],
)
def test_a_conversion_by_hand_is_not_made_twice(line: str, expected: float) -> None:
    """A number that is exactly the conversion is taken for it, where it does not multiply the constant itself."""
    system, findings = pipeline.examine(Source("lines.ion", f"model lines:\n{DECLARED}{line}\n"))
    assert errors(findings) == ()
    assert value(system, "x") == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = floor(R * T / F / 1 [mV])", 26),
        ("x = ceil(R * T / F / 1 [mV])", 27),
        ("x = sqrt(R * T / F / 1 [mV])", THERMAL**0.5),
        ("x = (R * T / F / 1 [mV])^0.5", THERMAL**0.5),
    ],
)
def test_a_pure_number_becomes_one_before_it_is_cut_or_its_root_taken(line: str, expected: float) -> None:
    assert value(meaning(f"{DECLARED}{line}\n"), "x") == pytest.approx(expected, rel=1e-12)


def test_numbers_of_a_law_take_no_unit() -> None:
    """The valence in `ghk_current` does not make up for a permeability of another dimension."""
    line = "x [uA/cm^2] = ghk_current(5e-5 [mM], 2, c, 2 [mM], V)"
    assert [each[:4] for each in messages(line, DECLARED)] == ["E402"]
    assert messages(line.replace("[mM], 2", "[cm/s], 2", 1), DECLARED) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("x [mM/ms] = -I / (2e-4 * F * depth)", "W402"),
        ("x [mV] = 5e-3 * R * T / F", "W402"),
        ("x [mM/ms] = -I / (2 * 96485 * depth)", "W403"),
        ("x [mV] = 8.3145 * T / F", "W403"),
        ("x = 3^((T - 22) / 10 [K])", "W404"),
    ],
)
def test_suspicious_numbers(line: str, code: str) -> None:
    assert [each[:4] for each in messages(line, DECLARED)] == [code]


def test_the_factor_is_shown() -> None:
    system = meaning(f"{DECLARED}x [uM/ms] = -I / (2 * F * depth) - c / tau\n")
    assert text(formula(system, "x").expanded) == "10000 * (-I / (2 * F * depth)) - c / tau"


def test_a_parameter_in_the_place_of_a_constant() -> None:
    lines = f"{DECLARED}param R = 8314 [J/kmol/K]\nparam F = 96500 [C/mol]\nx [V] = R * T / F\n"
    assert value(meaning(lines), "x") == pytest.approx(8.314 * 310.15 / 96500, rel=1e-14)


def test_a_quantity_of_that_name_inside_a_block_is_no_constant() -> None:
    lines = "part muscle:\n    param F = 3 [kPa]\n    x [Pa] = F\n"
    assert messages(lines) == ["E402: `muscle.x` is in [Pa], but its value is in [kPa]"]


@pytest.mark.parametrize("line", ["x [mV] = 1000 * R * T / F", "x [mV] = (R * T) / (1e-3 * F)", "x = 1e4 / (2 * F)"])
def test_a_power_of_ten_beside_a_constant(line: str) -> None:
    (found,) = messages(line, DECLARED)
    assert found.endswith("multiplies a physical constant, and units are converted here anyway")


def test_a_power_of_ten_elsewhere_is_a_number() -> None:
    assert messages("x [1] = 10 + F * V / (R * T)", DECLARED) == []
