"""The loop over the stretches of a run, and the way back to the last good step where something breaks down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from iondsl.errors import NumericsError
from iondsl.manifest import Manifest, WaveTable
from iondsl.simulate.checkpoint import Checkpoint, InMemory, checkpoint
from iondsl.simulate.clock import Clock
from iondsl.simulate.events import Watcher
from iondsl.simulate.inputs import Feed
from iondsl.simulate.inside import Chattering
from iondsl.simulate.kernel import Array, Kernel, Packed
from iondsl.simulate.moves import Move, hold, move
from iondsl.simulate.numerics import finite, last_finite, report
from iondsl.simulate.occurrences import Events
from iondsl.simulate.proven import left
from iondsl.simulate.recorder import Recorder
from iondsl.simulate.result import Result
from iondsl.simulate.spans import Planner

Progress = Callable[[int, int], None]

# Seconds between two reports of progress.
PAUSE = 0.05


class RunInterrupted(KeyboardInterrupt):
    """The user interrupted a run; `result` holds what was recorded until then."""

    def __init__(self, result: Result) -> None:
        super().__init__("interrupted")
        self.result = result


@dataclass(slots=True)
class Run:
    """One run, prepared: arrays as the kernel takes them. `state` is advanced in place.

    `held` are pairs of rows, of a clamped state in `state` and of the input that it follows, with its name.
    """

    kernel: Kernel
    manifest: Manifest
    clock: Clock
    feed: Feed
    parameters: Packed
    state: Array
    recorder: Recorder
    held: tuple[tuple[int, int, str], ...]
    protocol: str = ""
    drives: tuple[WaveTable, ...] = ()
    threads: int = 1
    progress: Progress | None = None
    watcher: Watcher | None = None
    seconds: float = 0.0
    move: Move = field(init=False)
    planner: Planner = field(init=False)
    checkpoint: Checkpoint = field(init=False)

    def __post_init__(self) -> None:
        driven = self.kernel, self.clock, self.feed, self.parameters, self.threads
        self.move = move(*driven, self.state, self.held, self.watcher)
        self.planner = Planner(self.clock, self.feed, self.recorder.stride, self.move.longest, self.move.together)
        self._set_inputs(self.clock.first)
        self.checkpoint = checkpoint(self.clock.first, self.state)
        if self.watcher is not None:
            self.watcher.begin(self.state)

    def go(self) -> Result:
        """Raises NumericsError and RunInterrupted, both with the result up to then."""
        with np.errstate(all="ignore"):  # what matters of an overflow is seen in the state
            try:
                self._begin()
                self._advance()
                self._end_inside()
                return self._finish(self.clock.last)
            except KeyboardInterrupt:
                self._restore()
                raise RunInterrupted(self._finish(self.checkpoint.step, "interrupted")) from None
            except Chattering as stop:
                self._replay(stop.step)
                raise NumericsError(str(stop), self._finish(stop.step, str(stop))) from None
            finally:
                self.checkpoint.close()

    def _begin(self) -> None:
        first = self.clock.first
        if not finite(self.state):
            message = report(self.manifest, self.state, self.state, self.clock.time(first), None)
            raise NumericsError(message, self._finish(first, message))
        if self.recorder.stride is not None:
            self.move.record(self.state, first, 0, self.recorder)

    def _advance(self) -> None:
        kept = reported = perf_counter()
        for stretch in self.planner.stretches(self.clock.first, self.clock.last):
            begin = perf_counter()
            good = self.move.take(self.state, stretch, self.recorder)
            now = perf_counter()
            self.seconds += now - begin
            if not good:
                raise self._breakdown(stretch.last)
            if now - kept >= self.checkpoint.pause:
                self._keep(stretch.last)
                kept = now
            if now - reported > PAUSE:
                self._report(stretch.last)
                reported = now
        self._report(self.clock.last)

    def _end_inside(self) -> None:
        """A state that leaves its range becomes NaN in the next step, which the last one does not have."""
        last = self.clock.last
        if left(self.manifest, self.state) is not None:
            message = report(self.manifest, self.state, self.state, self.clock.time(last + 1), self.clock.dt)
            raise NumericsError(message, self._finish(last, message))

    def _keep(self, step: int) -> None:
        try:
            self.checkpoint.keep(step, self.state)
        except OSError:  # the disk is full
            self.checkpoint.close()
            self.checkpoint = InMemory(step, self.state)
        if self.watcher is not None:
            self.watcher.keep()

    def _restore(self) -> None:
        self.checkpoint.restore(self.state)
        if self.watcher is not None:
            self.watcher.rewind()

    def _replay(self, step: int) -> bool:
        """The state as it was at a step behind the checkpoint: kernels are deterministic. Whether it is finite."""
        self._restore()
        stretches = self.planner.stretches(self.checkpoint.step, step)
        return all(self.move.take(self.state, stretch, None) for stretch in stretches)

    def _set_inputs(self, step: int) -> None:
        self.feed.at(step)
        hold(self.state, self.feed, self.held)

    def _report(self, step: int) -> None:
        if self.progress is not None:
            self.progress(step - self.clock.first, self.clock.last - self.clock.first)

    def _breakdown(self, behind: int) -> NumericsError:
        """What to say of a state that is not finite at a step `behind` the moment when it ceased to be."""
        self._restore()
        for stretch in self.planner.stretches(self.checkpoint.step, behind):
            if not self.move.take(self.state, stretch, None):
                behind = stretch.last
                break
            self._keep(stretch.last)
        good = last_finite(self.checkpoint.step, behind, self._replay)
        self._replay(good + 1)
        bad = self.state.copy()
        self._replay(good)
        is_first = good == self.clock.first
        message = report(self.manifest, bad, self.state, self.clock.time(good + 1), self.clock.dt, is_first)
        return NumericsError(message, self._finish(good, message))

    def _finish(self, step: int, stopped: str = "") -> Result:
        """What was recorded before a step whose state is good, and that step itself."""
        clock, stride = self.clock, self.recorder.stride
        regular = -(-(step - clock.first) // stride) if stride is not None else 0
        self._set_inputs(step)
        self.move.record(self.state, step, regular, self.recorder)
        numbers = clock.first + np.arange(regular + 1) * (stride or 0)
        numbers[-1] = step
        columns = (*self.manifest.states, *self.manifest.inputs, *self.manifest.observables)
        return Result(
            time=clock.times(numbers),
            samples={name: values[: regular + 1] for name, values in self.recorder.samples.items()},
            state=self.state,
            states=tuple(column.name for column in self.manifest.states),
            units={column.name: column.unit for column in columns},
            time_unit=self.manifest.time_unit,
            aliases=self.manifest.aliases,
            protocol=self.protocol,
            variant=self.manifest.options.variant,
            drives=self.drives,
            stopped=stopped,
            seconds=self.seconds,
            cell_steps=(step - clock.first) * self.state.shape[1],
            events=Events(self.watcher.occurrences(step) if self.watcher is not None else {}, self.manifest.time_unit),
        )
