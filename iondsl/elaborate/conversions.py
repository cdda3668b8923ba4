"""The last rewriting of an expression: Nernst potentials, `in [unit]` and `as [unit]` become plain arithmetic."""

from __future__ import annotations

from iondsl.elaborate.draft import binary
from iondsl.elaborate.measure import Lookup, measure
from iondsl.elaborate.nernst import Nernst, exact
from iondsl.elaborate.scope import Report
from iondsl.errors import Diagnostic
from iondsl.syntax import Call, Convert, Expression, rewrite
from iondsl.units import UnitError, factor


def written_out(expression: Expression, nernst: Nernst, lookup: Lookup, report: Report) -> Expression:
    """The expression with nothing left that a target would have to know units for."""

    def convert(node: Expression) -> Expression:
        match node:
            case Call() if node.function.text == "nernst" and len(node.arguments) == 3:
                return nernst.define(node)
            case Convert(operator="in"):
                return converted(node, lookup, report)
        return node

    # A label counts in the conversions around it, so labels go last.
    return rewrite(rewrite(expression, convert), without_label)


def without_label(node: Expression) -> Expression:
    return node.operand if isinstance(node, Convert) else node


def converted(node: Convert, lookup: Lookup, report: Report) -> Expression:
    unit = measure(node.operand, lookup)
    if unit is None:
        cure = "give the quantities in it units, or name the operand on a line of its own with its unit"
        report(Diagnostic("E403", "the unit of what is converted is not known", node.operand.span, cure))
        return node.operand
    try:
        scale = factor(unit, node.unit.unit)
    except UnitError as error:
        report(Diagnostic("E402", error.message, node.operand.span))
        return node.operand
    return node.operand if scale == 1 else binary("*", node.operand, exact(scale, node.span))
