"""What to say of a state that became infinite or not a number, and since when."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from iondsl.manifest import Column, Manifest
from iondsl.simulate.clock import amount
from iondsl.simulate.kernel import Array
from iondsl.simulate.proven import followed, left, words_of


def finite(state: Array) -> bool:
    return all(bool(np.isfinite(row).all()) for row in state)


def last_finite(good: int, bad: int, finite_at: Callable[[int], bool]) -> int:
    """The step before the state ceased to be finite, between one where it is and one where it is not, by bisection."""
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if finite_at(middle) else (good, middle)
    return good


def report(
    manifest: Manifest, state: Array, before: Array, t: float, dt: float | None, is_first: bool = False
) -> str:
    """Name the first state that is not finite, its cell, the time, and the place of its equation in the
    model; or the state that has left its range `before`, one step earlier.

    `dt` is None for an initial state, which no step has brought about. `is_first`: the first step of a run did it.
    """
    gone = left(manifest, before, is_first)
    if dt is not None and gone is not None:
        column, cell, message, cure = gone
        return placed(column, f"{message} at t = {amount(t - dt, manifest.time_unit)} in cell {cell}", cure)
    row, cell = (int(index[0]) for index in np.nonzero(~np.isfinite(state)))
    column, unit = manifest.states[row], manifest.time_unit
    message = f"`{column.name}` is not finite ({state[row, cell]:g}) at t = {amount(t, unit)} in cell {cell}"
    if dt is None:
        return placed(column, message, "the run begins with it: check the initial state and the parameters")
    steps = f"a smaller dt than {amount(dt, unit)}, {amount(dt / 2, unit)} first"
    cure = f"try {steps}, or another scheme than {manifest.options.scheme}"
    computed = followed(manifest)
    determined = f"{computed}, which parameters determine: a wider range may be given"
    proven = f"; this kernel is proven for {determined}" if computed else ""
    start = f"this was the first step: check the initial state, the parameters and the inputs{proven}; else "
    set_by_events = sorted({row for event in manifest.events for row in event.sets})
    if held := words_of(manifest, tuple(manifest.states[row] for row in set_by_events)):
        cure = f"{cure}; what an event sets must keep to its range, {held}"
    return placed(column, message, f"{start}{cure}" if is_first else cure)


def placed(column: Column, message: str, cure: str) -> str:
    if column.place is None:
        return f"{message}\n      = {cure}"
    return "\n".join((f"{column.place.location}: {message}", *column.place.excerpt, f"      = {cure}"))
