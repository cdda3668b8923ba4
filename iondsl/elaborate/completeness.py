"""What each block still needs, once all of them are known; and the names of what the compiler will add to them."""

from __future__ import annotations

from iondsl.elaborate import (
    carriers,
    compartments,
    currents,
    fluxes,
    gates,
    hiding,
    influx,
    ions,
    markov,
    participants,
    pools,
    reactions,
    reserved,
    spaces,
)
from iondsl.elaborate.membrane import titled
from iondsl.elaborate.scope import TEMPERATURE, Report, Scope
from iondsl.errors import Diagnostic

# What each kind of block announces, and how it is checked.
PREPARE = {"gate": gates.prepare, "markov": markov.prepare, "current": currents.prepare, "ion": ions.prepare}
CHECK = {
    "gate": gates.check,
    "markov": markov.check,
    "current": currents.check,
    "flux": fluxes.check,
    "space": spaces.check,
    "ion": ions.check,
}


def check(root: Scope, time: str, report: Report) -> None:
    """Announce every member that will be derived, and check each block."""
    if TEMPERATURE in root.members:
        root.derived.add("T")
    reserved.check(root, time, report)
    for scope in root.below():
        if scope.keyword in PREPARE:
            PREPARE[scope.keyword](scope)
        if scope.keyword in CHECK:
            CHECK[scope.keyword](scope, report)
        for definition in scope.members.values():
            carriers.check_stimulus(scope, definition.carries, report)
    fluxes.check_charges(root, report)
    reactions.prepare(root)
    participants.check(root, report)
    reserved.check_constants(root, report)
    pools.prepare(root, influx.called(root))
    hiding.check(root, report)
    for cell in root.cells():
        check_membrane(cell, report)
    compartments.check(root, report)


def check_membrane(cell: Scope, report: Report) -> None:
    """E306 for a current without a membrane, or with one that has no potential. In a library the user has it."""
    first, membrane = next(currents.terms(cell), None), cell.membrane
    if first is None or (membrane is None and (cell.is_library or cell.excuses("membrane"))):
        return
    cure = "declare `state V = -65 [mV]` and `C = 1 [uF/cm^2]` in `membrane:`"
    if membrane is None:
        message = f"{titled(cell)} has no `membrane`, which `{first.quantity}` enters"
        report(Diagnostic("E306", message, first.span, cure))
        cell.absent |= {"membrane", "V"}
    elif membrane.lacks("V") and membrane.block is not None:
        report(Diagnostic("E306", "the membrane has no `V`", membrane.block.span, cure))
        membrane.absent.add("V")
