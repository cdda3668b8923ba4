"""The loop over the spans of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from iondsl.errors import NumericsError
from iondsl.manifest import Manifest, WaveTable
from iondsl.simulate.clock import Clock
from iondsl.simulate.events import Watcher
from iondsl.simulate.inputs import Feed
from iondsl.simulate.inside import Chattering
from iondsl.simulate.kernel import Array, Kernel
from iondsl.simulate.numerics import finite, last_finite, report
from iondsl.simulate.occurrences import Events
from iondsl.simulate.recorder import Recorder
from iondsl.simulate.result import Result
from iondsl.simulate.spans import Span, spans
from iondsl.simulate.threads import worth

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

    `held` are pairs of rows, of a clamped state in `state` and of the input that it follows. `saved` is the
    last step at which the state was known to be good, and a copy of it.
    """

    kernel: Kernel
    manifest: Manifest
    clock: Clock
    feed: Feed
    parameters: Array
    state: Array
    recorder: Recorder
    held: tuple[tuple[int, int], ...]
    protocol: str = ""
    drives: tuple[WaveTable, ...] = ()
    threads: int = 1
    progress: Progress | None = None
    watcher: Watcher | None = None
    seconds: float = 0.0
    saved: tuple[int, Array] = field(init=False)

    def __post_init__(self) -> None:
        self._set_inputs(self.clock.first, self.state)
        self.saved = self.clock.first, self.state.copy()
        if self.watcher is not None:
            self.watcher.begin(self.state)

    def go(self) -> Result:
        """Raises NumericsError and RunInterrupted, both with the result up to then."""
        with np.errstate(all="ignore"):  # what matters of an overflow is seen in the state
            try:
                self._begin()
                self._advance()
                return self._finish()
            except KeyboardInterrupt:
                raise RunInterrupted(self._finish("interrupted")) from None
            except Chattering as stop:
                self.saved = stop.saved or self.saved
                raise NumericsError(str(stop), self._finish(str(stop))) from None

    def _begin(self) -> None:
        if not finite(self.state):
            raise self._breakdown(self.clock.first, self.state)
        if self.recorder.stride is not None:
            self._take(0, self.clock.first, self.state)

    def _advance(self) -> None:
        clock, feed, state = self.clock, self.feed, self.state
        spare, reported = np.empty_like(state), perf_counter()
        for span in spans(clock, feed, self.recorder.stride, state.shape[1]):
            inputs = feed.table(span.first, span.steps) if span.varying else feed.constant(span.levels, span.first)
            begin = perf_counter()
            self._step(state, inputs, span.first, span.steps)
            now = perf_counter()
            self.seconds += now - begin
            if not finite(state):
                raise self._locate(span, inputs)
            end = span.first + span.steps
            feed.constant(span.after, end)
            self._hold(state)
            if self.watcher is not None and (span.varying or span.after != span.levels):
                self._jump(self.watcher, state, end)
            np.copyto(spare, state)
            # One assignment: an interruption finds a step together with its own state.
            self.saved, spare = (end, spare), self.saved[1]
            if self.watcher is not None:
                self.watcher.keep()
            if span.sample >= 0:
                self._take(span.sample, end, state)
            if now - reported > PAUSE:
                self._report(end)
                reported = now
        self._report(clock.last)

    def _step(self, state: Array, inputs: Array, first: int, steps: int) -> None:
        if self.watcher is not None:
            self.watcher.advance(state, inputs, first, steps, self.threads)
            return
        t, threads = self.clock.time(first), worth(self.threads, state, steps)
        self.kernel.step(state, self.parameters, inputs, t, self.clock.dt, steps, threads)

    def _jump(self, watcher: Watcher, state: Array, step: int) -> None:
        """The events of inputs that have jumped before a step."""
        if watcher.jump(state, step) and not finite(state):
            raise self._breakdown(step, state)

    def _hold(self, state: Array) -> None:
        for row, index in self.held:
            state[row] = self.feed.row(index)

    def _set_inputs(self, step: int, state: Array) -> None:
        self.feed.at(step)
        self._hold(state)

    def _take(self, sample: int, step: int, state: Array) -> None:
        self.recorder.take(sample, state, self.parameters, self.feed.inputs, self.clock.time(step))

    def _report(self, step: int) -> None:
        if self.progress is not None:
            self.progress(step - self.clock.first, self.clock.last - self.clock.first)

    def _locate(self, span: Span, inputs: Array) -> NumericsError:
        """Go back to the beginning of the span, and from there to the last step with a finite state."""
        samples = len(self.kernel.OFFSETS)

        def advance(state: Array, steps: int) -> None:
            table = inputs[: steps * samples] if inputs.ndim == 3 else inputs
            if self.watcher is not None:
                self.watcher.rewind()
            self._step(state, table, span.first, steps)

        steps, good, bad = last_finite(self.saved[1], span.steps, advance)
        self.saved = span.first + steps, good
        return self._breakdown(span.first + steps + 1, bad)

    def _breakdown(self, step: int, state: Array) -> NumericsError:
        dt = self.clock.dt if step > self.clock.first else None
        message = report(self.manifest, state, self.saved[1], self.clock.time(step), dt)
        return NumericsError(message, self._finish(message))

    def _finish(self, stopped: str = "") -> Result:
        """What was recorded before the last good step, and that step itself."""
        clock, stride, (step, state) = self.clock, self.recorder.stride, self.saved
        regular = -(-(step - clock.first) // stride) if stride is not None else 0
        self._set_inputs(step, state)
        self._take(regular, step, state)
        numbers = clock.first + np.arange(regular + 1) * (stride or 0)
        numbers[-1] = step
        columns = (*self.manifest.states, *self.manifest.inputs, *self.manifest.observables)
        return Result(
            time=clock.times(numbers),
            samples={name: values[: regular + 1] for name, values in self.recorder.samples.items()},
            state=state,
            states=tuple(column.name for column in self.manifest.states),
            units={column.name: column.unit for column in columns},
            time_unit=self.manifest.time_unit,
            aliases=self.manifest.aliases,
            protocol=self.protocol,
            variant=self.manifest.options.variant,
            drives=self.drives,
            stopped=stopped,
            seconds=self.seconds,
            cell_steps=(step - clock.first) * state.shape[1],
            events=Events(self.watcher.occurrences(step) if self.watcher is not None else {}, self.manifest.time_unit),
        )
