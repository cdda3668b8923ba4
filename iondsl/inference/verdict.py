"""What a whole equation is blamed for, once all of it is read: sums of open numbers, hidden scales, strange numbers."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.constants import CONSTANTS
from iondsl.errors import Diagnostic
from iondsl.inference.bare import Bares
from iondsl.inference.mend import number
from iondsl.syntax import Expression
from iondsl.units import ONE, read_unit

KELVIN = read_unit("K")
# A bare temperature below this one was meant in degC.
COLD = 200
# Factors beyond these hold a power of ten.
LEAST, MOST = 0.01, 1000
# The constants as papers type them.
DIGITS = {
    "F": (96485, 96500, 96.485),
    "R": (8.3145, 8314.5),
    "k_B": (1.380649e-23,),
    "q_e": (1.602177e-19,),
    "N_A": (6.02214e23,),
}
NEAR = 2e-4


def open_sum(name: str, expression: Expression) -> Diagnostic:
    """E403 for a sum whose terms are all multiplied by bare numbers."""
    cure = f"state it left of `=`: `{name.rpartition('.')[2]} [1] = ...` for a pure number"
    return Diagnostic("E403", "nothing says what this sum is measured in", expression.span, cure)


def hidden_scales(bares: Bares) -> Iterator[Diagnostic]:
    """E402 for a number that fits only as a conversion, and is not this conversion."""
    for bare, unit in bares.units():
        if unit.dimension == ONE.dimension and unit.scale != 1:
            message = f"`{bare.node.text}` would have to hide a factor of {number(1 / unit.scale)}"
            cure = "convert what is in another scale: put `in [...]` behind it, in parentheses"
            yield Diagnostic("E402", message, bare.node.span, cure)


def suspicions(bares: Bares, converted: bool) -> Iterator[Diagnostic]:
    """W402, W403, W404: numbers that hold a conversion, or the digits of a constant, or are read in kelvin."""
    for bare, unit in bares.units():
        text, span = bare.node.text, bare.node.span
        value = float(text)
        constant = resembled(value)
        if constant:
            message = f"`{text}` looks like `{constant}`, the {CONSTANTS[constant].doc}, without its unit"
            yield Diagnostic("W403", message, span, f"write `{constant}`: it has its unit, and scales are converted")
        elif converted and bare.factor and not LEAST <= value < MOST:
            message = f"`{text}` multiplies in an equation in which units are converted already"
            yield Diagnostic("W402", message, span, "take out of it what is a conversion, or give it its unit")
        elif unit == KELVIN and not bare.factor and value < COLD:
            message = f"`{text}` is read as {text} K"
            cure = f"`q10(factor, {text} [degC])` takes degrees; all else is in kelvin"
            yield Diagnostic("W404", message, span, cure)


def resembled(value: float) -> str:
    """The constant that a number has the digits of, or nothing."""
    near = (name for name, digits in DIGITS.items() for each in digits if abs(value - each) < NEAR * each)
    return next(near, "")


def surprises(bares: Bares) -> Iterator[Diagnostic]:
    """W401 for a bare factor that takes a dimension where none was to be expected."""
    for bare, unit in bares.units():
        if bare.factor and not bare.inside and unit.dimension != ONE.dimension:
            cure = f"write `{bare.node.text} [{unit}]`, or state the unit of the result left of `=`"
            yield Diagnostic("W401", f"`{bare.node.text}` is read as a number of [{unit}]", bare.node.span, cure)
