"""Units of which a result would be off by a factor in silence: those stated against those carried, and those of rates.

Only what is certain is refused: a bare number in a product may be a conversion, and terms of other dimensions may be
the bare numbers of a paper.
"""

from __future__ import annotations

from collections.abc import Iterator

from iondsl.elaborate.draft import Draft, is_literal
from iondsl.elaborate.measure import OPEN, carry
from iondsl.elaborate.scope import Report
from iondsl.elaborate.units import Units
from iondsl.errors import Diagnostic
from iondsl.syntax import Binary, Call, Conditional, Expression, Name, Number, Unary
from iondsl.system import Kind
from iondsl.traversal import children, walk
from iondsl.units import ONE, Unit, UnitError, read_unit, same_dimension

VOLT = read_unit("V")


def check(draft: Draft, expression: Expression, units: Units, report: Report) -> None:
    """E402 for a stated unit that is another scale of the carried one; E403 for a rate or time of mixed units."""
    if is_literal(expression):
        return  # `members` compares the unit behind it
    carried = carry(expression, units.lookup)
    if draft.unit is not None:
        if carried is not None and is_other_scale(carried, draft.unit) and not has_factor(expression, units):
            message = f"`{draft.name}` is stated in [{draft.unit}], but its value is in [{carried}]"
            cure = f"state [{carried}], or convert it: put `in [{draft.unit}]` behind the expression"
            report(Diagnostic("E402", message, draft.span, cure))
    elif draft.assumed is not None and carried is None and any(times(expression, units)):
        message = f"the units in `{draft.name}` do not agree, so that its own is not known"
        cure = f"convert with `in`, or state it left of `=`: `{draft.name.split('.')[-1]} [{draft.assumed}] = ...`"
        report(Diagnostic("E403", message, draft.span, cure))


def mixed_sums(expression: Expression, units: Units) -> Iterator[Diagnostic]:
    """E402 for terms of one dimension in two scales: `V - E` with V in mV and E in V."""
    for node in walk(expression):
        if not isinstance(node, Binary) or node.operator not in "+-":
            continue
        left, right = carry(node.left, units.lookup), carry(node.right, units.lookup)
        if left is None or right is None or left is OPEN or not is_other_scale(right, left):
            continue
        if not has_factor(node.left, units) and not has_factor(node.right, units):
            message = f"this is in [{right}], but what stands before `{node.operator}` is in [{left}]"
            cure = f"convert it: put `in [{left}]` behind it, in parentheses"
            yield Diagnostic("E402", message, node.right.span, cure)


def is_other_scale(carried: Unit, stated: Unit) -> bool:
    known = carried is not OPEN and not same_dimension(stated, ONE)
    return known and carried != stated and same_dimension(carried, stated)


def has_factor(node: Expression, units: Units) -> bool:
    """Whether a product contains a bare number or a parameter without a unit: it may be meant to convert."""
    match node:
        case Binary(operator="*" | "/"):
            operands = (node.left, node.right)
            return any(is_bare(each, units) or has_factor(each, units) for each in operands)
        case Binary(operator="+" | "-"):
            return has_factor(node.left, units) or has_factor(node.right, units)
        case Unary():
            return is_bare(node.operand, units) or has_factor(node.operand, units)
        case Conditional():
            return has_factor(node.value, units) or has_factor(node.otherwise, units)
        case Call():
            return any(has_factor(each, units) for each in node.arguments)
    return False


def is_bare(node: Expression, units: Units) -> bool:
    """A number, also one that is worked out, without a unit."""
    if isinstance(node, Name):
        draft = units.drafts.get(node.text)
        return draft is not None and draft.kind is Kind.PARAMETER and units.lookup(node.text) == ONE
    return carry(node, units.lookup) is OPEN


def times(expression: Expression, units: Units) -> Iterator[bool]:
    """Whether each of the numbers and names is a time or a rate, also one over or times a voltage."""
    entered: set[str] = set()
    open_nodes = [expression]
    while open_nodes:
        node = open_nodes.pop()
        unit = carry(node, units.lookup) if isinstance(node, Name | Number) else None
        if unit is not None:
            yield is_time(unit, units.time)
        elif isinstance(node, Name) and node.text not in entered and node.text in units.expanded:
            entered.add(node.text)  # its own units do not agree
            open_nodes.append(units.expanded[node.text])
        elif not isinstance(node, Call):
            open_nodes += children(node)


def is_time(unit: Unit, time: Unit) -> bool:
    try:
        kinds = [each for base in (time, ONE / time) for each in (base, base / VOLT, base * VOLT)]
    except UnitError:
        return False
    return any(same_dimension(unit, each) for each in kinds)
