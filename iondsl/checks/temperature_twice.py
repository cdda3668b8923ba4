"""W322: the rates of a gate follow the temperature by themselves, and by `phi` once more.

A temperature factor is a power that depends on the temperature and on nothing that moves: `3^((T - 310 [K])/10 [K])`,
`q10(...)`, exp(-E/(R T)). What is measured in R T/F is none: a reversal potential, exp(-z F V/(R T)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iondsl.checks.graph import Graph, readers, uses
from iondsl.checks.places import inside, within
from iondsl.elaborate.names import names_in
from iondsl.elaborate.temperature import is_temperature
from iondsl.errors import Diagnostic
from iondsl.immutable import frozen
from iondsl.source import Span
from iondsl.syntax import Binary, Call, Expression, Name
from iondsl.system import Formula, Kind, System
from iondsl.traversal import walk

CURE = "leave one of them out: `phi` multiplies `alpha` and `beta`, and divides `tau`"


def check(system: System) -> Iterator[Diagnostic]:
    values = right_sides(system)
    graph = {name: uses(value.expanded) for name, value in values.items()}
    heated = readers(graph, ["T"]) if any(map(is_temperature, system.parameters)) else frozenset()
    gates = [gate.name for gate in system.gates if f"{gate.name}.phi" in heated]
    if not gates:
        return
    heat = Heat(heated, moving(system, graph))
    scaled = readers(graph, [name for name, value in values.items() if any(map(heat.is_factor, walk(value.expanded)))])
    for gate in gates:
        place = next(places(gate, values, heat, scaled), None)
        if place is not None:
            message = f"the rates of `{gate.rpartition('.')[2]}` follow the temperature twice: here, and by `phi`"
            yield Diagnostic("W322", message, place, CURE)


def right_sides(system: System) -> dict[str, Formula]:
    """Those of derived quantities and parameters, but for reversal potentials."""
    reversals = {ion.reversal for ion in system.ions}
    known = (each for each in system.of_kind(Kind.EQUATION, Kind.PARAMETER) if each.name not in reversals)
    return {each.name: each.value for each in known if each.value is not None}


def moving(system: System, graph: Graph) -> frozenset[str]:
    """Everything that depends on a state, an input or the time."""
    sources = [each.name for each in system.of_kind(Kind.STATE, Kind.AMOUNT, Kind.INPUT, Kind.STIMULUS)]
    return readers(graph, [system.time.name, *sources, *(f"{name}'" for name in sources)])


@frozen
class Heat:
    """What depends on the temperature, and what moves."""

    heated: frozenset[str]
    moving: frozenset[str]

    def is_factor(self, node: Expression) -> bool:
        match node:
            case Binary(operator="^"):
                exponent = node.right
            case Call() if node.function.text == "exp":
                exponent = node.arguments[0]
            case _:
                return False
        names = names_in(exponent)
        return not names.isdisjoint(self.heated) and names.isdisjoint(self.moving)


def places(gate: str, values: Mapping[str, Formula], heat: Heat, scaled: frozenset[str]) -> Iterator[Span]:
    """Where the rates of a gate have a factor, or read what has one."""
    for formula in (values[name] for name in (f"{gate}.alpha", f"{gate}.beta", f"{gate}.tau") if name in values):
        for node in walk(of_the_author(formula)):
            if heat.is_factor(node) or (isinstance(node, Name) and node.text in scaled):
                yield inside(as_written(node, formula), formula)


def of_the_author(formula: Formula) -> Expression:
    """The right side without the `phi` by which the compiler divides a `tau`."""
    expanded = formula.expanded
    return expanded.left if formula.origin and isinstance(expanded, Binary) else expanded


def as_written(node: Expression, formula: Formula) -> Span:
    """Where it stands; for what a call was expanded to, the innermost call around it."""
    around = node.span
    for each in walk(formula.written):
        if each.span == node.span and type(each) is type(node):
            return node.span
        if isinstance(each, Call) and within(node.span, each.span):
            around = each.span
    return around
