"""pint as an oracle. It calculates in floats (its M is 999.9999999999999 mol/m^3), hence the tolerance."""

from __future__ import annotations

import re
from typing import Any

import pytest

from iondsl.units import Unit, read_unit
from iondsl.units.table import names

DIMENSIONS = ("[length]", "[mass]", "[time]", "[current]", "[temperature]", "[substance]", "[luminosity]")

COMPOSED = """
mS/cm^2, S/m^2, uA/cm^2, pA/um^2, A/m^2, uF/cm^2, mV/ms, V/s, 1/ms, 1/s, mM/ms, mM/s, uM/s, 1/mM/ms
1/mM^2/ms, 1/(mM ms), mM cm^2/(uA s), mM cm^2/(uA ms), mM cm^2/uA s, mM*cm^2/(uA*s), L/F/s, C/mmol
C/mol, J/mol/K, J/(mol K), J/mol K, kJ/mol, kcal/mol, kcal/(mol K), um^2/ms, cm^2/s, 10^-5 cm^2/s
cm/s, um/ms, Ohm cm, kOhm cm^2, MOhm um, 1/MOhm, mV nS, mV/MOhm, pA/pF, A/F, mS/uF, nS/pF, mol/L
umol/(cm^2 s), amol/ms, fmol/um^3, mmol/(L min), 1/h, 1/min, mg/mL, N/m^2, kPa mL, mmHg/mL, W/m^2
m^(1/2), mol^0.5/m^(3/2), (mV ms)^2, (mM/ms)^-1, mV^2 ms^-3, 1/mV, K mV/ms, %/ms, cd/m^2, 1000 mV
0.001 V, pS/um^2
"""


@pytest.fixture(scope="module")
def pint_units() -> Any:
    pint = pytest.importorskip("pint")
    return pint.UnitRegistry()


def assert_agrees(unit: Unit, pint_units: Any) -> None:
    quantity = 1 * pint_units.parse_expression(str(unit).replace("Ohm", "ohm"))
    base = quantity.to_base_units()
    assert base.magnitude == pytest.approx(float(unit.scale), rel=1e-12, abs=0)
    exponents = [base.dimensionality.get(name, 0) for name in DIMENSIONS]
    assert exponents == pytest.approx([float(each) for each in unit.dimension], abs=1e-12)


@pytest.mark.parametrize("name", names())
def test_name(name: str, pint_units: Any) -> None:
    assert_agrees(read_unit(name), pint_units)


@pytest.mark.parametrize("text", re.split(", |\n", COMPOSED.strip()))
def test_composed(text: str, pint_units: Any) -> None:
    assert_agrees(read_unit(text), pint_units)
