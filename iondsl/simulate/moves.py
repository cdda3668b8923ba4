"""How the cells of a run are taken through a stretch of spans: by one call of the kernel, or span by span."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from iondsl.immutable import frozen
from iondsl.simulate.clock import Clock
from iondsl.simulate.events import Watcher
from iondsl.simulate.inputs import Feed
from iondsl.simulate.kernel import Array, Integers, Kernel, Packed, RecordingKernel, own, packed, shared
from iondsl.simulate.numerics import finite
from iondsl.simulate.recorder import Recorder
from iondsl.simulate.spans import Span, Stretch
from iondsl.simulate.threads import worth

# New values of states in one call: some 0.1 s, after which an interruption or a report of progress is not late. A call
# never has so few steps that its beginning and end would take a noticeable part of the time, nor more than are planned
# for in an instant.
VALUES = 20_000_000
SHORTEST, LONGEST = 64, 131_072
# Steps that are taken span by span are planned for less far ahead.
LONGEST_APART = 1000


class Move(Protocol):
    """Takes a state through a stretch, in place; samples are kept in `recorder`, if there is one.

    `longest` is the number of steps that a stretch should have at most, `together` whether it may be of many spans.
    """

    @property
    def longest(self) -> int: ...
    @property
    def together(self) -> bool: ...

    def take(self, state: Array, stretch: Stretch, recorder: Recorder | None) -> bool:
        """Whether the state is finite then."""
        ...

    def record(self, state: Array, step: int, sample: int, recorder: Recorder) -> None:
        """Keep a sample of a state, with the inputs as the feed has them."""
        ...


@frozen
class AtOnce:
    """One call: the states of a block of cells stay in the processor's cache until all of its samples are taken."""

    kernel: RecordingKernel
    clock: Clock
    feed: Feed
    parameters: Packed
    threads: int
    longest: int
    together: bool = True

    def take(self, state: Array, stretch: Stretch, recorder: Recorder | None) -> bool:
        inputs, spans = self.plan(stretch)
        t, steps, kept = self.clock.time(stretch.first), stretch.last - stretch.first, records(recorder)
        threads = worth(self.threads, state, steps)
        done = self.kernel.run(state, self.parameters, inputs, spans, t, self.clock.dt, threads, kept)
        self.feed.constant(stretch.levels[-1].tolist(), stretch.last)
        return done

    def record(self, state: Array, step: int, sample: int, recorder: Recorder) -> None:
        """A span of no steps, at whose end a sample is due."""
        if not recorder.records:
            return
        inputs = packed(shared(self.feed.inputs)[None], own(self.feed.inputs))
        span, t = np.array([[0, 0, 0, 0, sample]]), self.clock.time(step)
        self.kernel.run(state, self.parameters, inputs, span, t, self.clock.dt, 1, records(recorder))

    def plan(self, stretch: Stretch) -> tuple[Packed, Integers]:
        """The rows of inputs, those at the borders first, and the spans, as the kernel reads them."""
        rows = [self.feed.rows(stretch.levels)]
        count = len(stretch.varying)
        row, after, size = np.arange(count), np.arange(1, count + 1), count + 1
        for k in np.flatnonzero(stretch.varying).tolist():
            rows.append(shared(self.feed.table(int(stretch.borders[k]), int(np.diff(stretch.borders)[k]))))
            row[k], size = size, size + len(rows[-1])
        spans = np.stack([np.diff(stretch.borders), row, stretch.varying, after, stretch.samples], axis=1)
        return packed(np.concatenate(rows), own(self.feed.inputs)), spans.astype(np.int64)


def records(recorder: Recorder | None) -> tuple[tuple[int, Array], ...]:
    return () if recorder is None else recorder.records


@frozen
class SpanBySpan:
    """Kernels that take one span at a time, events, noise, and inputs that vary in time in every cell by itself.

    `held` are pairs of rows, of a clamped state in `state` and of the input that it follows, with its name.
    """

    kernel: Kernel
    clock: Clock
    feed: Feed
    parameters: Packed
    threads: int
    longest: int
    held: tuple[tuple[int, int, str], ...]
    watcher: Watcher | None = None
    together: bool = False

    def take(self, state: Array, stretch: Stretch, recorder: Recorder | None) -> bool:
        for span in stretch.spans():
            self.step(state, span)
            if not finite(state):
                return False
            self.feed.constant(span.after, span.first + span.steps)
            hold(state, self.feed, self.held)
            if self.watcher is not None and (span.varying or span.after != span.levels):
                self.watcher.jump(state, span.first + span.steps)
                if not finite(state):
                    return False
            if recorder is not None and span.sample >= 0:
                self.record(state, span.first + span.steps, span.sample, recorder)
        return True

    def step(self, state: Array, span: Span) -> None:
        feed, (_, steps, levels, *_) = self.feed, span
        inputs = feed.table(span.first, steps) if span.varying else feed.constant(levels, span.first)
        if self.watcher is not None:
            self.watcher.advance(state, inputs, span.first, steps, self.threads, span.varying)
            return
        t, threads = self.clock.time(span.first), worth(self.threads, state, steps)
        self.kernel.step(state, self.parameters, inputs, t, self.clock.dt, steps, threads)

    def record(self, state: Array, step: int, sample: int, recorder: Recorder) -> None:
        recorder.take(sample, state, self.parameters, self.feed.inputs, self.clock.time(step))


def hold(state: Array, feed: Feed, held: tuple[tuple[int, int, str], ...]) -> None:
    """Clamped states follow their inputs."""
    for row, index, name in held:
        state[row] = feed.held(index, name)


def move(
    kernel: Kernel,
    clock: Clock,
    feed: Feed,
    parameters: Packed,
    threads: int,
    state: Array,
    held: tuple[tuple[int, int, str], ...],
    watcher: Watcher | None,
) -> Move:
    """How a kernel is best driven."""
    longest = max(SHORTEST, VALUES // max(1, state.size))
    if isinstance(kernel, RecordingKernel) and watcher is None and not feed.is_rough:
        return AtOnce(kernel, clock, feed, parameters, threads, min(LONGEST, longest))
    return SpanBySpan(kernel, clock, feed, parameters, threads, min(LONGEST_APART, longest), held, watcher)
