"""The units that Myokit knows by name, in units of the language; and its prefixes.

Values: Myokit's documentation of `myokit.units`, which follows the SI, the international yard and pound of 1959, and
for the dalton CODATA 2002.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from iondsl.units import ONE, Unit, read_unit

PREFIXES = {
    "y": -24, "z": -21, "a": -18, "f": -15, "p": -12, "n": -9, "u": -6, "m": -3, "c": -2, "d": -1,
    "h": 2, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "Z": 21, "Y": 24,
}

# Those that take a prefix.
SYMBOLS = {
    "g": "g", "m": "m", "s": "s", "A": "A", "K": "K", "cd": "cd", "mol": "mol",
    "Hz": "Hz", "N": "N", "Pa": "Pa", "J": "J", "W": "W", "C": "C", "V": "V", "F": "F", "Ohm": "Ohm", "R": "Ohm",
    "S": "S", "Wb": "V s", "T": "V s/m^2", "H": "V s/A", "lm": "cd", "lx": "cd/m^2", "Bq": "1/s", "Gy": "J/kg",
    "Sv": "J/kg", "kat": "mol/s", "L": "L", "M": "M", "Da": "1.66053886 10^-27 kg",
}

# Other names of them, which take none; of people also with a capital.
SPELT_OUT = {
    "metre": "m", "meter": "m", "second": "s", "kelvin": "K", "candela": "cd", "mole": "mol", "ampere": "A",
    "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W", "coulomb": "C", "volt": "V",
    "farad": "F", "ohm": "Ohm", "siemens": "S", "weber": "Wb", "tesla": "T", "henry": "H", "lumen": "lm", "lux": "lx",
    "becquerel": "Bq", "gray": "Gy", "sievert": "Sv", "katal": "kat", "liter": "L", "litre": "L", "molar": "M",
    "dalton": "Da",
}
PEOPLE = (
    "ampere", "kelvin", "hertz", "newton", "pascal", "joule", "watt", "coulomb", "volt", "farad", "siemens", "weber",
    "tesla", "henry", "becquerel", "gray", "sievert",
)

# All others.
OTHERS = {
    **dict.fromkeys(("dimensionless", "rad", "radian", "sr", "steradian"), "1"), "kg": "kg", "kilogram": "kg",
    "minute": "min", "hour": "h", "hr": "h", "h": "h", "day": "24 h", "week": "168 h", "wk": "168 h",
    "julian_year": "8766 h", "year": "8766 h", "yr": "8766 h", "dog_year": "8766/7 h", "forthnight": "336 h",
    "parsec": "30.857 10^15 m", "pc": "30.857 10^15 m", "light_year": "9.4605284 10^15 m",
    "ly": "9.4605284 10^15 m", "angstrom": "10^-10 m", "hectare": "10^4 m^2", "cc": "cm^3", "tonne": "1000 kg",
    "bar": "10^5 Pa", "atm": "101325 Pa", "torr": "101325/760 Pa",
    "inches": "2.54 cm", "thou": "0.00254 cm", "feet": "30.48 cm", "yards": "91.44 cm", "chains": "20.1168 m",
    "furlongs": "201.168 m", "miles": "1609.344 m", "leagues": "4828.032 m", "nautical_miles": "1853.184 m",
    "cables": "185.3184 m", "fathoms": "1.853184 m", "rods": "5.0292 m", "links": "0.201168 m", "smoot": "1.7018 m",
    "perches": "25.29285264 m^2", "roods": "1011.7141056 m^2", "acres": "4046.8564224 m^2",
    "gallons": "4.54609 L", "quarts": "1.1365225 L", "pints": "0.56826125 L", "half_pints": "0.284130625 L",
    "gills": "0.1420653125 L", "fluid_ounces": "0.0284130625 L", "floz": "0.0284130625 L",
    "pounds": "453.59237 g", "lb": "453.59237 g", "ounces": "28.349523125 g", "oz": "28.349523125 g",
    "drachms": "1.7718451953125 g", "grains": "0.06479891 g", "stones": "6350.29318 g", "quarters": "12700.58636 g",
    "hundredweights": "50802.34544 g", "imp_tons": "1016046.9088 g",
}


@cache
def unit_named(name: str) -> Unit | None:
    """The unit of a name, with or without a prefix; None where there is none."""
    if name in SYMBOLS:
        return read_unit(SYMBOLS[name])
    if name in OTHERS:
        return read_unit(OTHERS[name])
    if name in SPELT_OUT or (name.lower() in PEOPLE and name.istitle()):
        return unit_named(SPELT_OUT[name.lower()])
    if name[:1] in PREFIXES and name[1:] in SYMBOLS:
        return read_unit(SYMBOLS[name[1:]]) * Unit(Fraction(10) ** PREFIXES[name[0]], ONE.dimension)
    return None


def short(name: str) -> str:
    """The language's name of a unit, if that is one word: `V` of `volt`, `min` of `minute`."""
    symbol = SPELT_OUT.get(name.lower(), name) if unit_named(name) is not None else name
    plain = OTHERS.get(symbol, symbol)
    return plain if plain.isalnum() else name


def known_names() -> tuple[str, ...]:
    """Every name without a prefix, and the symbols with those in use. `MV` is nearer to `mv` than anybody means."""
    prefixed = (prefix + symbol for symbol in SYMBOLS for prefix in "pnumck")
    return (*SYMBOLS, *SPELT_OUT, *OTHERS, *prefixed)
