"""W308: what moves an ion is cut off at a number before it reaches a concentration, so that particles vanish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iondsl.checks.graph import readers, uses
from iondsl.checks.places import inside
from iondsl.elaborate.draft import is_literal
from iondsl.elaborate.names import names_in
from iondsl.errors import Diagnostic
from iondsl.formatter import text
from iondsl.syntax import Call, Compare, Conditional, Expression, Name
from iondsl.system import Formula, System
from iondsl.traversal import walk
from iondsl.units import read_unit, same_dimension

CONCENTRATION = read_unit("mM")
INFLUX = ".influx"


def check(system: System) -> Iterator[Diagnostic]:
    flows = flows_of(system)
    values = {each.name: each.value for each in system.equations if each.value is not None and each.name not in flows}
    moved = readers({name: uses(value.expanded) for name, value in values.items()}, flows)
    for formula in read_by_concentrations(system, values):
        for cut, limit in cuts(formula.expanded, moved):
            message = f"`{first(cut, moved)}` is cut off at {text(limit)}: what goes beyond that is lost"
            cure = "leave it whole: what goes the other way changes the concentration, too"
            yield Diagnostic("W308", message, inside(cut.span, formula), cure)


def flows_of(system: System) -> frozenset[str]:
    """Every current and flux, and what is booked on each pool. What one of them is made of is its own affair."""
    booked = {each.flow for pool in system.pools for each in pool.booked}
    sums = {f"{pool.quantity}{INFLUX}" for pool in system.pools}
    names = {*(current.name for current in system.currents), *(flux.name for flux in system.fluxes)}
    return frozenset(names | booked | sums)


def read_by_concentrations(system: System, values: Mapping[str, Formula]) -> Iterator[Formula]:
    """The derivatives of concentrations, then the derived quantities that these read, but for flows."""
    states = (each for each in system.states if each.unit is not None and same_dimension(each.unit, CONCENTRATION))
    waiting = [each.rate for each in states if each.rate is not None]
    waiting.reverse()
    seen: set[str] = set()
    while waiting:
        formula = waiting.pop()
        yield formula
        new = sorted((names_in(formula.expanded) & values.keys()) - seen)
        seen.update(new)
        waiting += [values[name] for name in new]


def cuts(expression: Expression, moved: frozenset[str]) -> Iterator[tuple[Expression, Expression]]:
    """`max`, `min` and `a if a > 0 else 0` of what moves ions, each with the number at which it is cut off."""
    for node in walk(expression):
        match node:
            case Call() if node.function.text in ("max", "min"):
                sides = node.arguments
            case Conditional(condition=Compare(left=left, right=right)) if limit_of((left, right), moved):
                sides = (node.value, node.otherwise)
            case _:
                continue
        limit = limit_of(sides, moved)
        if limit is not None:
            yield node, limit


def limit_of(sides: tuple[Expression, ...], moved: frozenset[str]) -> Expression | None:
    """The number beside what moves ions."""
    beside = any(first(side, moved) for side in sides)
    return next(filter(is_literal, sides), None) if beside else None


def first(expression: Expression, moved: frozenset[str]) -> str:
    """The first that moves ions, as one would write it; or nothing."""
    names = (node.text for node in walk(expression) if isinstance(node, Name))
    found = next((name for name in names if name in moved), "")
    return f"influx({found.removesuffix(INFLUX)})" if found.endswith(INFLUX) else found
