"""Events over a run: what holds, what has happened, and the steps in which something does.

A kernel steps over events and says in which step one became true. From the state before it, the same scheme with a
fraction of the step leads to the moment; what the event sets is set; the rest of the step follows, in which the next
event may happen. Only the cells with an event take such a step again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import numpy as np

from iondsl.manifest import Manifest
from iondsl.simulate.clock import Clock
from iondsl.simulate.inputs import Feed
from iondsl.simulate.inside import Course, Happened, Inside, Part
from iondsl.simulate.kernel import Array, EventKernel, Kernel, Packed
from iondsl.simulate.occurrences import Occurrences
from iondsl.simulate.threads import worth


@dataclass(slots=True)
class Watcher:
    """Follows the events of one run. `truth` is (events, cells): 1 where one holds; `kept` that of the saved state."""

    course: Course
    truth: Array = field(init=False)
    kept: tuple[Array, int] = field(init=False)
    happened: list[Happened] = field(default_factory=list)

    def begin(self, state: Array) -> None:
        """What holds at the start of a run has not become true in it."""
        course = self.course
        t = course.clock.time(course.clock.first)
        self.truth = course.true(course.kernel.watch(state, course.parameters, course.feed.inputs, t)).copy()
        self.keep()

    def keep(self) -> None:
        self.kept = self.truth.copy(), len(self.happened)

    def rewind(self) -> None:
        """Forget what came after `keep`."""
        truth, count = self.kept
        self.truth = truth.copy()
        del self.happened[count:]

    def advance(self, state: Array, inputs: Packed, first: int, steps: int, threads: int, varying: bool) -> None:
        """As a kernel's `step`, with events. Raises Chattering."""
        kernel, clock = self.course.kernel, self.course.clock
        before, done = np.empty_like(state), 0
        threads = worth(threads, state, 1)  # `leap` looks at the events after each step, and threads meet there
        while done < steps:
            table = behind(inputs, done * len(kernel.OFFSETS)) if varying else inputs
            at, parameters = (clock.time(first + done), clock.dt, steps - done, threads), self.course.parameters
            done += kernel.leap(state, before, self.truth, parameters, table, *at)
            (cells,) = np.nonzero((self.truth > 1).any(axis=0))
            if len(cells):
                inside = Inside(self.course, first + done - 1, self.happened, varying, before)
                inside.take(state, self.truth, cells)

    def jump(self, state: Array, step: int) -> bool:
        """What becomes true because inputs have jumped before a step; whether anything did. Raises Chattering."""
        cells, count = np.arange(state.shape[1]), len(self.happened)
        part = Part(cells, np.ones(len(cells)), state, self.truth, np.zeros(len(cells), int))
        Inside(self.course, step - 1, self.happened).happen(part)
        return len(self.happened) > count

    def occurrences(self, before: int) -> dict[str, Occurrences]:
        """Everything that happened before a step, by event."""
        found = {}
        for number, event in enumerate(self.course.manifest.events):
            own = [each for each in self.happened if each.event == number and each.step < before]
            times = np.concatenate([np.empty(0), *(each.times for each in own)])
            cells = np.concatenate([np.empty(0, np.int64), *(each.cells for each in own)])
            order = np.lexsort((cells, times))
            found[event.name] = Occurrences(event.name, times[order], cells[order])
        return found


def behind(table: Packed, samples: int) -> Packed:
    """A table of inputs without its first samples."""
    if not isinstance(table, tuple):
        return table[samples:]
    shared, own = table
    return shared[samples:], own if isinstance(own, tuple) or own.ndim == 2 else own[samples:]


def watching(kernel: Kernel, manifest: Manifest, clock: Clock, feed: Feed, parameters: Packed) -> Watcher | None:
    """What follows the events of a run; None for a model without any."""
    if not manifest.events:
        return None
    return Watcher(Course(cast(EventKernel, kernel), manifest, clock, feed, parameters))
