"""Gates of fast kernels: their exponential as a polynomial, where the ranges prove that it is as good.

    x + w p(w) (inf - x)    instead of    inf + (x - inf) exp(-w),    with w = dt/tau

Where inf is a/(a + b) and 1/tau a constant multiple of a + b, neither is computed: the step is x + p(w) (k a - w x)
with w = k (a + b). What is proven is said in `analysis/relaxation.py`; `guards.py` sees that it holds.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Float, Pow, Symbol

from iondsl.algebra import add, factors, is_number, multiply, negate, product, subtract, symbol
from iondsl.analysis.proportion import ratio
from iondsl.passes import live
from iondsl.passes._known import constants, using
from iondsl.passes._proofs import Decay, Proof, proofs
from iondsl.step import Assignment, Step


def rewrite(step: Step) -> Step:
    if step.assumed is None:
        return step
    found = [each for each in proofs(step, step.assumed) if each.relaxation is not None]
    return live.rewrite(using(relaxed(step, found), (each for proof in found for each in proof.ranges)))


def relaxed(step: Step, found: list[Proof]) -> Step:
    body, outputs, constant = [*step.advance.body], [*step.advance.outputs], constants(step)
    for each in found:
        assignments, outputs[each.decay.row] = polynomial_step(each, step, constant)
        body += assignments
    return replace(step, advance=replace(step.advance, body=tuple(body), outputs=tuple(outputs)))


def polynomial_step(proof: Proof, step: Step, constant: frozenset[Symbol]) -> tuple[list[Assignment], Expr]:
    decay, relaxation = proof.decay, proof.relaxation
    assert relaxation is not None
    w = symbol(f"{decay.gate.name}~w")
    share = horner(relaxation.coefficients, w)
    rates = by_rates(decay, step, constant)
    if rates is None:
        distance = subtract(decay.steady, decay.gate)
        new = add(decay.gate, multiply(multiply(w, share), distance))
        return [Assignment(w, multiply(step.dt, negate(decay.slope)))], new
    top, bottom, scale = rates
    factor = symbol(f"{decay.gate.name}~k")
    new = add(decay.gate, multiply(share, subtract(multiply(factor, top), multiply(w, decay.gate))))
    return [Assignment(factor, multiply(step.dt, scale)), Assignment(w, multiply(factor, bottom))], new


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
