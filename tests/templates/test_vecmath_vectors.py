"""templates/vecmath.h becomes vector code: on every width of x86, for NEON, and faster than calls of the C library."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.templates.vecmath import (
    ACCURATE,
    DTYPES,
    IS_X86,
    LIBRARY,
    LOOPS,
    WIDTH,
    Array,
    Built,
    build,
    built_from,
    compiled,
    compiler,
    defines,
    runs,
    source,
)

WIDTHS = [("x86-64", 16), ("x86-64-v3", 32), ("x86-64-v4", 64)]
UNROUNDED = {"floor", "ceil"}  # SSE2 has no instruction that rounds
REPORT = ("-fopt-info-vec-optimized", "-fno-ipa-icf")  # which would compile one of two loops that are the same

# A C library for another processor is seldom there, and the header wants little of it.
STUBS = {
    "math.h": """#define INFINITY __builtin_inff()
        #define NAN __builtin_nanf("")
        #define DECLARED(type, s) type fabs##s(type), floor##s(type), ceil##s(type), sqrt##s(type), exp##s(type); \\
            type copysign##s(type, type), sin##s(type), cos##s(type), tan##s(type); \\
            type asin##s(type), acos##s(type), atan##s(type);
        DECLARED(double,) DECLARED(float, f)""",
    "stdint.h": "typedef __UINT32_TYPE__ uint32_t; typedef __UINT64_TYPE__ uint64_t;",
    "string.h": "void *memcpy(void *restrict, const void *restrict, __SIZE_TYPE__);",
}
FOR_NEON = (
    ("aarch64-linux-gnu-gcc",),
    ("clang", "--target=aarch64-linux-gnu"),
    ("zig", "cc", "-target", "aarch64-linux"),
)

# What zig adds to a call of clang, taken back: -c, checks of arithmetic, and lines of sources.
OF_ZIG = ("-Wno-unused-command-line-argument", "-fno-sanitize=undefined", "-g0")


def lines_of_loops() -> dict[str, int]:
    lines = enumerate(source().splitlines(), 1)
    numbers = {found[1]: number for number, line in lines if (found := re.match(r"void many_(\w+)", line))}
    return {name: numbers[name] for name in LOOPS}


def scalar_loops(said: str, vectorised: str) -> set[str]:
    """Names of the loops whose lines the compiler did not report in the words of this pattern."""
    done = {int(number) for number in re.findall(rf"vecmath\.c:(\d+):\d+: {vectorised}", said)}
    return {name for name, line in lines_of_loops().items() if line not in done}


@pytest.mark.skipif(not IS_X86, reason="the flags and widths are those of x86")
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize(("march", "width"), WIDTHS)
def test_gcc_vectorises_every_loop(tmp_path: Path, march: str, width: int, dtype: np.dtype[Any]) -> None:
    version = subprocess.run([compiler(), "--version"], capture_output=True, text=True, check=True)
    if "Free Software Foundation" not in version.stdout:
        pytest.skip("the report of vectorised loops is gcc's")
    flags = (f"-march={march}", *WIDTH, *defines(dtype), *REPORT, "-S")
    said = compiled((compiler(),), tmp_path, *flags)
    scalar = scalar_loops(said, f"optimized: loop vectorized using {width} byte")
    assert scalar == (UNROUNDED if width == 16 else set())
    assert calling((tmp_path / "vecmath.s").read_text(encoding="utf-8")) == set(LIBRARY)


def calling(assembly: str) -> set[str]:
    """Names of the loops that call something."""
    bodies = re.findall(r"^many_(\w+):[^\n]*\n(.*?)^\s*\.size", assembly, re.MULTILINE | re.DOTALL)
    assert {name for name, _ in bodies} >= LOOPS.keys()
    return {name for name, body in bodies if name in LOOPS and re.search(r"^\s+(call|jmp\s+[a-z]|bl\s)", body, re.M)}


@pytest.mark.skipif(not IS_X86, reason="the flags and widths are those of x86")
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize(("march", "width"), WIDTHS)
def test_clang_vectorises_every_loop(tmp_path: Path, march: str, width: int, dtype: np.dtype[Any]) -> None:
    clang = shutil.which("clang")
    if clang is None:
        pytest.skip("clang is not on the path")
    flags = (f"-march={march}", *WIDTH, *defines(dtype), "-Wno-pass-failed", "-Rpass=loop-vectorize", "-S")
    assert scalar_loops(compiled((clang,), tmp_path, *flags), r"remark: vectorized loop") <= LIBRARY.keys()


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_every_loop_is_vectorised_for_neon(tmp_path: Path, dtype: np.dtype[Any]) -> None:
    command = next((command for command in FOR_NEON if shutil.which(command[0])), None)
    if command is None:
        pytest.skip(f"no compiler for NEON: none of {', '.join(words[0] for words in FOR_NEON)} is on the path")
    for name, text in STUBS.items():
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    gcc = command[0].endswith("gcc")
    report = REPORT if gcc else ("-Rpass=loop-vectorize",)
    said = compiled(command, tmp_path, "-nostdinc", "-isystem", ".", *OF_ZIG, *defines(dtype), *report, "-S")
    words = "optimized: loop vectorized using 16 byte" if gcc else "remark: vectorized loop"
    assert scalar_loops(said, words) == set()
    assert calling((tmp_path / "vecmath.s").read_text(encoding="utf-8")) == set(LIBRARY)


@pytest.mark.slow
@pytest.mark.skipif(not runs("x86-64-v3"), reason="two doubles in a vector are not worth more than a call for each")
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_vector_code_is_faster_than_calls_of_the_c_library(dtype: np.dtype[Any]) -> None:
    """Ratios of the least times of interleaved runs, under the same flags."""
    ours, calls = build("x86-64-v3", dtype), libc(dtype)
    x = np.linspace(0.1, 3, 20_000).astype(dtype)
    for name in ("exp", "expm1", "tanh", "sinh", "cosh", "log", "log1p", "log10"):
        rounds = [(seconds(ours, name, x), seconds(calls, name, x)) for _ in range(30)]
        vector, scalar = np.min(rounds, axis=0)
        assert vector < 0.7 * scalar, f"{name}: {vector / scalar:.2f} of the time of calls"


def seconds(functions: Built, name: str, x: Array) -> float:
    start = time.process_time()
    functions(name, x)
    return time.process_time() - start


@cache
def libc(dtype: np.dtype[Any]) -> Built:
    lines = ["#include <math.h>"]
    real, suffix = ("float", "f") if dtype == np.float32 else ("double", "")
    for name in ACCURATE.keys() - {"exprel", "sigmoid"}:
        lines.append(f"void many_{name}(long n, const {real} *restrict x, {real} *restrict y)")
        lines.append(f"{{ for (long i = 0; i < n; i++) y[i] = {name}{suffix}(x[i]); }}")
    return built_from("\n".join(lines) + "\n", ("-march=native",), dtype)
