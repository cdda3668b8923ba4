"""The conditions of proofs, written into the step: where one does not hold, states become NaN.

A state that has left its range does, in its own cell, one step later. What follows from parameters alone becomes NaN
itself, and the states with it. All of them do, of a fast kernel, at a longer step, and with other parameters: then dt
is NaN, which is decided once per call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import sympy
from sympy import Expr, Float, Symbol

from iondsl.algebra import apply, branches, pair, substitute, symbol
from iondsl.assumed import Range
from iondsl.passes._routines import each_expression
from iondsl.step import Assignment, Routine, Step

PROVEN = symbol("dt~proven")


def rewrite(step: Step) -> Step:
    """The step with `assumed` cut down to what its proofs use."""
    if step.assumed is None:
        return step
    if not (step.assumed.fast or step.used):
        return replace(step, assumed=None)
    advance = with_proven_dt(step, step.assumed.dt) if step.assumed.fast else with_proven_constants(step)
    outputs = list(advance.outputs)
    for row, each in ranged(step.states, step.layout.states, step.used):
        outputs[row] = branches(pair(outputs[row], within(step.states[row], each)))
    assumed = replace(step.assumed, ranges=step.used)
    return replace(step, assumed=assumed, used=(), advance=replace(advance, outputs=tuple(outputs)))


def with_proven_dt(step: Step, longest: float) -> Routine:
    advance = each_expression(step.advance, lambda each: substitute(each, {step.dt: PROVEN}))
    return replace(advance, body=(Assignment(PROVEN, proven_dt(step, longest)), *advance.body))


def with_proven_constants(step: Step) -> Routine:
    """With what a range is used of, and is no state, as NaN beyond it."""
    ranges, body = {each.name: each for each in step.used}, list[Assignment]()
    for each in step.advance.body:
        if each.target.name in ranges:
            given = symbol(f"{each.target.name}~given")
            proven = branches(pair(given, within(given, ranges[each.target.name])))
            body += (Assignment(given, each.value), Assignment(each.target, proven))
        else:
            body.append(each)
    return replace(step.advance, body=tuple(body))


def proven_dt(step: Step, longest: float) -> Expr:
    """dt where the proofs hold for it and for the parameters, else NaN."""
    condition = apply(sympy.Le, step.dt, Float(longest))
    for row, each in ranged(step.parameters, step.layout.parameters, step.used):
        condition = apply(sympy.And, condition, within(step.parameters[row], each))
    return branches(pair(step.dt, condition))


def within(value: Symbol, limits: Range) -> Expr:
    if limits.low == -limits.high:
        return apply(sympy.Le, apply(sympy.Abs, value), Float(limits.high))
    return apply(sympy.And, apply(sympy.Ge, value, Float(limits.low)), apply(sympy.Le, value, Float(limits.high)))


def ranged(symbols: tuple[Symbol, ...], names: tuple[str, ...], ranges: Iterable[Range]) -> Iterator[tuple[int, Range]]:
    by_name = {each.name: each for each in ranges}
    yield from ((row, by_name[name]) for row, name in enumerate(names) if name in by_name)
