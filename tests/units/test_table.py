from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl.units import ONE, Unit, read_unit
from iondsl.units.table import PREFIXES, UNITS, lookup, names

LENGTH, MASS, TIME, CURRENT, TEMPERATURE, AMOUNT, LUMINOSITY = (
    tuple(int(each == position) for each in range(7)) for position in range(7)
)
VOLTAGE = (2, 1, -3, -1, 0, 0, 0)
CONDUCTANCE = (-2, -1, 3, 2, 0, 0, 0)
CAPACITANCE = (-2, -1, 4, 2, 0, 0, 0)
RESISTANCE = (2, 1, -3, -2, 0, 0, 0)
CHARGE = (0, 0, 1, 1, 0, 0, 0)
CONCENTRATION = (-3, 0, 0, 0, 0, 1, 0)
VOLUME = (3, 0, 0, 0, 0, 0, 0)
ENERGY = (2, 1, -2, 0, 0, 0, 0)
PRESSURE = (-1, 1, -2, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("name", "scale", "dimension"),
    [
        ("m", "1", LENGTH), ("cm", "1e-2", LENGTH), ("dm", "1e-1", LENGTH), ("um", "1e-6", LENGTH),
        ("km", "1e3", LENGTH), ("kg", "1", MASS), ("g", "1e-3", MASS), ("ug", "1e-9", MASS),
        ("s", "1", TIME), ("ms", "1e-3", TIME), ("min", "60", TIME), ("h", "3600", TIME),
        ("A", "1", CURRENT), ("uA", "1e-6", CURRENT), ("pA", "1e-12", CURRENT),
        ("K", "1", TEMPERATURE), ("mol", "1", AMOUNT), ("amol", "1e-18", AMOUNT), ("cd", "1", LUMINOSITY),
        ("V", "1", VOLTAGE), ("mV", "1e-3", VOLTAGE),
        ("S", "1", CONDUCTANCE), ("mS", "1e-3", CONDUCTANCE), ("nS", "1e-9", CONDUCTANCE),
        ("pS", "1e-12", CONDUCTANCE), ("F", "1", CAPACITANCE), ("pF", "1e-12", CAPACITANCE),
        ("Ohm", "1", RESISTANCE), ("ohm", "1", RESISTANCE), ("MOhm", "1e6", RESISTANCE),
        ("Gohm", "1e9", RESISTANCE), ("C", "1", CHARGE), ("fC", "1e-15", CHARGE),
        ("M", "1e3", CONCENTRATION), ("mM", "1", CONCENTRATION), ("uM", "1e-3", CONCENTRATION),
        ("L", "1e-3", VOLUME), ("l", "1e-3", VOLUME), ("fL", "1e-18", VOLUME),
        ("J", "1", ENERGY), ("kJ", "1e3", ENERGY), ("kcal", "4184", ENERGY),
        ("N", "1", (1, 1, -2, 0, 0, 0, 0)), ("W", "1", (2, 1, -3, 0, 0, 0, 0)),
        ("Pa", "1", PRESSURE), ("kPa", "1e3", PRESSURE), ("mmHg", "133.322387415", PRESSURE),
        ("Hz", "1", (0, 0, -1, 0, 0, 0, 0)), ("%", "1e-2", ONE.dimension),
    ],
)
def test_value(name: str, scale: str, dimension: tuple[int, ...]) -> None:
    assert lookup(name) == Unit(Fraction(scale), tuple(map(Fraction, dimension)))


@pytest.mark.parametrize(
    ("sign", "ascii_name"),
    [("\u00b5m", "um"), ("\u03bcm", "um"), ("\u00b5S", "uS"), ("M\u03a9", "MOhm"), ("k\u2126", "kOhm")],
)
def test_signs_stand_for_letters(sign: str, ascii_name: str) -> None:
    assert lookup(sign) == lookup(ascii_name) is not None


@pytest.mark.parametrize("name", ["", "u", "\u00b5", "Mm", "MM", "MV", "MS", "cs", "kmin", "hPa", "mcd"])
def test_no_unit(name: str) -> None:
    assert lookup(name) is None


@pytest.mark.parametrize("name", ["H", "pH", "eV", "Da", "degC"])
def test_left_out(name: str) -> None:
    assert lookup(name) is None


def test_no_name_has_two_meanings() -> None:
    """A whole name that could also be read as prefix and name would hide one of the two."""
    assert len(set(names())) == len(names())


def test_every_name_is_read() -> None:
    for name in names():
        assert read_unit(name) == lookup(name)


def test_prefixes_are_known() -> None:
    assert {prefix for _, prefixes in UNITS.values() for prefix in prefixes} == set(PREFIXES)
