"""Ions: valence, concentrations, reversal potentials; the Nernst potential against the law itself."""

from __future__ import annotations

import math

import pytest

from iondsl.formatter import text
from iondsl.system import Kind
from tests.elaborate.systems import formula, of_kind, units, valid, value

IONS = valid("ions")

# CODATA 2018, exact since the SI of 2019.
GAS, FARADAY = 8.31446261815324, 96485.3321233100184
THERMAL = GAS * 300 / FARADAY * 1000  # RT/F in mV at 26.85 degC


def test_records() -> None:
    assert [(ion.name, ion.valence, ion.reversal) for ion in IONS.ions] == [
        *(("Na", 1, "Na.E"), ("K", 1, "K.E"), ("Ca", 2, "Ca.E"), ("Cl", -1, "Cl.E"), ("B", 0, None)),
    ]
    potassium = IONS.ions[1]
    assert [(each.space, each.quantity) for each in potassium.concentrations] == [("i", "K.i"), ("o", "K.o")]
    assert potassium.doc == "derived from concentrations in one unit"


def test_literals_are_parameters_but_not_the_valence() -> None:
    assert of_kind(IONS, Kind.PARAMETER) == [
        *("T", "Na.E", "K.i", "K.o", "Ca.o", "Cl.i", "Cl.o", "B.i", "B.o"),
    ]


@pytest.mark.parametrize(
    ("potential", "expected"),
    [
        ("K.E", THERMAL * math.log(5 / 140)),
        ("Ca.E", THERMAL / 2 * math.log(2000 / 0.1)),
        ("Cl.E", -THERMAL * math.log(120 / 10)),
        ("called", THERMAL * math.log(5 / 140)),
        ("by_name", THERMAL / 2 * math.log(2000 / 0.1)),
        ("mixed", THERMAL * math.log(8 / 140.2)),
    ],
)
def test_nernst(potential: str, expected: float) -> None:
    """In mV, with the factor between uM and mM."""
    assert value(IONS, potential) == pytest.approx(expected, rel=1e-14)
    assert units(IONS)[potential] == "mV"


def test_origin() -> None:
    assert formula(IONS, "K.E").origin == "Nernst potential"
    assert text(formula(IONS, "K.E").written) == "nernst(K)"
    assert formula(IONS, "called").origin == ""


def test_the_author_s_constants() -> None:
    """R in J/kmol/K and F in C/mmol: one is 1000 times, the other a thousandth of the usual number."""
    system = valid("constants")
    expected = 8.314 * 310 / 96500 * math.log(5.4 / 145) * 1000
    assert value(system, "K.E") == pytest.approx(expected, rel=1e-14)
