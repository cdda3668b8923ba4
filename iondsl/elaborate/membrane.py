"""The membrane equation: C V' = -(currents) + (stimuli), with every conversion between units and per area."""

from __future__ import annotations

from fractions import Fraction

from iondsl.elaborate.draft import Side, binary, name, negative, total
from iondsl.elaborate.scope import Report, Scope
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.inference import Lookup, exact
from iondsl.source import Span
from iondsl.syntax import Expression, Unary
from iondsl.units import ONE, Unit, factor, read_unit, same_dimension

AMPERE = read_unit("A")
AREA = read_unit("m^2")
FARAD = read_unit("F")
VOLT = read_unit("V")

# What the members of a membrane may measure, and how to write them.
MEMBERS = {
    "V": ((VOLT,), "a voltage", "state V = -65 [mV]"),
    "C": ((FARAD, FARAD / AREA), "a capacitance", "C = 1 [uF/cm^2]"),
    "area": ((AREA,), "an area", "area = 1000 [um^2]"),
}
CURRENTS = "units such as [uA/cm^2], [A/F] and [pA] fit; state one left of `=`, as in `I [pA] = ...`"


@frozen
class Term:
    """A current or stimulus of the membrane, and where its unit is stated."""

    quantity: str
    inward: bool
    span: Span


@frozen
class Membrane:
    """Derives V' for one cell. `unsound` are quantities with errors: no error is built on their units."""

    scope: Scope
    time: Unit
    lookup: Lookup
    unsound: frozenset[str]
    report: Report

    def equation(self, terms: list[Term], span: Span) -> Side | None:
        """V' in the unit of V per unit of time; None where an error keeps it from being derived."""
        if not self.is_sound():
            return None
        groups: dict[tuple[str, Fraction], list[Expression]] = {}
        for term in terms:
            way = None if term.quantity in self.unsound else self.way(term)
            if way is not None:
                operand = name(term.quantity, span)
                groups.setdefault(way, []).append(operand if term.inward else negative(operand))
        sums = [self.converted(way, total_of(members), span) for way, members in groups.items()]
        expression = total(sums) if sums else exact(Fraction(0), span)
        return Side(expression, self.scope.root, "membrane equation")

    def is_sound(self) -> bool:
        """Whether V, C and area measure what they should, as far as they are there."""
        present = [member for member in MEMBERS if self.scope.declares(member)]
        if any(self.scope.quantity(member) in self.unsound for member in present):
            return False
        misfits = [member for member in present if not self.fits(member)]
        return not misfits

    def fits(self, member: str) -> bool:
        unit = self.lookup(self.scope.quantity(member))
        dimensions, what, cure = MEMBERS[member]
        if unit is None:
            return False  # an error in its equation was reported
        if any(same_dimension(unit, each) for each in dimensions):
            return True
        where = self.scope.members[member].span
        self.report(Diagnostic("E404", f"`{member}` {unit_of(unit)}; it must be {what}", where, f"write `{cure}`"))
        return False

    def way(self, term: Term) -> tuple[str, Fraction] | None:
        """How a current becomes mV/ms: divided by C, times or by the area, and with which factor."""
        unit = self.current_unit(term)
        if unit is None:
            return None
        rate = (self.lookup(self.scope.quantity("V")) or VOLT) / self.time
        if same_dimension(unit, AMPERE / FARAD):
            return "", factor(unit, rate)
        capacitance = self.lookup(self.scope.quantity("C"))
        if capacitance is None:
            self.missing("C", term)
            return None
        needed = capacitance * rate
        return ("C", factor(unit, needed)) if same_dimension(unit, needed) else self.by_area(unit, needed, term)

    def current_unit(self, term: Term) -> Unit | None:
        """E404 for a current that does not measure one; None also where an error was reported in its equation."""
        unit = self.lookup(term.quantity)
        known = (AMPERE, AMPERE / AREA, AMPERE / FARAD)
        if unit is not None and not any(same_dimension(unit, each) for each in known):
            message = f"`{term.quantity}` {unit_of(unit)}; it must be a current"
            self.report(Diagnostic("E404", message, term.span, CURRENTS))
            return None
        return unit

    def by_area(self, unit: Unit, needed: Unit, term: Term) -> tuple[str, Fraction] | None:
        area = self.lookup(self.scope.quantity("area"))
        if area is None:
            self.missing("area", term)
            return None
        if same_dimension(unit, AMPERE):
            return "C area", factor(unit / area, needed)
        return "area/C", factor(unit * area, needed)

    def missing(self, member: str, term: Term) -> None:
        """E306, once for each member that is missing."""
        block = self.scope.block
        if block is None or not self.scope.lacks(member):
            return
        self.scope.absent.add(member)
        message = f"the membrane has no `{member}`, which `{term.quantity}` needs"
        self.report(Diagnostic("E306", message, block.span, f"declare it in the membrane: `{MEMBERS[member][2]}`"))

    def converted(self, way: tuple[str, Fraction], currents: Expression, span: Span) -> Expression:
        path, scale = way
        capacitance, area = (name(self.scope.quantity(member), span) for member in ("C", "area"))
        if scale != 1:
            currents = binary("*", exact(scale, span), currents)
        if path == "area/C":
            currents = binary("*", currents, area)
        divisor = binary("*", capacitance, area) if path == "C area" else capacitance
        return binary("/", currents, divisor) if path else currents


def titled(cell: Scope) -> str:
    """A cell as the subject of a sentence."""
    return f"the compartment `{cell.cell}`" if cell.cell else "the model"


def unit_of(unit: Unit) -> str:
    return "has no unit" if unit == ONE else f"has the unit [{unit}]"


def total_of(members: list[Expression]) -> Expression:
    """`-(a + b) + c`: outward currents bracketed, then inward ones, as papers print it."""
    outward = [member.operand for member in members if isinstance(member, Unary)]
    inward = [member for member in members if not isinstance(member, Unary)]
    return total([*([negative(total(outward))] if outward else []), *inward])
