"""What one measures on a model, given only its right-hand side.

`rates(state, I)` is a function as in tests.reference.models: V first, then `gates` gates that follow V alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from tests.reference.models import Array

Rates = Callable[[Array, float | Array], Array]


def rk4(rates: Rates, state: Array, I: float | Array, dt: float, steps: int) -> Array:
    """The trajectory of the classical Runge-Kutta method under a constant I: (steps + 1, *state.shape)."""
    trajectory = [state]
    for _ in range(steps):
        k1 = rates(state, I)
        k2 = rates(state + dt / 2 * k1, I)
        k3 = rates(state + dt / 2 * k2, I)
        k4 = rates(state + dt * k3, I)
        state = state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        trajectory.append(state)
    return np.array(trajectory)


def settled(rates: Rates, gates: int, V: float) -> Array:
    """The state (1 + gates,) that a clamp to V tends to.

    A gate is linear in itself: with derivatives f0 when closed and f1 when open, it rests at f0/(f0 - f1).
    """
    f0 = rates(np.array([V] + [0.0] * gates), 0.0)[1:]
    f1 = rates(np.array([V] + [1.0] * gates), 0.0)[1:]
    return np.concatenate([[V], f0 / (f0 - f1)])


def holding_current(rates: Rates, gates: int, V: float) -> float:
    """The current in uA/cm^2 that makes V a fixed point."""
    state = settled(rates, gates, V)
    at_zero, at_one = rates(state, 0.0)[0], rates(state, 1.0)[0]
    return float(at_zero / (at_zero - at_one))


def rest(rates: Rates, gates: int, low: float, high: float) -> Array:
    """The fixed point (1 + gates,) without current, with V between low and high."""
    V = brentq(lambda V: holding_current(rates, gates, V), low, high, xtol=1e-12)
    return settled(rates, gates, V)


def saddle_node(rates: Rates, gates: int, low: float, high: float) -> float:
    """The current in uA/cm^2 at which two fixed points meet and vanish, with V between low and high."""
    found = minimize_scalar(
        lambda V: -holding_current(rates, gates, V),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-7},
    )
    return -float(found.fun)


def hopf(rates: Rates, gates: int, low: float, high: float) -> float:
    """The current in uA/cm^2 at which the fixed point with V between low and high changes its stability."""

    def growth(V: float) -> float:
        return float(np.linalg.eigvals(jacobian(rates, settled(rates, gates, V))).real.max())

    return holding_current(rates, gates, brentq(growth, low, high, xtol=1e-10))


def jacobian(rates: Rates, state: Array) -> Array:
    """Central differences, (states, states), per ms. An applied current adds to V' and does not enter."""
    steps = np.diag(1e-5 * np.maximum(1.0, np.abs(state)))
    columns = [(rates(state + h, 0.0) - rates(state - h, 0.0)) / (2 * h.sum()) for h in steps]
    return np.stack(columns, axis=1)


def crossings(time: Array, y: Array, level: float = 0.0) -> Array:
    """The times at which y, (time,), rises through level, interpolated linearly."""
    i = np.flatnonzero((y[:-1] < level) & (y[1:] >= level))
    return np.asarray(time[i] + (level - y[i]) / (y[i + 1] - y[i]) * (time[i + 1] - time[i]))


def firing_rate(time: Array, V: Array) -> float:
    """The inverse of the last interval between crossings of 0 mV, in Hz; time in ms."""
    before, last = crossings(time, V)[-2:]
    return float(1000 / (last - before))


def peak(time: Array, y: Array) -> tuple[float, float]:
    """Time and height of the maximum of y, (time,), on the parabola through the three samples around it."""
    i = int(y.argmax())
    left, top, right = y[i - 1 : i + 2]
    shift = (left - right) / (2 * (left - 2 * top + right))
    return float(time[i] + shift * (time[i + 1] - time[i])), float(top - (left - right) * shift / 4)
