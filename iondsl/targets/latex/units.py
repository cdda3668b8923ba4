"""The text of a unit → siunitx, in commands that its versions 2 and 3 both know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from iondsl.units.exponent import read_exponent
from iondsl.units.table import UNITS
from iondsl.units.tokens import Tokens

_PREFIXES = {
    "a": "atto", "f": "femto", "p": "pico", "n": "nano", "u": "micro", "m": "milli", "c": "centi", "d": "deci",
    "k": "kilo", "M": "mega", "G": "giga",
}
# \molar, \calorie and \mmHg are declared in the template.
_NAMES = {
    "m": "metre", "g": "gram", "s": "second", "A": "ampere", "K": "kelvin", "mol": "mole", "cd": "candela", "V": "volt",
    "S": "siemens", "F": "farad", "C": "coulomb", "Ohm": "ohm", "ohm": "ohm", "M": "molar", "L": "litre", "l": "litre",
    "N": "newton", "J": "joule", "W": "watt", "Pa": "pascal", "Hz": "hertz", "min": "minute", "h": "hour",
    "cal": "calorie", "mmHg": "mmHg", "%": "percent",
}
_SIGNS = str.maketrans({"\u00b5": "u", "\u03bc": "u", "\u03a9": "Ohm", "\u2126": "Ohm"})


@dataclass(frozen=True, slots=True)
class Factor:
    """One name or number of a unit, with its exponent."""

    name: str
    exponent: Fraction

    @property
    def is_number(self) -> bool:
        return self.name[0].isdigit() or self.name[0] == "."


@dataclass(frozen=True, slots=True)
class Measure:
    """What stands behind a number: perhaps a pure number, as in `[10^-3 mM]`, then commands of siunitx.

    `width` is an estimate in points.
    """

    scale: str
    commands: str
    width: float

    @property
    def tex(self) -> str:
        """For a table; dimensionless is 1."""
        shown = rf"\si{{{self.commands}}}" if self.commands else ""
        return r"\,".join(filter(None, (f"${self.scale}$" if self.scale else "", shown))) or "1"

    def of(self, number: str) -> str:
        """In mathematics, behind `number`."""
        value = rf"{number}\times {self.scale}" if self.scale else number
        return rf"\SI{{{value}}}{{{self.commands}}}" if self.commands else value


CELSIUS = Measure("", r"\degreeCelsius", 12.0)


def measure(text: str) -> Measure:
    """`text` is what stands between the brackets, as it was written, and reads as a unit."""
    factors = list(_product(Tokens(text), Fraction(1)))
    numbers = [_power(factor) for factor in factors if factor.is_number and factor.name != "1"]
    commands = "".join(_command(factor) for factor in factors if not factor.is_number)
    wide = sum(4 + 8 * len(factor.name) + (factor.exponent != 1) * 10 for factor in factors)
    return Measure(r"\times ".join(numbers), commands, wide)


def _product(tokens: Tokens, exponent: Fraction) -> Iterator[Factor]:
    """The factors of a product, its parentheses multiplied out; stops before what ends it."""
    sign = 1
    while tokens.next.kind != "end" and tokens.next.text != ")":
        if operator := tokens.accept("*", "/"):
            sign = -1 if operator == "/" else 1
            continue
        opening = tokens.take()
        inner = _closing(tokens) if opening.text == "(" else None
        own = read_exponent(tokens) if tokens.accept("^") else Fraction(1)
        total = exponent * sign * own
        if inner is None:
            yield Factor(opening.text, total)
        else:
            yield from (Factor(each.name, each.exponent * total) for each in inner)
        sign = 1


def _closing(tokens: Tokens) -> list[Factor]:
    inner = list(_product(tokens, Fraction(1)))
    tokens.accept(")")
    return inner


def _power(factor: Factor) -> str:
    return factor.name if factor.exponent == 1 else f"{factor.name}^{{{factor.exponent}}}"


def _command(factor: Factor) -> str:
    name = factor.name.translate(_SIGNS)
    prefix = "" if name in UNITS else name[0]
    unit = rf"\{_PREFIXES[prefix]}\{_NAMES[name[1:]]}" if prefix else rf"\{_NAMES[name]}"
    power = abs(factor.exponent)
    raised = {Fraction(1): "", Fraction(2): r"\squared", Fraction(3): r"\cubed"}.get(power, rf"\tothe{{{power}}}")
    return (r"\per" if factor.exponent < 0 else "") + unit + raised
