"""The units that can be read: names, exact values, and the prefixes that each name takes.

Values: the SI brochure (9th edition, 2019); cal is the thermochemical calorie, 4.184 J; mmHg the conventional
millimetre of mercury, 133.322387415 Pa. A name takes the prefixes in use and no others, so that the slips
`Mm`, `MM`, `MV` and `MS` are caught. `h` is the hour and `min` the minute, without prefixes; there is neither
hecto nor deca.

Left out on purpose: eV, as it is q_e times V, and q_e a constant of the language; Da, which is measured, not
exact; H, whose `pH` would pass for an acidity; degC, which has an offset (see `OFFSETS`).
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

from iondsl.units.algebra import ONE, Unit

PREFIXES = MappingProxyType(
    {"a": -18, "f": -15, "p": -12, "n": -9, "u": -6, "m": -3, "c": -2, "d": -1, "k": 3, "M": 6, "G": 9}
)

# Scales of temperature with a shifted zero, and what to add for kelvin. They are no units.
OFFSETS = MappingProxyType({"degC": Fraction("273.15")})

# Micro sign and Greek mu, Greek Omega and ohm sign.
_SIGNS = str.maketrans({"\u00b5": "u", "\u03bc": "u", "\u03a9": "Ohm", "\u2126": "Ohm"})


def lookup(name: str) -> Unit | None:
    """Return the unit called `name`, with or without a prefix; None where there is none.

    Whole names win: `min` is never a milli-something, `cd` never a centi-something.
    """
    name = name.translate(_SIGNS)
    if name in UNITS:
        return UNITS[name][0]
    unit, prefixes = UNITS.get(name[1:], (ONE, ""))
    power = PREFIXES.get(name[:1])
    return None if power is None or name[0] not in prefixes else _scaled(unit, Fraction(10) ** power)


def names() -> tuple[str, ...]:
    """Every name that `lookup` knows, in ASCII, plain names first."""
    prefixed = (prefix + name for name, (_, prefixes) in UNITS.items() for prefix in prefixes)
    return (*UNITS, *prefixed)


def _base(position: int) -> Unit:
    return Unit(Fraction(1), tuple(int(each == position) for each in range(7)))


def _scaled(unit: Unit, scale: int | Fraction) -> Unit:
    return Unit(unit.scale * scale, unit.dimension)


def _table() -> dict[str, tuple[Unit, str]]:
    metre, kilogram, second, ampere, kelvin, mole, candela = map(_base, range(7))
    litre = _scaled(metre**3, Fraction(1, 1000))
    coulomb = ampere * second
    newton = kilogram * metre / second**2
    joule = newton * metre
    volt = joule / coulomb
    pascal = newton / metre**2
    small = "afpnum"
    usual = small + "k"
    return {
        "m": (metre, usual + "cd"),
        "g": (_scaled(kilogram, Fraction(1, 1000)), usual),
        "s": (second, usual),
        "A": (ampere, usual),
        "K": (kelvin, usual),
        "mol": (mole, usual),
        "cd": (candela, ""),
        "V": (volt, usual),
        "S": (ampere / volt, usual),
        "F": (coulomb / volt, usual),
        "C": (coulomb, usual),
        "Ohm": (volt / ampere, usual + "MG"),
        "ohm": (volt / ampere, usual + "MG"),
        "M": (mole / litre, small),
        "L": (litre, usual + "cd"),
        "l": (litre, usual + "cd"),
        "N": (newton, usual + "MG"),
        "J": (joule, usual + "MG"),
        "W": (joule / second, usual + "MG"),
        "Pa": (pascal, usual + "MG"),
        "Hz": (ONE / second, usual + "MG"),
        "min": (_scaled(second, 60), ""),
        "h": (_scaled(second, 3600), ""),
        "cal": (_scaled(joule, Fraction("4.184")), "k"),
        "mmHg": (_scaled(pascal, Fraction("133.322387415")), ""),
        "%": (_scaled(ONE, Fraction(1, 100)), ""),
    }


UNITS = MappingProxyType(_table())
