"""Move what does not change out of the loop over steps, and what is the same in all cells out of that over cells.

Whole assignments and parts of expressions. A condition that all cells share becomes a flag, a number of its own: in a
loop over cells the compiler has no vector of a truth that does not depend on the cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

from sympy import And, Expr, Float, Max, Min, Not, Or, S, StrictGreaterThan, Symbol, true
from sympy.functions.elementary.piecewise import Piecewise

from iondsl.algebra import apply, branches, choose, is_negation, pair, rebuild, subtract, symbol, symbols_of, where
from iondsl.passes._routines import each_routine, of_parts
from iondsl.step import Assignment, Routine, Step

HALF = Float(0.5)


class Level(IntFlag):
    """What a value depends on beside shared parameters and `dt`; the values number the parts of a routine."""

    CALL = 0
    CELL = 1  # parameters that vary between cells
    MOMENT = 2  # time, and inputs that all cells share
    STATE = 3  # both, or the state of a cell


def rewrite(step: Step) -> Step:
    known = levels(step)
    return each_routine(step, lambda routine: Hoist(dict(known)).routine(routine))


def levels(step: Step) -> dict[Symbol, Level]:
    """The level of everything that a routine is given."""
    own = step.own_parameters
    found = {each: Level.CELL if each in own else Level.CALL for each in (*step.parameters, step.dt)}
    inputs = [Level.STATE if each in step.varied else Level.MOMENT for each in step.inputs]
    found |= {each.symbol: inputs[each.input] for each in step.samples}
    found |= dict(zip(step.inputs, inputs, strict=True))
    return found | {step.time: Level.MOMENT} | dict.fromkeys(step.states, Level.STATE)


def highest(several: Iterable[Level]) -> Level:
    level = Level.CALL
    for each in several:
        level |= each
    return level


@dataclass(slots=True)
class Hoist:
    """Sorts one routine. `known` are the levels of symbols, `parts` the names of parts of expressions."""

    known: dict[Symbol, Level]
    sorted: tuple[list[Assignment], ...] = field(default_factory=lambda: ([], [], [], []))
    parts: dict[Any, Symbol] = field(default_factory=dict)

    def routine(self, routine: Routine) -> Routine:
        for assignment in routine.assignments:
            level = self.level(assignment.value)
            self.keep(Assignment(assignment.target, self.inside(assignment.value, level)), level)
        outputs = tuple(self.inside(output, Level.STATE) for output in routine.outputs)
        return of_parts(map(tuple, self.sorted), outputs)

    def keep(self, assignment: Assignment, level: Level) -> None:
        self.known[assignment.target] = level
        self.sorted[level].append(assignment)

    def level(self, node: Any) -> Level:
        return highest(self.known.get(each, Level.STATE) for each in symbols_of(node))

    def inside(self, node: Any, level: Level) -> Any:
        """An expression of a level with its largest parts of lower ones replaced by names."""
        if not node.args or is_negation(node):
            return node
        if isinstance(node, Expr) and (own := self.level(node)) != level:
            return self.named(node, own)
        if isinstance(node, Piecewise):
            return self.chosen(node.args, level)
        arguments = [self.inside(argument, level) for argument in node.args]
        same = all(new is old for new, old in zip(arguments, node.args, strict=True))
        return node if same else rebuild(node, arguments)

    def chosen(self, pairs: tuple[Any, ...], level: Level) -> Expr:
        """A choice, by a flag where its condition does not depend on all that it decides about."""
        (value, condition), *others = pairs
        first = self.inside(value, level)
        if condition == true:
            return first
        if not others:
            return branches(pair(first, self.condition(condition, level)))
        rest = self.chosen(tuple(others), level)
        if self.level(condition) != level:
            return apply(where, self.truth(condition, level), first, rest)
        return choose(first, self.condition(condition, level), rest)

    def condition(self, node: Any, level: Level) -> Any:
        """A condition of a level; as a comparison of a number where parts of it are of lower ones."""
        if not self.is_mixed(node, level):
            return self.inside(node, level)
        return StrictGreaterThan(self.truth(node, level), HALF, evaluate=False)

    def is_mixed(self, node: Any, level: Level) -> bool:
        return isinstance(node, And | Or | Not) and any(
            self.level(each) != level or self.is_mixed(each, level) for each in node.args
        )

    def truth(self, node: Any, level: Level) -> Expr:
        """1 where a condition holds, else 0."""
        own = self.level(node)
        if own != level:
            return self.named(choose(S.One, node, S.Zero), own)
        if isinstance(node, And | Or):
            function = Min if isinstance(node, And) else Max
            return apply(function, *(self.truth(each, level) for each in node.args))
        if isinstance(node, Not):
            return subtract(S.One, self.truth(node.args[0], level))
        return choose(S.One, self.inside(node, level), S.Zero)

    def named(self, node: Expr, level: Level) -> Expr:
        if node not in self.parts:
            value = self.inside(node, level)
            self.parts[node] = symbol(f"fixed~{len(self.parts)}")
            self.keep(Assignment(self.parts[node], value), level)
        return self.parts[node]
