"""Arguments of exponentials as slope times direction plus offset, and which of them may be merged."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Symbol

from iondsl.algebra import symbols_of
from iondsl.analysis.affine import Affine, Reader, written
from iondsl.analysis.enclosure import enclosure
from iondsl.analysis.intervals import Interval

# How far potentials go (mV), and the greatest exponent at which nothing over- or underflows.
REACH = {"float64": 1000, "float32": 200}
EXPONENT = {"float64": 700, "float32": 80}


@dataclass(frozen=True, slots=True)
class Argument:
    """`slope * direction + offset`; arguments of one group share their direction."""

    group: Hashable
    direction: Affine
    slope: Fraction
    offset: Affine


@dataclass(frozen=True, slots=True)
class Arguments:
    """Reads the arguments that may be merged. `fixed` are the values by default of what is fixed in a run."""

    reader: Reader
    time: Symbol
    fixed: Mapping[Symbol, Interval]
    reach: int
    exponent: int

    def read(self, argument: Expr, times: int) -> Argument | None:
        found = {term: times * value for term, value in self.reader.read(argument).items() if times}
        moving = sorted((term for term in found if term[0] != 1), key=str)
        if not moving or any(self.time in symbols_of(varying) for varying, _ in moving):
            return None
        slope = found[moving[0]]
        if any(monomial for _, monomial in moving):
            whole = {term: value / slope for term, value in found.items()}
            return Argument(frozenset(whole.items()), whole, slope, {})
        direction = {term: found[term] / slope for term in moving}
        offset = {term: value for term, value in found.items() if term[0] == 1 and value}
        farthest = self.reach * sum(abs(found[term]) for term in moving)
        if farthest > self.exponent or self.largest(offset) > self.exponent:
            return None
        return Argument(frozenset(direction.items()), direction, slope, offset)

    def largest(self, offset: Affine) -> float:
        """Of |offset|, with parameters at their defaults; infinity where it depends on more than these."""
        found = enclosure(written(offset), self.fixed)
        return max(-found.low, found.high)
