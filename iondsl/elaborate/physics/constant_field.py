"""The arguments of the constant-field equations of Goldman, Hodgkin and Katz."""

from __future__ import annotations

from iondsl.elaborate.draft import binary, name, total
from iondsl.elaborate.excused import is_excused
from iondsl.elaborate.physics import species
from iondsl.elaborate.physics.species import Species
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Call, Convert, Expression, UnitLiteral
from iondsl.units import read_unit

MILLIMOLAR = read_unit("mM")
HOW_TO_CURRENT = "write `ghk_current(P, K)`, or `ghk_current(P, z, i, o, V)`"
HOW_TO_VOLTAGE = "write `ghk_voltage(P_K, K, P_Na, Na)`, a permeability before each ion"
NO_POTENTIAL = "declare `state V = -65 [mV]` in `membrane:`, or write `ghk_current(P, z, i, o, V)`"

Arguments = tuple[Expression, ...]


def current(call: Call, arguments: Arguments, scope: Scope, report: Report) -> Arguments | None:
    """P, z, i, o and V, of the ion and the membrane where these are not given."""
    if len(arguments) == 5:
        return arguments if species.has_charge("ghk_current", arguments[1], report) else None
    if len(arguments) != 2 or call.keywords:
        message = "`ghk_current` takes a permeability and an ion, or all of P, z, i, o and V"
        report(Diagnostic("E206", message, call.span, HOW_TO_CURRENT))
        return None
    ion = species.between(arguments[1], "ghk_current", call.span, scope, report)
    if not has_potential(call, scope, report) or ion is None:
        return None
    return (arguments[0], *species.members(ion, call.span), name(potential(scope) or "V", call.span))


def potential(scope: Scope) -> str | None:
    """The V that a block sees: of its cell, or else of the model around it; that of a library may be an input."""
    membranes = (cell.membrane for cell in scope.home.outward())
    found = next((each.quantity("V") for each in membranes if each is not None and each.declares("V")), None)
    return "V" if found is None and scope.root.is_library and scope.root.declares("V") else found


def has_potential(call: Call, scope: Scope, report: Report) -> bool:
    """E306, once, where there is no V that `ghk_current(P, K)` could read."""
    if potential(scope) is not None:
        return True
    if not is_excused(("V",), scope) and not is_excused(("membrane",), scope):
        message = "`ghk_current` needs the membrane potential"
        others = (cell.cell for cell in scope.root.cells() if cell is not scope.home and potential(cell) is not None)
        cures = (f"only a compartment has one: write `ghk_current(P, z, i, o, {each}.V)`" for each in others)
        report(Diagnostic("E306", message, call.function.span, next(cures, NO_POTENTIAL)))
        scope.home.absent.add("V")
    return False


def sums(call: Call, scope: Scope, report: Report) -> tuple[Expression, Expression] | None:
    """The sums of permeability times concentration above and below the line of the equation for V."""
    if len(call.arguments) % 2:
        message = "`ghk_voltage` takes pairs of a permeability and an ion"
        report(Diagnostic("E206", message, call.span, HOW_TO_VOLTAGE))
        return None
    above: list[Expression] = []
    below: list[Expression] = []
    for permeability, argument in zip(call.arguments[::2], call.arguments[1::2], strict=True):
        ion = monovalent(argument, call.span, scope, report)
        if ion is not None:
            outward, inward = (ion.outside, ion.inside) if ion.valence > 0 else (ion.inside, ion.outside)
            above.append(binary("*", permeability, in_millimolar(outward)))
            below.append(binary("*", permeability, in_millimolar(inward)))
    return (total(above), total(below)) if 2 * len(above) == len(call.arguments) else None


def monovalent(argument: Expression, span: Span, scope: Scope, report: Report) -> Species | None:
    ion = species.between(argument, "ghk_voltage", span, scope, report)
    if ion is None or abs(ion.valence) == 1:
        return ion
    message = f"`{argument.span.text}` has z = {ion.valence:+d}: `ghk_voltage` holds for +1 and -1 alone"
    report(Diagnostic("E304", message, argument.span, "use `ghk_current` of each ion, and find the V of no current"))
    return None


def in_millimolar(concentration: Expression) -> Expression:
    span = concentration.span
    return Convert("in", concentration, UnitLiteral(MILLIMOLAR, span), span)
