"""Units in the commands of siunitx."""

from __future__ import annotations

import pytest

from iondsl.targets.latex.text import escape
from iondsl.targets.latex.units import measure
from iondsl.units import read_unit
from iondsl.units.table import names


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("uA/cm^2", r"\si{\micro\ampere\per\centi\metre\squared}"),
        ("mM cm^2/(uA ms)", r"\si{\milli\molar\centi\metre\squared\per\micro\ampere\per\milli\second}"),
        ("J/kmol/K", r"\si{\joule\per\kilo\mole\per\kelvin}"),
        ("1/ms", r"\si{\per\milli\second}"),
        ("mS/cm^2*V", r"\si{\milli\siemens\per\centi\metre\squared\volt}"),
        ("(mM ms)^-2", r"\si{\per\milli\molar\squared\per\milli\second\squared}"),
        ("1/(s/(m/A))", r"\si{\per\second\metre\per\ampere}"),
        ("m^(1/2)/s^3", r"\si{\metre\tothe{1/2}\per\second\cubed}"),
        ("10^-3 mM", r"$10^{-3}$\,\si{\milli\molar}"),
        ("24 h", r"$24$\,\si{\hour}"),
        ("kΩ", r"\si{\kilo\ohm}"),
        ("min", r"\si{\minute}"),
        ("%", r"\si{\percent}"),
        ("1", "1"),
    ],
)
def test_units(text: str, printed: str) -> None:
    assert measure(text).tex == printed


@pytest.mark.parametrize("name", names())
def test_every_unit_has_commands(name: str) -> None:
    assert measure(name).tex.startswith(r"\si{")
    assert measure(str(read_unit(f"{name}^2/s"))).commands.endswith(r"\squared\per\second")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("below -40 mV", r"below \ensuremath{-}40 mV"),
        ("part-time", "part-time"),
        ("a  b\tc", "a b c"),
        ("Hodgkin–Huxley", "Hodgkin--Huxley"),
        ("é Ł Å ő", r"\'{e} \L{} \r{A} \H{o}"),
        ("µ λ Δ Ο", r"\ensuremath{\mu} \ensuremath{\lambda} \ensuremath{\Delta} (U+039F)"),
        ("6.3 °C, cm⁻²", r"6.3 \ensuremath{^{\circ}}C, cm\ensuremath{^{-}}\ensuremath{^{2}}"),
        ("日", "(U+65E5)"),
    ],
)
def test_texts(text: str, printed: str) -> None:
    assert escape(text) == printed
