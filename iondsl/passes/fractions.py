"""Quotients of quotients by one division, as of a gate that is at once what its alpha and beta make it:

    alpha = a/p, beta = b/q:    alpha/(alpha + beta) = a q/(a q + b p)

instead of three divisions of which one waits for the others. Gates that take time are in `rates.py`. Likewise, this is
done where intervals prove that the products stay in the range of numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sympy import Expr, Pow, Symbol

from iondsl.algebra import divide, factors
from iondsl.analysis.quotients import ONE, Quotient, Reader, times
from iondsl.passes._known import Bounds, proven
from iondsl.passes._readers import Readers
from iondsl.passes.live import needed
from iondsl.passes.rates import LIMITS, SMALL
from iondsl.step import Assignment, Step


def rewrite(step: Step, dtype: str = "float64") -> Step:
    if step.assumed is None:
        return step
    bounds = Bounds.of_step(step, step.assumed)
    definitions = {each.target: each.value for each in step.advance.body}
    joining = Joining(definitions, Readers.of(step.advance), bounds, LIMITS[dtype].most)
    body = tuple(Assignment(each.target, joining.joined(each)) for each in step.advance.body)
    advance = needed(replace(step.advance, body=body))
    return proven(replace(step, advance=advance), bounds)


@dataclass(frozen=True, slots=True)
class Joining:
    definitions: Mapping[Symbol, Expr]
    readers: Readers
    bounds: Bounds
    most: float

    def joined(self, assignment: Assignment) -> Expr:
        """The value by one division, if it is one over quotients and its products stay in the range of numbers."""
        value = assignment.value
        below = [each.base for each in factors(value) if isinstance(each, Pow) and each.exp == -1]
        if not below:
            return value
        reader = Reader(self.definitions, self.readers.own([assignment.target]).__contains__)
        if not any(reader.read(each).below for each in below):
            return value
        found = reader.read(value)
        return divide(found.above, times(ONE, found.below)) if self.is_moderate(found) else value

    def is_moderate(self, found: Quotient) -> bool:
        above, below = found.above, times(ONE, found.below)
        if any(max(-each.low, each.high) > self.most for each in map(self.bounds.of, (above, below))):
            return False
        if not found.below or min(self.bounds.of(each).low for each in found.below) < SMALL:
            return False
        for each in (above, below):
            self.bounds.use(each)
        return True
