"""templates/vecmath.h: accuracy against 50 digits, special values, and that its loops become vector code."""

from __future__ import annotations

import ctypes
import math
import platform
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray

from iondsl.build.compiler import ARITHMETIC

Array: TypeAlias = NDArray[Any]
Pointwise: TypeAlias = Callable[[Any], Any]

HEADER = files("iondsl.templates").joinpath("vecmath.h").read_text(encoding="utf-8")
IS_X86 = platform.machine() in ("x86_64", "AMD64")
FLAGS = (*ARITHMETIC, "-fopenmp-simd")
STRICT = ("-Wall", "-Wextra", "-Werror")
WIDTH = ("-mprefer-vector-width=512",) if IS_X86 else ()
MARCHES = ("native", "x86-64") if IS_X86 else ("native",)  # x86-64 has no fused multiply-add

# Name: the function for mpmath and for NumPy, and the greatest error in ulp.
ACCURATE: dict[str, tuple[Pointwise, Pointwise, float]] = {
    "exp": (mpmath.exp, np.exp, 1.2),
    "expm1": (mpmath.expm1, np.expm1, 2.0),
    "exprel": (lambda x: mpmath.expm1(x) / x, lambda x: np.expm1(x) / x, 2.0),
    "sigmoid": (lambda x: 1 / (1 + mpmath.exp(-x)), lambda x: 1 / (1 + np.exp(-x)), 2.0),
    "tanh": (mpmath.tanh, np.tanh, 3.0),
    "sinh": (mpmath.sinh, np.sinh, 3.0),
    "cosh": (mpmath.cosh, np.cosh, 2.0),
    "log": (mpmath.log, np.log, 1.2),
    "log1p": (mpmath.log1p, np.log1p, 1.2),
    "log10": (mpmath.log10, np.log10, 2.5),
}
INLINE: dict[str, Pointwise] = {
    "sqrt": np.sqrt,
    "abs": np.abs,
    "floor": np.floor,
    "ceil": np.ceil,
    "sign": np.sign,
    "heaviside": lambda x: np.heaviside(x, 1),
}
PAIRS: dict[str, Callable[[Any, Any], Any]] = {"min": np.minimum, "max": np.maximum, "pow": np.power}
# With exp(x) as the second argument
OF_EXP: dict[str, Pointwise] = {
    "bernoulli": lambda x: x / mpmath.expm1(x),
    "exprel_of": lambda x: mpmath.expm1(x) / x,
}
LIBRARY: dict[str, Pointwise] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
}


def source() -> str:
    """A C file with, for each function, a loop over an array and, for one argument, a scalar call."""
    lines = [HEADER, '#define EACH(n) _Pragma("omp simd") for (long i = 0; i < n; i++)']
    for name in (*ACCURATE, *INLINE, *LIBRARY):
        lines.append(f"real one_{name}(real x) {{ return ion_{name}(x); }}")
    loops = dict.fromkeys((*ACCURATE, *INLINE), "(x[i])")
    loops |= dict.fromkeys((*PAIRS, *OF_EXP), "(x[i], z[i])")
    loops |= {"where": "(f[i], x[i], z[i])", "where_for_all": "(f[0], x[i], z[i])"}
    for name, arguments in loops.items():
        arrays = "".join(f"const real *restrict {array}, " for array in "fxz" if f"{array}[" in arguments)
        call = f"ion_{name.removesuffix('_for_all')}{arguments}"
        lines.append(f"void many_{name}(long n, {arrays}real *restrict y) {{ EACH(n) y[i] = {call}; }}")
    lines.append("real power(real x, real y) { return ion_pow(x, y); }")
    return "\n".join(lines) + "\n"


def compiler() -> str:
    found = next((path for name in ("cc", "gcc", "clang") if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no C compiler: none of cc, gcc and clang is on the path")
    return found


def is_gcc() -> bool:
    version = subprocess.run([compiler(), "--version"], capture_output=True, text=True, check=True)
    return "Free Software Foundation" in version.stdout


def run_compiler(folder: Path, *flags: str) -> str:
    """Compile source() in folder; what the compiler said."""
    (folder / "vecmath.c").write_text(source(), encoding="utf-8")
    command = [compiler(), *FLAGS, *STRICT, *WIDTH, *flags, "vecmath.c", "-lm"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


@dataclass(frozen=True, slots=True)
class Built:
    """The compiled functions of one floating point type."""

    loaded: ctypes.CDLL
    dtype: np.dtype[Any]

    def __call__(self, name: str, *arguments: Array) -> Array:
        """The loop over arrays of one shape (n,), of this type."""
        result = np.empty_like(arguments[0])
        pointers = [ctypes.c_void_p(array.ctypes.data) for array in (*arguments, result)]
        self.loaded[f"many_{name}"](ctypes.c_long(result.size), *pointers)
        return result

    def scalar(self, name: str, *arguments: float) -> float:
        real = ctypes.c_float if self.dtype == np.float32 else ctypes.c_double
        function = self.loaded[name]
        function.restype, function.argtypes = real, [real] * len(arguments)
        return float(function(*arguments))

    def one(self, name: str, points: Array) -> Array:
        return np.array([self.scalar(f"one_{name}", x) for x in points.tolist()], dtype=self.dtype)


BUILDS = [(march, name) for march in MARCHES for name in ("float64", "float32")]


@pytest.fixture(scope="module", params=BUILDS, ids="-".join)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    march, name = request.param
    folder = tmp_path_factory.mktemp("vecmath")
    defines = ["-DIONDSL_FLOAT32"] if name == "float32" else []
    run_compiler(folder, f"-march={march}", *defines, "-fPIC", "-shared", "-o", "vecmath.so")
    return Built(ctypes.CDLL(str(folder / "vecmath.so")), np.dtype(name))


def points_for_logarithm(dtype: np.dtype[Any], part: int) -> Array:
    """Doubles over the whole range, dense near 1 and where the exponent changes; some are not positive."""
    random, info = np.random.default_rng(2), np.finfo(dtype)
    least, greatest = np.log([info.smallest_subnormal, info.max]).tolist()
    anywhere = np.exp(random.uniform(least, greatest, 4 * part))
    halves = np.ldexp(np.sqrt(0.5), random.integers(info.minexp, info.maxexp, part))
    tiny = np.exp(random.uniform(least / 10, 0, part))
    middle = random.uniform(0.4, 3, 3 * part)
    return np.concatenate([anywhere, halves, 1 + tiny, 1 - tiny, middle, 10.0 ** np.arange(-30, 30)])


def points_for_exponential(dtype: np.dtype[Any], part: int) -> Array:
    """Doubles where exp is finite and somewhat beyond, dense near 0, multiples of ln(2)/2 and the limits."""
    random, info = np.random.default_rng(2), np.finfo(dtype)
    least, normal, greatest = np.log([info.smallest_subnormal, info.tiny, info.max]).tolist()
    tiny = np.exp(random.uniform(least, 1, 2 * part)) * random.choice([-1, 1], 2 * part)
    multiples = random.integers(math.floor(least * 2.9), math.ceil(greatest * 2.9), 2 * part) * np.log(2) / 2
    near = multiples * (1 + random.uniform(-4, 4, 2 * part) * info.eps)
    limits = random.choice([least, normal, greatest], part) + random.uniform(-8, 8, part)
    anywhere = random.uniform(least - 5, greatest + 9, 3 * part)
    return np.concatenate([tiny, near, limits, anywhere, random.uniform(-3, 3, 2 * part)])


def points_for(name: str, dtype: np.dtype[Any], count: int) -> Array:
    """About `count` arguments of this type where the function is not singular."""
    if name.startswith("log"):
        points = points_for_logarithm(dtype, count // 10)
        points = (np.concatenate([points - 1, points]) if name == "log1p" else points).astype(dtype)
        regular = points > (-1 if name == "log1p" else 0)
    else:
        points = points_for_exponential(dtype, count // 10).astype(dtype)
        regular = points != 0
    kept: Array = points[regular]
    return kept


@cache
def reference(name: str, dtype: np.dtype[Any]) -> tuple[Array, Array, Array]:
    """Points, and the function there as the sum of two doubles: from 50 digits, or for float from double."""
    points = points_for(name, dtype, 10_000)
    exact, numpy_function, _ = ACCURATE[name]
    if dtype == np.float32:
        with np.errstate(all="ignore"):
            high = numpy_function(points.astype(np.float64))
        return points, high, np.zeros_like(high)
    with mpmath.workdps(50):
        values = [exact(mpmath.mpf(x)) for x in points.tolist()]
        pairs = [(high := float(y), float(y - high) if math.isfinite(high) else 0.0) for y in values]
    high_part, low_part = np.array(pairs).T
    return points, high_part, low_part


def ulps(got: Array, high: Any, low: Any) -> Array:
    """The distance of `got` from high + low in units of its last place; 0 for an infinity that is right."""
    with np.errstate(over="ignore", invalid="ignore"):
        rounded = high.astype(got.dtype)
        finite = np.abs((got - high) - low) / np.spacing(np.abs(rounded))
    error: Array = np.where(np.isinf(rounded), np.where(got == rounded, 0, np.inf), finite)
    return error


@pytest.mark.parametrize("name", ACCURATE)
def test_error_in_ulp_over_the_whole_range(built: Built, name: str) -> None:
    points, high, low = reference(name, built.dtype)
    assert points.size >= 9_000
    assert ulps(built(name, points), high, low).max() <= ACCURATE[name][2]
    some = slice(None, None, 29)
    assert ulps(built.one(name, points[some]), high[some], low[some]).max() <= ACCURATE[name][2]


def test_exprel_near_zero_including_subnormal_arguments(built: Built) -> None:
    x = np.geomspace(np.finfo(built.dtype).smallest_subnormal, 1e-3, 5_000).astype(built.dtype)
    for points in (x, -x):
        wide = points.astype(np.float64)
        series = 1 + wide / 2 * (1 + wide / 3 * (1 + wide / 4 * (1 + wide / 5)))
        error = np.abs(built("exprel", points) / series - 1)
        assert error.max() <= (1e-15 if built.dtype == np.float64 else 2e-7)


@pytest.mark.slow
@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="long double is no wider than double")
@pytest.mark.parametrize("name", ACCURATE)
def test_error_in_ulp_of_a_million_points(built: Built, name: str) -> None:
    points = points_for(name, built.dtype, 1_000_000)
    with np.errstate(all="ignore"):
        expected = ACCURATE[name][1](points.astype(np.longdouble))
    assert ulps(built(name, points), expected, 0).max() <= ACCURATE[name][2]


INF, NAN, HUGE, LEAST = math.inf, math.nan, "max", "smallest_subnormal"
LOGARITHM = [(0.0, -INF), (-0.0, -INF), (INF, INF), (-INF, NAN), (-1.0, NAN), (1.0, 0.0)]
ODD = [(0.0, 0.0), (-0.0, -0.0), (LEAST, LEAST)]
SPECIAL: dict[str, list[tuple[Any, Any]]] = {
    "exp": [(0.0, 1.0), (-0.0, 1.0), (LEAST, 1.0), (INF, INF), (-INF, 0.0), (HUGE, INF), ("min", 0.0)],
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
    for got in (built(name, points.repeat(64))[::64], built.one(name, points)):
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
    np.testing.assert_array_equal(built.one(name, points), expected)


@pytest.mark.parametrize("name", ["min", "max"])
def test_min_and_max_give_nan_where_either_is(built: Built, name: str) -> None:
    values = np.array([-INF, -1, 0, 1, 2, INF, NAN], dtype=built.dtype)
    x, z = (grid.ravel() for grid in np.meshgrid(values, values))
    np.testing.assert_array_equal(built(name, x, z), PAIRS[name](x, z))


def test_functions_left_to_the_c_library(built: Built) -> None:
    points = np.linspace(-0.99, 0.99, 23).astype(built.dtype)
    for name, function in LIBRARY.items():
        expected, rtol = function(points), 4 * float(np.finfo(built.dtype).eps)
        np.testing.assert_allclose(built.one(name, points), expected, rtol=rtol)


def points_for_powers(dtype: np.dtype[Any], count: int) -> tuple[Array, Array]:
    """Bases over the whole range and near 1, with exponents that use the range of the results, and plain ones."""
    random, info = np.random.default_rng(4), np.finfo(dtype)
    quarter = count // 4
    least, greatest = np.log([info.smallest_subnormal, info.max]).tolist()
    anywhere = np.exp(random.uniform(least, greatest, 2 * quarter))
    near = 1 + np.exp(random.uniform(np.log(info.eps), -1, quarter)) * random.choice([-1, 1], quarter)
    x = np.concatenate([anywhere, near, random.uniform(0.01, 100, quarter)]).astype(dtype)
    x = x[(x > 0) & (x != 1)]
    y = random.uniform(least, greatest, x.size) / np.log(x.astype(np.float64))
    plain = random.choice([1.4, 0.5, -0.25, 2.0, 3.0, -1.0, 1 / 3, 10.0], x.size)
    return x, np.where(random.random(x.size) < 0.25, plain, y).astype(dtype)


@cache
def powers(dtype: np.dtype[Any], count: int = 10_000) -> tuple[Array, Array, Array, Array]:
    """Bases, exponents, and the powers as sums of two doubles, from 50 digits."""
    x, y = points_for_powers(dtype, count)
    with mpmath.workdps(50):
        given = zip(x.tolist(), y.tolist(), strict=True)
        values = [mpmath.mpf(base) ** mpmath.mpf(exponent) for base, exponent in given]
        pairs = [(high := float(value), float(value - high) if math.isfinite(high) else 0.0) for value in values]
    high_part, low_part = np.array(pairs).T
    return x, y, high_part, low_part


def test_error_of_powers_in_ulp_over_the_whole_range(built: Built) -> None:
    x, y, high, low = powers(built.dtype)
    assert x.size > 9_000
    assert ulps(built("pow", x, y), high, low).max() <= 1.0
    for index in range(0, x.size, 97):
        alone = np.array([built.scalar("power", float(x[index]), float(y[index]))], built.dtype)
        assert ulps(alone, high[index : index + 1], low[index : index + 1])[0] <= 1.0


@pytest.mark.slow
@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="long double is no wider than double")
def test_error_of_a_million_powers_in_ulp(built: Built) -> None:
    x, y = points_for_powers(built.dtype, 1_000_000)
    with np.errstate(all="ignore"):
        expected = x.astype(np.longdouble) ** y.astype(np.longdouble)
    assert ulps(built("pow", x, y), expected, 0).max() <= 1.0


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


@pytest.mark.parametrize("name", OF_EXP)
def test_error_in_ulp_of_a_function_of_a_number_and_its_exponential(built: Built, name: str) -> None:
    x = points_for_exponential(built.dtype, 1_000).astype(built.dtype)
    x = x[x != 0]
    with mpmath.workdps(50), np.errstate(over="ignore"):
        powers = np.array([float(mpmath.exp(u)) for u in x.tolist()]).astype(built.dtype)
        values = [OF_EXP[name](mpmath.mpf(u)) for u in x.tolist()]
        pairs = [(high := float(y), float(y - high) if math.isfinite(high) else 0.0) for y in values]
    high_part, low_part = np.array(pairs).T
    error = ulps(built(name, x, powers), high_part, low_part)
    assert error[np.isfinite(powers)].max() <= 2.0
    beyond = np.isinf(powers)
    assert beyond.sum() > 100
    assert (built(name, x, powers)[beyond] == (0 if name == "bernoulli" else INF)).all()


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


@pytest.mark.skipif(not IS_X86, reason="the flags and widths are those of x86")
@pytest.mark.parametrize(("march", "width"), [("x86-64", 16), ("x86-64-v3", 32), ("x86-64-v4", 64)])
@pytest.mark.parametrize("define", [(), ("-DIONDSL_FLOAT32",)], ids=["float64", "float32"])
def test_gcc_vectorises_every_loop(tmp_path: Path, march: str, width: int, define: tuple[str, ...]) -> None:
    if not is_gcc():
        pytest.skip("the report of vectorised loops is gcc's")
    report = run_compiler(tmp_path, f"-march={march}", *define, "-fopt-info-vec-optimized", "-S")
    message = rf"vecmath\.c:(\d+):\d+: optimized: loop vectorized using {width} byte"
    vectorised = set(re.findall(message, report))
    lines = enumerate(source().splitlines(), 1)
    loops = {found[1]: str(number) for number, line in lines if (found := re.match(r"void many_(\w+)", line))}
    assert loops.keys() == {*ACCURATE, *INLINE, *PAIRS, *OF_EXP, "where", "where_for_all"}
    scalar = {name for name, number in loops.items() if number not in vectorised}
    assert scalar == ({"floor", "ceil"} if width == 16 else set())  # SSE2 has no rounding instruction


def test_header_can_be_pasted_into_a_template() -> None:
    assert not re.search(r"\{\{|\{%|\{#", HEADER)
