"""Where conditions become true: the roots of many functions of one variable at once, each in its own bracket."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from iondsl.simulate.kernel import Array, Booleans

# Whether a condition holds at each of some points, and its distance from where that changes.
Test = Callable[[Array], tuple[Booleans, Array]]

# More than any bracket takes: at least every other step of the method halves it.
MOST = 200


def crossings(test: Test, low: Array, high: Array, tolerance: float) -> Array:
    """Points in (0, 1], each within `tolerance` behind the border at which its condition becomes true.

    The conditions hold at 1 and not at 0, where their distances are `high` and `low`. Inverse quadratic interpolation,
    which falls back to bisection: a distance that is not smooth costs time, not accuracy. `test` is asked for all
    points each time; those that are found no longer move. Source: Chandrupatla 1997, Advances in Engineering Software
    28:145-149, doi:10.1016/S0965-9978(96)00051-8.
    """
    a, b, c = np.ones_like(low), np.zeros_like(low), np.zeros_like(low)
    at_a, at_b, at_c = high, low, low
    holds = np.ones(low.shape, bool)  # at a; the other way round at b
    part = secant(at_a, at_b)
    for _ in range(MOST):
        width = np.abs(b - a)
        moving = width > tolerance
        if not moving.any():
            break
        limit = np.minimum(0.5, 0.5 * tolerance / np.where(moving, width, 1.0))
        x = np.where(moving, a + np.clip(part, limit, 1 - limit) * (b - a), a)
        found, distance = test(x)
        same = found == holds
        a, b, c = np.where(moving, [x, np.where(same, b, a), np.where(same, a, b)], [a, b, c])
        values = [distance, np.where(same, at_b, at_a), np.where(same, at_a, at_b)]
        at_a, at_b, at_c = np.where(moving, values, [at_a, at_b, at_c])
        holds = np.where(moving, found, holds)
        part = interpolated(a, b, c, at_a, at_b, at_c)
    return np.where(holds, a, b)


def secant(at_a: Array, at_b: Array) -> Array:
    """How far from a to b a straight line is 0."""
    part: Array = at_a / (at_a - at_b)
    return np.where(np.isfinite(part), part, 0.5)


def interpolated(a: Array, b: Array, c: Array, at_a: Array, at_b: Array, at_c: Array) -> Array:
    """How far from a to b the inverse quadratic through three points is 0, where that can be trusted, else half."""
    xi, phi = (a - b) / (c - b), (at_a - at_b) / (at_c - at_b)
    quadratic = at_a / (at_b - at_a) * at_c / (at_b - at_c)
    quadratic += (c - a) / (b - a) * at_a / (at_c - at_a) * at_b / (at_c - at_b)
    trusted = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi) & np.isfinite(quadratic)
    return np.where(trusted, quadratic, 0.5)
