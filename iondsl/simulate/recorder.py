"""What a run keeps of its course."""

from __future__ import annotations

import numpy as np

from iondsl.simulate.clock import Clock
from iondsl.simulate.kernel import Array, Kernel, Packed


def recordings(clock: Clock, stride: int) -> int:
    """How many samples there are with one every `stride` steps and one at the end."""
    return -(-(clock.last - clock.first) // stride) + 1


class Recorder:
    """Samples of states and of observables: under each of the model's names an array (samples, cells).

    A sample every `stride` steps and one at the end, or nothing where there are no names.
    """

    def __init__(
        self, kernel: Kernel, names: tuple[str, ...], stride: int, samples: int, cells: int
    ) -> None:
        self.stride = stride if names else None
        self.samples = {name: np.empty((samples, cells), kernel.DTYPE) for name in names}
        states, observables = list(kernel.STATES), list(kernel.OBSERVABLES)
        # A clamped state may be both; its row in the state is what it was clamped to.
        self._states = [(self.samples[name], states.index(name)) for name in names if name in states]
        others = [name for name in names if name not in states]
        self._observed = [(self.samples[name], observables.index(name)) for name in others]
        self._kernel = kernel

    @property
    def records(self) -> tuple[tuple[int, Array], ...]:
        """Each array with the number of what it keeps: a row of the state, or behind these of the observables."""
        states, observed = ([(row, kept) for kept, row in each] for each in (self._states, self._observed))
        return (*states, *((len(self._kernel.STATES) + row, kept) for row, kept in observed))

    def take(self, sample: int, state: Array, parameters: Packed, inputs: Packed, t: float) -> None:
        """Keep sample number `sample`; observables are computed only where one is recorded."""
        for kept, row in self._states:
            kept[sample] = state[row]
        if self._observed:
            values = self._kernel.observe(state, parameters, inputs, t)
            for kept, row in self._observed:
                kept[sample] = values[row]
