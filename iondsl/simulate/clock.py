"""The grid of time that a run steps on."""

from __future__ import annotations

import math

import numpy as np

from iondsl.errors import UsageError
from iondsl.immutable import frozen
from iondsl.simulate.kernel import Array, Integers

# Times are compared with the grid to this fraction of a step.
TOLERANCE = 1e-6

# Jumps of inputs are decided in the middle of a step; a little behind it, so that a jump which is meant to
# lie exactly there falls on the same side every time, whatever its rounding.
MIDDLE = 0.5 + 2.0**-20

# The default interval of recording, in the model's unit of time.
INTERVAL = 0.1


@frozen
class Clock:
    """Step `n` begins at `origin + n*dt`; a run takes those from `first` up to, not including, `last`.

    The origin is 0 whenever the run starts on the grid of multiples of `dt`, so that a run which goes on
    from where another ended sees the same times, bit for bit.
    """

    origin: float
    dt: float
    first: int
    last: int
    unit: str

    def time(self, step: int) -> float:
        return self.origin + step * self.dt

    def times(self, steps: Integers) -> Array:
        return self.origin + steps * self.dt

    def middles(self, steps: Integers) -> Array:
        return self.origin + (steps + MIDDLE) * self.dt

    def steps_at(self, edges: Array) -> Integers:
        """For each time, the first step whose middle is not before it."""
        steps: Integers = np.ceil((edges - self.origin) / self.dt - MIDDLE).astype(np.int64)
        steps += self.middles(steps) < edges
        steps -= self.middles(steps - 1) >= edges
        return steps


def clock(start: float, until: float, dt: float, unit: str) -> Clock:
    """The grid from `start` to the last step that ends at or before `until`, an absolute time.

    Raises UsageError for a `dt` that is not positive or longer than the run, and an `until` before the start.
    """
    check_duration("dt", dt)
    if not (math.isfinite(start) and math.isfinite(until)):
        raise UsageError(f"t and until must be finite, not {start} and {until}")
    if until < start - TOLERANCE * dt:
        raise UsageError(f"until = {amount(until, unit)} lies before the start, t = {amount(start, unit)}")
    nearest = round(start / dt)
    on_grid = abs(nearest * dt - start) <= TOLERANCE * dt
    first, origin = (nearest, 0.0) if on_grid else (0, start)
    steps = max(0, math.floor((until - start) / dt + TOLERANCE))
    if not steps and until - start > TOLERANCE * dt:
        raise UsageError(f"dt = {amount(dt, unit)} is longer than the run, {amount(until - start, unit)}")
    return Clock(origin, dt, first, first + steps, unit)


def check_duration(name: str, time: float) -> None:
    """Raises UsageError for what is not positive and finite."""
    if not (math.isfinite(time) and time > 0):
        raise UsageError(f"{name} must be a positive number, not {time}")


def stride(every: float | None, dt: float, unit: str) -> int:
    """The number of steps between two recordings; by default the smallest with at least 0.1 units of time.

    Raises UsageError where `every` is not a multiple of `dt`.
    """
    if every is None:
        return max(1, math.ceil(INTERVAL / dt - TOLERANCE))
    check_duration("every", every)
    steps = round(every / dt)
    if steps >= 1 and abs(steps * dt - every) <= TOLERANCE * dt:
        return steps
    below, above = math.floor(every / dt), math.floor(every / dt) + 1
    nearest = " and ".join(amount(number * dt, unit) for number in (below, above) if number)
    verb = "are" if below else "is"
    wrong = f"every = {amount(every, unit)} is not a multiple of dt = {amount(dt, unit)}"
    raise UsageError(f"{wrong}: the nearest {verb} {nearest}")


def amount(time: float, unit: str) -> str:
    return f"{time:.10g} {unit}".rstrip()
