"""The equations of a model, block by block, and what its protocols drive.

Derived equations are printed in full, with the conversion factors in them. A written one stays as its author wrote it;
what it stands for follows where the two differ, so that nothing is hidden in a function.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from iondsl.formatter import text
from iondsl.show.parts import provenance
from iondsl.show.tables import short_value
from iondsl.show.words import INDENT, WIDTH, bracketed, headed, line_of, origin, per_time, plain
from iondsl.source import Span
from iondsl.syntax import Expression
from iondsl.system import Formula, Kind, Protocol, Quantity, System
from iondsl.units import Unit
from iondsl.wrapping import wrap


def blocks(system: System) -> Iterator[tuple[list[str], list[str]]]:
    """The equations by the block in which they stand, each with its heading; a gate's own with its members."""
    documented = {gate.name: ("gate", gate.doc) for gate in system.gates}
    documented |= {ion.name: ("ion", ion.doc) for ion in system.ions}
    documented |= {current.name: ("current", current.doc) for current in system.currents}
    documented |= {flux.name: ("flux", flux.doc) for flux in system.fluxes}
    documented |= {space.name: ("space", space.doc) for space in system.spaces}
    documented |= {each.name: ("compartment", each.doc) for each in system.compartments}
    documented |= {network.name: (network.keyword, network.doc) for network in system.networks}
    gates = {gate.name for gate in system.gates}
    lines: dict[str, list[str]] = {}
    for quantity in system.quantities:
        block = quantity.name if quantity.name in gates else quantity.block
        own = () if quantity.name in documented else note(quantity)
        lines.setdefault(block, []).extend([*equations(quantity, system), *own])
    parts = {part.name: [*provenance(part, system.source)] for part in system.parts}
    for block in in_order({*parts} - {*lines}, [*lines], system):
        keyword, doc = documented.get(block, ("", ""))
        found = [*parts.get(block, ()), *lines.get(block, ())]
        if found:
            yield headed(f"{keyword} {block}".strip() or "model", doc), found


def in_order(more: set[str], blocks: list[str], system: System) -> list[str]:
    """The blocks of the model itself, then those of each compartment; those of a used part together.

    `more` are used parts that have no equations: they stand before the blocks in them.
    """
    places = {compartment.name: place for place, compartment in enumerate(system.compartments, 1)}
    owners = {part.name: place for place, part in enumerate(system.parts)}
    without = sorted(more, key=lambda name: owners[name])

    def owner(block: str) -> str:
        """The outermost used part that it stands in."""
        return next((around for around in outward_in(block) if around in owners), block)

    first: dict[str, int] = {}
    for position, block in enumerate([*blocks, *without]):
        first.setdefault(owner(block), position)
    names = [*without, *blocks]
    return sorted(names, key=lambda block: (places.get(block.split(".")[0], 0), first[owner(block)]))


def outward_in(block: str) -> Iterator[str]:
    """The blocks around a block, the outermost first, and itself."""
    path = block.split(".")
    return (".".join(path[:end]) for end in range(1, len(path) + 1))


def equations(quantity: Quantity, system: System) -> Iterator[str]:
    """Its definition, its value at the beginning where that needs room, its derivative."""
    if quantity.is_start:
        return
    if quantity.follows is not None:
        yield from equation(quantity.name, quantity.unit, quantity.follows, quantity.span)
    if quantity.value is not None and quantity.kind in (Kind.EQUATION, Kind.AMOUNT):
        yield from equation(quantity.name, quantity.unit, quantity.value, quantity.span)
    elif quantity.value is not None and quantity.value != quantity.follows and short_value(quantity) is None:
        name = f"initial {quantity.name}" if quantity.kind is Kind.STATE else quantity.name
        yield from equation(name, quantity.unit, quantity.value, quantity.span)
    if quantity.rate is not None:
        unit = per_time(quantity.unit, system.time.unit)
        yield from equation(f"{quantity.name}'", unit, quantity.rate, quantity.rate.span)


def equation(name: str, unit: Unit | None, formula: Formula, span: Span) -> Iterator[str]:
    left = " ".join(filter(None, (name, bracketed(unit))))
    right = formula.expanded if formula.origin else formula.written
    yield from noted(left, right, origin(formula, span))
    if not formula.origin and text(formula.written) != text(formula.expanded):
        yield from wrap(f"= {text(formula.expanded)}", WIDTH, INDENT * 2, INDENT)


def note(quantity: Quantity) -> list[str]:
    """The documentation of what the author wrote and no table holds."""
    written = quantity.kind is Kind.EQUATION and quantity.value is not None and not quantity.value.origin
    return comment(quantity.doc) if written else []


def functions(system: System) -> Iterator[str]:
    if system.functions:
        yield from ("", "functions")
    for function in system.functions:
        left = f"{function.name}({', '.join(function.parameters)})"
        yield from noted(left, function.value, line_of(function.span))
        yield from comment(function.doc)


def events(system: System) -> Iterator[str]:
    """The conditions, and what is set when one becomes true."""
    units = {state.name: state.unit for state in system.states}
    if system.events:
        yield from ("", "events")
    for event in system.events:
        yield from equation(event.name, None, event.condition, event.span)
        for each in event.settings:
            yield from equation(f"on {event.name}: {each.target}", units[each.target], each.formula, each.span)
        yield from comment(event.doc)


def drives(protocol: Protocol) -> Iterator[str]:
    yield from ("", *headed(f"protocol {protocol.name}", protocol.doc))
    for drive in protocol.drives:
        left = f"clamp {drive.target}" if drive.clamp else drive.target
        yield from noted(left, drive.written, line_of(drive.span))


def noted(left: str, right: Expression, where: str) -> Iterator[str]:
    """`left = right` with its origin at the right margin, in a line of its own where there is no room."""
    *lines, last = wrap(f"{left} = {text(right)}", WIDTH, INDENT, INDENT)
    yield from lines
    room = WIDTH - len(last) - len(where)
    if room >= 2:
        yield f"{last}{' ' * room}{where}"
    else:
        yield from (last, where.rjust(WIDTH))


def comment(doc: str) -> list[str]:
    indent = f"{INDENT * 2}# "
    return textwrap.wrap(plain(doc), WIDTH, initial_indent=indent, subsequent_indent=indent)
