"""`nernst(z, i, o)` and the `E` of an ion: R T/(z F) log(o/i) in mV; the conversions that this needs follow from it.

A `param R` or `param F` at the top of the file replaces the built-in constant. Source: Nernst 1889, Z. phys. Chem.
4:129-181, doi:10.1515/zpch-1889-0412.
"""

from __future__ import annotations

from iondsl.elaborate.draft import binary, call, in_unit, name
from iondsl.elaborate.scope import Scope
from iondsl.elaborate.temperature import reading
from iondsl.source import Span
from iondsl.syntax import Expression
from iondsl.units import read_unit

MILLIVOLT = read_unit("mV")


def potential(root: Scope, valence: Expression, inside: Expression, outside: Expression, span: Span) -> Expression:
    """The defining expression."""
    energy = binary("*", name("R", span), reading(root, span))
    thermal = binary("/", energy, binary("*", valence, name("F", span)))
    ratio = call("log", (binary("/", outside, inside),), span)
    return in_unit(binary("*", thermal, ratio), MILLIVOLT, span)
