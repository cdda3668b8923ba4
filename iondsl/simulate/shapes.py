"""The shapes that a protocol is made of, as functions of time.

A grid of steps and a jump need a convention. Whether a jump has happened is decided for a step as a whole,
at its middle: rounding of the time never moves an edge, and every stage of a scheme sees the same side of
it. What varies smoothly, a ramp or a sine, is read at the time itself. So `value(middle, time)` takes both;
`middle` decides the window and `time` the value in it. The result has the shape to which the two broadcast.

`edges(begin, end)` are the times in [begin, end] at which the value jumps or its form changes; between two
of them a shape is constant unless it `varies`. Outside its window a shape is 0, so that shapes can be
added.
"""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

from iondsl.immutable import frozen
from iondsl.simulate.kernel import Array, Booleans


class Shape(Protocol):
    """One term of a protocol; times in the model's unit of time, values in that of the input."""

    def value(self, middle: Array, time: Array) -> Array: ...
    def edges(self, begin: float, end: float) -> Array: ...
    def varies(self, middle: Array) -> Booleans: ...


@frozen
class Constant:
    """The same at all times."""

    level: float

    def value(self, middle: Array, time: Array) -> Array:
        return np.asarray(self.level)

    def edges(self, begin: float, end: float) -> Array:
        return np.empty(0)

    def varies(self, middle: Array) -> Booleans:
        return np.zeros(middle.shape, bool)


@frozen
class Pulse:
    """`height` from `start` for `width`, again after each period `every`, `count` times.

    `every = 0` is a single pulse, `count = 0` is no limit. Pulses that overlap do not add.
    """

    start: float
    width: float
    height: float
    every: float = 0.0
    count: float = 0.0

    def value(self, middle: Array, time: Array) -> Array:
        number = self._latest(middle)
        on = (number >= 0) & (middle < self._onset(number) + self.width)
        return np.where(on, self.height, 0.0)

    def edges(self, begin: float, end: float) -> Array:
        if self.every > 0:
            first = math.floor((begin - self.start - self.width) / self.every)
            last = min(math.ceil((end - self.start) / self.every), self._limit())
            onsets = self._onset(np.arange(max(first, 0), last + 1, dtype=float))
        else:
            onsets = np.array([self.start])
        return within(np.concatenate([onsets, onsets + self.width]), begin, end)

    def varies(self, middle: Array) -> Booleans:
        return np.zeros(middle.shape, bool)

    def _latest(self, time: Array) -> Array:
        """Number of the last pulse that began at or before `time`; negative before the first.

        The division may be off by one next to an onset; the comparisons with the onsets themselves settle it.
        """
        if not self.every > 0:
            return np.where(time >= self.start, 0.0, -1.0)
        number = np.floor((time - self.start) / self.every)
        number = np.where(self._onset(number + 1) <= time, number + 1, number)
        number = np.where(self._onset(number) > time, number - 1, number)
        latest: Array = np.minimum(number, self._limit())
        return latest

    def _onset(self, number: Array) -> Array:
        onset: Array = self.start + number * self.every
        return onset

    def _limit(self) -> float:
        return self.count - 1 if self.count > 0 else math.inf


@frozen
class Ramp:
    """Linear from `first` to `last` during `width`.

    With `hold` it is `first` before and `last` after: what holds a state or a parameter needs a value at
    all times.
    """

    start: float
    width: float
    first: float
    last: float
    hold: bool = False

    def value(self, middle: Array, time: Array) -> Array:
        slope = (self.last - self.first) / self.width if self.width else 0.0
        inside = self.first + slope * (time - self.start)
        before, after = (self.first, self.last) if self.hold else (0.0, 0.0)
        end = self.start + self.width
        return np.where(middle < self.start, before, np.where(middle < end, inside, after))

    def edges(self, begin: float, end: float) -> Array:
        return within(np.array([self.start, self.start + self.width]), begin, end)

    def varies(self, middle: Array) -> Booleans:
        return (middle >= self.start) & (middle < self.start + self.width)


@frozen
class Sine:
    """`amplitude * sin(2 pi frequency (t - start) + phase)` during `width`.

    `frequency` is per unit of time, `phase` in radians.
    """

    start: float
    width: float
    amplitude: float
    frequency: float
    phase: float = 0.0

    def value(self, middle: Array, time: Array) -> Array:
        angle = 2 * math.pi * self.frequency * (time - self.start) + self.phase
        return np.where(self.varies(middle), self.amplitude * np.sin(angle), 0.0)

    def edges(self, begin: float, end: float) -> Array:
        return within(np.array([self.start, self.start + self.width]), begin, end)

    def varies(self, middle: Array) -> Booleans:
        return (middle >= self.start) & (middle < self.start + self.width)


@frozen
class Steps:
    """Piecewise constant: `values[0]` from the beginning, `values[k + 1]` from `times[k]` on."""

    values: tuple[float, ...]
    times: tuple[float, ...]

    def value(self, middle: Array, time: Array) -> Array:
        levels: Array = np.asarray(self.values)
        return levels[np.searchsorted(np.asarray(self.times), middle, side="right")]

    def edges(self, begin: float, end: float) -> Array:
        return within(np.asarray(self.times), begin, end)

    def varies(self, middle: Array) -> Booleans:
        return np.zeros(middle.shape, bool)


@frozen
class Recorded:
    """Straight lines through `values` at `times`; with `hold` it keeps its ends, as a `Ramp` does."""

    times: tuple[float, ...]
    values: tuple[float, ...]
    hold: bool = False

    def value(self, middle: Array, time: Array) -> Array:
        known = np.interp(time, self.times, self.values)
        return known if self.hold else np.where(self.varies(middle), known, 0.0)

    def edges(self, begin: float, end: float) -> Array:
        return within(np.array([self.times[0], self.times[-1]]), begin, end)

    def varies(self, middle: Array) -> Booleans:
        return (middle >= self.times[0]) & (middle < self.times[-1])


def within(times: Array, begin: float, end: float) -> Array:
    return times[(times >= begin) & (times <= end)]
