"""The text of a computed unit: in the units that electrophysiologists use, as far as there is one."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

BASE_NAMES = ("m", "kg", "s", "A", "K", "mol", "cd")

# Per dimension (length, mass, time, current, temperature, amount, luminosity) the habitual texts, each with
# its scale as a power of ten. Any other scale is written in front of the first text of its dimension.
HABITUAL: dict[tuple[Fraction | int, ...], dict[str, int]] = {
    (0, 0, 0, 0, 0, 0, 0): {"1": 0},
    (0, 0, 1, 0, 0, 0, 0): {"ms": -3, "s": 0, "us": -6},
    (0, 0, -1, 0, 0, 0, 0): {"1/ms": 3, "1/s": 0},
    (2, 1, -3, -1, 0, 0, 0): {"mV": -3, "V": 0, "uV": -6},
    (-2, -1, 3, 1, 0, 0, 0): {"1/mV": 3, "1/V": 0},
    (4, 2, -6, -2, 0, 0, 0): {"mV^2": -6, "V^2": 0},
    (2, 1, -4, -1, 0, 0, 0): {"mV/ms": 0, "mV/s": -3},
    (-2, -1, 2, 1, 0, 0, 0): {"1/(mV ms)": 6, "1/(mV s)": 3, "1/(V s)": 0},
    (2, 1, -2, -1, 0, 0, 0): {"mV ms": -6, "V s": 0},
    (0, 0, 0, 1, 0, 0, 0): {"nA": -9, "pA": -12, "uA": -6, "mA": -3, "A": 0},
    (-2, 0, 0, 1, 0, 0, 0): {"uA/cm^2": -2, "mA/cm^2": 1, "nA/cm^2": -5, "A/m^2": 0, "A/cm^2": 4},
    (-2, -1, 3, 2, 0, 0, 0): {"nS": -9, "pS": -12, "uS": -6, "mS": -3, "S": 0},
    (-4, -1, 3, 2, 0, 0, 0): {"mS/cm^2": 1, "uS/cm^2": -2, "S/m^2": 0, "S/cm^2": 4},
    (-2, -1, 4, 2, 0, 0, 0): {"pF": -12, "nF": -9, "uF": -6, "mF": -3, "F": 0},
    (-4, -1, 4, 2, 0, 0, 0): {"uF/cm^2": -2, "F/m^2": 0},
    (2, 1, -3, -2, 0, 0, 0): {"MOhm": 6, "Ohm": 0, "kOhm": 3, "GOhm": 9},
    (3, 1, -3, -2, 0, 0, 0): {"Ohm cm": -2, "Ohm m": 0},
    (0, 0, 1, 1, 0, 0, 0): {"pC": -12, "fC": -15, "nC": -9, "uC": -6, "C": 0},
    (0, 0, 1, 1, 0, -1, 0): {"C/mol": 0, "C/mmol": 3},
    (-3, 0, 0, 0, 0, 1, 0): {"mM": 0, "uM": -3, "nM": -6, "M": 3},
    (3, 0, 0, 0, 0, -1, 0): {"1/mM": 0, "1/uM": 3},
    (-3, 0, -1, 0, 0, 1, 0): {"mM/ms": 3, "mM/s": 0, "uM/s": -3},
    (3, 0, -1, 0, 0, -1, 0): {"1/(mM ms)": 3, "1/(mM s)": 0, "1/(uM ms)": 6},
    (6, 0, 0, 0, 0, -2, 0): {"1/mM^2": 0},
    (-6, 0, 0, 0, 0, 2, 0): {"mM^2": 0, "uM^2": -6},
    (6, 0, -1, 0, 0, -1, 0): {"um^3/(mM ms)": -15, "um^3/(mM s)": -18},
    (6, 0, -1, 0, 0, -2, 0): {"1/(mM^2 ms)": 3, "1/(mM^2 s)": 0},
    (-1, 0, -1, -1, 0, 1, 0): {"mM cm^2/(uA ms)": 5, "mM cm^2/(uA s)": 2},
    (0, 0, 0, 0, 0, 1, 0): {"fmol": -15, "amol": -18, "pmol": -12, "nmol": -9, "umol": -6, "mol": 0},
    (0, 0, -1, 0, 0, 1, 0): {"fmol/ms": -12, "amol/ms": -15, "mol/s": 0},
    (-2, 0, -1, 0, 0, 1, 0): {"umol/(cm^2 s)": -2, "umol/(cm^2 ms)": 1, "mol/(m^2 s)": 0},
    (1, 0, 0, 0, 0, 0, 0): {"um": -6, "nm": -9, "mm": -3, "cm": -2, "m": 0},
    (2, 0, 0, 0, 0, 0, 0): {"um^2": -12, "mm^2": -6, "cm^2": -4, "m^2": 0},
    (3, 0, 0, 0, 0, 0, 0): {"um^3": -18, "pL": -15, "nL": -12, "uL": -9, "mL": -6, "L": -3, "m^3": 0},
    (3, 0, -1, 0, 0, 0, 0): {"um^3/ms": -15, "um^3/s": -18, "m^3/s": 0},
    (1, 0, -1, 0, 0, 0, 0): {"cm/s": -2, "um/ms": -3, "m/s": 0},
    (2, 0, -1, 0, 0, 0, 0): {"um^2/ms": -9, "cm^2/s": -4, "m^2/s": 0},
    (2, 1, -2, 0, 0, 0, 0): {"J": 0, "kJ": 3},
    (2, 1, -2, 0, 0, -1, 0): {"kJ/mol": 3, "J/mol": 0},
    (2, 1, -2, 0, -1, -1, 0): {"J/(mol K)": 0},
    (-1, 1, -2, 0, 0, 0, 0): {"kPa": 3, "Pa": 0},
}


def canonical_text(scale: Fraction, dimension: tuple[int | Fraction, ...]) -> str:
    """Return a text that reads back as exactly this unit, as long as it stays within what the reader accepts.

    A habitual unit of this scale; else a number times one of this dimension; else one times SI base units.
    """
    power = power_of_ten(scale)
    # Fractions hash and compare as the integers they equal, so the exact exponents find the row.
    row = HABITUAL.get(dimension) or {_base_units(dimension): 0}
    for text, exponent in row.items():
        if exponent == power:
            return text
    text, exponent = next(iter(row.items()))
    return _times(scale / Fraction(10) ** exponent, text)


def is_habitual(scale: Fraction, dimension: tuple[int | Fraction, ...]) -> bool:
    """Whether there is a habitual unit of this scale."""
    return power_of_ten(scale) in HABITUAL.get(dimension, {}).values()


def _times(number: Fraction, text: str) -> str:
    power = power_of_ten(number)
    digits = str(number) if power is None or power == 1 else f"10^{power}"
    return digits + (text[1:] if text.startswith("1") else f" {text}")


def power_of_ten(number: Fraction) -> int | None:
    """The k of a `number` that is 10^k, else None."""
    larger = max(number.numerator, number.denominator)
    power = len(str(larger)) - 1
    if min(number.numerator, number.denominator) != 1 or larger != 10**power:
        return None
    return power if number >= 1 else -power


def _base_units(dimension: tuple[int | Fraction, ...]) -> str:
    return product_text(zip(BASE_NAMES, dimension, strict=True))


def product_text(factors: Iterable[tuple[str, int | Fraction]]) -> str:
    """The text of a product of powers: `uA/cm^2`, `1/(mV ms)`."""
    factors = tuple(factors)
    above = [_raised(name, each) for name, each in factors if each > 0]
    below = [_raised(name, -each) for name, each in factors if each < 0]
    numerator = " ".join(above) or "1"
    if not below:
        return numerator
    return f"{numerator}/{below[0]}" if len(below) == 1 else f"{numerator}/({' '.join(below)})"


def _raised(name: str, exponent: int | Fraction) -> str:
    if exponent == 1:
        return name
    return f"{name}^{exponent}" if exponent.denominator == 1 else f"{name}^({exponent})"
