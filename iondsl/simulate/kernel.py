"""What a compiled kernel offers: the same for every target that computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Array: TypeAlias = "npt.NDArray[np.floating[Any]]"
Integers: TypeAlias = "npt.NDArray[np.int64]"
Booleans: TypeAlias = "npt.NDArray[np.bool_]"

# One row per parameter or input that varies, in one array or each where it is.
Rows: TypeAlias = "Array | tuple[Array, ...]"
# Parameters or inputs: what all cells share, and where the kernel has any that vary, a pair of that and of their rows.
Packed: TypeAlias = "Array | tuple[Array, Rows]"


class Kernel(Protocol):
    """A generated module. All arrays are C-contiguous and of `DTYPE`.

    `OFFSETS` are the fractions of a step at which the scheme reads inputs, in the order of the samples in a
    table. Every cell has its own of `VARIED_PARAMETERS` and `VARIED_INPUTS`; all else is shared.

    Parameters are packed as (parameters,) and (varied, cells), inputs as (inputs,) and (varied, cells); for the latter
    there may be as many arrays (cells,).
    """

    @property
    def STATES(self) -> tuple[str, ...]: ...  # noqa: N802 - attributes of a module, written as constants
    @property
    def OBSERVABLES(self) -> tuple[str, ...]: ...  # noqa: N802
    @property
    def DTYPE(self) -> str: ...  # noqa: N802
    @property
    def OFFSETS(self) -> tuple[float, ...]: ...  # noqa: N802
    @property
    def VARIED_PARAMETERS(self) -> tuple[str, ...]: ...  # noqa: N802
    @property
    def VARIED_INPUTS(self) -> tuple[str, ...]: ...  # noqa: N802

    def default_parameters(self) -> Array:
        """(parameters,); NaN where a parameter is computed from others."""
        ...

    def default_inputs(self) -> Array:
        """(inputs,)."""
        ...

    def initial_state(self, cells: int = 1, parameters: Packed | None = None, inputs: Packed | None = None) -> Array:
        """(states, cells); parameters and inputs are by default their defaults."""
        ...

    def step(
        self, state: Array, parameters: Packed, inputs: Packed, t: float, dt: float, steps: int, threads: int = 1
    ) -> None:
        """Advance `state`, (states, cells), in place.

        `inputs` may be tables with one sample per step and offset: (samples, inputs) and (samples, varied, cells).
        """
        ...

    def observe(self, state: Array, parameters: Packed, inputs: Packed, t: float) -> Array:
        """(observables, cells)."""
        ...


@runtime_checkable
class RecordingKernel(Kernel, Protocol):
    """A kernel that takes its cells through many spans at once and keeps samples on the way."""

    def run(
        self,
        state: Array,
        parameters: Packed,
        inputs: Packed,
        spans: Integers,
        t: float,
        dt: float,
        threads: int = 1,
        records: Sequence[tuple[int, Array]] = (),
    ) -> bool:
        """Advance `state`, (states, cells), in place; whether it is finite then.

        `inputs`: rows (rows, inputs) and what varies as in `step`, in time with the samples of one step more. `spans`:
        (spans, 5), of each the number of steps, the row of its inputs or of the first of its samples, whether each step
        has samples of its own, the row whose values held states take at its end or -1, and the number of the sample
        that is kept there or -1. `records`: pairs of what is kept, a state or behind them an observable, and (samples,
        cells).
        """
        ...


class EventKernel(Kernel, Protocol):
    """What the module of a model with events has as well."""

    def watch(self, state: Array, parameters: Packed, inputs: Packed, t: float | Array) -> Array:
        """(2*events + settings, cells): how far each event is from its border, 1 where it holds, new values.

        `inputs` may be (inputs, cells) and (varied, cells).
        """
        ...

    def step_each(
        self, state: Array, parameters: Packed, inputs: Packed, t: float | Array, dt: float | Array
    ) -> None:
        """Advance `state` in place by one step; `t` and `dt` may be (cells,).

        `inputs`: (offsets, inputs, 1 or cells) and (offsets, varied, cells).
        """
        ...

    def leap(
        self,
        state: Array,
        before: Array,
        truth: Array,
        parameters: Packed,
        inputs: Packed,
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


def shared(values: Packed) -> Array:
    """What all cells share."""
    return values[0] if isinstance(values, tuple) else values


def own(values: Packed) -> Rows | None:
    """The rows of what varies between cells, None where nothing does."""
    return values[1] if isinstance(values, tuple) else None


def rows_of(values: Packed) -> list[Array]:
    """One (cells,) for each of what varies."""
    rows = own(values)
    return [] if rows is None else list(rows)


def packed(common: Array, rows: Rows | None) -> Packed:
    return common if rows is None else (common, rows)
