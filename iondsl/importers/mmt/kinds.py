"""Numbers and conditions: the format keeps them apart."""

from __future__ import annotations

from iondsl.importers.mmt.tokens import refused
from iondsl.syntax import Compare, Expression, Logic, Not


def is_condition(node: Expression) -> bool:
    return isinstance(node, Compare | Logic | Not)


def number(node: Expression) -> Expression:
    """The node, if it is a number."""
    if is_condition(node):
        raise refused("E618", "a condition stands where a number is expected", node.span, "write `if(condition, 1, 0)`")
    return node


def condition(node: Expression, cure: str = "compare it, as in `x > 0`") -> Expression:
    """The node, if it is a condition."""
    if not is_condition(node):
        raise refused("E618", "a number stands where a condition is expected", node.span, cure)
    return node
