"""W306: a reversal potential that stays where it is while a concentration of its ion moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iondsl.checks.graph import reached
from iondsl.checks.unread import read
from iondsl.elaborate.shares import ACROSS
from iondsl.errors import Diagnostic
from iondsl.system import Ion, Kind, Quantity, System


def check(system: System) -> Iterator[Diagnostic]:
    quantities = {quantity.name: quantity for quantity in system.quantities}
    used: set[str] | None = None
    told: set[str] = set()  # ions of compartments may share one
    for ion in system.ions:
        potential = quantities.get(ion.reversal or "")
        moving = moves(ion, system, quantities)
        if potential is None or potential.name in told or not moving or is_free(potential, ion, quantities):
            continue
        used = read(system) if used is None else used
        if potential.name in used:
            told.add(potential.name)
            yield fixed(potential, moving)


def moves(ion: Ion, system: System, quantities: Mapping[str, Quantity]) -> str:
    """The first concentration on either side of the membrane that follows from states; empty for none."""
    ends = {
        end
        for current in system.currents
        for share in current.carries
        for end in (share.start, share.end)
        if share.ion == ion.name
    }
    for each in ion.concentrations:
        if each.space in (*ACROSS, *ends) and follows_from_states(each.quantity, quantities):
            return each.quantity
    return ""


def follows_from_states(name: str, quantities: Mapping[str, Quantity]) -> bool:
    return any(quantities[each].kind is Kind.STATE for each in reached([name], quantities) if each in quantities)


def is_free(potential: Quantity, ion: Ion, quantities: Mapping[str, Quantity]) -> bool:
    """Whether it follows a concentration of its ion, or is set from outside."""
    behind = reached([potential.name], quantities)
    concentrations = {each.quantity for each in ion.concentrations}
    return potential.kind not in (Kind.PARAMETER, Kind.EQUATION) or not concentrations.isdisjoint(behind)


def fixed(potential: Quantity, concentration: str) -> Diagnostic:
    message = f"`{potential.name}` stays where it is while `{concentration}` moves"
    cure = "leave `E` out: with `i`, `o` and a temperature, it is the Nernst potential at every moment"
    return Diagnostic("W306", message, potential.span, cure)
