"""Units: every name that Myokit knows, and how brackets are read."""

from __future__ import annotations

import myokit
import pytest

from iondsl.importers.mmt.unit_names import PREFIXES, SYMBOLS, known_names, unit_named
from iondsl.units import Unit, read_unit
from tests.importers.mmt.evaluation import model, read_text

NAMES = sorted(myokit.Unit._units)
BASE = ("m", "kg", "s", "A", "K", "mol", "cd")


def as_myokit(unit: Unit) -> myokit.Unit:
    """Made of exponents of g, m, s, A, K, cd, mol and a power of ten."""
    exponents = dict(zip(BASE, map(float, unit.dimension), strict=True))
    order = [exponents[name] for name in ("kg", "m", "s", "A", "K", "cd", "mol")]
    return myokit.Unit(order, 3 * exponents["kg"]) * float(unit.scale)


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    unit = unit_named(name)
    assert unit is not None
    assert myokit.Unit.close(as_myokit(unit), myokit.parse_unit(name))


def test_prefixes() -> None:
    for symbol in SYMBOLS:
        for prefix in PREFIXES:
            unit = unit_named(prefix + symbol)
            assert unit is not None
            assert myokit.Unit.close(as_myokit(unit), myokit.Unit.parse_simple(prefix + symbol)), prefix + symbol


def test_no_other_names() -> None:
    assert all(unit_named(name) is not None for name in known_names())
    for name in ("kkg", "mmetre", "mhour", "x", "degC", "Metre", "Mole", "Liter", "kdimensionless"):
        assert unit_named(name) is None
        with pytest.raises(KeyError):
            myokit.Unit.parse_simple(name)


@pytest.mark.parametrize(
    ("written", "unit", "text"),
    [
        ("1", "1", "1"),
        ("dimensionless", "1", "1"),
        ("mV", "mV", "mV"),
        ("1/mM/ms", "1/mM/ms", "1/mM/ms"),
        ("uA/cm^2", "uA/cm^2", "uA/cm^2"),
        ("uA/cm^2 (1e-3)", "nA/cm^2", "nA/cm^2"),
        ("nL / um^3", "nL/um^3", "nL / um^3"),
        ("s^-3", "s^-3", "s^-3"),
        ("m^1.5", "m^1.5", "m^1.5"),
        ("V (1/3)", "1/3 V", "V (1/3)"),
        ("g (10^3 * 2 - 1000 + -(4 - 4))", "kg", "kg"),
        ("mR", "mOhm", "10^-9 MOhm"),
        ("minute", "min", "min"),
        ("kilogram*metre/second^2", "N", "kg*m/s^2"),
        ("Volt/hr", "V/h", "V/h"),
        ("miles", "1609.344 m", "1609344000 um"),
        ("1 (1000)", "1000", "1 (1000)"),
    ],
)
def test_brackets(written: str, unit: str, text: str) -> None:
    """The text stays where the language reads it as the same unit; else the unit has one of its own."""
    variable = read_text(model(f"x = 1 in [{written}]")).variables[1]
    assert variable.unit is not None
    assert variable.unit.unit == read_unit(unit)
    assert str(variable.unit.unit) == text
    assert variable.unit.span.text == f"[{written}]"
