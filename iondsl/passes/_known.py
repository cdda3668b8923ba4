"""What proofs start from: the intervals of states and parameters, and which of them they used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import isnan

from sympy import Expr, Symbol

from iondsl.algebra import symbols_of
from iondsl.analysis.enclosure import enclosure
from iondsl.analysis.intervals import Interval, outward, point
from iondsl.assumed import Assumed, Range
from iondsl.step import Step

# A kernel in float32 computes parameters from others with this error.
ROUNDING = 1e-6
# Where a proof is not about a gate's polynomial, parameters that no range is given for may be so many times smaller or
# larger than their default.
SPREAD = 2.0


def intervals(step: Step, assumed: Assumed, spread: float = 1.0) -> dict[Symbol, Interval]:
    """Of states and parameters. A parameter without a range has its default, or is up to `spread` times as large or as
    small, in a fast kernel. In an exact one it may be anything; what follows from parameters alone has its range, if it
    is `usual`."""
    ranges = {each.name: Interval(each.low, each.high) for each in assumed.ranges}
    states = zip(step.states, step.layout.states, strict=True)
    known = {state: ranges[name] for state, name in states if name in ranges}
    if not assumed.fast:
        return known | {each: ranges[each.name] for each in usual(step, ranges)}
    computed = {each.index for each in step.computed}
    for row, (parameter, name) in enumerate(zip(step.parameters, step.layout.parameters, strict=True)):
        if name in ranges or row not in computed:
            known[parameter] = ranges.get(name) or around(step.defaults[row], spread)
    for each in step.computed:
        parameter = step.parameters[each.index]
        if parameter not in known:
            known[parameter] = widened(enclosure(each.value, known))
    return known


def usual(step: Step, ranges: Mapping[str, Interval]) -> Iterator[Symbol]:
    """What is computed from parameters alone, and not beyond its range where these have their defaults."""
    constant, found = constants(step), by_default(step)
    for each in step.advance.assignments:
        if each.target in constant:
            own = found[each.target] = enclosure(each.value, found)
            limits = ranges.get(each.target.name)
            if limits is not None and own.low <= limits.high and limits.low <= own.high:
                yield each.target


def by_default(step: Step) -> dict[Symbol, Interval]:
    """Of the parameters that have a default, and of those that follow from others."""
    defaults = zip(step.parameters, step.defaults, strict=True)
    known = {parameter: point(value) for parameter, value in defaults if not isnan(value)}
    for computed in step.computed:
        known[step.parameters[computed.index]] = enclosure(computed.value, known)
    return known


def constants(step: Step) -> frozenset[Symbol]:
    """The symbols that do not change in a run."""
    known = {*step.parameters, step.dt}
    for each in step.advance.assignments:
        if symbols_of(each.value) <= known:
            known.add(each.target)
    return frozenset(known)


@dataclass(slots=True)
class Bounds:
    """Intervals of all that one routine computes, and which of what is `known` lies behind each; `used` is what the
    proofs need."""

    known: Mapping[Symbol, Interval]
    intervals: dict[Symbol, Interval]
    behind: dict[Symbol, frozenset[Symbol]] = field(default_factory=dict)
    used: set[Symbol] = field(default_factory=set)

    @classmethod
    def of_step(cls, step: Step, assumed: Assumed) -> Bounds:
        known = intervals(step, assumed, SPREAD)
        bounds = cls(known, dict(known))
        for each in step.advance.assignments:
            bounds.define(each.target, each.value)
        return bounds

    def define(self, target: Symbol, value: Expr) -> None:
        if target in self.known:
            return
        self.intervals[target] = self.of(value)
        self.behind[target] = self.sources(value)

    def of(self, value: Expr) -> Interval:
        return enclosure(value, self.intervals)

    def sources(self, value: Expr) -> frozenset[Symbol]:
        symbols = frozenset[Symbol](symbols_of(value))
        return (symbols & self.known.keys()).union(*(self.behind.get(each, frozenset()) for each in symbols))

    def use(self, value: Expr) -> None:
        self.used |= self.sources(value)


def proven(step: Step, bounds: Bounds) -> Step:
    """The step with the ranges that the proofs used among those that it needs."""
    return using(step, used_ranges(step, bounds.used, bounds.known))


def around(default: float, spread: float) -> Interval:
    low, high = sorted((default / spread, default * spread))
    return point(default) if spread == 1 else Interval(low, high)


def widened(x: Interval) -> Interval:
    return outward(x.low - ROUNDING * abs(x.low), x.high + ROUNDING * abs(x.high))


def used_ranges(step: Step, used: Collection[Symbol], known: Mapping[Symbol, Interval]) -> Iterator[Range]:
    """Of a parameter that has its default, exactly that; with those of what is followed, by which a run is refused."""
    used = with_followed(step, used)
    defaults = {each: value for each, value in zip(step.parameters, step.defaults, strict=True) if value == value}
    symbols, layout = (*step.states, *step.parameters), step.layout
    for each, name in zip(symbols, (*layout.states, *layout.parameters), strict=True):
        if each in used:
            low, high = known[each].low, known[each].high
            fixed = defaults.get(each)
            if fixed is not None and known[each] == point(fixed):
                low = high = fixed
            yield Range(name, low, high)
    others = used & known.keys() - {*symbols}
    yield from (Range(each.name, known[each].low, known[each].high) for each in sorted(others, key=str))


def with_followed(step: Step, used: Collection[Symbol]) -> set[Symbol]:
    """With what parameters follow that have no range of their own."""
    found, ranged = set(used), {each.name for each in step.assumed.ranges} if step.assumed is not None else set()
    for each in reversed(step.computed):
        if step.parameters[each.index] in found and step.layout.parameters[each.index] not in ranged:
            found |= symbols_of(each.value)
    return found


def using(step: Step, ranges: Iterable[Range]) -> Step:
    """The step with these ranges among those that its proofs use: of two for one name, what both allow."""
    found = {each.name: each for each in step.used}
    for each in ranges:
        other = found.get(each.name, each)
        found[each.name] = Range(each.name, max(each.low, other.low), min(each.high, other.high))
    return replace(step, used=tuple(found.values()))
