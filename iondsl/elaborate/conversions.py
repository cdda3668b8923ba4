"""The last rewriting of an expression: Nernst potentials, `in [unit]` and `as [unit]` become plain arithmetic."""

from __future__ import annotations

from iondsl.elaborate.draft import binary
from iondsl.elaborate.measure import Lookup, measure
from iondsl.elaborate.nernst import Nernst, exact
from iondsl.elaborate.scope import Report
from iondsl.errors import Diagnostic
from iondsl.syntax import Call, Convert, Expression
from iondsl.traversal import Change, rewrite, unfold
from iondsl.units import ONE, factor, same_dimension


def written_out(expression: Expression, nernst: Nernst, lookup: Lookup, report: Report) -> Expression:
    """The expression with nothing left that a target would have to know units for.

    From the outside inwards: what is measured still has the conversions inside it.
    """

    def change(node: Expression) -> Expression:
        match node:
            case Call() if node.function.text == "nernst" and len(node.arguments) == 3:
                return nernst.define(node)
            case Convert(operator="as"):
                return change(node.operand)
            case Convert():
                return converted(node, lookup, report, change)
        return node

    return unfold(expression, change)


def without_idle(expression: Expression, lookup: Lookup) -> Expression:
    """The expression without conversions that change nothing: a derived equation asks for more than it needs."""

    def change(node: Expression) -> Expression:
        idle = isinstance(node, Convert) and node.operator == "in" and measure(node.operand, lookup) == node.unit.unit
        return node.operand if idle and isinstance(node, Convert) else node

    return rewrite(expression, change)


def converted(node: Convert, lookup: Lookup, report: Report, change: Change) -> Expression:
    """The operand times the factor between its unit and the one that is asked for."""
    unit = measure(node.operand, lookup)
    if unit is None:
        cure = "give the quantities in it units, or name the operand on a line of its own with its unit"
        report(Diagnostic("E403", "the unit of what is converted is not known", node.operand.span, cure))
        return change(node.operand)
    if not same_dimension(unit, node.unit.unit):
        shown, cure = f"[{unit}]", ""
        if unit == ONE:
            shown, cure = "a number without a unit", f"give it a unit, such as [{node.unit.unit}]"
        report(Diagnostic("E402", f"{shown} cannot be converted to [{node.unit.unit}]", node.operand.span, cure))
        return change(node.operand)
    scale = factor(unit, node.unit.unit)
    return change(node.operand) if scale == 1 else binary("*", node.operand, exact(scale, node.span))
