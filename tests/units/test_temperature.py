from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl.units import UnitError, is_offset, kelvin


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("6.3", "degC", "279.45"),
        ("37", " degC ", "310.15"),
        ("-273.15", "degC", "0"),
        ("310", "K", "310"),
        ("310000", "mK", "310"),
    ],
)
def test_kelvin_is_exact(value: str, text: str, expected: str) -> None:
    assert kelvin(Fraction(value), text) == Fraction(expected)


@pytest.mark.parametrize(
    ("text", "message", "start", "end", "cure"),
    [
        ("mV/s", "`mV/s` is no unit of temperature", 0, 4, "use `degC` or `K`"),
        ("1", "`1` is no unit of temperature", 0, 1, "use `degC` or `K`"),
        ("degc", "unknown unit `degc`", 0, 4, "did you mean `degC`?"),
        ("2 degC", "`degC` has an offset and is a unit of temperatures only", 2, 6, "use `K`"),
    ],
)
def test_what_is_no_temperature(text: str, message: str, start: int, end: int, cure: str) -> None:
    with pytest.raises(UnitError) as caught:
        kelvin(Fraction(20), text)
    error = caught.value
    assert (error.message, error.start, error.end, error.cure) == (message, start, end, cure)


def test_is_offset() -> None:
    assert is_offset("degC")
    assert is_offset(" degC ")
    assert not is_offset("K")
    assert not is_offset("1/degC")
