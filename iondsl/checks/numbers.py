"""Quantities in numbers, as far as they follow from literals: for checks that look at values, without SymPy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from iondsl.constants import CONSTANTS
from iondsl.elaborate.names import PI, names_in
from iondsl.evaluation import evaluated
from iondsl.system import Quantity, System

Known = Mapping[str, float]


def values(system: System, wanted: Iterable[str], given: Known) -> dict[str, float]:
    """The quantities that can be worked out, and all that they follow from; states at the start. `given` goes first."""
    known = {name: float(constant.text) for name, constant in CONSTANTS.items()}
    known |= {PI: math.pi, system.time.name: 0.0}
    quantities = {quantity.name: quantity for quantity in system.quantities}
    known = {name: value for name, value in known.items() if name not in quantities} | dict(given)
    entered: set[str] = set()
    waiting = list(wanted)
    while waiting:  # without recursion: chains of definitions may be long
        name = waiting[-1]
        used = [] if name in known else needed(quantities.get(name))
        open_names = [each for each in used if each not in known and each not in entered]
        if name in entered or not open_names:
            waiting.pop()
            work_out(name, quantities.get(name), known)
        entered.add(name)
        waiting += open_names
    return known


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
