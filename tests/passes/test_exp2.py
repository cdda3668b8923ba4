"""Exponentials as powers of 2: of arguments that are proven to be moderate, and of those that are not."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import mpmath
import numpy as np
import pytest

from iondsl import pipeline, resources
from iondsl.algebra import exp2_inside
from iondsl.assumed import Assumed, Range
from iondsl.build.compiler import ARITHMETIC
from iondsl.options import Options
from iondsl.simulate.cell import Cell
from iondsl.source import Source
from iondsl.step import Step

MODEL = """\
model inside:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
param shift = -40 [mV]
param k = 5 [mV]
state Ca = 1e-4 [mM]
Ca' = (1e-4 [mM] - Ca) / 20 [ms]
input push = 0
current I:
    param g = 1 [mS/cm^2]
    plain  = exp(V / 9 [mV])
    steep  = exp(V / 0.05 [mV])
    deep   = exp(V / 0.125 [mV])
    moved  = exp((V - shift) / k)
    opened = exp(Ca / 1 [mM])
    pushed = exp(push)
    rate   = (V + 20 [mV]) / (1 - exp(-(V + 20 [mV]) / 9 [mV])) / 1 [mV]
    I = 1e-9 * g * (plain + (1 if steep > 1 and deep > 1 else 0) + moved + opened + pushed + rate) * (V + 60 [mV])
"""
FUNCTIONS = ("exp2_inside", "bernoulli_inside", "exp2")
VALUES = "void all(long n, const real *t, const real *u, const real *E, real *y, real *z)" \
    "{ for (long i = 0; i < n; i++) { y[i] = ion_exp2_inside(t[i]); z[i] = ion_bernoulli_inside(u[i], E[i]); } }\n"


def step(*ranges: str, scheme: str = "rush_larsen", dtype: str = "float64") -> Step:
    options = Options(scheme, dtype=dtype, fast=True, ranges=ranges)
    return pipeline.step_of(pipeline.model_of(pipeline.resolve(Source("inside.ion", MODEL))), options)


def functions(step: Step) -> dict[str, str]:
    """The outermost function of the members of I."""
    found: dict[str, str] = {}
    for each in step.advance.assignments:
        called = [function for function in FUNCTIONS if f"{function}(" in str(each.value)]
        found |= {str(each.target).rpartition(".")[2]: called[0]} if called else {}
    return found


def test_what_is_proven_to_be_moderate() -> None:
    found = functions(step())
    assert [found[name] for name in ("exp~0", "moved")] == ["exp2_inside"] * 2
    assert [found[name] for name in ("steep", "opened", "pushed")] == ["exp2"] * 3
    assert found["rate"] == "bernoulli_inside"
    assert functions(step("Ca=0:1"))["opened"] == "exp2_inside"


def test_what_may_be_far_below_0_is_cut_off() -> None:
    (deep,) = (each.value for each in step().advance.assignments if str(each.target).endswith("deep"))
    assert str(deep) == "exp2_inside(Max(-1020, 11.5415603271117*V))"


def test_float32_has_narrower_limits() -> None:
    """At 80 mV, exp(V/0.6) is 1e58."""
    wide = MODEL.replace("V / 9", "V / 0.6")
    for dtype, expected in (("float64", "exp2_inside"), ("float32", "exp2")):
        model = pipeline.model_of(pipeline.resolve(Source("inside.ion", wide)))
        assert functions(pipeline.step_of(model, Options(dtype=dtype, fast=True)))["plain"] == expected


def exact(dtype: str = "float64") -> Step:
    return pipeline.step_of(
        pipeline.model_of(pipeline.resolve(Source("inside.ion", MODEL))), Options(dtype=dtype)
    )


def test_an_exact_kernel_proves_what_depends_on_v_alone() -> None:
    """For half a volt to either side; parameters may be anything there."""
    found = functions(exact())
    assert found["exp~0"] == "exp2_inside"
    assert [found[name] for name in ("steep", "deep", "moved", "opened", "pushed")] == ["exp2"] * 5
    assert exact().assumed == Assumed(float("inf"), (Range("V", -500, 500),), fast=False)


def test_what_is_linear_in_v_is_a_slope_and_an_offset_rounded_once() -> None:
    """With the literal in front of the exponential."""
    (rate,) = (each.value for each in small().advance.assignments if str(each.target).endswith("rate"))
    assert isinstance(rate, exp2_inside)
    argument, (v,) = rate.args[0], rate.args[0].free_symbols
    with mpmath.workdps(40):
        log2e = 1 / mpmath.log(2)
        slope, offset = -log2e / 18, mpmath.log(3, 2) - 65 * log2e / 18
        for value in (0, 1):
            assert float(argument.subs({v: value})) == pytest.approx(float(offset + value * slope), rel=4e-16)


def small() -> Step:
    text = """\
model small:
membrane:
    state V = -65 [mV]
    C = 1 [uF/cm^2]
current I:
    g = 1 [mS/cm^2]
    rate = 3 * exp(-(V + 65 [mV]) / 18 [mV])
    I = g * (V + 60 [mV]) * rate
"""
    return pipeline.step_of(pipeline.model_of(pipeline.resolve(Source("small.ion", text))), Options())


def test_parameters_may_be_half_or_twice_as_large() -> None:
    assumed = step().assumed
    assert assumed is not None
    assert assumed.ranges == (Range("V", -120, 80), Range("shift", -80, -20), Range("k", 2.5, 10))


@pytest.mark.parametrize(("scheme", "target", "dtype", "tolerance"), [
    ("rush_larsen", "c", "float64", 1e-6),
    ("rush_larsen", "c", "float32", 2e-3),
    ("forward_euler", "numpy", "float64", 1e-10),
    ("exponential_euler", "numpy", "float64", 1e-6),
    ("rk4", "numpy", "float64", 1e-10),
])
def test_runs_stay_the_same(scheme: str, target: str, dtype: str, tolerance: float) -> None:
    """During the upstroke of an action potential, which multiplies what comes before it by a hundred."""
    exact, fast = (run(Options(scheme, target, dtype, fast=asked)) for asked in (False, True))
    assert exact.max() > 20
    assert np.abs(exact - fast).max() < tolerance


def run(options: Options) -> np.ndarray:
    cell: Cell = pipeline.cell_of(pipeline.source_of("hodgkin_huxley_1952"), options)
    return np.asarray(cell.run(until=4, cells=20, inputs={"I_app": 10.0})["V"], dtype=float)


@pytest.mark.parametrize(("dtype", "reach"), [("float64", 1020), ("float32", 124)])
def test_the_functions_against_40_digits(tmp_path: Path, dtype: str, reach: float) -> None:
    exponents = np.linspace(-reach, reach, 1501).astype(dtype)
    signed = np.concatenate([-(10.0 ** np.linspace(-9, 1.4, 750)), 10.0 ** np.linspace(-9, 1.4, 750), [0]])
    arguments = signed.astype(dtype)
    with mpmath.workdps(40):
        powers = [mpmath.mpf(2) ** mpmath.mpf(float(t)) for t in exponents]
        quotients = [u / mpmath.expm1(u) if u else mpmath.mpf(1) for u in map(mpmath.mpf, map(float, arguments))]
        known = np.array([float(mpmath.exp(float(u))) for u in arguments]).astype(dtype)
        found = computed(tmp_path, exponents, arguments, known)
        limits = (4.5e-16, 1e-12) if dtype == "float64" else (1.3e-7, 1e-6)
        for values, expected, limit in zip(found, (powers, quotients), limits, strict=True):
            errors = [abs(float(value) / one - 1) for value, one in zip(values, expected, strict=True)]
            assert max(errors) < limit


def computed(folder: Path, *arrays: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    compiler = next((path for name in ("cc", "gcc", "clang") if (path := shutil.which(name))), None)
    if compiler is None:
        pytest.skip("no C compiler: none of cc, gcc and clang is on the path")
    names = ("vecmath.h", "vecmath_powers.h", "vecmath_inside.h")
    texts = [resources.text(resources.TEMPLATES, name) for name in names]
    single = "#define IONDSL_FLOAT32\n" if arrays[0].dtype == np.float32 else ""
    (folder / "inside.c").write_text("\n".join((single, *texts, VALUES)), encoding="utf-8")
    command = [compiler, *ARITHMETIC, "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", "inside.so", "inside.c"]
    subprocess.run([*command, "-lm"], cwd=folder, check=True)
    results = np.empty_like(arrays[0]), np.empty_like(arrays[0])
    pointers = [ctypes.c_void_p(array.ctypes.data) for array in (*arrays, *results)]
    ctypes.CDLL(str(folder / "inside.so"))["all"](ctypes.c_long(len(arrays[0])), *pointers)
    return results
