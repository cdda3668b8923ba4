"""The whole way from a program to a System: drafts of every construct, then names, calls, units, the membrane."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from iondsl.constants import CONSTANTS
from iondsl.elaborate import agreement, balances, completeness, currents, gates, ions, members, pools
from iondsl.elaborate.assembly import assemble
from iondsl.elaborate.calls import Calls
from iondsl.elaborate.conversions import without_idle, written_out
from iondsl.elaborate.draft import Draft, Side
from iondsl.elaborate.inlining import Inlining
from iondsl.elaborate.membrane import Membrane
from iondsl.elaborate.names import PI, Names
from iondsl.elaborate.nernst import Nernst
from iondsl.elaborate.placing import build
from iondsl.elaborate.protocols import Protocols
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.soundness import unsound
from iondsl.elaborate.units import Units
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Program
from iondsl.system import Formula, Kind, Protocol, Quantity, System
from iondsl.units import Unit, read_unit, same_dimension

MILLISECOND = read_unit("ms")


def elaborate(program: Program) -> tuple[System, tuple[Diagnostic, ...]]:
    """The System that a program means, and every error in it; with errors, as much of it as makes sense."""
    findings: list[Diagnostic] = []
    root = build(program, findings.append)
    if program.header is None and program.body and not root.excuses("model"):
        cure = "begin with `model NAME:`; without it a file is a library of parts, which cannot be run"
        findings.append(Diagnostic("E208", "the file has no `model`", program.body[0].span, cure))
    system = Elaboration(program, root, findings.append).system()
    return system, tuple(dict.fromkeys(findings))


@dataclass(frozen=True, slots=True)
class Elaboration:
    """One run over one program."""

    program: Program
    root: Scope
    report: Report

    def system(self) -> System:
        time = self.time()
        unit_of_time = time.unit or MILLISECOND
        completeness.check(self.root, time.name, self.report)
        names = Names(self.root, time.name, self.report)
        calls = Calls(names, Inlining(self.report), self.report)
        drafts = {draft.name: draft for draft in sorted(self.drafts(unit_of_time), key=lambda each: each.span.start)}
        units = Units(time.name, unit_of_time, drafts)
        self.check_functions(calls)
        quantities = {name: self.quantity(draft, calls, units) for name, draft in drafts.items()}
        spoilt = [draft.name for draft in drafts.values() if draft.spoilt]
        errors = unsound(quantities, (time.name, PI, *CONSTANTS), (*spoilt, *self.mixed(quantities, units)))
        self.add_membrane_equation(quantities, calls, units, errors)
        balances.add(quantities, calls, unit_of_time, units.lookup, errors, self.report)
        nernst = Nernst(self.root, units.lookup, self.report)
        self.check_units(quantities, units, errors)
        quantities = {name: self.finish(each, nernst, units, name in errors) for name, each in quantities.items()}
        protocols = self.protocols(Protocols(names, quantities, unit_of_time, self.report))
        return assemble(self.program, names, time, tuple(quantities.values()), protocols)

    def mixed(self, quantities: dict[str, Quantity], units: Units) -> Iterator[str]:
        """The quantities that add what is measured in different scales; each is reported."""
        for name, quantity in quantities.items():
            for formula in (quantity.value, quantity.rate):
                found = [] if formula is None else list(agreement.mixed_sums(formula.expanded, units))
                for diagnostic in found:
                    self.report(diagnostic)
                    yield name

    def time(self) -> Quantity:
        """`t` in ms, unless the file says otherwise."""
        written = self.root.time
        if written is None:
            return Quantity("t", Kind.TIME, MILLISECOND, None, Span(self.program.source, 0, 0))
        unit = written.unit.unit
        if not same_dimension(unit, MILLISECOND):
            if not written.unit.refused:
                cure = "write `time t [ms]` or `time t [s]`"
                self.report(Diagnostic("E402", f"[{unit}] is no unit of time", written.unit.span, cure))
            unit = MILLISECOND
        return Quantity(written.name, Kind.TIME, unit, None, written.span)

    def drafts(self, time: Unit) -> Iterator[Draft]:
        for scope in self.root.below():
            yield from members.drafts(scope, time, self.report)
            if scope.keyword == "gate":
                yield from gates.drafts(scope, time)
            elif scope.keyword == "ion":
                yield from ions.drafts(scope)
            elif scope.keyword == "current":
                yield from currents.drafts(scope)
        yield from pools.drafts(self.root, time)

    def quantity(self, draft: Draft, calls: Calls, units: Units) -> Quantity:
        """A draft with its names looked up and its calls inlined."""
        value = self.formula(draft.value, calls)
        rate = self.formula(draft.rate, calls)
        if value is not None:
            units.expanded[draft.name] = value.expanded
        return Quantity(draft.name, draft.kind, draft.unit, value, draft.span, rate, draft.doc, draft.block)

    def formula(self, side: Side | None, calls: Calls) -> Formula | None:
        return None if side is None else calls.formula(side.expression, side.scope, side.origin)

    def check_functions(self, calls: Calls) -> None:
        """Look into every function, called or not: its errors count too."""
        for scope in self.root.below():
            for function in scope.functions.values():
                calls.body(function, scope, ())

    def add_membrane_equation(
        self, quantities: dict[str, Quantity], calls: Calls, units: Units, errors: frozenset[str]
    ) -> None:
        membrane = self.root.blocks.get("membrane")
        voltage = quantities.get("V")
        if membrane is None or voltage is None or voltage.kind is not Kind.STATE or voltage.rate is not None:
            return
        derive = Membrane(membrane, units.time, units.lookup, errors, self.report)
        side = derive.equation(list(currents.terms(self.root)), voltage.span)
        quantities["V"] = replace(voltage, rate=self.formula(side, calls))

    def check_units(self, quantities: dict[str, Quantity], units: Units, errors: frozenset[str]) -> None:
        for name, quantity in quantities.items():
            if quantity.value is not None and name not in errors:
                agreement.check(units.drafts[name], quantity.value.expanded, units, self.report)

    def finish(self, quantity: Quantity, nernst: Nernst, units: Units, has_errors: bool) -> Quantity:
        """The quantity with its unit, and its conversions written out unless it is wrong anyway."""

        def complete(formula: Formula | None) -> Formula | None:
            if formula is None or has_errors:
                return formula
            expanded = written_out(formula.expanded, nernst, units.lookup, self.report)
            written = without_idle(formula.written, units.lookup) if formula.origin else formula.written
            return replace(formula, written=written, expanded=expanded)

        unit = units.lookup(quantity.name)
        return replace(quantity, unit=unit, value=complete(quantity.value), rate=complete(quantity.rate))

    def protocols(self, protocols: Protocols) -> tuple[Protocol, ...]:
        return tuple(protocols.read(block) for block in self.root.protocols.values())
