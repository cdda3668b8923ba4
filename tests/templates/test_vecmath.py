"""templates/vecmath.h: special values, and what is exact."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest

from tests.templates.vecmath import ACCURATE, HEADER, INLINE, LIBRARY, PAIRS, Built

INF, NAN, HUGE, LEAST = math.inf, math.nan, "max", "smallest_subnormal"
LOGARITHM = [(0.0, -INF), (-0.0, -INF), (INF, INF), (-INF, NAN), (-1.0, NAN), (1.0, 0.0)]
ODD = [(0.0, 0.0), (-0.0, -0.0), (LEAST, LEAST)]
SPECIAL: dict[str, list[tuple[Any, Any]]] = {
    "exp": [(0.0, 1.0), (-0.0, 1.0), (LEAST, 1.0), (INF, INF), (-INF, 0.0), (HUGE, INF), ("min", 0.0)],
    "exp2": [(0.0, 1.0), (-0.0, 1.0), (LEAST, 1.0), (10.0, 1024.0), (INF, INF), (-INF, 0.0), (HUGE, INF), ("min", 0.0)],
    "expm1": [*ODD, (INF, INF), (-INF, -1.0), (HUGE, INF), ("min", -1.0)],
    "exprel": [(0.0, 1.0), (-0.0, 1.0), (LEAST, 1.0), (INF, INF), (-INF, 0.0), (HUGE, INF)],
    "sigmoid": [(0.0, 0.5), (-0.0, 0.5), (LEAST, 0.5), (INF, 1.0), (-INF, 0.0), (HUGE, 1.0), ("min", 0.0)],
    "tanh": [*ODD, (INF, 1.0), (-INF, -1.0), (HUGE, 1.0), ("min", -1.0)],
    "sinh": [*ODD, (INF, INF), (-INF, -INF), (HUGE, INF), ("min", -INF)],
    "cosh": [(0.0, 1.0), (-0.0, 1.0), (LEAST, 1.0), (INF, INF), (-INF, INF), (HUGE, INF), ("min", INF)],
    "log": LOGARITHM,
    "log10": LOGARITHM,
    "log1p": [*ODD, (-1.0, -INF), (-2.0, NAN), (-INF, NAN), ("min", NAN), (INF, INF)],
    "sign": [(0.0, 0.0), (-0.0, 0.0), (LEAST, 1.0), (INF, 1.0), (-INF, -1.0)],
    "heaviside": [(0.0, 1.0), (-0.0, 1.0), ("min", 0.0), (LEAST, 1.0), (INF, 1.0), (-INF, 0.0)],
}


@pytest.mark.parametrize("name", SPECIAL)
def test_special_values(built: Built, name: str) -> None:
    info = np.finfo(built.dtype)
    pairs = [[getattr(info, v) if isinstance(v, str) else v for v in pair] for pair in SPECIAL[name]]
    points, expected = np.array(pairs, dtype=built.dtype).T
    for got in (built(name, points.repeat(64))[::64], built.one_by_one(name, points)):
        np.testing.assert_array_equal(got, expected)
        np.testing.assert_array_equal(np.signbit(got[got == 0]), np.signbit(expected[expected == 0]))


@pytest.mark.parametrize("name", [*ACCURATE, *INLINE])
def test_nan_stays_nan_whatever_its_sign_and_payload(built: Built, name: str) -> None:
    words = np.random.default_rng(3).integers(0, 2**22, 1_000, dtype=np.uint32)
    quiet = np.concatenate([words | 0x7FC00000, words | 0xFFC00000])
    if built.dtype == np.float64:
        payload = np.arange(quiet.size, dtype=np.uint64)
        nans = (quiet.astype(np.uint64) << 32 | 0x7FF8 << 48 | payload).view(np.float64)
    else:
        nans = quiet.view(np.float32)
    assert np.isnan(nans).all()
    assert np.isnan(built(name, nans)).all()


@pytest.mark.parametrize("name", INLINE)
def test_inline_functions_are_those_of_numpy(built: Built, name: str) -> None:
    points = np.concatenate([np.linspace(-3, 3, 97), [1e5 + 0.5, -1e5 - 0.5, INF, NAN]]).astype(built.dtype)
    with np.errstate(invalid="ignore"):
        expected = INLINE[name](points)
    np.testing.assert_array_equal(built(name, points), expected)
    np.testing.assert_array_equal(built.one_by_one(name, points), expected)


@pytest.mark.parametrize("name", ["min", "max"])
def test_min_and_max_give_nan_where_either_is(built: Built, name: str) -> None:
    values = np.array([-INF, -1, 0, 1, 2, INF, NAN], dtype=built.dtype)
    x, z = (grid.ravel() for grid in np.meshgrid(values, values))
    np.testing.assert_array_equal(built(name, x, z), PAIRS[name](x, z))


def test_functions_left_to_the_c_library(built: Built) -> None:
    points = np.linspace(-0.99, 0.99, 23).astype(built.dtype)
    for name, function in LIBRARY.items():
        expected, rtol = function(points), 4 * float(np.finfo(built.dtype).eps)
        np.testing.assert_allclose(built(name, points), expected, rtol=rtol)
        np.testing.assert_allclose(built.one_by_one(name, points), expected, rtol=rtol)


def test_powers_of_special_values_are_those_of_c(built: Built) -> None:
    tiny, huge = float(np.finfo(built.dtype).smallest_subnormal), float(np.finfo(built.dtype).max)
    sizes = [0.0, tiny, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 1e7 + 1, 2.0**53, 1e30, huge, INF, NAN]
    values = np.array([sign * size for size in sizes for sign in (1, -1)], built.dtype)
    x, y = (grid.ravel() for grid in np.meshgrid(values, values))
    with np.errstate(all="ignore"):
        expected = np.power(x, y)
    found = built("pow", x, y)
    np.testing.assert_allclose(found, expected, rtol=2 * float(np.finfo(built.dtype).eps), atol=0)
    np.testing.assert_array_equal(np.signbit(found[found == 0]), np.signbit(expected[found == 0]))


def test_special_values_of_functions_of_a_number_and_its_exponential(built: Built) -> None:
    u = np.array([0.0, -0.0, np.finfo(built.dtype).smallest_subnormal, INF, -INF, NAN, 0.0, 2.0], built.dtype)
    powers = np.array([1.0, 1.0, 1.0, INF, 0.0, NAN, NAN, NAN], built.dtype)
    np.testing.assert_array_equal(built("bernoulli", u, powers), [1, 1, 1, 0, INF, NAN, 1, NAN])
    np.testing.assert_array_equal(built("exprel_of", u, powers), [1, 1, 1, INF, 0, NAN, 1, NAN])


def test_where_selects_by_a_number_that_is_not_zero(built: Built) -> None:
    flags = np.array([0.0, -0.0, 1.0, -1.0, np.finfo(built.dtype).smallest_subnormal, INF, NAN], built.dtype)
    values = np.array([-INF, -0.0, 0.0, 1.5, INF, NAN], built.dtype)
    flag, x, z = (grid.ravel() for grid in np.meshgrid(flags, values, values))
    expected = np.where(flag != 0, x, z)
    found = built("where", flag, x, z)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(np.signbit(found[found == 0]), np.signbit(expected[expected == 0]))
    for one in flags:
        found = built("where_for_all", np.full_like(x, one), x, z)
        np.testing.assert_array_equal(found, x if one != 0 else z)


def test_header_can_be_pasted_into_a_template() -> None:
    assert not re.search(r"\{\{|\{%|\{#", HEADER)
