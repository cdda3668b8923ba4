"""Where the functions of templates/vecmath.h are tried: their whole ranges, dense where their errors are largest."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tests.templates.vecmath import Array


def limits(dtype: np.dtype[Any]) -> tuple[float, float, float]:
    """The logarithms of the least subnormal, the least normal and the greatest number."""
    info = np.finfo(dtype)
    least, normal, greatest = np.log([info.smallest_subnormal, info.tiny, info.max]).tolist()
    return least, normal, greatest


def edges(dtype: np.dtype[Any]) -> Array:
    """Where something begins or ends, with both neighbours and both signs."""
    info = np.finfo(dtype)
    powers = np.ldexp(1.0, np.arange(-info.nmant - 10, 10))
    multiples = np.log(2) / 2 * np.arange(1, 120)
    switches = [18.7, 8.66, 22, 10, 40, 20, 717, 93.5, 1000, 150, np.sqrt(0.5), np.sqrt(2)]
    values = [info.smallest_subnormal, info.tiny, info.max, *np.abs(limits(dtype)), *powers, *multiples, *switches]
    sizes = np.array(values, dtype)
    with np.errstate(over="ignore"):
        near = np.concatenate([np.nextafter(sizes, dtype.type(0)), sizes, np.nextafter(sizes, dtype.type(np.inf))])
    near = near[np.isfinite(near) & (near != 0)]
    return np.concatenate([near, -near])


def for_exponential(dtype: np.dtype[Any], count: int) -> Array:
    """Where exp is finite and somewhat beyond, dense near 0, multiples of ln(2)/2 and the limits; without 0."""
    random, (least, normal, greatest), part = np.random.default_rng(2), limits(dtype), count // 10
    tiny = np.exp(random.uniform(least, 1, 2 * part)) * random.choice([-1, 1], 2 * part)
    halves = random.integers(math.floor(least * 2.9), math.ceil(greatest * 2.9), 2 * part) * np.log(2) / 2
    near = halves * (1 + random.uniform(-4, 4, 2 * part) * np.finfo(dtype).eps)
    ends = random.choice([least, normal, greatest], part) + random.uniform(-8, 8, part)
    anywhere = random.uniform(least - 5, greatest + 9, 3 * part)
    points = np.concatenate([tiny, near, ends, anywhere, random.uniform(-3, 3, 2 * part)]).astype(dtype)
    return np.concatenate([points[points != 0], edges(dtype)])


def for_power_of_2(dtype: np.dtype[Any], count: int) -> Array:
    """Likewise for 2^x."""
    points = for_exponential(dtype, count).astype(np.longdouble) / np.log(np.longdouble(2))
    halves = np.random.default_rng(5).integers(-2200, 2100, count // 10) / 2
    found: Array = np.concatenate([points[np.abs(points) < 1e30], halves]).astype(dtype)
    return found


def for_logarithm(dtype: np.dtype[Any], count: int) -> Array:
    """Positive numbers over the whole range, dense near 1 and where the exponent changes."""
    random, info, part = np.random.default_rng(2), np.finfo(dtype), count // 10
    least, _, greatest = limits(dtype)
    anywhere = np.exp(random.uniform(least, greatest, 4 * part))
    halves = np.ldexp(np.sqrt(0.5), random.integers(info.minexp, info.maxexp, part))
    halves *= 1 + random.uniform(-4, 4, part) * info.eps
    tiny = np.exp(random.uniform(least / 10, 0, part))
    middle = random.uniform(0.4, 3, 3 * part)
    points = np.concatenate([anywhere, halves, 1 + tiny, 1 - tiny, middle, 10.0 ** np.arange(-30, 30)])
    points = np.concatenate([points.astype(dtype), edges(dtype)])
    positive: Array = points[points > 0]
    return positive


def for_log1p(dtype: np.dtype[Any], count: int) -> Array:
    points = for_logarithm(dtype, count // 2)
    points = np.concatenate([points, -points, points - points.dtype.type(1)])
    regular: Array = points[(points > -1) & (points != 0)]
    return regular


def for_power(dtype: np.dtype[Any], count: int) -> tuple[Array, Array]:
    """Bases over the whole range and near 1, with exponents that use the range of the results, and plain ones."""
    random, info, quarter = np.random.default_rng(4), np.finfo(dtype), count // 4
    least, _, greatest = limits(dtype)
    anywhere = np.exp(random.uniform(least, greatest, 2 * quarter))
    near = 1 + np.exp(random.uniform(np.log(info.eps), -1, quarter)) * random.choice([-1, 1], quarter)
    x = np.concatenate([anywhere, near, random.uniform(0.01, 100, quarter)]).astype(dtype)
    x = np.concatenate([x, edges(dtype)])
    x = x[(x > 0) & (x != 1)]
    y = random.uniform(least, greatest, x.size) / np.log(x.astype(np.float64))
    plain = random.choice([1.4, 0.5, -0.25, 2.0, 3.0, -1.0, 1 / 3, 10.0], x.size)
    return x, np.where(random.random(x.size) < 0.25, plain, y).astype(dtype)
