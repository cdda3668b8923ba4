"""E214: a condition stands where a number is needed, or a number where a condition is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iondsl.checks.places import inside
from iondsl.errors import Diagnostic
from iondsl.syntax import Compare, Conditional, Expression, Logic, Name, Not, String
from iondsl.system import System
from iondsl.traversal import children


def check(system: System) -> Iterator[Diagnostic]:
    for quantity in system.quantities:
        for formula in quantity.formulas:
            for found in number(formula.expanded):
                yield replace(found, span=inside(found.span, formula))
    for event in system.events:
        for found in condition(event.condition.expanded):
            yield replace(found, span=inside(found.span, event.condition))
        for setting in event.settings:
            for found in number(setting.formula.expanded):
                yield replace(found, span=inside(found.span, setting.formula))


def number(node: Expression) -> Iterator[Diagnostic]:
    """What is wrong with an expression that must be a number."""
    match node:
        case Compare() | Logic() | Not():
            cure = "write `1 if ... else 0` to make a number of it"
            yield Diagnostic("E214", "a condition is not a number", node.span, cure)
        case String():
            yield Diagnostic("E214", "a string is not a number", node.span)
        case Conditional():
            yield from number(node.value)
            yield from condition(node.condition)
            yield from number(node.otherwise)
        case _:
            for child in children(node):
                yield from number(child)


def condition(node: Expression) -> Iterator[Diagnostic]:
    match node:
        case Compare():
            yield from number(node.left)
            yield from number(node.right)
        case Logic() | Not():
            for child in children(node):
                yield from condition(child)
        case Name(path=("",)):
            pass
        case _:
            yield Diagnostic("E214", "a number is not a condition", node.span, "compare it: `... > 0`")
