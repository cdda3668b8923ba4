"""The inputs of a run: defaults, explicit values over cells, and what a protocol drives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from iondsl.errors import UsageError
from iondsl.simulate.clock import Clock
from iondsl.simulate.kernel import Array, Booleans, Integers, Packed, Rows, packed, rows_of, shared
from iondsl.simulate.noise import Course
from iondsl.simulate.parameters import pack

if TYPE_CHECKING:
    from iondsl.simulate.waves import Signal

# A table of inputs holds at most this many numbers.
LARGEST_TABLE = 1_000_000
# Varying inputs are evaluated for at least so many steps at a time.
AHEAD = 4096


def constants(
    names: tuple[str, ...],
    varied: tuple[str, ...],
    defaults: Array,
    given: Mapping[str, Array],
    driven: Iterable[str],
    cells: int,
) -> Packed:
    """What does not follow a protocol. Raises UsageError for an input without a default that nobody gives a value."""
    without = np.isnan(defaults)
    values = pack("input", names, varied, np.where(without, 0, defaults), given, cells)
    missing = [names[row] for row in np.flatnonzero(without) if names[row] not in given and names[row] not in driven]
    if missing:
        problems = (f"input `{name}` has no default: give it a value in `inputs`" for name in missing)
        raise UsageError("\n".join(problems))
    return values


class Feed:
    """The arrays of inputs that a kernel reads, filled anew for every span of steps.

    Some arrays are kept and written over: each is valid until the next call.
    """

    def __init__(
        self,
        clock: Clock,
        offsets: tuple[float, ...],
        names: tuple[str, ...],
        varied: tuple[str, ...],
        base: Packed,
        signals: tuple[Signal, ...],
        cells: int,
    ) -> None:
        self.clock = clock
        self.signals = signals
        self._varied, self._cells, self._offsets = varied, cells, np.asarray(offsets)
        self._shared = shared(base).copy()
        driven = {each.target for each in signals}
        rows = dict(zip(varied, rows_of(base), strict=True))
        self._own = tuple(row.copy() if name in driven else row for name, row in rows.items())
        self._rows = np.array([names.index(signal.target) for signal in signals], dtype=np.intp)
        self._courses = [[Course(noise, scale, clock.dt, cells) for scale, noise in each.noises] for each in signals]
        # Pairs of what is driven in every cell, by its row among these, and of the signal that does.
        self._driven = [(varied.index(each.target), k) for k, each in enumerate(signals) if each.target in varied]
        self._levels: list[float] = []
        self._ahead = range(0)
        self._readings: list[Array] = []

    @property
    def is_noisy(self) -> bool:
        return any(self._courses)

    @property
    def is_driven_apart(self) -> bool:
        """Whether inputs of which every cell has its own change in time."""
        return bool(self._driven)

    @property
    def inputs(self) -> Packed:
        """As last set by `constant`."""
        return packed(self._shared, self._own if self._varied else None)

    @property
    def longest(self) -> int:
        """The largest number of steps in a span, so that tables of varying inputs have a bearable size."""
        if not any(signal.smooth for signal in self.signals) and not self._driven:
            return LARGEST_TABLE
        numbers = len(self._shared) + (len(self._own) * self._cells if self._driven else 0)
        return max(1, LARGEST_TABLE // max(1, numbers * len(self._offsets)))

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

    def rows(self, levels: Array) -> Array:
        """(moments, inputs): what cells share, with the driven inputs at `levels`, (moments, driven)."""
        rows = np.repeat(self._shared[None], len(levels), axis=0)
        rows[:, self._rows] = levels
        return rows

    def constant(self, levels: list[float], step: int) -> Packed:
        """The driven inputs at `levels`, with the noise of a step."""
        if levels != self._levels or any(self._courses):
            self._levels = levels
            noise = self.noise(step, 1)
            for row, level, course in zip(self._rows, levels, noise, strict=True):
                self._shared[row] = level + course[0, 0]
            for row, column in self._driven:
                self._own[row][:] = levels[column] + noise[column][0]
        return self.inputs

    def at(self, step: int) -> Packed:
        """As `constant`, with the driven inputs as they are at the beginning of a step."""
        return self.constant(self.levels(np.array([step]))[0].tolist(), step)

    def table(self, first: int, steps: int) -> Packed:
        """What the scheme reads in `steps` steps from `first` on: a sample per step and offset."""
        noise = self.noise(first, steps)
        return self._paired(self.samples(first, noise), self.own_samples(first, noise))

    def noise(self, first: int, steps: int) -> list[Array]:
        """What noise adds to each driven input, (steps, 1 or cells), from step `first` on."""
        return [sum((each.rows(first, steps) for each in few), np.zeros((steps, 1))) for few in self._courses]

    def samples(self, first: int, noise: list[Array]) -> Array:
        """(samples, inputs): what cells share from step `first` on, for as many steps as there is noise of."""
        table = np.repeat(self._shared[None], len(noise[0]) * len(self._offsets), axis=0)
        for column, row in enumerate(self._rows):
            table[:, row] = self._read(column, first, noise[column])[:, 0]
        return table

    def own_samples(self, first: int, noise: list[Array]) -> Rows:
        """(samples, varied, cells), likewise, or the rows where none of them changes in time."""
        if not self._driven:
            return self._own
        rows = np.repeat(np.stack(self._own)[None], len(noise[0]) * len(self._offsets), axis=0)
        for row, column in self._driven:
            rows[:, row] = self._read(column, first, noise[column])
        return rows

    def within(self, step: int, times: Array, cells: Integers, varying: bool) -> Packed:
        """The inputs of some cells at moments inside one step, by cell: `times` are (moments, cells).

        (moments, inputs, 1 or cells) and (moments, varied, cells). Unless they are `varying`, as they were last set by
        `constant`.
        """
        moments = len(times)
        rows = np.empty((moments, len(self._own), len(cells)), self._shared.dtype)
        for column, each in enumerate(self._own):
            rows[:, column] = each[cells]
        if not varying:
            return self._paired(np.repeat(self._shared[None, :, None], moments, axis=0), rows)
        table = np.repeat(np.repeat(self._shared[None, :, None], moments, axis=0), len(cells), axis=2)
        middle, owned = self.clock.middles(np.array(step)), {column: row for row, column in self._driven}
        for column, (row, signal) in enumerate(zip(self._rows, self.signals, strict=True)):
            values = signal.value(middle, times)
            for course in self._courses[column]:
                noise = course.rows(step, 1)[0]
                values = values + (noise[cells] if len(noise) > 1 else noise)
            table[:, row] = values
            if column in owned:
                rows[:, owned[column]] = values
        return self._paired(table, rows)

    def held(self, index: int, name: str) -> Array | float:
        """A number or (cells,): the input of that index, as last set by `constant`."""
        row: Array | float = self._own[self._varied.index(name)] if name in self._varied else self._shared[index]
        return row

    def _paired(self, table: Array, rows: Rows) -> Packed:
        return packed(table, rows if self._varied else None)

    def _read(self, column: int, first: int, noise: Array) -> Array:
        """A driven input, (samples, 1 or cells), from step `first` on."""
        steps, count = len(noise), len(self._offsets)
        if not (self._ahead.start <= first and first + steps <= self._ahead.stop):
            self._look_ahead(range(first, first + max(steps, AHEAD)))
        chosen = slice((first - self._ahead.start) * count, (first - self._ahead.start + steps) * count)
        values: Array = self._readings[column][chosen] + np.repeat(noise, count, axis=0)
        return values

    def _look_ahead(self, steps: range) -> None:
        """Evaluate the driven inputs for many steps at once: each (steps * offsets, 1)."""
        numbers = np.arange(steps.start, steps.stop)[:, None]
        middles = self.clock.middles(numbers)
        times = self.clock.times(numbers) + self._offsets * self.clock.dt
        self._ahead = steps
        self._readings = [signal.value(middles, times).reshape(-1, 1) for signal in self.signals]
