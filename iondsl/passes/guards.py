"""The conditions of the proofs of a fast kernel, written into the step: where one does not hold, states become NaN.

A state that has left its range does, in its own cell, one step later; so do those gates and states whose proofs need
a shorter step or other parameters. The latter is decided once per call, and ends in constants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import sympy
from sympy import Expr, Float, Integer, Symbol

from iondsl.algebra import apply, branches, pair, symbol
from iondsl.assumed import Range
from iondsl.passes._known import PROVEN
from iondsl.step import Assignment, Routine, Step


def rewrite(step: Step) -> Step:
    """The step with `assumed` cut down to what its proofs use."""
    if step.assumed is None:
        return step
    assumed = replace(step.assumed, ranges=step.used)
    states = tuple(ranged(step.states, step.layout.states, step.used))
    first = [Assignment(PROVEN, proven_dt(step, assumed.dt)), *(lower_end(each) for _, each in states)]
    outputs = list(step.advance.outputs)
    for row, each in states:
        state = step.states[row]
        outputs[row] = branches(pair(outputs[row], within(state, lower_end(each).target, Float(each.high))))
    body = (*first, *step.advance.body) if states or reads(step.advance, PROVEN) else step.advance.body
    return replace(step, assumed=assumed, used=(), advance=Routine(step.advance.hoisted, body, tuple(outputs)))


def reads(routine: Routine, name: Symbol) -> bool:
    return any(name in value.free_symbols for value in (*(each.value for each in routine.body), *routine.outputs))


def proven_dt(step: Step, longest: float) -> Expr:
    """dt where the proofs hold for it and for the parameters, else NaN."""
    condition = apply(sympy.Le, step.dt, Float(longest))
    for row, each in ranged(step.parameters, step.layout.parameters, step.used):
        condition = apply(sympy.And, condition, within(step.parameters[row], Float(each.low), Float(each.high)))
    return branches(pair(step.dt, condition))


def lower_end(state: Range) -> Assignment:
    """The lower end of a range, NaN where nothing is proven: then no value is inside."""
    low = branches(pair(Float(state.low), apply(sympy.Ge, PROVEN, Integer(0))))
    return Assignment(symbol(f"{state.name}~low"), low)


def within(value: Symbol, low: Expr, high: Expr) -> Expr:
    return apply(sympy.And, apply(sympy.Ge, value, low), apply(sympy.Le, value, high))


def ranged(symbols: tuple[Symbol, ...], names: tuple[str, ...], ranges: Iterable[Range]) -> Iterator[tuple[int, Range]]:
    by_name = {each.name: each for each in ranges}
    yield from ((row, by_name[name]) for row, name in enumerate(names) if name in by_name)
