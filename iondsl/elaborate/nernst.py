"""`nernst(z, i, o)` and the `E` of an ion: R T/(z F) log(o/i), in mV, with every conversion factor.

A `param R` or `param F` at the top of the file replaces the built-in constant.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from iondsl.constants import CONSTANTS
from iondsl.elaborate.draft import binary, call, name, number
from iondsl.elaborate.measure import MILLIVOLT, Lookup, measure
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.temperature import KELVIN, reading
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Call, Expression
from iondsl.units import Unit, UnitError, factor


@dataclass(frozen=True, slots=True)
class Nernst:
    """Writes Nernst potentials out for one model."""

    root: Scope
    lookup: Lookup
    report: Report

    def define(self, potential: Call) -> Expression:
        """The defining expression of `nernst(z, i, o)`; unknown units of `i` and `o` are taken to agree."""
        valence, inside, outside = potential.arguments
        span = potential.span
        gas, gas_unit = self.constant("R", span)
        faraday, faraday_unit = self.constant("F", span)
        thermal = binary("/", binary("*", gas, reading(self.root, span)), binary("*", valence, faraday))
        scale = self.scale(gas_unit, faraday_unit, span)
        ratio = binary("/", outside, inside)
        between = self.ratio_factor(outside, inside)
        if between != 1:
            ratio = binary("*", ratio, exact(between, span))
        if scale != 1:
            thermal = binary("*", exact(scale, span), thermal)
        return binary("*", thermal, call("log", (ratio,), span))

    def constant(self, symbol: str, span: Span) -> tuple[Expression, Unit]:
        return name(symbol, span), self.lookup(symbol) or CONSTANTS[symbol].unit

    def scale(self, gas: Unit, faraday: Unit, span: Span) -> Fraction:
        """From R K/F in the units of the constants to mV."""
        try:
            return factor(gas * KELVIN / faraday, MILLIVOLT)
        except UnitError:
            message = "`R` and `F` at the top of the file do not have the dimension of the gas and Faraday constants"
            self.report(Diagnostic("E402", message, span, "give them units such as [J/mol/K] and [C/mol]"))
            return Fraction(1)

    def ratio_factor(self, outside: Expression, inside: Expression) -> Fraction:
        units = (measure(outside, self.lookup), measure(inside, self.lookup))
        if units[0] is None or units[1] is None:
            return Fraction(1)
        try:
            return factor(units[0], units[1])
        except UnitError as error:
            message = f"the concentrations of a Nernst potential disagree: {error.message}"
            self.report(Diagnostic("E402", message, inside.span))
            return Fraction(1)


def exact(value: Fraction, span: Span) -> Expression:
    """A conversion factor as written digits: `1000`, or `1 / 60`."""
    if value.denominator == 1:
        return number(str(value.numerator), span)
    if value.numerator == 1 and set(str(value.denominator)) <= {"0", "1"} and str(value.denominator)[0] == "1":
        return number(f"1e-{len(str(value.denominator)) - 1}", span)
    return binary("/", number(str(value.numerator), span), number(str(value.denominator), span))
