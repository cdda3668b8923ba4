"""How currents and fluxes become amounts per time: what they measure, and by which members of membrane and spaces."""

from __future__ import annotations

from collections.abc import Mapping

from iondsl.constants import CONSTANTS
from iondsl.elaborate import spaces
from iondsl.elaborate.membrane import AMPERE, AREA, FARAD, MEMBERS, Membrane, Term, titled, unit_of
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.shares import Move
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.inference import Lookup
from iondsl.syntax import Name
from iondsl.units import Unit, read_unit, same_dimension

MOLE = read_unit("mol")
CONCENTRATION = read_unit("mM")
FLUXES = "units such as [mol/s] and [mol/(cm^2 s)] fit; [mM/ms] needs `per SPACE` behind the two ends"

# Operators and members, by which a flow is multiplied or divided: `* membrane.area`.
Way = tuple[tuple[str, str], ...]


@frozen
class Flow:
    """What a flow measures: a current or particles, absolute, per area or per farad of a cell; a concentration `per`.

    `per` is the full name of a space.
    """

    is_current: bool
    unit: Unit
    cell: str
    per: str | None = None


@frozen
class Flows:
    """Measures the flows of one model. `unsound` are quantities with errors: no error is built on their units.

    `membranes` are those of its cells, by their names; the model itself is "".
    """

    root: Scope
    membranes: Mapping[str, Membrane]
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
            membrane = self.membranes.get(move.home.cell)
            sound = membrane is not None and membrane.is_sound() and self.has_faraday()
            unit = membrane.current_unit(Term(quantity, False, move.span)) if sound and membrane else None
            return None if unit is None else Flow(True, unit, move.home.cell)
        unit = self.lookup(quantity)
        return None if unit is None else self.flux(unit, move)

    def flux(self, unit: Unit, move: Move) -> Flow | None:
        rates = (CONCENTRATION,) if move.per is not None else (MOLE, MOLE / AREA)
        reacts = move.pool is not None  # the equation of its rate is checked
        if reacts or any(same_dimension(unit, each / self.time) for each in rates):
            per = None if move.per is None else spaces.place_at(move.home, move.per.text)
            return Flow(False, unit, move.home.cell, per)
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

    def way(self, flow: Flow, per: str | None, move: Move) -> Way | None:
        """To an amount per time, or to that `per` area of a cell; E306 for what is missing."""
        if move.per is not None:
            size = self.size(move.per, move)
            return None if size is None else self.by_area((("*", size.quantity),), size.per, per, move)
        carrier = AMPERE if flow.is_current else MOLE / self.time
        if not same_dimension(flow.unit, AMPERE / FARAD):
            return self.by_area((), None if same_dimension(flow.unit, carrier) else flow.cell, per, move)
        found = self.member("C", flow.cell, move)
        if found is None:
            return None
        capacitance, unit = found
        return self.by_area((("*", capacitance),), None if same_dimension(unit, FARAD) else flow.cell, per, move)

    def by_area(self, way: Way, given: str | None, asked: str | None, move: Move) -> Way | None:
        """From what is per area of one cell, or absolute, to what is per area of another."""
        for operator, cell in (("*", given), ("/", asked)) if given != asked else ():
            if cell is not None:
                area = self.member("area", cell, move)
                if area is None:
                    return None
                way = (*way, (operator, area[0]))
        return way

    def size(self, space: Name, move: Move) -> spaces.Size | None:
        cell = move.home.cell_at(space.path[:-1])
        if cell is None or not spaces.has_size(cell, space.path[-1], f"`{move.share.flow}`", move.span, self.report):
            return None
        return spaces.size(cell, space.path[-1])

    def member(self, member: str, cell: str, move: Move) -> tuple[str, Unit] | None:
        """A member of the membrane of a cell, and its unit; E306, once for each that is missing."""
        membrane = self.membranes.get(cell)
        if membrane is None:
            self.no_membrane(member, cell, move)
            return None
        quantity = membrane.scope.quantity(member)
        unit = self.lookup(quantity)
        if unit is None:
            membrane.missing(member, Term(move.share.flow, False, move.span))
        return None if unit is None else (quantity, unit)

    def no_membrane(self, member: str, cell: str, move: Move) -> None:
        """E306 for a cell that has none; E332 where a depth of the model, shared by compartments, needs one."""
        flow = move.share.flow
        home = next(each for each in self.root.cells() if each.cell == cell)
        if home.excuses("membrane"):
            return
        home.absent.add("membrane")
        if home is not move.home:
            message = f"a `depth` counts per area of the membrane, and {titled(home)} has none that `{flow}` could use"
            self.report(Diagnostic("E332", message, move.span, "give the space a `volume`"))
        else:
            message = f"{titled(home)} has no `membrane`, whose `{member}` `{flow}` needs"
            self.report(Diagnostic("E306", message, move.span, f"write `membrane:` with `{MEMBERS[member][2]}`"))
