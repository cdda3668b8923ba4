"""What the proofs of fast kernels start from: the intervals of states and parameters, and which of them they used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from sympy import Symbol

from iondsl.analysis.enclosure import enclosure
from iondsl.analysis.intervals import Interval, outward, point
from iondsl.assumed import Assumed, Range
from iondsl.step import Step

# A kernel in float32 computes parameters from others with this error.
ROUNDING = 1e-6


def intervals(step: Step, assumed: Assumed, spread: float = 1.0) -> dict[Symbol, Interval]:
    """Of states and parameters; a parameter without a range has its default, or is up to `spread` times as large or
    as small."""
    ranges = {each.name: Interval(each.low, each.high) for each in assumed.ranges}
    states = zip(step.states, step.layout.states, strict=True)
    known = {state: ranges[name] for state, name in states if name in ranges}
    computed = {each.index for each in step.computed}
    for row, (parameter, name) in enumerate(zip(step.parameters, step.layout.parameters, strict=True)):
        if name in ranges or row not in computed:
            known[parameter] = ranges.get(name) or around(step.defaults[row], spread)
    for each in step.computed:
        parameter = step.parameters[each.index]
        if parameter not in known:
            known[parameter] = widened(enclosure(each.value, known))
    return known


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


def with_followed(step: Step, used: Collection[Symbol]) -> set[Symbol]:
    """With what parameters follow that have no range of their own."""
    found, ranged = set(used), {each.name for each in step.assumed.ranges} if step.assumed is not None else set()
    for each in reversed(step.computed):
        if step.parameters[each.index] in found and step.layout.parameters[each.index] not in ranged:
            found |= each.value.free_symbols
    return found


def using(step: Step, ranges: Iterable[Range]) -> Step:
    """The step with these ranges among those that its proofs use: of two for one name, what both allow."""
    found = {each.name: each for each in step.used}
    for each in ranges:
        other = found.get(each.name, each)
        found[each.name] = Range(each.name, max(each.low, other.low), min(each.high, other.high))
    return replace(step, used=tuple(found.values()))
