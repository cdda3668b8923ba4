"""The last state of a run that is known to be good, to go back to."""

from __future__ import annotations

import tempfile
from typing import Protocol

import numpy as np

from iondsl.simulate.kernel import Array

# From so many cells on the copy lies in a temporary file: a population may take most of the memory by itself.
MANY = 50_000


class Checkpoint(Protocol):
    """`step` is when `keep` was called last. An interruption never comes between a step and its state.

    `pause` is for how many seconds of a run keeping is not worth its time.
    """

    pause: float

    @property
    def step(self) -> int: ...

    def keep(self, step: int, state: Array) -> None: ...
    def restore(self, state: Array) -> None: ...
    def close(self) -> None: ...


class InMemory:
    """Two copies, so that one is whole while the other is written."""

    pause = 0.0

    def __init__(self, step: int, state: Array) -> None:
        self._kept, self._spare = (step, state.copy()), np.empty_like(state)

    @property
    def step(self) -> int:
        return self._kept[0]

    def keep(self, step: int, state: Array) -> None:
        np.copyto(self._spare, state)
        self._kept, self._spare = (step, self._spare), self._kept[1]

    def restore(self, state: Array) -> None:
        np.copyto(state, self._kept[1])

    def close(self) -> None:
        pass


class OnDisk:
    """The same in a file without a name, which ends with the process. Raises OSError where there is no more room."""

    pause = 1.0

    def __init__(self, step: int, state: Array) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `close` ends it, with the run
        self._kept = (step, 1)
        self.keep(step, state)

    @property
    def step(self) -> int:
        return self._kept[0]

    def keep(self, step: int, state: Array) -> None:
        place = 1 - self._kept[1]
        self._file.seek(place * state.nbytes)
        for row in state:
            self._file.write(row.data)
        self._file.flush()
        self._kept = (step, place)

    def restore(self, state: Array) -> None:
        self._file.seek(self._kept[1] * state.nbytes)
        for row in state:
            row[:] = np.frombuffer(self._file.read(row.nbytes), row.dtype)

    def close(self) -> None:
        self._file.close()


def checkpoint(step: int, state: Array) -> Checkpoint:
    """In memory where there are few cells, or no room elsewhere."""
    if state.shape[1] >= MANY:
        try:
            return OnDisk(step, state)
        except OSError:
            pass
    return InMemory(step, state)
