"""Typed numbers with units, converted exactly."""

from __future__ import annotations

import pytest

from iondsl.errors import UsageError
from iondsl.quantity import value_in


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("100", "mS/cm^2", 100.0),
        ("-65", "mV", -65.0),
        (" 1e-3 ", "mM", 0.001),
        (".5", "", 0.5),
        ("100[mS/cm^2]", "mS/cm^2", 100.0),
        ("0.1 [S/cm^2]", "mS/cm^2", 100.0),
        ("0.3[uM]", "mM", 0.0003),
        ("1[s]", "ms", 1000.0),
        ("50 [%]", "1", 0.5),
        ("20[degC]", "K", 293.15),
        ("20[degC]", "mK", 293150.0),
        ("293.15[K]", "K", 293.15),
        ("1e-999999999[mV]", "mV", 0.0),
    ],
)
def test_value(text: str, unit: str, value: float) -> None:
    assert value_in(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        ("abc", "mV", "`abc` is not a number"),
        ("nan", "mV", "`nan` is not a number"),
        ("1/3", "mV", "`1/3` is not a number"),
        ("", "mV", "a value is missing"),
        ("0,3", "mV", "write a decimal point, `0.3`"),
        ("100mS/cm^2", "mS/cm^2", "a unit stands in brackets, `100[mS/cm^2]`"),
        ("5 mV", "mV", "a unit stands in brackets, `5[mV]`"),
        ("5[mV", "mV", "`5[mV` is not a number"),
        ("5[]", "mV", "empty unit"),
        ("5[mVV]", "mV", "unknown unit `mVV`: did you mean"),
        ("5[ms]", "mV", "it is measured in [mV], and [ms] has another dimension"),
        ("20[degC]", "mV", "it is measured in [mV], and [degC] has another dimension"),
        ("5[mV]", "", "its unit is not known, so that [mV] cannot be converted: give a bare number"),
        ("1e999", "mV", "out of range"),
        ("1e999999999[mV]", "mV", "out of range"),
        ("1e308[kV]", "uV", "out of range"),
    ],
)
def test_refusal(text: str, unit: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        value_in(text, unit)
    assert message in str(refused.value)
