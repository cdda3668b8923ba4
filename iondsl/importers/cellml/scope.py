"""What names and units mean in the equations of one component."""

from __future__ import annotations

from iondsl.errors import Diagnostic, suggestion
from iondsl.importers.cellml.connections import Sources
from iondsl.importers.cellml.findings import Findings
from iondsl.importers.cellml.instances import Builder, Declared, Instance
from iondsl.importers.cellml.words import VERSIONS
from iondsl.importers.mathml.numbers import pure
from iondsl.importers.xml import Element
from iondsl.source import Span
from iondsl.syntax import Convert, Expression, Name, Prime, UnitLiteral
from iondsl.units import Unit, UnitError, same_dimension

LOCAL = "variables of other components reach this one through a connection"


class ComponentScope:
    """A name is its variable's source; where that has other units, the number is converted, exactly.

    `times` are the sources of the independent variables, each with the place where it is one first.
    """

    def __init__(
        self, instance: Instance, sources: Sources, times: dict[Declared, Span], builder: Builder, findings: Findings
    ) -> None:
        self.instance, self.sources, self.times = instance, sources, times
        self.builder, self.findings = builder, findings

    def declared(self, ci: Element) -> Declared | None:
        found = self.instance.variables.get(ci.text)
        if found is None:
            message = f"`{self.instance.name}` has no variable `{ci.text}`"
            self.findings.add("E640", message, ci.span, suggestion(ci.text, self.instance.variables) or LOCAL)
        return found

    def variable(self, ci: Element) -> Expression:
        found = self.declared(ci)
        return pure("0", ci.span) if found is None else reference(found, self.sources[found], ci.span)

    def rate(self, ci: Element, bvar: Element, span: Span) -> Expression:
        found, by = self.declared(ci), self.declared(bvar)
        if found is None or by is None:
            return pure("0", ci.span)
        source, time = self.sources[found], self.sources[by]
        self.times.setdefault(time, bvar.span)
        node = Prime(Name(source.path, ci.span), span)
        return changed(node, rate_unit(source, time), rate_unit(found, by), span)

    def unit(self, cn: Element) -> UnitLiteral | None:
        """None where the file says none, which the format does not allow."""
        for namespace in VERSIONS:
            name = cn.get("units", namespace)
            if name is not None:
                span = cn.place("units")
                unit = self.builder.units.named(name, self.instance.document, self.instance.element, span)
                return None if unit is None else UnitLiteral(unit, span)
        return None

    def report(self, finding: Diagnostic) -> None:
        self.findings.report(finding)


def reference(variable: Declared, source: Declared, span: Span) -> Expression:
    """The number of a variable, in its own units."""
    return changed(Name(source.path, span), unit_of(source), unit_of(variable), span)


def changed(node: Expression, given: Unit | None, wanted: Unit | None, span: Span) -> Expression:
    """A number in one unit as one in another; other dimensions are an error of the connection."""
    if given is None or wanted is None or given == wanted or not same_dimension(given, wanted):
        return node
    return Convert("in", node, UnitLiteral(wanted, span, implied=True), span)


def moved(node: Expression, given: Unit | None, wanted: Unit | None) -> Expression:
    """A right side for a variable in other units: it is a number in `given`, whatever it seems to be."""
    if given is None or wanted is None or given == wanted or not same_dimension(given, wanted):
        return node
    said = Convert("as", node, UnitLiteral(given, node.span, implied=True), node.span)
    return changed(said, given, wanted, node.span)


def unit_of(variable: Declared) -> Unit | None:
    return None if variable.unit is None else variable.unit.unit


def rate_unit(variable: Declared, by: Declared) -> Unit | None:
    above, below = unit_of(variable), unit_of(by)
    try:
        return None if above is None or below is None else above / below
    except UnitError:
        return None
