"""What `iondsl check --units` prints: the unit of every equation, and all that the check of units made of it."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.formatter import text
from iondsl.inference import Conversion
from iondsl.inference.mend import number
from iondsl.show.words import INDENT, WIDTH, bracketed, origin, per_time
from iondsl.syntax import Convert
from iondsl.system import Formula, Kind, System
from iondsl.traversal import walk
from iondsl.units import Unit
from iondsl.wrapping import wrap

SHOWN = (Kind.EQUATION, Kind.STATE, Kind.AMOUNT)


def inferred(system: System) -> Iterator[str]:
    """The lines for a whole model."""
    yield f"units of {system.name}"
    for name, unit, formula in equations(system):
        left, where = f"{INDENT}{name} {bracketed(unit)}", origin(formula, formula.span)
        yield f"{left}  {where.rjust(WIDTH - len(left) - 2)}"
        yield from notes(formula)


def equations(system: System) -> Iterator[tuple[str, Unit | None, Formula]]:
    """Every equation with what it defines; values at the start are told by their quantity."""
    for quantity in system.quantities:
        if quantity.follows is not None:
            yield quantity.name, quantity.unit, quantity.follows
        if quantity.value is not None and quantity.kind in SHOWN:
            start = "" if quantity.kind is Kind.EQUATION else " at the start"
            if not start or quantity.value.readings or quantity.value.conversions:
                yield quantity.name + start, quantity.unit, quantity.value
        if quantity.rate is not None and not quantity.is_start:
            yield f"{quantity.name}'", per_time(quantity.unit, system.time.unit), quantity.rate
    units = {state.name: state.unit for state in system.states}
    for event in system.events:
        yield event.name, None, event.condition
        yield from ((f"on {event.name}: {each.target}", units[each.target], each.formula) for each in event.settings)


def notes(formula: Formula) -> Iterator[str]:
    read = dict.fromkeys(f"{reading.node.text} [{reading.unit}]" for reading in formula.readings)
    if read and not formula.origin:
        yield from wrap(f"read as {', '.join(read)}", WIDTH, INDENT * 2, INDENT)
    for conversion in formula.conversions:
        yield from wrap(converted(conversion), WIDTH, INDENT * 2, INDENT)
    for node in walk(formula.written):
        if isinstance(node, Convert) and node.operator == "as":
            yield from wrap(f"relabelled: {text(node)}", WIDTH, INDENT * 2, INDENT)


def converted(conversion: Conversion) -> str:
    units = f"[{conversion.found}] to [{conversion.expected}]"
    return f"times {number(conversion.factor)}, {units}: {text(conversion.operand)}"
