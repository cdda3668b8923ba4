"""The whole way from a program to a System: drafts of every construct, then names, calls, units, the membrane."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from iondsl.constants import CONSTANTS
from iondsl.elaborate import (
    balances,
    completeness,
    conserved,
    currents,
    events,
    gates,
    ions,
    markov,
    members,
    ordering,
    pools,
    reactions,
    settings,
    variants,
)
from iondsl.elaborate.assembly import assemble
from iondsl.elaborate.calls import Calls
from iondsl.elaborate.comparison import encloses
from iondsl.elaborate.draft import Draft, Side
from iondsl.elaborate.inlining import Inlining
from iondsl.elaborate.membrane import Membrane
from iondsl.elaborate.names import PI, Names
from iondsl.elaborate.networks import recorder
from iondsl.elaborate.placing import build
from iondsl.elaborate.protocols import Protocols
from iondsl.elaborate.scope import Report, Scope
from iondsl.elaborate.shared import Shared
from iondsl.elaborate.soundness import unsound
from iondsl.elaborate.units import Units
from iondsl.elaborate.use import needs, ports, records
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.inference import Inferred
from iondsl.source import Span
from iondsl.syntax import ANY, Program
from iondsl.system import Formula, Kind, Protocol, Quantity, System, Variant
from iondsl.units import Unit, read_unit, same_dimension

MILLISECOND = read_unit("ms")


def elaborate(
    program: Program, strict: bool = False, variant: str = "", shared: Shared | None = None
) -> tuple[System, tuple[Diagnostic, ...]]:
    """The System that a program means, and every error in it; with errors, as much of it as makes sense.

    `strict` reads every bare number as a pure one. A `variant` that there is not is the model as it stands. `shared`
    is what was read of the same program, under the same rule for bare numbers, in another variant.
    """
    findings: list[Diagnostic] = []
    variants.check(program, findings.append)
    program = variants.chosen(program, variant)
    root = build(program, findings.append)
    needs.check(root, findings.append)
    if program.header is None:
        ports.check_library(program, findings.append)
    chosen = next((variants.record(block) for block in variants.of(program) if block.name == variant), None)
    system = Elaboration(program, root, findings.append, shared, strict, chosen).system()
    return system, tuple(dict.fromkeys(findings))


def no_model(program: Program) -> tuple[Diagnostic, ...]:
    """E208 for a library, where a model is needed."""
    if program.header is not None or not program.body or not program.unread.isdisjoint(("model", ANY)):
        return ()
    cure = "begin with `model NAME:`; a library of parts is not run: see `iondsl check` and `iondsl show --tree`"
    return (Diagnostic("E208", "the file has no `model`", program.body[0].span, cure),)


@frozen
class Elaboration:
    """One run over one program."""

    program: Program
    root: Scope
    report: Report
    shared: Shared | None = None
    strict: bool = False
    variant: Variant | None = None

    def system(self) -> System:
        time = self.time()
        unit_of_time = time.unit or MILLISECOND
        completeness.check(self.root, time.name, self.report)
        names = Names(self.root, time.name, self.report)
        calls = Calls(names, Inlining(self.report), self.report)
        drafts = {draft.name: draft for draft in sorted(self.drafts(unit_of_time), key=lambda each: each.position)}
        units = Units(time.name, unit_of_time, drafts, self.shared, self.strict)
        self.check_functions(calls)
        if self.shared is not None:
            self.shared.enter(self.root)
        quantities = {name: self.quantity(draft, calls, units) for name, draft in drafts.items()}
        of_events = events.read(self.root, calls, self.report)
        quantities |= self.starts(calls, drafts, units)
        drafts |= pools.measured(self.root, drafts, unit_of_time, units.lookup)
        spoilt = [draft.name for draft in drafts.values() if draft.spoilt]
        errors = unsound(quantities, (time.name, PI, *CONSTANTS), spoilt)
        for cell in self.root.cells():
            self.add_membrane_equation(cell, quantities, calls, units, errors)
        booking = balances.add(quantities, calls, units, errors, self.report)
        quantities = {name: self.finish(each, units) for name, each in quantities.items()}
        networks = tuple(recorder(booking, calls, units, quantities).reactions(self.root))
        protocols = self.protocols(Protocols(names, quantities, unit_of_time, self.report))
        variant = "" if self.variant is None else self.variant.name
        happening = settings.finish(of_events, quantities, units, self.converted, self.report)
        system = assemble(self.program, names, time, tuple(quantities.values()), networks, protocols)
        order = ordering.ordered(self.root, names, quantities)
        system = replace(system, variant=variant, events=happening, order=order)
        return records.recorded(system, names, lambda each: units.for_readers(Formula(each, each)))

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
            clock = scope.clock or time
            yield from members.drafts(scope, clock, time, self.report)
            if scope.keyword == "gate":
                yield from (each.in_time(clock, time) for each in gates.drafts(scope, clock))
            elif scope.keyword == "markov":
                yield from (each.in_time(clock, time) for each in markov.drafts(scope, clock))
            elif scope.keyword == "ion":
                yield from ions.drafts(scope)
            elif scope.keyword == "reaction":
                yield from reactions.drafts(scope, clock)
            elif scope.keyword == "current":
                yield from currents.drafts(scope)
        yield from pools.drafts(self.root)

    def quantity(self, draft: Draft, calls: Calls, units: Units) -> Quantity:
        """A draft with its names looked up and its calls inlined."""
        value = self.formula(draft.value, calls, draft.name)
        rate = self.formula(draft.rate, calls, f"{draft.name}'")
        if value is not None:
            units.formulas[draft.name] = value
        return Quantity(draft.name, draft.kind, draft.unit, value, draft.span, rate, draft.doc, draft.block)

    def starts(self, calls: Calls, drafts: dict[str, Draft], units: Units) -> dict[str, Quantity]:
        """The states of `initial(...)`, behind all others."""
        found = {each.name: each for each in calls.starts.quantities()}
        drafts |= {draft.name: draft for draft in calls.starts.drafts()}
        units.formulas |= {name: each.value for name, each in found.items() if each.value is not None}
        return found

    def formula(self, side: Side | None, calls: Calls, name: str = "") -> Formula | None:
        """The formula of a right side. By a `name` it may be known from another variant."""
        if side is None:
            return None
        made = partial(calls.formula, side.expression, side.scope, side.origin)
        return self.shared.formula(name, side, made) if name and self.shared is not None else made()

    def check_functions(self, calls: Calls) -> None:
        """Look into every function, called or not: its errors count too."""
        for scope in self.root.below():
            for function in scope.functions.values():
                calls.body(function, scope, ())

    def add_membrane_equation(
        self, cell: Scope, quantities: dict[str, Quantity], calls: Calls, units: Units, errors: frozenset[str]
    ) -> None:
        membrane = cell.membrane
        voltage = None if membrane is None else quantities.get(membrane.quantity("V"))
        if membrane is None or voltage is None or voltage.kind is not Kind.STATE or voltage.rate is not None:
            return
        derive = Membrane(membrane, units.time, units.lookup, errors, self.report)
        side = derive.equation(list(currents.terms(cell)), voltage.span)
        quantities[voltage.name] = replace(voltage, rate=self.formula(side, calls))

    def finish(self, quantity: Quantity, units: Units) -> Quantity:
        """The quantity with its unit, and its conversions written out. What is wrong in it otherwise has no unit."""
        unit = units.lookup(quantity.name)
        value, rate, follows = quantity.value, quantity.rate, quantity.follows
        if follows is not None and value is not None:
            value = self.converted(value, units.start(quantity.name, value), units)
            follows = self.converted(follows, units.value(quantity.name), units)
        elif value is not None:
            value = self.converted(value, units.value(quantity.name), units)
        if rate is not None and quantity.kind is Kind.EQUATION:
            rate = conserved.in_units_of_law(rate, units.lookup(f"{quantity.name}'"))
        if rate is not None:
            rate = self.converted(rate, units.derivative(quantity.name, rate), units)
        return replace(quantity, unit=unit, value=value, rate=rate, follows=follows)

    def converted(self, formula: Formula, inferred: Inferred, units: Units) -> Formula:
        for finding in inferred.findings:
            self.report(finding)
        return replace(
            formula,
            written=units.for_readers(formula),
            expanded=inferred.expression,
            readings=inferred.readings,
            conversions=inferred.conversions,
            variant=self.restating(formula),
        )

    def restating(self, formula: Formula) -> str:
        """The variant that it stands in. A derived equation has the place of what it is derived for, which does not
        count."""
        is_written = not formula.origin or formula.origin.startswith("written")
        if is_written and self.variant is not None and encloses(self.variant.span, formula.span):
            return self.variant.name
        return ""

    def protocols(self, protocols: Protocols) -> tuple[Protocol, ...]:
        return tuple(protocols.read(block) for block in self.root.protocols.values())
