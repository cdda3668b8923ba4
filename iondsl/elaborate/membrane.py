"""The membrane equation: C V' = -(currents) + (stimuli), with every conversion between units and per area."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from iondsl.elaborate.draft import Side, binary, name, negative, total
from iondsl.elaborate.measure import Lookup
from iondsl.elaborate.nernst import exact
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.source import Span
from iondsl.syntax import Expression, Unary
from iondsl.units import Unit, factor, read_unit, same_dimension

AMPERE = read_unit("A")
AREA = read_unit("m^2")
FARAD = read_unit("F")
VOLT = read_unit("V")


@dataclass(frozen=True, slots=True)
class Term:
    """A current or stimulus of the membrane, with its unit."""

    quantity: str
    inward: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Membrane:
    """Derives V' for one model. `voltage` and `time` are the units of V and of time."""

    scope: Scope
    voltage: Unit
    time: Unit
    lookup: Lookup
    report: Report

    def equation(self, terms: list[Term], span: Span) -> Side:
        """V' in the unit of V per unit of time."""
        if not self.is_measured(span):
            return Side(exact(Fraction(0), span), self.scope.root, "membrane equation")
        groups: dict[tuple[str, Fraction], list[Expression]] = {}
        for term in terms:
            way = self.way(term)
            if way is not None:
                operand = name(term.quantity, span)
                groups.setdefault(way, []).append(operand if term.inward else negative(operand))
        sums = [self.converted(way, total_of(members), span) for way, members in groups.items()]
        expression = total(sums) if sums else exact(Fraction(0), span)
        return Side(expression, self.scope.root, "membrane equation")

    def is_measured(self, span: Span) -> bool:
        """Whether V and C have units that fit; E404 otherwise."""
        wrong = []
        if not same_dimension(self.voltage, VOLT):
            wrong.append(("V", self.voltage, span, "potential", "state V = -65 [mV]"))
        capacitance = self.lookup("membrane.C")
        if capacitance is not None and not any(same_dimension(capacitance, each) for each in (FARAD, FARAD / AREA)):
            definition = self.scope.members["C"]
            wrong.append(("C", capacitance, definition.span, "capacitance", "C = 1 [uF/cm^2]"))
        for member, unit, place, meaning, cure in wrong:
            message = f"`{member}` has the unit [{unit}], which is no {meaning}"
            self.report(Diagnostic("E404", message, place, f"write `{cure}`"))
        return not wrong

    def way(self, term: Term) -> tuple[str, Fraction] | None:
        """How a current becomes mV/ms: divided by C, times or by the area, and with which factor."""
        unit = self.lookup(term.quantity)
        capacitance = self.lookup("membrane.C")
        rate = self.voltage / self.time
        if unit is None:
            cure = f"give it one, left of `=`: `I [uA/cm^2] = ...` in `{term.quantity}`"
            self.report(Diagnostic("E403", f"the unit of `{term.quantity}` is not known", term.span, cure))
            return None
        if same_dimension(unit, AMPERE / FARAD):
            return "", factor(unit, rate)
        if not any(same_dimension(unit, known) for known in (AMPERE, AMPERE / AREA)):
            cure = (
                "a current is measured in units such as [uA/cm^2], [A/F] or [pA]; state it left of `=`: `I [pA] = ...`"
            )
            self.report(
                Diagnostic("E404", f"`{term.quantity}` has the unit [{unit}], which is no current", term.span, cure)
            )
            return None
        if capacitance is None:
            self.missing("C", term)
            return None
        needed = capacitance * rate
        if same_dimension(unit, needed):
            return "C", factor(unit, needed)
        return self.by_area(unit, needed, term)

    def by_area(self, unit: Unit, needed: Unit, term: Term) -> tuple[str, Fraction] | None:
        area = self.lookup("membrane.area")
        if area is None:
            self.missing("area", term)
            return None
        if same_dimension(unit, AMPERE):
            return "C area", factor(unit / area, needed)
        return "area/C", factor(unit * area, needed)

    def missing(self, member: str, term: Term) -> None:
        if self.scope.declares(member):
            return
        block = self.scope.block
        where = term.span if block is None else block.span
        unit = {"C": "1 [uF/cm^2]", "area": "1000 [um^2]"}[member]
        message = f"the membrane has no `{member}`, which `{term.quantity}` needs"
        self.report(Diagnostic("E306", message, where, f"declare it in the membrane: `{member} = {unit}`"))

    def converted(self, way: tuple[str, Fraction], currents: Expression, span: Span) -> Expression:
        path, scale = way
        if scale != 1:
            currents = binary("*", exact(scale, span), currents)
        if path == "area/C":
            currents = binary("*", currents, name("membrane.area", span))
        if path == "C area":
            divisor: Expression = binary("*", name("membrane.C", span), name("membrane.area", span))
        else:
            divisor = name("membrane.C", span)
        return binary("/", currents, divisor) if path else currents


def total_of(members: list[Expression]) -> Expression:
    """`-(a + b) + c`: outward currents bracketed, then inward ones, as papers print it."""
    outward = [member.operand for member in members if isinstance(member, Unary)]
    inward = [member for member in members if not isinstance(member, Unary)]
    return total([*([negative(total(outward))] if outward else []), *inward])
