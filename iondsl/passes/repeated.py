"""Compute what occurs more than once only once: common subexpressions across all assignments of a routine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sympy import Expr, Symbol

from iondsl.algebra import is_negation, rebuild, substitute, symbol
from iondsl.passes._routines import each_routine, of_parts
from iondsl.step import Assignment, Routine, Step


def rewrite(step: Step) -> Step:
    return each_routine(step, shared)


# What the new names of each part of a routine begin with.
PREFIXES = ("once", "own", "now", "shared")


def shared(routine: Routine) -> Routine:
    routine = with_one_name(routine)
    sharing = Sharing("", occurrences(routine))
    parts = []
    for sharing.prefix, part in zip(PREFIXES, routine.parts, strict=True):
        parts.append(sharing.assignments(part))
    outputs = tuple(sharing.named(output) for output in routine.outputs)
    *before, body = parts
    return of_parts((*before, (*body, *sharing.new)), outputs)


def with_one_name(routine: Routine) -> Routine:
    """What is assigned twice has its first name everywhere, so that what is computed from it is the same, too."""
    first: dict[Expr, Symbol] = {}
    known: dict[Symbol, Expr] = {}
    parts = []
    for part in routine.parts:
        values = ((each.target, substitute(each.value, known)) for each in part)
        kept = []
        for target, value in values:
            if first.setdefault(value, target) == target:
                kept.append(Assignment(target, value))
            else:
                known[target] = first[value]
        parts.append(tuple(kept))
    return of_parts(parts, tuple(substitute(output, known) for output in routine.outputs))


def occurrences(routine: Routine) -> Counter[Any]:
    """How often each expression is used by another, but for numbers; what lies inside a repeated one counts once."""
    counts: Counter[Any] = Counter()
    roots = [assignment.value for assignment in routine.assignments] + list(routine.outputs)
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        counts[node] += 1
        if counts[node] == 1:
            stack.extend(argument for argument in node.args if not argument.is_Number)
    return counts


@dataclass(slots=True)
class Sharing:
    """Names repeated expressions; `new` are the definitions that the assignment in hand needs before it."""

    prefix: str
    counts: Counter[Any]
    names: dict[Any, Expr] = field(default_factory=dict)
    new: list[Assignment] = field(default_factory=list)
    made: int = 0

    def assignments(self, assignments: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
        result: list[Assignment] = []
        for assignment in assignments:
            value = self.inside(assignment.value)
            result += self.new
            self.new = []
            if self.repeats(assignment.value):
                self.names.setdefault(assignment.value, assignment.target)
            result.append(Assignment(assignment.target, value))
        return tuple(result)

    def repeats(self, node: Any) -> bool:
        return isinstance(node, Expr) and bool(node.args) and self.counts[node] > 1 and not is_negation(node)

    def named(self, node: Any) -> Any:
        """The node by its name, if it is repeated; otherwise with repeated parts named."""
        if not node.args:
            return node
        if node in self.names:
            return self.names[node]
        value = self.inside(node)
        if not self.repeats(node):
            return value
        self.names[node] = symbol(f"{self.prefix}~{self.made}")
        self.made += 1
        self.new.append(Assignment(self.names[node], value))
        return self.names[node]

    def inside(self, node: Any) -> Any:
        if not node.args:
            return node
        if node in self.names:
            return self.names[node]
        arguments = [self.named(argument) for argument in node.args]
        same = all(new is old for new, old in zip(arguments, node.args, strict=True))
        return node if same else rebuild(node, arguments)
