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
