"""How the cells of a run are taken through a stretch of spans: by one call of the kernel, or span by span."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from iondsl.immutable import frozen
from iondsl.simulate.clock import Clock
from iondsl.simulate.events import Watcher
from iondsl.simulate.inputs import Feed
from iondsl.simulate.kernel import Array, Booleans, Integers, Kernel, Packed, RecordingKernel, own, packed, shared
from iondsl.simulate.numerics import finite
from iondsl.simulate.recorder import Recorder
from iondsl.simulate.spans import Span, Stretch
from iondsl.simulate.threads import worth

# New values of states in one call: some 0.1 s, after which an interruption or a report of progress is not late. A call
# never has so few steps that its beginning and end would take a noticeable part of the time, nor more than are planned
# for in an instant.
VALUES = 20_000_000
SHORTEST, LONGEST = 64, 131_072
# Steps that are taken span by span, or with noise, are planned for less far ahead.
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
        feed, borders = self.feed, stretch.borders - stretch.first
        noise, levels = feed.noise(stretch.first, int(borders[-1]) + 1), stretch.levels.copy()
        for column, each in enumerate(noise):
            levels[:, column] += each[borders, 0]
        rows, count = [feed.rows(levels)], len(stretch.varying)
        row, after, size = np.arange(count), np.arange(1, count + 1), count + 1
        for begin, end in together(stretch.varying):
            steps = slice(int(borders[begin]), int(borders[end]))
            rows.append(feed.samples(stretch.first + steps.start, [each[steps] for each in noise]))
            row[begin:end] = size + (borders[begin:end] - steps.start) * len(self.kernel.OFFSETS)
            size += len(rows[-1])
        spans = np.stack([np.diff(borders), row, stretch.varying, after, stretch.samples], axis=1)
        own_rows = feed.own_samples(stretch.first, noise) if own(feed.inputs) is not None else None
        return packed(np.concatenate(rows), own_rows), spans.astype(np.int64)


def together(flags: Booleans) -> list[list[int]]:
    """Where they begin to be true, and where they end."""
    changes: list[list[int]] = np.flatnonzero(np.diff(flags, prepend=False, append=False)).reshape(-1, 2).tolist()
    return changes


def records(recorder: Recorder | None) -> tuple[tuple[int, Array], ...]:
    return () if recorder is None else recorder.records


@frozen
class SpanBySpan:
    """Kernels that take one span at a time, events, and inputs of every cell that follow a protocol without noise.

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
    # Of what every cell has its own the kernel takes at the end of a span what the next step reads first.
    is_fit = feed.is_noisy and kernel.OFFSETS[0] == 0.0 if feed.is_driven_apart else True
    if isinstance(kernel, RecordingKernel) and watcher is None and is_fit:
        most = LONGEST_APART if feed.is_noisy else LONGEST
        return AtOnce(kernel, clock, feed, parameters, threads, min(most, longest))
    return SpanBySpan(kernel, clock, feed, parameters, threads, min(LONGEST_APART, longest), held, watcher)
