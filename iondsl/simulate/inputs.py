"""The inputs of a run: defaults, explicit values over cells, and what a protocol drives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from iondsl.errors import UsageError
from iondsl.simulate.clock import Clock
from iondsl.simulate.kernel import Array, Booleans, Integers
from iondsl.simulate.noise import Course
from iondsl.simulate.parameters import pack
from iondsl.simulate.waves import Signal

# A table of inputs holds at most this many numbers.
LARGEST_TABLE = 1_000_000
# Varying inputs are evaluated for at least so many steps at a time.
AHEAD = 4096


def constants(
    names: tuple[str, ...], defaults: Array, given: Mapping[str, Array], driven: Iterable[str], cells: int
) -> Array:
    """What does not follow a protocol, (inputs,) or (inputs, cells).

    Raises UsageError for an input without a default to which nobody gives a value.
    """
    packed = pack("input", names, np.nan_to_num(defaults, posinf=np.inf, neginf=-np.inf), given, cells)
    missing = [
        name
        for name, default in zip(names, defaults, strict=True)
        if np.isnan(default) and name not in given and name not in driven
    ]
    if missing:
        problems = (f"input `{name}` has no default: give it a value in `inputs`" for name in missing)
        raise UsageError("\n".join(problems))
    return packed


class Feed:
    """The arrays of inputs that a kernel reads, filled anew for every span of steps.

    The arrays are kept and written over: each is valid until the next call.
    """

    def __init__(
        self,
        clock: Clock,
        offsets: tuple[float, ...],
        names: tuple[str, ...],
        base: Array,
        signals: tuple[Signal, ...],
        cells: int,
    ) -> None:
        self.clock = clock
        self.signals = signals
        noises = [(signal.target, scale, noise) for signal in signals for scale, noise in signal.noises]
        if noises and base.ndim == 1 and cells > 1:
            base = np.repeat(base[:, None], cells, axis=1)
        self._noises = [(names.index(target), Course(noise, scale, clock.dt, cells)) for target, scale, noise in noises]
        self._offsets = np.asarray(offsets)
        self._rows = np.array([names.index(signal.target) for signal in signals], dtype=np.intp)
        self._levels: list[float] = []
        self._current = np.array(base if base.ndim == 2 else base[:, None], order="C")
        # The same numbers in the shape in which the kernel reads them.
        self.inputs = self._current if base.ndim == 2 else self._current.reshape(-1)
        self._table: Array = np.empty((0, *self._current.shape), base.dtype)
        self._ahead = range(0)
        self._readings: list[Array] = []

    @property
    def longest(self) -> int:
        """The largest number of steps in a span, so that tables of varying inputs have a bearable size."""
        if not any(signal.smooth for signal in self.signals):
            return LARGEST_TABLE
        return max(1, LARGEST_TABLE // max(1, self._current.size * len(self._offsets)))

    def edges(self, first: int, last: int) -> Integers:
        """The steps between `first` and `last` before which an input jumps or changes its form."""
        begin, end = self.clock.time(first), self.clock.time(last)
        times = [signal.edges(begin, end) for signal in self.signals]
        steps = self.clock.steps_at(np.concatenate([np.empty(0), *times]))
        return steps[(steps > first) & (steps < last)]

    def levels(self, steps: Integers) -> Array:
        """The driven inputs at the beginning of each step, after a jump there: (steps, driven)."""
        middles, times = self.clock.middles(steps), self.clock.times(steps)
        values = np.empty((len(steps), len(self.signals)))
        for column, signal in enumerate(self.signals):
            values[:, column] = signal.value(middles, times)
        return values

    def varies(self, steps: Integers) -> Booleans:
        """Whether an input changes within the span of constant form to which a step belongs: (steps,)."""
        middles = self.clock.middles(steps)
        varying = np.zeros(steps.shape, bool)
        for signal in self.signals:
            varying |= signal.varies(middles)
        return varying

    def constant(self, levels: list[float], step: int) -> Array:
        """(inputs,) or (inputs, cells), with the driven inputs at `levels`, and the noise of a step."""
        if levels != self._levels or self._noises:
            self._current[self._rows] = np.array(levels)[:, None]
            self._levels = levels
        for row, course in self._noises:
            self._current[row] += course.rows(step, 1)[0]
        return self.inputs

    def at(self, step: int) -> Array:
        """As `constant`, with the driven inputs as they are at the beginning of a step."""
        return self.constant(self.levels(np.array([step]))[0].tolist(), step)

    def table(self, first: int, steps: int) -> Array:
        """(steps * offsets, inputs, 1 or cells): what the scheme reads in `steps` steps from `first` on."""
        samples = steps * len(self._offsets)
        if len(self._table) < samples:
            self._table = np.repeat(self._current[None], samples, axis=0)
        if not (self._ahead.start <= first and first + steps <= self._ahead.stop):
            self._look_ahead(range(first, first + max(steps, AHEAD)))
        begin = (first - self._ahead.start) * len(self._offsets)
        table = self._table[:samples]
        for row, readings in zip(self._rows, self._readings, strict=True):
            table[:, row] = readings[begin : begin + samples]
        for row, course in self._noises:
            table[:, row] += np.repeat(course.rows(first, steps), len(self._offsets), axis=0)
        return table

    def within(self, step: int, times: Array, cells: Integers, varying: bool) -> Array:
        """The inputs of some cells at moments inside one step, by cell: `times` are (moments, cells).

        (moments, inputs, 1 or cells). Unless they are `varying`, as they were last set by `constant`.
        """
        shape = len(times), len(self._current), len(cells)
        own = self._current[:, cells] if self._current.shape[1] > 1 else self._current
        if not varying:
            return np.repeat(own[None], len(times), axis=0)
        table = np.array(np.broadcast_to(own, shape), order="C")
        middle = self.clock.middles(np.array(step))
        for row, signal in zip(self._rows, self.signals, strict=True):
            table[:, row] = signal.value(middle, times)
        for row, course in self._noises:
            noise = course.rows(step, 1)[0]
            table[:, row] += noise[cells] if len(noise) > 1 else noise
        return table

    def _look_ahead(self, steps: range) -> None:
        """Evaluate the driven inputs for many steps at once: each (steps * offsets, 1)."""
        numbers = np.arange(steps.start, steps.stop)[:, None]
        middles = self.clock.middles(numbers)
        times = self.clock.times(numbers) + self._offsets * self.clock.dt
        self._ahead = steps
        self._readings = [signal.value(middles, times).reshape(-1, 1) for signal in self.signals]

    def row(self, index: int) -> Array:
        """(1,) or (cells,): the input of that index, as last set by `constant`."""
        row: Array = self._current[index]
        return row
