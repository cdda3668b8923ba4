"""Quantities in numbers, as far as they follow from literals: for checks that look at values, without SymPy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from iondsl.constants import CONSTANTS
from iondsl.elaborate.names import PI, names_in
from iondsl.evaluation import evaluated
from iondsl.system import Kind, Quantity, System
from iondsl.units import factor, read_unit, same_dimension

MILLIVOLT = read_unit("mV")

Known = Mapping[str, float]


def at(potential: float, system: System) -> dict[str, float]:
    """Every membrane potential at one value in mV; in a model that has none, all that is a potential and moves."""
    moving = system.of_kind(Kind.STATE, Kind.INPUT)
    volts = [(each, each.unit) for each in moving if each.unit is not None and same_dimension(each.unit, MILLIVOLT)]
    of_membranes = [(each, unit) for each, unit in volts if each.is_potential]
    return {each.name: potential * float(factor(MILLIVOLT, unit)) for each, unit in of_membranes or volts}


def values(system: System, wanted: Iterable[str], given: Known) -> dict[str, float]:
    """The quantities that can be worked out, and all that they follow from; states at the start. `given` goes first."""
    (found,) = tables(system, wanted, [given])
    return found


def tables(system: System, wanted: Iterable[str], given: Sequence[Known]) -> Iterator[dict[str, float]]:
    """The same for several sets of values that are given to the same names."""
    quantities = {quantity.name: quantity for quantity in system.quantities}
    constants = {name: float(constant.text) for name, constant in CONSTANTS.items()}
    constants |= {PI: math.pi, system.time.name: 0.0}
    constants = {name: value for name, value in constants.items() if name not in quantities}
    order = in_order(wanted, quantities, {*constants, *(given[0] if given else ())})
    for each in given:
        known = constants | dict(each)
        for name in order:
            work_out(name, quantities.get(name), known)
        yield known


def in_order(wanted: Iterable[str], quantities: Mapping[str, Quantity], known: Iterable[str]) -> list[str]:
    """What is to be worked out, each behind all that it needs; without recursion: chains of definitions may be long."""
    found: list[str] = []
    entered, waiting = set(known), list(wanted)
    while waiting:
        name = waiting[-1]
        used = [] if name in entered else needed(quantities.get(name))
        open_names = [each for each in used if each not in entered]
        if not open_names:
            found.append(waiting.pop())
        entered.add(name)
        waiting += open_names
    return found


def needed(quantity: Quantity | None) -> list[str]:
    return [] if quantity is None or quantity.value is None else sorted(names_in(quantity.value.expanded))


def work_out(name: str, quantity: Quantity | None, known: dict[str, float]) -> None:
    """Add a value, unless something that it needs is not known, or it is no finite number."""
    if name in known or quantity is None or quantity.value is None:
        return
    try:
        value = evaluated(quantity.value.expanded, known.__getitem__)
    except (LookupError, ArithmeticError, ValueError):
        return
    if math.isfinite(value):
        known[name] = value
