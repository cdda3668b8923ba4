"""What to say of a state that became infinite or not a number, and since when."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from iondsl.manifest import Manifest
from iondsl.simulate.clock import amount
from iondsl.simulate.kernel import Array


def finite(state: Array) -> bool:
    return bool(np.isfinite(state).all())


def last_finite(start: Array, steps: int, advance: Callable[[Array, int], None]) -> tuple[int, Array, Array]:
    """The step before the state ceased to be finite: its number, the state there and the state one step
    later.

    `start` is finite and `steps` steps from it are not; `advance(state, k)` takes `k` of these steps in
    place. A kernel is deterministic, so the moment is found by bisection.
    """
    good, bad = 0, steps
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if finite(after(start, middle, advance)) else (good, middle)
    return good, after(start, good, advance), after(start, bad, advance)


def after(start: Array, steps: int, advance: Callable[[Array, int], None]) -> Array:
    state = start.copy()
    if steps:
        advance(state, steps)
    return state


def report(manifest: Manifest, state: Array, t: float, dt: float | None) -> str:
    """Name the first state that is not finite, its cell, the time, and the place of its equation in the
    model.

    `dt` is None for an initial state, which no step has brought about.
    """
    row, cell = (int(index[0]) for index in np.nonzero(~np.isfinite(state)))
    column, unit = manifest.states[row], manifest.time_unit
    lines = [f"`{column.name}` is not finite ({state[row, cell]:g}) at t = {amount(t, unit)} in cell {cell}"]
    if column.place is not None:
        lines[0] = f"{column.place.location}: {lines[0]}"
        lines += column.place.excerpt
    if dt is None:
        lines.append("      = the run begins with it: check the initial state and the parameters")
    else:
        scheme = manifest.options.scheme
        steps = f"a smaller dt than {amount(dt, unit)}, {amount(dt / 2, unit)} first"
        lines.append(f"      = try {steps}, or another scheme than {scheme}")
    return "\n".join(lines)
