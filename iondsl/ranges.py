"""What a kernel is asked to be proven for, as typed, in the model's own names and units."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from iondsl.assumed import Assumed, Range
from iondsl.errors import UsageError, suggestion
from iondsl.options import Options
from iondsl.quantity import has_unit, usual_step, value_in
from iondsl.system import Kind, Quantity, System

FORM = "write NAME=LOW:HIGH, as in `V=-120[mV]:80[mV]`"
# Of every V that no range is given for, in a fast kernel.
USUAL = ("-120[mV]", "80[mV]")
# And in an exact one: far more than a membrane bears, and less than makes numbers overflow.
WIDEST = {"float64": ("-500[mV]", "500[mV]"), "float32": ("-200[mV]", "200[mV]")}
TEMPERATURE = "temperature"
RANGED = (Kind.STATE, Kind.PARAMETER)


def assumed(system: System, options: Options) -> Assumed | None:
    """The ranges of states and parameters and the longest step; None where there is nothing to assume.

    What is held is an input, which has no range. Raises UsageError with everything that is wrong.
    """
    if not options.fast:
        widest = potentials((*system.states, *equations(system)), WIDEST[options.dtype])
        found = tuple(each for each in widest if each.name not in options.held)
        return Assumed(math.inf, found, fast=False) if found else None
    unit = str(system.time.unit)
    try:
        dt = value_in(options.dt or usual_step(unit), unit)
    except UsageError as error:
        raise UsageError(f"dt: {error}") from None
    if dt <= 0:
        raise UsageError(f"dt must be a positive number, not {dt!r}")
    given: dict[str, Range] = {}
    problems = []
    for text in options.ranges:
        try:
            each = read(system, text)
            if each.name in given:
                raise UsageError(f"`{each.name}` has two ranges")
            given[each.name] = each
        except UsageError as error:
            problems.append(str(error))
    if problems:
        raise UsageError("\n".join(problems))
    usual = {each.name: each for each in potentials(system.states, USUAL)}
    return Assumed(dt, tuple(each for each in (usual | given).values() if each.name not in options.held))


def potentials(quantities: Iterable[Quantity], ends: tuple[str, str]) -> Iterator[Range]:
    """The range of every V in a unit of voltage, and of every equation: what is used are those that depend on
    parameters alone, such as a reversal potential."""
    for each in quantities:
        if (each.is_potential or each.kind is Kind.EQUATION) and each.unit is not None:
            try:
                low, high = (value_in(text, str(each.unit)) for text in ends)
            except UsageError:
                continue
            yield Range(each.name, low, high)


def equations(system: System) -> Iterator[Quantity]:
    return (each for each in system.quantities if each.kind is Kind.EQUATION)


def read(system: System, text: str) -> Range:
    """One of them. Raises UsageError."""
    name, equals, values = (part.strip() for part in text.partition("="))
    low, colon, high = (part.strip() for part in values.partition(":"))
    if not (name and equals and low and colon and high):
        raise UsageError(f"`{text}` is no range: {FORM}")
    quantity = ranged(system, name)
    if has_unit(high) and not has_unit(low):
        low += high[high.index("[") :]
    if name == TEMPERATURE and not has_unit(low):
        raise UsageError(f"`{name}` needs its unit: `{name}={low}[degC]:{high}[degC]`, or [K]")
    unit = "" if quantity.unit is None else str(quantity.unit)
    try:
        found = Range(quantity.name, value_in(low, unit), value_in(high, unit))
    except UsageError as error:
        raise UsageError(f"`{name}`: {error}") from None
    if found.low > found.high:
        raise UsageError(f"`{text}` holds nothing: the lower end comes first")
    return found


def ranged(system: System, name: str) -> Quantity:
    """The state or parameter that a name means. Raises UsageError."""
    own = dict(system.aliases).get(name, name)
    quantities = {each.name: each for each in system.quantities if not each.is_start}
    if own not in quantities:
        known = [each.name for each in quantities.values() if each.kind in RANGED]
        near = suggestion(name, known)
        raise UsageError(f"unknown state or parameter `{name}`" + (f": {near}" if near else ""))
    if quantities[own].kind not in RANGED:
        raise UsageError(f"`{name}` is neither a state nor a parameter: gates that depend on an input stay exact")
    return quantities[own]
