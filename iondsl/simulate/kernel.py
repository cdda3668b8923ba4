"""What a compiled kernel offers: the same for every target that computes."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.floating[Any]]
Integers: TypeAlias = npt.NDArray[np.int64]
Booleans: TypeAlias = npt.NDArray[np.bool_]


class Kernel(Protocol):
    """A generated module. All arrays are C-contiguous and of `DTYPE`.

    `OFFSETS` are the fractions of a step at which the scheme reads inputs, in the order of the samples in a
    table.
    """

    @property
    def STATES(self) -> tuple[str, ...]: ...  # noqa: N802 - attributes of a module, written as constants
    @property
    def OBSERVABLES(self) -> tuple[str, ...]: ...  # noqa: N802
    @property
    def DTYPE(self) -> str: ...  # noqa: N802
    @property
    def OFFSETS(self) -> tuple[float, ...]: ...  # noqa: N802

    def default_parameters(self) -> Array:
        """(parameters,); NaN where a parameter is computed from others."""
        ...

    def default_inputs(self) -> Array:
        """(inputs,)."""
        ...

    def initial_state(
        self, cells: int = 1, parameters: Array | None = None, inputs: Array | None = None
    ) -> Array:
        """(states, cells). `parameters` and `inputs`: (n,) or (n, cells), by default their defaults."""
        ...

    def step(
        self,
        state: Array,
        parameters: Array,
        inputs: Array,
        t: float,
        dt: float,
        steps: int,
        threads: int = 1,
    ) -> None:
        """Advance `state`, (states, cells), in place.

        `parameters`: (parameters,) or (parameters, cells). `inputs`: (inputs,), (inputs, cells), or a table
        (samples, inputs, 1 or cells) with one sample per step and offset.
        """
        ...

    def observe(self, state: Array, parameters: Array, inputs: Array, t: float) -> Array:
        """(observables, cells)."""
        ...


class EventKernel(Kernel, Protocol):
    """What the module of a model with events has as well."""

    def watch(self, state: Array, parameters: Array, inputs: Array, t: float | Array) -> Array:
        """(2*events + settings, cells): how far each event is from its border, 1 where it holds, new values."""
        ...

    def step_each(
        self, state: Array, parameters: Array, inputs: Array, t: float | Array, dt: float | Array
    ) -> None:
        """Advance `state` in place by one step; `t` and `dt` may be (cells,).

        `inputs`: (offsets, inputs, 1 or cells).
        """
        ...

    def leap(
        self,
        state: Array,
        before: Array,
        truth: Array,
        parameters: Array,
        inputs: Array,
        t: float,
        dt: float,
        steps: int,
        threads: int = 1,
    ) -> int:
        """As `step`, up to the first step in which an event becomes true; how many steps were taken.

        `before` gets the state before the last of them. `truth`: (events, cells), 1 where an event holds, and
        afterwards 2 where one became true.
        """
        ...
