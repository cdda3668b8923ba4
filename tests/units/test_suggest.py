from __future__ import annotations

import pytest

from iondsl.units import read_unit
from iondsl.units.suggest import SPELLED_OUT, cure_for
from iondsl.units.table import OFFSETS


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("mv", "mV"), ("MV", "mV"), ("Ma", "mA"), ("MM", "mM"), ("MS", "mS"), ("Ms", "ms"), ("khz", "kHz"),
        ("k", "K"), ("Mol", "mol"), ("OHM", "Ohm"), ("degc", "degC"),
        ("cm2", "cm^2"), ("cm\u00b2", "cm^2"), ("\u00b5m3", "\u00b5m^3"), ("mM10", "mM^10"),
        ("msec", "ms"), ("Siemens", "S"), ("\u00b0C", "degC"), ("micron", "um"),
        ("mmhgs", "mmHg"), ("mohms", "mohm"),
    ],
)
def test_likely_name(name: str, likely: str) -> None:
    assert cure_for(name) == f"did you mean `{likely}`?"


def test_every_spelled_out_name_leads_to_a_unit() -> None:
    for symbol in {*SPELLED_OUT.values()} - OFFSETS.keys():
        assert read_unit(symbol).text == symbol


@pytest.mark.parametrize("name", ["furlong", "x2", "eV\u2083"])
def test_without_a_likely_name_the_units_are_listed(name: str) -> None:
    cure = cure_for(name)
    assert cure.startswith("units are m, g, s, A, K, mol, cd, V, S, F, C, Ohm, ")
    assert cure.endswith(", %, most with SI prefixes")
