"""Definitions of units, against values by hand and against libcellml."""

from __future__ import annotations

from fractions import Fraction

import libcellml
import pytest

from iondsl.importers.cellml.standard import NAMED_PREFIXES, STANDARD
from iondsl.units import Unit, read_unit
from tests.importers.cellml.building import NAMESPACES, component, model, read_text, variable


def defined(*definitions: str, version: str = "2.0") -> Unit:
    """The units `q`, which the last of the definitions is."""
    text = model("".join(definitions) + component("x q 1"), version)
    unit = read_text(text).variables[0].unit
    assert unit is not None
    return unit.unit


def units(*parts: str, name: str = "q") -> str:
    return f'<units name="{name}">{"".join(f"<unit {part}/>" for part in parts)}</units>'


MOLAR = units('units="mole"', 'units="litre" exponent="-1"', name="molar")
WRITTEN = [
    (['units="volt" prefix="milli"'], "mV"),
    (['units="volt" prefix="-3"'], "mV"),
    (['units="second" prefix="milli" exponent="-1"'], "1/ms"),
    (['units="siemens" prefix="milli"', 'units="metre" prefix="centi" exponent="-2"'], "mS/cm^2"),
    (['units="mV" exponent="-1"', 'units="ms" exponent="-1"'], "1/(mV ms)"),
    (['units="gram" prefix="kilo"'], "kg"),
    (['units="mole" prefix="nano"', 'units="metre" prefix="milli" exponent="-3"'], "mM"),
    (['units="mole" prefix="milli"', 'units="litre" exponent="-1"', 'units="ms" exponent="-1"'], "mM/ms"),
    (['units="joule"', 'units="mole" exponent="-1"', 'units="kelvin" exponent="-1"'], "J/(mol K)"),
    (['units="metre" exponent="0.5"'], "m^(1/2)"),
    (['units="dimensionless"'], "1"),
    (['units="mV"', 'units="mV" exponent="-1"'], "1"),
]


@pytest.mark.parametrize(("parts", "text"), WRITTEN)
def test_units_are_written_as_electrophysiologists_do(parts: list[str], text: str) -> None:
    unit = defined(units(*parts))
    assert unit == read_unit(text)
    assert unit.text == text


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (['units="second" multiplier="60"'], Unit(Fraction(60), read_unit("s").dimension)),
        (['units="metre" prefix="centi" exponent="3" multiplier="1000"'], read_unit("L")),
        (['units="metre" multiplier="0.0254"'], Unit(Fraction("0.0254"), read_unit("m").dimension)),
        (['units="mV" prefix="micro" exponent="2"'], read_unit("nV^2")),
        (['units="henry" prefix="milli"'], read_unit("mV s/A")),
        (['units="second" prefix="mega" exponent="-1" multiplier="5e-1"'], read_unit("0.5/(1000000 s)")),
    ],
)
def test_multipliers_and_prefixes_are_exact(parts: list[str], expected: Unit) -> None:
    assert defined(units(*parts)) == expected


def test_units_made_of_units() -> None:
    millimolar = units('units="molar" prefix="milli"', name="millimolar")
    assert defined(MOLAR, millimolar, units('units="millimolar" exponent="-2"')) == read_unit("1/mM^2")


def test_units_of_a_component_hide_those_of_the_model() -> None:
    inner = f"""<component name="c">{units('units="volt"')}{variable("x", "q", "1")}</component>"""
    outer = component("y q 1", name="d")
    found = read_text(model(units('units="second"') + inner + outer, "1.0"))
    assert [str(each.unit.unit) for each in found.variables if each.unit] == ["V", "s"]


@pytest.mark.parametrize("name", STANDARD)
def test_standard_units_are_those_of_libcellml(name: str) -> None:
    version = "1.0" if name in ("liter", "meter") else "2.0"
    unit = defined(units(f'units="{name}"'), version=version)
    assert float(unit.scale) == pytest.approx(scale(f'units="{name}"', unit, version), rel=1e-15)


@pytest.mark.parametrize("prefix", sorted(set(NAMED_PREFIXES) - {"deka"}))
def test_prefixes_are_those_of_libcellml(prefix: str) -> None:
    part = f'units="metre" prefix="{prefix}" exponent="-2" multiplier="3"'
    unit = defined(units(part))
    assert float(unit.scale) == pytest.approx(scale(part, unit, "2.0"), rel=1e-12)


BASE = ("metre", "kilogram", "second", "ampere", "kelvin", "mole", "candela")


def scale(part: str, unit: Unit, version: str) -> float:
    """How many SI units libcellml takes one unit for; it compares units of the same dimension only."""
    powers = zip(BASE, unit.dimension, strict=True)
    base = "".join(f'<unit units="{name}" exponent="{power}"/>' for name, power in powers)
    text = f'<model xmlns="{NAMESPACES[version]}" name="m">{units(part)}<units name="si">{base}</units></model>'
    found = libcellml.Parser(False).parseModel(text)
    return float(libcellml.Units.scalingFactor(found.units("si"), found.units("q")))


def test_a_unit_of_its_own_is_a_pure_number_with_a_warning() -> None:
    found = read_text(model('<units name="q" base_units="yes"/>' + component("x q 1"), "1.0"))
    assert [str(each.unit.unit) for each in found.variables if each.unit] == ["1"]
    assert [(each.code, each.message) for each in found.warnings] == [
        ("W630", "`q` is a unit of its own, and is read as a pure number")
    ]
