"""One step in which events happen: up to each moment, what is set there, and on to the end of the step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from iondsl.immutable import frozen
from iondsl.manifest import Manifest
from iondsl.simulate.clock import Clock, amount
from iondsl.simulate.crossing import crossings
from iondsl.simulate.inputs import Feed
from iondsl.simulate.kernel import Array, Booleans, EventKernel, Integers, Packed, own, packed, shared

# A moment is found to this fraction of a step, or to what the numbers of the kernel allow.
TOLERANCE = 1e-12
ROUNDINGS = 8
# So often may events happen in one cell and step.
MOST = 100


class Chattering(Exception):  # noqa: N818 - it never leaves a run
    """Events without end. `step` is the one in which they happen, or behind which inputs jump."""

    def __init__(self, message: str, step: int) -> None:
        super().__init__(message)
        self.step = step


class Happened(NamedTuple):
    """One event in some cells, in one step."""

    step: int
    event: int
    times: Array
    cells: Integers


@frozen
class Course:
    """What a run goes by, the same in all of its steps."""

    kernel: EventKernel
    manifest: Manifest
    clock: Clock
    feed: Feed
    parameters: Packed

    def true(self, watched: Array) -> Array:
        """(events, cells): 1 where one holds, of what `watch` gives."""
        events = len(self.manifest.events)
        return watched[events : 2 * events]

    def settings(self, event: int) -> Iterator[tuple[int, int]]:
        """The rows of what one event sets, in what `watch` gives and in the state."""
        events = self.manifest.events
        first = 2 * len(events) + sum(len(each.sets) for each in events[:event])
        return enumerate(events[event].sets, first)


@frozen
class Part:
    """Some cells inside a step, each at its own fraction `at` of it, (cells,).

    `known` is (events, cells): 1 where an event holds and has had its moment. `counts` says how many a cell has had.
    """

    cells: Integers
    at: Array
    state: Array
    known: Array
    counts: Integers

    def of(self, chosen: Booleans) -> Part:
        state, known = (np.ascontiguousarray(each[:, chosen]) for each in (self.state, self.known))
        return Part(self.cells[chosen], self.at[chosen], state, known, self.counts[chosen])


def somewhere(flags: Booleans) -> Booleans:
    """(cells,): where any of (events, cells) is set."""
    return np.asarray(flags.any(axis=0))


@frozen
class Inside:
    """The cells of one step in which events happen. What does is entered in `happened`.

    `before` is the state of all cells before the step. At a jump of inputs there is none: its events happen at the
    end of the step before it.
    """

    course: Course
    step: int
    happened: list[Happened]
    varying: bool = False
    before: Array | None = None

    def take(self, state: Array, truth: Array, cells: Integers) -> None:
        """Take the step of some cells again, to its end in `state` and `truth`, with all that happens in it."""
        assert self.before is not None
        before, count = np.ascontiguousarray(self.before[:, cells]), len(cells)
        part = Part(cells, np.zeros(count), before, np.empty(0), np.zeros(count, int))
        known = np.where(truth[:, cells] > 1, 0, self.course.true(self.watch(part)))
        part = replace(part, known=known.astype(truth.dtype))
        while len(part.cells):
            start = self.happen(part)
            end = self.ahead(part, np.ones(len(part.cells)))
            watched = self.watch(end)
            now = self.course.true(watched)
            going = somewhere(now > part.known)
            state[:, end.cells[~going]] = end.state[:, ~going]
            truth[:, end.cells[~going]] = now[:, ~going]
            part = part.of(going)
            if going.any():
                part = self.moment(part, start[:, going], watched[:, going])

    def moment(self, part: Part, start: Array, end: Array) -> Part:
        """The part at the first moment at which an event becomes true; `watch` gives `start` and `end` there."""
        waiting = part.known < 1

        def seen(watched: Array) -> tuple[Booleans, Array]:
            distances = watched[: len(waiting)].astype(float)
            return somewhere(self.course.true(watched) > part.known), np.where(waiting, distances, -np.inf).max(axis=0)

        _, low = seen(start)
        _, high = seen(end)
        tolerance = max(TOLERANCE, ROUNDINGS * float(np.finfo(part.state.dtype).eps))
        return self.ahead(part, crossings(lambda x: seen(self.watch(self.ahead(part, x))), low, high, tolerance))

    def happen(self, part: Part) -> Array:
        """All that is due at this moment, one event after the other in the order of the file; in place.

        Each sees what the one before has set. What no longer holds can become true again. Gives what `watch` does then.
        """
        while True:
            watched = self.watch(part)
            now = self.course.true(watched)
            np.minimum(part.known, now, out=part.known)
            due = now > part.known
            if not due.any():
                return watched
            first = np.where(somewhere(due), due.argmax(axis=0), -1)
            for event in np.unique(first[first >= 0]).tolist():
                self.set(part, event, first == event, watched)
            if part.counts.max() > MOST:
                raise self.chattering(part, first)

    def set(self, part: Part, event: int, here: Booleans, watched: Array) -> None:
        """One event in some cells of the part, in place."""
        for value, row in self.course.settings(event):
            part.state[row, here] = watched[value, here]
        part.known[event, here] = 1
        part.counts[here] += 1
        self.happened.append(Happened(self.step, event, self.times(part.at)[here], part.cells[here]))

    def ahead(self, part: Part, fractions: Array) -> Part:
        """Each cell after a fraction of what is left of its step."""
        kernel, dt = self.course.kernel, self.course.clock.dt
        length, state = fractions * (1 - part.at), part.state.copy()
        inputs = self.inputs(part, part.at + np.array(kernel.OFFSETS)[:, None] * length)
        kernel.step_each(state, self.parameters(part), inputs, self.times(part.at), length * dt)
        return replace(part, at=part.at + length, state=state)

    def watch(self, part: Part) -> Array:
        now = self.inputs(part, part.at[None])
        common, rows = shared(now)[0], own(now)
        inputs = packed(common[:, 0].copy() if common.shape[1] == 1 else common, None if rows is None else rows[0])
        return self.course.kernel.watch(part.state, self.parameters(part), inputs, self.times(part.at))

    def inputs(self, part: Part, at: Array) -> Packed:
        """(moments, inputs, 1 or cells) and (moments, varied, cells) at fractions of the step, (moments, cells)."""
        return self.course.feed.within(self.step, self.times(at), part.cells, self.varying)

    def parameters(self, part: Part) -> Packed:
        rows = own(self.course.parameters)
        here = None if rows is None else tuple(row[part.cells] for row in rows)
        return packed(shared(self.course.parameters), here)

    def times(self, at: Array) -> Array:
        return self.course.clock.time(self.step) + at * self.course.clock.dt

    def chattering(self, part: Part, event: Integers) -> Chattering:
        worst = int(part.counts.argmax())
        found = self.course.manifest.events[int(event[worst])]
        t = amount(float(self.times(part.at)[worst]), self.course.manifest.time_unit)
        where = f"in one step, at t = {t} in cell {part.cells[worst]}"
        lines = [f"{found.place.location}: the event `{found.name}` happens without end {where}", *found.place.excerpt]
        lines.append("      = let what it sets end its condition, or keep it from coming back at once")
        return Chattering("\n".join(lines), self.step)
