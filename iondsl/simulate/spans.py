"""A run, cut into spans of steps that a kernel takes in one call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from iondsl.simulate.clock import Clock
from iondsl.simulate.inputs import Feed
from iondsl.simulate.kernel import Integers

# The state is checked, and can be returned to, at least this often.
LONGEST = 1000
# With many cells more often, so that an interruption or a report of progress does not have to wait for
# seconds; never so often that the checks take a noticeable part of the time.
SHORTEST = 64
CELL_STEPS = 4_000_000
# Spans are planned for about so many steps at a time.
WINDOW = 4096


class Span(NamedTuple):
    """`steps` steps from `first` on. `levels` are the driven inputs at its start, `after` those at its end.

    Between the two the inputs are constant unless they are `varying`. `sample` is the number of the
    recording at its end, or -1.
    """

    first: int
    steps: int
    levels: list[float]
    after: list[float]
    varying: bool
    sample: int


def spans(clock: Clock, feed: Feed, stride: int | None, cells: int) -> Iterator[Span]:
    """Spans end where a sample is due, where an input jumps, and at multiples of a number of steps.

    Only samples are counted from the beginning of the run, the rest from step 0: a run that goes on from a
    sample of another makes the calls that the other would have made.
    """
    longest = min(LONGEST, max(SHORTEST, CELL_STEPS // cells), feed.longest)
    window = longest * max(1, WINDOW // longest)
    first = clock.first
    while first < clock.last:
        last = min(clock.last, (first // window + 1) * window)
        yield from planned(clock, feed, stride, cuts(clock, feed, stride, longest, first, last))
        first = last


def cuts(clock: Clock, feed: Feed, stride: int | None, longest: int, first: int, last: int) -> Integers:
    """The borders of all spans between two steps, with both ends, in order."""
    borders = [np.array([first, last]), np.arange(-(-first // longest) * longest, last, longest)]
    borders.append(feed.edges(first, last))
    if stride is not None:
        borders.append(np.arange(first + (clock.first - first) % stride, last, stride))
    return np.unique(np.concatenate(borders))


def planned(clock: Clock, feed: Feed, stride: int | None, borders: Integers) -> Iterator[Span]:
    numbers = borders.tolist()
    levels = feed.levels(borders).tolist()
    varying = feed.varies(borders[:-1]).tolist()
    for k, varies in enumerate(varying):
        first, end = numbers[k], numbers[k + 1]
        sample, rest = divmod(end - clock.first, stride) if stride is not None else (-1, 0)
        yield Span(first, end - first, levels[k], levels[k + 1], varies, sample if rest == 0 else -1)
