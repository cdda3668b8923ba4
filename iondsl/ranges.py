"""What a kernel is asked to be proven for, as typed, in the model's own names and units."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping

from iondsl.assumed import Assumed, Range
from iondsl.constants import CONSTANTS
from iondsl.elaborate.names import names_in
from iondsl.errors import UsageError, suggestion
from iondsl.options import Options
from iondsl.quantity import has_unit, usual_step, value_in
from iondsl.system import Kind, Quantity, System

FORM = "write NAME=LOW:HIGH, as in `V=-120[mV]:80[mV]`"
# Of every V that no range is given for, in a fast kernel.
USUAL = ("-120[mV]", "80[mV]")
# And of every potential in an exact one: far more than a membrane bears, and less than makes numbers overflow.
WIDEST = {"float64": ("-500[mV]", "500[mV]"), "float32": ("-200[mV]", "200[mV]")}
TEMPERATURE = "temperature"
RANGED = (Kind.STATE, Kind.PARAMETER)


def assumed(system: System, options: Options) -> tuple[Assumed | None, tuple[Range, ...]]:
    """The ranges of states and parameters and the longest step, None where there is nothing to assume; and of the
    ranges those that are asked for, to which a run is held whether a proof needs them or not.

    What a protocol holds is an input, which has no range. Raises UsageError with everything that is wrong.
    """
    usual = usual_ranges(system, options)
    given = asked(system, options, usual)
    found, kept = (
        tuple(each for each in ranges.values() if each.name not in options.held) for ranges in (usual | given, given)
    )
    if options.fast:
        return Assumed(longest_step(system, options), found), kept
    return Assumed(math.inf, found, fast=False) if found else None, kept


def longest_step(system: System, options: Options) -> float:
    """In the model's unit of time. Raises UsageError."""
    unit = str(system.time.unit)
    try:
        dt = value_in(options.dt or usual_step(unit), unit)
    except UsageError as error:
        raise UsageError(f"dt: {error}") from None
    if dt <= 0:
        raise UsageError(f"dt must be a positive number, not {dt!r}")
    return dt


def usual_ranges(system: System, options: Options) -> dict[str, Range]:
    """By name, where nothing else is asked for."""
    widest = (*system.states, *equations(system)), WIDEST[options.dtype]
    quantities, ends = (system.states, USUAL) if options.fast else widest
    return {each.name: each for each in potentials(quantities, ends)}


def asked(system: System, options: Options, usual: Collection[str]) -> dict[str, Range]:
    """The ranges of the options by name. Raises UsageError with everything that is wrong."""
    given: dict[str, Range] = {}
    problems = []
    for text in options.ranges:
        try:
            each = read(system, text, options.fast, usual)
            if each.name in given:
                raise UsageError(f"`{each.name}` has two ranges")
            given[each.name] = each
        except UsageError as error:
            problems.append(str(error))
    if problems:
        raise UsageError("\n".join(problems))
    return given


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


def read(system: System, text: str, fast: bool, usual: Collection[str]) -> Range:
    """One of them. Raises UsageError."""
    name, equals, values = (part.strip() for part in text.partition("="))
    low, colon, high = (part.strip() for part in values.partition(":"))
    if not (name and equals and low and colon and high):
        raise UsageError(f"`{text}` is no range: {FORM}")
    quantity = ranged(system, name, fast, usual)
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


def ranged(system: System, name: str, fast: bool, usual: Collection[str]) -> Quantity:
    """What a name means: a state, in a fast kernel a parameter, in an exact one a potential that follows from
    parameters. Raises UsageError."""
    own = dict(system.aliases).get(name, name)
    quantities = {each.name: each for each in system.quantities if not each.is_start}
    if own not in quantities:
        known = [each.name for each in quantities.values() if each.kind in RANGED]
        near = suggestion(name, known)
        raise UsageError(f"unknown state or parameter `{name}`" + (f": {near}" if near else ""))
    kind = quantities[own].kind
    if kind is Kind.STATE or (kind is Kind.PARAMETER if fast else own in usual and is_fixed(quantities, own)):
        return quantities[own]
    if fast and kind is Kind.EQUATION:
        raise UsageError(f"`{name}` is neither a state nor a parameter: what it follows from may have a range")
    if fast:
        raise UsageError(f"`{name}` is neither a state nor a parameter: gates that depend on an input stay exact")
    if kind is Kind.PARAMETER:
        raise UsageError(f"`{name}` is a parameter: without `fast` a kernel assumes nothing of it")
    raise UsageError(f"`{name}` is neither a state nor a potential that follows from parameters")


def is_fixed(quantities: Mapping[str, Quantity], name: str) -> bool:
    """Whether it follows from parameters and constants alone."""
    waiting, seen = {name}, {*CONSTANTS}
    while waiting:
        each = quantities.get(waiting.pop())  # None of a derivative
        if each is None or each.kind not in (Kind.EQUATION, Kind.PARAMETER):
            return False
        seen.add(each.name)
        if each.kind is Kind.EQUATION and each.value is not None:
            waiting |= names_in(each.value.expanded) - seen
    return True
