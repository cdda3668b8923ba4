"""What a protocol does with one quantity: a sum of scaled shapes, and noise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from iondsl.errors import UsageError
from iondsl.immutable import frozen
from iondsl.manifest import WaveTable
from iondsl.simulate.clock import amount
from iondsl.simulate.kernel import Array, Booleans
from iondsl.simulate.noise import Noise
from iondsl.simulate.shapes import Constant, Pulse, Ramp, Recorded, Shape, Sine, Steps
from iondsl.wave import Wave


@frozen
class Signal:
    """The course of one input over time, in its own unit; `middle` and `time` are those of `shapes`."""

    target: str
    terms: tuple[tuple[float, Shape], ...]
    noises: tuple[tuple[float, Noise], ...] = ()

    @property
    def smooth(self) -> bool:
        """Whether it varies anywhere other than by jumps of all cells."""
        return bool(self.noises) or any(isinstance(term, Ramp | Sine | Recorded) for _, term in self.terms)

    def value(self, middle: Array, time: Array) -> Array:
        """The sum of all terms but noise, with the shape to which `middle` and `time` broadcast."""
        total = np.zeros(np.broadcast_shapes(middle.shape, time.shape))
        for scale, shape in self.terms:
            total += scale * shape.value(middle, time)
        return total

    def edges(self, begin: float, end: float) -> Array:
        """The times in [begin, end] at which a term jumps or changes its form, in no order."""
        return np.concatenate([np.empty(0), *(shape.edges(begin, end) for _, shape in self.terms)])

    def varies(self, middle: Array) -> Booleans:
        """Where the value is not constant between edges."""
        varying = np.full(middle.shape, bool(self.noises))
        for _, shape in self.terms:
            varying |= shape.varies(middle)
        return varying


def signal(table: WaveTable) -> Signal:
    """The ramps of a `clamp` hold their ends, see `Ramp`."""
    noises = tuple((wave.scale, Noise(**dict(wave.arguments))) for wave in table.waves if wave.shape == "noise")
    terms = tuple((wave.scale, shape(wave, table.clamp)) for wave in table.waves if wave.shape != "noise")
    return Signal(table.target, terms, noises)


def shape(wave: Wave, hold: bool) -> Shape:
    return SHAPES[wave.shape](wave, hold)


def steps(wave: Wave, hold: bool) -> Shape:
    numbers = tuple(number for _, number in wave.arguments)
    return Steps(values=numbers[0::2], times=numbers[1::2])


def recorded(wave: Wave, hold: bool) -> Shape:
    numbers = tuple(number for _, number in wave.arguments)
    return Recorded(times=numbers[0::2], values=numbers[1::2], hold=hold)


SHAPES: dict[str, Callable[[Wave, bool], Shape]] = {
    "constant": lambda wave, hold: Constant(level=dict(wave.arguments)["value"]),
    "pulse": lambda wave, hold: Pulse(**dict(wave.arguments)),
    "ramp": lambda wave, hold: Ramp(**dict(wave.arguments), hold=hold),
    "sine": lambda wave, hold: Sine(**dict(wave.arguments)),
    "steps": steps,
    "file": recorded,
}


def refuse_short_pulses(signals: tuple[Signal, ...], dt: float, unit: str) -> None:
    """A pulse between the middles of two steps would not happen at all.

    Raises UsageError for a pulse, or a period of pulses, that is shorter than a step.
    """
    for driven in signals:
        for _, term in driven.terms:
            if isinstance(term, Pulse):
                shortest = min(term.width, term.every) if term.every > 0 else term.width
                if shortest < dt * (1 - 1e-9):
                    raise UsageError(
                        f"a pulse of `{driven.target}` lasts or recurs after {amount(shortest, unit)}, "
                        f"less than a step of {amount(dt, unit)}, and could be missed: use a smaller dt"
                    )
