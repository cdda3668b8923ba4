"""A gate's steady state and its rate by one division, where alpha or beta are quotients themselves.

    alpha = a/p, beta = b/q:    N = a q + b p,  r = 1/(N p q)
    alpha/(alpha + beta)        a q (p q) r
    alpha + beta                N N r

instead of four divisions; u/(exp(u) - 1) is such a quotient, too. A processor divides once while it multiplies ten
times.

The product N p q may leave the range of numbers where none of its factors does, so this is done where intervals prove
that it does not: states with a range are in it, as `guards.py` sees to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sympy import Expr, Symbol, exp

from iondsl.algebra import add, apply, multiply, negate, product, reciprocal, subtract, symbol, symbols_of
from iondsl.analysis.quotients import Quotient, Reader, times
from iondsl.passes._known import SPREAD, Bounds, intervals, used_ranges, using
from iondsl.passes._proofs import Decay, decays
from iondsl.passes.gates import by_rates, constants
from iondsl.passes.live import needed
from iondsl.step import Assignment, Routine, Step

# No product is larger.
LARGEST = {"float64": 1e290, "float32": 1e35}
# Denominators are no smaller, so that N p q is 0 only where alpha + beta has no reciprocal either.
LEAST = 1e-3


def rewrite(step: Step, dtype: str = "float64") -> Step:
    if step.assumed is None:
        return step
    known = intervals(step, step.assumed, SPREAD)
    bounds = Bounds(frozenset(known), dict(known))
    for each in step.advance.assignments:
        bounds.define(each.target, each.value)
    joining = Joining(step, constants(step), readers(step.advance), bounds, LARGEST[dtype])
    advance = step.advance
    for decay in decays(step):
        found = joining.rates(decay)
        if found is not None:
            advance = with_rates(advance, decay, found, step.dt)
    if advance is step.advance:
        return step
    return using(replace(step, advance=needed(advance)), used_ranges(step, bounds.used, known))


def readers(routine: Routine) -> Mapping[Symbol, set[object]]:
    """By whom each symbol is read: targets, and outputs by their number."""
    found: dict[Symbol, set[object]] = defaultdict(set)
    for target, value in (*((each.target, each.value) for each in routine.body), *enumerate(routine.outputs)):
        for each in symbols_of(value):
            found[each].add(target)
    return found


@dataclass(frozen=True, slots=True)
class Rates:
    """`assignments` for `steady` and for `slope`, which is that of the gate's exponential."""

    assignments: tuple[Assignment, ...]
    steady: Expr
    slope: Expr


@dataclass(frozen=True, slots=True)
class Joining:
    """Looks at the gates of one step. `constant` does not change in a run."""

    step: Step
    constant: frozenset[Symbol]
    readers: Mapping[Symbol, set[object]]
    bounds: Bounds
    largest: float

    def rates(self, decay: Decay) -> Rates | None:
        """By one division; None where that saves none, or may leave the range of numbers."""
        definitions = {each.target: each.value for each in self.step.advance.body}
        found = by_rates(decay, self.step, self.constant) if decay.steady in definitions else None
        if found is None:
            return None
        top, bottom, scale = found
        reader = Reader(definitions, self.own(decay).__contains__)
        upper, whole = reader.read(top), reader.read(bottom)
        if not whole.below or upper.without(whole.below):
            return None
        above, below = times(upper.above, whole.without(upper.below)), product(whole.below)
        return rates_of(decay.gate, above, whole.above, below, scale) if self.is_moderate(above, whole) else None

    def own(self, decay: Decay) -> frozenset[object]:
        """What nothing but a gate's own rates reads."""
        found: set[object] = {decay.row, decay.steady, self.step.advance.outputs[decay.row]}
        for each in reversed(self.step.advance.body):
            if self.readers[each.target] <= found:
                found.add(each.target)
        return frozenset(found)

    def is_moderate(self, above: Expr, whole: Quotient) -> bool:
        """Whether the products are in the range of numbers."""
        if any(self.bounds.of(each).low < LEAST for each in whole.below):
            return False
        total, below = whole.above, product(whole.below)
        products = (multiply(total, below), multiply(total, total), multiply(above, below))
        if any(found.low < -self.largest or found.high > self.largest for found in map(self.bounds.of, products)):
            return False
        for each in (total, below, above):
            self.bounds.use(each)
        return True


def rates_of(gate: Symbol, above: Expr, total: Expr, below: Expr, scale: Expr) -> Rates:
    """N = `total`, p q = `below`."""
    names = [symbol(f"{gate.name}~{part}") for part in ("sum", "below", "once")]
    total_, below_, once = names
    values = (total, below, reciprocal(multiply(total_, below_)))
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
