"""templates/vecmath.h in units in the last place: at ten thousand points against 50 digits, at a million against
numbers of more bits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest

from tests.templates import vecmath_points as points
from tests.templates.vecmath import ACCURATE, INLINE, LIBRARY, LOOPS, OF_EXP, PARTS, Array, Built

# The greatest error, in ulp. Up to 1.6 of the second are that of the rounded exp(x) which is given.
BOUNDS = (
    dict.fromkeys(ACCURATE, 2.0)
    | dict.fromkeys(OF_EXP, 3.0)
    | {
        "exp": 1.2,
        "exp2": 2.85,  # inside kernels alone; 2.6 where products and sums are fused
        "tanh": 1.7,
        "cosh": 1.6,
        "log": 1.0,
        "log1p": 1.0,
        "log10": 1.2,
        "pow": 1.0,
    }
)
LOOKED_UP = 1.2  # powers of 2 from a table
FEW, MANY = 10_000, 1_000_000
# Functions that are none of exp(x).
DIRECT = {
    "exp2": lambda x: mpmath.power(2, x),
    "log": mpmath.log,
    "log10": mpmath.log10,
    "log1p": mpmath.log1p,
    "pow": mpmath.power,
}


def arguments(name: str, dtype: np.dtype[Any], count: int) -> tuple[Array, ...]:
    """What the function is tried at: its one argument or two."""
    if name == "pow":
        return points.for_power(dtype, count)
    if name == "exp2":
        return (points.for_power_of_2(dtype, count),)
    if name in ("log", "log10"):
        return (points.for_logarithm(dtype, count),)
    return (points.for_log1p(dtype, count) if name == "log1p" else points.for_exponential(dtype, count),)


@cache
def exact(name: str, dtype: np.dtype[Any]) -> tuple[tuple[Array, ...], Array, Array]:
    """Arguments, the function there rounded to this type, and what that took from 50 digits, in ulp."""
    if name in DIRECT:
        given, function = arguments(name, dtype, FEW), DIRECT[name]
        with mpmath.workdps(50):
            values = [function(*map(mpmath.mpf, row)) for row in zip(*(a.tolist() for a in given), strict=True)]
            return given, *rounded(values, dtype)
    (x,) = arguments(name, dtype, FEW)
    given, values = (x,), [functions[name] for functions in of_exponential(dtype)]
    if name in OF_EXP:
        given = (x, exact("exp", dtype)[1])
    with mpmath.workdps(50):
        return given, *rounded(values, dtype)


@cache
def of_exponential(dtype: np.dtype[Any]) -> list[dict[str, Any]]:
    """All functions of exp(x), from 60 digits of it: a tenth of the time of asking for each."""
    with mpmath.workdps(60):
        return [dict(relatives(mpmath.mpf(x))) for x in arguments("exp", dtype, FEW)[0].tolist()]


def relatives(x: Any) -> Iterator[tuple[str, Any]]:
    power = mpmath.exp(x)
    less_one = power - 1 if abs(x) > 1e-8 else x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6)))))
    of_twice = less_one * (2 + less_one)
    yield "exp", power
    yield "expm1", less_one
    yield "sigmoid", power / (1 + power)
    yield "tanh", of_twice / (2 + of_twice)
    yield "sinh", less_one * (1 + 1 / power) / 2
    yield "cosh", (power + 1 / power) / 2
    yield from ((name, less_one / x) for name in ("exprel", "exprel_of"))
    yield "bernoulli", x / less_one


def rounded(values: Sequence[Any], dtype: np.dtype[Any]) -> tuple[Array, Array]:
    with np.errstate(over="ignore"):
        near = np.array([float(value) for value in values]).astype(dtype)
    rows = zip(values, near.tolist(), ulp(near).tolist(), strict=True)
    return near, np.array([float((v - n) / s) if math.isfinite(n) else 0.0 for v, n, s in rows])


def ulp(numbers: Array) -> Array:
    """What their last place counts; NumPy knows it for all but the greatest and infinity."""
    half = np.finfo(numbers.dtype).max / 2
    steps: Array = np.spacing(np.minimum(np.abs(numbers), half)) * np.where(np.abs(numbers) > half, 2, 1)
    return steps


def ulps(got: Array, near: Array, lost: Any) -> Array:
    """The distance of `got` from near + lost, which is in ulp; 0 for an infinity that is right."""
    with np.errstate(over="ignore", invalid="ignore"):
        finite = np.abs((got - near) / ulp(near) - lost)
    error: Array = np.where(np.isinf(near), np.where(got == near, 0, np.inf), finite)
    return error


def bound(built: Built, name: str) -> float:
    return LOOKED_UP if name == "exp2" and built.several > 1 else BOUNDS[name]


@pytest.mark.parametrize("name", BOUNDS)
def test_error_over_the_whole_range(built: Built, name: str) -> None:
    given, near, lost = exact(name, built.dtype)
    assert near.size >= FEW
    known = np.isfinite(given[-1])  # the others begin where exp(x) overflows
    assert known.sum() > 0.7 * FEW
    assert ulps(built(name, *given), near, lost)[known].max() <= bound(built, name)
    some = np.flatnonzero(known)[::53]
    alone = built.one_by_one(name, *(argument[some] for argument in given))
    assert ulps(alone, near[some], lost[some]).max() <= bound(built, name)


def test_a_power_of_2_without_care_for_edges_has_the_same_bits(built: Built) -> None:
    x = points.for_power_of_2(built.dtype, FEW)
    x = x[np.abs(x) <= (1020 if built.dtype == np.float64 else 124)]
    assert x.size > FEW // 2
    whole = x[: x.size - x.size % 16]
    assert np.array_equal(built("exp2_inside", x), built("exp2", x))
    assert np.array_equal(built.called("in_vectors", whole), built("exp2", whole))
    assert np.array_equal(built.one_by_one("exp2", whole[::53]), built("exp2", whole)[::53])


def test_a_logarithm_without_care_for_edges_has_the_same_bits(built: Built) -> None:
    """Of exactly the numbers that a kernel finds to be positive, normal and finite."""
    edges = np.array([0.0, -0.0, -1.0, np.inf, -np.inf, np.nan, -np.nan], built.dtype)
    kinds = np.finfo(built.dtype)
    sizes = np.geomspace(kinds.smallest_subnormal, kinds.max, FEW, dtype=np.longdouble).astype(built.dtype)
    x = np.concatenate([edges, sizes, -sizes, np.array([kinds.tiny, kinds.smallest_subnormal, kinds.max], built.dtype)])
    plain = np.isfinite(x) & (x >= kinds.tiny)
    zero = np.zeros_like(x)
    assert np.array_equal(built("is_plain", zero, x) != 0, plain)
    assert not built("is_plain", zero + 1000, x).any()
    assert plain.sum() > FEW // 2
    assert np.array_equal(built("log_plain", x[plain]), built("log", x[plain]))


def test_how_far_from_0_exponentials_need_no_care(built: Built) -> None:
    """Told of any two together; a step of rounding beside the limit either may be said."""
    limit = 512 if built.dtype == np.float64 else 64
    beyond = np.geomspace(limit * 1.001, np.finfo(built.dtype).max / 4, 200, dtype=np.longdouble)
    within = np.concatenate([np.linspace(0, limit * 0.999, 200), np.geomspace(np.finfo(built.dtype).tiny, 1, 200)])
    sizes = np.concatenate([beyond, within, [np.inf, np.nan]]).astype(built.dtype)
    x = np.concatenate([sizes, -sizes])
    one, two = (each.ravel() for each in np.meshgrid(x, x))
    assert np.array_equal(built("is_near", one, two) != 0, (np.abs(one) < limit) & (np.abs(two) < limit))


def test_two_parts_of_bernoulli_have_one_sign_and_its_value(built: Built) -> None:
    """An error of exp(u), half an ulp here, counts 1/|u| times, up to 64 (float: one) times."""
    x, power = exact("bernoulli", built.dtype)[0]
    inside = np.isfinite(power) & (power > 0) & (np.abs(x) < (300 if built.dtype == np.float64 else 40))
    x, power = x[inside], power[inside]
    above, below = built("bernoulli_above", x), built("bernoulli_below", x, power)
    assert (above * below > 0).all()
    expected = exact("bernoulli", built.dtype)[1][inside]
    limit = (34 if built.dtype == np.float64 else 3) * np.finfo(built.dtype).eps
    assert np.abs(above / below / expected - 1).max() < limit


@pytest.mark.parametrize("name", OF_EXP)
def test_functions_of_an_exponential_that_overflows(built: Built, name: str) -> None:
    x, power = exact(name, built.dtype)[0]
    beyond = np.isinf(power)
    assert beyond.sum() > 100
    assert (built(name, x, power)[beyond] == (0 if name == "bernoulli" else math.inf)).all()


def test_every_function_with_an_error_has_a_bound() -> None:
    assert LOOPS.keys() - BOUNDS.keys() == {*(*INLINE, *LIBRARY, *PARTS, "min", "max", "where", "where_for_all")}


@pytest.mark.slow
@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="long double is no wider than double")
@pytest.mark.parametrize("name", BOUNDS)
def test_error_at_a_million_points(built: Built, name: str) -> None:
    wide = np.longdouble if built.dtype == np.float64 else np.float64
    given = arguments(name, built.dtype, MANY)
    exactly = [argument.astype(wide) for argument in given]
    with np.errstate(all="ignore"):
        expected = ({"pow": np.power} | ACCURATE | OF_EXP)[name](*exactly)
        if name in OF_EXP:
            given = (*given, np.exp(exactly[0]).astype(built.dtype))
        near = expected.astype(built.dtype)
        lost = ((expected - near) / ulp(near)).astype(np.float64)
    known = np.isfinite(given[-1])
    assert known.sum() > 0.7 * MANY
    assert ulps(built(name, *given), near, lost)[known].max() <= bound(built, name)
