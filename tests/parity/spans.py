"""The first action potential of a source, cut into spans within which nothing jumps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tests.parity.source import Source, edges

LONGEST = 2000.0  # ms, if nothing starts it
AFTER = 500.0  # ms from the first jump on
GRID = 0.25  # ms: no stimulus is shorter
SMALL = 1e-9  # relative; what changes by less within a moment does not jump


@dataclass(frozen=True, slots=True)
class Span:
    """Between two times, in the source's unit, at a level of pacing."""

    begin: float
    end: float
    pace: float

    @property
    def middle(self) -> float:
        return (self.begin + self.end) / 2

    def inside(self, time: float) -> float:
        """The time, kept off the ends: what jumps there is already, or still, what it is within."""
        margin = 1e-9 * (self.end - self.begin)
        return min(max(time, self.begin + margin), self.end - margin)


def spans(source: Source) -> tuple[Span, ...]:
    longest = LONGEST * source.millisecond
    jumps = sorted(edges(source.events, longest) | time_jumps(source, longest))
    until = min(longest, jumps[0] + AFTER * source.millisecond) if jumps else longest
    times = [0.0, *(time for time in jumps if time < until), until]
    return tuple(Span(begin, end, source.pace((begin + end) / 2)) for begin, end in pairwise(times))


def time_jumps(source: Source, until: float) -> set[float]:
    """Where the derivatives of a file jump that has its stimulus in conditions on time."""
    if not source.reads_time:
        return set()
    grid = np.arange(0, until, GRID * source.millisecond).tolist()
    found = (between(source, begin, end) for begin, end in pairwise(grid))
    return {jump for jump in found if jump is not None}


def between(source: Source, begin: float, end: float) -> float | None:
    """The one jump between two times, to the last digit."""
    first, last = np.array(at(source, begin)), np.array(at(source, end))
    while differ(first, last):
        middle = (begin + end) / 2
        if middle in (begin, end):
            return end
        there = np.array(at(source, middle))
        if differ(first, there):
            end, last = middle, there
        else:
            begin, first = middle, there
    return None


def differ(first: np.ndarray, last: np.ndarray) -> bool:
    return bool((np.abs(first - last) > SMALL * np.maximum(np.abs(first), np.abs(last))).any())


def at(source: Source, time: float) -> list[float]:
    return source.rates(time, source.start.tolist(), 0.0)
