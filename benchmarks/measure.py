"""Interleaved timing: A B C, A B C, ...; medians, and the ratio round by round."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of every round, in order."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    def per(self, count: int) -> Timing:
        """The time of one of `count` steps."""
        return Timing(tuple(seconds / count for seconds in self.seconds))

    def times_faster_than(self, other: Timing) -> float:
        """The median over rounds of the other's time over this one's in the same round."""
        return median(theirs / mine for mine, theirs in zip(self.seconds, other.seconds, strict=True))


def interleaved(
    tasks: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
    uncounted: int = 1,
) -> dict[str, Timing]:
    """Every task once per round, after rounds that are not counted."""
    found: dict[str, list[float]] = {name: [] for name in tasks}
    for count in range(1 - uncounted, rounds + 1):
        for name, task in tasks.items():
            start = clock()
            task()
            if count > 0:
                found[name].append(clock() - start)
    return {name: Timing(tuple(seconds)) for name, seconds in found.items()}
