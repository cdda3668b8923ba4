"""Move what depends only on parameters and `dt` out of the time loop: whole assignments and parts of expressions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sympy import Expr, Symbol

from iondsl.algebra import is_negation, rebuild, symbol
from iondsl.passes._routines import each_routine
from iondsl.step import Assignment, Routine, Step


def rewrite(step: Step) -> Step:
    fixed = frozenset((*step.parameters, step.dt))
    return each_routine(step, lambda routine: Hoist(set(fixed)).routine(routine))


@dataclass(slots=True)
class Hoist:
    """Collects what is fixed while it walks one routine."""

    fixed: set[Symbol]
    hoisted: list[Assignment] = field(default_factory=list)
    parts: dict[Expr, Symbol] = field(default_factory=dict)

    def routine(self, routine: Routine) -> Routine:
        for assignment in routine.hoisted:
            self.keep(assignment)
        body = []
        for assignment in routine.body:
            if self.is_fixed(assignment.value):
                self.keep(assignment)
            else:
                body.append(Assignment(assignment.target, self.without_fixed(assignment.value)))
        outputs = tuple(self.without_fixed(output) for output in routine.outputs)
        return Routine(tuple(self.hoisted), tuple(body), outputs)

    def keep(self, assignment: Assignment) -> None:
        self.fixed.add(assignment.target)
        self.hoisted.append(assignment)

    def is_fixed(self, expression: Expr) -> bool:
        return bool(expression.free_symbols <= self.fixed)

    def without_fixed(self, node: Any) -> Any:
        """The expression with its largest fixed parts replaced by names."""
        if not node.args or not node.free_symbols:
            return self.named(node) if node.args and isinstance(node, Expr) else node
        if isinstance(node, Expr) and self.is_fixed(node):
            return self.named(node)
        arguments = [self.without_fixed(argument) for argument in node.args]
        same = all(new is old for new, old in zip(arguments, node.args, strict=True))
        return node if same else rebuild(node, arguments)

    def named(self, expression: Expr) -> Expr:
        if is_negation(expression):
            return expression
        if expression not in self.parts:
            self.parts[expression] = symbol(f"fixed~{len(self.parts)}")
            self.hoisted.append(Assignment(self.parts[expression], expression))
        return self.parts[expression]
