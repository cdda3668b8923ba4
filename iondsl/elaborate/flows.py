"""How currents and fluxes become amounts per time: what they measure, and by which members of membrane and spaces."""

from __future__ import annotations

from dataclasses import dataclass

from iondsl.constants import CONSTANTS
from iondsl.elaborate import spaces
from iondsl.elaborate.membrane import AMPERE, AREA, FARAD, MEMBERS, Membrane, Term, unit_of
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.shares import Move
from iondsl.errors import Diagnostic
from iondsl.inference import Lookup
from iondsl.units import Unit, read_unit, same_dimension

MOLE = read_unit("mol")
CONCENTRATION = read_unit("mM")
FLUXES = "units such as [mol/s] and [mol/(cm^2 s)] fit; [mM/ms] needs `per SPACE` behind the two ends"

# Operators and members, by which a flow is multiplied or divided: `* membrane.area`.
Way = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """What a flow measures: a current or particles, absolute, per area or per farad, or as a concentration `per`."""

    is_current: bool
    unit: Unit
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Flows:
    """Measures the flows of one model. `unsound` are quantities with errors: no error is built on their units."""

    root: Scope
    membrane: Membrane | None
    time: Unit
    lookup: Lookup
    unsound: frozenset[str]
    report: Report

    def measured(self, move: Move) -> Flow | None:
        """E404 for a flow that measures something else; None also where an error was reported in its equation."""
        quantity = move.share.flow
        if quantity in self.unsound:
            return None
        if move.is_current:
            sound = self.membrane is not None and self.membrane.is_sound() and self.has_faraday()
            unit = self.membrane.current_unit(Term(quantity, False, move.span)) if sound and self.membrane else None
            return None if unit is None else Flow(True, unit)
        unit = self.lookup(quantity)
        return None if unit is None else self.flux(unit, move)

    def flux(self, unit: Unit, move: Move) -> Flow | None:
        rates = (CONCENTRATION,) if move.per is not None else (MOLE, MOLE / AREA)
        if any(same_dimension(unit, each / self.time) for each in rates):
            return Flow(False, unit, move.per)
        what, cure = "an amount per time", FLUXES
        if move.per is not None:
            what, cure = "a concentration per time", "units such as [mM/ms] fit behind `per`"
        message = f"`{move.share.flow}` {unit_of(unit)}; it must be {what}"
        self.report(Diagnostic("E404", message, move.span, cure))
        return None

    def has_faraday(self) -> bool:
        """E402 for an `F` of the file that is no Faraday constant."""
        unit, written = self.lookup("F"), self.root.members.get("F")
        if "F" in self.unsound or written is None or unit is None:
            return "F" not in self.unsound
        if same_dimension(unit, CONSTANTS["F"].unit):
            return True
        message = f"`F` at the top of the file {unit_of(unit)}; it replaces the Faraday constant"
        self.report(Diagnostic("E402", message, written.span, "give it a unit such as [C/mol], or another name"))
        return False

    def way(self, flow: Flow, absolute: bool, move: Move) -> Way | None:
        """To an amount per time (`absolute`), or to that per area; E306 for what is missing."""
        if flow.per is not None:
            size = self.size(flow.per, move)
            return None if size is None else self.by_area((("*", size.quantity),), size.is_absolute, absolute, move)
        carrier = AMPERE if flow.is_current else MOLE / self.time
        if not same_dimension(flow.unit, AMPERE / FARAD):
            return self.by_area((), same_dimension(flow.unit, carrier), absolute, move)
        capacitance = self.lookup("membrane.C")
        if capacitance is None:
            self.missing("C", move)
            return None
        return self.by_area((("*", "membrane.C"),), same_dimension(capacitance, FARAD), absolute, move)

    def by_area(self, way: Way, is_absolute: bool, absolute: bool, move: Move) -> Way | None:
        if is_absolute == absolute:
            return way
        if self.lookup("membrane.area") is None:
            self.missing("area", move)
            return None
        return (*way, ("*" if absolute else "/", "membrane.area"))

    def size(self, space: str, move: Move) -> spaces.Size | None:
        has_size = spaces.has_size(self.root, space, f"`{move.share.flow}`", move.span, self.report)
        return spaces.size(self.root, space) if has_size else None

    def missing(self, member: str, move: Move) -> None:
        """E306, once for each member that is missing."""
        if self.membrane is not None:
            self.membrane.missing(member, Term(move.share.flow, False, move.span))
        elif not self.root.excuses("membrane"):
            message = f"the model has no `membrane`, whose `{member}` `{move.share.flow}` needs"
            self.report(Diagnostic("E306", message, move.span, f"write `membrane:` with `{MEMBERS[member][2]}`"))
            self.root.absent.add("membrane")
