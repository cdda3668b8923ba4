"""Numbers by name, as a caller gives them, to the arrays of a kernel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from iondsl.errors import UsageError
from iondsl.simulate.kernel import Array, Packed

if TYPE_CHECKING:
    import numpy.typing as npt

VARYING = "what varies in time is a protocol, or a loop of `cell.step`"


def numbers(kind: str, given: Mapping[str, npt.ArrayLike]) -> dict[str, Array]:
    """Each value as an array, () or (cells,).

    Raises UsageError with everything that is neither a number nor an array of one number per cell.
    """
    found: dict[str, Array] = {}
    problems = []
    for name, value in given.items():
        array = number(value)
        if array is None:
            wrong = f"{kind} `{name}` must be a number or one number per cell, not {described(value)}"
            problems.append(f"{wrong}: {VARYING}" if kind == "input" and is_course(value) else wrong)
        else:
            found[name] = array
    if problems:
        raise UsageError("\n".join(problems))
    return found


def is_course(value: object) -> bool:
    """Whether someone meant it to vary in time: a table or a function."""
    return callable(value) or (isinstance(value, np.ndarray) and value.ndim > 1)


def described(value: object) -> str:
    if not isinstance(value, np.ndarray):
        return type(value).__name__
    return f"an array of shape {value.shape}" if value.ndim > 1 else f"an array of {value.dtype}"


def number(value: npt.ArrayLike) -> Array | None:
    try:
        array = np.asarray(value)
    except ValueError:  # a ragged list
        return None
    return array.astype(np.float64, copy=False) if array.dtype.kind in "iuf" and array.ndim <= 1 else None


def count_cells(cells: int | None, lengths: Iterable[tuple[str, int]]) -> int:
    """The number of cells, as said by `cells` or by the length of any array; 1 where nothing says it.

    `lengths` are pairs of what an array is and its length. Raises UsageError where two differ.
    """
    said = [*((("`cells`", cells),) if cells is not None else ()), *lengths]
    if not said:
        return 1
    source, count = said[0]
    for other, length in said[1:]:
        if length != count:
            raise UsageError(f"the number of cells is {count} by {source}, but {length} by {other}")
    return positive("cells", count)


def positive(name: str, count: object) -> int:
    """Raises UsageError for what is not a positive integer."""
    if isinstance(count, bool) or not isinstance(count, int | np.integer) or count < 1:
        raise UsageError(f"{name} must be a positive integer, not {count!r}")
    return int(count)


def lengths(kind: str, values: Mapping[str, Array]) -> list[tuple[str, int]]:
    """What the arrays among `values` say of the number of cells."""
    return [(f"{kind} `{name}`", len(value)) for name, value in values.items() if value.ndim]


def pack(
    kind: str, names: tuple[str, ...], varied: tuple[str, ...], defaults: Array, given: Mapping[str, Array], cells: int
) -> Packed:
    """The given values over the defaults: (names,), and where every cell has its own of some, (cells,) for each.

    Only those are given as arrays, which are not copied where a kernel can read them as they are. A NaN stands for
    "computed from others" and is taken only where the default is one. Raises UsageError.
    """
    rows = {name: row for row, name in enumerate(names)}
    follows = {name for name in given if np.isnan(defaults[rows[name]])}
    wrong = {name: value for name, value in given.items() if np.isnan(value).any() and name not in follows}
    if wrong:
        places = {name: f" in cell {np.isnan(value).argmax()}" if value.ndim else "" for name, value in wrong.items()}
        raise UsageError("\n".join(f"{kind} `{name}` is not a number (nan){place}" for name, place in places.items()))
    common = defaults.copy()
    for name, value in given.items():
        common[rows[name]] = value if value.ndim == 0 else defaults[rows[name]]
    if not varied:
        return common
    every = (np.broadcast_to(given.get(name, common[rows[name]]), cells) for name in varied)
    return common, tuple(np.require(row, defaults.dtype, ("C_CONTIGUOUS", "ALIGNED")) for row in every)
