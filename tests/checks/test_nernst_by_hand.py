"""W405: R T/(z F) as digits before a logarithm, at temperatures of cells; other logarithms."""

from __future__ import annotations

import math

import pytest

from tests.checks.lints import places, warnings

LINES = """
{temperature}
space far:
    "a bath"
ion K:
    z = +1
    i = 140 [mM]
    o = 5 [mM]
ion Ca:
    z = +2
    state i = 1e-4 [mM]
    i' = (1e-4 [mM] - i) / 5 [ms]
    o = 2 [mM]
    far = 1 [mM]
param slope = 58 [mV]
param inside = 140 [mM]
param outside = 5 [mM]
param K_d = 2e-3 [mM]
ratio = K.o / K.i
E [mV] = {value}
"""


def lines(value: str, temperature: str = "temperature = 20 [degC]") -> str:
    return LINES.format(value=value, temperature=temperature)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("58 * log10(K.o / K.i)", ""),
        ("-61.5 [mV] * log10(K.i / K.o)", ""),
        ("0.058 [V] * log10(K.o / K.i) in [mV]", "0.058 [V] * log10(K.o / K.i)"),
        ("26.7 * log(K.o / K.i)", ""),
        ("slope * log10(ratio)", ""),
        ("58 * log10(outside / inside)", ""),
        ("58 / 2 * log10(Ca.o / Ca.i)", ""),
        ("58 / 2 * log10(2 [mM] / Ca.i)", ""),
        ("12.6 * log(4 / Ca.i)", ""),
        ("29 * log10(Ca.far / Ca.i)", ""),
        ("3 * (58 * log10(K.o / K.i) + 10)", "58 * log10(K.o / K.i)"),
        ("58 * log10((K.o + 0.03 * Ca.o) / (K.i + 0.03 * Ca.i))", ""),
        ("58 * log(K.o / K.i)", ""),  # the digits of another base
    ],
)
def test_found(value: str, place: str) -> None:
    assert places("W405", lines(value)) == [place or value]


@pytest.mark.parametrize(
    "value",
    [
        "nernst(K)",
        "R * T / F * log(K.o / K.i)",
        "40 * log10(K.o / K.i)",
        "58 * log10(Ca.o / Ca.i)",  # half of it would be calcium's
        "29 * log10(K.o / K.i)",
        "25 * log(Ca.i / 1 [mM])",  # the shift of an activation, as in a BK channel
        "25 * log(Ca.i / 0.001 [mM])",
        "25 * log(Ca.i / K_d)",
        "25 * log(1 + Ca.i / Ca.o)",
        "58 * log10(slope / 1 [mV])",
        "58 * K.o / K.i * log10(K.o / K.i)",
        "58 / log10(K.i / K.o)",
        "-60 * log(K.i / K.o) / log(10)",  # to the base 10
        "60 * (log(K.o / K.i) / log(10))",
    ],
)
def test_silent(value: str) -> None:
    assert places("W405", lines(value)) == []


@pytest.mark.parametrize("degrees", [4.5, 20, 37, 39.5])
@pytest.mark.parametrize(("function", "base"), [("log", 1.0), ("log10", math.log(10))])
def test_the_temperature_that_is_implied(degrees: float, function: str, base: float) -> None:
    slope = 8.314462618 * (degrees + 273.15) / 96485.33212 * 1000 * base
    (found,) = warnings("W405", lines(f"{slope:.6f} * {function}(K.o / K.i)"))
    assert found.message.endswith(f"fixes the temperature at {degrees:.3g} degC")


@pytest.mark.parametrize("degrees", [-20, 60])
def test_no_cell_lives_there(degrees: float) -> None:
    slope = 8.314462618 * (degrees + 273.15) / 96485.33212 * 1000
    assert places("W405", lines(f"{slope:.6f} * log(K.o / K.i)")) == []


@pytest.mark.parametrize(
    ("value", "temperature", "cure"),
    [
        ("58 * log10(K.o / K.i)", "temperature = 20 [degC]", "write `nernst(K)`, which follows the temperature"),
        ("29 * log10(Ca.o / Ca.i)", "temperature = 20 [degC]", "write `nernst(Ca)`, which follows the temperature"),
        ("12.6 * log(4 / Ca.i)", "temperature = 20 [degC]", "write `nernst(z, i, o)`, which follows the temperature"),
        (
            "58 * log10((K.o + 0.03 * Ca.o) / (K.i + 0.03 * Ca.i))",
            "temperature = 20 [degC]",
            "write `ghk_voltage(...)`, which follows the temperature",
        ),
        (
            "58 * log10(K.o / K.i)",
            "",
            "write `nernst(K)`, and the temperature on a line of its own: `temperature = ... [degC]`",
        ),
    ],
)
def test_the_cure(value: str, temperature: str, cure: str) -> None:
    (found,) = warnings("W405", lines(value, temperature))
    assert found.cure == cure


def test_the_wrong_logarithm() -> None:
    (found,) = warnings("W405", lines("58 * log(K.o / K.i)"))
    expected = "58 mV belongs to `log10` of a ratio of concentrations, and `log` is the natural logarithm"
    assert found.message == expected
