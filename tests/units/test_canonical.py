from __future__ import annotations

from fractions import Fraction

import pytest

from iondsl.units import ONE, read_unit
from iondsl.units.canonical import HABITUAL

ROWS = [(dimension, text, power) for dimension, texts in HABITUAL.items() for text, power in texts.items()]


@pytest.mark.parametrize(("dimension", "text", "power"), ROWS)
def test_every_habitual_text_is_the_unit_it_stands_for(
    dimension: tuple[Fraction | int, ...], text: str, power: int
) -> None:
    unit = read_unit(text)
    assert (unit.scale, unit.dimension) == (Fraction(10) ** power, dimension)
    assert str(unit * ONE) == text


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("A/m^2/100", "uA/cm^2"),
        ("V/s", "mV/ms"),
        ("kHz", "1/ms"),
        ("mol/L/s", "mM/ms"),
        ("A/F", "mV/ms"),
        ("mol/m^3/ms", "mM/ms"),
        ("mol/(L*ms)", "10^3 mM/ms"),
        ("min", "60000 ms"),
        ("1/h", "1/3600000/ms"),
        ("dm^2", "10^10 um^2"),
        ("mV/V", "10^-3"),
        ("%", "10^-2"),
        ("10", "10"),
        ("kcal/mol", "523/125 kJ/mol"),
        ("m^3 mol/s^2", "m^3 mol/s^2"),
        ("mm cd/K", "10^-3 m cd/K"),
        ("1/K", "1/K"),
        ("1/(K cd)", "1/(K cd)"),
        ("mol^(1/2)/m^0.5", "mol^(1/2)/m^(1/2)"),
        ("J^2", "m^4 kg^2/s^4"),
    ],
)
def test_canonical_text(written: str, canonical: str) -> None:
    computed = read_unit(written) * ONE
    assert str(computed) == canonical
    assert read_unit(canonical) == computed
