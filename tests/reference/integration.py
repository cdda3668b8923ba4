"""Courses of stiff models: an implicit method that chooses its own steps, to a tolerance far below what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from scipy.integrate import solve_ivp

from tests.reference.models import Array


def course(rates: Callable[[Array], Array], state: Array, times: Array, rtol: float = 1e-9) -> Array:
    """(states, times): the solution that has `state` at the first of the times, in the unit of the rates."""
    span = (times[0], times[-1])
    found = solve_ivp(lambda t, y: rates(y), span, state, "LSODA", times, rtol=rtol, atol=1e-10)
    assert found.success, found.message
    return np.asarray(found.y)


def pieces(
    rates: Callable[..., Array],
    state: Array,
    inputs: Iterable[tuple[float, float, float]],
    every: float,
) -> tuple[Array, Array]:
    """Times and states, every so often, of rates(state, I, pump_on) under inputs that jump.

    The inputs are durations, each with its I and its pump_on: no step crosses a jump.
    """
    times, states = [np.zeros(1)], [state[:, np.newaxis]]
    for duration, I, pump_on in inputs:
        after = np.linspace(0, duration, round(duration / every) + 1)
        found = course(partial(rates, I=I, pump_on=pump_on), states[-1][:, -1], after)
        times.append(times[-1][-1] + after[1:])
        states.append(found[:, 1:])
    return np.concatenate(times), np.concatenate(states, axis=1)
