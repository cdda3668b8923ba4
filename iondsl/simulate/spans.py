"""A run, cut into spans of steps in which inputs keep their form, and into stretches of spans, taken at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from iondsl.immutable import frozen
from iondsl.simulate.clock import Clock
from iondsl.simulate.inputs import LARGEST_TABLE, Feed
from iondsl.simulate.kernel import Array, Booleans, Integers


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


@frozen
class Stretch:
    """Spans one after the other: `borders` (spans + 1,) are steps, `levels` (spans + 1, driven) the inputs there.

    `varying` and `samples` are (spans,), as in a span.
    """

    borders: Integers
    levels: Array
    varying: Booleans
    samples: Integers

    @property
    def first(self) -> int:
        return int(self.borders[0])

    @property
    def last(self) -> int:
        return int(self.borders[-1])

    def apart(self) -> Iterator[Stretch]:
        """Each of its spans by itself."""
        for k in range(len(self.varying)):
            one, ends = slice(k, k + 1), slice(k, k + 2)
            yield Stretch(self.borders[ends], self.levels[ends], self.varying[one], self.samples[one])

    def spans(self) -> Iterator[Span]:
        numbers, levels, samples = self.borders.tolist(), self.levels.tolist(), self.samples.tolist()
        for k, varies in enumerate(self.varying.tolist()):
            yield Span(numbers[k], numbers[k + 1] - numbers[k], levels[k], levels[k + 1], varies, samples[k])


@frozen
class Planner:
    """Cuts the steps of a run. A sample is taken every `stride` steps.

    A stretch has at most `longest` steps; it is of one span where these are not taken `together`.
    """

    clock: Clock
    feed: Feed
    stride: int | None
    longest: int
    together: bool

    def stretches(self, first: int, last: int) -> Iterator[Stretch]:
        """Stretches end at multiples of a number of steps, spans also where a sample is due or an input jumps.

        Only samples are counted from the beginning of the run, the rest from step 0: a run that goes on from a
        sample of another makes the calls that the other would have made.
        """
        longest = max(1, min(self.longest, self.feed.longest, LARGEST_TABLE))
        while first < last:
            end = min(last, (first // longest + 1) * longest)
            stretch = self.stretch(self.cuts(first, end))
            yield from (stretch,) if self.together else stretch.apart()
            first = end

    def cuts(self, first: int, last: int) -> Integers:
        """The borders of all spans between two steps, with both ends, in order."""
        borders = [np.array([first, last]), self.feed.edges(first, last)]
        if self.stride is not None:
            borders.append(np.arange(first + (self.clock.first - first) % self.stride, last, self.stride))
        found = np.sort(np.concatenate(borders))
        return found[np.diff(found, prepend=first - 1) > 0]

    def stretch(self, borders: Integers) -> Stretch:
        samples = np.full(len(borders) - 1, -1, np.int64)
        if self.stride is not None:
            number, rest = np.divmod(borders[1:] - self.clock.first, self.stride)
            samples = np.where(rest == 0, number, samples)
        return Stretch(borders, self.feed.levels(borders), self.feed.varies(borders[:-1]), samples)
