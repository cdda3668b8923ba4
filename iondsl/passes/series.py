"""Exponentials of what is proven to be small, such as exp(-2.535e-7 V), by the first terms of their series."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, Float, Integer, S, exp

from iondsl.algebra import add, multiply, transform
from iondsl.passes._known import Bounds, proven
from iondsl.passes._routines import each_expression
from iondsl.step import Step

# What the terms left out come to, at most: an eighth of what a number is rounded by.
LEFT_OUT = {"float64": 2**-56, "float32": 2**-27}
MOST_TERMS = 4


def rewrite(step: Step, dtype: str = "float64") -> Step:
    if step.assumed is None:
        return step
    bounds = Bounds.of_step(step, step.assumed)
    series = Series(bounds, LEFT_OUT[dtype])
    advance = each_expression(step.advance, lambda expression: transform(expression, series.short))
    return proven(replace(step, advance=advance), bounds)


@dataclass(frozen=True, slots=True)
class Series:
    bounds: Bounds
    left_out: float

    def short(self, node: Any) -> Any:
        if not isinstance(node, exp):
            return node
        argument = node.args[0]
        found = self.bounds.of(argument)
        terms = self.terms(max(-found.low, found.high))
        if terms is None:
            return node
        self.bounds.use(argument)
        return horner(argument, terms)

    def terms(self, size: float) -> int | None:
        """How many for an argument of up to this size; None where these are too many."""
        if size > 1:  # of an infinite one, or nearly so, there is no power
            return None
        numbers = range(1, MOST_TERMS + 1)
        return next((each for each in numbers if size**each / math.factorial(each) <= self.left_out), None)


def horner(x: Expr, terms: int) -> Expr:
    value: Expr = S.Zero
    for degree in reversed(range(terms)):
        coefficient = 1 / math.factorial(degree)
        term = Integer(1) if coefficient == 1 else Float(coefficient)
        value = term if value == 0 else add(term, multiply(x, value))
    return value
