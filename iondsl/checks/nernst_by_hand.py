"""W405: a Nernst potential written as so many millivolts times the logarithm of a ratio of concentrations.

R T/F is 24 to 27 mV, and R T/F ln 10 is 55 to 62 mV, between 4 and 40 degC: such a number implies a temperature.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from iondsl.checks.places import inside
from iondsl.checks.ratios import Ratio, ratios
from iondsl.checks.scaled_logarithms import scaled_logarithms
from iondsl.constants import CONSTANTS
from iondsl.elaborate.temperature import is_temperature
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.system import System

COLDEST, HOTTEST = 277, 313
ZERO_CELSIUS = Fraction("273.15")
# R/F in mV/K, and what a logarithm to another base than e multiplies it by.
PER_KELVIN = 1000 * Fraction(CONSTANTS["R"].text) / Fraction(CONSTANTS["F"].text)
BASES = {"log": Fraction(1), "log10": Fraction(math.log(10))}
OTHER = {"log": "log10", "log10": "log"}


def check(system: System) -> Iterator[Diagnostic]:
    known = ratios(system)
    has_temperature = any(map(is_temperature, system.parameters))
    for formula in system.formulas:
        told: set[Span] = set()
        for found in scaled_logarithms(formula, known.quantities):
            ratio = known.of(found.argument, formula.readings)
            message = "" if ratio is None else reason(found.millivolts, found.function, ratio)
            if ratio is not None and message and found.argument.span not in told:
                told.add(found.argument.span)
                yield Diagnostic("W405", message, inside(found.span, formula), cure(ratio, has_temperature))


def reason(millivolts: Fraction, function: str, ratio: Ratio) -> str:
    """What is wrong with so many millivolts before a logarithm, if they are those of some temperature."""
    kelvins = implied(millivolts, function, ratio)
    number = f"{float(millivolts):.4g} mV"
    if kelvins is not None:
        degrees = float(kelvins - ZERO_CELSIUS)
        return f"{number} before `{function}` of a ratio of concentrations fixes the temperature at {degrees:.3g} degC"
    if implied(millivolts, OTHER[function], ratio) is not None:
        base = "the natural logarithm" if function == "log" else "the one to base 10"
        return f"{number} belongs to `{OTHER[function]}` of a ratio of concentrations, and `{function}` is {base}"
    return ""


def implied(millivolts: Fraction, function: str, ratio: Ratio) -> Fraction | None:
    """The temperature at which this is R T/(z F), or R T/(z F) ln 10, if cells live there."""
    for valence in ratio.valences:
        kelvins = valence * millivolts / (PER_KELVIN * BASES[function])
        if COLDEST <= kelvins <= HOTTEST:
            return kelvins
    return None


def cure(ratio: Ratio, has_temperature: bool) -> str:
    if ratio.is_mixed:
        call = "ghk_voltage(...)"
    else:
        call = f"nernst({ratio.ion.name})" if ratio.ion is not None else "nernst(z, i, o)"
    if has_temperature:
        return f"write `{call}`, which follows the temperature"
    return f"write `{call}`, and the temperature on a line of its own: `temperature = ... [degC]`"
