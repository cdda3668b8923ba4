"""Events with their units: what a condition compares, and which states are set to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from iondsl.elaborate.events import Line, Read
from iondsl.elaborate.scope import Report
from iondsl.elaborate.units import Units
from iondsl.errors import Diagnostic, line_of
from iondsl.inference import Equation, Inferred, infer
from iondsl.syntax import Compare, Convert, Definition, Expression, Logic, Not, UnitLiteral
from iondsl.system import Event, Formula, Kind, Quantity, Setting

Finished = Callable[[Formula, Inferred, Units], Formula]
Quantities = Mapping[str, Quantity]

TOUCHING = "`{}` holds at single points, which a step jumps over: write `>`, `>=`, `<` or `<=`"


def finish(
    read: tuple[Read, ...], quantities: Quantities, units: Units, finished: Finished, report: Report
) -> tuple[Event, ...]:
    """The events, once the quantities are known. `finished` puts in what units say, and reports it."""
    found = []
    for each in read:
        written = each.written
        if written.unit is not None:
            report(Diagnostic("E214", "a condition has no unit", written.unit.span, "leave it out"))
        condition, settings = each.condition, tuple(set_once(each, quantities, units, finished, report))
        if isinstance(condition.expanded, Compare | Logic | Not):  # `checks` says of others that they are no conditions
            for node in comparisons(condition.expanded):
                if node.operator in ("==", "!="):
                    message = f"`{node.operator}` does not become true at a moment that can be found"
                    report(Diagnostic("E342", message, node.span, TOUCHING.format(node.operator)))
            condition = finished(condition, infer(Equation("", free=True), condition.expanded, units.rules), units)
        found.append(Event(each.name, condition, settings, written.span, written.doc))
    return tuple(found)


def set_once(
    event: Read, quantities: Quantities, units: Units, finished: Finished, report: Report
) -> Iterator[Setting]:
    """What an event sets. E341 for what is no state, E343 for a second time."""
    first: dict[str, Definition] = {}
    for line in event.lines:
        written = line.written
        quantity = quantities.get(line.target)
        if quantity is None or quantity.kind is not Kind.STATE or quantity.follows is not None:
            report(not_set(written, quantity))
            continue
        if line.target in first and line.once:
            there = line_of(first[line.target].span, written.span)
            cure = f"it is set first in {there}; all is set at the same moment"
            message = f"the event `{event.written.name.text}` sets `{line.target}` twice"
            report(Diagnostic("E343", message, written.span, cure))
        first.setdefault(line.target, written)
        yield setting(line, units, finished)


def setting(line: Line, units: Units, finished: Finished) -> Setting:
    value, unit = line.formula.expanded, line.written.unit
    if unit is not None and not unit.refused:
        value = Convert("=", value, unit, unit.span)
    target = units.lookup(line.target)
    if unit is not None and unit.implied and target is not None:
        value = Convert("in", value, UnitLiteral(target, unit.span, implied=True), unit.span)
    equation = Equation(line.target, target, free=unit is not None)
    formula = finished(line.formula, infer(equation, value, units.rules), units)
    return Setting(line.target, formula, line.written.span)


def comparisons(node: Expression) -> Iterator[Compare]:
    """The comparisons that a condition is made of; not those inside their operands."""
    match node:
        case Compare():
            yield node
        case Logic():
            yield from comparisons(node.left)
            yield from comparisons(node.right)
        case Not():
            yield from comparisons(node.operand)


def not_set(line: Definition, quantity: Quantity | None) -> Diagnostic:
    """E341 for what is no state, or a size that follows from the states."""
    name, own = line.name.text, line.name.path[-1]
    kind = "built in" if quantity is None else quantity.kind.phrase
    cure = ""
    if quantity is not None and quantity.kind is Kind.STATE:
        kind = "a size that follows from the states"
    elif quantity is not None and quantity.kind is Kind.PARAMETER:
        cure = f"to let it change in a run, declare `state {own} = ...` with `{own}' = 0`"
    elif quantity is not None and quantity.kind is Kind.EQUATION:
        cure = "set the states that it is computed from"
    elif quantity is not None:
        cure = "only a protocol drives it"
    return Diagnostic("E341", f"an event sets states, and `{name}` is {kind}", line.name.span, cure)
