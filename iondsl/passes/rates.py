"""A gate's steady state and its rate by one division, where alpha or beta are quotients themselves.

    alpha = a/p, beta = b/q:    N = a q + b p,  r = 1/(N p q)
    alpha/(alpha + beta)        a q (p q) r
    alpha + beta                N N r

instead of four divisions; u/(exp(u) - 1) is such a quotient, too, and so are the reciprocals of exponentials that
nothing but rates need. A processor divides once while it multiplies ten times.

The product N p q may leave the range of numbers where none of its factors does, so this is done where intervals prove
that it does not: states with a range are in it, as `guards.py` sees to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sympy import Expr, Float, Pow, Symbol, exp

from iondsl.algebra import add, apply, multiply, negate, reciprocal, subtract, symbol
from iondsl.analysis.quotients import ONE, Quotient, Reader, times
from iondsl.passes._known import Bounds, constants, proven
from iondsl.passes._proofs import Decay, decays
from iondsl.passes._readers import Readers
from iondsl.passes.gates import by_rates
from iondsl.passes.live import needed
from iondsl.step import Assignment, Routine, Step


@dataclass(frozen=True, slots=True)
class Limits:
    """No product is larger than `most`, nor p q smaller than `least`.

    Where a denominator may be below SMALL, N p q could be 0 although alpha + beta is not, so it has the addend. That
    has an effect only below 1e16 (float32: 2e7) times the addend, so with alpha + beta below 1e-44 (2e-10), when a gate
    does not move.
    """

    most: float
    least: float
    addend: float


LIMITS = {"float64": Limits(1e290, 1e-120, 1e-300), "float32": Limits(1e35, 1e-10, 1e-37)}
SMALL = 1e-3


def rewrite(step: Step, dtype: str = "float64") -> Step:
    if step.assumed is None:
        return step
    bounds = Bounds.of_step(step, step.assumed)
    gates, readers = tuple(decays(step)), Readers.of(step.advance)
    definitions = {each.target: each.value for each in step.advance.body}
    own = {each: readers.own((each.row, each.steady, step.advance.outputs[each.row])) for each in gates}
    inverse = inverses(definitions, readers, frozenset[object]().union(*own.values()))
    joining = Joining(step, constants(step), definitions, own, inverse, bounds, LIMITS[dtype])
    advance = step.advance
    for decay in gates:
        found = joining.rates(decay)
        if found is not None:
            advance = with_rates(advance, decay, found, step.dt)
    if advance is step.advance:
        return step
    return proven(replace(step, advance=needed(advance)), bounds)


def inverses(
    definitions: Mapping[Symbol, Expr], readers: Readers, own: frozenset[object]
) -> Mapping[Symbol, Symbol]:
    """Names of reciprocals of others that nothing but gates' rates reads."""
    found = ((name, value) for name, value in definitions.items() if is_inverse(value))
    return {name: value.base for name, value in found if readers.of_symbol(name) <= own}


@dataclass(frozen=True, slots=True)
class Rates:
    """`assignments` for `steady` and for `slope`, which is that of the gate's exponential."""

    assignments: tuple[Assignment, ...]
    steady: Expr
    slope: Expr


@dataclass(frozen=True, slots=True)
class Joining:
    """Looks at the gates of one step. `constant` does not change in a run; `own` is what nothing but a gate's own rates
    reads, and `inverse` are names of reciprocals of others."""

    step: Step
    constant: frozenset[Symbol]
    definitions: Mapping[Symbol, Expr]
    own: Mapping[Decay, frozenset[object]]
    inverse: Mapping[Symbol, Symbol]
    bounds: Bounds
    limits: Limits

    def rates(self, decay: Decay) -> Rates | None:
        """By one division; None where that saves none, or may leave the range of numbers."""
        found = by_rates(decay, self.step, self.constant) if decay.steady in self.definitions else None
        if found is None:
            return None
        top, bottom, scale = found
        reader = Reader(self.definitions, self.own[decay].__contains__, self.inverse)
        upper, whole = reader.read(top), reader.read(bottom)
        if not whole.below or upper.without(whole.below):
            return None
        above, below = times(upper.above, whole.without(upper.below)), times(ONE, whole.below)
        if not self.is_moderate(above, whole):
            return None
        addend = self.limits.addend if any(self.bounds.of(each).low < SMALL for each in whole.below) else 0
        return rates_of(decay.gate, above, whole.above, below, scale, addend)

    def is_moderate(self, above: Expr, whole: Quotient) -> bool:
        """Whether the products are in the range of numbers."""
        total, below = whole.above, times(ONE, whole.below)
        products = (multiply(total, below), multiply(total, total), multiply(above, below))
        if any(max(-found.low, found.high) > self.limits.most for found in map(self.bounds.of, products)):
            return False
        lows = [self.bounds.of(each).low for each in whole.below]
        if min(lows) <= 0 or math.prod(lows) < self.limits.least:
            return False
        for each in (total, below, above):
            self.bounds.use(each)
        return True


def is_inverse(value: Expr) -> bool:
    """Of a name."""
    return isinstance(value, Pow) and value.exp == -1 and bool(value.base.is_Symbol)


def rates_of(gate: Symbol, above: Expr, total: Expr, below: Expr, scale: Expr, addend: float) -> Rates:
    """N = `total`, p q = `below`."""
    names = [symbol(f"{gate.name}~{part}") for part in ("sum", "below", "once")]
    total_, below_, once = names
    product_ = multiply(total_, below_)
    values = (total, below, reciprocal(add(product_, Float(addend)) if addend else product_))
    rate = multiply(multiply(total_, total_), once)
    steady = multiply(multiply(above, below_), once)
    return Rates(tuple(map(Assignment, names, values)), steady, multiply(negate(scale), rate))


def with_rates(routine: Routine, decay: Decay, rates: Rates, dt: Symbol) -> Routine:
    """The routine with a gate's step by `rates`, all of which stand where its steady state stood."""
    distance = subtract(decay.gate, decay.steady)
    new = add(decay.steady, multiply(distance, apply(exp, multiply(rates.slope, dt))))
    body, outputs = list[Assignment](), [*routine.outputs]
    for each in routine.body:
        if each.target == decay.steady:
            body += (*rates.assignments, Assignment(each.target, rates.steady))
        else:
            body.append(Assignment(each.target, new) if each.target == outputs[decay.row] else each)
    if outputs[decay.row] not in {each.target for each in body}:
        outputs[decay.row] = new
    return replace(routine, body=tuple(body), outputs=tuple(outputs))
