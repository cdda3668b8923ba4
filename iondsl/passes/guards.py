"""The conditions of the proofs of a fast kernel, written into the step: where one does not hold, states become NaN.

A state that has left its range does, in its own cell, one step later. All of them do at a longer step, and with other
parameters: then dt itself is NaN, which is decided once per call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import sympy
from sympy import Expr, Float, Symbol

from iondsl.algebra import apply, branches, pair, substitute, symbol
from iondsl.assumed import Range
from iondsl.passes._routines import each_expression
from iondsl.step import Assignment, Step

PROVEN = symbol("dt~proven")


def rewrite(step: Step) -> Step:
    """The step with `assumed` cut down to what its proofs use."""
    if step.assumed is None:
        return step
    advance = each_expression(step.advance, lambda each: substitute(each, {step.dt: PROVEN}))
    outputs = list(advance.outputs)
    for row, each in ranged(step.states, step.layout.states, step.used):
        outputs[row] = branches(pair(outputs[row], within(step.states[row], each)))
    body = (Assignment(PROVEN, proven_dt(step, step.assumed.dt)), *advance.body)
    assumed = replace(step.assumed, ranges=step.used)
    return replace(step, assumed=assumed, used=(), advance=replace(advance, body=body, outputs=tuple(outputs)))


def proven_dt(step: Step, longest: float) -> Expr:
    """dt where the proofs hold for it and for the parameters, else NaN."""
    condition = apply(sympy.Le, step.dt, Float(longest))
    for row, each in ranged(step.parameters, step.layout.parameters, step.used):
        condition = apply(sympy.And, condition, within(step.parameters[row], each))
    return branches(pair(step.dt, condition))


def within(value: Symbol, limits: Range) -> Expr:
    return apply(sympy.And, apply(sympy.Ge, value, Float(limits.low)), apply(sympy.Le, value, Float(limits.high)))


def ranged(symbols: tuple[Symbol, ...], names: tuple[str, ...], ranges: Iterable[Range]) -> Iterator[tuple[int, Range]]:
    by_name = {each.name: each for each in ranges}
    yield from ((row, by_name[name]) for row, name in enumerate(names) if name in by_name)
