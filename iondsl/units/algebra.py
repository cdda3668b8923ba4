"""The algebra of units: a scale to the coherent SI unit and seven exponents, all exact rationals.

Exact, because conversion factors end up in equations whose conservation is proven, and there
9.999999999999998 is not 10.
"""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from operator import add, sub

from iondsl.immutable import frozen
from iondsl.units.canonical import canonical_text

MAX_EXPONENT = 99
# Room for km^99. It bounds the work of a power, and keeps scales within the digits that Python will print.
MAX_SCALE_BITS = 1024


# Whole exponents are plain integers: nearly all are, and Fractions are slow.
Exponent = int | Fraction


class UnitError(ValueError):
    """A text that is no unit, or an operation that two units do not allow.

    `start` and `end` are offsets into the text that was read, both 0 where there was none; `cure` says what
    to do about it and may be empty.
    """

    def __init__(self, message: str, start: int = 0, end: int = 0, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.cure = cure


@frozen
class Unit:
    """A unit without offset. Equal units give the same meaning to a number, however they are written.

    scale: the size of this unit in the coherent SI unit of its dimension (m, kg, s, A, K, mol, cd, products).
    dimension: exponents of length, mass, time, current, temperature, amount and luminosity.
    text: as the author wrote it; empty for a computed unit.
    """

    scale: Fraction
    dimension: tuple[Exponent, ...]
    text: str = field(default="", compare=False)

    def __mul__(self, other: Unit) -> Unit:
        exponents = tuple(map(add, self.dimension, other.dimension))
        return Unit(_in_range(self.scale * other.scale), exponents)

    def __truediv__(self, other: Unit) -> Unit:
        exponents = tuple(map(sub, self.dimension, other.dimension))
        return Unit(_in_range(self.scale / other.scale), exponents)

    def __pow__(self, exponent: int | Fraction) -> Unit:
        """Raise to a rational power; UnitError for an inexact root of the scale, or beyond 99."""
        if self == ONE:
            return ONE
        power = whole(exponent)
        if not -MAX_EXPONENT <= power <= MAX_EXPONENT:
            raise UnitError(f"an exponent is beyond {MAX_EXPONENT}")
        return Unit(_power(self.scale, power), tuple(whole(each * power) for each in self.dimension))

    def __str__(self) -> str:
        return self.text or canonical_text(self.scale, self.dimension)


ONE = Unit(Fraction(1), (0,) * 7, "1")


def whole(exponent: Exponent) -> Exponent:
    """The exponent as an integer, if it is one."""
    return exponent.numerator if exponent.denominator == 1 else exponent


def same_dimension(a: Unit, b: Unit) -> bool:
    """Whether values in `a` can be converted to `b`."""
    return a.dimension == b.dimension


def factor(a: Unit, b: Unit) -> Fraction:
    """Return the number that turns a value in `a` into one in `b`; UnitError where the dimensions differ."""
    if not same_dimension(a, b):
        raise UnitError(f"`{a}` and `{b}` have different dimensions")
    return a.scale / b.scale


def _power(scale: Fraction, exponent: Exponent) -> Fraction:
    if scale == 1:
        return scale
    numerator = _exact_root(scale.numerator, exponent.denominator)
    denominator = _exact_root(scale.denominator, exponent.denominator)
    bits = max(numerator.bit_length(), denominator.bit_length())
    if (bits - 1) * abs(exponent.numerator) > MAX_SCALE_BITS:
        raise _out_of_range()
    return _in_range(Fraction(numerator, denominator) ** exponent.numerator)


def _in_range(scale: Fraction) -> Fraction:
    if max(scale.numerator.bit_length(), scale.denominator.bit_length()) > MAX_SCALE_BITS:
        raise _out_of_range()
    return scale


def _out_of_range() -> UnitError:
    return UnitError("the scale of this unit is out of range")


def _exact_root(number: int, degree: int) -> int:
    """The integer whose power `degree` is `number`; by bisection, as a float root is wrong beyond 2^53."""
    if number == 1 or degree == 1:
        return number
    bits = number.bit_length()
    low, high = 1, 1 << (bits // degree + 1)
    # A root of degree `bits` or more lies between 1 and 2: none is sought, so no power below becomes huge.
    while degree < bits and high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle)
    if low == 1 or low**degree != number:
        cure = "take the root of an SI unit without prefix"
        raise UnitError("the scale of this unit has no exact root of this degree", cure=cure)
    return low
