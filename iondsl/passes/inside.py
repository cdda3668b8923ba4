"""Exponentials of fast kernels whose arguments are proven to be moderate: no code for infinities and subnormals.

They are computed as 2^(x log2 e), so that a factor of x and log2 e become one: the rounding of the product costs a
relative error of 2e-16 |x|. u/(exp(u) - 1) is taken with one below 1e-12. Rates that err by so little keep gates well
within what `_proofs.py` has left for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Expr, Float, Integer, Max, Symbol, exp

from iondsl.algebra import apply, bernoulli, bernoulli_inside, exp2_inside, multiply, symbols_of, transform
from iondsl.analysis.enclosure import enclosure
from iondsl.analysis.intervals import Interval
from iondsl.passes._known import intervals, used_ranges, using
from iondsl.passes._routines import each_expression
from iondsl.step import Step

LOG2E = Float(1.4426950408889634)
# exp of it is a normal number.
LIMITS = {"float64": 700.0, "float32": 80.0}
# 2^t is normal from here on.
LEAST = {"float64": -1020, "float32": -124}
# Parameters that no range is given for may be so many times smaller or larger than their default.
SPREAD = 2.0


def rewrite(step: Step, dtype: str = "float64") -> Step:
    if step.assumed is None:
        return step
    known = intervals(step, step.assumed, SPREAD)
    inside = Inside(LIMITS[dtype], LEAST[dtype], frozenset(known), {**known, step.dt: Interval(0.0, step.assumed.dt)})
    for each in step.advance.assignments:
        inside.define(each.target, each.value)
    advance = each_expression(step.advance, inside.expression)
    return using(replace(step, advance=advance), used_ranges(step, inside.used, known))


@dataclass(slots=True)
class Inside:
    """Intervals of all that one routine computes, and which of what is `known` lies behind each; `used` is what the
    proofs need."""

    limit: float
    least: int
    known: frozenset[Symbol]
    intervals: dict[Symbol, Interval]
    behind: dict[Symbol, frozenset[Symbol]] = field(default_factory=dict)
    used: set[Symbol] = field(default_factory=set)

    def define(self, target: Symbol, value: Expr) -> None:
        self.intervals[target] = enclosure(value, self.intervals)
        self.behind[target] = self.sources(value)

    def sources(self, value: Expr) -> frozenset[Symbol]:
        symbols = frozenset[Symbol](symbols_of(value))
        return (symbols & self.known).union(*(self.behind.get(each, frozenset()) for each in symbols))

    def expression(self, expression: Expr) -> Expr:
        return transform(expression, self.call)

    def call(self, node: Any) -> Any:
        if isinstance(node, exp | bernoulli):
            found = enclosure(node.args[0], self.intervals)
            if found.high <= self.limit and (isinstance(node, exp) or found.low >= -self.limit):
                self.used |= self.sources(node.args[0])
                return moderate(node) if found.low >= -self.limit else from_below(node, self.least)
        return node


def moderate(node: Expr) -> Expr:
    if isinstance(node, bernoulli):
        return apply(bernoulli_inside, *node.args)
    return apply(exp2_inside, multiply(LOG2E, node.args[0]))


def from_below(node: Expr, least: int) -> Expr:
    """The exponential of what may be far below 0, as in a gate that is fast: the least number that is normal there."""
    return apply(exp2_inside, apply(Max, multiply(LOG2E, node.args[0]), Integer(least)))
