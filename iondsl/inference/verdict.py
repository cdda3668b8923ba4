"""What a whole equation is blamed for, once all of it is read: sums of open numbers, hidden scales, surprises."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.errors import Diagnostic
from iondsl.inference.bare import Bares
from iondsl.inference.blame import number
from iondsl.syntax import Expression
from iondsl.units import ONE


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


def surprises(bares: Bares) -> Iterator[Diagnostic]:
    """W401 for a bare factor that takes a dimension where none was to be expected."""
    for bare, unit in bares.units():
        if bare.factor and not bare.inside and unit.dimension != ONE.dimension:
            cure = f"write `{bare.node.text} [{unit}]`, or state the unit of the result left of `=`"
            yield Diagnostic("W401", f"`{bare.node.text}` is read as a number of [{unit}]", bare.node.span, cure)
