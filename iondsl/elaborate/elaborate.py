"""The whole way from a program to a System: drafts of every construct, then names, calls, units, the membrane."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from iondsl.elaborate import currents, gates, hiding, ions, members, reserved, temperature
from iondsl.elaborate.calls import Calls
from iondsl.elaborate.conversions import written_out
from iondsl.elaborate.draft import Draft, Side
from iondsl.elaborate.membrane import Membrane
from iondsl.elaborate.names import Names
from iondsl.elaborate.nernst import Nernst
from iondsl.elaborate.protocols import Protocols
from iondsl.elaborate.scope import MAIN, Report, Scope, build
from iondsl.elaborate.units import Units
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Cite, Doc, Program
from iondsl.system import Formula, Function, Kind, Protocol, Quantity, System
from iondsl.units import Unit, read_unit, same_dimension

Record = TypeVar("Record")

DEFAULT_TIME = ("t", read_unit("ms"))


def elaborate(program: Program) -> tuple[System, tuple[Diagnostic, ...]]:
    """The System that a program means, and every error in it; with errors, as much of it as makes sense."""
    findings: list[Diagnostic] = []
    root = build(program, findings.append)
    if program.header is None:
        where = Span(program.source, 0, 0)
        cure = "begin with `model NAME:`; without it a file is a library of parts, which cannot be run"
        findings.append(Diagnostic("E208", "the file has no `model`", where, cure))
    system = Elaboration(program, root, findings.append).system()
    return system, tuple(dict.fromkeys(findings))


@dataclass(frozen=True, slots=True)
class Elaboration:
    """One run over one program."""

    program: Program
    root: Scope
    report: Report

    def system(self) -> System:
        time_name, time_unit = self.time()
        self.prepare()
        names = Names(self.root, time_name, self.program.unread, self.report)
        calls = Calls(names, self.report)
        drafts = {draft.name: draft for draft in sorted(self.drafts(time_unit), key=lambda each: each.span.start)}
        units = Units(time_name, time_unit, drafts)
        quantities = {name: self.quantity(draft, calls, units) for name, draft in drafts.items()}
        self.check_functions(calls)
        self.add_membrane_equation(quantities, calls, units)
        nernst = Nernst(self.root, units.lookup, self.report)
        quantities = {name: self.finish(quantity, nernst, units) for name, quantity in quantities.items()}
        return self.assemble(quantities, Protocols(names, quantities, time_unit, self.report), time_name, time_unit)

    def time(self) -> tuple[str, Unit]:
        written = self.root.time
        if written is None:
            return DEFAULT_TIME
        unit = written.unit.unit
        if not same_dimension(unit, DEFAULT_TIME[1]):
            cure = "write `time t [ms]` or `time t [s]`"
            self.report(Diagnostic("E402", f"[{unit}] is no unit of time", written.unit.span, cure))
            unit = DEFAULT_TIME[1]
        return written.name, unit

    def prepare(self) -> None:
        """Announce every member that will be derived, then check that each block is complete."""
        if temperature.NAME in self.root.members:
            self.root.derived.add("T")
        reserved.check(self.root, self.time()[0], self.report)
        for scope in self.root.below():
            if scope.keyword == "gate":
                gates.prepare(scope)
                gates.check(scope, self.report)
            elif scope.keyword == "current":
                currents.check(scope, self.report)
            elif scope.keyword == "ion":
                ions.prepare(scope)
                ions.check(scope, self.report)
            for definition in scope.members.values():
                currents.check_carriers(scope, definition.carries, self.report)
        hiding.check(self.root, self.report)

    def drafts(self, time: Unit) -> Iterator[Draft]:
        for scope in self.root.below():
            yield from members.drafts(scope, time, self.report)
            if scope.keyword == "gate":
                yield from gates.drafts(scope, time)
            elif scope.keyword == "ion":
                yield from ions.drafts(scope)

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
        """Look into functions that nothing calls: their errors count too."""
        for scope in self.root.below():
            for function in scope.functions.values():
                bound = frozenset(function.parameters)
                calls.expand(calls.names.resolve(function.value, scope, bound), scope, (function,))

    def add_membrane_equation(self, quantities: dict[str, Quantity], calls: Calls, units: Units) -> None:
        membrane = self.root.blocks.get("membrane")
        voltage = quantities.get("V")
        if membrane is None or voltage is None or voltage.kind is not Kind.STATE or voltage.rate is not None:
            return
        derive = Membrane(membrane, units.lookup("V") or read_unit("mV"), units.time, units.lookup, self.report)
        side = derive.equation(list(currents.terms(self.root)), voltage.span)
        quantities["V"] = replace(voltage, rate=self.formula(side, calls))

    def finish(self, quantity: Quantity, nernst: Nernst, units: Units) -> Quantity:
        def complete(formula: Formula | None) -> Formula | None:
            if formula is None:
                return None
            expanded = written_out(formula.expanded, nernst, units.lookup, self.report)
            return replace(formula, expanded=expanded)

        unit = units.lookup(quantity.name)
        return replace(quantity, unit=unit, value=complete(quantity.value), rate=complete(quantity.rate))

    def assemble(
        self, quantities: dict[str, Quantity], protocols: Protocols, time_name: str, time_unit: Unit
    ) -> System:
        header = self.program.header
        body = header.body if header is not None else ()
        span = header.span if header is not None else Span(self.program.source, 0, 0)
        written = [statement for statement in (*body, *self.program.body) if isinstance(statement, Doc | Cite)]
        scopes = list(self.root.below())
        return System(
            source=self.program.source,
            name=header.name if header is not None else "",
            doc=" ".join(text.text for text in written if isinstance(text, Doc)),
            citations=tuple(cite.text for cite in written if isinstance(cite, Cite)),
            time=Quantity(time_name, Kind.TIME, time_unit, None, span),
            quantities=tuple(quantities.values()),
            ions=kept(ions.record(scope) for scope in scopes if scope.keyword == "ion"),
            currents=kept(currents.record(scope) for scope in scopes if scope.keyword == "current"),
            gates=kept(gates.record(scope) for scope in scopes if scope.keyword == "gate"),
            functions=tuple(self.functions(protocols.names)),
            protocols=self.protocols(protocols),
            aliases=tuple(aliases(scopes)),
        )

    def functions(self, names: Names) -> Iterator[Function]:
        for scope in self.root.below():
            for function in scope.functions.values():
                value = names.resolve(function.value, scope, frozenset(function.parameters))
                path = ".".join((*scope.path, function.name))
                yield Function(path, function.parameters, value, function.span, function.doc)

    def protocols(self, protocols: Protocols) -> tuple[Protocol, ...]:
        blocks = [scope for scope in self.root.blocks.values() if scope.keyword == "protocol"]
        return kept(protocols.read(scope) for scope in blocks)


def kept(records: Iterator[Record | None]) -> tuple[Record, ...]:
    return tuple(record for record in records if record is not None)


def aliases(scopes: list[Scope]) -> Iterator[tuple[str, str]]:
    """Other names that users may write: `I_Na.I` for `I_Na`, `membrane.V` for `V`, `temperature` for `T`."""
    for scope in scopes:
        if scope.main in scope.members:
            yield ".".join((*scope.path, MAIN[scope.keyword])), ".".join(scope.path)
        if scope.keyword == "membrane" and "V" in scope.members:
            yield "membrane.V", "V"
        if scope.parent is None and temperature.NAME in scope.members:
            yield temperature.NAME, "T"
