"""Gates of fast kernels: their exponential as a polynomial, where the ranges prove that it is as good.

    x + w p(w) (inf - x)    instead of    inf + (x - inf) exp(-w),    with w = dt/tau

Where inf is a/(a + b) and 1/tau a constant multiple of a + b, neither is computed: the step is x + p(w) (k a - w x)
with w = k (a + b). What is proven, see `analysis/relaxation.py`, holds as long as the states that it depends on stay
in their ranges: one that leaves its range becomes NaN, and so do all gates at a longer step or with other parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import sympy
from sympy import Expr, Float, Pow, Symbol

from iondsl.algebra import (
    add,
    apply,
    branches,
    factors,
    is_number,
    multiply,
    negate,
    pair,
    product,
    subtract,
    symbol,
)
from iondsl.analysis.proportion import ratio
from iondsl.assumed import Assumed, Range
from iondsl.passes import live
from iondsl.passes._proofs import Decay, Proof, proofs
from iondsl.step import Assignment, Routine, Step

PROVEN = symbol("dt~proven")


def rewrite(step: Step) -> Step:
    """The step with `assumed` cut down to what the proofs use."""
    if step.assumed is None:
        return step
    found = [each for each in proofs(step, step.assumed) if each.relaxation is not None]
    ranges = tuple(dict.fromkeys(each for proof in found for each in proof.ranges))
    assumed = replace(step.assumed, ranges=ranges)
    if not found:
        return replace(step, assumed=assumed)
    return live.rewrite(replace(step, assumed=assumed, advance=relaxed(step, assumed, found)))


def relaxed(step: Step, assumed: Assumed, found: list[Proof]) -> Routine:
    body = [*step.advance.body, Assignment(PROVEN, proven_dt(step, assumed))]
    outputs = list(step.advance.outputs)
    constant = constants(step)
    for each in found:
        assignments, outputs[each.decay.row] = polynomial_step(each, step, constant)
        body += assignments
    for row, low, high in bounds(step.states, step.layout.states, assumed.ranges):
        state = step.states[row]
        outputs[row] = branches(pair(outputs[row], within(state, low, high)))
    return Routine(step.advance.hoisted, tuple(body), tuple(outputs))


def proven_dt(step: Step, assumed: Assumed) -> Expr:
    """dt where the proofs hold for it and for the parameters, else NaN."""
    conditions = [apply(sympy.Le, step.dt, Float(assumed.dt))]
    for row, low, high in bounds(step.parameters, step.layout.parameters, assumed.ranges):
        conditions.append(within(step.parameters[row], low, high))
    return branches(pair(step.dt, apply(sympy.And, *conditions) if len(conditions) > 1 else conditions[0]))


def within(value: Symbol, low: float, high: float) -> Expr:
    return apply(sympy.And, apply(sympy.Ge, value, Float(low)), apply(sympy.Le, value, Float(high)))


def bounds(
    symbols: tuple[Symbol, ...], names: tuple[str, ...], ranges: Iterable[Range]
) -> Iterator[tuple[int, float, float]]:
    by_name = {each.name: each for each in ranges}
    for row, name in enumerate(names):
        if name in by_name:
            yield row, by_name[name].low, by_name[name].high


def constants(step: Step) -> frozenset[Symbol]:
    """The symbols that do not change in a run."""
    known = {*step.parameters, step.dt}
    for each in step.advance.assignments:
        if each.value.free_symbols <= known:
            known.add(each.target)
    return frozenset(known)


def polynomial_step(proof: Proof, step: Step, constant: frozenset[Symbol]) -> tuple[list[Assignment], Expr]:
    decay, relaxation = proof.decay, proof.relaxation
    assert relaxation is not None
    w = symbol(f"{decay.gate.name}~w")
    share = horner(relaxation.coefficients, w)
    rates = by_rates(decay, step, constant)
    if rates is None:
        distance = subtract(decay.steady, decay.gate)
        new = add(decay.gate, multiply(multiply(w, share), distance))
        return [Assignment(w, multiply(PROVEN, negate(decay.slope)))], new
    top, bottom, scale = rates
    factor = symbol(f"{decay.gate.name}~k")
    new = add(decay.gate, multiply(share, subtract(multiply(factor, top), multiply(w, decay.gate))))
    return [Assignment(factor, multiply(PROVEN, scale)), Assignment(w, multiply(factor, bottom))], new


def by_rates(decay: Decay, step: Step, constant: frozenset[Symbol]) -> tuple[Expr, Expr, Expr] | None:
    """a, a + b and -slope/(a + b) where inf is a/(a + b) and the last is constant."""
    definitions = {each.target: each.value for each in step.advance.body}
    steady = definitions.get(decay.steady, decay.steady)
    above = [each for each in factors(steady) if not is_reciprocal(each)]
    below = [each.base for each in factors(steady) if is_reciprocal(each)]
    if not below:
        return None
    bottom = product(below)
    scale = ratio(decay.slope, bottom, constant, definitions)
    return None if scale is None else (product(above), bottom, negate(scale))


def is_reciprocal(factor: Expr) -> bool:
    return isinstance(factor, Pow) and is_number(factor.exp, -1)


def horner(coefficients: tuple[float, ...], x: Symbol) -> Expr:
    value: Expr = Float(coefficients[-1])
    for each in coefficients[-2::-1]:
        value = add(Float(each), multiply(x, value))
    return value
