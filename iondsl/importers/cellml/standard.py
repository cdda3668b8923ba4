"""The units that CellML knows without a definition, its prefixes, and the texts that the language has for them."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from iondsl.immutable import frozen
from iondsl.units import ONE, Unit, UnitError, read_unit
from iondsl.units.table import PREFIXES

# CellML 1.0, section 5.2; 2.0 leaves out celsius, liter and meter.
STANDARD = MappingProxyType({
    "ampere": "A", "becquerel": "1/s", "candela": "cd", "coulomb": "C", "dimensionless": "1", "farad": "F",
    "gram": "g", "gray": "J/kg", "henry": "V s/A", "hertz": "Hz", "joule": "J", "katal": "mol/s", "kelvin": "K",
    "kilogram": "kg", "liter": "L", "litre": "L", "lumen": "cd", "lux": "cd/m^2", "meter": "m", "metre": "m",
    "mole": "mol", "newton": "N", "ohm": "Ohm", "pascal": "Pa", "radian": "1", "second": "s", "siemens": "S",
    "sievert": "J/kg", "steradian": "1", "tesla": "V s/m^2", "volt": "V", "watt": "W", "weber": "V s",
})
CELSIUS = "celsius"

NAMED_PREFIXES = MappingProxyType({
    "yotta": 24, "zetta": 21, "exa": 18, "peta": 15, "tera": 12, "giga": 9, "mega": 6, "kilo": 3, "hecto": 2,
    "deca": 1, "deka": 1, "deci": -1, "centi": -2, "milli": -3, "micro": -6, "nano": -9, "pico": -12, "femto": -15,
    "atto": -18, "zepto": -21, "yocto": -24,
})
LETTERS = MappingProxyType({power: letter for letter, power in PREFIXES.items()})

MOLAR = ("M", "mM", "uM", "nM", "pM")

# Names with their exponents: `mS/mm^2` is (("mS", 1), ("mm", -2)).
Factors = tuple[tuple[str, Fraction], ...]


@frozen
class Reading:
    """A unit, and a text for it in factors if there is one."""

    unit: Unit
    factors: Factors | None


@cache
def standard(name: str) -> Reading:
    text = STANDARD[name]
    if text == "1":
        return Reading(ONE, ())
    return Reading(read_unit(text), ((text, Fraction(1)),) if re.fullmatch("[A-Za-z]+", text) else None)


def prefixed(reading: Reading, power: int) -> Reading:
    """A multiple of a unit, with the prefix in its name if the language knows it so."""
    if power == 0:
        return reading
    unit = reading.unit * Unit(Fraction(10) ** power, ONE.dimension)
    if reading.factors is None or len(reading.factors) != 1 or reading.factors[0][1] != 1:
        return Reading(unit, None)
    name = reading.factors[0][0]
    if name == "kg":
        name, power = "g", power + 3
    text = LETTERS.get(power, "?") + name if power else name
    return Reading(unit, ((text, Fraction(1)),) if is_unit(text, unit) else None)


def is_unit(text: str, unit: Unit) -> bool:
    try:
        return read_unit(text) == unit
    except UnitError:
        return False


@cache
def written(reading: Reading) -> Unit:
    """The unit with its text."""
    if reading.factors is None:
        return Unit(reading.unit.scale, reading.unit.dimension)
    text = text_of(molar(reading.factors))
    return Unit(reading.unit.scale, reading.unit.dimension, text if is_unit(text, reading.unit) else "")


def molar(factors: Factors) -> Factors:
    """With mM in the place of mmol/L, of umol/cm^3 and of all other amounts in a volume."""
    for name, exponent in factors if len(factors) > 1 else ():
        for other, power in factors if name.endswith("mol") else ():
            if (other.endswith("L") and power == -exponent) or (other.endswith("m") and power == -3 * exponent):
                size = read_unit(name) / (read_unit(other) if other.endswith("L") else read_unit(other) ** 3)
                found = next((each for each in MOLAR if is_unit(each, size)), None)
                if found is not None:
                    rest = tuple(each for each in factors if each[0] not in (name, other))
                    return ((found, exponent), *rest)
    return factors


def text_of(factors: Factors) -> str:
    """`uA/mm^2`, `1/(mV ms)`."""
    above = " ".join(power(name, exponent) for name, exponent in factors if exponent > 0)
    below = [power(name, -exponent) for name, exponent in factors if exponent < 0]
    if not below:
        return above or "1"
    return f"{above or 1}/" + (below[0] if len(below) == 1 else f"({' '.join(below)})")


def power(name: str, exponent: Fraction) -> str:
    if exponent == 1:
        return name
    return f"{name}^{exponent}" if exponent.denominator == 1 else f"{name}^({exponent})"
