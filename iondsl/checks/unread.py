"""W202: a parameter or an input that nothing reads, in the model as it stands or in any variant."""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.names import names_in
from iondsl.elaborate.temperature import is_temperature
from iondsl.errors import Diagnostic
from iondsl.system import Kind, System

CURE = "leave it out, or read it where it belongs"


def check(system: System) -> Iterator[Diagnostic]:
    """Of a System beside its variants. A line counts as read if anything that was made of it is."""
    used, around = read(system), structure(system)
    places = {each.span for each in system.printed if each.name in used}
    for quantity in system.of_kind(Kind.PARAMETER, Kind.INPUT, Kind.STIMULUS):
        in_membrane = system.is_library and quantity.kind is Kind.STIMULUS  # the user's
        needed = in_membrane or quantity.span in places or quantity.name in around or is_temperature(quantity)
        if not needed and quantity.span.source is system.source:
            yield Diagnostic("W202", f"nothing reads the {quantity.kind.value} `{quantity.name}`", quantity.span, CURE)


def read(system: System) -> set[str]:
    """Every name that stands in a right side, in an event, or in the body of a function."""
    formulas = [formula for quantity in system.printed for formula in quantity.formulas]
    events = (*system.events, *(event for variant in system.variants for event in variant.events))
    formulas += [formula for event in events for formula in event.formulas]
    expressions = [side for formula in formulas for side in (formula.written, formula.expanded)]
    expressions += [
        side
        for network in system.networks
        for line in network.transitions
        for each in (*line.left, *line.right)
        for side in (each.scale, each.measure)
        if side is not None
    ]
    found = {name for expression in expressions for name in names_in(expression)}
    in_functions = [names_in(function.value) - set(function.parameters) for function in system.functions]
    return found.union(*in_functions, taking_part(system))


def taking_part(system: System) -> set[str]:
    """What stands on the sides of reactions; a fixed concentration is read there."""
    lines = (line for network in system.networks for line in network.transitions)
    return {each.quantity for line in lines for each in (*line.left, *line.right)}


def structure(system: System) -> set[str | None]:
    """What belongs to a membrane, an ion or a space, whether anything asks for it or not."""
    of_membranes = {name for each in system.compartments for name in (each.area, each.capacitance)}
    of_ions = {each.quantity for ion in system.ions for each in ion.concentrations}
    reversals = {ion.reversal for ion in system.ions}
    sizes = {space.size for space in system.spaces}
    return {"membrane.area", "membrane.C"} | of_membranes | of_ions | reversals | sizes
